// The office as a host: setting up, the feed, the outbox, and the half hour.
#include "office.hpp"

#include "shorthand.hpp"

#include "aesop/base/text.hpp"

#include <algorithm>
#include <fstream>
#include <queue>
#include <sstream>
#include <utility>

namespace demo {

using aesop::Entry;
using aesop::Error;
using aesop::ErrorCode;
using aesop::Instant;
using aesop::Status;
using aesop::Value;

namespace {

constexpr std::string_view system_actor = "pms";

}  // namespace

Office::Office(aesop::Engine& engine, const World& world, const std::vector<Claim>& claims, Outside& outside,
               std::uint64_t seed)
    : engine_(engine), world_(world), claims_(claims), outside_(outside), seed_(seed) {
  for (std::size_t i = 0; i < claims_.size(); ++i) by_number_[claims_[i].number] = i;
}

std::size_t Office::claim_of(std::string_view number) const {
  const auto found = by_number_.find(number);
  return found == by_number_.end() ? 0 : found->second;
}

aesop::Request Office::request(std::string_view actor, Instant at, std::string_view run) {
  aesop::Request out;
  out.command_id = aesop::cat("demo/", ++commands_);
  out.at = at;
  out.run = run;
  if (const Person* person = world_.person(actor))
    out.actor = {person->id, person->name, {person->role}, person->scope};
  else
    out.actor = {std::string(actor), "", {std::string(actor)}, std::string(organization)};
  ++tally_.commands;
  return out;
}

Value Office::command(std::string_view verb, Instant at, std::vector<Entry> rest) {
  std::vector<Entry> entries = {{"do", text(verb)},
                                {"command_id", text(aesop::cat("demo/", ++commands_))},
                                {"at", text(aesop::to_string(at))},
                                {"actor", Value::context({{"id", text(system_actor)},
                                                          {"name", text("the practice management system")},
                                                          {"roles", Value::list({text("admin")})},
                                                          {"scope", text(organization)}})}};
  for (Entry& entry : rest) entries.push_back(std::move(entry));
  ++tally_.commands;
  return Value::context(std::move(entries));
}

std::optional<Value> Office::submit(std::string_view actor, Instant at, std::string_view run,
                                    aesop::CommandBody body) {
  auto answer = engine_.submit(request(actor, at, run), std::move(body));
  if (!answer) {
    tally_.errors.push_back(aesop::to_string(answer.error()));
    return std::nullopt;
  }
  if (!answer->accepted) {
    ++tally_.refused[std::string(answer->reason())];
    return std::nullopt;
  }
  return answer->value;
}

Status Office::set_up(const std::vector<std::string>& sop_files, Instant now) {
  for (const std::string& name : sop_files) {
    std::ifstream file(name, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) return Error{ErrorCode::not_found, aesop::cat("cannot read ", name)};
    auto answer = engine_.publish(request("rcm_director", now), content.str(), name);
    if (!answer) return answer.take_error();
    if (!answer->accepted)
      return Error{ErrorCode::invalid_argument,
                   aesop::cat(name, ": ", answer->value.get("message").as_string())};
  }
  const auto run = [&](const Value& command) -> Status {
    const Value answer = engine_.execute(command);
    if (answer.find("ok") != nullptr) return {};
    const Value& problem = answer.find("error") != nullptr ? answer.get("error") : answer.get("rejected");
    return Error{ErrorCode::invalid_argument,
                 aesop::cat(command.get("do").as_string(), ": ", problem.get("message").as_string())};
  };
  for (const Person& person : world_.people) {
    const Value grant = Value::context({{"role", text(person.role)}, {"scope", text(person.scope)}});
    auto done = run(command(
        "put_person", now,
        {{"person", text(person.id)}, {"name", text(person.name)}, {"grants", Value::list({grant})}}));
    if (!done) return done;
  }
  for (const Clinic& clinic : world_.clinics) {
    auto calendar = aesop::read_json(clinic.calendar);
    if (!calendar) return calendar.take_error();
    auto done = run(command(
        "put_calendar", now,
        {{"name", text("clinic_hours")}, {"scope", text(clinic.scope)}, {"calendar", calendar.take()}}));
    if (!done) return done;
    if (clinic.cut_off.empty()) continue;
    done = run(command("set_parameter", now,
                       {{"sop", text("billing_claims")},
                        {"name", text("claim_cut_off")},
                        {"scope", text(clinic.scope)},
                        {"value", text(clinic.cut_off)}}));
    if (!done) return done;
  }
  return {};
}

/// One batch of the feed: its events and its new cursor in one transaction.
Status Office::feed(Instant now) {
  const std::vector<FeedEvent> events = outside_.take(now);
  if (events.empty()) return {};
  std::vector<Value> rows;
  for (const FeedEvent& event : events) {
    const Claim& claim = claims_[event.claim];
    std::vector<Entry> row = {{"event", text(event.event)},
                              {"subject", text(claim.number)},
                              {"scope", text(claim.clinic->scope)},
                              {"occurred_at", text(aesop::to_string(event.at))},
                              {"payload", event.payload}};
    if (event.event == "appointment.booked") {
      row.emplace_back("sop", text("billing_claims"));
      row.emplace_back("key", text(claim.number));
      row.emplace_back("start", Value::boolean(true));
    }
    rows.push_back(Value::context(std::move(row)));
  }
  const std::string after = cursor_ == 0 ? std::string() : aesop::cat(cursor_);
  cursor_ += events.size();
  std::vector<Entry> rest = {{"feed", text("pms")}, {"cursor", text(aesop::cat(cursor_))}};
  if (!after.empty()) rest.emplace_back("after", text(after));
  rest.emplace_back("events", Value::list(std::move(rows)));
  const Value answer = engine_.execute(command("ingest", now, std::move(rest)));
  tally_.feed_events += static_cast<std::int64_t>(events.size());
  ++tally_.feed_batches;
  if (answer.find("ok") == nullptr) {
    const Value& problem = answer.find("error") != nullptr ? answer.get("error") : answer.get("rejected");
    return Error{ErrorCode::invalid_argument, aesop::cat("feed: ", problem.get("message").as_string(), ' ',
                                                         problem.get("help").as_string())};
  }
  return {};
}

void Office::carry_out(const aesop::OutboxItem& effect, Instant now) {
  ++tally_.effects[effect.kind];
  if (effect.kind == "handoff") {
    Random random = random_for(seed_, aesop::cat("effect/", effect.id.seq, '/', effect.id.index));
    const std::int64_t wait =
        random.chance(10) ? 50 * aesop::us_per_hour : random.between(20, 300) * aesop::us_per_minute;
    const auto state = engine_.run(effect.run);
    acknowledgements_.push_back({now + wait, effect.run, std::string(effect.body.get("id").as_string()),
                                 std::string(effect.body.get("to").as_string()),
                                 state ? state->scope : std::string()});
    return;
  }
  if (effect.kind != "service") return;
  const auto state = engine_.run(effect.run);
  if (!state) return;
  const std::size_t claim = claim_of(state->subject);
  const std::string_view operation = effect.body.get("operation").as_string();
  const Value& with = effect.body.get("with");
  aesop::TaskAddress target;
  target.task = std::string(effect.body.get("task").as_string());
  Random random = random_for(seed_, aesop::cat("effect/", effect.id.seq, '/', effect.id.index));
  if (operation != "post_era" && random.chance(4)) {
    aesop::FailService failed;
    failed.target = target;
    failed.error = "the clearinghouse does not answer";
    submit(system_actor, now, effect.run, std::move(failed));
    return;
  }
  std::vector<Entry> result;
  if (operation == "send_claim") {
    result.emplace_back("control", text(outside_.send(claim, now)));
  } else if (operation == "replace_claim") {
    outside_.ask_again(claim, static_cast<int>(with.get("line").as_decimal().small_coefficient()), now);
    result.emplace_back("control", text(aesop::cat("R-", state->subject)));
  } else if (operation == "post_era") {
    const bool posted = outside_.post(claim, now, false);
    result.emplace_back("posted", Value::boolean(posted));
    result.emplace_back("unmatched", Value::number(posted ? 0 : 1));
  }
  aesop::CompleteService done;
  done.target = target;
  done.result = Value::context(std::move(result));
  submit(system_actor, now, effect.run, std::move(done));
}

Status Office::drain(Instant now) {
  for (;;) {
    auto effects = engine_.poll_outbox(now, aesop::us_per_minute, 500);
    if (!effects) return effects.take_error();
    if (effects->empty()) return {};
    for (const aesop::OutboxItem& effect : *effects) {
      carry_out(effect, now);
      if (auto done = engine_.ack(request(system_actor, now), effect.id); !done) return done;
    }
  }
}

Status Office::work(Instant now, Instant until) {
  if (auto begun = engine_.begin_batch(); !begun) return begun;
  if (auto fed = feed(now); !fed) return fed;
  for (bool more = true; more;) {
    auto advanced = engine_.advance(now, 10'000);
    if (!advanced) return advanced.take_error();
    tally_.timers += static_cast<std::int64_t>(advanced->fired);
    more = advanced->more;
  }
  if (auto drained = drain(now); !drained) return drained;

  for (std::size_t i = 0; i < acknowledgements_.size();) {
    const Acknowledgement& one = acknowledgements_[i];
    const Person* who = nullptr;
    for (const Person& person : world_.people)
      if (person.role == one.role && aesop::scope_contains(person.scope, one.scope) && present(person, now))
        who = &person;
    if (one.at > now || who == nullptr) {
      ++i;
      continue;
    }
    aesop::AcknowledgeHandoff acknowledged;
    acknowledged.handoff = one.handoff;
    submit(who->id, now, one.run, std::move(acknowledged));
    acknowledgements_.erase(acknowledgements_.begin() + static_cast<std::ptrdiff_t>(i));
  }

  const auto later = [](const Todo& a, const Todo& b) {
    return a.ready != b.ready ? a.ready > b.ready : a.order > b.order;
  };
  std::priority_queue<Todo, std::vector<Todo>, decltype(later)> todo(later);
  const auto look = [&](const std::optional<std::string>& run, Instant at) -> Status {
    aesop::TaskFilter filter;
    filter.run = run;
    filter.limit = 100'000;
    auto items = engine_.worklist(filter);
    if (!items) return items.take_error();
    std::sort(items->begin(), items->end(),
              [](const auto& a, const auto& b) { return name_of(a) < name_of(b); });
    for (aesop::WorkItem& item : *items) {
      plan(item, at);
      const Instant ready = std::max(at, planned_[name_of(item)]);
      if (ready < until) todo.push({ready, ++order_, std::move(item)});
    }
    return {};
  };
  if (auto looked = look(std::nullopt, now); !looked) return looked;
  std::map<std::string, Instant> done;  // what was done in this half hour, by key
  while (!todo.empty()) {
    const Todo next = todo.top();
    todo.pop();
    const std::string key = name_of(next.item);
    if (done.contains(key)) continue;
    done[key] = next.ready;
    if (const auto again = act(next.item, next.ready)) planned_[key] = *again;
    if (auto looked = look(next.item.run, next.ready); !looked) return looked;
  }
  if (auto drained = drain(now); !drained) return drained;
  return engine_.commit_batch();
}

}  // namespace demo
