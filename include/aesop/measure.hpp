// Part measure: folds over what runs did. Start with FactReader, then KpiBoard for the measures an SOP
// declares, or a fold of its own for a question of yours.
#pragma once

#include "aesop/measure/adherence.hpp"
#include "aesop/measure/cohort.hpp"
#include "aesop/measure/deviations.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/measure/figure.hpp"
#include "aesop/measure/kpi.hpp"
#include "aesop/measure/level.hpp"
#include "aesop/measure/rungs.hpp"
#include "aesop/measure/tally.hpp"
#include "aesop/measure/target.hpp"
