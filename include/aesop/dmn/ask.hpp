// A question to a model as hosts of all languages ask it: ask. Part dmn; over dmn.hpp, with a name for what is asked, inputs as
// they came out of JSON, and diagnostics as sentences that say where in the file they arose.
//
//   Evaluation evaluation;
//   auto answer = ask(dmn, DmnKind::decision, "Fee", inputs, evaluation);   // inputs: a context
//   if (answer) answer->value, answer->diagnostics
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/dmn/dmn.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What of a model is asked.
enum class DmnKind : std::uint8_t { decision, service, knowledge };

/// What a model gave. A null value says why in `diagnostics`.
struct DmnAnswer {
  Value value = {};
  std::vector<std::string> diagnostics = {};
  std::vector<DmnTrace::Step> steps =
      {};  ///< what it rests on, what was asked for first: the values, and which rules matched
};

namespace dmn {

/// A value of JSON as a type has it: text becomes date, time and duration where these are declared. Everything else stays
/// as it is, and the model says what does not fit.
inline Value from_text(const Value& value, const Type& type) {
  if (value.is_string()) {
    const Type& plain = type.is(TypeKind::list) ? type.element() : type;
    if (plain.is(TypeKind::any) || plain.is(TypeKind::string)) return value;
    auto typed = coerce_text(value, plain);
    return typed ? std::move(*typed) : value;
  }
  if (value.is_list() && type.is(TypeKind::list)) {
    std::vector<Value> items;
    items.reserve(value.size());
    for (const Value& item : value.items()) items.push_back(from_text(item, type.element()));
    return Value::list(std::move(items));
  }
  if (value.is_context() && type.is(TypeKind::context) && type.field_count() > 0) {
    std::vector<Entry> entries;
    entries.reserve(value.size());
    for (const Entry& entry : value.entries()) {
      const Type* field = type.field(entry.first);
      entries.emplace_back(entry.first, field ? from_text(entry.second, *field) : entry.second);
    }
    return Value::context(std::move(entries));
  }
  return value;
}

/// What may be given: a parameter of what is asked, or an input of the model or of one that it imports.
struct Slot {
  const std::string* name = nullptr;
  const Type* type = nullptr;
  std::span<const std::string> path = {};  ///< names of the imports that lead to it
};

inline std::vector<Slot> slots_of(const Dmn& model, const Element& asked) {
  const Graph& graph = model.graph();
  std::vector<Slot> slots;
  if (asked.function != nowhere) {
    const Function& function = graph.functions[asked.function];
    for (std::size_t i = 0; i < function.parameters.size(); ++i)
      slots.push_back({&function.parameters[i], &graph.guards[function.guards[i]].type, {}});
  }
  if (asked.kind != Element::Kind::knowledge)
    for (const Element& element : graph.elements)
      if (element.kind == Element::Kind::input)
        slots.push_back({&element.name, &element.type, graph.models[element.model].path});
  return slots;
}

/// The inputs of a question, typed: schema_error for a name the model does not know.
class InputReader {
 public:
  InputReader(const Dmn& model, const Element& asked) : asked_(asked), slots_(slots_of(model, asked)) {}

  Result<std::vector<DmnInput>> read(const Value& inputs) const {
    std::vector<DmnInput> out;
    for (const Entry& entry : inputs.entries()) {
      auto value = typed(entry, {});
      if (!value) return value.take_error();
      out.push_back({entry.first, value.take(), {}});
    }
    return out;
  }

 private:
  static bool same(std::span<const std::string> path, const std::vector<std::string>& of) {
    return std::equal(path.begin(), path.end(), of.begin(), of.end());
  }

  // An entry of the inputs, or of the context of the imports that lead to it.
  Result<Value> typed(const Entry& entry, const std::vector<std::string>& path) const {
    const Slot* plain = nullptr;  // of a model that is imported, where its name says enough
    for (const Slot& slot : slots_) {
      if (*slot.name != entry.first) continue;
      if (same(slot.path, path)) return from_text(entry.second, *slot.type);
      if (path.empty()) plain = &slot;
    }
    std::vector<std::string> inner = path;
    inner.push_back(entry.first);
    for (const Slot& slot : slots_) {
      if (slot.path.size() < inner.size() || !same(slot.path.first(inner.size()), inner)) continue;
      std::vector<Entry> entries;
      for (const Entry& one : entry.second.entries()) {
        auto value = typed(one, inner);
        if (!value) return value;
        entries.emplace_back(one.first, value.take());
      }
      return entry.second.is_context() ? Value::context(std::move(entries)) : Value(entry.second);
    }
    if (plain != nullptr) return from_text(entry.second, *plain->type);
    return unknown(entry.first, path);
  }

  Error unknown(std::string_view name, const std::vector<std::string>& path) const {
    std::vector<std::string> names;
    for (const Slot& slot : slots_)
      if (path.empty() || same(slot.path, path)) names.push_back(*slot.name);
    const auto near = did_you_mean(name, names);
    return {ErrorCode::schema_error,
            cat('"', printable(asked_.name, 60), "\" takes no input \"", printable(name, 60), '"'),
            near            ? cat("did you mean \"", *near, "\"?")
            : names.empty() ? std::string("it takes none")
                            : cat("it takes: ", join(names, ", "))};
  }

  const Element& asked_;
  std::vector<Slot> slots_;
};

/// "[division-by-zero] a number is divided by zero (in "Fee", line 12, column 9)".
inline std::vector<std::string> sentences(const Dmn& model, const Evaluation& evaluation,
                                          const DmnTrace& trace) {
  std::vector<std::string> out;
  const auto& all = evaluation.diagnostics.items();
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string text = cat('[', slug(all[i].code), "] ", all[i].detail);
    if (i < trace.places.size()) {
      const DmnTrace::Place& place = trace.places[i];
      const Space& space = model.models()[place.model];
      append(text, " (");
      if (!place.element.empty()) append(text, "in \"", printable(place.element, 60), '"');
      if (space.source && place.where.end > 0) {
        const Position at = space.source->position(place.where.begin);
        append(text, place.element.empty() ? "" : ", ");
        if (place.model > 0) append(text, "of ", printable(space.source->name, 60), ", ");
        append(text, "line ", at.line, ", column ", at.column);
      } else if (place.element.empty()) {
        append(text, "in ", printable(space.name, 60));
      }
      append(text, ')');
    }
    out.push_back(std::move(text));
  }
  return out;
}

}  // namespace dmn

/// Asks a model for a decision, a service or a business knowledge model by its name. `inputs` is a context by name, those of
/// an import in an entry named as it is; null for none. Text becomes a date, time or duration where the model says so. What is
/// not given is null. not_found; schema_error for an input that the model does not have. What goes wrong in the model itself
/// is null with a diagnostic. The diagnostics of `evaluation` begin anew.
inline Result<DmnAnswer> ask(const Dmn& model, DmnKind kind, std::string_view name, const Value& inputs,
                             Evaluation& evaluation) {
  evaluation.diagnostics.clear();
  const auto element_kind = kind == DmnKind::decision  ? dmn::Element::Kind::decision
                            : kind == DmnKind::service ? dmn::Element::Kind::service
                                                       : dmn::Element::Kind::knowledge;
  std::vector<DmnInput> given;
  if (const dmn::Element* asked = model.graph().find(element_kind, name)) {
    auto typed = dmn::InputReader(model, *asked).read(inputs);
    if (!typed) return typed.take_error();
    given = typed.take();
  }  // else the evaluation says what there is
  DmnTrace trace;
  auto value = kind == DmnKind::decision  ? model.evaluate(name, given, evaluation, &trace)
               : kind == DmnKind::service ? model.evaluate_service(name, given, evaluation, &trace)
                                          : model.evaluate_knowledge(name, given, evaluation, &trace);
  if (!value) return value.take_error();
  std::reverse(trace.steps.begin(), trace.steps.end());
  return DmnAnswer{value.take(), dmn::sentences(model, evaluation, trace), std::move(trace.steps)};
}

}  // namespace v0
}  // namespace aesop
