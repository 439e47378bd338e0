// Segments and boxes in words that the reader of a table knows: `amount > 500`, `customer = any other`. Part table.
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/table/box.hpp"
#include "aesop/table/domain.hpp"
#include "aesop/value/print.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline std::string shown(const Value& value) { return printable(to_literal(value), 60); }

// One run of segments of an ordered kind.
inline std::string words_of_run(const Domain& domain, std::uint32_t from, std::uint32_t to) {
  const Segment& first = domain.segments()[from];
  const Segment& last = domain.segments()[to - 1];
  if (first.point && to - from == 1) return cat("= ", shown(first.low));
  if (first.low.is_null() && last.high.is_null()) return "= anything but null";
  if (first.low.is_null()) return cat(last.point ? "<= " : "< ", shown(last.high));
  if (last.high.is_null()) return cat(first.point ? ">= " : "> ", shown(first.low));
  return cat("in ", first.point ? '[' : '(', shown(first.low), "..", shown(last.high),
             last.point ? ']' : ')');
}

/// A variable and what it is: `amount < 5 or > 10`, `customer = "acme" or any other`. Empty when it is anything at all.
inline std::string words_of(const Domain& domain, const Segments& side) {
  if (side == domain.all()) return {};
  // Of named texts those that are missing, when they are the fewer.
  std::vector<std::string> but;
  std::size_t named = 0;
  bool other = false;
  for (std::uint32_t i = 0; i < domain.size(); ++i) {
    const Segment& segment = domain.segments()[i];
    other = other || (segment.other && side.has(i));
    if (segment.kind != ValueKind::string || !segment.point) continue;
    ++named;
    if (!side.has(i)) but.push_back(shown(segment.low));
  }
  const bool all_but = other && named > 2 && !but.empty() && but.size() * 2 < named;
  std::vector<std::string> parts;  // "= a", "> b"
  const auto equal = [&parts](std::string_view what) { parts.push_back(cat("= ", what)); };
  for (const Run& run : side.runs()) {
    for (std::uint32_t i = run.from; i < run.to;) {
      const Segment& segment = domain.segments()[i];
      const std::uint32_t end =
          std::min(run.to, domain.of_kind(segment.kind).empty() ? i + 1 : domain.of_kind(segment.kind).end());
      if (i == domain.null()) {
        equal("null");
      } else if (segment.other) {
        equal(all_but      ? cat("any but ", join(but, " and "))
              : named == 0 ? std::string("anything but null")
                           : std::string("any other"));
      } else if (segment.kind == ValueKind::boolean || domain.is_unordered(segment.kind)) {
        if (!all_but) equal(shown(segment.low));
      } else {
        // Neighbours whose bounds meet.
        std::uint32_t to = i + 1;
        while (to < end && domain.segments()[to].low == domain.segments()[to - 1].high) ++to;
        parts.push_back(words_of_run(domain, i, to));
        i = to;
        continue;
      }
      ++i;
    }
  }
  constexpr std::size_t most = 12;
  std::string out = domain.name;
  bool equals = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == most && parts.size() > most + 1) {
      append(out, " or ", parts.size() - most, " others");
      break;
    }
    const bool one = parts[i].starts_with("= ");
    append(out, i == 0 ? " " : " or ", one && equals ? std::string_view(parts[i]).substr(2) : parts[i]);
    equals = one;
  }
  return out;
}

/// "customer = any other, amount > 500"; of the box that holds everything "any input". A side as large as `usual` is left out.
inline std::string words_of(std::span<const Domain> domains, const Box& box, const Box& usual) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (box[i].covers(usual[i])) continue;
    std::string one = words_of(domains[i], box[i]);
    if (!one.empty()) parts.push_back(std::move(one));
  }
  return parts.empty() ? "any input" : join(parts, ", ");
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
