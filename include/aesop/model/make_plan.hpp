// From Definition to Plan: plan(), the only way to make one. Part model.
// Resolves ids, compiles every expression, table, phrase and condition with the types of the SOP's data, fills in
// defaults, and reports every problem at once. What a finding means: docs/findings.md.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/calendar/calendar.hpp"
#include "aesop/model/plan_nulls.hpp"
#include "aesop/model/plan_rules.hpp"
#include "aesop/model/plan_steps.hpp"

#include <memory>
#include <string>
#include <utility>

namespace aesop {
inline namespace v0 {

inline void PlanMaker::make_document() {
  plan_->zone_ = file_.zone.empty() ? "UTC" : file_.zone.text;
  const auto zone = [&](std::string_view name, SourceRange where) {
    if (ports_.zones && !ports_.zones->exists(name))
      error("unknown-zone", cat("there is no time zone \"", printable(name, 60), '"'), where,
            "a zone is an IANA name: \"America/Chicago\", \"Europe/Paris\", \"UTC\"");
  };
  if (!file_.zone.empty()) zone(file_.zone.text, file_.zone.where);
  for (const CalendarDefinition& item : file_.calendars)
    if (item.calendar) zone(item.calendar->zone(), item.name.where);
  if (!file_.calendar.empty()) {
    use("calendar", file_.calendar.text);
    if (!calendars_.count(file_.calendar.text))
      unknown("unknown-calendar", "calendar", file_.calendar, calendars_);
  }
  role(file_.review_by);
  if (file_.late_facts) {
    plan_->late_within_ = span({}, file_.late_facts->within, file_.calendar.text, "\"within\"");
    role(file_.late_facts->approver);
  }
  plan_->variables_ = fields({}, {}, file_.data);
  plan_->incidents_ = incidents(file_.incidents);
  plan_->cancel_by_ = roles(file_.cancel_by);
  plan_->suspend_by_ = roles(file_.suspend_by);
  plan_->suspend_at_most_ = span({}, file_.suspend_at_most, file_.calendar.text, "\"at_most\"");
}

inline void PlanMaker::make_events() {
  for (const EventDefinition& from : file_.events) {
    PlanEvent made;
    made.definition = &from;
    made.name = from.name.text;
    made.by = roles(from.by);
    const Place place{0, no_ref, &from};
    made.condition = condition(place, from.condition, "\"if\" of an event");
    made.sets = sets(place, from.sets);
    if (const FieldDefinition* field = find_field(from.fields, "occurred"))
      error("reserved-name", "\"occurred\" of an event is known to Aesop and cannot be a field",
            field->where);
    for (const std::string_view end : {".entered", ".completed"}) {
      const std::string_view name = from.name.text;
      if (name.ends_with(end) &&
          Plan::lookup(plan_->step_index_, name.substr(0, name.size() - end.size())) != no_ref)
        error("ambiguous-name", cat('"', name, "\" is an event and a moment of a step"), from.name.where,
              "rename the event");
    }
    plan_->events_.push_back(std::move(made));
  }
}

inline void PlanMaker::make_clocks() {
  for (const ClockDefinition& from : file_.clocks) {
    PlanClock made;
    made.definition = &from;
    made.id = from.id.text;
    made.pause = from.pause;
    made.calendar = calendar(from.calendar);
    for (const MomentText& text : from.starts) made.starts.push_back(moment({}, text, false));
    for (const MomentText& text : from.stops) made.stops.push_back(moment({}, text, false));
    made.due = due({}, from.due, made.calendar);
    LadderOf of{{}, 0, false, true, from.due.has_value(), made.calendar, no_ref};
    made.escalate = ladder(of, from.escalate);
    plan_->clocks_.push_back(std::move(made));
  }
}

inline void PlanMaker::make_stages() {
  for (std::uint32_t i = 0; i < file_.stages.size(); ++i) {
    const StageDefinition& from = file_.stages[i];
    PlanStage made;
    made.definition = &from;
    made.id = from.id.text;
    std::uint32_t block = 0;
    for (const PlanStep& step : plan_->steps_) {
      if (step.stage != i) continue;
      if (made.steps.empty()) block = step.block;
      if (step.block != block)
        error("stage-blocks", cat("steps of stage \"", made.id, "\" lie inside and outside of an \"each\""),
              step.definition->stage.where);
      made.steps.push_back(step.ref);
    }
    made.calendar = calendar({});
    made.due = due({block, no_ref, nullptr}, from.due, made.calendar);
    LadderOf of{{block, no_ref, nullptr}, block, false, true, from.due.has_value(), made.calendar, no_ref};
    if (made.due) of.calendar = made.due->calendar;
    made.escalate = ladder(of, from.escalate);
    for (const PlanRung& rung : made.escalate)
      for (const std::uint32_t step : made.steps) edge(step, rung.go), edge(step, rung.also);
    plan_->stages_.push_back(std::move(made));
  }
}

/// Whether the step carries a gate one of whose checks names the policy.
inline bool PlanMaker::waives(const ExceptionPolicy& policy, const PlanStep& step) const {
  for (const GateDefinition& gate : file_.gates) {
    if (step.definition->gate.empty() || gate.id.text != step.definition->gate.text) continue;
    for (const GateCheckDefinition& check : gate.checks)
      if (check.exception.text == policy.id.text) return true;
  }
  return false;
}

inline void PlanMaker::make_exceptions() {
  for (const ExceptionPolicy& from : file_.exceptions) {
    PlanException made;
    made.definition = &from;
    made.id = from.id.text;
    made.allows = from.allows;
    for (const Text& id : from.of) {
      const std::uint32_t step = step_anywhere(id);
      if (step == no_ref) continue;
      made.of.push_back(step);
      const StepKind kind = plan_->steps_[step].kind;
      if (from.allows == ExceptionPolicy::Allows::check) {
        if (!waives(from, plan_->steps_[step]))
          error("bad-exception",
                cat("step \"", id.text, "\" has no gate with a check that names \"", made.id, '"'), id.where,
                "give the step the gate, and the check \"exception\": the id of this policy");
        continue;
      }
      if (kind != StepKind::task && kind != StepKind::approval && kind != StepKind::wait)
        error("bad-exception",
              cat("step \"", id.text, "\" is of kind ", to_string(kind), " and allows no exception"),
              id.where, "exceptions are of tasks, approvals and waits");
      else if (from.allows == ExceptionPolicy::Allows::extend && !plan_->steps_[step].due)
        error("bad-exception", cat("step \"", id.text, "\" has no due time to extend"), id.where);
    }
    made.ask = roles(from.ask);
    for (const Text& document : from.documents) made.documents.push_back(document.text);
    if (from.approvers) made.approvers = approvers(*from.approvers);
    const std::string& name = file_.calendar.text;
    made.decide_within = span({}, from.decide_within, name, "\"decide_within\"");
    made.timeout_next = role(from.timeout_next);
    made.valid_for = span({}, from.valid_for, name, "\"valid_for\"");
    made.times = from.times.value_or(0);
    made.at_most = span({}, from.at_most, name, "\"at_most\"");
    if (from.emergency) {
      PlanEmergency& emergency = made.emergency.emplace();
      emergency.by = roles(from.emergency->by);
      emergency.review_within = span({}, from.emergency->review_within, name, "\"review_within\"");
      emergency.reviewer = roles(from.emergency->reviewer);
      emergency.escalate = ladder({{}, 0, false, false, from.emergency->review_within.given(), name, no_ref},
                                  from.emergency->escalate);
    }
    plan_->exceptions_.push_back(std::move(made));
  }
}

inline void PlanMaker::make_handoffs() {
  const auto party = [&](const Text& text, bool sop_allowed) {
    if (text.empty()) return;
    if (roles_.count(text.text))
      use("role", text.text);
    else if (systems_.count(text.text))
      use("system", text.text);
    else if (!sop_allowed)
      unknown("unknown-role", "role or system", text, roles_);
  };
  std::set<std::string_view> known;
  for (std::uint32_t i = 0; i < file_.handoffs.size(); ++i) {
    const HandoffDefinition& from = file_.handoffs[i];
    PlanHandoff made;
    made.definition = &from;
    made.id = from.id.text;
    if (!made.id.empty() && !known.insert(from.id.text).second)
      error("duplicate-id", cat("two handoffs are called \"", made.id, '"'), from.id.where);
    made.from = from.from.text;
    made.to = from.to.text;
    party(from.from, false);
    party(from.to, true);
    if (from.when) made.when.push_back(moment({}, *from.when, false));
    for (PlanStep& step : plan_->steps_) {
      if (made.id.empty() || step.definition->handoff.text != made.id) continue;
      use("handoff", made.id);
      step.handoffs.push_back(i);
      PlanMoment when;
      when.kind = PlanMoment::Kind::step_completed;
      when.step = step.ref;
      when.name = step.id + ".completed";
      made.when.push_back(std::move(when));
    }
    made.condition = condition({}, from.condition, "\"if\" of a handoff");
    made.with = with({}, from.with);
    made.calendar = calendar(from.calendar);
    made.acknowledge_within = span({}, from.acknowledge_within, made.calendar, "\"acknowledge_within\"");
    made.escalate =
        ladder({{}, 0, false, false, from.acknowledge_within.given(), made.calendar, no_ref}, from.escalate);
    plan_->handoffs_.push_back(std::move(made));
  }
  for (const PlanStep& step : plan_->steps_) {
    const Text& id = step.definition->handoff;
    if (id.empty() || known.count(id.text)) continue;
    unknown("unknown-handoff", "handoff", id, known, "declare it under \"handoffs\"");
  }
}

/// Once, when first needed: a gate may use rules, and rules may use gates, but never in a circle.
inline void PlanMaker::compile_gate(std::uint32_t ref) {
  const GateDefinition& from = file_.gates[ref];
  if (gate_progress_[ref] == Progress::done) return;
  if (gate_progress_[ref] == Progress::busy) {
    error("rule-cycle", cat("gate \"", from.id.text, "\" needs its own verdict"), from.id.where);
    return;
  }
  gate_progress_[ref] = Progress::busy;
  for (const GateCheckDefinition& check : from.checks) {
    PlanGateCheck made;
    made.definition = &check;
    made.id = check.id.text;
    made.enforce = check.enforce;
    made.when = condition({}, check.when, "\"when\" of a check");
    made.require = condition({}, check.require, "\"require\"");
    if (!check.exception.empty()) {
      use("exception", check.exception.text);
      std::vector<std::string_view> names;
      for (std::uint32_t i = 0; i < file_.exceptions.size(); ++i) {
        names.push_back(file_.exceptions[i].id.text);
        if (names.back() == check.exception.text) made.exception = i;
      }
      if (made.exception == no_ref)
        unknown("unknown-exception", "exception", check.exception, names, "declare it under \"exceptions\"");
    }
    plan_->gates_[ref].checks.push_back(std::move(made));
  }
  gate_progress_[ref] = Progress::done;
}

inline void PlanMaker::check_kpis() {
  const auto moments = [&](const std::vector<Text>& names) {
    for (const Text& name : names) {
      if (name.text == "run.started") continue;
      moment({}, {MomentText::Kind::name, name.text, detail::inside(name.where)}, false);
    }
  };
  for (const KpiDefinition& kpi : file_.kpis) {
    role(kpi.owner);
    moments(kpi.count);
    moments(kpi.over);
    moments(kpi.exclude);
    moments(kpi.days_between);
  }
}

inline std::shared_ptr<const Plan> PlanMaker::make() {
  index_steps(file_.steps, 0, no_ref);
  declare();
  make_document();
  make_events();
  for (PlanStep& step : plan_->steps_) make_step(step);
  make_clocks();
  make_stages();
  make_exceptions();
  make_handoffs();
  for (std::uint32_t i = 0; i < file_.gates.size(); ++i) compile_gate(i);
  check_kpis();
  finish_rules();
  check_nulls();
  make_joins();
  if (ports_.hash) plan_->hash_ = to_hex(ports_.hash->sha256(file_.canonical));
  return plan_;
}

/// Compiles a Definition. Every problem becomes a finding; with any error in `findings`, from the loader or here, the result is
/// unsound_definition and no Plan. `ports` may be empty: without zones their names are not checked, without a hash port the
/// Plan has no hash. Nothing of `ports` is kept.
inline Result<std::shared_ptr<const Plan>> plan(std::shared_ptr<const Definition> definition,
                                                Findings& findings, const Ports& ports = {}) {
  const std::string name = definition->source ? definition->source->name : std::string();
  auto made = PlanMaker(std::move(definition), findings, ports).make();
  if (findings.has_errors())
    return Error{ErrorCode::unsound_definition,
                 cat("the SOP has ", findings.error_count(), " errors"),
                 "the findings say which; nothing runs before they are gone",
                 {},
                 name};
  return made;
}

}  // namespace v0
}  // namespace aesop
