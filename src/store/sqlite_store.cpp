// Opening a SQLite store, its transactions, its check and its backup.
#include "store/sqlite_store.hpp"

#include "store/migrations.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace aesop {
inline namespace v0 {

namespace detail {

SqliteStore::~SqliteStore() {
  if (writing_ && connection_->usable()) [[maybe_unused]]
    const Status undone = rollback();
}

Status SqliteStore::read_info(int schema_version) {
  info_.schema_version = schema_version;
  info_.mode = connection_->options().mode == StoreMode::exclusive ? "exclusive" : "shared";
  info_.journal = connection_->journal();
  info_.read_only = connection_->options().read_only;
  Statement select("SELECT name, value FROM meta");
  Query query(*connection_, select);
  bool named = false;
  for (;;) {
    const auto row = query.step("reading what the store is");
    if (!row) return row.error();
    if (!*row) break;
    const std::string name = query.bytes(0);
    if (name == "created") info_.created = {query.integer(1)};
    if (name == "log_id") {
      const std::string id = query.bytes(1);
      named = id.size() == info_.log_id.size();
      if (named) std::copy(id.begin(), id.end(), info_.log_id.begin());
    }
  }
  if (!named)
    return Error{ErrorCode::corrupt, "the store does not say which log it holds", "restore a backup"};
  return {};
}

Status SqliteStore::transact(Statement& statement, std::string_view doing) {
  return Query(*connection_, statement).run(doing);
}

/// Stands in the queue of writers until it is this one's turn. A turn takes about as long as a sync.
Status SqliteStore::await_turn() {
  turnstile_.draw();
  std::uint64_t ahead = 0;
  for (int attempt = 0; (ahead = turnstile_.ahead()) != 0; ++attempt) {
    const std::chrono::microseconds nap(std::min<std::uint64_t>(100 * ahead, 2000));
    connection_->patience(nap, nap + nap / 4);
    if (!connection_->wait(attempt)) {
      turnstile_.leave();
      connection_->patience(std::chrono::microseconds(50), std::chrono::microseconds(450));
      return connection_->error(SQLITE_BUSY, "waiting for a turn to write");
    }
  }
  // Who is in front is alone in watching the write lock, and looks often, so that it is not idle for long.
  if (turnstile_.works()) connection_->patience(std::chrono::microseconds(20), std::chrono::microseconds(60));
  return {};
}

Status SqliteStore::begin() {
  if (auto fine = connection_->usable(); !fine) return fine;
  if (info_.read_only)
    return Error{ErrorCode::read_only, "the store is open read-only", "open it for writing"};
  if (auto there = connection_->still_there(); !there) return there;
  if (writing_) return Error{ErrorCode::internal, "a transaction within a transaction"};
  const Connection::Deadline deadline(*connection_);
  if (auto turn = await_turn(); !turn) return turn;
  int rc = SQLITE_OK;
  for (int attempt = 0;; ++attempt) {
    rc = Query(*connection_, s_.begin).raw();
    // Some waits do not reach the busy handler (another connection recovering the file): tried here again.
    if ((rc & 0xFF) != SQLITE_BUSY || !connection_->wait(attempt)) break;
  }
  turnstile_.leave();
  connection_->patience(std::chrono::microseconds(50), std::chrono::microseconds(450));
  if (rc != SQLITE_DONE) return connection_->error(rc, "starting a transaction");
  writing_ = true;
  return {};
}

Status SqliteStore::commit() {
  if (auto fine = connection_->usable(); !fine)
    return fine;  // a child after fork would commit its parent's work
  if (!writing_) return Error{ErrorCode::internal, "a commit without a transaction"};
  const Connection::Deadline deadline(*connection_);
  if (auto done = transact(s_.commit, "committing"); !done) return done;
  writing_ = false;
  return {};
}

Status SqliteStore::rollback() {
  if (auto fine = connection_->usable(); !fine) return fine;
  writing_ = false;
  // SQLite itself rolls back on some errors. And ROLLBACK may fail: then rows that were never committed could
  // be read through this connection, so it is given up.
  if (sqlite3_get_autocommit(connection_->db())) return {};
  [[maybe_unused]] const int rc = Query(*connection_, s_.rollback).raw();
  if (sqlite3_get_autocommit(connection_->db())) return {};
  connection_->spoil(ErrorCode::io_error, "a transaction could neither be kept nor undone",
                     "close the store and open it again; the command id makes repeating safe");
  return connection_->usable();
}

Status SqliteStore::begin_read() {
  if (auto fine = connection_->usable(); !fine) return fine;
  if (writing_) return {};
  if (auto there = connection_->still_there(); !there) return there;
  return transact(s_.begin_read, "starting to read");
}

void SqliteStore::end_read() {
  if (!writing_ && connection_->usable() && !sqlite3_get_autocommit(connection_->db())) [[maybe_unused]]
    const int rc = Query(*connection_, s_.commit).raw();
}

Status SqliteStore::check() {
  const auto said = connection_->text("PRAGMA integrity_check(1)");
  if (!said) return said.error();
  if (*said != "ok")
    return Error{ErrorCode::corrupt, cat("the file is damaged: ", *said), "restore a backup"};
  return {};
}

}  // namespace detail

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path, const SqliteOptions& options) {
  if (path.empty() || path == ":memory:" || path.starts_with("file:"))
    return Error{ErrorCode::invalid_argument, "a store has the path of a file",
                 "for one in memory use make_memory_store"};
  auto connection = detail::Connection::open(path, options);
  if (!connection) return connection.take_error();
  auto version = detail::migrate(**connection, detail::all_migrations());
  if (!version) return version.take_error();
  (*connection)->lock_down();
  auto store = std::make_unique<detail::SqliteStore>(connection.take());
  if (auto read = store->read_info(*version); !read) return read.take_error();
  if (options.mode == StoreMode::shared && !options.read_only && options.vfs.empty()) store->take_turns(path);
  return std::unique_ptr<Store>(std::move(store));
}

Status backup_sqlite_store(Store& store, const std::string& path) {
  auto* source = dynamic_cast<detail::SqliteStore*>(&store);
  if (source == nullptr)
    return Error{ErrorCode::invalid_argument, "only a store in a SQLite file is backed up this way"};
  if (auto fine = source->usable(); !fine) return fine;
  // Made here and not by SQLite, so that two backups to one path do not both believe it is theirs.
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (made < 0 && errno == EEXIST)
    return Error{ErrorCode::already_exists, "a file of this name is there already"};
  if (made < 0) return Error{ErrorCode::io_error, "the copy cannot be made at this path"};
  ::close(made);
  auto& connection = source->connection();
  const detail::Connection::Deadline deadline(connection);
  sqlite3* target = nullptr;
  int rc = sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE, nullptr);
  if (rc == SQLITE_OK) {
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", connection.db(), "main");
    if (backup == nullptr) {
      rc = sqlite3_errcode(target);
    } else {
      // In one step: in several, each commit of another process in between begins the copy anew, for ever.
      for (int attempt = 0;; ++attempt) {
        rc = sqlite3_backup_step(backup, -1);
        if (((rc & 0xFF) != SQLITE_BUSY && (rc & 0xFF) != SQLITE_LOCKED) || !connection.wait(attempt)) break;
      }
      const int finished = sqlite3_backup_finish(backup);
      if (rc == SQLITE_DONE) rc = finished;
    }
  }
  sqlite3_close_v2(target);
  if (rc == SQLITE_OK) return {};
  for (const char* part : {"", "-journal", "-wal", "-shm"}) ::unlink((path + part).c_str());
  return connection.error(rc, "copying the store");
}

}  // namespace v0
}  // namespace aesop
