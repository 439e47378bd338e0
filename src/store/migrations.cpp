// Which schema a file has, and how it comes to the one this library knows.
#include "store/migrations.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr Migration steps_of_this_version[] = {
    {1, create_schema},
};

Status run_steps(Connection& connection, std::span<const Migration> steps, int from) {
  for (const Migration& migration : steps) {
    if (migration.version <= from) continue;
    if (auto done = migration.step(connection, connection.options()); !done) return done;
  }
  if (auto done = connection.exec(cat("PRAGMA application_id = ", application_id).c_str()); !done)
    return done;
  return connection.exec(cat("PRAGMA user_version = ", steps.back().version).c_str());
}

Error newer(std::int64_t version, int known) {
  return {ErrorCode::newer_schema,
          cat("the store has schema ", version, " and this library knows up to ", known),
          "open it with the newer version of the library"};
}

}  // namespace

Status demand_known_schema(std::int64_t version) {
  const int known = all_migrations().back().version;
  if (version > known) return newer(version, known);
  return {};
}

std::span<const Migration> all_migrations() { return steps_of_this_version; }

Result<int> migrate(Connection& connection, std::span<const Migration> steps) {
  const int last = steps.back().version;
  auto version = connection.integer("PRAGMA user_version");
  if (!version) return version.take_error();
  if (*version > last) return newer(*version, last);
  if (*version == last) return last;
  if (connection.options().read_only)
    return Error{ErrorCode::read_only, "the store has an older schema, and read-only it cannot be brought up",
                 "open it once for writing"};

  if (auto begun = connection.exec("BEGIN IMMEDIATE"); !begun) return begun.take_error();
  // Another process may have done it while this one waited for the lock.
  version = connection.integer("PRAGMA user_version");
  Status done = !version           ? Status(version.take_error())
                : *version > last  ? Status(newer(*version, last))
                : *version == last ? Status()
                                   : run_steps(connection, steps, static_cast<int>(*version));
  if (done) done = connection.exec("COMMIT");
  if (!done) {
    [[maybe_unused]] const Status undone = connection.exec("ROLLBACK");
    return done.take_error();
  }
  return last;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
