#include "cli/table_file.hpp"

#include "cli/output.hpp"

#include "aesop/base/text.hpp"
#include "aesop/verify/table.hpp"

#include <set>

namespace aesop::cli {

TableFile load_table_file(const std::string& path) {
  TableFile out;
  out.sop = load_sop_file(path);
  if (!out.sop.plan) return out;
  std::set<const RuleDefinition*> seen;
  for (const PlanRule& rule : out.sop.plan->rules()) {
    if (!rule.table || !seen.insert(rule.definition).second) continue;
    FileTable table{rule.name, *rule.table, analysis_options(rule), {}};
    for (const Slot& slot : rule.slots) table.slots.push_back(slot.name);
    out.tables.push_back(std::move(table));
  }
  return out;
}

Result<const FileTable*> find_table(const TableFile& file, const std::optional<std::string>& name) {
  std::vector<std::string> names;
  for (const FileTable& table : file.tables) {
    names.push_back(table.name);
    if (name && table.name == *name) return &table;
  }
  if (!name && file.tables.size() == 1) return &file.tables[0];
  if (!name && !names.empty())
    return Error{ErrorCode::invalid_argument, "the file has several tables",
                 cat("name one with --table: ", join(names, ", "))};
  const auto near = name ? did_you_mean(*name, names) : std::nullopt;
  return Error{ErrorCode::not_found,
               name ? cat("the file has no table \"", printable(*name, 60), '"')
                    : std::string("the file has no table"),
               near            ? cat("did you mean \"", *near, "\"?")
               : names.empty() ? std::string()
                               : cat("its tables are ", join(names, ", "))};
}

}  // namespace aesop::cli
