// Names with spaces: where one ends in a row of tokens. Part rules; used by the parser.
// FEEL lets a name hold spaces and the signs . / - ' + * and takes the longest name that is in scope (DMN 1.5,
// 10.3.1.4). A row of tokens is the name when its pieces are the same and blanks stand at the same places: `a-b` is
// the name a-b when there is one, `a - b` is a subtraction.
#pragma once

#include "aesop/rules/lexer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

/// A name cut into its pieces, to be compared with tokens.
class SplitName {
 public:
  SplitName() = default;
  explicit SplitName(std::string_view name) : name_(name) {
    std::vector<Token> tokens;
    SyntaxError ignored;
    if (name.size() > 1024 || !lex(name, tokens, ignored)) return;
    tokens.pop_back();
    pieces_ = std::move(tokens);
  }

  const std::string& name() const { return name_; }
  /// The first piece; empty when there is none.
  std::string_view first() const { return pieces_.empty() ? std::string_view() : piece(0); }
  bool is_plain() const { return pieces_.size() == 1; }
  std::size_t size() const { return pieces_.size(); }

  /// How many tokens from `at` on are this name; 0 when they are not.
  std::size_t match(std::string_view text, const std::vector<Token>& tokens, std::size_t at) const {
    if (pieces_.empty() || at + pieces_.size() >= tokens.size() + 1) return 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Token& token = tokens[at + i];
      if (token.kind == Tok::end || token.kind == Tok::string || (i > 0 && token.spaced != pieces_[i].spaced))
        return 0;
      if (text.substr(token.where.begin, token.where.end - token.where.begin) != piece(i)) return 0;
    }
    return pieces_.size();
  }

 private:
  std::string_view piece(std::size_t i) const {
    return std::string_view(name_).substr(pieces_[i].where.begin,
                                          pieces_[i].where.end - pieces_[i].where.begin);
  }

  std::string name_;
  std::vector<Token> pieces_;
};

/// As SplitName(name).match, without cutting the name when its first word already differs.
inline std::size_t match_name(std::string_view name, std::string_view text, const std::vector<Token>& tokens,
                              std::size_t at) {
  const SourceRange where = tokens[at].where;
  const std::string_view word = text.substr(where.begin, where.end - where.begin);
  if (word.empty() || !name.starts_with(word)) return 0;
  if (name.size() == word.size()) return tokens[at].kind == Tok::name ? 1 : 0;
  return SplitName(name).match(text, tokens, at);
}

/// Whether a name is one token: letters, digits, underscores. Such names need no matching.
inline bool is_plain_name(std::string_view name) {
  std::uint32_t at = 0;
  if (name.empty() || !is_name_start(next_char(name, at))) return false;
  while (at < name.size())
    if (!is_name_part(next_char(name, at))) return false;
  return true;
}

inline bool is_keyword(std::string_view word) {
  constexpr std::string_view words[] = {"for",      "return",    "if",   "then",  "else", "some",
                                        "every",    "satisfies", "in",   "and",   "or",   "between",
                                        "function", "instance",  "true", "false", "null"};
  for (const std::string_view known : words)
    if (known == word) return true;
  return false;
}

/// The tokens [begin, end) as one name: single blanks where blanks or comments stand.
inline std::string joined_name(std::string_view text, const std::vector<Token>& tokens, std::size_t begin,
                               std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin && tokens[i].spaced) out += ' ';
    out += text.substr(tokens[i].where.begin, tokens[i].where.end - tokens[i].where.begin);
  }
  return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
