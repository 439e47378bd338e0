// The decision tables of a file, as the verbs `table check` and `table explain` want them. Part cli.
// An SOP file is read here; another format that has tables gives the same.
#pragma once

#include "cli/sop_file.hpp"

#include "aesop/table/analysis.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aesop::cli {

/// One table of a file. The table is a copy that shares the compiled form.
struct FileTable {
  std::string name;
  aesop::Table table;
  AnalysisOptions options;         ///< what the file says of its inputs
  std::vector<std::string> slots;  ///< the names of the slots of the table, as an input names them
};

struct TableFile {
  SopFile sop;
  std::vector<FileTable> tables;  ///< in the order of the file
  const SourceText& source() const { return *sop.source; }
};

/// Reads a file; tables that do not compile are not there, and `sop.findings` says why.
TableFile load_table_file(const std::string& path);
/// The table of that name; the only one without a name. not_found with "did you mean", invalid_argument when there are several.
Result<const FileTable*> find_table(const TableFile& file, const std::optional<std::string>& name);

}  // namespace aesop::cli
