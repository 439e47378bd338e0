// Parser of FEEL: tokens to a Program with resolved names and checked types. Part rules.
// Grammar: DMN 1.5, 10.3.1.2. Bodies: parser_expression.hpp (operators), parser_primary.hpp (literals, names, calls),
// parser_control.hpp (if, for, some, every, function, types), parser_tests.hpp (unary tests).
// (1) A parsing function gives `none` after it has recorded an error; the first error is the one reported.
// (2) Recursion of the parser is bounded by CompileOptions::max_depth, the tree's height as well.
// (3) Work is linear in the text times the names in scope: no backtracking but the look-aheads for `name:`.
#pragma once

#include "aesop/rules/environment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

class Parser {
 public:
  Parser(std::string_view text, const Scope& scope, const CompileOptions& options)
      : text_(text),
        options_(options),
        builder_(options),
        names_(builder_, scope, options.functions, text, tokens_) {}

  /// The whole text as one expression.
  Result<Program> expression();
  /// The whole text as the unary tests of an input of a type: `"a", "b"`, `> 5`, `-`, `not(...)`.
  Result<Program> unary_tests(const Type& input);

 private:
  enum Precedence { lowest, disjunction, conjunction, comparison, additive, multiplicative, exponent, unary };

  // parser_expression.hpp
  NodeId parse(Precedence least = lowest);
  NodeId operators(NodeId left, Precedence least);
  NodeId arithmetic(NodeId left, Precedence level);
  NodeId connective(NodeId left, Precedence level);
  NodeId compare_with(NodeId left);
  NodeId between(NodeId left);
  NodeId prefix();
  NodeId postfix(NodeId left);
  NodeId path(NodeId left);
  NodeId filter(NodeId left);
  NodeId instance_of(NodeId left);

  // parser_primary.hpp
  NodeId primary();
  NodeId number();
  NodeId text_literal();
  NodeId at_literal();
  NodeId name_or_call();
  NodeId named(const Found& found, SourceRange where);
  NodeId unknown_name(std::size_t begin, std::size_t tokens);
  NodeId parenthesis();
  NodeId bracket();
  NodeId range_rest(NodeId start, std::uint32_t begin, bool included);
  NodeId comparison_range(std::uint32_t begin);
  NodeId context();
  NodeId call(NodeId callee);
  NodeId call_function(const FunctionTable::Row& row, SourceRange where);
  NodeId call_node(const FunctionTable::Row& row, std::size_t signature, const std::vector<NodeId>& args,
                   SourceRange where);
  bool arguments(std::vector<NodeId>& args, std::vector<std::string>& names);
  bool is_range_end(std::size_t at) const;

  // parser_control.hpp
  NodeId if_then_else();
  NodeId iteration(Op op);
  NodeId function_literal(std::string_view own_name = {});
  NodeId external_body(const Lambda& lambda);
  std::optional<Type> type_reference();
  std::optional<std::string> binding_name(std::initializer_list<Tok> ends, std::string_view keyword_end);

  // parser_tests.hpp
  NodeId in_tests(NodeId left);
  NodeId test(const Type& input, Precedence least);
  NodeId test_list(const Type& input, std::vector<NodeId> tests, Tok close, std::uint32_t begin);

  // tokens
  const Token& token(std::size_t ahead = 0) const {
    const std::size_t at = at_ + ahead;
    return at < tokens_.size() ? tokens_[at] : tokens_.back();
  }
  bool at(Tok kind) const { return token().kind == kind; }
  bool at_word(std::string_view word) const { return token().kind == Tok::name && this->word(at_) == word; }
  std::string_view word(std::size_t at) const {
    return text_.substr(tokens_[at].where.begin, tokens_[at].where.end - tokens_[at].where.begin);
  }
  void next() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool accept(Tok kind) {
    if (!at(kind)) return false;
    next();
    return true;
  }
  bool accept_word(std::string_view word) {
    if (!at_word(word)) return false;
    next();
    return true;
  }
  bool expect(Tok kind, std::string_view what) { return accept(kind) || expected(what); }
  bool expect_word(std::string_view word) { return accept_word(word) || expected(word); }
  std::uint32_t end() const { return at_ > 0 ? tokens_[at_ - 1].where.end : 0; }
  SourceRange from(std::uint32_t begin) const { return {begin, end()}; }
  SourceRange where(NodeId id) const { return builder_.node(id).where; }

  // errors
  bool failed() const { return error_.has_value(); }
  NodeId fail(ErrorCode code, std::string message, SourceRange where, std::string help = {}) {
    if (!error_) error_ = Error{code, std::move(message), std::move(help), where, {}};
    return none;
  }
  bool expected(std::string_view what) {
    const Token& found = token();
    fail(ErrorCode::bad_expression,
         cat(what, " is expected",
             found.kind == Tok::end ? " before the end" : cat(", not ", printable(word(at_), 40))),
         found.where, foreign_help());
    return false;
  }
  /// What somebody used to another language means here; empty when that cannot be told.
  std::string foreign_help() const {
    const std::string_view here = word(at_);
    if (here == "=" && at_ > 0 && word(at_ - 1) == "=") return "FEEL compares by a single =";
    if (here == "is") {
      const bool negated = token(1).kind == Tok::name && word(at_ + 1) == "not";
      return negated ? "write != instead of \"is not\"" : "write = instead of \"is\": x = null";
    }
    if (here.starts_with('\'')) return "text is written in straight double quotes: \"...\"";
    return {};
  }
  /// What can never work: an error when strict, a node that gives null and says why when lenient.
  NodeId never(ErrorCode code, DiagnosticCode diagnostic, std::string message, SourceRange where,
               std::string help = {}) {
    if (!options_.lenient) return fail(code, std::move(message), where, std::move(help));
    return builder_.add({.op = Op::fail,
                         .flag = static_cast<std::uint8_t>(diagnostic),
                         .a = builder_.name(message),
                         .where = where},
                        TypeKind::any);
  }
  /// A problem of types: an error when strict, nothing when lenient (the value will be null).
  bool mismatch(const std::optional<std::string>& problem, SourceRange where, std::string help = {}) {
    if (!problem || options_.lenient) return false;
    fail(ErrorCode::type_mismatch, *problem, where, std::move(help));
    return true;
  }
  NodeId add_over(Node node, Type type, std::initializer_list<NodeId> over,
                  const std::vector<NodeId>& kids = {}) {
    if (builder_.full())
      return fail(ErrorCode::limit_exceeded,
                  cat("the expression has more than ", options_.max_nodes, " parts"), node.where);
    const NodeId id = builder_.add_over(node, std::move(type), over, kids);
    if (builder_.node(id).height > max_depth()) return too_deep(node.where);
    return id;
  }
  NodeId too_deep(SourceRange where) {
    return fail(ErrorCode::limit_exceeded, cat("the expression is nested more than ", max_depth(), " deep"),
                where);
  }
  std::uint32_t max_depth() const { return std::min(options_.max_depth, 64u); }

  bool read_tokens();
  Result<Program> finish(NodeId root);

  std::string_view text_;
  const CompileOptions& options_;
  std::vector<Token> tokens_;
  Builder builder_;
  Environment names_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  bool in_range_end_ = false;  // a [ may close the range whose end is being read
  bool in_unary_tests_ = false;
  std::optional<Error> error_;
};

inline bool Parser::read_tokens() {
  if (text_.size() > options_.max_text) {
    fail(ErrorCode::limit_exceeded, cat("the expression is longer than ", options_.max_text, " bytes"),
         {0, options_.max_text});
    return false;
  }
  if (const auto bad = find_bad_utf8(text_)) {
    const auto at = static_cast<std::uint32_t>(*bad);
    fail(ErrorCode::bad_utf8, "the expression is not valid UTF-8", {at, at + 1});
    return false;
  }
  SyntaxError error;
  if (lex(text_, tokens_, error)) {
    builder_.reserve(tokens_.size());
    return true;
  }
  fail(ErrorCode::bad_expression, std::move(error.message), error.where, std::move(error.help));
  return false;
}

inline Result<Program> Parser::finish(NodeId root) {
  if (!failed() && !at(Tok::end)) expected("the end of the expression");
  if (failed()) return std::move(*error_);
  Program program = std::move(builder_.program());
  program.text = std::string(text_);
  program.root = root;
  program.locals = names_.locals();
  program.reads = names_.reads();
  program.type = builder_.type(root);
  return program;
}

inline Result<Program> Parser::expression() {
  if (!read_tokens()) return std::move(*error_);
  if (at(Tok::end)) {
    fail(ErrorCode::bad_expression, "the expression is empty", {0, static_cast<std::uint32_t>(text_.size())});
    return std::move(*error_);
  }
  const NodeId root = parse();
  return finish(root);
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop

#include "aesop/rules/parser_control.hpp"
#include "aesop/rules/parser_expression.hpp"
#include "aesop/rules/parser_primary.hpp"
#include "aesop/rules/parser_tests.hpp"
