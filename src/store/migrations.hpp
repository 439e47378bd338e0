// Steps of the schema. Internal to store.
// (1) A step is never changed once released; a change of the schema is a further step.
// (2) All missing steps run in one transaction, which also writes user_version: a file is at one version.
// (3) A file at a later version than the last step is refused (`newer_schema`) and not touched.
#pragma once

#include "store/sqlite_connection.hpp"

#include <span>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Brings a file from version - 1 to version; runs inside the transaction.
struct Migration {
  int version;
  Status (*step)(Connection&, const SqliteOptions&);
};

/// Every step there is, in order, the first one making version 1 of an empty file.
std::span<const Migration> all_migrations();

/// newer_schema when a later library than this one made the version.
Status demand_known_schema(std::int64_t version);

/// Runs the steps a file lacks and gives the version it then has. A read-only connection runs none, and is
/// refused when some are missing.
Result<int> migrate(Connection& connection, std::span<const Migration> steps);

/// Step 1, in migration_1.cpp.
Status create_schema(Connection& connection, const SqliteOptions& options);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
