// A checked SOP for Python: what was found, how it reads, and its rules over inputs.
#include "errors.hpp"
#include "gil.hpp"
#include "parts.hpp"
#include "tables.hpp"
#include "values.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <aesop/base/default_ports.hpp>
#include <aesop/model/conform.hpp>
#include <aesop/model/load_file.hpp>
#include <aesop/model/plan.hpp>
#include <aesop/model/show.hpp>
#include <aesop/verify/verify.hpp>

namespace aesop::python {

namespace {

constexpr int deepest_rule = 16;  // as in runs

/// Evaluates a rule of a plan over inputs by name, without a run.
class RuleOverInputs {
 public:
  RuleOverInputs(const Plan& plan, Evaluation& evaluation) : plan_(plan), evaluation_(evaluation) {}

  /// Reads the inputs; schema_error for a name the rule does not read, type_mismatch for a value of another type.
  Status give(const Value& inputs, const PlanRule& rule) {
    names_of(rule, 0);
    for (const Entry& entry : inputs.entries()) {
      const std::uint32_t variable = plan_.find_variable(entry.first);
      const std::uint32_t parameter = plan_.find_parameter(entry.first);
      if (variable == no_ref && parameter == no_ref && !names_.contains(entry.first)) {
        const std::vector<std::string> known(names_.begin(), names_.end());
        const auto near = did_you_mean(entry.first, known);
        return Error{ErrorCode::schema_error,
                     cat("the rule ", rule.name, " reads nothing called ", printable(entry.first, 60)),
                     near ? cat("did you mean ", *near, "?") : cat("it reads: ", join(known, ", "))};
      }
      if (variable == no_ref && parameter == no_ref) {
        given_[entry.first] = entry.second;
        continue;
      }
      auto typed = conform(entry.second, variable != no_ref ? *plan_.variables()[variable].definition
                                                            : plan_.parameters()[parameter].type);
      if (!typed) return typed.take_error();
      given_[entry.first] = typed.take();
    }
    return {};
  }

  Value evaluate(const PlanRule& rule, int depth = 0) {
    if (depth > deepest_rule) return {};
    std::vector<Value> values;
    values.reserve(rule.slots.size());
    for (const Slot& slot : rule.slots) values.push_back(value_of_slot(slot, depth));
    if (rule.table) return rule.table->evaluate(values, evaluation_);
    return rule.expr ? rule.expr->evaluate(values, evaluation_) : Value();
  }

  const std::set<std::string>& names() const { return names_; }
  /// Names the rule reads, those of the rules it uses included.
  void names_of(const PlanRule& rule, int depth) {
    if (depth > deepest_rule) return;
    for (const Slot& slot : rule.slots) {
      if (slot.kind == SlotKind::rule)
        names_of(plan_.rules()[slot.ref], depth + 1);
      else
        names_.insert(name_of_slot(slot));
    }
  }

 private:
  std::string name_of_slot(const Slot& slot) const {
    switch (slot.kind) {
      case SlotKind::run:
        return "run";
      case SlotKind::variable:
        return plan_.variables()[slot.ref].definition->name;
      case SlotKind::parameter:
        return plan_.parameters()[slot.ref].type.name;
      case SlotKind::gate:
        return plan_.gates()[slot.ref].id;
      case SlotKind::step_result:
        return plan_.step(slot.ref).id;
      default:
        return slot.name;
    }
  }
  Value value_of_slot(const Slot& slot, int depth) {
    if (slot.kind == SlotKind::rule) return evaluate(plan_.rules()[slot.ref], depth + 1);
    if (const auto found = given_.find(name_of_slot(slot)); found != given_.end()) return found->second;
    if (slot.kind == SlotKind::parameter)
      if (const auto& otherwise = plan_.parameters()[slot.ref].type.default_value) return otherwise->literal;
    return {};
  }

  const Plan& plan_;
  Evaluation& evaluation_;
  std::map<std::string, Value> given_;
  std::set<std::string> names_;
};

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
  const PlanRule& rule(const std::string& name) const {
    const PlanRule* found = plan().find_rule(name);
    if (found != nullptr && (found->table || found->expr)) return *found;
    if (found != nullptr)
      raise({ErrorCode::not_found, cat("the rule ", name, " is of one step only"),
             "it uses names that are known there only"});
    std::vector<std::string> names;
    for (const RuleDefinition& one : definition().rules) names.push_back(one.name.text);
    const auto near = did_you_mean(name, names);
    raise({ErrorCode::not_found, cat("the SOP has no rule ", printable(name, 60)),
           near ? cat("did you mean ", *near, "?") : cat("its rules: ", join(names, ", "))});
  }
  py::tuple evaluate(const std::string& name, const py::dict& inputs, const py::handle& now) const {
    const PlanRule& found = rule(name);
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = to_instant(now);
    evaluation.zone = plan().zone();
    RuleOverInputs over(plan(), evaluation);
    demand(over.give(to_value(inputs), found));
    const Value value = over.evaluate(found);
    py::list texts;
    for (const Diagnostic& diagnostic : evaluation.diagnostics) texts.append(to_text(to_string(diagnostic)));
    return py::make_tuple(to_python(value), texts);
  }
  py::tuple reads(const std::string& name) const {
    Evaluation evaluation;
    RuleOverInputs over(plan(), evaluation);
    over.names_of(rule(name), 0);
    py::list names;
    for (const std::string& one : over.names()) names.append(to_text(one));
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
          "is_table",
          [](const PySop& self, const std::string& name) { return self.rule(name).table.has_value(); },
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
