#include "cli/docs.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {

std::vector<DocsEntry> docs_entries() {
  std::vector<DocsEntry> entries;
  for (const DocsPage& page : docs_pages()) {
    std::size_t text_begin = std::string_view::npos;
    std::size_t at = 0;
    const auto close = [&](std::size_t end) {
      if (text_begin != std::string_view::npos)
        entries.back().text = trim(page.text.substr(text_begin, end - text_begin));
      text_begin = std::string_view::npos;
    };
    while (at < page.text.size()) {
      const std::size_t end = std::min(page.text.find('\n', at), page.text.size());
      const std::string_view line = page.text.substr(at, end - at);
      if (line.substr(0, 2) == "# " || line.substr(0, 3) == "## " || line.substr(0, 4) == "### ") close(at);
      if (line.substr(0, 4) == "### ") {
        std::string_view slug = trim(line.substr(4));
        if (!slug.empty() && slug.front() == '`') slug = slug.substr(1, slug.find('`', 1) - 1);
        entries.push_back({page.name, std::string(slug), {}});
        text_begin = std::min(end + 1, page.text.size());
      }
      at = end + 1;
    }
    close(page.text.size());
  }
  return entries;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  bool fenced = false;
  for (const std::string_view line : split(markdown, '\n')) {
    if (line.substr(0, 3) == "```") {
      fenced = !fenced;
      continue;
    }
    if (fenced) {
      append(out, "    ", line, '\n');
      continue;
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line.substr(i, 2) == "**") {
        ++i;
      } else if (line[i] == '[') {  // [text](target)
        const std::size_t close = line.find("](", i);
        const std::size_t end = close == std::string_view::npos ? close : line.find(')', close);
        if (end == std::string_view::npos) {
          out += line[i];
        } else {
          out += line.substr(i + 1, close - i - 1);
          i = end;
        }
      } else {
        out += line[i];
      }
    }
    out += '\n';
  }
  return out;
}

}  // namespace aesop::cli
