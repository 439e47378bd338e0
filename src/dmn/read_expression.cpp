// Boxed expressions and decision tables of a .dmn file: Reader, part. Part dmn.
#include "dmn/reader.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/read.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {
namespace {

using Kind = Expression::Kind;

constexpr std::pair<std::string_view, Kind> kinds[] = {{"literalExpression", Kind::literal},
                                                       {"decisionTable", Kind::table},
                                                       {"context", Kind::context},
                                                       {"relation", Kind::relation},
                                                       {"list", Kind::list},
                                                       {"invocation", Kind::invocation},
                                                       {"functionDefinition", Kind::function},
                                                       {"conditional", Kind::conditional},
                                                       {"filter", Kind::filter},
                                                       {"for", Kind::for_},
                                                       {"some", Kind::some},
                                                       {"every", Kind::every}};

Kind kind_of(pugi::xml_node node) {
  if (node.type() == pugi::node_element)
    for (const auto& [name, kind] : kinds)
      if (Xml::local(node) == name) return kind;
  return Kind::none;
}

}  // namespace

bool Reader::is_expression(pugi::xml_node node) { return kind_of(node) != Kind::none; }

Expression Reader::first_expression(pugi::xml_node parent, std::size_t depth) {
  for (const pugi::xml_node one : parent.children())
    if (is_expression(one)) return expression(one, depth);
  Expression none;
  none.where = xml_.where(parent);
  return none;
}

Expression Reader::child(pugi::xml_node node, std::string_view name, std::size_t depth) {
  const pugi::xml_node one = Xml::child(node, name);
  if (!one) {
    fail(ErrorCode::schema_error, cat(node.name(), " has no ", name), node);
    return {};
  }
  return first_expression(one, depth + 1);
}

Expression Reader::expression(pugi::xml_node node, std::size_t depth) {
  Expression out;
  out.kind = kind_of(node);
  out.id = xml_.attribute(node, "id");
  out.type = type(node);
  out.where = xml_.where(node);
  if (depth > max_boxed_nesting) {
    fail(ErrorCode::limit_exceeded,
         cat("boxed expressions are nested more than ", max_boxed_nesting, " deep"), node);
    return out;
  }
  switch (out.kind) {
    case Kind::none:
      break;
    case Kind::literal:
      literal(node, out);
      break;
    case Kind::table:
      out.table = std::make_shared<const DecisionTable>(table(node));
      break;
    case Kind::context:
      context(node, out, depth);
      break;
    case Kind::relation:
      relation(node, out, depth);
      break;
    case Kind::list:
      for (const pugi::xml_node one : node.children())
        if (is_expression(one)) out.parts.push_back(expression(one, depth + 1));
      break;
    case Kind::invocation:
      invocation(node, out, depth);
      break;
    case Kind::function:
      return function(node, depth);
    case Kind::conditional:
      out.parts.push_back(child(node, "if", depth));
      out.parts.push_back(child(node, "then", depth));
      out.parts.push_back(child(node, "else", depth));
      break;
    case Kind::filter:
      out.parts.push_back(child(node, "in", depth));
      out.parts.push_back(child(node, "match", depth));
      break;
    case Kind::for_:
    case Kind::some:
    case Kind::every: {
      const pugi::xml_node in = Xml::child(node, "in");
      out.names.push_back({xml_.name(node, "iteratorVariable"), {}, xml_.where(node)});
      if (out.names[0].name.empty())
        fail(ErrorCode::schema_error, cat(node.name(), " has no iteratorVariable"), node);
      out.parts.push_back(child(node, "in", depth));
      if (in && out.parts[0].type.empty()) out.parts[0].type = type(in);
      out.parts.push_back(child(node, out.kind == Kind::for_ ? "return" : "satisfies", depth));
      break;
    }
  }
  return out;
}

void Reader::literal(pugi::xml_node node, Expression& out) {
  out.language = xml_.attribute(node, "expressionLanguage");
  if (out.language.empty()) out.language = model_.language;
  if (Xml::child(node, "importedValues"))
    fail(ErrorCode::schema_error, "imported values are not read", node, "write the values into the model");
  out.text = xml_.text(Xml::child(node, "text"));
  if (out.text.where == SourceRange{}) out.text.where = out.where;
}

void Reader::context(pugi::xml_node node, Expression& out, std::size_t depth) {
  for (const pugi::xml_node entry : node.children()) {
    if (!Xml::is(entry, "contextEntry")) continue;
    Variable name = variable(Xml::child(entry, "variable"));
    if (name.where == SourceRange{}) name.where = xml_.where(entry);
    out.names.push_back(std::move(name));
    out.parts.push_back(first_expression(entry, depth + 1));
  }
}

void Reader::relation(pugi::xml_node node, Expression& out, std::size_t depth) {
  for (const pugi::xml_node one : node.children()) {
    if (Xml::is(one, "column")) {
      out.names.push_back(variable(one));
    } else if (Xml::is(one, "row")) {
      Expression row;
      row.kind = Kind::list;
      row.where = xml_.where(one);
      for (const pugi::xml_node cell : one.children())
        if (is_expression(cell)) row.parts.push_back(expression(cell, depth + 1));
      out.parts.push_back(std::move(row));
    }
  }
}

void Reader::invocation(pugi::xml_node node, Expression& out, std::size_t depth) {
  out.parts.push_back(first_expression(node, depth + 1));
  if (out.parts[0].kind == Kind::none) fail(ErrorCode::schema_error, "an invocation names no function", node);
  for (const pugi::xml_node one : node.children()) {
    if (!Xml::is(one, "binding")) continue;
    Variable parameter = variable(Xml::child(one, "parameter"));
    if (parameter.name.empty()) fail(ErrorCode::schema_error, "a binding has no parameter", one);
    out.names.push_back(std::move(parameter));
    out.parts.push_back(first_expression(one, depth + 1));
  }
}

Expression Reader::function(pugi::xml_node node, std::size_t depth) {
  Expression out;
  out.kind = Kind::function;
  out.id = xml_.attribute(node, "id");
  out.type = type(node);
  out.where = xml_.where(node);
  out.language = xml_.attribute(node, "kind");
  for (const pugi::xml_node one : node.children())
    if (Xml::is(one, "formalParameter")) out.names.push_back(variable(one));
  Expression body = first_expression(node, depth + 1);
  if (body.kind != Kind::none) out.parts.push_back(std::move(body));
  return out;
}

DecisionTable Reader::table(pugi::xml_node node) {
  DecisionTable out;
  out.hit = xml_.attribute(node, "hitPolicy");
  out.aggregation = xml_.attribute(node, "aggregation");
  out.orientation = xml_.attribute(node, "preferredOrientation");
  out.output_label = xml_.attribute(node, "outputLabel");
  const auto text = [&](pugi::xml_node parent) {
    Text one = xml_.text(Xml::child(parent, "text"));
    if (one.where == SourceRange{}) one.where = xml_.where(parent);
    return one;
  };
  for (const pugi::xml_node one : node.children()) {
    if (Xml::is(one, "input")) {
      const pugi::xml_node expression = Xml::child(one, "inputExpression");
      DecisionTable::Input input;
      input.label = xml_.attribute(one, "label");
      input.expression = text(expression ? expression : one);
      input.type = type(expression);
      input.values = tests(one, "inputValues");
      if (trim(input.expression.text).empty())
        fail(ErrorCode::schema_error, "an input without an expression", one);
      out.inputs.push_back(std::move(input));
    } else if (Xml::is(one, "output")) {
      DecisionTable::Output output;
      output.name = xml_.name(one);
      output.label = xml_.attribute(one, "label");
      output.type = type(one);
      output.values = tests(one, "outputValues");
      output.otherwise = tests(one, "defaultOutputEntry");
      output.where = xml_.where(one);
      out.outputs.push_back(std::move(output));
    } else if (Xml::is(one, "annotation")) {
      out.annotations.push_back(xml_.attribute(one, "name"));
    } else if (Xml::is(one, "rule")) {
      DecisionTable::Rule rule;
      rule.id = xml_.attribute(one, "id");
      rule.where = xml_.where(one);
      rule.description = xml_.text(Xml::child(one, "description")).text;
      for (const pugi::xml_node entry : one.children()) {
        if (Xml::is(entry, "inputEntry")) rule.inputs.push_back(text(entry));
        if (Xml::is(entry, "outputEntry")) rule.outputs.push_back(text(entry));
        if (Xml::is(entry, "annotationEntry")) rule.annotations.push_back(text(entry).text);
      }
      out.rules.push_back(std::move(rule));
    }
  }
  return out;
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
