// Functions on dates, and now() and today(), which tell the time of the command (DMN 1.5, tables 77 and 82). Part rules.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"

#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

inline std::optional<DateTime> local_now(const FunctionCall& call) {
  const std::string& zone = call.evaluation.zone;
  if (zone.empty() || zone == "UTC") return to_date_time(call.evaluation.now);
  auto now = to_date_time(call.evaluation.now, ZoneRef::named(zone), call.machine.zones());
  if (!now)
    call.machine.fail(DiagnosticCode::no_zone, call.where,
                      [&] { return cat("the time zone \"", printable(zone, 60), "\" is not known here"); });
  return now;
}
inline Value now(const FunctionCall& call) {
  const auto at = local_now(call);
  return at ? Value::date_time(*at) : Value();
}
inline Value today(const FunctionCall& call) {
  const auto at = local_now(call);
  return at ? Value::date(at->date) : Value();
}

inline std::optional<Date> day(const Arguments& a) {
  if (a.one(0).is_date() || a.one(0).is_date_time()) return a.one(0).as_date();
  a.wrong(0, "a date");
  return std::nullopt;
}
inline Value day_of_year_of(const FunctionCall& call) {
  const auto date = day(Arguments(call));
  return date ? Value::number(day_of_year(*date)) : Value();
}
inline Value day_of_week(const FunctionCall& call) {
  constexpr std::string_view names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
  const auto date = day(Arguments(call));
  return date ? Value::string(names[static_cast<std::size_t>(weekday(*date)) - 1]) : Value();
}
inline Value month_of_year(const FunctionCall& call) {
  constexpr std::string_view names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
  const auto date = day(Arguments(call));
  return date ? Value::string(names[date->month - 1]) : Value();
}
inline Value week_of_year_of(const FunctionCall& call) {
  const auto date = day(Arguments(call));
  return date ? Value::number(week_of_year(*date)) : Value();
}

// The same value of the same kind: an offset and a zone that mean the same are not.
inline Value is(const FunctionCall& call) {
  const Arguments a(call);
  if (!a.machine().charge_for(a.raw(0)) || !a.machine().charge_for(a.raw(1))) return Value();
  return Value::boolean(equal_strict(a.raw(0), a.raw(1)));
}

inline const FunctionTable& calendar() {
  static const FunctionTable table{
      {"now", "", "date and time", now, false},
      {"today", "", "date", today, false},
      {"day of year", "date", "number", day_of_year_of},
      {"day of week", "date", "string", day_of_week},
      {"month of year", "date", "string", month_of_year},
      {"week of year", "date", "number", week_of_year_of},
      {"is", "value1, value2", "boolean", is},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
