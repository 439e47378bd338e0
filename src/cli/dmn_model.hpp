// Reads and compiles a .dmn file with the models beside it. Part cli.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/result.hpp"
#include "aesop/dmn/dmn.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aesop::cli {

/// A model with the texts of its files.
struct DmnFile {
  std::shared_ptr<const SourceText> source;
  Findings findings;
  std::optional<dmn::Model> written;  ///< as its author wrote it, when it could be read
  std::optional<Dmn> model;
  std::optional<Error> error;  ///< why there is no model
};

/// Imports are looked for in the folder of the file: by locationURI when that is a plain file name, then by namespace.
/// Lenient, as DMN has it: an expression that is no FEEL is null, and a warning among the findings.
DmnFile load_dmn(const std::string& path);

/// Prints what keeps a model from being used, and gives the exit code.
int report_dmn(const DmnFile& file);

/// Files of a folder whose names end so, by name. Folders themselves when `ending` is empty.
std::vector<std::string> files_in(const std::string& folder, const std::string& ending);

}  // namespace aesop::cli
