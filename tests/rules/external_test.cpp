// Functions of the host: called by name, and behind `external`.
#include "rules/case_support.hpp"

#include <string>

namespace {

using namespace aesop;

Value fee(const FunctionCall& call) {
  const auto amount = call.args[0].is_number() ? call.args[0].as_decimal() : Decimal(0);
  const auto out = multiply(amount, Decimal::scaled(5, 2));
  return out ? Value::number(*out) : call.fail(DiagnosticCode::not_representable, "the fee is too large");
}

const FunctionTable& host() {
  static const FunctionTable table{{"com.example.Fees.fee", "amount", "number", fee, false}};
  return table;
}

struct Answer {
  std::string text;
  std::string first;  // code of the first diagnostic, or of the error
};

Answer ask(const std::string& text, bool lenient, const FunctionTable* functions) {
  CompileOptions options;
  options.lenient = lenient;
  options.functions = functions;
  const auto compiled = Expr::compile(text, Scope(), options);
  if (!compiled) return {"refused", std::string(slug(compiled.error().code))};
  Evaluation evaluation = cases::evaluation();
  const std::string value = to_literal(compiled->evaluate({}, evaluation));
  return {value,
          evaluation.diagnostics.empty() ? "" : std::string(slug(evaluation.diagnostics.items()[0].code))};
}

const std::string described =
    R"x(external {java: {class: "com.example.Fees", method signature: "fee(double)"}})x";

}  // namespace

TEST_CASE("rules: an external function is the host's function of that name", "[rules]") {
  CHECK(ask("(function(x) " + described + ")(200)", false, &host()).text == "10");
  CHECK(ask("{fee: function(x: number) " + described + ", r: fee(x: 40)}.r", false, &host()).text == "2");
  CHECK(ask("for f in [function(x) " + described + "] return f(100)", false, &host()).text == "[5]");
  CHECK(ask("(function(x) external {pmml: {document: \"com.example.Fees\", model: \"fee\"}})(200)", false,
            &host())
            .text == "10");
}

TEST_CASE("rules: an external function that the host has not is refused, or null where it is called",
          "[rules]") {
  const std::string call = "(function(x) " + described + ")(200)";
  CHECK(ask(call, false, nullptr).first == "unknown-name");
  CHECK(ask(call, true, nullptr).text == "null");
  CHECK(ask(call, true, nullptr).first == "no-such-function");
  // Never called, it is of no matter.
  CHECK(ask("{f: function(x) " + described + ", r: 1}.r", true, nullptr).first.empty());
  // Other parameters than the host's function has, and no description.
  CHECK(ask("(function(x, y) " + described + ")(200, 1)", false, &host()).first == "bad-expression");
  CHECK(ask("(function(x) external 5)(200)", false, &host()).first == "bad-expression");
  CHECK(ask("(function(x) external 5)(200)", true, &host()).first == "no-such-function");
}
