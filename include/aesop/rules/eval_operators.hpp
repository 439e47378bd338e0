// Machine, part: arithmetic, comparison and logic (DMN 1.5, tables 53 to 63). Included by machine.hpp alone.
#pragma once

#include "aesop/rules/machine.hpp"
#include "aesop/rules/roots.hpp"
#include "aesop/rules/temporal.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline Value Machine::wrong_operands(const Value& a, const Value& b, SourceRange where,
                                     std::string_view verb) {
  const bool erased = a.is_erased() || b.is_erased();
  return fail(erased ? DiagnosticCode::erased_value : DiagnosticCode::wrong_type, where,
              [&] { return cat(to_string(a.kind()), " and ", to_string(b.kind()), " cannot be ", verb); });
}

template <class T>
Value Machine::or_not_representable(const std::optional<T>& value, SourceRange where) {
  if (!value)
    return fail(DiagnosticCode::not_representable, where, [] { return "the result cannot be represented"; });
  if constexpr (std::is_same_v<T, Decimal>)
    return Value::number(*value);
  else if constexpr (std::is_same_v<T, Date>)
    return Value::date(*value);
  else if constexpr (std::is_same_v<T, DateTime>)
    return Value::date_time(*value);
  else if constexpr (std::is_same_v<T, DaysDuration>)
    return Value::days_duration(*value);
  else
    return Value::months_duration(*value);
}

inline Value Machine::negate(const Node& node) {
  Value room;
  const Value& a = ref(node.a, room);
  if (a.is_number()) return Value::number(a.as_decimal().negated());
  if (a.is(ValueKind::days_duration))
    return or_not_representable(rules::negate(a.as_days_duration()), node.where);
  if (a.is(ValueKind::months_duration) && a.as_months_duration().months != INT64_MIN)
    return Value::months_duration({-a.as_months_duration().months});
  return fail(DiagnosticCode::wrong_type, node.where,
              [&] { return cat("a ", to_string(a.kind()), " has no negative"); });
}

inline Value Machine::arithmetic(Op op, const Value& a, const Value& b, SourceRange where) {
  switch (op) {
    case Op::add:
      return add(a, b, where);
    case Op::subtract:
      return subtract(a, b, where);
    case Op::multiply:
      return multiply(a, b, where);
    case Op::divide:
      return divide(a, b, where);
    default:
      return power(a, b, where);
  }
}

inline Value Machine::chain(const Node& node) {
  const NodeId* kids = program_->kids.data() + node.a;
  Value left = eval(kids[0]);
  for (std::uint32_t i = 1; i + 1 < node.n; i += 2) {
    Value room;
    const Value& right = ref(kids[i + 1], room);
    left = arithmetic(static_cast<Op>(kids[i]), left, right, node.where);
  }
  return left;
}

inline Value Machine::add(const Value& a, const Value& b, SourceRange where) {
  if (a.is_number() && b.is_number())
    return or_not_representable(aesop::add(a.as_decimal(), b.as_decimal()), where);
  if (a.is_string() && b.is_string()) {
    if (a.as_string().size() + b.as_string().size() > evaluation_.budget.string)
      return fail(DiagnosticCode::budget_size, where, [] { return "a text is longer than it may be"; });
    return made_string(cat(a.as_string(), b.as_string()), where);
  }
  // A point in time and a span, in either order.
  const bool swapped = a.is(ValueKind::days_duration) || a.is(ValueKind::months_duration);
  const Value& at = swapped ? b : a;
  const Value& by = swapped ? a : b;
  if (by.is(ValueKind::days_duration)) {
    const DaysDuration span = by.as_days_duration();
    switch (at.kind()) {
      case ValueKind::date:
        return or_not_representable(move_by(at.as_date(), span), where);
      case ValueKind::time:
        return Value::time(move_by(at.as_time(), span));
      case ValueKind::date_time:
        return or_not_representable(move_by(at.as_date_time(), span, zones()), where);
      case ValueKind::days_duration:
        return or_not_representable(rules::add(at.as_days_duration(), span), where);
      default:
        break;
    }
  } else if (by.is(ValueKind::months_duration)) {
    const std::int64_t months = by.as_months_duration().months;
    if (at.is_date()) return or_not_representable(add_months(at.as_date(), months), where);
    if (at.is_date_time()) {
      DateTime moved = at.as_date_time();
      const auto day = add_months(moved.date, months);
      if (!day) return or_not_representable(day, where);
      moved.date = *day;
      return Value::date_time(moved);
    }
    if (at.is(ValueKind::months_duration) &&
        !aesop::detail::add_overflows(at.as_months_duration().months, months))
      return Value::months_duration({at.as_months_duration().months + months});
  }
  return wrong_operands(a, b, where, "added");
}

inline Value Machine::subtract(const Value& a, const Value& b, SourceRange where) {
  if (a.is_number() && b.is_number())
    return or_not_representable(aesop::subtract(a.as_decimal(), b.as_decimal()), where);
  if (b.is(ValueKind::days_duration) && !a.is(ValueKind::months_duration)) {
    const auto minus = rules::negate(b.as_days_duration());
    if (!minus) return or_not_representable(minus, where);
    if (a.is_date() || a.is_time() || a.is_date_time() || a.is(ValueKind::days_duration))
      return add(a, Value::days_duration(*minus), where);
  }
  if (b.is(ValueKind::months_duration) && b.as_months_duration().months != INT64_MIN &&
      (a.is_date() || a.is_date_time() || a.is(ValueKind::months_duration)))
    return add(a, Value::months_duration({-b.as_months_duration().months}), where);
  const bool days = (a.is_date() || a.is_date_time()) && (b.is_date() || b.is_date_time());
  if (days) {
    const DateTime x = a.as_date_time(), y = b.as_date_time();
    if (x.zone.is_none() != y.zone.is_none())
      return fail(DiagnosticCode::wrong_type, where,
                  [] { return "one of the two has a time zone and the other has none"; });
    return or_not_representable(rules::between(x, y, zones()), where);
  }
  if (a.is_time() && b.is_time())
    return or_not_representable(rules::between(a.as_time(), b.as_time(), zones()), where);
  return wrong_operands(a, b, where, "subtracted");
}

inline Value Machine::multiply(const Value& a, const Value& b, SourceRange where) {
  if (a.is_number() && b.is_number())
    return or_not_representable(aesop::multiply(a.as_decimal(), b.as_decimal()), where);
  const Value& span = a.is_number() ? b : a;
  const Value& factor = a.is_number() ? a : b;
  if (factor.is_number() && span.is(ValueKind::days_duration)) {
    const auto seconds = aesop::multiply(in_seconds(span.as_days_duration()), factor.as_decimal());
    return or_not_representable(seconds ? from_seconds(*seconds) : std::nullopt, where);
  }
  if (factor.is_number() && span.is(ValueKind::months_duration))
    return or_not_representable(
        whole_months(aesop::multiply(Decimal(span.as_months_duration().months), factor.as_decimal())), where);
  return wrong_operands(a, b, where, "multiplied");
}

inline Value Machine::divide(const Value& a, const Value& b, SourceRange where) {
  const bool spans =
      a.kind() == b.kind() && (a.is(ValueKind::days_duration) || a.is(ValueKind::months_duration));
  const auto amount = [](const Value& v) {
    return v.is_number()                    ? v.as_decimal()
           : v.is(ValueKind::days_duration) ? in_seconds(v.as_days_duration())
                                            : Decimal(v.as_months_duration().months);
  };
  const bool span_by_number =
      b.is_number() && (a.is(ValueKind::days_duration) || a.is(ValueKind::months_duration));
  if (!(a.is_number() && b.is_number()) && !spans && !span_by_number)
    return wrong_operands(a, b, where, "divided");
  const Decimal divisor = amount(b);
  if (divisor.is_zero())
    return fail(DiagnosticCode::division_by_zero, where, [] { return "division by zero"; });
  const auto quotient = aesop::divide(amount(a), divisor);
  if (!span_by_number) return or_not_representable(quotient, where);
  if (a.is(ValueKind::days_duration))
    return or_not_representable(quotient ? from_seconds(*quotient) : std::nullopt, where);
  return or_not_representable(whole_months(quotient), where);
}

inline Value Machine::power(const Value& a, const Value& b, SourceRange where) {
  if (!a.is_number() || !b.is_number()) return wrong_operands(a, b, where, "raised");
  if (!charge(b.as_decimal().is_integer() ? 20 : 1'000)) return Value();
  return or_not_representable(raised(a.as_decimal(), b.as_decimal()), where);
}

// and, or in three values: a false makes `and` false and a true makes `or` true whatever the others are.
inline Value Machine::connective(const Node& node) {
  const bool decides = node.op == Op::any_of;
  bool unknown = false;
  NodeId wrong = none;
  ValueKind wrong_kind = ValueKind::null;
  for (std::uint32_t i = 0; i < node.n; ++i) {
    Value room;
    const Value& value = ref(program_->kids[node.a + i], room);
    if (value.is_boolean()) {
      if (value.as_bool() == decides) return Value::boolean(decides);
      continue;
    }
    unknown = true;
    if (!value.is_null() && wrong == none) {
      wrong = program_->kids[node.a + i];
      wrong_kind = value.kind();
    }
  }
  if (!unknown) return Value::boolean(!decides);
  if (wrong == none) return Value();
  return fail(wrong_kind == ValueKind::erased ? DiagnosticCode::erased_value : DiagnosticCode::wrong_type,
              nodes_[wrong].where,
              [&] { return cat("a condition is expected, not a ", to_string(wrong_kind)); });
}

inline Value Machine::comparison(Op op, const Value& a, const Value& b, SourceRange where) {
  if (op == Op::equal || op == Op::not_equal) {
    if (a.depth() > 0 && b.depth() > 0 && (!charge_for(a) || !charge_for(b))) return Value();
    if (const auto same = equal(a, b, zones())) return Value::boolean(*same == (op == Op::equal));
  } else if (const auto order = compare(a, b, zones())) {
    switch (op) {
      case Op::less:
        return Value::boolean(*order < 0);
      case Op::less_equal:
        return Value::boolean(*order <= 0);
      case Op::greater:
        return Value::boolean(*order > 0);
      default:
        return Value::boolean(*order >= 0);
    }
  }
  const bool erased = a.is_erased() || b.is_erased();
  return fail(erased ? DiagnosticCode::erased_value : DiagnosticCode::not_comparable, where,
              [&] { return cat(to_string(a.kind()), " and ", to_string(b.kind()), " cannot be compared"); });
}

inline Value Machine::between(const Node& node) {
  Value room_a, room_b, room_c;
  const Value& value = ref(node.a, room_a);
  const Value& low = ref(node.b, room_b);
  Value above = comparison(Op::greater_equal, value, low, node.where);
  if (above.is_false()) return above;
  Value below = comparison(Op::less_equal, value, ref(node.c, room_c), node.where);
  if (below.is_false() || above.is_true()) return below;
  return Value();
}

// Whether a range holds a value; nothing when they cannot be compared.
inline std::optional<bool> Machine::contains(const Value& range, const Value& value) {
  const RangeValue& bounds = range.as_range();
  if (bounds.comparison && !bounds.low.is_null() && !bounds.high.is_null()) {
    const auto same = equal(value, bounds.low, zones());
    if (!same) return std::nullopt;
    return *same == bounds.low_closed;
  }
  if ((bounds.low.is_null() || bounds.high.is_null()) && !bounds.comparison) return std::nullopt;
  bool inside = true;
  if (!bounds.low.is_null()) {
    const auto order = compare(value, bounds.low, zones());
    if (!order) return std::nullopt;
    inside = *order > 0 || (*order == 0 && bounds.low_closed);
  }
  if (inside && !bounds.high.is_null()) {
    const auto order = compare(value, bounds.high, zones());
    if (!order) return std::nullopt;
    inside = *order < 0 || (*order == 0 && bounds.high_closed);
  }
  return inside;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
