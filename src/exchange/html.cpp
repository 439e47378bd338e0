// HTML: escaping and the frame of a page.
#include "aesop/exchange/html.hpp"

#include "exchange/page_style.hpp"

#include "aesop/base/text.hpp"

namespace aesop {
inline namespace v0 {

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f)
          out += "\uFFFD";
        else
          out.push_back(c);
      }
    }
  }
  return out;
}

std::string cut_text(std::string_view text, std::size_t most) {
  if (count_code_points(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t points = 0; end < text.size(); ++end)
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && points++ == most - 1) break;
  std::string out(text.substr(0, end));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "\u2026";
}

std::string html_page(std::string_view title, std::string_view language, std::string_view body) {
  return cat(
      "<!DOCTYPE html>\n<html lang=\"", escape_html(language.empty() ? "en" : language),
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src "
      "'none'; style-src 'unsafe-inline'; img-src data:\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" "
      "content=\"Aesop\">\n<title>",
      escape_html(title), "</title>\n<style>\n", page_style, "</style>\n</head>\n<body>\n", body,
      "</body>\n</html>\n");
}

}  // namespace v0
}  // namespace aesop
