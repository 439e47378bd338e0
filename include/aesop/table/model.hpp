// A decision table as its author wrote it: TableModel. Part table; compiled by table.hpp. Plain data.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/value/type.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What is the result when several rules match (DMN 1.5, 8.2.11).
enum class HitPolicy : std::uint8_t {
  unique,    ///< one rule may match; several give null and a diagnostic
  first,     ///< the first in the order of the rules
  any,       ///< several may match when their outputs are the same; else null and a diagnostic
  priority,  ///< the one whose output comes first among the allowed values
  collect,   ///< the list of all outputs, in the order of the rules
  collect_sum,
  collect_min,
  collect_max,
  collect_count,
  rule_order,    ///< as collect
  output_order,  ///< the list of all outputs, in the order of the allowed values
};

constexpr std::string_view to_string(HitPolicy policy) {
  constexpr std::string_view names[] = {"unique",        "first",       "any",         "priority",
                                        "collect",       "collect sum", "collect min", "collect max",
                                        "collect count", "rule order",  "output order"};
  return names[static_cast<std::size_t>(policy)];
}
constexpr std::optional<HitPolicy> find_hit_policy(std::string_view name) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(HitPolicy::output_order); ++i)
    if (to_string(static_cast<HitPolicy>(i)) == name) return static_cast<HitPolicy>(i);
  return std::nullopt;
}
/// Whether the result is a list of outputs.
constexpr bool gives_list(HitPolicy policy) {
  return policy == HitPolicy::collect || policy == HitPolicy::rule_order || policy == HitPolicy::output_order;
}

/// A cell of a rule. Of an input column: any value, FEEL unary tests, a value the input must equal, or a list of such
/// cells one of which must fit. Of an output column: a value, or a FEEL expression.
struct TableCell {
  enum class Kind : std::uint8_t { any, feel, literal, list };
  Kind kind = Kind::any;
  std::string text = {};
  Value literal = {};
  std::vector<TableCell> items = {};
  SourceRange where = {};  ///< of the text, without quotes, or of the value

  static TableCell of_any() { return {}; }
  static TableCell of_feel(std::string text, SourceRange where = {}) {
    return {Kind::feel, std::move(text), {}, {}, where};
  }
  static TableCell of_value(Value value, SourceRange where = {}) {
    return {Kind::literal, {}, std::move(value), {}, where};
  }
};

struct TableInput {
  std::string text = {};  ///< FEEL, over the scope
  std::vector<Value> allowed =
      {};  ///< values it may have, or one range of them, for analysis; none given: any
  SourceRange where = {};
};

struct TableOutput {
  std::string name = {};
  Type type = {};
  std::vector<Value> allowed = {};          ///< in falling priority, for `priority` and `output order`
  std::optional<TableCell> otherwise = {};  ///< when no rule matches
  SourceRange where = {};
};

struct TableRule {
  std::vector<TableCell> inputs = {};
  std::vector<TableCell> outputs = {};
  SourceRange where = {};
};

struct TableModel {
  std::string name = {};
  HitPolicy hit = HitPolicy::unique;
  std::vector<TableInput> inputs = {};
  std::vector<TableOutput> outputs = {};
  std::vector<TableRule> rules = {};
  SourceRange where = {};
  /// The JSON text in whose strings the cells stand, while the table is compiled: with it problems inside a cell are
  /// placed exactly, escapes counted. The compiled table does not keep it.
  const SourceText* source = nullptr;
};

}  // namespace v0
}  // namespace aesop
