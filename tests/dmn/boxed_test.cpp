// Boxed expressions and decision tables as DMN writes them.
#include "catch.hpp"
#include "dmn/models.hpp"

using namespace models;

namespace {

std::string entry(std::string_view name, std::string_view expression, std::string_view type = "") {
  return cat("<contextEntry>",
             name.empty() ? std::string() : cat("<variable name=\"", name, "\" typeRef=\"", type, "\"/>"),
             expression, "</contextEntry>");
}
std::string boxed(std::string_view tag, std::string_view part) {
  return cat('<', tag, '>', part, "</", tag, '>');
}
std::string value_of(std::string_view expression, std::vector<DmnInput> inputs = {}) {
  return Made(document(input("a") + decision("d", expression, "input:a"))).value("d", std::move(inputs));
}

// Rules are "input|output/input|output".
std::string table(std::string_view hit, std::string_view outputs, std::string_view rules,
                  std::string_view extra = "") {
  std::string out = cat("<decisionTable hitPolicy=\"", hit, "\" ", extra,
                        "><input><inputExpression><text>a</text></inputExpression></input>");
  append(out, outputs);
  for (const std::string_view rule : split(rules, '/')) {
    out += "<rule>";
    bool first = true;
    for (const std::string_view cell : split(rule, '|')) {
      append(out, first ? "<inputEntry><text>" : "<outputEntry><text>", cell,
             first ? "</text></inputEntry>" : "</text></outputEntry>");
      first = false;
    }
    out += "</rule>";
  }
  return out + "</decisionTable>";
}

}  // namespace

TEST_CASE("boxed: a context gives its entries, or its result, and an entry sees those before it") {
  CHECK(value_of(boxed("context", entry("x y", literal("1")) + entry("z", literal("x y + 1")))) ==
        "{\"x y\": 1, z: 2}");
  CHECK(value_of(boxed("context", entry("x y", literal("1")) + entry("", literal("x y + 1")))) == "2");
  CHECK(value_of(boxed("context", entry("x", literal("\"a\""), "number") + entry("", literal("x = null")))) ==
        "true");
  CHECK(value_of(boxed("context", "")) == "{}");
}

TEST_CASE("boxed: lists and relations") {
  CHECK(value_of(boxed("list", literal("1") + boxed("list", literal("2")) + literal("a"))) ==
        "[1, [2], null]");
  CHECK(value_of("<relation><column name=\"n\"/><column name=\"m\"/><row>" + literal("1") + literal("2") +
                 "</row><row>" + literal("3") + literal("4") + "</row></relation>") ==
        "[{n: 1, m: 2}, {n: 3, m: 4}]");
}

TEST_CASE("boxed: a function definition keeps what it saw and may call itself by its entry's name") {
  const std::string function = "<functionDefinition><formalParameter name=\"n\" typeRef=\"number\"/>" +
                               literal("if n &lt;= 1 then base else n * f(n - 1)") + "</functionDefinition>";
  CHECK(value_of(boxed("context", entry("base", literal("10")) + entry("f", function) +
                                      entry("", literal("f(4)")))) == "240");
  // Each function has the value of its own round.
  const std::string rounds = "<for iteratorVariable=\"i\">" + boxed("in", literal("[1, 2]")) +
                             boxed("return", "<functionDefinition><formalParameter name=\"n\"/>" +
                                                 literal("n + i") + "</functionDefinition>") +
                             "</for>";
  CHECK(value_of(boxed("context", entry("fs", rounds) + entry("", literal("[fs[1](10), fs[2](10)]")))) ==
        "[11, 12]");
}

TEST_CASE("boxed: an invocation binds by name, and its arguments may be boxed") {
  const std::string call = "<invocation>" + literal("substring") + "<binding><parameter name=\"string\"/>" +
                           literal("\"hello\"") + "</binding><binding><parameter name=\"start position\"/>" +
                           boxed("context", entry("x", literal("3")) + entry("", literal("x"))) +
                           "</binding></invocation>";
  CHECK(value_of(call) == "\"llo\"");
  CHECK(value_of("<invocation>" + literal("nobody") + "</invocation>") == "null");
}

TEST_CASE("boxed: conditional, filter and iterators are as in FEEL") {
  const auto conditional = [](std::string_view condition) {
    return value_of(boxed("conditional", boxed("if", literal(condition)) + boxed("then", literal("1")) +
                                             boxed("else", literal("2"))));
  };
  CHECK(conditional("true") == "1");
  CHECK(conditional("false") == "2");
  CHECK(conditional("null") == "2");
  CHECK(conditional("\"x\"") == "null");
  const auto filter = [](std::string_view list, const std::string& match) {
    return value_of(boxed("filter", boxed("in", literal(list)) + boxed("match", match)));
  };
  CHECK(filter("[{x: 1}, {x: 2}]", literal("x &gt; 1")) == "[{x: 2}]");
  CHECK(filter("[5, 6, 7]", literal("2")) == "6");
  CHECK(filter("[{x: 1}, {x: 2}]",
               boxed("conditional", boxed("if", literal("item.x = 1")) + boxed("then", literal("x &lt; 5")) +
                                        boxed("else", literal("false")))) == "[{x: 1}]");
  const auto loop = [](std::string_view kind, std::string_view list, std::string_view body) {
    const std::string_view last = kind == "for" ? "return" : "satisfies";
    return value_of(cat('<', kind, " iteratorVariable=\"i\">", boxed("in", literal(list)),
                        boxed(last, literal(body)), "</", kind, '>'));
  };
  CHECK(loop("for", "[1..3]", "i * i") == "[1, 4, 9]");
  CHECK(loop("for", "[1, 2, 3]", "i + count(partial)") == "[1, 3, 5]");
  CHECK(loop("for", "null", "i") == "null");
  CHECK(loop("some", "[1, 2]", "i &gt; 1") == "true");
  CHECK(loop("some", "[1, 2]", "if i = 1 then null else false") == "null");
  CHECK(loop("every", "[1, 2]", "i &gt; 1") == "false");
  CHECK(loop("every", "[]", "i &gt; 1") == "true");
}

TEST_CASE("table: the seven hit policies and the aggregations") {
  const std::string one = "<output/>";
  const std::string ranked = "<output><outputValues><text>\"high\",\"low\"</text></outputValues></output>";
  const std::string rules = "&lt; 10|1/&lt; 20|2/&lt; 30|3";
  const auto at = [&](const std::string& text, std::string_view a) {
    return value_of(text, {given("a", a)});
  };
  CHECK(at(table("UNIQUE", one, rules), "25") == "3");
  CHECK(at(table("UNIQUE", one, rules), "15") == "null");
  CHECK(at(table("FIRST", one, rules), "5") == "1");
  CHECK(at(table("ANY", one, "&lt; 10|1/&lt; 20|1"), "5") == "1");
  CHECK(at(table("ANY", one, rules), "5") == "null");
  CHECK(at(table("PRIORITY", ranked, "-|\"low\"/&gt; 1|\"high\""), "5") == "\"high\"");
  CHECK(at(table("OUTPUT ORDER", ranked, "-|\"low\"/&gt; 1|\"high\""), "5") == "[\"high\", \"low\"]");
  CHECK(at(table("RULE ORDER", ranked, "-|\"low\"/&gt; 1|\"high\""), "5") == "[\"low\", \"high\"]");
  CHECK(at(table("COLLECT", one, rules), "15") == "[2, 3]");
  CHECK(at(table("COLLECT", one, rules, "aggregation=\"SUM\""), "5") == "6");
  CHECK(at(table("COLLECT", one, rules, "aggregation=\"MIN\""), "15") == "2");
  CHECK(at(table("COLLECT", one, rules, "aggregation=\"MAX\""), "5") == "3");
  CHECK(at(table("COLLECT", one, rules, "aggregation=\"COUNT\""), "5") == "3");
  CHECK(Made(document(decision("d", table("WHATEVER", one, rules)))).has("bad-table"));
}

TEST_CASE("table: several outputs are a context, and default entries answer where no rule matches") {
  const std::string outputs =
      "<output name=\"x y\" typeRef=\"number\"/><output "
      "name=\"z\"><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>";
  CHECK(value_of(table("UNIQUE", outputs, "1|5|a"), {given("a", "1")}) == "{\"x y\": 5, z: 1}");
  CHECK(value_of(table("UNIQUE", outputs, "1|5|a"), {given("a", "2")}) == "{\"x y\": null, z: \"none\"}");
  CHECK(value_of(table("UNIQUE", "<output/>", "1|5"), {given("a", "2")}) == "null");
}

TEST_CASE("table: allowed values of the output's type give the priorities") {
  const std::string type =
      "<itemDefinition "
      "name=\"tRank\"><typeRef>string</typeRef><allowedValues><text>\"gold\",\"tin\"</text></allowedValues></"
      "itemDefinition>";
  const Made made(document(
      type + input("a") +
      decision("d", table("PRIORITY", "<output typeRef=\"tRank\"/>", "-|\"tin\"/-|\"gold\""), "input:a")));
  CHECK(made.value("d") == "\"gold\"");
}

TEST_CASE("table: a cell that is no FEEL spoils its rule, not the table, and is told with its place") {
  const std::string text =
      document(input("a") + decision("d", table("FIRST", "<output/>", "1 +|1/2|2/3|) ("), "input:a"));
  const Made made(text);
  CHECK(made.value("d", {given("a", "2")}) == "2");
  CHECK(made.value("d", {given("a", "3")}) == "null");
  REQUIRE(made.has("bad-expression"));
  CHECK(made.findings.size() == 2);
  CHECK_FALSE(Made(text, false).dmn);
}
