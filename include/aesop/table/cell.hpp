// An input cell made ready: the plain cases, which are nearly all, tested without the machine. Part table.
#pragma once

#include "aesop/rules/expr.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// (1) A plain test passes what the expression it was made from passes; where it is not sure it asks it.
struct ReadyCell {
  enum class Kind : std::uint8_t { any, one_of, none_of, range, compare, expression };
  Kind kind = Kind::any;
  rules::Op op = rules::Op::test_equal;  // compare
  std::vector<Value> values = {};  // one_of, none_of: plain values; range: the range; compare: the bound
  Expr expression = {};
};

// A value that equals only values of its own kind and takes no walk to compare. Zones would need a port.
inline bool is_plain(const Value& value) {
  switch (value.kind()) {
    case ValueKind::boolean:
    case ValueKind::number:
    case ValueKind::string:
    case ValueKind::date:
    case ValueKind::days_duration:
    case ValueKind::months_duration:
      return true;
    default:
      return false;
  }
}
inline bool all_plain(std::span<const Value> values) {
  for (const Value& value : values)
    if (!is_plain(value) || value.kind() != values[0].kind()) return false;
  return !values.empty();
}

// The values of a test that is only an equality or a choice of them.
inline bool collect_values(const rules::Program& program, rules::NodeId id, std::vector<Value>& out) {
  const rules::Node& node = program.nodes[id];
  if (node.op == rules::Op::tests) {
    for (std::uint32_t i = 0; i < node.n; ++i)
      if (!collect_values(program, program.kids[node.a + i], out)) return false;
    return true;
  }
  if (node.op != rules::Op::test_value && node.op != rules::Op::test_equal) return false;
  const rules::Node& value = program.nodes[node.a];
  if (value.op != rules::Op::constant) return false;
  const Value& constant = program.constants[value.a];
  if (!constant.is_list()) {
    out.push_back(constant);
  } else {
    if (node.op == rules::Op::test_equal) return false;
    for (const Value& item : constant.items()) out.push_back(item);
  }
  return true;
}

inline ReadyCell ready(Expr expression) {
  ReadyCell cell;
  cell.kind = ReadyCell::Kind::expression;
  const rules::Program& program = expression.program();
  const rules::Node& root = program.nodes[program.root];
  const bool negated = root.op == rules::Op::test_not;
  std::vector<Value> values;
  if (root.op == rules::Op::test_any) {
    cell.kind = ReadyCell::Kind::any;
  } else if (collect_values(program, negated ? root.a : program.root, values) && all_plain(values)) {
    cell.kind = negated ? ReadyCell::Kind::none_of : ReadyCell::Kind::one_of;
    cell.values = std::move(values);
  } else if (root.op >= rules::Op::test_less && root.op <= rules::Op::test_value &&
             program.nodes[root.a].op == rules::Op::constant) {
    const Value& bound = program.constants[program.nodes[root.a].a];
    if (root.op == rules::Op::test_value && bound.is_range()) {
      const RangeValue& range = bound.as_range();
      if (!range.comparison && is_plain(range.low) && is_plain(range.high)) {
        cell.kind = ReadyCell::Kind::range;
        cell.values.push_back(bound);
      }
    } else if (root.op != rules::Op::test_value && is_plain(bound)) {
      cell.kind = ReadyCell::Kind::compare;
      cell.op = root.op;
      cell.values.push_back(bound);
    }
  }
  cell.expression = std::move(expression);
  return cell;
}

inline ReadyCell ready_any() { return {}; }

// The order of two plain values of one kind.
inline int plain_order(const Value& a, const Value& b) {
  if (a.is_number()) return compare(a.as_decimal(), b.as_decimal());
  return compare(a, b, nullptr).value_or(0);
}
inline bool plain_equal(const Value& a, const Value& b) {
  if (a.is_string()) return a.as_string() == b.as_string();
  if (a.is_number()) return compare(a.as_decimal(), b.as_decimal()) == 0;
  return same_bits(a, b) || (!a.is_boolean() && plain_order(a, b) == 0);
}

// A plain test costs no steps: a table has only so many of them, and an index passes over most.
inline bool passes(const ReadyCell& cell, const Value& input, std::span<const Value> slots,
                   Evaluation& evaluation, std::uint32_t& steps) {
  if (cell.kind == ReadyCell::Kind::any) return true;
  if (cell.kind != ReadyCell::Kind::expression) {
    const Value& first = cell.values[0];
    const ValueKind kind = cell.kind == ReadyCell::Kind::range ? first.as_range().low.kind() : first.kind();
    if (input.kind() == kind) {
      switch (cell.kind) {
        case ReadyCell::Kind::one_of:
        case ReadyCell::Kind::none_of: {
          bool found = false;
          for (const Value& value : cell.values)
            if (plain_equal(value, input)) {
              found = true;
              break;
            }
          return found == (cell.kind == ReadyCell::Kind::one_of);
        }
        case ReadyCell::Kind::range: {
          const RangeValue& range = first.as_range();
          const int low = plain_order(input, range.low);
          if (low < 0 || (low == 0 && !range.low_closed)) return false;
          const int high = plain_order(input, range.high);
          return high < 0 || (high == 0 && range.high_closed);
        }
        default:
          break;
      }
      const int order = plain_order(input, first);
      switch (cell.op) {
        case rules::Op::test_less:
          return order < 0;
        case rules::Op::test_less_equal:
          return order <= 0;
        case rules::Op::test_greater:
          return order > 0;
        default:
          return order >= 0;
      }
    }
    // Null, and a value of another kind, fit no value; that needs no complaint, since other rows are there for them.
    if (input.is_null()) return cell.kind == ReadyCell::Kind::none_of;
    if (is_plain(input) && input.kind() != kind) return false;
  }
  return cell.expression.test(input, slots, evaluation, steps).is_true();
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
