// Compiling FEEL: the bodies of Expr::compile and Expr::compile_unary_tests, and the parser and functions they bring.
// Part rules. Apart from expr.hpp because it costs the including file several times as much.
#pragma once

#include "aesop/rules/expr.hpp"
#include "aesop/rules/parser.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

inline Result<Expr> Expr::made(Result<rules::Program> program) {
  if (!program) return program.take_error();
  return Expr(std::make_shared<const rules::Program>(program.take()));
}

inline Result<Expr> Expr::compile(std::string_view text, const Scope& scope, const CompileOptions& options) {
  return made(rules::Parser(text, scope, options).expression());
}

inline Result<Expr> Expr::compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                                              const CompileOptions& options) {
  return made(rules::Parser(text, scope, options).unary_tests(input));
}

}  // namespace v0
}  // namespace aesop
