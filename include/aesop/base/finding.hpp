// Many problems at once: findings of loaders and checks. Part base; uses source and errors by slug.
#pragma once

#include "aesop/base/source.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

enum class Severity : std::uint8_t { error, warning, note };

constexpr std::string_view to_string(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// One problem in a text or a definition.
struct Finding {
  std::string code = {};  ///< stable slug, "unreachable-step"
  Severity severity = Severity::error;
  std::string message = {};
  SourceRange where = {};
  std::string help = {};
};

/// Findings in order of position, then severity, then of arrival; at most `limit` are kept, the rest counted.
/// Not safe for use from two threads at once.
class Findings {
 public:
  explicit Findings(std::size_t limit = 200) : limit_(limit) {}

  void add(Finding finding) {
    if (finding.severity == Severity::error) ++errors_;
    if (items_.size() >= limit_) {
      ++dropped_;
      return;
    }
    const auto before = [](const Finding& a, const Finding& b) {
      if (a.where.begin != b.where.begin) return a.where.begin < b.where.begin;
      return a.severity < b.severity;
    };
    items_.insert(std::upper_bound(items_.begin(), items_.end(), finding, before), std::move(finding));
  }
  void error(std::string_view code, std::string message, SourceRange where, std::string help = {}) {
    add({std::string(code), Severity::error, std::move(message), where, std::move(help)});
  }
  void warning(std::string_view code, std::string message, SourceRange where, std::string help = {}) {
    add({std::string(code), Severity::warning, std::move(message), where, std::move(help)});
  }
  void note(std::string_view code, std::string message, SourceRange where, std::string help = {}) {
    add({std::string(code), Severity::note, std::move(message), where, std::move(help)});
  }
  void append(const Findings& others) {
    for (const Finding& finding : others.items_) add(finding);
    dropped_ += others.dropped_;
    for (const Finding& finding : others.items_) errors_ -= finding.severity == Severity::error;
    errors_ += others.errors_;
  }

  bool empty() const { return items_.empty(); }
  std::size_t size() const { return items_.size(); }
  /// Errors found, kept or not.
  std::size_t error_count() const { return errors_; }
  bool has_errors() const { return errors_ > 0; }
  /// Findings beyond the limit, of any severity.
  std::size_t dropped() const { return dropped_; }

  const std::vector<Finding>& items() const { return items_; }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  const Finding& operator[](std::size_t index) const { return items_[index]; }

  /// All of them as SourceText::render shows them, blank lines between, and a line for those not kept.
  std::string render(const SourceText& source) const {
    std::string out;
    for (const Finding& finding : items_) {
      if (!out.empty()) out.push_back('\n');
      out += source.render(finding.where, finding.code, to_string(finding.severity), finding.message,
                           finding.help);
    }
    if (dropped_ > 0) aesop::append(out, "\n... and ", dropped_, " more\n");
    return out;
  }

 private:
  std::vector<Finding> items_;
  std::size_t limit_;
  std::size_t dropped_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace v0
}  // namespace aesop
