// One entry of the log as a binary header (record 0003). Part audit; uses base. Pure; safe from any thread.
//
// Layout, version 2, written with ByteWriter (integers big-endian, a text is a varint length and its bytes):
//   u8 version | 16 log id | u64 seq | 32 previous leaf | i64 at | i64 recorded | u8 has, i64 occurred_at | u8 kind |
//   text type | u16 type version | text run | u64 run_seq | text command id | text actor |
//   varint n, n texts roles | text scope | text control | 32 payload commitment
// Version 1, still read, had no `recorded`.
// (1) Released layouts never change; another layout is another version byte.
// (2) Hashes are over the bytes as stored. Nothing is ever written again in order to verify.
// (3) A header holds no personal data: that is the payload's, which may be erased.
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Names one log for ever; made from random bytes when the store is created.
using LogId = std::array<std::uint8_t, 16>;

enum class RecordKind : std::uint8_t {
  event = 1,           ///< something happened in a run
  refusal = 2,         ///< a command was refused; nothing happened in the run
  administration = 3,  ///< people, grants, parameters, calendars, erasures
  library = 4,         ///< an SOP was published
};

constexpr std::string_view to_string(RecordKind kind) {
  switch (kind) {
    case RecordKind::event:
      return "event";
    case RecordKind::refusal:
      return "refusal";
    case RecordKind::administration:
      return "administration";
    case RecordKind::library:
      return "library";
  }
  return "unknown";
}

/// All zero: the entry has no payload.
inline constexpr Hash no_commitment = {};

/// An entry of the log, decoded.
struct LogRecord {
  LogId log_id = {};
  std::uint64_t seq = 0;      ///< dense from 1
  Hash previous = {};         ///< leaf of seq - 1; SHA-256 of the log id for seq 1
  std::int64_t at = 0;        ///< microseconds UTC: the logical time of what happened
  std::int64_t recorded = 0;  ///< when the engine was told, as the host said; version 1: as `at`
  std::optional<std::int64_t> occurred_at;  ///< of a late fact
  RecordKind kind = RecordKind::event;
  std::string type;                ///< event type, reason of a refusal, or the administration's command
  std::uint16_t type_version = 1;  ///< of the control bytes
  std::string run;                 ///< empty when no run is concerned
  std::uint64_t run_seq = 0;       ///< 0 when it is no event of a run
  std::string command_id;
  std::string actor;
  std::vector<std::string> roles;  ///< in which the actor acted
  std::string scope;
  std::string control;              ///< bytes of the event's control fields
  Hash commitment = no_commitment;  ///< of the payload

  bool operator==(const LogRecord&) const = default;
};

inline constexpr std::uint8_t log_record_version = 2;

/// The header of a record: the bytes that are stored and hashed. Replaces what `out` holds.
inline void encode_record(const LogRecord& record, ByteWriter& out) {
  out.clear();
  out.u8(log_record_version);
  out.raw(record.log_id);
  out.u64(record.seq);
  out.raw(record.previous);
  out.i64(record.at);
  out.i64(record.recorded);
  out.boolean(record.occurred_at.has_value());
  out.i64(record.occurred_at.value_or(0));
  out.u8(static_cast<std::uint8_t>(record.kind));
  out.text(record.type);
  out.u16(record.type_version);
  out.text(record.run);
  out.u64(record.run_seq);
  out.text(record.command_id);
  out.text(record.actor);
  out.varint(record.roles.size());
  for (const std::string& role : record.roles) out.text(role);
  out.text(record.scope);
  out.text(record.control);
  out.raw(record.commitment);
}

inline std::string encode_record(const LogRecord& record) {
  ByteWriter out;
  encode_record(record, out);
  return out.take();
}

/// The record a header holds; `corrupt` unless it is wholly well formed with nothing after it,
/// `unsupported_version` when a later library wrote it.
inline Result<LogRecord> decode_record(std::string_view header) {
  ByteReader in(header);
  const std::uint8_t version = in.u8();
  if (!in.failed() && (version < 1 || version > log_record_version))
    return Error{ErrorCode::unsupported_version, "the log entry has a format this library does not know",
                 "use a newer version of the library"};
  LogRecord record;
  const std::string_view id = in.raw(record.log_id.size());
  if (!in.failed())
    for (std::size_t i = 0; i < record.log_id.size(); ++i)
      record.log_id[i] = static_cast<std::uint8_t>(id[i]);
  record.seq = in.u64();
  record.previous = in.hash();
  record.at = in.i64();
  record.recorded = version >= 2 ? in.i64() : record.at;
  const bool late = in.boolean();
  const std::int64_t occurred_at = in.i64();
  if (late) record.occurred_at = occurred_at;
  if (!late && occurred_at != 0) in.fail();
  const std::uint8_t kind = in.u8();
  if (!in.failed() && kind > static_cast<std::uint8_t>(RecordKind::library))
    return Error{ErrorCode::unsupported_version, "the log entry is of a kind this library does not know",
                 "use a newer version of the library"};
  if (kind == 0) in.fail();
  record.kind = static_cast<RecordKind>(kind);
  record.type = in.string();
  record.type_version = in.u16();
  record.run = in.string();
  record.run_seq = in.u64();
  record.command_id = in.string();
  record.actor = in.string();
  const std::size_t roles = in.count();
  for (std::size_t i = 0; i < roles && !in.failed(); ++i) record.roles.push_back(in.string());
  record.scope = in.string();
  record.control = in.string();
  record.commitment = in.hash();
  if (!in.done()) return Error{ErrorCode::corrupt, "the header of a log entry is malformed"};
  return record;
}

}  // namespace v0
}  // namespace aesop
