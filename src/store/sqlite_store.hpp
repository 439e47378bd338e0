// The SQLite store: one class, its bodies by subject in sqlite_store.cpp (opening, transactions),
// sqlite_log.cpp, sqlite_runs.cpp (runs, projections, outbox), sqlite_tables.cpp (commands, feeds, library,
// administration). Internal to store.
#pragma once

#include "store/sqlite_connection.hpp"
#include "store/turnstile.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace aesop {
inline namespace v0 {
namespace detail {

/// A number without a sign as SQLite takes it: what is greater than it can be is its greatest.
inline std::int64_t bounded(std::uint64_t number) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
}

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
  ~SqliteStore() override;
  /// Reads what the file says of itself.
  Status read_info(int schema_version);
  /// For a store that several handles may write: from now on its writers take turns.
  void take_turns(const std::string& path) { turnstile_.open(path); }
  Connection& connection() { return *connection_; }

  const StoreInfo& info() const override { return info_; }
  Status usable() const override { return connection_->usable(); }
  bool sole_writer() const override { return info_.mode == "exclusive"; }

  Status begin() override;
  Status commit() override;
  Status rollback() override;
  Status begin_read() override;
  void end_read() override;

  Result<LogHead> head() override;
  Status append(const NewEntry& entry) override;
  Result<std::vector<LogEntry>> read_log(std::uint64_t after, std::size_t limit, RunNumber run) override;
  Result<std::vector<LogEntry>> read_about(RunNumber run, std::uint64_t after, std::size_t limit) override;
  Status erase_payload(std::uint64_t seq) override;

  Result<RunNumber> add_run(const RunRow& row, std::string_view state) override;
  Status put_run(RunNumber run, std::uint64_t revision, StoredStatus status, std::string_view outcome,
                 std::string_view state) override;
  Result<std::optional<StoredRun>> find_run(std::string_view id) override;
  Result<std::optional<StoredRun>> find_run(RunNumber run) override;
  Result<std::pair<RunNumber, std::uint64_t>> run_revision(std::string_view id) override;
  Result<std::vector<RunRow>> list_runs(const RunFilter& filter) override;

  Status put_timer(const TimerKey& key, std::string_view id) override;
  Status erase_timer(const TimerKey& key) override;
  Result<std::vector<StoredTimer>> due_timers(Instant until, std::size_t limit, RunNumber run) override;
  Result<std::vector<StoredTimer>> list_timers(RunNumber first, RunNumber last) override;
  Status put_work(const StoredWork& work) override;
  Status erase_work(const WorkKey& key) override;
  Result<std::vector<StoredWork>> list_work(const WorkFilter& filter) override;

  Status clear_projections() override;

  Status put_effect(const StoredEffect& effect) override;
  Status erase_effect(const EffectId& id) override;
  Result<std::optional<StoredEffect>> find_effect(const EffectId& id) override;
  Result<std::vector<StoredEffect>> list_effects(std::optional<EffectId> after, std::size_t limit) override;

  Result<std::optional<StoredCommand>> find_command(std::string_view id) override;
  Status put_command(std::string_view id, const StoredCommand& command) override;
  Status erase_command(std::string_view id, std::string_view answer) override;
  Result<std::vector<std::pair<std::string, std::string>>> list_answers(std::string_view after,
                                                                        std::size_t limit) override;
  Result<std::optional<StoredFeed>> find_feed(std::string_view name) override;
  Status put_feed(const StoredFeed& feed) override;
  Result<std::vector<StoredFeed>> list_feeds() override;

  Status add_sop(const StoredSop& sop) override;
  Result<std::optional<StoredSop>> find_sop(std::string_view sop, std::string_view version) override;
  Result<std::optional<StoredSop>> latest_sop(std::string_view sop) override;
  Result<std::vector<StoredSop>> list_sops() override;

  Status put_person(const StoredPerson& person) override;
  Status remove_person(std::string_view id) override;
  Result<std::vector<StoredPerson>> list_people() override;
  Status put_parameter(const StoredParameter& parameter) override;
  Result<std::vector<StoredParameter>> list_parameters() override;
  Status put_calendar(const StoredCalendar& calendar) override;
  Result<std::vector<StoredCalendar>> list_calendars() override;
  Result<std::uint64_t> administration() override;
  Status put_administration(std::uint64_t seq) override;

  Result<StoreReach> reach() override;
  Status check() override;

 private:
  /// Every statement that is run more than now and then, prepared once.
  struct Statements {
    Statement begin{"BEGIN IMMEDIATE"};
    Statement commit{"COMMIT"};
    Statement rollback{"ROLLBACK"};
    Statement begin_read{"BEGIN"};
    Statement head{"SELECT seq, leaf FROM log ORDER BY seq DESC LIMIT 1"};
    Statement append{"INSERT INTO log(seq, run, run_seq, header, leaf) VALUES(?, ?, ?, ?, ?)"};
    Statement append_payload{"INSERT INTO payload(seq, salt, body) VALUES(?, ?, ?)"};
    Statement read_log{
        "SELECT log.seq, run, run_seq, header, leaf, payload.seq, salt, body FROM log"
        " LEFT JOIN payload ON payload.seq = log.seq WHERE log.seq > ? ORDER BY log.seq LIMIT ?"};
    Statement read_run_log{
        "SELECT log.seq, run, run_seq, header, leaf, payload.seq, salt, body FROM log"
        " LEFT JOIN payload ON payload.seq = log.seq WHERE run = ? AND run_seq > ? ORDER BY run_seq LIMIT ?"};
    // The unary plus keeps SQLite to the index over run: a walk in order of seq would read the whole log.
    Statement read_about{
        "SELECT log.seq, run, run_seq, header, leaf, payload.seq, salt, body FROM log"
        " LEFT JOIN payload ON payload.seq = log.seq WHERE run = ? AND +log.seq > ?"
        " ORDER BY +log.seq LIMIT ?"};
    Statement erase_payload{"UPDATE payload SET salt = NULL, body = NULL WHERE seq = ?"};
    Statement add_run{
        "INSERT INTO run(id, sop, version, scope, subject, key, thread, status, outcome, revision, state)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
    Statement put_run{"UPDATE run SET status = ?, outcome = ?, revision = ?, state = ? WHERE number = ?"};
    Statement find_run{
        "SELECT number, id, sop, version, scope, subject, key, thread, status, outcome, revision, state FROM "
        "run"
        " WHERE id = ?"};
    Statement find_run_number{
        "SELECT number, id, sop, version, scope, subject, key, thread, status, outcome, revision, state FROM "
        "run"
        " WHERE number = ?"};
    Statement run_revision{"SELECT number, revision FROM run WHERE id = ?"};
    Statement put_timer{"INSERT INTO timer(due, run, ord, id) VALUES(?, ?, ?, ?)"};
    Statement erase_timer{"DELETE FROM timer WHERE due = ? AND run = ? AND ord = ?"};
    Statement due_timers{
        "SELECT due, run, ord, timer.id, run.id FROM timer JOIN run ON run.number = timer.run"
        " WHERE due <= ? ORDER BY due, run, ord LIMIT ?"};
    Statement put_work{
        "INSERT INTO worklist(role, scope, run, task, owner, body) VALUES(?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(role, scope, run, task) DO UPDATE SET owner = excluded.owner, body = excluded.body"};
    Statement erase_work{"DELETE FROM worklist WHERE role = ? AND scope = ? AND run = ? AND task = ?"};
    Statement put_effect{
        "INSERT INTO outbox(id, run, key, kind, body, state, attempts, failures, not_before)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,"
        " failures = excluded.failures, not_before = excluded.not_before"};
    Statement erase_effect{"DELETE FROM outbox WHERE id = ?"};
    Statement find_effect{
        "SELECT id, run, key, kind, body, state, attempts, failures, not_before FROM outbox WHERE id = ?"};
    Statement list_effects{
        "SELECT id, run, key, kind, body, state, attempts, failures, not_before FROM outbox WHERE id > ? "
        "ORDER BY id"
        " LIMIT ?"};
    Statement find_command{"SELECT salt, request, first_seq, last_seq, answer FROM command WHERE id = ?"};
    Statement put_command{
        "INSERT INTO command(id, salt, request, first_seq, last_seq, answer) VALUES(?, ?, ?, ?, ?, ?)"};
    Statement administration{"SELECT value FROM meta WHERE name = 'administration'"};
  };

  Result<std::vector<LogEntry>> read_entries(Query& query);
  Statement& listing(const std::string& sql);
  Status transact(Statement& statement, std::string_view doing);
  Status await_turn();

  std::unique_ptr<Connection> connection_;
  Turnstile turnstile_;
  StoreInfo info_;
  bool writing_ = false;
  Statements s_;
  std::map<std::string, std::unique_ptr<Statement>> listings_;  // by their SQL
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
