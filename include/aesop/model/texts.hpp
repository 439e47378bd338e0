// The small pieces of a Definition as they are written: ids, values, conditions, spans, moments, time phrases. Part model;
// definition.hpp is made of them. Plain values.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/calendar/span.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

/// An id or a text, and where it stands. Empty when the key is absent.
struct Text {
  std::string text = {};
  SourceRange where = {};

  bool empty() const { return text.empty(); }
};

/// A value: a literal, or FEEL when the JSON string began with a single "=".
struct ValueText {
  bool feel = false;
  Value literal = {};
  std::string text = {};   ///< the FEEL text, without "="
  SourceRange where = {};  ///< of the FEEL text inside the quotes, or of the literal
};

/// A field and the values it may have: one entry of `when: {field: value | [values]}`.
struct FieldTest {
  std::string field = {};
  std::vector<Value> any_of = {};
  SourceRange where = {};
};

/// A condition as written.
struct ConditionText {
  enum class Kind : std::uint8_t {
    always,   ///< no condition given
    feel,     ///< `text`
    literal,  ///< `literal`, a boolean
    fields    ///< every test of `fields` holds for the step's own form
  };
  Kind kind = Kind::always;
  std::string text = {};
  bool literal = true;
  std::vector<FieldTest> fields = {};
  SourceRange where = {};
};

/// A span as written: `48 hours`, `3 business days`, `P1D`, or `=FEEL` (a duration, or the name of a
/// parameter).
struct SpanText {
  std::optional<Span> span = {};
  std::string feel = {};  ///< set when `span` is not
  std::string text = {};  ///< as written
  SourceRange where = {};
  SourceRange feel_where = {};  ///< of `feel`

  bool given() const { return span.has_value() || !feel.empty(); }
};

/// A moment as written; what its name means is settled by the plan.
struct MomentText {
  enum class Kind : std::uint8_t { start, run_started, name, feel };
  Kind kind = Kind::start;
  /// Kind::name: `STEP.entered`, `STEP.completed`, an event, or FEEL of type date and time. Kind::feel: written
  /// with "=", FEEL and nothing else.
  std::string text = {};
  SourceRange where = {};
};

/// A time phrase as written (`due`, `after` of a wait).
struct TimePhraseText {
  enum class Kind : std::uint8_t {
    span,                 ///< `span` after or before `anchor`
    end_of_day,           ///< of the day of `anchor`
    end_of_business_day,  ///< of the day of `anchor`, or of the next business day when past `cut_off`
    feel                  ///< `=FEEL` alone, in `span.feel`: a date and time, or a span from start
  };
  Kind kind = Kind::span;
  SpanText span = {};
  bool before = false;
  MomentText anchor = {};
  std::optional<ValueText> cut_off = {};  ///< a string HH:MM
  std::string text = {};                  ///< as written
  SourceRange where = {};
};

/// What `suspend` does to a clock.
enum class PausePolicy : std::uint8_t { absolute, remaining, restart };

/// `due` of a step, a stage or a clock.
struct DueDefinition {
  TimePhraseText phrase = {};
  Text calendar = {};  ///< empty: the calendar of the step, else of the SOP
  PausePolicy pause = PausePolicy::absolute;
};

}  // namespace v0
}  // namespace aesop
