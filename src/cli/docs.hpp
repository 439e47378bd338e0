// The documentation pages that the program carries, and entries found in them. Part cli.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop::cli {

struct DocsPage {
  std::string_view name;  ///< "errors.md"
  std::string_view text;
};

/// Made from docs at build time (EmbedDocs.cmake).
const std::vector<DocsPage>& docs_pages();

/// One "### slug" section of a page.
struct DocsEntry {
  std::string_view page;
  std::string slug;
  std::string_view text;  ///< without the heading
};

/// Every entry, in the order of the pages.
std::vector<DocsEntry> docs_entries();

/// Markdown made readable on a terminal: no marks of emphasis, links by their text.
std::string plain_text(std::string_view markdown);

}  // namespace aesop::cli
