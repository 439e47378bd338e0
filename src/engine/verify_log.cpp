// Verification: the log is walked and its chain checked; then what the store holds beside the log is compared with it.
//
// (1) The walk reads in pages, each a short read of its own, so that it holds no writer up. The log only grows: what
//     was good stays good. Its last page and the comparison with the rows of runs are one moment.
// (2) A deep verification goes over the runs in pages too, each one moment.
#include "engine/impl.hpp"
#include "engine/own_json.hpp"
#include "engine/work_codec.hpp"

#include "aesop/run/codec.hpp"

#include <algorithm>
#include <tuple>

namespace aesop {
inline namespace v0 {
namespace detail {

/// What the walk over the log has come to know.
struct LogWalk {
  LogWalk(const LogId& id, bool deep) : chain(id), deep(deep) {}

  ChainVerifier chain;
  bool deep = false;
  std::uint64_t after = 0;

  // What administration and library must hold, by what the entries say; of a deep walk.
  struct Data {  ///< of a payload
    bool known = false;
    Value value;
  };
  std::map<std::string, StoredPerson> people;
  std::map<std::string, bool> named;  ///< whether the name of a person is still known
  std::map<std::tuple<std::string, std::string, std::string>, Data> parameters;  ///< by SOP, name, scope
  std::map<std::pair<std::string, std::string>, Data> calendars;                 ///< by name, scope
  std::map<std::pair<std::string, std::string>, std::string> sops;  ///< by SOP and version, the hash

  Status learn(const LogEntry& entry);
};

namespace {

constexpr std::size_t log_page = 1000, run_page = 500;

std::string quoted(std::string_view text) { return cat('"', printable(text, 80), '"'); }

}  // namespace

Status LogWalk::learn(const LogEntry& entry) {
  const LogRecord& record = chain.last();
  if (record.kind != RecordKind::administration && record.kind != RecordKind::library) return {};
  if (!deep && record.type != PayloadsErased::name) return {};
  auto decoded = decode_entry(record.kind, record.type, record.type_version, record.control);
  if (!decoded && decoded.error().code == ErrorCode::unsupported_version) return {};  // of a later library
  if (!decoded) return decoded.take_error();
  if (const auto* erased = decoded->get_if<PayloadsErased>()) chain.explain(erased->run, erased->revisions);
  if (!deep) return {};
  Data data;
  if (entry.payload == PayloadState::present) {
    auto value = decode_data(entry.body);
    if (!value) return value.take_error();
    data = {true, value.take()};
  }
  if (const auto* put = decoded->get_if<PersonPut>()) {
    StoredPerson person{put->person, std::string(data.value.get("name").as_string()), {}};
    for (const EntryGrant& grant : put->grants) person.grants.push_back({grant.role, grant.scope});
    people.insert_or_assign(put->person, std::move(person));
    named[put->person] = entry.payload != PayloadState::erased;
  } else if (const auto* removed = decoded->get_if<PersonRemoved>()) {
    people.erase(removed->person);
  } else if (const auto* set = decoded->get_if<ParameterSet>()) {
    parameters.insert_or_assign({set->sop, set->parameter, set->scope}, std::move(data));
  } else if (const auto* calendar = decoded->get_if<CalendarPut>()) {
    calendars.insert_or_assign({calendar->calendar, calendar->scope}, std::move(data));
  } else if (const auto* sop = decoded->get_if<SopPublished>()) {
    sops.insert_or_assign({sop->sop, sop->sop_version}, sop->hash);
  }
  return {};
}

/// The next page of the log; whether there may be more and all was well so far.
Result<bool> EngineImpl::walk(LogWalk& walk) {
  auto entries = store_->read_log(walk.after, log_page);
  if (!entries) return entries.take_error();
  for (const LogEntry& entry : *entries) {
    if (!walk.chain.feed(entry.stored())) return false;
    if (auto learnt = walk.learn(entry); !learnt) return learnt.take_error();
  }
  if (entries->empty()) return false;
  walk.after = entries->back().seq;
  return entries->size() == log_page;
}

/// Whether rows lie before the log or behind it: what was put in by hand, or what the log has lost at its end.
Result<std::string> EngineImpl::compare_reach(const LogWalk& walk, const StoreReach& reach) {
  const std::uint64_t end = walk.chain.report().entries;
  if (reach.first_entry != 1)
    return cat("there is an entry at ", reach.first_entry, ", and a log begins at 1");
  if (reach.first_payload < 1 || reach.last_payload > static_cast<std::int64_t>(end))
    return cat("there is a payload at ", reach.first_payload < 1 ? reach.first_payload : reach.last_payload,
               ", where the log has no entry");
  for (const auto& [what, seq] : std::initializer_list<std::pair<const char*, std::uint64_t>>{
           {"an answered command", reach.command},
           {"a published SOP", reach.sop},
           {"an effect", reach.effect},
           {"the administration", reach.administration}})
    if (seq > end) return cat(what, " comes from entry ", seq, ", and the log ends at ", end);
  return std::string();
}

/// Whether the rows of runs are those the log has events of, each at its last revision.
Result<std::string> EngineImpl::compare_rows(const LogWalk& walk) {
  RunFilter filter;
  filter.after = INT64_MIN;
  std::size_t count = 0;
  for (;;) {
    auto rows = store_->list_runs(filter);
    if (!rows) return rows.take_error();
    for (const RunRow& row : *rows) {
      const auto known = walk.chain.runs().find(row.id);
      if (known == walk.chain.runs().end() || known->second.first != row.number)
        return cat("the log has no events of run ", quoted(row.id), " (number ", row.number, ')');
      if (known->second.second != row.revision)
        return cat("run ", quoted(row.id), " is at revision ", row.revision,
                   ", and its last event in the log is ", known->second.second);
    }
    count += rows->size();
    if (rows->size() < filter.limit) break;
    filter.after = rows->back().number;
  }
  if (count != walk.chain.runs().size())
    return cat("the log has events of ", walk.chain.runs().size(), " runs, and the store has ", count);
  return std::string();
}

Result<std::string> EngineImpl::compare_administration(const LogWalk& walk) {
  auto people = store_->list_people();
  if (!people) return people.take_error();
  for (const StoredPerson& person : *people) {
    const auto known = walk.people.find(person.id);
    if (known == walk.people.end()) return cat("the log does not know the person ", quoted(person.id));
    if (known->second.grants != person.grants)
      return cat("the grants of ", quoted(person.id), " are not those of the log");
    if (walk.named.at(person.id) && known->second.name != person.name)
      return cat("the name of ", quoted(person.id), " is not that of the log");
  }
  if (people->size() != walk.people.size()) return std::string("a person the log knows is missing");

  const auto same = [](const LogWalk::Data& data, std::string_view text) {
    return !data.known || write_json(data.value).value_or("") == text;
  };
  auto parameters = store_->list_parameters();
  if (!parameters) return parameters.take_error();
  for (const StoredParameter& row : *parameters) {
    const auto known = walk.parameters.find({row.sop, row.name, row.scope});
    if (known == walk.parameters.end() || !same(known->second, row.value))
      return cat("the parameter ", quoted(row.name), " at scope ", quoted(row.scope),
                 " is not that of the log");
  }
  if (parameters->size() != walk.parameters.size())
    return std::string("a parameter the log knows is missing");

  auto calendars = store_->list_calendars();
  if (!calendars) return calendars.take_error();
  for (const StoredCalendar& row : *calendars) {
    const auto known = walk.calendars.find({row.name, row.scope});
    if (known == walk.calendars.end() || !same(known->second, row.body))
      return cat("the calendar ", quoted(row.name), " at scope ", quoted(row.scope),
                 " is not that of the log");
  }
  if (calendars->size() != walk.calendars.size()) return std::string("a calendar the log knows is missing");

  auto sops = store_->list_sops();
  if (!sops) return sops.take_error();
  for (const StoredSop& row : *sops) {
    const auto known = walk.sops.find({row.sop, row.version});
    const auto text = store_->find_sop(row.sop, row.version);
    if (!text) return text.error();
    Findings findings;
    const auto plan = *text ? compile((*text)->text, row.sop, findings)
                            : Result<std::shared_ptr<const Plan>>(Error{ErrorCode::not_found, ""});
    if (known == walk.sops.end() || known->second != row.hash || !plan || (*plan)->hash() != row.hash)
      return cat("the SOP ", quoted(row.sop), ' ', row.version, " is not what was published");
  }
  if (sops->size() != walk.sops.size()) return std::string("an SOP the log knows is missing");
  return std::string();
}

/// The first difference between a stored run and what its events make of it; empty when there is none.
Result<std::string> EngineImpl::compare_run(const RunRow& row, Projection& projected) {
  auto stored = store_->find_run(row.number);
  if (!stored) return stored.take_error();
  auto state = replay(row.number);
  if (!state) return cat("run ", quoted(row.id), ": its events cannot be replayed: ", state.error().message);
  projected = projection(*state);
  const auto kept = decode_state((*stored)->state);
  // Another layout of states is replayed when the run is loaded; it is no difference.
  if (!kept && kept.error().code != ErrorCode::unsupported_version)
    return cat("run ", quoted(row.id), ": its state cannot be read");
  if (kept && !(*kept == *state))
    return cat("run ", quoted(row.id), ": its state is not the one its events make");
  if (row.id != state->id || row.sop != state->sop || row.version != state->version ||
      row.scope != state->scope || row.subject != state->subject || row.key != state->key ||
      row.thread != state->thread || row.status != stored_status(state->status) ||
      row.outcome != state->outcome || row.revision != state->revision)
    return cat("run ", quoted(row.id), ": the columns by which it is found are not what its events say");
  return std::string();
}

/// Compares the runs with numbers from `first`: up to `last`, which is set; absent: to the end.
Result<std::string> EngineImpl::compare_page(RunNumber first, std::optional<RunNumber>& last,
                                             std::uint64_t& runs) {
  RunFilter filter;
  filter.after = first == INT64_MIN ? first : first - 1;
  filter.limit = run_page;
  auto rows = store_->list_runs(filter);
  if (!rows) return rows.take_error();
  last.reset();
  if (rows->size() == run_page) last = rows->back().number;

  std::map<TimerKey, std::string> timers;
  std::map<WorkKey, std::pair<std::string, std::string>> work;
  std::map<RunNumber, std::string> ids;
  for (const RunRow& row : *rows) {
    Projection projected;
    auto difference = compare_run(row, projected);
    if (!difference || !difference->empty()) return difference;
    ++runs;
    ids.emplace(row.number, row.id);
    for (const TimerRow& timer : projected.timers)
      timers.emplace(TimerKey{timer.due, row.number, timer.order}, short_timer(timer));
    for (const WorkItem& item : projected.work)
      for (const std::string& role : listed_under(item))
        work.emplace(work_row(item, role, row.number), std::pair(item.owner, encode_work(item)));
  }
  const auto of_run = [&](RunNumber number) {
    const auto known = ids.find(number);
    return known == ids.end() ? cat("run number ", number, ", which there is not: ")
                              : cat("run ", quoted(known->second), ": ");
  };
  auto found = store_->list_timers(first, last.value_or(INT64_MAX));
  if (!found) return found.take_error();
  for (const StoredTimer& timer : *found) {
    const auto wanted = timers.find(timer);
    if (wanted == timers.end() || wanted->second != timer.id)
      return cat(of_run(timer.run), "it has no timer ", quoted(timer.id), " due ", to_string(timer.due),
                 ", and the store has");
    timers.erase(wanted);
  }
  if (!timers.empty())
    return cat(of_run(timers.begin()->first.run), "its timer ", quoted(timers.begin()->second), " due ",
               to_string(timers.begin()->first.due), " is missing");
  WorkFilter of_page;
  of_page.runs = std::pair(first, last.value_or(INT64_MAX));
  of_page.limit = SIZE_MAX;
  auto items = store_->list_work(of_page);
  if (!items) return items.take_error();
  for (const StoredWork& item : *items) {
    const auto wanted = work.find(item);
    if (wanted == work.end() || wanted->second != std::pair(item.owner, item.body))
      return cat(of_run(item.run), "the work item of task ", quoted(item.task), " and role ",
                 quoted(item.role), " is not the one its events make");
    work.erase(wanted);
  }
  if (!work.empty())
    return cat(of_run(work.begin()->first.run), "the work item of task ", quoted(work.begin()->first.task),
               " and role ", quoted(work.begin()->first.role), " is missing");
  return std::string();
}

Result<VerifyReport> EngineImpl::verify_log(const VerifyOptions& how) {
  if (how.file && !in_batch_)
    if (auto sound = store_->check(); !sound) return sound.take_error();
  LogWalk log(store_->info().log_id, how.deep);
  for (;;) {
    const auto more = looked_at([&] { return walk(log); });
    if (!more) return more.error();
    if (!*more) break;
  }
  VerifyReport report = log.chain.report();
  if (!report.ok()) return report;
  const auto reach = looked_at([&] { return store_->reach(); });
  if (!reach) return reach.error();
  const auto rest = looked_at([&]() -> Result<std::string> {
    for (;;) {
      const auto more = walk(log);
      if (!more) return more.error();
      if (!*more) break;
    }
    if (!log.chain.report().ok()) return std::string();
    auto difference = compare_reach(log, *reach);
    if (difference && difference->empty()) difference = compare_rows(log);
    if (difference && difference->empty() && how.deep) difference = compare_administration(log);
    return difference;
  });
  if (!rest) return rest.error();
  report = log.chain.report();
  if (report.ok()) report.reason = *rest;
  if (report.ok() && report.payloads_unexplained != 0)
    report.reason = cat("the data of ", report.payloads_unexplained,
                        report.payloads_unexplained == 1 ? " entry" : " entries",
                        " is marked as erased, and no entry says who had it erased");
  RunNumber first = INT64_MIN;
  while (how.deep && report.ok()) {
    std::optional<RunNumber> last;
    const auto difference = looked_at([&] { return compare_page(first, last, report.runs); });
    if (!difference) return difference.error();
    report.reason = *difference;
    if (!last) break;
    first = *last + 1;
  }
  return report;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
