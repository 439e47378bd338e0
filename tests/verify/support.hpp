// What the tests of model and verify share: files, and findings as short texts.
#pragma once

#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/verify/verify.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace aesop_test {

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::filesystem::path source_dir() { return AESOP_SOURCE_DIR; }
inline std::filesystem::path cases_dir() { return std::filesystem::path(AESOP_TESTS_DIR) / "cases/model"; }

/// Sorted files of a folder that end so.
inline std::vector<std::filesystem::path> files(const std::filesystem::path& folder, std::string_view end) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().string().ends_with(end)) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

/// "unknown-step 3:12" of every finding, in order.
inline std::vector<std::string> short_findings(const aesop::Checked& checked) {
  std::vector<std::string> out;
  for (const aesop::Finding& finding : checked.findings) {
    const aesop::Position at = checked.source->position(finding.where.begin);
    out.push_back(aesop::cat(finding.code, ' ', at.line, ':', at.column));
  }
  return out;
}

}  // namespace aesop_test
