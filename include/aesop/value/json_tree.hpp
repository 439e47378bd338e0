// The strict JSON reader, and the tree it makes with a place for every key and value. Part value.
// Ours, and not nlohmann's, for reasons in docs/decisions/0009-strict-json-reader.md. RFC 8259, made
// narrower: (1) refused: duplicate keys, bad UTF-8, lone surrogates, a byte order mark, control characters in
// strings,
//     NUL, NaN, anything behind the value; (2) depth, size, length and count are bounded by JsonLimits;
// (3) numbers stay decimal; (4) no recursion: the stack used does not grow with the input;
// (5) one pass, linear time: keys are compared through a sorted index, not pairwise.
// Pure; safe from any thread.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/base/text.hpp"
#include "aesop/value/decimal.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Bounds on JSON read; passing one is limit_exceeded and names the limit.
struct JsonLimits {
  std::size_t document_bytes = 1024 * 1024;
  std::size_t depth = 64;
  std::size_t keys = 10'000;  ///< of all objects of the document together
  std::size_t string_bytes = 64 * 1024;
  std::size_t number_bytes = 128;
  std::size_t values = 200'000;
};

/// `//` and `/* */` comments, and a comma behind the last element: for files people write.
enum class JsonStyle : std::uint8_t { strict, commented };

/// One value of a document with its place.
class JsonNode {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  struct Member;

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_bool() const { return kind_ == Kind::boolean; }
  bool is_number() const { return kind_ == Kind::number; }
  bool is_string() const { return kind_ == Kind::string; }
  bool is_array() const { return kind_ == Kind::array; }
  bool is_object() const { return kind_ == Kind::object; }

  SourceRange range() const { return range_; }
  bool as_bool() const { return boolean_; }
  const Decimal& as_number() const { return number_; }
  /// Of a string its decoded text; of a number its token as written.
  const std::string& text() const { return text_; }
  const std::vector<JsonNode>& items() const { return items_; }
  const std::vector<Member>& members() const { return members_; }
  std::size_t size() const;
  /// The member's value, or nullptr.
  const JsonNode* find(std::string_view key) const;
  const Member* find_member(std::string_view key) const;

 private:
  friend class JsonReader;
  Kind kind_ = Kind::null;
  bool boolean_ = false;
  SourceRange range_;
  Decimal number_;
  std::string text_;
  std::vector<JsonNode> items_;
  std::vector<Member> members_;
};

struct JsonNode::Member {
  std::string key;
  SourceRange key_range;  ///< with the quotes
  JsonNode value;
};

inline std::size_t JsonNode::size() const { return kind_ == Kind::object ? members_.size() : items_.size(); }
inline const JsonNode::Member* JsonNode::find_member(std::string_view key) const {
  for (const Member& member : members_)
    if (member.key == key) return &member;
  return nullptr;
}
inline const JsonNode* JsonNode::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member ? &member->value : nullptr;
}

/// Words for messages: "an object", "a string".
constexpr std::string_view describe(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null:
      return "null";
    case JsonNode::Kind::boolean:
      return "a boolean";
    case JsonNode::Kind::number:
      return "a number";
    case JsonNode::Kind::string:
      return "a string";
    case JsonNode::Kind::array:
      return "an array";
    case JsonNode::Kind::object:
      return "an object";
  }
  return "null";
}

/// The scanner behind read_json_tree and read_json: tokens to a sink. Private to this part.
class JsonReader {
 public:
  JsonReader(std::string_view text, const JsonLimits& limits, JsonStyle style)
      : text_(text), limits_(limits), style_(style) {}

  // A Sink has: null(range) boolean(bool, range) number(Decimal, token, range) string(std::string&&, range)
  // begin_array(range) end_array(range) begin_object(range) key(std::string&&, range) end_object(range).
  template <class Sink>
  Status run(Sink& sink) {
    if (text_.size() > limits_.document_bytes) return limit("document size", limits_.document_bytes, 0);
    if (text_.starts_with("\xEF\xBB\xBF"))
      return Error{ErrorCode::parse_error,
                   "the text begins with a byte order mark",
                   "save it as UTF-8 without one",
                   {0, 3}};
    if (const auto bad = find_bad_utf8(text_)) {
      const auto at = static_cast<std::uint32_t>(*bad);
      return Error{
          ErrorCode::bad_utf8, "these bytes are not valid UTF-8", "save the file as UTF-8", {at, at + 1}};
    }
    if (Status status = blanks(); !status) return status;
    if (Status status = value(sink); !status) return status;
    while (!open_.empty()) {
      Level& level = open_.back();
      if (Status status = blanks(); !status) return status;
      const char close = level.object ? '}' : ']';
      if (level.any && !peek(close)) {
        if (!peek(',')) return unexpected(level.object ? "\",\" or \"}\"" : "\",\" or \"]\"");
        const auto comma = static_cast<std::uint32_t>(at_);
        ++at_;
        if (Status status = blanks(); !status) return status;
        if (peek(close) && style_ == JsonStyle::strict)
          return Error{
              ErrorCode::parse_error, "a comma before the closing bracket", "remove it", {comma, comma + 1}};
      }
      if (peek(close)) {
        if (level.object)
          if (Status status = check_keys(level); !status) return status;
        ++at_;
        const SourceRange range{level.begin, static_cast<std::uint32_t>(at_)};
        if (level.object)
          sink.end_object(range);
        else
          sink.end_array(range);
        open_.pop_back();
        continue;
      }
      level.any = true;
      if (level.object) {
        if (!peek('"')) return unexpected("a key in double quotes");
        const auto begin = static_cast<std::uint32_t>(at_);
        std::string key;
        if (Status status = string(key); !status) return status;
        const SourceRange range{begin, static_cast<std::uint32_t>(at_)};
        if (++keys_ > limits_.keys) return limit("number of keys", limits_.keys, begin);
        level.keys.push_back({key, range});
        sink.key(std::move(key), range);
        if (Status status = blanks(); !status) return status;
        if (!peek(':')) return unexpected("\":\"");
        ++at_;
        if (Status status = blanks(); !status) return status;
      }
      if (Status status = value(sink); !status) return status;
    }
    if (Status status = blanks(); !status) return status;
    if (at_ < text_.size()) return unexpected("the end of the text");
    return {};
  }

 private:
  struct Key {
    std::string text;
    SourceRange range;
  };
  struct Level {
    bool object;
    bool any;
    std::uint32_t begin;
    std::vector<Key> keys;
  };

  bool peek(char c) const { return at_ < text_.size() && text_[at_] == c; }

  static Error limit(std::string_view name, std::size_t most, std::size_t at) {
    const auto place = static_cast<std::uint32_t>(at);
    return Error{ErrorCode::limit_exceeded,
                 cat("the JSON passes the limit on ", name, " (", most, ')'),
                 {},
                 {place, place + 1}};
  }
  Error unexpected(std::string_view wanted) const {
    const auto at = static_cast<std::uint32_t>(at_);
    if (at_ >= text_.size())
      return Error{ErrorCode::parse_error, cat("the text ends where ", wanted, " is expected"), {}, {at, at}};
    const Decoded decoded = decode_utf8(text_, at_);
    std::string help;
    if (text_[at_] == '\'') help = "JSON strings take double quotes";
    if (text_[at_] == '/' && style_ == JsonStyle::strict) help = "comments are not allowed here";
    return Error{ErrorCode::parse_error,
                 cat("expected ", wanted, ", found \"",
                     printable(text_.substr(at_, decoded.size == 0 ? 1 : decoded.size)), '"'),
                 std::move(help),
                 {at, at + std::max<std::uint32_t>(1, decoded.size)}};
  }

  Status blanks() {
    for (;;) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (style_ == JsonStyle::strict || !peek('/') || at_ + 1 >= text_.size()) return {};
      if (text_[at_ + 1] == '/') {
        const std::size_t end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end;
      } else if (text_[at_ + 1] == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        const auto at = static_cast<std::uint32_t>(at_);
        if (end == std::string_view::npos)
          return Error{
              ErrorCode::parse_error, "this comment is never closed", "end it with */", {at, at + 2}};
        at_ = end + 2;
      } else {
        return {};
      }
    }
  }

  template <class Sink>
  Status value(Sink& sink) {
    const auto begin = static_cast<std::uint32_t>(at_);
    if (++values_ > limits_.values) return limit("number of values", limits_.values, begin);
    const auto here = [&] { return SourceRange{begin, static_cast<std::uint32_t>(at_)}; };
    const auto word = [&](std::string_view text) {
      if (!text_.substr(at_).starts_with(text)) return false;
      const std::size_t end = at_ + text.size();
      if (end < text_.size() &&
          (is_lower(text_[end]) || is_upper(text_[end]) || is_digit(text_[end]) || text_[end] == '_'))
        return false;
      at_ = end;
      return true;
    };
    if (at_ >= text_.size()) return unexpected("a value");
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      if (open_.size() >= limits_.depth) return limit("depth", limits_.depth, begin);
      ++at_;
      open_.push_back({c == '{', false, begin, {}});
      if (c == '{')
        sink.begin_object(SourceRange{begin, begin + 1});
      else
        sink.begin_array(SourceRange{begin, begin + 1});
      return {};
    }
    if (c == '"') {
      std::string text;
      if (Status status = string(text); !status) return status;
      sink.string(std::move(text), here());
      return {};
    }
    if (c == '-' || is_digit(c)) return number(sink);
    if (word("true")) {
      sink.boolean(true, here());
      return {};
    }
    if (word("false")) {
      sink.boolean(false, here());
      return {};
    }
    if (word("null")) {
      sink.null(here());
      return {};
    }
    return unexpected("a value");
  }

  template <class Sink>
  Status number(Sink& sink) {
    const std::size_t begin = at_;
    const auto digits = [&] {
      const std::size_t from = at_;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
      return at_ - from;
    };
    const auto bad = [&](std::string_view message) {
      return Error{ErrorCode::parse_error,
                   std::string(message),
                   {},
                   {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::max(at_, begin + 1))}};
    };
    if (peek('-')) ++at_;
    const bool zero = peek('0');
    const std::size_t whole = digits();
    if (whole == 0) return bad("a minus without a number");
    if (zero && whole > 1) return bad("a number with leading zeros");
    if (peek('.')) {
      ++at_;
      if (digits() == 0) return bad("a decimal point without digits behind it");
    }
    if (peek('e') || peek('E')) {
      ++at_;
      if (peek('+') || peek('-')) ++at_;
      if (digits() == 0) return bad("an exponent without digits");
    }
    const std::string_view token = text_.substr(begin, at_ - begin);
    if (token.size() > limits_.number_bytes) return limit("number length", limits_.number_bytes, begin);
    const auto decimal = Decimal::parse(token);
    if (!decimal) return bad("a number out of range");
    if (decimal->is_zero() && token.find_first_of("123456789") < token.find_first_of("eE"))
      return bad("a number too small to hold");
    sink.number(*decimal, token,
                SourceRange{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
    return {};
  }

  Status string(std::string& out) {
    const std::size_t begin = at_++;
    const auto bad = [&](std::string_view message, std::size_t from, std::size_t to) {
      return Error{
          ErrorCode::parse_error,
          std::string(message),
          {},
          {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(std::min(to, text_.size()))}};
    };
    for (;;) {
      const std::size_t run = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20)
        ++at_;
      out.append(text_.substr(run, at_ - run));
      if (out.size() > limits_.string_bytes) return limit("string length", limits_.string_bytes, begin);
      if (at_ >= text_.size()) return bad("this string is never closed", begin, begin + 1);
      if (text_[at_] == '"') {
        ++at_;
        return {};
      }
      if (text_[at_] != '\\') {
        return bad(text_[at_] == '\n' ? "a line end inside a string" : "a control character inside a string",
                   at_, at_ + 1);
      }
      const std::size_t escape = at_++;
      const char c = at_ < text_.size() ? text_[at_++] : '\0';
      switch (c) {
        case '"':
        case '\\':
        case '/':
          out.push_back(c);
          break;
        case 'b':
          out.push_back('\b');
          break;
        case 'f':
          out.push_back('\f');
          break;
        case 'n':
          out.push_back('\n');
          break;
        case 'r':
          out.push_back('\r');
          break;
        case 't':
          out.push_back('\t');
          break;
        case 'u': {
          std::uint32_t point = 0;
          if (!hex4(point)) return bad("\\u takes four hexadecimal digits", escape, at_);
          if (point >= 0xDC00 && point <= 0xDFFF) return bad("a lone surrogate", escape, at_);
          if (point >= 0xD800 && point <= 0xDBFF) {
            std::uint32_t low = 0;
            if (!text_.substr(at_).starts_with("\\u")) return bad("a lone surrogate", escape, at_);
            at_ += 2;
            if (!hex4(low) || low < 0xDC00 || low > 0xDFFF) return bad("a lone surrogate", escape, at_);
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
          }
          if (point == 0) return bad("a NUL character", escape, at_);
          append_utf8(out, point);
          break;
        }
        default:
          return bad("an escape that JSON does not know", escape, at_);
      }
    }
  }

  bool hex4(std::uint32_t& out) {
    if (text_.size() - at_ < 4) return false;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      const int digit = is_digit(c)            ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      out = out * 16 + static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  Status check_keys(Level& level) const {
    std::vector<Key>& keys = level.keys;
    std::stable_sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.text < b.text; });
    for (std::size_t i = 1; i < keys.size(); ++i)
      if (keys[i].text == keys[i - 1].text)
        return Error{ErrorCode::duplicate_key,
                     cat("the key \"", printable(keys[i].text, 80), "\" occurs twice in this object"),
                     "remove one of the two", keys[i].range};
    return {};
  }

  std::string_view text_;
  JsonLimits limits_;
  JsonStyle style_;
  std::size_t at_ = 0;
  std::size_t keys_ = 0;
  std::size_t values_ = 0;
  std::vector<Level> open_;

 public:
  /// A sink that builds the tree.
  class TreeSink {
   public:
    JsonNode root;

    void null(SourceRange range) { put(JsonNode::Kind::null, range); }
    void boolean(bool value, SourceRange range) { put(JsonNode::Kind::boolean, range).boolean_ = value; }
    void number(const Decimal& value, std::string_view token, SourceRange range) {
      JsonNode& node = put(JsonNode::Kind::number, range);
      node.number_ = value;
      node.text_ = std::string(token);
    }
    void string(std::string&& value, SourceRange range) {
      put(JsonNode::Kind::string, range).text_ = std::move(value);
    }
    void begin_array(SourceRange range) { open_.push_back(&put(JsonNode::Kind::array, range)); }
    void begin_object(SourceRange range) { open_.push_back(&put(JsonNode::Kind::object, range)); }
    void key(std::string&& key, SourceRange range) {
      open_.back()->members_.push_back({std::move(key), range, {}});
    }
    void end_array(SourceRange range) { close(range); }
    void end_object(SourceRange range) { close(range); }

   private:
    // Pointers to open nodes stay valid: a vector grows only while its last element is not open.
    JsonNode& put(JsonNode::Kind kind, SourceRange range) {
      JsonNode* node = &root;
      if (!open_.empty()) {
        JsonNode& parent = *open_.back();
        node = parent.is_object() ? &parent.members_.back().value : &parent.items_.emplace_back();
      }
      node->kind_ = kind;
      node->range_ = range;
      return *node;
    }
    void close(SourceRange range) {
      open_.back()->range_ = range;
      open_.pop_back();
    }
    std::vector<JsonNode*> open_;
  };
};

/// Reads one JSON document. Errors: parse_error, bad_utf8, duplicate_key, limit_exceeded, with the place.
inline Result<JsonNode> read_json_tree(std::string_view text, const JsonLimits& limits = {},
                                       JsonStyle style = JsonStyle::strict) {
  JsonReader::TreeSink sink;
  JsonReader reader(text, limits, style);
  if (Status status = reader.run(sink); !status) return status.take_error();
  return std::move(sink.root);
}

}  // namespace v0
}  // namespace aesop
