// The commands of the whole store as they are read from JSON: one described struct each. Internal to engine; those
// of a run are in run/command.hpp.
#pragma once

#include "engine/ingest.hpp"

#include "aesop/base/civil.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

struct GrantText {
  std::string role = {};
  std::optional<std::string> scope = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("role", s.role);
    f("scope", s.scope);
  }
};

// --- what writes ---

struct PublishVerb {
  std::string text = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("text", s.text);
  }
};
struct PutPersonVerb {
  std::string person = {};
  std::optional<std::string> name = {};
  std::vector<GrantText> grants = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("person", s.person);
    f("name", s.name);
    f("grants", s.grants);
  }
};
struct RemovePersonVerb {
  std::string person = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("person", s.person);
  }
};
struct SetParameterVerb {
  std::optional<std::string> sop = {};
  std::string name = {};
  std::optional<std::string> scope = {};
  Value value = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("name", s.name);
    f("scope", s.scope);
    f("value", s.value);
  }
};
struct PutCalendarVerb {
  std::string name = {};
  std::optional<std::string> scope = {};
  Value calendar = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("name", s.name);
    f("scope", s.scope);
    f("calendar", s.calendar);
  }
};
struct EraseVerb {
  std::string run = {}, reason = {};
  std::vector<std::uint64_t> revisions = {};  ///< empty: all
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("reason", s.reason);
    f("revisions", s.revisions);
  }
};
struct IngestVerb {
  std::string feed = {}, cursor = {};
  std::optional<std::string> after = {};
  std::vector<IngestedEvent> events = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("feed", s.feed);
    f("cursor", s.cursor);
    f("after", s.after);
    f("events", s.events);
  }
};
struct AckVerb {
  std::string effect = {};
  bool ok = false;
  std::optional<std::string> error = {};
  std::optional<std::uint32_t> attempt = {};  ///< the lease: `attempts` as it was handed out
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("effect", s.effect);
    f("ok", s.ok);
    f("error", s.error);
    f("attempt", s.attempt);
  }
};
struct AdvanceVerb {
  Instant to = {};
  std::optional<std::uint32_t> limit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("to", s.to);
    f("limit", s.limit);
  }
};
struct OutboxVerb {
  std::optional<std::uint32_t> limit = {};
  Value lease = {};  ///< seconds, or a span such as "5 minutes"; absent: only look
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("limit", s.limit);
    f("lease", s.lease);
  }
};

/// What a gate answered, to be kept: the answer's members as it gave them. Those that no receipt holds are ignored.
struct RecordGateVerb {
  std::optional<std::string> subject = {}, run = {};
  Value receipt = {};  ///< the answer of the gate
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("subject", s.subject);
    f("run", s.run);
    f("receipt", s.receipt);
  }
};

// --- what reads ---

struct TasksVerb {
  std::optional<std::string> role = {}, person = {}, scope = {}, run = {};
  std::optional<std::uint32_t> limit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("role", s.role);
    f("person", s.person);
    f("scope", s.scope);
    f("run", s.run);
    f("limit", s.limit);
  }
};
struct RunVerb {
  std::string run = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
  }
};
struct EventsVerb {
  std::optional<std::string> run = {};
  std::optional<std::uint64_t> after = {};
  std::optional<std::uint32_t> limit = {};
  std::vector<std::string> kinds = {};  ///< empty: events of a run, everything of the whole log
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("after", s.after);
    f("limit", s.limit);
    f("kinds", s.kinds);
  }
};
struct WhyVerb {
  std::string run = {};
  std::optional<std::string> step = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("step", s.step);
  }
};
struct RunsVerb {
  std::optional<std::string> status = {}, sop = {}, scope = {}, subject = {}, key = {};
  std::optional<std::uint64_t> after = {};
  std::optional<std::uint32_t> limit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("status", s.status);
    f("sop", s.sop);
    f("scope", s.scope);
    f("subject", s.subject);
    f("key", s.key);
    f("after", s.after);
    f("limit", s.limit);
  }
};
struct TimersVerb {
  std::optional<std::string> run = {};
  std::optional<Instant> until = {};
  std::optional<std::uint32_t> limit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("until", s.until);
    f("limit", s.limit);
  }
};
struct GateVerb {
  std::optional<std::string> sop = {}, text = {}, gate = {}, scope = {};
  Value facts = {};
  std::vector<std::string> approved = {};  ///< exception policies that count as approved
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("text", s.text);
    f("gate", s.gate);
    f("scope", s.scope);
    f("facts", s.facts);
    f("approved", s.approved);
  }
};
struct EvaluateVerb {
  std::string feel = {};
  Value context = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("feel", s.feel);
    f("context", s.context);
  }
};
struct VerifyVerb {
  bool deep = false;  ///< replay every run and compare
  bool file = false;  ///< have SQLite check its file
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("deep", s.deep);
    f("file", s.file);
  }
};
/// What every measuring command asks of: an SOP's runs, a span of time, a scope.
struct MeasureOf {
  std::optional<std::string> sop = {}, version = {};
  std::optional<std::string> from = {}, until = {};  ///< instants, or dates in the SOP's zone
  std::optional<std::string> scope = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("version", s.version);
    f("from", s.from);
    f("until", s.until);
    f("scope", s.scope);
  }
};
struct KpisVerb {
  MeasureOf of = {};
  std::optional<std::string> by = {};  ///< week, month
  bool lineage = false;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    MeasureOf::fields(s.of, f);
    f("by", s.by);
    f("lineage", s.lineage);
  }
};
struct CountsVerb {
  MeasureOf of = {};
  std::string moment = {}, field = {};
  std::optional<std::string> amount = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    MeasureOf::fields(s.of, f);
    f("moment", s.moment);
    f("field", s.field);
    f("amount", s.amount);
  }
};
struct SopVerb {
  std::string sop = {};
  std::optional<std::string> version = {};  ///< absent: the one published last
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("version", s.version);
  }
};
struct PlainVerb {  ///< people, parameters, sops, feeds
  template <class S, class F>
  static void fields(S&, F&&) {}
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
