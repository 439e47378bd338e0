// Body of effects(). Included by effects.hpp alone.
#pragma once

#include "aesop/run/effects.hpp"
#include "aesop/run/projection.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

class EffectMaker {
 public:
  EffectMaker(const Plan& plan, const State& after, const Event& event, std::uint64_t revision,
              const DirectoryView* directory)
      : plan_(plan),
        s_(after),
        e_(event),
        revision_(revision ? revision : after.revision),
        directory_(directory) {}

  template <class T>
  void operator()(const T&) {}

  void operator()(const StepEntered& c) {
    if (c.unstaffed) tell("notify", "unstaffed", c.step, c.token, people(c.managers), {});
    if (c.kind == ActivityKind::approval && !c.candidates.empty())
      tell("notify", "approval", c.step, c.token, c.candidates, {});
  }
  void operator()(const RungFired& c) {
    for (const Resolved& one : c.resolved) {
      if (one.action == "reassign") continue;
      const std::string step = c.token ? c.ref : std::string();
      std::vector<Entry> more = {{"target", Value::string(one.target)},
                                 {"timer", Value::string(c.timer)},
                                 {"clock", Value::string(c.ref)},
                                 {"rung", Value::number(std::int64_t{c.rung})},
                                 {"due", Value::string(to_string(c.due))}};
      tell(one.action, "rung", step, c.token, one.people, std::move(more));
    }
  }
  void operator()(const TaskReassigned& c) {
    std::vector<Entry> body = base("rung", step_of(c.token), c.token);
    body.emplace_back("roles", list(c.roles));
    body.emplace_back("people", list(c.candidates));
    body.emplace_back("cause", Value::string(c.cause));
    add("reassigned", std::move(body));
  }
  void operator()(const ServiceRequested& c) {
    std::vector<Entry> body = base("service", c.step, c.token);
    body.emplace_back("operation", Value::string(c.operation));
    body.emplace_back("attempt", Value::number(std::int64_t{c.attempt}));
    body.emplace_back("with", e_.data.get("with"));
    add("service", std::move(body));
  }
  void operator()(const LinkedRunRequested& c) {
    add("start_run", {{"sop", Value::string(c.sop)},
                      {"subject", Value::string(s_.subject)},
                      {"key", Value::string(s_.key)},
                      {"scope", Value::string(s_.scope)},
                      {"thread", Value::string(c.thread)},
                      {"from", Value::string(s_.id)},
                      {"cause", Value::string(c.cause)}});
  }
  void operator()(const HandoffMade& c) {
    add("handoff", {{"id", Value::string(c.id)},
                    {"handoff", Value::string(c.handoff)},
                    {"from", Value::string(c.from)},
                    {"to", Value::string(c.to)},
                    {"people", list(c.people)},
                    {"subject", Value::string(s_.subject)},
                    {"with", e_.data.get("with")}});
  }
  void operator()(const IncidentRaised& c) {
    if (c.people.empty()) return;
    tell("notify", "incident", c.step, c.token, c.people,
         {{"incident", Value::string(c.id)}, {"kind", Value::string(c.kind)}});
  }
  void operator()(const ExceptionRequested& c) { asked(c.id, c.policy, c.step, c.people); }
  void operator()(const ExceptionPassedOn& c) {
    const Deviation* deviation = find_deviation(s_, c.id);
    asked(c.id, deviation ? deviation->policy : std::string(), deviation ? deviation->step : std::string(),
          c.people);
  }
  void operator()(const EmergencyInvoked& c) {
    if (const auto told = or_accountable(c.people, c.step); !told.empty())
      tell("notify", "emergency", c.step, 0, told,
           {{"exception", Value::string(c.id)},
            {"policy", Value::string(c.policy)},
            {"by", Value::string(c.by)}});
  }
  void operator()(const EmergencyReviewOverdue& c) {
    const Deviation* deviation = find_deviation(s_, c.id);
    const std::string step = deviation ? deviation->step : std::string();
    if (const auto told = or_accountable(c.people, step); !told.empty())
      tell("page", "emergency_review_overdue", step, 0, told, {{"exception", Value::string(c.id)}});
  }

  std::vector<Effect> out = {};

 private:
  static Value list(const std::vector<std::string>& names) {
    std::vector<Value> items;
    items.reserve(names.size());
    for (const std::string& name : names) items.push_back(Value::string(name));
    return Value::list(std::move(items));
  }
  // A role that nobody holds here, or of which nothing is known, stands for itself: the host may know better.
  std::vector<std::string> people(const std::vector<std::string>& roles) const {
    std::vector<std::string> out;
    for (const std::string& role : roles) {
      std::vector<std::string> found;
      if (directory_ != nullptr && !directory_->empty()) found = directory_->people(role, s_.scope);
      if (found.empty()) found.push_back(cat("role:", role));
      for (std::string& person : found)
        if (std::find(out.begin(), out.end(), person) == out.end()) out.push_back(std::move(person));
    }
    return out;
  }
  // Where nobody is there to decide, those accountable for the step are told.
  std::vector<std::string> or_accountable(const std::vector<std::string>& persons,
                                          std::string_view step) const {
    const PlanStep* of = persons.empty() ? plan_.find(step) : nullptr;
    return of ? people(of->accountable) : persons;
  }
  std::string step_of(TokenId token) const {
    const Activity* activity = find_activity(s_, token);
    return activity ? activity->step : std::string();
  }
  std::vector<Entry> base(std::string_view about, const std::string& step, TokenId token) const {
    std::vector<Entry> body = {{"about", Value::string(about)}, {"subject", Value::string(s_.subject)}};
    if (!step.empty()) {
      body.emplace_back("step", Value::string(step));
      if (const PlanStep* of = plan_.find(step))
        body.emplace_back("title", Value::string(of->definition->title.text));
    }
    // A task that is over already, or was entered again by what the decision did later, is not named.
    if (const Activity* activity = find_activity(s_, token); activity && activity->since <= revision_)
      body.emplace_back("task", Value::string(task_id(s_.id, *activity)));
    return body;
  }
  void tell(std::string_view kind, std::string_view about, const std::string& step, TokenId token,
            const std::vector<std::string>& persons, std::vector<Entry> more) {
    std::vector<Entry> body = base(about, step, token);
    body.emplace_back("people", list(persons));
    for (Entry& one : more) body.push_back(std::move(one));
    add(kind, std::move(body));
  }
  void asked(const std::string& id, const std::string& policy, const std::string& step,
             const std::vector<std::string>& persons) {
    if (const auto told = or_accountable(persons, step); !told.empty())
      tell("notify", "exception", step, 0, told,
           {{"exception", Value::string(id)}, {"policy", Value::string(policy)}});
  }
  void add(std::string_view kind, std::vector<Entry> body) {
    Effect effect;
    effect.key = cat(s_.id, '/', revision_, '/', out.size() + 1);
    effect.kind = kind;
    effect.run = s_.id;
    effect.revision = revision_;
    effect.body = Value::context(std::move(body));
    out.push_back(std::move(effect));
  }

  const Plan& plan_;
  const State& s_;
  const Event& e_;
  std::uint64_t revision_;
  const DirectoryView* directory_;
};

}  // namespace detail

inline std::vector<Effect> effects(const Plan& plan, const State& after, const Event& event,
                                   std::uint64_t revision, const DirectoryView* directory) {
  detail::EffectMaker maker(plan, after, event, revision, directory);
  event.control.visit(maker);
  return std::move(maker.out);
}

}  // namespace v0
}  // namespace aesop
