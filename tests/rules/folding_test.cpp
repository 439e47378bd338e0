// What is known when an expression is compiled is computed then, and only then once: constants, names, and the text that
// an expression keeps.
#include "rules/case_support.hpp"

#include <random>
#include <string>
#include <vector>

using namespace aesop;
using cases::Json;

namespace {

/// The text with every literal replaced by a name, and the scope and values of these names.
struct Unfolded {
  std::string text;
  Scope scope;
  std::vector<Value> slots;
};

std::optional<Unfolded> unfold(const std::string& text, const Scope& scope, const std::vector<Value>& slots) {
  std::vector<rules::Token> tokens;
  rules::SyntaxError error;
  if (!rules::lex(text, tokens, error)) return std::nullopt;
  Unfolded out{"", scope, slots};
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const rules::Token& token = tokens[i];
    const bool literal_token = token.kind == rules::Tok::number || token.kind == rules::Tok::string ||
                               token.kind == rules::Tok::at_string;
    if (!literal_token || tokens[i + 1].kind == rules::Tok::colon)
      continue;  // {"a b": 1}: a key is no literal
    const std::string literal = text.substr(token.where.begin, token.where.end - token.where.begin);
    const auto value = Expr::compile(literal, Scope());
    if (!value || value->constant() == nullptr) return std::nullopt;
    const std::string name = cat("given", out.slots.size());
    out.scope.add(name, TypeKind::any);
    out.slots.push_back(*value->constant());
    append(out.text, std::string_view(text).substr(at, token.where.begin - at), ' ', name, ' ');
    at = token.where.end;
  }
  out.text += text.substr(at);
  return out;
}

/// Evaluates as written and with its literals handed in; the number of texts compared, 0 or 1.
int compare_unfolded(const std::string& text, const Scope& scope, const std::vector<Value>& slots,
                     const Value* input = nullptr) {
  CompileOptions options;
  options.lenient = true;
  const auto other = unfold(text, scope, slots);
  if (!other || other->slots.size() == slots.size()) return 0;
  const auto compile = [&](const std::string& what, const Scope& names) {
    return input ? Expr::compile_unary_tests(what, names, TypeKind::any, options)
                 : Expr::compile(what, names, options);
  };
  const auto run = [&](const Expr& expr, const std::vector<Value>& values) {
    Evaluation how = cases::evaluation();
    const Value value = input ? expr.test(*input, values, how) : expr.evaluate(values, how);
    return cat(to_literal(value), how.diagnostics.empty() ? "" : ", with a diagnostic");
  };
  const auto folded = compile(text, scope);
  const auto given = compile(other->text, other->scope);
  if (!folded || !given) return 0;
  CAPTURE(text, other->text);
  CHECK(run(*folded, slots) == run(*given, other->slots));
  return 1;
}

/// Expressions of literals, nested at random: what folding has to do with.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string text(int depth) {
    if (depth == 0) return literal();
    const auto part = [&] { return text(depth - 1); };
    switch (below(14)) {
      case 0:
      case 1:
        return cat('(', part(), one_of({" + ", " - ", " * ", " / ", " ** "}), part(), ')');
      case 2:
        return cat('(', part(), one_of({" = ", " != ", " < ", " <= ", " > ", " >= "}), part(), ')');
      case 3:
        return cat('(', part(), one_of({" and ", " or "}), part(), ')');
      case 4:
        return cat("(if ", part(), " then ", part(), " else ", part(), ')');
      case 5:
        return cat('[', part(), ", ", part(), ']');
      case 6:
        return cat('[', part(), ", ", part(), "][", 1 + below(3), ']');
      case 7:
        return cat("(-", part(), ')');
      case 8:
        return cat('(', part(), " between ", part(), " and ", part(), ')');
      case 9:
        return cat("{a: ", part(), ", b: a}.b");
      case 10:
        return cat(one_of({"string", "not", "count", "sum", "max", "abs", "floor", "string length", "date",
                           "duration"}),
                   '(', part(), ')');
      case 11:
        return cat('(', part(), " in (", part(), ", ", part(), "))");
      case 12:
        return cat("(for i in [", part(), "] return i + ", part(), ')');
      default:
        return cat("decimal(", part(), ", ", below(4), ')');
    }
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  const char* one_of(std::initializer_list<const char*> list) {
    return list.begin()[below(static_cast<int>(list.size()))];
  }
  std::string literal() {
    return one_of({"0", "1", "2.50", "3", "-7", "0.1", "1e3", "\"a\"", "\"\"", "\"2026-01-31\"", "\"P1D\"",
                   "true", "false", "null", "@\"2026-01-31\"", "@\"P30D\"", "@\"P1M\"", "@\"09:30:00\"",
                   "@\"2026-01-31T09:30:00Z\""});
  }

  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("rules: operators and pure functions over constants are computed when they are compiled",
          "[rules]") {
  const auto& [text, value] = GENERATE(table<std::string, std::string>({
      {"1 + 2 * 3", "7"},
      {"1 + 2 - 3 + 4", "4"},
      {"-(3)", "-3"},
      {"2 ** 10", "1024"},
      {R"("a" + "b")", R"("ab")"},
      {R"(duration("P30D"))", R"(@"P30D")"},
      {R"(date("2026-01-31") + duration("P1M"))", R"(@"2026-02-28")"},
      {R"(@"2026-01-31".year)", "2026"},
      {"[1, 2, 3][2]", "2"},
      {"{a: 1}.a", "1"},
      {"1 < 2 and 2 = 2", "true"},
      {"5 between 1 and 10", "true"},
      {R"(if 1 < 2 then "yes" else "no")", R"("yes")"},
      {"sum([1, 2, 3])", "6"},
      {"not(true)", "false"},
      {R"(contains("abc", "b"))", "true"},
      {"round half up(n: 1.25, scale: 1)", "1.3"},
      {"[1..10].start included", "true"},
  }));
  CAPTURE(text);
  const auto expr = Expr::compile(text, Scope());
  REQUIRE(expr.ok());
  REQUIRE(expr->constant() != nullptr);
  CHECK(to_literal(*expr->constant()) == value);
}

TEST_CASE("rules: what depends on the command, on ports or on names is not computed when compiled",
          "[rules]") {
  Scope scope;
  scope.add("order", *parse_type("context<amount: number>"));
  const std::string text =
      GENERATE("now()", "today()", "order.amount", "order.amount + (1 + 2)", R"(matches("abc", "b"))",
               R"(date and time("2026-03-29T02:30:00@Europe/Paris").time offset)", "function(a) a + 1");
  const auto expr = Expr::compile(text, scope);
  REQUIRE(expr.ok());
  CHECK(expr->constant() == nullptr);
}

TEST_CASE("rules: an expression that complains is left to be evaluated, so that it complains each time",
          "[rules]") {
  CompileOptions options;
  options.lenient = true;
  for (const char* text : {"1 / 0", "[1, 2][3]", "duration(\"P30\")", "1 + \"a\""}) {
    CAPTURE(text);
    const auto expr = Expr::compile(text, Scope(), options);
    REQUIRE(expr.ok());
    CHECK(expr->constant() == nullptr);
    for (int i = 0; i < 2; ++i) {
      Evaluation how = cases::evaluation();
      CHECK(expr->evaluate({}, how).is_null());
      CHECK(how.diagnostics.total() == 1);
    }
  }
}

TEST_CASE("rules: a compiled name is a slot, and a path of a slot is one operation", "[rules]") {
  Scope scope;
  scope.add("unused", TypeKind::any);
  scope.add("order", *parse_type("context<amount: number>"));
  scope.add("limit", TypeKind::number);
  const auto expr = Expr::compile("order.amount > limit * (2 + 3)", scope);
  REQUIRE(expr.ok());
  CHECK(std::vector<std::uint32_t>(expr->reads().begin(), expr->reads().end()) ==
        std::vector<std::uint32_t>{1, 2});
  const rules::Program& program = expr->program();
  const rules::Node& root = program.nodes[program.root];
  REQUIRE(root.op == rules::Op::greater);
  CHECK(program.nodes[root.a].op == rules::Op::slot_path);
  CHECK(program.nodes[root.a].a == 1);
  const rules::Node& product = program.nodes[root.b];
  CHECK(program.nodes[product.a].op == rules::Op::slot);
  CHECK(program.nodes[product.b].op == rules::Op::constant);
}

TEST_CASE("rules: constants give the same whether they are folded or come in through slots: every case",
          "[rules]") {
  int compared = 0;
  for (const char* file : {"literals", "arithmetic", "logic", "comparison", "control", "names", "functions",
                           "unary_tests", "patterns"})
    for (const Json& one : cases::read(cat("rules/", file, ".json"))) {
      if (one.contains("error")) continue;
      const cases::Names names(one);
      if (one.contains("tests")) {
        const Value input = cases::feel(one["input"]);
        compared += compare_unfolded(one["tests"], names.scope, names.slots, &input);
      } else {
        compared += compare_unfolded(one["expr"], names.scope, names.slots);
      }
    }
  CHECK(compared > 200);
}

TEST_CASE("rules: constants give the same whether they are folded or come in through slots: 5,000 at random",
          "[rules]") {
  Generator generator(20260323);
  int compared = 0;
  for (int i = 0; i < 5'000; ++i) compared += compare_unfolded(generator.text(1 + i % 4), Scope(), {});
  CHECK(compared > 4'000);
}

TEST_CASE("rules: the text an expression keeps compiles again to what it was", "[rules]") {
  Generator generator(7);
  CompileOptions options;
  options.lenient = true;
  for (int i = 0; i < 1'000; ++i) {
    const std::string text = generator.text(1 + i % 4);
    CAPTURE(text);
    const auto expr = Expr::compile(text, Scope(), options);
    REQUIRE(expr.ok());
    CHECK(expr->text() == text);
    const auto again = Expr::compile(expr->text(), Scope(), options);
    REQUIRE(again.ok());
    CHECK(again->program().nodes.size() == expr->program().nodes.size());
    Evaluation one = cases::evaluation(), two = cases::evaluation();
    const Value value = expr->evaluate({}, one);
    CHECK(to_literal(again->evaluate({}, two)) == to_literal(value));
    // What is printed as a literal reads as the same value, too.
    if (value.is_number() || value.is_string() || value.is_boolean())
      CHECK(cases::feel(to_literal(value)) == value);
  }
}
