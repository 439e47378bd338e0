// aesop table explain FILE --input F: which row of a table matched, and why each other did not.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/table_file.hpp"
#include "cli/verb.hpp"
#include "cli/who.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/rules/with_feel.hpp"
#include "aesop/table/explain.hpp"
#include "aesop/value/print.hpp"

namespace aesop::cli {
namespace {

std::string cell_text(const TableCell& cell) {
  switch (cell.kind) {
    case TableCell::Kind::any:
      return "-";
    case TableCell::Kind::feel:
      return cell.text;
    case TableCell::Kind::literal:
      return to_literal(cell.literal);
    case TableCell::Kind::list:
      break;
  }
  std::vector<std::string> items;
  for (const TableCell& item : cell.items) items.push_back(cell_text(item));
  return join(items, ", ");
}

// "amount = 120 is not > 500"
std::string why(const TableModel& model, std::size_t rule, std::uint32_t input, const Value& value) {
  return cat(model.inputs[input].text, " is ", to_literal(value), ", not ",
             cell_text(model.rules[rule].inputs[input]));
}

Exit run(const Invocation& call) {
  const TableFile file = load_table_file(call.text("FILE"));
  if (const auto refused = refuse(file, call)) return *refused;
  const auto name = call.given("--table") ? std::optional(call.text("--table")) : std::nullopt;
  auto found = find_table(file, name);
  if (!found) return fail(found.error());
  const FileTable& table = **found;
  const TableModel& model = table.table.model();
  auto input = read_json_argument(call.text("--input"));
  if (!input) return fail_input(input.error());
  if (!input->is_context())
    return fail({.code = ErrorCode::type_mismatch, .message = "--input is not a JSON object"});
  auto now = read_time(call.text("--at", "now"));
  if (!now) return fail_usage(now.error());
  Evaluation evaluation;
  evaluation.ports = &default_ports();
  evaluation.now = *parse_instant(*now);
  auto valued = with_feel(*input, evaluation);
  if (!valued) return fail(valued.error());
  std::vector<Value> slots;
  std::vector<std::string> names;
  for (const std::string& slot : table.slots) {
    slots.push_back(slot.empty() ? Value() : valued->get(slot));
    if (!slot.empty()) names.push_back(slot);
  }
  for (const Entry& entry : valued->entries())
    if (std::find(names.begin(), names.end(), entry.first) == names.end()) {
      const auto near = did_you_mean(entry.first, names);
      return fail(
          {.code = ErrorCode::unknown_name,
           .message = cat("the table does not ask for \"", printable(entry.first, 60), '"'),
           .help = near ? cat("did you mean \"", *near, "\"?") : cat("it asks for ", join(names, ", "))});
    }
  const TableExplanation seen = explain(table.table, slots, evaluation);
  if (call.json()) {
    std::vector<Value> rows;
    for (std::size_t rule = 0; rule < seen.rows.size(); ++rule) {
      const TableExplanation::Row& row = seen.rows[rule];
      std::vector<Entry> entries = {{"row", Value::number(static_cast<std::int64_t>(rule + 1))},
                                    {"matched", Value::boolean(row.matched)}};
      if (row.failed) {
        entries.emplace_back("input", Value::string(model.inputs[*row.failed].text));
        entries.emplace_back("cell", Value::string(cell_text(model.rules[rule].inputs[*row.failed])));
        entries.emplace_back("value", Value::string(to_literal(seen.inputs[*row.failed])));
      }
      if (row.skipped) entries.emplace_back("skipped", Value::boolean(true));
      rows.push_back(Value::context(std::move(entries)));
    }
    put_json(Value::context({{"table", Value::string(table.name)},
                             {"result", Value::string(to_literal(seen.result))},
                             {"rows", Value::list(std::move(rows))}}));
    return seen.result.is_null() ? Exit::found : Exit::ok;
  }
  for (std::size_t rule = 0; rule < seen.rows.size(); ++rule) {
    const TableExplanation::Row& row = seen.rows[rule];
    put(cat("row ", rule + 1, ": "));
    if (row.matched)
      put(cat(paint(Colour::green, "matches"), '\n'));
    else if (row.skipped)
      put("would match, but a row before it decides\n");
    else if (row.failed)
      put(cat(shown(why(model, rule, *row.failed, seen.inputs[*row.failed])), '\n'));
    else
      put("does not match\n");
  }
  put(cat("result: ", shown(to_literal(seen.result)), '\n'));
  for (const Diagnostic& one : seen.diagnostics) message(cat(slug(one.code), ": ", shown(one.detail), '\n'));
  return seen.result.is_null() ? Exit::found : Exit::ok;
}

}  // namespace

extern const Verb table_explain_verb{
    "table explain",
    "About SOPs and rules",
    "Say which row of a decision table matched, and why each other did not",
    "Exit code 1 when the result is null.",
    {{"FILE", Word::Kind::one, "", "an SOP file, - for stdin, or a .dmn file"},
     {"--input", Word::Kind::demanded, "JSON",
      "the names that the table asks for: JSON, @FILE, or - for stdin"},
     {"--table", Word::Kind::value, "NAME", "which table, when the file has several"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
