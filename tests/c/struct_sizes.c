/* Structs of other versions: an older one is served, a newer one as long as it asks for nothing that is unknown here. */
#include "support.h"

/* As a newer header would have them. */
typedef struct newer_request {
  aesop_request known;
  uint64_t unknown[2];
} newer_request;
typedef struct newer_options {
  aesop_open_options known;
  uint32_t unknown[3];
} newer_options;

static aesop_status start_with(aesop_engine* engine, const newer_request* request, const char* run,
                               aesop_error** err) {
  return aesop_engine_start(engine, &request->known, AESOP_STR("tour"), AESOP_STR(run), AESOP_NONE, NULL,
                            err);
}

int main(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  newer_request request;
  newer_options options;
  memset(&request, 0, sizeof request);
  request.known = request_of("c1", ANN, "r1");
  request.known.size = (uint32_t)sizeof request;
  CHECK_STATUS(AESOP_OK, start_with(engine, &request, "r1", &err));
  request.known.command_id = AESOP_STR("c2");
  request.known.run = AESOP_STR("r2");
  request.unknown[1] = 1;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, start_with(engine, &request, "r2", &err));
  request.known.size = (uint32_t)sizeof request.known; /* what is beyond the size is not looked at */
  CHECK_STATUS(AESOP_OK, start_with(engine, &request, "r2", &err));
  request.known.command_id = AESOP_STR("c3");
  request.known.size = 0;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, start_with(engine, &request, "r3", &err));
  request.known.size = (uint32_t)sizeof request.known - 8;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, start_with(engine, &request, "r3", &err));
  aesop_engine_close(engine);

  memset(&options, 0, sizeof options);
  aesop_open_options_init(&options.known);
  options.known.size = (uint32_t)sizeof options;
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(":memory:"), &options.known, &engine, &err));
  aesop_engine_close(engine);
  options.unknown[2] = 1;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_engine_open(AESOP_STR(":memory:"), &options.known, &engine, &err));
  return report();
}
