// Reads and compiles a .dmn file with the models beside it. Part cli.
#include "cli/dmn_model.hpp"

#include "cli/input.hpp"
#include "cli/output.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace aesop::cli {
namespace {

Result<dmn::Model> read_model(const std::string& path) {
  auto text = read_file(path);
  if (!text) return text.take_error();
  return read_dmn(SourceText(path, text.take()));
}

// A model of a folder by its namespace.
Result<dmn::Model> find_model(const std::string& folder, const dmn::Import& wanted) {
  const std::filesystem::path location(wanted.location);
  if (!wanted.location.empty() && location.filename() == location && wanted.location != "..") {
    const std::string path = (std::filesystem::path(folder) / location).string();
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return read_model(path);
  }
  for (const std::string& path : files_in(folder, ".dmn")) {
    auto text = read_file(path);
    if (!text) continue;
    const SourceText source(path, text.take());
    auto space = read_dmn_namespace(source);
    if (space && *space == wanted.space) return read_dmn(source);
  }
  return Error{ErrorCode::not_found, "no file of the folder has its namespace"};
}

}  // namespace

std::vector<std::string> files_in(const std::string& folder, const std::string& ending) {
  std::vector<std::string> out;
  std::error_code failed;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    std::error_code ignored;
    const std::string path = it->path().string();
    if (ending.empty() ? it->is_directory(ignored) : it->is_regular_file(ignored) && path.ends_with(ending))
      out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  return out;
}

DmnFile load_dmn(const std::string& path) {
  DmnFile out;
  auto text = read_file(path);
  if (!text) {
    out.error = text.take_error();
    return out;
  }
  out.source = std::make_shared<const SourceText>(path, text.take());
  auto model = read_dmn(out.source);
  if (!model) {
    out.error = model.take_error();
    return out;
  }
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  DmnOptions options;
  options.lenient = true;
  options.loader = [&folder](const dmn::Import& wanted) { return find_model(folder, wanted); };
  out.written = model.take();
  auto compiled = Dmn::compile(*out.written, out.findings, options);
  if (compiled)
    out.model = compiled.take();
  else
    out.error = compiled.take_error();
  return out;
}

int report_dmn(const DmnFile& file) {
  if (file.source && !file.findings.empty())
    message(paint_rendered(file.findings.render(*file.source), false));
  if (!file.error) return 0;
  const Error& error = *file.error;
  if (file.source && error.where.end > 0)
    message(paint_rendered(
        file.source->render(error.where, slug(error.code), "error", error.message, error.help), false));
  else
    complain(error);
  return static_cast<int>(exit_of(error.code));
}

}  // namespace aesop::cli
