// The compiled form of a DMN model: Graph, its elements, nodes, functions and guards. Part dmn; made by compile.hpp, read by
// runner.hpp, never seen by users.
// (1) Immutable once compiled; any number of threads may evaluate it at once.
// (2) What an element needs has been checked to be free of cycles, and a node's parts were made before it: a walk ends.
// (3) An element evaluates in one frame of slots: what it needs first, then parameters, context entries and iterators.
#pragma once

#include "aesop/dmn/model.hpp"
#include "aesop/dmn/options.hpp"
#include "aesop/rules/expr.hpp"
#include "aesop/table/table.hpp"
#include "aesop/value/type.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

inline constexpr std::uint32_t nowhere = UINT32_MAX;

/// A type with the constraints of its item definitions: what a value passes at a typed boundary.
struct Guard {
  Type type = {};
  bool constrained = false;                                        ///< whether anything below is there
  std::vector<Expr> tests = {};                                    ///< unary tests of the value
  std::uint32_t base = nowhere;                                    ///< guard it passes as well
  std::uint32_t element = nowhere;                                 ///< guard of the elements of a list
  std::vector<std::pair<std::string, std::uint32_t>> fields = {};  ///< guards of constrained fields
};

struct Node {
  Expression::Kind kind = Expression::Kind::none;
  std::uint32_t guard = 0;
  std::uint32_t model = 0;
  SourceRange where = {};  ///< raw place of the text, or of the element
  Expr expr = {};          ///< literal; invocation, filter: the whole as FEEL over the slots of the parts
  bool bad = false;        ///< lenient: the expression could not be compiled; `problem` says why
  std::string problem = {};
  std::optional<Table> table = {};
  std::vector<std::string> names = {};
  std::vector<std::uint32_t> parts = {};
  std::vector<std::uint32_t> slots =
      {};  ///< where names or parts are put in the frame; nowhere: they are not
  std::uint32_t function = nowhere;
  std::uint32_t partial = nowhere;  ///< for: slot of the list made so far
};

struct Function {
  std::string name = {};
  std::vector<std::string> parameters = {};
  std::vector<std::uint32_t> guards = {};
  std::vector<std::uint32_t> slots = {};
  std::uint32_t body = nowhere;
  std::uint32_t self = nowhere;  ///< slot of the function in its own body
  std::uint32_t frame = 0;
  std::uint32_t element = nowhere;  ///< of a knowledge model or service
  std::uint32_t result = 0;         ///< guard
  std::string external = {};        ///< "java", "pmml"; empty for FEEL
  Type type = {};
};

/// What a slot of an element's frame holds: an element's value, or, for an import, a context of several.
struct Need {
  std::uint32_t slot = 0;
  std::uint32_t element = nowhere;
  std::vector<std::pair<std::string, std::uint32_t>> entries = {};
};

struct Element {
  enum class Kind : std::uint8_t { input, decision, knowledge, service };
  Kind kind = Kind::input;
  std::uint32_t model = 0;
  std::string id = {};
  std::string name = {};
  std::uint32_t guard = 0;
  Type type = {};  ///< of its value, as far as it is known
  SourceRange where = {};
  std::vector<Need> needs = {};
  std::uint32_t body = nowhere;  ///< decision
  std::uint32_t frame = 0;
  std::uint32_t function = nowhere;         ///< knowledge, service
  std::vector<std::uint32_t> outputs = {};  ///< service
  std::vector<std::uint32_t> inputs = {};   ///< service: what its parameters stand for
};

/// A model as one import of it has it: what is imported by two ways is there twice, with inputs of its own.
struct Space {
  std::string name = {};
  std::string space = {};
  std::shared_ptr<const SourceText> source = {};
  std::vector<std::string> path = {};  ///< names of the imports that lead to it; unnamed ones left out
};

struct Graph {
  std::vector<Space> models = {};  ///< the model itself first
  std::vector<Element> elements = {};
  std::vector<Node> nodes = {};
  std::vector<Function> functions = {};
  std::vector<Guard> guards = {Guard{}};  ///< the first lets everything pass
  Expr items = {};                        ///< the elements of what a loop goes through, over slot 0

  /// The element of a kind and name: of a namespace; or, when that is empty, of the model itself, or else of what it imports
  /// without a name.
  const Element* find(Element::Kind kind, std::string_view name, std::string_view space = {}) const {
    const Element* unnamed = nullptr;
    for (const Element& element : elements) {
      if (element.kind != kind || element.name != name) continue;
      const Space& model = models[element.model];
      if (space.empty() ? element.model == 0 : model.space == space) return &element;
      if (space.empty() && model.path.empty() && unnamed == nullptr) unnamed = &element;
    }
    return unnamed;
  }
  std::uint32_t index(const Element& element) const {
    return static_cast<std::uint32_t>(&element - elements.data());
  }
};

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
