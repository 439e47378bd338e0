// Opening and setting up a SQLite connection; running statements on it.
#include "store/sqlite_connection.hpp"

#include "store/filesystem.hpp"
#include "store/migrations.hpp"

#include <algorithm>
#include <cstring>
#include <thread>

namespace aesop {
inline namespace v0 {

bool wal_is_sound(int version) {
  return version >= 3051003 || (version >= 3050007 && version < 3051000) ||
         (version >= 3044006 && version < 3045000);
}

namespace detail {

namespace {

/// SQLite asks whether to go on waiting for a lock. Sleeping here a random while keeps contending writers
/// from marching in step, which starves some of them.
int on_busy(void* self, int attempt) { return static_cast<Connection*>(self)->wait(attempt) ? 1 : 0; }

int authorize(void*, int action, const char* first, const char* second, const char*, const char*) {
  const auto is = [](const char* a, const char* b) { return a != nullptr && std::strcmp(a, b) == 0; };
  switch (action) {
    case SQLITE_UPDATE:
      // Of a command salt, request and answer may go when data is erased; its trigger sees to it that they go.
      if (is(first, "command"))
        return is(second, "salt") || is(second, "request") || is(second, "answer") ? SQLITE_OK : SQLITE_DENY;
      [[fallthrough]];
    case SQLITE_DELETE:
      // Erased a payload is by an UPDATE, which leaves a mark.
      if (action == SQLITE_DELETE && is(first, "payload")) return SQLITE_DENY;
      return is(first, "log") || is(first, "sop") || is(first, "command") || is(first, "sqlite_master")
                 ? SQLITE_DENY
                 : SQLITE_OK;
    case SQLITE_INSERT:
      return is(first, "sqlite_master") ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
      return is(first, "writable_schema") || (second != nullptr && is(first, "journal_mode")) ? SQLITE_DENY
                                                                                              : SQLITE_OK;
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_ALTER_TABLE:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_VIEW:
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
      return SQLITE_DENY;
    default:
      return SQLITE_OK;
  }
}

}  // namespace

Connection::Connection(const SqliteOptions& options) : options_(options), pid_(getpid()) {
  jitter_ = static_cast<std::uint64_t>(pid_) * 0x9E3779B97F4A7C15u ^
            static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^
            reinterpret_cast<std::uintptr_t>(this);
  if (jitter_ == 0) jitter_ = 1;
}

Connection::~Connection() { close(); }

void Connection::close() {
  // A handle carried across fork must not be closed either: closing drops the locks of the parent.
  if (getpid() == pid_) sqlite3_close_v2(db_);
  db_ = nullptr;
}

Status Connection::still_there() {
  int moved = 0;
  // A VFS that cannot tell says SQLITE_NOTFOUND.
  if (sqlite3_file_control(db_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved == 0) return {};
  spoil(ErrorCode::io_error, "the file of the store was removed, moved or replaced while it was open",
        "nothing was written; find out who did it, put the right file in place and open the store again");
  return usable();
}

Status Connection::usable() const {
  if (getpid() != pid_)
    return Error{ErrorCode::forked, "the store was opened before this process forked",
                 "open the store anew in the child"};
  if (spoiled_) return *spoiled_;
  return {};
}

void Connection::spoil(ErrorCode code, std::string_view message, std::string_view help) noexcept {
  spoiled_.emplace(Error{code});
  try {
    spoiled_->message = message;
    spoiled_->help = help;
  } catch (...) {
  }
}

bool Connection::wait(int attempt) {
  const auto now = std::chrono::steady_clock::now();
  if (attempt == 0 && !one_deadline_) waiting_since_ = now;
  if (now - waiting_since_ >= options_.busy_deadline) return false;
  jitter_ ^= jitter_ << 13;
  jitter_ ^= jitter_ >> 7;
  jitter_ ^= jitter_ << 17;
  const auto range = static_cast<std::uint64_t>((most_sleep_ - least_sleep_).count()) + 1;
  std::this_thread::sleep_for(least_sleep_ +
                              std::chrono::microseconds(static_cast<std::int64_t>(jitter_ % range)));
  return true;
}

Error Connection::error(int rc, std::string_view doing) {
  const auto because = [&](ErrorCode code, std::string_view what, std::string_view help = {}) {
    return Error{code, cat("while ", doing, ": ", what, " (SQLite ", rc, ')'), std::string(help)};
  };
  if (rc == SQLITE_IOERR_NOMEM) return because(ErrorCode::out_of_memory, "memory is exhausted");
  switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // a WAL whose locks were fought for too long
      return because(ErrorCode::busy, "the store is in use by another writer",
                     "try again; the command id makes it safe");
    case SQLITE_FULL:
      return because(ErrorCode::disk_full, "the disk is full", "make room and repeat the command");
    case SQLITE_READONLY:
      return because(ErrorCode::read_only, "the store is read-only");
    case SQLITE_CORRUPT:
      return because(ErrorCode::corrupt, "the file is damaged", "restore a backup");
    case SQLITE_NOTADB:
      return because(ErrorCode::not_a_store, "the file is no SQLite database");
    case SQLITE_NOMEM:
      return because(ErrorCode::out_of_memory, "memory is exhausted");
    case SQLITE_CANTOPEN:
      return because(ErrorCode::io_error, "the file cannot be opened");
    case SQLITE_IOERR:
      return because(ErrorCode::io_error, "the file could not be read or written");
    case SQLITE_PERM:
      return because(ErrorCode::io_error, "access to the file is denied");
    case SQLITE_TOOBIG:
      return because(ErrorCode::limit_exceeded, "a value is too big for the store");
    case SQLITE_CONSTRAINT:
      return because(ErrorCode::already_exists, sqlite3_errmsg(db_));
    default:
      return because(ErrorCode::internal, db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(rc));
  }
}

Status Connection::exec(const char* sql) {
  const int rc = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return error(rc, "running a statement");
  return {};
}

Result<std::string> Connection::text(const char* sql) {
  Statement statement(sql);
  Query query(*this, statement);
  const auto row = query.step("reading a setting");
  if (!row) return row.error();
  return *row ? query.bytes(0) : std::string();
}

Result<std::int64_t> Connection::integer(const char* sql) {
  Statement statement(sql);
  Query query(*this, statement);
  const auto row = query.step("reading a setting");
  if (!row) return row.error();
  return *row ? query.integer(0) : 0;
}

Status Connection::demand(const char* pragma, std::string_view expected) {
  const auto set = text(cat("PRAGMA ", pragma, " = ", expected).c_str());
  if (!set) return set.error();
  const auto got = text(cat("PRAGMA ", pragma).c_str());
  if (!got) return got.error();
  if (*got != expected)
    return Error{ErrorCode::io_error,
                 cat("SQLite did not accept ", pragma, " = ", expected, " and says ", *got),
                 "a store is not opened with weaker settings than its promises need"};
  return {};
}

void Connection::limit() {
  sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, 64 << 20);
  sqlite3_limit(db_, SQLITE_LIMIT_SQL_LENGTH, 100'000);
  sqlite3_limit(db_, SQLITE_LIMIT_COLUMN, 100);
  sqlite3_limit(db_, SQLITE_LIMIT_EXPR_DEPTH, 20);
  sqlite3_limit(db_, SQLITE_LIMIT_COMPOUND_SELECT, 3);
  sqlite3_limit(db_, SQLITE_LIMIT_VDBE_OP, 25'000);
  sqlite3_limit(db_, SQLITE_LIMIT_FUNCTION_ARG, 8);
  sqlite3_limit(db_, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(db_, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
  sqlite3_limit(db_, SQLITE_LIMIT_VARIABLE_NUMBER, 32);
  sqlite3_limit(db_, SQLITE_LIMIT_TRIGGER_DEPTH, 10);
}

void Connection::lock_down() { sqlite3_set_authorizer(db_, authorize, nullptr); }

Status Connection::configure(const std::string& path) {
  if (options_.vfs.empty()) {
    if (auto local = demand_local(filesystem_magic(path), options_.allow_network_filesystem); !local)
      return local;
    if (auto one = demand_one_name(path); !one) return one;
  }

  const int flags = (options_.read_only ? SQLITE_OPEN_READONLY
                     : options_.create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                        : SQLITE_OPEN_READWRITE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int rc =
      sqlite3_open_v2(path.c_str(), &db_, flags, options_.vfs.empty() ? nullptr : options_.vfs.c_str());
  if (rc != SQLITE_OK) {
    if ((rc & 0xFF) == SQLITE_CANTOPEN && (options_.read_only || !options_.create) &&
        access(path.c_str(), F_OK) != 0)
      return Error{ErrorCode::not_found, "there is no store at this path"};
    return error(rc, "opening the store");
  }
  sqlite3_busy_handler(db_, on_busy, this);
  limit();

  int off = 0;
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, &off);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, &off);
  // Before anything is read: else a WAL is opened through shared memory and stays so.
  if (options_.mode == StoreMode::exclusive && !options_.read_only)
    if (auto set = demand("locking_mode", "exclusive"); !set) return set;
  for (const auto& [pragma, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"trusted_schema", "0"},
                                                                  {"cell_size_check", "1"},
                                                                  {"mmap_size", "0"},
                                                                  {"foreign_keys", "1"},
                                                                  {"recursive_triggers", "1"},
                                                                  {"temp_store", "2"}})
    if (auto set = demand(pragma, value); !set) {
      // An in-memory VFS answers mmap_size with nothing: there is no mapping, which is what was demanded.
      if (std::strcmp(pragma, "mmap_size") != 0 || options_.vfs.empty()) return set;
    }
  if (auto set = demand("cache_size", cat('-', options_.cache_kib)); !set) return set;
  // The first read. Whatever the file is, nothing has been written to it yet.
  const auto id = integer("PRAGMA application_id");
  if (!id) return id.error();
  const auto objects = integer("SELECT count(*) FROM sqlite_master");
  if (!objects) return objects.error();
  if (*id != application_id && (*id != 0 || *objects != 0))
    return Error{ErrorCode::not_a_store, "the file is a database of another program"};
  const bool fresh = *id == 0;
  if (!fresh) {
    // Before any setting is made, since some of them (the journal's) are written into the file.
    const auto version = integer("PRAGMA user_version");
    if (!version) return version.error();
    if (auto known = demand_known_schema(*version); !known) {
      sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &off);
      return known;
    }
  }
  if (fresh && (options_.read_only || !options_.create))
    return Error{ErrorCode::not_a_store, "the file is empty, and no store is to be made of it"};
  if (options_.read_only) {
    const auto journal = text("PRAGMA journal_mode");
    if (!journal) return journal.error();
    journal_ = *journal;
    return {};
  }
  // SQLite opens a file without write permission as read-only, silently.
  if (sqlite3_db_readonly(db_, "main") == 1)
    return Error{ErrorCode::read_only, "the file may not be written",
                 "change its permissions, or open the store read-only"};
  if (fresh) {
    if (auto set = exec(cat("PRAGMA page_size = ", options_.page_size).c_str()); !set) return set;
  }
  if (auto set = demand("secure_delete", "1"); !set) return set;
  const bool wal = options_.mode == StoreMode::exclusive || wal_is_sound(sqlite3_libversion_number());
  if (auto set = demand("journal_mode", wal ? "wal" : "truncate"); !set) return set;
  journal_ = wal ? "wal" : "truncate";
  if (auto set = demand("synchronous", "2"); !set) return set;
  if (wal) {
    if (auto set = demand("wal_autocheckpoint", cat(options_.checkpoint_pages)); !set) return set;
    if (auto set = demand("journal_size_limit", "67108864"); !set) return set;
  }
  return {};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, const SqliteOptions& options) {
  std::unique_ptr<Connection> connection(new Connection(options));
  // Some waits do not reach the busy handler: to recover the file after a crash, to leave WAL. All of it again, then.
  const Deadline deadline(*connection);
  for (int attempt = 0;; ++attempt) {
    auto done = connection->configure(path);
    if (done) return connection;
    if (done.error().code != ErrorCode::busy || !connection->wait(attempt)) return done.take_error();
    connection->close();
  }
}

void Query::trace() { connection_.options().trace({kept_.sql_, bound_}); }

int Query::raw() {
  if (rc_ == SQLITE_OK) {
    rc_ = sqlite3_step(kept_.statement_);
    if (tracing()) trace();
  }
  return rc_;
}

Status Query::run(std::string_view doing) {
  const int rc = raw();
  if (rc == SQLITE_DONE || rc == SQLITE_ROW) return {};
  return connection_.error(rc, doing);
}

Result<bool> Query::step(std::string_view doing) {
  if (rc_ == SQLITE_OK && tracing()) trace();  // once, before the first row
  if (rc_ == SQLITE_OK || rc_ == SQLITE_ROW) rc_ = sqlite3_step(kept_.statement_);
  if (rc_ == SQLITE_ROW) return true;
  if (rc_ == SQLITE_DONE) return false;
  return connection_.error(rc_, doing);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
