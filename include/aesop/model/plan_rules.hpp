// The compiler from Definition to Plan: rules. Part model, private to make_plan.hpp.
#pragma once

#include "aesop/model/plan_values.hpp"
#include "aesop/table/compile.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Compiles a rule as `place` sees it into plan_->rules_[variant], once.
inline void PlanMaker::compile_rule(const Place& place, std::uint32_t index, std::uint32_t variant) {
  if (progress_[variant] == Progress::done) return;
  const RuleDefinition& from = file_.rules[index];
  if (progress_[variant] == Progress::busy) {
    if (!broken_[variant])
      error("rule-cycle", cat("rule \"", from.name.text, "\" needs its own result"), from.name.where,
            "rules may use other rules, never in a circle");
    broken_[variant] = true;
    return;
  }
  progress_[variant] = Progress::busy;
  // The top level's own form is tried first without a word: it is reported by finish_rules when nobody else can use it.
  Findings silent;
  Findings* const loud = findings_;
  const bool top = variant == index;
  if (top) findings_ = &silent;
  if (!from.is_table) {
    if (auto compiled = compile(place, from.feel.text, from.feel.where)) {
      rule_type_[variant] = std::move(compiled->type);
      plan_->rules_[variant].expr = std::move(compiled->expr.expr);
      plan_->rules_[variant].slots = std::move(compiled->expr.slots);
    }
  } else {
    compile_table(place, from, variant);
  }
  findings_ = loud;
  if (top) {
    broken_[variant] = broken_[variant] || silent.has_errors();
    if (silent.size() > 0) silent_.emplace(index, std::move(silent));
  }
  progress_[variant] = Progress::done;
}

/// What was wrong with rules at the top level, unless the names they need are known where they are used.
inline void PlanMaker::finish_rules() {
  for (std::uint32_t index = 0; index < file_.rules.size(); ++index) {
    compile_rule({}, index, index);
    if (!broken_[index]) continue;
    PlanRule& rule = plan_->rules_[index];
    rule.table.reset();
    rule.expr.reset();
    const auto found = silent_.find(index);
    if (!used_elsewhere_[index] && found != silent_.end()) findings_->append(found->second);
  }
}

namespace detail {

inline TableCell table_cell(const CellDefinition& from) {
  TableCell out;
  out.kind = static_cast<TableCell::Kind>(from.kind);
  out.text = from.text;
  out.literal = from.literal;
  out.where = from.where;
  for (const CellDefinition& item : from.items) out.items.push_back(table_cell(item));
  return out;
}
static_assert(static_cast<int>(CellDefinition::Kind::list) == static_cast<int>(TableCell::Kind::list));

/// The table as part table wants it.
inline TableModel table_model(const RuleDefinition& from) {
  TableModel model;
  model.name = from.name.text;
  model.where = from.name.where;
  model.hit = find_hit_policy(from.hit.text).value_or(HitPolicy::unique);
  for (const ColumnDefinition& column : from.inputs) {
    TableInput input;
    input.text = column.text.text;
    input.where = column.text.where;
    model.inputs.push_back(std::move(input));
  }
  for (const ColumnDefinition& column : from.outputs) {
    TableOutput output;
    output.name = column.text.text;
    output.type = type_of_field(column.type);
    output.allowed = column.type.one_of;
    output.where = column.text.where;
    model.outputs.push_back(std::move(output));
  }
  for (const RowDefinition& row : from.rows) {
    TableRule rule;
    rule.where = {row.where.begin, row.where.begin + 1};
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      (i < from.inputs.size() ? rule.inputs : rule.outputs).push_back(table_cell(row.cells[i]));
    model.rules.push_back(std::move(rule));
  }
  return model;
}

}  // namespace detail

inline void PlanMaker::compile_table(const Place& place, const RuleDefinition& from, std::uint32_t variant) {
  // Without columns or rows the loader has spoken.
  if (from.outputs.empty() || from.rows.empty()) return;
  std::vector<std::string_view> texts;
  for (const ColumnDefinition& input : from.inputs) texts.push_back(input.text.text);
  for (const RowDefinition& row : from.rows)
    for (const CellDefinition& cell : row.cells)
      if (cell.kind == CellDefinition::Kind::feel) texts.push_back(cell.text);
  Names names = names_of(place, texts);
  Findings found;
  auto table = Table::compile(detail::table_model(from), names.scope, found);
  // A cell reports one name that means nothing: each is taken to be known for the next look, until there is no other.
  Findings unknown;
  for (int i = 0; i < 10 && !table; ++i) {
    bool fresh = false;
    for (const Finding& finding : found) {
      if (finding.code != "unknown-name") continue;
      const std::string word =
          file_.source->text.substr(finding.where.begin, finding.where.end - finding.where.begin);
      if (names.scope.find(word)) continue;
      names.scope.add(word, TypeKind::any);
      unknown.add(finding);
      fresh = true;
    }
    if (!fresh) break;
    Findings next;
    (void)Table::compile(detail::table_model(from), names.scope, next);
    for (const Finding& finding : found)
      if (finding.code == "unknown-name") {
        bool listed = false;
        for (const Finding& known : unknown) listed = listed || known.where == finding.where;
        if (!listed) unknown.add(finding);
      }
    found = std::move(next);
  }
  found.append(unknown);
  for (Finding finding : found) {
    if (finding.code == "unknown-name") {
      // The scope holds only what resolved: "did you mean" has to look at everything visible here.
      const std::string_view word = std::string_view(file_.source->text)
                                        .substr(finding.where.begin, finding.where.end - finding.where.begin);
      if (const auto near = did_you_mean(word, visible(place)))
        finding.help = cat("did you mean \"", *near, "\"?");
    }
    findings_->add(std::move(finding));
  }
  if (!table) return;
  check_cells(place, from, *table, names.slots);
  for (const Expr& input : table->inputs())
    plan_->rules_[variant].inputs.push_back(
        declared(input.program(), input.program().root, names.slots, place));
  rule_type_[variant] = table->type();
  plan_->rules_[variant].table = table.take();
  plan_->rules_[variant].slots = std::move(names.slots);
}

}  // namespace v0
}  // namespace aesop
