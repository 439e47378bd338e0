// Schema version 1. Layout after measurement: the log is an append-only rowid table (a global order for
// readers), projections are WITHOUT ROWID and keyed by how they are read, so that a row is one write. There
// is no secondary index without a query: log(run, run_seq) reads a run's history (entries about a run that are
// no event of it have a null run_seq), run(id) finds a run, run_start finds the last run of a subject when one is
// started again, run_open those that are open when one is started or an event arrives: a subject may have a past
// of thousands.
#include "store/migrations.hpp"

#include "aesop/audit/hash.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr const char* schema[] = {
    "CREATE TABLE meta(name TEXT NOT NULL PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",

    "CREATE TABLE log(seq INTEGER PRIMARY KEY, run INTEGER, run_seq INTEGER, header BLOB NOT NULL,"
    " leaf BLOB NOT NULL, UNIQUE(run, run_seq)) STRICT",
    // INSERT OR REPLACE passes by the trigger on DELETE unless recursive_triggers is on; this one stops it.
    "CREATE TRIGGER log_grows_at_its_end BEFORE INSERT ON log"
    " WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)"
    " BEGIN SELECT RAISE(ABORT, 'a log entry out of sequence'); END",
    "CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log"
    " BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END",
    "CREATE TRIGGER log_is_not_removed BEFORE DELETE ON log"
    " BEGIN SELECT RAISE(ABORT, 'the log is not removed'); END",

    "CREATE TABLE payload(seq INTEGER PRIMARY KEY, salt BLOB, body BLOB) STRICT",
    "CREATE TRIGGER payload_is_only_erased BEFORE UPDATE ON payload"
    " WHEN NEW.salt IS NOT NULL OR NEW.body IS NOT NULL OR NEW.seq <> OLD.seq"
    " BEGIN SELECT RAISE(ABORT, 'a payload is not changed'); END",
    "CREATE TRIGGER payload_is_not_removed BEFORE DELETE ON payload"
    " BEGIN SELECT RAISE(ABORT, 'a payload is not removed'); END",
    "CREATE TRIGGER payload_comes_with_its_entry BEFORE INSERT ON payload"
    " WHEN NEW.seq IS NOT (SELECT max(seq) FROM log) OR EXISTS(SELECT 1 FROM payload WHERE seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'a payload without its entry'); END",

    "CREATE TABLE run(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sop TEXT NOT NULL,"
    " version TEXT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, key TEXT NOT NULL,"
    " thread TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL, revision INTEGER NOT NULL,"
    " state BLOB NOT NULL) STRICT",
    "CREATE INDEX run_start ON run(subject, key, sop, scope)",
    "CREATE INDEX run_open ON run(subject, key, sop, scope) WHERE status <> 3",

    "CREATE TABLE timer(due INTEGER NOT NULL, run INTEGER NOT NULL, ord INTEGER NOT NULL, id TEXT NOT NULL,"
    " PRIMARY KEY(due, run, ord)) STRICT, WITHOUT ROWID",
    "CREATE TABLE worklist(role TEXT NOT NULL, scope TEXT NOT NULL, run INTEGER NOT NULL, task TEXT NOT NULL,"
    " owner TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY(role, scope, run, task)) STRICT, WITHOUT ROWID",
    "CREATE TABLE outbox(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,"
    " body BLOB NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    " failures INTEGER NOT NULL, not_before INTEGER NOT NULL) "
    "STRICT",

    // Salt and request are null when what was asked has been erased.
    "CREATE TABLE command(id TEXT NOT NULL PRIMARY KEY, salt BLOB, request BLOB, first_seq INTEGER NOT NULL,"
    " last_seq INTEGER NOT NULL, answer BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER command_is_only_erased BEFORE UPDATE ON command"
    " WHEN NEW.salt IS NOT NULL OR NEW.request IS NOT NULL OR NEW.id <> OLD.id OR NEW.first_seq <> "
    "OLD.first_seq"
    " OR NEW.last_seq <> OLD.last_seq BEGIN SELECT RAISE(ABORT, 'a command is not changed'); END",
    "CREATE TABLE feed(name TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL, answer BLOB NOT NULL) STRICT,"
    " WITHOUT ROWID",

    "CREATE TABLE sop(sop TEXT NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL, seq INTEGER NOT NULL,"
    " text BLOB NOT NULL, PRIMARY KEY(sop, version)) STRICT",
    "CREATE TABLE person(id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE person_grant(person TEXT NOT NULL, role TEXT NOT NULL, scope TEXT NOT NULL,"
    " PRIMARY KEY(person, role, scope)) STRICT, WITHOUT ROWID",
    "CREATE TABLE parameter(sop TEXT NOT NULL, name TEXT NOT NULL, scope TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(sop, name, scope)) STRICT, WITHOUT ROWID",
    "CREATE TABLE calendar(name TEXT NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY(name, scope)) STRICT, WITHOUT ROWID",
};

}  // namespace

Status create_schema(Connection& connection, const SqliteOptions& options) {
  for (const char* sql : schema)
    if (auto done = connection.exec(sql); !done) return done;

  RandomPool random;
  const std::string log_id = random.take(LogId().size());
  std::int64_t created = options.created.us;
  if (created == 0)
    created = std::chrono::duration_cast<std::chrono::microseconds>(
                  std::chrono::system_clock::now().time_since_epoch())
                  .count();
  Statement insert("INSERT INTO meta(name, value) VALUES(?, ?)");
  if (auto done = Query(connection, insert).bind("log_id").blob(log_id).run("creating the store"); !done)
    return done;
  if (auto done = Query(connection, insert).bind("created").bind(created).run("creating the store"); !done)
    return done;
  return Query(connection, insert).bind("administration").bind(std::int64_t{0}).run("creating the store");
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
