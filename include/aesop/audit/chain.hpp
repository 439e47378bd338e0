// The hash chain of the log: its first link, and the walk that verifies it. Part audit; uses record and hash.
// A ChainVerifier is for one thread at a time.
//
// The walk finds any change, removal, insertion or reordering of entries that leaves the rest as it was. It
// does not find a log that was rewritten as a whole with new hashes, nor one whose tail was cut off: only a
// copy of the head kept elsewhere does. report().head is what to keep.
#pragma once

#include "aesop/audit/hash.hpp"
#include "aesop/audit/record.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// The "previous leaf" of the first entry: SHA-256 of the log id.
inline Hash chain_start(const LogId& log_id) { return sha256(as_view(log_id)); }

/// What the store holds of an entry's payload.
enum class PayloadState : std::uint8_t {
  absent,   ///< no row
  erased,   ///< a row that says so, without salt and body
  present,  ///< salt and body
};

/// An entry as it lies in the store.
struct StoredEntry {
  std::uint64_t seq = 0;
  std::string_view header = {};
  std::string_view leaf = {};
  PayloadState payload = PayloadState::absent;
  std::string_view salt = {};
  std::string_view body = {};
};

struct VerifyReport {
  std::uint64_t entries = 0;               ///< entries that are good, from the first on
  std::optional<std::uint64_t> first_bad;  ///< seq of the first bad entry; nothing after it was looked at
  std::string reason;                      ///< why it is bad, one sentence
  std::uint64_t payloads_present = 0;      ///< payloads that match their commitment
  std::uint64_t payloads_erased = 0;       ///< commitments whose payload was erased, as the store records
  std::uint64_t payloads_absent = 0;       ///< commitments whose payload row is not there
  Hash head = {};                          ///< leaf of the last good entry; chain_start of an empty log

  bool ok() const { return !first_bad.has_value(); }
};

/// Walks a log from seq 1. Feed every entry in order of seq, then read the report.
class ChainVerifier {
 public:
  explicit ChainVerifier(const LogId& log_id);

  /// Looks at the next entry; false once something is bad, and then nothing more is looked at.
  bool feed(const StoredEntry& entry);

  const VerifyReport& report() const { return report_; }

 private:
  bool bad(std::uint64_t seq, std::string_view reason);

  LogId log_id_;
  VerifyReport report_;
};

}  // namespace v0
}  // namespace aesop
