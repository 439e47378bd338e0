// How the people of the demo work: who takes a task, when, and what is done at it.
//
// What somebody does depends on the seed and the name of the task alone, so that the same seed gives the same two months.
#include "office.hpp"
#include "shorthand.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace demo {

using aesop::Instant;
using aesop::Value;
using aesop::WorkItem;

namespace {

/// A SHA-256 for evidence that lies elsewhere: no real file is behind it, so it is made of a name.
std::string fingerprint(std::string_view what) {
  constexpr char digits[] = "0123456789abcdef";
  Random random = random_for(7, what);
  std::string out;
  for (int i = 0; i < 4; ++i)
    for (std::uint64_t word = random.next(), n = 0; n < 16; ++n, word >>= 4) out.push_back(digits[word & 15]);
  return out;
}

bool is(std::string_view step, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), step) != names.end();
}

std::vector<aesop::Document> documents(std::initializer_list<std::string_view> names, std::string_view of) {
  std::vector<aesop::Document> out;
  for (const std::string_view name : names)
    out.push_back(
        {std::string(name), fingerprint(aesop::cat(name, '/', of)), aesop::cat("dms://", of, '/', name)});
  return out;
}

}  // namespace

std::string Office::name_of(const WorkItem& item) {
  const auto task = aesop::parse_task_id(item.run, item.task);
  return aesop::cat(item.sop, '/', item.subject, '/', item.step, '/',
                    task ? aesop::cat(task->token) : item.task.substr(item.task.rfind(':') + 1), '/',
                    item.kind, '/', item.visit);
}

bool Office::present(const Person& person, Instant now) const {
  const auto zone =
      aesop::ZoneRef::named(person.clinic != nullptr ? std::string_view(person.clinic->zone) : central_zone);
  const auto local = aesop::to_date_time(now, zone, aesop::default_ports().zones);
  if (!local) return false;
  const auto day = static_cast<int>(aesop::days_from_civil(local->date) - aesop::days_from_civil(first_day));
  for (const Absence& absence : person.away)
    if (day >= absence.from && day <= absence.until) return false;
  const aesop::Weekday weekday = aesop::weekday(local->date);
  const int hour = local->local.hour();
  if (person.clinic == nullptr) return weekday <= aesop::Weekday::friday && hour >= 8 && hour < 18;
  return person.clinic->works(weekday) && hour >= person.clinic->opens && hour < person.clinic->closes;
}

std::vector<const Person*> Office::candidates(const WorkItem& item, Instant now) const {
  std::vector<const Person*> out;
  for (const Person& person : world_.people) {
    if (!item.owner.empty() && item.kind == "task" && item.owner != person.id) continue;
    if (std::find(item.roles.begin(), item.roles.end(), person.role) == item.roles.end()) continue;
    if (!aesop::scope_contains(person.scope, item.scope)) continue;
    if (std::find(item.excluded.begin(), item.excluded.end(), person.id) != item.excluded.end()) continue;
    if (present(person, now)) out.push_back(&person);
  }
  if (out.size() > 1) {
    Random random = random_for(seed_, name_of(item));
    std::rotate(out.begin(), out.begin() + random.between(0, static_cast<int>(out.size()) - 1), out.end());
  }
  return out;
}

/// Minutes until somebody gets to it. Most things are done soon; some lie, so that rungs fire.
std::int64_t Office::delay(const WorkItem& item, Random& random) const {
  const bool same_day = is(item.step, {"treatment_notes", "coding", "attachments", "release"});
  const std::int64_t forgotten = random.chance(same_day ? 2 : 7) ? hours(random.between(20, 110)) : 0;
  if (item.kind == "exception")
    return minutes(random.between(15, 330));  // four hours are given: some time out
  if (item.kind == "emergency_review") return hours(random.between(4, 55));
  if (item.kind == "review") return minutes(random.between(2, 20)) + forgotten / 2;
  if (item.kind == "approval") return hours(random.between(2, 60)) + forgotten;
  if (same_day) return minutes(random.between(4, 25)) + forgotten / 2;
  if (item.step == "eligibility") return minutes(random.between(20, 400)) + forgotten;
  if (is(item.step, {"triage", "fix_rejection"})) return hours(random.between(1, 34)) + 2 * forgotten;
  if (is(item.step, {"appeal", "correct_line", "second_look"}))
    return hours(random.between(6, 80)) + 2 * forgotten;
  if (is(item.step, {"collect", "close_reason", "director_review", "take_over", "act"}))
    return hours(random.between(8, 90)) + 2 * forgotten;
  return hours(random.between(1, 20)) + forgotten;
}

void Office::plan(const WorkItem& item, Instant now) {
  const std::string key = name_of(item);
  if (planned_.contains(key)) return;
  Random random = random_for(seed_, key);
  planned_[key] = now + delay(item, random);
}

aesop::TaskAddress Office::address(const WorkItem& item) const {
  aesop::TaskAddress target;
  target.task = item.task;
  return target;
}

/// What should be done and may be left: most people do it.
void Office::tick_optional(const WorkItem& item, const Person& person, Instant now) {
  Random random = random_for(seed_, aesop::cat(name_of(item), "/optional"));
  if (item.step == "eligibility" && random.chance(92)) tick(item, "3", person, now);
}

void Office::attach(const WorkItem& item, const std::string& what, const Person& person, Instant now) {
  aesop::AttachEvidence evidence;
  evidence.target = address(item);
  evidence.item = what;
  evidence.label = what;
  evidence.sha256 = fingerprint(aesop::cat(name_of(item), '/', what));
  evidence.media_type = "application/pdf";
  evidence.uri = aesop::cat("dms://", item.subject, '/', what);
  submit(person.id, now, item.run, std::move(evidence));
}

void Office::tick(const WorkItem& item, const std::string& what, const Person& person, Instant now) {
  aesop::TickItem tick;
  tick.target = address(item);
  tick.item = what;
  submit(person.id, now, item.run, std::move(tick));
}

void Office::tick_items(const WorkItem& item, const Person& person, const Claim& claim, Instant now) {
  // One image is not there yet: the first attempt is refused, and it is brought.
  std::string missing;
  if (item.step == "attachments" && claim.forgets_attachment && looked_for_.insert(name_of(item)).second)
    missing = claim.documents().empty() ? std::string() : claim.documents().back();
  const auto obstacles = engine_.why(item.run, now, item.step);
  if (!obstacles) return;
  const auto task = aesop::parse_task_id(item.run, item.task);
  for (const aesop::Obstacle& obstacle : *obstacles) {
    if (!task || obstacle.token != task->token || obstacle.what == missing) continue;
    if (obstacle.kind == "evidence") attach(item, obstacle.what, person, now);
    if (obstacle.kind == "item") tick(item, obstacle.what, person, now);
  }
}

/// Exceptions: a patient who cannot wait for the payer, a claim or a denial that needs more time.
std::optional<Instant> Office::deviate(const WorkItem& item, const Person& person, Instant now,
                                       bool& handled) {
  const Claim& claim = claims_[claim_of(item.subject)];
  Random random = random_for(seed_, aesop::cat(name_of(item), "/deviate"));
  std::string policy;
  if (item.step == "preauth" && claim.urgent) policy = "skip_preauth";
  if (item.step == "release" && random.chance(3)) policy = "later_claim";
  if (item.step == "triage" && random.chance(12)) policy = "later_triage";
  if (policy.empty()) return std::nullopt;
  const auto state = engine_.run(item.run);
  if (!state) return std::nullopt;
  const aesop::Deviation* deviation = nullptr;
  for (const aesop::Deviation& one : state->exceptions)
    if (one.policy == policy && one.step == item.step) deviation = &one;

  handled = true;
  if (deviation == nullptr) {
    if (policy == "skip_preauth" &&
        claim.emergency) {  // pain: the dentist acts first, compliance looks later
      WorkItem as_dentist = item;
      as_dentist.roles = {"dentist"};
      as_dentist.excluded.clear();
      const auto dentists = candidates(as_dentist, now);
      if (dentists.empty()) return now + hours(1);
      aesop::InvokeEmergency emergency;
      emergency.target = address(item);
      emergency.policy = policy;
      emergency.reason = "acute pain, treatment cannot wait";
      emergency.documents = documents({"payer_letter", "patient_consent"}, item.subject);
      submit(dentists.front()->id, now, item.run, std::move(emergency));
      return now + minutes(10);
    }
    aesop::RequestException asked;
    asked.target = address(item);
    asked.policy = policy;
    if (policy == "skip_preauth") {
      asked.reason = "visit before the payer can answer";
      asked.documents = documents({"payer_letter", "patient_consent"}, item.subject);
    } else {
      asked.reason = policy == "later_claim" ? "an image has to be taken again"
                                             : "the payer sends the policy text tomorrow";
      asked.documents =
          documents({policy == "later_claim" ? "reason_in_writing" : "payer_correspondence"}, item.subject);
      asked.until = (item.due ? *item.due : now) + hours(20);
    }
    if (!submit(person.id, now, item.run, std::move(asked))) handled = false;
    return now + hours(1);
  }
  switch (deviation->state) {
    case aesop::ExceptionState::requested:
      return now + hours(1);
    case aesop::ExceptionState::approved:
    case aesop::ExceptionState::in_review:
    case aesop::ExceptionState::reviewed:
      if (deviation->allows == "skip") {
        aesop::Skip skip;
        skip.target = address(item);
        skip.exception = deviation->id;
        if (submit(deviation->emergency ? deviation->by : person.id, now, item.run, std::move(skip)))
          return std::nullopt;
      } else {
        aesop::Extend extend;
        extend.target = address(item);
        extend.exception = deviation->id;
        if (submit(person.id, now, item.run, std::move(extend))) return now + hours(random.between(3, 9));
      }
      break;
    default:
      break;
  }
  handled = false;  // denied, expired or used: the work is done as it stands
  return std::nullopt;
}

void Office::after_task(const WorkItem& item, std::size_t claim, int line, Instant now) {
  if (item.step == "preauth") outside_.ask_preauth(claim, now);
  if (item.step == "send_by_hand") outside_.send(claim, now);
  if (item.step == "post_by_hand") outside_.post(claim, now, true);
  if (is(item.step, {"appeal", "reroute", "send_info"})) outside_.ask_again(claim, line, now);
  if (item.step == "post_write_off") outside_.write_off(claim, line, now);
  if (item.step == "bill_patient") outside_.move_to_patient(claim, line, now);
  if (item.step == "collect") outside_.statement(claim, now);
  if (item.step == "act") outside_.chase(claim, now);
}

std::optional<Instant> Office::do_task(const WorkItem& item, const Person& person, Instant now) {
  bool handled = false;
  const auto again = deviate(item, person, now, handled);
  if (handled) return again;

  const std::size_t index = claim_of(item.subject);
  const Claim& claim = claims_[index];
  int line = 0;
  if (item.instance != 0) {
    const auto state = engine_.run(item.run);
    if (state)
      if (const auto* instance = aesop::find_instance(*state, item.instance))
        if (const Value& number = instance->item.get("line"); number.is_number())
          line = static_cast<int>(number.as_decimal().small_coefficient());
  }
  Random random = random_for(seed_, aesop::cat(name_of(item), "/form"));
  const Value form =
      form_for(item.step, item.visit, claim, outside_.denial(index, line), outside_, index, line, random);
  if (form.is_context()) {  // some items are in force only for what the form says
    aesop::SaveForm save;
    save.target = address(item);
    save.form = form;
    submit(person.id, now, item.run, std::move(save));
  }
  tick_items(item, person, claim, now);
  tick_optional(item, person, now);
  aesop::Complete complete;
  complete.target = address(item);
  if (submit(person.id, now, item.run, std::move(complete))) {
    after_task(item, index, line, now);
    return std::nullopt;
  }
  // The gate refused: bring what it says is missing. The PMS will report it.
  const auto obstacles = engine_.why(item.run, now, item.step);
  if (obstacles) {
    for (const aesop::Obstacle& obstacle : *obstacles) {
      if (obstacle.kind != "gate") continue;
      if (obstacle.what.find("attachments") != std::string::npos)
        for (const std::string& document : claim.documents()) outside_.attach(index, document, now);
      if (obstacle.what.find("eligibility") != std::string::npos) outside_.verify(index, now);
      if (obstacle.what.find("preauth") != std::string::npos) outside_.ask_preauth(index, now);
    }
  }
  return now + hours(1);
}

std::optional<Instant> Office::act(const WorkItem& item, Instant now) {
  const auto people = candidates(item, now);
  if (people.empty()) return now + minutes(30);
  const Person& person = *people.front();
  Random random = random_for(seed_, aesop::cat(name_of(item), "/decision"));
  const std::string id = item.task.substr(item.task.rfind(':') + 1);
  if (item.kind == "review") {
    if (item.visit == 1 && random.chance(2)) {
      aesop::ReturnForRework back;
      back.target = address(item);
      back.note = "please look at it again";
      submit(person.id, now, item.run, std::move(back));
    } else {
      aesop::AcceptReview accept;
      accept.target = address(item);
      submit(person.id, now, item.run, std::move(accept));
    }
  } else if (item.kind == "approval") {
    const bool approve = random.chance(88);
    for (const Person* one : people) {  // each role once
      aesop::DecideApproval decide;
      decide.target = address(item);
      decide.decision = approve ? "approve" : "refuse";
      decide.note = approve ? "seen with the documents" : "there is another way";
      if (submit(one->id, now, item.run, std::move(decide))) break;
    }
    return now + hours(random.between(1, 12));  // the second voice, if one is still missing
  } else if (item.kind == "exception") {
    for (const Person* one : people) {
      aesop::DecideException decide;
      decide.exception = id;
      decide.decision = random.chance(80) ? "approve" : "deny";
      if (submit(one->id, now, item.run, std::move(decide))) break;
    }
    return now + minutes(random.between(20, 90));
  } else if (item.kind == "emergency_review") {
    aesop::ReviewEmergency review;
    review.exception = id;
    review.verdict = random.chance(75) ? "justified" : "not_justified";
    review.note = "file read, dentist heard";
    submit(person.id, now, item.run, std::move(review));
  } else {
    return do_task(item, person, now);
  }
  return std::nullopt;
}

}  // namespace demo
