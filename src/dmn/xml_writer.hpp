// Writes XML with two blanks of indentation: XmlWriter. Part dmn.
#pragma once

#include "aesop/base/text.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

class XmlWriter {
 public:
  void begin(std::string_view tag) {
    close_head();
    append(out_, std::string(2 * open_.size(), ' '), '<', tag);
    open_.emplace_back(tag);
    in_head_ = true;
  }
  void end() {
    const std::string tag = std::move(open_.back());
    open_.pop_back();
    if (std::exchange(in_head_, false))
      out_ += "/>\n";
    else
      append(out_, std::string(2 * open_.size(), ' '), "</", tag, ">\n");
  }
  /// An attribute of the element begun last, before anything in it; left out when it is empty.
  void attribute(std::string_view name, std::string_view value) {
    if (!value.empty()) always(name, value);
  }
  void always(std::string_view name, std::string_view value) {
    append(out_, ' ', name, "=\"", escaped(value, true), '"');
  }
  /// An element with a text; left out when it is empty, unless `always`.
  void text_element(std::string_view tag, std::string_view text, bool always = false) {
    if (text.empty() && !always) return;
    close_head();
    append(out_, std::string(2 * open_.size(), ' '), '<', tag, '>', escaped(text, false), "</", tag, ">\n");
  }
  std::string take() { return std::move(out_); }

 private:
  void close_head() {
    if (std::exchange(in_head_, false)) out_ += ">\n";
  }
  // Control characters that XML cannot hold become blanks.
  static std::string escaped(std::string_view text, bool in_attribute) {
    std::string out;
    for (const char c : text) {
      if (c == '&')
        out += "&amp;";
      else if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else if (c == '"' && in_attribute)
        out += "&quot;";
      else if (c == '\r')
        out += "&#13;";
      else if (c == '\n' && in_attribute)
        out += "&#10;";
      else if (c == '\t' && in_attribute)
        out += "&#9;";
      else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
        out += ' ';
      else
        out += c;
    }
    return out;
  }

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
  bool in_head_ = false;
};

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
