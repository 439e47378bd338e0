// Every reason for which a command can be refused: the one table for code, answers and docs/commands.md.
// Part run; depends on nothing. Slugs are permanent.
#pragma once

#include <string_view>

namespace aesop {
inline namespace v0 {

struct RejectionInfo {
  std::string_view reason;
  std::string_view text;  ///< one sentence, lower case first letter, no full stop
};

inline constexpr RejectionInfo rejection_table[] = {
    // the run
    {"already_running", "a run of this SOP for this subject and key is open at this scope"},
    {"already_done",
     "a run of this SOP for this subject and key has been before and the SOP does not allow another"},
    {"already_started", "the run has already begun"},
    {"run_closed", "the run is over"},
    {"run_suspended", "the run is suspended"},
    {"not_suspended", "the run or task is not suspended"},
    {"conflict", "the run has moved on since the revision the caller gave"},
    {"late_fact_too_late", "the fact is reported later than the SOP allows"},
    {"occurred_in_future", "occurred_at lies after at"},
    {"limit", "a documented limit of the run would be passed"},
    // what is addressed
    {"unknown_step", "the SOP has no step of this name"},
    {"unknown_event", "the SOP declares no event of this name"},
    {"unknown_item", "the step has no checklist item of this name"},
    {"unknown_variable", "the SOP declares no variable of this name"},
    {"unknown_exception", "the run has no exception of this id"},
    {"unknown_handoff", "the run has no handoff of this id"},
    {"unknown_incident", "the run has no open incident of this id"},
    {"not_active", "the step is not active, or no longer"},
    {"ambiguous", "several tasks fit; name the task, its instance or its visit"},
    {"wrong_kind", "the step is of another kind than the command is for"},
    {"wrong_state", "the task is not in a state that allows this"},
    {"subject_mismatch", "the event is about another subject or key than the run"},
    // who
    {"not_permitted", "the actor's roles or scope do not allow this"},
    {"not_candidate", "the actor is not among those who may do this task"},
    {"not_owner", "somebody else holds the task"},
    {"separation_of_duty", "the actor may not do this because of what the same person did before"},
    {"requester_may_not_decide", "whoever asked for an exception may not decide on it"},
    {"already_decided", "this person has already decided, or the matter is settled"},
    // what is missing
    {"blocked", "something the step demands is missing"},
    {"bad_form", "the form does not fit the step"},
    {"bad_reading", "the reading is missing, no number, or out of range"},
    {"bad_evidence", "the evidence is not of the kind demanded"},
    {"bad_data", "a value does not fit its declaration"},
    {"reason_missing", "a reason is demanded"},
    {"not_allowed", "the SOP does not allow this way out of an incident"},
    // exceptions
    {"no_policy", "the SOP has no exception policy that allows this"},
    {"documents_missing", "the policy demands documents that were not given"},
    {"not_approved", "the exception is not approved"},
    {"expired", "the approval of the exception has expired"},
    {"used_up", "the policy allows no further exception in this run"},
    {"too_long", "the extension is longer than the policy allows"},
    // the store as a whole
    {"already_published", "this version of the SOP was published with another text"},
    {"unsound_definition", "the SOP has errors and is not published"},
    {"cursor_mismatch", "the events do not follow those the feed brought last"},
    {"unknown_parameter", "the SOP declares no parameter of this name"},
    {"not_overridable", "the SOP does not let this parameter be set at a scope this deep"},
    {"unknown_effect", "no such effect is in the outbox"},
    {"lease_lost", "the effect was handed out again since, and is somebody else's to report on"},
    {"bad_receipt", "the receipt is not one of this verdict, these rules and these facts"},
    {"run_not_closed", "data is erased of runs that are over, and this one is not"},
    {"effect_pending", "an effect of the run is still in the outbox"},
    {"not_supported", "this version of the library does not do this yet"},
};

/// The sentence of a reason; empty for one that is not in the table.
constexpr std::string_view rejection_text(std::string_view reason) {
  for (const RejectionInfo& row : rejection_table)
    if (row.reason == reason) return row.text;
  return {};
}

}  // namespace v0
}  // namespace aesop
