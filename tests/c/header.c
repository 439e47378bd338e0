/* The header alone, as C99; header.cpp is the same as C++20. Its version is that of the library that is there. */
#include "aesop.h"
#include "check.h"

int main(void) {
  const aesop_open_options options = AESOP_OPEN_OPTIONS_INIT;
  const aesop_request request = AESOP_REQUEST_INIT;
  CHECK(options.size == sizeof options && request.size == sizeof request);
  CHECK(aesop_abi_version() == AESOP_ABI_VERSION);
  CHECK(sizeof(aesop_status) == 4 && sizeof(aesop_verdict) == 4);
  CHECK(strcmp(aesop_status_name(AESOP_E_FORKED), "forked") == 0);
  CHECK(strcmp(aesop_status_name((aesop_status)4242), "unknown") == 0);
  CHECK(aesop_status_text(AESOP_STATUS_MAX)[0] != '\0');
  CHECK(AESOP_STR("ab").size == 2 && AESOP_NONE.data == NULL && AESOP_NONE.size == 0);
  return report();
}
