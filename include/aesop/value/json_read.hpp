// JSON text to a Value, strictly. Part value; the rules are json_tree.hpp's. Pure; safe from any thread.
#pragma once

#include "aesop/value/json_tree.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {
class ValueSink {
 public:
  Value root;

  void null(SourceRange) { put(Value()); }
  void boolean(bool value, SourceRange) { put(Value::boolean(value)); }
  void number(const Decimal& value, std::string_view, SourceRange) { put(Value::number(value)); }
  void string(std::string&& value, SourceRange) { put(Value::string(value)); }
  void begin_array(SourceRange) { open_.emplace_back(); }
  void begin_object(SourceRange) { open_.emplace_back(); }
  void key(std::string&& key, SourceRange) { open_.back().entries.emplace_back(std::move(key), Value()); }
  void end_array(SourceRange) {
    Value value = Value::list(std::move(open_.back().items));
    open_.pop_back();
    put(std::move(value));
  }
  void end_object(SourceRange) {
    Value value = Value::context(std::move(open_.back().entries));
    open_.pop_back();
    put(std::move(value));
  }

 private:
  struct Level {
    std::vector<Value> items;
    std::vector<Entry> entries;
  };
  void put(Value value) {
    if (open_.empty())
      root = std::move(value);
    else if (!open_.back().entries.empty())
      open_.back().entries.back().second = std::move(value);
    else
      open_.back().items.push_back(std::move(value));
  }
  std::vector<Level> open_;
};
}  // namespace detail

/// Objects become contexts in the order written, arrays lists, numbers decimals (over 34 digits rounded
/// half-even). Dates stay strings: coerce_text (type.hpp) makes them what a type says. Errors: parse_error,
/// bad_utf8, duplicate_key, limit_exceeded, each with its place.
inline Result<Value> read_json(std::string_view text, const JsonLimits& limits = {},
                               JsonStyle style = JsonStyle::strict) {
  detail::ValueSink sink;
  JsonReader reader(text, limits, style);
  if (Status status = reader.run(sink); !status) return status.take_error();
  return std::move(sink.root);
}

/// The Value of a tree already read.
inline Value to_value(const JsonNode& node) {
  switch (node.kind()) {
    case JsonNode::Kind::null:
      return Value();
    case JsonNode::Kind::boolean:
      return Value::boolean(node.as_bool());
    case JsonNode::Kind::number:
      return Value::number(node.as_number());
    case JsonNode::Kind::string:
      return Value::string(node.text());
    case JsonNode::Kind::array: {
      std::vector<Value> items;
      items.reserve(node.items().size());
      for (const JsonNode& item : node.items()) items.push_back(to_value(item));
      return Value::list(std::move(items));
    }
    case JsonNode::Kind::object: {
      std::vector<Entry> entries;
      entries.reserve(node.members().size());
      for (const JsonNode::Member& member : node.members())
        entries.emplace_back(member.key, to_value(member.value));
      return Value::context(std::move(entries));
    }
  }
  return Value();
}

}  // namespace v0
}  // namespace aesop
