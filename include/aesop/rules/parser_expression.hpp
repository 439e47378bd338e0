// Parser, part: operators, paths and filters. Included by parser.hpp alone.
#pragma once

#include "aesop/rules/parser.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline NodeId Parser::parse(Precedence least) {
  if (failed()) return none;
  if (++depth_ > max_depth()) return too_deep(token().where);
  NodeId left = prefix();
  if (left != none) left = operators(left, least);
  --depth_;
  return left;
}

// Everything that binds at least as tightly as `least`, to the right of `left`.
inline NodeId Parser::operators(NodeId left, Precedence least) {
  while (left != none) {
    Precedence level = lowest;
    bool is_between = false, is_in = false;
    switch (token().kind) {
      case Tok::plus:
      case Tok::minus:
        level = additive;
        break;
      case Tok::star:
      case Tok::slash:
        level = multiplicative;
        break;
      case Tok::power:
        level = exponent;
        break;
      case Tok::equal:
      case Tok::not_equal:
      case Tok::less:
      case Tok::less_equal:
      case Tok::greater:
      case Tok::greater_equal:
        level = comparison;
        break;
      case Tok::name:
        if (at_word("and")) level = conjunction;
        if (at_word("or")) level = disjunction;
        is_between = at_word("between");
        is_in = at_word("in");
        if (is_between || is_in) level = comparison;
        break;
      default:
        break;
    }
    if (level == lowest || level < least) return left;
    if (level >= additive)
      left = arithmetic(left, level);
    else if (level == comparison)
      left = is_between ? between(left) : is_in ? in_tests(left) : compare_with(left);
    else
      left = connective(left, level);
  }
  return none;
}

// a + b - c: one node for a row of operators of one level, evaluated from the left.
inline NodeId Parser::arithmetic(NodeId left, Precedence level) {
  std::vector<NodeId> operands{left};
  std::vector<NodeId> ops;  // Ops, to stand among the kids
  Type type = builder_.type(left);
  const std::uint32_t begin = where(left).begin;
  while (true) {
    Op op = Op::add;
    switch (token().kind) {
      case Tok::plus:
        op = Op::add;
        break;
      case Tok::minus:
        op = Op::subtract;
        break;
      case Tok::star:
        op = Op::multiply;
        break;
      case Tok::slash:
        op = Op::divide;
        break;
      case Tok::power:
        op = Op::power;
        break;
      default:
        op = Op::constant;
        break;
    }
    const Precedence found = op == Op::add || op == Op::subtract      ? additive
                             : op == Op::multiply || op == Op::divide ? multiplicative
                             : op == Op::power                        ? exponent
                                                                      : lowest;
    if (found != level) break;
    next();
    const NodeId right = parse(static_cast<Precedence>(level + 1));
    if (right == none) return none;
    Inferred inferred = infer_arithmetic(op, type, builder_.type(right));
    if (mismatch(inferred.problem, from(begin), literal_help(type, builder_.type(right)))) return none;
    type = std::move(inferred.type);
    operands.push_back(right);
    ops.push_back(static_cast<NodeId>(op));
  }
  if (ops.size() == 1) {
    const NodeId id =
        add_over({.op = static_cast<Op>(ops[0]), .a = left, .b = operands[1], .where = from(begin)}, type,
                 {left, operands[1]});
    return id == none ? none : builder_.fold(id, {left, operands[1]});
  }
  std::vector<NodeId> kids{left};
  for (std::size_t i = 0; i < ops.size(); ++i) {
    kids.push_back(ops[i]);
    kids.push_back(operands[i + 1]);
  }
  const NodeId id = add_over({.op = Op::chain,
                              .n = static_cast<std::uint32_t>(kids.size()),
                              .a = builder_.add_kids(kids),
                              .where = from(begin)},
                             type, {}, operands);
  return id == none ? none : builder_.fold(id, {}, operands);
}

// a and b and c: one node, so that a long row makes no tall tree.
inline NodeId Parser::connective(NodeId left, Precedence level) {
  const std::string_view word = level == conjunction ? "and" : "or";
  std::vector<NodeId> kids{left};
  while (at_word(word)) {
    next();
    const NodeId right = parse(static_cast<Precedence>(level + 1));
    if (right == none) return none;
    kids.push_back(right);
  }
  // FEEL's logic has three values: beside a false (or true) it is of no matter what the others are.
  bool decided = false;
  for (const NodeId kid : kids) {
    if (!builder_.is_constant(kid) || !builder_.constant(kid).is_boolean()) continue;
    decided = decided || builder_.constant(kid).is_true() != (level == conjunction);
  }
  for (const NodeId kid : kids) {
    const Type& type = builder_.type(kid);
    if (!decided && is_scalar(type) && !type.is(TypeKind::boolean) &&
        mismatch(cat("a condition is expected, not ", a_type(type)), where(kid)))
      return none;
  }
  const std::uint32_t begin = where(left).begin;
  const NodeId id = add_over({.op = level == conjunction ? Op::all_of : Op::any_of,
                              .n = static_cast<std::uint32_t>(kids.size()),
                              .a = builder_.add_kids(kids),
                              .where = from(begin)},
                             TypeKind::boolean, {}, kids);
  return id == none ? none : builder_.fold(id, {}, kids);
}

inline NodeId Parser::compare_with(NodeId left) {
  Op op = Op::equal;
  switch (token().kind) {
    case Tok::not_equal:
      op = Op::not_equal;
      break;
    case Tok::less:
      op = Op::less;
      break;
    case Tok::less_equal:
      op = Op::less_equal;
      break;
    case Tok::greater:
      op = Op::greater;
      break;
    case Tok::greater_equal:
      op = Op::greater_equal;
      break;
    default:
      break;
  }
  next();
  const NodeId right = parse(additive);
  if (right == none) return none;
  const SourceRange range = from(where(left).begin);
  if (mismatch(never_comparable(builder_.type(left), builder_.type(right)), range,
               literal_help(builder_.type(left), builder_.type(right))))
    return none;
  const NodeId id =
      add_over({.op = op, .a = left, .b = right, .where = range}, TypeKind::boolean, {left, right});
  return id == none ? none : builder_.fold(id, {left, right});
}

inline NodeId Parser::between(NodeId left) {
  next();
  const NodeId low = parse(additive);
  if (low == none || !expect_word("and")) return none;
  const NodeId high = parse(additive);
  if (high == none) return none;
  const SourceRange range = from(where(left).begin);
  if (mismatch(never_comparable(builder_.type(left), builder_.type(low)), range,
               literal_help(builder_.type(left), builder_.type(low))) ||
      mismatch(never_comparable(builder_.type(left), builder_.type(high)), range,
               literal_help(builder_.type(left), builder_.type(high))))
    return none;
  const NodeId id = add_over({.op = Op::between, .a = left, .b = low, .c = high, .where = range},
                             TypeKind::boolean, {left, low, high});
  return id == none ? none : builder_.fold(id, {left, low, high});
}

inline NodeId Parser::prefix() {
  if (at(Tok::minus)) {
    const std::uint32_t begin = token().where.begin;
    std::uint32_t count = 0;
    while (accept(Tok::minus))
      if (++count > max_depth()) return too_deep(from(begin));
    NodeId id = prefix();
    for (; count > 0 && id != none; --count) {
      const Type type = builder_.type(id);
      const NodeId inner = id;
      if (is_scalar(type) && !type.is(TypeKind::number) && !is_duration(type) &&
          mismatch(cat(a_type(type), " has no negative"), from(begin)))
        return none;
      id = add_over({.op = Op::negate, .a = inner, .where = from(begin)}, type, {inner});
      if (id != none) id = builder_.fold(id, {inner});
    }
    return id;
  }
  if (at(Tok::name) && is_keyword(word(at_)) && names_.find(at_).tokens < 2) {
    if (at_word("if")) return if_then_else();
    if (at_word("for")) return iteration(Op::for_);
    if (at_word("some")) return iteration(Op::some);
    if (at_word("every")) return iteration(Op::every);
    if (at_word("function")) return function_literal();
  }
  NodeId id = primary();
  if (id != none) id = postfix(id);
  if (id != none && at_word("instance")) id = instance_of(id);
  return id;
}

inline NodeId Parser::postfix(NodeId left) {
  while (left != none) {
    if (at(Tok::dot)) {
      left = path(left);
    } else if (at(Tok::open_bracket)) {
      if (in_range_end_ && is_range_end(at_)) return left;
      left = filter(left);
    } else if (at(Tok::open)) {
      left = call(left);
    } else {
      return left;
    }
  }
  return none;
}

inline NodeId Parser::path(NodeId left) {
  next();
  if (!at(Tok::name)) {
    expected("a name after the dot");
    return none;
  }
  const Type of = one_of(builder_.type(left));
  std::size_t tokens = 0;
  const Type* field = nullptr;
  for (std::size_t i = 0; i < of.field_count(); ++i) {
    const std::size_t length = match_name(of.field_name(i), text_, tokens_, at_);
    if (length > tokens) {
      tokens = length;
      field = &of.field_type(i);
    }
  }
  if (tokens == 0) tokens = names_.longest_known(at_);
  const std::size_t begin = at_;
  for (std::size_t i = 0; i < tokens; ++i) next();
  const std::string name = joined_name(text_, tokens_, begin, begin + tokens);
  const SourceRange name_at{tokens_[begin].where.begin, end()};
  Type type = TypeKind::any;
  if (field != nullptr) {
    type = *field;
  } else if (of.is(TypeKind::context) && of.field_count() > 0) {
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < of.field_count(); ++i) fields.push_back(of.field_name(i));
    const auto near = did_you_mean(name, fields);
    if (!options_.lenient)
      return fail(ErrorCode::unknown_name, cat("there is no entry \"", printable(name, 60), "\" here"),
                  name_at,
                  near ? cat("did you mean \"", *near, "\"?") : cat("there are: ", join(fields, ", ")));
  } else if (const auto property = property_type(of, name)) {
    type = *property;
  } else if ((is_scalar(of) || of.is(TypeKind::range)) && !options_.lenient) {
    return fail(ErrorCode::unknown_name, cat(a_type(of), " has no \"", printable(name, 60), "\""), name_at);
  }
  if (builder_.type(left).is(TypeKind::list)) type = Type::list_of(std::move(type));
  const SourceRange range = from(where(left).begin);
  const Node& of_node = builder_.node(left);
  if (of_node.op == Op::slot)
    return add_over({.op = Op::slot_path, .a = of_node.a, .b = builder_.name(name), .where = range}, type,
                    {left});
  const NodeId id =
      add_over({.op = Op::path, .a = left, .b = builder_.name(name), .where = range}, type, {left});
  return id == none ? none : builder_.fold(id, {left});
}

inline NodeId Parser::filter(NodeId left) {
  next();
  const bool outer = std::exchange(in_range_end_, false);
  const Type item = one_of(builder_.type(left));
  const std::size_t before = names_.count();
  const std::uint32_t local = names_.push("item", item);
  names_.push_item(local, item);
  const NodeId predicate = parse();
  const bool uses_item = names_.binding(before).used || names_.binding(before + 1).used;
  names_.pop_to(before);
  in_range_end_ = outer;
  if (predicate == none || !expect(Tok::close_bracket, "]")) return none;
  const Type& kind = builder_.type(predicate);
  if (is_scalar(kind) && !kind.is(TypeKind::boolean) && !kind.is(TypeKind::number) &&
      mismatch(cat("a filter takes a condition or a number, not ", a_type(kind)), where(predicate)))
    return none;
  Type type = kind.is(TypeKind::number)    ? item
              : kind.is(TypeKind::boolean) ? Type::list_of(item)
                                           : Type(TypeKind::any);
  const SourceRange range = from(where(left).begin);
  const NodeId id = add_over({.op = Op::filter,
                              .flag = static_cast<std::uint8_t>(uses_item ? 1 : 0),
                              .a = left,
                              .b = predicate,
                              .c = local,
                              .where = range},
                             std::move(type), {left, predicate});
  if (id == none || uses_item) return id;
  return builder_.fold(id, {left, predicate});
}

inline NodeId Parser::instance_of(NodeId left) {
  next();
  if (!expect_word("of")) return none;
  const std::size_t begin = at_;
  const auto type = type_reference();
  if (failed()) return none;
  const SourceRange range = from(where(left).begin);
  if (!type)
    return never(ErrorCode::type_mismatch, DiagnosticCode::unknown_name,
                 cat("\"", printable(joined_name(text_, tokens_, begin, at_), 60), "\" is not a type"),
                 range);
  builder_.program().types.push_back(*type);
  const auto index = static_cast<std::uint32_t>(builder_.program().types.size() - 1);
  const NodeId id =
      add_over({.op = Op::instance_of, .a = left, .b = index, .where = range}, TypeKind::boolean, {left});
  return id == none ? none : builder_.fold(id, {left});
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
