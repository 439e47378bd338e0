// Commands, feeds, library and administration of a SQLite store. What is seldom run is prepared each time.
#include "store/sqlite_store.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

void read_sop(const Query& query, StoredSop& sop) {
  sop.sop = query.bytes(0);
  sop.version = query.bytes(1);
  sop.hash = query.bytes(2);
  sop.seq = query.number(3);
  sop.text = query.bytes(4);
}

/// Calls `each` with every row.
template <class Each>
Status rows(Query& query, std::string_view doing, Each each) {
  for (;;) {
    const auto row = query.step(doing);
    if (!row) return row.error();
    if (!*row) return {};
    each(query);
  }
}

}  // namespace

// --- commands and feeds ---

Result<std::optional<StoredCommand>> SqliteStore::find_command(std::string_view id) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.find_command);
  const auto row = query.bind(id).step("reading a command");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredCommand>();
  StoredCommand command;
  command.salt = query.bytes(0);
  if (!command.erased()) {
    const std::string request = query.bytes(1);
    if (request.size() != command.request.size())
      return Error{ErrorCode::corrupt, "a stored command is damaged", "restore a backup"};
    std::copy(request.begin(), request.end(), command.request.begin());
  }
  command.first_seq = query.number(2);
  command.last_seq = query.number(3);
  command.answer = query.bytes(4);
  return std::optional(std::move(command));
}

Status SqliteStore::put_command(std::string_view id, const StoredCommand& command) {
  return Query(*connection_, s_.put_command)
      .bind(id)
      .blob(command.salt)
      .blob(as_view(command.request))
      .bind(command.first_seq)
      .bind(command.last_seq)
      .blob(command.answer)
      .run("storing a command");
}

Status SqliteStore::erase_command(std::string_view id, std::string_view answer) {
  Statement erase("UPDATE command SET salt = NULL, request = NULL, answer = ? WHERE id = ?");
  if (auto done = Query(*connection_, erase).blob(answer).bind(id).run("erasing a command"); !done)
    return done;
  if (sqlite3_changes(connection_->db()) == 0)
    return Error{ErrorCode::not_found, "there is no command of this id"};
  return {};
}

Result<std::vector<std::pair<std::string, std::string>>> SqliteStore::list_answers(std::string_view after,
                                                                                   std::size_t limit) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT id, answer FROM command WHERE id > ? ORDER BY id LIMIT ?");
  Query query(*connection_, select);
  query.bind(after).bind(static_cast<std::int64_t>(std::min<std::uint64_t>(limit, INT64_MAX)));
  std::vector<std::pair<std::string, std::string>> answers;
  auto done = rows(query, "listing commands",
                   [&](const Query& row) { answers.emplace_back(row.bytes(0), row.bytes(1)); });
  if (!done) return done.take_error();
  return answers;
}

Result<std::optional<StoredFeed>> SqliteStore::find_feed(std::string_view name) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT name, cursor, answer FROM feed WHERE name = ?");
  Query query(*connection_, select);
  const auto row = query.bind(name).step("reading a feed");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredFeed>();
  return std::optional(StoredFeed{query.bytes(0), query.bytes(1), query.bytes(2)});
}

Status SqliteStore::put_feed(const StoredFeed& feed) {
  Statement put(
      "INSERT INTO feed(name, cursor, answer) VALUES(?, ?, ?)"
      " ON CONFLICT(name) DO UPDATE SET cursor = excluded.cursor, answer = excluded.answer");
  return Query(*connection_, put).bind(feed.name).bind(feed.cursor).blob(feed.answer).run("storing a feed");
}

Result<std::vector<StoredFeed>> SqliteStore::list_feeds() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT name, cursor, answer FROM feed ORDER BY name");
  Query query(*connection_, select);
  std::vector<StoredFeed> feeds;
  auto done = rows(query, "listing feeds", [&](const Query& row) {
    feeds.push_back({row.bytes(0), row.bytes(1), row.bytes(2)});
  });
  if (!done) return done.take_error();
  return feeds;
}

// --- library ---

Status SqliteStore::add_sop(const StoredSop& sop) {
  Statement insert("INSERT INTO sop(sop, version, hash, seq, text) VALUES(?, ?, ?, ?, ?)");
  const int rc = Query(*connection_, insert)
                     .bind(sop.sop)
                     .bind(sop.version)
                     .bind(sop.hash)
                     .bind(sop.seq)
                     .blob(sop.text)
                     .raw();
  if ((rc & 0xFF) == SQLITE_CONSTRAINT)
    return Error{ErrorCode::already_exists, "this version is published already"};
  if (rc != SQLITE_DONE) return connection_->error(rc, "publishing");
  return {};
}

Result<std::optional<StoredSop>> SqliteStore::find_sop(std::string_view sop, std::string_view version) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT sop, version, hash, seq, text FROM sop WHERE sop = ? AND version = ?");
  Query query(*connection_, select);
  const auto row = query.bind(sop).bind(version).step("reading the library");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredSop>();
  StoredSop found;
  read_sop(query, found);
  return std::optional(std::move(found));
}

Result<std::optional<StoredSop>> SqliteStore::latest_sop(std::string_view sop) {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT sop, version, hash, seq, text FROM sop WHERE sop = ? ORDER BY seq DESC LIMIT 1");
  Query query(*connection_, select);
  const auto row = query.bind(sop).step("reading the library");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredSop>();
  StoredSop found;
  read_sop(query, found);
  return std::optional(std::move(found));
}

Result<std::vector<StoredSop>> SqliteStore::list_sops() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT sop, version, hash, seq, '' FROM sop ORDER BY sop, version");
  Query query(*connection_, select);
  std::vector<StoredSop> sops;
  auto done =
      rows(query, "listing the library", [&](const Query& row) { read_sop(row, sops.emplace_back()); });
  if (!done) return done.take_error();
  return sops;
}

// --- administration ---

Status SqliteStore::put_person(const StoredPerson& person) {
  if (auto done = remove_person(person.id); !done) return done;
  Statement insert("INSERT INTO person(id, name) VALUES(?, ?)");
  if (auto done = Query(*connection_, insert).bind(person.id).bind(person.name).run("storing a person");
      !done)
    return done;
  Statement grant("INSERT INTO person_grant(person, role, scope) VALUES(?, ?, ?) ON CONFLICT DO NOTHING");
  for (const StoredPerson::Grant& given : person.grants)
    if (auto done = Query(*connection_, grant)
                        .bind(person.id)
                        .bind(given.role)
                        .bind(given.scope)
                        .run("storing a grant");
        !done)
      return done;
  return {};
}

Status SqliteStore::remove_person(std::string_view id) {
  Statement grants("DELETE FROM person_grant WHERE person = ?");
  if (auto done = Query(*connection_, grants).bind(id).run("removing a person"); !done) return done;
  Statement person("DELETE FROM person WHERE id = ?");
  return Query(*connection_, person).bind(id).run("removing a person");
}

Result<std::vector<StoredPerson>> SqliteStore::list_people() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select(
      "SELECT id, name, role, scope FROM person LEFT JOIN person_grant ON person = id ORDER BY id, role, "
      "scope");
  Query query(*connection_, select);
  std::vector<StoredPerson> people;
  auto done = rows(query, "listing people", [&](const Query& row) {
    const std::string id = row.bytes(0);
    if (people.empty() || people.back().id != id) people.push_back({id, row.bytes(1), {}});
    if (!row.is_null(2)) people.back().grants.push_back({row.bytes(2), row.bytes(3)});
  });
  if (!done) return done.take_error();
  return people;
}

Status SqliteStore::put_parameter(const StoredParameter& parameter) {
  Statement put(
      "INSERT INTO parameter(sop, name, scope, value) VALUES(?, ?, ?, ?)"
      " ON CONFLICT(sop, name, scope) DO UPDATE SET value = excluded.value");
  return Query(*connection_, put)
      .bind(parameter.sop)
      .bind(parameter.name)
      .bind(parameter.scope)
      .bind(parameter.value)
      .run("storing a parameter");
}

Result<std::vector<StoredParameter>> SqliteStore::list_parameters() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT sop, name, scope, value FROM parameter ORDER BY sop, name, scope");
  Query query(*connection_, select);
  std::vector<StoredParameter> found;
  auto done = rows(query, "listing parameters", [&](const Query& row) {
    found.push_back({row.bytes(0), row.bytes(1), row.bytes(2), row.bytes(3)});
  });
  if (!done) return done.take_error();
  return found;
}

Status SqliteStore::put_calendar(const StoredCalendar& calendar) {
  Statement put(
      "INSERT INTO calendar(name, scope, body) VALUES(?, ?, ?)"
      " ON CONFLICT(name, scope) DO UPDATE SET body = excluded.body");
  return Query(*connection_, put)
      .bind(calendar.name)
      .bind(calendar.scope)
      .bind(calendar.body)
      .run("storing a calendar");
}

Result<std::vector<StoredCalendar>> SqliteStore::list_calendars() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Statement select("SELECT name, scope, body FROM calendar ORDER BY name, scope");
  Query query(*connection_, select);
  std::vector<StoredCalendar> found;
  auto done = rows(query, "listing calendars", [&](const Query& row) {
    found.push_back({row.bytes(0), row.bytes(1), row.bytes(2)});
  });
  if (!done) return done.take_error();
  return found;
}

Result<std::uint64_t> SqliteStore::administration() {
  if (auto fine = usable(); !fine) return fine.take_error();
  Query query(*connection_, s_.administration);
  const auto row = query.step("reading the administration");
  if (!row) return row.error();
  return *row ? query.number(0) : 0;
}

Status SqliteStore::put_administration(std::uint64_t seq) {
  Statement put("UPDATE meta SET value = ? WHERE name = 'administration'");
  return Query(*connection_, put).bind(seq).run("storing the administration");
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
