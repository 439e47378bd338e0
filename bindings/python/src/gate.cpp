// The stateless gate for Python.
#include "errors.hpp"
#include "gil.hpp"
#include "parts.hpp"
#include "values.hpp"

#include <string>
#include <vector>

#include <pybind11/stl.h>

namespace aesop::python {

namespace {

class PyGate {
 public:
  PyGate(const std::string& sop, const std::string& gate) : gate_(value_of(Gate::open(sop, gate))) {}

  py::object check(const py::dict& facts, const py::handle& now,
                   const std::vector<std::string>& approved) const {
    const Value given = to_value(facts);
    const Instant at = to_instant(now);
    auto verdict = [&] {
      const Released released;
      return gate_.check(given, at, approved);
    }();
    if (!verdict) raise(verdict.error());
    return to_python(verdict->report);
  }
  py::str id() const { return to_text(gate_.id()); }

 private:
  const Gate gate_;
};

}  // namespace

void bind_gate(py::module_& module) {
  py::class_<PyGate>(module, "Gate", "A gate of an SOP, ready to be asked. aesop.Gate has the methods.")
      .def(py::init<const std::string&, const std::string&>(), py::arg("sop"), py::arg("gate"))
      .def("check", &PyGate::check, py::arg("facts"), py::arg("now"), py::arg("approved"))
      .def_property_readonly("id", &PyGate::id);
}

}  // namespace aesop::python
