// Commands on tasks, services and approvals.
// `more` comes last in each: what is a parameter may not be said again in it.
#include "engine_object.hpp"

using namespace aesop;
using namespace aesop::capi;

extern "C" {

aesop_status aesop_engine_claim(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "claim",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_start_task(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                     aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "start_task",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_stop(aesop_engine* engine, const aesop_request* request, aesop_str task,
                               aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "stop",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_release(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                  aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "release",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_delegate(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                   aesop_str to, aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "delegate",
                 [&](Call& call) { call.request(request).maybe("task", task).text("to", to).more(more); });
}

aesop_status aesop_engine_forward(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                  aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "forward",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_suspend_task(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                       aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "suspend_task",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_resume_task(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                      aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "resume_task",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_tick(aesop_engine* engine, const aesop_request* request, aesop_str task,
                               aesop_str item, aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "tick", [&](Call& call) {
    call.request(request).maybe("task", task).text("item", item).more(more);
  });
}

aesop_status aesop_engine_untick(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                 aesop_str item, aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "untick", [&](Call& call) {
    call.request(request).maybe("task", task).text("item", item).more(more);
  });
}

aesop_status aesop_engine_attach_evidence(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                          aesop_str sha256, aesop_str media_type, aesop_str uri,
                                          aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "attach_evidence", [&](Call& call) {
    call.request(request)
        .maybe("task", task)
        .text("sha256", sha256)
        .text("media_type", media_type)
        .text("uri", uri)
        .more(more);
  });
}

aesop_status aesop_engine_attach_bytes(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                       aesop_str bytes, aesop_str media_type, aesop_str more,
                                       aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "attach_evidence", [&](Call& call) {
    call.request(request).maybe("task", task).bytes(bytes).text("media_type", media_type).more(more);
  });
}

aesop_status aesop_engine_save(aesop_engine* engine, const aesop_request* request, aesop_str task,
                               aesop_str form, aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "save", [&](Call& call) {
    call.request(request).maybe("task", task).json("form", form).more(more);
  });
}

aesop_status aesop_engine_complete_step(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                        aesop_str form, aesop_str more, aesop_text** out_answer,
                                        aesop_error** err) {
  return command(engine, out_answer, err, "complete", [&](Call& call) {
    call.request(request).maybe("task", task).json("form", form).more(more);
  });
}

aesop_status aesop_engine_fail(aesop_engine* engine, const aesop_request* request, aesop_str task,
                               aesop_str reason, aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "fail", [&](Call& call) {
    call.request(request).maybe("task", task).text("reason", reason).more(more);
  });
}

aesop_status aesop_engine_accept_review(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                        aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "accept_review",
                 [&](Call& call) { call.request(request).maybe("task", task).more(more); });
}

aesop_status aesop_engine_return_for_rework(aesop_engine* engine, const aesop_request* request,
                                            aesop_str task, aesop_str note, aesop_str more,
                                            aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "return_for_rework", [&](Call& call) {
    call.request(request).maybe("task", task).text("note", note).more(more);
  });
}

aesop_status aesop_engine_correct(aesop_engine* engine, const aesop_request* request, aesop_str step,
                                  aesop_str form, aesop_str reason, aesop_str more, aesop_text** out_answer,
                                  aesop_error** err) {
  return command(engine, out_answer, err, "correct", [&](Call& call) {
    call.request(request).text("step", step).json("form", form).text("reason", reason).more(more);
  });
}

aesop_status aesop_engine_complete_service(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                           aesop_str result, aesop_str more, aesop_text** out_answer,
                                           aesop_error** err) {
  return command(engine, out_answer, err, "complete_service", [&](Call& call) {
    call.request(request).maybe("task", task).json("result", result).more(more);
  });
}

aesop_status aesop_engine_fail_service(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                       aesop_str error, aesop_str more, aesop_text** out_answer,
                                       aesop_error** err) {
  return command(engine, out_answer, err, "fail_service", [&](Call& call) {
    call.request(request).maybe("task", task).text("error", error).more(more);
  });
}

aesop_status aesop_engine_decide_approval(aesop_engine* engine, const aesop_request* request, aesop_str task,
                                          aesop_str decision, aesop_str more, aesop_text** out_answer,
                                          aesop_error** err) {
  return command(engine, out_answer, err, "decide_approval", [&](Call& call) {
    call.request(request).maybe("task", task).text("decision", decision).more(more);
  });
}

}  // extern "C"
