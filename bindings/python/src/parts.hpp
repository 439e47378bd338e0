// The parts of the module that need no header of their own: each adds its classes.
#pragma once

#include <aesop/aesop.hpp>
#include <pybind11/pybind11.h>

namespace aesop::python {

void bind_dmn(pybind11::module_& module);
void bind_engine(pybind11::module_& module);
void bind_gate(pybind11::module_& module);
void bind_rules(pybind11::module_& module);
void bind_sop(pybind11::module_& module);

}  // namespace aesop::python
