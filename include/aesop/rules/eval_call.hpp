// Machine, part: calls of named functions and function values. Included by machine.hpp alone.
#pragma once

#include "aesop/rules/machine.hpp"
#include "aesop/rules/named_function.hpp"
#include "aesop/value/type.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline Value Machine::call(const Node& node) {
  SmallValues args(node.n);
  const NodeId* kids = program_->kids.data() + node.c;
  for (std::uint32_t i = 0; i < node.n; ++i) args[i] = eval(kids[i]);
  if (stopped_) return Value();
  return program_->functions[node.a].body({*this, evaluation_, args.view(), node.b, node.where});
}

inline Value Machine::call_value(const Node& node) {
  Value room;
  const Value callee = ref(node.a, room);
  SmallValues args(node.n);
  const NodeId* kids = program_->kids.data() + node.c;
  for (std::uint32_t i = 0; i < node.n; ++i) args[i] = eval(kids[i]);
  if (stopped_) return Value();
  if (node.b == none) return apply(callee, args.view(), node.where);
  // Named arguments are put in the order of the parameters.
  const auto given = [&](std::uint32_t i) -> const std::string& {
    return program_->names[program_->argument_names[node.b + i]];
  };
  const FunctionObject* object = callee.as_function();
  std::vector<std::string> names;
  bool may_lack = true;  // DMN 10.3.2.13.5: what is not given by name is null
  if (const auto* closure = dynamic_cast<const Closure*>(object)) {
    names = closure->program->lambdas[closure->lambda].names;
  } else if (const auto* callable = dynamic_cast<const Callable*>(object)) {
    names.assign(callable->parameters().begin(), callable->parameters().end());
  } else if (const auto* named = dynamic_cast<const NamedFunction*>(object)) {
    may_lack = false;
    std::vector<std::string> wanted;
    for (std::uint32_t i = 0; i < node.n; ++i) wanted.push_back(given(i));
    if (const auto signature = match_signature(named->row, node.n, wanted))
      for (const std::string_view name : parameters_of(named->row.function, *signature))
        names.emplace_back(name);
  }
  SmallValues ordered(may_lack ? std::max<std::size_t>(names.size(), node.n) : node.n);
  std::uint32_t matched = 0;
  for (std::size_t p = 0; p < names.size() && (may_lack || p < node.n); ++p)
    for (std::uint32_t i = 0; i < node.n; ++i)
      if (names[p] == given(i)) {
        ordered[p] = args[i];
        ++matched;
        break;
      }
  if ((may_lack ? names.size() < node.n : names.size() != node.n) || matched != node.n)
    return fail(DiagnosticCode::no_such_function, node.where,
                [] { return "the function has no parameters of these names"; });
  return apply(callee, ordered.view(), node.where);
}

inline Value Machine::apply(const Value& function, std::span<const Value> args, SourceRange where) {
  const FunctionObject* object = function.as_function();
  if (const auto* closure = dynamic_cast<const Closure*>(object))
    return run(*closure, &function, args, where);
  if (const auto* callable = dynamic_cast<const Callable*>(object))
    return run(*callable, function, args, where);
  if (const auto* named = dynamic_cast<const NamedFunction*>(object)) {
    if (!charge(1)) return Value();
    const auto signature = match_signature(named->row, args.size(), {});
    if (!signature)
      return fail(DiagnosticCode::no_such_function, where,
                  [&] { return cat("it is called as ", signatures_text(named->row)); });
    return named->row.function.body(
        {*this, evaluation_, args, static_cast<std::uint32_t>(*signature), where});
  }
  return fail(DiagnosticCode::no_such_function, where,
              [&] { return cat("a ", to_string(function.kind()), " cannot be called"); });
}

inline Value Machine::run(const Callable& callable, const Value& self, std::span<const Value> args,
                          SourceRange where) {
  const std::size_t count = callable.parameters().size();
  if (args.size() != count)
    return fail(DiagnosticCode::no_such_function, where,
                [&] { return cat("the function takes ", count, " arguments, not ", args.size()); });
  if (steps_ == 0 || depth_ + 2 >= evaluation_.budget.depth) return over();
  --steps_;
  const std::uint32_t outer = std::exchange(evaluation_.depth, depth_ + 2);
  Value out = callable.call(self, args, evaluation_, steps_, where);
  evaluation_.depth = outer;
  return out;
}

inline Value Machine::run(const Closure& closure, const Value* self, std::span<const Value> args,
                          SourceRange where) {
  const Lambda& lambda = closure.program->lambdas[closure.lambda];
  if (args.size() != lambda.names.size())
    return fail(DiagnosticCode::no_such_function, where, [&] {
      return cat("the function takes ", lambda.names.size(), " arguments, not ", args.size());
    });
  if (steps_ == 0 || depth_ + 2 >= evaluation_.budget.depth) return over();
  SmallValues frame(lambda.locals);
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!lambda.types[i].is_any() && !charge_for(args[i])) return Value();
    auto value = coerce(args[i], lambda.types[i]);
    if (!value)
      return fail(DiagnosticCode::wrong_type, where, [&] {
        return cat("the parameter \"", printable(lambda.names[i], 60), "\" takes a ",
                   to_string(lambda.types[i]));
      });
    frame[i] = std::move(*value);
  }
  for (std::size_t i = 0; i < closure.captured.size(); ++i)
    frame[lambda.captures[i].local] = closure.captured[i];
  const auto* program = std::exchange(program_, closure.program.get());
  const auto* nodes = std::exchange(nodes_, closure.program->nodes.data());
  const auto* owner = std::exchange(owner_, &closure.program);
  Value* locals = std::exchange(locals_, frame.data());
  const Value* outer_self = std::exchange(self_, self);
  const Partial* partials = std::exchange(partials_, nullptr);
  depth_ += 2;  // a frame of a function takes about twice the stack of an operation
  Value out = eval(lambda.body);
  depth_ -= 2;
  program_ = program;
  nodes_ = nodes;
  owner_ = owner;
  locals_ = locals;
  self_ = outer_self;
  partials_ = partials;
  return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
