// Entries of the log that are no events: their bytes never change, and the log can be read back as what was done.
#include "catch.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/base/bytes.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/engine/entry.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace aesop;
using namespace aesop::testing;

namespace {

const std::string goldens = AESOP_TESTS_DIR "/golden/events/v1/";
// A type that came later has a file of its own.
const std::vector<std::string> files = {"administration.json", "gate_recorded.json"};

/// One of each, with every member set.
std::vector<EntryControl> one_of_each() {
  const EffectDone effect{41, 3, "r1/19/1", "service"};
  return {CommandRefused{"complete"},
          PersonPut{"ann", {{"agent", ""}, {"lead", "shop/east"}}},
          PersonRemoved{"ann"},
          ParameterSet{"refund", "patience", "shop"},
          CalendarPut{"office", "shop/west"},
          FeedIngested{"post", "2026-01/7", 300},
          effect,
          EffectFailed{effect},
          EffectDead{effect},
          PayloadsErased{"r1", 12, {3, 200}},
          SopPublished{"refund", "1.0.0", "5f0c"},
          GateRecorded{"refund",
                       "1.0.0",
                       "may_pay",
                       "order/7",
                       "warn",
                       "aa00",
                       "bb11",
                       "cc22",
                       Instant{1'767'603'600'000'000},
                       {"skip_check"},
                       {"amount"},
                       {"reason"}}};
}

Value golden_of(const EntryControl& control) {
  return control.visit([&](const auto& one) {
    const bool refusal = one.kind == RecordKind::refusal;
    return Value::context({{"bytes", Value::string(to_hex(encode_entry(control)))},
                           {"control", entry_to_value(control)},
                           {"kind", Value::string(to_string(one.kind))},
                           {"type", Value::string(refusal ? std::string_view("not_active") : one.name)},
                           {"version", Value::number(one.version)}});
  });
}

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return out;
}

RecordKind kind_of(std::string_view name) {
  for (const RecordKind kind : {RecordKind::refusal, RecordKind::administration, RecordKind::library})
    if (to_string(kind) == name) return kind;
  return RecordKind::event;
}

Value shown(Engine& engine, const std::string& line) {
  const Value answer = engine.execute(command(line));
  INFO(write_json(answer).value_or("?"));
  REQUIRE(answer.find("ok"));
  return answer.get("ok").get("events");
}

}  // namespace

TEST_CASE("R46: entries: the bytes of every entry that is no event are those recorded, and are read back",
          "[engine][golden]") {
  const std::vector<EntryControl> all = one_of_each();
  std::vector<Value> recorded;
  for (const std::string& file : files) {
    const std::string golden = goldens + file;
    if (std::getenv("AESOP_WRITE_GOLDEN") && !std::filesystem::exists(golden)) {
      std::vector<Value> rows;
      for (const EntryControl& one : all)
        if (file == "administration.json" || one.get_if<GateRecorded>()) rows.push_back(golden_of(one));
      std::ofstream(golden)
          << write_json_indented(Value::context({{"entries", Value::list(std::move(rows))}})).value() << '\n';
    }
    std::ifstream in(golden);
    std::stringstream text;
    text << in.rdbuf();
    const Value whole = read_json(text.str()).value();
    for (const Value& row : whole.get("entries").items()) recorded.push_back(row);
  }
  std::set<std::size_t> seen;
  for (const Value& row : recorded) {
    const std::string bytes = bytes_of(row.get("bytes").as_string());
    CAPTURE(row.get("type").as_string());
    const auto version = static_cast<std::uint16_t>(row.get("version").as_decimal().to_int64().value_or(0));
    const RecordKind kind = kind_of(row.get("kind").as_string());
    const auto control = decode_entry(kind, row.get("type").as_string(), version, bytes);
    REQUIRE(control.ok());
    CHECK(entry_to_value(*control) == row.get("control"));
    CHECK(encode_entry(*control) == bytes);
    seen.insert(control->index());

    CHECK(decode_entry(kind, row.get("type").as_string(), version, bytes + "x").error().code ==
          ErrorCode::corrupt_event);
    CHECK(decode_entry(kind, row.get("type").as_string(), 9, bytes).error().code ==
          ErrorCode::unsupported_version);
  }
  CHECK(seen.size() == EntryControl::size);
  CHECK(decode_entry(RecordKind::administration, "from_the_future", 1, "").error().code ==
        ErrorCode::unsupported_version);
}

TEST_CASE("R47, R54, R134: entries: who holds what since when is read from the log alone", "[engine]") {
  auto engine = Engine::open(":memory:").value();
  REQUIRE(furnish(engine));
  REQUIRE(
      engine
          .execute(command("{'do':'set_parameter','sop':'refund','name':'patience','scope':'shop','value':"
                           "'3 days'}",
                           "p"))
          .find("ok"));
  const Value all = shown(engine, "{'do':'events'}");
  bool grants = false, value = false, library = false;
  for (const Value& entry : all.items()) {
    const Value& control = entry.get("control");
    if (entry.get("type").as_string() == "person_put" && control.get("person").as_string() == "ben") {
      grants = control.get("grants").at(0).get("role").as_string() == "agent" &&
               control.get("grants").at(0).get("scope").as_string() == "shop/east" &&
               entry.get("data").get("name").as_string() == "Ben";
    }
    if (entry.get("type").as_string() == "parameter_set")
      value = entry.get("data").as_string() == "3 days" && control.get("parameter").as_string() == "patience";
    if (entry.get("kind").as_string() == "library")
      library = control.get("sop_version").as_string() == "1.0.0";
  }
  CHECK(grants);
  CHECK(value);
  CHECK(library);
}

TEST_CASE("entries: who tried what on a run is read with its events, in order, in pieces", "[engine]") {
  for (const char* kind : {"memory", "file"}) {
    INFO(kind);
    const TemporaryFolder folder;
    auto engine = Engine::open(std::string(kind) == "memory" ? ":memory:" : folder.file()).value();
    REQUIRE(furnish(engine));
    const auto send = [&](const char* line, const char* id) { return engine.execute(command(line, id)); };
    REQUIRE(send("{'do':'start','sop':'refund','subject':'o1','run':'r1'}", "c1").find("ok"));
    REQUIRE(send("{'do':'start','sop':'refund','subject':'o2','run':'r2'}", "c2").find("ok"));
    REQUIRE(send("{'do':'complete','run':'r1','step':'close'}", "c3").find("rejected"));
    REQUIRE(send("{'do':'complete','run':'r2','step':'close'}", "c4").find("rejected"));
    REQUIRE(send("{'do':'claim','run':'r1','step':'check'}", "c5").find("ok"));
    REQUIRE(send("{'do':'start','sop':'refund','subject':'o1','run':'r1'}", "c6").find("rejected"));

    const Value events = shown(engine, "{'do':'events','run':'r1'}");
    const Value tried = shown(engine, "{'do':'events','run':'r1','kinds':['refusal']}");
    REQUIRE(tried.size() == 2);
    CHECK(tried.at(0).get("type").as_string() == "not_active");
    CHECK(tried.at(0).get("control").get("command").as_string() == "complete");
    CHECK(tried.at(0).get("actor").as_string() == "ann");
    CHECK(tried.at(1).get("control").get("command").as_string() == "start");

    const Value both = shown(engine, "{'do':'events','run':'r1','kinds':['event','refusal']}");
    CHECK(both.size() == events.size() + 2);
    std::int64_t after = 0;
    std::size_t pieces = 0;
    for (bool more = true; more; ++pieces) {
      const Value page = engine
                             .execute(command(cat("{'do':'events','run':'r1','kinds':['event','refusal'],"
                                                  "'limit':1,'after':",
                                                  after, "}")))
                             .get("ok");
      REQUIRE(page.get("events").size() == 1);
      CHECK(page.get("events").at(0) == both.at(pieces));
      after = page.get("events").at(0).get("seq").as_decimal().to_int64().value();
      more = page.get("more").is_true();
    }
    CHECK(pieces == both.size());
    CHECK(engine.execute(command("{'do':'events','kinds':['misc']}")).get("error").get("code").as_string() ==
          "schema-error");
  }
}
