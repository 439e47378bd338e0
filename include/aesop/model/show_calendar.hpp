// Working hours and holidays in words, for show. Part model, private to show.hpp. Pure; safe from any thread.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/calendar/calendar.hpp"
#include "aesop/model/calendar_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// "Mon-Fri 08:00-12:00 and 13:00-17:00 (Europe/Paris)".
inline std::string hours_text(const Calendar& calendar) {
  constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const CalendarSpec& spec = calendar.spec();
  if (spec.always) return cat("always open (", spec.zone, ')');
  const auto text = [&](std::size_t day) {
    std::vector<std::string> parts;
    for (const OpenInterval& open : spec.week[day])
      parts.push_back(cat(minutes_text(open.begin), '-', minutes_text(open.end)));
    return join(parts, " and ");
  };
  std::vector<std::string> parts;
  for (std::size_t first = 0; first < 7;) {
    std::size_t last = first;
    while (last + 1 < 7 && spec.week[last + 1] == spec.week[first]) ++last;
    if (!spec.week[first].empty())
      parts.push_back(
          cat(days[first], last > first ? cat('-', days[last]) : std::string(), ' ', text(first)));
    first = last + 1;
  }
  return cat(parts.empty() ? std::string("never open") : join(parts, ", "), " (", spec.zone, ')');
}

/// "4 July (kept on Friday or Monday when it falls on a weekend)", "the last Monday of May", "2026-12-27".
inline std::string holiday_text(const Holiday& holiday) {
  constexpr std::string_view months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
  constexpr std::string_view days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
  constexpr std::string_view places[] = {"first", "second", "third", "fourth", "fifth"};
  const std::string_view month = months[(holiday.month + 11) % 12];
  std::string out;
  std::vector<std::string> notes;
  switch (holiday.kind) {
    case Holiday::Kind::single:
      out = to_string(holiday.date);
      break;
    case Holiday::Kind::yearly:
      out = cat(static_cast<int>(holiday.day), ' ', month);
      if (holiday.observed == Observed::nearest)
        notes.push_back("on a weekend also the Friday before or the Monday after");
      if (holiday.observed == Observed::next_monday) notes.push_back("on a weekend also the Monday after");
      break;
    case Holiday::Kind::weekday:
      out = cat("the ",
                holiday.nth > 0 && holiday.nth <= 5 ? places[holiday.nth - 1]
                : holiday.nth == -1                 ? std::string_view("last")
                                                    : std::string_view("nth from the end"),
                ' ', days[static_cast<std::size_t>(holiday.weekday) - 1], " of ", month);
      break;
    case Holiday::Kind::easter: {
      const int away = holiday.offset < 0 ? -holiday.offset : holiday.offset;
      out = away == 0 ? std::string("Easter Sunday")
                      : cat(away, away == 1 ? " day " : " days ", holiday.offset < 0 ? "before" : "after",
                            " Easter Sunday");
      break;
    }
  }
  if (holiday.from_year != -max_year) notes.push_back(cat("from ", holiday.from_year));
  if (holiday.until_year != max_year) notes.push_back(cat("until ", holiday.until_year));
  if (!holiday.name.empty()) out = cat(holiday.name, ", ", out);
  return notes.empty() ? out : cat(out, " (", join(notes, "; "), ')');
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
