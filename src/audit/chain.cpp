// The walk that verifies the hash chain.
#include "aesop/audit/chain.hpp"

namespace aesop {
inline namespace v0 {

ChainVerifier::ChainVerifier(const LogId& log_id) : log_id_(log_id) { report_.head = chain_start(log_id); }

bool ChainVerifier::bad(std::uint64_t seq, std::string_view reason) {
  report_.first_bad = seq;
  report_.reason = reason;
  return false;
}

bool ChainVerifier::feed(const StoredEntry& entry) {
  if (!report_.ok()) return false;
  const std::uint64_t expected = report_.entries + 1;
  if (entry.seq != expected) return bad(expected, "the entry is missing: the sequence has a gap");
  const auto record = decode_record(entry.header);
  if (!record) return bad(expected, record.error().message);
  if (record->seq != expected) return bad(expected, "the header names another sequence number");
  if (record->log_id != log_id_) return bad(expected, "the header names another log");
  if (record->previous != report_.head)
    return bad(expected, "the header does not follow from the entry before");
  const Hash leaf = leaf_hash(entry.header);
  if (entry.leaf != as_view(leaf)) return bad(expected, "the stored leaf is not the hash of the header");

  const bool committed = record->commitment != no_commitment;
  switch (entry.payload) {
    case PayloadState::present:
      if (!committed) return bad(expected, "there is a payload though the header commits to none");
      if (entry.salt.size() != salt_size) return bad(expected, "the payload's salt has another length");
      if (payload_commitment(entry.salt, entry.body) != record->commitment)
        return bad(expected, "the payload does not match the header's commitment");
      ++report_.payloads_present;
      break;
    case PayloadState::erased:
      if (!committed) return bad(expected, "a payload is marked as erased though the header commits to none");
      ++report_.payloads_erased;
      break;
    case PayloadState::absent:
      if (committed) ++report_.payloads_absent;
      break;
  }
  report_.entries = expected;
  report_.head = leaf;
  return true;
}

}  // namespace v0
}  // namespace aesop
