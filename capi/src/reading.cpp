// Reading.
#include "answers.hpp"
#include "engine_object.hpp"

using namespace aesop;
using namespace aesop::capi;

extern "C" {

aesop_status aesop_engine_worklist(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                                   aesop_error** err) {
  return command(engine, out_answer, err, "tasks", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_run(aesop_engine* engine, aesop_str run, aesop_text** out_answer,
                              aesop_error** err) {
  return command(engine, out_answer, err, "run", [&](Call& call) { call.text("run", run); });
}

aesop_status aesop_engine_runs(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                               aesop_error** err) {
  return command(engine, out_answer, err, "runs", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_events(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                                 aesop_error** err) {
  return command(engine, out_answer, err, "events", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_why(aesop_engine* engine, aesop_str run, aesop_str step, int64_t at,
                              aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "why",
                 [&](Call& call) { call.text("run", run).maybe("step", step).time("at", at); });
}

aesop_status aesop_engine_timers(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                                 aesop_error** err) {
  return command(engine, out_answer, err, "timers", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_people(aesop_engine* engine, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "people", [&](Call& call) { static_cast<void>(call); });
}

aesop_status aesop_engine_parameters(aesop_engine* engine, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "parameters", [&](Call& call) { static_cast<void>(call); });
}

aesop_status aesop_engine_sops(aesop_engine* engine, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "sops", [&](Call& call) { static_cast<void>(call); });
}

aesop_status aesop_engine_sop(aesop_engine* engine, aesop_str sop, aesop_str version, aesop_text** out_answer,
                              aesop_error** err) {
  return command(engine, out_answer, err, "sop",
                 [&](Call& call) { call.text("sop", sop).maybe("version", version); });
}

aesop_status aesop_engine_feeds(aesop_engine* engine, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "feeds", [&](Call& call) { static_cast<void>(call); });
}

aesop_status aesop_engine_kpis(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                               aesop_error** err) {
  return command(engine, out_answer, err, "kpis", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_counts(aesop_engine* engine, aesop_str moment, aesop_str field, aesop_str filter,
                                 aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "counts", [&](Call& call) {
    call.text("moment", moment).text("field", field).more(filter, "filter");
  });
}

aesop_status aesop_engine_escalations(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                                      aesop_error** err) {
  return command(engine, out_answer, err, "escalations", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_exceptions(aesop_engine* engine, aesop_str filter, aesop_text** out_answer,
                                     aesop_error** err) {
  return command(engine, out_answer, err, "exceptions", [&](Call& call) { call.more(filter, "filter"); });
}

aesop_status aesop_engine_verify_log(aesop_engine* engine, aesop_str options, aesop_text** out_answer,
                                     aesop_error** err) {
  return command(engine, out_answer, err, "verify", [&](Call& call) { call.more(options, "options"); });
}

aesop_status aesop_engine_evaluate(aesop_engine* engine, aesop_str feel, aesop_str context, int64_t at,
                                   aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "evaluate",
                 [&](Call& call) { call.text("feel", feel).json("context", context).time("at", at); });
}

aesop_status aesop_engine_check_gate(aesop_engine* engine, aesop_str sop, aesop_str gate, aesop_str facts,
                                     int64_t at, aesop_str more, aesop_verdict* out_verdict,
                                     aesop_text** out_report, aesop_error** err) {
  if (out_verdict != nullptr) *out_verdict = AESOP_VERDICT_NONE;
  if (out_report != nullptr) *out_report = nullptr;
  return guard(err, [&]() -> Outcome {
    Call call("gate");
    call.text("sop", sop).maybe("gate", gate).json("facts", facts).time("at", at).more(more);
    aesop_verdict verdict = AESOP_VERDICT_NONE;
    Outcome outcome = call.run(engine, out_report, [&](const Value& report) {
      verdict = verdict_of(report.get("verdict").as_string());
    });
    if (out_verdict != nullptr) *out_verdict = verdict;  // after all that can fail
    return outcome;
  });
}

}  // extern "C"
