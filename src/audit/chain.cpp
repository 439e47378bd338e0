// The walk that verifies the hash chain.
#include "aesop/audit/chain.hpp"

namespace aesop {
inline namespace v0 {

namespace {

/// Marks, among revisions, the seq of an entry that is no event: no revision is that great.
constexpr std::uint64_t beside_revisions = std::uint64_t{1} << 63;

}  // namespace

ChainVerifier::ChainVerifier(const LogId& log_id) : log_id_(log_id) { report_.head = chain_start(log_id); }

bool ChainVerifier::bad(std::uint64_t seq, std::string_view reason) {
  report_.first_bad = seq;
  report_.reason = reason;
  return false;
}

/// Whether the columns by which an entry is found say what its header says. They are not hashed: an event filed under
/// another run would be missing from its own history.
bool ChainVerifier::filed_well(const StoredEntry& entry) {
  const LogRecord& record = last_;
  if (entry.run_seq != record.run_seq)
    return bad(entry.seq, "it is filed under another revision than its header says");
  const auto known = runs_.find(record.run);
  if (record.run_seq == 0) {
    // A run may have been refused before there was a run of that id.
    const std::int64_t number = known == runs_.end() ? 0 : known->second.first;
    if (entry.run != number) return bad(entry.seq, "it is filed under another run than its header says");
    return true;
  }
  if (entry.run <= 0 || record.run.empty()) return bad(entry.seq, "it is an event and filed under no run");
  if (known == runs_.end()) {
    if (record.run_seq != 1 || !numbers_.insert(entry.run).second)
      return bad(entry.seq, "it is filed under another run than its header says");
    runs_.emplace(record.run, std::pair(entry.run, record.run_seq));
    return true;
  }
  if (known->second.first != entry.run)
    return bad(entry.seq, "it is filed under another run than its header says");
  if (record.run_seq != known->second.second + 1)
    return bad(entry.seq, "its run lacks the revision before it");
  known->second.second = record.run_seq;
  return true;
}

void ChainVerifier::explain(std::string_view run, const std::vector<std::uint64_t>& revisions) {
  const auto erased = erased_.find(run);
  if (erased == erased_.end()) return;
  const std::size_t before = erased->second.size();
  if (revisions.empty()) {
    erased->second.clear();
  } else {
    for (const std::uint64_t revision : revisions) erased->second.erase(revision);
  }
  const std::uint64_t explained = before - erased->second.size();
  report_.payloads_unexplained -= explained;
  report_.payloads_erased += explained;
}

bool ChainVerifier::feed(const StoredEntry& entry) {
  if (!report_.ok()) return false;
  const std::uint64_t expected = report_.entries + 1;
  if (entry.seq != expected) return bad(expected, "the entry is missing: the sequence has a gap");
  auto decoded = decode_record(entry.header);
  if (!decoded) return bad(expected, decoded.error().message);
  last_ = decoded.take();
  const LogRecord* const record = &last_;
  if (record->seq != expected) return bad(expected, "the header names another sequence number");
  if (record->log_id != log_id_) return bad(expected, "the header names another log");
  if (record->previous != report_.head)
    return bad(expected, "the header does not follow from the entry before");
  const Hash leaf = leaf_hash(entry.header);
  if (entry.leaf != as_view(leaf)) return bad(expected, "the stored leaf is not the hash of the header");

  if (!filed_well(entry)) return false;

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
      ++report_.payloads_unexplained;
      erased_[record->run].insert(record->run_seq != 0 ? record->run_seq : beside_revisions | expected);
      break;
    case PayloadState::absent:
      if (!committed) break;
      ++report_.payloads_absent;
      return bad(expected, "its payload is gone, and nothing says that it was erased");
  }
  report_.entries = expected;
  report_.head = leaf;
  return true;
}

}  // namespace v0
}  // namespace aesop
