// What a compiled test or condition asks of its variables, as a tree of comparisons with constants: Condition. Part
// table. What is anything else, such as a computation, is `opaque`: nothing is claimed of it.
#pragma once

#include "aesop/rules/program.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

struct Condition {
  enum class Kind : std::uint8_t {
    constant,  // value: true, false or null
    compare,   // op (test_equal to test_greater_equal) and value
    within,    // value: a range
    truth,     // the variable itself is the condition
    among,     // parts: compare and within; true or false, never null
    all,
    any,
    negation,  // parts
    opaque,
  };
  Kind kind = Kind::opaque;
  rules::Op op = rules::Op::test_equal;
  std::uint32_t variable = 0;
  Value value = {};
  std::vector<Condition> parts = {};

  static Condition of_constant(Value value) { return {.kind = Kind::constant, .value = std::move(value)}; }
  static Condition always() { return of_constant(Value::boolean(true)); }
};

/// Whether some part of it is opaque.
inline bool has_opaque(const Condition& condition) {
  if (condition.kind == Condition::Kind::opaque) return true;
  for (const Condition& part : condition.parts)
    if (has_opaque(part)) return true;
  return false;
}

/// Reads programs. `name` gives the variable of a node, or nullopt when the node is none.
class ConditionReader {
 public:
  using Name = std::function<std::optional<std::uint32_t>(const rules::Program&, rules::NodeId)>;
  explicit ConditionReader(Name name) : name_(std::move(name)) {}

  /// A condition: an expression that is true, false or null.
  Condition expression(const rules::Program& program) const {
    return read(program, program.root, std::nullopt);
  }
  /// The unary tests of a variable, which `?` means too.
  Condition tests(const rules::Program& program, std::uint32_t variable) const {
    const rules::Op root = program.nodes[program.root].op;
    if (root == rules::Op::constant) return Condition::always();  // the dash that is no test
    return test(program, program.root, variable);
  }

 private:
  using Op = rules::Op;
  using Kind = Condition::Kind;
  using Variable = std::optional<std::uint32_t>;

  static const Value* constant(const rules::Program& program, rules::NodeId id) {
    const rules::Node& node = program.nodes[id];
    return node.op == Op::constant ? &program.constants[node.a] : nullptr;
  }
  static Condition compare(Op op, std::uint32_t variable, const Value& value) {
    return {.kind = Kind::compare, .op = op, .variable = variable, .value = value};
  }
  // A variable in a value: equal, within, or among.
  static Condition inside(std::uint32_t variable, const Value& value) {
    if (value.is_range()) return {.kind = Kind::within, .variable = variable, .value = value};
    if (!value.is_list()) return compare(Op::test_equal, variable, value);
    Condition out{.kind = Kind::among, .variable = variable};
    for (const Value& item : value.items()) {
      if (item.is_list()) return {};
      out.parts.push_back(inside(variable, item));
    }
    return out;
  }
  static Op test_of(Op op) {
    return static_cast<Op>(static_cast<int>(Op::test_equal) + static_cast<int>(op) -
                           static_cast<int>(Op::equal));
  }
  static Op turned(Op op) {
    switch (op) {
      case Op::less:
        return Op::greater;
      case Op::less_equal:
        return Op::greater_equal;
      case Op::greater:
        return Op::less;
      case Op::greater_equal:
        return Op::less_equal;
      default:
        return op;
    }
  }
  static_assert(static_cast<int>(Op::greater_equal) - static_cast<int>(Op::equal) ==
                static_cast<int>(Op::test_greater_equal) - static_cast<int>(Op::test_equal));

  Variable variable_of(const rules::Program& program, rules::NodeId id, Variable input) const {
    const rules::Node& node = program.nodes[id];
    if (node.op == Op::local) return input && node.a == program.input_local ? input : std::nullopt;
    return name_ ? name_(program, id) : std::nullopt;
  }

  Condition kids(Kind kind, const rules::Program& program, const rules::Node& node, Variable input,
                 bool tests) const {
    Condition out{.kind = kind};
    for (std::uint32_t i = 0; i < node.n; ++i) {
      const rules::NodeId kid = program.kids[node.a + i];
      out.parts.push_back(tests ? test(program, kid, *input) : read(program, kid, input));
    }
    return out;
  }
  static Condition not_of(Condition inner) {
    Condition out{.kind = Kind::negation};
    out.parts.push_back(std::move(inner));
    return out;
  }

  Condition test(const rules::Program& program, rules::NodeId id, std::uint32_t variable) const {
    const rules::Node& node = program.nodes[id];
    switch (node.op) {
      case Op::test_any:
        return Condition::always();
      case Op::test_not:
        return not_of(test(program, node.a, variable));
      case Op::tests:
        return kids(Kind::any, program, node, variable, true);
      case Op::test_boolean:
        return read(program, node.a, variable);
      case Op::test_value:
        if (const Value* value = constant(program, node.a)) return inside(variable, *value);
        return {};
      case Op::test_equal:
      case Op::test_not_equal:
      case Op::test_less:
      case Op::test_less_equal:
      case Op::test_greater:
      case Op::test_greater_equal:
        if (const Value* value = constant(program, node.a)) return compare(node.op, variable, *value);
        return {};
      default:
        return {};
    }
  }

  Condition read(const rules::Program& program, rules::NodeId id, Variable input) const {
    const rules::Node& node = program.nodes[id];
    switch (node.op) {
      case Op::constant: {
        const Value& value = program.constants[node.a];
        return Condition::of_constant(value.is_boolean() ? value : Value());
      }
      case Op::all_of:
        return kids(Kind::all, program, node, input, false);
      case Op::any_of:
        return kids(Kind::any, program, node, input, false);
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
        if (const Value* right = constant(program, node.b))
          if (const Variable left = variable_of(program, node.a, input))
            return compare(test_of(node.op), *left, *right);
        if (const Value* left = constant(program, node.a))
          if (const Variable right = variable_of(program, node.b, input))
            return compare(test_of(turned(node.op)), *right, *left);
        return {};
      case Op::between: {
        const Variable variable = variable_of(program, node.a, input);
        const Value *low = constant(program, node.b), *high = constant(program, node.c);
        if (!variable || !low || !high) return {};
        Condition out{.kind = Kind::all};
        out.parts.push_back(compare(Op::test_greater_equal, *variable, *low));
        out.parts.push_back(compare(Op::test_less_equal, *variable, *high));
        return out;
      }
      case Op::in:
        if (const Variable variable = variable_of(program, node.a, input))
          return test(program, node.b, *variable);
        return {};
      case Op::call:
        if (program.functions[node.a].name == "not" && node.n == 1)
          return not_of(read(program, program.kids[node.c], input));
        return {};
      default:
        break;
    }
    if (const Variable variable = variable_of(program, id, input))
      return {.kind = Kind::truth, .variable = *variable};
    return {};
  }

  Name name_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
