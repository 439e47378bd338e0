// What a task still lacks before it can be completed. Part run, private; decide and why ask the same question here.
#pragma once

#include "aesop/run/machine_core.hpp"
#include "aesop/run/obstacle.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// What was found when a task's form, checklist and gate were gone through.
struct Readiness {
  std::vector<Obstacle> missing = {};
  std::vector<std::string> undone = {};      ///< items in force that may be left undone, and are
  std::vector<std::string> exceptions = {};  ///< approved ones that items left undone rest on
};

/// The list of what is missing, as a rejection shows it.
inline Value missing_list(const std::vector<Obstacle>& missing) {
  std::vector<Value> items;
  items.reserve(missing.size());
  for (const Obstacle& one : missing)
    items.push_back(Value::context({{"kind", Value::string(one.kind)},
                                    {"what", Value::string(one.what)},
                                    {"text", Value::string(one.text)}}));
  return Value::list(std::move(items));
}

/// Whether a field holds something: an empty text is as good as none.
inline bool filled_in(const Value& value) {
  return !value.is_null() && !(value.is_string() && trim(value.as_string()).empty());
}

inline const Tick* find_tick(const Activity& activity, std::string_view item) {
  for (const Tick& tick : activity.ticks)
    if (tick.item == item) return &tick;
  return nullptr;
}

/// Why a reading does not do; empty when it does.
inline std::string reading_problem(const EvidenceDefinition& evidence, const Value& reading) {
  if (!reading.is_number()) return "a reading is demanded";
  if (evidence.min && compare(reading, *evidence.min, nullptr).value_or(0) < 0)
    return cat("the reading is below ", to_string(*evidence.min), evidence.unit.empty() ? "" : " ",
               evidence.unit);
  if (evidence.max && compare(reading, *evidence.max, nullptr).value_or(0) > 0)
    return cat("the reading is above ", to_string(*evidence.max), evidence.unit.empty() ? "" : " ",
               evidence.unit);
  return {};
}

/// Goes through everything a task demands, with `form` as it would be completed and `reasons` for items left undone.
inline Readiness readiness(Machine& m, const Activity& activity, const PlanStep& step, const Value& form,
                           const Value& reasons) {
  Readiness out;
  RunPlace place;
  place.instance = activity.instance;
  place.step = step.ref;
  place.form = &form;
  const auto lacks = [&](std::string_view kind, std::string what, std::string text) {
    out.missing.push_back({activity.token, step.id, std::string(kind), std::move(what), std::move(text)});
  };
  for (const PlanField& field : step.form)
    if (!filled_in(form.get(field.definition->name)) && m.holds(field.required, place))
      lacks("form", field.definition->name, cat("field ", field.definition->name, " must be filled in"));
  std::optional<std::string> exception;
  for (const Deviation& deviation : m.s.exceptions)
    // More time, or a waived check of a gate, is no leave to leave things out.
    if (deviation.step == step.id && deviation.instance == activity.instance &&
        deviation.visit >= activity.visit && deviation.state == ExceptionState::approved &&
        deviation.allows == "skip")
      exception = deviation.id;
  for (const PlanItem& item : step.checklist) {
    if (!m.holds(item.when, place)) continue;
    const Tick* tick = find_tick(activity, item.address);
    const std::string& text = item.definition->text.text;
    std::vector<std::pair<std::string, std::string>> problems;
    if (tick == nullptr) problems.emplace_back("item", cat("\"", text, "\" is not ticked"));
    if (item.definition->evidence) {
      const EvidenceDefinition& evidence = *item.definition->evidence;
      if (evidence.kind == EvidenceDefinition::Kind::reading) {
        if (tick != nullptr)
          if (std::string problem = reading_problem(evidence, tick->reading); !problem.empty())
            problems.emplace_back("reading", cat("\"", text, "\": ", problem));
      } else if (std::none_of(activity.evidence.begin(), activity.evidence.end(),
                              [&](const Evidence& e) { return e.item == item.address; })) {
        problems.emplace_back("evidence", cat("\"", text, "\" lacks its ", to_string(evidence.kind)));
      }
    }
    if (problems.empty()) continue;
    bool blocks = item.enforce == Enforcement::must;
    if (item.enforce == Enforcement::must_unless_documented) {
      const Value& reason = reasons.get(item.address);
      if (exception && !(reason.is_string() && !reason.as_string().empty()))
        add_sorted(out.exceptions, *exception);
      else
        blocks = !(reason.is_string() && !trim(reason.as_string()).empty());
    }
    if (!blocks) {
      out.undone.push_back(item.address);
      continue;
    }
    for (auto& [kind, why] : problems) lacks(kind, item.address, why);
  }
  for (Obstacle& one : m.gate_obstacles(step, activity.token, place)) out.missing.push_back(std::move(one));
  m.diagnostics.clear();
  m.null_conditions = 0;
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
