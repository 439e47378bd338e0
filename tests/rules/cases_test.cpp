// The cases of tests/cases/rules: what an expression gives, what it is refused for, what it complains of.
#include "rules/case_support.hpp"

#include <string>

namespace {

using namespace aesop;
using cases::Json;

void run(const Json& one) {
  const bool unary = one.contains("tests");
  const std::string text = one[unary ? "tests" : "expr"];
  CAPTURE(text);
  const cases::Names names(one);
  CompileOptions options;
  options.lenient = one.value("lenient", false);
  Type input;
  if (unary && one.contains("types") && one["types"].contains("?"))
    input = parse_type(one["types"]["?"].get<std::string>()).value();
  const auto compiled = unary ? Expr::compile_unary_tests(text, names.scope, input, options)
                              : Expr::compile(text, names.scope, options);
  if (one.contains("error")) {
    REQUIRE_FALSE(compiled.ok());
    const Error& error = compiled.error();
    CAPTURE(to_string(error));
    CHECK(std::string(slug(error.code)) == one["error"].get<std::string>());
    if (one.contains("at"))
      CHECK(text.substr(error.where.begin, error.where.end - error.where.begin) ==
            one["at"].get<std::string>());
    if (one.contains("help")) CHECK(error.help.find(one["help"].get<std::string>()) != std::string::npos);
    return;
  }
  if (!compiled) FAIL(to_string(compiled.error()));
  Evaluation evaluation = cases::evaluation();
  const Value result = unary ? compiled->test(cases::feel(one["input"]), names.slots, evaluation)
                             : compiled->evaluate(names.slots, evaluation);
  std::string diagnostics;
  for (const Diagnostic& diagnostic : evaluation.diagnostics) diagnostics += to_string(diagnostic) + '\n';
  CAPTURE(diagnostics);
  CHECK(to_literal(result) == one["value"].get<std::string>());
  const std::string first =
      evaluation.diagnostics.empty() ? "" : std::string(slug(evaluation.diagnostics.items()[0].code));
  CHECK(first == one.value("diagnostic", ""));

  // A copy gives the same, and what is found at compile time is what is found when it runs.
  const Expr copy = *compiled;
  Evaluation again = cases::evaluation();
  const Value twice =
      unary ? copy.test(cases::feel(one["input"]), names.slots, again) : copy.evaluate(names.slots, again);
  if (!result.is_function()) CHECK(twice == result);
  CHECK(again.diagnostics.total() == evaluation.diagnostics.total());
}

}  // namespace

TEST_CASE("rules: every case of tests/cases/rules gives what it says", "[rules]") {
  const std::string file = GENERATE("literals", "arithmetic", "logic", "comparison", "control", "names",
                                    "functions", "unary_tests", "patterns", "types", "strings", "conversion",
                                    "numbers", "contexts", "ranges", "lists", "temporal", "grammar", "roots");
  const Json all = cases::read("rules/" + file + ".json");
  REQUIRE(all.size() > 10);
  for (const Json& one : all) {
    CAPTURE(file);
    run(one);
  }
}
