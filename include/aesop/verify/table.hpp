// The analysis of the decision tables of an SOP, with what the SOP says of their inputs. Part verify.
#pragma once

#include "aesop/model/plan.hpp"
#include "aesop/table/analysis.hpp"

namespace aesop {
inline namespace v0 {

/// What the SOP says of the inputs of a rule that is a table: allowed values, `min` and `max`. For analyse().
AnalysisOptions analysis_options(const PlanRule& rule);

}  // namespace v0
}  // namespace aesop
