// What a verification finds beside a broken chain: rows that the log does not hash, changed by somebody with an editor.
#include "catch.hpp"
#include "support/inspect.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/engine/engine.hpp"

#include <filesystem>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aesop;
using namespace aesop::testing;

namespace {

/// Somebody with the file and an editor: no triggers, no library.
struct Editor {
  explicit Editor(const std::string& path) {
    sqlite3_open(path.c_str(), &db);
    std::string names;
    sqlite3_exec(
        db, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'",
        [](void* all, int, char** values, char**) {
          *static_cast<std::string*>(all) += values[0];
          return 0;
        },
        &names, nullptr);
    run(names);
  }
  ~Editor() { sqlite3_close(db); }
  void run(const std::string& sql) {
    char* message = nullptr;
    const int rc = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message);
    INFO(sql << ": " << (message ? message : ""));
    CHECK(rc == SQLITE_OK);
    sqlite3_free(message);
  }
  sqlite3* db = nullptr;
};

Value send(Engine& engine, const std::string& line, const std::string& id, Instant at = day_one) {
  const Value answer = engine.execute(command(line, id, at));
  INFO(line << '\n' << write_json(answer).value_or("?"));
  REQUIRE(answer.find("ok"));
  return answer.get("ok");
}

/// A store with two runs, an answered effect, a refusal, a parameter and a calendar.
void fill(const std::string& path) {
  auto engine = Engine::open(path).value();
  REQUIRE(furnish(engine));
  for (const char* run : {"a", "b"}) {
    send(engine, cat("{'do':'start','sop':'refund','subject':'", run, "','run':'", run, "'}"), cat("s", run));
    send(engine,
         cat("{'do':'record_event','run':'", run, "','event':'letter.received','payload':{'about':'x'}}"),
         cat("e", run));
  }
  send(engine, "{'do':'tick','run':'a','step':'check','item':'number'}", "t");
  send(engine, "{'do':'complete','run':'a','step':'check','form':{'amount':20}}", "c");
  send(engine, "{'do':'set_parameter','name':'slogan','value':'x'}", "p");
  CHECK(engine.execute(command("{'do':'complete','run':'b','step':'close'}", "refused")).find("rejected"));
}

VerifyReport verify(const std::string& path, bool deep) {
  EngineOptions options;
  options.read_only = true;
  auto engine = Engine::open(path, options).value();
  return engine.verify_log({.deep = deep, .file = true}).value();
}

}  // namespace

TEST_CASE("verify: every change of rows that the log does not hash is found, and told", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  REQUIRE(verify(folder.file(), true).ok());
  CHECK(verify(folder.file(), true).runs >= 2);
  // The change, whether only a deep verification finds it, and a part of what that says.
  const std::string event = "(SELECT max(seq) FROM log WHERE run_seq IS NOT NULL)";
  const std::string paid = "(SELECT min(seq) FROM payload)";
  for (const auto& [sql, deep, reason] : std::initializer_list<std::tuple<std::string, bool, const char*>>{
           {"DELETE FROM payload WHERE seq = " + paid, false, "payload is gone"},
           {"UPDATE payload SET salt = NULL, body = NULL WHERE seq = " + paid, false, "marked as erased"},
           {"INSERT INTO payload VALUES(0, x'00', x'00')", false, "where the log has no entry"},
           {"INSERT INTO payload VALUES(999, x'00', x'00')", false, "where the log has no entry"},
           {"INSERT INTO log VALUES(0, NULL, NULL, x'00', x'00')", false, "a log begins at 1"},
           {"INSERT INTO log SELECT -5, run, 99, header, leaf FROM log WHERE seq = " + event, false,
            "a log begins at 1"},
           {"UPDATE log SET run = 2, run_seq = 50 WHERE seq = " + event, false, "filed under another"},
           {"UPDATE log SET run = NULL WHERE run_seq IS NULL", false, "filed under another run"},
           {"UPDATE run SET number = number + 10", false, "the log has no events of run"},
           {"UPDATE run SET revision = revision + 1 WHERE id = 'b'", false, "is at revision"},
           {"DELETE FROM run WHERE id = 'b'", false, "the log has events of"},
           {"UPDATE command SET last_seq = 999 WHERE id = 'p'", false, "an answered command"},
           {"UPDATE sop SET seq = 999", false, "a published SOP"},
           {"UPDATE outbox SET id = id + 1024000", false, "an effect"},
           {"UPDATE meta SET value = 999 WHERE name = 'administration'", false, "the administration"},
           {"UPDATE run SET state = (SELECT state FROM run WHERE id = 'b') WHERE id = 'a'", true,
            "run \"a\": its state is not"},
           {"UPDATE run SET state = cast(substr(state, 1, length(state) - 1) as blob) WHERE id = 'a'", true,
            "run \"a\": its state"},
           {"UPDATE run SET scope = 'shop/west' WHERE id = 'a'", true, "run \"a\": the columns"},
           {"UPDATE run SET status = 3 WHERE id = 'b'", true, "run \"b\": the columns"},
           {"DELETE FROM timer WHERE run = (SELECT number FROM run WHERE id = 'b')", true, "is missing"},
           {"UPDATE timer SET due = due + 1", true, "it has no timer"},
           {"INSERT INTO timer VALUES(0, 77, 0, 'x')", true, "run number 77, which there is not"},
           {"DELETE FROM worklist WHERE run = (SELECT number FROM run WHERE id = 'b')", true,
            "the work item"},
           {"UPDATE worklist SET owner = 'eve'", true, "the work item"},
           {"INSERT INTO worklist SELECT 'eve', scope, run, task, owner, body FROM worklist LIMIT 1", true,
            "and role \"eve\""},
           {"INSERT INTO person VALUES('eve', 'E')", true, "does not know the person \"eve\""},
           {"INSERT INTO person_grant SELECT id, 'lead', '' FROM person LIMIT 1", true, "the grants of"},
           {"DELETE FROM person_grant; DELETE FROM person", true, "a person the log knows is missing"},
           {"UPDATE parameter SET value = '\"y\"'", true, "the parameter \"slogan\""},
           {"DELETE FROM parameter", true, "a parameter the log knows is missing"},
           {"UPDATE sop SET text = x'7b7d'", true, "is not what was published"},
       }) {
    INFO(sql);
    std::filesystem::copy_file(folder.file(), folder.file("edited.db"),
                               std::filesystem::copy_options::overwrite_existing);
    Editor(folder.file("edited.db")).run(sql);
    const VerifyReport plain = verify(folder.file("edited.db"), false);
    CHECK(plain.ok() == deep);
    const VerifyReport whole = verify(folder.file("edited.db"), true);
    CHECK_FALSE(whole.ok());
    CAPTURE(plain.reason, whole.reason);
    CHECK(whole.reason.find(reason) != std::string::npos);
  }
}

TEST_CASE("verify: a tail that was cut off is found by what points past it", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  {
    Editor editor(folder.file());
    editor.run("DELETE FROM payload WHERE seq > (SELECT max(seq) FROM log) - 2");
    editor.run("DELETE FROM log WHERE seq > (SELECT max(seq) FROM log) - 2");
  }
  const VerifyReport report = verify(folder.file(), false);
  CHECK_FALSE(report.ok());
  CHECK_FALSE(report.first_bad.has_value());
  CAPTURE(report.reason);
  CHECK(report.reason.find("the log ends at") != std::string::npos);
}

TEST_CASE("verify: a file that may only be read is verified, and not changed", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  chmod(folder.file().c_str(), 0444);
  CHECK(verify(folder.file(), true).ok());
}

TEST_CASE("verify: writers go on while a log is walked", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  EngineOptions options;
  options.sqlite.busy_deadline = std::chrono::milliseconds(2000);
  const pid_t child = fork();
  if (child == 0) {
    auto reader = Engine::open(folder.file(), options);
    bool sound = reader.ok();
    for (int i = 0; sound && i < 50; ++i) {
      const auto report = reader->verify_log({.deep = i % 2 == 0, .file = false});
      sound = report.ok() && report->ok();
    }
    _exit(sound ? 0 : 1);
  }
  auto writer = Engine::open(folder.file(), options).value();
  for (int i = 0; i < 50; ++i)
    send(writer, "{'do':'record_event','run':'b','event':'letter.received','payload':{'about':'x'}}",
         cat("w", i));
  int status = 1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("engine: a stored state that cannot be read is made anew from the events", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  State before;
  {
    auto engine = Engine::open(folder.file()).value();
    before = engine.run("b").value();
  }
  for (const char* state : {"x''", "x'00'", "zeroblob(400)", "cast(x'7f' || substr(state, 2) as blob)",
                            "cast(substr(state, 1, length(state) - 1) as blob)"}) {
    INFO(state);
    const std::string copy = folder.file("edited.db");
    std::filesystem::copy_file(folder.file(), copy, std::filesystem::copy_options::overwrite_existing);
    Editor(copy).run(cat("UPDATE run SET state = ", state, " WHERE id = 'b'"));
    CHECK(Engine::open(copy).value().run("b").value() == before);
    Editor(copy).run("UPDATE run SET revision = revision + 1 WHERE id = 'b'");
    CHECK(Engine::open(copy).value().run("b").error().code == ErrorCode::corrupt_event);
  }
}

TEST_CASE("engine: a stored parameter or answer that cannot be read is corrupt, and never left out",
          "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  Editor(folder.file())
      .run("UPDATE parameter SET value = '{'; UPDATE command SET answer = x'7b' WHERE id = 'p'");
  auto engine = Engine::open(folder.file()).value();
  const auto code = [&](const std::string& line, const std::string& id) {
    return std::string(engine.execute(command(line, id, day_one)).get("error").get("code").as_string());
  };
  CHECK(code("{'do':'tick','run':'b','step':'check','item':'number'}", "t2") == "corrupt");
  CHECK(code("{'do':'parameters'}", "") == "corrupt");
  CHECK(code("{'do':'set_parameter','name':'slogan','value':'x'}", "p") == "corrupt");
}

TEST_CASE("engine: a batch may touch more runs than the cache holds, and be undone", "[engine]") {
  for (const std::size_t cached : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
    EngineOptions options;
    options.cached_runs = cached;
    auto engine = Engine::open(":memory:", options).value();
    REQUIRE(furnish(engine));
    const auto work = [&](const std::string& round) {
      REQUIRE(engine.begin_batch());
      for (int i = 0; i < 40; ++i)
        send(engine, cat("{'do':'start','sop':'refund','subject':'", i, "','run':'r", i, "'}"),
             cat(round, "s", i));
      for (int i = 39; i >= 0; --i)
        send(engine, cat("{'do':'tick','run':'r", i, "','step':'check','item':'number'}"),
             cat(round, "t", i));
    };
    work("a");
    engine.rollback_batch();
    for (int i = 0; i < 40; ++i) CHECK(engine.run(cat("r", i)).error().code == ErrorCode::unknown_run);
    work("b");
    REQUIRE(engine.commit_batch());
    while (engine.advance(day_one + 31 * day)
               .value()
               .more) {  // starts further runs, each while another is decided
    }
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
  }
}

TEST_CASE("engine: a child after fork does not commit its parent's batch", "[engine]") {
  const TemporaryFolder folder;
  fill(folder.file());
  auto engine = Engine::open(folder.file()).value();
  REQUIRE(engine.begin_batch());
  send(engine, "{'do':'start','sop':'refund','subject':'z','run':'z'}", "z");
  const pid_t child = fork();
  if (child == 0) _exit(engine.commit_batch().error().code == ErrorCode::forked ? 0 : 1);
  int status = 1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  engine.rollback_batch();
  CHECK(engine.run("z").error().code == ErrorCode::unknown_run);
}
