// Names and scope paths: what may be one, and which scope holds which. Part base; depends on text.
#pragma once

#include "aesop/base/text.hpp"

#include <string_view>

namespace aesop {
inline namespace v0 {

/// Longest id; storage.md's 128.
inline constexpr std::size_t max_id_length = 128;

/// `[a-z][a-z0-9_]*`, at most 128 bytes. No hyphens: FEEL would read a subtraction.
constexpr bool is_id(std::string_view text) {
  if (text.empty() || text.size() > max_id_length || !is_lower(text[0])) return false;
  for (const char c : text)
    if (!is_lower(c) && !is_digit(c) && c != '_') return false;
  return true;
}

/// Ids joined by dots: `claim.submitted`. A single id is one too.
constexpr bool is_dotted_id(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_id(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

/// A scope path: segments of `[A-Za-z0-9_.-]` (1 to 128 each) joined by "/", `org/region/clinic`. The empty
/// path and "/" are the scope of everything. No "." or ".." segment, no leading, trailing or double "/".
constexpr bool is_scope(std::string_view text) {
  if (text.empty() || text == "/") return true;
  for (;;) {
    const std::size_t slash = text.find('/');
    const std::string_view segment = text.substr(0, slash);
    if (segment.empty() || segment.size() > max_id_length || segment == "." || segment == "..") return false;
    for (const char c : segment)
      if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '_' && c != '-' && c != '.') return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

/// Whether `scope` is `ancestor` or lies under it, on whole segments: "a/b" holds "a/b/c", not "a/bc".
constexpr bool scope_contains(std::string_view ancestor, std::string_view scope) {
  if (ancestor.empty() || ancestor == "/") return true;
  if (!scope.starts_with(ancestor)) return false;
  return scope.size() == ancestor.size() || scope[ancestor.size()] == '/';
}

/// The scope one level up; "" of a single segment and of "".
constexpr std::string_view scope_parent(std::string_view scope) {
  const std::size_t slash = scope.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : scope.substr(0, slash);
}

}  // namespace v0
}  // namespace aesop
