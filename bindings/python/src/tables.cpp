// Decision tables as text.
#include "tables.hpp"

#include <string>
#include <vector>

#include <aesop/base/text.hpp>
#include <aesop/value/print.hpp>

namespace aesop::python {

namespace {

std::string text_of(const TableCell& cell) {
  switch (cell.kind) {
    case TableCell::Kind::any:
      return "-";
    case TableCell::Kind::feel:
      return std::string(trim(cell.text));
    case TableCell::Kind::literal:
      return to_literal(cell.literal);
    case TableCell::Kind::list:
      break;
  }
  std::vector<std::string> items;
  for (const TableCell& item : cell.items) items.push_back(text_of(item));
  return join(items, ", ");
}

py::tuple texts_of(const std::vector<TableCell>& cells) {
  py::list texts;
  for (const TableCell& cell : cells) texts.append(to_text(text_of(cell)));
  return py::tuple(texts);
}

}  // namespace

py::tuple table_rows(const TableModel& table) {
  py::list inputs, outputs, rules;
  for (const TableInput& input : table.inputs) inputs.append(to_text(trim(input.text)));
  for (const TableOutput& output : table.outputs) outputs.append(to_text(output.name));
  for (const TableRule& rule : table.rules)
    rules.append(py::make_tuple(texts_of(rule.inputs), texts_of(rule.outputs)));
  return py::make_tuple(to_text(to_string(table.hit)), py::tuple(inputs), py::tuple(outputs), rules);
}

}  // namespace aesop::python
