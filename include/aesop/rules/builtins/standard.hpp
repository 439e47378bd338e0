// The standard functions of FEEL in one table. Part rules.
#pragma once

#include "aesop/rules/builtins/aggregates.hpp"
#include "aesop/rules/builtins/calendar.hpp"
#include "aesop/rules/builtins/contexts.hpp"
#include "aesop/rules/builtins/conversion.hpp"
#include "aesop/rules/builtins/lists.hpp"
#include "aesop/rules/builtins/numbers.hpp"
#include "aesop/rules/builtins/ranges.hpp"
#include "aesop/rules/builtins/strings.hpp"

namespace aesop {
inline namespace v0 {

/// All of them; built once, then only read: safe from any thread.
inline const FunctionTable& standard_functions() {
  static const FunctionTable table = [] {
    FunctionTable all;
    for (const FunctionTable* group :
         {&rules::builtins::conversion(), &rules::builtins::strings(), &rules::builtins::numbers(),
          &rules::builtins::lists(), &rules::builtins::aggregates(), &rules::builtins::calendar(),
          &rules::builtins::ranges(), &rules::builtins::contexts()})
      for (const FunctionTable::Row& row : group->rows()) all.add(row.function);
    return all;
  }();
  return table;
}

}  // namespace v0
}  // namespace aesop
