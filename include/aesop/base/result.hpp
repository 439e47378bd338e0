// Errors as values: Error, Result<T>, Status, and the one exception for those who prefer it. Part base.
// Handing an error on takes one line:  `if (!thing) return thing.take_error();`
#pragma once

#include "aesop/base/errors.hpp"
#include "aesop/base/source.hpp"

#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace aesop {
inline namespace v0 {

/// What went wrong, as a value. Never holds personal data: messages name fields, not their contents.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message = {};  ///< one sentence for people, lower case first letter, no full stop
  std::string help = {};     ///< what to do about it; may be empty
  SourceRange where = {};    ///< where in the text it lies, when there is a text
  std::string file = {};     ///< name of that text, when known
};

/// "[code] message (help)" on one line.
inline std::string to_string(const Error& error) {
  std::string out = cat('[', slug(error.code), "] ", error.message);
  if (!error.help.empty()) append(out, " (", error.help, ')');
  return out;
}

/// Thrown by Result::value() alone.
class Exception : public std::exception {
 public:
  explicit Exception(Error error)
      : error_(std::make_shared<const Error>(std::move(error))),
        text_(std::make_shared<const std::string>(to_string(*error_))) {}
  const char* what() const noexcept override { return text_->c_str(); }
  const Error& error() const noexcept { return *error_; }
  ErrorCode code() const noexcept { return error_->code; }

 private:
  std::shared_ptr<const Error> error_;  // shared: copying an exception must not throw
  std::shared_ptr<const std::string> text_;
};

template <class T>
class Result;

namespace detail {
template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;
}  // namespace detail

/// A T or an Error. Move-only. Reading the value of a failed Result by * or -> is undefined; by value() it
/// throws Exception.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(Error error) : error_(std::make_unique<Error>(std::move(error))) {}  // NOLINT: implicit by design
  template <class U = T>
  requires(std::is_convertible_v<U&&, T> && !std::same_as<std::remove_cvref_t<U>, Error> &&
           !std::same_as<std::remove_cvref_t<U>, Result>) Result(U&& value)
      : value_(std::forward<U>(value)) {}  // NOLINT: implicit by design

  bool ok() const noexcept { return error_ == nullptr; }
  explicit operator bool() const noexcept { return ok(); }

  T& operator*() & noexcept { return *value_; }
  const T& operator*() const& noexcept { return *value_; }
  T&& operator*() && noexcept { return std::move(*value_); }
  T* operator->() noexcept { return &*value_; }
  const T* operator->() const noexcept { return &*value_; }

  /// The value, or Exception thrown.
  T& value() & {
    demand();
    return *value_;
  }
  const T& value() const& {
    demand();
    return *value_;
  }
  /// By value, so that `for (auto& x : call().value())` outlives the Result.
  T value() && {
    demand();
    return std::move(*value_);
  }

  T value_or(T other) const& { return ok() ? *value_ : std::move(other); }
  T value_or(T other) && { return ok() ? std::move(*value_) : std::move(other); }

  /// Moves the value out; only when ok().
  T take() { return std::move(*value_); }

  /// The error; only when !ok().
  const Error& error() const noexcept { return *error_; }
  Error& error() noexcept { return *error_; }
  /// Moves the error out, to be returned as another Result; only when !ok().
  Error take_error() { return std::move(*error_); }

 private:
  void demand() const {
    if (!ok()) throw Exception(*error_);
  }

  std::optional<T> value_;
  std::unique_ptr<Error> error_;
};

/// Success or an Error. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::make_unique<Error>(std::move(error))) {}  // NOLINT: implicit by design

  bool ok() const noexcept { return error_ == nullptr; }
  explicit operator bool() const noexcept { return ok(); }
  void value() const {
    if (!ok()) throw Exception(*error_);
  }
  const Error& error() const noexcept { return *error_; }
  Error& error() noexcept { return *error_; }
  Error take_error() { return std::move(*error_); }

 private:
  std::unique_ptr<Error> error_;
};

using Status = Result<void>;

}  // namespace v0
}  // namespace aesop
