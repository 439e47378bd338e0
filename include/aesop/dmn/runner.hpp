// The evaluator of a model: Runner holds one evaluation's inputs and the values found so far. Part dmn. Bodies of the boxed
// expressions are in runner_boxed.hpp.
// (1) A decision is evaluated when it is first needed, and once.
// (2) All that one evaluation does, functions included, is paid from one budget, and nests within one depth.
// (3) Never throws but std::bad_alloc. What fails is null with a diagnostic.
// Used by one thread; a Graph by any number.
#pragma once

#include "aesop/dmn/graph.hpp"
#include "aesop/dmn/place.hpp"
#include "aesop/dmn/trace.hpp"
#include "aesop/rules/external.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

using Frame = std::vector<Value>;

/// A knowledge model, decision service or function definition as a value of FEEL.
class ModelFunction final : public rules::Callable {
 public:
  ModelFunction(std::shared_ptr<const Graph> graph, std::uint32_t function, Frame captured = {})
      : graph_(std::move(graph)), function_(function), captured_(std::move(captured)) {
    for (const Value& value : captured_) depth_ = std::max(depth_, value.depth());
  }
  std::uint32_t depth() const override { return depth_; }
  std::span<const std::string> parameters() const override { return graph_->functions[function_].parameters; }
  const Type& type() const override { return graph_->functions[function_].type; }
  Value call(const Value& self, std::span<const Value> args, Evaluation& evaluation, std::uint32_t& steps,
             SourceRange where) const override;

 private:
  std::shared_ptr<const Graph> graph_;
  std::uint32_t function_;
  Frame captured_;
  std::uint32_t depth_ = 0;
};

class Runner {
 public:
  Runner(const std::shared_ptr<const Graph>& graph, Evaluation& evaluation, std::uint32_t& steps)
      : graph_(graph), evaluation_(evaluation), steps_(steps) {}
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Gives an element a value, which is made to fit its type.
  void set(std::uint32_t element, const Value& value) {
    make_room();
    const Element& one = graph_->elements[element];
    values_[element] = passed(value, one.guard, one.where, one.model, one.name);
  }
  /// The value of an element: of an input what was given, of a decision its result, of the others a function.
  const Value& value(std::uint32_t element);
  /// The outputs of a service whose inputs have been set: of one output its value, of several a context.
  Value outputs(const Element& service);
  /// Calls a function whose arguments have not been converted.
  Value call(std::uint32_t function, const Value& self, const Frame& captured, std::span<const Value> args);
  /// The value as the guard lets it pass; null, with a diagnostic, when it does not fit.
  Value passed(const Value& value, std::uint32_t guard, SourceRange where, std::uint32_t model,
               std::string_view what);

 private:
  // Two levels of the machine's depth for each of ours; false, and nothing left, at the bound.
  class Level {
   public:
    explicit Level(Runner& runner) : runner_(runner), good_(runner.enter()) {}
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() {
      if (good_) runner_.evaluation_.depth -= 3;
    }
    explicit operator bool() const { return good_; }

   private:
    Runner& runner_;
    bool good_;
  };
  bool enter() {
    if (steps_ == 0 || evaluation_.depth + 3 >= evaluation_.budget.depth) {
      if (steps_ > 0)
        evaluation_.diagnostics.add(DiagnosticCode::budget_depth, {},
                                    "the evaluation is nested deeper than it may be");
      else if (!evaluation_.diagnostics.has(DiagnosticCode::budget_steps))
        evaluation_.diagnostics.add(DiagnosticCode::budget_steps, {},
                                    "the evaluation took more steps than it may");
      steps_ = 0;
      return false;
    }
    --steps_;
    evaluation_.depth += 3;
    return true;
  }
  bool charge(std::size_t steps) {
    if (steps_ > steps) {
      steps_ -= static_cast<std::uint32_t>(steps);
      return true;
    }
    steps_ = 0;
    return false;
  }

  // Most calls of functions need no element's value.
  void make_room() {
    if (!values_.empty() || graph_->elements.empty()) return;
    values_.resize(graph_->elements.size());
    charge(values_.size() / 64);
  }
  void decide(std::uint32_t element, std::uint32_t depth);
  Journal* journal() const { return static_cast<Journal*>(evaluation_.journal); }
  // Diagnostics that came up since the last call belong to this text.
  void place_new(std::uint32_t model, SourceRange raw, bool in_text);
  void fill(const std::vector<Need>& needs, Frame& frame);
  bool fits(const Value& value, const Guard& guard);
  Value fail(DiagnosticCode code, const Node& node, std::string detail);

  // runner_boxed.hpp
  Value node(std::uint32_t id, Frame& frame);
  Value compute(const Node& node, Frame& frame);
  Value literal(const Node& node, Frame& frame);
  Value table(const Node& node, Frame& frame);
  Value context(const Node& node, Frame& frame);
  Value list(const Node& node, Frame& frame);
  Value over_parts(const Node& node, Frame& frame);
  Value conditional(const Node& node, Frame& frame);
  Value filter(const Node& node, Frame& frame);
  Value loop(const Node& node, Frame& frame);
  Value function(const Node& node, Frame& frame);

  const std::shared_ptr<const Graph>& graph_;
  Evaluation& evaluation_;
  std::uint32_t& steps_;
  std::vector<std::optional<Value>> values_;
};

inline Value ModelFunction::call(const Value& self, std::span<const Value> args, Evaluation& evaluation,
                                 std::uint32_t& steps, SourceRange) const {
  return Runner(graph_, evaluation, steps).call(function_, self, captured_, args);
}

inline void Runner::place_new(std::uint32_t model, SourceRange raw, bool in_text) {
  Journal* journal = this->journal();
  if (journal == nullptr || journal->trace == nullptr) return;
  auto& places = journal->trace->places;
  const auto& all = evaluation_.diagnostics.items();
  while (places.size() + journal->diagnostics_before < all.size()) {
    const Diagnostic& one = all[places.size() + journal->diagnostics_before];
    const auto& source = graph_->models[model].source;
    SourceRange where = raw;
    if (in_text && source && one.where.end > one.where.begin) where = place(source->text, raw, one.where);
    places.push_back({model, where, journal->element ? *journal->element : std::string()});
  }
}

inline Value Runner::fail(DiagnosticCode code, const Node& node, std::string detail) {
  evaluation_.diagnostics.add(code, {}, std::move(detail));
  place_new(node.model, node.where, false);
  return Value();
}

// What a decision needs is decided before it, without a recursion: a chain may be as long as max_needs.
inline const Value& Runner::value(std::uint32_t element) {
  make_room();
  if (values_[element]) return *values_[element];
  std::vector<std::pair<std::uint32_t, std::uint32_t>> open{{element, 0}};  // element, how many asked for it
  while (!open.empty()) {
    const auto [at, depth] = open.back();
    const Element& one = graph_->elements[at];
    if (values_[at]) {
      open.pop_back();
      continue;
    }
    const std::size_t before = open.size();
    if (one.kind == Element::Kind::decision) {
      const auto reach = [&, below = depth + 1](std::uint32_t needed) {
        if (!values_[needed]) open.emplace_back(needed, below);
      };
      for (std::size_t i = one.needs.size(); i-- > 0;) {
        if (one.needs[i].element != nowhere) reach(one.needs[i].element);
        for (const auto& entry : one.needs[i].entries) reach(entry.second);
      }
    }
    if (open.size() > before) continue;
    open.pop_back();
    if (one.kind == Element::Kind::input)
      values_[at].emplace();
    else if (one.function != nowhere)
      values_[at].emplace(Value::function(std::make_shared<ModelFunction>(graph_, one.function)));
    else
      decide(at, depth);
  }
  return *values_[element];
}

// The value of a decision all of whose needs have theirs.
inline void Runner::decide(std::uint32_t element, std::uint32_t depth) {
  const Element& one = graph_->elements[element];
  values_[element].emplace();  // null, should the bound be reached inside
  const Level level(*this);
  if (!level || !charge(one.frame / 16)) return;
  Frame frame(one.frame);
  fill(one.needs, frame);
  Journal* journal = this->journal();
  const std::string* outer = nullptr;
  std::vector<std::vector<std::uint32_t>> matched;
  if (journal != nullptr) {
    outer = std::exchange(journal->element, &one.name);
    std::swap(matched, journal->matched);
    journal->depth += depth + 1;
  }
  Value out = passed(node(one.body, frame), one.guard, one.where, one.model, one.name);
  if (journal != nullptr) {
    journal->depth -= depth + 1;
    if (journal->trace != nullptr && journal->trace->steps.size() < 1'000)
      journal->trace->steps.push_back({one.name, journal->depth + depth, out, std::move(journal->matched)});
    journal->matched = std::move(matched);
    journal->element = outer;
  }
  values_[element].emplace(std::move(out));
}

inline void Runner::fill(const std::vector<Need>& needs, Frame& frame) {
  for (const Need& need : needs) {
    if (need.element != nowhere) {
      frame[need.slot] = value(need.element);
      continue;
    }
    std::vector<Entry> entries;
    for (const auto& [name, element] : need.entries) entries.emplace_back(name, value(element));
    frame[need.slot] = Value::context(std::move(entries));
  }
}

inline Value Runner::outputs(const Element& service) {
  if (service.outputs.size() == 1) return value(service.outputs[0]);
  std::vector<Entry> entries;
  for (const std::uint32_t output : service.outputs)
    entries.emplace_back(graph_->elements[output].name, value(output));
  return Value::context(std::move(entries));
}

inline Value Runner::call(std::uint32_t function, const Value& self, const Frame& captured,
                          std::span<const Value> args) {
  const Function& one = graph_->functions[function];
  const Element* element = one.element == nowhere ? nullptr : &graph_->elements[one.element];
  const Level level(*this);
  if (!level) return Value();
  std::vector<Value> given;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const Guard& guard = graph_->guards[one.guards[i]];
    auto fit = coerce(args[i], guard.type);
    if (!fit || !fits(*fit, guard)) {
      evaluation_.diagnostics.add(
          DiagnosticCode::wrong_type, {},
          cat("the parameter \"", printable(one.parameters[i], 60), "\" of \"", printable(one.name, 60),
              "\" does not take this ", to_string(args[i].kind())));
      return Value();
    }
    given.push_back(std::move(*fit));
  }
  Value out;
  Journal* journal = this->journal();
  const std::string* outer = nullptr;
  std::vector<std::vector<std::uint32_t>> matched;
  const bool told = journal != nullptr && element != nullptr;
  if (told) {
    outer = std::exchange(journal->element, &element->name);
    std::swap(matched, journal->matched);
    ++journal->depth;
  }
  if (element != nullptr && element->kind == Element::Kind::service) {
    make_room();
    for (std::size_t i = 0; i < given.size(); ++i) values_[element->inputs[i]] = std::move(given[i]);
    out = outputs(*element);
  } else {
    if (!charge(one.frame / 16)) return Value();
    Frame frame(captured);
    frame.resize(std::max<std::size_t>(frame.size(), one.frame));
    if (element != nullptr) fill(element->needs, frame);
    if (one.self != nowhere) frame[one.self] = self;
    for (std::size_t i = 0; i < given.size(); ++i) frame[one.slots[i]] = given[i];
    if (one.external.empty()) {
      out = one.body == nowhere ? Value() : node(one.body, frame);
    } else {
      const Value description = one.body == nowhere ? Value() : node(one.body, frame);
      std::vector<Value> names;
      for (const std::string& name : one.parameters) names.push_back(Value::string(name));
      out = rules::call_external({one.external, description, names, given, evaluation_});
    }
  }
  const SourceRange where = element ? element->where : SourceRange{};
  out = passed(out, one.result, where, element ? element->model : 0, one.name);
  if (told) {
    --journal->depth;
    if (journal->trace != nullptr && journal->trace->steps.size() < 1'000)
      journal->trace->steps.push_back({element->name, journal->depth, out, std::move(journal->matched)});
    journal->matched = std::move(matched);
    journal->element = outer;
  }
  return out;
}

inline bool Runner::fits(const Value& value, const Guard& guard) {
  if (!guard.constrained || value.is_null()) return true;
  if (!charge(1)) return false;
  for (const Expr& test : guard.tests)
    if (!test.test(value, {}, evaluation_, steps_).is_true()) return false;
  if (guard.base != nowhere && !fits(value, graph_->guards[guard.base])) return false;
  if (guard.element != nowhere)
    for (const Value& item : value.items())
      if (!fits(item, graph_->guards[guard.element])) return false;
  for (const auto& [name, field] : guard.fields)
    if (const Value* one = value.find(name); one != nullptr && !fits(*one, graph_->guards[field]))
      return false;
  return true;
}

inline Value Runner::passed(const Value& value, std::uint32_t guard, SourceRange where, std::uint32_t model,
                            std::string_view what) {
  if (guard == 0 || value.is_null()) return value;
  const Guard& one = graph_->guards[guard];
  auto fit = coerce(value, one.type);
  if (fit && fits(*fit, one)) return std::move(*fit);
  evaluation_.diagnostics.add(
      DiagnosticCode::wrong_type, {},
      fit ? cat("the value of \"", printable(what, 60), "\" is not among the allowed ones")
          : cat("\"", printable(what, 60), "\" is ", to_string(one.type), ", not a ",
                to_string(value.kind())));
  place_new(model, where, false);
  return Value();
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop

#include "aesop/dmn/runner_boxed.hpp"
