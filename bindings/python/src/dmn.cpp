// DMN models for Python: read, compiled, asked; functions in other languages answered by a callable.
#include "errors.hpp"
#include "gil.hpp"
#include "parts.hpp"
#include "tables.hpp"
#include "values.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <aesop/base/default_ports.hpp>
#include <aesop/base/text.hpp>
#include <aesop/dmn/ask.hpp>
#include <aesop/dmn/compile.hpp>
#include <aesop/dmn/describe.hpp>
#include <aesop/dmn/read.hpp>
#include <aesop/rules/external.hpp>
#include <aesop/value/print.hpp>

namespace aesop::python {

namespace {

/// Answers functions in other languages by a callable, for one evaluation. Made and destroyed with the GIL.
class Callable final : public ExternalFunctions {
 public:
  explicit Callable(py::object callable) : callable_(std::move(callable)) {}

  Value call(const ExternalCall& call) const override {
    const py::gil_scoped_acquire gil;
    if (raised_) return Value();
    try {
      py::dict args;
      for (std::size_t i = 0; i < call.parameters.size() && i < call.args.size(); ++i)
        args[to_text(call.parameters[i].as_string())] = to_python(call.args[i]);
      return to_value(callable_(to_text(call.kind), to_python(call.description), args));
    } catch (py::error_already_set& error) {
      raised_.emplace(error);  // around the evaluation, which knows no exceptions
      return Value();
    }
  }
  void raise_again() const {
    if (raised_) throw py::error_already_set(*raised_);
  }

 private:
  py::object callable_;
  mutable std::optional<py::error_already_set> raised_;
};

/// (element, depth, value, numbers of the rules that matched in each table) of each step.
py::list steps_of(const std::vector<DmnTrace::Step>& steps) {
  py::list out;
  for (const DmnTrace::Step& step : steps) {
    py::object value;
    try {
      value = to_python(step.value);
    } catch (py::error_already_set&) {
      value = to_text(to_literal(step.value));  // what Python has no value for
    }
    py::list tables;
    for (const auto& matched : step.matched) {
      py::list rules;
      for (const std::uint32_t rule : matched) rules.append(rule + 1);
      tables.append(py::tuple(rules));
    }
    out.append(py::make_tuple(to_text(step.element), step.depth, value, py::tuple(tables)));
  }
  return out;
}

class PyDmn {
 public:
  PyDmn(std::string text, const std::string& name, const py::dict& imports, bool strict, py::object external)
      : external_(std::move(external)) {
    source_ = std::make_shared<const SourceText>(name, std::move(text));
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& [key, value] : imports)
      texts.emplace_back(key.cast<std::string>(), value.cast<std::string>());
    DmnOptions options;
    options.lenient = !strict;
    options.loader = dmn_texts(std::move(texts));
    const Released released;
    auto model = read_dmn(source_);
    if (!model) {
      error_ = model.take_error();
      findings_.error(std::string(slug(error_->code)), error_->message, error_->where, error_->help);
      return;
    }
    auto made = Dmn::compile(*model, findings_, options);
    if (made)
      dmn_ = made.take();
    else
      error_ = made.take_error();
  }

  py::list findings() const {
    py::list rows;
    for (const Finding& finding : findings_) {
      const Position at = source_->position(finding.where.begin);
      rows.append(py::make_tuple(to_text(finding.code), to_text(to_string(finding.severity)),
                                 to_text(finding.message), to_text(finding.help), at.line, at.column));
    }
    return rows;
  }
  py::str render() const { return to_text(findings_.render(*source_)); }
  /// Raises why there is no model.
  void demand_ok() const {
    if (error_) raise(*error_);
  }
  py::object describe() const { return to_python(aesop::describe(model())); }

  py::tuple ask(const std::string& kind, const std::string& name, const py::dict& inputs,
                const py::handle& now, const std::string& zone, bool steps) const {
    const Value given = to_value(inputs);
    const Callable callable(external_);
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = to_instant(now);
    evaluation.zone = zone;
    if (!external_.is_none()) evaluation.external = &callable;
    const DmnKind what = kind == "decision"  ? DmnKind::decision
                         : kind == "service" ? DmnKind::service
                                             : DmnKind::knowledge;
    std::optional<Result<DmnAnswer>> answer;
    {
      const Released released;
      answer.emplace(aesop::ask(model(), what, name, given, evaluation));
    }
    callable.raise_again();
    if (!*answer) raise(answer->error());
    py::list texts;
    for (const std::string& text : (*answer)->diagnostics) texts.append(to_text(text));
    return py::make_tuple(to_python((*answer)->value), texts,
                          steps ? steps_of((*answer)->steps) : py::list());
  }

  py::tuple table(const std::string& kind, const std::string& name) const {
    const dmn::Graph& graph = model().graph();
    const dmn::Element* one =
        graph.find(kind == "decision" ? dmn::Element::Kind::decision : dmn::Element::Kind::knowledge, name);
    std::uint32_t body = one == nullptr ? dmn::nowhere : one->body;
    if (one != nullptr && one->function != dmn::nowhere) body = graph.functions[one->function].body;
    if (body == dmn::nowhere || !graph.nodes[body].table)
      raise({ErrorCode::not_found,
             cat("no decision table of the model is called \"", printable(name, 60), '"')});
    return table_rows(graph.nodes[body].table->model());
  }

 private:
  const Dmn& model() const {
    demand_ok();
    return *dmn_;
  }

  py::object external_;
  std::shared_ptr<const SourceText> source_;
  Findings findings_;
  std::optional<Error> error_;
  std::optional<Dmn> dmn_;
};

}  // namespace

void bind_dmn(py::module_& module) {
  py::class_<PyDmn>(module, "Dmn", "A DMN model that was read and compiled. aesop.Dmn has the methods.")
      .def(py::init<std::string, const std::string&, const py::dict&, bool, py::object>(), py::arg("text"),
           py::arg("name"), py::arg("imports"), py::arg("strict"), py::arg("external"))
      .def("findings", &PyDmn::findings, "(code, severity, message, help, line, column) each")
      .def("render", &PyDmn::render)
      .def("demand_ok", &PyDmn::demand_ok)
      .def("describe", &PyDmn::describe)
      .def("ask", &PyDmn::ask, py::arg("kind"), py::arg("name"), py::arg("inputs"), py::arg("now"),
           py::arg("zone"), py::arg("steps"), "(value, texts of what went wrong, steps or nothing)")
      .def("table", &PyDmn::table, py::arg("kind"), py::arg("name"),
           "(hit policy, inputs, outputs, rules) as texts");
}

}  // namespace aesop::python
