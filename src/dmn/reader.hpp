// Reads the elements of a .dmn file: Reader. Part dmn. Bodies: read_model.cpp, read_expression.cpp.
#pragma once

#include "dmn/xml.hpp"

#include "aesop/dmn/model.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

class Reader {
 public:
  explicit Reader(const Xml& xml) : xml_(xml) {}

  Result<Model> model();

 private:
  // The first problem is kept; what follows it is not looked at by anyone.
  void fail(ErrorCode code, std::string message, pugi::xml_node at, std::string help = {}) {
    if (!error_)
      error_ = Error{code, std::move(message), std::move(help), xml_.where(at), xml_.source().name};
  }

  // read_model.cpp
  ItemDefinition item(pugi::xml_node node, std::size_t depth);
  void decision(pugi::xml_node node);
  void knowledge(pugi::xml_node node);
  void service(pugi::xml_node node);
  Variable variable(pugi::xml_node node, const std::string& fallback = {});
  Requirement reference(pugi::xml_node node);
  void requirements(pugi::xml_node node, std::vector<Requirement>& into);
  std::string type(pugi::xml_node node, std::string_view attribute = "typeRef");
  std::string resolved(pugi::xml_node node, std::string text);
  std::optional<Text> tests(pugi::xml_node node, std::string_view name);

  // read_expression.cpp
  static bool is_expression(pugi::xml_node node);
  Expression first_expression(pugi::xml_node parent, std::size_t depth);
  Expression expression(pugi::xml_node node, std::size_t depth);
  Expression child(pugi::xml_node node, std::string_view name, std::size_t depth);
  Expression function(pugi::xml_node node, std::size_t depth);
  void literal(pugi::xml_node node, Expression& out);
  void context(pugi::xml_node node, Expression& out, std::size_t depth);
  void relation(pugi::xml_node node, Expression& out, std::size_t depth);
  void invocation(pugi::xml_node node, Expression& out, std::size_t depth);
  DecisionTable table(pugi::xml_node node);

  const Xml& xml_;
  Model model_;
  std::optional<Error> error_;
};

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
