// The yardstick: a recorded statement trace repeated with plain C against the same SQLite, statements prepared once.
// What it takes is what the storage costs; what Aesop takes beyond it is the cost of Aesop's code.
#pragma once

#include "aesop/store/sqlite.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace aesop_bench {

struct RecordedStatement {
  std::size_t sql = 0;
  std::vector<aesop::TracedStatement::Bound> bound;
};

struct Trace {
  std::vector<std::string> sql;
  std::map<std::string, std::size_t, std::less<>> index;
  std::vector<RecordedStatement> statements;
  std::vector<std::size_t> marks;  ///< number of statements at the start of each round, and at the end

  void add(const aesop::TracedStatement& statement) {
    auto found = index.find(statement.sql);
    if (found == index.end()) {
      found = index.emplace(std::string(statement.sql), sql.size()).first;
      sql.emplace_back(statement.sql);
    }
    statements.push_back({found->second, statement.bound});
  }
  void mark() { marks.push_back(statements.size()); }
};

class RawReplay {
 public:
  RawReplay(const std::string& path, const Trace& trace, const std::string& vfs, bool exclusive, bool wal)
      : trace_(trace) {
    check(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                          vfs.empty() ? nullptr : vfs.c_str()),
          "open");
    if (exclusive) run("PRAGMA locking_mode=EXCLUSIVE");
    run(wal ? "PRAGMA journal_mode=WAL" : "PRAGMA journal_mode=TRUNCATE");
    for (const char* pragma :
         {"PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF",
          "PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0", "PRAGMA secure_delete=ON",
          "PRAGMA recursive_triggers=ON", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-65536",
          "PRAGMA wal_autocheckpoint=4000"})
      run(pragma);
    for (const std::string& sql : trace.sql) {
      sqlite3_stmt* statement = nullptr;
      check(sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
            sql.c_str());
      prepared_.push_back(statement);
    }
  }
  ~RawReplay() {
    for (sqlite3_stmt* statement : prepared_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  RawReplay(const RawReplay&) = delete;
  RawReplay& operator=(const RawReplay&) = delete;

  void repeat(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) step(trace_.statements[i]);
  }

 private:
  void step(const RecordedStatement& recorded) {
    sqlite3_stmt* statement = prepared_[recorded.sql];
    int index = 0;
    for (const auto& bound : recorded.bound) {
      ++index;
      if (const auto* integer = std::get_if<std::int64_t>(&bound))
        sqlite3_bind_int64(statement, index, *integer);
      else if (const auto* text = std::get_if<std::string>(&bound))
        sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
      else if (const auto* blob = std::get_if<std::vector<std::uint8_t>>(&bound))
        sqlite3_bind_blob(statement, index, blob->data(), static_cast<int>(blob->size()), SQLITE_STATIC);
      else
        sqlite3_bind_null(statement, index);
    }
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW)
      for (int column = sqlite3_column_count(statement) - 1; column >= 0; --column)
        sqlite3_column_bytes(statement, column);
    if (rc != SQLITE_DONE) check(rc, sqlite3_sql(statement));
    sqlite3_reset(statement);
  }
  void run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr), sql); }
  void check(int rc, const char* what) {
    if (rc == SQLITE_OK) return;
    std::fprintf(stderr, "raw: %s: %s\n", what, sqlite3_errmsg(db_));
    std::exit(5);
  }

  const Trace& trace_;
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> prepared_;
};

}  // namespace aesop_bench
