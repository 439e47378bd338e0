// What is particular to the SQLite store: settings, refusals, locks, immutability, backup.
#include "aesop/store/sqlite.hpp"

#include "catch.hpp"
#include "store/filesystem.hpp"
#include "store/migrations.hpp"
#include "store/sqlite_store.hpp"
#include "support/temporary.hpp"

#include <fstream>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aesop;

namespace {

SqliteOptions in_mode(StoreMode mode) {
  SqliteOptions options;
  options.mode = mode;
  options.busy_deadline = std::chrono::milliseconds(50);
  return options;
}

ErrorCode refused(const std::string& path, const SqliteOptions& options = {}) {
  const auto store = open_sqlite_store(path, options);
  REQUIRE_FALSE(store.ok());
  CHECK_FALSE(store.error().message.empty());
  return store.error().code;
}

/// A plain SQLite connection beside the store.
struct Plain {
  explicit Plain(const std::string& path) { sqlite3_open(path.c_str(), &db); }
  ~Plain() { sqlite3_close(db); }
  int run(const std::string& sql) { return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr); }
  std::string ask(const std::string& sql) {
    std::string answer;
    sqlite3_exec(
        db, sql.c_str(),
        [](void* out, int, char** values, char**) {
          *static_cast<std::string*>(out) = values[0] ? values[0] : "NULL";
          return 0;
        },
        &answer, nullptr);
    return answer;
  }
  sqlite3* db = nullptr;
};

void append_in(Store& store) {
  NewEntry entry;
  entry.seq = store.head().value().seq + 1;
  entry.header = "header";
  entry.salt = "salt";
  entry.body = "body";
  REQUIRE(store.append(entry));
}

void append_one(Store& store) {
  REQUIRE(store.begin());
  append_in(store);
  REQUIRE(store.commit());
}

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("sqlite: every setting of the recipe is in force", "[store]") {
  const testing::TemporaryFolder folder;
  for (const StoreMode mode : {StoreMode::shared, StoreMode::exclusive}) {
    auto store = open_sqlite_store(folder.file(), in_mode(mode)).value();
    auto& connection = dynamic_cast<detail::SqliteStore&>(*store).connection();
    const auto setting = [&](const char* pragma) {
      return connection.text(cat("PRAGMA ", pragma).c_str()).value();
    };
    const bool wal = mode == StoreMode::exclusive || wal_is_sound(sqlite3_libversion_number());
    CHECK(setting("journal_mode") == (wal ? "wal" : "truncate"));
    CHECK(store->info().journal == setting("journal_mode"));
    CHECK(setting("synchronous") == "2");
    CHECK(setting("locking_mode") == (mode == StoreMode::exclusive ? "exclusive" : "normal"));
    CHECK(setting("secure_delete") == "1");
    CHECK(setting("trusted_schema") == "0");
    CHECK(setting("recursive_triggers") == "1");
    CHECK(setting("cell_size_check") == "1");
    CHECK(setting("mmap_size") == "0");
    CHECK(setting("user_version") == "1");
    CHECK(setting("application_id") == std::to_string(detail::application_id));
    CHECK(setting("page_size") == "4096");
    CHECK(store->info().schema_version == 1);
    CHECK(store->sole_writer() == (mode == StoreMode::exclusive));
  }
}

TEST_CASE("sqlite: WAL with several connections only where its reset race is fixed", "[store]") {
  for (const int sound : {3051003, 3051004, 3052000, 3050007, 3050099, 3044006, 3044099})
    CHECK(wal_is_sound(sound));
  for (const int unsound : {3040001, 3044005, 3045000, 3049000, 3050006, 3051000, 3051002})
    CHECK_FALSE(wal_is_sound(unsound));
}

TEST_CASE("sqlite: what was committed is there after opening again, in either mode", "[store]") {
  const testing::TemporaryFolder folder;
  LogId id;
  for (const StoreMode mode : {StoreMode::shared, StoreMode::exclusive, StoreMode::shared,
                               StoreMode::exclusive, StoreMode::exclusive}) {
    auto store = open_sqlite_store(folder.file(), in_mode(mode)).value();
    if (store->head().value().seq == 0) id = store->info().log_id;
    CHECK(store->info().log_id == id);
    CHECK(store->info().created.us > 0);
    append_one(*store);
    CHECK(store->check());
  }
  CHECK(open_sqlite_store(folder.file()).value()->head().value().seq == 5);
}

TEST_CASE("sqlite: files that are no store are refused and not touched", "[store]") {
  const testing::TemporaryFolder folder;
  SECTION("a text file") {
    std::ofstream(folder.file()) << std::string(5000, 'x');
    CHECK(refused(folder.file()) == ErrorCode::not_a_store);
  }
  SECTION("a database of another program") {
    Plain(folder.file()).run("CREATE TABLE t(x); INSERT INTO t VALUES(1)");
    const std::string before = contents(folder.file());
    CHECK(refused(folder.file()) == ErrorCode::not_a_store);
    CHECK(refused(folder.file(), in_mode(StoreMode::exclusive)) == ErrorCode::not_a_store);
    CHECK(contents(folder.file()) == before);
  }
  SECTION("a database with another application id") {
    Plain(folder.file()).run("PRAGMA application_id = 7");
    CHECK(refused(folder.file()) == ErrorCode::not_a_store);
  }
  SECTION("no path, or not one of a file") {
    CHECK(refused("") == ErrorCode::invalid_argument);
    CHECK(refused(":memory:") == ErrorCode::invalid_argument);
  }
  SECTION("a folder that does not exist") {
    CHECK(refused(folder.file("none/store.db")) == ErrorCode::io_error);
  }
  SECTION("no file, and none to be made") {
    SqliteOptions options;
    options.create = false;
    CHECK(refused(folder.file(), options) == ErrorCode::not_found);
    options.read_only = true;
    CHECK(refused(folder.file(), options) == ErrorCode::not_found);
    CHECK(access(folder.file().c_str(), F_OK) != 0);
  }
}

TEST_CASE("sqlite: a file of a later schema is refused as newer and not touched", "[store]") {
  const testing::TemporaryFolder folder;
  { auto store = open_sqlite_store(folder.file()).value(); }
  Plain(folder.file()).run("PRAGMA user_version = 99");
  const std::string before = contents(folder.file());
  CHECK(refused(folder.file()) == ErrorCode::newer_schema);
  SqliteOptions options;
  options.read_only = true;
  CHECK(refused(folder.file(), options) == ErrorCode::newer_schema);
  CHECK(contents(folder.file()) == before);
}

TEST_CASE("sqlite: a file of a later schema stays in its journal mode", "[store]") {
  const testing::TemporaryFolder folder;
  { auto store = open_sqlite_store(folder.file(), in_mode(StoreMode::exclusive)).value(); }
  Plain(folder.file()).run("PRAGMA user_version = 99");
  const std::string before = contents(folder.file());
  CHECK(refused(folder.file(), in_mode(StoreMode::shared)) == ErrorCode::newer_schema);
  CHECK(refused(folder.file(), in_mode(StoreMode::exclusive)) == ErrorCode::newer_schema);
  CHECK(contents(folder.file()) == before);
}

TEST_CASE("sqlite: a file that was removed or replaced while it is open is noticed before a write",
          "[store]") {
  const testing::TemporaryFolder folder;
  for (const StoreMode mode : {StoreMode::shared, StoreMode::exclusive}) {
    for (const bool replaced : {false, true}) {
      auto store = open_sqlite_store(folder.file(), in_mode(mode)).value();
      append_one(*store);
      REQUIRE(unlink(folder.file().c_str()) == 0);
      if (replaced) std::ofstream(folder.file()) << "something else";
      CHECK(store->begin().error().code == ErrorCode::io_error);
      CHECK(store->usable().error().code == ErrorCode::io_error);  // for good
      CHECK(store->read_log(0, 1).error().code == ErrorCode::io_error);
      store.reset();
      for (const char* part : {"", "-wal", "-journal", "-shm"}) unlink((folder.file() + part).c_str());
    }
  }
}

TEST_CASE("sqlite: a file of two names is refused, and a link is followed to where the file will be",
          "[store]") {
  const testing::TemporaryFolder folder;
  { auto store = open_sqlite_store(folder.file()).value(); }
  REQUIRE(link(folder.file().c_str(), folder.file("second.db").c_str()) == 0);
  CHECK(refused(folder.file()) == ErrorCode::invalid_argument);
  CHECK(refused(folder.file("second.db")) == ErrorCode::invalid_argument);
  REQUIRE(unlink(folder.file("second.db").c_str()) == 0);
  CHECK(open_sqlite_store(folder.file()).ok());

  REQUIRE(symlink("/proc/not-there.db", folder.file("away.db").c_str()) == 0);
  REQUIRE(symlink("away.db", folder.file("twice.db").c_str()) == 0);
  CHECK(detail::followed(folder.file("twice.db")) == "/proc/not-there.db");
  CHECK(detail::filesystem_magic(folder.file("twice.db")) == detail::filesystem_magic("/proc"));
  REQUIRE(symlink("round.db", folder.file("round.db").c_str()) == 0);
  CHECK(detail::followed(folder.file("round.db")) == folder.file("round.db"));
}

TEST_CASE("sqlite: an empty file is made a store only where one may be made", "[store]") {
  const testing::TemporaryFolder folder;
  std::ofstream(folder.file("empty.db"));
  SqliteOptions options;
  options.create = false;
  CHECK(refused(folder.file("empty.db"), options) == ErrorCode::not_a_store);
  CHECK(contents(folder.file("empty.db")).empty());
  CHECK(open_sqlite_store(folder.file("empty.db")).ok());
}

TEST_CASE("sqlite: opening shared waits for who still reads the file as an exclusive user left it",
          "[store]") {
  const testing::TemporaryFolder folder;
  { append_one(*open_sqlite_store(folder.file(), in_mode(StoreMode::exclusive)).value()); }
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    Plain reader(folder.file());
    const bool read = reader.run("BEGIN") == SQLITE_OK && reader.ask("SELECT count(*) FROM log") == "1";
    const ssize_t told = write(ready[1], "x", 1);
    usleep(150'000);
    _exit(read && told == 1 ? 0 : 1);  // and is killed, as it were
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  SqliteOptions options;
  options.busy_deadline = std::chrono::milliseconds(5000);
  const auto store = open_sqlite_store(folder.file(), options);
  INFO((store ? std::string() : to_string(store.error())));
  CHECK(store.ok());
  int status = 1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  close(ready[0]);
  close(ready[1]);
}

TEST_CASE("sqlite: codes of SQLite that say to wait are busy, and a lack of memory is one wherever it shows",
          "[store]") {
  const testing::TemporaryFolder folder;
  auto store = open_sqlite_store(folder.file()).value();
  auto& connection = dynamic_cast<detail::SqliteStore&>(*store).connection();
  CHECK(connection.error(SQLITE_PROTOCOL, "testing").code == ErrorCode::busy);
  CHECK(connection.error(SQLITE_BUSY_RECOVERY, "testing").code == ErrorCode::busy);
  CHECK(connection.error(SQLITE_IOERR_NOMEM, "testing").code == ErrorCode::out_of_memory);
  CHECK(connection.error(SQLITE_IOERR_READ, "testing").code == ErrorCode::io_error);
}

TEST_CASE("sqlite: an effect's id that fits no row is of no effect", "[store]") {
  const testing::TemporaryFolder folder;
  auto store = open_sqlite_store(folder.file()).value();
  append_one(*store);
  REQUIRE(store->begin());
  StoredEffect effect;
  effect.id = {4, 0};
  REQUIRE(store->put_effect(effect));
  for (const EffectId& wrapped : {EffectId{18014398509481988u, 0}, EffectId{3, 1024}}) {
    CHECK_FALSE(store->find_effect(wrapped).value().has_value());
    REQUIRE(store->erase_effect(wrapped));
    effect.id = wrapped;
    CHECK_FALSE(store->put_effect(effect).ok());
  }
  CHECK(store->find_effect({4, 0}).value().has_value());
  REQUIRE(store->rollback());
}

TEST_CASE(
    "sqlite: missing schema steps are run in one transaction, and a failing one leaves the file as it was",
    "[store]") {
  using namespace aesop::detail;
  const testing::TemporaryFolder folder;
  { auto store = open_sqlite_store(folder.file()).value(); }
  const auto second = [](Connection& connection, const SqliteOptions&) {
    return connection.exec("CREATE TABLE second(x INTEGER) STRICT");
  };
  const auto third = [](Connection& connection, const SqliteOptions&) {
    if (auto done = connection.exec("CREATE TABLE third(x INTEGER) STRICT"); !done) return done;
    return connection.exec("INSERT INTO nowhere VALUES(1)");
  };
  const Migration good[] = {{1, create_schema}, {2, second}};
  const Migration bad[] = {{1, create_schema}, {2, second}, {3, third}};
  auto connection = Connection::open(folder.file(), {}).value();
  CHECK_FALSE(migrate(*connection, bad).ok());
  CHECK(connection->integer("PRAGMA user_version").value() == 1);
  CHECK(connection->integer("SELECT count(*) FROM sqlite_master WHERE name IN ('second', 'third')").value() ==
        0);
  CHECK(migrate(*connection, good).value() == 2);
  CHECK(connection->integer("PRAGMA user_version").value() == 2);
  CHECK(migrate(*connection, good).value() == 2);  // nothing left to do
  connection.reset();
  CHECK(refused(folder.file()) == ErrorCode::newer_schema);
}

TEST_CASE("sqlite: opened read-only it reads, writes nothing and says so", "[store]") {
  const testing::TemporaryFolder folder;
  {
    auto store = open_sqlite_store(folder.file()).value();
    append_one(*store);
  }
  const std::string before = contents(folder.file());
  SqliteOptions options;
  options.read_only = true;
  auto store = open_sqlite_store(folder.file(), options).value();
  CHECK(store->info().read_only);
  CHECK(store->read_log(0, 10).value().size() == 1);
  CHECK(store->begin().error().code == ErrorCode::read_only);
  CHECK(contents(folder.file()) == before);
  std::ofstream(folder.file("empty.db"));
  CHECK(refused(folder.file("empty.db"), options) == ErrorCode::not_a_store);
}

TEST_CASE("sqlite: a file without write permission is refused for writing", "[store]") {
  if (geteuid() == 0) return;  // root may write everything
  const testing::TemporaryFolder folder;
  { auto store = open_sqlite_store(folder.file()).value(); }
  chmod(folder.file().c_str(), 0444);
  CHECK(refused(folder.file()) == ErrorCode::read_only);
}

TEST_CASE("sqlite: a writer that finds another gives up with busy, and succeeds when it is gone", "[store]") {
  const testing::TemporaryFolder folder;
  auto first = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  auto second = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  REQUIRE(first->begin());
  CHECK(second->begin().error().code == ErrorCode::busy);
  REQUIRE(first->rollback());
  append_one(*second);
  CHECK(first->head().value().seq == 1);
}

TEST_CASE(
    "sqlite: a reader keeps its moment while another writes, and a commit it stands in the way of may be "
    "repeated",
    "[store]") {
  const testing::TemporaryFolder folder;
  auto writer = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  auto reader = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  append_one(*writer);
  REQUIRE(reader->begin_read());
  CHECK(reader->head().value().seq == 1);
  REQUIRE(writer->begin());
  NewEntry entry;
  entry.seq = 2;
  entry.header = "h";
  REQUIRE(writer->append(entry));
  const Status committed = writer->commit();  // a rollback journal waits for readers, WAL does not
  CHECK(reader->head().value().seq == 1);
  if (!committed) {
    CHECK(committed.error().code == ErrorCode::busy);
    REQUIRE(writer->rollback());
    reader->end_read();
    append_one(*writer);
  }
  reader->end_read();
  CHECK(reader->head().value().seq == 2);
}

TEST_CASE("sqlite: without memory a store says out_of_memory, writes nothing, and goes on when there is some",
          "[store]") {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("s.db");
  auto store = open_sqlite_store(path, in_mode(StoreMode::shared));
  REQUIRE(store.ok());
  append_one(**store);
  const std::int64_t before = sqlite3_hard_heap_limit64(sqlite3_memory_used() + 1);
  REQUIRE(sqlite3_hard_heap_limit64(-1) > 0);
  const ErrorCode opened = refused(folder.file("other.db"), in_mode(StoreMode::shared));
  NewEntry entry;
  entry.seq = 2;
  entry.header = std::string(1 << 20, 'h');
  entry.salt = "salt";
  Status written = (*store)->begin();
  if (written) written = (*store)->append(entry);
  if (written) written = (*store)->commit();
  sqlite3_hard_heap_limit64(before);
  const Status undone = (*store)->rollback();
  CHECK(undone);
  CHECK(opened == ErrorCode::out_of_memory);
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().code == ErrorCode::out_of_memory);
  CHECK((*store)->head().value().seq == 1);
  const Status again = (*store)->begin();
  REQUIRE(again);
  REQUIRE((*store)->rollback());
  append_one(**store);
  CHECK((*store)->head().value().seq == 2);
}

TEST_CASE("sqlite: an exclusive handle keeps everybody else out", "[store]") {
  const testing::TemporaryFolder folder;
  {
    auto alone = open_sqlite_store(folder.file(), in_mode(StoreMode::exclusive)).value();
    append_one(*alone);
    CHECK(refused(folder.file(), in_mode(StoreMode::shared)) == ErrorCode::busy);
    CHECK(refused(folder.file(), in_mode(StoreMode::exclusive)) == ErrorCode::busy);
  }
  CHECK(open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value()->head().value().seq == 1);
}

TEST_CASE("sqlite: a handle carried across fork says forked, and closing it harms nobody", "[store]") {
  const testing::TemporaryFolder folder;
  auto store = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  append_one(*store);
  REQUIRE(store->begin());
  append_in(*store);
  const pid_t worker = fork();
  if (worker == 0) _exit(store->commit().error().code == ErrorCode::forked ? 0 : 1);
  int outcome = 1;
  REQUIRE(waitpid(worker, &outcome, 0) == worker);
  CHECK(outcome == 0);  // what its parent has begun is not the child's to commit
  REQUIRE(store->rollback());
  CHECK(store->head().value().seq == 1);
  const pid_t child = fork();
  if (child == 0) {
    const bool told = store->usable().error().code == ErrorCode::forked &&
                      store->begin().error().code == ErrorCode::forked &&
                      store->read_log(0, 1).error().code == ErrorCode::forked &&
                      store->find_run("r").error().code == ErrorCode::forked;
    store.reset();
    _exit(told ? 0 : 1);
  }
  int status = 1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  append_one(*store);
  CHECK(store->head().value().seq == 2);
}

TEST_CASE("R46: sqlite: entries of the log cannot be changed, replaced or removed by SQL", "[store]") {
  const testing::TemporaryFolder folder;
  {
    auto store = open_sqlite_store(folder.file()).value();
    append_one(*store);
    append_one(*store);
  }
  Plain plain(folder.file());
  CHECK(plain.run("UPDATE log SET header = x'00'") == SQLITE_CONSTRAINT);
  CHECK(plain.run("DELETE FROM log WHERE seq = 2") == SQLITE_CONSTRAINT);
  CHECK(plain.run("INSERT OR REPLACE INTO log VALUES(1, NULL, NULL, x'00', x'00')") == SQLITE_CONSTRAINT);
  CHECK(plain.run("INSERT INTO log VALUES(5, NULL, NULL, x'00', x'00')") == SQLITE_CONSTRAINT);
  CHECK(plain.run("UPDATE payload SET body = x'00'") == SQLITE_CONSTRAINT);
  CHECK(plain.run("UPDATE payload SET salt = NULL, body = NULL WHERE seq = 1") ==
        SQLITE_OK);  // erasing is allowed
  CHECK(plain.run("DELETE FROM payload WHERE seq = 1") == SQLITE_CONSTRAINT);
  CHECK(plain.run("INSERT OR REPLACE INTO payload VALUES(2, x'00', x'00')") == SQLITE_CONSTRAINT);
  CHECK(plain.run("INSERT INTO payload VALUES(0, x'00', x'00')") == SQLITE_CONSTRAINT);
  CHECK(plain.ask("SELECT count(*) FROM log") == "2");
  CHECK(plain.ask("SELECT count(*) FROM payload") == "2");
}

TEST_CASE("sqlite: the library's own connection forbids what the library never does", "[store]") {
  const testing::TemporaryFolder folder;
  auto store = open_sqlite_store(folder.file()).value();
  auto& connection = dynamic_cast<detail::SqliteStore&>(*store).connection();
  REQUIRE(store->begin());
  REQUIRE(store->put_command("c", {"salt", Hash{}, 0, 0, "{}"}));
  REQUIRE(store->commit());
  for (const char* sql :
       {"DROP TRIGGER log_is_not_changed", "DROP TABLE payload", "DELETE FROM log", "DELETE FROM payload",
        "UPDATE log SET leaf = x'00'", "UPDATE command SET answer = ''", "UPDATE command SET last_seq = 1",
        "DELETE FROM command", "ATTACH 'x.db' AS x", "CREATE TABLE t(x)", "ALTER TABLE run ADD COLUMN x",
        "PRAGMA writable_schema = 1", "PRAGMA journal_mode = off"})
    CHECK_FALSE(connection.exec(sql).ok());
}

TEST_CASE("sqlite: an erased payload is gone from the file", "[store]") {
  const testing::TemporaryFolder folder;
  const std::string marker = "a-marker-that-is-nowhere-else";
  {
    auto store = open_sqlite_store(folder.file()).value();
    REQUIRE(store->begin());
    NewEntry entry;
    entry.seq = 1;
    entry.header = "header";
    entry.salt = "salt";
    entry.body = marker;
    REQUIRE(store->append(entry));
    REQUIRE(store->commit());
    CHECK(contents(folder.file()).find(marker) != std::string::npos);
    REQUIRE(store->begin());
    REQUIRE(store->erase_payload(1));
    REQUIRE(store->commit());
  }
  CHECK(contents(folder.file()).find(marker) == std::string::npos);
}

TEST_CASE("sqlite: a backup is one moment of a store in use", "[store]") {
  const testing::TemporaryFolder folder;
  for (const StoreMode mode : {StoreMode::shared, StoreMode::exclusive}) {
    const std::string name = mode == StoreMode::shared ? "shared" : "exclusive";
    auto store = open_sqlite_store(folder.file(name), in_mode(mode)).value();
    append_one(*store);
    REQUIRE(backup_sqlite_store(*store, folder.file(name + ".backup")));
    append_one(*store);
    auto copy = open_sqlite_store(folder.file(name + ".backup")).value();
    CHECK(copy->head().value().seq == 1);
    CHECK(copy->info().log_id == store->info().log_id);
    CHECK(copy->check());
    CHECK(backup_sqlite_store(*store, folder.file(name + ".backup")).error().code ==
          ErrorCode::already_exists);
  }
}

TEST_CASE("sqlite: a backup that fails leaves nothing behind", "[store]") {
  const testing::TemporaryFolder folder;
  auto store = open_sqlite_store(folder.file(), in_mode(StoreMode::shared)).value();
  CHECK(backup_sqlite_store(*store, folder.file("none/copy.db")).error().code == ErrorCode::io_error);
  REQUIRE(store->begin());
  append_in(*store);
  CHECK(backup_sqlite_store(*store, folder.file("copy.db")).error().code == ErrorCode::busy);
  CHECK(access(folder.file("copy.db").c_str(), F_OK) != 0);
  REQUIRE(store->rollback());
  CHECK(backup_sqlite_store(*store, folder.file("copy.db")));
}

TEST_CASE("sqlite: network file systems are refused unless allowed, local ones are not", "[store]") {
  using namespace aesop::detail;
  for (const std::uint64_t network : {0x6969u, 0x517Bu, 0xFF534D42u, 0xFE534D42u, 0x65735546u, 0x01021997u}) {
    CHECK(demand_local(network, false).error().code == ErrorCode::network_filesystem);
    CHECK(demand_local(network, true).ok());
  }
  for (const std::uint64_t local : {0xEF53u /*ext4*/, 0x01021994u /*tmpfs*/, 0x58465342u /*xfs*/,
                                    0x9123683Eu /*btrfs*/, 0x794C7630u /*overlay*/, 0x2FC12FC1u /*zfs*/})
    CHECK(demand_local(local, false).ok());
  CHECK(demand_local(std::nullopt, false).ok());
  const testing::TemporaryFolder folder;
  CHECK(filesystem_magic(folder.path()).has_value());
  CHECK(filesystem_magic(folder.file("not there")) == filesystem_magic(folder.path()));
}

TEST_CASE("sqlite: the trace gives each statement with what was bound to it", "[store]") {
  const testing::TemporaryFolder folder;
  std::vector<std::pair<std::string, std::size_t>> seen;
  SqliteOptions options;
  options.trace = [&](const TracedStatement& statement) {
    seen.emplace_back(statement.sql, statement.bound.size());
  };
  auto store = open_sqlite_store(folder.file(), options).value();
  seen.clear();
  append_one(*store);
  REQUIRE(seen.size() == 5);
  CHECK(seen[0].first == "BEGIN IMMEDIATE");
  CHECK(seen[2].first.starts_with("INSERT INTO log"));
  CHECK(seen[2].second == 5);
  CHECK(seen[3].second == 3);
  CHECK(seen[4].first == "COMMIT");
}
