// The one door of every function: nothing leaves but a status. Part capi; body in guard.cpp.
// What a function does is a lambda that gives Result<aesop_status>; an error of it, or an exception, becomes the status and,
// where it is wanted, an aesop_error.
#pragma once

#include "handles.hpp"

#include "aesop/value/findings_value.hpp"
#include "aesop/value/value.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace aesop::capi {

using Outcome = Result<aesop_status>;

/// The most bytes of one text.
inline constexpr std::size_t text_limit = std::size_t{16} << 20;

struct TextObject final : Object {
  static constexpr Kind the_kind = Kind::text;
  explicit TextObject(std::string the_text) : Object(the_kind), text(std::move(the_text)) {}
  const std::string text;
};

struct ErrorObject final : Object {
  static constexpr Kind the_kind = Kind::error;
  ErrorObject(Error the_error, std::string the_json)
      : Object(the_kind), error(std::move(the_error)), json(std::move(the_json)) {}
  const Error error;
  const std::string json;
};

/// Thrown within a function where an error comes with findings.
struct Unsound {
  Error error;
  Value findings;
};

/// Gives the caller the error, when he wants it and memory allows; and its status.
aesop_status fail(aesop_error** err, Error error, const Value& findings = {}) noexcept;

template <class Body>
aesop_status guard(aesop_error** err, Body body) noexcept {
  if (err != nullptr) *err = nullptr;
  try {
    Outcome outcome = body();
    if (outcome) return *outcome;
    return fail(err, outcome.take_error());
  } catch (const std::bad_alloc&) {
  } catch (Unsound& unsound) {
    return fail(err, std::move(unsound.error), unsound.findings);
  } catch (const std::exception& problem) {
    try {
      return fail(err, Error{ErrorCode::internal, problem.what(), "please report it"});
    } catch (...) {
    }
  } catch (...) {
    try {
      return fail(
          err, Error{ErrorCode::internal, "an exception that is none of the library's", "please report it"});
    } catch (...) {
    }
  }
  return fail(err, Error{ErrorCode::out_of_memory});
}

// --- what comes in ---

/// The text of a parameter: invalid_argument, limit_exceeded, bad_utf8. `what` names the parameter.
Result<std::string_view> text_in(aesop_str str, std::string_view what);
/// The same, and not empty.
Result<std::string_view> some_text_in(aesop_str str, std::string_view what);
/// Any bytes.
Result<std::string_view> bytes_in(aesop_str str, std::string_view what);
/// JSON; null for the empty text.
Result<Value> json_in(aesop_str str, std::string_view what);
/// A JSON object; null for the empty text.
Result<Value> object_in(aesop_str str, std::string_view what);
/// A list of texts; empty for the empty text.
Result<std::vector<std::string>> texts_in(aesop_str str, std::string_view what);
/// A time that must be said, of the years 1 to 9999: those have a text in RFC 3339.
Result<Instant> time_in(std::int64_t time, std::string_view what);

/// A struct of the caller's, who may know an older or a newer form of it: what both know is copied, what he does not know is
/// zero. `first` is the size in the first version of the interface. invalid_argument for a smaller size, for one larger than
/// any struct will be, and where the caller has set something that this library does not know.
template <class Struct>
Result<Struct> struct_in(const Struct* given, std::size_t first, std::string_view what) {
  constexpr std::size_t most = 4096;
  std::uint32_t size = 0;
  std::memcpy(&size, given, sizeof size);
  if (size < first || size > most)
    return Error{ErrorCode::invalid_argument,
                 cat("the size of the ", what, " is ", size, "; it has at least ", first, " bytes"),
                 "set it up with its init function"};
  const auto* bytes = reinterpret_cast<const unsigned char*>(given);
  for (std::size_t i = sizeof(Struct); i < size; ++i)
    if (bytes[i] != 0)
      return Error{ErrorCode::invalid_argument,
                   cat("byte ", i, " of the ", what, " is set, and this library knows only ", sizeof(Struct)),
                   "a newer library is needed, or leave out what is new"};
  Struct out = {};
  std::memcpy(&out, given, std::min<std::size_t>(size, sizeof(Struct)));
  out.size = static_cast<std::uint32_t>(sizeof(Struct));
  return out;
}

// --- what goes out ---

/// The text, when it is wanted.
void give(aesop_text** out, std::string text);
/// The value as JSON; what has no JSON, such as a range, is its text.
std::string json_out(const Value& value);

/// Throws or hands on what `try_(result)` cannot: the error of a Result as this function's own.
#define AESOP_TRY(name, expression)                      \
  auto name##_result = (expression);                     \
  if (!name##_result) return name##_result.take_error(); \
  auto name = name##_result.take()

}  // namespace aesop::capi
