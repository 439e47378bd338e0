#include "verify/checks.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/verify/table.hpp"

#include <set>

namespace aesop {
inline namespace v0 {

AnalysisOptions analysis_options(const PlanRule& rule) {
  AnalysisOptions options;
  options.ports = &default_ports();
  for (const FieldDefinition* field : rule.inputs) {
    InputFacts& facts = options.inputs.emplace_back();
    if (!field) continue;
    facts.allowed = field->one_of;
    if (field->min) facts.least = *field->min;
    if (field->max) facts.most = *field->max;
  }
  return options;
}

namespace verifying {

// The loopholes of decision tables. What needs an input that is null, or changes no result, is left to those who ask for
// the analysis of one table.
void tables(const Plan& plan, Findings& findings) {
  std::set<const RuleDefinition*> seen;
  for (const PlanRule& rule : plan.rules()) {
    if (!rule.table || !seen.insert(rule.definition).second) continue;
    AnalysisOptions options = analysis_options(rule);
    options.boxes = 200'000;
    options.nulls = false;
    const TableAnalysis analysis = analyse(*rule.table, options);
    for (const TableFinding& finding : analysis.findings) {
      using Kind = TableFinding::Kind;
      if (finding.severity == Severity::note && (finding.kind == Kind::overlap || finding.kind == Kind::gap))
        continue;
      findings.add({std::string(slug(finding.kind)), finding.severity,
                    cat("rule \"", rule.name, "\": ", finding.message), finding.where, finding.help});
    }
    if (analysis.stopped)
      findings.note("table-analysis-stopped",
                    cat("rule \"", rule.name, "\": stopped at ", analysis.boxes,
                        " boxes: there may be more than was found"),
                    rule.table->model().where, "\"aesop table check\" looks further");
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
