// What the log says that is no event of a run: administration, the library, and commands that were refused. Part
// engine; depends on run and audit. Bodies in src/engine/entry.cpp. Pure; safe from any thread.
//
// (1) An entry is a header of the log (audit/record.hpp) whose `type` names one of the structs below and whose control
//     bytes are its fields in their order; a refusal's type is its reason. The payload, when there is one, holds what
//     may be erased, and is named at each struct.
// (2) Released structs only grow at their end, as those of events do (run/event.hpp (2)): a new member is said with the
//     version in which it came. tests/golden/events proves it.
// (3) Control holds ids, roles, scopes and codes, never names of people or free text.
#pragma once

#include "aesop/audit/record.hpp"
#include "aesop/base/result.hpp"
#include "aesop/run/fields.hpp"
#include "aesop/run/one_of.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A role a person holds, at a scope and below it.
struct EntryGrant {
  std::string role = {}, scope = {};
  friend bool operator==(const EntryGrant&, const EntryGrant&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("role", s.role);
    f("scope", s.scope);
  }
};

/// A person was registered; all grants before are replaced. payload: {name}.
struct PersonPut {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "person_put";
  static constexpr std::uint16_t version = 1;
  std::string person = {};
  std::vector<EntryGrant> grants = {};
  friend bool operator==(const PersonPut&, const PersonPut&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("person", s.person);
    f("grants", s.grants);
  }
};

/// A person and all his grants were removed.
struct PersonRemoved {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "person_removed";
  static constexpr std::uint16_t version = 1;
  std::string person = {};
  friend bool operator==(const PersonRemoved&, const PersonRemoved&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("person", s.person);
  }
};

/// A parameter has a value at a scope. payload: the value.
struct ParameterSet {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "parameter_set";
  static constexpr std::uint16_t version = 1;
  std::string sop = {};  ///< empty: of every SOP
  std::string parameter = {}, scope = {};
  friend bool operator==(const ParameterSet&, const ParameterSet&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("parameter", s.parameter);
    f("scope", s.scope);
  }
};

/// A calendar was put in place of the SOP's at a scope. payload: the calendar.
struct CalendarPut {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "calendar_put";
  static constexpr std::uint16_t version = 1;
  std::string calendar = {}, scope = {};
  friend bool operator==(const CalendarPut&, const CalendarPut&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("calendar", s.calendar);
    f("scope", s.scope);
  }
};

/// A feed moved on; what it brought are events of their runs.
struct FeedIngested {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "feed_ingested";
  static constexpr std::uint16_t version = 1;
  std::string feed = {}, cursor = {};
  std::uint64_t events = 0;  ///< how many the batch held
  friend bool operator==(const FeedIngested&, const FeedIngested&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("feed", s.feed);
    f("cursor", s.cursor);
    f("events", s.events);
  }
};

/// The host carried an effect out. Its id is `seq` (of the entry that caused it) and `index`.
struct EffectDone {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "effect_done";
  static constexpr std::uint16_t version = 1;
  std::uint64_t seq = 0;
  std::uint32_t index = 0;
  std::string key = {}, effect = {};  ///< `effect` is its kind: notify, service, ...
  friend bool operator==(const EffectDone&, const EffectDone&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("seq", s.seq);
    f("index", s.index);
    f("key", s.key);
    f("effect", s.effect);
  }
};

/// The host could not carry it out and is asked again later. payload: {error}.
struct EffectFailed : EffectDone {
  static constexpr std::string_view name = "effect_failed";
};

/// It failed so often that nobody is asked again; its run has an incident. payload: {error}.
struct EffectDead : EffectDone {
  static constexpr std::string_view name = "effect_dead";
};

/// Data of a run was erased. payload: {reason}.
struct PayloadsErased {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "payloads_erased";
  static constexpr std::uint16_t version = 1;
  std::string run = {};
  std::uint64_t payloads = 0;                 ///< how many were there and are not any more
  std::vector<std::uint64_t> revisions = {};  ///< which was asked for; empty: all
  friend bool operator==(const PayloadsErased&, const PayloadsErased&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("payloads", s.payloads);
    f("revisions", s.revisions);
  }
};

/// What a gate answered a host was handed in to be kept. No proof of its own that the host asked: the receipt binds
/// verdict, rules, facts and time to each other.
struct GateRecorded {
  static constexpr RecordKind kind = RecordKind::administration;
  static constexpr std::string_view name = "gate_recorded";
  static constexpr std::uint16_t version = 1;
  std::string sop = {}, sop_version = {}, gate = {};
  std::string subject = {};  ///< what it was about; may be empty when the entry names a run
  std::string verdict = {};  ///< block, warn or pass
  std::string facts_hash = {}, rules_hash = {}, receipt = {};
  Instant checked_at = {};
  std::vector<std::string> approved = {};              ///< exception policies that counted as approved
  std::vector<std::string> blocked = {}, warned = {};  ///< checks
  friend bool operator==(const GateRecorded&, const GateRecorded&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("sop_version", s.sop_version);
    f("gate", s.gate);
    f("subject", s.subject);
    f("verdict", s.verdict);
    f("facts_hash", s.facts_hash);
    f("rules_hash", s.rules_hash);
    f("receipt", s.receipt);
    f("checked_at", s.checked_at);
    f("approved", s.approved);
    f("blocked", s.blocked);
    f("warned", s.warned);
  }
};

/// A version of an SOP was published.
struct SopPublished {
  static constexpr RecordKind kind = RecordKind::library;
  static constexpr std::string_view name = "sop_published";
  static constexpr std::uint16_t version = 1;
  std::string sop = {}, sop_version = {}, hash = {};  ///< `hash`: of its content, hexadecimal
  friend bool operator==(const SopPublished&, const SopPublished&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("sop_version", s.sop_version);
    f("hash", s.hash);
  }
};

/// A command was refused. The entry's type is the reason.
struct CommandRefused {
  static constexpr RecordKind kind = RecordKind::refusal;
  static constexpr std::string_view name = "";
  static constexpr std::uint16_t version = 1;
  std::string command = {};  ///< its verb
  friend bool operator==(const CommandRefused&, const CommandRefused&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("command", s.command);
  }
};

/// Every one of them. The order is no format: the log stores names.
using EntryControl = OneOf<CommandRefused, PersonPut, PersonRemoved, ParameterSet, CalendarPut, FeedIngested,
                           EffectDone, EffectFailed, EffectDead, PayloadsErased, GateRecorded, SopPublished>;

/// The control bytes, as the log's header holds them.
std::string encode_entry(const EntryControl& control);
/// Reads control bytes back; `corrupt_event` when they do not fit the type, `unsupported_version` when the type or its
/// version is from a later library. An entry of kind event is not for this (decode_event).
Result<EntryControl> decode_entry(RecordKind kind, std::string_view type, std::uint16_t version,
                                  std::string_view control);
/// The fields as a context, in their order; texts and lists that are empty are left out.
Value entry_to_value(const EntryControl& control);

}  // namespace v0
}  // namespace aesop
