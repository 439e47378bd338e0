// The walk over the chain: what it finds, what it counts, and what it cannot find.
#include "aesop/audit/chain.hpp"

#include "catch.hpp"

#include <string>
#include <vector>

using namespace aesop;

namespace {

struct Entry {
  std::uint64_t seq = 0;
  std::int64_t run = 1;
  std::uint64_t run_seq = 0;
  std::string header, leaf;
  PayloadState payload = PayloadState::absent;
  std::string salt, body;
};

const LogId log_id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// A log of `count` entries; every second one has a payload.
std::vector<Entry> make_log(std::size_t count, std::string_view actor = "ann", const LogId& id = log_id) {
  RandomPool random;
  std::vector<Entry> log;
  Hash previous = chain_start(id);
  for (std::uint64_t seq = 1; seq <= count; ++seq) {
    Entry entry;
    LogRecord record;
    record.log_id = id;
    record.seq = entry.seq = seq;
    record.previous = previous;
    record.at = static_cast<std::int64_t>(1000 + seq);
    record.type = "step_completed";
    record.run = "r_1";
    record.run_seq = entry.run_seq = seq;
    record.command_id = cat("c", seq);
    record.actor = actor;
    record.roles = {"biller"};
    record.control = "control bytes";
    if (seq % 2 == 0) {
      entry.payload = PayloadState::present;
      entry.salt = random.take(salt_size);
      entry.body = cat("{\"note\":", seq, "}");
      record.commitment = payload_commitment(entry.salt, entry.body);
    }
    entry.header = encode_record(record);
    previous = leaf_hash(entry.header);
    entry.leaf = as_view(previous);
    log.push_back(std::move(entry));
  }
  return log;
}

VerifyReport walk(const std::vector<Entry>& log) {
  ChainVerifier verifier(log_id);
  for (const Entry& entry : log)
    verifier.feed({entry.seq, entry.run, entry.run_seq, entry.header, entry.leaf, entry.payload, entry.salt,
                   entry.body});
  return verifier.report();
}

}  // namespace

TEST_CASE("chain: an untouched log verifies, and says what payloads it holds", "[audit]") {
  auto log = make_log(50);
  VerifyReport report = walk(log);
  CHECK(report.ok());
  CHECK(report.entries == 50);
  CHECK(report.payloads_present == 25);
  CHECK(as_view(report.head) == log.back().leaf);

  SECTION("a payload whose row is gone is bad, at its entry") {
    log[3].payload = PayloadState::absent;
    report = walk(log);
    CHECK(report.first_bad == 4u);
    CHECK(report.payloads_absent == 1);
  }
  SECTION("an erased payload leaves the chain valid, and is unexplained until an entry explains it") {
    log[1].payload = PayloadState::erased;
    log[3].payload = PayloadState::erased;
    report = walk(log);
    CHECK(report.ok());
    CHECK(report.payloads_unexplained == 2);
    CHECK(report.payloads_erased == 0);
    CHECK(report.payloads_present == 23);

    for (const auto& [revisions, explained] :
         {std::pair(std::vector<std::uint64_t>{4}, 1u), std::pair(std::vector<std::uint64_t>{}, 2u)}) {
      ChainVerifier verifier(log_id);
      for (const Entry& entry : log)
        verifier.feed({entry.seq, entry.run, entry.run_seq, entry.header, entry.leaf, entry.payload,
                       entry.salt, entry.body});
      verifier.explain("another", {});
      CHECK(verifier.report().payloads_erased == 0);
      verifier.explain("r_1", revisions);
      CHECK(verifier.report().payloads_erased == explained);
      CHECK(verifier.report().payloads_unexplained == 2 - explained);
    }
  }
}

TEST_CASE("chain: an entry filed under another run or revision than its header says is found", "[audit]") {
  auto log = make_log(10);
  SECTION("another revision") { log[4].run_seq = 50; }
  SECTION("another run") { log[4].run = 2; }
  SECTION("no run") { log[4].run = 0; }
  SECTION("no event") { log[4].run_seq = 0; }
  CHECK(walk(log).first_bad == 5u);
}

TEST_CASE("chain: an empty log verifies and its head is the hash of the log id", "[audit]") {
  const VerifyReport report = walk({});
  CHECK(report.ok());
  CHECK(report.entries == 0);
  CHECK(report.head == sha256(as_view(log_id)));
}

TEST_CASE(
    "R46: chain: each byte of header, salt, payload and leaf of 50 entries flipped is found, at its entry",
    "[audit]") {
  auto log = make_log(50);
  std::size_t flips = 0;
  for (std::size_t i = 0; i < log.size(); ++i) {
    for (std::string* field : {&log[i].header, &log[i].leaf, &log[i].salt, &log[i].body}) {
      for (std::size_t at = 0; at < field->size(); ++at) {
        for (const char bit : {char(1), char(0x80)}) {
          (*field)[at] = static_cast<char>((*field)[at] ^ bit);
          const VerifyReport report = walk(log);
          (*field)[at] = static_cast<char>((*field)[at] ^ bit);
          ++flips;
          if (report.first_bad != i + 1 || report.reason.empty()) {
            CAPTURE(i, at);
            FAIL("a flipped byte was not found at its entry");
          }
        }
      }
    }
  }
  CHECK(flips > 10000);
  CHECK(walk(log).ok());
}

TEST_CASE("R46: chain: removal, insertion, reordering and repetition are found at the first entry concerned",
          "[audit]") {
  auto log = make_log(10);
  SECTION("an entry is taken out") {
    log.erase(log.begin() + 4);
    CHECK(walk(log).first_bad == 5u);
  }
  SECTION("an entry is taken out and the rest numbered anew in the table") {
    log.erase(log.begin() + 4);
    for (std::size_t i = 0; i < log.size(); ++i) log[i].seq = i + 1;
    CHECK(walk(log).first_bad == 5u);
  }
  SECTION("two entries change places") {
    std::swap(log[2], log[3]);
    std::swap(log[2].seq, log[3].seq);
    CHECK(walk(log).first_bad == 3u);
  }
  SECTION("an entry is repeated") {
    log.insert(log.begin() + 3, log[2]);
    CHECK(walk(log).first_bad == 4u);
  }
  SECTION("entries of another log are spliced in") {
    auto other = make_log(10, "bob");
    log[6] = other[6];
    CHECK(walk(log).first_bad == 7u);
  }
  SECTION("a payload is put where the header commits to none") {
    log[0].payload = PayloadState::present;
    log[0].salt = std::string(salt_size, 's');
    CHECK(walk(log).first_bad == 1u);
  }
  SECTION("payloads of two entries change places") {
    std::swap(log[1].salt, log[3].salt);
    std::swap(log[1].body, log[3].body);
    CHECK(walk(log).first_bad == 2u);
  }
  SECTION("the whole log is of another store") { CHECK(walk(make_log(10, "ann", LogId{9})).first_bad == 1u); }
}

TEST_CASE("chain: a log rewritten as a whole is NOT found, nor a cut tail; a head kept elsewhere finds both",
          "[audit]") {
  const auto log = make_log(50);
  const Hash kept = walk(log).head;

  const VerifyReport rewritten = walk(make_log(50, "mallory"));
  CHECK(rewritten.ok());  // the limit of any chain whose keys and copies all lie in one place
  CHECK(rewritten.head != kept);

  const VerifyReport cut = walk({log.begin(), log.begin() + 40});
  CHECK(cut.ok());
  CHECK(cut.head != kept);
}
