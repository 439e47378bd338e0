// Values of Python and of Aesop, in both directions. The table of what becomes what is in docs/python.md.
// All of it needs the GIL.
#pragma once

#include <string>
#include <string_view>

#include <aesop/aesop.hpp>
#include <pybind11/pybind11.h>

namespace aesop::python {

namespace py = pybind11;

/// A Value as native Python: int or Decimal, never float. Raises aesop.LimitExceeded for a date or a duration that
/// Python's types cannot hold, aesop.TypeMismatch for a function.
py::object to_python(const Value& value);

/// Native Python as a Value. Raises aesop.TypeMismatch (a TypeError) that says where inside the object it lies: for a
/// float, a naive datetime, a key that is no str, and what has no meaning in a rule.
Value to_value(py::handle object);

/// An aware datetime as an Instant, cut to nothing: both count microseconds.
Instant to_instant(py::handle object);

/// UTF-8 as str; bytes that are none are shown as U+FFFD.
py::str to_text(std::string_view text);

/// A code point's index for a byte offset into UTF-8: what Python's slices count.
std::size_t code_points(std::string_view text, std::size_t bytes);

void bind_values(py::module_& module);

}  // namespace aesop::python
