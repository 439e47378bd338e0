#include "cli/table_file.hpp"

#include "cli/output.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/verify/table.hpp"

#include <algorithm>
#include <set>

namespace aesop::cli {

namespace {

// The names by which the frame of an element is filled: what it needs, an import by its name, and parameters.
std::vector<std::string> slot_names(const dmn::Graph& graph, const dmn::Element& element) {
  std::vector<std::string> names;
  const auto put = [&names](std::uint32_t slot, const std::string& name) {
    if (names.size() <= slot) names.resize(slot + 1);
    names[slot] = name;
  };
  for (const dmn::Need& need : element.needs) {
    if (need.element != dmn::nowhere) {
      put(need.slot, graph.elements[need.element].name);
    } else if (!need.entries.empty()) {
      const auto& path = graph.models[graph.elements[need.entries[0].second].model].path;
      if (!path.empty()) put(need.slot, path[0]);
    }
  }
  if (element.function != dmn::nowhere) {
    const dmn::Function& function = graph.functions[element.function];
    for (std::size_t i = 0; i < function.parameters.size(); ++i)
      put(function.slots[i], function.parameters[i]);
  }
  return names;
}

void tables_of(const Dmn& model, std::vector<FileTable>& out) {
  const dmn::Graph& graph = model.graph();
  for (const dmn::Element& element : graph.elements) {
    if (element.model != 0) continue;
    const std::uint32_t body =
        element.function != dmn::nowhere ? graph.functions[element.function].body : element.body;
    if (body == dmn::nowhere || !graph.nodes[body].table) continue;
    AnalysisOptions options;
    options.ports = &default_ports();
    FileTable table{element.name, *graph.nodes[body].table, std::move(options), slot_names(graph, element)};
    const auto reads = table.table.reads();
    for (std::uint32_t i = 0; i < table.slots.size(); ++i)
      if (std::find(reads.begin(), reads.end(), i) == reads.end()) table.slots[i].clear();
    out.push_back(std::move(table));
  }
}

}  // namespace

TableFile load_table_file(const std::string& path) {
  TableFile out;
  if (path.ends_with(".dmn")) {
    out.dmn = load_dmn(path);
    if (out.dmn->model) tables_of(*out.dmn->model, out.tables);
    return out;
  }
  out.sop = load_sop_file(path);
  if (!out.sop->plan) return out;
  std::set<const RuleDefinition*> seen;
  for (const PlanRule& rule : out.sop->plan->rules()) {
    if (!rule.table || !seen.insert(rule.definition).second) continue;
    FileTable table{rule.name, *rule.table, analysis_options(rule), {}};
    for (const Slot& slot : rule.slots) table.slots.push_back(slot.name);
    out.tables.push_back(std::move(table));
  }
  return out;
}

std::optional<Exit> refuse(const TableFile& file, const Invocation& call) {
  if (file.dmn) {
    const int code = report_dmn(*file.dmn);
    if (code == 0) return std::nullopt;
    if (call.json()) put_json(Value::context({{"error", error_value(*file.dmn->error)}}));
    return static_cast<Exit>(code);
  }
  if (file.sop->plan) return std::nullopt;
  message(paint_rendered(file.sop->render(), false));
  if (call.json()) put_json(file.sop->to_value());
  return file.sop->readable ? Exit::found : Exit::input;
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
