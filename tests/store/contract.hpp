// What the contract of the store port is tested with: every store there is, and rows to put into it. A further store adds
// a line to `makers`.
#pragma once

#include "catch.hpp"
#include "support/temporary.hpp"

#include "aesop/store/memory.hpp"
#include "aesop/store/sqlite.hpp"

#include <functional>

namespace aesop::testing {

using Maker = std::function<std::unique_ptr<Store>(const TemporaryFolder&)>;

inline const std::pair<const char*, Maker> makers[] = {
    {"memory", [](const TemporaryFolder&) { return make_memory_store(); }},
    {"sqlite shared", [](const TemporaryFolder& folder) { return open_sqlite_store(folder.file()).value(); }},
    {"sqlite exclusive",
     [](const TemporaryFolder& folder) {
       SqliteOptions options;
       options.mode = StoreMode::exclusive;
       return open_sqlite_store(folder.file(), options).value();
     }},
};

/// Runs a test over each store, new and empty.
inline void over_every_store(const std::function<void(Store&)>& test) {
  for (const auto& [name, make] : makers) {
    INFO("store: " << name);
    const TemporaryFolder folder;
    test(*make(folder));
  }
}

inline Hash hash_of(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

inline NewEntry entry(std::uint64_t seq, RunNumber run = 0, std::uint64_t run_seq = 0) {
  return {seq, run, run_seq, "header", hash_of(static_cast<std::uint8_t>(seq)), {}, {}};
}

inline RunRow run_row(std::string id) {
  RunRow row;
  row.id = std::move(id);
  row.sop = "billing";
  row.version = "1.0.0";
  row.scope = "org/east/c1";
  row.subject = "claim-1";
  row.key = "k";
  row.thread = "t";
  row.revision = 1;
  return row;
}

/// Writes inside one transaction that is kept.
inline void write(Store& store, const std::function<void()>& body) {
  REQUIRE(store.begin());
  body();
  REQUIRE(store.commit());
}

}  // namespace aesop::testing
