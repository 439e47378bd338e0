// Old logs replay in every later version: tests/golden/events/*/*.json hold events as JSON and bytes, and the state
// they come to. A file there never changes; a new version of an event type gets a new file. A later library may know
// more of a state than the file says (another state_format); what the file says stays true.
// AESOP_WRITE_GOLDEN=1 writes files that are missing, from the scripts below.
#include "fixture.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace aesop_test;

namespace {

const std::string root = AESOP_TESTS_DIR "/golden/events";
// Recorded with what this version writes: add files of new scripts there, or a folder when the versions of events grow.
const std::string folder = root + "/v2";

Value golden_of(const Run& r) {
  std::vector<Value> events;
  for (const Event& e : r.log)
    events.push_back(Value::context({{"event", event_to_value(e)},
                                     {"control", Value::string(to_hex(encode_control(e)))},
                                     {"data", Value::string(to_hex(encode_data(e.data)))}}));
  return Value::context({{"events", Value::list(std::move(events))},
                         {"state", state_to_value(r.state)},
                         {"state_bytes", Value::string(to_hex(encode_state(r.state)))}});
}

void must(Run& r, const std::string& reason) {
  INFO(r.last_rejection.message << " " << r.last_message);
  REQUIRE(reason == "");
}

const std::string sha_member =
    R"("sha256":"00000000000000000000000000000000000000000000000000000000000000aa")";

void tasks(Run& r) {
  must(r, r.start());
  r.as("ann", {"clerk"});
  for (const char* verb : {"claim", "start_task", "stop", "release", "claim"}) must(r, r.task(verb, "a"));
  must(r, r.task("delegate", "a", R"("to":"dan")"));
  must(r, r.as("dan", {"clerk"}).task("forward", "a"));
  must(r, r.as("ann", {"clerk"}).task("claim", "a"));
  must(r, r.task("suspend_task", "a", R"("until":"2026-01-06T00:00:00Z")"));
  must(r, r.task("resume_task", "a"));
  must(r, r.task("save", "a", R"("form":{"n":1.50,"day":"2026-02-28"})"));
  must(r, r.task("tick", "a", R"("item":"1","note":"seen")"));
  must(r, r.task("untick", "a", R"("item":"1")"));
  must(r, r.task("tick", "a", R"("item":"gauge","reading":121)"));
  must(r, r.task("attach_evidence", "a",
                 sha_member + R"(,"media_type":"text/plain","uri":"file:///x","name":"x.txt")"));
  r.advance("2026-01-06T09:00:00Z");  // raise, reassign, start, also
  must(r, r.as("che", {"chief"})
              .task("complete", "a", R"("occurred_at":"2026-01-06T07:30:00Z","form":{"n":2},"note":"done")"));
  must(r, r.as("rev", {"other"}).task("return_for_rework", "a", R"("note":"again")"));
  must(r, r.as("ann", {"clerk"}).complete("a", R"({"n":3})"));
  must(r, r.as("rev", {"other"}).task("accept_review", "a"));
  must(r, r.as("ann", {"clerk"}).task("fail", "b", R"("reason":"no paper")"));
  must(r, r.as("lea", {"lead"}).run(R"({"do":"retry_incident","incident":"i1"})"));
  must(r, r.task("correct", "a", R"("form":{"n":9},"reason":"misread")"));
}

void tokens(Run& r) {
  must(r, r.start());
  must(r, r.event("line", R"({"amount":12.30,"when":"2026-01-04T10:00:00-05:00"})"));
  must(r, r.task("fail_service", "svc", R"("error":"no line")"));
  r.advance("2026-01-05T09:10:00Z");
  must(r, r.task("complete_service", "svc", R"("result":{"ref":"77"})"));
  must(r, r.run(R"({"do":"suspend","reason":"flood"})"));
  must(r, r.after(5).run(R"({"do":"resume"})"));
  must(r, r.task("complete", "work"));
  must(r, r.event("over"));
  must(r, r.event("answer"));
  must(r, r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve","note":"fine")"));
  must(r, r.as("ann", {"clerk", "lead"}).task("complete", "item"));
  must(r, r.task("complete", "item"));
  must(r, r.run(R"({"do":"resolve_incident","incident":"i1","data":{"level":1},"reason":"known"})"));
  must(r, r.run(R"({"do":"cancel","reason":"enough"})"));
}

void deviations(Run& r) {
  must(r, r.start());
  const std::string ask =
      R"({"do":"request_exception","policy":"pass","reason":"r","documents":[{"name":"letter",)" +
      sha_member + "}]}";
  must(r, r.as("ann", {"clerk"}).run(ask));
  must(r, r.as("lea", {"lead"})
              .run(R"({"do":"decide_exception","exception":"x1","decision":"approve","note":"ok"})"));
  r.advance("2026-01-06T10:00:00Z");  // expires
  must(r, r.as("ann", {"clerk"}).run(ask));
  r.advance("2026-01-06T15:00:00Z");  // passed on
  r.advance("2026-01-06T20:00:00Z");  // denied
  must(r,
       r.run(R"({"do":"request_exception","policy":"later","reason":"r","until":"2026-01-20T00:00:00Z"})"));
  must(r, r.as("lea", {"lead"}).run(R"({"do":"decide_exception","exception":"x3","decision":"approve"})"));
  must(r, r.as("ann", {"clerk"}).run(R"({"do":"extend","exception":"x3"})"));
  must(r, r.as("oli", {"other"})
              .run(R"({"do":"invoke_emergency","policy":"pass","reason":"fire","documents":[]})"));
  r.advance("2026-01-09T00:00:00Z");  // review overdue
  must(r, r.as("che", {"chief"}).run(R"({"do":"review_emergency","exception":"x4","verdict":"justified"})"));
  must(r, r.as("ann", {"clerk"}).complete("b"));
  must(r, r.as("che", {"chief"}).run(R"({"do":"acknowledge_handoff","handoff":"h1"})"));
}

struct Script {
  const char* name;
  std::string sop;
  void (*play)(Run&);
};

std::vector<Script> scripts() {
  return {
      {"tasks",
       sop(task(
               "a",
               R"("review":"other","form":{"n":"number","day":"date"},"checklist":["Look",{"item":"Gauge","id":"gauge","enforce":"could","evidence":{"kind":"reading"}},{"item":"X","enforce":"could"}],"enforce":"could","due":"23 hours","escalate":[{"at":"due","raise":8,"reassign":["chief","clerk"],"start":"appeals","also":"side","notify":"accountable"}])") +
           "," + task("b", R"("next":"stop")") + "," + task("side", R"("next":"stop")") +
           R"(,{"id":"stop","title":"Stop","kind":"end","outcome":"done","closes":false})"),
       tasks},
      {"tokens",
       sop(R"({"id":"fork","title":"Fork","kind":"parallel","go":["svc","lines"]},)"
           R"({"id":"svc","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","with":{"n":"=level"},"result":{"ref":"string"},"retry":{"times":1,"every":"10 minutes"},"next":"j"},)"
           R"({"id":"lines","title":"Lines","kind":"each","of":"event line","as":"line","data":{"tries":{"type":"number","default":0}},"until":"event over","next":"j","run":[)" +
               task(
                   "work",
                   R"("due":{"at":"10 hours","pause":"remaining"},"next":[{"else":"fin","set":{"tries":"=tries + 1","total":"=total + line.amount"}}])") +
               R"(,{"id":"fin","title":"F","kind":"end","outcome":"ok"}]},{"id":"j","title":"J","kind":"join"},)"
               R"({"id":"w","title":"W","kind":"wait","for":[{"event":"answer","go":"ok"},{"after":"9 days","go":"ok"}]},)"
               R"({"id":"ok","title":"OK","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":"lead","next":{"approved":"each2","refused":"done"}},)"
               R"({"id":"each2","title":"E","kind":"each","of":"=xs","next":"pick","run":[)" +
               task("item") +
               R"(]},{"id":"pick","title":"P","kind":"decision","raci":{"responsible":"clerk","accountable":"lead"},"incidents":{"data":"level"},"next":[{"if":"level = 1","go":"last"}]},)" +
               task("last") + "," + end(),
           R"("data":{"level":{"type":"number","default":0},"total":{"type":"number","default":0},"xs":{"type":"list","default":[1,"b"]}},"events":{"line":{"fields":{"amount":"number","when":"date and time"}},"over":{},"answer":{}})"),
       tokens},
      {"deviations",
       sop(task("a", R"("due":"3 days","escalate":[{"at":"due","notify":"lead"}])") + "," + task("b") + "," +
               end(),
           R"("clocks":{"whole":{"starts":"run.started","stops":"b.completed","due":"90 days","escalate":[{"at":"due","page":"chief"}]}},)"
           R"("exceptions":{"pass":{"of":["a"],"allows":"skip","documents":["letter"],"approvers":"lead","decide_within":"4 hours","on_timeout":{"next":"chief"},"valid_for":"1 day","emergency":{"by":["other"],"reviewer":["chief"],"review_within":"2 days"}},"later":{"of":["a"],"allows":"extend","approvers":"lead","at_most":"30 days"}},)"
           R"("handoffs":[{"id":"over","from":"clerk","to":"chief","when":"b.completed","acknowledge_within":"1 day"}])"),
       deviations},
  };
}

// What `whole` has of the members that `part` has, and of theirs.
Value as_far_as(const Value& whole, const Value& part) {
  if (part.is_context() && whole.is_context()) {
    std::vector<Entry> entries;
    for (const Entry& entry : part.entries())
      if (const Value* known = whole.find(entry.first))
        entries.emplace_back(entry.first, as_far_as(*known, entry.second));
    return Value::context(std::move(entries));
  }
  if (part.is_list() && whole.is_list() && part.size() == whole.size()) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < part.size(); ++i)
      items.push_back(as_far_as(whole.items()[i], part.items()[i]));
    return Value::list(std::move(items));
  }
  return whole;
}

Value read_file(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return json(text.str());
}

/// Every log on record, with the name of its file. Entries that are no events are tests/engine's.
std::vector<std::pair<std::string, Value>> recorded_logs() {
  std::vector<std::pair<std::string, Value>> logs;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".json") continue;
    Value golden = read_file(entry.path());
    if (golden.find("events"))
      logs.emplace_back(entry.path().string().substr(root.size()), std::move(golden));
  }
  return logs;
}

}  // namespace

TEST_CASE("goldens: every recorded log replays to the state recorded with it", "[run][golden]") {
  if (std::getenv("AESOP_WRITE_GOLDEN")) {
    std::filesystem::create_directories(folder);
    for (const Script& script : scripts()) {
      const std::filesystem::path path = folder + "/" + script.name + ".json";
      if (std::filesystem::exists(path)) continue;
      Run r(script.sop);
      script.play(r);
      std::ofstream(path) << write_json_indented(golden_of(r), 1).value() << '\n';
    }
  }
  std::set<std::string> seen;
  std::set<std::uint16_t> versions;
  std::size_t files = 0;
  for (const auto& [name_of_file, golden] : recorded_logs()) {
    INFO(name_of_file);
    ++files;
    State state;
    for (const Value& one : golden.get("events").items()) {
      auto shown = event_from_value(one.get("event"));
      REQUIRE(shown.ok());
      seen.insert(std::string(shown->name()));
      versions.insert(static_cast<std::uint16_t>(*one.get("event").get("version").as_decimal().to_int64()));
      const std::string control = from_hex(one.get("control").as_string()).value();
      auto event = decode_event(
          shown->name(), static_cast<std::uint16_t>(*one.get("event").get("version").as_decimal().to_int64()),
          control);
      REQUIRE(event.ok());
      CHECK(event->control == shown->control);
      // Written by an earlier version it is read, and written anew it is longer.
      if (*one.get("event").get("version").as_decimal().to_int64() == event->version())
        CHECK(encode_control(*event) == control);
      event->at = shown->at;
      event->recorded = shown->recorded;
      event->occurred_at = shown->occurred_at;
      event->actor = shown->actor;
      event->roles = shown->roles;
      event->scope = shown->scope;
      event->command_id = shown->command_id;
      event->data = decode_data(from_hex(one.get("data").as_string()).value()).value();
      auto applied = apply(state, *event);
      REQUIRE(applied.ok());
      REQUIRE(broken_invariant(state) == "");
    }
    CHECK(write_json(as_far_as(state_to_value(state), golden.get("state"))).value() ==
          write_json(golden.get("state")).value());
    const std::string bytes = from_hex(golden.get("state_bytes").as_string()).value();
    const auto decoded = decode_state(bytes);
    if (bytes[0] == aesop::detail::state_format) {
      CHECK(encode_state(state) == bytes);
      CHECK(decoded.value() == state);
    } else {
      // Of another layout: known as such, and the events are replayed in its place.
      REQUIRE_FALSE(decoded.ok());
      CHECK(decoded.error().code == ErrorCode::unsupported_version);
    }
  }
  CHECK(files >= 6);
  CHECK(versions.size() == last_event_version);  // each has its log on record
  for (std::size_t i = 0; i < event_type_count; ++i) {
    CAPTURE(name(static_cast<EventType>(i)));
    CHECK(seen.count(std::string(name(static_cast<EventType>(i)))) == 1);
  }
}

TEST_CASE("goldens: a log whose payloads were all erased still replays", "[run][golden]") {
  for (const auto& [name_of_file, golden] : recorded_logs()) {
    INFO(name_of_file);
    State state, whole;
    for (const Value& one : golden.get("events").items()) {
      auto event = event_from_value(one.get("event"));
      REQUIRE(event.ok());
      event->data = decode_data(from_hex(one.get("data").as_string()).value()).value();
      REQUIRE(apply(whole, *event).ok());
      if (!event->data.is_null()) event->data = Value::erased();
      REQUIRE(apply(state, *event).ok());
    }
    CHECK(state.status == whole.status);
    CHECK(state.outcome == whole.outcome);
    CHECK(projection(state) == projection(whole));
    REQUIRE(state.variables.size() == whole.variables.size());
    for (std::size_t i = 0; i < state.variables.size(); ++i)
      CHECK(state.variables[i].first == whole.variables[i].first);
  }
}

TEST_CASE("codec: bytes that are no event, state or datum are refused, whatever they are", "[run]") {
  for (const auto& [name_of_file, golden] : recorded_logs()) {
    INFO(name_of_file);
    State replayed;
    for (const Value& one : golden.get("events").items()) {
      auto event = event_from_value(one.get("event"));
      REQUIRE(event.ok());
      event->data = decode_data(from_hex(one.get("data").as_string()).value()).value();
      REQUIRE(apply(replayed, *event).ok());
    }
    const std::string state = encode_state(replayed);
    for (std::size_t cut = 0; cut < state.size(); ++cut) CHECK_FALSE(decode_state(state.substr(0, cut)).ok());
    for (std::size_t i = 0; i < state.size(); ++i) {
      std::string changed = state;
      changed[i] = static_cast<char>(changed[i] ^ 0x55);
      (void)decode_state(changed).ok();  // anything but a crash
    }
    for (const Value& one : golden.get("events").items()) {
      const std::string type(one.get("event").get("type").as_string());
      const std::string control = from_hex(one.get("control").as_string()).value();
      if (!control.empty()) CHECK_FALSE(decode_event(type, 1, control.substr(0, control.size() - 1)).ok());
      CHECK_FALSE(decode_event(type, 1, control + "x").ok());
      CHECK(decode_event(type, last_event_version + 1, control).error().code ==
            ErrorCode::unsupported_version);
      CHECK(decode_event(type, 0, control).error().code == ErrorCode::corrupt_event);
    }
  }
  CHECK(decode_event("no_such", 1, "").error().code == ErrorCode::unsupported_version);
  CHECK(decode_data("").error().code == ErrorCode::corrupt_event);
  CHECK(decode_data("\x0f").error().code == ErrorCode::corrupt_event);
}

TEST_CASE("codec: every kind of value comes back as it was", "[run]") {
  for (const char* text : {"null", "true", "false", "0", "-17", "1.50", "123456789012345678901234567890.1234",
                           "\"\"", "\"\\u00e9\"", "[]", "[1,[2,[3]]]", "{}", R"({"b":1,"a":{"c":null}})"}) {
    const Value value = json(text);
    CHECK(decode_data(encode_data(value)).value() == value);
  }
  const Value date = Value::date({2026, 2, 28});
  const Value moment =
      Value::date_time({{2026, 2, 28}, LocalTime::of(9, 30), ZoneRef::named("America/New_York")});
  const Value offset =
      Value::date_time({{-5, 2, 28}, LocalTime::of(9, 30, 1, 5), ZoneRef::at_offset(-19800)});
  const Value time = Value::time({LocalTime::of(23, 59), {}});
  const Value days = Value::days_duration({-90061, 5});
  const Value months = Value::months_duration({-14});
  const Value range = Value::range({Value::number(1), Value(), true, false, false});
  for (const Value& value : {date, moment, offset, time, days, months, range, Value::erased(), Value()}) {
    CHECK(decode_data(encode_data(value)).value() == value);
    CHECK(decode_data(encode_data(value)).value().kind() == value.kind());
  }
}
