// The decision tables of a file, as the verbs `table check` and `table explain` want them: an SOP, or a DMN model. Part cli.
#pragma once

#include "cli/dmn_model.hpp"
#include "cli/sop_file.hpp"
#include "cli/verb.hpp"

#include "aesop/table/analysis.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aesop::cli {

/// One table of a file. The table is a copy that shares the compiled form.
struct FileTable {
  std::string name;
  aesop::Table table;
  AnalysisOptions options;  ///< what the file says of its inputs
  std::vector<std::string>
      slots;  ///< the names of the slots of the table, as an input names them; empty: of no use to it
};

struct TableFile {
  std::optional<SopFile> sop;
  std::optional<DmnFile> dmn;     ///< the one or the other
  std::vector<FileTable> tables;  ///< in the order of the file
  const SourceText& source() const { return sop ? *sop->source : *dmn->source; }
};

/// Reads a file, a DMN model where its name ends in .dmn. Of a model the decisions and business knowledge models that are a
/// table; the values of what they need are given by name.
TableFile load_table_file(const std::string& path);
/// Tells what keeps the file from being used, and gives the exit code; nothing when its tables are there.
std::optional<Exit> refuse(const TableFile& file, const Invocation& call);
/// The table of that name; the only one without a name. not_found with "did you mean", invalid_argument when there are several.
Result<const FileTable*> find_table(const TableFile& file, const std::optional<std::string>& name);

}  // namespace aesop::cli
