// Runner, part: boxed expressions. Included by runner.hpp alone.
#pragma once

#include "aesop/dmn/runner.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {

inline Value Runner::node(std::uint32_t id, Frame& frame) {
  if (id == nowhere) return Value();
  const Node& one = graph_->nodes[id];
  if (one.kind == Expression::Kind::literal) {  // the common case, and no deeper than its expression
    Value out = literal(one, frame);
    return passed(out, one.guard, one.where, one.model, "the expression");
  }
  const Level level(*this);
  if (!level) return Value();
  Value out = compute(one, frame);
  if (out.depth() > rules::max_value_depth)
    return fail(DiagnosticCode::budget_depth, one, "a value is nested too deeply");
  return passed(out, one.guard, one.where, one.model, "the expression");
}

inline Value Runner::compute(const Node& node, Frame& frame) {
  switch (node.kind) {
    case Expression::Kind::none:
      return Value();
    case Expression::Kind::literal:
      return literal(node, frame);
    case Expression::Kind::table:
      return table(node, frame);
    case Expression::Kind::context:
      return context(node, frame);
    case Expression::Kind::relation:  // compiled as a list of contexts
    case Expression::Kind::list:
      return list(node, frame);
    case Expression::Kind::invocation:
      return over_parts(node, frame);
    case Expression::Kind::function:
      return function(node, frame);
    case Expression::Kind::conditional:
      return conditional(node, frame);
    case Expression::Kind::filter:
      return node.slots.size() == 1 ? over_parts(node, frame) : filter(node, frame);
    case Expression::Kind::for_:
    case Expression::Kind::some:
    case Expression::Kind::every:
      return loop(node, frame);
  }
  return Value();
}

inline Value Runner::literal(const Node& node, Frame& frame) {
  if (node.bad) return fail(DiagnosticCode::wrong_type, node, node.problem);
  Value out = node.expr.evaluate(frame, evaluation_, steps_);
  place_new(node.model, node.where, true);
  return out;
}

inline Value Runner::table(const Node& node, Frame& frame) {
  if (!node.table) return fail(DiagnosticCode::wrong_type, node, node.problem);
  Journal* journal = this->journal();
  TableTrace trace;
  const bool traced = journal != nullptr && journal->trace != nullptr;
  Value out = node.table->evaluate(frame, evaluation_, steps_, traced ? &trace : nullptr);
  if (traced && journal->matched.size() < 100) journal->matched.push_back(std::move(trace.matched));
  place_new(node.model, node.where, false);
  return out;
}

inline Value Runner::context(const Node& node, Frame& frame) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    Value value = this->node(node.parts[i], frame);
    if (node.names[i].empty()) return value;
    if (node.slots[i] != nowhere) frame[node.slots[i]] = value;
    entries.emplace_back(node.names[i], std::move(value));
  }
  return Value::context(std::move(entries));
}

inline Value Runner::list(const Node& node, Frame& frame) {
  std::vector<Value> items;
  items.reserve(node.parts.size());
  for (const std::uint32_t part : node.parts) items.push_back(this->node(part, frame));
  return Value::list(std::move(items));
}

// An invocation, or a filter: FEEL over the values of the parts.
inline Value Runner::over_parts(const Node& node, Frame& frame) {
  for (std::size_t i = 0; i < node.parts.size(); ++i) frame[node.slots[i]] = this->node(node.parts[i], frame);
  if (node.bad) return fail(DiagnosticCode::wrong_type, node, node.problem);
  Value out = node.expr.evaluate(frame, evaluation_, steps_);
  place_new(node.model, node.where, false);
  return out;
}

inline Value Runner::conditional(const Node& node, Frame& frame) {
  const Value condition = this->node(node.parts[0], frame);
  if (!condition.is_boolean() && !condition.is_null())
    return fail(DiagnosticCode::wrong_type, node,
                cat("a condition is expected, not a ", to_string(condition.kind())));
  return this->node(node.parts[condition.is_true() ? 1 : 2], frame);
}

// A filter whose match is no literal expression: item is in slot 0, its known fields in those after it.
inline Value Runner::filter(const Node& node, Frame& frame) {
  const Value source = this->node(node.parts[0], frame);
  const Value single = source.is_list() || source.is_null() ? Value() : Value::list({source});
  const std::span<const Value> items = source.is_list() ? source.items() : single.items();
  std::vector<Value> kept;
  for (const Value& item : items) {
    if (!charge(1)) return Value();
    frame[node.slots[0]] = item;
    for (std::size_t i = 0; i < node.names.size(); ++i) frame[node.slots[i + 1]] = item.get(node.names[i]);
    const Value match = this->node(node.parts[1], frame);
    if (match.is_true()) kept.push_back(item);
    if (!match.is_boolean() && !match.is_null())
      return fail(DiagnosticCode::wrong_type, node,
                  cat("a filter takes a condition, not a ", to_string(match.kind())));
  }
  return Value::list(std::move(kept));
}

inline Value Runner::loop(const Node& node, Frame& frame) {
  Value domain = this->node(node.parts[0], frame);
  if (domain.is_null()) return fail(DiagnosticCode::wrong_type, node, "null cannot be gone through");
  if (domain.is_range()) {
    domain = graph_->items.evaluate({&domain, 1}, evaluation_, steps_);
    place_new(node.model, node.where, false);
    if (domain.is_null()) return Value();
  } else if (!domain.is_list()) {
    domain = Value::list({std::move(domain)});
  }
  const bool collects = node.kind == Expression::Kind::for_;
  const bool decides = node.kind == Expression::Kind::some;
  bool saw_null = false;
  std::vector<Value> results;
  for (const Value& item : domain.items()) {
    if (!charge(1)) return Value();
    if (results.size() >= evaluation_.budget.list)
      return fail(DiagnosticCode::budget_size, node, "a list is longer than it may be");
    frame[node.slots[0]] = item;
    if (node.partial != nowhere) {
      if (!charge(results.size())) return Value();
      frame[node.partial] = Value::list(results);
    }
    Value value = this->node(node.parts[1], frame);
    if (collects)
      results.push_back(std::move(value));
    else if (!value.is_boolean())
      saw_null = true;
    else if (value.as_bool() == decides)
      return value;
  }
  if (collects) return Value::list(std::move(results));
  return saw_null ? Value() : Value::boolean(!decides);
}

inline Value Runner::function(const Node& node, Frame& frame) {
  if (!charge(frame.size())) return Value();
  const Function& one = graph_->functions[node.function];
  Frame captured = frame;
  if (one.self != nowhere && one.self < captured.size()) captured[one.self] = Value();
  return Value::function(std::make_shared<ModelFunction>(graph_, node.function, std::move(captured)));
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
