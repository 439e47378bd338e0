// A table as boxes: its columns' domains, and of each rule the box of inputs it matches. Part table.
// Two columns that ask the same thing are one variable: a rule matches where both of its cells do.
#pragma once

#include "aesop/table/table.hpp"
#include "aesop/table/truth.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// An input cell.
struct CellPlace {
  std::uint32_t rule = 0;
  std::uint32_t input = 0;
  friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

namespace detail {

/// Slots and names on the way: "3.load.cycle"; nullopt when it is no path of a slot.
inline std::optional<std::string> path_key(const rules::Program& program, rules::NodeId id) {
  const rules::Node& node = program.nodes[id];
  if (node.op == rules::Op::slot) return cat(node.a);
  if (node.op == rules::Op::slot_path) return cat(node.a, '.', program.names[node.b]);
  if (node.op != rules::Op::path) return std::nullopt;
  const auto outer = path_key(program, node.a);
  return outer ? std::optional(cat(*outer, '.', program.names[node.b])) : outer;
}

struct TableSpace {
  std::vector<std::uint32_t> variables = {};  ///< of each column
  std::vector<Domain> domains = {};           ///< of each variable
  std::vector<Box> sure = {};                 ///< of each rule: where it matches for certain,
  std::vector<Box> perhaps = {};              ///< and where it may
  std::vector<CellPlace> opaque = {};         ///< cells that cannot be read: of their rules the two differ
  std::vector<CellPlace> never = {};          ///< cells that nothing passes

  bool exact(std::size_t rule) const { return sure[rule] == perhaps[rule]; }
  /// Every input; null only where some cell speaks of it.
  Box usual() const {
    Box out;
    for (const Domain& domain : domains) out.push_back(domain.null_named ? domain.all() : domain.not_null());
    return out;
  }
};

inline TableSpace space_of(const Table& table, std::span<const InputFacts> facts) {
  TableSpace out;
  const std::vector<Expr>& inputs = table.inputs();
  const std::size_t width = inputs.size(), height = table.model().rules.size();
  std::map<std::string, std::uint32_t> known;
  std::vector<std::size_t> column_of;  // of each variable the first
  for (std::size_t i = 0; i < width; ++i) {
    const rules::Program& program = inputs[i].program();
    const auto path = path_key(program, program.root);
    const auto [at, fresh] = known.emplace(path ? *path : cat('=', table.model().inputs[i].text),
                                           static_cast<std::uint32_t>(column_of.size()));
    if (fresh) column_of.push_back(i);
    out.variables.push_back(at->second);
  }
  std::vector<DomainMaker> makers(column_of.size());
  for (std::size_t v = 0; v < makers.size(); ++v) makers[v].expect(inputs[column_of[v]].type());
  const ConditionReader reader(nullptr);
  std::vector<Condition> cells;
  cells.reserve(width * height);
  for (std::size_t rule = 0; rule < height; ++rule)
    for (std::size_t i = 0; i < width; ++i) {
      cells.push_back(reader.tests(table.cell(rule, i).program(), out.variables[i]));
      name_values(cells.back(), makers);
    }
  for (std::size_t v = 0; v < makers.size(); ++v) {
    const std::size_t column = column_of[v];
    InputFacts known_facts = column < facts.size() ? facts[column] : InputFacts();
    if (known_facts.allowed.empty()) known_facts.allowed = table.model().inputs[column].allowed;
    if (known_facts.allowed.size() == 1 && known_facts.allowed[0].is_range()) {
      const RangeValue range = known_facts.allowed[0].as_range();
      known_facts.allowed.clear();
      known_facts.least = range.low;
      known_facts.most = range.high;
    }
    out.domains.push_back(
        makers[v].make(table.model().inputs[column].text, inputs[column].type(), known_facts));
  }
  // The cells of a variable by itself: the reader is asked for one domain at a time, where unions are never many boxes.
  std::vector<TruthReader> certain, possible;
  for (const Domain& domain : out.domains) {
    certain.emplace_back(std::span(&domain, 1), false);
    possible.emplace_back(std::span(&domain, 1), true);
  }
  const auto side = [](const TruthReader& from, const Condition& condition) {
    Segments yes;
    const std::optional<Truth> truth = from.read(condition);
    for (const Box& box : truth->yes) yes = yes | box[0];
    return yes;
  };
  const auto only_variable = [](Condition& condition, const auto& self) -> void {
    condition.variable = 0;
    for (Condition& part : condition.parts) self(part, self);
  };
  for (std::size_t rule = 0; rule < height; ++rule) {
    Box sure, perhaps;
    for (const Domain& domain : out.domains) sure.push_back(domain.all());
    perhaps = sure;
    for (std::size_t i = 0; i < width; ++i) {
      Condition& cell = cells[rule * width + i];
      if (cell.kind == Condition::Kind::constant && cell.value.is_true()) continue;
      const std::uint32_t v = out.variables[i];
      only_variable(cell, only_variable);
      const CellPlace place{static_cast<std::uint32_t>(rule), static_cast<std::uint32_t>(i)};
      const Segments passing = side(certain[v], cell);
      sure[v] = sure[v] & passing;
      if (has_opaque(cell)) {
        out.opaque.push_back(place);
        perhaps[v] = perhaps[v] & side(possible[v], cell);
      } else {
        if (passing.empty()) out.never.push_back(place);
        perhaps[v] = perhaps[v] & passing;
      }
    }
    out.sure.push_back(std::move(sure));
    out.perhaps.push_back(std::move(perhaps));
  }
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
