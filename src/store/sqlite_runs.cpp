// Runs, timers, worklist and outbox of a SQLite store.
#include "store/sqlite_store.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// The scope bound twice, with a slash at its end, and what lies under it: scope_contains() as SQL.
constexpr const char* under_scope = " AND substr(scope || '/', 1, length(?)) = ?";

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

/// Whether the id fits into a row's number: one that does not would wrap around to that of another effect.
bool has_row(const EffectId& id) {
  return id.index < max_effects_per_entry &&
         id.seq <= static_cast<std::uint64_t>(INT64_MAX) / max_effects_per_entry - 1;
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
  effect.failures = static_cast<std::uint32_t>(query.integer(7));
  effect.not_before = {query.integer(8)};
}

}  // namespace

/// The statement of a listing, prepared once for each of the few shapes that are asked for.
Statement& SqliteStore::listing(const std::string& sql) {
  const auto known = listings_.try_emplace(sql).first;
  if (!known->second) known->second = std::make_unique<Statement>(known->first.c_str());
  return *known->second;
}

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
  std::string sql =
      "SELECT number, id, sop, version, scope, subject, key, thread, status, outcome, revision FROM run";
  // Of a subject with a long past the few runs that are open are found without it (migration_1.cpp).
  if (filter.only_open && filter.subject) sql += " INDEXED BY run_open";
  sql += " WHERE number > ?";
  if (filter.subject) sql += " AND subject = ?";
  if (filter.key) sql += " AND key = ?";
  if (filter.sop) sql += " AND sop = ?";
  if (filter.exact_scope) sql += " AND scope = ?";
  if (filter.only_open) sql += " AND status <> 3";
  if (filter.status) sql += " AND status = ?";
  const bool under = filter.scope && !filter.scope->empty() && *filter.scope != "/";
  if (under) sql += under_scope;
  sql += filter.newest_first ? " ORDER BY number DESC LIMIT ?" : " ORDER BY number LIMIT ?";

  const std::string scope = under ? *filter.scope + '/' : std::string();
  Query query(*connection_, listing(sql));
  query.bind(filter.after);
  for (const auto* text : {&filter.subject, &filter.key, &filter.sop, &filter.exact_scope})
    if (*text) query.bind(std::string_view(**text));
  if (filter.status) query.bind(static_cast<std::int64_t>(*filter.status));
  if (under) query.bind(std::string_view(scope)).bind(std::string_view(scope));
  query.bind(bounded(filter.limit));
  std::vector<RunRow> rows;
  for (;;) {
    const auto more = query.step("listing runs");
    if (!more) return more.error();
    if (!*more) return rows;
    read_row(query, rows.emplace_back());
  }
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

Result<std::vector<StoredTimer>> SqliteStore::list_timers(RunNumber first, RunNumber last) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT due, run, ord, id FROM timer WHERE run BETWEEN ? AND ? ORDER BY due, run, ord");
  Query query(*connection_, select);
  query.bind(first).bind(last);
  std::vector<StoredTimer> timers;
  for (;;) {
    const auto row = query.step("reading timers");
    if (!row) return row.error();
    if (!*row) return timers;
    StoredTimer& timer = timers.emplace_back();
    timer.due = {query.integer(0)};
    timer.run = query.integer(1);
    timer.order = query.number(2);
    timer.id = query.bytes(3);
  }
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
  std::string sql = "SELECT role, scope, run, task, owner, body FROM worklist WHERE 1";
  if (filter.role) sql += " AND role = ?";
  if (filter.after)
    sql +=
        filter.role ? " AND (scope, run, task) > (?, ?, ?)" : " AND (role, scope, run, task) > (?, ?, ?, ?)";
  if (filter.run) sql += " AND run = ?";
  if (filter.runs) sql += " AND run BETWEEN ? AND ?";
  const bool under = filter.scope && !filter.scope->empty() && *filter.scope != "/";
  if (under) sql += under_scope;
  sql += " ORDER BY role, scope, run, task LIMIT ?";

  const std::string scope = under ? *filter.scope + '/' : std::string();
  Query query(*connection_, listing(sql));
  if (filter.role) query.bind(std::string_view(*filter.role));
  if (filter.after) {
    // Behind a row of another role lies all of this one, or nothing.
    const bool before = filter.role && filter.after->role < *filter.role;
    if (filter.role && *filter.role < filter.after->role) return std::vector<StoredWork>();
    if (!filter.role) query.bind(std::string_view(filter.after->role));
    query.bind(before ? std::string_view() : std::string_view(filter.after->scope))
        .bind(before ? RunNumber{0} : filter.after->run)
        .bind(before ? std::string_view() : std::string_view(filter.after->task));
  }
  if (filter.run) query.bind(*filter.run);
  if (filter.runs) query.bind(filter.runs->first).bind(filter.runs->second);
  if (under) query.bind(std::string_view(scope)).bind(std::string_view(scope));
  query.bind(bounded(filter.limit));
  std::vector<StoredWork> rows;
  for (;;) {
    const auto more = query.step("reading the worklist");
    if (!more) return more.error();
    if (!*more) return rows;
    StoredWork& work = rows.emplace_back();
    work.role = query.bytes(0);
    work.scope = query.bytes(1);
    work.run = query.integer(2);
    work.task = query.bytes(3);
    work.owner = query.bytes(4);
    work.body = query.bytes(5);
  }
}

Status SqliteStore::clear_projections() {
  if (auto done = connection_->exec("DELETE FROM timer"); !done) return done;
  return connection_->exec("DELETE FROM worklist");
}

Status SqliteStore::put_effect(const StoredEffect& effect) {
  if (!has_row(effect.id)) return too_many_effects();
  return Query(*connection_, s_.put_effect)
      .bind(effect_row(effect.id))
      .bind(effect.run)
      .bind(effect.key)
      .bind(effect.kind)
      .blob(effect.body)
      .bind(static_cast<std::int64_t>(effect.state))
      .bind(static_cast<std::int64_t>(effect.attempts))
      .bind(static_cast<std::int64_t>(effect.failures))
      .bind(effect.not_before)
      .run("storing an effect");
}

Status SqliteStore::erase_effect(const EffectId& id) {
  if (!has_row(id)) return {};
  return Query(*connection_, s_.erase_effect).bind(effect_row(id)).run("removing an effect");
}

Result<std::optional<StoredEffect>> SqliteStore::find_effect(const EffectId& id) {
  if (auto fine = usable(); !fine) return fine.take_error();
  if (!has_row(id)) return std::optional<StoredEffect>();
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
  if (after && !has_row(*after)) return std::vector<StoredEffect>();
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
