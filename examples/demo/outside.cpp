// How the outside world of the demo reacts.
#include "outside.hpp"

#include "random.hpp"
#include "shorthand.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>
#include <utility>

namespace demo {

using aesop::Entry;
using aesop::Instant;
using aesop::Value;

Value money(int cents) { return Value::number(aesop::Decimal::scaled(cents, 2)); }

Outside::Outside(const std::vector<Claim>& claims, std::uint64_t seed)
    : claims_(claims), seed_(seed), state_(claims.size()) {
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const Claim& claim = claims_[i];
    Random random = random_for(seed_, claim.number + "/visit");
    std::vector<Value> codes;
    for (const Line& line : claim.lines) codes.push_back(text(line.code));
    report(i, claim.booked, "appointment.booked",
           {{"payer", text(claim.payer)},
            {"visit_at", Value::instant(claim.visit)},
            {"codes", Value::list(std::move(codes))},
            {"amount", money(claim.amount())},
            {"other_payer_first", Value::boolean(claim.other_payer_first)}});
    switch (claim.comes) {
      case Claim::Comes::cancels:
        report(i, claim.visit - hours(random.between(20, 60)), "appointment.cancelled",
               {{"reason", text("by the patient")}});
        break;
      case Claim::Comes::broken:
        report(i, claim.visit + minutes(30), "appointment.broken", {{"reason", text("did not come")}});
        break;
      case Claim::Comes::yes:
        if (claim.coverage_changes)
          report(i, claim.visit - hours(4), "patient.coverage_changed", {{"payer", text("unitas")}});
        report(i, claim.visit + minutes(random.between(25, 80)), "appointment.completed");
    }
  }
}

void Outside::report(std::size_t claim, Instant at, std::string_view event, std::vector<Entry> payload,
                     int cents) {
  queue_.push({at, ++order_, std::string(event), claim, Value::context(std::move(payload)), cents});
}

std::vector<FeedEvent> Outside::take(Instant until) {
  std::vector<FeedEvent> out;
  while (!queue_.empty() && queue_.top().at <= until) {
    out.push_back(queue_.top());
    queue_.pop();
    book(out.back());
  }
  return out;
}

void Outside::extract(std::ostream& out) const {
  const auto time = [](const std::optional<Instant>& at) {
    return at ? aesop::to_string(*at) : std::string();
  };
  out << "claim,clinic,payer,amount,seen_at,sent_at\n";
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const Claim& claim = claims_[i];
    const Ledger& ledger = state_[i];
    out << claim.number << ',' << claim.clinic->scope << ',' << claim.payer << ','
        << aesop::Decimal::scaled(claim.amount(), 2).to_string() << ',' << time(ledger.seen) << ','
        << time(ledger.sent) << '\n';
  }
}

int Books::open() const {
  int cents = -credits;
  for (const Charge& charge : charges) cents += charge.cents;
  return cents;
}

void Outside::book(const FeedEvent& event) {
  Ledger& ledger = state_[event.claim];
  if (event.event == "appointment.completed" && !ledger.seen) ledger.seen = event.at;
  if (event.event == "claim.sent" && !std::exchange(state_[event.claim].charged, true))
    books_.charges.push_back({event.at, event.cents});
  if (event.event == "payment.posted" || event.event == "balance.changed") books_.credits += event.cents;
  if (event.event != "denial.received") return;
  Books::Denied& denied = books_.denied[std::string(event.payload.get("carc").as_string())];
  ++denied.lines;
  denied.cents += event.cents;
}

std::string Outside::send(std::size_t index, Instant now) {
  const Claim& claim = claims_[index];
  Ledger& ledger = state_[index];
  ++ledger.sends;
  if (ledger.sends == 1) {
    ledger.insurance = claim.amount();
    ledger.sent = now;
  }
  Random random = random_for(seed_, aesop::cat(claim.number, "/send/", ledger.sends));
  const std::string control = aesop::cat("ICN", 100000 + order_);
  report(index, now, "claim.sent", {{"control_number", text(control)}, {"amount", money(claim.amount())}},
         claim.amount());
  if (claim.lost && ledger.sends == 1) return control;
  const Instant acknowledged = now + minutes(random.between(10, 90));
  const std::size_t attempt = static_cast<std::size_t>(ledger.sends - 1 - (claim.lost ? 1 : 0));
  if (attempt < claim.categories.size() && claim.categories[attempt] == "999") {
    report(index, acknowledged, "claim.rejected",
           {{"control_number", text(control)},
            {"category", text("999")},
            {"reason", text("the envelope is not readable")}});
    return control;
  }
  report(index, acknowledged, "claim.acknowledged", {{"control_number", text(control)}});
  const Instant answered = acknowledged + minutes(random.between(180, 1200));
  if (attempt < claim.categories.size()) {
    report(index, answered, "claim.rejected",
           {{"control_number", text(control)},
            {"category", text(claim.categories[attempt])},
            {"reason", text("see the status code")}});
    return control;
  }
  report(index, answered, "claim.accepted",
         {{"control_number", text(control)},
          {"category", text("A2")},
          {"payer_claim", text(aesop::cat("PC", 700000 + order_))}});
  if (!claim.silent) adjudicate(index, answered + days(claim.payer_days));
  return control;
}

const Denial* Outside::denial(std::size_t claim, int line) const {
  for (const Denial& denial : claims_[claim].denials)
    if (denial.line == line) return &denial;
  return nullptr;
}

int Outside::line_cents(std::size_t claim, int line) const {
  const auto& lines = claims_[claim].lines;
  const auto at = static_cast<std::size_t>(line - 1);
  return at < lines.size() ? lines[at].cents : 0;
}

void Outside::adjudicate(std::size_t index, Instant at) {
  const Claim& claim = claims_[index];
  int denied = 0;
  for (const Denial& denial : claim.denials)
    if (!denial.action.empty()) denied += line_cents(index, denial.line);
  const int adjusted = (claim.amount() - denied) / 8;
  const int paid = claim.amount() - denied - adjusted - claim.patient_cents;
  report(index, at, "era.received",
         {{"trace", text(aesop::cat("TRN", 500000 + order_))},
          {"paid", money(std::max(0, paid))},
          {"adjusted", money(adjusted)}});
  for (const Denial& denial : claim.denials) {
    report(index, at, "denial.received",
           {{"line", Value::number(denial.line)},
            {"code", text(claim.lines[static_cast<std::size_t>(denial.line - 1)].code)},
            {"carc", text(denial.carc)},
            {"rarc", text(denial.rarc)},
            {"group", text(denial.group)},
            {"amount", money(line_cents(index, denial.line))}},
           line_cents(index, denial.line));
  }
}

bool Outside::post(std::size_t index, Instant now, bool by_hand) {
  const Claim& claim = claims_[index];
  Ledger& ledger = state_[index];
  if (claim.hard_to_post && !by_hand && ledger.remittances == 0) return false;
  ++ledger.remittances;
  int paid = ledger.pending_payment;
  if (!ledger.posted) {
    ledger.posted = true;
    int denied = 0;
    for (const Denial& denial : claim.denials)
      if (!denial.action.empty()) denied += line_cents(index, denial.line);
    paid = claim.amount() - denied;
    if (!claim.paid_at_visit) ledger.patient += claim.patient_cents;
    ledger.insurance = denied;
  } else {
    ledger.insurance = std::max(0, ledger.insurance - ledger.pending_payment);
    ledger.pending_payment = 0;
  }
  balance(index, now + minutes(5), "payment.posted", "", paid);
  return true;
}

void Outside::balance(std::size_t index, Instant at, std::string_view event, std::string_view reason,
                      int cents) {
  const Ledger& ledger = state_[index];
  std::vector<Entry> payload = {{"amount", money(cents)},
                                {"insurance_balance", money(ledger.insurance)},
                                {"patient_balance", money(ledger.patient)}};
  if (!reason.empty()) payload.emplace_back("reason", text(reason));
  report(index, at, event, std::move(payload), cents);
  settle(index, at);
}

void Outside::settle(std::size_t index, Instant at) {
  Ledger& ledger = state_[index];
  if (ledger.insurance != 0 || ledger.settled || !ledger.posted) return;
  ledger.settled = true;
  report(index, at, "claim.settled");
}

void Outside::ask_again(std::size_t index, int line, Instant now) {
  Ledger& ledger = state_[index];
  const Denial* denial = this->denial(index, line);
  if (denial == nullptr || ledger.closed[line]) return;
  int& refused = ledger.refused[line];
  Random random = random_for(seed_, aesop::cat(claims_[index].number, "/answer/", line, '/', refused));
  const int after_days = random.between(7, 19), after_minutes = random.between(0, 600);
  const Instant at = now + days(after_days) + minutes(after_minutes);
  if (refused < denial->upheld || !denial->wins) {
    ++refused;
    report(index, at, "denial.upheld", {{"line", Value::number(line)}});
    return;
  }
  const int cents = line_cents(index, line);
  ledger.closed[line] = true;
  ledger.pending_payment += cents;
  report(
      index, at, "era.received",
      {{"trace", text(aesop::cat("TRN", 500000 + order_))}, {"paid", money(cents)}, {"adjusted", money(0)}});
  report(index, at, "denial.overturned", {{"line", Value::number(line)}, {"amount", money(cents)}});
}

void Outside::write_off(std::size_t index, int line, Instant now) {
  Ledger& ledger = state_[index];
  if (ledger.closed[line]) return;
  ledger.closed[line] = true;
  const int cents = std::min(line_cents(index, line), ledger.insurance);
  ledger.insurance -= cents;
  balance(index, now, "balance.changed", "write-off", cents);
}

void Outside::move_to_patient(std::size_t index, int line, Instant now) {
  Ledger& ledger = state_[index];
  if (ledger.closed[line]) return;
  ledger.closed[line] = true;
  const int cents = std::min(line_cents(index, line), ledger.insurance);
  ledger.insurance -= cents;
  ledger.patient += cents;
  balance(index, now, "balance.changed", "patient's share", cents);
}

void Outside::statement(std::size_t index, Instant now) {
  const Claim& claim = claims_[index];
  Ledger& ledger = state_[index];
  if (claim.patient_days == 0 || ledger.patient == 0 || ledger.statement_sent) return;
  ledger.statement_sent = true;
  const int cents = std::exchange(ledger.patient, 0);
  report(index, now + days(claim.patient_days), "patient.paid",
         {{"amount", money(cents)}, {"patient_balance", money(0)}});
}

void Outside::ask_preauth(std::size_t index, Instant now) {
  const Claim& claim = claims_[index];
  Random random = random_for(seed_, claim.number + "/preauth");
  const Instant at = claim.urgent ? now + days(random.between(6, 9))
                                  : std::min(now + days(random.between(1, 3)), claim.visit - hours(2));
  report(index, std::max(at, now + hours(1)), "preauth.answered",
         {{"reference", text(aesop::cat("PA", 30000 + index))}, {"approved", Value::boolean(true)}});
}

void Outside::attach(std::size_t index, std::string_view document, Instant now) {
  report(index, now + minutes(10), "attachment.added", {{"document", text(document)}});
}

void Outside::verify(std::size_t index, Instant now) {
  report(index, now + minutes(20), "eligibility.verified", {{"status", text("active")}});
}

void Outside::chase(std::size_t index, Instant now) {
  Ledger& ledger = state_[index];
  if (!claims_[index].silent || ledger.posted || std::exchange(ledger.chased, true)) return;
  Random random = random_for(seed_, claims_[index].number + "/chase");
  if (random.chance(60)) adjudicate(index, now + days(random.between(4, 9)));
}

}  // namespace demo
