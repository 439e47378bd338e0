// See xpath_pattern.hpp. One pass of recursive descent: alternatives, pieces, atoms, classes.
// (1) Nesting of groups and of class subtraction is at most 32, so recursion is bounded.
#include "rules/xpath_pattern.hpp"

#include "rules/xpath_blocks.hpp"

#include "aesop/base/text.hpp"

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {
namespace {

constexpr int max_nesting = 32;

// XML 1.0 (fifth edition) NameStartChar and NameChar, and what is in neither, as the inside of a PCRE2 class.
constexpr std::string_view name_start =
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}-\\x{"
    "200D}"
    "\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{"
    "10000}-\\x{EFFFF}";
constexpr std::string_view name_more = "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}";
constexpr std::string_view no_name_start =
    "\\x{0}-\\x{39}\\x{3B}-\\x{40}\\x{5B}-\\x{5E}\\x{60}\\x{7B}-\\x{BF}\\x{D7}\\x{F7}\\x{300}-\\x{36F}\\x{"
    "37E}"
    "\\x{2000}-\\x{200B}\\x{200E}-\\x{206F}\\x{2190}-\\x{2BFF}\\x{2FF0}-\\x{3000}\\x{E000}-\\x{F8FF}\\x{FDD0}"
    "-\\x{FDEF}"
    "\\x{FFFE}-\\x{FFFF}\\x{F0000}-\\x{10FFFF}";
constexpr std::string_view no_name =
    "\\x{0}-\\x{2C}\\x{2F}\\x{3B}-\\x{40}\\x{5B}-\\x{5E}\\x{60}\\x{7B}-\\x{B6}\\x{B8}-\\x{BF}\\x{D7}\\x{F7}"
    "\\x{37E}"
    "\\x{2000}-\\x{200B}\\x{200E}-\\x{203E}\\x{2041}-\\x{206F}\\x{2190}-\\x{2BFF}\\x{2FF0}-\\x{3000}\\x{E000}"
    "-\\x{F8FF}"
    "\\x{FDD0}-\\x{FDEF}\\x{FFFE}-\\x{FFFF}\\x{F0000}-\\x{10FFFF}";

bool is_category(std::string_view name) {
  constexpr std::string_view names[] = {"L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc",
                                        "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps",
                                        "Pe", "Pi", "Pf", "Po", "Z",  "Zs", "Zl", "Zp", "S",
                                        "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn"};
  for (const std::string_view known : names)
    if (known == name) return true;
  return false;
}

class Translator {
 public:
  Translator(std::string_view pattern, bool dot_all, bool multi_line)
      : in_(pattern), dot_all_(dot_all), multi_line_(multi_line) {}

  Result<XPathPattern> run() {
    out_ = "(?C)";
    if (!alternatives(0)) return failure();
    if (at_ < in_.size()) {
      fail("a ) without its (");
      return failure();
    }
    XPathPattern result;
    result.text = std::move(out_);
    result.groups = groups_;
    return result;
  }

 private:
  Error failure() const {
    return {ErrorCode::bad_expression,
            cat("the pattern is not valid at character ", at_ + 1, ": ", problem_),
            {},
            {},
            {}};
  }
  bool fail(std::string_view problem) {
    if (problem_.empty()) problem_ = problem;
    return false;
  }

  bool more() const { return at_ < in_.size(); }
  bool peek(char c) const { return more() && in_[at_] == c; }

  bool alternatives(int nesting) {
    if (nesting > max_nesting) return fail("groups are nested too deeply");
    while (true) {
      while (more() && in_[at_] != '|' && in_[at_] != ')')
        if (!piece(nesting)) return false;
      if (!peek('|')) return true;
      ++at_;
      out_ += '|';
    }
  }

  bool piece(int nesting) {
    bool anchor = false;
    if (!atom(nesting, anchor)) return false;
    if (!more()) return true;
    const char c = in_[at_];
    if (c != '?' && c != '*' && c != '+' && c != '{') return true;
    if (anchor) return fail("a quantifier after an anchor");
    if (c == '{') {
      if (!counted()) return false;
    } else {
      out_ += c;
      ++at_;
    }
    if (peek('?')) {
      out_ += '?';
      ++at_;
    }
    out_ += "(?C)";  // matching may come back here
    if (more() && (in_[at_] == '*' || in_[at_] == '+' || in_[at_] == '?' || in_[at_] == '{'))
      return fail("two quantifiers in a row");
    return true;
  }

  bool counted() {
    ++at_;
    const auto number = [this](int& value) {
      const std::size_t begin = at_;
      value = 0;
      while (at_ < in_.size() && is_digit(in_[at_]) && at_ - begin < 5)
        value = value * 10 + (in_[at_++] - '0');
      return at_ > begin && value <= 1000;
    };
    int least = 0, most = 0;
    if (!number(least)) return fail("a number up to 1000 is expected in { }");
    append(out_, '{', least);
    if (at_ < in_.size() && in_[at_] == ',') {
      ++at_;
      out_ += ',';
      if (at_ < in_.size() && in_[at_] != '}') {
        if (!number(most)) return fail("a number up to 1000 is expected in { }");
        if (most < least) return fail("the numbers in { } are in the wrong order");
        append(out_, most);
      }
    }
    if (at_ >= in_.size() || in_[at_] != '}') return fail("} is missing");
    ++at_;
    out_ += '}';
    return true;
  }

  bool atom(int nesting, bool& anchor) {
    const char c = in_[at_];
    switch (c) {
      case '(':
        return group(nesting);
      case '[':
        ++at_;
        return char_class(nesting);
      case '.':
        ++at_;
        out_ += dot_all_ ? "(?s:.)" : "[^\\n\\r]";
        return true;
      case '^':
        ++at_;
        out_ += multi_line_ ? "(?m:^)" : "\\A";
        return anchor = true;
      case '$':
        ++at_;
        out_ += multi_line_ ? "(?m:$)" : "\\z";
        return anchor = true;
      case '\\':
        return escape();
      case '*':
      case '+':
      case '?':
      case '{':
        return fail("a quantifier with nothing before it");
      case '}':
      case ']':
        return fail("a bracket that must be escaped");
      default:
        literal(next());
        return true;
    }
  }

  bool group(int nesting) {
    ++at_;
    int number = 0;
    if (at_ < in_.size() && in_[at_] == '?') {
      if (at_ + 1 >= in_.size() || in_[at_ + 1] != ':') return fail("only (?: may follow a ( and ?");
      at_ += 2;
      out_ += "(?:";
    } else {
      number = ++groups_;
      out_ += '(';
    }
    out_ += "(?C)";
    if (!alternatives(nesting + 1)) return false;
    if (!peek(')')) return fail("a ( without its )");
    ++at_;
    out_ += ')';
    if (number > 0 && number < 100) closed_[number] = true;
    return true;
  }

  char32_t next() {
    const Decoded decoded = decode_utf8(in_, at_);
    at_ += decoded.size == 0 ? 1 : decoded.size;
    return decoded.code_point;
  }

  void literal(char32_t c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80) {
      append_utf8(out_, c);
    } else {
      constexpr char hex[] = "0123456789ABCDEF";
      append(out_, "\\x{", hex[(c >> 4) & 15], hex[c & 15], '}');
    }
  }

  static bool single_escape(char c, char32_t& value) {
    switch (c) {
      case 'n':
        value = '\n';
        return true;
      case 'r':
        value = '\r';
        return true;
      case 't':
        value = '\t';
        return true;
      case '\\':
      case '|':
      case '.':
      case '?':
      case '*':
      case '+':
      case '(':
      case ')':
      case '{':
      case '}':
      case '$':
      case '-':
      case '[':
      case ']':
      case '^':
        value = static_cast<unsigned char>(c);
        return true;
      default:
        return false;
    }
  }

  // What a class escape stands for, to be put inside [ ]; empty when `c` is none.
  std::string multi_escape(char c) {
    switch (c) {
      case 's':
        return "\\x{20}\\t\\n\\r";
      case 'S':
        return "\\x{0}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}\\x{21}-\\x{10FFFF}";
      case 'd':
        return "\\p{Nd}";
      case 'D':
        return "\\P{Nd}";
      case 'w':
        return "\\p{L}\\p{M}\\p{N}\\p{S}";
      case 'W':
        return "\\p{P}\\p{Z}\\p{C}";
      case 'i':
        return std::string(name_start);
      case 'I':
        return std::string(no_name_start);
      case 'c':
        return cat(name_start, name_more);
      case 'C':
        return std::string(no_name);
      default:
        return {};
    }
  }

  // \p{..} or \P{..}, the backslash and letter read already; as the inside of a class.
  bool category(bool negated, std::string& inside) {
    if (at_ >= in_.size() || in_[at_] != '{') return fail("{ is expected after \\p");
    const std::size_t close = in_.find('}', at_);
    if (close == std::string_view::npos) return fail("} is missing after \\p{");
    const std::string_view name = in_.substr(at_ + 1, close - at_ - 1);
    if (is_category(name)) {
      inside = cat(negated ? "\\P{" : "\\p{", name, '}');
    } else if (!name.starts_with("Is") || !xpath_block(name.substr(2), negated, inside)) {
      return fail("an unknown category or block");
    }
    at_ = close + 1;
    return true;
  }

  bool escape() {
    ++at_;
    if (at_ >= in_.size()) return fail("a backslash at the end");
    const char c = in_[at_];
    if (is_digit(c)) return back_reference();
    ++at_;
    char32_t value = 0;
    if (single_escape(c, value)) {
      literal(value);
      return true;
    }
    std::string inside = multi_escape(c);
    if (inside.empty()) {
      if (c != 'p' && c != 'P') {
        --at_;
        return fail("an unknown escape");
      }
      if (!category(c == 'P', inside)) return false;
    }
    append(out_, '[', inside, ']');
    return true;
  }

  bool back_reference() {
    int number = in_[at_] - '0';
    if (number == 0) return fail("an unknown escape");
    ++at_;
    while (at_ < in_.size() && is_digit(in_[at_]) && number * 10 + (in_[at_] - '0') <= groups_)
      number = number * 10 + (in_[at_++] - '0');
    if (number > groups_ || number >= 100 || !closed_[number])
      return fail("a reference to a group that is not closed before it");
    append(out_, "\\g{", number, '}');
    return true;
  }

  // A class, its [ read already. [A-Z-[OI]] becomes (?:(?![OI])[A-Z]).
  bool char_class(int nesting) {
    if (nesting > max_nesting) return fail("classes are nested too deeply");
    std::string body;
    bool negated = false;
    if (at_ < in_.size() && in_[at_] == '^') {
      negated = true;
      ++at_;
    }
    bool any = false;
    std::string without;
    while (true) {
      if (at_ >= in_.size()) return fail("a [ without its ]");
      const char c = in_[at_];
      if (c == ']') {
        if (!any) return fail("an empty class");
        ++at_;
        break;
      }
      if (c == '[') return fail("a [ that must be escaped");
      if (c == '-' && any && at_ + 1 < in_.size() && in_[at_ + 1] == '[') {
        at_ += 2;
        std::string kept = std::move(out_);
        out_.clear();
        if (!char_class(nesting + 1)) return false;
        without = std::move(out_);
        out_ = std::move(kept);
        if (at_ >= in_.size() || in_[at_] != ']') return fail("] is missing after a class subtraction");
        ++at_;
        break;
      }
      if (!class_member(body)) return false;
      any = true;
    }
    const std::string plain = cat(negated ? "[^" : "[", body, ']');
    if (without.empty())
      out_ += plain;
    else
      append(out_, "(?:(?!", without, ')', plain, ')');
    return true;
  }

  // A character of a class: false with `inside` filled when it is a whole set.
  bool class_char(char32_t& value, std::string& inside) {
    if (in_[at_] != '\\') {
      value = next();
      return true;
    }
    ++at_;
    if (at_ >= in_.size()) return fail("a backslash at the end");
    const char c = in_[at_++];
    if (single_escape(c, value)) return true;
    inside = multi_escape(c);
    if (!inside.empty()) return true;
    if (c == 'p' || c == 'P') return category(c == 'P', inside);
    --at_;
    return fail("an unknown escape");
  }

  bool class_member(std::string& body) {
    char32_t first = 0;
    std::string inside;
    if (!class_char(first, inside)) return false;
    if (!inside.empty()) {
      body += inside;
      return true;
    }
    std::string kept = std::move(out_);
    out_.clear();
    const bool range = at_ + 1 < in_.size() && in_[at_] == '-' && in_[at_ + 1] != ']' && in_[at_ + 1] != '[';
    char32_t last = first;
    bool good = true;
    if (range) {
      ++at_;
      good = class_char(last, inside) && (inside.empty() || fail("a set cannot end a range")) &&
             (first <= last || fail("a range in the wrong order"));
    }
    if (good) {
      literal(first);
      if (range) {
        out_ += '-';
        literal(last);
      }
      body += out_;
    }
    out_ = std::move(kept);
    return good;
  }

  std::string_view in_;
  bool dot_all_, multi_line_;
  std::size_t at_ = 0;
  std::string out_;
  std::string problem_;
  int groups_ = 0;
  bool closed_[100] = {};
};

// Flag x: white space is taken out before the pattern is read, but not in a class (XPath 3.1, 5.6.2).
std::string without_blanks(std::string_view pattern) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      ++i;
      // What is escaped is the next character that stays: "\ s" is "\s".
      while (depth == 0 && i < pattern.size() && aesop::is_space(pattern[i])) ++i;
      if (i < pattern.size()) out += pattern[i];
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    if (depth == 0 && aesop::is_space(c)) continue;
    out += c;
  }
  return out;
}

}  // namespace

Result<XPathPattern> translate_xpath_pattern(std::string_view pattern, std::string_view flags) {
  if (pattern.size() > max_pattern)
    return Error{
        ErrorCode::limit_exceeded, cat("the pattern is longer than ", max_pattern, " bytes"), {}, {}, {}};
  bool s = false, m = false, i = false, x = false, q = false;
  for (const char flag : flags) {
    switch (flag) {
      case 's':
        s = true;
        break;
      case 'm':
        m = true;
        break;
      case 'i':
        i = true;
        break;
      case 'x':
        x = true;
        break;
      case 'q':
        q = true;
        break;
      default:
        return Error{ErrorCode::bad_expression, "the flags of a pattern are s, m, i, x and q", {}, {}, {}};
    }
  }
  if (q) {
    XPathPattern literal;
    literal.literal = true;
    literal.ignore_case = i;
    literal.text = "(?C)";
    constexpr char hex[] = "0123456789ABCDEF";
    for (const char c : pattern) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = byte >= 0x80 || is_digit(c) || is_lower(c) || is_upper(c);
      if (plain)
        literal.text += c;
      else
        append(literal.text, "\\x{", hex[byte >> 4], hex[byte & 15], '}');
    }
    return literal;
  }
  const std::string squeezed = x ? without_blanks(pattern) : std::string(pattern);
  auto result = Translator(squeezed, s, m).run();
  if (!result) return result;
  result->ignore_case = i;
  result->multi_line = m;
  return result;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
