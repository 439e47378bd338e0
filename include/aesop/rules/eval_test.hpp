// Machine, part: unary tests, `in` and `instance of`. Included by machine.hpp alone.
#pragma once

#include "aesop/rules/machine.hpp"
#include "aesop/value/type.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

// value in set: a range holds it, a list has it or a range that holds it, or it is equal (DMN 1.5, table 55).
inline std::optional<bool> Machine::in(const Value& value, const Value& set) {
  if (set.is_range()) {
    if (value.is_range()) return equal(value, set, zones());
    return contains(set, value);
  }
  if (!set.is_list()) return equal(value, set, zones());
  if (!charge(set.size())) return std::nullopt;
  if (value.depth() > 0 && (!charge_for(value) || !charge_for(set))) return std::nullopt;
  for (const Value& item : set.items()) {
    const auto one = item.is_range() ? in(value, item) : equal(value, item, zones());
    if (one && *one) return true;
  }
  return value.is_list() && equal(value, set, zones()) == true;
}

inline Value Machine::test_with(Op op, const Value& input, const Value& bound, SourceRange where) {
  switch (op) {
    case Op::test_equal:
      return comparison(Op::equal, input, bound, where);
    case Op::test_not_equal:
      return comparison(Op::not_equal, input, bound, where);
    case Op::test_less:
      return comparison(Op::less, input, bound, where);
    case Op::test_less_equal:
      return comparison(Op::less_equal, input, bound, where);
    case Op::test_greater:
      return comparison(Op::greater, input, bound, where);
    default:
      return comparison(Op::greater_equal, input, bound, where);
  }
}

inline Value Machine::test_node(NodeId id, const Value& input) {
  if (!charge(1)) return Value();
  const Node& node = nodes_[id];
  switch (node.op) {
    case Op::test_any:
      return Value::boolean(true);
    case Op::test_not: {
      const Value inner = test_node(node.a, input);
      return inner.is_boolean() ? Value::boolean(!inner.as_bool()) : Value();
    }
    case Op::tests: {
      bool unknown = false;
      for (std::uint32_t i = 0; i < node.n; ++i) {
        Value one = test_node(program_->kids[node.a + i], input);
        if (one.is_true()) return one;
        unknown = unknown || !one.is_boolean();
      }
      return unknown ? Value() : Value::boolean(false);
    }
    case Op::test_value: {
      Value room;
      const Value& set = ref(node.a, room);
      if (const auto found = in(input, set)) return Value::boolean(*found);
      return fail(DiagnosticCode::not_comparable, node.where, [&] {
        return cat(to_string(input.kind()), " cannot be compared with ", to_string(set.kind()));
      });
    }
    case Op::test_boolean: {
      locals_[program_->input_local] = input;
      Value out = eval(node.a);
      return out.is_boolean() ? out : Value();
    }
    case Op::fail:
      return eval(id);
    default: {
      Value room;
      return test_with(node.op, input, ref(node.a, room), node.where);
    }
  }
}

inline Value Machine::in_node(const Node& node) {
  Value room;
  const Value& value = ref(node.a, room);
  return test_node(node.b, value);
}

inline Value Machine::instance_of(const Node& node) {
  Value room;
  const Value& value = ref(node.a, room);
  if (value.is_null() || value.is_erased()) return Value::boolean(false);
  const Type& type = program_->types[node.b];
  if (!charge_for(value)) return Value();
  if (type.is(TypeKind::function) && type.has_signature() && value.is_function()) {
    if (const auto* callable = dynamic_cast<const Callable*>(value.as_function()))
      return Value::boolean(conforms(callable->type(), type));
    const auto* closure = dynamic_cast<const Closure*>(value.as_function());
    if (closure == nullptr) return Value::boolean(true);
    const Lambda& lambda = closure->program->lambdas[closure->lambda];
    return Value::boolean(conforms(Type::function_of(lambda.types, lambda.result), type));
  }
  return Value::boolean(conforms(value, type));
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
