// The model in a .dmn file: read_dmn, and Reader for all but expressions. Part dmn.
#include "dmn/reader.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/read.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {
namespace {

constexpr std::pair<std::string_view, std::string_view> versions[] = {
    {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
    {"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
    {"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
    {"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
    {"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"}};

// The root of a model, of a version that is known.
Result<pugi::xml_node> definitions(const Xml& xml, const pugi::xml_document& document, std::string* version) {
  const pugi::xml_node root = document.document_element();
  Error error{
      ErrorCode::schema_error, "the root element is not definitions", {}, xml.where(root), xml.source().name};
  if (!Xml::is(root, "definitions")) return error;
  const std::string space = xml.space(root);
  for (const auto& [known, number] : versions)
    if (space == known) {
      if (version != nullptr) *version = number;
      return root;
    }
  error.code = ErrorCode::unsupported_version;
  error.message = cat("the namespace \"", printable(space, 100), "\" is not one of DMN 1.1 to 1.5");
  error.help = cat("models of DMN 1.5 have xmlns=\"", versions[4].first, '"');
  return error;
}

}  // namespace

std::string Reader::resolved(pugi::xml_node node, std::string text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return text;
  const std::string space = xml_.space_of_prefix(node, std::string_view(text).substr(0, colon));
  if (space.empty()) return text;
  std::string local = text.substr(colon + 1);
  for (const Import& one : model_.imports)
    if (one.space == space && space != model_.space && !one.name.empty()) return cat(one.name, '.', local);
  return local;
}

std::string Reader::type(pugi::xml_node node, std::string_view attribute) {
  return resolved(node, xml_.name(node, attribute));
}

std::optional<Text> Reader::tests(pugi::xml_node node, std::string_view name) {
  const pugi::xml_node one = Xml::child(node, name);
  if (!one) return std::nullopt;
  return xml_.text(Xml::child(one, "text"));
}

Variable Reader::variable(pugi::xml_node node, const std::string& fallback) {
  Variable out{fallback, {}, {}};
  if (!node) return out;
  out.where = xml_.where(node);
  out.type = type(node);
  if (std::string name = xml_.name(node); !name.empty()) out.name = std::move(name);
  return out;
}

Requirement Reader::reference(pugi::xml_node node) {
  return {std::string(trim(xml_.attribute(node, "href"))), xml_.where(node)};
}

void Reader::requirements(pugi::xml_node node, std::vector<Requirement>& into) {
  for (const pugi::xml_node one : node.children()) {
    if (!Xml::is(one, "informationRequirement") && !Xml::is(one, "knowledgeRequirement")) continue;
    for (const pugi::xml_node what : one.children())
      if (Xml::is(what, "requiredDecision") || Xml::is(what, "requiredInput") ||
          Xml::is(what, "requiredKnowledge"))
        into.push_back(reference(what));
  }
}

ItemDefinition Reader::item(pugi::xml_node node, std::size_t depth) {
  ItemDefinition out;
  out.where = xml_.where(node);
  out.name = xml_.name(node);
  if (depth > max_boxed_nesting) {
    fail(ErrorCode::limit_exceeded, cat("a type is nested more than ", max_boxed_nesting, " deep"), node);
    return out;
  }
  if (out.name.empty()) fail(ErrorCode::schema_error, cat(node.name(), " has no name"), node);
  const std::string collection = xml_.attribute(node, "isCollection");
  out.collection = collection == "true" || collection == "1";
  for (const pugi::xml_node one : node.children()) {
    if (Xml::is(one, "typeRef")) {
      out.type = resolved(one, one_line(xml_.text(one).text));
    } else if (Xml::is(one, "itemComponent")) {
      out.components.push_back(item(one, depth + 1));
    } else if (Xml::is(one, "functionItem")) {
      out.function = true;
      out.result = type(one, "outputTypeRef");
      for (const pugi::xml_node parameter : one.children())
        if (Xml::is(parameter, "parameters")) out.parameters.push_back(variable(parameter));
    }
  }
  out.allowed = tests(node, "allowedValues");
  out.constraint = tests(node, "typeConstraint");
  return out;
}

void Reader::decision(pugi::xml_node node) {
  Decision out;
  out.where = xml_.where(node);
  out.id = xml_.attribute(node, "id");
  out.name = xml_.name(node);
  out.variable = variable(Xml::child(node, "variable"), out.name);
  out.question = xml_.text(Xml::child(node, "question")).text;
  out.allowed_answers = xml_.text(Xml::child(node, "allowedAnswers")).text;
  requirements(node, out.requires_);
  out.expression = first_expression(node, 0);
  for (const pugi::xml_node one : Xml::child(node, "extensionElements").children())
    if (Xml::is(one, "example") && xml_.space(one) == examples_space)
      out.examples.push_back({xml_.attribute(one, "given"), xml_.attribute(one, "expect"),
                              xml_.attribute(one, "at"), xml_.attribute(one, "note"), xml_.where(one)});
  if (out.name.empty()) fail(ErrorCode::schema_error, "a decision has no name", node);
  model_.decisions.push_back(std::move(out));
}

void Reader::knowledge(pugi::xml_node node) {
  KnowledgeModel out;
  out.where = xml_.where(node);
  out.id = xml_.attribute(node, "id");
  out.name = xml_.name(node);
  out.variable = variable(Xml::child(node, "variable"), out.name);
  requirements(node, out.requires_);
  if (const pugi::xml_node logic = Xml::child(node, "encapsulatedLogic")) out.function = function(logic, 0);
  if (out.name.empty()) fail(ErrorCode::schema_error, "a business knowledge model has no name", node);
  model_.knowledge.push_back(std::move(out));
}

void Reader::service(pugi::xml_node node) {
  DecisionService out;
  out.where = xml_.where(node);
  out.id = xml_.attribute(node, "id");
  out.name = xml_.name(node);
  out.variable = variable(Xml::child(node, "variable"), out.name);
  for (const pugi::xml_node one : node.children()) {
    if (Xml::is(one, "outputDecision")) out.outputs.push_back(reference(one));
    if (Xml::is(one, "encapsulatedDecision")) out.encapsulated.push_back(reference(one));
    if (Xml::is(one, "inputDecision")) out.input_decisions.push_back(reference(one));
    if (Xml::is(one, "inputData")) out.input_data.push_back(reference(one));
  }
  if (out.name.empty()) fail(ErrorCode::schema_error, "a decision service has no name", node);
  model_.services.push_back(std::move(out));
}

Result<Model> Reader::model() {
  const pugi::xml_node root = xml_.root();
  model_.name = xml_.name(root);
  model_.space = trim(xml_.attribute(root, "namespace"));
  model_.language = xml_.attribute(root, "expressionLanguage");
  for (const pugi::xml_node node : root.children())
    if (Xml::is(node, "import"))
      model_.imports.push_back({xml_.name(node), std::string(trim(xml_.attribute(node, "namespace"))),
                                xml_.attribute(node, "locationURI"), xml_.attribute(node, "importType"),
                                xml_.where(node)});
  for (const pugi::xml_node node : root.children()) {
    if (Xml::is(node, "itemDefinition")) {
      model_.types.push_back(item(node, 0));
    } else if (Xml::is(node, "inputData")) {
      InputData out{xml_.attribute(node, "id"), xml_.name(node), {}, xml_.where(node)};
      out.variable = variable(Xml::child(node, "variable"), out.name);
      if (out.name.empty()) fail(ErrorCode::schema_error, "an input has no name", node);
      model_.inputs.push_back(std::move(out));
    } else if (Xml::is(node, "decision")) {
      decision(node);
    } else if (Xml::is(node, "businessKnowledgeModel")) {
      knowledge(node);
    } else if (Xml::is(node, "decisionService")) {
      service(node);
    }
  }
  if (error_) return std::move(*error_);
  return std::move(model_);
}

}  // namespace dmn

Result<dmn::Model> read_dmn(std::shared_ptr<const SourceText> source) {
  pugi::xml_document document;
  if (auto parsed = dmn::Xml::parse(*source, document); !parsed) return parsed.take_error();
  const dmn::Xml xml(*source, document.document_element());
  std::string version;
  if (auto root = dmn::definitions(xml, document, &version); !root) return root.take_error();
  auto model = dmn::Reader(xml).model();
  if (!model) return model;
  model->dmn = std::move(version);
  model->source = std::move(source);
  return model;
}

Result<std::string> read_dmn_namespace(const SourceText& source) {
  pugi::xml_document document;
  if (auto parsed = dmn::Xml::parse(source, document); !parsed) return parsed.take_error();
  const dmn::Xml xml(source, document.document_element());
  if (auto root = dmn::definitions(xml, document, nullptr); !root) return root.take_error();
  return std::string(trim(xml.attribute(xml.root(), "namespace")));
}

}  // namespace v0
}  // namespace aesop
