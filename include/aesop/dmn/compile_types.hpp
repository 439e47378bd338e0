// Compiler, part: item definitions become types and guards. Included by compile.hpp alone.
#pragma once

#include "aesop/dmn/compile.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {

inline void Compiler::declare_items(std::uint32_t model) {
  ModelData& data = models_[model];
  for (const ItemDefinition& item : data.model->types)
    if (!data.items.emplace(item.name, &item).second)
      problem(model, "duplicate-name", cat("the type \"", printable(item.name, 60), "\" is defined twice"),
              item.where);
  data.options.lenient = options_.lenient;
  data.options.external = true;
  data.options.max_text = options_.max_text;
  data.options.max_nodes = options_.max_nodes;
  data.options.max_depth = 64;
  data.options.functions = options_.functions;
  data.options.types = &data.types;
}

inline void Compiler::declare_types(std::uint32_t model) {
  ModelData& data = models_[model];
  const auto declare = [&](std::string name, std::uint32_t guard) {
    data.types.emplace(std::move(name), type_of_guard(guard));
  };
  for (const auto& [name, one] : data.items) declare(name, guard(model, name, one->where));
  for (const auto& [prefix, imported] : data.imports)
    for (const ItemDefinition& one : models_[imported].model->types) {
      const std::string name = prefix.empty() ? one.name : cat(prefix, '.', one.name);
      declare(name, guard(model, name, one.where));
    }
}

inline std::uint32_t Compiler::add_guard(Guard guard, std::size_t parts, std::uint32_t model,
                                         SourceRange where) {
  if (parts > max_type_parts) {
    error(model, "limit-exceeded", cat("a type of more than ", max_type_parts, " parts"), where);
    return 0;
  }
  guard.constrained =
      !guard.tests.empty() || guard.base != nowhere || guard.element != nowhere || !guard.fields.empty();
  graph_->guards.push_back(std::move(guard));
  guard_parts_.push_back(parts);
  return static_cast<std::uint32_t>(graph_->guards.size() - 1);
}

inline std::uint32_t Compiler::guard(std::uint32_t model, std::string_view type, SourceRange where,
                                     std::uint32_t depth) {
  if (type.empty() || type == "Any") return 0;
  ModelData& data = models_[model];
  if (const auto known = data.guards.find(type); known != data.guards.end()) return known->second;
  const auto keep = [&](std::uint32_t guard) {
    data.guards.emplace(std::string(type), guard);
    return guard;
  };
  if (const auto own = data.items.find(type); own != data.items.end())
    return keep(item(model, *own->second, depth));
  for (const auto& [prefix, imported] : data.imports) {
    std::string_view rest = type;
    if (!prefix.empty()) {
      if (!rest.starts_with(prefix) || rest.size() <= prefix.size() || rest[prefix.size()] != '.') continue;
      rest.remove_prefix(prefix.size() + 1);
    }
    for (const ItemDefinition& one : models_[imported].model->types)
      if (one.name == rest) return keep(item(imported, one, depth));
  }
  if (auto plain = parse_type(type))
    return keep(plain->is_any() ? 0 : add_guard({.type = plain.take()}, 1, model, where));
  std::vector<std::string_view> names = type_names();
  for (const auto& [name, one] : data.items) names.emplace_back(name);
  const auto near = did_you_mean(type, names);
  problem(model, "unknown-type", cat("there is no type \"", printable(type, 60), '"'), where,
          near ? cat("did you mean \"", *near, "\"?") : std::string());
  return keep(0);
}

inline std::uint32_t Compiler::item(std::uint32_t model, const ItemDefinition& item, std::uint32_t depth) {
  auto& [state, known] = items_[&item];
  if (state == State::done) return known;
  if (state == State::open || depth > max_needs) {
    error(model, state == State::open ? "cyclic-type" : "limit-exceeded",
          cat("the type \"", printable(item.name, 60),
              state == State::open ? "\" is made of itself" : "\" is nested too deeply"),
          item.where);
    return 0;
  }
  state = State::open;
  Guard one;
  std::size_t parts = 1;
  if (item.function) {
    one.type = function_type(model, item.parameters, item.result, item.where, depth + 1, parts);
  } else if (!item.components.empty()) {
    std::vector<Type::Field> fields;
    for (const ItemDefinition& component : item.components) {
      const std::uint32_t field = this->item(model, component, depth + 1);
      parts += guard_parts_[field];
      if (parts > max_type_parts) break;
      fields.emplace_back(component.name, type_of_guard(field));
      if (graph_->guards[field].constrained) one.fields.emplace_back(component.name, field);
    }
    one.type = Type::context_of(std::move(fields));
  } else {
    const std::uint32_t base = guard(model, item.type, item.where, depth + 1);
    parts += guard_parts_[base];
    one.type = type_of_guard(base);
    if (graph_->guards[base].constrained) one.base = base;
  }
  if (item.allowed)
    if (auto allowed = tests(model, *item.allowed, one.type)) one.tests.push_back(std::move(*allowed));
  std::uint32_t out = 0;
  const bool plain = one.tests.empty() && one.fields.empty() && one.base == nowhere;
  if (item.collection) {
    Guard all;
    all.type = Type::list_of(one.type);
    if (!plain) all.element = add_guard(std::move(one), parts, model, item.where);
    if (item.constraint)
      if (auto constraint = tests(model, *item.constraint, all.type))
        all.tests.push_back(std::move(*constraint));
    out = add_guard(std::move(all), parts + 1, model, item.where);
  } else {
    if (item.constraint)
      if (auto constraint = tests(model, *item.constraint, one.type))
        one.tests.push_back(std::move(*constraint));
    out = add_guard(std::move(one), parts, model, item.where);
    if (item.allowed) allowed_.emplace(out, *item.allowed);
  }
  auto& entry = items_[&item];
  entry = {State::done, out};
  return out;
}

inline Type Compiler::function_type(std::uint32_t model, const std::vector<Variable>& parameters,
                                    std::string_view result, SourceRange where, std::uint32_t depth,
                                    std::size_t& parts) {
  std::vector<Type> types;
  for (const Variable& parameter : parameters) {
    const std::uint32_t one = guard(model, parameter.type, parameter.where, depth);
    parts += guard_parts_[one];
    if (parts > max_type_parts) return TypeKind::function;
    types.push_back(type_of_guard(one));
  }
  const std::uint32_t one = guard(model, result, where, depth);
  parts += guard_parts_[one];
  return Type::function_of(std::move(types), type_of_guard(one));
}

inline std::optional<Expr> Compiler::tests(std::uint32_t model, const Text& text, const Type& type) {
  if (trim(text.text).empty()) return std::nullopt;
  auto expr = Expr::compile_unary_tests(text.text, Scope(), type, models_[model].options);
  if (expr) return expr.take();
  text_problem(model, expr.error(), text);
  return std::nullopt;
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
