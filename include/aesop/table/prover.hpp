// Puts inputs to the real evaluator, so that nothing is said of a table that it does not do: Prover. Part table.
#pragma once

#include "aesop/table/space.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// What the evaluator did with one input.
struct Seen {
  std::vector<Value> inputs = {};  ///< of each column
  std::vector<std::uint32_t> matched = {};
  Value result = {};
  bool conflict = false;  ///< `unique` or `any` was broken

  bool has(std::size_t rule) const {
    return std::find(matched.begin(), matched.end(), rule) != matched.end();
  }
};

class Prover {
 public:
  Prover(const Table& table, const TableSpace& space, const Ports* ports) : table_(table), space_(space) {
    evaluation_.ports = ports;
    evaluation_.budget.steps = UINT32_MAX;
  }

  /// The sample of the first segment of every side.
  std::vector<Value> sample(const Box& box) const {
    std::vector<Value> out;
    for (const std::uint32_t variable : space_.variables)
      out.push_back(space_.domains[variable].segments()[box[variable].first()].sample);
    return out;
  }

  /// Evaluates the table for values of its columns, by its slots where the columns are paths of them. nullopt when the
  /// values cannot be brought about.
  std::optional<Seen> see(std::vector<Value> inputs) {
    slots_.clear();
    bool whole = true;
    for (std::size_t i = 0; i < inputs.size() && whole; ++i) {
      const rules::Program& program = table_.inputs()[i].program();
      whole = set(program, program.root, inputs[i]);
    }
    Seen out;
    TableTrace trace;
    evaluation_.diagnostics = Diagnostics();
    if (whole) {
      out.result = table_.evaluate(slots_, evaluation_, &trace);
      for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!is_same(trace.inputs[i], inputs[i])) return std::nullopt;
    } else {
      out.result = table_.decide(inputs, slots_, evaluation_, &trace);
    }
    out.conflict = evaluation_.diagnostics.has(DiagnosticCode::several_rules);
    out.matched = std::move(trace.matched);
    out.inputs = std::move(inputs);
    return out;
  }
  /// Whether the cells of a rule pass values of the columns, the slots being as of the last see().
  bool passes(std::size_t rule, std::span<const Value> inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (!table_.passes(rule, i, inputs[i], slots_, evaluation_)) return false;
    return true;
  }

 private:
  static bool is_same(const Value& a, const Value& b) {
    return a.kind() == b.kind() && (same_bits(a, b) || equal(a, b, nullptr) == true);
  }
  // Gives a path of a slot its value.
  bool set(const rules::Program& program, rules::NodeId id, Value value) {
    const rules::Node& node = program.nodes[id];
    if (node.op == rules::Op::slot) {
      slot(node.a) = std::move(value);
      return true;
    }
    if (node.op == rules::Op::slot_path) {
      slot(node.a) = slot(node.a).with(program.names[node.b], std::move(value));
      return true;
    }
    if (node.op != rules::Op::path) return false;
    const Value* outer = get(program, node.a);
    return set(program, node.a, (outer ? *outer : Value()).with(program.names[node.b], std::move(value)));
  }
  const Value* get(const rules::Program& program, rules::NodeId id) {
    const rules::Node& node = program.nodes[id];
    if (node.op == rules::Op::slot) return &slot(node.a);
    if (node.op == rules::Op::slot_path) return slot(node.a).find(program.names[node.b]);
    if (node.op != rules::Op::path) return nullptr;
    const Value* outer = get(program, node.a);
    return outer ? outer->find(program.names[node.b]) : nullptr;
  }
  Value& slot(std::uint32_t index) {
    if (index >= slots_.size()) slots_.resize(index + 1);
    return slots_[index];
  }

  const Table& table_;
  const TableSpace& space_;
  Evaluation evaluation_;
  std::vector<Value> slots_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
