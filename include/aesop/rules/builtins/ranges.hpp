// Functions on ranges and points: how one lies to the other (DMN 1.5, table 80), and range(from). Part rules.
// A point is taken for the range [p..p]; the open end of (> 5) lies beyond every value.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"
#include "aesop/rules/lexer.hpp"
#include "aesop/rules/temporal.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

// Two spans and how their ends compare; `good` is false when they cannot be compared.
struct Spans {
  bool good = false;
  bool a_point = false, b_point = false;
  bool a_low = true, a_high = true, b_low = true, b_high = true;  // ends included
  int low_low = 0, low_high = 0, high_low = 0, high_high = 0;     // of a to b
};

// Which kinds of arguments a function takes: points, ranges.
enum Shapes : unsigned {
  two_points = 1,
  point_and_range = 2,
  range_and_point = 4,
  two_ranges = 8,
  any_two = 15
};

// One end of a span: a value, or beyond all values on one side, as the open end of (> 5) is.
struct SpanEnd {
  const Value* value = nullptr;
  int beyond = 0;
};

inline Spans spans(const FunctionCall& call, unsigned shapes) {
  const Arguments a(call);
  Spans out;
  SpanEnd low[2], high[2];
  bool* includes[2][2] = {{&out.a_low, &out.a_high}, {&out.b_low, &out.b_high}};
  for (const std::size_t i : {0, 1}) {
    const Value& value = a.one(i);
    if (value.is_null()) {
      a.wrong(i, "a range or a point");
      return out;
    }
    if (value.is_range()) {
      const RangeValue& range = value.as_range();
      const bool open = range.comparison;
      if (open && !range.low.is_null() && !range.high.is_null() && !range.low_closed) {
        a.wrong(i, "a range without a hole");
        return out;
      }
      low[i] = {&range.low, open && range.low.is_null() ? -1 : 0};
      high[i] = {&range.high, open && range.high.is_null() ? 1 : 0};
      *includes[i][0] = range.low_closed;
      *includes[i][1] = range.high_closed;
    } else {
      low[i] = high[i] = {&value, 0};
      (i == 0 ? out.a_point : out.b_point) = true;
    }
  }
  const unsigned shape = out.a_point ? (out.b_point ? two_points : point_and_range)
                                     : (out.b_point ? range_and_point : two_ranges);
  if ((shapes & shape) == 0) {
    a.bad(shapes == two_ranges ? "it takes two ranges" : "it does not take a point there");
    return out;
  }
  const auto order = [&](const SpanEnd& x, const SpanEnd& y, int& result) {
    if (x.beyond != 0 || y.beyond != 0) {
      result = (x.beyond > y.beyond) - (x.beyond < y.beyond);
      return true;
    }
    const auto found = compare(*x.value, *y.value, a.zones());
    if (found) result = *found;
    return found.has_value();
  };
  out.good = order(low[0], low[1], out.low_low) && order(low[0], high[1], out.low_high) &&
             order(high[0], low[1], out.high_low) && order(high[0], high[1], out.high_high);
  if (!out.good)
    a.machine().fail(DiagnosticCode::not_comparable, a.where(), [] { return "the two cannot be compared"; });
  return out;
}

inline Spans swapped(const Spans& s) {
  return {s.good,   s.b_point,  s.a_point,   s.b_low,     s.b_high,    s.a_low,
          s.a_high, -s.low_low, -s.high_low, -s.low_high, -s.high_high};
}

inline bool is_before(const Spans& s) {
  return s.high_low < 0 || (s.high_low == 0 && (!s.a_high || !s.b_low));
}
inline bool is_meeting(const Spans& s) { return s.a_high && s.b_low && s.high_low == 0; }
inline bool is_overlapping(const Spans& s) {
  return (s.high_low > 0 || (s.high_low == 0 && s.a_high && s.b_low)) &&
         (s.low_high < 0 || (s.low_high == 0 && s.a_low && s.b_high));
}
inline bool is_overlapping_before(const Spans& s) {
  return (s.low_low < 0 || (s.low_low == 0 && s.a_low && !s.b_low)) &&
         (s.high_low > 0 || (s.high_low == 0 && s.a_high && s.b_low)) &&
         (s.high_high < 0 || (s.high_high == 0 && (!s.a_high || s.b_high)));
}
inline bool is_including(const Spans& s) {
  return (s.low_low < 0 || (s.low_low == 0 && (s.a_low || !s.b_low))) &&
         (s.high_high > 0 || (s.high_high == 0 && (s.a_high || !s.b_high)));
}
inline bool is_finishing(const Spans& s) {
  if (s.a_point) return s.b_high && s.high_high == 0;
  return s.a_high == s.b_high && s.high_high == 0 &&
         (s.low_low > 0 || (s.low_low == 0 && (!s.a_low || s.b_low)));
}
inline bool is_starting(const Spans& s) {
  if (s.a_point) return s.b_low && s.low_low == 0;
  return s.a_low == s.b_low && s.low_low == 0 &&
         (s.high_high < 0 || (s.high_high == 0 && (!s.a_high || s.b_high)));
}
inline bool is_coinciding(const Spans& s) {
  return s.low_low == 0 && s.high_high == 0 && s.a_low == s.b_low && s.a_high == s.b_high;
}

template <bool (*relation)(const Spans&), bool reversed, unsigned shapes>
Value relation_of(const FunctionCall& call) {
  const Spans s = spans(call, shapes);
  if (!s.good) return Value();
  return Value::boolean(relation(reversed ? swapped(s) : s));
}

// range("[1..3]"): brackets and two literals, of one ordered kind, in order.
inline Value range(const FunctionCall& call) {
  const Arguments a(call);
  const auto text = a.text(0);
  if (!text) return Value();
  const auto bad = [&a] { return a.bad("the text is not a range like [1..10)"); };
  std::vector<Token> tokens;
  SyntaxError error;
  if (text->size() > 4096 || !lex(*text, tokens, error)) return bad();
  std::size_t at = 0;
  const auto word = [&](std::size_t i) {
    return text->substr(tokens[i].where.begin, tokens[i].where.end - tokens[i].where.begin);
  };
  const auto kind = [&](std::size_t i) { return i < tokens.size() ? tokens[i].kind : Tok::end; };
  const auto bound = [&]() -> Value {
    std::string content;
    if (kind(at) == Tok::number || (kind(at) == Tok::minus && kind(at + 1) == Tok::number)) {
      const bool negative = kind(at) == Tok::minus;
      at += negative ? 1 : 0;
      const auto value = Decimal::parse(word(at++));
      return value ? Value::number(negative ? value->negated() : *value) : Value();
    }
    if (kind(at) == Tok::string) return unescape(word(at++), content) ? Value::string(content) : Value();
    if (kind(at) == Tok::at_string) {
      if (!unescape(word(at++), content)) return Value();
      return parse_temporal(content).value_or(Value());
    }
    // date("..."), time("..."), date and time("..."), duration("...")
    std::string name;
    while (kind(at) == Tok::name) name += (name.empty() ? "" : " ") + std::string(word(at++));
    if (kind(at) != Tok::open || kind(at + 1) != Tok::string || kind(at + 2) != Tok::close ||
        !unescape(word(at + 1), content))
      return Value();
    at += 3;
    const auto value = name == "date and time" ? [&]() -> std::optional<Value> {
      if (const auto moment = parse_date_time_text(content)) return Value::date_time(*moment);
      return std::nullopt;
    }()
        : parse_temporal(content);
    if (!value) return Value();
    const bool fits = (name == "date" && value->is_date()) || (name == "time" && value->is_time()) ||
                      (name == "date and time" && value->is_date_time()) ||
                      (name == "duration" &&
                       (value->is(ValueKind::days_duration) || value->is(ValueKind::months_duration)));
    return fits ? *value : Value();
  };
  RangeValue out;
  if (kind(at) != Tok::open_bracket && kind(at) != Tok::close_bracket && kind(at) != Tok::open) return bad();
  out.low_closed = kind(at++) == Tok::open_bracket;
  out.low = bound();
  if (kind(at) != Tok::dots) return bad();
  ++at;
  out.high = bound();
  if (kind(at) != Tok::open_bracket && kind(at) != Tok::close_bracket && kind(at) != Tok::close) return bad();
  out.high_closed = kind(at++) == Tok::close_bracket;
  if (kind(at) != Tok::end || out.low.kind() != out.high.kind()) return bad();
  const auto order = compare(out.low, out.high, a.zones());
  if (!order || *order > 0) return bad();
  return Value::range(std::move(out));
}

inline const FunctionTable& ranges() {
  constexpr std::string_view any = "point1, point2 | point, range | range, point | range1, range2";
  constexpr std::string_view both = "range1, range2";
  constexpr std::string_view first_point = "point, range | range1, range2";
  constexpr std::string_view last_point = "range, point | range1, range2";
  static const FunctionTable table{
      {"before", any, "boolean", relation_of<is_before, false, any_two>},
      {"after", any, "boolean", relation_of<is_before, true, any_two>},
      {"meets", both, "boolean", relation_of<is_meeting, false, two_ranges>},
      {"met by", both, "boolean", relation_of<is_meeting, true, two_ranges>},
      {"overlaps", both, "boolean", relation_of<is_overlapping, false, two_ranges>},
      {"overlaps before", both, "boolean", relation_of<is_overlapping_before, false, two_ranges>},
      {"overlaps after", both, "boolean", relation_of<is_overlapping_before, true, two_ranges>},
      {"finishes", first_point, "boolean", relation_of<is_finishing, false, point_and_range | two_ranges>},
      {"finished by", last_point, "boolean", relation_of<is_finishing, true, range_and_point | two_ranges>},
      {"includes", last_point, "boolean", relation_of<is_including, false, range_and_point | two_ranges>},
      {"during", first_point, "boolean", relation_of<is_including, true, point_and_range | two_ranges>},
      {"starts", first_point, "boolean", relation_of<is_starting, false, point_and_range | two_ranges>},
      {"started by", last_point, "boolean", relation_of<is_starting, true, range_and_point | two_ranges>},
      {"coincides", "point1, point2 | range1, range2", "boolean",
       relation_of<is_coinciding, false, two_points | two_ranges>},
      {"range", "from", "range", range},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
