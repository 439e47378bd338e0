// Imported models that a host hands over as texts: dmn_texts. Part dmn.
#include "aesop/base/text.hpp"
#include "aesop/dmn/read.hpp"

#include <utility>

namespace aesop {
inline namespace v0 {
namespace {

// The last part of a path or address.
std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

dmn::Loader dmn_texts(std::vector<std::pair<std::string, std::string>> texts) {
  auto sources = std::make_shared<std::vector<std::shared_ptr<const SourceText>>>();
  for (auto& [name, text] : texts)
    sources->push_back(std::make_shared<const SourceText>(std::move(name), std::move(text)));
  return [sources](const dmn::Import& wanted) -> Result<dmn::Model> {
    const std::string_view file = file_name(wanted.location);
    std::shared_ptr<const SourceText> found, by_name;
    for (const auto& source : *sources) {
      const bool named = !file.empty() && file_name(source->name) == file;
      if (named && !by_name) by_name = source;
      const auto space = read_dmn_namespace(*source);
      if (space && *space == wanted.space && (!found || named)) found = source;
    }
    if (!found) found = by_name;  // it may be broken: then reading it says how
    if (!found) {
      std::vector<std::string> names;
      for (const auto& source : *sources) names.push_back(printable(source->name, 60));
      return Error{ErrorCode::not_found, "none of the models that were given has its namespace",
                   names.empty() ? std::string("none was given") : cat("given: ", join(names, ", "))};
    }
    auto model = read_dmn(found);
    if (model) return model;
    Error error = model.take_error();
    const Position at = found->position(error.where.begin);
    error.message =
        cat(printable(found->name, 60), ", line ", at.line, ", column ", at.column, ": ", error.message);
    error.where = {};
    return error;
  };
}

}  // namespace v0
}  // namespace aesop
