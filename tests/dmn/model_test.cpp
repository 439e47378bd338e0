// Decisions, knowledge, services, imports, types and budgets of a model.
#include "catch.hpp"
#include "dmn/models.hpp"

#include "aesop/rules/external.hpp"

#include <thread>

using namespace models;

namespace {

std::string knowledge(std::string_view name, std::string_view parameters, std::string_view body,
                      std::string_view list = "") {
  std::string out = cat("<businessKnowledgeModel id=\"", name, "\" name=\"", name, "\"><variable name=\"",
                        name, "\"/><encapsulatedLogic>");
  for (const std::string_view parameter : split(parameters, ','))
    if (!parameter.empty()) {
      const std::size_t colon = parameter.find(':');
      append(out, "<formalParameter name=\"", parameter.substr(0, colon), "\" typeRef=\"",
             colon == std::string_view::npos ? std::string_view() : parameter.substr(colon + 1), "\"/>");
    }
  append(out, body, "</encapsulatedLogic>", needs(list), "</businessKnowledgeModel>\n");
  return out;
}
std::string service(std::string_view name, std::string_view parts) {  // "outputDecision:a inputData:b"
  std::string out =
      cat("<decisionService id=\"", name, "\" name=\"", name, "\"><variable name=\"", name, "\"/>");
  for (const std::string_view one : split(parts, ' ')) {
    const std::string_view kind = one.substr(0, one.find(':'));
    append(out, '<', kind, " href=\"#", one.substr(one.find(':') + 1), "\"/>");
  }
  return out + "</decisionService>\n";
}

}  // namespace

TEST_CASE("model: a decision sees what it requires and nothing else") {
  const Made made(document(input("a") + input("b") + decision("sum", literal("a + 1"), "input:a") +
                           decision("twice", literal("sum * 2"), "decision:sum") +
                           decision("blind", literal("sum * 2")) +
                           decision("other", literal("b"), "input:a")));
  CHECK(made.value("twice", {given("a", "4")}) == "10");
  CHECK(made.value("blind", {given("a", "4")}) == "null");
  CHECK(made.value("other", {given("b", "4")}) == "null");
  CHECK(made.value("thrice").find("[not-found]") == 0);
}

TEST_CASE("model: strict makes an unknown name an error, lenient a warning") {
  const std::string text = document(decision("a", literal("nobody + 1")));
  CHECK_FALSE(Made(text, false).dmn);
  const Made lenient(text, true);
  REQUIRE(lenient.dmn);
  CHECK_FALSE(lenient.findings.has_errors());
  CHECK(lenient.value("a") == "null");
}

TEST_CASE("model: a decision is evaluated once, however many need it") {
  std::string body = decision("d0", literal("1"));
  for (int i = 1; i < 100; ++i)
    body += decision(cat('d', i), literal(cat('d', i - 1, " + d", i - 1)), cat("decision:d", i - 1));
  const Made made(document(body));
  CHECK(made.value("d59") == "576460752303423488");
  CHECK(made.value("d99") == "633825300114114700748351602688");
}

TEST_CASE("model: names with blanks and dots are resolved by their types") {
  const Made made(
      document("<itemDefinition name=\"tPart\"><itemComponent name=\"net "
               "weight\"><typeRef>number</typeRef></itemComponent>"
               "</itemDefinition><itemDefinition name=\"tParts\" "
               "isCollection=\"true\"><typeRef>tPart</typeRef></itemDefinition>" +
               input("all parts", "tParts") +
               decision("weights", literal("all parts[net weight &gt; 1].net weight"), "input:all parts") +
               decision("x", literal("sum(weights) + 1"), "decision:weights")));
  CHECK(made.value("x", {given("all parts", "[{net weight: 1}, {net weight: 2}, {net weight: 4}]")}) == "7");
}

TEST_CASE("model: a value that is not of its type is null at the boundary, with a diagnostic") {
  const Made made(document(
      input("a", "number") + decision("same", literal("a"), "input:a") +
      decision("text", literal("1"), "", "string") + decision("one", literal("[7]"), "", "number") +
      decision("day", literal("@\"2026-01-31\""), "", "dateTime") +
      "<itemDefinition name=\"tNs\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>" +
      decision("many", literal("7"), "", "tNs")));
  Evaluation evaluation;
  CHECK(made.value("same", {given("a", "\"x\"")}, &evaluation) == "null");
  CHECK(evaluation.diagnostics.has(DiagnosticCode::wrong_type));
  CHECK(made.value("text") == "null");
  CHECK(made.value("one") == "7");
  CHECK(made.value("many") == "[7]");
  CHECK(made.value("day") == "@\"2026-01-31T00:00:00Z\"");
}

TEST_CASE("model: allowed values hold for items of a collection, a type constraint for the whole") {
  const Made made(document(
      "<itemDefinition "
      "name=\"tSize\"><typeRef>string</typeRef><allowedValues><text>\"S\",\"M\"</text></allowedValues>"
      "</itemDefinition>"
      "<itemDefinition name=\"tSizes\" "
      "isCollection=\"true\"><typeRef>tSize</typeRef><typeConstraint><text>count(?) &lt; "
      "3</text></typeConstraint></itemDefinition>"
      "<itemDefinition name=\"tAges\" "
      "isCollection=\"true\"><typeRef>number</typeRef><allowedValues><text>[0..120]</text>"
      "</allowedValues></itemDefinition>"
      "<itemDefinition name=\"tShirt\"><itemComponent name=\"size\"><typeRef>tSize</typeRef></itemComponent>"
      "</itemDefinition>" +
      decision("a", literal("[\"S\", \"M\"]"), "", "tSizes") +
      decision("b", literal("[\"S\", \"L\"]"), "", "tSizes") +
      decision("c", literal("[\"S\", \"S\", \"S\"]"), "", "tSizes") +
      decision("d", literal("[1, 120]"), "", "tAges") + decision("e", literal("[1, 121]"), "", "tAges") +
      decision("f", literal("{size: \"M\"}"), "", "tShirt") +
      decision("g", literal("{size: \"XL\"}"), "", "tShirt")));
  CHECK(made.value("a") == "[\"S\", \"M\"]");
  CHECK(made.value("b") == "null");
  CHECK(made.value("c") == "null");
  CHECK(made.value("d") == "[1, 120]");
  CHECK(made.value("e") == "null");
  CHECK(made.value("f") == "{size: \"M\"}");
  CHECK(made.value("g") == "null");
}

TEST_CASE("model: item definitions may be in any order, and one made of itself is an error") {
  const Made good(
      document("<itemDefinition name=\"tA\"><typeRef>tB</typeRef></itemDefinition>"
               "<itemDefinition name=\"tB\"><typeRef>number</typeRef></itemDefinition>" +
               decision("a", literal("\"x\""), "", "tA")));
  CHECK(good.value("a") == "null");
  CHECK(Made(document("<itemDefinition name=\"tA\"><typeRef>tB</typeRef></itemDefinition>"
                      "<itemDefinition name=\"tB\"><typeRef>tA</typeRef></itemDefinition>"))
            .has("cyclic-type"));
  CHECK(Made(document(
                 "<itemDefinition name=\"tA\"><itemComponent name=\"a\"><typeRef>tA</typeRef></itemComponent>"
                 "</itemDefinition>"))
            .has("cyclic-type"));
  CHECK(Made(document(input("a", "tNothing"))).has("unknown-type"));
}

TEST_CASE("model: item definitions that double at each level end at a limit") {
  std::string types = "<itemDefinition name=\"t0\"><typeRef>number</typeRef></itemDefinition>";
  for (int i = 1; i < 60; ++i)
    append(types, "<itemDefinition name=\"t", i, "\"><itemComponent name=\"a\"><typeRef>t", i - 1,
           "</typeRef></itemComponent><itemComponent name=\"b\"><typeRef>t", i - 1,
           "</typeRef></itemComponent></itemDefinition>");
  CHECK(Made(document(types)).has("limit-exceeded"));
}

TEST_CASE("model: knowledge is called by position, by name, and by itself") {
  const Made made(document(
      knowledge("add", "a:number,b:number", literal("a - b")) +
      knowledge("factorial", "n:number", literal("if n &lt; 2 then 1 else n * factorial(n - 1)")) +
      knowledge("twice", "a", literal("add(a, 0) + add(a, 0)"), "knowledge:add") +
      "<businessKnowledgeModel id=\"none\" name=\"none\"/>" +
      decision("p", literal("add(5, 3)"), "knowledge:add") +
      decision("n", literal("add(b: 5, a: 3)"), "knowledge:add") +
      decision("wrong", literal("add(c: 5, a: 3)"), "knowledge:add") +
      decision("bad", literal("add(\"x\", 3)"), "knowledge:add") +
      decision("few", literal("add(1)"), "knowledge:add") +
      decision("f", literal("factorial(20)"), "knowledge:factorial") +
      decision("t", literal("twice(4)"), "knowledge:twice") +
      decision("list", literal("sort([1, 3, 2], function(x, y) add(x, y) &gt; 0)"), "knowledge:add") +
      decision("nothing", literal("none()"), "knowledge:none") +
      decision("is", literal("add instance of function&lt;number, number&gt;-&gt;Any"), "knowledge:add")));
  CHECK(made.value("p") == "2");
  CHECK(made.value("n") == "-2");
  CHECK(made.value("wrong") == "null");
  CHECK(made.value("bad") == "null");
  CHECK(made.value("few") == "null");
  CHECK(made.value("f") == "2432902008176640000");
  CHECK(made.value("t") == "8");
  CHECK(made.value("list") == "[3, 2, 1]");
  CHECK(made.value("nothing") == "null");
  CHECK(made.value("is") == "true");
  Evaluation evaluation;
  auto direct =
      made.dmn->evaluate_knowledge("add", std::vector{given("b", "1"), given("a", "5")}, evaluation);
  CHECK(to_literal(*direct) == "4");
}

TEST_CASE("model: a recursion without an end stops within the budget, with a diagnostic") {
  const Made made(document(knowledge("f", "n", literal("f(n + 1)")) +
                           knowledge("g", "n", "<list>" + literal("g(n)") + literal("g(n)") + "</list>") +
                           decision("a", literal("f(1)"), "knowledge:f") +
                           decision("b", literal("g(1)"), "knowledge:g") +
                           decision("c", literal("sum(for i in 1..1000, j in 1..1000 return i)"), "") +
                           decision("d", literal("[c, c]"), "decision:c")));
  for (const char* name : {"a", "b", "d"}) {
    Evaluation evaluation;
    const std::string value = made.value(name, {}, &evaluation);
    CHECK((evaluation.diagnostics.has(DiagnosticCode::budget_depth) ||
           evaluation.diagnostics.has(DiagnosticCode::budget_steps) ||
           evaluation.diagnostics.has(DiagnosticCode::budget_size)));
  }
}

TEST_CASE("model: one budget holds for a decision with all that it needs") {
  std::string body;
  std::string list;
  for (int i = 0; i < 10; ++i) {
    body += decision(cat('d', i), literal("count(for i in 1..100 return i)"));
    append(list, i > 0 ? ", " : "", "decision:d", i);
  }
  const Made made(document(body + decision("all", literal("d0 + d9"), list)));
  Evaluation evaluation;
  CHECK(made.value("all", {}, &evaluation) == "200");
  evaluation.budget.steps = 1'500;
  CHECK(made.value("d0", {}, &evaluation) == "100");
  CHECK(made.value("all", {}, &evaluation) == "null");
  CHECK(evaluation.diagnostics.has(DiagnosticCode::budget_steps));
}

TEST_CASE("model: a cycle of requirements is an error, by whatever way it goes") {
  CHECK(Made(document(decision("a", literal("b"), "decision:b") + decision("b", literal("a"), "decision:a")))
            .has("cyclic-requirement"));
  CHECK(Made(document(decision("a", literal("a"), "decision:a"))).has("cyclic-requirement"));
  CHECK(Made(document(knowledge("f", "", literal("g()"), "knowledge:g") +
                      knowledge("g", "", literal("f()"), "knowledge:f")))
            .has("cyclic-requirement"));
  CHECK(Made(document(service("s", "outputDecision:a") + decision("a", literal("s()"), "knowledge:s")))
            .has("cyclic-requirement"));
  std::string chain = decision("d0", literal("1"));
  for (int i = 1; i < 1'000; ++i)
    chain = decision(cat('d', i), literal("1"), cat("decision:d", i - 1)) + chain;
  CHECK(Made(document(chain)).has("limit-exceeded"));
  CHECK(Made(document(decision("a", literal("1"), "decision:nobody"))).has("unknown-reference"));
  CHECK(Made(document(decision("a", literal("1")) + decision("a", literal("2")))).has("duplicate-name"));
}

TEST_CASE("model: a file of very many elements ends at a limit, and one near it is fast enough to be asked") {
  std::string body;
  for (int i = 0; i < 9'000; ++i) append(body, "<decision name=\"", i, "\"/>");
  const Made near(document(body));
  CHECK(near.value("8999") == "null");
  CHECK(near.dmn->decisions().size() == 9'000);
  for (int i = 0; i < 2'000; ++i) append(body, "<decision name=\"", i, "\"/>");
  CHECK(Made(document(body)).has("limit-exceeded"));
}

TEST_CASE("model: a service takes input data before input decisions, and gives one value or a context") {
  const Made made(
      document(input("i") + decision("given", literal("\"never\"")) +
               decision("one", literal("string(i) + given"), "input:i, decision:given") +
               decision("two", literal("i * 2"), "input:i") +
               service("single", "outputDecision:one inputDecision:given inputData:i") +
               service("both", "outputDecision:one outputDecision:two inputDecision:given inputData:i") +
               decision("a", literal("single(5, \"x\")"), "knowledge:single") +
               decision("b", literal("both(given: \"y\", i: 6)"), "knowledge:both") +
               decision("c", literal("both(1, \"z\").two"), "knowledge:both") +
               decision("d", literal("single()"), "knowledge:single")));
  CHECK(made.value("a") == "\"5x\"");
  CHECK(made.value("b") == "{one: \"6y\", two: 12}");
  CHECK(made.value("c") == "2");
  CHECK(made.value("d") == "null");
  Evaluation evaluation;
  auto direct =
      made.dmn->evaluate_service("both", std::vector{given("i", "3"), given("given", "\"w\"")}, evaluation);
  CHECK(to_literal(*direct) == "{one: \"3w\", two: 6}");
  const auto offers = made.dmn->services();
  REQUIRE(offers.size() == 2);
  CHECK(offers[1].inputs[0].first == "i");
  CHECK(offers[1].outputs == std::vector<std::string>{"one", "two"});
}

namespace {
std::string import(std::string_view name, std::string_view space) {
  return cat("<import name=\"", name, "\" namespace=\"", space, "\" importType=\"", dmn_15, "\"/>");
}
std::string far(std::string_view tag, std::string_view space, std::string_view id) {
  const std::string_view outer =
      tag == "requiredKnowledge" ? "knowledgeRequirement" : "informationRequirement";
  return cat('<', outer, "><", tag, " href=\"", space, '#', id, "\"/></", outer, '>');
}
std::string needing(std::string_view name, std::string_view need, std::string_view text) {
  return cat("<decision id=\"", name, "\" name=\"", name, "\"><variable name=\"", name, "\"/>", need,
             literal(text), "</decision>");
}
}  // namespace

TEST_CASE("import: elements and types are qualified by the import's name, and by nothing when it has none") {
  const std::map<std::string, std::string> others = {
      {"urn:lib",
       document("<itemDefinition name=\"tAge\"><typeRef>number</typeRef><allowedValues><text>&lt; 150</text>"
                "</allowedValues></itemDefinition>"
                "<itemDefinition name=\"tYears\"><typeRef>tAge</typeRef></itemDefinition>" +
                    knowledge("add one", "a:tYears", literal("a + 1")) + decision("base", literal("40")),
                "urn:lib")}};
  const auto with = [&](std::string_view name, std::string_view prefix) {
    const std::string need =
        far("requiredKnowledge", "urn:lib", "add one") + far("requiredDecision", "urn:lib", "base");
    return Made(
        document(import(name, "urn:lib") + needing("a", need, cat(prefix, "add one(", prefix, "base)")) +
                 decision("b", literal("151"), "", cat(prefix, "tAge"))),
        true, others);
  };
  for (const auto& [name, prefix] : {std::pair{"far lib", "far lib."}, std::pair{"", ""}}) {
    const Made made = with(name, prefix);
    CHECK(made.findings.empty());
    CHECK(made.value("a") == "41");
    CHECK(made.value("b") == "null");
    CHECK((made.value("base") == "40") == (prefix[0] == 0));
  }
}

TEST_CASE("import: a model imported by two ways has inputs of its own for each") {
  const std::string greet =
      document(input("who") + decision("hello", literal("\"Hello, \" + who"), "input:who"), "urn:c");
  const auto middle = [&](const char* space) {
    return document(
        import("c", "urn:c") + needing("say", far("requiredDecision", "urn:c", "hello"), "c.hello + \"!\""),
        space);
  };
  const std::map<std::string, std::string> others = {
      {"urn:c", greet}, {"urn:b1", middle("urn:b1")}, {"urn:b2", middle("urn:b2")}};
  const Made made(
      document(import("b1", "urn:b1") + import("b2", "urn:b2") +
               needing("both",
                       far("requiredDecision", "urn:b1", "say") + far("requiredDecision", "urn:b2", "say"),
                       "b1.say + \" \" + b2.say")),
      true, others);
  CHECK(made.value("both", {given("b1", "{c: {who: \"Ann\"}}"), given("b2", "{c: {who: \"Bob\"}}")}) ==
        "\"Hello, Ann! Hello, Bob!\"");
  CHECK(made.value("both", {given("b1", "{c: {who: \"Ann\"}}")}) == "\"Hello, Ann! Hello, Ann!\"");
  CHECK(made.value("both", {given("who", "\"Cy\"")}) == "\"Hello, Cy! Hello, Cy!\"");
  CHECK(made.value("both", {{"who", feel("\"Di\""), "urn:c"}}) == "\"Hello, Di! Hello, Di!\"");
}

TEST_CASE(
    "import: a cycle, a model that is not there, and too many models are told with the import's place") {
  const std::map<std::string, std::string> others = {{"urn:a", document(import("b", "urn:b"), "urn:a")},
                                                     {"urn:b", document(import("a", "urn:a"), "urn:b")}};
  const Made cyclic(document(import("a", "urn:a")), true, others);
  CHECK(cyclic.has("cyclic-import"));
  CHECK_FALSE(cyclic.dmn);
  const Made missing(document(import("x", "urn:x")), true);
  CHECK(missing.has("unknown-reference"));
  CHECK(missing.dmn);
  std::map<std::string, std::string> doubling;
  for (int i = 0; i < 30; ++i)
    doubling[cat("urn:", i)] =
        document(import("a", cat("urn:", i + 1)) + import("b", cat("urn:", i + 1)), cat("urn:", i));
  CHECK(Made(document(import("a", "urn:0")), true, doubling).has("limit-exceeded"));
}

TEST_CASE("model: functions in other languages are the host's to answer, and null without one") {
  const std::string body =
      "<context><contextEntry><variable name=\"f\"/><functionDefinition kind=\"Java\"><formalParameter "
      "name=\"a\"/>"
      "<context><contextEntry><variable name=\"class\"/>" +
      literal("\"Host\"") + "</contextEntry></context></functionDefinition></contextEntry><contextEntry>" +
      literal("f(20)") + "</contextEntry></context>";
  const Made made(
      document(decision("boxed", body) +
               decision("text", literal("(function(a) external {java: {class: \"Host\"}})(21)"))));
  struct Doubling final : ExternalFunctions {
    Value call(const ExternalCall& call) const override {
      if (call.kind != "java" || call.description.get("class").as_string() != "Host")
        return call.fail("unknown");
      CHECK(call.parameters.size() == 1);
      return Value::number(*multiply(call.args[0].as_decimal(), Decimal(2)));
    }
  } host;
  Evaluation evaluation;
  CHECK(made.value("boxed", {}, &evaluation) == "null");
  CHECK(evaluation.diagnostics.has(DiagnosticCode::no_such_function));
  evaluation.external = &host;
  CHECK(made.value("boxed", {}, &evaluation) == "40");
  CHECK(made.value("text", {}, &evaluation) == "42");
}

TEST_CASE("model: a trace tells each decision, its rules, and where a diagnostic belongs") {
  const std::string text = document(input("a", "number") + decision("low", literal("a + \"x\""), "input:a") +
                                    decision("high", literal("[low, 1]"), "decision:low"));
  const Made made(text);
  Evaluation evaluation;
  DmnTrace trace;
  const std::vector inputs{given("a", "1")};
  REQUIRE(made.dmn->evaluate("high", inputs, evaluation, &trace));
  REQUIRE(trace.steps.size() == 2);
  CHECK(trace.steps[0].element == "low");
  CHECK(trace.steps[0].depth == 1);
  CHECK(trace.steps[1].element == "high");
  REQUIRE(trace.places.size() == 1);
  CHECK(trace.places[0].element == "low");
  const SourceRange where = trace.places[0].where;
  CHECK(text.substr(where.begin, where.end - where.begin) == "a + \"x\"");
}

TEST_CASE("model: one compiled model is evaluated by several threads at once") {
  const Made made(document(input("n", "number") +
                           knowledge("f", "n", literal("if n &lt; 1 then 0 else n + f(n - 1)")) +
                           "<decision id=\"a\" name=\"a\"><variable name=\"a\"/>" +
                           needs("input:n, knowledge:f") + literal("f(n)") + "</decision>"));
  std::vector<std::thread> threads;
  std::vector<std::string> answers(4);
  for (std::size_t t = 0; t < answers.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) answers[t] = made.value("a", {given("n", cat(10 + t))});
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(answers == std::vector<std::string>{"55", "66", "78", "91"});
}
