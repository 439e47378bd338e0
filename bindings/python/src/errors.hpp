// Errors and refusals as Python exceptions. The classes are made from include/aesop/base/errors.def.
// All of it needs the GIL.
#pragma once

#include <string_view>

#include <aesop/aesop.hpp>
#include <pybind11/pybind11.h>

namespace aesop::python {

namespace py = pybind11;

/// Raises the class of the error's code. With `text`, the text it is about, `where` counts code points.
[[noreturn]] void raise(const Error& error, std::string_view text = {});

/// Raises what an answer of Engine::execute says, or gives its "ok" object.
const Value& accepted(const Value& answer);

/// The value of a Result, or its error raised.
template <class T>
T value_of(Result<T> result) {
  if (!result) raise(result.error());
  return result.take();
}
inline void demand(const Status& status) {
  if (!status) raise(status.error());
}

void bind_errors(py::module_& module);

}  // namespace aesop::python
