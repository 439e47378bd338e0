// A function value whose body is not an expression: Callable, such as a decision table or a decision service of a DMN
// model. Part rules; called by Machine::apply.
#pragma once

#include "aesop/rules/evaluation.hpp"
#include "aesop/value/type.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace aesop {
inline namespace v0 {
namespace rules {

class Callable : public FunctionObject {
 public:
  /// Names of the parameters, in order.
  virtual std::span<const std::string> parameters() const = 0;
  /// function<...>->..., as far as it is declared.
  virtual const Type& type() const = 0;
  /// The result; null and a diagnostic for what goes wrong. `args` are as many as there are parameters, not yet of their
  /// types; `steps` is what is left of the budget, to be taken from; what is evaluated inside nests from
  /// `evaluation.depth` on. `self` is the value that was called.
  virtual Value call(const Value& self, std::span<const Value> args, Evaluation& evaluation,
                     std::uint32_t& steps, SourceRange where) const = 0;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
