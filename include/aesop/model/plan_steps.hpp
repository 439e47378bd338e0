// The compiler from Definition to Plan: steps, ways between them, joins. Part model, private to make_plan.hpp.
#pragma once

#include "aesop/model/load_steps.hpp"
#include "aesop/model/plan_times.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Gives every step its index: an `each` before the steps of its block.
inline void PlanMaker::index_steps(const std::vector<StepDefinition>& from, std::uint32_t block,
                                   std::uint32_t owner) {
  Plan& plan = *plan_;
  plan.blocks_.emplace_back().owner_step = owner;
  outer_.push_back(owner == no_ref ? 0 : plan.steps_[owner].block);
  item_type_.emplace_back();
  std::uint32_t before = no_ref;
  for (const StepDefinition& definition : from) {
    const auto ref = static_cast<std::uint32_t>(plan.steps_.size());
    PlanStep& step = plan.steps_.emplace_back();
    step.definition = &definition;
    step.ref = ref;
    step.id = definition.id.text;
    step.kind = definition.kind;
    step.block = block;
    follower_.push_back(no_ref);
    if (before != no_ref) follower_[before] = ref;
    before = ref;
    plan.blocks_[block].steps.push_back(ref);
    if (!step.id.empty()) {
      const bool fresh = plan.step_index_.emplace(step.id, ref).second;
      if (!fresh)
        error("duplicate-id", cat("two steps are called \"", step.id, '"'), definition.id.where,
              "ids of steps are unique in the whole file, steps inside \"each\" included");
      else
        declare_name(step.id, definition.id.where, "a step");
    }
    if (definition.each) {
      PlanEach& each = step.each.emplace();
      each.block = static_cast<std::uint32_t>(plan.blocks_.size());
      each.as = definition.each->as.text;
      if (definition.each->as.where != SourceRange{})
        declare_name(each.as, definition.each->as.where, "an instance");
      for (const FieldDefinition& field : definition.each->data)
        declare_name(field.name, field.where, "a variable of an instance");
      index_steps(definition.each->run, each.block, ref);
    }
  }
  if (!plan.blocks_[block].steps.empty()) plan.blocks_[block].first_step = plan.blocks_[block].steps[0];
}

/// A step of a block; reports an id that is none, or lies elsewhere.
inline std::uint32_t PlanMaker::step_in(std::uint32_t block, const Text& id) {
  if (id.empty()) return no_ref;
  const std::uint32_t ref = Plan::lookup(plan_->step_index_, id.text);
  if (ref != no_ref && plan_->steps_[ref].block == block) return ref;
  if (ref != no_ref) {
    error("other-block", cat("step \"", id.text, "\" is not in this block"), id.where,
          "a token never crosses the border of an \"each\"; an instance ends by its last step or an \"end\"");
    return no_ref;
  }
  std::vector<std::string_view> names;
  for (const std::uint32_t step : plan_->blocks_[block].steps) names.push_back(plan_->steps_[step].id);
  unknown("unknown-step", "step", id, names);
  return no_ref;
}

inline std::uint32_t PlanMaker::step_anywhere(const Text& id) {
  const std::uint32_t ref = Plan::lookup(plan_->step_index_, id.text);
  if (ref != no_ref) return ref;
  std::vector<std::string_view> names;
  for (const PlanStep& step : plan_->steps_) names.push_back(step.id);
  unknown("unknown-step", "step", id, names);
  return no_ref;
}

inline void PlanMaker::make_next(PlanStep& step, std::uint32_t follower) {
  const StepDefinition& from = *step.definition;
  const Place own{step.block, step.ref, nullptr};
  const auto last = [&] {
    // With too many steps the last one read is not the last one written.
    if (follower == no_ref && step.block == 0 && loaded_whole())
      error("falls-off", cat("step \"", step.id, "\" is the last one and leads nowhere"), from.id.where,
            "give it \"next\", or put an \"end\" step behind it");
  };
  if (!from.next_given) {
    PlanBranch& branch = step.next.emplace_back();
    branch.is_else = true;
    branch.go = follower;
    edge(step.ref, follower);
    last();
    return;
  }
  std::vector<std::size_t> asked;
  for (const BranchDefinition& branch : from.next) {
    PlanBranch& made = step.next.emplace_back();
    made.is_else = branch.is_else;
    made.key = branch.outcome;
    made.condition = condition(own, branch.condition,
                               branch.condition.kind == ConditionText::Kind::fields ? "\"when\"" : "\"if\"");
    if (made.condition.feel) {
      looked_.back().earlier = asked;
      asked.push_back(looked_.size() - 1);
    }
    made.go = step_in(step.block, branch.go);
    made.set = sets(own, branch.set);
    edge(step.ref, made.go);
  }
}

inline void PlanMaker::make_waits(PlanStep& step, std::uint32_t follower) {
  for (const WaitDefinition& wait : step.definition->waits) {
    PlanWait& made = step.waits.emplace_back();
    Place place{step.block, no_ref, nullptr};
    if (wait.after) {
      made.after = phrase(place, *wait.after, step.calendar);
    } else if (!wait.event.empty()) {
      made.event = wait.event.text;
      place.event = event(made.event);
      use("event", made.event);
      if (!place.event) {
        std::vector<std::string_view> names;
        for (const EventDefinition& item : file_.events) names.push_back(item.name.text);
        unknown("unknown-event", "event", wait.event, names, "declare it under \"events\"");
      }
    }
    if (wait.since) made.since = moment({step.block, no_ref, nullptr}, *wait.since, true);
    made.branch.condition = condition(place, wait.condition, "\"if\"", wait.event.empty() && !wait.after);
    made.branch.go = wait.go.empty() ? follower : step_in(step.block, wait.go);
    made.branch.set = sets(place, wait.set);
    edge(step.ref, made.branch.go);
    if (wait.go.empty() && follower == no_ref && step.block == 0 && loaded_whole())
      error("falls-off", cat("step \"", step.id, "\" is the last one and leads nowhere"), wait.where,
            "give it \"go\"");
  }
}

inline void PlanMaker::make_each(PlanStep& step) {
  const EachDefinition& from = *step.definition->each;
  PlanEach& each = *step.each;
  const Place outer{step.block, no_ref, nullptr};
  const Place inner{each.block, no_ref, nullptr};
  const auto known_event = [&](const Text& name) {
    if (name.empty()) return;
    use("event", name.text);
    if (event(name.text)) return;
    std::vector<std::string_view> names;
    for (const EventDefinition& item : file_.events) names.push_back(item.name.text);
    unknown("unknown-event", "event", name, names, "declare it under \"events\"");
  };
  each.withdraw_at_end = from.withdraw_at_end;
  each.at_once = from.at_once;
  each.done = from.done;
  each.at_least = from.at_least;
  if (from.of_event) {
    each.event = from.event.text;
    known_event(from.event);
    item_type_[each.block] = detail::type_of_event(event(from.event.text));
  } else if (from.list.feel) {
    if (auto list = compile(outer, from.list.text, from.list.where)) {
      if (list->type.is(TypeKind::list))
        item_type_[each.block] = list->type.element();
      else if (!list->type.is_any())
        error("wrong-value-type", cat("\"of\" must be a list, this is ", to_string(list->type)),
              from.list.where);
      each.list = std::move(list->expr);
    }
  }
  each.until_event = from.until_event.text;
  known_event(from.until_event);
  if (from.since) each.since = moment(outer, *from.since, true);
  each.until = condition(outer, from.until, "\"until\"");
  each.done_when = condition(outer, from.done_when, "\"done\"");
  each.data = fields(inner, inner, from.data);
}

inline void PlanMaker::make_service(PlanStep& step) {
  const StepDefinition& from = *step.definition;
  PlanService& service = step.service.emplace();
  const Place place{step.block, no_ref, nullptr};
  service.operation = from.operation.text;
  service.with = with(place, from.with);
  if (from.retry) {
    service.retry_times = from.retry->times;
    service.retry_every = span(place, from.retry->every, step.calendar, "\"every\"");
    service.retry_factor = from.retry->factor;
  }
  service.on_failure = step_in(step.block, from.on_failure);
  edge(step.ref, service.on_failure);
}

inline void PlanMaker::make_checklist(PlanStep& step) {
  for (const ChecklistItem& item : step.definition->checklist) {
    PlanItem& made = step.checklist.emplace_back();
    made.definition = &item;
    made.address = item.id.empty() ? cat(step.checklist.size()) : item.id;
    made.enforce = item.enforce.value_or(step.enforce);
    made.when = condition({step.block, step.ref, nullptr}, item.when, "\"when\" of an item");
  }
}

inline PlanIncidents PlanMaker::incidents(const std::optional<IncidentDefinition>& from) {
  PlanIncidents out;
  if (!from) return out;
  out.by = roles(from->by);
  for (const Text& id : from->go) {
    const std::uint32_t ref = step_anywhere(id);
    if (ref == no_ref) continue;
    if (plan_->steps_[ref].kind == StepKind::join)
      error("bad-incident", cat("step \"", id.text, "\" is a join, and no way leads from an incident to it"),
            id.where, "name the step behind the join");
    out.go.push_back(ref);
  }
  for (const Text& name : from->data) {
    const bool known =
        Plan::lookup(plan_->variable_index_, name.text) != no_ref ||
        std::any_of(plan_->steps_.begin(), plan_->steps_.end(), [&](const PlanStep& step) {
          return step.definition->each && find_field(step.definition->each->data, name.text) != nullptr;
        });
    std::vector<std::string_view> names;
    for (const FieldDefinition& field : file_.data) names.push_back(field.name);
    if (!known) unknown("unknown-name", "variable", name, names, "declare it under \"data\"");
    use("variable", name.text);
    out.data.push_back(name.text);
  }
  return out;
}

/// Roles of the step stand for those of the SOP; ways and variables are added up.
inline void PlanMaker::make_incidents(PlanStep& step) {
  step.incidents = incidents(step.definition->incidents);
  const PlanIncidents& all = plan_->incidents_;
  if (step.incidents.by.empty()) step.incidents.by = all.by;
  step.incidents.go.insert(step.incidents.go.end(), all.go.begin(), all.go.end());
  step.incidents.data.insert(step.incidents.data.end(), all.data.begin(), all.data.end());
}

inline void PlanMaker::make_step(PlanStep& step) {
  const StepDefinition& from = *step.definition;
  const Place place{step.block, no_ref, nullptr};
  const Place own{step.block, step.ref, nullptr};
  const std::uint32_t follower = follower_[step.ref];
  if (!from.system.empty()) {
    use("system", from.system.text);
    if (!systems_.count(from.system.text))
      unknown("unknown-system", "system", from.system, systems_, "declare it under \"systems\"");
  }
  if (!from.stage.empty()) {
    for (std::uint32_t i = 0; i < file_.stages.size(); ++i)
      if (file_.stages[i].id.text == from.stage.text) step.stage = i;
    use("stage", from.stage.text);
    if (step.stage == no_ref)
      unknown("unknown-stage", "stage", from.stage, stages_, "declare it under \"stages\"");
  }
  step.responsible = roles(from.raci.responsible);
  step.accountable = roles(from.raci.accountable);
  step.consulted = roles(from.raci.consulted);
  step.informed = roles(from.raci.informed);
  step.review = role(from.review);
  step.pages = role(from.pages);
  LadderOf of{own, step.block, true, true, from.due.has_value(), {}, step.ref};
  step.on_incident = from.on_incident.empty() ? step.accountable : targets(of, from.on_incident);
  make_incidents(step);
  step.skipped = step_in(step.block, from.skipped);
  edge(step.ref, step.skipped);
  for (const Text& id : from.exclude)
    if (const std::uint32_t other = step_anywhere(id); other != no_ref) step.exclude.push_back(other);
  step.enforce = from.enforce;
  step.calendar = calendar(from.calendar);
  step.due = due(place, from.due, step.calendar);
  of.calendar = step.due ? step.due->calendar : step.calendar;
  step.escalate = ladder(of, from.escalate);
  for (const Text& id : from.attachments) {
    use("attachment", id.text);
    std::vector<std::string_view> names;
    for (const AttachmentDefinition& file : file_.attachments) names.push_back(file.id.text);
    if (std::find(names.begin(), names.end(), id.text) == names.end())
      unknown("unknown-attachment", "attachment", id, names, "declare it under \"attachments\"");
  }
  if (!from.gate.empty()) {
    use("gate", from.gate.text);
    step.gate = Plan::lookup(gate_index_, from.gate.text);
    std::vector<std::string_view> names;
    for (const GateDefinition& gate : file_.gates) names.push_back(gate.id.text);
    if (step.gate == no_ref) unknown("unknown-gate", "gate", from.gate, names, "declare it under \"gates\"");
  }
  for (const FieldDefinition& field : detail::own_fields(from)) {
    if (field.name == "entered" || field.name == "completed" || field.name == "by" || field.name == "visit" ||
        (field.name == "outcome" && from.kind != StepKind::approval))
      error("reserved-name", cat('"', field.name, "\" of a step is known to Aesop and cannot be a field"),
            field.where);
    if (detail::is_feel_word(field.name))
      error("reserved-name", cat('"', field.name, "\" is a word of FEEL"), field.where);
  }
  switch (step.kind) {
    case StepKind::task:
      step.form = fields(place, own, from.form);
      make_checklist(step);
      break;
    case StepKind::decision:
      step.set = sets(place, from.set);
      break;
    case StepKind::parallel:
      for (const Text& id : from.go) {
        const std::uint32_t to = step_in(step.block, id);
        if (std::find(step.go.begin(), step.go.end(), to) != step.go.end() && to != no_ref)
          error("duplicate-id", cat("\"", id.text, "\" twice"), id.where, "one token goes to each step");
        step.go.push_back(to);
        edge(step.ref, to);
      }
      return;
    case StepKind::wait:
      make_waits(step, follower);
      return;
    case StepKind::service:
      step.form = fields(place, own, from.result);
      make_service(step);
      break;
    case StepKind::approval:
      if (from.approvers) step.approvers = approvers(*from.approvers);
      for (const Text& name : from.shows)
        if (!resolve(place, name.text)) unknown("unknown-name", "data", name, visible(place));
      break;
    case StepKind::each:
      make_each(step);
      break;
    case StepKind::end:
      step.outcome = from.outcome;
      step.closes = from.closes.value_or(step.block == 0);
      return;
    case StepKind::join:
    case StepKind::any:
    case StepKind::call:
      break;
  }
  make_next(step, follower);
}

/// Groups of the edges that lead to each join. After every edge is known.
inline void PlanMaker::make_joins() {
  std::vector<PlanEdge>& edges = plan_->edges_;
  std::sort(edges.begin(), edges.end(), [](const PlanEdge& a, const PlanEdge& b) {
    return a.to != b.to ? a.to < b.to : a.from < b.from;
  });
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  if (edges.size() > max_edges)
    error("too-many-edges",
          cat("an SOP has at most ", max_edges, " ways between steps, this has ", edges.size()),
          file_.sop.where);
  for (PlanStep& step : plan_->steps_) {
    if (step.kind != StepKind::join && step.kind != StepKind::any) continue;
    std::vector<std::uint32_t> incoming;
    const auto first = std::lower_bound(edges.begin(), edges.end(), step.ref,
                                        [](const PlanEdge& edge, std::uint32_t to) { return edge.to < to; });
    for (auto edge = first; edge != edges.end() && edge->to == step.ref; ++edge)
      incoming.push_back(edge->from);
    std::vector<std::uint32_t> named;
    for (const JoinGroup& group : step.definition->of) {
      PlanJoinGroup made;
      for (const Text& id : group.from) {
        const std::uint32_t from = step_in(step.block, id);
        if (from == no_ref) continue;
        if (std::find(incoming.begin(), incoming.end(), from) == incoming.end())
          error("no-such-way", cat("step \"", id.text, "\" does not lead to this join"), id.where);
        else if (std::find(named.begin(), named.end(), from) != named.end())
          error("duplicate-id", cat("\"", id.text, "\" twice"), id.where);
        named.push_back(from);
        made.from.push_back(from);
      }
      step.join.push_back(std::move(made));
    }
    for (const std::uint32_t from : incoming) {
      if (step.definition->of.empty())
        step.join.push_back({{from}});
      else if (std::find(named.begin(), named.end(), from) == named.end())
        error("join-incomplete",
              cat("step \"", plan_->steps_[from].id, "\" leads to this join too, \"of\" does not name it"),
              step.definition->of[0].from[0].where);
    }
    step.join_count =
        step.kind == StepKind::any ? step.definition->count : static_cast<std::uint32_t>(step.join.size());
  }
}

}  // namespace v0
}  // namespace aesop
