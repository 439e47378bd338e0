#include "cli/input.hpp"

#include "aesop/base/text.hpp"
#include "aesop/model/load_file.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/json_read.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace aesop::cli {
namespace {

struct Closer {
  void operator()(std::FILE* file) const {
    if (file && file != stdin) std::fclose(file);
  }
};

Error system_error(ErrorCode code, std::string_view what, const std::string& path) {
  return {.code = code, .message = cat(what, " \"", printable(path), "\": ", std::strerror(errno))};
}

JsonLimits file_limits() {
  JsonLimits limits;
  limits.document_bytes = max_file_bytes;
  limits.string_bytes = max_file_bytes;
  limits.keys = 100'000;
  return limits;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::unique_ptr<std::FILE, Closer> file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return system_error(absent ? ErrorCode::not_found : ErrorCode::io_error, "cannot open", path);
  }
  std::string text;
  char piece[1 << 16];
  for (;;) {
    const std::size_t got = std::fread(piece, 1, sizeof piece, file.get());
    text.append(piece, got);
    if (text.size() > max_file_bytes)
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = cat('"', printable(path), "\" is longer than ", max_file_bytes, " bytes")};
    if (got < sizeof piece) break;
  }
  if (std::ferror(file.get())) return system_error(ErrorCode::io_error, "cannot read", path);
  return text;
}

Result<Value> read_json_file(const std::string& path) {
  auto text = read_file(path);
  if (!text) return text.take_error();
  auto value = read_json(*text, file_limits());
  if (!value) {
    value.error().file = path == "-" ? "stdin" : path;
    const Position at = SourceText(path, *text).position(value.error().where.begin);
    value.error().message =
        cat(printable(value.error().file), ':', at.line, ':', at.column, ": ", value.error().message);
  }
  return value;
}

Result<Value> read_json_argument(const std::string& text) {
  if (text == "-") return read_json_file(text);
  if (!text.empty() && text.front() == '@') return read_json_file(text.substr(1));
  auto value = read_json(text, file_limits());
  if (!value) {
    Error& error = value.error();
    error.message =
        cat("column ", SourceText({}, text).position(error.where.begin).column, ": ", error.message);
    if (error.help.empty()) error.help = "give JSON in single quotes of the shell, or @FILE, or - for stdin";
  }
  return value;
}

Result<Value> with_text_of_file(const Value& command) {
  const std::string_view verb = command.get("do").is_string() ? command.get("do").as_string() : "";
  const Value* file = command.find("file");
  if ((verb != "publish" && verb != "gate") || file == nullptr) return command;
  if (file->is_null()) return command.without("file");  // left out
  if (!command.get("text").is_null())
    return Error{.code = ErrorCode::schema_error,
                 .message = cat(verb, " has \"text\" and \"file\""),
                 .help = "give one of them"};
  if (!file->is_string())
    return Error{.code = ErrorCode::schema_error, .message = cat(verb, ".file must be a string")};
  auto text = read_text_file(std::string(file->as_string()));
  if (!text) return text.take_error();
  return command.without("file").with("text", Value::string(*text));
}

Status write_file(const std::string& path, const std::string& text) {
  if (std::FILE* there = std::fopen(path.c_str(), "rb")) {
    char head[16] = {};
    const bool store = std::fread(head, 1, 15, there) == 15 && std::string_view(head) == "SQLite format 3";
    std::fclose(there);
    if (store)
      return Error{ErrorCode::invalid_argument,
                   cat(printable(path, 200), " is a store, and is not written over"), "give another name"};
  }
  struct stat old {};
  const mode_t mode = stat(path.c_str(), &old) == 0 ? (old.st_mode & 07777) : 0666;
  const std::string fresh = cat(path, ".aesop-", getpid());
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return system_error(ErrorCode::io_error, "cannot write", fresh);
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = write(file, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) break;
    done += static_cast<std::size_t>(wrote);
  }
  const bool whole = done == text.size() && fsync(file) == 0;
  if (close(file) == 0 && whole && std::rename(fresh.c_str(), path.c_str()) == 0) return {};
  Error error =
      system_error(errno == ENOSPC ? ErrorCode::disk_full : ErrorCode::io_error, "cannot write", path);
  unlink(fresh.c_str());
  return error;
}

bool LineReader::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  char piece[1 << 16];
  const ssize_t got = [&] {
    for (;;) {  // read(2) and not fread: a line is answered as soon as it is there
      const ssize_t count = read(fileno(file_), piece, sizeof piece);
      if (count >= 0 || errno != EINTR) return count;
    }
  }();
  if (got <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(got));
  return true;
}

std::optional<LineReader::Line> LineReader::next() {
  Line line;
  std::size_t seen = 0;
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_ + seen);
    if (end != std::string::npos) {
      if (!line.too_long) line.text.assign(buffer_, at_, end - at_);
      at_ = end + 1;
      break;
    }
    seen = buffer_.size() - at_;
    if (seen > max_line_bytes + 1) {
      line.too_long = true;
      at_ = buffer_.size();
      seen = 0;
    }
    if (!fill()) {
      if (seen == 0 && !line.too_long) return std::nullopt;
      if (!line.too_long) line.text.assign(buffer_, at_);
      at_ = buffer_.size();
      break;
    }
  }
  if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
  if (line.text.size() > max_line_bytes) {
    line.too_long = true;
    line.text.clear();
  }
  line.number = ++number_;
  return line;
}

}  // namespace aesop::cli
