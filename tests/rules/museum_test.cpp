// A museum of hostile expressions: each ends within its budget of steps, with a typed diagnostic or an answer, and holds
// little memory while it runs. Those of the compiler are refused.
#include "rules/allocations.hpp"
#include "rules/case_support.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace aesop;

std::string repeated(std::string_view piece, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

struct Exhibit {
  std::string what;
  std::string text;
  std::vector<DiagnosticCode> ends_with;  // one of these is among the diagnostics; none: it has an answer
};

constexpr long most_memory = 16L * 1024 * 1024;

const std::vector<Exhibit>& museum() {
  using enum DiagnosticCode;
  static const std::string long_text =
      "(for i in 1..13 return if i = 1 then \"aaaaaaaa\" else \"\" + "
      "string(partial[-1]) + string(partial[-1]))";
  static const std::string doubled_list =
      "(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])";
  static const std::vector<Exhibit> all = {
      {"a range without end", "for i in 1..999999999999 return i", {budget_size}},
      {"a range without end, backwards", "for i in 999999999999..1 return i", {budget_size}},
      {"a range of all days there are",
       "for d in @\"-999999999-01-01\"..@\"999999999-12-31\" return d",
       {budget_size}},
      {"a range beyond what can be counted", "for i in 1..1E30 return i", {wrong_type}},
      {"a range that is only counted", "count(for i in [1..999999999] return i)", {budget_size}},
      {"ranges in ranges",
       "some a in 1..99999, b in 1..99999, c in 1..99999 satisfies a + b + c < 0",
       {budget_steps}},
      {"ranges that keep nothing",
       "(for i in 1..9999 return (for j in 1..9999 return j)[item < 0])",
       {budget_steps}},
      {"a text doubled", long_text + "[-1] + " + long_text + "[-1]", {}},
      {"a text doubled without end",
       "for i in 1..60 return if i = 1 then \"ab\" else string(partial[-1]) + string(partial[-1])",
       {wrong_type, budget_size, budget_steps}},
      {"a text doubled by join",
       "for i in 1..60 return if i = 1 then \"ab\" else string join([partial[-1], partial[-1]], \"\")",
       {budget_size, budget_steps, bad_argument}},
      {"a text blown up by replace",
       "{s: " + long_text + "[-1], r: replace(s, \"a\", s)}.r",
       {budget_size, budget_steps}},
      {"a text blown up by groups",
       "{s: " + long_text + "[-1], r: replace(s, \"(a+)\", \"" + repeated("$1", 900) + "\")}.r",
       {budget_size, budget_steps}},
      {"a text cut into a million pieces", "{s: " + long_text + "[-1], r: split(s, \"a\")}.r", {budget_size}},
      {"a list doubled", "count(flatten(" + doubled_list + "))", {budget_steps, budget_size}},
      {"a list doubled and compared", doubled_list + " = " + doubled_list, {budget_steps}},
      {"a list doubled and printed", "string(" + doubled_list + ")", {budget_steps}},
      {"a list doubled and searched",
       "list contains(" + doubled_list + ", " + doubled_list + "[40])",
       {budget_steps}},
      {"a list doubled and made distinct", "distinct values(" + doubled_list + ")", {budget_steps}},
      {"a list joined with itself",
       "for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
       {budget_steps, budget_size}},
      {"a list of all that was before", "for i in 1..9999 return partial", {budget_steps, budget_depth}},
      {"a context doubled",
       "string(for i in 1..40 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1]})",
       {budget_steps}},
      {"a context with every key", "context(for i in 1..9999 return {key: string(i), value: i})", {}},
      {"contexts merged again and again",
       "for i in 1..9999 return context merge([{a: 1}, if i = 1 then {b: 1} else partial[-1]])",
       {budget_steps}},
      {"recursion without end", "{f: function(n) f(n + 1), r: f(1)}.r", {budget_depth}},
      {"recursion in two branches",
       "{f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 2), r: f(25)}.r",
       {budget_steps}},
      {"recursion through a list",
       "{f: function(l) f(append(l, l)), r: f([1])}.r",
       {budget_depth, budget_steps}},
      {"recursion through a filter", "{f: function(l) l[f(l)], r: f([1, 2])}.r", {budget_depth}},
      {"recursion through sort",
       "{f: function(a, b) sort([a, b, 3], f)[1] < 2, r: f(1, 2)}.r",
       {budget_depth, budget_steps}},
      {"the function that applies itself", "(function(x) x(x))(function(x) x(x))", {budget_depth}},
      {"Ackermann",
       "{a: function(m, n) if m = 0 then n + 1 else if n = 0 then a(m - 1, 1) else a(m - 1, a(m, n - 1)), "
       "r: a(4, 4)}.r",
       {budget_depth, budget_steps}},
      {"closures in closures",
       "for i in 1..9000 return (function(x) function() x)(partial[-1])",
       {budget_depth, index_out_of_range}},
      {"closures that hold lists",
       "for i in 1..9999 return function() partial",
       {budget_depth, budget_steps}},
      {"huge exponents", "9 ** 9 ** 9 ** 9 ** 9", {not_representable}},
      {"a huge power of a small number", "(1 + 1E-30) ** 999999999", {}},
      {"a power with 34 digits", "1.000000000000000000000000000000001 ** 999999999999999.5", {}},
      {"logarithms by the thousand", "for i in 1..9999 return log(i) ** 0.5", {budget_steps}},
      {"a fraction with 6,000 places", "decimal(1 / 3, 6176) * 1E-6000", {}},
      {"a pattern that doubles its work",
       "matches(\"" + repeated("a", 60) + "!\", \"^(a+)+$\")",
       {budget_steps}},
      {"a pattern that doubles its work by choice",
       "matches(\"" + repeated("a", 60) + "!\", \"^(a|aa|a)*$\")",
       {budget_steps}},
      {"a pattern of back-references",
       "matches(\"" + repeated("a", 200) + "b\", \"^(a*)(a*)(a*)(a*)\\1\\2\\3\\4$\")",
       {budget_steps}},
      {"a pattern with huge counts",
       "matches(\"a\", \"((a{1000}){1000}){1000}\")",
       {bad_pattern, budget_steps}},
      {"a deep pattern",
       "matches(\"a\", \"" + repeated("(", 900) + "a" + repeated(")", 900) + "\")",
       {bad_pattern, budget_steps}},
      {"dear patterns in a loop",
       "for i in 1..9999 return matches(\"" + repeated("a", 60) + "!\", \"^(a+)+$\")",
       {budget_steps}},
      {"a search in a long text",
       "for i in 1..9999 return contains(" + long_text + "[-1], \"" + repeated("a", 400) + "b\")",
       {budget_steps}},
      {"sorting with a loop in the order",
       "sort(for i in 1..9999 return -i, function(a, b) count(for x in 1..99 return x) > 0 and a < b)",
       {budget_steps}},
      {"an order that is none", "sort(for i in 1..2000 return i, function(a, b) true)", {}},
      {"a filter in a filter in a filter",
       "(for i in 1..999 return i)[count((for j in 1..999 return j)[item > count([1, 2][item > 1])]) > 0]",
       {}},
      {"zones by the thousand",
       "for i in 1..9999 return @\"2026-01-01T00:00:00@Europe/Paris\" + @\"PT1H\" * i",
       {}},
      {"durations beyond the end of time", "@\"P999999999Y\" * 999999999999", {not_representable}},
      {"dates beyond the end of time", "@\"999999999-12-31\" + @\"P1D\"", {not_representable}},
  };
  return all;
}

}  // namespace

TEST_CASE("rules: every exhibit of the museum ends within its steps and its memory, and says why",
          "[rules]") {
  for (const Exhibit& exhibit : museum()) {
    INFO(exhibit.what << ": " << exhibit.text.substr(0, 200));
    for (const bool lenient : {false, true}) {
      CompileOptions options;
      options.lenient = lenient;
      options.max_text = 64 * 1024;
      options.max_nodes = 5'000;
      forget_peak();
      const long before = bytes_held();
      const auto compiled = Expr::compile(exhibit.text, Scope(), options);
      if (!compiled) FAIL(to_string(compiled.error()));
      Evaluation evaluation = cases::evaluation();
      const Value value = compiled->evaluate({}, evaluation);
      CHECK(bytes_peak() - before < most_memory);
      std::string all;
      bool found = false;
      for (const Diagnostic& one : evaluation.diagnostics) all += to_string(one) + '\n';
      for (const DiagnosticCode code : exhibit.ends_with) found = found || evaluation.diagnostics.has(code);
      INFO(all);
      if (exhibit.ends_with.empty())
        CHECK((evaluation.diagnostics.empty() && !value.is_null()));
      else
        CHECK(found);
    }
  }
}

TEST_CASE("rules: texts made to exhaust the compiler are refused with a code, and in little memory",
          "[rules]") {
  const std::vector<std::string> texts = {
      repeated("(", 3'000) + "1" + repeated(")", 3'000),
      repeated("[", 3'000) + "1" + repeated("]", 3'000),
      repeated("{a: ", 1'000) + "1" + repeated("}", 1'000),
      repeated("if true then ", 300) + "1" + repeated(" else 1", 300),
      repeated("for a in [1] return ", 190) + "a",
      repeated("function(a) ", 300) + "a",
      repeated("not(", 900) + "true" + repeated(")", 900),
      repeated("-", 4'000) + "1",
      repeated("1 in (", 600) + "1" + repeated(")", 600),
      "1" + repeated("[1]", 1'300),
      "a" + repeated(".a", 1'900),
      "a" + repeated("(1)", 1'300),
      "1" + repeated(" ** 1", 800) + repeated("(", 90),
      "1 instance of " + repeated("list<", 500) + "Any" + repeated(">", 500),
      "1 instance of " + repeated("function<", 300) + "Any" + repeated(">->Any", 300),
      "\"" + repeated("\\", 4'001),
      repeated("/*", 2'000),
      repeated("@", 4'000),
      repeated("a b ", 1'000),
      repeated("a.", 1'999) + "1..",
      "{" + repeated("a: 1, ", 600) + "b: 1",
      "1" + repeated("0", 5'000),
      "1E" + repeated("9", 3'000),
      std::string(4'000, '\0'),
      repeated("\xed\xa0\x80", 1'000),
  };
  for (const std::string& text : texts) {
    INFO(text.substr(0, 60));
    for (const bool lenient : {false, true}) {
      CompileOptions options;
      options.lenient = lenient;
      forget_peak();
      const long before = bytes_held();
      const auto compiled = Expr::compile(text, Scope(), options);
      CHECK_FALSE(compiled.ok());
      CHECK(bytes_peak() - before < most_memory / 8);
    }
  }
}
