// Each byte of header, salt, payload and leaf of a 50-entry log in a SQLite file flipped: aesop_campaign_flips
// [--short | STRIDE] takes every n-th byte. The verification names the entry each time. A log that is rewritten as a
// whole, with new hashes, is not found: that is what a head kept elsewhere is for.
#include "support/temporary.hpp"
#include "support/workload.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <sqlite3.h>

using namespace aesop;
using namespace aesop::testing;

namespace {

/// Somebody with the file and a hex editor: no triggers, no library.
class Editor {
 public:
  explicit Editor(const std::string& path) {
    sqlite3_open(path.c_str(), &db_);
    run("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    for (const char* trigger : {"log_is_not_changed", "payload_is_only_erased", "log_grows_at_its_end"})
      run(std::string("DROP TRIGGER ") + trigger);
  }
  ~Editor() { sqlite3_close(db_); }
  void run(const std::string& sql) { sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); }
  void put(const std::string& table, const std::string& column, std::uint64_t seq, const std::string& bytes) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db_, ("UPDATE " + table + " SET " + column + " = ?1 WHERE seq = ?2").c_str(), -1,
                       &statement, nullptr);
    sqlite3_bind_blob(statement, 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, static_cast<std::int64_t>(seq));
    sqlite3_step(statement);
    sqlite3_finalize(statement);
  }

 private:
  sqlite3* db_ = nullptr;
};

VerifyReport walk(Store& store) {
  ChainVerifier verifier(store.info().log_id);
  const auto entries = store.read_log(0, 1000).value();
  for (const LogEntry& entry : entries) verifier.feed(entry.stored());
  return verifier.report();
}

}  // namespace

int main(int count, char** arguments) {
  long stride = 1;
  if (count > 1)
    stride = std::strcmp(arguments[1], "--short") == 0 ? 23 : std::max(1L, std::atol(arguments[1]));
  const TemporaryFolder folder;
  auto engine = Engine::open(folder.file()).value();
  furnish(engine).value();
  for (std::uint64_t i = 0; engine.store().head().value().seq < 50; ++i) engine.execute(nth_command("v", i));
  Store& store = engine.store();
  Editor editor(folder.file());
  const auto entries = store.read_log(0, 50).value();
  const Hash kept = walk(store).head;
  long passed = 0, failed = 0;
  long number = 0;
  for (const LogEntry& entry : entries) {
    struct Field {
      const char *table, *column;
      const std::string* bytes;
    };
    for (const Field& field :
         {Field{"log", "header", &entry.header}, Field{"log", "leaf", &entry.leaf},
          Field{"payload", "salt", &entry.salt}, Field{"payload", "body", &entry.body}}) {
      for (std::size_t at = 0; at < field.bytes->size(); ++at) {
        if (number++ % stride != 0) continue;
        std::string flipped = *field.bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (number % 8)));
        editor.put(field.table, field.column, entry.seq, flipped);
        const VerifyReport report = walk(store);
        editor.put(field.table, field.column, entry.seq, *field.bytes);
        if (report.first_bad == entry.seq) {
          ++passed;
        } else if (failed++ < 5) {
          std::printf("not found: entry %llu, %s.%s byte %zu\n", static_cast<unsigned long long>(entry.seq),
                      field.table, field.column, at);
        }
      }
    }
  }
  const bool whole_again = walk(store).ok() && walk(store).entries >= 50;
  whole_again ? ++passed : ++failed;

  // The whole log rewritten by somebody who knows how: every actor another, every hash new.
  Hash previous = chain_start(store.info().log_id);
  for (const LogEntry& entry : store.read_log(0, 1000).value()) {
    LogRecord record = decode_record(entry.header).value();
    record.actor = "mallory";
    record.previous = previous;
    const std::string header = encode_record(record);
    previous = leaf_hash(header);
    editor.put("log", "header", entry.seq, header);
    editor.put("log", "leaf", entry.seq, std::string(as_view(previous)));
  }
  const VerifyReport rewritten = walk(store);
  const bool limit_holds = rewritten.ok() && rewritten.head != kept;
  limit_holds ? ++passed : ++failed;
  std::printf("rewritten as a whole: %s, and the head %s the one kept elsewhere\n",
              rewritten.ok() ? "verifies (the known limit)" : "found",
              rewritten.head == kept ? "is" : "is not");
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
