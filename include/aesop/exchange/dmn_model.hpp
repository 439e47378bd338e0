// The rules of an SOP as a DMN model: dmn_model. Part exchange; compiled.
#pragma once

#include "aesop/dmn/model.hpp"

namespace aesop {
inline namespace v0 {

struct Definition;

/// Each rule of the SOP becomes a decision of its name: a table a decision table, an expression a literal expression. What
/// rules name beside each other (data, parameters, what is known only in a step) becomes input data, with the type where it is
/// declared. Works on any Definition; one without rules gives a model without decisions.
dmn::Model dmn_model(const Definition& definition);

}  // namespace v0
}  // namespace aesop
