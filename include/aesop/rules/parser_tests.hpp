// Parser, part: unary tests, alone (a cell of a decision table) and behind `in`. Included by parser.hpp alone.
#pragma once

#include "aesop/rules/parser.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

// One test of an input: `> 5`, `[1..3]`, `"a"`, a list, or a condition that names the input with `?`.
inline NodeId Parser::test(const Type& input, Precedence least) {
  const std::uint32_t begin = token().where.begin;
  Op op = Op::test_value;
  switch (token().kind) {
    case Tok::equal:
      op = Op::test_equal;
      break;
    case Tok::not_equal:
      op = Op::test_not_equal;
      break;
    case Tok::less:
      op = Op::test_less;
      break;
    case Tok::less_equal:
      op = Op::test_less_equal;
      break;
    case Tok::greater:
      op = Op::test_greater;
      break;
    case Tok::greater_equal:
      op = Op::test_greater_equal;
      break;
    default:
      break;
  }
  if (op != Op::test_value) {
    next();
    const NodeId value = parse(additive);
    if (value == none || mismatch(never_comparable(one_of(input), builder_.type(value)), from(begin),
                                  literal_help(one_of(input), builder_.type(value))))
      return none;
    return add_over({.op = op, .a = value, .where = from(begin)}, TypeKind::boolean, {value});
  }
  if (in_unary_tests_) names_.clear_used(0);
  const NodeId value = parse(least);
  if (value == none) return none;
  const Type& type = builder_.type(value);
  if (in_unary_tests_ && names_.binding(0).used) {
    if (is_scalar(type) && !type.is(TypeKind::boolean) &&
        mismatch(cat("a test with ? is a condition, not ", a_type(type)), from(begin)))
      return none;
    return add_over({.op = Op::test_boolean, .a = value, .where = from(begin)}, TypeKind::boolean, {value});
  }
  const Type& part = type.is(TypeKind::range) ? type.element() : one_of(type);
  const Type& compared = part.is(TypeKind::range) ? part.element() : part;
  if (mismatch(never_comparable(one_of(input), compared), from(begin), literal_help(one_of(input), compared)))
    return none;
  return add_over({.op = Op::test_value, .a = value, .where = from(begin)}, TypeKind::boolean, {value});
}

// The rest of a list of tests, the first of which are read, up to `close`; one test is itself.
inline NodeId Parser::test_list(const Type& input, std::vector<NodeId> tests, Tok close,
                                std::uint32_t begin) {
  if (tests.empty() || accept(Tok::comma)) {
    do {
      const NodeId one = test(input, lowest);
      if (one == none) return none;
      tests.push_back(one);
    } while (accept(Tok::comma));
  }
  if (!at(close)) {
    expected(close == Tok::close ? ") or a comma" : "a comma or the end");
    return none;
  }
  if (tests.size() == 1) return tests[0];
  return add_over({.op = Op::tests,
                   .n = static_cast<std::uint32_t>(tests.size()),
                   .a = builder_.add_kids(tests),
                   .where = from(begin)},
                  TypeKind::boolean, {}, tests);
}

// x in test, x in (test, test). What stands in parentheses may also be an expression or a range: x in (1..5).
inline NodeId Parser::in_tests(NodeId left) {
  next();
  const bool unary = std::exchange(in_unary_tests_, false);
  const Type input = builder_.type(left);
  const std::uint32_t begin = token().where.begin;
  NodeId tests = none;
  if (at(Tok::open)) {
    const bool outer = std::exchange(in_range_end_, false);
    next();
    NodeId first = test(input, lowest);
    if (first == none) return none;
    const Node first_node = builder_.node(first);
    if (first_node.op == Op::test_value && accept(Tok::dots)) {
      in_range_end_ = outer;
      first = range_rest(first_node.a, begin, false);
      if (first == none) return none;
      first = operators(postfix(first), additive);
      if (first == none) return none;
      tests = add_over({.op = Op::test_value, .a = first, .where = from(begin)}, TypeKind::boolean, {first});
    } else {
      tests = test_list(input, {first}, Tok::close, begin);
      if (tests == none) return none;
      next();
      in_range_end_ = outer;
      if (tests == first && first_node.op == Op::test_value) {
        // (a) alone was a parenthesis: it may go on, as in x in (a)[1] or x in (a) + 1.
        NodeId value = postfix(first_node.a);
        if (value != none) value = operators(value, additive);
        if (value == none) return none;
        if (value != first_node.a)
          tests =
              add_over({.op = Op::test_value, .a = value, .where = from(begin)}, TypeKind::boolean, {value});
      }
    }
  } else {
    tests = test(input, additive);
  }
  in_unary_tests_ = unary;
  if (tests == none) return none;
  const SourceRange range = from(where(left).begin);
  const NodeId id =
      add_over({.op = Op::in, .a = left, .b = tests, .where = range}, TypeKind::boolean, {left, tests});
  return id;
}

inline Result<Program> Parser::unary_tests(const Type& input) {
  if (!read_tokens()) return std::move(*error_);
  builder_.program().input_local = names_.push("?", input);
  in_unary_tests_ = true;
  if (at(Tok::end)) {
    fail(ErrorCode::bad_expression, "the test is empty", {0, static_cast<std::uint32_t>(text_.size())},
         "write - for any value");
    return std::move(*error_);
  }
  const std::uint32_t begin = token().where.begin;
  if (at(Tok::minus) && token(1).kind == Tok::end) {
    next();
    return finish(builder_.add({.op = Op::test_any, .where = from(begin)}, TypeKind::boolean));
  }
  if (at_word("not") && token(1).kind == Tok::open) {
    next();
    next();
    const NodeId inner = test_list(input, {}, Tok::close, begin);
    if (inner != none) next();
    if (inner != none && at(Tok::end))
      return finish(
          add_over({.op = Op::test_not, .a = inner, .where = from(begin)}, TypeKind::boolean, {inner}));
    // Not a negated test after all, but a condition that begins with not(...).
    error_.reset();
    at_ = 0;
    depth_ = 0;
    names_.reset(1);
    in_unary_tests_ = true;
    in_range_end_ = false;
  }
  return finish(test_list(input, {}, Tok::end, begin));
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
