// Compiler, part: boxed expressions. Included by compile.hpp alone.
#pragma once

#include "aesop/dmn/compile.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {

inline Compiler::Made Compiler::boxed(std::uint32_t model, const Expression& expression, const Scope& scope) {
  switch (expression.kind) {
    case Expression::Kind::none:
      return {nowhere, TypeKind::null};
    case Expression::Kind::literal:
      return literal(model, expression, scope);
    case Expression::Kind::table:
      return table(model, expression, scope);
    case Expression::Kind::context:
      return context(model, expression, scope);
    case Expression::Kind::relation:
      return relation(model, expression, scope);
    case Expression::Kind::list:
      return list(model, expression, scope);
    case Expression::Kind::invocation:
      return invocation(model, expression, scope);
    case Expression::Kind::function:
      return function(model, expression, scope);
    case Expression::Kind::conditional:
      return conditional(model, expression, scope);
    case Expression::Kind::filter:
      return filter(model, expression, scope);
    case Expression::Kind::for_:
    case Expression::Kind::some:
    case Expression::Kind::every:
      return loop(model, expression, scope);
  }
  return {};
}

// Adds the node; a declared type of the expression is its boundary.
inline Compiler::Made Compiler::finish(Node node, Type type, const Expression& expression,
                                       std::uint32_t model) {
  node.kind = node.kind == Expression::Kind::none ? expression.kind : node.kind;
  node.model = model;
  if (node.where == SourceRange{}) node.where = expression.where;
  node.guard = guard(model, expression.type, expression.where);
  if (node.guard != 0 && !type_of_guard(node.guard).is_any()) type = type_of_guard(node.guard);
  graph_->nodes.push_back(std::move(node));
  return {static_cast<std::uint32_t>(graph_->nodes.size() - 1), std::move(type)};
}

inline Compiler::Made Compiler::literal(std::uint32_t model, const Expression& expression,
                                        const Scope& scope) {
  Node node;
  node.where = expression.text.where;
  Type type;
  if (!is_feel(expression.language)) {
    node.bad = true;
    node.problem = cat("the language \"", printable(expression.language, 60), "\" is not FEEL");
    problem(model, "bad-expression", node.problem, expression.where);
  } else if (auto expr = Expr::compile(expression.text.text, scope, models_[model].options)) {
    type = expr->type();
    node.expr = expr.take();
  } else {
    node.bad = true;
    node.problem = text_problem(model, expr.error(), expression.text);
  }
  return finish(std::move(node), std::move(type), expression, model);
}

inline Compiler::Made Compiler::context(std::uint32_t model, const Expression& expression,
                                        const Scope& scope) {
  Node node;
  Scope inner = Scope::inside(scope);
  std::vector<Type::Field> fields;
  std::optional<Type> result;
  for (std::size_t i = 0; i < expression.parts.size(); ++i) {
    const Variable& name = expression.names[i];
    const Expression& part = expression.parts[i];
    const bool names_function = part.kind == Expression::Kind::function && !name.name.empty();
    const std::uint32_t self = names_function ? add_slot(inner, name.name, TypeKind::function) : nowhere;
    Made made = names_function ? function(model, part, inner, self, name.name) : boxed(model, part, inner);
    const std::uint32_t declared = guard(model, name.type, name.where);
    if (declared != 0) {
      // A boundary around the part: a list of one part would change it, so it is a context of one result.
      Node boundary;
      boundary.kind = Expression::Kind::context;
      boundary.names.emplace_back();
      boundary.parts.push_back(made.node);
      boundary.slots.push_back(nowhere);
      boundary.guard = declared;
      boundary.model = model;
      boundary.where = part.where;
      graph_->nodes.push_back(std::move(boundary));
      made.node = static_cast<std::uint32_t>(graph_->nodes.size() - 1);
      if (!type_of_guard(declared).is_any()) made.type = type_of_guard(declared);
    }
    node.parts.push_back(made.node);
    node.names.push_back(name.name);
    if (name.name.empty()) {
      node.slots.push_back(nowhere);
      result = made.type;
      break;
    }
    node.slots.push_back(add_slot(inner, name.name, made.type));
    fields.emplace_back(name.name, made.type);
  }
  Type type = result           ? *result
              : fields.empty() ? Type(TypeKind::context)
                               : Type::context_of(std::move(fields));
  return finish(std::move(node), std::move(type), expression, model);
}

inline Compiler::Made Compiler::list(std::uint32_t model, const Expression& expression, const Scope& scope) {
  Node node;
  Type type = TypeKind::null;
  for (std::size_t i = 0; i < expression.parts.size(); ++i) {
    Made made = boxed(model, expression.parts[i], scope);
    type = i == 0 ? made.type : rules::common_type(type, made.type);
    node.parts.push_back(made.node);
  }
  return finish(std::move(node), Type::list_of(std::move(type)), expression, model);
}

// A list of contexts.
inline Compiler::Made Compiler::relation(std::uint32_t model, const Expression& expression,
                                         const Scope& scope) {
  Node node;
  Type type = TypeKind::null;
  for (std::size_t row = 0; row < expression.parts.size(); ++row) {
    Node one;
    one.kind = Expression::Kind::context;
    std::vector<Type::Field> fields;
    const std::vector<Expression>& cells = expression.parts[row].parts;
    for (std::size_t column = 0; column < cells.size() && column < expression.names.size(); ++column) {
      Made made = boxed(model, cells[column], scope);
      one.parts.push_back(made.node);
      one.names.push_back(expression.names[column].name);
      one.slots.push_back(nowhere);
      fields.emplace_back(expression.names[column].name, made.type);
    }
    if (cells.size() != expression.names.size())
      problem(
          model, "bad-table",
          cat("this row has ", cells.size(), " cells, the relation ", expression.names.size(), " columns"),
          expression.parts[row].where);
    Expression untyped;
    untyped.where = expression.parts[row].where;
    Type row_type = fields.empty() ? Type(TypeKind::context) : Type::context_of(std::move(fields));
    const Made made = finish(std::move(one), std::move(row_type), untyped, model);
    type = row == 0 ? made.type : rules::common_type(type, made.type);
    node.parts.push_back(made.node);
  }
  return finish(std::move(node), Type::list_of(std::move(type)), expression, model);
}

// As FEEL: what is called ( parameter: slot, ... ).
inline Compiler::Made Compiler::invocation(std::uint32_t model, const Expression& expression,
                                           const Scope& scope) {
  Node node;
  Scope inner = Scope::inside(scope);
  std::string text;
  Text callee;
  const Expression& called = expression.parts[0];
  if (called.kind == Expression::Kind::literal) {
    callee = called.text;
    text = trim(callee.text);
  } else {
    Made made = boxed(model, called, inner);
    node.slots.push_back(add_hidden(inner, "called_", made.type, text));
    node.parts.push_back(made.node);
    callee.where = called.where;
  }
  text += '(';
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    Made made = boxed(model, expression.parts[i], inner);
    std::string name;
    node.slots.push_back(add_hidden(inner, "argument_", made.type, name));
    node.parts.push_back(made.node);
    append(text, i > 1 ? ", " : "", expression.names[i - 1].name, ": ", name);
  }
  text += ')';
  Type type;
  if (auto expr = Expr::compile(text, inner, models_[model].options)) {
    type = expr->type();
    node.expr = expr.take();
  } else {
    node.bad = true;
    node.problem = text_problem(model, expr.error(), callee);
  }
  return finish(std::move(node), std::move(type), expression, model);
}

inline Compiler::Made Compiler::conditional(std::uint32_t model, const Expression& expression,
                                            const Scope& scope) {
  Node node;
  node.parts.push_back(boxed(model, expression.parts[0], scope).node);
  Made then = boxed(model, expression.parts[1], scope);
  Made otherwise = boxed(model, expression.parts[2], scope);
  node.parts.push_back(then.node);
  node.parts.push_back(otherwise.node);
  return finish(std::move(node), rules::common_type(then.type, otherwise.type), expression, model);
}

// A literal match is FEEL's own filter over a slot; any other is evaluated for each item.
inline Compiler::Made Compiler::filter(std::uint32_t model, const Expression& expression,
                                       const Scope& scope) {
  Node node;
  Scope inner = Scope::inside(scope);
  const Made source = boxed(model, expression.parts[0], inner);
  node.parts.push_back(source.node);
  const Type element = source.type.is(TypeKind::list) ? source.type.element() : source.type;
  const Expression& match = expression.parts[1];
  Type type = Type::list_of(element);
  if (match.kind == Expression::Kind::literal) {
    std::string text;
    node.slots.push_back(add_hidden(inner, "filtered_", source.type, text));
    text += '[';
    const auto skip = static_cast<std::uint32_t>(text.size());
    append(text, match.text.text, ']');
    if (auto expr = Expr::compile(text, inner, models_[model].options)) {
      type = expr->type();
      node.expr = expr.take();
    } else {
      node.bad = true;
      node.problem = text_problem(model, expr.error(), match.text, skip);
    }
    return finish(std::move(node), std::move(type), expression, model);
  }
  node.slots.push_back(add_slot(inner, "item", element));
  for (std::size_t i = 0; i < element.field_count(); ++i) {
    if (element.field_name(i) == "item") continue;
    node.names.push_back(element.field_name(i));
    node.slots.push_back(add_slot(inner, element.field_name(i), element.field_type(i)));
  }
  node.slots.push_back(nowhere);  // never one slot alone: that is the other kind
  node.parts.push_back(boxed(model, match, inner).node);
  return finish(std::move(node), std::move(type), expression, model);
}

inline Compiler::Made Compiler::loop(std::uint32_t model, const Expression& expression, const Scope& scope) {
  Node node;
  Scope inner = Scope::inside(scope);
  const Made source = boxed(model, expression.parts[0], inner);
  node.parts.push_back(source.node);
  const Variable& iterator = expression.names[0];
  const std::uint32_t declared = guard(model, iterator.type, iterator.where);
  Type element =
      source.type.is(TypeKind::list) || source.type.is(TypeKind::range) ? source.type.element() : source.type;
  if (declared != 0) element = type_of_guard(declared);
  node.slots.push_back(add_slot(inner, iterator.name, std::move(element)));
  const bool collects = expression.kind == Expression::Kind::for_;
  const Expression& body = expression.parts[1];
  const bool simple = body.kind == Expression::Kind::literal;
  if (collects && (!simple || body.text.text.find("partial") != std::string::npos))
    node.partial = add_slot(inner, "partial", Type::list_of(TypeKind::any));
  const Made made = boxed(model, body, inner);
  node.parts.push_back(made.node);
  return finish(std::move(node), collects ? Type::list_of(made.type) : Type(TypeKind::boolean), expression,
                model);
}

inline Compiler::Made Compiler::function(std::uint32_t model, const Expression& expression,
                                         const Scope& scope, std::uint32_t self, std::string name) {
  Node node;
  node.kind = Expression::Kind::function;
  Function one;
  one.name = name.empty() ? "function" : std::move(name);
  one.self = self;
  Scope inner = Scope::inside(scope);
  std::vector<Type> types;
  for (const Variable& parameter : expression.names) {
    const std::uint32_t declared = guard(model, parameter.type, parameter.where);
    one.parameters.push_back(parameter.name);
    one.guards.push_back(declared);
    one.slots.push_back(add_slot(inner, parameter.name, type_of_guard(declared)));
    types.push_back(type_of_guard(declared));
  }
  Type result;
  if (!expression.parts.empty()) {
    const Made body = boxed(model, expression.parts[0], inner);
    one.body = body.node;
    result = body.type;
  }
  if (!expression.language.empty() && !is_feel(expression.language)) {
    for (const char c : expression.language) one.external += to_lower(c);
    result = TypeKind::any;
  }
  one.frame = frame_;
  one.type = Type::function_of(std::move(types), std::move(result));
  node.function = static_cast<std::uint32_t>(graph_->functions.size());
  Type type = one.type;
  graph_->functions.push_back(std::move(one));
  // The declared type of a function definition is that of its result as often as not: it is no boundary.
  Expression untyped;
  untyped.where = expression.where;
  return finish(std::move(node), std::move(type), untyped, model);
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
