#include "aesop/model/load_file.hpp"

#include "aesop/model/load.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <sys/stat.h>

namespace aesop {
inline namespace v0 {

namespace {

Error file_error(ErrorCode code, const std::string& path, std::string_view what) {
  Error error{code, cat('"', printable(path), "\" ", what)};
  error.file = path;
  return error;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Result<std::string> read_text_file(const std::string& path, std::size_t limit) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file)
    return file_error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_error, path,
                      cat("cannot be opened: ", std::strerror(errno)));
  // A directory opens and then reads nothing; a device may never end.
  struct stat info {};
  if (fstat(fileno(file.get()), &info) != 0 || !S_ISREG(info.st_mode))
    return file_error(ErrorCode::io_error, path, "is no regular file");
  std::string text;
  char buffer[64 * 1024];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file.get())) {
    text.append(buffer, size);
    if (text.size() > limit)
      return file_error(ErrorCode::limit_exceeded, path, cat("is larger than ", limit, " bytes"));
  }
  if (std::ferror(file.get())) return file_error(ErrorCode::io_error, path, "cannot be read");
  return text;
}

Result<std::shared_ptr<Definition>> load_file(const std::string& path, Findings& findings) {
  auto text = read_text_file(path, max_definition_bytes);
  if (!text) {
    const Error& error = text.error();
    findings.error(error.code == ErrorCode::limit_exceeded ? std::string_view("too-large") : slug(error.code),
                   error.message, {});
    return text.take_error();
  }
  return load(*text, path, findings);
}

}  // namespace v0
}  // namespace aesop
