// The store port: all that an engine asks of what keeps its data. Part store; uses rows.
// A Store is used by one thread at a time. It knows nothing of SOPs: it keeps rows, in one transaction.
//
// (1) Everything between begin() and commit() is kept wholly or not at all, also through a power cut.
// (2) One write transaction at a time, over all handles of a store. begin() waits for it up to a deadline.
// (3) A failed commit() leaves it unknown whether the transaction was kept. After it, and after any failed
//     write, call rollback(); the handle is then usable again, or says why not.
// (4) Appending demands seq = head + 1. Nothing of the log is ever changed or removed, payloads excepted; of a command
//     what it asked may be erased, and its answer with it.
// (5) Listings are in the order of their keys, so that two stores with the same history answer alike.
// Errors, any call: busy, io_error, disk_full, read_only, corrupt, forked, out_of_memory. Others are named.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/base/text.hpp"
#include "aesop/store/rows.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {
inline Error too_many_effects() {
  return {ErrorCode::limit_exceeded, cat("one event asks for more than ", max_effects_per_entry, " effects"),
          "a ladder or handoff of the SOP tells too many at once"};
}
}  // namespace detail

class Store {
 public:
  virtual ~Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  virtual const StoreInfo& info() const = 0;

  /// ok, or why this handle may not be used: `forked` in a child of the process that opened it.
  virtual Status usable() const = 0;

  // --- transactions ---
  /// Starts the write transaction. `busy` when another writer held it past the deadline.
  virtual Status begin() = 0;
  /// Makes it durable: a success is kept through a power cut that follows.
  virtual Status commit() = 0;
  /// Forgets it. Harmless without a transaction. An error says that the handle is of no more use.
  virtual Status rollback() = 0;
  /// Starts a snapshot: reads until end_read() see one moment. Also allowed on a read-only store.
  virtual Status begin_read() = 0;
  virtual void end_read() = 0;
  /// Whether nobody else can have written since this handle last did (exclusive and memory stores): what it
  /// knows of the store stays true between transactions.
  virtual bool sole_writer() const = 0;

  // --- log ---
  virtual Result<LogHead> head() = 0;
  virtual Status append(const NewEntry& entry) = 0;
  /// Up to `limit` entries with seq > after, with their payloads; when `run` is not 0 the events of one run
  /// (then `after` is a run_seq).
  virtual Result<std::vector<LogEntry>> read_log(std::uint64_t after, std::size_t limit,
                                                 RunNumber run = 0) = 0;
  /// Up to `limit` entries that are about a run, its events and all else, with seq > after, in order of seq.
  virtual Result<std::vector<LogEntry>> read_about(RunNumber run, std::uint64_t after, std::size_t limit) = 0;
  /// Takes salt and body of an entry's payload away for good and keeps a mark that says so. not_found when
  /// the entry has no payload.
  virtual Status erase_payload(std::uint64_t seq) = 0;

  // --- runs ---
  /// Adds a run; its number is one more than the greatest. already_exists when the id is taken.
  virtual Result<RunNumber> add_run(const RunRow& row, std::string_view state) = 0;
  /// Stores where a run now stands.
  virtual Status put_run(RunNumber run, std::uint64_t revision, StoredStatus status, std::string_view outcome,
                         std::string_view state) = 0;
  virtual Result<std::optional<StoredRun>> find_run(std::string_view id) = 0;
  virtual Result<std::optional<StoredRun>> find_run(RunNumber run) = 0;
  /// The number and revision of a run; (0, 0) when there is none. Cheaper than find_run.
  virtual Result<std::pair<RunNumber, std::uint64_t>> run_revision(std::string_view id) = 0;
  virtual Result<std::vector<RunRow>> list_runs(const RunFilter& filter) = 0;

  // --- projections ---
  virtual Status put_timer(const TimerKey& key, std::string_view id) = 0;
  virtual Status erase_timer(const TimerKey& key) = 0;
  /// Up to `limit` timers with due <= until, in order; of one run when `run` is not 0.
  virtual Result<std::vector<StoredTimer>> due_timers(Instant until, std::size_t limit,
                                                      RunNumber run = 0) = 0;
  virtual Status put_work(const StoredWork& work) = 0;
  virtual Status erase_work(const WorkKey& key) = 0;
  virtual Result<std::vector<StoredWork>> list_work(const WorkFilter& filter) = 0;

  /// Every timer of the runs from `first` to `last`, both included, whether there are such runs or not, in
  /// order; run_id is left empty. Reads all timers.
  virtual Result<std::vector<StoredTimer>> list_timers(RunNumber first, RunNumber last) = 0;
  /// Takes all timers and work items out, for who writes them anew.
  virtual Status clear_projections() = 0;

  // --- outbox ---
  /// limit_exceeded when its index is not below max_effects_per_entry.
  virtual Status put_effect(const StoredEffect& effect) = 0;
  virtual Status erase_effect(const EffectId& id) = 0;
  virtual Result<std::optional<StoredEffect>> find_effect(const EffectId& id) = 0;
  /// Up to `limit` effects with id > after, in order.
  virtual Result<std::vector<StoredEffect>> list_effects(std::optional<EffectId> after,
                                                         std::size_t limit) = 0;

  // --- commands and feeds ---
  virtual Result<std::optional<StoredCommand>> find_command(std::string_view id) = 0;
  virtual Status put_command(std::string_view id, const StoredCommand& command) = 0;
  /// Takes salt and request of a command away for good and puts another answer in place of its own. not_found.
  virtual Status erase_command(std::string_view id, std::string_view answer) = 0;
  /// Up to `limit` commands with id > after, in order of id: of each its id and its answer.
  virtual Result<std::vector<std::pair<std::string, std::string>>> list_answers(std::string_view after,
                                                                                std::size_t limit) = 0;
  virtual Result<std::optional<StoredFeed>> find_feed(std::string_view name) = 0;
  virtual Status put_feed(const StoredFeed& feed) = 0;
  virtual Result<std::vector<StoredFeed>> list_feeds() = 0;

  // --- library ---
  /// already_exists when the version is there: what is published never changes.
  virtual Status add_sop(const StoredSop& sop) = 0;
  virtual Result<std::optional<StoredSop>> find_sop(std::string_view sop, std::string_view version) = 0;
  /// The version published last.
  virtual Result<std::optional<StoredSop>> latest_sop(std::string_view sop) = 0;
  virtual Result<std::vector<StoredSop>> list_sops() = 0;

  // --- administration ---
  /// Replaces a person and all his grants.
  virtual Status put_person(const StoredPerson& person) = 0;
  virtual Status remove_person(std::string_view id) = 0;
  virtual Result<std::vector<StoredPerson>> list_people() = 0;
  virtual Status put_parameter(const StoredParameter& parameter) = 0;
  virtual Result<std::vector<StoredParameter>> list_parameters() = 0;
  virtual Status put_calendar(const StoredCalendar& calendar) = 0;
  virtual Result<std::vector<StoredCalendar>> list_calendars() = 0;
  /// The seq of the last administration entry, to know when what was read of it is out of date.
  virtual Result<std::uint64_t> administration() = 0;
  virtual Status put_administration(std::uint64_t seq) = 0;

  // --- health ---
  /// How far the tables reach.
  virtual Result<StoreReach> reach() = 0;
  /// The store's own check of its structure; `corrupt` names the first problem. Reads everything.
  virtual Status check() = 0;

 protected:
  Store() = default;
};

}  // namespace v0
}  // namespace aesop
