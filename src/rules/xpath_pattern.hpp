// Patterns of the XPath flavour (XPath and XQuery Functions 3.1, 5.6.1; XML Schema part 2, appendix F) turned into
// PCRE2 syntax. Private to src/rules. The pattern is parsed whole: what XPath refuses is refused here, whatever PCRE2
// would make of it.
#pragma once

#include "aesop/base/result.hpp"

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {

struct XPathPattern {
  std::string text;  // for PCRE2, with callouts `(?C)` at each place where matching can go back
  int groups = 0;
  bool ignore_case = false;
  bool multi_line = false;
  bool literal = false;  // flag q: replacements are literal as well
};

// Longest pattern taken, in bytes.
inline constexpr std::size_t max_pattern = 1024;

// bad_expression for a pattern or flags that are not valid; limit_exceeded for one that is too long.
Result<XPathPattern> translate_xpath_pattern(std::string_view pattern, std::string_view flags);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
