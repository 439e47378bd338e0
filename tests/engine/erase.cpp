// Erasing and rebuilding: what a run's data was is nowhere any more; what is derived follows from the log alone.
#include "catch.hpp"
#include "support/inspect.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/engine/engine.hpp"
#include "aesop/run/codec.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace aesop;
using namespace aesop::testing;

namespace {

std::string text_of(const Value& value) { return write_json(value).value_or("?"); }

/// A shop whose runs have data in every place that keeps data, "canary N" in those of run N.
struct Clinic {
  explicit Clinic(Engine& engine) : engine(engine) {}

  Value send(const std::string& line, const std::string& id, const std::string& person = "ann",
             const std::string& role = "agent") {
    return engine.execute(command(line, id, day_one, person, role));
  }
  void must(const std::string& line, const std::string& person = "ann", const std::string& role = "agent") {
    const Value answer = send(line, cat("c", ++commands), person, role);
    CAPTURE(line, text_of(answer));
    REQUIRE(answer.find("ok"));
  }
  void must_not(const std::string& line) {
    const Value answer = send(line, cat("c", ++commands));
    CAPTURE(line, text_of(answer));
    REQUIRE_FALSE(answer.find("error"));
  }

  /// Runs N from start to its end; its effect is acknowledged when `settled`.
  void play(int n, bool settled = true) {
    const std::string canary = cat("canary ", n, '.'), run = cat("run", n);
    must(cat("{'do':'start','sop':'refund','subject':'s", n, "','run':'", run, "','data':{'reason':'", canary,
             "'}}"));
    must(cat("{'do':'tick','run':'", run, "','step':'check','item':'number','note':'", canary, "'}"));
    must_not(cat("{'do':'complete','run':'", run, "','step':'check','form':{'amount':'", canary, "'}}"));
    must_not(cat("{'do':'ingest','feed':'post','after':'", n == 1 ? std::string() : cat(n - 1),
                 "','cursor':'", n, "','events':[{'event':'parcel.returned','subject':'s", n,
                 "','payload':{'weight':'", canary, "'}},{'event':'letter.received','subject':'s", n,
                 "','payload':{'about':'", canary, "'}}]}"));
    must(
        cat("{'do':'complete','run':'", run, "','step':'check','form':{'amount':20,'note':'", canary, "'}}"));
    const auto effects = engine.poll_outbox(day_one, 0, 1000).value();
    REQUIRE_FALSE(effects.empty());
    effect = cat(effects.back().id.seq, '.', effects.back().id.index);
    must(cat("{'do':'ack','effect':'", effect, "','error':'", canary, "'}"));
    if (settled) must(cat("{'do':'ack','effect':'", effect, "','ok':true}"));
    must(
        cat("{'do':'complete_service','run':'", run, "','step':'pay','result':{'reference':'", canary, "'}}"),
        "fin", "finance");
    must(cat("{'do':'cancel','run':'", run, "','reason':'", canary, "'}"), "lea", "lead");
  }

  Engine& engine;
  int commands = 0;
  std::string effect;
};

std::string bytes_of_folder(const TemporaryFolder& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    all += text.str();
  }
  return all;
}

}  // namespace

TEST_CASE("engine: data is erased of runs that are over and owe nothing, with a reason", "[engine][erase]") {
  auto engine = Engine::open(":memory:").value();
  REQUIRE(furnish(engine));
  Clinic clinic(engine);
  const auto reason = [&](const std::string& line, const std::string& id) {
    return std::string(clinic.send(line, id).get("rejected").get("reason").as_string());
  };
  clinic.must("{'do':'start','sop':'refund','subject':'s','run':'open'}");
  CHECK(reason("{'do':'erase','run':'open','reason':'r'}", "e1") == "run_not_closed");
  clinic.play(1, false);
  CHECK(reason("{'do':'erase','run':'run1','reason':' '}", "e2") == "reason_missing");
  const Value pending = clinic.send("{'do':'erase','run':'run1','reason':'r'}", "e3").get("rejected");
  CHECK(pending.get("reason").as_string() == "effect_pending");
  CHECK(pending.get("effect").as_string() == clinic.effect);
  clinic.must(cat("{'do':'ack','effect':'", clinic.effect, "','ok':true}"));
  CHECK(clinic.send("{'do':'erase','run':'run1','reason':'r','revisions':[900]}", "e4")
            .get("error")
            .get("code")
            .as_string() == "not-found");
  CHECK(clinic.send("{'do':'erase','run':'run2','reason':'r'}", "e5").get("error").get("code").as_string() ==
        "unknown-run");

  // One revision, then all.
  const auto events = engine.events("run1").value();
  const auto ticked = std::find_if(events.begin(), events.end(), [](const LoggedEvent& one) {
    return one.event.type() == EventType::item_ticked;
  });
  Request typed = request("e6", day_one);
  typed.run = "run1";
  const Answer one = engine.erase(typed, "asked for", {ticked->run_seq}).value();
  CHECK(one.value.get("payloads") == Value::number(1));
  CHECK(engine.events("run1").value().at(ticked->run_seq - 1).event.data.is_erased());
  CHECK(engine.verify_log().value().payloads_erased == 1);
  CHECK(clinic
            .send(cat("{'do':'erase','run':'run1','reason':'asked for','revisions':[", ticked->run_seq, "]}"),
                  "e6")
            .get("ok") == one.value);
  CHECK(clinic.send("{'do':'erase','run':'run1','reason':'the rest'}", "e7").find("ok"));
  CHECK(clinic.send("{'do':'erase','run':'run1','reason':'again'}", "e8").get("ok").get("payloads") ==
        Value::number(0));

  const Value said = engine.execute(command("{'do':'events','run':'run1','kinds':['administration']}"))
                         .get("ok")
                         .get("events");
  std::vector<std::string> reasons;
  for (const Value& entry : said.items())
    if (entry.get("type").as_string() == "payloads_erased")
      reasons.emplace_back(entry.get("data").get("reason").as_string());
  CHECK(reasons == std::vector<std::string>{"asked for", "the rest", "again"});
}

TEST_CASE(
    "engine: what was erased is in no answer and no byte of the closed file, and replay is still the state",
    "[engine][erase]") {
  for (const char* kind : {"memory", "shared", "exclusive"}) {
    INFO("store: " << kind);
    const TemporaryFolder folder;
    const bool memory = std::string(kind) == "memory";
    constexpr int runs = 24;
    {
      EngineOptions options;
      options.exclusive = std::string(kind) == "exclusive";
      auto engine = Engine::open(memory ? ":memory:" : folder.file(), options).value();
      REQUIRE(furnish(engine));
      Clinic clinic(engine);
      // Together and then one by one: rows are moved between pages before they go.
      REQUIRE(engine.begin_batch());
      for (int n = 1; n < runs; ++n) clinic.play(n);
      REQUIRE(engine.commit_batch());
      clinic.play(runs);
      const Value first = clinic.send("{'do':'start','sop':'refund','subject':'s2','run':'run2'}", "again");
      const std::uint64_t present = engine.verify_log().value().payloads_present;

      for (int n = 2; n <= runs; n += 2) {
        const Value erased =
            clinic.send(cat("{'do':'erase','run':'run", n, "','reason':'it is time'}"), cat("e", n));
        CAPTURE(text_of(erased));
        REQUIRE(erased.find("ok"));
        CHECK(text_of(engine.execute(command(cat("{'do':'run','run':'run", n, "'}"))))
                  .find(cat("canary ", n, '.')) == std::string::npos);
        CHECK(engine.run(cat("run", n)).value().status == RunStatus::closed);
      }
      const VerifyReport report = engine.verify_log().value();
      CHECK(report.ok());
      CHECK(report.payloads_erased > 12 * 8);
      CHECK(report.payloads_present + report.payloads_erased == present + 12);  // each reason is one
      PlanShelf shelf;
      CHECK(inspect(engine, shelf) == "");

      // The id of an erased command is answered, whatever is asked under it; the data of its answer is gone.
      const Value again = clinic.send("{'do':'start','sop':'refund','subject':'else','run':'else'}", "again");
      CHECK(again.get("rejected").get("reason") == first.get("rejected").get("reason"));
      CHECK(again.get("rejected").get("erased").is_true());
      for (int id = 1; id <= clinic.commands; ++id) {
        const auto stored = engine.store().find_command(cat("c", id)).value();
        REQUIRE(stored);
        if (stored->erased()) CHECK(stored->answer.find("canary") == std::string::npos);
      }
      CHECK(
          clinic.send("{'do':'start','sop':'refund','subject':'s3','run':'run3'}", "c-new").find("rejected"));
    }
    if (memory) continue;
    const std::string bytes = bytes_of_folder(folder);
    REQUIRE(bytes.size() > 10'000);
    for (int n = 1; n <= runs; ++n) {
      CAPTURE(n);
      CHECK((bytes.find(cat("canary ", n, '.')) == std::string::npos) == (n % 2 == 0));
    }
    auto engine = Engine::open(folder.file()).value();
    CHECK(engine.run("run2").value().outcome == "cancelled");
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
  }
}

TEST_CASE("engine: what another engine still knows of a run does not come back after it was erased",
          "[engine][erase]") {
  const TemporaryFolder folder;
  {
    Engine one = Engine::open(folder.file()).value();
    REQUIRE(furnish(one));
    Clinic clinic(one);
    clinic.play(1);
    Engine other = Engine::open(folder.file()).value();
    REQUIRE(other.run("run1").ok());  // it has it in its cache now
    clinic.must("{'do':'erase','run':'run1','reason':'kept long enough'}", "lea", "lead");
    // Corrections are still taken of a closed run; they must start from what is left.
    const Value answer =
        other.execute(command("{'do':'correct','run':'run1','step':'check','form':{'note':'n'},'reason':'r'}",
                              "late", day_one, "lea", "lead"));
    CAPTURE(text_of(answer));
    REQUIRE_FALSE(answer.find("error"));
    CHECK(write_json(state_to_value(other.run("run1").value())).value().find("canary") == std::string::npos);
  }
  CHECK(bytes_of_folder(folder).find("canary 1.") == std::string::npos);
}

TEST_CASE("engine: states, timers and worklist are written anew from the log", "[engine]") {
  for (const char* kind : {"memory", "file"}) {
    INFO(kind);
    const TemporaryFolder folder;
    auto engine = Engine::open(std::string(kind) == "memory" ? ":memory:" : folder.file()).value();
    REQUIRE(furnish(engine));
    Clinic clinic(engine);
    clinic.play(1);
    clinic.must("{'do':'erase','run':'run1','reason':'r'}");
    clinic.must("{'do':'start','sop':'refund','subject':'a','run':'a'}");
    clinic.must("{'do':'claim','run':'a','step':'check'}");
    const State before = engine.run("a").value();
    const auto work = engine.worklist().value();

    Store& store = engine.store();
    const StoredRun row = *store.find_run("a").value();
    const StoredWork item = store.list_work({}).value().at(0);
    REQUIRE(store.begin());
    StoredWork later = item;
    later.body[0] = 9;  // as a later version of the library might write it
    REQUIRE(store.put_work(later));
    StoredWork stray = item;
    stray.role = "zz";
    REQUIRE(store.put_work(stray));
    REQUIRE(store.put_timer({day_one, row.number, 77}, "stray"));
    REQUIRE(store.put_run(row.number, 1, StoredStatus::suspended, "x", row.state));
    REQUIRE(store.commit());
    const auto unreadable = engine.worklist();
    CHECK(unreadable.error().code == ErrorCode::unsupported_version);
    CHECK(unreadable.error().help.find("rebuild") != std::string::npos);

    CHECK(engine.rebuild().value() == 2);
    CHECK(engine.run("a").value() == before);
    CHECK(engine.worklist().value().size() == work.size());
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
    clinic.must("{'do':'tick','run':'a','step':'check','item':'number'}");
    CHECK(inspect(engine, shelf) == "");
  }
}
