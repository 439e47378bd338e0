// Writing HTML: text that was escaped, and the frame of a page that stands alone. Part exchange.
// A page has its style inline, no script, and a policy that forbids it to load anything.
#pragma once

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// Text for HTML and SVG, as content or within double quotes: & < > " ' escaped, control characters that HTML does not know
/// replaced by U+FFFD.
std::string escape_html(std::string_view text);

/// Text cut to so many characters, with an ellipsis in place of what is missing. Not escaped.
std::string cut_text(std::string_view text, std::size_t most);

/// A whole document: doctype, head with policy and style, and `body` (HTML) within <body>. `language` is a BCP 47 tag, "en"
/// when empty.
std::string html_page(std::string_view title, std::string_view language, std::string_view body);

}  // namespace v0
}  // namespace aesop
