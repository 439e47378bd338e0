// Log records: the layout is frozen, and decoding accepts nothing but what encoding gives.
#include "aesop/audit/record.hpp"

#include "catch.hpp"

using namespace aesop;

namespace {

LogRecord sample() {
  LogRecord record;
  for (std::size_t i = 0; i < record.log_id.size(); ++i) record.log_id[i] = static_cast<std::uint8_t>(i);
  record.seq = 7;
  record.previous.fill(0xAB);
  record.at = 1'700'000'000'000'000;
  record.occurred_at = 1'699'999'999'000'000;
  record.kind = RecordKind::event;
  record.type = "step_completed";
  record.type_version = 2;
  record.recorded = record.at + 1;
  record.run = "r_1";
  record.run_seq = 3;
  record.command_id = "c-1";
  record.actor = "ann";
  record.roles = {"biller", "lead"};
  record.scope = "org/east/c1";
  record.control = std::string("\x00\x01\xff", 3);
  record.commitment.fill(0xCD);
  return record;
}

}  // namespace

TEST_CASE("record: a header gives back the record", "[audit]") {
  LogRecord record = sample();
  auto decoded = decode_record(encode_record(record));
  REQUIRE(decoded.ok());
  CHECK(*decoded == record);
  record.occurred_at.reset();
  record.roles.clear();
  record.commitment = no_commitment;
  record.kind = RecordKind::library;
  decoded = decode_record(encode_record(record));
  REQUIRE(decoded.ok());
  CHECK(*decoded == record);
}

namespace {

std::string layout(const char* version, const char* recorded) {
  return cat(version, "000102030405060708090a0b0c0d0e0f0000000000000007",
             "abababababababababababababababababababababababababababababababab", "00060a24181e4000", recorded,
             "0100060a24180efdc0", "01", "0e737465705f636f6d706c65746564", "0002", "03725f31",
             "0000000000000003", "03632d31", "03616e6e", "02", "0662696c6c6572", "046c656164",
             "0b6f72672f656173742f6331", "030001ff",
             "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd");
}

}  // namespace

TEST_CASE("record: the layout of version 2 never changes", "[audit][golden]") {
  CHECK(to_hex(encode_record(sample())) == layout("02", "00060a24181e4001"));
}

TEST_CASE("record: a header of version 1 is read, and was recorded at its own time", "[audit][golden]") {
  const auto decoded = decode_record(from_hex(layout("01", "")).value());
  REQUIRE(decoded.ok());
  LogRecord expected = sample();
  expected.recorded = expected.at;
  CHECK(*decoded == expected);
}

TEST_CASE("record: a header cut anywhere, or with a byte more, is corrupt", "[audit]") {
  const std::string header = encode_record(sample());
  for (std::size_t size = 0; size < header.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(decode_record(std::string_view(header).substr(0, size)).ok());
  }
  CHECK_FALSE(decode_record(header + "x").ok());
}

TEST_CASE("record: a header of a later layout is refused as such", "[audit]") {
  std::string header = encode_record(sample());
  header[0] = 3;
  const auto decoded = decode_record(header);
  REQUIRE_FALSE(decoded.ok());
  CHECK(decoded.error().code == ErrorCode::unsupported_version);
}
