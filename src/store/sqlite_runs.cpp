// Runs, timers, worklist and outbox of a SQLite store.
#include "store/sqlite_store.hpp"

#include "aesop/base/id.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

std::int64_t bounded(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(limit, INT64_MAX));
}

void read_row(const Query& query, RunRow& row) {
  row.number = query.integer(0);
  row.id = query.bytes(1);
  row.sop = query.bytes(2);
  row.version = query.bytes(3);
  row.scope = query.bytes(4);
  row.subject = query.bytes(5);
  row.key = query.bytes(6);
  row.thread = query.bytes(7);
  row.status = static_cast<StoredStatus>(query.integer(8));
  row.outcome = query.bytes(9);
  row.revision = query.number(10);
}

Result<std::optional<StoredRun>> one_run(Query& query) {
  const auto row = query.step("reading a run");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredRun>();
  StoredRun run;
  read_row(query, run);
  run.state = query.bytes(11);
  return std::optional(std::move(run));
}

std::int64_t effect_row(const EffectId& id) {
  return static_cast<std::int64_t>(id.seq * max_effects_per_entry + id.index);
}

void read_effect(const Query& query, StoredEffect& effect) {
  const std::uint64_t id = query.number(0);
  effect.id = {id / max_effects_per_entry, static_cast<std::uint32_t>(id % max_effects_per_entry)};
  effect.run = query.integer(1);
  effect.key = query.bytes(2);
  effect.kind = query.bytes(3);
  effect.body = query.bytes(4);
  effect.state = static_cast<EffectState>(query.integer(5));
  effect.attempts = static_cast<std::uint32_t>(query.integer(6));
  effect.not_before = {query.integer(7)};
}

}  // namespace

Result<RunNumber> SqliteStore::add_run(const RunRow& row, std::string_view state) {
  const int rc = Query(*connection_, s_.add_run)
                     .bind(row.id)
                     .bind(row.sop)
                     .bind(row.version)
                     .bind(row.scope)
                     .bind(row.subject)
                     .bind(row.key)
                     .bind(row.thread)
                     .bind(static_cast<std::int64_t>(row.status))
                     .bind(row.outcome)
                     .bind(row.revision)
                     .blob(state)
                     .raw();
  if ((rc & 0xFF) == SQLITE_CONSTRAINT)
    return Error{ErrorCode::already_exists, "a run of this id already exists"};
  if (rc != SQLITE_DONE) return connection_->error(rc, "adding a run");
  return sqlite3_last_insert_rowid(connection_->db());
}

Status SqliteStore::put_run(RunNumber run, std::uint64_t revision, StoredStatus status,
                            std::string_view outcome, std::string_view state) {
  if (auto done = Query(*connection_, s_.put_run)
                      .bind(static_cast<std::int64_t>(status))
                      .bind(outcome)
                      .bind(revision)
                      .blob(state)
                      .bind(run)
                      .run("storing a run");
      !done)
    return done;
  if (sqlite3_changes(connection_->db()) == 0)
    return Error{ErrorCode::unknown_run, "there is no run of this number"};
  return {};
}

Result<std::optional<StoredRun>> SqliteStore::find_run(std::string_view id) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.find_run);
  return one_run(query.bind(id));
}

Result<std::optional<StoredRun>> SqliteStore::find_run(RunNumber run) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.find_run_number);
  return one_run(query.bind(run));
}

Result<std::pair<RunNumber, std::uint64_t>> SqliteStore::run_revision(std::string_view id) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.run_revision);
  const auto row = query.bind(id).step("reading a run");
  if (!row) return row.error();
  if (!*row) return std::pair<RunNumber, std::uint64_t>(0, 0);
  return std::pair<RunNumber, std::uint64_t>(query.integer(0), query.number(1));
}

Result<std::vector<RunRow>> SqliteStore::list_runs(const RunFilter& filter) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, filter.subject ? s_.list_subject : s_.list_runs);
  if (filter.subject) query.bind(std::string_view(*filter.subject));
  query.bind(filter.after);
  std::vector<RunRow> rows;
  while (rows.size() < filter.limit) {
    const auto more = query.step("listing runs");
    if (!more) return more.error();
    if (!*more) break;
    RunRow row;
    read_row(query, row);
    if ((filter.status && row.status != *filter.status) || (filter.sop && row.sop != *filter.sop) ||
        (filter.key && row.key != *filter.key) || (filter.exact_scope && row.scope != *filter.exact_scope) ||
        (filter.scope && !scope_contains(*filter.scope, row.scope)))
      continue;
    rows.push_back(std::move(row));
  }
  return rows;
}

Status SqliteStore::put_timer(const TimerKey& key, std::string_view id) {
  return Query(*connection_, s_.put_timer)
      .bind(key.due)
      .bind(key.run)
      .bind(key.order)
      .bind(id)
      .run("storing a timer");
}

Status SqliteStore::erase_timer(const TimerKey& key) {
  return Query(*connection_, s_.erase_timer)
      .bind(key.due)
      .bind(key.run)
      .bind(key.order)
      .run("removing a timer");
}

Result<std::vector<StoredTimer>> SqliteStore::due_timers(Instant until, std::size_t limit, RunNumber run) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.due_timers);
  query.bind(until).bind(run == 0 ? bounded(limit) : std::int64_t{-1});
  std::vector<StoredTimer> timers;
  while (timers.size() < limit) {
    const auto row = query.step("reading timers");
    if (!row) return row.error();
    if (!*row) break;
    if (run != 0 && query.integer(1) != run) continue;
    StoredTimer timer;
    timer.due = {query.integer(0)};
    timer.run = query.integer(1);
    timer.order = query.number(2);
    timer.id = query.bytes(3);
    timer.run_id = query.bytes(4);
    timers.push_back(std::move(timer));
  }
  return timers;
}

Status SqliteStore::put_work(const StoredWork& work) {
  return Query(*connection_, s_.put_work)
      .bind(work.role)
      .bind(work.scope)
      .bind(work.run)
      .bind(work.task)
      .bind(work.owner)
      .blob(work.body)
      .run("storing a work item");
}

Status SqliteStore::erase_work(const WorkKey& key) {
  return Query(*connection_, s_.erase_work)
      .bind(key.role)
      .bind(key.scope)
      .bind(key.run)
      .bind(key.task)
      .run("removing a work item");
}

Result<std::vector<StoredWork>> SqliteStore::list_work(const WorkFilter& filter) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, filter.role ? s_.list_role : s_.list_work);
  if (filter.role) query.bind(std::string_view(*filter.role));
  std::vector<StoredWork> rows;
  while (rows.size() < filter.limit) {
    const auto more = query.step("reading the worklist");
    if (!more) return more.error();
    if (!*more) break;
    StoredWork work;
    work.scope = query.bytes(1);
    work.run = query.integer(2);
    if ((filter.run && work.run != *filter.run) ||
        (filter.scope && !scope_contains(*filter.scope, work.scope)))
      continue;
    work.role = query.bytes(0);
    work.task = query.bytes(3);
    work.owner = query.bytes(4);
    work.body = query.bytes(5);
    rows.push_back(std::move(work));
  }
  return rows;
}

Status SqliteStore::put_effect(const StoredEffect& effect) {
  if (effect.id.index >= max_effects_per_entry) return too_many_effects();
  return Query(*connection_, s_.put_effect)
      .bind(effect_row(effect.id))
      .bind(effect.run)
      .bind(effect.key)
      .bind(effect.kind)
      .blob(effect.body)
      .bind(static_cast<std::int64_t>(effect.state))
      .bind(static_cast<std::int64_t>(effect.attempts))
      .bind(effect.not_before)
      .run("storing an effect");
}

Status SqliteStore::erase_effect(const EffectId& id) {
  return Query(*connection_, s_.erase_effect).bind(effect_row(id)).run("removing an effect");
}

Result<std::optional<StoredEffect>> SqliteStore::find_effect(const EffectId& id) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.find_effect);
  const auto row = query.bind(effect_row(id)).step("reading the outbox");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredEffect>();
  StoredEffect effect;
  read_effect(query, effect);
  return std::optional(std::move(effect));
}

Result<std::vector<StoredEffect>> SqliteStore::list_effects(std::optional<EffectId> after,
                                                            std::size_t limit) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.list_effects);
  query.bind(after ? effect_row(*after) : std::int64_t{-1}).bind(bounded(limit));
  std::vector<StoredEffect> effects;
  for (;;) {
    const auto row = query.step("reading the outbox");
    if (!row) return row.error();
    if (!*row) return effects;
    read_effect(query, effects.emplace_back());
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
