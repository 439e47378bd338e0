// Inputs that hit a row of a decision table no example hits: propose. Part table; pure. The values come from the bounds in
// the cells and from beside them; each proposal is asked of the real table before it is made.
#pragma once

#include "aesop/rules/temporal.hpp"
#include "aesop/table/probe.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// An input on the bounds of a row, and what the table says to it.
struct TableProposal {
  std::uint32_t row = 0;
  std::vector<std::optional<Value>> inputs = {};  ///< by column; nothing where no row looks at the column
  Value expect = {};
};

struct ProposeOptions {
  std::uint32_t tries = 20'000;  ///< questions asked of the table for all rows together
  std::vector<std::vector<Value>> domains =
      {};  ///< by column: the values it may have; empty: any of its type
};

struct Proposals {
  std::vector<TableProposal> found = {};
  std::vector<std::uint32_t> none = {};  ///< rows for which no input was found: perhaps no input reaches them
  bool stopped = false;                  ///< the tries were spent before all rows were looked at
};

namespace detail {

/// The constants of a test: bounds of ranges, values of comparisons and of choices.
inline void bounds_of(const Value& value, std::vector<Value>& out) {
  if (value.is_range()) {
    for (const Value& end : {value.as_range().low, value.as_range().high})
      if (!end.is_null()) out.push_back(end);
  } else if (value.is_list()) {
    for (const Value& item : value.items()) bounds_of(item, out);
  } else {
    out.push_back(value);
  }
}

/// The values just below and above a bound. `unit` is the smallest step of numbers.
inline std::vector<Value> beside(const Value& bound, const Decimal& unit) {
  std::vector<Value> out;
  const auto put = [&](auto made, auto wrap) {
    if (made) out.push_back(wrap(*made));
  };
  switch (bound.kind()) {
    case ValueKind::number:
      put(subtract(bound.as_decimal(), unit), [](const Decimal& d) { return Value::number(d); });
      put(add(bound.as_decimal(), unit), [](const Decimal& d) { return Value::number(d); });
      break;
    case ValueKind::date:
      for (const std::int64_t by : {-1, 1}) {
        const std::int64_t day = days_from_civil(bound.as_date()) + by;
        if (day >= min_days && day <= max_days) out.push_back(Value::date(civil_from_days(day)));
      }
      break;
    case ValueKind::days_duration: {
      const DaysDuration span = bound.as_days_duration();
      const std::int64_t step = span.seconds % 86'400 == 0 ? 86'400 : 1;
      if (span.seconds > -(std::int64_t{1} << 60) && span.seconds < (std::int64_t{1} << 60))
        for (const std::int64_t by : {-step, step})
          out.push_back(Value::days_duration({span.seconds + by, span.nanos}));
      break;
    }
    case ValueKind::months_duration:
      for (const std::int64_t by : {-1, 1})
        out.push_back(Value::months_duration({bound.as_months_duration().months + by}));
      break;
    case ValueKind::date_time:
      for (const std::int64_t by : {-1, 1})
        put(rules::move_by(bound.as_date_time(), DaysDuration{by, 0}, nullptr),
            [](const DateTime& at) { return Value::date_time(at); });
      break;
    case ValueKind::boolean:
      out.push_back(Value::boolean(!bound.as_bool()));
      break;
    default:
      break;
  }
  return out;
}

/// Some value of a type, for columns whose cells name none.
inline std::vector<Value> sample_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::boolean:
      return {Value::boolean(true), Value::boolean(false)};
    case TypeKind::number:
      return {Value::number(0), Value::number(1)};
    case TypeKind::string:
      return {Value::string("other")};
    case TypeKind::list:
      return {Value::list({})};
    default:
      return {};
  }
}

}  // namespace detail

class Proposer {
 public:
  Proposer(const TableProbe& probe, std::span<const Value> slots, const Evaluation& how,
           ProposeOptions options)
      : probe_(probe), slots_(slots), how_(how), options_(std::move(options)) {
    gather();
  }

  Proposals rows_not_hit(const std::vector<bool>& hit) {
    Proposals out;
    for (std::uint32_t row = 0; row < hit.size(); ++row) {
      if (hit[row]) continue;
      bool some = false;
      // From the lowest values up, and from the highest down: the two ends of what the row takes.
      for (const bool down : {false, true}) {
        auto made = search(row, down);
        if (!made) break;
        some = true;
        bool same = false;
        for (const TableProposal& known : out.found) same = same || (known.row == row && alike(known, *made));
        if (!same) out.found.push_back(std::move(*made));
      }
      if (!some) out.none.push_back(row);
      if (options_.tries == 0) {
        out.stopped = true;
        break;
      }
    }
    return out;
  }

 private:
  bool any(std::uint32_t row, std::size_t column) const {
    return probe_.table().model().rules[row].inputs[column].kind == TableCell::Kind::any;
  }
  // Whether two inputs of a row differ only where the row does not look.
  bool alike(const TableProposal& a, const TableProposal& b) const {
    for (std::size_t i = 0; i < a.inputs.size(); ++i)
      if (!any(a.row, i) && a.inputs[i] != b.inputs[i]) return false;
    return true;
  }

  void gather() {
    const Table& table = probe_.table();
    const std::size_t width = table.inputs().size(), height = table.model().rules.size();
    values_.resize(width);
    looked_at_.resize(width);
    for (std::size_t column = 0; column < width; ++column) {
      std::vector<Value> bounds;
      for (std::size_t row = 0; row < height; ++row) {
        const rules::Program& cell = table.cell(row, column).program();
        if (table.model().rules[row].inputs[column].kind != TableCell::Kind::any) looked_at_[column] = true;
        for (const Value& constant : cell.constants) detail::bounds_of(constant, bounds);
      }
      std::vector<Value>& values = values_[column];
      const std::vector<Value>* domain = column < options_.domains.size() && !options_.domains[column].empty()
                                             ? &options_.domains[column]
                                             : nullptr;
      if (domain) {
        values = *domain;
      } else {
        int scale = 0;
        for (const Value& bound : bounds)
          if (bound.is_number()) scale = std::max(scale, bound.as_decimal().scale());
        const Decimal unit =
            Decimal::parse(scale <= 0 ? "1"
                                      : cat("0.", std::string(static_cast<std::size_t>(scale) - 1, '0'), '1'))
                .value_or(Decimal(1));
        values = bounds;
        for (const Value& bound : bounds)
          for (Value& one : detail::beside(bound, unit)) values.push_back(std::move(one));
        for (Value& one : detail::sample_of(rules::one_of(table.inputs()[column].type())))
          values.push_back(std::move(one));
        // A column of strings whose type is not known.
        for (const Value& bound : bounds)
          if (bound.is_string()) {
            values.push_back(Value::string("other"));
            break;
          }
      }
      std::vector<Value> once;
      for (Value& value : values) {
        const bool fits = !value.is_null() && (table.inputs()[column].type().is_any() ||
                                               conforms(value, rules::one_of(table.inputs()[column].type())));
        if (fits && std::find(once.begin(), once.end(), value) == once.end())
          once.push_back(std::move(value));
      }
      bool sortable = !once.empty() && !once[0].is_string();
      for (const Value& value : once) sortable = sortable && value.kind() == once[0].kind();
      if (sortable && !domain)
        std::stable_sort(once.begin(), once.end(), [](const Value& a, const Value& b) {
          return compare(a, b, nullptr).value_or(0) < 0;
        });
      if (!domain) once.push_back(Value());
      values = std::move(once);
    }
  }

  // The values of a column that pass a cell, in order.
  std::vector<Value> passing(std::uint32_t row, std::size_t column) {
    std::vector<Value> out;
    for (const Value& value : values_[column]) {
      Evaluation evaluation = how_;
      if (any(row, column) || probe_.table().cell(row, column).test(value, slots_, evaluation).is_true())
        out.push_back(value);
    }
    return out;
  }

  std::optional<TableProposal> search(std::uint32_t row, bool down) {
    const std::size_t width = values_.size();
    std::vector<std::vector<Value>> choices(width);
    for (std::size_t i = 0; i < width; ++i) {
      choices[i] = passing(row, i);
      if (choices[i].empty()) return std::nullopt;
      // Where the row does not look, what no row names comes first: other rows shall not speak too. Null stays last.
      if (down || any(row, i)) {
        const auto end = choices[i].back().is_null() ? choices[i].end() - 1 : choices[i].end();
        std::reverse(choices[i].begin(), end);
      }
    }
    std::vector<std::size_t> at(width);
    const std::uint32_t rows_left = static_cast<std::uint32_t>(probe_.table().model().rules.size()) - row;
    std::uint32_t most = std::max<std::uint32_t>(200, options_.tries / (2 * rows_left));
    for (; most > 0 && options_.tries > 0; --most, --options_.tries) {
      std::vector<Value> inputs(width);
      for (std::size_t i = 0; i < width; ++i) inputs[i] = choices[i][at[i]];
      TableAnswer answer = probe_.ask(inputs, slots_, how_);
      if (hits(answer, row, probe_.table().model().hit)) {
        TableProposal out;
        out.row = row;
        for (std::size_t i = 0; i < width; ++i)
          out.inputs.push_back(looked_at_[i] ? std::optional<Value>(inputs[i]) : std::nullopt);
        out.expect = std::move(answer.value);
        return out;
      }
      std::size_t i = 0;
      while (i < width && ++at[i] == choices[i].size()) at[i++] = 0;
      if (i == width) break;
    }
    return std::nullopt;
  }

  const TableProbe& probe_;
  std::span<const Value> slots_;
  const Evaluation& how_;
  ProposeOptions options_;
  std::vector<std::vector<Value>> values_;  // by column: what is tried
  std::vector<bool> looked_at_;
};

/// Inputs that hit the rows whose `hit` is false: up to two for a row, the lowest and the highest on its bounds.
/// `slots` are what cells may name besides their input.
inline Proposals propose(const TableProbe& probe, const std::vector<bool>& hit, std::span<const Value> slots,
                         const Evaluation& how, ProposeOptions options = {}) {
  return Proposer(probe, slots, how, std::move(options)).rows_not_hit(hit);
}

}  // namespace v0
}  // namespace aesop
