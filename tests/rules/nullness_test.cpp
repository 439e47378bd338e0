// What may be null, and what may be divided by: find with names that may all be missing, x and y numbers, ok a boolean.
#include "aesop/rules/nullness.hpp"

#include "catch.hpp"

#include "aesop/rules/compile.hpp"

#include <string>

using namespace aesop;

namespace {

// "n:x d:y": why, and the text of what, in order.
std::string found(const std::string& text, bool decides = true) {
  Scope scope;
  scope.add("x", TypeKind::number);
  scope.add("y", TypeKind::number);
  scope.add("ok", TypeKind::boolean);
  scope.add("list", Type::list_of(TypeKind::number));
  scope.add("claim", *parse_type("context<amount: number>"));
  const auto expr = Expr::compile(text, scope);
  INFO(text);
  REQUIRE(expr.ok());
  const rules::Program& program = expr->program();
  const auto known = [&](rules::NodeId id) {
    rules::NameKnown name;
    name.may_be_null = scope.name(program.nodes[id].a) != "list";
    return name;
  };
  std::string out;
  for (const rules::MayBeNull& one : rules::NullFinder(program, known).find(decides)) {
    const SourceRange where = program.nodes[one.what].where;
    append(out, out.empty() ? "" : " ", one.kind == rules::MayBeNull::Kind::division ? "d:" : "n:",
           text.substr(where.begin, where.end - where.begin));
  }
  return out;
}

}  // namespace

TEST_CASE("nulls: an order with what may be missing is told, an equality is not", "[rules]") {
  CHECK(found("x > 5") == "n:x");
  CHECK(found("claim.amount > 5") == "n:claim.amount");
  CHECK(found("x in [1..5]") == "n:x");
  CHECK(found("x between 1 and 5") == "n:x");
  CHECK(found("x = 5 or x != 6 or x in (1, 2)") == "");
  CHECK(found("x + 1 > 5") == "n:x");
  CHECK(found("list[2] > 5") == "n:list[2]");
  CHECK(found("sum(list) > 5") == "n:sum(list)");
}

TEST_CASE("nulls: a guard before or behind, and the branches of an if, make it certain", "[rules]") {
  for (const char* guarded :
       {"x != null and x > 5", "x > 5 and x != null", "x = null or x > 5", "not(x = null) and x > 5",
        "if x = null then false else x > 5", "if x != null then x > 5 else true",
        "claim.amount != null and claim.amount > 5", "x > 5 and false and x != null",
        "count(list) > 0 and sum(list) > 5", "list != [] and list[1] > 5", "list = [] or max(list) > 5"})
    CHECK(found(guarded) == "");
  CHECK(found("x != null or x > 5") == "n:x");
  CHECK(found("y != null and x > 5") == "n:x");
  CHECK(found("if x != null then true else x > 5") == "n:x");
  CHECK(found("if x > 5 then true else x > 3") == "n:x");
  CHECK(found("x > 5 and x < 9") == "n:x");  // once
}

TEST_CASE("nulls: a box nobody ticked is not ticked, but not() of it is neither", "[rules]") {
  CHECK(found("ok") == "");
  CHECK(found("ok and x = 1") == "");
  CHECK(found("not(ok)") == "n:ok");
  CHECK(found("not(not(ok))") == "");
}

TEST_CASE("nulls: a value that does not decide may be null, the condition of its if may not", "[rules]") {
  CHECK(found("x + 1", false) == "");
  CHECK(found("if x > 5 then 1 else 2", false) == "n:x");
}

TEST_CASE("nulls: a divisor is certain when it is a number, above zero by its parts, or asked before",
          "[rules]") {
  CHECK(found("1 / x", false) == "d:x");
  CHECK(found("1 + 2 * (3 / x)", false) == "d:x");
  CHECK(found("modulo(5, x)", false) == "d:x");
  CHECK(found("1 / (x + 1)", false) == "d:x + 1");
  CHECK(found("1 / count(list)", false) == "d:count(list)");
  CHECK(found("x / 0", false) == "d:0");
  for (const char* certain :
       {"x / 2", "1 / (count(list) + 1)", "if x = 0 then 0 else 1 / x", "if x > 0 then 1 / x else 0",
        "if x >= 1 then 1 / x else 0", "if 0 < x then 1 / x else 0", "if x < 0 then 1 / x else 0",
        "if count(list) > 0 then 1 / count(list) else 0", "if x + 1 != 0 then 1 / (x + 1) else 0",
        "duration(\"P9D\") / duration(\"P1D\")"})
    CHECK(found(certain, false).find("d:") == std::string::npos);
  CHECK(found("if x >= 0 then 1 / x else 0", false) == "n:x d:x");
  CHECK(found("if x != 0 then y else 1 / x", false) == "d:x");
}
