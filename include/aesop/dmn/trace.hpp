// What an evaluation of a model saw: DmnTrace, and where its diagnostics belong. Part dmn.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/rules/diagnostic.hpp"
#include "aesop/table/table.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

struct DmnTrace {
  struct Place {
    std::uint32_t model = 0;  ///< as Dmn::models() counts
    SourceRange where = {};   ///< in the file of that model
    std::string element = {};
  };
  struct Step {
    std::string element = {};
    std::uint32_t depth = 0;  ///< how many others asked for it
    Value value = {};
    std::vector<std::vector<std::uint32_t>> matched = {};  ///< rules of each table evaluated for it, from 0
  };
  /// Of each kept diagnostic of the Evaluation, in the same order.
  std::vector<Place> places = {};
  /// Decisions and functions of the model that were evaluated, in the order in which they ended. At most 1,000.
  std::vector<Step> steps = {};
};

namespace dmn {

/// What travels through nested evaluations by Evaluation::journal.
struct Journal {
  DmnTrace* trace = nullptr;
  const std::string* element = nullptr;
  std::uint32_t depth = 0;
  std::size_t diagnostics_before = 0;
  std::vector<std::vector<std::uint32_t>> matched = {};
};

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
