// Folding the log of the demo.
#include "findings.hpp"

#include "aesop/base/default_ports.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace demo {
namespace {

using aesop::Definition;
using aesop::Event;

using Definitions = std::vector<std::shared_ptr<const Definition>>;

std::string names(const std::vector<aesop::Text>& targets) {
  std::string out;
  for (const aesop::Text& target : targets) {
    if (!out.empty()) out += ", ";
    out += target.text;
  }
  return out;
}

/// "=appeals_day" is the value of a parameter: show that.
std::string rung_time(const Definition& definition, const std::string& text) {
  if (!text.starts_with('=')) return text;
  for (const aesop::ParameterDefinition& parameter : definition.parameters) {
    if (parameter.type.name != text.substr(1) || !parameter.type.default_value) continue;
    const aesop::Value& value = parameter.type.default_value->literal;
    if (value.kind() == aesop::ValueKind::days_duration &&
        value.as_days_duration().seconds % aesop::seconds_per_day == 0)
      return aesop::cat("day ", value.as_days_duration().seconds / aesop::seconds_per_day);
    return aesop::to_string(value);
  }
  return text;
}

struct Place {
  int rank;
  std::string title;
  const aesop::LadderDefinition* ladder;
};

const aesop::StepDefinition* find_step(const std::vector<aesop::StepDefinition>& steps,
                                       const std::string& id) {
  for (const aesop::StepDefinition& step : steps) {
    if (step.id.text == id) return &step;
    if (step.each)
      if (const auto* inner = find_step(step.each->run, id)) return inner;
  }
  return nullptr;
}

Place place_of(const Definition& definition, const aesop::RungFired& fired, const aesop::State& state) {
  const auto title = [](const std::string& text, const std::string& id) { return text.empty() ? id : text; };
  switch (fired.kind) {
    case aesop::ClockKind::case_clock:
      for (const auto& clock : definition.clocks)
        if (clock.id.text == fired.ref) return {0, title(clock.title, fired.ref), &clock.escalate};
      break;
    case aesop::ClockKind::stage:
      for (const auto& stage : definition.stages)
        if (stage.id.text == fired.ref) return {1, title(stage.title, fired.ref), &stage.escalate};
      break;
    case aesop::ClockKind::step:
      if (const auto* step = find_step(definition.steps, fired.ref))
        return {2, title(step->title.text, fired.ref), &step->escalate};
      break;
    // Of a handoff and of an emergency rung 0 is the limit itself; its ladder begins at 1.
    case aesop::ClockKind::handoff: {
      std::string id = fired.ref;
      if (const auto* handoff = aesop::find_handoff(state, fired.ref)) id = handoff->handoff;
      for (const auto& handoff : definition.handoffs)
        if (handoff.id.text == id) return {3, "handoff: " + title(handoff.title, id), &handoff.escalate};
      break;
    }
    case aesop::ClockKind::emergency_review:
      for (const auto& policy : definition.exceptions)
        if (policy.emergency && (policy.emergency->escalate.size() > fired.rung))
          return {4, "emergency review: " + title(policy.title, policy.id.text), &policy.emergency->escalate};
      break;
    default:
      break;
  }
  return {9, {}, nullptr};
}

const aesop::StepDefinition* find_step(const Definition& definition, const std::string& id) {
  return find_step(definition.steps, id);
}

/// What a claim waits for at a step, in the words of the office. Steps that nobody outside ends are people's or systems'.
std::string waits_for(const Definition& definition, const aesop::Activity& activity) {
  constexpr std::pair<std::string_view, std::string_view> outside[] = {
      {"visit", "the patient: the visit"},
      {"preauth_answer", "the payer: answer to a predetermination"},
      {"acknowledgement", "the clearinghouse: 999"},
      {"payer_acceptance", "the payer: 277CA"},
      {"line_answer", "the payer: answer on a denied line"},
      {"remittances", "the payer: the remittance (835)"},
      {"patient_payment", "the patient: the rest of the bill"}};
  for (const auto& [step, words] : outside)
    if (activity.step == step) return std::string(words);
  if (activity.kind == aesop::ActivityKind::service) return "a system: sending or posting";
  const aesop::StepDefinition* step = find_step(definition, activity.step);
  return step != nullptr ? step->title.text : activity.step;
}

/// Whether a rung of this timer can tell anybody. The clocks of the other anchors of day 30 run along and are silent as
/// long as the parameter unresolved_anchor is "submission", as it is in the demo.
bool tells(const aesop::TimerRow& timer) { return timer.id.find("/clock.unresolved_") == std::string::npos; }

class Reader {
 public:
  Reader(Findings& out, const Definitions& definitions) : out_(out), definitions_(definitions) {}

  void read(const aesop::RunRow& row, const aesop::State& state, const Event& event) {
    ++out_.events;
    const bool billing = row.sop == definitions_[0]->sop.text;
    if (billing) {
      for (const aesop::Fact& fact : facts_.read(row.id, event)) {
        out_.board.add(fact);
        out_.receivables.add(fact);
        out_.denials.add(fact);
        out_.rejections.add(fact);
      }
    }
    out_.adherence.add(row.id, event);
    if (event.as<aesop::IncidentRaised>() != nullptr) ++out_.incidents;
    if (const auto* fired = event.as<aesop::RungFired>();
        fired != nullptr && fired->held && !fired->actions.empty())
      rung(*definitions_[billing ? 0 : 1], *fired, state);
    exception(row, event);
    text_ += row.subject;
    text_ += event.name();
    text_ += aesop::to_string(event.at);
    text_ += event.actor;
    hash();
  }

  /// An open claim: what it waits for, and when somebody is told at the latest.
  void open(const aesop::RunRow& row, const aesop::State& state) {
    ++out_.open;
    const aesop::Projection next = aesop::projection(state);
    // What a denied line waits for says more than that its claim is in follow-up.
    const auto rank = [](const aesop::Activity& activity) {
      if (activity.kind != aesop::ActivityKind::each) return activity.instance != 0 ? 0 : 1;
      return activity.step == "denials" ? 3 : 2;
    };
    const auto waits = std::min_element(state.activities.begin(), state.activities.end(),
                                        [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    const bool any = waits != state.activities.end();
    aesop::Instant since = any ? waits->entered : state.started;
    std::string what = any ? waits_for(*definitions_[0], *waits) : "?";
    if (!next.work.empty()) {
      what = "people: see the worklist";
      since = next.work.front().since;
      for (const aesop::WorkItem& item : next.work) since = std::min(since, item.since);
    }
    Waiting& waiting = waiting_[what];
    if (waiting.count == 0 || since < waiting.since) waiting.since = since;
    ++waiting.count;
    ++waiting.by_scope[row.scope];
    if (!next.work.empty()) {
      ++out_.with_people;
      return;
    }
    const auto first = std::find_if(next.timers.begin(), next.timers.end(), tells);
    if (first == next.timers.end())
      ++out_.adrift;
    else if (!out_.longest_unwatched || first->due > *out_.longest_unwatched)
      out_.longest_unwatched = first->due;
  }

  void finish() {
    for (auto& [what, waiting] : waiting_) {
      waiting.what = what;
      out_.waiting.push_back(std::move(waiting));
    }
    std::stable_sort(out_.waiting.begin(), out_.waiting.end(),
                     [](const Waiting& a, const Waiting& b) { return a.count > b.count; });
    for (auto& [key, count] : rungs_) out_.rungs.push_back(std::move(count));
    std::stable_sort(out_.rungs.begin(), out_.rungs.end(), [](const RungCount& a, const RungCount& b) {
      return std::tie(a.rank, b.count) < std::tie(b.rank, a.count);
    });
    for (auto& [key, story] : stories_) out_.exceptions.push_back(std::move(story));
    std::stable_sort(out_.exceptions.begin(), out_.exceptions.end(),
                     [](const ExceptionStory& a, const ExceptionStory& b) { return a.at < b.at; });
    const aesop::Hash sum = aesop::sha256(digest_, text_);
    out_.digest = aesop::to_hex(sum);
  }

 private:
  // The texts of all events would be large: a chain of hashes stands for them.
  void hash() {
    if (text_.size() < 1 << 16) return;
    const aesop::Hash part = aesop::sha256(text_);
    digest_ += aesop::to_hex(part);
    text_.clear();
  }

  void rung(const Definition& definition, const aesop::RungFired& fired, const aesop::State& state) {
    const Place place = place_of(definition, fired, state);
    const std::uint32_t first = place.rank >= 3 ? 1 : 0;
    if (place.ladder == nullptr || fired.rung < first || fired.rung - first >= place.ladder->size()) return;
    const aesop::RungDefinition& rung = (*place.ladder)[fired.rung - first];
    RungCount& count = rungs_[{place.rank, fired.ref, fired.rung}];
    if (count.count == 0) {
      std::vector<aesop::Text> targets = rung.page;
      targets.insert(targets.end(), rung.notify.begin(), rung.notify.end());
      count.rank = place.rank;
      count.what = place.title;
      count.when = rung_time(definition, rung.at.text);
      count.whom = names(targets);
      if (!rung.start_sop.empty()) count.whom += " + starts " + rung.start_sop.text;
      if (!rung.also.empty()) count.whom += " + " + rung.also.text;
    }
    ++count.count;
    if (!fired.unresolved.empty()) ++count.found_nobody;
  }

  void exception(const aesop::RunRow& row, const Event& event) {
    const auto story = [&](const std::string& id) -> ExceptionStory& { return stories_[{row.number, id}]; };
    const auto voice = [&](ExceptionStory& one, std::string_view word) {
      if (!one.decided_by.empty()) one.decided_by += ", ";
      one.decided_by += aesop::cat(event.actor, ' ', word);
    };
    if (const auto* asked = event.as<aesop::ExceptionRequested>())
      story(asked->id) = {row.subject, asked->policy, event.actor, "", "waits", event.at};
    if (const auto* emergency = event.as<aesop::EmergencyInvoked>())
      story(emergency->id) = {row.subject, emergency->policy + " (emergency)", event.actor, "", "review owed",
                              event.at};
    if (const auto* decided = event.as<aesop::ExceptionDecided>())
      voice(story(decided->id), decided->approve ? "yes" : "no");
    if (const auto* approved = event.as<aesop::ExceptionApproved>()) story(approved->id).result = "approved";
    if (const auto* denied = event.as<aesop::ExceptionDenied>())
      story(denied->id).result = denied->timed_out ? "denied: nobody decided in time" : "denied";
    if (const auto* passed = event.as<aesop::ExceptionPassedOn>()) story(passed->id).result = "passed on";
    if (const auto* used = event.as<aesop::ExceptionUsed>()) {
      ExceptionStory& one = story(used->id);
      one.result += one.result == "review owed" ? "" : ", used";
    }
    if (const auto* expired = event.as<aesop::ExceptionExpired>())
      story(expired->id).result += ", expired unused";
    if (const auto* late = event.as<aesop::EmergencyReviewOverdue>())
      story(late->id).result = "review overdue";
    if (const auto* reviewed = event.as<aesop::EmergencyReviewed>()) {
      ExceptionStory& one = story(reviewed->id);
      voice(one, "reviewed");
      one.result = reviewed->justified ? "justified" : "not justified";
    }
  }

  Findings& out_;
  const Definitions& definitions_;
  aesop::FactReader facts_;
  std::map<std::tuple<int, std::string, std::uint32_t>, RungCount> rungs_;
  std::map<std::string, Waiting> waiting_;
  std::map<std::pair<aesop::RunNumber, std::string>, ExceptionStory> stories_;
  std::string text_, digest_;
};

}  // namespace

aesop::Result<std::unique_ptr<Findings>> read_all(aesop::Engine& engine,
                                                  const std::shared_ptr<const Definition>& billing,
                                                  const std::shared_ptr<const Definition>& appeals) {
  auto out = std::make_unique<Findings>(billing);
  const Definitions definitions = {billing, appeals};
  Reader reader(*out, definitions);
  aesop::RunFilter filter;
  filter.limit = 1000;
  for (;;) {
    auto runs = engine.runs(filter);
    if (!runs) return runs.take_error();
    for (const aesop::RunRow& row : *runs) {
      filter.after = row.number;
      ++out->runs;
      if (row.sop == billing->sop.text)
        ++out->outcomes[row.status == aesop::StoredStatus::closed ? row.outcome : "still open"];
      else
        ++out->appeals;
      auto state = engine.run(row.id);
      if (!state) return state.take_error();
      if (state->open() && row.sop == billing->sop.text) reader.open(row, *state);
      for (std::uint64_t after = 0;;) {
        auto events = engine.events(row.id, after, 1000);
        if (!events) return events.take_error();
        for (const aesop::LoggedEvent& logged : *events) {
          after = logged.run_seq;
          reader.read(row, *state, logged.event);
        }
        if (events->size() < 1000) break;
      }
    }
    if (runs->size() < filter.limit) break;
  }
  reader.finish();
  return out;
}

}  // namespace demo
