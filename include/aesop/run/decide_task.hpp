// Verbs on human tasks up to their completion: who holds them, checklist, evidence, drafts. Part run, private.
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

inline constexpr std::size_t max_inline_evidence = 256 * 1024;

// The active step a command is about; refuses when there is none or several.
inline Activity* Machine::address(const TaskAddress& target, ActivityKind kind, bool any_kind) {
  Activity* found = nullptr;
  if (target.task) {
    const std::optional<TaskName> name = parse_task_id(s.id, *target.task);
    if (!name) {
      fail(ErrorCode::invalid_argument,
           cat("\"", printable(*target.task, 80), "\" is no task of run ", s.id));
      return nullptr;
    }
    // An id from before the token moved on, or the service was asked again, is about something that is over.
    found = find_activity(s, name->token);
    if (found && found->since != name->since) found = nullptr;
    if (found && target.step && found->step != *target.step) found = nullptr;
    if (found && target.visit && found->visit != *target.visit) found = nullptr;
  } else if (target.step) {
    if (plan.find(*target.step) == nullptr) {
      std::vector<std::string_view> known;
      for (const PlanStep& step : plan.steps()) known.push_back(step.id);
      const auto near = did_you_mean(*target.step, known);
      reject("unknown_step", cat("the SOP has no step ", printable(*target.step, 60),
                                 near ? cat("; did you mean ", *near, "?") : std::string()));
      return nullptr;
    }
    std::vector<Value> fitting;
    for (Activity& activity : s.activities) {
      if (activity.step != *target.step) continue;
      if (target.instance && activity.instance != *target.instance) continue;
      if (target.visit && activity.visit != *target.visit) continue;
      fitting.push_back(Value::string(task_id(s.id, activity)));
      found = &activity;
    }
    if (fitting.size() > 1) {
      reject("ambiguous", {}, {{"tasks", Value::list(std::move(fitting))}});
      return nullptr;
    }
  } else {
    fail(ErrorCode::schema_error, cat(command->verb(), " names no task: give \"task\" or \"step\""));
    return nullptr;
  }
  if (found == nullptr) {
    reject("not_active");
    return nullptr;
  }
  if (!any_kind && found->kind != kind) {
    reject("wrong_kind",
           cat("step ", found->step, " is a ", name_of(found->kind), ", not a ", name_of(kind)));
    return nullptr;
  }
  return found;
}

// Fields given, laid over those saved.
inline Value Machine::laid_over(const Value& saved, const Value& form) const {
  if (!saved.is_context()) return form.is_null() ? Value::context({}) : form;
  Value out = saved;
  for (const Entry& entry : form.entries()) out = out.with(entry.first, entry.second);
  return out;
}

// The form with its declared types; refuses when a field does not fit. Missing fields stay missing.
inline std::optional<Value> Machine::typed_form(const PlanStep& step, const Value& form,
                                                std::string_view what) {
  std::vector<Value> problems;
  std::vector<Entry> typed;
  if (!form.is_null() && !form.is_context()) {
    reject(what == "result" ? "bad_data" : "bad_form", cat(what, " must be an object"));
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const PlanField& field : step.form) known.push_back(field.definition->name);
  for (const Entry& entry : form.entries()) {
    const auto at = std::find_if(step.form.begin(), step.form.end(),
                                 [&](const PlanField& f) { return f.definition->name == entry.first; });
    if (at == step.form.end()) {
      const auto near = did_you_mean(entry.first, known);
      problems.push_back(Value::string(cat(printable(entry.first, 60), " is not a field of ", step.id,
                                           near ? cat("; did you mean ", *near, "?") : std::string())));
      continue;
    }
    auto value = conform(entry.second, *at->definition);
    if (value)
      typed.emplace_back(entry.first, value.take());
    else
      problems.push_back(Value::string(value.error().help.empty()
                                           ? value.error().message
                                           : cat(value.error().message, " (", value.error().help, ')')));
  }
  if (!problems.empty()) {
    const std::string first(problems.front().as_string());
    reject(what == "result" ? "bad_data" : "bad_form", first,
           {{"problems", Value::list(std::move(problems))}});
    return std::nullopt;
  }
  return Value::context(std::move(typed));
}

inline void Machine::decide_task() {
  const Operation& row = *find_operation(command->type());
  const TaskAddress* target = nullptr;
  command->body.visit([&](const auto& body) {
    if constexpr (requires { body.target; }) target = &body.target;
  });
  const Activity* activity = address(*target, ActivityKind::task);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (!permit(row, *activity, step)) return;
  const TokenId token = activity->token;

  switch (command->type()) {
    case CommandType::claim:
      return emit(TaskClaimed{token});
    case CommandType::start_task:
      return emit(TaskStarted{token});
    case CommandType::stop:
      return emit(TaskStopped{token});
    case CommandType::release:
      return emit(TaskReleased{token});
    case CommandType::forward: {
      emit(TaskForwarded{token, activity->owner.empty() ? actor().id : activity->owner});
      // When he was the last who could do it, those accountable must know.
      activity = find_activity(s, token);
      const bool known = std::any_of(s.incidents.begin(), s.incidents.end(), [&](const Incident& i) {
        return i.token == token && i.kind == "unstaffed";
      });
      if (activity == nullptr || !has_directory() || known) return;
      std::vector<std::string> out = kept_out(step, activity->instance);
      for (const std::string& person : activity->excluded) add_sorted(out, person);
      if (candidates_for(activity->roles, out).empty())
        incident("unstaffed", activity, {}, cat("nobody here may do ", step.id, " any more"));
      return;
    }
    case CommandType::delegate: {
      const std::string& to = command->as<Delegate>()->to;
      if (to.empty()) return reject("bad_data", "the delegate is not named");
      if (contains(kept_out(step, activity->instance), to)) return reject("separation_of_duty");
      if (contains(activity->excluded, to))
        return reject("not_candidate", "the delegate gave this task to others");
      if (has_directory() && !contains(candidates_for(activity->roles, {}), to) &&
          !contains(activity->candidates, to))
        return reject("not_candidate",
                      cat("the delegate does not act as ", join(activity->roles, ", "), " here"));
      return emit(TaskDelegated{token, to, activity->owner.empty() ? actor().id : activity->owner});
    }
    case CommandType::suspend_task: {
      TaskSuspended suspend{token, {}};
      if (const auto& wake = command->as<SuspendTask>()->until) {
        if (*wake <= now) return reject("bad_data", "the time to go on lies in the past");
        ArmedClock clock;
        clock.id = step_clock_id("resume", step, activity->instance);
        clock.occurrence = activity->visit;
        clock.kind = ClockKind::task_resume;
        clock.token = token;
        clock.instance = activity->instance;
        clock.ref = step.id;
        clock.started = now;
        clock.due = *wake;
        clock.rungs = {{0, *wake, 0}};
        suspend.clocks.push_back(std::move(clock));
      }
      return emit(std::move(suspend));
    }
    case CommandType::resume_task: {
      TaskResumed resume{token, {}};
      for (const Clock& clock : s.clocks)
        if (clock.armed.token == token && frozen(clock))
          resume.clocks.push_back(resumed(clock, *activity->suspended_at));
      return emit(std::move(resume));
    }
    case CommandType::save: {
      auto form = typed_form(step, command->as<SaveForm>()->form, "form");
      if (!form) return;
      return emit(FormSaved{token}, Value::context({{"form", laid_over(activity->form, *form)}}));
    }
    default:
      break;
  }

  // The checklist.
  const auto find_item = [&](std::string_view address) -> const PlanItem* {
    for (const PlanItem& item : step.checklist)
      if (item.address == address) return &item;
    std::vector<std::string_view> known;
    for (const PlanItem& item : step.checklist) known.push_back(item.address);
    reject("unknown_item", cat("step ", step.id, " has no item ", printable(address, 60),
                               "; its items: ", join(known, ", ")));
    return nullptr;
  };
  if (const TickItem* tick = command->as<TickItem>()) {
    const PlanItem* item = find_item(tick->item);
    if (item == nullptr) return;
    std::vector<Entry> data;
    const bool reading =
        item->definition->evidence && item->definition->evidence->kind == EvidenceDefinition::Kind::reading;
    if (reading) {
      if (std::string problem = reading_problem(*item->definition->evidence, tick->reading); !problem.empty())
        return reject("bad_reading", problem);
      data.emplace_back("reading", tick->reading);
    } else if (!tick->reading.is_null()) {
      return reject("bad_reading", "this item takes no reading");
    }
    if (tick->note) data.emplace_back("note", Value::string(*tick->note));
    return emit(ItemTicked{token, tick->item, reading},
                data.empty() ? Value() : Value::context(std::move(data)));
  }
  if (const UntickItem* untick = command->as<UntickItem>()) {
    if (find_item(untick->item) == nullptr) return;
    if (find_tick(*activity, untick->item) == nullptr) return reject("wrong_state", "the item is not ticked");
    return emit(ItemUnticked{token, untick->item});
  }
  if (const AttachEvidence* attach = command->as<AttachEvidence>()) {
    const PlanItem* item = nullptr;
    if (attach->item && (item = find_item(*attach->item)) == nullptr) return;
    const auto hash = hash_from_hex(attach->sha256);
    if (!hash) return reject("bad_evidence", "sha256 must be 64 hexadecimal digits");
    if (attach->uri.has_value() == attach->inline_base64.has_value())
      return reject("bad_evidence", "evidence has either a uri or its bytes inline");
    if (attach->inline_base64) {
      const auto bytes = from_base64(*attach->inline_base64);
      if (!bytes) return reject("bad_evidence", "inline must be base64");
      if (bytes->size() > max_inline_evidence) return reject("limit", "inline evidence is at most 256 KiB");
      if (facts.ports && facts.ports->hash && facts.ports->hash->sha256(*bytes) != *hash)
        return reject("bad_evidence", "the bytes do not have the hash given");
    }
    if (item && item->definition->evidence && !item->definition->evidence->media.empty() &&
        !contains(item->definition->evidence->media, attach->media_type))
      return reject("bad_evidence", cat("the item takes ", join(item->definition->evidence->media, ", ")));
    if (item && item->definition->evidence && item->definition->evidence->media.empty() &&
        item->definition->evidence->kind == EvidenceDefinition::Kind::photo &&
        !attach->media_type.starts_with("image/"))
      return reject("bad_evidence", "a photo is an image; its media type begins with image/");
    std::vector<Entry> data;
    if (attach->label) data.emplace_back("name", Value::string(*attach->label));
    if (attach->uri) data.emplace_back("uri", Value::string(*attach->uri));
    if (attach->inline_base64) data.emplace_back("inline", Value::string(*attach->inline_base64));
    return emit(EvidenceAttached{token, attach->item.value_or(""), to_hex(*hash), attach->media_type},
                Value::context(std::move(data)));
  }
  fail(ErrorCode::internal, cat(command->verb(), " is not a task's"));
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
