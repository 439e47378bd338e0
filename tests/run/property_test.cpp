// Random small SOPs under random commands: after every one the laws of fixture.hpp hold (replay equals the state at
// every prefix, bytes come back, invariants, dense revisions), decisions are deterministic, and no token is lost.
#include "fixture.hpp"

#include <cstdint>
#include <vector>

#ifdef AESOP_HAVE_RAPIDCHECK
#include <rapidcheck.h>
#endif

using namespace aesop_test;

namespace {

/// Choices, one after another; zeros at the end. Short tapes make simple SOPs, so shrinking the tape shrinks the case.
class Tape {
 public:
  explicit Tape(std::vector<std::uint8_t> choices) : choices_(std::move(choices)) {}
  std::uint32_t choose(std::uint32_t n) { return at_ < choices_.size() ? choices_[at_++] % n : 0; }
  bool done() const { return at_ >= choices_.size(); }

 private:
  std::vector<std::uint8_t> choices_;
  std::size_t at_ = 0;
};

/// Writes an SOP: a list of fragments, each with one way in and one way on, so that the whole is sound.
class Author {
 public:
  explicit Author(Tape& tape) : tape_(tape) {}

  std::string write() {
    std::string steps = sequence(2, 3, "done");
    return sop(
        steps + "," + end(),
        R"("data": {"n": {"type":"number","default":0}, "flag": {"type":"boolean","default":false}, "xs": {"type":"list","default":[1,2]}},
                  "events": {"ping": {"fields": {"n": "number"}, "sets": {"n": "=event.n"}}, "pong": {}, "stop": {"sets": {"flag": "=true"}}},
                  "clocks": {"whole": {"starts": "run.started", "stops": "stop", "escalate": [{"at": "9 days", "notify": "lead"}, {"at": "20 days", "page": "chief"}]}, "pings": {"starts": "ping", "stops": "pong", "escalate": [{"at": "2 days", "notify": "chief"}]}},
                  "stages": {"main": {"title": "Main", "due": "6 days", "escalate": [{"at": "due", "notify": "lead"}]}})" +
            exceptions());
  }
  std::vector<std::string> tasks = {};

 private:
  std::string id(std::string_view prefix) { return cat(prefix, ++count_); }
  std::string exceptions() {
    if (tasks.empty()) return {};
    return cat(
        R"(, "exceptions": {"pass": {"of": [")", tasks[0],
        R"("], "allows": "skip", "approvers": {"all_of": ["lead", "chief"]}, "decide_within": "1 day", "valid_for": "2 days", "emergency": {"by": ["other"], "reviewer": ["chief"], "review_within": "2 days"}}})");
  }
  // `n` fragments, the last of which goes on to `next`.
  std::string sequence(int depth, std::uint32_t most, const std::string& next) {
    const std::uint32_t n = 1 + tape_.choose(most);
    std::vector<std::string> entries;
    std::vector<std::string> texts(n);
    std::string on = next;
    for (std::uint32_t i = n; i-- > 0;) {
      const std::string entry = id("s");
      texts[i] = fragment(depth, entry, on);
      on = entry;
    }
    std::string out;
    for (const std::string& one : texts) append(out, out.empty() ? "" : ",", one);
    first_ = on;
    return out;
  }
  std::string limits(const std::string& next, bool inside = false) {
    switch (tape_.choose(inside ? 4 : 6)) {
      case 0:
        return {};
      case 1:
        return R"(, "due": "20 hours", "escalate": [{"at": "50%", "notify": "responsible"}, {"at": "due", "page": "chief", "raise": 8}])";
      case 2:
        return cat(R"(, "due": "3 days", "escalate": [{"at": "due", "go": ")", next,
                   R"("}, {"at": "due + 1 day", "page": "chief"}])");
      case 3:
        return R"(, "due": {"at": "30 hours", "pause": "remaining"}, "escalate": [{"at": "10 hours", "notify": "lead", "every": "7 hours", "times": 3}])";
      case 4:
        return R"(, "stage": "main", "due": "2 days after ping", "escalate": [{"at": "due", "reassign": "lead"}])";
      default:
        return R"(, "stage": "main", "due": {"at": "26 hours", "pause": "restart"}, "escalate": [{"at": "due - 2 hours", "notify": "other"}, {"at": "due", "notify": "lead"}])";
    }
  }
  std::string fragment(int depth, const std::string& entry, const std::string& next) {
    switch (tape_.choose(depth > 0 ? 9 : 3)) {
      case 0:
      default: {
        tasks.push_back(entry);
        return task(entry, cat(R"("next": ")", next, '"', limits(next)));
      }
      case 1:
        tasks.push_back(entry);
        return task(
            entry,
            cat(R"("form": {"again": "boolean"}, "review": "chief", "next": [{"when": {"again": true}, "go": ")",
                entry, R"(", "set": {"n": "=n + 1"}}, {"else": ")", next, R"("}])", limits(next)));
      case 2:
        return cat(
            R"({"id":")", entry,
            R"(","title":"W","kind":"wait","for":[{"event":"ping","if":"event.n > 2","go":")", next,
            R"("},{"event":"pong","go":")", next, R"("},{"after":"4 days","go":")", next, R"("})",
            // What another strand, or an event before, makes true.
            tape_.choose(2) == 1 ? cat(R"(,{"if":"flag or n > 1","go":")", next, R"(","set":{"n":0}})") : "",
            "]}");
      case 3: {
        const std::string one = id("s"), two = id("s"), join = id("j");
        const std::string left = fragment(depth - 1, one, join), right = fragment(depth - 1, two, join);
        return cat(R"({"id":")", entry, R"(","title":"F","kind":"parallel","go":[")", one, R"(",")", two,
                   R"("]},)", left, ",", right, R"(,{"id":")", join,
                   R"(","title":"J","kind":"join","next":")", next, R"("})");
      }
      case 4: {
        const std::string one = id("s");
        const std::string way = fragment(depth - 1, one, next);
        return cat(
            R"({"id":")", entry,
            R"(","title":"D","kind":"decision","raci":{"responsible":"clerk","accountable":"lead"},"set":{"n":"=n + 1"},"next":[{"if":"n > 3","go":")",
            next, R"("},{"else":")", one, R"("}]},)", way);
      }
      case 5:
        return cat(
            R"({"id":")", entry,
            R"(","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","with":{"n":"=n"},"retry":{"times":1,"every":"3 hours"},"next":")",
            next, R"("})");
      case 6:
        return cat(
            R"({"id":")", entry,
            R"(","title":"A","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":{"all_of":["lead","chief"]},"due":"2 days","escalate":[{"at":"due","go":")",
            next, R"("}],"next":{"approved":")", next, R"(","refused":")", next, R"("}})");
      case 7: {
        const std::string one = id("s");
        const std::string inner = task(one, cat(R"("form": {"again": "boolean"})", limits(one, true)));
        return cat(R"({"id":")", entry, R"(","title":"E","kind":"each","of":"event ping","until":")",
                   tape_.choose(2) ? "flag" : "event stop", R"(","at_end":")",
                   tape_.choose(2) ? "finish" : "withdraw",
                   R"(","due":"10 days","escalate":[{"at":"due","go":")", next, R"("}],"next":")", next,
                   R"(","run":[)", inner, "]}");
      }
      case 8: {
        const std::string one = id("s");
        return cat(R"({"id":")", entry, R"(","title":"L","kind":"each","of":"=xs","mode":")",
                   tape_.choose(2) ? "at_once" : "sequence", R"(","done":")", tape_.choose(2) ? "all" : "any",
                   R"(","due":"10 days","escalate":[{"at":"due","go":")", next, R"("}],"next":")", next,
                   R"(","run":[)", task(one), "]}");
      }
    }
  }

  Tape& tape_;
  int count_ = 0;
  std::string first_;
};

void command(Run& r, Tape& tape, const Author& author) {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> people = {
      {"ann", {"clerk"}}, {"bob", {"clerk", "lead"}}, {"lea", {"lead"}},
      {"che", {"chief"}}, {"oli", {"other"}},         {"max", {"clerk", "lead", "chief", "other"}}};
  const auto& person = people[tape.choose(static_cast<std::uint32_t>(people.size()))];
  r.as(person.first, person.second);
  // Time goes on, and now and then it is said to be earlier.
  const std::uint32_t hours = tape.choose(40);
  r.now = hours == 39 ? r.now - 5 * us_per_hour : r.now + static_cast<std::int64_t>(hours) * us_per_hour / 2;
  std::string target = R"("step":"nowhere")";
  if (!r.state.activities.empty()) {
    const Activity& a =
        r.state.activities[tape.choose(static_cast<std::uint32_t>(r.state.activities.size()))];
    target = cat(R"("task":")", task_id("r1", a), '"');
  }
  const auto on = [&](std::string_view verb, std::string_view more = {}) {
    return cat(R"({"do":")", verb, R"(",)", target, more.empty() ? "" : ",", more, "}");
  };
  switch (tape.choose(26)) {
    case 0:
    case 1:
    case 2:
      r.run(on("complete"));
      break;
    case 3:
      r.run(on("complete", R"("form":{"again":true})"));
      break;
    case 4:
      r.run(on("claim"));
      break;
    case 5:
      r.run(on("accept_review"));
      break;
    case 6:
      r.run(on("return_for_rework", R"("note":"n")"));
      break;
    case 7:
      r.run(on("complete_service", R"("result":{})"));
      break;
    case 8:
      r.run(on("fail_service", R"("error":"e")"));
      break;
    case 9:
    case 10:
      r.run(on("decide_approval", R"("decision":"approve")"));
      break;
    case 11:
      r.run(on("decide_approval", R"("decision":"refuse")"));
      break;
    case 12:
    case 13:
      r.event("ping", cat(R"({"n":)", tape.choose(5), "}"));
      break;
    case 14:
      r.event("pong");
      break;
    case 15:
      r.event("stop");
      break;
    case 16:
      r.advance(to_string(r.now + 12 * us_per_hour), 1 + tape.choose(4));
      break;
    case 17:
      r.advance(to_string(r.now + 60 * us_per_hour));
      break;
    case 18:
      r.run(R"({"do":"suspend","reason":"r"})");
      break;
    case 19:
      r.run(R"({"do":"resume"})");
      break;
    case 20:
      r.run(on(tape.choose(2) ? "suspend_task" : "resume_task"));
      break;
    case 21:
      if (!author.tasks.empty())
        r.run(cat(R"({"do":"request_exception","policy":"pass","step":")", author.tasks[0],
                  R"(","reason":"r"})"));
      break;
    case 22:
      r.run(R"({"do":"decide_exception","exception":"x1","decision":"approve"})");
      break;
    case 23:
      r.run(R"({"do":"skip","exception":"x1"})");
      break;
    case 24:
      if (!author.tasks.empty())
        r.run(cat(R"({"do":"invoke_emergency","policy":"pass","step":")", author.tasks[0],
                  R"(","reason":"r"})"));
      break;
    case 25:
      switch (tape.choose(4)) {
        case 0:
          r.run(R"({"do":"cancel","reason":"r"})");
          break;
        case 1:
          r.run(on("fail", R"("reason":"r")"));
          break;
        case 2:
          r.run(R"({"do":"retry_incident","incident":"i1"})");
          break;
        default:
          r.run(on("release"));
          break;
      }
      break;
  }
}

// Whether every token born in a log is somewhere, or ended by an event that says so.
std::string lost_token(const std::vector<Event>& log, const State& state) {
  std::vector<bool> alive;
  const auto mark = [&](TokenId token, bool value) {
    if (token >= alive.size()) alive.resize(token + 1, false);
    alive[token] = value;
  };
  State step;
  for (const Event& e : log) {
    const State before = step;
    if (!apply(step, e).ok()) return "does not replay";
    if (const auto* c = e.as<StepLeft>()) mark(c->token, false);
    if (const auto* c = e.as<JoinFired>())
      for (const TokenId token : c->taken) mark(token, false);
    if (const auto* c = e.as<RungFired>())
      for (const TokenId token : c->dropped) mark(token, false);
    if (const auto* c = e.as<InstanceClosed>())
      for (const Move& m : before.parked)
        if (m.instance == c->instance) mark(m.token, false);
    if (e.as<RunClosed>())
      for (const Move& m : before.parked) mark(m.token, false);
    const auto born = [&](const std::vector<Move>& moves) {
      for (const Move& m : moves) mark(m.token, true);
    };
    if (const auto* c = e.as<RunStarted>()) born(c->moves);
    if (const auto* c = e.as<StepLeft>()) born(c->moves);
    if (const auto* c = e.as<JoinFired>()) born(c->moves);
    if (const auto* c = e.as<InstanceOpened>()) born(c->moves);
    if (const auto* c = e.as<RungFired>()) born(c->moves);
    if (const auto* c = e.as<ReworkReturned>()) born(c->moves);
  }
  for (std::size_t token = 0; token < alive.size(); ++token) {
    bool somewhere = false;
    for (const Move& m : state.parked) somewhere = somewhere || m.token == token;
    for (const Activity& a : state.activities) somewhere = somewhere || a.token == token;
    if (alive[token] != somewhere)
      return cat("token ", token, alive[token] ? " is lost" : " came from nowhere");
  }
  return {};
}

void live(std::vector<std::uint8_t> choices) {
  Tape tape(std::move(choices));
  Author author(tape);
  const std::string text = author.write();
  INFO(text);
  Run r(text);
  r.facts.limits.visits_at_once = 30;
  const std::uint32_t staffed = tape.choose(3);
  if (staffed)
    r.directory.roles = {
        {"clerk", {"ann", "bob", "max"}}, {"lead", {"bob", "lea", "max"}}, {"chief", {"che", "max"}}};
  REQUIRE(r.start() == "");
  for (int i = 0; i < 60 && !tape.done(); ++i) command(r, tape, author);
  // Time alone must end in rest: everything due has fired.
  r.advance(to_string(r.now + 100 * us_per_day), 100'000);
  CHECK_FALSE(r.more);
  auto replayed = replay(r.log);
  REQUIRE(replayed.ok());
  CHECK(*replayed == r.state);
  CHECK(lost_token(r.log, r.state) == "");
}

}  // namespace

TEST_CASE("property: random SOPs and commands keep every law at every prefix", "[run][property]") {
#ifdef AESOP_HAVE_RAPIDCHECK
  const auto holds = rc::check(
      "laws of a run", [] { live(*rc::gen::resize(240, rc::gen::arbitrary<std::vector<std::uint8_t>>())); });
  CHECK(holds);
#else
  std::uint64_t state = 1;
  for (int round = 0; round < 100; ++round) {
    std::vector<std::uint8_t> choices;
    for (int i = 0; i < 200; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      choices.push_back(static_cast<std::uint8_t>(state >> 56));
    }
    live(std::move(choices));
  }
#endif
}
