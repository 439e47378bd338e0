// What the program reads: whole files and lines, within limits. Part cli.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/rules/evaluation.hpp"
#include "aesop/value/value.hpp"

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>

namespace aesop::cli {

/// Most bytes of a file that is read whole.
inline constexpr std::size_t max_file_bytes = std::size_t{16} << 20;
/// Most bytes of one line of `aesop exec`, without its end.
inline constexpr std::size_t max_line_bytes = std::size_t{4} << 20;

/// The whole text of a file; "-" is stdin. not_found, io_error, limit_exceeded.
Result<std::string> read_file(const std::string& path);
/// The JSON value in a file; "-" is stdin.
Result<Value> read_json_file(const std::string& path);
/// A JSON value given on the command line: the text itself, or "@FILE", or "-" for stdin.
Result<Value> read_json_argument(const std::string& text);
/// A command in which "file" (of publish and gate) is replaced by "text", the text of that file: the engine takes
/// texts only. Files are read with the rights of who runs the program, up to the size an SOP may have.
Result<Value> with_text_of_file(const Value& command);
/// Replaces a file by a text, so that a reader sees the old or the new one and never half of it. A store is never replaced:
/// invalid_argument.
Status write_file(const std::string& path, const std::string& text);

/// Reads lines of any length in bounded memory.
class LineReader {
 public:
  explicit LineReader(std::FILE* file) : file_(file) {}
  struct Line {
    std::string text;
    bool too_long =
        false;  ///< the line had more than max_line_bytes; text is empty and the line is behind us
    std::size_t number = 0;
  };
  /// The next line without its "\n" or "\r\n"; nothing at the end of the file. A last line without an end counts.
  std::optional<Line> next();

 private:
  bool fill();

  std::FILE* file_;
  std::size_t number_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace aesop::cli
