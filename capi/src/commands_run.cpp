// Commands on runs, exceptions, handoffs, incidents, time, feeds and effects.
// `more` comes last in each: what is a parameter may not be said again in it.
#include "engine_object.hpp"

using namespace aesop;
using namespace aesop::capi;

extern "C" {

aesop_status aesop_engine_start(aesop_engine* engine, const aesop_request* request, aesop_str sop,
                                aesop_str subject, aesop_str more, aesop_text** out_answer,
                                aesop_error** err) {
  return command(engine, out_answer, err, "start", [&](Call& call) {
    call.request(request).text("sop", sop).text("subject", subject).more(more);
  });
}

aesop_status aesop_engine_record_event(aesop_engine* engine, const aesop_request* request, aesop_str event,
                                       aesop_str payload, aesop_str more, aesop_text** out_answer,
                                       aesop_error** err) {
  return command(engine, out_answer, err, "record_event", [&](Call& call) {
    call.request(request).text("event", event).json("payload", payload).more(more);
  });
}

aesop_status aesop_engine_suspend(aesop_engine* engine, const aesop_request* request, aesop_str reason,
                                  aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "suspend",
                 [&](Call& call) { call.request(request).text("reason", reason); });
}

aesop_status aesop_engine_resume(aesop_engine* engine, const aesop_request* request, aesop_text** out_answer,
                                 aesop_error** err) {
  return command(engine, out_answer, err, "resume", [&](Call& call) { call.request(request); });
}

aesop_status aesop_engine_cancel(aesop_engine* engine, const aesop_request* request, aesop_str reason,
                                 aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "cancel",
                 [&](Call& call) { call.request(request).text("reason", reason); });
}

aesop_status aesop_engine_request_exception(aesop_engine* engine, const aesop_request* request,
                                            aesop_str policy, aesop_str more, aesop_text** out_answer,
                                            aesop_error** err) {
  return command(engine, out_answer, err, "request_exception",
                 [&](Call& call) { call.request(request).text("policy", policy).more(more); });
}

aesop_status aesop_engine_decide_exception(aesop_engine* engine, const aesop_request* request,
                                           aesop_str exception, aesop_str decision, aesop_str more,
                                           aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "decide_exception", [&](Call& call) {
    call.request(request).text("exception", exception).text("decision", decision).more(more);
  });
}

aesop_status aesop_engine_skip(aesop_engine* engine, const aesop_request* request, aesop_str exception,
                               aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "skip",
                 [&](Call& call) { call.request(request).text("exception", exception).more(more); });
}

aesop_status aesop_engine_extend(aesop_engine* engine, const aesop_request* request, aesop_str exception,
                                 aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "extend",
                 [&](Call& call) { call.request(request).text("exception", exception).more(more); });
}

aesop_status aesop_engine_invoke_emergency(aesop_engine* engine, const aesop_request* request,
                                           aesop_str policy, aesop_str reason, aesop_str more,
                                           aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "invoke_emergency", [&](Call& call) {
    call.request(request).text("policy", policy).text("reason", reason).more(more);
  });
}

aesop_status aesop_engine_review_emergency(aesop_engine* engine, const aesop_request* request,
                                           aesop_str exception, aesop_str verdict, aesop_str more,
                                           aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "review_emergency", [&](Call& call) {
    call.request(request).text("exception", exception).text("verdict", verdict).more(more);
  });
}

aesop_status aesop_engine_acknowledge_handoff(aesop_engine* engine, const aesop_request* request,
                                              aesop_str handoff, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "acknowledge_handoff",
                 [&](Call& call) { call.request(request).text("handoff", handoff); });
}

aesop_status aesop_engine_retry_incident(aesop_engine* engine, const aesop_request* request,
                                         aesop_str incident, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "retry_incident",
                 [&](Call& call) { call.request(request).text("incident", incident); });
}

aesop_status aesop_engine_resolve_incident(aesop_engine* engine, const aesop_request* request,
                                           aesop_str incident, aesop_str reason, aesop_str more,
                                           aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "resolve_incident", [&](Call& call) {
    call.request(request).text("incident", incident).text("reason", reason).more(more);
  });
}

aesop_status aesop_engine_end_incident(aesop_engine* engine, const aesop_request* request, aesop_str incident,
                                       aesop_str reason, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "end_incident", [&](Call& call) {
    call.request(request).text("incident", incident).text("reason", reason);
  });
}

aesop_status aesop_engine_advance(aesop_engine* engine, int64_t to, uint32_t limit, aesop_text** out_answer,
                                  aesop_error** err) {
  return command(engine, out_answer, err, "advance", [&](Call& call) {
    call.time("to", to).value("limit", Value::number(std::int64_t{limit == 0 ? 1000 : limit}));
  });
}

aesop_status aesop_engine_ingest(aesop_engine* engine, const aesop_request* request, aesop_str feed,
                                 aesop_str cursor, aesop_str events, aesop_str more, aesop_text** out_answer,
                                 aesop_error** err) {
  return command(engine, out_answer, err, "ingest", [&](Call& call) {
    call.request(request).text("feed", feed).text("cursor", cursor).json("events", events).more(more);
  });
}

aesop_status aesop_engine_poll_outbox(aesop_engine* engine, int64_t at, uint32_t lease_seconds,
                                      uint32_t limit, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "outbox", [&](Call& call) {
    call.time("at", at);
    if (lease_seconds != 0) call.value("lease", Value::number(std::int64_t{lease_seconds}));
    call.value("limit", Value::number(std::int64_t{limit == 0 ? 100 : limit}));
  });
}

aesop_status aesop_engine_ack(aesop_engine* engine, const aesop_request* request, aesop_str effect,
                              aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "ack", [&](Call& call) {
    call.request(request).text("effect", effect).value("ok", Value::boolean(true)).more(more);
  });
}

aesop_status aesop_engine_fail_effect(aesop_engine* engine, const aesop_request* request, aesop_str effect,
                                      aesop_str error, aesop_str more, aesop_text** out_answer,
                                      aesop_error** err) {
  return command(engine, out_answer, err, "ack", [&](Call& call) {
    call.request(request).text("effect", effect).text("error", error).more(more);
  });
}

}  // extern "C"
