// Verbs that finish human work: complete, fail, review, rework, correct. Part run, private.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/blockers.hpp"
#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::decide_complete(const Complete& complete) {
  const Activity* activity = address(complete.target, ActivityKind::task);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (!permit(*find_operation(CommandType::complete), *activity, step)) return;
  if (!complete.reasons.is_null() && !complete.reasons.is_context())
    return reject("bad_data", "reasons must be an object of item and text");
  auto given = typed_form(step, complete.form, "form");
  if (!given) return;
  Value form = laid_over(activity->form, *given);
  for (const PlanField& field : step.form)
    if (form.find(field.definition->name) == nullptr && field.default_value) {
      RunPlace place;
      place.instance = activity->instance;
      place.step = step.ref;
      place.form = &form;
      auto typed = conform(evaluate(*field.default_value, place), *field.definition);
      form = form.with(field.definition->name, typed ? typed.take() : Value());
    }
  const Readiness ready = readiness(*this, *activity, step, form, complete.reasons);
  if (!ready.missing.empty())
    return reject(
        "blocked",
        ready.missing.size() == 1
            ? ready.missing.front().text
            : cat(ready.missing.size(), " things are missing, the first: ", ready.missing.front().text),
        {{"missing", missing_list(ready.missing)}});
  const TokenId token = activity->token;
  // (14): whoever is to review must be somebody else; that is checked when he does. A late fact moots what fired.
  moot_of(token);
  TaskCompleted completed;
  completed.token = token;
  completed.step = step.id;
  completed.visit = activity->visit;
  completed.review = !activity->reviewer.empty();
  completed.undone = ready.undone;
  completed.exceptions = ready.exceptions;
  const bool review = completed.review;
  std::vector<Entry> data{{"form", std::move(form)}};
  if (complete.note) data.emplace_back("note", Value::string(*complete.note));
  if (!complete.reasons.is_null()) data.emplace_back("reasons", complete.reasons);
  emit(std::move(completed), Value::context(std::move(data)));
  for (const std::string& id : ready.exceptions) emit(ExceptionUsed{id, "complete", token});
  if (failed()) return;
  if (review)
    begin_review(token);
  else
    leave_by_next(token);
}

// The work is done: its clock stops, and the review has the same time and the same ladder, from now on. A due time
// that does not hang on the entry of the step stays; when all of it is past, the last rung fires at once.
inline void Machine::begin_review(TokenId token) {
  if (const Clock* running = clock_of_step(token))
    emit(ClockStopped{running->armed.id, running->armed.occurrence, "completed"});
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr || failed()) return;
  const PlanStep& step = step_of(*activity);
  if (!step.due && step.escalate.empty()) return;
  ArmedClock clock;
  clock.id = step_clock_id("review", step, activity->instance);
  clock.occurrence = activity->visit;
  clock.kind = ClockKind::step;
  clock.token = token;
  clock.instance = activity->instance;
  clock.ref = step.id;
  clock.started = now;
  if (step.due) clock.pause = pause_of(step.due->pause);
  const DueTime due = arm(clock, plan_of(clock), place_of(clock));
  std::erase_if(clock.rungs, [&](const ArmedRung& rung) {
    const PlanRung& of = step.escalate[rung.index];
    return of.notify.empty() && of.page.empty() && of.raise == 0;
  });
  const auto last = std::max_element(clock.rungs.begin(), clock.rungs.end(),
                                     [](const ArmedRung& a, const ArmedRung& b) { return a.due < b.due; });
  if (last != clock.rungs.end()) {
    const Instant from = std::min(last->due, now);
    std::erase_if(clock.rungs, [&](const ArmedRung& rung) { return rung.due < from; });
  }
  emit(ClockStarted{clock});
  clock_incident(clock, due);
}

inline void Machine::decide_fail(const Fail& fail_command) {
  const Activity* activity = address(fail_command.target, ActivityKind::task);
  if (activity == nullptr) return;
  if (!permit(*find_operation(CommandType::fail), *activity, step_of(*activity))) return;
  if (trim(fail_command.reason).empty()) return reject("reason_missing");
  const TokenId token = activity->token;
  emit(TaskFailed{token, activity->step, activity->visit},
       Value::context({{"reason", Value::string(fail_command.reason)}}));
  // Where a failed task leads is not in the SOP: people decide.
  incident("task_failed", find_activity(s, token), {}, fail_command.reason);
}

inline void Machine::decide_review() {
  const ReturnForRework* rework = command->as<ReturnForRework>();
  const Activity* activity =
      address(rework ? rework->target : command->as<AcceptReview>()->target, ActivityKind::task);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (!permit(*find_operation(command->type()), *activity, step)) return;
  const TokenId token = activity->token;
  if (!rework) {
    emit(ReviewAccepted{token});
    return leave_by_next(token);
  }
  if (trim(rework->note).empty()) return reject("reason_missing", "rework needs a note that says why");
  ReworkReturned returned;
  returned.token = token;
  returned.performer = activity->performer;
  returned.moves.push_back(move_to(token, activity->instance, step.id, step.ref, activity->after));
  emit(std::move(returned), Value::context({{"note", Value::string(rework->note)}}));
}

// A completed form was wrong: the record changes by a new event, and what used the old value is looked at again.
inline void Machine::decide_correct(const Correct& correct) {
  std::string id = correct.target.step.value_or("");
  InstanceId instance = correct.target.instance.value_or(0);
  if (correct.target.task) {
    const std::optional<TaskName> name = parse_task_id(s.id, *correct.target.task);
    const auto named = std::find_if(s.records.begin(), s.records.end(), [&](const StepRecord& r) {
      return name && r.since == name->since && (id.empty() || r.step == id);
    });
    if (named == s.records.end())
      return reject("not_active", "only the last visit of a step can be corrected");
    id = named->step;
    instance = named->instance;
  }
  if (!correct.target.task && !correct.target.step)
    return fail(ErrorCode::schema_error, "correct names no step: give \"task\" or \"step\"");
  const PlanStep* step = plan.find(id);
  if (step == nullptr) return reject("unknown_step");
  if (!acting_role(step->responsible) && !acting_role(step->accountable) &&
      !(step->approvers && acting_role(step->approvers->roles)))
    return reject("not_permitted",
                  cat("a form of ", id, " is corrected by those responsible or accountable for it"));
  if (trim(correct.reason).empty()) return reject("reason_missing");
  const StepRecord* record = find_record(s, instance, id);
  if (record == nullptr || !record->completed) return reject("not_active", "the step has not been completed");
  if (correct.target.visit && *correct.target.visit != record->visit)
    return reject("not_active", "only the last visit of a step can be corrected");
  auto form = typed_form(*step, correct.form, "form");
  if (!form) return;
  CorrectionRecorded corrected;
  corrected.step = id;
  corrected.instance = instance;
  corrected.visit = record->visit;
  for (const Entry& entry : form->entries())
    if (!equal_strict(record->form.get(entry.first), entry.second)) corrected.changed.push_back(entry.first);
  if (corrected.changed.empty()) return reject("bad_form", "nothing would change");
  // The form stays one that could have been completed: a change may also demand fields that it does not name.
  const Value corrected_form = laid_over(record->form, *form);
  for (const PlanField& field : step->form) {
    RunPlace place;
    place.instance = instance;
    place.step = step->ref;
    const auto lacks = [&](const Value& given) {
      place.form = &given;
      return !filled_in(given.get(field.definition->name)) && holds(field.required, place);
    };
    if (lacks(corrected_form) && (form->find(field.definition->name) || !lacks(record->form)))
      return reject("bad_form", cat("field ", field.definition->name, " must be filled in"));
  }

  // What each rule and each branch taken says before and after.
  const auto consequences = [&] {
    std::vector<std::pair<std::string, Value>> out;
    for (const PlanRule& rule : plan.rules()) {
      const bool uses = std::any_of(rule.slots.begin(), rule.slots.end(), [&](const Slot& slot) {
        return slot.kind == SlotKind::rule || (slot.kind == SlotKind::step_result && slot.ref == step->ref) ||
               (slot.kind == SlotKind::form_field && slot.ref == step->ref);
      });
      if (!uses) continue;
      RunPlace place;
      place.instance = instance;
      out.emplace_back(cat("rule ", rule.name), rule_result(rule, place, 0));
    }
    for (const StepRecord& one : s.records) {
      const PlanStep* of = plan.find(one.step);
      if (of == nullptr || !one.branch || of->kind == StepKind::wait || of->next.size() < 2) continue;
      RunPlace place;
      place.instance = one.instance;
      place.step = of->ref;
      place.form = &one.form;
      place.done = true;
      const std::optional<Choice> choice = choose(of->next, place, one.outcome);
      out.emplace_back(cat("branch of ", one.step),
                       choice ? Value::number(std::int64_t{choice->branch}) : Value());
    }
    diagnostics.clear();
    null_conditions = 0;
    return out;
  };
  const auto before = consequences();
  const State kept = s;
  for (const std::string& field : corrected.changed) {
    StepRecord* changed = find_record(s, instance, id);
    changed->form = changed->form.with(field, form->get(field));
  }
  const auto after = consequences();
  s = kept;
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
    if (!equal_strict(before[i].second, after[i].second)) corrected.affected.push_back(before[i].first);
  std::vector<Entry> changed_fields;
  for (const std::string& field : corrected.changed) changed_fields.emplace_back(field, form->get(field));
  emit(std::move(corrected), Value::context({{"form", Value::context(std::move(changed_fields))},
                                             {"reason", Value::string(correct.reason)}}));
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
