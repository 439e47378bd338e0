// How an engine is opened, and what its calls take and give. Part engine.
#pragma once

#include "aesop/base/ports.hpp"
#include "aesop/base/result.hpp"
#include "aesop/run/command.hpp"
#include "aesop/run/facts.hpp"
#include "aesop/run/gate_report.hpp"
#include "aesop/store/sqlite.hpp"
#include "aesop/value/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

struct EngineOptions {
  bool create = true;      ///< make the store when it is not there
  bool exclusive = false;  ///< StoreMode::exclusive: one process, faster
  bool read_only = false;
  SqliteOptions sqlite =
      {};  ///< the rest of how the file is opened; create, mode and read_only are taken from above
  /// Zones, patterns, letters, hashes; default_ports() when null. Kept alive by the host.
  const Ports* ports = nullptr;
  /// Who holds which role, instead of the people registered in the store. Kept alive by the host.
  const DirectoryView* directory = nullptr;
  RunLimits limits = {};
  std::size_t cached_runs = 20'000;   ///< states kept decoded, also in a batch
  std::uint32_t effect_attempts = 8;  ///< failures after which an effect is dead
  /// Leases that ran out without a word after which it is dead too: it may be what its workers die of.
  std::uint32_t effect_leases = 8;
  std::int64_t effect_pause =
      60'000'000;  ///< microseconds before a failed effect is handed out again, doubling
};

/// What verify_log looks at beside the chain of the log.
struct VerifyOptions {
  /// Replay every run, and compare its state, timers and work items with what is stored; compare people, parameters,
  /// calendars and the library with the entries that made them.
  bool deep = false;
  /// Have the store check the structure of its whole file. Reads everything at one moment: a writer of a store with a
  /// rollback journal waits that long.
  bool file = false;
};

/// What every typed call says of who asks, when and what for; see Command.
struct Request {
  std::string command_id =
      {};           ///< names the request for ever; repeat with the same one when the outcome is unknown
  Instant at = {};  ///< now, as the host says
  Actor actor = {};
  std::string run = {};  ///< of start: the id the run shall have; empty: derived
  std::optional<std::uint64_t> expected_revision = {};
  std::optional<Instant> occurred_at = {};
};

/// The answer to a command: what came of it, or why it was refused. A refusal is stored like any other
/// answer.
struct Answer {
  Value value = {};  ///< the "ok" or the "rejected" object of the JSON answer
  bool accepted = true;

  std::string_view reason() const { return accepted ? std::string_view() : value.get("reason").as_string(); }
};

/// A run whose due timers could not be fired. It is left as it is and tried again by the next advance.
struct StuckRun {
  std::string run = {};
  Error error;
};

/// What `advance` did.
struct Advanced {
  std::size_t fired = 0;
  bool more = false;                 ///< timers are still due: call again
  std::vector<StuckRun> stuck = {};  ///< runs passed over, in the order they were met
};

/// Whether an act may go ahead (a gate of an SOP), and a receipt of the answer.
struct GateVerdict {
  std::string verdict = {};  ///< block, warn or pass
  /// {gate, verdict, blocked, warned, failures, applied} (gate_to_value) and {at, sop, version, the three hashes below}
  Value report = {};
  std::string rules_hash = {};  ///< content hash of the SOP, hexadecimal
  std::string facts_hash = {};  ///< SHA-256 of the facts' canonical JSON
  std::string receipt =
      {};  ///< SHA-256 of the canonical JSON of {approved?, at, facts, gate, rules, verdict}

  bool blocks() const { return verdict == "block"; }
};

}  // namespace v0
}  // namespace aesop
