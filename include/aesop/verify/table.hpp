// The analysis of the decision tables of an SOP, with what the SOP says of their inputs. Part verify.
#pragma once

#include "aesop/table/finding.hpp"

namespace aesop {
inline namespace v0 {

struct PlanRule;

/// What the SOP says of the inputs of a rule that is a table: allowed values, `min` and `max`. For analyse().
AnalysisOptions analysis_options(const PlanRule& rule);

}  // namespace v0
}  // namespace aesop
