// The memory store: maps, and a list of what to undo. Keeps the contract of Store except durability.
// Memory may run out at any allocation: a change is noted before it is made, and undoing allocates nothing.
#include "aesop/store/memory.hpp"

#include "aesop/audit/hash.hpp"
#include "aesop/base/id.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace aesop {
inline namespace v0 {

namespace {

Error no_transaction() { return {ErrorCode::internal, "a write outside a transaction"}; }

struct StoredBody {
  bool erased = false;
  std::string salt, body;
};

struct Row {  // of the log
  RunNumber run = 0;
  std::uint64_t run_seq = 0;
  std::string header, leaf;
  std::optional<StoredBody> payload;
};

class MemoryStore final : public Store {
 public:
  MemoryStore(std::optional<LogId> log_id, Instant created) {
    if (log_id) {
      info_.log_id = *log_id;
    } else {
      RandomPool random;
      const std::string bytes = random.take(info_.log_id.size());
      std::copy(bytes.begin(), bytes.end(), info_.log_id.begin());
    }
    info_.created = created;
    info_.schema_version = 1;
    info_.mode = "memory";
    info_.journal = "none";
  }

  const StoreInfo& info() const override { return info_; }
  Status usable() const override { return {}; }
  bool sole_writer() const override { return true; }

  Status begin() override {
    if (writing_) return Error{ErrorCode::internal, "a transaction within a transaction"};
    writing_ = true;
    return {};
  }
  Status commit() override {
    if (!writing_) return no_transaction();
    undo_.clear();
    writing_ = false;
    return {};
  }
  Status rollback() override {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) (*undo)();
    undo_.clear();
    writing_ = false;
    return {};
  }
  Status begin_read() override { return {}; }
  void end_read() override {}

  // --- log ---
  Result<LogHead> head() override {
    LogHead head;
    head.seq = log_.size();
    if (log_.empty()) {
      head.leaf = chain_start(info_.log_id);
    } else {
      std::copy(log_.back().leaf.begin(), log_.back().leaf.end(), head.leaf.begin());
    }
    return head;
  }
  Status append(const NewEntry& entry) override {
    if (!writing_) return no_transaction();
    if (entry.seq != log_.size() + 1) return Error{ErrorCode::internal, "a log entry out of sequence"};
    const std::pair revision(entry.run, entry.run_seq), about(entry.run, entry.seq);
    const bool of_run = entry.run != 0 && entry.run_seq != 0;
    if (of_run && by_run_.contains(revision))
      return Error{ErrorCode::internal, "two log entries with one revision of a run"};
    Row row{entry.run, entry.run_seq, std::string(entry.header), std::string(as_view(entry.leaf)), {}};
    if (!entry.salt.empty())
      row.payload = StoredBody{false, std::string(entry.salt), std::string(entry.body)};
    change([this] { log_.pop_back(); }, [&] { log_.push_back(std::move(row)); });
    if (of_run)
      change([this, revision] { by_run_.erase(revision); }, [&] { by_run_.emplace(revision, entry.seq); });
    if (entry.run != 0) change([this, about] { about_.erase(about); }, [&] { about_.insert(about); });
    return {};
  }
  Result<std::vector<LogEntry>> read_log(std::uint64_t after, std::size_t limit, RunNumber run) override {
    std::vector<LogEntry> entries;
    if (run == 0) {
      for (std::uint64_t seq = after + 1; seq <= log_.size() && entries.size() < limit; ++seq)
        entries.push_back(entry(seq));
    } else {
      for (auto it = by_run_.upper_bound({run, after});
           it != by_run_.end() && it->first.first == run && entries.size() < limit; ++it)
        entries.push_back(entry(it->second));
    }
    return entries;
  }
  Result<std::vector<LogEntry>> read_about(RunNumber run, std::uint64_t after, std::size_t limit) override {
    std::vector<LogEntry> entries;
    for (auto it = about_.upper_bound({run, after});
         it != about_.end() && it->first == run && entries.size() < limit; ++it)
      entries.push_back(entry(it->second));
    return entries;
  }
  Status erase_payload(std::uint64_t seq) override {
    if (!writing_) return no_transaction();
    if (seq == 0 || seq > log_.size() || !log_[seq - 1].payload)
      return Error{ErrorCode::not_found, "the entry has no payload"};
    auto& payload = log_[seq - 1].payload;
    change([this, seq, old = payload]() mutable { log_[seq - 1].payload = std::move(old); },
           [&] {
             payload = StoredBody{true, {}, {}};
           });
    return {};
  }

  // --- runs ---
  Result<RunNumber> add_run(const RunRow& row, std::string_view state) override {
    if (!writing_) return no_transaction();
    const RunNumber number = static_cast<RunNumber>(runs_.size()) + 1;
    if (run_ids_.contains(row.id)) return Error{ErrorCode::already_exists, "a run of this id already exists"};
    StoredRun run{row, std::string(state)};
    run.number = number;
    change([this] { runs_.pop_back(); }, [&] { runs_.push_back(std::move(run)); });
    change([this, id = row.id] { run_ids_.erase(id); }, [&] { run_ids_.emplace(row.id, number); });
    change([this, subject = row.subject] { by_subject_.find(subject)->second.pop_back(); },
           [&] { by_subject_[row.subject].push_back(number); });
    return number;
  }
  Status put_run(RunNumber number, std::uint64_t revision, StoredStatus status, std::string_view outcome,
                 std::string_view state) override {
    if (!writing_) return no_transaction();
    if (number < 1 || number > static_cast<RunNumber>(runs_.size()))
      return Error{ErrorCode::unknown_run, "there is no run of this number"};
    StoredRun& run = runs_[static_cast<std::size_t>(number - 1)];
    StoredRun changed = run;
    changed.revision = revision;
    changed.status = status;
    changed.outcome = outcome;
    changed.state = state;
    change(
        [this, number, old = run]() mutable { runs_[static_cast<std::size_t>(number - 1)] = std::move(old); },
        [&] { run = std::move(changed); });
    return {};
  }
  Result<std::optional<StoredRun>> find_run(std::string_view id) override {
    const auto found = run_ids_.find(id);
    if (found == run_ids_.end()) return std::optional<StoredRun>();
    return find_run(found->second);
  }
  Result<std::optional<StoredRun>> find_run(RunNumber number) override {
    if (number < 1 || number > static_cast<RunNumber>(runs_.size())) return std::optional<StoredRun>();
    return std::optional(runs_[static_cast<std::size_t>(number - 1)]);
  }
  Result<std::pair<RunNumber, std::uint64_t>> run_revision(std::string_view id) override {
    const auto found = run_ids_.find(id);
    if (found == run_ids_.end()) return std::pair<RunNumber, std::uint64_t>(0, 0);
    return std::pair(found->second, runs_[static_cast<std::size_t>(found->second - 1)].revision);
  }
  Result<std::vector<RunRow>> list_runs(const RunFilter& filter) override {
    const auto fits = [&](const StoredRun& run) {
      return run.number > filter.after && (!filter.status || run.status == *filter.status) &&
             (!filter.only_open || run.status != StoredStatus::closed) &&
             (!filter.sop || run.sop == *filter.sop) && (!filter.subject || run.subject == *filter.subject) &&
             (!filter.key || run.key == *filter.key) &&
             (!filter.exact_scope || run.scope == *filter.exact_scope) &&
             (!filter.scope || scope_contains(*filter.scope, run.scope));
    };
    std::vector<RunRow> rows;
    const auto look = [&](RunNumber number) {
      const StoredRun& run = runs_[static_cast<std::size_t>(number - 1)];
      if (rows.size() < filter.limit && fits(run)) rows.push_back(run);
      return rows.size() < filter.limit;
    };
    const auto last = static_cast<RunNumber>(runs_.size());
    if (filter.subject) {
      const auto found = by_subject_.find(*filter.subject);
      if (found == by_subject_.end()) return rows;
      const std::vector<RunNumber>& numbers = found->second;
      if (filter.newest_first) {
        for (auto it = numbers.rbegin(); it != numbers.rend() && look(*it); ++it) {
        }
      } else {
        for (auto it = numbers.begin(); it != numbers.end() && look(*it); ++it) {
        }
      }
    } else if (filter.newest_first) {
      for (RunNumber number = last; number > std::max<RunNumber>(filter.after, 0) && look(number); --number) {
      }
    } else {
      for (RunNumber number = std::clamp<RunNumber>(filter.after, 0, last) + 1;
           number <= last && look(number); ++number) {
      }
    }
    return rows;
  }

  // --- projections ---
  Status put_timer(const TimerKey& key, std::string_view id) override {
    return put(timers_, key, std::string(id));
  }
  Status erase_timer(const TimerKey& key) override { return erase(timers_, key); }
  Result<std::vector<StoredTimer>> due_timers(Instant until, std::size_t limit, RunNumber run) override {
    std::vector<StoredTimer> rows;
    for (const auto& [key, id] : timers_) {
      if (key.due > until || rows.size() >= limit) break;
      if (run != 0 && key.run != run) continue;
      StoredTimer timer;
      static_cast<TimerKey&>(timer) = key;
      timer.id = id;
      timer.run_id = runs_[static_cast<std::size_t>(key.run - 1)].id;
      rows.push_back(std::move(timer));
    }
    return rows;
  }
  Result<std::vector<StoredTimer>> list_timers(RunNumber first, RunNumber last) override {
    std::vector<StoredTimer> rows;
    for (const auto& [key, id] : timers_) {
      if (key.run < first || key.run > last) continue;
      StoredTimer& timer = rows.emplace_back();
      static_cast<TimerKey&>(timer) = key;
      timer.id = id;
    }
    return rows;
  }
  Status put_work(const StoredWork& work) override {
    return put(work_, static_cast<const WorkKey&>(work), std::pair(work.owner, work.body));
  }
  Status erase_work(const WorkKey& key) override { return erase(work_, key); }
  Result<std::vector<StoredWork>> list_work(const WorkFilter& filter) override {
    std::vector<StoredWork> rows;
    for (auto it = filter.after ? work_.upper_bound(*filter.after) : work_.begin(); it != work_.end(); ++it) {
      const auto& [key, item] = *it;
      if (rows.size() >= filter.limit) break;
      if ((filter.role && key.role != *filter.role) || (filter.run && key.run != *filter.run) ||
          (filter.runs && (key.run < filter.runs->first || key.run > filter.runs->second)) ||
          (filter.scope && !scope_contains(*filter.scope, key.scope)))
        continue;
      rows.push_back({key, item.first, item.second});
    }
    return rows;
  }

  Status clear_projections() override {
    if (!writing_) return no_transaction();
    const auto kept = std::make_shared<std::pair<decltype(timers_), decltype(work_)>>();
    const auto swap = [this, kept] {
      timers_.swap(kept->first);
      work_.swap(kept->second);
    };
    change(swap, swap);
    return {};
  }

  // --- outbox ---
  Status put_effect(const StoredEffect& effect) override {
    if (effect.id.index >= max_effects_per_entry) return detail::too_many_effects();
    return put(effects_, effect.id, effect);
  }
  Status erase_effect(const EffectId& id) override { return erase(effects_, id); }
  Result<std::optional<StoredEffect>> find_effect(const EffectId& id) override { return get(effects_, id); }
  Result<std::vector<StoredEffect>> list_effects(std::optional<EffectId> after, std::size_t limit) override {
    std::vector<StoredEffect> rows;
    for (auto it = after ? effects_.upper_bound(*after) : effects_.begin();
         it != effects_.end() && rows.size() < limit; ++it)
      rows.push_back(it->second);
    return rows;
  }

  // --- commands and feeds ---
  Result<std::optional<StoredCommand>> find_command(std::string_view id) override {
    return get(commands_, id);
  }
  Status put_command(std::string_view id, const StoredCommand& command) override {
    if (commands_.contains(id)) return Error{ErrorCode::already_exists, "the command id is stored already"};
    return put(commands_, std::string(id), command);
  }
  Status erase_command(std::string_view id, std::string_view answer) override {
    auto command = get(commands_, id);
    if (!command) return Error{ErrorCode::not_found, "there is no command of this id"};
    command->salt.clear();
    command->request = {};
    command->answer = answer;
    return put(commands_, std::string(id), std::move(*command));
  }
  Result<std::vector<std::pair<std::string, std::string>>> list_answers(std::string_view after,
                                                                        std::size_t limit) override {
    std::vector<std::pair<std::string, std::string>> rows;
    for (auto it = commands_.upper_bound(after); it != commands_.end() && rows.size() < limit; ++it)
      rows.emplace_back(it->first, it->second.answer);
    return rows;
  }
  Result<std::optional<StoredFeed>> find_feed(std::string_view name) override { return get(feeds_, name); }
  Status put_feed(const StoredFeed& feed) override { return put(feeds_, feed.name, feed); }
  Result<std::vector<StoredFeed>> list_feeds() override { return all(feeds_); }

  // --- library ---
  Status add_sop(const StoredSop& sop) override {
    const std::pair key(sop.sop, sop.version);
    if (sops_.contains(key)) return Error{ErrorCode::already_exists, "this version is published already"};
    return put(sops_, key, sop);
  }
  Result<std::optional<StoredSop>> find_sop(std::string_view sop, std::string_view version) override {
    return get(sops_, std::pair(std::string(sop), std::string(version)));
  }
  Result<std::optional<StoredSop>> latest_sop(std::string_view sop) override {
    std::optional<StoredSop> latest;
    for (const auto& [key, row] : sops_)
      if (row.sop == sop && (!latest || row.seq > latest->seq)) latest = row;
    return latest;
  }
  Result<std::vector<StoredSop>> list_sops() override {
    std::vector<StoredSop> rows = all(sops_);
    for (StoredSop& row : rows) row.text.clear();
    return rows;
  }

  // --- administration ---
  Status put_person(const StoredPerson& person) override {
    StoredPerson sorted = person;
    std::sort(sorted.grants.begin(), sorted.grants.end());
    sorted.grants.erase(std::unique(sorted.grants.begin(), sorted.grants.end()), sorted.grants.end());
    return put(people_, person.id, sorted);
  }
  Status remove_person(std::string_view id) override { return erase(people_, std::string(id)); }
  Result<std::vector<StoredPerson>> list_people() override { return all(people_); }
  Status put_parameter(const StoredParameter& parameter) override {
    return put(parameters_, std::array<std::string, 3>{parameter.sop, parameter.name, parameter.scope},
               parameter);
  }
  Result<std::vector<StoredParameter>> list_parameters() override { return all(parameters_); }
  Status put_calendar(const StoredCalendar& calendar) override {
    return put(calendars_, std::pair(calendar.name, calendar.scope), calendar);
  }
  Result<std::vector<StoredCalendar>> list_calendars() override { return all(calendars_); }
  Result<std::uint64_t> administration() override { return administration_; }
  Status put_administration(std::uint64_t seq) override {
    if (!writing_) return no_transaction();
    change([this, old = administration_] { administration_ = old; }, [&] { administration_ = seq; });
    return {};
  }

  Result<StoreReach> reach() override {
    StoreReach reach;
    reach.last_entry = static_cast<std::int64_t>(log_.size());
    for (std::size_t i = 0; i < log_.size(); ++i) {
      if (!log_[i].payload) continue;
      if (reach.last_payload == 0) reach.first_payload = static_cast<std::int64_t>(i) + 1;
      reach.last_payload = static_cast<std::int64_t>(i) + 1;
    }
    for (const auto& [id, command] : commands_) reach.command = std::max(reach.command, command.last_seq);
    for (const auto& [key, sop] : sops_) reach.sop = std::max(reach.sop, sop.seq);
    if (!effects_.empty()) reach.effect = effects_.rbegin()->first.seq;
    reach.administration = administration_;
    return reach;
  }
  Status check() override { return {}; }

 private:
  LogEntry entry(std::uint64_t seq) const {
    const Row& row = log_[static_cast<std::size_t>(seq - 1)];
    LogEntry out{seq, row.run, row.run_seq, row.header, row.leaf, PayloadState::absent, {}, {}};
    if (row.payload) {
      out.payload = row.payload->erased ? PayloadState::erased : PayloadState::present;
      out.salt = row.payload->salt;
      out.body = row.payload->body;
    }
    return out;
  }

  /// Makes a change that can be undone. `make` is done whole or throws and has changed nothing; `undo` cannot fail.
  template <class Make>
  void change(std::function<void()> undo, Make make) {
    undo_.push_back(std::move(undo));
    try {
      make();
    } catch (...) {
      undo_.pop_back();
      throw;
    }
  }

  template <class Map, class Key>
  static std::optional<typename Map::mapped_type> get(const Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
  }
  template <class Map>
  static std::vector<typename Map::mapped_type> all(const Map& map) {
    std::vector<typename Map::mapped_type> rows;
    for (const auto& [key, row] : map) rows.push_back(row);
    return rows;
  }
  template <class Map>
  Status put(Map& map, const typename Map::key_type& key, typename Map::mapped_type row) {
    if (!writing_) return no_transaction();
    const auto found = map.find(key);
    if (found == map.end())
      change([&map, key] { map.erase(key); }, [&] { map.emplace(key, std::move(row)); });
    else
      change([&map, key, old = found->second]() mutable { map.find(key)->second = std::move(old); },
             [&] { found->second = std::move(row); });
    return {};
  }
  template <class Map>
  Status erase(Map& map, const typename Map::key_type& key) {
    if (!writing_) return no_transaction();
    const auto found = map.find(key);
    if (found == map.end()) return {};
    const auto kept = std::make_shared<typename Map::node_type>();
    change([&map, kept] { map.insert(std::move(*kept)); }, [&] { *kept = map.extract(found); });
    return {};
  }

  StoreInfo info_;
  bool writing_ = false;
  std::vector<std::function<void()>> undo_;

  std::vector<Row> log_;
  std::map<std::pair<RunNumber, std::uint64_t>, std::uint64_t> by_run_;
  std::set<std::pair<RunNumber, std::uint64_t>> about_;
  std::vector<StoredRun> runs_;
  std::map<std::string, RunNumber, std::less<>> run_ids_;
  std::map<std::string, std::vector<RunNumber>, std::less<>> by_subject_;
  std::map<TimerKey, std::string> timers_;
  std::map<WorkKey, std::pair<std::string, std::string>> work_;
  std::map<EffectId, StoredEffect> effects_;
  std::map<std::string, StoredCommand, std::less<>> commands_;
  std::map<std::string, StoredFeed, std::less<>> feeds_;
  std::map<std::pair<std::string, std::string>, StoredSop> sops_;
  std::map<std::string, StoredPerson, std::less<>> people_;
  std::map<std::array<std::string, 3>, StoredParameter> parameters_;
  std::map<std::pair<std::string, std::string>, StoredCalendar> calendars_;
  std::uint64_t administration_ = 0;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(std::optional<LogId> log_id, Instant created) {
  return std::make_unique<MemoryStore>(log_id, created);
}

}  // namespace v0
}  // namespace aesop
