// One description of a struct, many uses: the visitor every record of the run machine is written against.
// Part run; depends on base. Pure; safe from any thread.
//
// A described struct has
//     template <class S, class F> static void fields(S& s, F&& f) { f("token", s.token); f("by", s.by); }
// and is then written and read as bytes and as JSON (fields_codec.hpp), and documented, from that.
// (1) The order of the calls is the order of the bytes. A released member is never removed, moved or given another
//     type; a new one is said with the version in which it came, f("parent", s.parent, Since{2}), and is at its
//     default in what was written before. See event.hpp (2).
// (2) Member types: bool, integers, described enums, std::string, Instant, Value, std::optional, std::vector,
//     described structs, and pairs of std::string and Value.
// (3) An enum is described by EnumNames<E>::names, in the order of its numbers; numbers are permanent.
#pragma once

#include "aesop/base/civil.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Specialised for every enum that is recorded: `static constexpr std::string_view names[]`.
template <class E>
struct EnumNames;

/// The version in which a member of a released struct came.
struct Since {
  std::uint16_t version = 1;
};

namespace detail {
struct NoVisitor {
  template <class T>
  void operator()(std::string_view, T&, Since = {}) {}
};
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
}  // namespace detail

/// A struct with a static member `fields`.
template <class T>
concept Described = requires(T& t, detail::NoVisitor& f) {
  T::fields(t, f);
};

/// An enum with names.
template <class E>
concept Named = std::is_enum_v<E> && requires {
  EnumNames<E>::names[0];
};

/// The recorded name of a described enum's value, "in_progress"; "unknown" off the table.
template <Named E>
constexpr std::string_view name_of(E value) {
  const auto index = static_cast<std::size_t>(value);
  return index < std::size(EnumNames<E>::names) ? EnumNames<E>::names[index] : std::string_view("unknown");
}

/// The value of a recorded name.
template <Named E>
constexpr std::optional<E> from_name(std::string_view name) {
  for (std::size_t i = 0; i < std::size(EnumNames<E>::names); ++i)
    if (EnumNames<E>::names[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace v0
}  // namespace aesop
