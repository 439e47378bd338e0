// Reading one JSON object at a time with every problem reported: Loading and Keys. Part model, private to load.hpp.
// A problem becomes a finding and reading goes on, so that one pass tells everything.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/id.hpp"
#include "aesop/base/string_part.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/value/json_read.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// One load: the text, where problems go, and what is counted against the limits.
struct Loading {
  const SourceText& source;
  Findings& findings;
  std::size_t steps = 0;
  int depth = 0;
};

using JsonKind = JsonNode::Kind;

/// A value of the file, by reference: a JsonNode with members by index.
class Node {
 public:
  Node(const JsonNode& node) : node_(&node) {}  // NOLINT: implicit by design

  JsonKind kind() const { return node_->kind(); }
  SourceRange where() const { return node_->range(); }
  bool boolean() const { return node_->as_bool(); }
  std::string_view text() const { return node_->text(); }
  std::size_t size() const { return node_->size(); }
  std::string_view key(std::size_t i) const { return node_->members()[i].key; }
  SourceRange key_where(std::size_t i) const { return node_->members()[i].key_range; }
  Node at(std::size_t i) const {
    return kind() == JsonKind::object ? node_->members()[i].value : node_->items()[i];
  }
  Value value() const { return to_value(*node_); }
  const JsonNode& json() const { return *node_; }

 private:
  const JsonNode* node_;
};

constexpr std::string_view kind_text(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a text";
    case JsonKind::array:
      return "a list";
    case JsonKind::object:
      return "an object";
  }
  return "nothing";
}

inline void wrong_type(Loading& loading, Node node, std::string_view what, std::string_view wanted,
                       std::string help = {}) {
  loading.findings.error("wrong-type", cat(what, " must be ", wanted, ", not ", kind_text(node.kind())),
                         node.where(), std::move(help));
}

/// The bytes inside the quotes of a string.
inline SourceRange inside(SourceRange where) {
  return where.end >= where.begin + 2 ? SourceRange{where.begin + 1, where.end - 1} : where;
}

/// The members of one object, each taken once by name; finish() reports those nobody took. Keys `x-...` are left alone.
class Keys {
 public:
  /// Reports and is empty when `node` is no object. `what` names the thing in messages: "a step".
  Keys(Loading& loading, Node node, std::string_view what) : loading_(loading), node_(node), what_(what) {
    if (node.kind() == JsonKind::object) {
      taken_.resize(node.size());
      known_.reserve(40);
    } else {
      wrong_type(loading, node, what, "an object");
      valid_ = false;
    }
  }

  explicit operator bool() const { return valid_; }
  SourceRange where() const { return node_.where(); }
  Loading& loading() const { return loading_; }
  std::string_view what() const { return what_; }

  /// The member of a name, or nullopt. The name is known from now on.
  std::optional<Node> take(std::string_view name) {
    known_.push_back(name);
    if (!valid_) return std::nullopt;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (taken_[i] || node_.key(i) != name) continue;
      taken_[i] = true;
      return node_.at(i);
    }
    return std::nullopt;
  }
  /// As take, and reports a member that is missing.
  std::optional<Node> need(std::string_view name) {
    auto node = take(name);
    if (!node && valid_) loading_.findings.error("missing-key", cat(what_, " needs \"", name, '"'), shown());
    return node;
  }
  bool has(std::string_view name) const {
    if (!valid_) return false;
    for (std::size_t i = 0; i < taken_.size(); ++i)
      if (node_.key(i) == name) return true;
    return false;
  }
  /// Says of a key that may stand elsewhere why it may not stand here.
  void misplaced(std::string_view name, const std::string& help) {
    if (!valid_) return;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (taken_[i] || node_.key(i) != name) continue;
      taken_[i] = true;
      loading_.findings.error("unknown-key", cat(what_, " has no key \"", name, '"'), node_.key_where(i),
                              help);
    }
  }
  void finish() {
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      const std::string_view key = node_.key(i);
      if (taken_[i] || key.starts_with("x-")) continue;
      const auto near = did_you_mean(key, known_);
      loading_.findings.error(
          "unknown-key", cat(what_, " has no key \"", printable(key, 60), '"'), node_.key_where(i),
          near ? cat("did you mean \"", *near, "\"?")
               : cat("known keys: ", join(known_, ", "), "; keys of your own begin with x-"));
    }
  }

 private:
  // The whole object would underline pages: its first byte is enough.
  SourceRange shown() const { return {node_.where().begin, node_.where().begin + 1}; }

  Loading& loading_;
  Node node_;
  std::string_view what_;
  bool valid_ = true;
  std::vector<bool> taken_;
  std::vector<std::string_view> known_;
};

// --- scalars ---------------------------------------------------------------------------------------------

inline std::string read_string(Loading& loading, Node node, std::string_view what) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, what, "a text");
    return {};
  }
  return std::string(node.text());
}

/// A text that says something.
inline Text read_text(Loading& loading, Node node, std::string_view what) {
  Text text{read_string(loading, node, what), node.where()};
  if (node.kind() == JsonKind::string && trim(text.text).empty())
    loading.findings.error("empty-text", cat(what, " must say something"), node.where());
  return text;
}

inline bool read_bool(Loading& loading, Node node, std::string_view what) {
  if (node.kind() == JsonKind::boolean) return node.boolean();
  wrong_type(loading, node, what, "true or false");
  return false;
}

inline int read_int(Loading& loading, Node node, std::string_view what, int least, int most) {
  if (node.kind() == JsonKind::number) {
    const auto number = parse_integer<int>(node.text());
    if (number && *number >= least && *number <= most) return *number;
    loading.findings.error("bad-number", cat(what, " must be a whole number from ", least, " to ", most),
                           node.where());
  } else {
    wrong_type(loading, node, what, cat("a whole number from ", least, " to ", most));
  }
  return least;
}

/// What is wrong with an id, and how it could be spelt.
inline std::string id_help(std::string_view text) {
  std::string proposal;
  for (const char c : text) {
    if (is_lower(c) || is_digit(c) || c == '_')
      proposal.push_back(c);
    else if (is_upper(c))
      proposal.push_back(to_lower(c));
    else if (!proposal.empty() && proposal.back() != '_')
      proposal.push_back('_');
  }
  while (!proposal.empty() && !is_lower(proposal.front())) proposal.erase(0, 1);
  std::string help = "an id is a lower-case letter, then lower-case letters, digits and _";
  if (is_id(proposal)) append(help, ": \"", proposal, '"');
  return help;
}

inline bool check_id(Loading& loading, std::string_view text, SourceRange where, std::string_view what) {
  if (is_id(text)) return true;
  loading.findings.error("bad-id", cat('"', printable(text, 60), "\" is no id for ", what), where,
                         id_help(text));
  return false;
}

/// An id; empty (and reported) when it is none.
inline Text read_id(Loading& loading, Node node, std::string_view what) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, what, "an id");
    return {{}, node.where()};
  }
  if (!check_id(loading, node.text(), node.where(), what)) return {{}, node.where()};
  return {std::string(node.text()), node.where()};
}

inline Text read_event_name(Loading& loading, std::string_view text, SourceRange where) {
  if (!is_dotted_id(text)) {
    loading.findings.error("bad-id", cat('"', printable(text, 60), "\" is no name of an event"), where,
                           "an event name is ids joined by dots: \"claim.sent\"");
    return {{}, where};
  }
  return {std::string(text), where};
}
inline Text read_event_name(Loading& loading, Node node) {
  if (node.kind() == JsonKind::string) return read_event_name(loading, node.text(), node.where());
  wrong_type(loading, node, "an event", "its name");
  return {{}, node.where()};
}

/// Index of the word in `words`; nullopt and reported when it is none of them.
inline std::optional<std::size_t> read_word(Loading& loading, Node node, std::string_view what,
                                            std::span<const std::string_view> words) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, what, cat("one of ", join(words, ", ")));
    return std::nullopt;
  }
  for (std::size_t i = 0; i < words.size(); ++i)
    if (node.text() == words[i]) return i;
  const auto near = did_you_mean(node.text(), words);
  loading.findings.error("unknown-word", cat(what, " cannot be \"", printable(node.text(), 60), '"'),
                         node.where(),
                         near ? cat("did you mean \"", *near, "\"?") : cat("one of ", join(words, ", ")));
  return std::nullopt;
}

inline void not_supported(Loading& loading, SourceRange where, std::string_view feature,
                          std::string help = {}) {
  loading.findings.error("not-supported-yet", cat(feature, " is not supported by this version of Aesop"),
                         where, std::move(help));
}

// --- lists -----------------------------------------------------------------------------------------------

/// Calls `each(node)` for every element; reports what is no list.
template <class Each>
void read_list(Loading& loading, Node node, std::string_view what, Each&& each) {
  if (node.kind() != JsonKind::array) {
    wrong_type(loading, node, what, "a list");
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) each(node.at(i));
}

/// Calls `each(key, node)` for every member whose key is an id; `x-...` is skipped.
template <class Each>
void read_named(Loading& loading, Node node, std::string_view what, std::string_view thing, Each&& each) {
  if (node.kind() != JsonKind::object) {
    wrong_type(loading, node, what, "an object of names");
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.key(i).starts_with("x-")) continue;
    if (!check_id(loading, node.key(i), node.key_where(i), thing)) continue;
    each(Text{std::string(node.key(i)), node.key_where(i)}, node.at(i));
  }
}

/// An id, or a list of ids.
inline std::vector<Text> read_ids(Loading& loading, Node node, std::string_view what) {
  std::vector<Text> ids;
  const auto one = [&](Node item) {
    Text id = read_id(loading, item, what);
    if (!id.empty()) ids.push_back(std::move(id));
  };
  if (node.kind() == JsonKind::array)
    read_list(loading, node, what, one);
  else
    one(node);
  return ids;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
