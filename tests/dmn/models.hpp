// Small models for the tests of part dmn, written as the body of a definitions element.
#pragma once

#include "aesop/base/default_ports.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/value/print.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace models {

using namespace aesop;

inline constexpr std::string_view dmn_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/";

inline std::string document(std::string_view body, std::string_view space = "urn:test",
                            std::string_view version = dmn_15) {
  return cat("<?xml version=\"1.0\"?>\n<definitions xmlns=\"", version, "\" name=\"test\" namespace=\"",
             space, "\">\n", body, "\n</definitions>\n");
}

inline std::string literal(std::string_view text) {
  return cat("<literalExpression><text>", text, "</text></literalExpression>");
}
inline std::string input(std::string_view name, std::string_view type = "") {
  return cat("<inputData id=\"", name, "\" name=\"", name, "\"><variable name=\"", name, "\" typeRef=\"",
             type, "\"/></inputData>\n");
}
/// "input:a, decision:b, knowledge:f".
inline std::string needs(std::string_view list) {
  std::string out;
  for (const std::string_view part : split(list, ',')) {
    const std::string_view one = trim(part);
    if (one.empty()) continue;
    const std::string_view kind = one.substr(0, one.find(':')), id = one.substr(one.find(':') + 1);
    if (kind == "knowledge")
      append(out, "<knowledgeRequirement><requiredKnowledge href=\"#", id, "\"/></knowledgeRequirement>");
    else
      append(out, "<informationRequirement><", kind == "input" ? "requiredInput" : "requiredDecision",
             " href=\"#", id, "\"/></informationRequirement>");
  }
  return out;
}
inline std::string decision(std::string_view name, std::string_view expression, std::string_view list = "",
                            std::string_view type = "") {
  return cat("<decision id=\"", name, "\" name=\"", name, "\"><variable name=\"", name, "\" typeRef=\"", type,
             "\"/>", needs(list), expression, "</decision>\n");
}

/// A compiled model; `others` are what it may import, by namespace.
struct Made {
  Findings findings;
  std::optional<Dmn> dmn;
  std::string error;

  explicit Made(const std::string& text, bool lenient = true,
                const std::map<std::string, std::string>& others = {}) {
    auto model = read_dmn(SourceText("test.dmn", text));
    if (!model) {
      error = to_string(model.error());
      return;
    }
    DmnOptions options;
    options.lenient = lenient;
    options.loader = [&](const dmn::Import& wanted) -> Result<dmn::Model> {
      const auto found = others.find(wanted.space);
      if (found == others.end()) return Error{ErrorCode::not_found, "there is no such model"};
      return read_dmn(SourceText(wanted.space, found->second));
    };
    auto made = Dmn::compile(*model, findings, options);
    if (made)
      dmn = made.take();
    else
      error = to_string(made.error());
  }
  bool has(std::string_view code) const {
    for (const Finding& finding : findings)
      if (finding.code == code) return true;
    return false;
  }
  /// The value as FEEL.
  std::string value(std::string_view decision, std::vector<DmnInput> inputs = {},
                    Evaluation* how = nullptr) const {
    if (!dmn) return error;
    Evaluation own;
    own.ports = &default_ports();
    Evaluation& evaluation = how ? *how : own;
    auto result = dmn->evaluate(decision, inputs, evaluation);
    return result ? to_literal(*result) : to_string(result.error());
  }
};

inline Value feel(std::string_view text) {
  auto expr = Expr::compile(text, Scope());
  if (!expr) return Value::string(to_string(expr.error()));
  Evaluation evaluation;
  return expr->evaluate({}, evaluation);
}
inline DmnInput given(std::string name, std::string_view text) { return {std::move(name), feel(text), {}}; }

}  // namespace models
