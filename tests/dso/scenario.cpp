// Playing scenarios.
#include "dso/scenario.hpp"

#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/value/compare.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace dso_test {

using aesop::Value;

namespace {

std::string json(const Value& value) {
  const auto text = aesop::write_json(value);
  return text ? *text : std::string("?");
}

aesop::Engine open_engine() {
  auto engine = aesop::Engine::open(":memory:");
  REQUIRE(engine.ok());
  return engine.take();
}

/// Whether a variable has the value that stands in a scenario: a time is the same point in time, in whatever zone; a list
/// has the same elements, in whatever order.
bool same(const Value& found, const Value& expected) {
  if (found.is_date_time() && expected.is_string()) {
    const auto at = aesop::parse_instant(expected.as_string());
    return at && aesop::equal(found, Value::instant(*at), aesop::default_ports().zones) == true;
  }
  if (found.is_list() && expected.is_list())
    return found.size() == expected.size() && holds(found, expected) && holds(expected, found);
  return json(found) == json(expected);
}

bool accepted(const Value& answer) { return answer.find("ok") != nullptr; }

}  // namespace

std::string source_file(std::string_view name) {
  std::ifstream file(aesop::cat(AESOP_SOURCE_DIR, '/', name), std::ios::binary);
  INFO("file " << name);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool holds(const Value& whole, const Value& part) {
  if (part.is_context()) {
    if (!whole.is_context()) return false;
    return std::all_of(part.entries().begin(), part.entries().end(), [&](const aesop::Entry& entry) {
      const Value* there = whole.find(entry.first);
      return there != nullptr && holds(*there, entry.second);
    });
  }
  if (part.is_list()) {
    if (!whole.is_list()) return false;
    return std::all_of(part.items().begin(), part.items().end(), [&](const Value& item) {
      return std::any_of(whole.items().begin(), whole.items().end(),
                         [&](const Value& there) { return holds(there, item); });
    });
  }
  return whole == part;
}

Scenario::Scenario() : engine_(open_engine()) {
  publish("examples/dso/billing_claims.sop.json");
  publish("examples/dso/claim_appeals.sop.json");
}

void Scenario::publish(std::string_view file) {
  const Value actor = Value::context(
      {{"id", Value::string("olga")}, {"name", Value::string("Olga")}, {"scope", Value::string("")}});
  const Value answer = send(Value::context({{"do", Value::string("publish")},
                                            {"at", Value::string("2026-10-01T12:00:00Z")},
                                            {"actor", actor},
                                            {"text", Value::string(source_file(file))}}));
  INFO(json(answer));
  REQUIRE(accepted(answer));
}

Value Scenario::send(Value command) {
  if (command.find("command_id") == nullptr)
    command = command.with("command_id", Value::string(aesop::cat("c", ++ids_)));
  return engine_.execute(command);
}

Value Scenario::actor(std::string_view name) const {
  const auto found = people_.find(name);
  INFO("person " << name);
  REQUIRE(found != people_.end());
  return found->second;
}

void Scenario::play(const std::string& file) {
  std::istringstream text(source_file("tests/dso/scenarios/" + file));
  std::size_t number = 0;
  for (std::string row; std::getline(text, row);) {
    ++number;
    if (row.empty()) continue;
    auto value = aesop::read_json(row);
    INFO(file << ':' << number << ": " << row);
    if (!value) FAIL(aesop::to_string(value.error()));
    line(file, number, *value);
    if (!watched_) continue;
    const auto report = engine_.verify_log({.deep = true});
    REQUIRE(report.ok());
    INFO(report->reason);
    CHECK(report->ok());
  }
}

void Scenario::say(std::string_view row) {
  auto value = aesop::read_json(row);
  if (!value) FAIL(aesop::to_string(value.error()));
  line("said", 1, *value);
}

void Scenario::line(const std::string& file, std::size_t number, const Value& given) {
  Value line = given;
  if (const auto known = runs_.find(given.get("run").as_string()); known != runs_.end())
    line = line.with("run", Value::string(known->second));
  const std::string place = aesop::cat(file, ':', number, ": ", json(line));
  if (line.find("note") != nullptr && line.size() == 1) return;
  if (const Value* people = line.find("people")) {
    for (const aesop::Entry& person : people->entries())
      people_[person.first] = person.second.with("name", Value::string(person.first));
    return;
  }
  if (const Value* name = line.find("name"); name != nullptr && line.find("of") != nullptr) {
    const Value found = engine_.execute(line.get("of").with("do", Value::string("runs")));
    INFO(place << "\nanswer: " << json(found));
    REQUIRE(found.get("ok").get("runs").size() == 1);
    runs_[std::string(name->as_string())] =
        std::string(found.get("ok").get("runs").at(0).get("run").as_string());
    return;
  }
  if (const Value* sop = line.find("publish")) return publish(sop->as_string());
  if (const Value* other = line.find("play")) return play(std::string(other->as_string()));
  if (line.find("finish") != nullptr) return finish(place, line);
  if (line.find("count") != nullptr) return count(place, line);
  if (line.find("variables") != nullptr) return variables(place, line);
  Value command = line.without("expect").without("by");
  if (const Value* by = line.find("by")) command = command.with("actor", actor(by->as_string()));
  const bool reads = line.find("by") == nullptr;
  const Value answer = reads ? engine_.execute(command) : send(std::move(command));
  const Value* expected = line.find("expect");
  INFO(place << "\nanswer: " << json(answer));
  if (expected != nullptr)
    CHECK(holds(answer, *expected));
  else
    CHECK(accepted(answer));
}

void Scenario::finish(const std::string& place, const Value& line) {
  const Value step = line.get("finish");
  const std::string run(line.get("run").as_string());
  const auto command = [&](std::string_view verb, const Value& by) {
    Value out = Value::context({{"do", Value::string(verb)},
                                {"run", line.get("run")},
                                {"step", step},
                                {"at", line.get("at")},
                                {"actor", actor(by.as_string())}});
    if (const Value* instance = line.find("instance")) out = out.with("instance", *instance);
    return out;
  };
  if (const Value* form = line.find("form"); form != nullptr && form->size() > 0) {  // items may depend on it
    const Value answer = send(command("save", line.get("by")).with("form", *form));
    INFO(place << "\nsave: " << json(answer));
    CHECK(accepted(answer));
  }
  const Value why = engine_.execute(Value::context(
      {{"do", Value::string("why")}, {"run", line.get("run")}, {"step", step}, {"at", line.get("at")}}));
  INFO(place << "\nwhy: " << json(why));
  REQUIRE(accepted(why));
  for (const Value& obstacle : why.get("ok").get("obstacles").items()) {
    const std::string_view kind = obstacle.get("kind").as_string();
    if (kind == "evidence") {
      const bool photo = obstacle.get("text").as_string().ends_with("photo");
      Value attach = command("attach_evidence", line.get("by"));
      attach = attach.with("item", obstacle.get("what"))
                   .with("name", obstacle.get("what"))
                   .with("media_type", Value::string(photo ? "image/jpeg" : "application/pdf"))
                   .with("sha256",
                         Value::string("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
                   .with("uri", Value::string("dms://test"));
      const Value answer = send(attach);
      INFO(json(answer));
      CHECK(accepted(answer));
    }
    if (kind == "item") {
      const Value answer = send(command("tick", line.get("by")).with("item", obstacle.get("what")));
      INFO(json(answer));
      CHECK(accepted(answer));
    }
  }
  Value complete = command("complete", line.get("by"));
  if (const Value* form = line.find("form")) complete = complete.with("form", *form);
  const Value answer = send(complete);
  INFO("answer: " << json(answer));
  if (const Value* expected = line.find("expect")) {
    CHECK(holds(answer, *expected));
    if (!accepted(answer)) return;
  } else {
    REQUIRE(accepted(answer));
  }
  if (const Value* by = line.find("review")) {
    const Value reviewed = send(command("accept_review", *by));
    INFO("review: " << json(reviewed));
    CHECK(accepted(reviewed));
  }
}

void Scenario::variables(const std::string& place, const Value& line) {
  const auto state = engine_.run(line.get("run").as_string());
  INFO(place);
  REQUIRE(state.ok());
  for (const aesop::Entry& expected : line.get("variables").entries()) {
    const auto found =
        std::find_if(state->variables.begin(), state->variables.end(),
                     [&](const aesop::NamedValue& one) { return one.first == expected.first; });
    REQUIRE(found != state->variables.end());
    INFO(expected.first << " is " << json(found->second));
    CHECK(same(found->second, expected.second));
  }
}

void Scenario::count(const std::string& place, const Value& line) {
  std::int64_t found = 0;
  const std::string run(line.get("run").as_string());
  const Value events = engine_.execute(Value::context(
      {{"do", Value::string("events")}, {"run", line.get("run")}, {"limit", Value::number(5000)}}));
  REQUIRE(accepted(events));
  for (const Value& event : events.get("ok").get("events").items())
    if (event.get("type") == line.get("count") &&
        (line.find("where") == nullptr || holds(event, line.get("where"))))
      ++found;
  INFO(place);
  CHECK(Value::number(found) == line.get("is"));
}

}  // namespace dso_test
