// Names whose value nothing changes while a run goes on. Part verify, private.
#pragma once

#include "verify/flow.hpp"

#include "aesop/model/definition.hpp"

#include <set>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace verifying {

/// Run variables and parameters that no event, step or branch sets and no form, result or instance hides.
inline std::set<std::string_view> steady_names(const Definition& file) {
  std::set<std::string_view> steady;
  for (const FieldDefinition& variable : file.data) steady.insert(variable.name);
  for (const ParameterDefinition& parameter : file.parameters) steady.insert(parameter.type.name);
  const auto changed = [&](const std::vector<SetDefinition>& sets) {
    for (const SetDefinition& set : sets) steady.erase(set.name.text);
  };
  for (const EventDefinition& event : file.events) changed(event.sets);
  each_step(file.steps, [&](const StepDefinition& step) {
    changed(step.set);
    for (const BranchDefinition& branch : step.next) changed(branch.set);
    for (const WaitDefinition& wait : step.waits) changed(wait.set);
    for (const auto* fields : {&step.form, &step.result})
      for (const FieldDefinition& field : *fields) steady.erase(field.name);
    if (!step.each) return;
    steady.erase(step.each->as.text);
    for (const FieldDefinition& field : step.each->data) steady.erase(field.name);
  });
  return steady;
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
