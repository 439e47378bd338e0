// An SOP as a checklist on paper: steps, boxes to tick, who, by when. Part exchange.
//
// One sheet is one page. A procedure that fits is one sheet; a longer one has a sheet for each stage, and a stage (or
// a procedure without stages) that is still too long is cut between steps. What fits is estimated from the lengths of
// texts, a little to the safe side.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

struct Definition;
struct StepDefinition;

/// A sheet: which steps stand on it. Steps of an `each` follow it.
struct ChecklistSheet {
  std::string title = {};  ///< of the stage; empty: the whole procedure
  std::vector<const StepDefinition*> steps = {};
  std::size_t height = 0;  ///< estimated, of its steps on paper, in tenths of a millimetre
};

/// The sheets of a procedure, in the order of the file. No sheet is higher than a page of A4 or Letter, unless one step
/// alone is. The steps point into `definition`.
std::vector<ChecklistSheet> checklist_sheets(const Definition& definition);

/// The checklist as one HTML file, a sheet a page. Works on any Definition.
std::string checklist_html(const Definition& definition);

}  // namespace v0
}  // namespace aesop
