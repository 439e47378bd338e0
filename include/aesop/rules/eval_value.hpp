// Machine, part: names, paths, lists, contexts, ranges, and the bounds of what is made. Included by machine.hpp alone.
#pragma once

#include "aesop/rules/machine.hpp"
#include "aesop/rules/temporal.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline constexpr std::uint32_t max_value_depth = 200;
inline constexpr std::size_t max_result_parts = 1'000'000;

inline Value Machine::compute(const Node& node) {
  switch (node.op) {
    case Op::constant:
    case Op::local:
    case Op::slot:
      break;  // eval() has answered these
    case Op::partial:
      return partial_list(node);
    case Op::self:
      return self_ ? *self_ : Value();
    case Op::path: {
      Value room;
      return entry(ref(node.a, room), node, node.b);
    }
    case Op::slot_path:
      return node.a < slots_.size() ? entry(slots_[node.a], node, node.b) : Value();
    case Op::item_entry:
      return item_entry(node);
    case Op::negate:
      return negate(node);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power: {
      Value room_a, room_b;
      const Value& a = ref(node.a, room_a);
      return arithmetic(node.op, a, ref(node.b, room_b), node.where);
    }
    case Op::chain:
      return chain(node);
    case Op::all_of:
    case Op::any_of:
      return connective(node);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: {
      Value room_a, room_b;
      const Value& a = ref(node.a, room_a);
      return comparison(node.op, a, ref(node.b, room_b), node.where);
    }
    case Op::between:
      return between(node);
    case Op::in:
      return in_node(node);
    case Op::if_:
      return choice(node);
    case Op::for_:
    case Op::some:
    case Op::every:
      return loop(node);
    case Op::filter:
      return filter(node);
    case Op::list:
      return list(node);
    case Op::context:
      return context(node);
    case Op::range:
      return range(node);
    case Op::call:
      return call(node);
    case Op::call_value:
      return call_value(node);
    case Op::fail:
      return fail(static_cast<DiagnosticCode>(node.flag), node.where,
                  [&] { return program_->names[node.a]; });
    case Op::function:
      return function(node);
    case Op::instance_of:
      return instance_of(node);
    default:
      break;  // unary tests are not evaluated but tested (eval_test.hpp)
  }
  return Value();
}

inline Value Machine::over() {
  if (steps_ == 0)
    stop(DiagnosticCode::budget_steps, "the evaluation took more steps than it may");
  else
    stop(DiagnosticCode::budget_depth, "the evaluation is nested deeper than it may be");
  return Value();
}

inline void Machine::stop(DiagnosticCode code, std::string_view sentence) {
  if (!stopped_) evaluation_.diagnostics.add(code, {}, std::string(sentence));
  stopped_ = true;
  steps_ = 0;
}

// How much there is in a value: its parts, shared ones as often as they occur, and 64 bytes of text count as one. The
// walk ends at a limit.
inline std::size_t count_parts(const Value& value, std::size_t limit) {
  if (value.is_string()) return 1 + value.as_string().size() / 64;
  if (value.depth() == 0 || limit == 0) return 1;
  std::size_t total = 1;
  const auto more = [&](const Value& part) {
    total += count_parts(part, limit > total ? limit - total : 0);
    return total < limit;
  };
  for (const Value& item : value.items())
    if (!more(item)) break;
  for (const Entry& one : value.entries())
    if (!more(one.second)) break;
  return total;
}

inline bool Machine::charge_for(const Value& value) {
  if (value.is_string()) return charge(value.as_string().size() / 64);
  return value.depth() == 0 || charge(count_parts(value, std::size_t{steps_} + 1));
}

// A result must be small enough to be printed and compared by whoever gets it, whatever it shares inside.
inline Value Machine::settled(Value value) {
  if (count_parts(value, max_result_parts + 1) <= max_result_parts) return value;
  stop(DiagnosticCode::budget_size, "the result has more parts than it may");
  return Value();
}

inline Value Machine::made_list(std::vector<Value> items, SourceRange where) {
  if (items.size() > evaluation_.budget.list)
    return fail(DiagnosticCode::budget_size, where, [] { return "a list is longer than it may be"; });
  Value out = Value::list(std::move(items));
  if (out.depth() > max_value_depth)
    return fail(DiagnosticCode::budget_depth, where, [] { return "a list is nested too deeply"; });
  return out;
}

inline Value Machine::made_string(std::string_view text, SourceRange where) {
  if (text.size() > evaluation_.budget.string)
    return fail(DiagnosticCode::budget_size, where, [] { return "a text is longer than it may be"; });
  if (!charge(text.size() / 64)) return Value();
  return Value::string(text);
}

// value.name: an entry of a context, a property, or of a list the list of those of its elements.
inline Value Machine::entry(const Value& of, const Node& node, std::uint32_t name) {
  const std::string& key = program_->names[name];
  if (of.is_context()) {
    if (const Value* found = of.find(key)) return *found;
    return fail(DiagnosticCode::no_such_entry, node.where,
                [&] { return cat("there is no entry \"", printable(key, 60), "\""); });
  }
  if (of.is_list()) {
    if (!charge(of.size())) return Value();
    if (depth_ >= evaluation_.budget.depth) return over();
    ++depth_;
    std::vector<Value> items;
    items.reserve(of.size());
    for (const Value& item : of.items()) items.push_back(entry(item, node, name));
    --depth_;
    return made_list(std::move(items), node.where);
  }
  if (auto found = property(of, key, zones())) return std::move(*found);
  if (of.is_erased())
    return fail(DiagnosticCode::erased_value, node.where,
                [&] { return cat("what \"", printable(key, 60), "\" is read from was erased"); });
  return fail(DiagnosticCode::no_such_entry, node.where, [&] {
    return of.is_null() ? cat("null has no \"", printable(key, 60), "\"")
                        : cat("a ", to_string(of.kind()), " has no \"", printable(key, 60), "\"");
  });
}

inline Value Machine::item_entry(const Node& node) {
  Value room;
  const Value& item = ref(node.a, room);
  if (item.is_context()) {
    if (const Value* found = item.find(program_->names[node.b])) return *found;
  }
  if (node.c != none) return eval(node.c);
  return fail(DiagnosticCode::no_such_entry, node.where,
              [&] { return cat("the item has no entry \"", printable(program_->names[node.b], 60), "\""); });
}

inline Value Machine::partial_list(const Node& node) {
  for (const Partial* partial = partials_; partial != nullptr; partial = partial->outer) {
    if (partial->local != node.a) continue;
    if (!charge(partial->items->size())) return Value();
    return made_list(*partial->items, node.where);
  }
  return Value();
}

inline Value Machine::list(const Node& node) {
  std::vector<Value> items;
  items.reserve(node.n);
  for (std::uint32_t i = 0; i < node.n; ++i) items.push_back(eval(program_->kids[node.a + i]));
  return made_list(std::move(items), node.where);
}

inline Value Machine::context(const Node& node) {
  std::vector<Entry> entries;
  entries.reserve(node.n);
  for (std::uint32_t i = 0; i < node.n; ++i) {
    const ContextEntry& one = program_->entries[node.a + i];
    Value value = eval(one.value);
    if (one.local != none) locals_[one.local] = value;
    entries.emplace_back(program_->names[one.name], std::move(value));
  }
  Value out = Value::context(std::move(entries));
  if (out.depth() > max_value_depth)
    return fail(DiagnosticCode::budget_depth, node.where, [] { return "a context is nested too deeply"; });
  return out;
}

inline Value Machine::range(const Node& node) {
  RangeValue out;
  out.comparison = (node.flag & comparison_flag) != 0;
  out.low_closed = (node.flag & start_included) != 0;
  out.high_closed = (node.flag & end_included) != 0;
  if (node.a != none) out.low = eval(node.a);
  if (node.b != none) out.high = node.b == node.a ? out.low : eval(node.b);
  const auto bad = [](const Value& bound) {
    return bound.is_boolean() || bound.is_list() || bound.is_context() || bound.is_range() ||
           bound.is_function();
  };
  if (!out.comparison || node.a != node.b) {
    const bool different =
        !out.low.is_null() && !out.high.is_null() && !compare(out.low, out.high, zones()) &&
        !(out.low.kind() == out.high.kind() && (out.low.is_date_time() || out.low.is_time()));
    if (bad(out.low) || bad(out.high) || different)
      return fail(DiagnosticCode::not_comparable, node.where, [&] {
        return cat("there is no range from ", to_string(out.low.kind()), " to ", to_string(out.high.kind()));
      });
  }
  return Value::range(std::move(out));
}

inline Value Machine::function(const Node& node) {
  if (owner_ == nullptr) return Value();
  const Lambda& lambda = program_->lambdas[node.a];
  std::vector<Value> captured;
  captured.reserve(lambda.captures.size());
  for (const Lambda::Capture& capture : lambda.captures) captured.push_back(eval(capture.from));
  auto closure = std::make_shared<const Closure>(*owner_, node.a, std::move(captured));
  if (closure->depth() >= max_value_depth)
    return fail(DiagnosticCode::budget_depth, node.where, [] { return "functions are nested too deeply"; });
  return Value::function(std::move(closure));
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
