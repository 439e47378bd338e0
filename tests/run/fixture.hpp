// One run under test: a small SOP, commands as JSON, and after every one of them the laws that always hold:
// replay equals the state, bytes come back, invariants of state.hpp, a refusal makes no event of its own.
#pragma once

#include "catch.hpp"
#include "support/rule_zones.hpp"

#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/run.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop_test {

using namespace aesop;

inline Instant instant(std::string_view text) { return parse_instant(text).value(); }
inline Value json(std::string_view text) {
  auto value = read_json(text);
  if (!value) FAIL(to_string(value.error()) << " in " << text);
  return value.take();
}
inline std::string text(const Value& value) { return write_json(value).value(); }

inline std::string text_of(const Value& value) { return std::string(value.as_string()); }

/// People by role, at every scope.
class Directory final : public DirectoryView {
 public:
  std::vector<std::string> people(std::string_view role, std::string_view) const override {
    for (const auto& [name, persons] : roles)
      if (name == role) return persons;
    return {};
  }
  bool empty() const override { return roles.empty(); }
  std::vector<std::pair<std::string, std::vector<std::string>>> roles = {};
};

/// What is wrong with a state; empty when its invariants hold.
inline std::string broken_invariant(const State& s) {
  std::vector<TokenId> tokens;
  for (const Move& m : s.moving) tokens.push_back(m.token);
  for (const Move& m : s.parked) tokens.push_back(m.token);
  for (const Activity& a : s.activities) tokens.push_back(a.token);
  std::sort(tokens.begin(), tokens.end());
  if (std::adjacent_find(tokens.begin(), tokens.end()) != tokens.end()) return "(1) a token is in two places";
  if (!tokens.empty() && tokens.back() > s.last_token) return "(1) a token was never counted";
  for (std::size_t i = 1; i < s.activities.size(); ++i)
    if (s.activities[i - 1].token >= s.activities[i].token) return "(2) activities out of order";
  for (std::size_t i = 1; i < s.clocks.size(); ++i)
    if (std::tie(s.clocks[i - 1].armed.id, s.clocks[i - 1].armed.occurrence) >=
        std::tie(s.clocks[i].armed.id, s.clocks[i].armed.occurrence))
      return "(2) clocks out of order or twice: " + s.clocks[i].armed.id;
  for (std::size_t i = 1; i < s.variables.size(); ++i)
    if (s.variables[i - 1].first >= s.variables[i].first) return "(2) variables out of order";
  for (std::size_t i = 1; i < s.doers.size(); ++i)
    if (!(s.doers[i - 1] < s.doers[i])) return "(2) doers out of order";
  for (const Clock& c : s.clocks)
    if (c.armed.token != 0 && !find_activity(s, c.armed.token))
      return "(3) a clock without its step: " + c.armed.id;
  for (const Instance& i : s.instances)
    if (!find_activity(s, i.owner)) return "(3) an instance without its each";
  for (const Activity& a : s.activities)
    if (a.instance != 0 && !find_instance(s, a.instance)) return "(3) a step in an instance that is gone";
  if (s.status == RunStatus::closed && (!tokens.empty() || !s.instances.empty() || !s.incidents.empty()))
    return "(4) something is open in a closed run";
  return {};
}

class Run {
 public:
  explicit Run(std::string_view sop_text, std::string start = "2026-01-05T09:00:00Z") : now(instant(start)) {
    Findings findings;
    auto definition = load(sop_text, "test.sop.json", findings);
    if (!definition) FAIL(to_string(definition.error()));
    const SourceText source = *(*definition)->source;
    auto made = aesop::plan(definition.take(), findings, ports);
    INFO(findings.render(source));
    REQUIRE(made.ok());
    plan = made.take();
    facts.ports = &ports;
    facts.directory = &directory;
  }
  Run(const Run&) = delete;

  // --- time and people ---
  Run& at(std::string_view when) {
    now = instant(when);
    return *this;
  }
  Run& after(std::int64_t hours) {
    now = now + hours * us_per_hour;
    return *this;
  }
  Run& as(std::string id, std::vector<std::string> roles, std::string scope = "org") {
    actor = {std::move(id), {}, std::move(roles), std::move(scope)};
    return *this;
  }

  // --- asking ---
  /// Decides a command given as JSON without its envelope; the reason of the refusal, or "".
  std::string run(std::string_view body) {
    Value value = json(body);
    if (!value.find("command_id")) value = value.with("command_id", Value::string(cat('c', ++commands)));
    if (!value.find("at")) value = value.with("at", Value::string(to_string(now)));
    if (!value.find("actor")) value = value.with("actor", to_value(actor));
    if (!value.find("run")) value = value.with("run", Value::string("r1"));
    auto command = command_from_value(value);
    if (!command) FAIL(to_string(command.error()) << " in " << text(value));
    // The JSON form of a command is the command.
    auto again = command_from_value(command_to_value(*command));
    REQUIRE(again.ok());
    CHECK(text(command_to_value(*again)) == text(command_to_value(*command)));
    last_error.clear();
    auto decision = decide(*plan, state, *command, facts);
    if (!decision) {
      last_error = slug(decision.error().code);
      last_message = decision.error().message;
      return "error:" + last_error;
    }
    take(*decision);
    if (!decision->rejection) return {};
    last_rejection = *decision->rejection;
    CHECK_FALSE(rejection_text(last_rejection.reason).empty());
    CHECK(fired_only);
    return last_rejection.reason;
  }
  std::string start(std::string_view data = "{}", std::string_view scope = "org/clinic") {
    return run(cat(R"({"do":"start","sop":"t","subject":"s1","scope":")", scope, R"(","data":)", data, "}"));
  }
  std::string event(std::string_view name, std::string_view payload = "{}") {
    return run(cat(R"({"do":"record_event","event":")", name, R"(","payload":)", payload, "}"));
  }
  /// Verb on a step, with more keys as JSON text: task("complete", "a", R"("form":{"x":1})").
  std::string task(std::string_view verb, std::string_view step, std::string_view more = {}) {
    return run(cat(R"({"do":")", verb, R"(","step":")", step, '"', more.empty() ? "" : ",", more, "}"));
  }
  std::string complete(std::string_view step, std::string_view form = "{}") {
    return task("complete", step, cat(R"("form":)", form));
  }
  /// Fires what is due until then; how many events came.
  std::size_t advance(std::string_view when, std::size_t limit = 1000) {
    now = instant(when);
    auto decision = fire_due(*plan, state, now, facts, limit, "advance");
    if (!decision) FAIL(to_string(decision.error()));
    more = decision->more;
    take(*decision);
    return decision->events.size();
  }

  // --- looking ---
  /// Steps that are active, in order of token: "a b".
  std::string active() const {
    std::vector<std::string> steps;
    for (const Activity& a : state.activities)
      steps.push_back(a.instance == 0 ? a.step : cat(a.step, '#', find_instance(state, a.instance)->index));
    return join(steps, " ");
  }
  const Activity& activity(std::string_view step) const {
    for (const Activity& a : state.activities)
      if (a.step == step) return a;
    FAIL("step " << step << " is not active; active: " << active());
    throw 0;
  }
  Value variable(std::string_view name) const {
    const Value* value = find_variable(state.variables, name);
    return value ? *value : Value::string("(none)");
  }
  /// Names of the events of the last command, "task_completed step_left step_entered".
  std::string last() const {
    std::vector<std::string_view> names;
    for (const Event& e : recent) names.push_back(e.name());
    return join(names, " ");
  }
  template <class T>
  std::vector<T> all() const {
    std::vector<T> out;
    for (const Event& e : log)
      if (const T* c = e.as<T>()) out.push_back(*c);
    return out;
  }
  template <class T>
  std::size_t count() const {
    return all<T>().size();
  }
  /// Firings as "clock/rung@due", in order.
  std::string fired() const {
    std::vector<std::string> out;
    for (const RungFired& f : all<RungFired>())
      if (f.held) out.push_back(cat(f.clock, '/', f.rung, '@', to_string(f.due)));
    return join(out, " ");
  }
  std::vector<std::string> effects_of_kind(std::string_view kind) const {
    std::vector<std::string> out;
    for (const Effect& e : effects_made)
      if (e.kind == kind) out.push_back(text(e.body));
    return out;
  }
  Value detail(std::string_view key) const {
    for (const auto& [name, value] : last_rejection.details)
      if (name == key) return value;
    return {};
  }

  RuleZones zones_holder = {};
  Ports ports = {&zones_holder, nullptr, nullptr, nullptr};
  Directory directory = {};
  std::shared_ptr<const Plan> plan = {};
  Facts facts = {};
  Actor actor = {"ann", "Ann", {"clerk", "lead"}, "org"};
  Instant now;
  State state = {};
  std::vector<Event> log = {};
  std::vector<Event> recent = {};
  std::vector<Effect> effects_made = {};
  Rejection last_rejection = {};
  std::string last_error = {}, last_message = {};
  int commands = 0;
  bool more = false;
  bool checks_events = true;  ///< off for runs so large that the laws are left to the others

 private:
  // Takes a decision over, and checks what always holds.
  void take(Decision& decision) {
    State step = state;
    fired_only = true;
    if (!checks_events) {
      log.insert(log.end(), decision.events.begin(), decision.events.end());
      recent = decision.events;
      state = std::move(decision.after);
      return;
    }
    for (const Event& event : decision.events) {
      REQUIRE(event.at >= step.last_at);
      auto applied = apply(step, event);
      if (!applied) FAIL(to_string(applied.error()));
      REQUIRE(broken_invariant(step) == "");
      auto decoded = decode_event(event.name(), event.version(), encode_control(event));
      REQUIRE(decoded.ok());
      CHECK(decoded->control == event.control);
      auto from_json = event_from_value(event_to_value(event));
      if (!from_json) FAIL(to_string(from_json.error()));
      CHECK(from_json->control == event.control);
      CHECK(decode_data(encode_data(event.data)).value() == event.data);
      fired_only = fired_only && event.actor.empty();
      for (Effect& effect : effects(*plan, step, event, 0, &directory))
        effects_made.push_back(std::move(effect));
      log.push_back(event);
    }
    CHECK(step == decision.after);
    CHECK(step.moving.empty());
    CHECK(step.revision == log.size());
    auto back = decode_state(encode_state(step));
    REQUIRE(back.ok());
    CHECK(*back == step);
    if (step.open()) CHECK(step.activities.size() + step.parked.size() > 0);
    recent = decision.events;
    state = std::move(decision.after);
    CHECK(projection(state) == projection(*back));
  }
  bool fired_only = true;
};

/// An SOP around some steps: sop(steps), with further top-level keys.
inline std::string sop(std::string_view steps, std::string_view more = {}) {
  return cat(R"({"aesop": 1, "sop": "t", "version": "1.0.0", "title": "Test",
    "roles": {"clerk": {}, "lead": {"pages": true}, "chief": {"pages": true}, "other": {}}, )",
             more, more.empty() ? "" : ", ", R"("steps": [)", steps, "]}");
}
/// A task for the clerk under the lead: task("a"), with further keys.
inline std::string task(std::string_view id, std::string_view more = {}) {
  return cat(R"({"id": ")", id, R"(", "title": "Do )", id,
             R"(", "raci": {"responsible": "clerk", "accountable": "lead"})", more.empty() ? "" : ", ", more,
             "}");
}
inline std::string end(std::string_view id = "done", std::string_view outcome = "done") {
  return cat(R"({"id": ")", id, R"(", "title": "End", "kind": "end", "outcome": ")", outcome, R"("})");
}

}  // namespace aesop_test
