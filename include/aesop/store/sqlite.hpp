// A store in one SQLite file. Part store; body in src/store/sqlite*.cpp; docs/storage.md tells the promises.
#pragma once

#include "aesop/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Both lose nothing that was acknowledged when the power is cut, on a disk that honours syncs.
enum class StoreMode : std::uint8_t {
  shared,     ///< any number of processes on one machine
  exclusive,  ///< this handle alone; faster
};

/// One statement as it was run, for benchmarks that repeat it without the library.
struct TracedStatement {
  using Bound =
      std::variant<std::monostate, std::int64_t, std::string, std::vector<std::uint8_t>>;  ///< blob last
  std::string_view sql;
  const std::vector<Bound>& bound;
};

struct SqliteOptions {
  StoreMode mode = StoreMode::shared;
  bool create = true;      ///< make the file when it is not there
  bool read_only = false;  ///< nothing is ever written, not even the schema
  /// How long begin() and reads wait for another writer before `busy`.
  std::chrono::milliseconds busy_deadline{5000};
  /// Locks and syncs of network drives cannot be relied on; see docs/storage.md before setting this.
  bool allow_network_filesystem = false;
  /// Name of a registered SQLite VFS; empty: the default one. The file system is then not looked at.
  std::string vfs;
  int cache_kib = 65536;        ///< page cache, allocated as it fills
  int checkpoint_pages = 4000;  ///< WAL: pages after which the writer checkpoints
  int page_size = 4096;         ///< of a new file
  /// Time of creation written into a new file; the clock of the machine when 0.
  Instant created = {};
  /// Called after each statement with what was bound to it. Null in production: it costs.
  std::function<void(const TracedStatement&)> trace;
};

/// Opens or creates a store. Errors beside those of Store: not_a_store (a file of something else),
/// newer_schema (written by a later library), network_filesystem, not_found (no file, and create is off).
/// A handle must not be used, nor closed, in a child after fork: every call then gives `forked`.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path, const SqliteOptions& options = {});

/// Copies a store of open_sqlite_store into a new file while it is in use, by SQLite's online backup. The
/// copy is one moment of the store. already_exists when `path` is there.
Status backup_sqlite_store(Store& store, const std::string& path);

/// What the SQLite library that is linked allows: whether WAL is sound with several connections. Versions
/// 3.7.0 to 3.51.2, but for backports, may corrupt a file then (sqlite.org/wal.html, "the WAL-reset bug").
bool wal_is_sound(int sqlite_version_number);

}  // namespace v0
}  // namespace aesop
