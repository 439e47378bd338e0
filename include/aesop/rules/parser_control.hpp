// Parser, part: if, for, some, every, function literals, types. Included by parser.hpp alone.
#pragma once

#include "aesop/rules/external.hpp"
#include "aesop/rules/parser.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline constexpr std::size_t max_iterators = 16;  // each is a level of the evaluator's stack

inline NodeId Parser::if_then_else() {
  const std::uint32_t begin = token().where.begin;
  next();
  const bool outer = std::exchange(in_range_end_, false);
  const NodeId condition = parse();
  if (condition == none || !expect_word("then")) return none;
  const Type& type = builder_.type(condition);
  if (is_scalar(type) && !type.is(TypeKind::boolean) &&
      mismatch(cat("a condition is expected, not ", a_type(type)), where(condition)))
    return none;
  const NodeId yes = parse();
  if (yes == none || !expect_word("else")) return none;
  in_range_end_ = outer;
  const NodeId no = parse();
  if (no == none) return none;
  const NodeId id = add_over({.op = Op::if_, .a = condition, .b = yes, .c = no, .where = from(begin)},
                             common_type(builder_.type(yes), builder_.type(no)), {condition, yes, no});
  return id == none ? none : builder_.fold(id, {condition, yes, no});
}

// A name that is being given: everything up to one of the signs or the keyword that ends it.
inline std::optional<std::string> Parser::binding_name(std::initializer_list<Tok> ends,
                                                       std::string_view keyword_end) {
  const std::size_t begin = at_;
  while (!at(Tok::end)) {
    if (!keyword_end.empty() && at_word(keyword_end)) break;
    bool ends_here = false;
    for (const Tok kind : ends) ends_here = ends_here || at(kind);
    if (ends_here) break;
    const Tok kind = token().kind;
    const bool part = kind == Tok::name ||
                      (at_ > begin &&
                       (kind == Tok::number || kind == Tok::dot || kind == Tok::slash || kind == Tok::minus ||
                        kind == Tok::apostrophe || kind == Tok::plus || kind == Tok::star));
    if (!part) break;
    next();
  }
  if (at_ == begin) {
    expected("a name");
    return std::nullopt;
  }
  return joined_name(text_, tokens_, begin, at_);
}

// for i in list, j in 1..3 return ...; some x in xs satisfies ...
inline NodeId Parser::iteration(Op op) {
  const std::uint32_t begin = token().where.begin;
  next();
  const bool outer = std::exchange(in_range_end_, false);
  const std::size_t before = names_.count();
  std::vector<Iterator> iterators;
  std::vector<NodeId> over;
  do {
    const auto name = binding_name({}, "in");
    if (!name || !expect_word("in")) return none;
    Iterator iterator;
    iterator.domain = parse();
    if (iterator.domain == none) return none;
    Type type = builder_.type(iterator.domain);
    over.push_back(iterator.domain);
    if (accept(Tok::dots)) {
      iterator.end = parse();
      if (iterator.end == none) return none;
      over.push_back(iterator.end);
      if (mismatch(never_comparable(type, builder_.type(iterator.end)),
                   {where(iterator.domain).begin, end()}))
        return none;
    } else {
      type = type.is(TypeKind::list) || type.is(TypeKind::range) ? type.element() : type;
    }
    iterator.local = names_.push(*name, std::move(type));
    iterators.push_back(iterator);
    if (iterators.size() > max_iterators)
      return fail(ErrorCode::limit_exceeded,
                  cat("more than ", max_iterators, " names are gone through at once"), from(begin));
  } while (accept(Tok::comma));
  if (!expect_word(op == Op::for_ ? "return" : "satisfies")) return none;
  const std::size_t partial = names_.count();
  std::uint32_t partial_local = none;
  if (op == Op::for_) partial_local = names_.push("partial", TypeKind::list, Binding::Kind::partial);
  in_range_end_ = outer;
  const NodeId body = parse();
  if (body == none) return none;
  if (op == Op::for_ && !names_.binding(partial).used) partial_local = none;
  names_.pop_to(before);
  Type type = op == Op::for_ ? Type::list_of(builder_.type(body)) : Type(TypeKind::boolean);
  over.push_back(body);
  auto& all = builder_.program().iterators;
  const auto first = static_cast<std::uint32_t>(all.size());
  for (const Iterator& one : iterators) all.push_back(one);
  return add_over({.op = op,
                   .n = static_cast<std::uint32_t>(iterators.size()),
                   .a = first,
                   .b = body,
                   .c = partial_local,
                   .where = from(begin)},
                  std::move(type), {}, over);
}

// function(a: number, b) a + b; `own_name` is the context entry it is given to, which may call itself.
inline NodeId Parser::function_literal(std::string_view own_name) {
  const std::uint32_t begin = token().where.begin;
  next();
  if (!expect(Tok::open, "(")) return none;
  const bool outer = std::exchange(in_range_end_, false);
  names_.enter_lambda();
  const std::size_t before = names_.count();
  if (!own_name.empty()) names_.push_self(own_name);
  Lambda lambda;
  if (!at(Tok::close)) {
    do {
      const auto name = binding_name({Tok::colon, Tok::comma, Tok::close}, {});
      if (!name) return none;
      Type type = TypeKind::any;
      if (accept(Tok::colon)) {
        const std::size_t type_begin = at_;
        const auto given = type_reference();
        if (failed()) return none;
        if (!given && !options_.lenient)
          return fail(
              ErrorCode::type_mismatch,
              cat("\"", printable(joined_name(text_, tokens_, type_begin, at_), 60), "\" is not a type"),
              {tokens_[type_begin].where.begin, end()});
        if (given) type = *given;
      }
      for (const std::string& known : lambda.names)
        if (known == *name)
          return fail(ErrorCode::bad_expression,
                      cat("the parameter \"", printable(*name, 60), "\" is there twice"), from(begin));
      lambda.names.push_back(*name);
      lambda.types.push_back(type);
      names_.push(*name, std::move(type));
    } while (accept(Tok::comma));
  }
  if (!expect(Tok::close, ")")) return none;
  in_range_end_ = outer;
  lambda.body = at_word("external") ? external_body(lambda) : parse();
  if (lambda.body == none) return none;
  names_.pop_to(before);
  auto [captures, locals] = names_.leave_lambda();
  lambda.captures = std::move(captures);
  lambda.locals = locals;
  const NodeId body = lambda.body;
  Type type = Type::function_of(lambda.types, builder_.type(body));
  lambda.result = TypeKind::any;
  builder_.program().lambdas.push_back(std::move(lambda));
  const auto index = static_cast<std::uint32_t>(builder_.program().lambdas.size() - 1);
  return add_over({.op = Op::function, .a = index, .where = from(begin)}, std::move(type), {body});
}

// external {java: {...}}: a call that the host answers.
inline NodeId Parser::external_body(const Lambda& lambda) {
  const SourceRange range = token().where;
  if (!options_.external && !options_.lenient)
    return fail(ErrorCode::bad_expression, "external functions are not supported", range,
                "a host registers its functions by name");
  next();
  const NodeId description = parse();
  if (description == none) return none;
  std::vector<Value> names;
  std::vector<NodeId> values;
  for (const std::string& name : lambda.names) {
    names.push_back(Value::string(name));
    for (std::size_t i = names_.count(); i-- > 0;)
      if (names_.binding(i).name.name() == name) {
        values.push_back(names_.reference(i, range));
        break;
      }
  }
  const NodeId list = add_over({.op = Op::list,
                                .n = static_cast<std::uint32_t>(values.size()),
                                .a = builder_.add_kids(values),
                                .where = range},
                               TypeKind::list, {}, values);
  if (list == none) return none;
  auto& functions = builder_.program().functions;
  functions.push_back(external_function);
  const std::vector<NodeId> args = {description, builder_.add_constant(Value::list(std::move(names)), range),
                                    list};
  return add_over({.op = Op::call,
                   .n = 3,
                   .a = static_cast<std::uint32_t>(functions.size() - 1),
                   .b = 0,
                   .c = builder_.add_kids(args),
                   .where = range},
                  TypeKind::any, {}, args);
}

// number | date and time | list<T> | range<T> | context<a: T> | function<T, T>->T | a named type. Nothing, and no
// error, for a name that is no type.
inline std::optional<Type> Parser::type_reference() {
  if (++depth_ > max_depth()) {
    too_deep(token().where);
    return std::nullopt;
  }
  struct Leave {
    std::uint32_t& depth;
    ~Leave() { --depth; }
  } leave{depth_};
  if (!at(Tok::name)) {
    expected("a type");
    return std::nullopt;
  }
  const bool applied = token(1).kind == Tok::less;
  if (applied && (at_word("list") || at_word("range"))) {
    const bool is_list = at_word("list");
    next();
    next();
    auto element = type_reference();
    if (failed() || !expect(Tok::greater, ">")) return std::nullopt;
    if (!element) return std::nullopt;
    return is_list ? Type::list_of(*element) : Type::range_of(*element);
  }
  if (applied && at_word("context")) {
    next();
    next();
    std::vector<Type::Field> fields;
    bool known = true;
    do {
      const auto name = binding_name({Tok::colon}, {});
      if (!name || !expect(Tok::colon, ":")) return std::nullopt;
      auto type = type_reference();
      if (failed()) return std::nullopt;
      known = known && type.has_value();
      fields.emplace_back(*name, type.value_or(Type()));
    } while (accept(Tok::comma));
    if (!expect(Tok::greater, ">") || !known) return std::nullopt;
    return Type::context_of(std::move(fields));
  }
  if (applied && at_word("function")) {
    next();
    next();
    std::vector<Type> parameters;
    bool known = true;
    while (!at(Tok::greater)) {
      if (!parameters.empty() && !expect(Tok::comma, ",")) return std::nullopt;
      auto type = type_reference();
      if (failed()) return std::nullopt;
      known = known && type.has_value();
      parameters.push_back(type.value_or(Type()));
    }
    next();
    if (!expect(Tok::arrow, "->")) return std::nullopt;
    auto result = type_reference();
    if (failed() || !known || !result) return std::nullopt;
    return Type::function_of(std::move(parameters), *result);
  }
  // A plain or named type: the longest name that is one.
  std::size_t best = 0;
  std::optional<Type> found;
  if (options_.types != nullptr)
    for (const auto& [name, type] : *options_.types) {
      const std::size_t tokens = match_name(name, text_, tokens_, at_);
      if (tokens > best) {
        best = tokens;
        found = type;
      }
    }
  for (const std::string_view name :
       {"date and time", "days and time duration", "years and months duration"}) {
    const std::size_t tokens = match_name(name, text_, tokens_, at_);
    if (tokens <= best) continue;
    best = tokens;
    found = *parse_type(name);
  }
  if (best == 0) {
    best = 1;
    if (auto type = parse_type(word(at_))) found = *type;
    while (token(best).kind == Tok::dot && token(best + 1).kind == Tok::name) best += 2;
    if (best > 1) found.reset();
  }
  for (std::size_t i = 0; i < best; ++i) next();
  return found;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
