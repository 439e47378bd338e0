// A program while it is made: nodes with their types, limits, names and constants. Part rules; used by the parser.
#pragma once

#include "aesop/rules/check.hpp"
#include "aesop/rules/machine.hpp"
#include "aesop/rules/options.hpp"
#include "aesop/rules/program.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

class Builder {
 public:
  explicit Builder(const CompileOptions& options) : options_(options) {}

  Program& program() { return program_; }
  /// Makes room for what so many tokens become.
  void reserve(std::size_t tokens) {
    const std::size_t nodes = std::min<std::size_t>(tokens, options_.max_nodes);
    program_.nodes.reserve(nodes);
    types_.reserve(nodes);
  }
  const Node& node(NodeId id) const { return program_.nodes[id]; }
  Node& node(NodeId id) { return program_.nodes[id]; }
  const Type& type(NodeId id) const { return types_[id]; }
  void set_type(NodeId id, Type type) { types_[id] = std::move(type); }
  bool full() const { return program_.nodes.size() >= options_.max_nodes; }
  bool is_constant(NodeId id) const { return id != none && node(id).op == Op::constant; }
  const Value& constant(NodeId id) const { return program_.constants[node(id).a]; }

  NodeId add(Node node, Type type) {
    program_.nodes.push_back(node);
    types_.push_back(std::move(type));
    return static_cast<NodeId>(program_.nodes.size() - 1);
  }

  /// A node over other nodes; its height is one more than the highest of `over`.
  NodeId add_over(Node node, Type type, std::initializer_list<NodeId> over,
                  const std::vector<NodeId>& kids = {}) {
    std::uint16_t height = 0;
    for (const NodeId id : over)
      if (id != none) height = std::max(height, program_.nodes[id].height);
    for (const NodeId id : kids) height = std::max(height, program_.nodes[id].height);
    node.height = static_cast<std::uint16_t>(height + 1);
    return add(node, std::move(type));
  }

  NodeId add_constant(Value value, SourceRange where) {
    Type type = type_of(value);
    program_.constants.push_back(std::move(value));
    return add(
        {.op = Op::constant, .a = static_cast<std::uint32_t>(program_.constants.size() - 1), .where = where},
        std::move(type));
  }

  std::uint32_t add_kids(const std::vector<NodeId>& kids) {
    const auto at = static_cast<std::uint32_t>(program_.kids.size());
    for (const NodeId kid : kids) program_.kids.push_back(kid);
    return at;
  }

  std::uint32_t name(std::string_view text) {
    // A handful of names is looked through faster than an index is made.
    constexpr std::size_t handful = 16;
    std::vector<std::string>& names = program_.names;
    for (std::size_t i = 0; i < std::min(names.size(), handful); ++i)
      if (names[i] == text) return static_cast<std::uint32_t>(i);
    const auto index = static_cast<std::uint32_t>(names.size());
    if (index >= handful) {
      const auto [known, added] = name_index_.emplace(text, index);
      if (!added) return known->second;
    }
    names.emplace_back(text);
    return index;
  }

  /// Replaces the node just made by its value when all it stands on is constant (`inputs`) and it computes without
  /// complaint. `duration("P30D")` is computed once, when it is read.
  NodeId fold(NodeId id, std::initializer_list<NodeId> inputs, const std::vector<NodeId>& more = {}) {
    for (const NodeId input : inputs)
      if (input != none && !is_constant(input)) return id;
    for (const NodeId input : more)
      if (!is_constant(input)) return id;
    Evaluation trial;
    trial.budget = {.steps = 2'000, .depth = 64, .list = 1'000, .string = 4'096};
    Value value = Machine(program_, trial).evaluate(id);
    if (!trial.diagnostics.empty() || value.is_null()) return id;
    const SourceRange where = node(id).where;
    program_.nodes.pop_back();
    types_.pop_back();
    return add_constant(std::move(value), where);
  }

 private:
  const CompileOptions& options_;
  Program program_;
  std::vector<Type> types_;
  std::map<std::string, std::uint32_t, std::less<>> name_index_;  // of the names behind the first handful
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
