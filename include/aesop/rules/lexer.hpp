// Lexer of FEEL: text to tokens. First stage of aesop/rules; the parser reads its tokens.
//
// A FEEL name may hold spaces and the signs . / - ' + *, and only the names in scope tell where one ends. So the
// lexer gives the pieces (`date`, `and`, `time`) and the parser joins them (names.hpp).
// (1) Tokens never overlap and are in the order of the text; the last one is `end`.
// (2) Every token is made in time linear in its length: lexing is linear.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/rules/unicode.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

enum class Tok : std::uint8_t {
  end,
  name,
  number,
  string,
  at_string,
  plus,
  minus,
  star,
  slash,
  power,
  open,
  close,
  open_bracket,
  close_bracket,
  open_brace,
  close_brace,
  comma,
  dot,
  dots,
  colon,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  arrow,
  apostrophe,
};

struct Token {
  Tok kind = Tok::end;
  bool spaced = false;  // white space or a comment stands before it
  SourceRange where;
};

// What went wrong while reading the text, and where.
struct SyntaxError {
  SourceRange where;
  std::string message;
  std::string help;
};

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Token>& out) : text_(text), out_(out) {}

  // The tokens of the text; false with `error` filled when it holds something that is no token.
  bool run(SyntaxError& error) {
    out_.reserve(text_.size() / 3 + 2);
    while (true) {
      bool spaced = false;
      if (!skip_space(spaced, error)) return false;
      const std::uint32_t begin = at_;
      if (at_ >= text_.size()) {
        out_.push_back({Tok::end, spaced, {begin, begin}});
        return true;
      }
      Tok kind = Tok::end;
      if (!token(kind, error)) return false;
      out_.push_back({kind, spaced, {begin, at_}});
    }
  }

 private:
  char peek(std::uint32_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  static bool digit(char c) { return c >= '0' && c <= '9'; }

  bool fail(SyntaxError& error, std::uint32_t begin, std::string message, std::string help = {}) const {
    error = {{begin, at_ > begin ? at_ : begin + 1}, std::move(message), std::move(help)};
    return false;
  }

  bool skip_space(bool& spaced, SyntaxError& error) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '/' && peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      } else if (c == '/' && peek(1) == '*') {
        const std::size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos)
          return fail(error, at_, "a comment that is not closed", "close it with */");
        at_ = static_cast<std::uint32_t>(close) + 2;
      } else {
        std::uint32_t next = at_;
        if (!is_blank(next_char(text_, next))) return true;
        at_ = next;
      }
      spaced = true;
    }
    return true;
  }

  bool token(Tok& kind, SyntaxError& error) {
    const char c = text_[at_];
    if (digit(c) || (c == '.' && digit(peek(1)))) return number(kind);
    if (c == '"') return string(kind, error);
    if (c == '@') {
      const std::uint32_t begin = at_++;
      if (peek() != '"')
        return fail(error, begin, "text in double quotes is expected after @", "for example @\"2026-01-31\"");
      if (!string(kind, error)) return false;
      kind = Tok::at_string;
      return true;
    }
    std::uint32_t next = at_;
    const char32_t first = next_char(text_, next);
    if (is_name_start(first)) {
      at_ = next;
      while (at_ < text_.size()) {
        next = at_;
        if (!is_name_part(next_char(text_, next))) break;
        at_ = next;
      }
      kind = Tok::name;
      return true;
    }
    if (first == 0x2019) {
      at_ = next;
      kind = Tok::apostrophe;
      return true;
    }
    const std::uint32_t begin = at_;
    kind = sign();
    if (kind != Tok::end) return true;
    at_ = next;
    std::string help;
    if (first == 0x201C || first == 0x201D || first == '\'')
      help = "text is written in straight double quotes: \"...\"";
    if (first == '&') help = "write and";
    if (first == '|') help = "write or";
    if (first == '!') help = "write not(...) or !=";
    return fail(error, begin, "a character that means nothing here", help);
  }

  Tok sign() {
    const char c = text_[at_++];
    const auto two = [this](char second, Tok yes, Tok no) {
      if (peek() != second) return no;
      ++at_;
      return yes;
    };
    switch (c) {
      case '+':
        return Tok::plus;
      case '-':
        return two('>', Tok::arrow, Tok::minus);
      case '*':
        return two('*', Tok::power, Tok::star);
      case '/':
        return Tok::slash;
      case '(':
        return Tok::open;
      case ')':
        return Tok::close;
      case '[':
        return Tok::open_bracket;
      case ']':
        return Tok::close_bracket;
      case '{':
        return Tok::open_brace;
      case '}':
        return Tok::close_brace;
      case ',':
        return Tok::comma;
      case '.':
        return two('.', Tok::dots, Tok::dot);
      case ':':
        return Tok::colon;
      case '\'':
        return Tok::apostrophe;
      case '=':
        return Tok::equal;
      case '<':
        return two('=', Tok::less_equal, Tok::less);
      case '>':
        return two('=', Tok::greater_equal, Tok::greater);
      case '!':
        if (peek() == '=') {
          ++at_;
          return Tok::not_equal;
        }
        break;
      default:
        break;
    }
    --at_;
    return Tok::end;
  }

  // 12  1.5  .5  1e3  1.2E-7; the two dots of 1..3 are not part of it.
  bool number(Tok& kind) {
    while (digit(peek())) ++at_;
    if (peek() == '.' && digit(peek(1))) {
      ++at_;
      while (digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (digit(peek(1 + sign))) {
        at_ += 1 + sign;
        while (digit(peek())) ++at_;
      }
    }
    kind = Tok::number;
    return true;
  }

  bool string(Tok& kind, SyntaxError& error) {
    const std::uint32_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"')
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    if (at_ >= text_.size()) {
      at_ = begin + 1;
      return fail(error, begin, "text that is not closed", "close it with a double quote");
    }
    ++at_;
    kind = Tok::string;
    return true;
  }

  std::string_view text_;
  std::vector<Token>& out_;
  std::uint32_t at_ = 0;
};

// The tokens of `text`, which is valid UTF-8. False, with `error` filled, when something in it is no token.
inline bool lex(std::string_view text, std::vector<Token>& out, SyntaxError& error) {
  return Lexer(text, out).run(error);
}

// What a string token says: its quotes taken off and its escapes (\n \t \r \" \' \\ \uXXXX \UXXXXXX) resolved. Any
// other backslash stays, so that a pattern can be written plainly ("\s"). False on a lone surrogate.
inline bool unescape(std::string_view token, std::string& out) {
  std::string_view text = token.substr(token[0] == '@' ? 2 : 1);
  text.remove_suffix(1);
  out.clear();
  out.reserve(text.size());
  const auto hex = [&text](std::size_t at, std::size_t digits, char32_t& value) {
    if (at + digits > text.size()) return false;
    value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
      const char c = text[i];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    return true;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    char32_t code = 0;
    switch (c) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case '"':
      case '\'':
      case '\\':
        out += c;
        break;
      case 'u':
      case 'U': {
        const std::size_t digits = c == 'u' ? 4 : 6;
        if (!hex(i + 1, digits, code)) {
          out += '\\';
          out += c;
          break;
        }
        i += digits;
        char32_t low = 0;
        if (code >= 0xD800 && code < 0xDC00 && i + 2 < text.size() && text[i + 1] == '\\' &&
            text[i + 2] == 'u' && hex(i + 3, 4, low) && low >= 0xDC00 && low < 0xE000) {
          code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          i += 6;
        }
        if ((code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) return false;
        append_utf8(out, code);
        break;
      }
      default:
        out += '\\';
        out += c;
    }
  }
  return true;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
