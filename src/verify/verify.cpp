#include "aesop/verify/verify.hpp"

#include "verify/checks.hpp"

#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"

#include <utility>

namespace aesop {
inline namespace v0 {

namespace {

using Check = void (*)(const verifying::Context&, Findings&);

struct Row {
  Check check;
  CheckInfo info;
};

namespace v = verifying;

constexpr Row rows[] = {
    {v::unreachable_step, {"unreachable-step", Severity::error, "a step that no token ever comes to"}},
    {v::dead_end, {"dead-end", Severity::error, "a step from which no end can be reached"}},
    {v::busy_loop, {"busy-loop", Severity::error, "a circle in which nothing waits for a person or a time"}},
    {v::join_never_fires, {"join-never-fires", Severity::error, "a join of ways that are alternatives"}},
    {v::join_by_rung,
     {"join-by-rung", Severity::error, "a rung that sends a token where a join waits for others"}},
    {v::join_waits_forever, {"join-waits-forever", Severity::error, "a join that may wait in vain"}},
    {nullptr, {"not-fully-explored", Severity::note, "a procedure of too many states to look at them all"}},
    {v::entered_twice, {"entered-twice", Severity::warning, "a step that two strands reach without a join"}},
    {v::approval_refused,
     {"approval-refused", Severity::error, "an approval whose refusal leads nowhere else"}},
    {v::no_else, {"no-else", Severity::error, "a choice that may lead nowhere"}},
    {v::branch_never_taken, {"branch-never-taken", Severity::warning, "a branch that can never be taken"}},
    {v::no_time_limit, {"no-time-limit", Severity::error, "a step that may wait for ever"}},
    {v::due_never_begins,
     {"due-never-begins", Severity::error, "a time limit counted from what comes later"}},
    {v::nobody_told, {"nobody-told", Severity::error, "a step that is late without anybody knowing"}},
    {v::raci_accountable,
     {"raci-accountable", Severity::error, "a step without exactly one accountable role"}},
    {v::raci_responsible, {"raci-responsible", Severity::error, "a task that nobody does"}},
    {v::raci_two_letters, {"raci-two-letters", Severity::warning, "a role with two parts in one step"}},
    {v::raci_many_consulted, {"raci-many-consulted", Severity::warning, "more than three consulted roles"}},
    {v::raci_one_role, {"raci-one-role", Severity::warning, "one role responsible for everything"}},
    {v::review_by_performer, {"review-by-performer", Severity::warning, "a role that reviews its own work"}},
    {v::not_paged, {"not-paged", Severity::warning, "a page to a role without a pager"}},
    {v::handoff_unacknowledged,
     {"handoff-unacknowledged", Severity::error, "a handoff nobody has to acknowledge"}},
    {v::perhaps_misspelt,
     {"perhaps-misspelt", Severity::warning, "a receiver or an SOP that is nearly a known one"}},
    {v::handoff_never, {"handoff-never", Severity::error, "a handoff that never begins"}},
    {v::exception_approvers, {"exception-approvers", Severity::error, "an exception that nobody approves"}},
    {v::exception_time,
     {"exception-time", Severity::warning, "a request or an emergency without a time limit"}},
    {v::exception_skips_gate,
     {"exception-skips-gate", Severity::warning, "an exception from one check that skips the whole step"}},
    {v::skip_unclear, {"skip-unclear", Severity::warning, "a skip that may lead anywhere"}},
    {v::due_unanchored,
     {"due-unanchored", Severity::warning, "a time limit that counts from what may not have happened"}},
    {v::bounds_impossible, {"bounds-impossible", Severity::error, "bounds that no value keeps"}},
    {v::clock_never_stops, {"clock-never-stops", Severity::error, "a clock that nothing stops"}},
    {v::clock_idle, {"clock-idle", Severity::warning, "a clock that never does anything"}},
    {v::phi_in_plain_system,
     {"phi-in-plain-system", Severity::warning, "protected data in a system not declared for it"}},
    {v::wait_in_vain, {"wait-in-vain", Severity::warning, "a wait for a condition that nothing changes"}},
    {v::event_missed,
     {"event-missed", Severity::note, "an event that may come before the step that needs it"}},
    {nullptr, {"table-overlap", Severity::error, "rows of a table that match one input where only one may"}},
    {nullptr, {"table-gap", Severity::warning, "inputs for which no row of a table matches"}},
    {nullptr, {"table-masked-row", Severity::warning, "a row of a table that never decides"}},
    {nullptr, {"table-duplicate-row", Severity::error, "two rows of a table that are the same"}},
    {nullptr, {"table-cell-never-passes", Severity::warning, "a cell of a table that nothing passes"}},
    {nullptr, {"table-subsumed-row", Severity::note, "a row of a table that says nothing of its own"}},
    {nullptr, {"table-mergeable-rows", Severity::note, "rows of a table that could be one"}},
    {nullptr, {"table-idle-column", Severity::note, "a column of a table that changes nothing"}},
    {nullptr, {"table-needless-first", Severity::note, "\"first\" where \"unique\" would do"}},
    {nullptr, {"table-analysis-stopped", Severity::note, "a table too large to look at all of it"}},
    {nullptr, {"unused", Severity::note, "something declared and not used"}},
};

}  // namespace

std::span<const CheckInfo> verify_checks() {
  static const std::vector<CheckInfo> infos = [] {
    std::vector<CheckInfo> out;
    for (const Row& row : rows) out.push_back(row.info);
    return out;
  }();
  return infos;
}

Findings verify(const Definition& definition, const Plan* plan) {
  Findings findings;
  const verifying::Context context(definition);
  for (const Row& row : rows)
    if (row.check) row.check(context, findings);
  if (plan) {
    verifying::branch_masked(context, *plan, findings);
    verifying::tables(*plan, findings);
    verifying::unused(context, *plan, findings);
  }
  return findings;
}

Checked check(std::string_view text, std::string name, const Ports& ports) {
  Checked out;
  out.source = std::make_shared<const SourceText>(name, std::string(text));
  auto loaded = load(text, std::move(name), out.findings);
  if (!loaded) return out;
  out.definition = *loaded;
  out.source = out.definition->source;
  auto planned = plan(out.definition, out.findings, ports);
  if (planned) out.plan = planned.take();
  out.findings.append(verify(*out.definition, out.plan.get()));
  return out;
}

}  // namespace v0
}  // namespace aesop
