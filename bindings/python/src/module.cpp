// The compiled module aesop._aesop. What users call is in the package beside it.
#include "errors.hpp"
#include "parts.hpp"
#include "values.hpp"

#include <aesop/version.hpp>

PYBIND11_MODULE(_aesop, module) {
  module.doc() = "The compiled part of the package aesop. Use the package: names of this module may change.";
  module.attr("version") = aesop::version_text;
  aesop::python::bind_errors(module);
  aesop::python::bind_values(module);
  aesop::python::bind_dmn(module);
  aesop::python::bind_engine(module);
  aesop::python::bind_gate(module);
  aesop::python::bind_rules(module);
  aesop::python::bind_sop(module);
}
