// A SQLite VFS that counts: syncs and bytes written, over the default VFS. Register once, then open files by its name.
#pragma once

#include <cstdint>
#include <cstring>

#include <sqlite3.h>

namespace aesop_bench {

struct IoCounts {
  std::uint64_t syncs = 0;
  std::uint64_t writes = 0;
  std::uint64_t bytes = 0;
};

inline IoCounts& io_counts() {
  static IoCounts counts;
  return counts;
}

namespace counting {

struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

inline sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

inline int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
inline int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
inline int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  ++io_counts().writes;
  io_counts().bytes += static_cast<std::uint64_t>(n);
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}
inline int truncate(sqlite3_file* f, sqlite3_int64 n) { return real(f)->pMethods->xTruncate(real(f), n); }
inline int sync(sqlite3_file* f, int flags) {
  ++io_counts().syncs;
  return real(f)->pMethods->xSync(real(f), flags);
}
inline int size(sqlite3_file* f, sqlite3_int64* n) { return real(f)->pMethods->xFileSize(real(f), n); }
inline int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
inline int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
inline int reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
inline int control(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
inline int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
inline int traits(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
inline int shm_map(sqlite3_file* f, int a, int b, int c, void volatile** d) {
  return real(f)->pMethods->xShmMap(real(f), a, b, c, d);
}
inline int shm_lock(sqlite3_file* f, int a, int b, int c) {
  return real(f)->pMethods->xShmLock(real(f), a, b, c);
}
inline void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
inline int shm_unmap(sqlite3_file* f, int a) { return real(f)->pMethods->xShmUnmap(real(f), a); }

inline sqlite3_vfs*& original() {
  static sqlite3_vfs* vfs = nullptr;
  return vfs;
}

inline int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  static const sqlite3_io_methods methods = {
      2,       close,  read,   write,   truncate, sync,        size,      lock,    unlock, reserved,
      control, sector, traits, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};
  file->pMethods = nullptr;
  const int rc = original()->xOpen(original(), name, real(file), flags, out);
  if (real(file)->pMethods != nullptr) file->pMethods = &methods;
  return rc;
}

}  // namespace counting

/// The name to open files by.
inline const char* counting_vfs() {
  static sqlite3_vfs vfs = [] {
    counting::original() = sqlite3_vfs_find(nullptr);
    sqlite3_vfs copy = *counting::original();
    copy.zName = "counting";
    copy.szOsFile += static_cast<int>(sizeof(counting::File));
    copy.xOpen = counting::open;
    copy.pNext = nullptr;
    return copy;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  (void)registered;
  return "counting";
}

}  // namespace aesop_bench
