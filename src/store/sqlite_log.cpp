// The log of a SQLite store.
#include "store/sqlite_store.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

Result<LogHead> SqliteStore::head() {
  Query query(*connection_, s_.head);
  const auto row = query.step("reading the log");
  if (!row) return row.error();
  LogHead head;
  if (!*row) {
    head.leaf = chain_start(info_.log_id);
    return head;
  }
  head.seq = query.number(0);
  const std::string leaf = query.bytes(1);
  if (leaf.size() != head.leaf.size())
    return Error{ErrorCode::corrupt, "the last entry of the log is damaged",
                 "verify the log, restore a backup"};
  std::copy(leaf.begin(), leaf.end(), head.leaf.begin());
  return head;
}

Status SqliteStore::append(const NewEntry& entry) {
  {
    Query query(*connection_, s_.append);
    query.bind(entry.seq);
    if (entry.run == 0) {
      query.null().null();
    } else {
      query.bind(entry.run);
      // Null and null are two values to UNIQUE(run, run_seq): any number of entries may be about a run.
      if (entry.run_seq == 0) {
        query.null();
      } else {
        query.bind(entry.run_seq);
      }
    }
    query.blob(entry.header).blob(as_view(entry.leaf));
    const int rc = query.raw();
    if ((rc & 0xFF) == SQLITE_CONSTRAINT)
      return Error{ErrorCode::internal,
                   cat("a log entry out of sequence: ", sqlite3_errmsg(connection_->db()))};
    if (rc != SQLITE_DONE) return connection_->error(rc, "appending to the log");
  }
  if (entry.salt.empty()) return {};
  return Query(*connection_, s_.append_payload)
      .bind(entry.seq)
      .blob(entry.salt)
      .blob(entry.body)
      .run("appending to the log");
}

Result<std::vector<LogEntry>> SqliteStore::read_log(std::uint64_t after, std::size_t limit, RunNumber run) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, run == 0 ? s_.read_log : s_.read_run_log);
  if (run != 0) query.bind(run);
  query.bind(bounded(after)).bind(bounded(limit));
  return read_entries(query);
}

Result<std::vector<LogEntry>> SqliteStore::read_about(RunNumber run, std::uint64_t after, std::size_t limit) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.read_about);
  query.bind(run).bind(bounded(after)).bind(bounded(limit));
  return read_entries(query);
}

Result<std::vector<LogEntry>> SqliteStore::read_entries(Query& query) {
  std::vector<LogEntry> entries;
  for (;;) {
    const auto row = query.step("reading the log");
    if (!row) return row.error();
    if (!*row) return entries;
    LogEntry entry;
    entry.seq = query.number(0);
    entry.run = query.integer(1);
    entry.run_seq = query.number(2);
    entry.header = query.bytes(3);
    entry.leaf = query.bytes(4);
    if (!query.is_null(5)) {
      entry.payload = query.is_null(6) ? PayloadState::erased : PayloadState::present;
      entry.salt = query.bytes(6);
      entry.body = query.bytes(7);
    }
    entries.push_back(std::move(entry));
  }
}

Result<StoreReach> SqliteStore::reach() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select(
      "SELECT coalesce((SELECT min(seq) FROM log), 1), coalesce((SELECT max(seq) FROM log), 0),"
      " coalesce((SELECT min(seq) FROM payload), 1), coalesce((SELECT max(seq) FROM payload), 0),"
      " coalesce((SELECT max(last_seq) FROM command), 0), coalesce((SELECT max(seq) FROM sop), 0),"
      " coalesce((SELECT max(id) FROM outbox), 0)");
  Query query(*connection_, select);
  const auto row = query.step("reading how far the store reaches");
  if (!row) return row.error();
  StoreReach reach;
  reach.first_entry = query.integer(0);
  reach.last_entry = query.integer(1);
  reach.first_payload = query.integer(2);
  reach.last_payload = query.integer(3);
  reach.command = query.number(4);
  reach.sop = query.number(5);
  reach.effect = query.number(6) / max_effects_per_entry;
  auto last = administration();
  if (!last) return last.take_error();
  reach.administration = *last;
  return reach;
}

Status SqliteStore::erase_payload(std::uint64_t seq) {
  if (auto done = Query(*connection_, s_.erase_payload).bind(seq).run("erasing a payload"); !done)
    return done;
  if (sqlite3_changes(connection_->db()) == 0) return Error{ErrorCode::not_found, "the entry has no payload"};
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
