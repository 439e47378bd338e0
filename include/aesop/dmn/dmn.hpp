// A compiled DMN model: Dmn. Part dmn; the door to it. Who compiles one includes aesop/dmn/compile.hpp as well, which brings
// the parser; who reads a file includes aesop/dmn/read.hpp.
//
//   auto model = read_dmn(SourceText("discount.dmn", text));
//   Findings findings;
//   auto dmn = Dmn::compile(*model, findings);
//   Evaluation evaluation;
//   auto value = dmn->evaluate("Discount", inputs, evaluation);   // inputs: a context by the names of the input data
//   if (value && value->is_null()) ...                            // evaluation.diagnostics says why
//
// (1) Immutable and cheap to copy; any number of threads may evaluate it at once, each with its Evaluation.
// (2) The budget of an Evaluation is for the whole of a decision, with all that it needs.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/dmn/runner.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A value given for an input. Inputs of an imported model are entries of a context named as the import is, or, where that
/// is not given, have the value of the plain name.
struct DmnInput {
  std::string name = {};
  Value value = {};
  std::string space =
      {};  ///< the namespace of the model it belongs to, where names alone do not tell; empty: any
};

class Dmn {
 public:
  /// Compiles a model with those it imports. All problems of expressions and references are added to `findings`, with their
  /// places in the file of the model: unknown-name, bad-expression, wrong-value-type, bad-table, unknown-reference,
  /// unknown-type, duplicate-name, cyclic-requirement, cyclic-import, cyclic-type, limit-exceeded. The Result is an error
  /// (unsound_definition) when one of them is an error. Defined in aesop/dmn/compile.hpp.
  static Result<Dmn> compile(const dmn::Model& model, Findings& findings, const DmnOptions& options = {});

  /// The value of a decision of the model. Inputs not given are null. Null, with a diagnostic, for what goes wrong;
  /// not_found when there is no such decision.
  Result<Value> evaluate(std::string_view decision, std::span<const DmnInput> inputs, Evaluation& evaluation,
                         DmnTrace* trace = nullptr, std::string_view space = {}) const;
  /// The same with the inputs as entries of a context.
  Result<Value> evaluate(std::string_view decision, const Value& inputs, Evaluation& evaluation,
                         DmnTrace* trace = nullptr) const;
  /// The value of a decision service: of one output its value, of several a context. Its parameters are given by name.
  Result<Value> evaluate_service(std::string_view service, std::span<const DmnInput> inputs,
                                 Evaluation& evaluation, DmnTrace* trace = nullptr) const;
  /// The result of a business knowledge model, whose parameters are given by name.
  Result<Value> evaluate_knowledge(std::string_view knowledge, std::span<const DmnInput> inputs,
                                   Evaluation& evaluation, DmnTrace* trace = nullptr) const;

  /// What the model offers: a decision, service or input of it, with its type.
  struct Offer {
    std::string name = {};
    Type type = {};
    std::vector<std::pair<std::string, Type>> inputs =
        {};                                 ///< what is to be given: of decisions and services
    std::vector<std::string> outputs = {};  ///< decisions of a service
    SourceRange where = {};
  };
  std::vector<Offer> inputs() const { return offers(dmn::Element::Kind::input); }
  std::vector<Offer> decisions() const { return offers(dmn::Element::Kind::decision); }
  std::vector<Offer> knowledge() const { return offers(dmn::Element::Kind::knowledge); }
  std::vector<Offer> services() const { return offers(dmn::Element::Kind::service); }

  /// The models it was compiled from, itself first: name, namespace, source.
  const std::vector<dmn::Space>& models() const { return graph_->models; }
  /// The compiled form, for those who analyse it.
  const dmn::Graph& graph() const { return *graph_; }

 private:
  explicit Dmn(std::shared_ptr<const dmn::Graph> graph) : graph_(std::move(graph)) {}

  std::vector<Offer> offers(dmn::Element::Kind kind) const;
  Result<const dmn::Element*> find(dmn::Element::Kind kind, std::string_view name,
                                   std::string_view space = {}) const;
  const Value* given(std::span<const DmnInput> inputs, const dmn::Element& element) const;
  void set_inputs(dmn::Runner& runner, std::span<const DmnInput> inputs) const;

  std::shared_ptr<const dmn::Graph> graph_;
};

inline Result<const dmn::Element*> Dmn::find(dmn::Element::Kind kind, std::string_view name,
                                             std::string_view space) const {
  if (const dmn::Element* element = graph_->find(kind, name, space)) return element;
  std::vector<std::string_view> names;
  for (const dmn::Element& element : graph_->elements)
    if (element.kind == kind && element.model == 0) names.emplace_back(element.name);
  const auto near = did_you_mean(name, names);
  const std::string_view what = kind == dmn::Element::Kind::decision  ? "decision"
                                : kind == dmn::Element::Kind::service ? "decision service"
                                                                      : "business knowledge model";
  return Error{ErrorCode::not_found, cat("the model has no ", what, " \"", printable(name, 60), '"'),
               near ? cat("did you mean \"", *near, "\"?") : std::string()};
}

// What was given for an element: by the path of imports that leads to it; by its namespace; by its name alone.
inline const Value* Dmn::given(std::span<const DmnInput> inputs, const dmn::Element& element) const {
  const dmn::Space& model = graph_->models[element.model];
  const auto by_path = [&](std::span<const std::string> path) -> const Value* {
    for (const DmnInput& input : inputs) {
      if (input.name != path[0] || !input.space.empty()) continue;
      const Value* at = &input.value;
      for (const std::string& name : path.subspan(1)) at = at != nullptr ? at->find(name) : nullptr;
      if (at != nullptr) at = at->find(element.name);
      if (at != nullptr) return at;
    }
    return nullptr;
  };
  if (!model.path.empty())
    if (const Value* value = by_path(model.path)) return value;
  for (const DmnInput& input : inputs)
    if (input.name == element.name && !input.space.empty() && input.space == model.space) return &input.value;
  for (const DmnInput& input : inputs)
    if (input.name == element.name && input.space.empty()) return &input.value;
  // Given for the same model as another way leads to it.
  for (const dmn::Space& other : graph_->models)
    if (other.space == model.space && &other != &model && !other.path.empty())
      if (const Value* value = by_path(other.path)) return value;
  return nullptr;
}

inline void Dmn::set_inputs(dmn::Runner& runner, std::span<const DmnInput> inputs) const {
  for (const dmn::Element& element : graph_->elements)
    if (element.kind == dmn::Element::Kind::input)
      if (const Value* value = given(inputs, element)) runner.set(graph_->index(element), *value);
}

namespace dmn {

// Puts a journal into an evaluation for as long as it lives.
class WithJournal {
 public:
  WithJournal(Evaluation& evaluation, DmnTrace* trace)
      : evaluation_(evaluation), outer_(std::exchange(evaluation.journal, trace ? &journal_ : nullptr)) {
    journal_.trace = trace;
    if (trace != nullptr) trace->places.clear();
    journal_.diagnostics_before = evaluation.diagnostics.items().size();
  }
  WithJournal(const WithJournal&) = delete;
  WithJournal& operator=(const WithJournal&) = delete;
  ~WithJournal() { evaluation_.journal = outer_; }

 private:
  Journal journal_;
  Evaluation& evaluation_;
  void* outer_;
};

}  // namespace dmn

inline Result<Value> Dmn::evaluate(std::string_view decision, std::span<const DmnInput> inputs,
                                   Evaluation& evaluation, DmnTrace* trace, std::string_view space) const {
  auto element = find(dmn::Element::Kind::decision, decision, space);
  if (!element) return element.take_error();
  const dmn::WithJournal journal(evaluation, trace);
  std::uint32_t steps = evaluation.budget.steps;
  dmn::Runner runner(graph_, evaluation, steps);
  set_inputs(runner, inputs);
  return Value(runner.value(graph_->index(**element)));
}

inline Result<Value> Dmn::evaluate(std::string_view decision, const Value& inputs, Evaluation& evaluation,
                                   DmnTrace* trace) const {
  std::vector<DmnInput> list;
  for (const Entry& entry : inputs.entries()) list.push_back({entry.first, entry.second, {}});
  return evaluate(decision, list, evaluation, trace);
}

inline Result<Value> Dmn::evaluate_service(std::string_view service, std::span<const DmnInput> inputs,
                                           Evaluation& evaluation, DmnTrace* trace) const {
  auto element = find(dmn::Element::Kind::service, service);
  if (!element) return element.take_error();
  const dmn::WithJournal journal(evaluation, trace);
  std::uint32_t steps = evaluation.budget.steps;
  dmn::Runner runner(graph_, evaluation, steps);
  set_inputs(runner, inputs);
  for (const std::uint32_t input : (*element)->inputs) {
    const Value* value = given(inputs, graph_->elements[input]);
    runner.set(input, value ? *value : Value());
  }
  return runner.passed(runner.outputs(**element), graph_->functions[(*element)->function].result,
                       (*element)->where, 0, (*element)->name);
}

inline Result<Value> Dmn::evaluate_knowledge(std::string_view knowledge, std::span<const DmnInput> inputs,
                                             Evaluation& evaluation, DmnTrace* trace) const {
  auto element = find(dmn::Element::Kind::knowledge, knowledge);
  if (!element) return element.take_error();
  const dmn::WithJournal journal(evaluation, trace);
  std::uint32_t steps = evaluation.budget.steps;
  dmn::Runner runner(graph_, evaluation, steps);
  std::vector<Value> args;
  for (const std::string& parameter : graph_->functions[(*element)->function].parameters) {
    Value value;
    for (const DmnInput& input : inputs)
      if (input.name == parameter) value = input.value;
    args.push_back(std::move(value));
  }
  const Value self = runner.value(graph_->index(**element));
  return runner.call((*element)->function, self, {}, args);
}

inline std::vector<Dmn::Offer> Dmn::offers(dmn::Element::Kind kind) const {
  std::vector<Offer> out;
  std::vector<char> seen;  // of one decision; emptied after each
  for (const dmn::Element& element : graph_->elements) {
    if (element.kind != kind || element.model != 0) continue;
    Offer offer{element.name, element.type, {}, {}, element.where};
    if (element.function != dmn::nowhere) {
      const dmn::Function& function = graph_->functions[element.function];
      for (std::size_t i = 0; i < function.parameters.size(); ++i)
        offer.inputs.emplace_back(function.parameters[i], graph_->guards[function.guards[i]].type);
      offer.type = element.type.result();
      for (const std::uint32_t output : element.outputs)
        offer.outputs.push_back(graph_->elements[output].name);
    } else if (kind == dmn::Element::Kind::decision) {
      // All input data it rests on.
      seen.resize(graph_->elements.size());
      std::vector<std::uint32_t> open{graph_->index(element)}, visited, inputs;
      while (!open.empty()) {
        const dmn::Element& one = graph_->elements[open.back()];
        open.pop_back();
        const auto reach = [&](std::uint32_t at) {
          if (std::exchange(seen[at], 1) != 0) return;
          open.push_back(at);
          visited.push_back(at);
          if (graph_->elements[at].kind == dmn::Element::Kind::input) inputs.push_back(at);
        };
        for (const dmn::Need& need : one.needs) {
          if (need.element != dmn::nowhere) reach(need.element);
          for (const auto& entry : need.entries) reach(entry.second);
        }
      }
      for (const std::uint32_t at : visited) seen[at] = 0;
      std::sort(inputs.begin(), inputs.end());
      for (const std::uint32_t at : inputs)
        offer.inputs.emplace_back(graph_->elements[at].name, graph_->elements[at].type);
    }
    out.push_back(std::move(offer));
  }
  return out;
}

}  // namespace v0
}  // namespace aesop
