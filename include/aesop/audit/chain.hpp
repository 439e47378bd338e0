// The hash chain of the log: its first link, and the walk that verifies it. Part audit; uses record and hash.
// A ChainVerifier is for one thread at a time.
//
// The walk finds any change, removal, insertion or reordering of entries that leaves the rest as it was, payloads that
// are gone, and entries that are filed under another run or revision than their header says. It does not find a log
// that was rewritten as a whole with new hashes, nor one whose tail was cut off: only a copy of the head kept
// elsewhere does. report().head is what to keep.
#pragma once

#include "aesop/audit/hash.hpp"
#include "aesop/audit/record.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  std::int64_t run = 0;       ///< number of the run it is filed under; 0: none
  std::uint64_t run_seq = 0;  ///< its revision there; 0: it is no event of the run
  std::string_view header = {};
  std::string_view leaf = {};
  PayloadState payload = PayloadState::absent;
  std::string_view salt = {};
  std::string_view body = {};
};

struct VerifyReport {
  std::uint64_t entries = 0;  ///< entries that are good, from the first on
  /// seq of the first bad entry; nothing after it was looked at. Absent when all is well, and when what is bad is no
  /// entry but what the store holds beside the log.
  std::optional<std::uint64_t> first_bad;
  std::string reason;                  ///< what is bad, one sentence; empty when all is well
  std::uint64_t payloads_present = 0;  ///< payloads that match their commitment
  std::uint64_t payloads_erased = 0;   ///< commitments whose payload was erased, as an entry of the log says
  std::uint64_t payloads_absent = 0;   ///< commitments whose payload is not there; the first of them is bad
  /// Commitments whose payload is marked as erased though no entry says who had it erased.
  std::uint64_t payloads_unexplained = 0;
  std::uint64_t runs = 0;  ///< runs whose state was compared with their events
  Hash head = {};          ///< leaf of the last good entry; chain_start of an empty log

  bool ok() const { return reason.empty(); }
};

/// Walks a log from seq 1. Feed every entry in order of seq, then read the report.
class ChainVerifier {
 public:
  explicit ChainVerifier(const LogId& log_id);

  /// Looks at the next entry; false once something is bad, and then nothing more is looked at.
  bool feed(const StoredEntry& entry);

  /// The entry fed last, decoded; when it was good.
  const LogRecord& last() const { return last_; }

  /// The entry fed last says that payloads of a run were erased: those of `revisions`, or all before it when that is
  /// empty. What the store marks as erased without such an entry stays unexplained.
  void explain(std::string_view run, const std::vector<std::uint64_t>& revisions);

  /// Number and last revision of every run there are events of, by its id.
  const std::map<std::string, std::pair<std::int64_t, std::uint64_t>, std::less<>>& runs() const {
    return runs_;
  }

  const VerifyReport& report() const { return report_; }

 private:
  bool bad(std::uint64_t seq, std::string_view reason);
  bool filed_well(const StoredEntry& entry);

  LogId log_id_;
  VerifyReport report_;
  LogRecord last_;
  std::map<std::string, std::pair<std::int64_t, std::uint64_t>, std::less<>> runs_;
  std::set<std::int64_t> numbers_;
  std::map<std::string, std::set<std::uint64_t>, std::less<>>
      erased_;  // by run, the revisions nobody explained yet
};

}  // namespace v0
}  // namespace aesop
