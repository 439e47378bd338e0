// The one layout of an SOP file: format, behind `aesop fmt`. Part model. Pure; safe from any thread.
// (1) Comments stay, in their order, before or behind the member they stood with. (2) Strings and numbers are kept as written, so
// the value never changes. (3) format(format(x)) is format(x).
// The layout: two spaces of indent; what fits into 110 columns and holds no comment stands on one line, else one member to a
// line; lists of plain values are filled; lists of equally long lists (the rows of a table) are aligned; at most one blank line.
#pragma once

#include "aesop/model/load.hpp"
#include "aesop/value/json_tree.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t format_width = 110;

/// A value of the file as it is written, with the comments around it.
struct Layout {
  std::string_view token = {};                  // scalars: the text; containers: "{" or "["
  std::string_view key = {};                    // with quotes; empty in lists
  std::vector<std::string_view> before = {};    // comments on lines of their own
  std::vector<std::string_view> behind = {};    // comments at the end of its line
  std::vector<std::string_view> dangling = {};  // comments before the closing bracket
  std::vector<Layout> items = {};
  bool blank_before = false;
  bool blank_dangling = false;
  bool has_comments = false;  // inside
  std::size_t flat = 0;       // columns on one line, without the key

  bool container() const { return token == "{" || token == "["; }
};

/// Reads text that read_json_tree has accepted.
class LayoutReader {
 public:
  explicit LayoutReader(std::string_view text) : text_(text) {}

  Layout file() {
    Layout root;
    take_gap(root.before, root.blank_before);
    root.blank_before = false;
    value(root);
    bool blank = false;
    take_gap(root.behind, blank);
    return root;
  }

 private:
  bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  std::string_view comment() {
    const std::size_t begin = at_;
    if (text_[at_ + 1] == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      std::size_t end = at_;
      while (end > begin && is_space(text_[end - 1])) --end;
      return text_.substr(begin, end - begin);
    }
    at_ = text_.find("*/", at_ + 2) + 2;
    return text_.substr(begin, at_ - begin);
  }
  // White space and comments; `blank` says whether an empty line came before the first comment or the next token.
  void take_gap(std::vector<std::string_view>& comments, bool& blank) {
    int lines = 0;
    while (at_ < text_.size()) {
      if (text_[at_] == '/') {
        if (comments.empty()) blank = blank || lines > 1;
        comments.push_back(comment());
        lines = 0;
      } else if (is_space(text_[at_])) {
        lines += text_[at_] == '\n';
        ++at_;
      } else {
        break;
      }
    }
    if (comments.empty()) blank = blank || lines > 1;
  }
  // Comments that end the line of what came before.
  void take_behind(std::vector<std::string_view>& comments) {
    const std::size_t begin = at_;
    std::vector<std::string_view> found;
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_[at_] == '/') {
        found.push_back(comment());
      } else if (is_space(text_[at_])) {
        ++at_;
      } else {
        // A token follows on this line: the comments are its.
        at_ = begin;
        return;
      }
    }
    comments.insert(comments.end(), found.begin(), found.end());
  }
  // A // comment ends its line: what is behind it moves on.
  static void carry(std::vector<std::string_view>& behind, std::vector<std::string_view>& carried) {
    for (std::size_t i = 0; i + 1 < behind.size(); ++i) {
      if (!behind[i].starts_with("//")) continue;
      carried.assign(behind.begin() + static_cast<std::ptrdiff_t>(i) + 1, behind.end());
      behind.resize(i + 1);
      return;
    }
  }
  std::string_view scalar() {
    const std::size_t begin = at_;
    if (at('"')) {
      for (++at_; !at('"'); ++at_)
        if (at('\\')) ++at_;
      ++at_;
    } else {
      while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != ',' && text_[at_] != ']' &&
             text_[at_] != '}' && text_[at_] != '/')
        ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  void value(Layout& out) {
    if (!at('{') && !at('[')) {
      out.token = scalar();
      out.flat = count_code_points(out.token);
      return;
    }
    const bool object = at('{');
    out.token = text_.substr(at_++, 1);
    out.flat = 2;
    std::vector<std::string_view>
        carried;  // comments that cannot stay behind an item, for they follow a // comment
    for (;;) {
      Layout item;
      item.before = std::move(carried);
      carried.clear();
      take_gap(item.before, item.blank_before);
      if (at('}') || at(']')) {
        out.dangling = std::move(item.before);
        out.blank_dangling = item.blank_before;
        ++at_;
        break;
      }
      bool blank = false;
      if (object) {
        item.key = scalar();
        take_gap(item.before, blank);
        ++at_;  // the colon
        take_gap(item.before, blank);
      }
      value(item);
      take_behind(item.behind);
      std::vector<std::string_view> more;
      take_gap(more, blank);
      if (at(',')) {
        ++at_;
        item.behind.insert(item.behind.end(), more.begin(), more.end());
        take_behind(item.behind);
        carry(item.behind, carried);
        out.items.push_back(std::move(item));
      } else {
        carry(item.behind, carried);
        out.items.push_back(std::move(item));
        out.dangling = std::move(carried);
        out.dangling.insert(out.dangling.end(), more.begin(), more.end());
        ++at_;
        break;
      }
    }
    out.has_comments = !out.dangling.empty();
    for (const Layout& item : out.items) {
      out.has_comments =
          out.has_comments || item.has_comments || !item.before.empty() || !item.behind.empty();
      out.flat += item.flat + (item.key.empty() ? 0 : count_code_points(item.key) + 2) +
                  (&item == &out.items[0] ? 0 : 2);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class LayoutWriter {
 public:
  std::string out;

  void file(const Layout& root) {
    for (const std::string_view text : root.before) line(0, text);
    write(root, 0, 0, true);
    out.push_back('\n');
    for (const std::string_view text : root.behind) line(0, text);
  }

 private:
  void indent(std::size_t depth) { out.append(2 * depth, ' '); }
  void line(std::size_t depth, std::string_view text) {
    indent(depth);
    append(out, text, '\n');
  }

  void write_flat(const Layout& node) {
    if (!node.key.empty()) append(out, node.key, ": ");
    append(out, node.token);
    if (!node.container()) return;
    for (const Layout& item : node.items) {
      if (&item != &node.items[0]) out += ", ";
      write_flat(item);
    }
    out.push_back(node.token == "{" ? '}' : ']');
  }

  static bool plain(const Layout& node) {
    for (const Layout& item : node.items)
      if (item.container()) return false;
    return !node.items.empty();
  }
  // Rows of one length, each without comments inside.
  static bool is_grid(const Layout& node) {
    if (node.token != "[" || node.items.size() < 2 || node.items[0].items.size() < 2) return false;
    for (const Layout& row : node.items)
      if (row.token != "[" || row.has_comments || row.items.size() != node.items[0].items.size())
        return false;
    return true;
  }

  // `extra`: columns behind it on its last line, such as a comma.
  void write(const Layout& node, std::size_t depth, std::size_t extra, bool broken = false) {
    const std::size_t key = node.key.empty() ? 0 : count_code_points(node.key) + 2;
    if (!node.container() ||
        (!broken && !node.has_comments && 2 * depth + key + node.flat + extra <= format_width) ||
        (node.items.empty() && node.dangling.empty())) {
      write_flat(node);
      return;
    }
    if (!node.key.empty()) append(out, node.key, ": ");
    append(out, node.token, '\n');
    if (node.token == "[" && plain(node) && !node.has_comments) {
      fill(node, depth + 1);
    } else {
      const std::vector<std::size_t> widths =
          is_grid(node) ? columns(node, depth + 1) : std::vector<std::size_t>();
      for (const Layout& item : node.items) {
        const bool first = &item == &node.items[0];
        const bool last = &item == &node.items.back();
        if (item.blank_before && !first) out.push_back('\n');
        for (const std::string_view text : item.before) line(depth + 1, text);
        indent(depth + 1);
        if (widths.empty())
          write(item, depth + 1, last ? 0 : 1);
        else
          write_row(item, widths);
        if (!last) out.push_back(',');
        for (const std::string_view text : item.behind) append(out, ' ', text);
        out.push_back('\n');
      }
    }
    if (!node.dangling.empty()) {
      if (node.blank_dangling && !node.items.empty()) out.push_back('\n');
      for (const std::string_view text : node.dangling) line(depth + 1, text);
    }
    indent(depth);
    out.push_back(node.token == "{" ? '}' : ']');
  }

  void fill(const Layout& node, std::size_t depth) {
    std::size_t column = 0;
    for (const Layout& item : node.items) {
      const std::size_t size = item.flat + 1;
      if (column == 0) {
        indent(depth);
        column = 2 * depth;
      } else if (column + 1 + size > format_width) {
        out.push_back('\n');
        indent(depth);
        column = 2 * depth;
      } else {
        out.push_back(' ');
        ++column;
      }
      write_flat(item);
      if (&item != &node.items.back()) out.push_back(',');
      column += size;
    }
    out.push_back('\n');
  }

  // Columns of a grid; none when the rows would not fit.
  static std::vector<std::size_t> columns(const Layout& node, std::size_t depth) {
    std::vector<std::size_t> widths(node.items[0].items.size());
    for (const Layout& row : node.items)
      for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row.items[i].flat);
    std::size_t total = 2 * depth + 2 + 1;
    for (const std::size_t width : widths) total += width + 2;
    return total <= format_width + 2 ? widths : std::vector<std::size_t>();
  }
  void write_row(const Layout& row, const std::vector<std::size_t>& widths) {
    out.push_back('[');
    for (std::size_t i = 0; i < row.items.size(); ++i) {
      write_flat(row.items[i]);
      if (i + 1 == row.items.size()) break;
      out += ", ";
      out.append(widths[i] - row.items[i].flat, ' ');
    }
    out.push_back(']');
  }
};

}  // namespace detail

/// The text in its one layout. Errors of read_json_tree, with the place; the text need not be a sound SOP.
inline Result<std::string> format(std::string_view text) {
  auto tree = read_json_tree(text, definition_limits(), JsonStyle::commented);
  if (!tree) return tree.take_error();
  const detail::Layout layout = detail::LayoutReader(text).file();
  detail::LayoutWriter writer;
  writer.file(layout);
  return std::move(writer.out);
}

}  // namespace v0
}  // namespace aesop
