// Why an evaluation gave null: Diagnostic and Diagnostics. Part rules; read beside the (null) result.
// Rules never throw: an error is the FEEL value null and a diagnostic that says what was wrong and where.
// Not safe for use from two threads at once: every evaluation has its own.
#pragma once

#include "aesop/base/source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// The reasons. Their slugs are stable.
enum class DiagnosticCode : std::uint8_t {
  unknown_name,    ///< a name that nothing in scope bears (lenient compilation only)
  not_comparable,  ///< two values that have no order, or no equality, between them
  no_such_entry,   ///< a context without that entry, a value without that property
  wrong_type,      ///< an operand of a type the operation does not take
  division_by_zero,
  index_out_of_range,
  bad_argument,       ///< a function was called with an argument outside what it accepts
  no_such_function,   ///< what is called is not a function, or takes other parameters
  not_representable,  ///< a number or date beyond what can be represented
  duplicate_entry,    ///< a context that names an entry twice
  budget_steps,
  budget_depth,
  budget_size,
  erased_value,  ///< data that was erased was needed
  bad_pattern,
  no_zone,        ///< an unknown time zone, or no zone data
  no_port,        ///< the host gave no patterns or letters
  several_rules,  ///< a decision table whose hit policy allows one rule matched several
  no_rule,        ///< a decision table that no rule of matched
};

constexpr std::string_view slug(DiagnosticCode code) {
  constexpr std::string_view slugs[] = {
      "unknown-name",      "not-comparable",     "no-such-entry", "wrong-type",
      "division-by-zero",  "index-out-of-range", "bad-argument",  "no-such-function",
      "not-representable", "duplicate-entry",    "budget-steps",  "budget-depth",
      "budget-size",       "erased-value",       "bad-pattern",   "no-zone",
      "no-port",           "several-rules",      "no-rule"};
  return slugs[static_cast<std::size_t>(code)];
}

struct Diagnostic {
  DiagnosticCode code = DiagnosticCode::wrong_type;
  SourceRange where = {};   ///< in the text of the expression
  std::string detail = {};  ///< one sentence without a full stop; names and types, never the data itself
};

/// "[wrong-type] a string cannot be added to a number (at 3..8)".
inline std::string to_string(const Diagnostic& diagnostic) {
  return cat('[', slug(diagnostic.code), "] ", diagnostic.detail, " (at ", diagnostic.where.begin, "..",
             diagnostic.where.end, ')');
}

/// The first diagnostics of an evaluation, in the order they arose; those beyond the limit are counted. Nothing is
/// allocated until one arises.
class Diagnostics {
 public:
  explicit Diagnostics(std::size_t limit = 8) : limit_(limit) {}

  void add(DiagnosticCode code, SourceRange where, std::string detail) {
    ++total_;
    if (items_.size() < limit_) items_.push_back({code, where, std::move(detail)});
  }
  /// Whether a further one would be kept: when not, its sentence need not be built.
  bool wants_more() const { return items_.size() < limit_; }
  void count_only() { ++total_; }

  bool empty() const { return total_ == 0; }
  /// All that arose, kept or not.
  std::size_t total() const { return total_; }
  const std::vector<Diagnostic>& items() const { return items_; }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  bool has(DiagnosticCode code) const {
    for (const Diagnostic& item : items_)
      if (item.code == code) return true;
    return false;
  }
  void clear() {
    items_.clear();
    total_ = 0;
  }

 private:
  std::vector<Diagnostic> items_;
  std::size_t limit_;
  std::size_t total_ = 0;
};

}  // namespace v0
}  // namespace aesop
