// Functions in other languages: `external`, answered by the host.
#include "aesop/rules/external.hpp"

#include "rules/case_support.hpp"

#include <string>

namespace {

using namespace aesop;

/// Knows com.example.Fees.fee(amount), a twentieth.
class Fees final : public ExternalFunctions {
 public:
  Value call(const ExternalCall& call) const override {
    if (call.kind != "java" || call.description.get("class") != Value::string("com.example.Fees"))
      return call.fail("unknown");
    const auto fee = multiply(call.args[0].as_decimal(), Decimal::scaled(5, 2));
    return fee ? Value::number(*fee) : call.fail("too large");
  }
};

struct Answer {
  std::string text;
  std::string first;  // code of the first diagnostic, or of the error
};

Answer ask(const std::string& text, const CompileOptions& options, bool answered = true) {
  const auto compiled = Expr::compile(text, Scope(), options);
  if (!compiled) return {"refused", std::string(slug(compiled.error().code))};
  const Fees fees;
  Evaluation evaluation = cases::evaluation();
  if (answered) evaluation.external = &fees;
  const std::string value = to_literal(compiled->evaluate({}, evaluation));
  return {value,
          evaluation.diagnostics.empty() ? "" : std::string(slug(evaluation.diagnostics.items()[0].code))};
}

CompileOptions allowed() {
  CompileOptions options;
  options.external = true;
  return options;
}
CompileOptions lenient() {
  CompileOptions options;
  options.lenient = true;
  return options;
}

const std::string described =
    R"x(external {java: {class: "com.example.Fees", method signature: "fee(double)"}})x";

}  // namespace

TEST_CASE("rules: the host answers a function in another language", "[rules]") {
  CHECK(ask("(function(x) " + described + ")(200)", allowed()).text == "10");
  CHECK(ask("{fee: function(x: number) " + described + ", r: fee(x: 40)}.r", allowed()).text == "2");
  CHECK(ask("for f in [function(x) " + described + "] return f(100)", allowed()).text == "[5]");
}

TEST_CASE("rules: a function in another language is refused in an SOP, and null where nobody answers",
          "[rules]") {
  const std::string call = "(function(x) " + described + ")(200)";
  CHECK(ask(call, {}).first == "bad-expression");
  CHECK(ask(call, lenient(), false).text == "null");
  CHECK(ask(call, lenient(), false).first == "no-such-function");
  CHECK(ask("(function(x) external {pmml: {document: \"d\", model: \"m\"}})(1)", allowed()).first ==
        "no-such-function");
  // Never called, it is of no matter.
  CHECK(ask("{f: function(x) " + described + ", r: 1}.r", lenient(), false).first.empty());
}
