// A disk in memory that can lose power, as a SQLite VFS: for campaigns and fault sweeps. One process, one connection
// per disk at a time (there are no locks); each SimDisk is its own VFS, so that threads may have one each.
//
// What is modelled:
// (1) A file has bytes as the process sees them and bytes that are durable. Writes and truncations between two syncs
//     of the file wait in one list; xSync of the file makes its own durable.
// (2) Creations and deletions of names are kept apart, in order, as a journalling file system does; syncing a file
//     makes the names up to its own durable, deleting with a directory sync all of them.
// (3) A power cut keeps of what waits either the first part, the last write torn (a cache that works in order), or
//     any sectors of any writes, some of them turned to garbage (a cache that does not). Names: the first part.
// (4) `lying`: the disk says it has synced and has not. Nothing can be promised on it; a campaign that passes on it
//     proves nothing, so one is run to be seen failing.
// (5) Every write, sync, truncation and deletion is an operation with a number: at `cut_at` the power goes, at
//     `fail_at` it fails (once, or from then on); past `quota` bytes a file cannot grow.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace aesop::testing {

class SimDisk {
 public:
  using Bytes = std::vector<std::uint8_t>;

  // --- faults, set by the test ---
  std::int64_t cut_at = -1;
  std::int64_t fail_at = -1;
  bool fail_sticky = false;
  bool fail_reads = false;  ///< reads count as operations too
  std::int64_t quota = -1;
  bool lying = false;
  int sector = 512;
  bool powersafe_overwrite = true;  ///< a torn write harms no bytes beside it (POWERSAFE_OVERWRITE)
  int percent_kept = 50;
  int percent_garbage = 10;

  // --- counts ---
  std::int64_t operations = 0;
  std::int64_t syncs = 0;
  std::int64_t writes = 0;

  explicit SimDisk(std::uint64_t seed = 1) : random_(seed) {
    static std::uint64_t number = 0;
    name_ = "simdisk" + std::to_string(++number);
    vfs_ = {1,           sizeof(File), 512,     nullptr, name_.c_str(), this,    open, remove,
            access,      full_path,    nullptr, nullptr, nullptr,       nullptr, fill, sleep,
            time_of_day, last_error,   nullptr, nullptr, nullptr,       nullptr};
    sqlite3_vfs_register(&vfs_, 0);
  }
  SimDisk(const SimDisk&) = delete;
  SimDisk& operator=(const SimDisk&) = delete;
  ~SimDisk() { sqlite3_vfs_unregister(&vfs_); }

  /// For SqliteOptions::vfs.
  const std::string& name() const { return name_; }
  bool dead() const { return dead_; }
  std::mt19937_64& random() { return random_; }
  void seed(std::uint64_t seed) { random_.seed(seed); }

  /// Everything so far is durable.
  void settle() {
    pending_.clear();
    pending_names_.clear();
    for (auto& node : nodes_) node->durable = node->now;
    durable_names_ = names_;
  }

  /// Holds what another disk durably holds, and nothing else.
  void copy_from(const SimDisk& other) {
    pending_.clear();
    pending_names_.clear();
    names_.clear();
    nodes_.clear();
    for (const auto& [name, node] : other.durable_names_) {
      nodes_.push_back(std::make_unique<Node>(*node));
      nodes_.back()->now = nodes_.back()->durable;
      names_[name] = nodes_.back().get();
    }
    durable_names_ = names_;
    clear_faults();
  }

  void clear_faults() {
    dead_ = false;
    cut_at = fail_at = quota = -1;
    fail_sticky = fail_reads = false;
    operations = 0;
  }

  /// The power goes now, if it has not gone yet: nothing is done any more until power_on().
  void cut() { dead_ = true; }

  /// The machine starts again: what is durable is what is there. Connections must be closed before.
  void power_on() {
    const bool in_order = random_() & 1;
    const std::size_t kept = pending_.empty() ? 0 : random_() % (pending_.size() + 1);
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      const Change& change = pending_[i];
      if (in_order) {
        if (i < kept) apply(change);
        if (i == kept && !change.truncates && change.bytes.size() > 1) {
          Change torn = change;
          torn.bytes.resize(random_() % change.bytes.size());
          apply(torn);
        }
      } else if (change.truncates) {
        if (chance(percent_kept)) apply(change);
      } else {
        apply_by_sector(change);
      }
    }
    pending_.clear();
    apply_names(pending_names_.empty() ? 0 : random_() % (pending_names_.size() + 1));
    pending_names_.clear();
    names_ = durable_names_;
    for (auto& node : nodes_) node->now = node->durable;
    clear_faults();
  }

  /// The bytes of a file; nullptr when there is none.
  Bytes* contents(const std::string& name) {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : &found->second->now;
  }

 private:
  struct Node {
    Bytes now, durable;
  };
  struct Change {
    Node* node;
    bool truncates;
    std::int64_t offset;
    Bytes bytes;
  };
  struct Name {
    std::string name;
    Node* node;  ///< null: deleted
  };
  struct File {
    sqlite3_file base;
    SimDisk* disk;
    Node* node;
  };

  static File* file(sqlite3_file* f) { return reinterpret_cast<File*>(f); }
  static SimDisk* disk(sqlite3_vfs* vfs) { return static_cast<SimDisk*>(vfs->pAppData); }
  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }

  static void put(Bytes& into, std::int64_t offset, const std::uint8_t* bytes, std::size_t size) {
    const std::size_t end = static_cast<std::size_t>(offset) + size;
    if (into.size() < end) into.resize(end);
    if (size > 0) std::memcpy(into.data() + offset, bytes, size);
  }
  static void apply(const Change& change) {
    if (!change.truncates) {
      put(change.node->durable, change.offset, change.bytes.data(), change.bytes.size());
    } else if (static_cast<std::int64_t>(change.node->durable.size()) > change.offset) {
      change.node->durable.resize(static_cast<std::size_t>(change.offset));
    }
  }
  void apply_by_sector(const Change& change) {
    for (std::size_t at = 0; at < change.bytes.size();) {
      const std::int64_t begin = change.offset + static_cast<std::int64_t>(at);
      const std::int64_t end = std::min<std::int64_t>(
          (begin / sector + 1) * sector, change.offset + static_cast<std::int64_t>(change.bytes.size()));
      Change piece{change.node, false, begin,
                   Bytes(change.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                         change.bytes.begin() + static_cast<std::ptrdiff_t>(end - change.offset))};
      const int fate = static_cast<int>(random_() % 100);
      if (fate < percent_garbage)
        for (std::uint8_t& byte : piece.bytes) byte = static_cast<std::uint8_t>(random_());
      if (fate < percent_garbage + percent_kept) apply(piece);
      at = static_cast<std::size_t>(end - change.offset);
    }
  }
  void apply_names(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (pending_names_[i].node != nullptr) {
        durable_names_[pending_names_[i].name] = pending_names_[i].node;
      } else {
        durable_names_.erase(pending_names_[i].name);
      }
    }
    pending_names_.erase(pending_names_.begin(), pending_names_.begin() + static_cast<std::ptrdiff_t>(count));
  }

  /// One operation; what it gives if it must fail.
  int tick(int failure) {
    ++operations;
    if (dead_) return failure;
    if (cut_at >= 0 && operations >= cut_at) {
      dead_ = true;
      return failure;
    }
    if (fail_at >= 0 && (operations == fail_at || (fail_sticky && operations >= fail_at))) return failure;
    return SQLITE_OK;
  }

  // --- files ---
  static int close(sqlite3_file*) { return SQLITE_OK; }
  static int read(sqlite3_file* f, void* into, int size, sqlite3_int64 offset) {
    SimDisk& d = *file(f)->disk;
    if (d.dead_) return SQLITE_IOERR_READ;
    if (d.fail_reads)
      if (const int failed = d.tick(SQLITE_IOERR_READ)) return failed;
    const Bytes& bytes = file(f)->node->now;
    const std::int64_t there =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(bytes.size()) - offset, 0, size);
    if (there > 0) std::memcpy(into, bytes.data() + offset, static_cast<std::size_t>(there));
    if (there == size) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(size - there));
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 offset) {
    SimDisk& d = *file(f)->disk;
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    const bool was_dead = d.dead_;
    ++d.writes;
    if (const int failed = d.tick(SQLITE_IOERR_WRITE)) {
      // The write under way when the power goes may be on the disk, in part or whole.
      if (!was_dead && d.dead_)
        d.pending_.push_back({file(f)->node, false, offset, Bytes(bytes, bytes + size)});
      return failed;
    }
    if (d.quota >= 0 && offset + size > d.quota &&
        offset + size > static_cast<std::int64_t>(file(f)->node->now.size()))
      return SQLITE_FULL;
    put(file(f)->node->now, offset, bytes, static_cast<std::size_t>(size));
    d.pending_.push_back({file(f)->node, false, offset, Bytes(bytes, bytes + size)});
    return SQLITE_OK;
  }
  static int truncate(sqlite3_file* f, sqlite3_int64 size) {
    SimDisk& d = *file(f)->disk;
    if (const int failed = d.tick(SQLITE_IOERR_TRUNCATE)) return failed;
    Bytes& bytes = file(f)->node->now;
    if (static_cast<std::int64_t>(bytes.size()) > size) bytes.resize(static_cast<std::size_t>(size));
    d.pending_.push_back({file(f)->node, true, size, {}});
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* f, int) {
    SimDisk& d = *file(f)->disk;
    if (const int failed = d.tick(SQLITE_IOERR_FSYNC)) return failed;
    ++d.syncs;
    if (d.lying) return SQLITE_OK;
    Node* node = file(f)->node;
    std::size_t names = 0;
    for (std::size_t i = 0; i < d.pending_names_.size(); ++i)
      if (d.pending_names_[i].node == node) names = i + 1;
    d.apply_names(names);
    std::vector<Change> rest;
    for (Change& change : d.pending_) {
      if (change.node == node) {
        apply(change);
      } else {
        rest.push_back(std::move(change));
      }
    }
    d.pending_.swap(rest);
    return SQLITE_OK;
  }
  static int size_of(sqlite3_file* f, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(file(f)->node->now.size());
    return SQLITE_OK;
  }
  static int lock(sqlite3_file*, int) { return SQLITE_OK; }
  static int reserved(sqlite3_file*, int* out) {
    *out = 0;
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file* f) { return file(f)->disk->sector; }
  static int characteristics(sqlite3_file* f) {
    return file(f)->disk->powersafe_overwrite ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
  }

  // --- the file system ---
  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* f, int flags, int* out) {
    static const sqlite3_io_methods methods = {
        1,       close,    read,    write,       truncate,        sync,    size_of, lock,
        lock,    reserved, control, sector_size, characteristics, nullptr, nullptr, nullptr,
        nullptr, nullptr,  nullptr};
    SimDisk& d = *disk(vfs);
    std::memset(f, 0, sizeof(File));
    if (d.dead_) return SQLITE_CANTOPEN;
    const std::string name = path != nullptr ? path : "temporary" + std::to_string(d.nodes_.size());
    auto found = d.names_.find(name);
    Node* node = found == d.names_.end() ? nullptr : found->second;
    if (node == nullptr) {
      if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
      d.nodes_.push_back(std::make_unique<Node>());
      node = d.nodes_.back().get();
      d.names_[name] = node;
      d.pending_names_.push_back({name, node});
    }
    file(f)->disk = &d;
    file(f)->node = node;
    file(f)->base.pMethods = &methods;
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* path, int directory_sync) {
    SimDisk& d = *disk(vfs);
    if (const int failed = d.tick(SQLITE_IOERR_DELETE)) return failed;
    if (!d.names_.contains(path)) return SQLITE_IOERR_DELETE_NOENT;
    d.names_.erase(path);
    d.pending_names_.push_back({path, nullptr});
    if (directory_sync != 0 && !d.lying) d.apply_names(d.pending_names_.size());
    return SQLITE_OK;
  }
  static int access(sqlite3_vfs* vfs, const char* path, int, int* out) {
    *out = disk(vfs)->names_.contains(path) ? 1 : 0;
    return SQLITE_OK;
  }
  static int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
  }
  static int fill(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk(vfs)->random_());
    return size;
  }
  static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
  static int time_of_day(sqlite3_vfs*, double* out) {
    *out = 2460000.5;
    return SQLITE_OK;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }

  std::string name_;
  sqlite3_vfs vfs_ = {};
  std::mt19937_64 random_;
  bool dead_ = false;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::map<std::string, Node*> names_, durable_names_;
  std::vector<Change> pending_;
  std::vector<Name> pending_names_;
};

}  // namespace aesop::testing
