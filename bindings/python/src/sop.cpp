// A checked SOP for Python: what was found, how it reads, and its rules over inputs.
#include "errors.hpp"
#include "gil.hpp"
#include "parts.hpp"
#include "tables.hpp"
#include "values.hpp"

#include <string>
#include <utility>
#include <vector>

#include <aesop/base/default_ports.hpp>
#include <aesop/engine/rule.hpp>
#include <aesop/model/load_file.hpp>
#include <aesop/model/plan.hpp>
#include <aesop/model/show.hpp>
#include <aesop/verify/verify.hpp>

namespace aesop::python {

namespace {

class PySop {
 public:
  PySop(std::string text, const std::string& name) : text_(std::move(text)) {
    const Released released;
    checked_ = check(text_, name, default_ports());
  }

  py::list findings() const {
    py::list rows;
    for (const Finding& finding : checked_.findings) {
      const Position at = checked_.source->position(finding.where.begin);
      rows.append(py::make_tuple(to_text(finding.code), to_text(to_string(finding.severity)),
                                 to_text(finding.message), to_text(finding.help), at.line, at.column));
    }
    return rows;
  }
  const Definition& definition() const {
    if (!checked_.definition)
      raise({ErrorCode::parse_error, "the SOP could not be read", "see its findings"});
    return *checked_.definition;
  }
  const Plan& plan() const {
    if (!checked_.plan)
      raise({ErrorCode::unsound_definition, "the SOP has errors, so there is nothing to ask",
             "see its findings"});
    return *checked_.plan;
  }
  Rule rule(const std::string& name) const {
    plan();
    return value_of(Rule::of(checked_.plan, name));
  }
  py::tuple evaluate(const std::string& name, const py::dict& inputs, const py::handle& now) const {
    const RuleValue result = value_of(rule(name).evaluate(to_value(inputs), to_instant(now)));
    py::list texts;
    for (const std::string& diagnostic : result.diagnostics) texts.append(to_text(diagnostic));
    return py::make_tuple(to_python(result.value), texts);
  }
  py::tuple reads(const std::string& name) const {
    py::list names;
    for (const std::string& one : rule(name).reads()) names.append(to_text(one));
    return py::tuple(names);
  }

  const std::string& text() const { return text_; }
  const Checked& checked() const { return checked_; }

 private:
  std::string text_;
  Checked checked_;
};

template <class Rows, class Name>
py::list names_of(const Rows& rows, Name&& name) {
  py::list out;
  for (const auto& row : rows) out.append(to_text(name(row)));
  return out;
}

}  // namespace

void bind_sop(py::module_& module) {
  module.def(
      "read_text_file", [](const std::string& path) { return to_text(value_of(read_text_file(path))); },
      py::arg("path"), "The text of a regular file of at most 1 MiB.");
  py::class_<PySop>(module, "Sop", "An SOP that was read and checked. aesop.Sop has the methods.")
      .def(py::init<std::string, const std::string&>(), py::arg("text"), py::arg("name"))
      .def("findings", &PySop::findings, "(code, severity, message, help, line, column) each")
      .def_property_readonly("ok", [](const PySop& self) { return self.checked().clean(); })
      .def_property_readonly("readable",
                             [](const PySop& self) { return self.checked().definition != nullptr; })
      .def_property_readonly("text", [](const PySop& self) { return to_text(self.text()); })
      .def_property_readonly("sop", [](const PySop& self) { return to_text(self.definition().sop.text); })
      .def_property_readonly("version",
                             [](const PySop& self) { return to_text(self.definition().version.text); })
      .def_property_readonly("title", [](const PySop& self) { return to_text(self.definition().title.text); })
      .def_property_readonly("hash", [](const PySop& self) { return to_text(self.plan().hash()); })
      .def_property_readonly("gates",
                             [](const PySop& self) {
                               return names_of(self.definition().gates,
                                               [](const GateDefinition& one) { return one.id.text; });
                             })
      .def_property_readonly("rules",
                             [](const PySop& self) {
                               return names_of(self.definition().rules,
                                               [](const RuleDefinition& one) { return one.name.text; });
                             })
      .def(
          "is_table", [](const PySop& self, const std::string& name) { return self.rule(name).is_table(); },
          py::arg("name"))
      .def("reads", &PySop::reads, py::arg("name"))
      .def("evaluate", &PySop::evaluate, py::arg("name"), py::arg("inputs"), py::arg("now"),
           "(value, texts of what went wrong)")
      .def(
          "table",
          [](const PySop& self, const std::string& name) {
            const PlanRule* rule = self.plan().find_rule(name);
            if (rule == nullptr || !rule->table)
              raise({ErrorCode::not_found, cat("the SOP has no decision table ", printable(name, 60))});
            return table_rows(rule->table->model());
          },
          py::arg("name"), "(hit policy, inputs, outputs, rules) as texts")
      .def("show", [](const PySop& self) { return to_text(show(self.definition())); })
      .def("render", [](const PySop& self) { return to_text(self.checked().render()); });
}

}  // namespace aesop::python
