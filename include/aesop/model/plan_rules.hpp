// The compiler from Definition to Plan: rules. Part model, private to make_plan.hpp.
#pragma once

#include "aesop/model/example_values.hpp"
#include "aesop/model/plan_values.hpp"
#include "aesop/table/compile.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Whether every name a rule uses, directly or by other rules, means at `place` what it means at the top level.
inline bool PlanMaker::same_as_top(const Place& place, std::uint32_t index, std::set<std::uint32_t>& seen) {
  if (!seen.insert(index).second) return true;
  for (const std::string& word : rule_words_[index]) {
    if (const std::uint32_t rule = Plan::lookup(plan_->rule_index_, word); rule != no_ref) {
      if (!same_as_top(place, rule, seen)) return false;
      continue;
    }
    const auto here = resolve(place, word);
    const auto top = resolve({}, word);
    if (here.has_value() != top.has_value()) return false;
    if (here && (here->slot.kind != top->slot.kind || here->slot.ref != top->slot.ref)) return false;
  }
  return true;
}

/// The rule as `place` sees it, compiled.
inline std::uint32_t PlanMaker::rule_at(const Place& place, std::uint32_t index) {
  std::set<std::uint32_t> seen;
  std::uint32_t ref = index;
  if (!(place == Place{}) && !same_as_top(place, index, seen)) {
    std::string key =
        cat(place.block, ' ', place.step, ' ', place.event ? place.event->name.text : std::string());
    const auto [known, fresh] =
        variants_.emplace(std::pair(index, std::move(key)), static_cast<std::uint32_t>(plan_->rules_.size()));
    ref = known->second;
    used_elsewhere_[index] = true;
    if (fresh) {
      PlanRule& made = plan_->rules_.emplace_back();
      made.definition = &file_.rules[index];
      made.name = file_.rules[index].name.text;
      progress_.emplace_back();
      rule_type_.emplace_back();
      broken_.push_back(false);
    }
    compile_rule(place, index, ref);
  } else {
    compile_rule({}, index, ref);
  }
  return ref;
}

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
      looked_.back().decides = compiled->type.is(TypeKind::boolean);
      rule_type_[variant] = std::move(compiled->type);
      plan_->rules_[variant].expr = std::move(compiled->expr.expr);
      plan_->rules_[variant].slots = std::move(compiled->expr.slots);
    }
  } else {
    compile_table(place, from, variant);
  }
  if (plan_->rules_[variant].expr || plan_->rules_[variant].table) check_examples(place, from, variant);
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
inline TableModel table_model(const RuleDefinition& from, const SourceText* source) {
  TableModel model;
  model.name = from.name.text;
  model.where = from.name.where;
  model.source = source;
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
  auto table = Table::compile(detail::table_model(from, file_.source.get()), names.scope, found);
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
    (void)Table::compile(detail::table_model(from, file_.source.get()), names.scope, next);
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
  for (std::size_t i = 0; i < from.inputs.size(); ++i)
    look_at(place, table->inputs()[i], names.slots, from.inputs[i].text.where, false);
  rule_type_[variant] = table->type();
  plan_->rules_[variant].table = table.take();
  plan_->rules_[variant].slots = std::move(names.slots);
}

/// Examples name what the rule may see, with values that fit.
inline void PlanMaker::check_examples(const Place& place, const RuleDefinition& rule, std::uint32_t variant) {
  const PlanRule& made = plan_->rules_[variant];
  const auto once = [&](std::string_view code, std::string message, SourceRange where, std::string help) {
    // A rule is compiled once for each place that sees it differently.
    for (const Finding& known : *findings_)
      if (known.code == code && known.where.begin == where.begin) return;
    error(code, std::move(message), where, std::move(help));
  };
  const auto value_of = [&](const ValueText& text) -> std::optional<Value> {
    if (!text.feel) return text.literal;
    auto expr = Expr::compile(text.text, Scope());
    if (!expr) {
      report(expr.error(), text.where, {}, text.text);
      return std::nullopt;
    }
    Evaluation evaluation;
    evaluation.ports = &ports_;
    return expr->evaluate({}, evaluation);
  };
  const auto check = [&](const ValueText& text, const Type& type, const FieldDefinition* field,
                         std::string_view what) {
    const auto value = value_of(text);
    if (!value || value->is_null()) return;
    if (!coerce_text(*value, type)) {
      once("wrong-value-type", cat(what, " is ", to_string(type), ", this is ", to_string(type_of(*value))),
           text.where, {});
    } else if (field) {
      if (auto fit = conform(*value, *field); !fit)
        once("bad-value", fit.error().message, text.where, fit.error().help);
    }
  };
  for (const ExampleDefinition& example : rule.examples) {
    for (const SetDefinition& given : example.given) {
      const std::string& name = given.name.text;
      std::size_t column = 0;
      while (column < rule.inputs.size() && rule.inputs[column].text.text != name) ++column;
      if (const auto meaning = resolve(place, name)) {
        check(given.value, meaning->type, detail::field_of_slot(*plan_, meaning->slot), cat('"', name, '"'));
      } else if (made.table && column < rule.inputs.size()) {
        check(given.value, made.table->inputs()[column].type(), nullptr, cat('"', name, '"'));
      } else {
        std::vector<std::string> names = visible(place);
        for (const ColumnDefinition& input : rule.inputs) names.push_back(input.text.text);
        const auto near = did_you_mean(name, names);
        once("unknown-name", cat("nothing is called \"", printable(name, 60), "\" here"), given.name.where,
             near ? cat("did you mean \"", *near, "\"?")
                  : "an example gives names that the rule sees, or columns by their text");
      }
    }
    const bool one = rule.is_table && rule.outputs.size() == 1 && !made.table->type().is(TypeKind::list) &&
                     !rule.hit.text.starts_with("collect");
    check(example.expect, made.table ? made.table->type() : made.expr->type(),
          one ? &rule.outputs[0].type : nullptr, "the result");
  }
}

}  // namespace v0
}  // namespace aesop
