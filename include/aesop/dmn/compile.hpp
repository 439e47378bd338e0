// Compiling a DMN model: the body of Dmn::compile, DmnCompiler. Part dmn. Bodies: compile_types.hpp (item definitions),
// compile_elements.hpp (imports, references, elements), compile_boxed.hpp, compile_table.hpp.
// (1) Elements are compiled after what they need, so that types are known; a cycle is found on the way.
// (2) Nothing here recurses deeper than the file nests (the reader bounds that) or than max_needs.
#pragma once

#include "aesop/dmn/dmn.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/table/compile.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

inline constexpr std::uint32_t max_needs = 200;          // how long a chain of requirements may be
inline constexpr std::uint32_t max_type_parts = 10'000;  // of one item definition, those it uses included

class Compiler {
 public:
  Compiler(Findings& findings, const DmnOptions& options)
      : findings_(findings), options_(options), graph_(std::make_shared<Graph>()) {
    Scope scope;
    scope.add("list", TypeKind::any);
    if (auto items = Expr::compile("for item in list return item", scope)) graph_->items = items.take();
    guard_parts_.push_back(1);
  }

  Result<std::shared_ptr<const Graph>> make(const Model& model) {
    const std::size_t before = findings_.error_count();
    add_model(model, {}, {});
    for (std::uint32_t m = 0; m < models_.size(); ++m) declare_items(m);
    for (std::uint32_t m = 0; m < models_.size(); ++m) declare_types(m);
    for (std::uint32_t m = 0; m < models_.size(); ++m) declare_elements(m);
    for (std::uint32_t e = 0; e < graph_->elements.size(); ++e) element(e, 0);
    if (const std::size_t errors = findings_.error_count() - before; errors > 0)
      return Error{ErrorCode::unsound_definition,
                   cat("the model has ", errors, errors == 1 ? " error" : " errors")};
    return std::shared_ptr<const Graph>(graph_);
  }

 private:
  enum class State : std::uint8_t { untouched, open, done };

  /// A compiled expression: its node and what is known of its type.
  struct Made {
    std::uint32_t node = nowhere;
    Type type = {};
  };

  struct ModelData {
    const Model* model = nullptr;
    SourceRange imported_at = {};  // where the first model imports it, or what imports it
    std::vector<std::pair<std::string, std::uint32_t>> imports;  // name and model
    std::map<std::string, const ItemDefinition*, std::less<>> items;
    std::map<std::string, std::uint32_t, std::less<>> guards;  // typeRef to guard
    std::map<std::string, Type, std::less<>> types;
    std::map<std::string, std::uint32_t, std::less<>> ids;  // to element
    CompileOptions options;
  };

  // --- findings -------------------------------------------------------------------------------------------
  // What is wrong whatever the manner of compilation.
  void error(std::uint32_t model, std::string_view code, std::string message, SourceRange where,
             std::string help = {}) {
    add(model, Severity::error, code, std::move(message), where, std::move(help));
  }
  // What DMN makes null.
  void problem(std::uint32_t model, std::string_view code, std::string message, SourceRange where,
               std::string help = {}) {
    add(model, options_.lenient ? Severity::warning : Severity::error, code, std::move(message), where,
        std::move(help));
  }
  void add(std::uint32_t model, Severity severity, std::string_view code, std::string message,
           SourceRange where, std::string help) {
    if (model > 0) {
      const auto& source = graph_->models[model].source;
      std::string place = source ? source->name : graph_->models[model].name;
      if (source) {
        const Position at = source->position(where.begin);
        append(place, ':', at.line, ':', at.column);
      }
      message = cat(place, ": ", message);
      where = models_[model].imported_at;
    }
    findings_.add({std::string(code), severity, std::move(message), where, std::move(help)});
  }
  // A problem of a text of FEEL; `skip` bytes at its front are ours.
  std::string text_problem(std::uint32_t model, const Error& error, const Text& text,
                           std::uint32_t skip = 0) {
    SourceRange where = text.where;
    if (const auto& source = graph_->models[model].source; source && error.where.end > skip)
      where = place(source->text, text.where,
                    {error.where.begin > skip ? error.where.begin - skip : 0, error.where.end - skip});
    problem(model,
            error.code == ErrorCode::unknown_name     ? "unknown-name"
            : error.code == ErrorCode::type_mismatch  ? "wrong-value-type"
            : error.code == ErrorCode::limit_exceeded ? "limit-exceeded"
                                                      : "bad-expression",
            error.message, where, error.help);
    return error.message;
  }

  // --- compile_types.hpp
  void declare_items(std::uint32_t model);
  void declare_types(std::uint32_t model);
  std::uint32_t guard(std::uint32_t model, std::string_view type, SourceRange where, std::uint32_t depth = 0);
  std::uint32_t item(std::uint32_t model, const ItemDefinition& item, std::uint32_t depth);
  std::uint32_t add_guard(Guard guard, std::size_t parts, std::uint32_t model, SourceRange where);
  std::optional<Expr> tests(std::uint32_t model, const Text& text, const Type& type);
  Type function_type(std::uint32_t model, const std::vector<Variable>& parameters, std::string_view result,
                     SourceRange where, std::uint32_t depth, std::size_t& parts);
  const Type& type_of_guard(std::uint32_t guard) const { return graph_->guards[guard].type; }

  // --- compile_elements.hpp
  std::uint32_t add_model(const Model& model, SourceRange imported_at, std::vector<std::string> path);
  const Model* load(std::uint32_t index, const Import& wanted);
  void declare_elements(std::uint32_t model);
  void declare(std::uint32_t model, Element::Kind kind, const std::string& id, const std::string& name,
               const Variable& variable, SourceRange where, const void* written);
  std::optional<std::uint32_t> find(std::uint32_t model, const Requirement& requirement);
  bool element(std::uint32_t index, std::uint32_t depth);
  void need(Element& element, Scope& scope, const std::vector<Requirement>& all, std::uint32_t depth);
  void decision(std::uint32_t index, const Decision& written, std::uint32_t depth);
  void knowledge(std::uint32_t index, const KnowledgeModel& written, std::uint32_t depth);
  void service(std::uint32_t index, const DecisionService& written, std::uint32_t depth);
  std::uint32_t result_guard(std::uint32_t model, const Variable& variable);

  // --- compile_boxed.hpp
  Made boxed(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made finish(Node node, Type type, const Expression& expression, std::uint32_t model);
  Made literal(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made context(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made list(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made relation(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made invocation(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made conditional(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made filter(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made loop(std::uint32_t model, const Expression& expression, const Scope& scope);
  Made function(std::uint32_t model, const Expression& expression, const Scope& scope,
                std::uint32_t self = nowhere, std::string name = {});
  std::uint32_t add_slot(Scope& scope, std::string name, Type type) {
    const std::uint32_t slot = scope.add(std::move(name), std::move(type));
    frame_ = std::max(frame_, scope.size());
    return slot;
  }
  // A name that no author wrote.
  std::uint32_t add_hidden(Scope& scope, std::string_view stem, Type type, std::string& name) {
    name = std::string(stem);
    while (scope.find(name)) name += '_';
    return add_slot(scope, name, std::move(type));
  }
  static bool is_feel(std::string_view language) {
    if (language.empty()) return true;
    for (std::size_t i = 0; i + 4 <= language.size(); ++i)
      if ((language[i] | 32) == 'f' && (language[i + 1] | 32) == 'e' && (language[i + 2] | 32) == 'e' &&
          (language[i + 3] | 32) == 'l')
        return true;
    return false;
  }

  // --- compile_table.hpp
  Made table(std::uint32_t model, const Expression& expression, const Scope& scope);
  TableModel table_model(std::uint32_t model, const Expression& expression);
  std::vector<Value> values(std::uint32_t model, const Text& text, bool of_input);
  void mend(std::uint32_t model, TableModel& table, const Scope& scope);

  Findings& findings_;
  const DmnOptions& options_;
  std::shared_ptr<Graph> graph_;
  std::deque<Model> loaded_;
  std::deque<ModelData> models_;
  std::vector<std::string> importing_;  // namespaces on the way to the model that is being added
  std::vector<const void*> written_;    // of each element, what its author wrote
  std::vector<State> states_;           // of each element
  std::map<const ItemDefinition*, std::pair<State, std::uint32_t>> items_;
  std::map<std::uint32_t, Text> allowed_;  // of a guard: the allowed values of its item definition
  std::vector<std::size_t> guard_parts_;
  std::size_t bytes_ = 0;
  bool too_many_ = false;
  std::uint32_t frame_ = 0;  // slots of the element that is being compiled
};

}  // namespace dmn

inline Result<Dmn> Dmn::compile(const dmn::Model& model, Findings& findings, const DmnOptions& options) {
  auto graph = dmn::Compiler(findings, options).make(model);
  if (!graph) return graph.take_error();
  return Dmn(graph.take());
}

}  // namespace v0
}  // namespace aesop

#include "aesop/dmn/compile_boxed.hpp"
#include "aesop/dmn/compile_elements.hpp"
#include "aesop/dmn/compile_table.hpp"
#include "aesop/dmn/compile_types.hpp"
