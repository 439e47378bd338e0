// Decision tables as their author wrote them, for Python to show.
#pragma once

#include "values.hpp"

#include <aesop/table/model.hpp>
#include <pybind11/pybind11.h>

namespace aesop::python {

/// (hit policy, input expressions, names of the outputs, rules: (input cells, output cells)), all as text; a cell that lets
/// everything pass is "-".
py::tuple table_rows(const TableModel& table);

}  // namespace aesop::python
