// A SQLite connection set up as docs/storage.md says, and prepared statements on it. Internal to store.
// For one thread at a time, and only in the process that opened it.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/store/sqlite.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>
#include <unistd.h>

namespace aesop {
inline namespace v0 {
namespace detail {

/// "Aesp": marks our files in the header that SQLite keeps for it.
inline constexpr std::int64_t application_id = 0x41657370;

class Connection {
 public:
  /// Opens the file, refuses what is not ours, sets and reads back every setting. The schema is not looked
  /// at.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, const SqliteOptions& options);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  sqlite3* db() { return db_; }
  const SqliteOptions& options() const { return options_; }
  const std::string& journal() const { return journal_; }

  /// ok, or `forked`, or what made the connection useless.
  Status usable() const;
  /// Gives the connection up; without words where memory is exhausted.
  void spoil(ErrorCode code, std::string_view message, std::string_view help) noexcept;

  /// Runs statements that give no rows of interest.
  Status exec(const char* sql);
  /// The first column of the first row, as text; empty when there is no row.
  Result<std::string> text(const char* sql);
  Result<std::int64_t> integer(const char* sql);

  /// Forbids, from now on, statements that this library never makes: changes of the schema, attaching files,
  /// changes of log entries. Asked when a statement is prepared, so it costs nothing later.
  void lock_down();

  /// ok, or why the connection is given up: the file it has open is no longer the one at its path. On an exclusive
  /// connection nothing else would tell: it would answer for ever from a file that nobody can find again.
  Status still_there();

  /// The Error of a SQLite result code.
  Error error(int rc, std::string_view doing);

  /// One deadline for all that is waited for during the life of this object; without one, each wait has its
  /// own.
  class Deadline {
   public:
    explicit Deadline(Connection& connection) : connection_(connection) {
      connection.waiting_since_ = std::chrono::steady_clock::now();
      connection.one_deadline_ = true;
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline() { connection_.one_deadline_ = false; }

   private:
    Connection& connection_;
  };
  /// The busy handler: whether to try again, after a short random sleep.
  bool wait(int attempt);
  /// How long such a sleep is at least and at most. Until it is set again.
  void patience(std::chrono::microseconds least, std::chrono::microseconds most) {
    least_sleep_ = least;
    most_sleep_ = most;
  }

 private:
  explicit Connection(const SqliteOptions& options);
  Status configure(const std::string& path);
  void close();
  Status demand(const char* pragma, std::string_view expected);
  void limit();

  SqliteOptions options_;
  sqlite3* db_ = nullptr;
  pid_t pid_;
  std::string journal_;
  std::optional<Error> spoiled_;
  std::chrono::steady_clock::time_point waiting_since_ = {};
  bool one_deadline_ = false;
  std::chrono::microseconds least_sleep_{50}, most_sleep_{450};
  std::uint64_t jitter_ = 0;
};

/// A statement that is prepared when first used and kept.
class Statement {
 public:
  explicit Statement(const char* sql) : sql_(sql) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

 private:
  friend class Query;
  const char* sql_;
  sqlite3_stmt* statement_ = nullptr;
};

/// One use of a statement: bind, step, read; reset at the end of its life. Texts and blobs bound must live as
/// long as the Query.
class Query {
 public:
  Query(Connection& connection, Statement& statement) : connection_(connection), kept_(statement) {
    if (kept_.statement_ == nullptr)
      rc_ = sqlite3_prepare_v3(connection.db(), kept_.sql_, -1, SQLITE_PREPARE_PERSISTENT, &kept_.statement_,
                               nullptr);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { sqlite3_reset(kept_.statement_); }

  Query& bind(std::int64_t value) {
    if (rc_ == SQLITE_OK) rc_ = sqlite3_bind_int64(kept_.statement_, next(), value);
    if (tracing()) bound_.emplace_back(value);
    return *this;
  }
  Query& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Query& bind(Instant value) { return bind(value.us); }
  Query& bind(std::string_view text) {
    if (rc_ == SQLITE_OK)
      rc_ = sqlite3_bind_text64(kept_.statement_, next(), text.data() ? text.data() : "", text.size(),
                                SQLITE_STATIC, SQLITE_UTF8);
    if (tracing()) bound_.emplace_back(std::string(text));
    return *this;
  }
  Query& blob(std::string_view bytes) {
    if (rc_ == SQLITE_OK)
      rc_ = sqlite3_bind_blob64(kept_.statement_, next(), bytes.data() ? bytes.data() : "", bytes.size(),
                                SQLITE_STATIC);
    if (tracing()) bound_.emplace_back(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
    return *this;
  }
  Query& null() {
    if (rc_ == SQLITE_OK) rc_ = sqlite3_bind_null(kept_.statement_, next());
    if (tracing()) bound_.emplace_back(std::monostate());
    return *this;
  }

  /// Runs a statement that gives no rows.
  Status run(std::string_view doing);
  /// Goes to the next row; false after the last.
  Result<bool> step(std::string_view doing);
  /// Runs it and gives SQLite's result code, for the few who look at it themselves.
  int raw();

  std::int64_t integer(int column) const { return sqlite3_column_int64(kept_.statement_, column); }
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string bytes(int column) const {
    const void* data = sqlite3_column_blob(kept_.statement_, column);
    const int size = sqlite3_column_bytes(kept_.statement_, column);
    return data == nullptr ? std::string()
                           : std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
  }
  bool is_null(int column) const { return sqlite3_column_type(kept_.statement_, column) == SQLITE_NULL; }
  bool is_text(int column) const { return sqlite3_column_type(kept_.statement_, column) == SQLITE_TEXT; }

 private:
  int next() { return ++bound_count_; }
  bool tracing() const { return static_cast<bool>(connection_.options().trace); }
  void trace();

  Connection& connection_;
  Statement& kept_;
  int rc_ = SQLITE_OK;
  int bound_count_ = 0;
  std::vector<TracedStatement::Bound> bound_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
