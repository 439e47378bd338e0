// Parser, part: literals, names, parentheses, ranges, contexts and calls. Included by parser.hpp alone.
#pragma once

#include "aesop/rules/named_function.hpp"
#include "aesop/rules/parser.hpp"
#include "aesop/rules/temporal.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline NodeId Parser::primary() {
  if (builder_.full())
    return fail(ErrorCode::limit_exceeded, cat("the expression has more than ", options_.max_nodes, " parts"),
                token().where);
  switch (token().kind) {
    case Tok::number:
      return number();
    case Tok::string:
      return text_literal();
    case Tok::at_string:
      return at_literal();
    case Tok::name:
      return name_or_call();
    case Tok::open:
      return parenthesis();
    case Tok::open_bracket:
    case Tok::close_bracket:
      return bracket();
    case Tok::open_brace:
      return context();
    default:
      expected("an expression");
      return none;
  }
}

inline NodeId Parser::number() {
  const SourceRange range = token().where;
  const auto value = Decimal::parse(word(at_));
  if (!value) return fail(ErrorCode::bad_expression, "a number beyond what can be represented", range);
  next();
  return builder_.add_constant(Value::number(*value), range);
}

inline NodeId Parser::text_literal() {
  const SourceRange range = token().where;
  std::string text;
  if (!unescape(word(at_), text))
    return fail(ErrorCode::bad_expression,
                "an escape that is no character: half of a surrogate pair, or beyond \\U10FFFF", range);
  next();
  return builder_.add_constant(Value::string(text), range);
}

inline NodeId Parser::at_literal() {
  const SourceRange range = token().where;
  std::string text;
  const bool good = unescape(word(at_), text);
  next();
  std::optional<Value> value = good ? parse_temporal(text) : std::nullopt;
  if (value) return builder_.add_constant(std::move(*value), range);
  return never(
      ErrorCode::bad_expression, DiagnosticCode::bad_argument,
      cat("\"", printable(text, 60), "\" is not a date, time, date and time or duration"), range,
      "they are written @\"2026-01-31\", @\"09:30:00\", @\"2026-01-31T09:30:00Z\", @\"P30D\", @\"P1Y6M\"");
}

inline NodeId Parser::name_or_call() {
  const std::size_t begin = at_;
  const Found found = names_.find(begin);
  if (found.tokens <= 1 && is_keyword(word(begin))) {
    const SourceRange range = token().where;
    if (at_word("true") || at_word("false")) {
      const bool value = at_word("true");
      next();
      return builder_.add_constant(Value::boolean(value), range);
    }
    if (accept_word("null")) return builder_.add_constant(Value(), range);
    expected("an expression");
    return none;
  }
  if (found.kind == Found::Kind::nothing) {
    const std::size_t tokens = names_.in_open_item() ? names_.longest_known(begin) : 1;
    return unknown_name(begin, tokens);
  }
  for (std::size_t i = 0; i < found.tokens; ++i) next();
  const SourceRange range = from(tokens_[begin].where.begin);
  if (found.kind == Found::Kind::function && at(Tok::open)) return call_function(*found.function, range);
  const NodeId outer = named(found, range);
  if (outer == none || !names_.in_open_item()) return outer;
  const bool bound = found.kind == Found::Kind::binding || found.kind == Found::Kind::field;
  return names_.through_items(joined_name(text_, tokens_, begin, begin + found.tokens), outer,
                              bound ? found.binding + 1 : 0, range);
}

inline NodeId Parser::named(const Found& found, SourceRange range) {
  switch (found.kind) {
    case Found::Kind::binding:
      return names_.reference(found.binding, range);
    case Found::Kind::slot:
      return names_.reference_slot(found.slot, range);
    case Found::Kind::field: {
      const Type* type = names_.binding(found.binding).type.field(found.field);
      return names_.entry_of(found.binding, found.field, none, type ? *type : Type(), range);
    }
    case Found::Kind::function:
      return builder_.add_constant(Value::function(std::make_shared<NamedFunction>(*found.function)), range);
    case Found::Kind::nothing:
      break;
  }
  return none;
}

inline NodeId Parser::unknown_name(std::size_t begin, std::size_t tokens) {
  for (std::size_t i = 0; i < tokens; ++i) next();
  const std::string name = joined_name(text_, tokens_, begin, begin + tokens);
  const SourceRange range = from(tokens_[begin].where.begin);
  if (names_.in_open_item()) {
    const NodeId outer =
        builder_.add({.op = Op::fail,
                      .flag = static_cast<std::uint8_t>(DiagnosticCode::unknown_name),
                      .a = builder_.name(cat("\"", printable(name, 60), "\" is not known here")),
                      .where = range},
                     TypeKind::any);
    return names_.through_items(name, outer, 0, range);
  }
  const auto near = options_.lenient ? std::nullopt : did_you_mean(name, names_.candidates());
  return never(ErrorCode::unknown_name, DiagnosticCode::unknown_name,
               cat("\"", printable(name, 60), "\" is not known here"), range,
               near ? cat("did you mean \"", *near, "\"?") : std::string());
}

// (expression), (a..b), (a..b], (> 5)
inline NodeId Parser::parenthesis() {
  const std::uint32_t begin = token().where.begin;
  next();
  const bool outer = std::exchange(in_range_end_, false);
  switch (token().kind) {
    case Tok::less:
    case Tok::less_equal:
    case Tok::greater:
    case Tok::greater_equal:
    case Tok::equal:
    case Tok::not_equal: {
      const NodeId id = comparison_range(begin);
      in_range_end_ = outer;
      return id;
    }
    default:
      break;
  }
  const NodeId inner = parse();
  if (inner == none) return none;
  if (accept(Tok::dots)) {
    in_range_end_ = outer;
    return range_rest(inner, begin, false);
  }
  in_range_end_ = outer;
  return expect(Tok::close, ")") ? inner : none;
}

// (> 5), (<= 5), (= 5), (!= 5): the bracket is read.
inline NodeId Parser::comparison_range(std::uint32_t begin) {
  const Tok kind = token().kind;
  next();
  const NodeId bound = parse(additive);
  if (bound == none || !expect(Tok::close, ")")) return none;
  Node node{.op = Op::range, .where = from(begin)};
  switch (kind) {
    case Tok::less:
      node.b = bound;
      node.flag = 0;
      break;
    case Tok::less_equal:
      node.b = bound;
      node.flag = end_included;
      break;
    case Tok::greater:
      node.a = bound;
      node.flag = 0;
      break;
    case Tok::greater_equal:
      node.a = bound;
      node.flag = start_included;
      break;
    case Tok::equal:
      node.a = node.b = bound;
      node.flag = start_included | end_included;
      break;
    default:
      node.a = node.b = bound;
      node.flag = 0;
      break;
  }
  node.flag = static_cast<std::uint8_t>(node.flag | comparison_flag);
  const NodeId id = add_over(node, Type::range_of(builder_.type(bound)), {bound});
  return id == none ? none : builder_.fold(id, {bound});
}

// [1, 2], [1..3), ]1..3]
inline NodeId Parser::bracket() {
  const std::uint32_t begin = token().where.begin;
  const bool open = at(Tok::close_bracket);
  next();
  const bool outer = std::exchange(in_range_end_, false);
  std::vector<NodeId> items;
  Type type = TypeKind::null;
  if (open || !at(Tok::close_bracket)) {
    do {
      const NodeId item = parse();
      if (item == none) return none;
      if (items.empty() && accept(Tok::dots)) {
        in_range_end_ = outer;
        return range_rest(item, begin, !open);
      }
      type = items.empty() ? builder_.type(item) : common_type(type, builder_.type(item));
      items.push_back(item);
    } while (!open && accept(Tok::comma));
  }
  in_range_end_ = outer;
  if (open) {
    expected("..");
    return none;
  }
  if (!expect(Tok::close_bracket, "] or a comma")) return none;
  const NodeId id = add_over({.op = Op::list,
                              .n = static_cast<std::uint32_t>(items.size()),
                              .a = builder_.add_kids(items),
                              .where = from(begin)},
                             Type::list_of(type), {}, items);
  return id == none ? none : builder_.fold(id, {}, items);
}

// Behind the dots of a range.
inline NodeId Parser::range_rest(NodeId start, std::uint32_t begin, bool included) {
  const bool outer = std::exchange(in_range_end_, true);
  const NodeId last = parse(additive);
  in_range_end_ = outer;
  if (last == none) return none;
  std::uint8_t flag = included ? start_included : 0;
  if (accept(Tok::close_bracket)) {
    flag |= end_included;
  } else if (!accept(Tok::close) && !accept(Tok::open_bracket)) {
    expected("] or ) or [ at the end of a range");
    return none;
  }
  if (mismatch(never_comparable(builder_.type(start), builder_.type(last)), from(begin))) return none;
  const NodeId id =
      add_over({.op = Op::range, .flag = flag, .a = start, .b = last, .where = from(begin)},
               Type::range_of(common_type(builder_.type(start), builder_.type(last))), {start, last});
  return id == none ? none : builder_.fold(id, {start, last});
}

// Whether the [ at `at` closes a range, as in [1..10[, and opens no filter: nothing that follows can be in a filter.
inline bool Parser::is_range_end(std::size_t at) const {
  const Token& after = tokens_[std::min(at + 1, tokens_.size() - 1)];
  switch (after.kind) {
    case Tok::number:
    case Tok::string:
    case Tok::at_string:
    case Tok::open:
    case Tok::open_bracket:
    case Tok::open_brace:
      return false;
    case Tok::name: {
      const std::string_view w = word(at + 1);
      return is_keyword(w) && w != "true" && w != "false" && w != "null" && w != "if" && w != "for" &&
             w != "some" && w != "every";
    }
    case Tok::minus:
      return !(at + 3 < tokens_.size() && tokens_[at + 3].kind == Tok::close_bracket);
    default:
      return true;
  }
}

// {name: expression, "any text": expression}: an entry sees those before it.
inline NodeId Parser::context() {
  const std::uint32_t begin = token().where.begin;
  next();
  const bool outer = std::exchange(in_range_end_, false);
  const std::size_t before = names_.count();
  std::vector<ContextEntry> entries;
  std::vector<NodeId> values;
  std::vector<Type::Field> fields;
  std::map<std::string, std::uint32_t, std::less<>> keys;
  std::optional<SourceRange> twice;
  while (!at(Tok::close_brace)) {
    if (!entries.empty() && !expect(Tok::comma, "} or a comma")) return none;
    std::string key;
    const SourceRange key_at = token().where;
    if (at(Tok::string)) {
      if (!unescape(word(at_), key))
        return fail(ErrorCode::bad_expression,
                    "an escape that is no character: half of a surrogate pair, or beyond \\U10FFFF", key_at);
      next();
    } else {
      auto name = binding_name({Tok::colon}, {});
      if (!name) return none;
      key = std::move(*name);
    }
    if (!expect(Tok::colon, ":")) return none;
    if (!keys.emplace(key, 0).second) twice = key_at;
    const NodeId value = at_word("function") ? postfix(function_literal(key)) : parse();
    if (value == none) return none;
    const Type type = builder_.type(value);
    fields.emplace_back(key, type);
    values.push_back(value);
    entries.push_back({builder_.name(key), value, names_.push(key, type)});
  }
  next();
  in_range_end_ = outer;
  // An entry that no later one names needs no local.
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!names_.binding(before + i).used) entries[i].local = none;
  names_.pop_to(before);
  if (twice)
    return never(ErrorCode::bad_expression, DiagnosticCode::duplicate_entry, "an entry is there twice",
                 *twice);
  auto& all = builder_.program().entries;
  const auto first = static_cast<std::uint32_t>(all.size());
  for (const ContextEntry& one : entries) all.push_back(one);
  const NodeId id = add_over(
      {.op = Op::context, .n = static_cast<std::uint32_t>(entries.size()), .a = first, .where = from(begin)},
      fields.empty() ? Type(TypeKind::context) : Type::context_of(std::move(fields)), {}, values);
  return id == none ? none : builder_.fold(id, {}, values);
}

// ( arguments ), positional or named; `names` stays empty for positional ones.
inline bool Parser::arguments(std::vector<NodeId>& args, std::vector<std::string>& names) {
  next();
  const bool outer = std::exchange(in_range_end_, false);
  const bool unary = std::exchange(in_unary_tests_, false);
  if (!at(Tok::close)) {
    do {
      std::size_t ahead = 0;
      if (at(Tok::name)) {
        ahead = 1;
        while (token(ahead).kind == Tok::name ||
               (token(ahead).kind >= Tok::plus && token(ahead).kind <= Tok::power) ||
               token(ahead).kind == Tok::apostrophe || token(ahead).kind == Tok::dot ||
               token(ahead).kind == Tok::number)
          ++ahead;
        if (token(ahead).kind != Tok::colon) ahead = 0;
      }
      if ((ahead > 0) != !names.empty() && !args.empty()) {
        fail(ErrorCode::bad_expression, "arguments are either all named or none", token().where);
        return false;
      }
      if (ahead > 0) {
        names.push_back(joined_name(text_, tokens_, at_, at_ + ahead));
        for (std::size_t i = 0; i <= ahead; ++i) next();
      }
      const NodeId value = parse();
      if (value == none) return false;
      args.push_back(value);
    } while (accept(Tok::comma));
  }
  in_range_end_ = outer;
  in_unary_tests_ = unary;
  return expect(Tok::close, ") or a comma");
}

inline NodeId Parser::call(NodeId callee) {
  std::vector<NodeId> args;
  std::vector<std::string> names;
  if (!arguments(args, names)) return none;
  const Type type = builder_.type(callee);
  const SourceRange range = from(where(callee).begin);
  if ((is_scalar(type) || type.is(TypeKind::null)) && builder_.node(callee).op != Op::fail)
    return never(ErrorCode::type_mismatch, DiagnosticCode::no_such_function, "only a function can be called",
                 range);
  std::uint32_t first_name = none;
  auto& all = builder_.program().argument_names;
  if (!names.empty()) {
    first_name = static_cast<std::uint32_t>(all.size());
    for (const std::string& name : names) all.push_back(builder_.name(name));
  }
  // By name some may be left out: they are null.
  if (type.has_signature() &&
      (names.empty() ? type.parameter_count() != args.size() : type.parameter_count() < args.size()))
    return never(ErrorCode::type_mismatch, DiagnosticCode::no_such_function,
                 cat("the function takes ", type.parameter_count(), " arguments, not ", args.size()), range);
  std::vector<NodeId> over = args;
  over.push_back(callee);
  return add_over({.op = Op::call_value,
                   .n = static_cast<std::uint32_t>(args.size()),
                   .a = callee,
                   .b = first_name,
                   .c = builder_.add_kids(args),
                   .where = range},
                  type.result(), {}, over);
}

// A call of a named function: its signature is found here, once, and named arguments are put in order.
inline NodeId Parser::call_function(const FunctionTable::Row& row, SourceRange name_at) {
  std::vector<NodeId> args;
  std::vector<std::string> names;
  if (!arguments(args, names)) return none;
  const SourceRange range = from(name_at.begin);
  const auto signature = match_signature(row, args.size(), names);
  if (!signature)
    return never(ErrorCode::bad_expression, DiagnosticCode::no_such_function,
                 cat(row.function.name, " is called as ", signatures_text(row)), range);
  if (!names.empty()) {
    std::vector<NodeId> ordered;
    for (const std::string_view parameter : parameters_of(row.function, *signature))
      for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == parameter) ordered.push_back(args[i]);
    args = std::move(ordered);
  }
  const NodeId id = call_node(row, *signature, args, range);
  if (id == none || !row.function.pure || args.empty()) return id;
  return builder_.fold(id, {}, args);
}

inline NodeId Parser::call_node(const FunctionTable::Row& row, std::size_t signature,
                                const std::vector<NodeId>& args, SourceRange range) {
  auto& functions = builder_.program().functions;
  std::uint32_t index = 0;
  while (index < functions.size() && functions[index].body != row.function.body) ++index;
  if (index == functions.size()) functions.push_back(row.function);
  Type type = TypeKind::any;
  if (auto known = parse_type(row.function.result)) type = *known;
  return add_over({.op = Op::call,
                   .n = static_cast<std::uint32_t>(args.size()),
                   .a = index,
                   .b = static_cast<std::uint32_t>(signature),
                   .c = builder_.add_kids(args),
                   .where = range},
                  std::move(type), {}, args);
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
