// FEEL for Python: an expression, compiled once.
#include "errors.hpp"
#include "parts.hpp"
#include "values.hpp"

#include <string>
#include <utility>
#include <vector>

#include <aesop/base/default_ports.hpp>

namespace aesop::python {

namespace {

py::list texts_of(const Evaluation& evaluation) {
  py::list texts;
  for (const Diagnostic& diagnostic : evaluation.diagnostics) texts.append(to_text(to_string(diagnostic)));
  return texts;
}

class PyExpr {
 public:
  /// `names`: (name, type or None) in the order of the slots.
  PyExpr(const std::string& text,
         const std::vector<std::pair<std::string, std::optional<std::string>>>& names) {
    for (const auto& [name, type] : names) {
      if (!type) {
        scope_.add(name, Type());
        continue;
      }
      auto parsed = parse_type(*type);
      if (!parsed) raise(parsed.error(), *type);
      scope_.add(name, parsed.take());
    }
    auto made = Expr::compile(text, scope_);
    if (!made) raise(made.error(), text);
    expr_ = made.take();
  }

  py::tuple evaluate(const py::dict& context, const py::handle& now, const std::string& zone) const {
    const Value given = to_value(context);
    std::vector<Value> slots;
    slots.reserve(scope_.size());
    for (std::uint32_t slot = 0; slot < scope_.size(); ++slot) slots.push_back(given.get(scope_.name(slot)));
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = to_instant(now);
    evaluation.zone = zone;
    const Value value = expr_.evaluate(slots, evaluation);
    return py::make_tuple(to_python(value), texts_of(evaluation));
  }

  py::tuple reads() const {
    py::list names;
    for (const std::uint32_t slot : expr_.reads()) names.append(to_text(scope_.name(slot)));
    return py::tuple(names);
  }
  py::str text() const { return to_text(expr_.text()); }
  py::str type() const { return to_text(to_string(expr_.type())); }

 private:
  Scope scope_;
  Expr expr_;
};

}  // namespace

void bind_rules(py::module_& module) {
  py::class_<PyExpr>(module, "Expr", "A compiled expression. aesop.Expr has the methods.")
      .def(py::init([](const std::string& text, const py::list& names) {
             std::vector<std::pair<std::string, std::optional<std::string>>> rows;
             for (const py::handle& row : names) {
               const auto pair = py::reinterpret_borrow<py::sequence>(row);
               std::optional<std::string> type;
               if (!py::object(pair[1]).is_none()) type = pair[1].cast<std::string>();
               rows.emplace_back(pair[0].cast<std::string>(), std::move(type));
             }
             return std::make_unique<PyExpr>(text, rows);
           }),
           py::arg("text"), py::arg("names"))
      .def("evaluate", &PyExpr::evaluate, py::arg("context"), py::arg("now"), py::arg("zone"),
           "(value, texts of what went wrong)")
      .def_property_readonly("reads", &PyExpr::reads)
      .def_property_readonly("text", &PyExpr::text)
      .def_property_readonly("type", &PyExpr::type);
}

}  // namespace aesop::python
