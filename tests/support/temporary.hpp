// A folder for the files of one test, removed at its end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace aesop::testing {

class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& under = {}) {
    const auto base = under.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(under);
    std::string pattern = (base / "aesop-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name = "store.db") const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace aesop::testing
