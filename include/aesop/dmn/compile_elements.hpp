// Compiler, part: imports, references, and the elements of a model. Included by compile.hpp alone.
#pragma once

#include "aesop/dmn/compile.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {

// Adds a model and those it imports; its index. The same model by another way is another one.
inline std::uint32_t Compiler::add_model(const Model& model, SourceRange imported_at,
                                         std::vector<std::string> path) {
  const auto index = static_cast<std::uint32_t>(models_.size());
  models_.emplace_back();
  models_[index].model = &model;
  models_[index].imported_at = imported_at;
  graph_->models.push_back({model.name, model.space, model.source, path});
  importing_.push_back(model.space);
  for (const Import& one : model.imports) {
    if (!one.type.empty() && one.type.find("DMN") == std::string::npos) {
      add(index, Severity::warning, "unknown-reference",
          cat("the import \"", printable(one.name, 60), "\" is no DMN model and is not read"), one.where, {});
      continue;
    }
    if (std::find(importing_.begin(), importing_.end(), one.space) != importing_.end()) {
      error(index, "cyclic-import", cat("the model imports itself by \"", printable(one.name, 60), '"'),
            one.where);
      continue;
    }
    if (models_.size() >= options_.max_models) {
      error(index, "limit-exceeded", cat("more than ", options_.max_models, " models"), one.where);
      break;
    }
    const Model* target = load(index, one);
    if (target == nullptr) continue;
    bytes_ += target->source ? target->source->text.size() : 0;
    if (bytes_ > options_.max_bytes) {
      error(index, "limit-exceeded", cat("more than ", options_.max_bytes >> 20, " MiB of models"),
            one.where);
      break;
    }
    std::vector<std::string> further = path;
    if (!one.name.empty()) further.push_back(one.name);
    const std::uint32_t added = add_model(*target, index == 0 ? one.where : imported_at, std::move(further));
    models_[index].imports.emplace_back(one.name, added);
  }
  importing_.pop_back();
  return index;
}

// The model of an import, read once; nullptr when there is none.
inline const Model* Compiler::load(std::uint32_t index, const Import& wanted) {
  for (const Model& known : loaded_)
    if (known.space == wanted.space) return &known;
  auto found = options_.loader ? options_.loader(wanted)
                               : Result<Model>(Error{ErrorCode::not_found, "nothing loads imported models"});
  if (!found) {
    problem(
        index, "unknown-reference",
        cat("the model \"", printable(wanted.space, 100), "\" cannot be imported: ", found.error().message),
        wanted.where, found.error().help);
    return nullptr;
  }
  loaded_.push_back(found.take());
  loaded_.back().space = wanted.space;
  return &loaded_.back();
}

inline void Compiler::declare(std::uint32_t model, Element::Kind kind, const std::string& id,
                              const std::string& name, const Variable& variable, SourceRange where,
                              const void* written) {
  if (graph_->elements.size() >= options_.max_elements) {
    if (graph_->elements.size() == options_.max_elements && !std::exchange(too_many_, true))
      error(model, "limit-exceeded", cat("more than ", options_.max_elements, " elements"), where);
    return;
  }
  Element one;
  one.kind = kind;
  one.model = model;
  one.id = id;
  one.name = name;
  one.where = where;
  if (kind == Element::Kind::input || kind == Element::Kind::decision) {
    one.guard = guard(model, variable.type, variable.where);
    one.type = type_of_guard(one.guard);
  }
  const auto index = static_cast<std::uint32_t>(graph_->elements.size());
  if (!id.empty() && !models_[model].ids.emplace(id, index).second)
    problem(model, "duplicate-name", cat("the id \"", printable(id, 60), "\" is there twice"), where);
  graph_->elements.push_back(std::move(one));
  written_.push_back(written);
  states_.push_back(State::untouched);
}

inline void Compiler::declare_elements(std::uint32_t model) {
  const Model& one = *models_[model].model;
  for (const InputData& input : one.inputs)
    declare(model, Element::Kind::input, input.id, input.name, input.variable, input.where, &input);
  for (const Decision& decision : one.decisions)
    declare(model, Element::Kind::decision, decision.id, decision.name, decision.variable, decision.where,
            &decision);
  for (const KnowledgeModel& knowledge : one.knowledge)
    declare(model, Element::Kind::knowledge, knowledge.id, knowledge.name, knowledge.variable,
            knowledge.where, &knowledge);
  for (const DecisionService& service : one.services)
    declare(model, Element::Kind::service, service.id, service.name, service.variable, service.where,
            &service);
}

// "#id", "namespace#id".
inline std::optional<std::uint32_t> Compiler::find(std::uint32_t model, const Requirement& requirement) {
  const std::string_view href = requirement.href;
  const std::size_t hash = href.rfind('#');
  const std::string_view space = hash == std::string_view::npos ? std::string_view() : href.substr(0, hash);
  const std::string_view id = hash == std::string_view::npos ? href : href.substr(hash + 1);
  std::uint32_t target = nowhere;
  if (space.empty() || space == models_[model].model->space) {
    target = model;
  } else {
    for (const auto& [name, imported] : models_[model].imports)
      if (target == nowhere && models_[imported].model->space == space) target = imported;
  }
  if (target != nowhere)
    if (const auto known = models_[target].ids.find(id); known != models_[target].ids.end())
      return known->second;
  problem(model, "unknown-reference", cat("nothing has the id \"", printable(href, 100), '"'),
          requirement.where);
  return std::nullopt;
}

// Compiles an element, after what it needs; false when that leads back to it.
inline bool Compiler::element(std::uint32_t index, std::uint32_t depth) {
  if (states_[index] == State::done) return true;
  if (states_[index] == State::open) return false;
  if (depth > max_needs) {
    error(graph_->elements[index].model, "limit-exceeded",
          cat("a chain of more than ", max_needs, " requirements"), graph_->elements[index].where);
    return true;
  }
  states_[index] = State::open;
  const std::uint32_t outer = std::exchange(frame_, 0);
  switch (graph_->elements[index].kind) {
    case Element::Kind::input:
      break;
    case Element::Kind::decision:
      decision(index, *static_cast<const Decision*>(written_[index]), depth);
      break;
    case Element::Kind::knowledge:
      knowledge(index, *static_cast<const KnowledgeModel*>(written_[index]), depth);
      break;
    case Element::Kind::service:
      service(index, *static_cast<const DecisionService*>(written_[index]), depth);
      break;
  }
  frame_ = outer;
  states_[index] = State::done;
  return true;
}

// What an element needs becomes names of its scope.
inline void Compiler::need(Element& element, Scope& scope, const std::vector<Requirement>& all,
                           std::uint32_t depth) {
  const std::uint32_t model = element.model;
  const std::uint32_t own = graph_->index(element);
  std::map<std::string, std::vector<std::pair<std::string, std::uint32_t>>>
      groups;  // by the name of the import
  for (const Requirement& one : all) {
    const auto found = find(model, one);
    if (!found) continue;
    const Element& target = graph_->elements[*found];
    if (*found == own && element.kind == Element::Kind::knowledge) continue;  // it sees itself anyway
    if (!this->element(*found, depth + 1)) {
      error(model, "cyclic-requirement",
            cat("\"", printable(element.name, 60), "\" needs \"", printable(target.name, 60),
                "\", which needs it"),
            one.where);
      continue;
    }
    std::string prefix;
    for (const auto& [name, imported] : models_[model].imports)
      if (imported == target.model) prefix = name;
    if (target.model == model || prefix.empty()) {
      const std::uint32_t slot = add_slot(scope, target.name, target.type);
      element.needs.push_back({slot, *found, {}});
    } else {
      groups[prefix].emplace_back(target.name, *found);
    }
  }
  for (auto& [name, entries] : groups) {
    std::vector<Type::Field> fields;
    for (const auto& [field, target] : entries) fields.emplace_back(field, graph_->elements[target].type);
    const std::uint32_t slot = add_slot(scope, name, Type::context_of(std::move(fields)));
    element.needs.push_back({slot, nowhere, std::move(entries)});
  }
}

inline void Compiler::decision(std::uint32_t index, const Decision& written, std::uint32_t depth) {
  Scope scope;
  need(graph_->elements[index], scope, written.requires_, depth);
  const Made made = boxed(graph_->elements[index].model, written.expression, scope);
  Element& element = graph_->elements[index];
  element.body = made.node;
  element.frame = frame_;
  if (element.type.is_any()) element.type = made.type;
}

// The type of a function's result by its variable: of a function type its result, else, as DMN 1.1 had it, the type.
inline std::uint32_t Compiler::result_guard(std::uint32_t model, const Variable& variable) {
  const std::uint32_t one = guard(model, variable.type, variable.where);
  const Type& type = type_of_guard(one);
  if (!type.is(TypeKind::function)) return one;
  if (!type.has_signature() || type.result().is_any()) return 0;
  return add_guard({.type = type.result()}, guard_parts_[one], model, variable.where);
}

inline void Compiler::knowledge(std::uint32_t index, const KnowledgeModel& written, std::uint32_t depth) {
  const std::uint32_t model = graph_->elements[index].model;
  Scope scope;
  need(graph_->elements[index], scope, written.requires_, depth);
  const std::uint32_t self = add_slot(scope, graph_->elements[index].name, TypeKind::function);
  Expression nothing;
  nothing.kind = Expression::Kind::function;
  const Expression& body = written.function.kind == Expression::Kind::function ? written.function : nothing;
  const Made made = function(model, body, scope, self, graph_->elements[index].name);
  Element& element = graph_->elements[index];
  element.function = graph_->nodes[made.node].function;
  Function& one = graph_->functions[element.function];
  one.element = index;
  one.frame = frame_;
  if (one.result == 0) {
    one.result = result_guard(model, written.variable);
    if (one.result != 0) {
      std::vector<Type> types;
      for (const std::uint32_t guard : one.guards) types.push_back(type_of_guard(guard));
      one.type = Type::function_of(std::move(types), type_of_guard(one.result));
    }
  }
  element.type = one.type;
}

inline void Compiler::service(std::uint32_t index, const DecisionService& written, std::uint32_t depth) {
  const std::uint32_t model = graph_->elements[index].model;
  Function one;
  one.name = graph_->elements[index].name;
  one.element = index;
  std::vector<Type> types;
  const auto input = [&](const Requirement& requirement) {
    const auto found = find(model, requirement);
    if (!found) return;
    Element& target = graph_->elements[*found];
    one.parameters.push_back(target.name);
    one.guards.push_back(target.guard);
    types.push_back(type_of_guard(target.guard));
    graph_->elements[index].inputs.push_back(*found);
  };
  for (const Requirement& requirement : written.input_data) input(requirement);
  for (const Requirement& requirement : written.input_decisions) input(requirement);
  std::vector<Type::Field> fields;
  for (const Requirement& requirement : written.outputs) {
    const auto found = find(model, requirement);
    if (!found) continue;
    if (graph_->elements[*found].kind != Element::Kind::decision) {
      problem(model, "unknown-reference", cat("\"", printable(requirement.href, 60), "\" is no decision"),
              requirement.where);
      continue;
    }
    if (!element(*found, depth + 1)) {
      error(model, "cyclic-requirement",
            cat("\"", printable(one.name, 60), "\" is part of the decision \"",
                printable(graph_->elements[*found].name, 60), "\", which needs it"),
            requirement.where);
      continue;
    }
    graph_->elements[index].outputs.push_back(*found);
    fields.emplace_back(graph_->elements[*found].name, graph_->elements[*found].type);
  }
  one.result = result_guard(model, written.variable);
  Type result = type_of_guard(one.result);
  if (result.is_any() && fields.size() == 1) result = fields[0].second;
  if (result.is_any() && fields.size() > 1) result = Type::context_of(std::move(fields));
  one.type = Type::function_of(std::move(types), std::move(result));
  Element& element = graph_->elements[index];
  element.type = one.type;
  element.function = static_cast<std::uint32_t>(graph_->functions.size());
  graph_->functions.push_back(std::move(one));
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
