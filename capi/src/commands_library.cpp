// Commands on the library and the people, and on gates that were asked.
// `more` comes last in each: what is a parameter may not be said again in it.
#include "engine_object.hpp"

using namespace aesop;
using namespace aesop::capi;

extern "C" {

aesop_status aesop_engine_publish(aesop_engine* engine, const aesop_request* request, aesop_str sop_text,
                                  aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "publish",
                 [&](Call& call) { call.request(request).text("text", sop_text); });
}

aesop_status aesop_engine_put_person(aesop_engine* engine, const aesop_request* request, aesop_str person,
                                     aesop_str grants, aesop_str more, aesop_text** out_answer,
                                     aesop_error** err) {
  return command(engine, out_answer, err, "put_person", [&](Call& call) {
    call.request(request).text("person", person).json("grants", grants).more(more);
  });
}

aesop_status aesop_engine_remove_person(aesop_engine* engine, const aesop_request* request, aesop_str person,
                                        aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "remove_person",
                 [&](Call& call) { call.request(request).text("person", person); });
}

aesop_status aesop_engine_set_parameter(aesop_engine* engine, const aesop_request* request, aesop_str name,
                                        aesop_str value, aesop_str more, aesop_text** out_answer,
                                        aesop_error** err) {
  return command(engine, out_answer, err, "set_parameter", [&](Call& call) {
    call.request(request).text("name", name).json("value", value).more(more);
  });
}

aesop_status aesop_engine_put_calendar(aesop_engine* engine, const aesop_request* request, aesop_str name,
                                       aesop_str calendar, aesop_str more, aesop_text** out_answer,
                                       aesop_error** err) {
  return command(engine, out_answer, err, "put_calendar", [&](Call& call) {
    call.request(request).text("name", name).json("calendar", calendar).more(more);
  });
}

aesop_status aesop_engine_erase(aesop_engine* engine, const aesop_request* request, aesop_str reason,
                                aesop_str more, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "erase",
                 [&](Call& call) { call.request(request).text("reason", reason).more(more); });
}

aesop_status aesop_engine_record_gate(aesop_engine* engine, const aesop_request* request, aesop_str report,
                                      aesop_str subject, aesop_text** out_answer, aesop_error** err) {
  return command(engine, out_answer, err, "record_gate", [&](Call& call) {
    call.request(request).json("receipt", report).maybe("subject", subject);
  });
}

}  // extern "C"
