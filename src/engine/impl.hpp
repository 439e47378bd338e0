// The engine's inside: transactions, caches, and one function per command. Internal to engine; bodies by subject in
// transaction.cpp, answers.cpp, runs.cpp, start.cpp, facts.cpp, library.cpp, time.cpp, outbox.cpp, ingest.cpp,
// administration.cpp, erase.cpp, rebuild.cpp, reading.cpp, record_gate.cpp.
//
// Caches and what keeps them true:
// (1) The log's head changes with every commit that changes anything cached. `epoch_` counts the times it was found
//     changed by others; what was looked at in this epoch is true. A sole writer need not look.
// (2) An open run found cached in an older epoch is true if its stored revision is the cached one. A closed one may have
//     been erased without a new revision, and is read again.
// (3) Plans never change. Administration is read anew when its last entry is another.
// (4) After a rollback nothing that the transaction touched stays cached, and the head is read again.
// (5) No cache grows without bound: runs go when others need their place (options.cached_runs), also those of an open
//     batch, whose rows its own transaction reads back.
#pragma once

#include "aesop/audit/hash.hpp"
#include "aesop/base/finding.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/engine/entry.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/run/effects.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace aesop {
inline namespace v0 {

struct Decision;
struct Rejection;

namespace detail {

/// A run in memory, as the store has it. Who goes on with a run after others may have been loaded holds it: the cache
/// forgets it when it needs the room.
struct CachedRun : std::enable_shared_from_this<CachedRun> {
  RunNumber number = 0;
  std::uint64_t epoch = 0;
  std::uint64_t transaction = 0;  ///< in which it was read or written last; 0: in none
  bool used = false;              ///< since the hand came by last
  std::size_t place = 0;          ///< in the ring
  State state;
  Projection projection;
  std::shared_ptr<const Plan> plan;
};

/// The people registered in the store.
class StoreDirectory final : public DirectoryView {
 public:
  void assign(const std::vector<StoredPerson>& people);
  std::vector<std::string> people(std::string_view role, std::string_view scope) const override;
  bool empty() const override { return empty_; }
  /// Whether the person holds the role at the scope or above it.
  bool holds(std::string_view person, std::string_view role, std::string_view scope) const;

 private:
  struct Grant {
    std::string scope, person;
  };
  std::map<std::string, std::vector<Grant>, std::less<>> by_role_;
  bool empty_ = true;
};

/// Calendars that scopes have replaced.
class StoreCalendars final : public CalendarView {
 public:
  void clear() { by_name_.clear(); }
  void add(const std::string& name, const std::string& scope, std::shared_ptr<const Calendar> calendar);
  const Calendar* find(std::string_view name, std::string_view scope) const override;

 private:
  struct Row {
    std::string scope;
    std::shared_ptr<const Calendar> calendar;
  };
  std::map<std::string, std::vector<Row>, std::less<>> by_name_;
};

/// What an entry that is no event of a run says beside its control.
struct EntryAbout {
  std::string_view run = {};     ///< the run it is about; empty: none
  RunNumber number = 0;          ///< of that run; 0 when there is no such run
  std::string_view body = {};    ///< payload; empty: none
  std::string_view reason = {};  ///< of a refusal: the type of its entry
};

/// Longest lease of an effect, and longest pause after a failure. One that ends later than this from now was given by
/// a clock that was wrong, and does not count.
inline constexpr std::int64_t max_lease = std::int64_t{31} * 86'400 * 1'000'000;

struct IngestedEvent;
struct RecordGateVerb;
struct LogWalk;

class EngineImpl {
 public:
  EngineImpl(std::unique_ptr<Store> store, const EngineOptions& options);

  // --- transaction.cpp ---
  Status begin();
  Status commit();
  void rollback() noexcept;
  Status begin_batch();
  Status commit_batch();
  void rollback_batch() noexcept;
  /// Runs `body` once per command id, in a transaction, and keeps its answer (engine.hpp (2)).
  template <class Body>
  Result<Answer> once(std::string_view command_id, std::string_view request, Body body);
  /// Runs `body` in a transaction of its own, or in the batch.
  template <class Body>
  auto written(Body body) -> decltype(body());
  /// Runs `body` on one moment of the store.
  template <class Body>
  auto looked_at(Body body) -> decltype(body());

  // --- answers.cpp ---
  Status store_answer(std::string_view command_id, std::string_view request, std::uint64_t first,
                      std::uint64_t last, const Answer& answer);

  // --- runs.cpp ---
  Result<Answer> submit(const Command& command);
  Result<Answer> act(const Command& command);
  Result<CachedRun*> load_run(std::string_view id);
  Result<CachedRun*> load_run(RunNumber number);
  Result<std::shared_ptr<const Plan>> plan_of_run(std::string_view id);
  Status record(CachedRun& run, Decision decision, std::string_view command_id, int depth);
  Result<Answer> refuse(const Request& request, std::string_view verb, std::string_view run,
                        const Rejection& rejection);
  Result<std::vector<LoggedEvent>> read_events(RunNumber run, std::uint64_t after, std::size_t limit);

  // --- start.cpp ---
  Result<Answer> start(const Command& command, int depth);
  Result<bool> start_linked(const Effect& effect, const Event& cause, int depth);
  std::string derived_run_id(std::string_view seed) const;

  // --- facts.cpp ---
  Status refresh_administration();
  const Facts& facts_for(const Plan& plan, std::string_view scope);
  const DirectoryView& directory() const {
    return options_.directory ? *options_.directory : store_directory_;
  }

  // --- library.cpp ---
  Result<Answer> publish(const Request& request, std::string_view text, std::string_view name);
  Result<std::shared_ptr<const Plan>> plan_of(std::string_view sop, std::string_view version);
  Result<std::shared_ptr<const Plan>> latest_plan(std::string_view sop);
  Result<std::shared_ptr<const Plan>> compile(std::string_view text, std::string_view name,
                                              Findings& findings);

  // --- time.cpp ---
  /// Within a transaction.
  Result<Advanced> advance(Instant to, std::size_t limit, std::string_view command_id);
  struct NextDue;
  Result<std::optional<NextDue>> next_due(Instant to, const std::vector<RunNumber>& passed);

  // --- outbox.cpp ---
  Result<std::vector<OutboxItem>> poll_outbox(Instant at, std::int64_t lease, std::size_t limit);
  /// These three within a transaction.
  Status ack(const Request& request, const EffectId& id);
  Result<EffectState> fail_effect(const Request& request, const EffectId& id, std::string_view error);
  Status bury(StoredEffect row, const Request& request, std::string_view error);
  Result<std::optional<EffectId>> find_effect(std::string_view name);
  Status revive_effect(const CachedRun& run, const Incident& incident, Instant at);
  Result<std::string> run_of(const StoredEffect& effect);

  // --- ingest.cpp ---
  Result<Answer> ingest(const Request& request, const std::string& feed, const std::string& cursor,
                        const std::optional<std::string>& after, const std::vector<IngestedEvent>& events);

  // --- administration.cpp ---
  Result<Answer> put_person(const Request& request, StoredPerson person);
  Result<Answer> remove_person(const Request& request, const std::string& person);
  Result<Answer> set_parameter(const Request& request, StoredParameter parameter, const Value& value);
  Result<Answer> put_calendar(const Request& request, const std::string& name, const std::string& scope,
                              const Value& calendar);

  // --- erase.cpp ---
  Result<Answer> erase(const Request& request, std::string_view reason, std::vector<std::uint64_t> revisions);

  // --- rebuild.cpp ---
  /// What the events of a run come to.
  Result<State> replay(RunNumber run);
  /// Within a transaction: how many runs were written anew.
  Result<std::size_t> rebuild();

  // --- reading.cpp ---
  Result<std::vector<WorkItem>> worklist(const TaskFilter& filter);
  Result<std::vector<Obstacle>> why(std::string_view run, Instant now, std::string_view step);

  // --- verify_log.cpp ---
  Result<VerifyReport> verify_log(const VerifyOptions& how);

  // --- record_gate.cpp ---
  Result<Answer> record_gate(const Request& request, const RecordGateVerb& verb);
  /// Policies of the plan that count as approved: names of policies as they are, and of "RUN/EXCEPTION" the policy of
  /// that exception, when it is one of a run of the same SOP, approved and still valid.
  Result<std::vector<std::string>> approved_policies(const Plan& plan, const std::vector<std::string>& named,
                                                     Instant now);

  Status append(const EntryControl& control, const Request& request, const EntryAbout& about = {});
  /// The same for what decisions look up: people, parameters, calendars.
  Status append_administration(const EntryControl& control, const Request& request,
                               std::string_view body = {});

  Store& store() { return *store_; }
  const EngineOptions& options() const { return options_; }
  const Ports& ports() const { return *options_.ports; }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class T>
  using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

  Status sync();
  Status append_event(const Event& event, const CachedRun& run, std::uint64_t run_seq);
  Status append_record(RunNumber run, std::string_view body);
  Result<std::optional<EffectId>> effect_of_run(RunNumber run);
  Result<std::uint64_t> erase_payloads(RunNumber run, const std::vector<std::uint64_t>& revisions,
                                       std::set<std::string, std::less<>>& commands);
  Status erase_answers(const std::string& run, bool all, std::set<std::string, std::less<>>& commands);
  Status store_projection(CachedRun& run, Projection next);
  Result<CachedRun*> keep(StoredRun&& row);
  CachedRun* make_room(std::string_view id);
  void drop(std::string_view id) noexcept;
  void forget() noexcept;
  Result<bool> walk(LogWalk& walk);
  Result<std::string> compare_reach(const LogWalk& walk, const StoreReach& reach);
  Result<std::string> compare_rows(const LogWalk& walk);
  Result<std::string> compare_administration(const LogWalk& walk);
  Result<std::string> compare_run(const RunRow& row, Projection& projected);
  Result<std::string> compare_page(RunNumber first, std::optional<RunNumber>& last, std::uint64_t& runs);

  std::unique_ptr<Store> store_;
  EngineOptions options_;
  RandomPool random_;

  // the transaction
  bool in_transaction_ = false;
  bool in_batch_ = false;
  bool looking_ = false;  // inside looked_at
  bool wrote_ = false;
  std::string asking_;             // id of the command under way
  std::string broken_by_;          // the one that undid the batch
  bool broken_ = false;            // the batch was undone by a command that failed
  std::uint64_t transaction_ = 0;  // counts them
  LogRecord record_;
  ByteWriter header_;

  // the caches
  bool head_known_ = false;
  LogHead head_;
  std::uint64_t epoch_ = 1;
  ByText<std::shared_ptr<CachedRun>> runs_;
  std::vector<std::string> ring_;  // ids of runs_; the hand goes round it
  std::size_t hand_ = 0;
  ByText<std::shared_ptr<const Plan>> plans_;  // by "SOP version"
  std::uint64_t administration_epoch_ = 0;
  std::optional<std::uint64_t> administration_;
  StoreDirectory store_directory_;
  StoreCalendars calendars_;
  struct Parameter {
    StoredParameter row;
    Value value;
  };
  std::vector<Parameter> parameters_;
  ByText<ByText<Facts>> facts_;  // by hash of the plan, then scope
  std::size_t facts_kept_ = 0;
};

/// Where a run stands, as the store's columns say it.
inline StoredStatus stored_status(RunStatus status) {
  return status == RunStatus::closed      ? StoredStatus::closed
         : status == RunStatus::suspended ? StoredStatus::suspended
                                          : StoredStatus::open;
}

/// Whether an error is a run's own (a limit, a damaged state, an SOP that no longer loads), so that others can go on
/// without it; else it is the store's, and nothing can.
constexpr bool is_of_one_run(ErrorCode code) {
  return code == ErrorCode::limit_exceeded || code == ErrorCode::internal ||
         code == ErrorCode::corrupt_event || code == ErrorCode::unsupported_version ||
         code == ErrorCode::invalid_argument || code == ErrorCode::unsound_definition ||
         code == ErrorCode::horizon_exceeded;
}

constexpr std::string_view status_name(StoredStatus status) {
  return status == StoredStatus::closed ? "closed" : status == StoredStatus::suspended ? "suspended" : "open";
}

/// The answer as JSON: {"ok": ...} or {"rejected": ...}.
inline Value answer_value(const Answer& answer) {
  return Value::context({{answer.accepted ? "ok" : "rejected", answer.value}});
}

inline Error unknown_run(std::string_view id) {
  return {ErrorCode::unknown_run, cat("there is no run \"", printable(id, 60), '"')};
}

inline Value error_value(const Error& error) {
  std::vector<Entry> entries = {{"code", Value::string(slug(error.code))}};
  if (!error.help.empty()) entries.emplace_back("help", Value::string(error.help));
  entries.emplace_back("message", Value::string(error.message));
  return Value::context({{"error", Value::context(std::move(entries))}});
}

/// What a request is compared by when its id comes again: its canonical JSON without the id and `at`.
Result<std::string> request_text(const Value& command);

/// Bytes of salt of a command. Requests may hold data that is easily guessed from a bare hash.
inline constexpr std::size_t command_salt_size = 16;

/// Calls `undo` at the end of its life unless it was dismissed: also when an exception passes by, one of memory or of a
/// host's DirectoryView.
template <class Undo>
class Unless {
 public:
  explicit Unless(Undo undo) : undo_(std::move(undo)) {}
  Unless(const Unless&) = delete;
  Unless& operator=(const Unless&) = delete;
  ~Unless() {
    if (!dismissed_) undo_();
  }
  void dismiss() { dismissed_ = true; }

 private:
  Undo undo_;
  bool dismissed_ = false;
};

template <class Body>
auto EngineImpl::written(Body body) -> decltype(body()) {
  if (auto begun = begin(); !begun) return begun.take_error();
  Unless kept([this] { rollback(); });
  auto result = body();
  if (!result) return result;
  auto done = commit();
  kept.dismiss();  // a commit that failed has been rolled back
  if (!done) return done.take_error();
  return result;
}

template <class Body>
auto EngineImpl::looked_at(Body body) -> decltype(body()) {
  if (in_transaction_ || in_batch_ || looking_) return body();
  if (auto begun = store_->begin_read(); !begun) return begun.take_error();
  const Unless over([this] {
    looking_ = false;
    store_->end_read();
  });
  if (auto synced = sync(); !synced) return synced.take_error();
  looking_ = true;  // a reading command calls typed reading functions: one moment for all
  return body();
}

/// Finds what a command id was answered; `command_id_reused` when the request is another.
Result<std::optional<Answer>> stored_answer(Store& store, std::string_view command_id,
                                            std::string_view request);
Result<Answer> read_answer(const StoredCommand& stored);

template <class Body>
Result<Answer> EngineImpl::once(std::string_view command_id, std::string_view request, Body body) {
  if (command_id.empty())
    return Error{ErrorCode::schema_error, "command_id must not be empty",
                 "give every request an id of its own"};
  if (store_->info().read_only) {
    auto known = stored_answer(*store_, command_id, request);
    if (!known) return known.take_error();
    if (*known) return std::move(**known);
  }
  asking_ = command_id;
  auto answered = written([&]() -> Result<Answer> {
    auto known = stored_answer(*store_, command_id, request);
    if (!known) return known.take_error();
    if (*known) return std::move(**known);
    const std::uint64_t before = head_.seq;
    Result<Answer> answer = body();
    if (!answer) return answer;
    wrote_ = true;
    const bool logged = head_.seq > before;
    if (auto done =
            store_answer(command_id, request, logged ? before + 1 : 0, logged ? head_.seq : 0, *answer);
        !done)
      return done.take_error();
    return answer;
  });
  asking_.clear();
  return answered;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
