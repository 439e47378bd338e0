// The one door of every function: nothing leaves but a status. Part capi; body in guard.cpp.
// What a function does is a lambda that gives Result<aesop_status>; an error of it, or an exception, becomes the status and,
// where it is wanted, an aesop_error.
#pragma once

#include "handles.hpp"

#include "aesop/base/finding.hpp"
#include "aesop/value/value.hpp"

#include <algorithm>
#include <cstddef>
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

/// An option struct of the caller, whichever version of this library he was compiled for: `fallback` with the bytes that he
/// has. His `size` is at least `least`, that of version 0; bytes beyond what this library knows must be zero, since
/// they ask for what it does not have. invalid_argument otherwise, before anything else of the struct is read.
template <class T>
Result<T> struct_in(const T& given, std::size_t least, T fallback, std::string_view what,
                    std::string_view help) {
  constexpr std::size_t most =
      1024;  // what any version could need: a size that was never set reads no further
  const std::size_t size = given.size;
  if (size < least || size > most)
    return Error{ErrorCode::invalid_argument, cat(what, " has a size that it has in no version"),
                 std::string(help)};
  const auto* bytes = reinterpret_cast<const unsigned char*>(&given);
  for (std::size_t i = sizeof(T); i < size; ++i)
    if (bytes[i] != 0)
      return Error{ErrorCode::invalid_argument,
                   cat(what, " is of a newer version and asks for what this library does not know"),
                   "leave new members at 0, or use a newer library"};
  std::memcpy(&fallback, bytes, std::min(size, sizeof(T)));
  return fallback;
}

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
