#include "verify/checks.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/conform.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/model/plan_names.hpp"
#include "aesop/table/cover.hpp"
#include "aesop/table/truth.hpp"
#include "aesop/table/words.hpp"

#include <map>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

using detail::Box;
using detail::Boxes;
using detail::Condition;
using detail::Domain;

// The branches of one step as boxes over the names that their conditions compare with constants.
class Choice {
 public:
  Choice(const Plan& plan, const Definition& file, const PlanStep& step)
      : plan_(plan), file_(file), step_(step) {
    for (const PlanBranch& branch : step.next) conditions_.push_back(read(branch));
    makers_.resize(variables_.size());
    for (std::size_t v = 0; v < variables_.size(); ++v) makers_[v].expect(variables_[v].type);
    for (Condition& condition : conditions_) {
      leave_untyped(condition);
      detail::name_values(condition, makers_);
    }
    for (std::size_t v = 0; v < variables_.size(); ++v)
      domains_.push_back(makers_[v].make(variables_[v].name, variables_[v].type, variables_[v].facts));
    const detail::TruthReader certain(domains_, false), possible(domains_, true);
    for (const Condition& condition : conditions_) {
      auto sure = certain.read(condition), perhaps = possible.read(condition);
      sure_.push_back(sure ? std::move(sure->yes) : Boxes{});
      known_.push_back(perhaps.has_value() && !detail::has_opaque(condition));
      perhaps_.push_back(perhaps ? std::move(perhaps->yes) : Boxes{});
    }
  }

  // A branch of a condition that is not the same for every run: constants are the business of branch-never-taken.
  bool is_asked(std::size_t branch) const {
    return known_[branch] && !step_.next[branch].is_else &&
           conditions_[branch].kind != Condition::Kind::constant;
  }
  bool is_always(std::size_t branch) const {
    return conditions_[branch].kind == Condition::Kind::constant && conditions_[branch].value.is_true();
  }
  bool is_never_true(std::size_t branch) {
    if (!perhaps_[branch].empty()) return false;
    // Every combination of samples, when they are few.
    std::size_t count = 1;
    for (const Domain& domain : domains_) count *= domain.size();
    if (count > 4'096) return false;
    std::vector<std::uint32_t> at(domains_.size());
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t rest = i;
      for (std::size_t v = 0; v < at.size(); ++v) {
        at[v] = static_cast<std::uint32_t>(rest % domains_[v].size());
        rest /= domains_[v].size();
      }
      if (holds(branch, at)) return false;
    }
    return true;
  }
  // The branches before one that take all it takes, with an input for which the conditions themselves said so.
  std::optional<std::string> masked(std::size_t branch) {
    std::vector<const Box*> before;
    for (std::size_t i = 0; i < branch; ++i)
      for (const Box& box : sure_[i]) before.push_back(&box);
    if (perhaps_[branch].empty() || before.empty()) return std::nullopt;
    detail::BoxBudget budget{20'000, false};
    for (const Box& box : perhaps_[branch])
      if (detail::are_covering(box, before, budget) != true) return std::nullopt;
    std::string example;
    for (std::size_t i = 0; i < branch; ++i)
      for (const Box& theirs : sure_[i])
        for (const Box& mine : perhaps_[branch]) {
          const Box both = theirs & mine;
          if (detail::is_empty(both)) continue;
          std::vector<std::uint32_t> at;
          for (const detail::Segments& side : both) at.push_back(side.first());
          if (!holds(branch, at) || !holds(i, at)) return std::nullopt;
          if (!example.empty()) continue;
          std::vector<std::string> parts;
          for (std::size_t v = 0; v < at.size(); ++v)
            if (!(both[v] == domains_[v].all()))
              parts.push_back(
                  cat(domains_[v].name, " = ", detail::shown(domains_[v].segments()[at[v]].sample)));
          example = parts.empty() ? "any" : join(parts, ", ");
        }
    return example;
  }

 private:
  struct Variable {
    std::string key = {};
    std::string name = {};
    Type type = {};
    InputFacts facts = {};
    Slot slot = {};
    std::vector<std::string> path = {};
  };

  const FieldDefinition* declared(const Slot& slot, const std::vector<std::string>& path) const {
    const auto field = [](const std::vector<FieldDefinition>& fields, const std::string& name) {
      return find_field(fields, name);
    };
    if (slot.kind == SlotKind::variable && path.empty()) return &file_.data[slot.ref];
    if (slot.kind == SlotKind::variable && path.size() == 1 && file_.data[slot.ref].kind == DataKind::context)
      return field(file_.data[slot.ref].fields, path[0]);
    if (slot.kind == SlotKind::parameter && path.empty()) return &file_.parameters[slot.ref].type;
    if (slot.kind == SlotKind::form_field && path.empty())
      return field(detail::own_fields(*plan_.steps()[slot.ref].definition), slot.name);
    if (slot.kind == SlotKind::step_result && path.size() == 1)
      return field(detail::own_fields(*plan_.steps()[slot.ref].definition), path[0]);
    return nullptr;
  }
  std::uint32_t variable(const Slot& slot, std::vector<std::string> path) {
    std::string name = slot.name;
    for (const std::string& part : path) append(name, '.', part);
    const std::string key = cat(static_cast<int>(slot.kind), '/', slot.ref, '/', name);
    for (std::uint32_t i = 0; i < variables_.size(); ++i)
      if (variables_[i].key == key) return i;
    Variable made{key, name, {}, {}, slot, {}};
    if (const FieldDefinition* field = declared(slot, path); field && field->kind != DataKind::list) {
      made.type = detail::type_of_field(*field);
      made.facts.allowed = field->one_of;
      if (field->min) made.facts.least = *field->min;
      if (field->max) made.facts.most = *field->max;
    }
    made.path = std::move(path);
    variables_.push_back(std::move(made));
    return static_cast<std::uint32_t>(variables_.size() - 1);
  }
  // The slot and path of a node, when it is one.
  static bool path_of(const rules::Program& program, rules::NodeId id, std::uint32_t& slot,
                      std::vector<std::string>& path) {
    const rules::Node& node = program.nodes[id];
    if (node.op == rules::Op::slot || node.op == rules::Op::slot_path) {
      slot = node.a;
      if (node.op == rules::Op::slot_path) path.push_back(program.names[node.b]);
      return true;
    }
    if (node.op != rules::Op::path || !path_of(program, node.a, slot, path)) return false;
    path.push_back(program.names[node.b]);
    return true;
  }

  Condition read(const PlanBranch& branch) {
    const PlanCondition& from = branch.condition;
    if (branch.is_else) return {};
    if (from.feel) {
      const detail::ConditionReader reader(
          [&](const rules::Program& program, rules::NodeId id) -> std::optional<std::uint32_t> {
            std::uint32_t slot = 0;
            std::vector<std::string> path;
            if (!path_of(program, id, slot, path)) return std::nullopt;
            return variable(from.feel->slots[slot], std::move(path));
          });
      return reader.expression(from.feel->expr.program());
    }
    if (from.literal) return Condition::of_constant(Value::boolean(*from.literal));
    return from.always && from.fields.empty() ? Condition::always() : Condition{};
  }
  // Of a name whose type is not known, membership in a list is false for kinds that nobody names.
  void leave_untyped(Condition& condition) const {
    if (condition.kind == Condition::Kind::among && variables_[condition.variable].type.is_any())
      condition = {};
    for (Condition& part : condition.parts) leave_untyped(part);
  }

  bool holds(std::size_t branch, const std::vector<std::uint32_t>& at) const {
    const PlanCondition& condition = step_.next[branch].condition;
    if (!condition.feel) return condition.always || condition.literal == true;
    std::vector<Value> slots(condition.feel->slots.size());
    for (std::size_t s = 0; s < slots.size(); ++s)
      for (std::size_t v = 0; v < variables_.size(); ++v) {
        const Slot& slot = condition.feel->slots[s];
        if (slot.kind != variables_[v].slot.kind || slot.ref != variables_[v].slot.ref ||
            slot.name != variables_[v].slot.name)
          continue;
        slots[s] = put(slots[s], variables_[v].path, 0, domains_[v].segments()[at[v]].sample);
      }
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    return condition.feel->expr.evaluate(slots, evaluation).is_true();
  }
  static Value put(const Value& into, const std::vector<std::string>& path, std::size_t from,
                   const Value& value) {
    if (from == path.size()) return value;
    return into.with(path[from], put(into.get(path[from]), path, from + 1, value));
  }

  const Plan& plan_;
  const Definition& file_;
  const PlanStep& step_;
  std::vector<Condition> conditions_;
  std::vector<Variable> variables_;
  std::vector<detail::DomainMaker> makers_;
  std::vector<Domain> domains_;
  std::vector<Boxes> sure_, perhaps_;
  std::vector<bool> known_;
};

}  // namespace

// Branches that can never be taken because of what they ask, or because the ones before them take it all, perhaps together.
void branch_masked(const Context& context, const Plan& plan, Findings& findings) {
  for (const PlanStep& step : plan.steps()) {
    std::size_t asked = 0;
    bool by_outcome = false;
    for (const PlanBranch& branch : step.next) {
      asked += branch.condition.feel.has_value();
      by_outcome = by_outcome || !branch.key.empty();
    }
    if (asked == 0 || by_outcome || step.next.size() != step.definition->next.size()) continue;
    Choice choice(plan, context.file, step);
    for (std::size_t i = 0; i < step.next.size(); ++i) {
      if (choice.is_always(i)) break;
      if (!choice.is_asked(i)) continue;
      std::string why;
      if (choice.is_never_true(i))
        why = "nothing makes its condition true";
      else if (const auto example = choice.masked(i))
        why = cat(i == 1 ? "the branch before it takes" : "branches before it take",
                  " everything that it would, for example ", *example);
      else
        continue;
      const SourceRange where = step.definition->next[i].where;
      findings.warning("branch-never-taken",
                       cat("this branch of ", name_of(*step.definition), " is never taken"),
                       {where.begin, where.begin + 1}, std::move(why));
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
