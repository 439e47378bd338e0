// Described structs as bytes and as JSON. Part run; the two visitors of fields.hpp that everything recorded goes by.
// Reading JSON is strict: see command.hpp (2). Pure; safe from any thread.
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/civil_text.hpp"
#include "aesop/base/result.hpp"
#include "aesop/run/fields.hpp"
#include "aesop/run/value_codec.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// --- bytes ---------------------------------------------------------------------------------------------

template <class T>
void write_field(ByteWriter& out, const T& member);

struct BinaryOut {
  ByteWriter& out;
  template <class T>
  void operator()(std::string_view, const T& member, Since = {}) {
    write_field(out, member);
  }
};

template <class T>
void write_field(ByteWriter& out, const T& member) {
  if constexpr (std::is_same_v<T, bool>) {
    out.boolean(member);
  } else if constexpr (std::is_enum_v<T>) {
    out.u8(static_cast<std::uint8_t>(member));
  } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T>) {
    out.varint(member);
  } else if constexpr (std::is_integral_v<T>) {
    out.signed_varint(member);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.text(member);
  } else if constexpr (std::is_same_v<T, Instant>) {
    out.signed_varint(member.us);
  } else if constexpr (std::is_same_v<T, Value>) {
    write_value(out, member);
  } else if constexpr (is_optional<T>) {
    out.boolean(member.has_value());
    if (member) write_field(out, *member);
  } else if constexpr (is_vector<T>) {
    out.varint(member.size());
    for (const auto& item : member) write_field(out, item);
  } else if constexpr (std::is_same_v<T, std::pair<std::string, Value>>) {
    out.text(member.first);
    write_value(out, member.second);
  } else {
    static_assert(Described<T>);
    T::fields(member, BinaryOut{out});
  }
}

/// What is written with no version of its own (states) has every member.
inline constexpr std::uint16_t all_members = 0xFFFF;

template <class T>
void read_field(ByteReader& in, T& member, std::uint16_t version = all_members);

struct BinaryIn {
  ByteReader& in;
  std::uint16_t version = all_members;
  template <class T>
  void operator()(std::string_view, T& member, Since since = {}) {
    if (since.version <= version) read_field(in, member, version);
  }
};

template <class T>
void read_field(ByteReader& in, T& member, std::uint16_t version) {
  if constexpr (std::is_same_v<T, bool>) {
    member = in.boolean();
  } else if constexpr (std::is_enum_v<T>) {
    const std::uint8_t number = in.u8();
    if (number >= std::size(EnumNames<T>::names)) return in.fail();
    member = static_cast<T>(number);
  } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T>) {
    const std::uint64_t number = in.varint();
    if (number > std::numeric_limits<T>::max()) return in.fail();
    member = static_cast<T>(number);
  } else if constexpr (std::is_integral_v<T>) {
    const std::int64_t number = in.signed_varint();
    if (number > std::numeric_limits<T>::max() || number < std::numeric_limits<T>::min()) return in.fail();
    member = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, std::string>) {
    member = in.text();
  } else if constexpr (std::is_same_v<T, Instant>) {
    member.us = in.signed_varint();
  } else if constexpr (std::is_same_v<T, Value>) {
    member = read_value(in);
  } else if constexpr (is_optional<T>) {
    if (in.boolean()) read_field(in, member.emplace(), version);
  } else if constexpr (is_vector<T>) {
    const std::size_t count = in.count();
    member.clear();
    member.reserve(count);
    for (std::size_t i = 0; i < count && !in.failed(); ++i) read_field(in, member.emplace_back(), version);
  } else if constexpr (std::is_same_v<T, std::pair<std::string, Value>>) {
    member.first = in.text();
    member.second = read_value(in);
  } else {
    static_assert(Described<T>);
    T::fields(member, BinaryIn{in, version});
  }
}

// --- JSON ----------------------------------------------------------------------------------------------

template <class T>
Value field_to_value(const T& member);

// Leaves out what is absent: empty optionals always, and with `lean` texts and lists that are empty.
struct JsonOut {
  std::vector<Entry>& out;
  bool lean = true;
  template <class T>
  void operator()(std::string_view name, const T& member, Since = {}) {
    if constexpr (is_optional<T>) {
      if (!member) return;
    } else if constexpr (is_vector<T> || std::is_same_v<T, std::string>) {
      if (lean && member.empty()) return;
    } else if constexpr (std::is_same_v<T, Value>) {
      if (member.is_null()) return;
    }
    out.emplace_back(std::string(name), field_to_value(member));
  }
};

template <class T>
Value field_to_value(const T& member) {
  if constexpr (std::is_same_v<T, bool>) {
    return Value::boolean(member);
  } else if constexpr (std::is_enum_v<T>) {
    return Value::string(name_of(member));
  } else if constexpr (std::is_integral_v<T>) {
    return Value::number(static_cast<std::int64_t>(member));
  } else if constexpr (std::is_same_v<T, std::string>) {
    return Value::string(member);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return Value::string(to_string(member));
  } else if constexpr (std::is_same_v<T, Value>) {
    return member;
  } else if constexpr (is_optional<T>) {
    return member ? field_to_value(*member) : Value();
  } else if constexpr (std::is_same_v<T, std::vector<std::pair<std::string, Value>>>) {
    return Value::context(member);
  } else if constexpr (is_vector<T>) {
    std::vector<Value> items;
    items.reserve(member.size());
    for (const auto& item : member) items.push_back(field_to_value(item));
    return Value::list(std::move(items));
  } else {
    static_assert(Described<T>);
    std::vector<Entry> entries;
    T::fields(member, JsonOut{entries});
    return Value::context(std::move(entries));
  }
}

// Reads the entries of one context; what nobody asked for is found by finish().
class JsonIn {
 public:
  /// `lean`: texts that are missing are empty, as JsonOut leaves them out.
  JsonIn(const Value& context, std::string path, bool lean = false)
      : context_(context), path_(std::move(path)), lean_(lean) {}

  template <class T>
  void operator()(std::string_view name, T& member, Since since = {}) {
    known_.push_back(name);
    if (error_) return;
    const Value* value = context_.find(name);
    if (value == nullptr || (value->is_null() && !std::is_same_v<T, Value>)) {
      if constexpr (!is_optional<T> && !is_vector<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, Value>)
        if ((!lean_ || !std::is_same_v<T, std::string>)&&since.version <= 1)
          fail(cat(path_, " lacks \"", name, '"'), cat("add \"", name, "\": ", expected<T>()));
      return;
    }
    read(*value, member, cat(path_, '.', name));
  }

  /// Keys that belong to another reader of the same context.
  void ignore(std::string_view name) { known_.push_back(name); }
  void fail(std::string message, std::string help) {
    if (!error_) error_ = Error{ErrorCode::schema_error, std::move(message), std::move(help)};
  }
  Status finish() {
    if (!error_)
      for (const Entry& entry : context_.entries()) {
        bool known = entry.first.starts_with("x-");
        for (const std::string_view name : known_) known = known || name == entry.first;
        if (known) continue;
        const auto near = did_you_mean(entry.first, known_);
        fail(cat(path_, " has no key \"", printable(entry.first, 60), '"'),
             near ? cat("did you mean \"", *near, "\"?") : cat("known keys: ", join(known_, ", ")));
        break;
      }
    if (error_) return std::move(*error_);
    return {};
  }

 private:
  template <class T>
  static std::string expected() {
    if constexpr (std::is_same_v<T, bool>) {
      return "true or false";
    } else if constexpr (std::is_enum_v<T>) {
      return cat("one of ", join(EnumNames<T>::names, ", "));
    } else if constexpr (std::is_integral_v<T>) {
      return "a whole number";
    } else if constexpr (std::is_same_v<T, std::string>) {
      return "a string";
    } else if constexpr (std::is_same_v<T, Instant>) {
      return "a time such as \"2026-01-05T09:00:00Z\"";
    } else if constexpr (is_optional<T>) {
      return expected<typename T::value_type>();
    } else if constexpr (is_vector<T>) {
      return "a list";
    } else {
      return "an object";
    }
  }
  template <class T>
  void mismatch(const std::string& path) {
    fail(cat(path, " must be ", expected<T>()), {});
  }

  template <class T>
  void read(const Value& value, T& member, const std::string& path) {
    if constexpr (std::is_same_v<T, bool>) {
      if (!value.is_boolean()) return mismatch<T>(path);
      member = value.is_true();
    } else if constexpr (std::is_enum_v<T>) {
      const auto found = value.is_string() ? from_name<T>(value.as_string()) : std::nullopt;
      if (!found) return mismatch<T>(path);
      member = *found;
    } else if constexpr (std::is_integral_v<T>) {
      const auto number = value.is_number() ? value.as_decimal().to_int64() : std::nullopt;
      if (!number) return mismatch<T>(path);
      if constexpr (std::is_unsigned_v<T>) {
        if (*number < 0 || static_cast<std::uint64_t>(*number) > std::numeric_limits<T>::max())
          return mismatch<T>(path);
      } else if (*number > std::numeric_limits<T>::max() || *number < std::numeric_limits<T>::min()) {
        return mismatch<T>(path);
      }
      member = static_cast<T>(*number);
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (!value.is_string()) return mismatch<T>(path);
      member = value.as_string();
    } else if constexpr (std::is_same_v<T, Instant>) {
      if (!value.is_string()) return mismatch<T>(path);
      auto instant = parse_instant(value.as_string());
      if (!instant) return mismatch<T>(path);
      member = *instant;
    } else if constexpr (std::is_same_v<T, Value>) {
      member = value;
    } else if constexpr (is_optional<T>) {
      read(value, member.emplace(), path);
    } else if constexpr (std::is_same_v<T, std::vector<std::pair<std::string, Value>>>) {
      if (!value.is_context()) return mismatch<T>(path);
      member.assign(value.entries().begin(), value.entries().end());
    } else if constexpr (is_vector<T>) {
      if (!value.is_list()) return mismatch<T>(path);
      member.clear();
      for (const Value& item : value.items()) {
        read(item, member.emplace_back(), cat(path, '[', member.size(), ']'));
        if (error_) return;
      }
    } else {
      static_assert(Described<T>);
      if (!value.is_context()) return mismatch<T>(path);
      JsonIn inner(
          value, path, lean_ || requires { T::lean; });
      T::fields(member, inner);
      if (Status done = inner.finish(); !done) error_ = done.take_error();
    }
  }

  const Value& context_;
  std::string path_;
  bool lean_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

}  // namespace detail

/// The JSON form of a described struct; what is absent, empty or false is left out.
template <Described T>
Value to_value(const T& record) {
  return detail::field_to_value(record);
}

/// Reads a described struct from a context; schema_error, with a help, for anything that does not fit. `what` names
/// it in messages. Keys in `ignored` are left to other readers.
template <Described T>
Result<T> from_value(const Value& value, std::string_view what,
                     const std::vector<std::string_view>& ignored = {}, bool lean = false) {
  if (!value.is_context()) return Error{ErrorCode::schema_error, cat(what, " must be an object")};
  T record;
  detail::JsonIn in(value, std::string(what), lean);
  for (const std::string_view name : ignored) in.ignore(name);
  T::fields(record, in);
  if (Status done = in.finish(); !done) return done.take_error();
  return record;
}

}  // namespace v0
}  // namespace aesop
