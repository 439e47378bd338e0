// A compiled FEEL expression: Expr. Part rules; the door to it. Who compiles one includes aesop/rules/compile.hpp as
// well, which brings the parser; who only evaluates needs this alone.
//
//   Scope scope;
//   scope.add("order", *parse_type("context<amount: number, country: string>"));
//   auto rule = Expr::compile("order.amount > 500 and order.country = \"FR\"", scope);
//   if (!rule) ...                                  // rule.error(): code, message, help, where in the text
//   Evaluation evaluation;
//   Value answer = rule->evaluate(values, evaluation);   // values[slot], as the scope numbers them
//   if (answer.is_null()) ...                       // evaluation.diagnostics says why
//
// (1) An Expr is immutable and cheap to copy; any number of threads may evaluate it at once, each with its Evaluation.
// (2) Evaluation never throws but std::bad_alloc, and never hangs: see Budget.
#pragma once

#include "aesop/rules/machine.hpp"
#include "aesop/rules/options.hpp"
#include "aesop/rules/scope.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

class Expr {
 public:
  /// null, so that an Expr can be a member before it is compiled.
  Expr() : program_(empty()) {}

  /// Compiles an expression whose names are looked up in `scope`, which is not needed afterwards. Errors say where in
  /// `text` they are: bad_expression, unknown_name (with "did you mean"), type_mismatch, limit_exceeded, bad_utf8.
  /// Defined in aesop/rules/compile.hpp.
  static Result<Expr> compile(std::string_view text, const Scope& scope, const CompileOptions& options = {});
  /// Compiles the unary tests of an input, as in a cell of a decision table: `"a", "b"`, `> 5`, `[1..10)`, `not("a")`,
  /// `-`, or a condition that names the input `?`. For test(), not evaluate().
  /// Defined in aesop/rules/compile.hpp.
  static Result<Expr> compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                                          const CompileOptions& options = {});
  /// The expression that is a value.
  static Expr constant_of(Value value) {
    rules::Program program;
    program.type = type_of(value);
    program.constants.push_back(std::move(value));
    program.nodes.push_back({.op = rules::Op::constant, .a = 0});
    program.root = 0;
    return Expr(std::make_shared<const rules::Program>(std::move(program)));
  }

  /// The slots of the scope that it reads, ascending. Others may hold anything.
  std::span<const std::uint32_t> reads() const { return program_->reads; }
  /// The type its value will have when it is not null; any when that is not known.
  const Type& type() const { return program_->type; }
  std::string_view text() const { return program_->text; }

  /// The value. A slot beyond `slots` is null. Each call has the whole budget.
  Value evaluate(std::span<const Value> slots, Evaluation& evaluation) const {
    return rules::Machine(*program_, evaluation, slots, &program_).evaluate(program_->root);
  }
  /// Whether an input passes the unary tests: true, false, or null when they cannot be applied to it.
  Value test(const Value& input, std::span<const Value> slots, Evaluation& evaluation) const {
    return rules::Machine(*program_, evaluation, slots, &program_).test(program_->root, input);
  }

  /// As the two above for several expressions under one budget: `steps` is what is left of it and is taken from.
  Value evaluate(std::span<const Value> slots, Evaluation& evaluation, std::uint32_t& steps) const {
    return rules::Machine(*program_, evaluation, slots, &program_, &steps).evaluate(program_->root);
  }
  Value test(const Value& input, std::span<const Value> slots, Evaluation& evaluation,
             std::uint32_t& steps) const {
    return rules::Machine(*program_, evaluation, slots, &program_, &steps).test(program_->root, input);
  }

  /// The value of an expression that is a literal; nullptr for any other.
  const Value* constant() const {
    const rules::Node& root = program_->nodes[program_->root];
    return root.op == rules::Op::constant ? &program_->constants[root.a] : nullptr;
  }
  /// The compiled form, for those who analyse it.
  const rules::Program& program() const { return *program_; }

 private:
  explicit Expr(std::shared_ptr<const rules::Program> program) : program_(std::move(program)) {}

  static Result<Expr> made(Result<rules::Program> program);
  static const std::shared_ptr<const rules::Program>& empty() {
    static const auto program = constant_of(Value()).program_;
    return program;
  }

  std::shared_ptr<const rules::Program> program_;
};

}  // namespace v0
}  // namespace aesop
