// aesop test of a DMN model. Part cli; called by the verb `test`.
#pragma once

#include "cli/verb.hpp"

#include "aesop/base/civil.hpp"

#include <cstddef>

namespace aesop::cli {

/// Runs the examples of the model FILE and prints what came out, as the verb says.
Exit test_dmn(const Invocation& call, std::size_t threshold, Instant now);

}  // namespace aesop::cli
