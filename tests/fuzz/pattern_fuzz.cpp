// Fuzz target: no pattern of the XPath flavour, no flags, text or replacement crashes its translation or PCRE2, and each
// question ends within the port's limits. Four lines: pattern, flags, replacement, and the text with all that follows.
#include "aesop/base/text.hpp"
#include "aesop/rules/patterns.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace aesop;
  const auto demand = [](bool held) {
    if (!held) std::abort();
  };
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::string_view lines[3];
  for (std::string_view& line : lines) {
    const std::size_t end = rest.find('\n');
    line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  const auto& [pattern, flags, replacement] = lines;
  const bool whole = is_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  const PatternPort& port = pcre2_patterns();
  const auto found = port.matches(rest, pattern, flags);
  const auto replaced = port.replace(rest, pattern, replacement, flags);
  const auto pieces = port.split(rest, pattern);
  // A pattern that is refused is refused by all; text stays text.
  if (!found && found.error().code == ErrorCode::bad_expression) demand(!replaced.ok());
  if (found && !*found && replaced) demand(*replaced == rest);
  if (whole && replaced) demand(is_utf8(*replaced));
  if (pieces) {
    std::size_t bytes = 0;
    for (const std::string& piece : *pieces) {
      bytes += piece.size();
      if (whole) demand(is_utf8(piece));
    }
    demand(bytes <= rest.size());
  }
  return 0;
}
