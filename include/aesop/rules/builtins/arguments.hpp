// How named functions read their arguments: Arguments. Part rules; used by builtins/*.hpp.
// A list of one is taken for its element where an element is asked for, and an element for a list of one where a list
// is (DMN 1.5, 10.3.2.9.4). An argument of the wrong type is one diagnostic, and the call is null.
#pragma once

#include "aesop/rules/functions.hpp"
#include "aesop/rules/machine.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {

/// Elements, or nothing.
class Items {
 public:
  Items() = default;
  Items(std::span<const Value> items) : items_(items), good_(true) {}  // NOLINT: implicit
  explicit operator bool() const { return good_; }
  const std::span<const Value>& operator*() const { return items_; }
  const std::span<const Value>* operator->() const { return &items_; }

 private:
  std::span<const Value> items_;
  bool good_ = false;
};

class Arguments {
 public:
  explicit Arguments(const FunctionCall& call) : call_(call) {}

  std::size_t size() const { return call_.args.size(); }
  Machine& machine() const { return call_.machine; }
  const ZonePort* zones() const { return call_.machine.zones(); }
  SourceRange where() const { return call_.where; }
  std::uint32_t signature() const { return call_.signature; }

  /// The argument as it is; null when it was not given.
  const Value& raw(std::size_t i) const { return i < call_.args.size() ? call_.args[i] : nothing(); }
  /// The argument, out of a list of one.
  const Value& one(std::size_t i) const {
    const Value& value = raw(i);
    return value.is_list() && value.size() == 1 ? value.at(0) : value;
  }
  bool is_null(std::size_t i) const { return raw(i).is_null(); }

  std::optional<std::string_view> text(std::size_t i) const {
    if (one(i).is_string()) return one(i).as_string();
    wrong(i, "a string");
    return std::nullopt;
  }
  std::optional<Decimal> number(std::size_t i) const {
    if (one(i).is_number()) return one(i).as_decimal();
    wrong(i, "a number");
    return std::nullopt;
  }
  std::optional<std::int64_t> integer(std::size_t i) const {
    if (one(i).is_number() && one(i).as_decimal().is_integer())
      if (const auto value = one(i).as_decimal().to_int64()) return value;
    wrong(i, "a whole number");
    return std::nullopt;
  }
  /// The elements, or the argument itself as the only one. Nothing for null.
  Items list(std::size_t i) const {
    const Value& value = raw(i);
    if (value.is_list()) {
      if (!machine().charge(value.size())) return {};
      return value.items();
    }
    if (!value.is_null() && !value.is_erased()) return std::span<const Value>(&value, 1);
    wrong(i, "a list");
    return {};
  }
  /// sum([1, 2]) and sum(1, 2): the elements of the only argument, or all arguments.
  Items list_or_all() const {
    if (size() == 1) return list(0);
    if (!machine().charge(size())) return {};
    return call_.args;
  }
  const Value* context(std::size_t i) const {
    if (one(i).is_context()) return &one(i);
    wrong(i, "a context");
    return nullptr;
  }

  Value wrong(std::size_t i, std::string_view wanted) const {
    const Value& value = raw(i);
    return machine().fail(value.is_erased() ? DiagnosticCode::erased_value : DiagnosticCode::bad_argument,
                          where(), [&] {
                            return cat("argument ", i + 1, " is ", value.is_null() ? "" : "a ",
                                       to_string(value.kind()), ", not ", wanted);
                          });
  }
  Value bad(std::string_view sentence) const {
    return machine().fail(DiagnosticCode::bad_argument, where(), [&] { return std::string(sentence); });
  }
  Value number_or_null(const std::optional<Decimal>& value) const {
    if (value) return Value::number(*value);
    return machine().fail(DiagnosticCode::not_representable, where(),
                          [] { return "the result cannot be represented"; });
  }

 private:
  static const Value& nothing() {
    static const Value null;
    return null;
  }
  const FunctionCall& call_;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
