// Error codes: the C++ face of errors.def. Part base; depends on nothing.
// Constant tables only, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// Every error the library can give. Numbers are permanent (errors.def).
enum class ErrorCode : std::int32_t {
#define AESOP_ERROR(number, slug, python_base, text) slug = number,
#include "aesop/base/errors.def"
#undef AESOP_ERROR
};

/// One row of the table, for those who print or bind it whole.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;         ///< "command_id_reused"
  char slug_text[32];            ///< "command-id-reused"
  std::string_view python_base;  ///< the built-in Python class the binding derives from, "ValueError"
  std::string_view text;         ///< one sentence, no full stop
};

namespace detail {
template <std::size_t N>
constexpr ErrorInfo error_row(ErrorCode code, const char (&name)[N], std::string_view python_base,
                              std::string_view text) {
  static_assert(N <= 32);
  ErrorInfo info{code, name, {}, python_base, text};
  for (std::size_t i = 0; i + 1 < N; ++i) info.slug_text[i] = name[i] == '_' ? '-' : name[i];
  return info;
}

inline constexpr ErrorInfo error_table[] = {
#define AESOP_ERROR(number, slug, python_base, text) error_row(ErrorCode::slug, #slug, #python_base, text),
#include "aesop/base/errors.def"
#undef AESOP_ERROR
};
}  // namespace detail

/// The row of a code; nullptr for a number that is not in the table.
constexpr const ErrorInfo* error_info(ErrorCode code) {
  for (const ErrorInfo& row : detail::error_table)
    if (row.code == code) return &row;
  return nullptr;
}

/// The name users see and search for: words joined by hyphens, `command-id-reused`. "unknown" off the table.
constexpr std::string_view slug(ErrorCode code) {
  const ErrorInfo* row = error_info(code);
  return row ? std::string_view(row->slug_text) : std::string_view("unknown");
}

/// The name as JSON and C++ write it: words joined by underscores, `command_id_reused`.
constexpr std::string_view error_name(ErrorCode code) {
  const ErrorInfo* row = error_info(code);
  return row ? row->name : std::string_view("unknown");
}

/// One sentence saying what the code means.
constexpr std::string_view describe(ErrorCode code) {
  const ErrorInfo* row = error_info(code);
  return row ? row->text : std::string_view("not an error code of this version");
}

/// The code of a slug; hyphens and underscores are the same.
constexpr std::optional<ErrorCode> find_error(std::string_view slug) {
  for (const ErrorInfo& row : detail::error_table) {
    const std::string_view name(row.slug_text);
    if (name.size() != slug.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size() && same; ++i)
      same = name[i] == slug[i] || (name[i] == '-' && slug[i] == '_');
    if (same) return row.code;
  }
  return std::nullopt;
}

}  // namespace v0
}  // namespace aesop
