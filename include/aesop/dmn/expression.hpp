// A boxed expression as its author wrote it: dmn::Expression and dmn::DecisionTable. Part dmn. Plain data.
#pragma once

#include "aesop/base/source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

/// A text of the file: what it says, and where it stands there (raw: with entities, see place.hpp).
struct Text {
  std::string text = {};
  SourceRange where = {};
};

/// A name with a type: of a context entry, a parameter, an iterator.
struct Variable {
  std::string name = {};
  std::string type = {};  ///< typeRef; empty when not given
  SourceRange where = {};
};

struct DecisionTable {
  struct Input {
    std::string label = {};
    Text expression = {};
    std::string type = {};
    std::optional<Text> values = {};  ///< unary tests that say what the input may be
  };
  struct Output {
    std::string name = {};
    std::string label = {};
    std::string type = {};
    std::optional<Text> values = {};     ///< in falling priority
    std::optional<Text> otherwise = {};  ///< defaultOutputEntry
    SourceRange where = {};
  };
  struct Rule {
    std::string id = {};
    std::string description = {};
    std::vector<Text> inputs = {};
    std::vector<Text> outputs = {};
    std::vector<std::string> annotations = {};
    SourceRange where = {};
  };
  std::string hit = {};          ///< "UNIQUE", "RULE ORDER", ...; empty is UNIQUE
  std::string aggregation = {};  ///< "SUM", "MIN", "MAX", "COUNT" or empty
  std::string orientation = {};  ///< only how it is drawn
  std::string output_label = {};
  std::vector<Input> inputs = {};
  std::vector<Output> outputs = {};
  std::vector<std::string> annotations = {};
  std::vector<Rule> rules = {};
};

/// One expression; its kind says what the members hold.
struct Expression {
  enum class Kind : std::uint8_t {
    none,         ///< there is none: null
    literal,      ///< text
    table,        ///< table
    context,      ///< parts by names; a name that is empty is the result
    relation,     ///< names: columns; parts: rows, each a list
    list,         ///< parts
    invocation,   ///< parts: what is called, then the arguments; names: their parameters
    function,     ///< names: parameters; parts: the body
    conditional,  ///< parts: if, then, else
    filter,       ///< parts: in, match
    for_,         ///< NOLINT(readability-identifier-naming) names: the iterator; parts: in, return
    some,         ///< likewise: in, satisfies
    every,        ///< likewise
  };
  Kind kind = Kind::none;
  std::string id = {};
  std::string type = {};      ///< typeRef
  Text text = {};             ///< literal
  std::string language = {};  ///< literal: expressionLanguage, when given; function: "FEEL", "Java", "PMML"
  std::vector<Variable> names = {};
  std::vector<Expression> parts = {};
  std::shared_ptr<const DecisionTable> table = {};
  SourceRange where = {};
};

constexpr std::string_view to_string(Expression::Kind kind) {
  constexpr std::string_view names[] = {"none", "literal",    "table",    "context",     "relation",
                                        "list", "invocation", "function", "conditional", "filter",
                                        "for",  "some",       "every"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
