// The door for hosts: Engine runs SOPs durably on one store. Part engine; body in src/engine.
//
// (1) One command is one transaction: log entries, state, timers, worklist, outbox and the command's answer are kept
//     together or not at all. When a call returns, what it says is durable.
// (2) The same command id with the same request gives the stored answer and writes nothing; with another request the
//     error command_id_reused. An error at commit (busy, io_error, disk_full, ...) means unknown, not no: repeat with
//     the same id.
// (3) A command first fires its own run's due timers (record 0004). A refused command leaves them fired, no event of
//     its own, and one entry of kind refusal.
// (4) An engine is used by one thread at a time and starts none; any number of engines and processes may share a store
//     in shared mode. A handle carried across fork gives `forked`.
// (5) What a host's own DirectoryView throws passes through; the command or reading behind it is undone as if it had
//     not been asked.
// (6) Reading takes no write transaction and sees one moment of the store.
#pragma once

#include "aesop/audit/chain.hpp"
#include "aesop/engine/options.hpp"
#include "aesop/run/event.hpp"
#include "aesop/run/obstacle.hpp"
#include "aesop/run/projection.hpp"
#include "aesop/run/state.hpp"
#include "aesop/store/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {
class EngineImpl;
}

/// An event of a run, with its place in the log.
struct LoggedEvent {
  std::uint64_t seq = 0;      ///< in the log
  std::uint64_t run_seq = 0;  ///< in the run: its revision after the event
  Event event = {};
};

/// An effect handed out by poll_outbox.
struct OutboxItem {
  EffectId id;
  std::string key;   ///< the same each time it is handed out: what makes it exactly once at the receiver
  std::string kind;  ///< see effects.hpp
  std::string run;
  Value body;
  /// Times it was handed out, this one included: names this lease in `ack` and `fail_effect`.
  std::uint32_t attempts = 0;
  std::uint32_t failures = 0;  ///< how often it was said that it failed
  bool dead = false;
};

/// Which work items; what is absent asks nothing.
struct TaskFilter {
  std::optional<std::string> role = {};
  std::optional<std::string> person = {};  ///< items this person holds, or may take
  std::optional<std::string> scope = {};   ///< this scope and what lies under it
  std::optional<std::string> run = {};
  std::size_t limit = 1000;
};

class Engine {
 public:
  /// Opens the store of a file; ":memory:" is one in memory that is gone with the engine. Errors: those of
  /// open_sqlite_store.
  static Result<Engine> open(const std::string& path, const EngineOptions& options = {});
  /// An engine on a store of any kind.
  static Result<Engine> open(std::unique_ptr<Store> store, const EngineOptions& options = {});

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // --- every command as JSON (docs/commands.md) ---

  /// Runs one command of the whole set, reading ones included, and gives its answer: {"ok": ...},
  /// {"rejected": {"reason", "message", ...}} or {"error": {"code", "message", "help"}}. Never throws for
  /// input.
  Value execute(const Value& command);
  /// The same over JSON text: one object in, one object out, without a line end.
  std::string execute_text(std::string_view line);

  // --- typed calls ---
  // Each gives an Answer (accepted, or refused with its reason), or an Error: unknown_run, command_id_reused,
  // schema_error and what stores give. The value of an accepted command is {"run", "revision", "status",
  // ...}.

  /// Any command of a run. Start, Claim, TickItem, AttachEvidence, Complete, RecordEvent, ... are in
  /// run/command.hpp.
  Result<Answer> submit(const Request& request, CommandBody body);

  /// Starts a run of a published SOP. not_found when there is no such SOP or version. The value has "run".
  Result<Answer> start(const Request& request, Start body) { return submit(request, std::move(body)); }
  Result<Answer> claim(const Request& request, Claim body) { return submit(request, std::move(body)); }
  Result<Answer> tick(const Request& request, TickItem body) { return submit(request, std::move(body)); }
  Result<Answer> attach_evidence(const Request& request, AttachEvidence body) {
    return submit(request, std::move(body));
  }
  Result<Answer> complete_step(const Request& request, Complete body) {
    return submit(request, std::move(body));
  }
  Result<Answer> record_event(const Request& request, RecordEvent body) {
    return submit(request, std::move(body));
  }
  Result<Answer> request_exception(const Request& request, RequestException body) {
    return submit(request, std::move(body));
  }
  Result<Answer> decide_exception(const Request& request, DecideException body) {
    return submit(request, std::move(body));
  }

  /// Puts an SOP into the library: loaded, verified without errors, never changed again. The same text twice
  /// is accepted; another text under the same version is refused (`already_published`), an unsound one too
  /// (`unsound_definition`, with findings).
  Result<Answer> publish(const Request& request, std::string_view text, std::string_view name = "sop");

  /// Erases data of request.run for good: payloads of its events (of all, or of the revisions named), and what state,
  /// answers and hashes of requests keep of them; docs/storage.md says what is left. The log says that it was done, and
  /// why. Refused while the run is open (`run_not_closed`) or an effect of it is in the outbox (`effect_pending`).
  Result<Answer> erase(const Request& request, std::string_view reason,
                       const std::vector<std::uint64_t>& revisions = {});

  /// Keeps what a gate answered (`verdict.report`) as an entry of the log: which gate and rules, the verdict, the hash of
  /// the facts, the receipt; of what subject or run. Refused when the receipt is not that of the rest (`bad_receipt`).
  Result<Answer> record_gate(const Request& request, const Value& report, std::string_view subject);

  /// Fires what is due by `to` over all runs, in order of (due, run, order), each at its own logical time; at
  /// most `limit` timers, in one transaction. What comes out is what the next command of each run would have
  /// brought. A run that cannot go on (a limit passed, a damaged state, an SOP that no longer loads) is passed over
  /// and named; the others go on. Errors: those of the store.
  Result<Advanced> advance(Instant to, std::size_t limit = 1000);

  /// Hands out effects that are due, oldest first and of each run only the oldest that is not done, and keeps
  /// them from others until at + lease. A lease that ran out is handed out again. With lease 0 it only looks.
  Result<std::vector<OutboxItem>> poll_outbox(Instant at, std::int64_t lease, std::size_t limit = 100);
  /// The effect was carried out: it leaves the outbox. not_found when it is not there (done before, under another
  /// command id); the same id again is the same answer.
  Status ack(const Request& request, const EffectId& id);
  /// It failed: it is handed out again after a pause or, after options.effect_attempts, is dead: it stays,
  /// and its run has an incident. With `attempt`, the `attempts` it was handed out with, it is `conflict` when the
  /// effect has been handed out again since: then it is for its new holder to say.
  Status fail_effect(const Request& request, const EffectId& id, std::string_view error,
                     std::optional<std::uint32_t> attempt = {});

  // --- reading ---

  /// Work items in order of scope, run and task.
  Result<std::vector<WorkItem>> worklist(const TaskFilter& filter = {});
  /// The state of a run. unknown_run.
  Result<State> run(std::string_view id);
  Result<std::vector<RunRow>> runs(const RunFilter& filter = {});
  /// What keeps a run, or one step of it, from going on.
  Result<std::vector<Obstacle>> why(std::string_view run, Instant now, std::string_view step = {});
  /// Events of a run after a revision.
  Result<std::vector<LoggedEvent>> events(std::string_view run, std::uint64_t after = 0,
                                          std::size_t limit = 1000);
  /// Walks the whole log, in short reads that hold no writer up, and compares where the store's tables reach with it.
  /// What does not fit is a report, a damaged file an error. docs/storage.md lists what is found and what is not.
  Result<VerifyReport> verify_log(const VerifyOptions& how = {});
  /// Writes states, timers and worklist anew from the events, in one transaction, and says of how many runs: for a store
  /// whose derived tables were written by another version of the library, or damaged. chain_broken when the log itself
  /// does not verify. Outbox, answers and feeds are no derived tables and stay.
  Result<std::size_t> rebuild();
  /// Asks a gate of a published SOP over facts: run variables by name. `approved` names exception policies that count
  /// as approved, or as "RUN/EXCEPTION" exceptions of runs here (invalid_argument when one is not approved, or no longer); parameters
  /// and calendars are those of `scope`. It needs no run and writes nothing.
  Result<GateVerdict> gate(std::string_view sop, std::string_view gate, const Value& facts, Instant now,
                           const std::vector<std::string>& approved = {}, std::string_view scope = {});

  /// Runs `body`, and gives what it gives: all that it reads of this engine is of one moment, the log up to entry `seq`
  /// (0: an empty one), whatever others write meanwhile. A command that writes is invalid_argument in it. With a rollback
  /// journal (docs/storage.md) other writers wait until it ends, so keep it short. Errors: those of the store, and its own.
  Status at_one_moment(const std::function<Status(std::uint64_t seq)>& body);

  // --- several commands in one transaction ---

  /// Until commit_batch, commands share one transaction and one sync; their answers are provisional. A store
  /// error in between undoes all of them, and then commit_batch fails.
  Status begin_batch();
  /// Makes the batch durable. After an error nothing of it is known to be kept: repeat with the same ids.
  Status commit_batch();
  /// Forgets the batch.
  void rollback_batch();

  Store& store();

 private:
  explicit Engine(std::unique_ptr<detail::EngineImpl> impl);
  std::unique_ptr<detail::EngineImpl> impl_;
};

}  // namespace v0
}  // namespace aesop
