// Laws of the language, tried on random values: what holds of any number, text, list or range.
#include "rules/case_support.hpp"

#include <string>
#include <vector>

#ifdef AESOP_HAVE_RAPIDCHECK
#include <rapidcheck.h>

namespace {

using namespace aesop;

// An expression over names, compiled once.
class Law {
 public:
  Law(const std::string& text, std::initializer_list<const char*> names) {
    for (const char* name : names) scope_.add(name, TypeKind::any);
    CompileOptions options;
    options.lenient = true;
    auto compiled = Expr::compile(text, scope_, options);
    if (!compiled) FAIL(to_string(compiled.error()));
    expr_ = *compiled;
  }
  Value operator()(std::vector<Value> values) const {
    auto how = cases::evaluation();
    return expr_.evaluate(values, how);
  }

 private:
  Scope scope_;
  Expr expr_;
};

Value text_of(const std::vector<int>& choices) {
  constexpr const char* letters[] = {"a", "b", ";", "\xc3\xa9", "\xf0\x9f\x90\x8e", " "};
  std::string out;
  for (const int one : choices) out += letters[static_cast<unsigned>(one) % 6];
  return Value::string(out);
}

Value list_of(const std::vector<int>& numbers) {
  std::vector<Value> out;
  for (const int one : numbers) out.push_back(one % 7 == 0 ? Value() : Value::number(one % 5));
  return Value::list(std::move(out));
}

// A range of small whole numbers, also an open one.
Value range_of(unsigned a, unsigned b) {
  RangeValue out;
  const int low = static_cast<int>(a % 7), high = low + 1 + static_cast<int>(b % 5);
  out.low = Value::number(low);
  out.high = Value::number(high);
  out.low_closed = (a / 7) % 2 == 0;
  out.high_closed = (b / 5) % 2 == 0;
  if ((a / 14) % 8 == 0) {
    out.comparison = true;
    out.high = Value();
    out.high_closed = false;
  } else if ((a / 14) % 8 == 1) {
    out.comparison = true;
    out.low = Value();
    out.low_closed = false;
  }
  return Value::range(std::move(out));
}

Value truth(unsigned n) { return n % 3 == 0 ? Value() : Value::boolean(n % 3 == 1); }

}  // namespace

TEST_CASE("rules: texts can be cut and joined again", "[rules]") {
  const Law joined(R"(string join(split(s, ";"), ";") = s)", {"s"});
  const Law parts("if string length(s) < 2 then true else substring(s, 1, 1) + substring(s, 2) = s", {"s"});
  const Law around(R"(if contains(s, "b") then substring before(s, "b") + "b" + substring after(s, "b") = s
                      else substring before(s, "b") = "" and substring after(s, "b") = "")",
                   {"s"});
  const Law counted("string length(s + s) = 2 * string length(s)", {"s"});
  CHECK(rc::check([&](const std::vector<int>& choices) {
    const Value s = text_of(choices);
    for (const Law* law : {&joined, &parts, &around, &counted}) RC_ASSERT((*law)({s}).is_true());
  }));
}

TEST_CASE("rules: a value is what its literal and its text say", "[rules]") {
  CHECK(rc::check([](std::int64_t number, unsigned char scale, int days) {
    const Value n = Value::number(Decimal::scaled(number, scale % 30));
    RC_ASSERT(cases::feel(to_literal(n)) == n);
    RC_ASSERT(cases::feel("number(\"" + to_string(n) + "\")") == n);
    const Value d = Value::date(civil_from_days(days));
    RC_ASSERT(cases::feel(to_literal(d)) == d);
    RC_ASSERT(cases::feel("date(\"" + to_string(d) + "\")") == d);
    const Value p = Value::days_duration({number / 4, scale * 1000});
    RC_ASSERT(cases::feel(to_literal(p)) == p);
    const Value m = Value::months_duration({days});
    RC_ASSERT(cases::feel(to_literal(m)) == m);
  }));
}

TEST_CASE("rules: lists keep their elements through reverse, sublist, concatenate, insert before and remove",
          "[rules]") {
  const Law twice("reverse(reverse(l)) = l", {"l"});
  const Law cut("if count(l) < 2 then true else concatenate(sublist(l, 1, 1), sublist(l, 2)) = l", {"l"});
  const Law put("if l = [] then true else remove(insert before(l, -1, 9), -2) = l", {"l"});
  const Law once(
      "distinct values(distinct values(l)) = distinct values(l) and union(l, l) = distinct values(l)", {"l"});
  const Law found("every x in l satisfies list contains(l, x) and l[index of(l, x)[1]] = x", {"l"});
  const Law sorted(
      "{n: l[item != null], s: sort(n), r: count(s) = count(n) and "
      "(if s = [] then true else s[1] = min(n) and s[-1] = max(n)) and reverse(sort(n, function(a, b) a > "
      "b)) = s}.r",
      {"l"});
  const Law summed(
      "{n: l[item != null], r: n = [] or (sum(n) = sum(reverse(n)) and min(n) <= mean(n) and mean(n) <= "
      "max(n))}.r",
      {"l"});
  CHECK(rc::check([&](const std::vector<int>& numbers) {
    const Value l = list_of(numbers);
    for (const Law* law : {&twice, &cut, &put, &once, &found, &sorted, &summed})
      RC_ASSERT((*law)({l}).is_true());
  }));
}

TEST_CASE(
    "rules: a relation of ranges and its mirror say the same, and ranges overlap where they share a point",
    "[rules]") {
  const Law mirrors(
      "before(a, b) = after(b, a) and meets(a, b) = met by(b, a) and overlaps(a, b) = overlaps(b, a) and "
      "overlaps before(a, b) = overlaps after(b, a) and finishes(a, b) = finished by(b, a) and "
      "includes(a, b) = during(b, a) and starts(a, b) = started by(b, a) and coincides(a, b) = coincides(b, "
      "a)",
      {"a", "b"});
  const Law apart("before(a, b) or after(a, b) or overlaps(a, b)", {"a", "b"});
  const Law never_both("not((before(a, b) or after(a, b)) and overlaps(a, b))", {"a", "b"});
  const Law inside(
      "if coincides(a, b) then includes(a, b) and during(a, b) and starts(a, b) and finishes(a, b) else true",
      {"a", "b"});
  // Points at every half: enough to tell ranges between whole numbers.
  const Law shared("overlaps(a, b) = (some i in -2..30 satisfies i / 2 in a and i / 2 in b)", {"a", "b"});
  const Law held("includes(a, p) = (p in a) and during(p, a) = (p in a)", {"a", "p"});
  CHECK(rc::check([&](unsigned a, unsigned b, unsigned c, unsigned d) {
    const Value x = range_of(a, b), y = range_of(c, d);
    for (const Law* law : {&mirrors, &apart, &never_both, &inside, &shared})
      RC_ASSERT((*law)({x, y}).is_true());
    RC_ASSERT(held({x, Value::number(static_cast<std::int64_t>(d % 13))}).is_true());
  }));
}

TEST_CASE(
    "rules: the logic of three values keeps De Morgan's laws, and conditions give what all and any give",
    "[rules]") {
  const Law law(
      "[not(a and b), not(a) or not(b), not(a or b), not(a) and not(b), a and b, b and a, all([a, b]), a or "
      "b, any([a, b])]",
      {"a", "b"});
  CHECK(rc::check([&](unsigned a, unsigned b) {
    const Value out = law({truth(a), truth(b)});
    RC_ASSERT(out.at(0) == out.at(1));
    RC_ASSERT(out.at(2) == out.at(3));
    RC_ASSERT(out.at(4) == out.at(5));
    RC_ASSERT(out.at(4) == out.at(6));
    RC_ASSERT(out.at(7) == out.at(8));
  }));
}

#endif
