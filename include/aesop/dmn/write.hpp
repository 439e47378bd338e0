// Writing a model as a .dmn file: write_dmn. Part dmn; compiled (src/dmn).
#pragma once

#include "aesop/dmn/model.hpp"

#include <string>

namespace aesop {
inline namespace v0 {

/// The model as XML, with a drawing of its requirements: inputs at the bottom, what needs them above. Of DMN 1.3, which
/// every modeller reads, or of 1.5 where the model has what 1.3 has not (conditionals, filters, iterators, type constraints).
/// What read_dmn makes of it is the same model, but for places and ids that were not given.
std::string write_dmn(const dmn::Model& model);

}  // namespace v0
}  // namespace aesop
