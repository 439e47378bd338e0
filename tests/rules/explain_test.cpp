// The tree of an expression with the value of each part.
#include "aesop/rules/explain.hpp"

#include "catch.hpp"

#include "aesop/rules/compile.hpp"

#include <string>

using namespace aesop;

namespace {

ExplainedPart explained(const std::string& text, Evaluation how = {}) {
  Scope scope;
  scope.add("x", TypeKind::any);
  scope.add("list", TypeKind::any);
  const auto expr = Expr::compile(text, scope);
  INFO(text);
  REQUIRE(expr.ok());
  std::vector<Value> items;
  for (int i = 1; i <= 9; ++i) items.push_back(Value::number(i));
  return explain(*expr, std::vector<Value>{Value::number(0), Value::list(items)}, how);
}

}  // namespace

TEST_CASE("explain: the reason of a null stands at the part where it began, and nowhere else", "[rules]") {
  CHECK(to_text(explained("5 / x + 1 > 2 and x = 0")) ==
        "5 / x + 1 > 2 and x = 0  =  null\n"
        "  5 / x + 1 > 2  =  null  <- decides\n"
        "    5 / x + 1  =  null\n"
        "      5 / x  =  null  [division-by-zero] division by zero\n"
        "        x  =  0\n"
        "  x = 0  =  true\n"
        "    x  =  0\n");
}

TEST_CASE("explain: of and the first false decides, of or the first true, else the first null", "[rules]") {
  const auto decided = [](const std::string& text) {
    std::string out;
    for (const ExplainedPart& one : explained(text).parts)
      if (one.decided) out += one.text;
    return out;
  };
  CHECK(decided("x > null and x = 1 and x = 2") == "x = 1");
  CHECK(decided("x > null or x = 1 or x = 0") == "x = 0");
  CHECK(decided("x = 0 and x > null") == "x > null");
  CHECK(decided("x = 0 and x != 1") == "");
  CHECK(decided("if x = 0 then x + 1 else x + 2") == "x + 1");
}

TEST_CASE("explain: a loop shows its first elements, and the one that decided", "[rules]") {
  const ExplainedPart some = explained("some i in list satisfies i * 2 > 15");
  CHECK(some.value == Value::boolean(true));
  REQUIRE(some.parts.size() == 5);
  CHECK(some.parts[1].element == "1");
  CHECK(some.parts[4].element == "8");
  CHECK(some.parts[4].decided);
  CHECK(some.left_out == 5);
  CHECK(explained("list[item > 7]").left_out == 6);
}

TEST_CASE("explain: the whole tree keeps to one budget", "[rules]") {
  Evaluation how;
  how.budget.steps = 50;
  const ExplainedPart part = explained("every i in list satisfies every k in list satisfies i + k > 0", how);
  CHECK(part.value.is_null());
  CHECK(part.parts.size() + part.left_out >= 1);
}
