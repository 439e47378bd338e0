// Values to and from nlohmann::json, for hosts that use it. Opt-in: the one public header that includes a header of
// others, and it costs 2 s of compile time. Part json; text itself is read and written by aesop/value/json_*.hpp.
// nlohmann has no decimals: numbers pass as integers where they are, else as the nearest double, and only when
// that double prints as the same decimal. Nothing is ever rounded in silence.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/value.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace aesop {
inline namespace v0 {

namespace detail {
/// The shortest decimal that reads back as this double.
inline std::optional<Decimal> shortest_decimal(double number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return Decimal::parse({buffer, static_cast<std::size_t>(end - buffer)});
}
}  // namespace detail

/// A Value as nlohmann::json; dates and durations as their text, erased as null. type_mismatch for ranges and
/// functions and for numbers that neither an integer nor a double holds exactly; limit_exceeded beyond
/// max_json_depth.
inline Result<nlohmann::json> to_nlohmann(const Value& value) {
  if (value.depth() > max_json_depth)
    return Error{ErrorCode::limit_exceeded,
                 cat("the value is nested deeper than ", max_json_depth, " levels")};
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::erased:
      return nlohmann::json(nullptr);
    case ValueKind::boolean:
      return nlohmann::json(value.as_bool());
    case ValueKind::number: {
      const Decimal number = value.as_decimal();
      if (const auto integer = number.to_int64()) return nlohmann::json(*integer);
      const double nearest = number.to_double();
      const auto back = detail::shortest_decimal(nearest);
      if (back && *back == number) return nlohmann::json(nearest);
      return Error{ErrorCode::type_mismatch, "a number has more digits than nlohmann::json can hold",
                   "pass it as text: aesop::write_json keeps all of them"};
    }
    case ValueKind::string:
      return nlohmann::json(std::string(value.as_string()));
    case ValueKind::list: {
      nlohmann::json out = nlohmann::json::array();
      for (const Value& item : value.items()) {
        auto one = to_nlohmann(item);
        if (!one) return one;
        out.push_back(one.take());
      }
      return out;
    }
    case ValueKind::context: {
      nlohmann::json out = nlohmann::json::object();
      for (const Entry& entry : value.entries()) {
        auto one = to_nlohmann(entry.second);
        if (!one) return one;
        out[entry.first] = one.take();
      }
      return out;
    }
    case ValueKind::range:
    case ValueKind::function:
      return Error{ErrorCode::type_mismatch, "ranges and functions have no JSON form"};
    default:
      break;
  }
  // What is left is text in JSON: dates, times and durations.
  const auto text = write_json(value);
  if (!text) return text.error();
  return nlohmann::json(text->substr(1, text->size() - 2));
}

/// The Value of a nlohmann::json. A double becomes the shortest decimal that reads back as it: 0.1 is 0.1.
/// type_mismatch for binary data, infinities and NaN; bad_utf8; limit_exceeded beyond max_json_depth.
inline Result<Value> from_nlohmann(const nlohmann::json& json, std::uint32_t depth = 0) {
  using Kind = nlohmann::json::value_t;
  if (depth > max_json_depth)
    return Error{ErrorCode::limit_exceeded,
                 cat("the value is nested deeper than ", max_json_depth, " levels")};
  switch (json.type()) {
    case Kind::null:
      return Value();
    case Kind::boolean:
      return Value::boolean(json.get<bool>());
    case Kind::number_integer:
      return Value::number(json.get<std::int64_t>());
    case Kind::number_unsigned:
      return Value::number(*Decimal::parse(cat(json.get<std::uint64_t>())));
    case Kind::number_float: {
      const auto number = detail::shortest_decimal(json.get<double>());
      if (!number) return Error{ErrorCode::type_mismatch, "infinities and NaN are no numbers"};
      return Value::number(*number);
    }
    case Kind::string: {
      const auto& text = json.get_ref<const std::string&>();
      if (!is_utf8(text)) return Error{ErrorCode::bad_utf8, "a string is not valid UTF-8"};
      return Value::string(text);
    }
    case Kind::array: {
      std::vector<Value> items;
      items.reserve(json.size());
      for (const auto& item : json) {
        auto one = from_nlohmann(item, depth + 1);
        if (!one) return one;
        items.push_back(one.take());
      }
      return Value::list(std::move(items));
    }
    case Kind::object: {
      std::vector<Entry> entries;
      entries.reserve(json.size());
      for (const auto& [key, item] : json.items()) {
        if (!is_utf8(key)) return Error{ErrorCode::bad_utf8, "a key is not valid UTF-8"};
        auto one = from_nlohmann(item, depth + 1);
        if (!one) return one;
        entries.emplace_back(key, one.take());
      }
      return Value::context(std::move(entries));
    }
    case Kind::binary:
    case Kind::discarded:
      break;
  }
  return Error{ErrorCode::type_mismatch, "binary data has no value"};
}

/// `nlohmann::json j = value;` and `j.get<Value>()`; aesop::Exception where the functions above give an error.
inline void to_json(nlohmann::json& json, const Value& value) { json = to_nlohmann(value).value(); }
inline void from_json(const nlohmann::json& json, Value& value) { value = from_nlohmann(json).value(); }

}  // namespace v0
}  // namespace aesop
