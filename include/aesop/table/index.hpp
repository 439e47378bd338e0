// Which rows of a table a value of a column leaves: TableIndex, made when a table is compiled and is large enough for it.
// Part table. Of each column a row of bits for every stretch of values that its cells treat alike; the rows that match
// are those whose bit is set in all columns, but for cells that are computed, which are tested afterwards.
// Immutable once made; any number of threads may read it. Nothing is allocated to look something up.
#pragma once

#include "aesop/table/cell.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

class TableIndex {
 public:
  static constexpr std::size_t least_rows = 6;                     // below that looking at each is as quick
  static constexpr std::size_t most_columns = 16;                  // of the others the cells are tested
  static constexpr std::size_t most_words = std::size_t{1} << 20;  // of one column: 8 MiB

  /// The bits of every column for some inputs.
  struct Found {
    std::array<const std::uint64_t*, most_columns> columns;
    std::size_t count = 0;
  };

  TableIndex() = default;
  /// Cells row by row, `width` in each.
  TableIndex(std::span<const ReadyCell> cells, std::size_t width, std::size_t height) {
    if (height < least_rows || width == 0) return;
    words_ = (height + 63) / 64;
    left_.assign(height, false);
    for (std::size_t i = 0; i < width; ++i) {
      const bool indexed = columns_.size() < most_columns && add(cells, width, height, i);
      for (std::size_t rule = 0; rule < height; ++rule) {
        const ReadyCell::Kind kind = cells[rule * width + i].kind;
        if (kind == ReadyCell::Kind::expression || (!indexed && kind != ReadyCell::Kind::any))
          left_[rule] = true;
      }
    }
  }

  bool empty() const { return columns_.empty(); }
  std::size_t words() const { return words_; }
  /// Whether cells of the rule have to be tested beside.
  bool has_left(std::size_t rule) const { return left_[rule]; }

  /// False when an input is of a kind that only its cells can judge.
  bool find(std::span<const Value> inputs, Found& found) const {
    for (const Value& input : inputs)
      if (!input.is_null() && !is_plain(input)) return false;
    for (const Column& column : columns_)
      found.columns[found.count++] = column.bits.data() + column.segment(inputs[column.input]) * words_;
    return true;
  }
  static std::uint64_t word(const Found& found, std::size_t at) {
    std::uint64_t out = found.columns[0][at];
    for (std::size_t i = 1; i < found.count; ++i) out &= found.columns[i][at];
    return out;
  }

 private:
  // Segments: of n values 2n + 1 (below the first, it, between ...) where some cell orders them, else n + 1 (each, and any
  // other); then one for null and one for values of another kind.
  struct Column {
    std::size_t input = 0;
    ValueKind kind = ValueKind::null;
    bool ordered = false;
    std::vector<Value> values = {};  // ascending
    std::vector<std::uint64_t> bits = {};

    std::size_t others() const { return ordered ? 2 * values.size() + 1 : values.size() + 1; }
    std::size_t size() const { return others() + 2; }
    std::size_t segment(const Value& value) const {
      if (value.kind() != kind) return value.is_null() ? others() : others() + 1;
      const std::size_t at = position(value);
      const bool here = at < values.size() && order(values[at], value) == 0;
      if (!ordered) return here ? at : values.size();
      return here ? 2 * at + 1 : 2 * at;
    }
    std::size_t position(const Value& value) const {
      if (kind == ValueKind::string) {
        const std::string_view text = value.as_string();
        return first([text](const Value& one) { return one.as_string() < text; });
      }
      if (kind == ValueKind::number) {
        const Decimal number = value.as_decimal();
        return first([&number](const Value& one) { return compare(one.as_decimal(), number) < 0; });
      }
      return first([&value](const Value& one) { return order(one, value) < 0; });
    }
    template <class Before>
    std::size_t first(const Before& before) const {
      std::size_t from = 0, count = values.size();
      while (count > 0) {
        const std::size_t half = count / 2;
        if (before(values[from + half])) {
          from += half + 1;
          count -= half + 1;
        } else {
          count = half;
        }
      }
      return from;
    }
  };

  static int order(const Value& a, const Value& b) {
    if (a.is_boolean()) return static_cast<int>(a.is_true()) - static_cast<int>(b.is_true());
    return plain_order(a, b);
  }

  // What a cell names; false for one that names nothing.
  template <class Visit>
  static void each_value(const ReadyCell& cell, const Visit& visit) {
    if (cell.kind == ReadyCell::Kind::any || cell.kind == ReadyCell::Kind::expression) return;
    if (cell.kind == ReadyCell::Kind::range) {
      visit(cell.values[0].as_range().low);
      visit(cell.values[0].as_range().high);
      return;
    }
    for (const Value& value : cell.values) visit(value);
  }

  bool add(std::span<const ReadyCell> cells, std::size_t width, std::size_t height, std::size_t input) {
    Column column;
    column.input = input;
    bool one_kind = true;
    for (std::size_t rule = 0; rule < height; ++rule) {
      const ReadyCell& cell = cells[rule * width + input];
      column.ordered =
          column.ordered || cell.kind == ReadyCell::Kind::range || cell.kind == ReadyCell::Kind::compare;
      each_value(cell, [&](const Value& value) {
        if (column.values.empty()) column.kind = value.kind();
        one_kind = one_kind && value.kind() == column.kind;
        column.values.push_back(value);
      });
    }
    if (column.values.empty() || !one_kind || (column.ordered && column.kind == ValueKind::boolean))
      return false;
    std::sort(column.values.begin(), column.values.end(),
              [](const Value& a, const Value& b) { return order(a, b) < 0; });
    column.values.erase(std::unique(column.values.begin(), column.values.end(),
                                    [](const Value& a, const Value& b) { return order(a, b) == 0; }),
                        column.values.end());
    if (column.size() * words_ > most_words) return false;
    column.bits.resize(column.size() * words_);
    for (std::size_t rule = 0; rule < height; ++rule) mark(column, cells[rule * width + input], rule);
    columns_.push_back(std::move(column));
    return true;
  }

  void set(Column& column, std::size_t rule, std::size_t from, std::size_t to, bool on = true) const {
    const std::uint64_t bit = std::uint64_t{1} << (rule % 64);
    for (std::size_t segment = from; segment < to; ++segment) {
      std::uint64_t& word = column.bits[segment * words_ + rule / 64];
      word = on ? word | bit : word & ~bit;
    }
  }

  // As passes() judges it.
  void mark(Column& column, const ReadyCell& cell, std::size_t rule) const {
    const std::size_t end = column.others();
    const auto at = [&column](const Value& value) { return column.segment(value); };
    switch (cell.kind) {
      case ReadyCell::Kind::any:
      case ReadyCell::Kind::expression:
        return set(column, rule, 0, column.size());
      case ReadyCell::Kind::one_of:
        for (const Value& value : cell.values) set(column, rule, at(value), at(value) + 1);
        return;
      case ReadyCell::Kind::none_of:
        set(column, rule, 0, end + 1);  // null passes it, another kind does not
        for (const Value& value : cell.values) set(column, rule, at(value), at(value) + 1, false);
        return;
      case ReadyCell::Kind::range: {
        const RangeValue& range = cell.values[0].as_range();
        return set(column, rule, at(range.low) + (range.low_closed ? 0 : 1),
                   at(range.high) + (range.high_closed ? 1 : 0));
      }
      case ReadyCell::Kind::compare: {
        const std::size_t bound = at(cell.values[0]);
        switch (cell.op) {
          case rules::Op::test_less:
            return set(column, rule, 0, bound);
          case rules::Op::test_less_equal:
            return set(column, rule, 0, bound + 1);
          case rules::Op::test_greater:
            return set(column, rule, bound + 1, end);
          default:
            return set(column, rule, bound, end);
        }
      }
    }
  }

  std::vector<Column> columns_;
  std::vector<bool> left_;  // by rule
  std::size_t words_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
