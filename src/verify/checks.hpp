// The checks, one function and one file each. Part verify, private. verify.cpp runs them in this order.
#pragma once

#include "verify/flow.hpp"

#include "aesop/base/finding.hpp"

namespace aesop {
inline namespace v0 {

class Plan;

namespace verifying {

void unreachable_step(const Context& context, Findings& findings);
void dead_end(const Context& context, Findings& findings);
void busy_loop(const Context& context, Findings& findings);
void join_never_fires(const Context& context, Findings& findings);
void join_waits_forever(const Context& context, Findings& findings);
void join_by_rung(const Context& context, Findings& findings);
void entered_twice(const Context& context, Findings& findings);
void approval_refused(const Context& context, Findings& findings);
void no_else(const Context& context, Findings& findings);
void no_time_limit(const Context& context, Findings& findings);
void due_never_begins(const Context& context, Findings& findings);
void nobody_told(const Context& context, Findings& findings);
void raci_accountable(const Context& context, Findings& findings);
void raci_responsible(const Context& context, Findings& findings);
void raci_two_letters(const Context& context, Findings& findings);
void raci_many_consulted(const Context& context, Findings& findings);
void raci_one_role(const Context& context, Findings& findings);
void review_by_performer(const Context& context, Findings& findings);
void not_paged(const Context& context, Findings& findings);
void handoff_unacknowledged(const Context& context, Findings& findings);
void perhaps_misspelt(const Context& context, Findings& findings);
void handoff_never(const Context& context, Findings& findings);
void exception_approvers(const Context& context, Findings& findings);
void exception_time(const Context& context, Findings& findings);
void exception_skips_gate(const Context& context, Findings& findings);
void skip_unclear(const Context& context, Findings& findings);
void due_unanchored(const Context& context, Findings& findings);
void bounds_impossible(const Context& context, Findings& findings);
void clock_never_stops(const Context& context, Findings& findings);
void clock_idle(const Context& context, Findings& findings);
void branch_never_taken(const Context& context, Findings& findings);
void phi_in_plain_system(const Context& context, Findings& findings);
void wait_in_vain(const Context& context, Findings& findings);
void event_missed(const Context& context, Findings& findings);
void branch_masked(const Context& context, const Plan& plan, Findings& findings);
void tables(const Plan& plan, Findings& findings);
void unused(const Context& context, const Plan& plan, Findings& findings);

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
