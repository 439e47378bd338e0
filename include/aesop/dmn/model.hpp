// A DMN model as its author wrote it: dmn::Model. Part dmn; read from a file by read.hpp, compiled by compile.hpp.
// Plain data. What is only drawn (shapes, knowledge sources, organisation units) is left out.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/dmn/expression.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

struct ItemDefinition {
  std::string name = {};
  std::string type = {};  ///< typeRef; empty for a structure or a function
  bool collection = false;
  std::optional<Text> allowed = {};     ///< allowedValues: unary tests each item passes
  std::optional<Text> constraint = {};  ///< typeConstraint: unary tests the whole value passes
  std::vector<ItemDefinition> components = {};
  bool function = false;  ///< functionItem
  std::vector<Variable> parameters = {};
  std::string result = {};
  SourceRange where = {};
};

struct Import {
  std::string name = {};   ///< what its names are qualified by; empty: by nothing
  std::string space = {};  ///< namespace of the model
  std::string location = {};
  std::string type = {};  ///< importType
  SourceRange where = {};
};

/// What an element needs, by reference: "#id" or "namespace#id".
struct Requirement {
  std::string href = {};
  SourceRange where = {};
};

struct InputData {
  std::string id = {};
  std::string name = {};
  Variable variable = {};
  SourceRange where = {};
};

/// An example that a decision carries, run by test_examples. In the file it is an extension element of the decision, of the
/// namespace "urn:aesop:examples": <example given='{"Amount": 120}' expect="12" at="..." note="..."/>. DMN has no form for it;
/// other programs keep or drop it.
struct Example {
  std::string given = {};   ///< JSON: inputs by their names; a text that begins with "=" is FEEL
  std::string expect = {};  ///< JSON: the value of the decision
  std::string at = {};      ///< what now() and today() say; empty: what the caller says
  std::string note = {};
  SourceRange where = {};
};
inline constexpr std::string_view examples_space = "urn:aesop:examples";

struct Decision {
  std::string id = {};
  std::string name = {};
  std::string question = {};
  std::string allowed_answers = {};
  Variable variable = {};
  std::vector<Requirement> requires_ = {};  ///< inputs, decisions, knowledge, in the order of the file
  Expression expression = {};
  std::vector<Example> examples = {};
  SourceRange where = {};
};

struct KnowledgeModel {
  std::string id = {};
  std::string name = {};
  Variable variable = {};
  std::vector<Requirement> requires_ = {};
  Expression function = {};  ///< of kind function, or none
  SourceRange where = {};
};

struct DecisionService {
  std::string id = {};
  std::string name = {};
  Variable variable = {};
  std::vector<Requirement> outputs = {};
  std::vector<Requirement> encapsulated = {};
  std::vector<Requirement> input_decisions = {};
  std::vector<Requirement> input_data = {};
  SourceRange where = {};
};

struct Model {
  std::string name = {};
  std::string space = {};     ///< its namespace
  std::string dmn = {};       ///< version of the format: "1.1" to "1.5"
  std::string language = {};  ///< expressionLanguage, when given
  std::vector<Import> imports = {};
  std::vector<ItemDefinition> types = {};
  std::vector<InputData> inputs = {};
  std::vector<Decision> decisions = {};
  std::vector<KnowledgeModel> knowledge = {};
  std::vector<DecisionService> services = {};
  std::shared_ptr<const SourceText> source = {};  ///< the file, for places in messages; may be null
};

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
