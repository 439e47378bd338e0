// Commands through the engine: once per id, refusals, starting again, conflicts, batches; over memory and SQLite.
#include "catch.hpp"
#include "support/inspect.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/engine/engine.hpp"
#include "aesop/store/memory.hpp"

#include <functional>

using namespace aesop;
using namespace aesop::testing;

namespace {

std::string text(const Value& value) { return write_json(value).value_or("?"); }

/// Runs a test on a furnished engine of each kind, and looks whether the store is whole afterwards.
void over_every_store(const std::function<void(Engine&)>& test) {
  for (const char* kind : {"memory", "shared", "exclusive"}) {
    INFO("store: " << kind);
    const TemporaryFolder folder;
    EngineOptions options;
    options.exclusive = std::string(kind) == "exclusive";
    auto engine = Engine::open(std::string(kind) == "memory" ? ":memory:" : folder.file(), options).value();
    const Status furnished = furnish(engine);
    INFO((furnished ? std::string() : to_string(furnished.error())));
    REQUIRE(furnished.ok());
    test(engine);
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
  }
}

Value send(Engine& engine, const std::string& line, const std::string& id, Instant at = day_one,
           const std::string& person = "ann", const std::string& role = "agent") {
  return engine.execute(command(line, id, at, person, role));
}

std::string reason(const Value& answer) {
  return std::string(answer.get("rejected").get("reason").as_string());
}
std::string code(const Value& answer) { return std::string(answer.get("error").get("code").as_string()); }

const char* start_one = "{'do':'start','sop':'refund','subject':'o1','run':'r1'}";

}  // namespace

TEST_CASE("engine: a refund runs from start to end, and what is stored is the replay of its log",
          "[engine]") {
  over_every_store([](Engine& engine) {
    const Value started = send(engine, start_one, "c1");
    CAPTURE(text(started));
    REQUIRE(started.find("ok"));
    CHECK(started.get("ok").get("run").as_string() == "r1");
    CHECK(started.get("ok").get("status").as_string() == "open");

    const Value tasks = send(engine, "{'do':'tasks','person':'ann'}", "").get("ok").get("tasks");
    REQUIRE(tasks.size() == 1);
    CHECK(tasks.at(0).get("step").as_string() == "check");
    CHECK(tasks.at(0).get("title").as_string() == "Check the claim");
    CHECK(tasks.at(0).get("state").as_string() == "ready");
    CHECK(send(engine, "{'do':'tasks','person':'fin'}", "").get("ok").get("tasks").size() == 0);
    CHECK(
        send(engine, "{'do':'tasks','role':'agent','scope':'shop/east'}", "").get("ok").get("tasks").size() ==
        1);
    CHECK(send(engine, "{'do':'tasks','scope':'shop/west'}", "").get("ok").get("tasks").size() == 0);

    const Value blocked =
        send(engine, "{'do':'complete','run':'r1','step':'check','form':{'amount':20}}", "c2");
    CHECK(reason(blocked) == "blocked");
    CHECK(send(engine, "{'do':'why','run':'r1','step':'check'}", "").get("ok").get("obstacles").size() > 0);
    REQUIRE(send(engine, "{'do':'tick','run':'r1','step':'check','item':'number'}", "c3").find("ok"));
    const Value completed =
        send(engine, "{'do':'complete','run':'r1','step':'check','form':{'amount':20}}", "c4");
    CAPTURE(text(completed));
    REQUIRE(completed.find("ok"));

    const Value outbox = send(engine, "{'do':'outbox'}", "").get("ok").get("effects");
    REQUIRE(outbox.size() == 1);
    CHECK(outbox.at(0).get("kind").as_string() == "service");
    const Value paid =
        send(engine, "{'do':'complete_service','run':'r1','step':'pay','result':{'reference':'x'}}", "c5",
             day_one, "fin", "finance");
    CAPTURE(text(paid));
    REQUIRE(paid.find("ok"));
    REQUIRE(send(engine,
                 "{'do':'record_event','run':'r1','event':'parcel.returned','payload':{'weight':1.5}}", "c6")
                .find("ok"));
    REQUIRE(send(engine, "{'do':'complete','run':'r1','step':'close'}", "c7").find("ok"));
    const Value accepted =
        send(engine, "{'do':'accept_review','run':'r1','step':'close'}", "c8", day_one, "lea", "lead");
    CAPTURE(text(accepted));
    REQUIRE(accepted.find("ok"));
    CHECK(accepted.get("ok").get("status").as_string() == "closed");
    CHECK(accepted.get("ok").get("outcome").as_string() == "refunded");

    const Value run = send(engine, "{'do':'run','run':'r1'}", "").get("ok");
    CHECK(run.get("outcome").as_string() == "refunded");
    const Value events = send(engine, "{'do':'events','run':'r1'}", "").get("ok").get("events");
    CHECK(events.size() == static_cast<std::size_t>(run.get("revision").as_decimal().to_int64().value()));
    CHECK(events.at(0).get("type").as_string() == "run_started");
    const Value verified = send(engine, "{'do':'verify'}", "").get("ok");
    CHECK(verified.get("sound").is_true());
    CHECK(send(engine, "{'do':'timers','run':'r1'}", "").get("ok").get("timers").size() == 0);
  });
}

TEST_CASE(
    "engine: the same command id gives the same answer and writes nothing; with another request it is an "
    "error",
    "[engine]") {
  over_every_store([](Engine& engine) {
    const Value first = send(engine, start_one, "c1");
    REQUIRE(first.find("ok"));
    const std::uint64_t seq = engine.store().head().value().seq;
    CHECK(text(send(engine, start_one, "c1")) == text(first));
    CHECK(engine.store().head().value().seq == seq);
    CHECK(code(send(engine, "{'do':'start','sop':'refund','subject':'o2'}", "c1")) == "command-id-reused");
    // Who repeats after a crash says what is now then.
    CHECK(text(send(engine, start_one, "c1", day_one + hour)) == text(first));
    CHECK(engine.store().head().value().seq == seq);

    const Value refused = send(engine, "{'do':'complete','run':'r1','step':'close'}", "c2");
    CHECK(reason(refused) == "not_active");
    REQUIRE(send(engine, "{'do':'tick','run':'r1','step':'check','item':'number'}", "c3").find("ok"));
    CHECK(text(send(engine, "{'do':'complete','run':'r1','step':'close'}", "c2")) == text(refused));
    CHECK(code(send(engine, "{'do':'claim','run':'r1','step':'check','command_id':''}", "")) ==
          "schema-error");
  });
}

TEST_CASE("engine: errors are not stored: after one the same id may be used", "[engine]") {
  over_every_store([](Engine& engine) {
    CHECK(code(send(engine, "{'do':'claim','run':'r1','step':'check'}", "c1")) == "unknown-run");
    CHECK(code(send(engine, "{'do':'start','sop':'refunt','subject':'o1'}", "c2")) == "not-found");
    CHECK(send(engine, "{'do':'start','sop':'refunt','subject':'o1'}", "c2")
              .get("error")
              .get("help")
              .as_string()
              .find("refund") != std::string_view::npos);
    REQUIRE(send(engine, start_one, "c2").find("ok"));
    REQUIRE(send(engine, "{'do':'claim','run':'r1','step':'check'}", "c1").find("ok"));
    CHECK(code(send(engine, "{'do':'clame','run':'r1'}", "c3")) == "unknown-name");
    CHECK(code(send(engine, "{'do':'claim','run':'r1','step':'check','hurry':true}", "c3")) ==
          "schema-error");
    CHECK(code(engine.execute(Value())) == "schema-error");
    CHECK(code(read_json(engine.execute_text("{\"do\": \"tasks\"")).value()) == "parse-error");
  });
}

TEST_CASE("engine: a refused command leaves no event, one entry of kind refusal, and no data of the command",
          "[engine]") {
  over_every_store([](Engine& engine) {
    REQUIRE(send(engine, start_one, "c1").find("ok"));
    const State before = engine.run("r1").value();
    const std::uint64_t seq = engine.store().head().value().seq;
    CHECK(reason(send(engine, "{'do':'complete','run':'r1','step':'close','note':'my secret'}", "c2")) ==
          "not_active");
    CHECK(engine.run("r1").value() == before);
    const auto entries = engine.store().read_log(seq, 10).value();
    REQUIRE(entries.size() == 1);
    const LogRecord record = decode_record(entries[0].header).value();
    CHECK(record.kind == RecordKind::refusal);
    CHECK(record.type == "not_active");
    CHECK(record.run == "r1");
    CHECK(record.run_seq == 0);
    CHECK(record.actor == "ann");
    CHECK(entries[0].payload == PayloadState::absent);
    CHECK(entries[0].header.find("secret") == std::string::npos);
  });
}

TEST_CASE("engine: data of a command is in the payload, never in the header", "[engine]") {
  over_every_store([](Engine& engine) {
    REQUIRE(send(engine, start_one, "c1").find("ok"));
    REQUIRE(send(engine, "{'do':'tick','run':'r1','step':'check','item':'number'}", "c2").find("ok"));
    REQUIRE(send(engine,
                 "{'do':'complete','run':'r1','step':'check','form':{'amount':20,'note':'my secret'}}", "c3")
                .find("ok"));
    std::vector<std::uint64_t> secret;
    const auto entries = engine.store().read_log(0, 1000).value();
    for (const LogEntry& entry : entries) {
      CHECK(entry.header.find("secret") == std::string::npos);
      if (entry.body.find("secret") != std::string::npos) secret.push_back(entry.seq);
    }
    REQUIRE_FALSE(secret.empty());
  });
}

TEST_CASE("engine: starting again follows the SOP's rules; ids of runs are derived when the host gives none",
          "[engine]") {
  over_every_store([](Engine& engine) {
    const Value first = send(engine, "{'do':'start','sop':'refund','subject':'o1','key':'k'}", "c1");
    const std::string run(first.get("ok").get("run").as_string());
    CHECK(run.starts_with("r_"));
    CHECK(run.size() == 22);
    const Value again = send(engine, "{'do':'start','sop':'refund','subject':'o1','key':'k'}", "c2");
    CHECK(reason(again) == "already_running");
    CHECK(again.get("rejected").get("run").as_string() == run);
    CHECK(send(engine, "{'do':'start','sop':'refund','subject':'o1','key':'other'}", "c3").find("ok"));
    CHECK(send(engine, "{'do':'start','sop':'refund','subject':'o1','key':'k','scope':'shop/east/b'}", "c4")
              .find("ok"));
    CHECK(reason(send(engine, cat("{'do':'start','sop':'refund','subject':'o9','run':'", run, "'}"), "c5")) ==
          "already_started");
    const Value cancelled = send(engine, cat("{'do':'cancel','run':'", run, "','reason':'mistake'}"), "c6",
                                 day_one, "lea", "lead");
    CAPTURE(text(cancelled));
    REQUIRE(cancelled.find("ok"));
    CHECK(send(engine, "{'do':'start','sop':'refund','subject':'o1','key':'k'}", "c7").find("ok"));
    CHECK(send(engine, "{'do':'runs','subject':'o1'}", "").get("ok").get("runs").size() == 4);
    CHECK(send(engine, "{'do':'runs','status':'closed'}", "").get("ok").get("runs").size() == 1);
  });
}

TEST_CASE("engine: an SOP may return the running one, or allow no second after a success", "[engine]") {
  auto engine = Engine::open(":memory:").value();
  const auto publish = [&](const char* sop, const char* policy) {
    std::string source(chase_sop);
    source.replace(source.find("\"chase\""), 7, cat('"', sop, '"'));
    source.replace(source.find("\"steps\""), 7, cat("\"start\": ", policy, ", \"steps\""));
    const auto answer = engine.publish(request(sop, day_one, "ops"), source).value();
    CAPTURE(text(answer.value));
    REQUIRE(answer.accepted);
  };
  publish("calm", R"({"if_running": "return_existing"})");
  publish("once", R"({"reuse": "only_after_failure"})");
  publish("never", R"({"reuse": "reject"})");
  int id = 0;
  const auto start = [&](const char* sop) {
    return send(engine, cat("{'do':'start','sop':'", sop, "','subject':'s'}"), cat("i", ++id));
  };
  const auto finish = [&](const Value& started) {
    return send(engine,
                cat("{'do':'complete','run':'", started.get("ok").get("run").as_string(), "','step':'look'}"),
                cat("i", ++id), day_one, "lea", "lead");
  };
  const auto cancel = [&](const Value& started) {
    return send(engine,
                cat("{'do':'cancel','run':'", started.get("ok").get("run").as_string(), "','reason':'x'}"),
                cat("i", ++id), day_one, "fin", "finance");
  };
  const Value calm = start("calm");
  const Value same = start("calm");
  CHECK(same.get("ok").get("existing").is_true());
  CHECK(same.get("ok").get("run").as_string() == calm.get("ok").get("run").as_string());

  const Value failed = start("once");
  REQUIRE(cancel(failed).find("ok"));
  const Value second = start("once");
  REQUIRE(second.find("ok"));
  REQUIRE(finish(second).get("ok").get("outcome").as_string() == "done");
  CHECK(reason(start("once")) == "already_done");

  REQUIRE(cancel(start("never")).find("ok"));
  CHECK(reason(start("never")) == "already_done");
}

TEST_CASE("engine: a stale revision is a conflict that says the current one", "[engine]") {
  over_every_store([](Engine& engine) {
    REQUIRE(send(engine, start_one, "c1").find("ok"));
    const State state = engine.run("r1").value();
    Request stale = request("c2", day_one);
    stale.run = "r1";
    stale.expected_revision = state.revision - 1;
    const Answer refused = engine.claim(stale, {.target = {.step = "check"}}).value();
    CHECK(refused.reason() == "conflict");
    Request fresh = request("c3", day_one);
    fresh.run = "r1";
    fresh.expected_revision = state.revision;
    CHECK(engine.claim(fresh, {.target = {.step = "check"}}).value().accepted);
  });
}

TEST_CASE("engine: two engines on one shared file see each other's work", "[engine]") {
  const TemporaryFolder folder;
  auto one = Engine::open(folder.file()).value();
  auto two = Engine::open(folder.file()).value();
  REQUIRE(furnish(one));
  REQUIRE(send(one, start_one, "c1").find("ok"));
  REQUIRE(send(two, "{'do':'claim','run':'r1','step':'check'}", "c2").find("ok"));
  CHECK(one.worklist().value().at(0).owner == "ann");
  REQUIRE(send(one, "{'do':'tick','run':'r1','step':'check','item':'number'}", "c3").find("ok"));
  REQUIRE(send(two, "{'do':'complete','run':'r1','step':'check','form':{'amount':3}}", "c4").find("ok"));
  REQUIRE(send(one, "{'do':'put_person','person':'zoe','grants':[{'role':'finance'}]}", "c5").find("ok"));
  CHECK(send(two, "{'do':'people'}", "").get("ok").get("people").size() == 5);
  CHECK(one.run("r1").value() == two.run("r1").value());
  CHECK(text(send(two, start_one, "c1")) == text(send(one, start_one, "c1")));
  PlanShelf shelf;
  CHECK(inspect(one, shelf) == "");
}

TEST_CASE(
    "engine: a batch is one transaction; it can be undone, and a refusal or error in it is that command's "
    "alone",
    "[engine]") {
  over_every_store([](Engine& engine) {
    const std::uint64_t before = engine.store().head().value().seq;
    REQUIRE(engine.begin_batch());
    CHECK_FALSE(engine.begin_batch().ok());
    REQUIRE(send(engine, start_one, "c1").find("ok"));
    engine.rollback_batch();
    CHECK(engine.store().head().value().seq == before);
    CHECK(engine.run("r1").error().code == ErrorCode::unknown_run);

    REQUIRE(engine.begin_batch());
    REQUIRE(send(engine, start_one, "c1").find("ok"));
    CHECK(code(send(engine, "{'do':'claim','run':'none','step':'check'}", "c2")) == "unknown-run");
    CHECK(reason(send(engine, "{'do':'complete','run':'r1','step':'close'}", "c3")) == "not_active");
    CHECK(text(send(engine, start_one, "c1")).find("ok") != std::string::npos);  // once within the batch too
    REQUIRE(send(engine, "{'do':'claim','run':'r1','step':'check'}", "c4").find("ok"));
    CHECK(engine.worklist().value().at(0).owner == "ann");  // its own work is seen
    REQUIRE(engine.commit_batch());
    CHECK_FALSE(engine.commit_batch().ok());
    CHECK(engine.worklist().value().at(0).owner == "ann");
  });
}

TEST_CASE("engine: after opening again everything is where it was", "[engine]") {
  const TemporaryFolder folder;
  std::string first;
  State state;
  {
    auto engine = Engine::open(folder.file()).value();
    REQUIRE(furnish(engine));
    first = text(send(engine, start_one, "c1"));
    state = engine.run("r1").value();
  }
  EngineOptions options;
  options.exclusive = true;
  auto engine = Engine::open(folder.file(), options).value();
  CHECK(engine.run("r1").value() == state);
  CHECK(text(send(engine, start_one, "c1")) == first);
  REQUIRE(send(engine, "{'do':'claim','run':'r1','step':'check'}", "c2").find("ok"));
}

TEST_CASE("engine: a read-only engine reads, and answers repeated commands, but takes no new ones",
          "[engine]") {
  const TemporaryFolder folder;
  std::string first;
  {
    auto engine = Engine::open(folder.file()).value();
    REQUIRE(furnish(engine));
    first = text(send(engine, start_one, "c1"));
  }
  EngineOptions options;
  options.read_only = true;
  auto engine = Engine::open(folder.file(), options).value();
  CHECK(text(send(engine, start_one, "c1")) == first);
  CHECK(code(send(engine, "{'do':'claim','run':'r1','step':'check'}", "c2")) == "read-only");
  CHECK(send(engine, "{'do':'tasks'}", "").get("ok").get("tasks").size() == 1);
  CHECK(send(engine, "{'do':'verify'}", "").get("ok").get("sound").is_true());
}
