// What a store keeps, as plain rows. Part store; uses base and audit. Rows hold bytes and text: what is in a
// state, a work item or an effect is known to run and engine, not to the store.
// Rows that are written hold views into the caller's memory for the length of the call; rows that are read
// own what they hold.
#pragma once

#include "aesop/audit/chain.hpp"
#include "aesop/base/bytes.hpp"
#include "aesop/base/civil.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// The number of a run within its store: 1, 2, 3 in order of their starts. 0 is no run.
using RunNumber = std::int64_t;

/// What never changes while a store is open.
struct StoreInfo {
  LogId log_id = {};
  Instant created = {};
  int schema_version = 0;
  std::string mode;     ///< "memory", "shared", "exclusive"
  std::string journal;  ///< "none", "wal", "truncate"
  bool read_only = false;
};

/// The last entry of the log; seq 0 and chain_start(log id) when it is empty.
struct LogHead {
  std::uint64_t seq = 0;
  Hash leaf = {};
  bool operator==(const LogHead&) const = default;
};

/// How far the store's tables reach, to be compared with the log. A first seq below 1 is of a row that was put in by
/// other means; a table without rows reaches from 1 to 0.
struct StoreReach {
  std::int64_t first_entry = 1, last_entry = 0;      ///< of log
  std::int64_t first_payload = 1, last_payload = 0;  ///< of payload
  std::uint64_t command = 0;                         ///< greatest last_seq of an answered command
  std::uint64_t sop = 0;                             ///< greatest seq of a published SOP
  std::uint64_t effect = 0;                          ///< greatest seq of an effect in the outbox
  std::uint64_t administration = 0;
};

/// An entry to append. `salt` empty says that it has no payload.
struct NewEntry {
  std::uint64_t seq = 0;
  RunNumber run = 0;          ///< 0: it is about no run
  std::uint64_t run_seq = 0;  ///< 0: it is about a run and no event of it: a refusal, an effect done
  std::string_view header = {};
  Hash leaf = {};
  std::string_view salt = {};
  std::string_view body = {};
};

/// An entry as read.
struct LogEntry {
  std::uint64_t seq = 0;
  RunNumber run = 0;
  std::uint64_t run_seq = 0;
  std::string header;
  std::string leaf;
  PayloadState payload = PayloadState::absent;
  std::string salt;
  std::string body;

  StoredEntry stored() const { return {seq, run, run_seq, header, leaf, payload, salt, body}; }
};

/// Where a run stands. The numbers are kept in stores and never change.
enum class StoredStatus : std::uint8_t { open = 1, suspended = 2, closed = 3 };

/// A run without its state.
struct RunRow {
  RunNumber number = 0;
  std::string id, sop, version, scope, subject, key, thread;
  StoredStatus status = StoredStatus::open;
  std::string outcome;
  std::uint64_t revision = 0;
};

struct StoredRun : RunRow {
  std::string state;  ///< encode_state
};

/// Which runs; what is absent asks nothing.
struct RunFilter {
  std::optional<StoredStatus> status;
  std::optional<std::string> sop, subject, key;
  std::optional<std::string> scope;        ///< this scope and what lies under it
  std::optional<std::string> exact_scope;  ///< this scope alone
  bool only_open = false;                  ///< open or suspended
  RunNumber after = 0;                     ///< only greater numbers
  bool newest_first = false;               ///< the greatest number first
  std::size_t limit = 1000;
};

/// A pending timer. Ordered by (due, run, order), which is unique.
struct TimerKey {
  Instant due = {};
  RunNumber run = 0;
  std::uint64_t order = 0;
  friend auto operator<=>(const TimerKey&, const TimerKey&) = default;
};

struct StoredTimer : TimerKey {
  std::string id;      ///< "t/RUN/CLOCK/OCCURRENCE/RUNG", perhaps without what the row says already
  std::string run_id;  ///< id of the run
};

/// A work item in the worklist. Ordered by (role, scope, run, task), which is unique.
struct WorkKey {
  std::string role, scope;
  RunNumber run = 0;
  std::string task;  ///< of the run: its token
  friend auto operator<=>(const WorkKey&, const WorkKey&) = default;
};

struct StoredWork : WorkKey {
  std::string owner;  ///< empty: nobody has claimed it
  std::string body;   ///< the whole item
};

struct WorkFilter {
  std::optional<std::string> role;
  std::optional<std::string> scope;  ///< this scope and what lies under it
  std::optional<RunNumber> run;
  std::optional<std::pair<RunNumber, RunNumber>> runs;  ///< from the first to the last, both included
  std::optional<WorkKey> after;                         ///< only what comes behind it
  std::size_t limit = 1000;
};

/// Most effects one entry of the log may cause.
inline constexpr std::uint32_t max_effects_per_entry = 1024;

/// Names an effect: the log entry that caused it, and which of its effects. Never used again.
struct EffectId {
  std::uint64_t seq = 0;
  std::uint32_t index = 0;  ///< below max_effects_per_entry
  friend auto operator<=>(const EffectId&, const EffectId&) = default;
};

enum class EffectState : std::uint8_t { pending = 1, dead = 2 };

struct StoredEffect {
  EffectId id;
  RunNumber run = 0;  ///< 0: of no run
  std::string key;    ///< what makes it exactly once at the receiver
  std::string kind;
  std::string body;  ///< JSON
  EffectState state = EffectState::pending;
  std::uint32_t attempts = 0;  ///< times it was handed out
  std::uint32_t failures = 0;  ///< how often it was said that it failed
  Instant not_before = {};     ///< end of its lease, or of the pause before it is tried again
};

/// What a command was answered.
struct StoredCommand {
  std::string salt;             ///< of `request`; empty: what was asked has been erased
  Hash request = {};            ///< HMAC-SHA-256(salt, the request as text)
  std::uint64_t first_seq = 0;  ///< entries it wrote; 0 and 0 when none
  std::uint64_t last_seq = 0;
  std::string answer;  ///< JSON

  bool erased() const { return salt.empty(); }
};

struct StoredFeed {
  std::string name;
  std::string cursor;
  std::string answer;  ///< of the ingestion that brought it there
};

struct StoredSop {
  std::string sop, version;
  std::string hash;       ///< content hash, hexadecimal
  std::uint64_t seq = 0;  ///< of the entry that published it
  std::string text;       ///< empty in listings
};

struct StoredPerson {
  struct Grant {
    std::string role, scope;
    friend auto operator<=>(const Grant&, const Grant&) = default;
  };
  std::string id, name;
  std::vector<Grant> grants;
  bool operator==(const StoredPerson&) const = default;
};

/// A value of a parameter at a scope. `sop` empty: of every SOP.
struct StoredParameter {
  std::string sop, name, scope;
  std::string value;  ///< canonical JSON
};

struct StoredCalendar {
  std::string name, scope;
  std::string body;  ///< canonical JSON
};

}  // namespace v0
}  // namespace aesop
