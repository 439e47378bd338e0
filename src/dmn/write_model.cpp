// Writes a model as a .dmn file. Part dmn.
#include "dmn/xml_writer.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/write.hpp"

#include <algorithm>
#include <map>

namespace aesop {
inline namespace v0 {
namespace dmn {
namespace {

using Kind = Expression::Kind;

bool is_new(const Expression& expression) {
  if (expression.kind >= Kind::conditional) return true;
  return std::any_of(expression.parts.begin(), expression.parts.end(), is_new);
}
bool is_new(const ItemDefinition& item) {
  return item.constraint || std::any_of(item.components.begin(), item.components.end(),
                                        [](const ItemDefinition& one) { return is_new(one); });
}
bool is_new(const Model& model) {
  for (const ItemDefinition& item : model.types)
    if (is_new(item)) return true;
  for (const Decision& decision : model.decisions)
    if (is_new(decision.expression)) return true;
  for (const KnowledgeModel& knowledge : model.knowledge)
    if (is_new(knowledge.function)) return true;
  return false;
}

class Writer {
 public:
  explicit Writer(const Model& model) : model_(model) {}

  std::string write() {
    const std::string year = is_new(model_) ? "20230324" : "20191111";
    out_.begin("definitions");
    out_.attribute("xmlns", cat("https://www.omg.org/spec/DMN/", year, "/MODEL/"));
    out_.attribute("xmlns:dmndi", cat("https://www.omg.org/spec/DMN/", year, "/DMNDI/"));
    out_.attribute("xmlns:dc", "http://www.omg.org/spec/DMN/20180521/DC/");
    out_.attribute("xmlns:di", "http://www.omg.org/spec/DMN/20180521/DI/");
    out_.attribute("id", "definitions");
    out_.always("name", model_.name);
    out_.always("namespace", model_.space);
    out_.attribute("expressionLanguage", model_.language);
    for (const Import& one : model_.imports) {
      out_.begin("import");
      out_.always("name", one.name);
      out_.always("namespace", one.space);
      out_.attribute("locationURI", one.location);
      out_.always("importType", one.type);
      out_.end();
    }
    for (const ItemDefinition& one : model_.types) item("itemDefinition", one);
    for (const InputData& one : model_.inputs) {
      open("inputData", one.id, one.name);
      variable("variable", one.variable);
      out_.end();
    }
    for (const Decision& one : model_.decisions) {
      open("decision", one.id, one.name);
      examples(one.examples);
      out_.text_element("question", one.question);
      out_.text_element("allowedAnswers", one.allowed_answers);
      variable("variable", one.variable);
      requirements(one.requires_);
      expression(one.expression);
      out_.end();
    }
    for (const KnowledgeModel& one : model_.knowledge) {
      open("businessKnowledgeModel", one.id, one.name);
      variable("variable", one.variable);
      if (one.function.kind == Kind::function) function("encapsulatedLogic", one.function);
      requirements(one.requires_);
      out_.end();
    }
    for (const DecisionService& one : model_.services) {
      open("decisionService", one.id, one.name);
      variable("variable", one.variable);
      references("outputDecision", one.outputs);
      references("encapsulatedDecision", one.encapsulated);
      references("inputDecision", one.input_decisions);
      references("inputData", one.input_data);
      out_.end();
    }
    drawing();
    out_.end();
    return out_.take();
  }

 private:
  void open(std::string_view tag, const std::string& id, const std::string& name) {
    out_.begin(tag);
    out_.attribute("id", id);
    out_.always("name", name);
  }
  void examples(const std::vector<Example>& list) {
    if (list.empty()) return;
    out_.begin("extensionElements");
    for (const Example& one : list) {
      out_.begin("ex:example");
      out_.always("xmlns:ex", examples_space);
      out_.always("given", one.given);
      out_.always("expect", one.expect);
      out_.attribute("at", one.at);
      out_.attribute("note", one.note);
      out_.end();
    }
    out_.end();
  }
  void variable(std::string_view tag, const Variable& one) {
    if (one.name.empty() && one.type.empty()) return;
    out_.begin(tag);
    out_.always("name", one.name);
    out_.attribute("typeRef", one.type);
    out_.end();
  }
  void text(std::string_view tag, const std::optional<Text>& one) {
    if (!one) return;
    out_.begin(tag);
    out_.text_element("text", one->text, true);
    out_.end();
  }
  void references(std::string_view tag, const std::vector<Requirement>& all) {
    for (const Requirement& one : all) {
      out_.begin(tag);
      out_.always("href", one.href);
      out_.end();
    }
  }

  void item(std::string_view tag, const ItemDefinition& one) {
    out_.begin(tag);
    out_.always("name", one.name);
    if (one.collection) out_.attribute("isCollection", "true");
    if (one.function) {
      out_.begin("functionItem");
      out_.attribute("outputTypeRef", one.result);
      for (const Variable& parameter : one.parameters) variable("parameters", parameter);
      out_.end();
    } else if (one.components.empty()) {
      out_.text_element("typeRef", one.type);
    }
    text("allowedValues", one.allowed);
    text("typeConstraint", one.constraint);
    for (const ItemDefinition& component : one.components) item("itemComponent", component);
    out_.end();
  }

  // What an href points at says which requirement it is.
  std::string_view kind_of(std::string_view href) const {
    const std::string_view id = href.substr(href.rfind('#') + 1);
    for (const InputData& one : model_.inputs)
      if (one.id == id) return "requiredInput";
    for (const KnowledgeModel& one : model_.knowledge)
      if (one.id == id) return "requiredKnowledge";
    for (const DecisionService& one : model_.services)
      if (one.id == id) return "requiredKnowledge";
    return "requiredDecision";
  }
  void requirements(const std::vector<Requirement>& all) {
    for (const Requirement& one : all) {
      const std::string_view kind = kind_of(one.href);
      out_.begin(kind == "requiredKnowledge" ? "knowledgeRequirement" : "informationRequirement");
      out_.attribute("id", cat("requirement_", ++requirement_));
      out_.begin(kind);
      out_.always("href", one.href);
      out_.end();
      out_.end();
    }
  }

  void start(std::string_view tag, const Expression& one) {
    out_.begin(tag);
    out_.attribute("id", one.id);
    out_.attribute("typeRef", one.type);
  }
  void part(std::string_view tag, const Expression& one) {
    out_.begin(tag);
    expression(one);
    out_.end();
  }
  void expression(const Expression& one) {
    switch (one.kind) {
      case Kind::none:
        break;
      case Kind::literal:
        start("literalExpression", one);
        if (one.language != model_.language) out_.attribute("expressionLanguage", one.language);
        out_.text_element("text", one.text.text, true);
        out_.end();
        break;
      case Kind::table:
        table(one);
        break;
      case Kind::context:
        start("context", one);
        for (std::size_t i = 0; i < one.parts.size(); ++i) {
          out_.begin("contextEntry");
          variable("variable", one.names[i]);
          expression(one.parts[i]);
          out_.end();
        }
        out_.end();
        break;
      case Kind::relation:
        start("relation", one);
        for (const Variable& column : one.names) variable("column", column);
        for (const Expression& row : one.parts) {
          out_.begin("row");
          for (const Expression& cell : row.parts) expression(cell);
          out_.end();
        }
        out_.end();
        break;
      case Kind::list:
        start("list", one);
        for (const Expression& item : one.parts) expression(item);
        out_.end();
        break;
      case Kind::invocation:
        start("invocation", one);
        expression(one.parts[0]);
        for (std::size_t i = 1; i < one.parts.size(); ++i) {
          out_.begin("binding");
          variable("parameter", one.names[i - 1]);
          expression(one.parts[i]);
          out_.end();
        }
        out_.end();
        break;
      case Kind::function:
        function("functionDefinition", one);
        break;
      case Kind::conditional:
        start("conditional", one);
        part("if", one.parts[0]);
        part("then", one.parts[1]);
        part("else", one.parts[2]);
        out_.end();
        break;
      case Kind::filter:
        start("filter", one);
        part("in", one.parts[0]);
        part("match", one.parts[1]);
        out_.end();
        break;
      case Kind::for_:
      case Kind::some:
      case Kind::every:
        start(to_string(one.kind), one);
        out_.attribute("iteratorVariable", one.names[0].name);
        part("in", one.parts[0]);
        part(one.kind == Kind::for_ ? "return" : "satisfies", one.parts[1]);
        out_.end();
        break;
    }
  }
  void function(std::string_view tag, const Expression& one) {
    start(tag, one);
    out_.attribute("kind", one.language);
    for (const Variable& parameter : one.names) variable("formalParameter", parameter);
    for (const Expression& body : one.parts) expression(body);
    out_.end();
  }
  void table(const Expression& one) {
    const DecisionTable& from = *one.table;
    start("decisionTable", one);
    out_.attribute("hitPolicy", from.hit);
    out_.attribute("aggregation", from.aggregation);
    out_.attribute("preferredOrientation", from.orientation);
    out_.attribute("outputLabel", from.output_label);
    for (const DecisionTable::Input& input : from.inputs) {
      out_.begin("input");
      out_.attribute("id", cat("input_clause_", ++clause_));
      out_.attribute("label", input.label);
      out_.begin("inputExpression");
      out_.attribute("id", cat("input_expression_", clause_));
      out_.attribute("typeRef", input.type);
      out_.text_element("text", input.expression.text, true);
      out_.end();
      text("inputValues", input.values);
      out_.end();
    }
    for (const DecisionTable::Output& output : from.outputs) {
      out_.begin("output");
      out_.attribute("id", cat("output_clause_", ++clause_));
      out_.attribute("label", output.label);
      out_.attribute("name", output.name);
      out_.attribute("typeRef", output.type);
      text("outputValues", output.values);
      text("defaultOutputEntry", output.otherwise);
      out_.end();
    }
    for (const std::string& annotation : from.annotations) {
      out_.begin("annotation");
      out_.always("name", annotation);
      out_.end();
    }
    for (const DecisionTable::Rule& rule : from.rules) {
      const std::string id = rule.id.empty() ? cat("rule_", ++rule_) : rule.id;
      out_.begin("rule");
      out_.attribute("id", id);
      out_.text_element("description", rule.description);
      const auto cell = [&](std::string_view tag, const std::string& words, std::string_view what,
                            std::size_t i) {
        out_.begin(tag);
        if (!what.empty()) out_.attribute("id", cat(id, '_', what, i));
        out_.text_element("text", words, true);
        out_.end();
      };
      for (std::size_t i = 0; i < rule.inputs.size(); ++i) cell("inputEntry", rule.inputs[i].text, "in", i);
      for (std::size_t i = 0; i < rule.outputs.size(); ++i)
        cell("outputEntry", rule.outputs[i].text, "out", i);
      for (const std::string& annotation : rule.annotations) cell("annotationEntry", annotation, "", 0);
      out_.end();
    }
    out_.end();
  }

  // --- the drawing ---------------------------------------------------------------------------------------
  struct Shape {
    std::string id;
    const std::vector<Requirement>* needs = nullptr;
    std::size_t level = 0;  // 0 at the bottom
    int x = 0, y = 0;
  };
  void drawing() {
    std::vector<Shape> shapes;
    std::map<std::string_view, std::size_t> at;
    const auto add = [&](const std::string& id, const std::vector<Requirement>* needs) {
      if (id.empty() || !at.emplace(id, shapes.size()).second) return;
      shapes.push_back({id, needs});
    };
    for (const InputData& one : model_.inputs) add(one.id, nullptr);
    for (const KnowledgeModel& one : model_.knowledge) add(one.id, &one.requires_);
    for (const Decision& one : model_.decisions) add(one.id, &one.requires_);
    const auto target = [&](const Requirement& need) -> const Shape* {
      const auto found = at.find(std::string_view(need.href).substr(need.href.rfind('#') + 1));
      return found == at.end() || !need.href.starts_with('#') ? nullptr : &shapes[found->second];
    };
    // A level above what is needed. Cycles end with the rounds.
    bool changed = true;
    for (std::size_t round = 0; changed && round < 50; ++round) {
      changed = false;
      for (Shape& one : shapes)
        if (one.needs != nullptr)
          for (const Requirement& need : *one.needs)
            if (const Shape* below = target(need); below && below != &one && one.level <= below->level) {
              one.level = below->level + 1;
              changed = true;
            }
    }
    std::size_t top = 0;
    for (const Shape& one : shapes) top = std::max(top, one.level);
    std::map<std::size_t, int> used;
    for (Shape& one : shapes) {
      one.x = 60 + 240 * used[one.level]++;
      one.y = 60 + 160 * static_cast<int>(top - one.level);
    }
    if (shapes.empty()) return;
    out_.begin("dmndi:DMNDI");
    out_.begin("dmndi:DMNDiagram");
    out_.attribute("id", "diagram");
    for (const Shape& one : shapes) {
      out_.begin("dmndi:DMNShape");
      out_.attribute("id", cat("shape_", one.id));
      out_.attribute("dmnElementRef", one.id);
      out_.begin("dc:Bounds");
      out_.attribute("height", "80");
      out_.attribute("width", "180");
      out_.attribute("x", cat(one.x));
      out_.attribute("y", cat(one.y));
      out_.end();
      out_.end();
    }
    std::size_t number = 0;
    const auto edges = [&](const std::string& id, const std::vector<Requirement>& needs) {
      for (const Requirement& need : needs) {
        ++number;
        const Shape* from = target(need);
        const auto to = at.find(id);
        if (from == nullptr || to == at.end()) continue;
        out_.begin("dmndi:DMNEdge");
        out_.attribute("id", cat("edge_", number));
        out_.attribute("dmnElementRef", cat("requirement_", number));
        const auto point = [&](int x, int y) {
          out_.begin("di:waypoint");
          out_.attribute("x", cat(x));
          out_.attribute("y", cat(y));
          out_.end();
        };
        point(from->x + 90, from->y);
        point(shapes[to->second].x + 90, shapes[to->second].y + 80);
        out_.end();
      }
    };
    for (const Decision& one : model_.decisions) edges(one.id, one.requires_);
    for (const KnowledgeModel& one : model_.knowledge) edges(one.id, one.requires_);
    out_.end();
    out_.end();
  }

  const Model& model_;
  XmlWriter out_;
  std::size_t requirement_ = 0, clause_ = 0, rule_ = 0;
};

}  // namespace
}  // namespace dmn

std::string write_dmn(const dmn::Model& model) { return dmn::Writer(model).write(); }

}  // namespace v0
}  // namespace aesop
