// Runs the program aesop, whose path is in AESOP_PROGRAM, in a folder of its own.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace aesop_test {

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// A folder that is removed again.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "aesop-cli-XXXXXX").string();
    if (!mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path path;

  void write(const std::string& name, const std::string& text) const { write_text(path / name, text); }
  std::string read(const std::string& name) const { return read_text(path / name); }

  /// Runs a shell command in the folder with the program on the PATH as `aesop`. `input` is its stdin.
  Outcome sh(const std::string& command, const std::string& input = {}) const {
    const char* program = std::getenv("AESOP_PROGRAM");
    const std::string bin = program ? std::filesystem::path(program).parent_path().string() : ".";
    write("..in", input);
    const std::string script = "cd '" + path.string() + "' && PATH='" + bin + "':\"$PATH\" && " +
                               "export PATH LC_ALL=C.UTF-8 && unset AESOP_ACTOR AESOP_ZONE NO_COLOR\n{ " +
                               command + "\n} <..in >..out 2>..err";
    const int status = std::system(script.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read("..out"), read("..err")};
  }
};

inline bool have_program() { return std::getenv("AESOP_PROGRAM") != nullptr; }

}  // namespace aesop_test
