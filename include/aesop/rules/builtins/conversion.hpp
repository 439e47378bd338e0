// Functions that convert (DMN 1.5, table 72). Part rules.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"
#include "aesop/rules/temporal.hpp"
#include "aesop/value/print.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

inline Value no_text_of(const Arguments& a, std::string_view what) {
  return a.machine().fail(DiagnosticCode::bad_argument, a.where(),
                          [&] { return cat("the text is not ", what); });
}

// A zone by name must be known; one that is not makes the whole value null.
inline bool zone_known(const Arguments& a, const ZoneRef& zone) {
  if (zone.kind != ZoneRef::Kind::named) return true;
  if (a.zones() != nullptr && a.zones()->exists(zone.name)) return true;
  a.machine().fail(DiagnosticCode::no_zone, a.where(),
                   [&] { return cat("the time zone \"", printable(zone.name, 60), "\" is not known here"); });
  return false;
}

// The year, month and day in the first three arguments.
inline std::optional<Date> date_of_parts(const Arguments& a) {
  const auto year = a.integer(0);
  const auto month = year ? a.integer(1) : std::nullopt;
  const auto day = month ? a.integer(2) : std::nullopt;
  if (!day) return std::nullopt;
  if (*year < -max_year || *year > max_year || *month < 1 || *month > 12 || *day < 1 ||
      *day > days_in_month(*year, static_cast<int>(*month))) {
    a.bad("there is no such day");
    return std::nullopt;
  }
  return Date{static_cast<std::int32_t>(*year), static_cast<std::uint8_t>(*month),
              static_cast<std::uint8_t>(*day)};
}

// The hour, minute and second, which may have a fraction, from argument `first` on.
inline std::optional<LocalTime> time_of_parts(const Arguments& a, std::size_t first) {
  const auto hour = a.integer(first);
  const auto minute = hour ? a.integer(first + 1) : std::nullopt;
  const auto second = minute ? a.number(first + 2) : std::nullopt;
  if (!second) return std::nullopt;
  const bool good = *hour >= 0 && *hour <= 23 && *minute >= 0 && *minute <= 59 && !second->is_negative() &&
                    *second < Decimal(60);
  const auto exact = good ? from_seconds(*second) : std::nullopt;
  if (!exact) {
    a.bad("there is no such time");
    return std::nullopt;
  }
  return LocalTime::of(static_cast<int>(*hour), static_cast<int>(*minute), static_cast<int>(exact->seconds),
                       exact->nanos);
}

// The zone in argument `i`: none when it is null or not there, an offset as a duration, a name where names are taken.
inline std::optional<ZoneRef> zone_of(const Arguments& a, std::size_t i, bool named) {
  if (a.is_null(i)) return ZoneRef();
  if (named && a.one(i).is_string()) {
    const ZoneRef zone = ZoneRef::named(a.one(i).as_string());
    return zone_known(a, zone) ? std::optional(zone) : std::nullopt;
  }
  if (!a.one(i).is(ValueKind::days_duration)) {
    a.wrong(i, named ? "a days and time duration or the name of a time zone" : "a days and time duration");
    return std::nullopt;
  }
  const DaysDuration offset = a.one(i).as_days_duration();
  if (offset.seconds < -18 * 3600 || offset.seconds > 18 * 3600 || offset.nanos != 0) {
    a.bad("the offset is not between -18 and 18 hours");
    return std::nullopt;
  }
  return ZoneRef::at_offset(static_cast<std::int32_t>(offset.seconds));
}

inline Value date(const FunctionCall& call) {
  const Arguments a(call);
  if (a.signature() == 1) {
    const auto day = date_of_parts(a);
    return day ? Value::date(*day) : Value();
  }
  const Value& from = a.one(0);
  if (from.is_date()) return from;
  if (from.is_date_time()) return Value::date(from.as_date());
  const auto text = a.text(0);
  if (!text) return Value();
  const auto value = parse_date(*text);
  return value ? Value::date(*value) : no_text_of(a, "a date like 2026-01-31");
}

inline Value time(const FunctionCall& call) {
  const Arguments a(call);
  if (a.signature() > 0) {
    const auto local = time_of_parts(a, 0);
    const auto zone = local ? zone_of(a, 3, false) : std::nullopt;
    return zone ? Value::time({*local, *zone}) : Value();
  }
  const Value& from = a.one(0);
  if (from.is_time()) return from;
  if (from.is_date_time()) return Value::time(from.as_time());
  if (from.is_date()) return Value::time({{}, ZoneRef::utc()});
  const auto text = a.text(0);
  if (!text) return Value();
  const auto value = parse_time_text(*text);
  if (!value) return no_text_of(a, "a time like 09:30:00");
  return zone_known(a, value->zone) ? Value::time(*value) : Value();
}

inline Value date_and_time(const FunctionCall& call) {
  const Arguments a(call);
  if (a.signature() == 1) {
    const Value& day = a.one(0);
    const Value& clock = a.one(1);
    if (!day.is_date() && !day.is_date_time()) return a.wrong(0, "a date");
    if (!clock.is_time()) return a.wrong(1, "a time");
    const Time time = clock.as_time();
    return Value::date_time({day.as_date(), time.local, time.zone});
  }
  if (a.signature() > 1) {
    const auto day = date_of_parts(a);
    const auto local = day ? time_of_parts(a, 3) : std::nullopt;
    const auto zone = local ? zone_of(a, 6, true) : std::nullopt;
    return zone ? Value::date_time({*day, *local, *zone}) : Value();
  }
  const Value& from = a.one(0);
  if (from.is_date_time()) return from;
  if (from.is_date()) return Value::date_time({from.as_date(), {}, {}});
  const auto text = a.text(0);
  if (!text) return Value();
  const auto value = parse_date_time_text(*text);
  if (!value) return no_text_of(a, "a date and time like 2026-01-31T09:30:00Z");
  return zone_known(a, value->zone) ? Value::date_time(*value) : Value();
}

inline Value duration(const FunctionCall& call) {
  const Arguments a(call);
  const Value& from = a.one(0);
  if (from.is(ValueKind::days_duration) || from.is(ValueKind::months_duration)) return from;
  const auto text = a.text(0);
  if (!text) return Value();
  // XML Schema's PT1.S, a point without digits, is PT1S.
  std::string plain(*text);
  if (plain.ends_with(".S")) plain.erase(plain.size() - 2, 1);
  if (const auto days = parse_days_duration(plain)) return Value::days_duration(*days);
  if (const auto months = parse_months_duration(plain)) return Value::months_duration(*months);
  return no_text_of(a, "a duration like P30D, PT8H or P1Y6M");
}

inline Value years_and_months_duration(const FunctionCall& call) {
  const Arguments a(call);
  for (const std::size_t i : {0, 1})
    if (!a.one(i).is_date() && !a.one(i).is_date_time()) return a.wrong(i, "a date");
  return Value::months_duration(months_between(a.one(0).as_date(), a.one(1).as_date()));
}

inline Value number(const FunctionCall& call) {
  const Arguments a(call);
  if (a.signature() == 0 && a.one(0).is_number()) return a.one(0);
  const auto text = a.text(0);
  if (!text) return Value();
  std::string plain(*text);
  if (a.signature() == 1) {
    std::string_view grouping, point = ".";
    if (!a.is_null(1)) {
      const auto given = a.text(1);
      if (!given) return Value();
      grouping = *given;
      if (grouping != " " && grouping != "," && grouping != ".")
        return a.bad("the grouping separator is a blank, a comma or a point");
    }
    if (!a.is_null(2)) {
      const auto given = a.text(2);
      if (!given) return Value();
      point = *given;
      if (point != "." && point != ",") return a.bad("the decimal separator is a comma or a point");
    }
    if (!a.is_null(1) && !a.is_null(2) && grouping == point) return a.bad("the two separators are the same");
    plain.clear();
    for (const char c : *text) {
      if (!grouping.empty() && c == grouping[0]) continue;
      plain += c == point[0] ? '.' : c == '.' ? '?' : c;
    }
  }
  const auto value = Decimal::parse(plain);
  return value ? Value::number(*value) : no_text_of(a, "a number");
}

inline Value string(const FunctionCall& call) {
  const Arguments a(call);
  const Value& from = a.raw(0);
  if (from.is_string()) return from;
  if (from.is_null() || from.is_erased()) return Value();
  if (!a.machine().charge_for(from)) return Value();
  return a.machine().made_string(to_string(from), a.where());
}

inline const FunctionTable& conversion() {
  static const FunctionTable table{
      {"date", "from | year, month, day", "date", date},
      {"time", "from | hour, minute, second, offset | hour, minute, second", "time", time},
      {"date and time",
       "from | date, time | year, month, day, hour, minute, second | "
       "year, month, day, hour, minute, second, offset | year, month, day, hour, minute, second, timezone",
       "date and time", date_and_time},
      {"duration", "from", "Any", duration},
      {"years and months duration", "from, to", "years and months duration", years_and_months_duration},
      {"number", "from | from, grouping separator, decimal separator", "number", number},
      {"string", "from", "string", string},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
