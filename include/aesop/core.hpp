// Values, calendars, rules and tables in one include; run.hpp adds the model and the run machine. Finer headers compile faster; each stands alone.
#pragma once

// base
#include "aesop/base/bytes.hpp"
#include "aesop/base/civil.hpp"
#include "aesop/base/civil_text.hpp"
#include "aesop/base/errors.hpp"
#include "aesop/base/finding.hpp"
#include "aesop/base/id.hpp"
#include "aesop/base/letters.hpp"
#include "aesop/base/ports.hpp"
#include "aesop/base/result.hpp"
#include "aesop/base/source.hpp"
#include "aesop/base/text.hpp"

// value
#include "aesop/value/compare.hpp"
#include "aesop/value/decimal.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_tree.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/print.hpp"
#include "aesop/value/type.hpp"
#include "aesop/value/value.hpp"

// calendar
#include "aesop/calendar/calendar.hpp"
#include "aesop/calendar/holiday.hpp"
#include "aesop/calendar/span.hpp"

// rules
#include "aesop/rules/compile.hpp"
#include "aesop/rules/expr.hpp"

// table
#include "aesop/table/compile.hpp"
#include "aesop/table/table.hpp"
