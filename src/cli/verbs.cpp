// The list of the verbs. To add one: a file of its own that defines it, a line here, an entry in docs/cli.md.
#include "cli/verb.hpp"

namespace aesop::cli {

extern const Verb check_verb, show_verb, checklist_verb, fmt_verb, test_verb, feel_verb, table_check_verb,
    table_explain_verb, dmn_eval_verb, dmn_export_verb, dmn_services_verb, dmn_test_verb, gate_verb,
    explain_verb, init_verb, publish_verb, start_verb, tasks_verb, do_verb, advance_verb, runs_verb, why_verb,
    events_verb, outbox_verb, kpis_verb, report_verb, audit_verify_verb, audit_rebuild_verb, exec_verb,
    completion_verb;

const std::vector<const Verb*>& verbs() {
  static const std::vector<const Verb*> all = {
      &check_verb,        &show_verb,         &checklist_verb,     &fmt_verb,      &test_verb,
      &feel_verb,         &table_check_verb,  &table_explain_verb, &dmn_eval_verb, &dmn_export_verb,
      &dmn_services_verb, &dmn_test_verb,     &gate_verb,          &explain_verb,  &init_verb,
      &publish_verb,      &start_verb,        &tasks_verb,         &do_verb,       &advance_verb,
      &runs_verb,         &why_verb,          &events_verb,        &outbox_verb,   &kpis_verb,
      &report_verb,       &audit_verify_verb, &audit_rebuild_verb, &exec_verb,     &completion_verb,
  };
  return all;
}

}  // namespace aesop::cli
