// What the people of the demo write into the forms of the steps.
#include "office.hpp"
#include "shorthand.hpp"

#include "aesop/base/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace demo {

using aesop::Entry;
using aesop::Value;

namespace {

Value form(std::vector<Entry> entries) { return Value::context(std::move(entries)); }

Value codes_of(const Claim& claim) {
  std::vector<Value> codes;
  for (const Line& line : claim.lines) codes.push_back(text(line.code));
  return Value::list(std::move(codes));
}

std::string_view cause_of_rejection(const Claim& claim, std::uint32_t visit) {
  const std::size_t at = visit - 1;
  const std::string_view category =
      at < claim.categories.size() ? std::string_view(claim.categories[at]) : "A7";
  if (category == "A3") return "payer_id";
  if (category == "A6") return "registration";
  if (category == "A8") return "provider_id";
  return category == "999" ? "format" : "tooth_or_surface";
}

}  // namespace

Value form_for(std::string_view step, std::uint32_t visit, const Claim& claim, const Denial* denial,
               const Outside& outside, std::size_t index, int line, Random& random) {
  if (step == "eligibility") {
    if (claim.lapsed_cover && visit == 1) return form({{"status", text("inactive")}});
    return form({{"status", text("active")}, {"benefits_left", Value::number(random.between(200, 2000))}});
  }
  if (step == "coverage_problem")
    return form({{"result", text(claim.self_pay ? "self_pay" : "other_insurance")}});
  if (step == "preauth") return form({{"sent", Value::boolean(true)}});
  if (step == "preauth_chase") return form({{"said", text("still_working")}});
  if (step == "treatment_notes")
    return form({{"note_reference", text(aesop::cat("N-", claim.number, '-', visit))},
                 {"locked", Value::boolean(true)}});
  if (step == "coding") {
    const bool agrees = visit > 1 || !random.chance(4);
    return form({{"codes_done", codes_of(claim)},
                 {"fee", money(claim.amount())},
                 {"agrees", Value::boolean(agrees)}});
  }
  if (step == "too_late") return form({{"course", text("close")}, {"cause", text("charge_lag")}});
  if (step == "send_by_hand") return form({{"control", text(aesop::cat("PORTAL-", claim.number))}});
  if (step == "find_claim") return form({{"found", text("lost")}});
  if (step == "status_inquiry") return form({{"said", text("in_process")}});
  if (step == "fix_rejection") return form({{"root_cause", text(cause_of_rejection(claim, visit))}});
  if (step == "post_by_hand")
    return form({{"posted_amount", money(claim.amount())},
                 {"why", text(random.chance(60) ? "amount_differs" : "no_match")}});
  if (step == "triage" && denial != nullptr)
    return form({{"root_cause", text(denial->root_cause)},
                 {"action", text(denial->action)},
                 {"why", text("as the remittance and the chart show")}});
  if (step == "correct_line")
    return form({{"result", text("corrected")}, {"changed", text("as the remark code asks")}});
  if (step == "appeal") return form({{"argument", text("records and images show the necessity")}});
  if (step == "reroute") return form({{"to_payer", text("unitas")}});
  if (step == "second_look") {
    const bool hopeless = denial == nullptr || !denial->wins;
    return form({{"course", text(hopeless && visit > 1 ? "write_off" : "appeal")}});
  }
  if (step == "post_write_off") return form({{"posted_amount", money(outside.line_cents(index, line))}});
  if (step == "bill_patient") return form({{"moved_amount", money(outside.line_cents(index, line))}});
  if (step == "collect") {
    const bool lost = claim.patient_days == 0 && visit > 1;
    return form({{"result", text(lost                ? "uncollectible"
                                 : random.chance(15) ? "payment_plan"
                                                     : "statement_sent")}});
  }
  if (step == "close_reason")
    return form({{"reason", text(random.chance(50) ? "small_balance" : "patient_unreachable")},
                 {"explanation", text("three statements and two calls without an answer")}});
  if (step == "director_review")
    return form({{"decision", text(random.chance(35) ? "close" : "keep_working")},
                 {"explanation", text("seen with the lead")}});
  // The take-over of unresolved claims.
  if (step == "take_over") return form({{"found", text(claim.silent ? "no_answer" : "denied")}});
  if (step == "act") return form({{"way", text(visit == 1 ? "status_call" : "provider_relations")}});
  if (step == "to_director") return form({{"advice", text("keep_working")}});
  return {};
}

}  // namespace demo
