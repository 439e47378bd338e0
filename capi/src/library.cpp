// What the library says of itself; texts and errors that it gave.
#include "guard.hpp"

#include "aesop/base/errors.hpp"
#include "aesop/version.hpp"

using namespace aesop;
using namespace aesop::capi;

static_assert(sizeof(aesop_status) == 4 && sizeof(aesop_verdict) == 4);
#define AESOP_ERROR(number, name, python, text) static_assert(static_cast<int>(ErrorCode::name) == number);
#include "aesop/base/errors.def"
#undef AESOP_ERROR

namespace {

/// What a getter that cannot fail gives of a handle: memory may be short, and a handle stale.
template <class T, class Handle, class Give, class Otherwise>
auto of(const Handle* handle, Give give, Otherwise otherwise) noexcept -> Otherwise {
  try {
    const auto found = get<T>(handle);
    if (found) return give(**found);
  } catch (...) {
  }
  return otherwise;
}

}  // namespace

extern "C" {

const char* aesop_version(void) { return version_text; }
uint32_t aesop_abi_version(void) { return AESOP_ABI_VERSION; }
size_t aesop_text_limit(void) { return text_limit; }

const char* aesop_status_name(aesop_status status) {
  if (status == AESOP_OK) return "ok";
  if (status == AESOP_REJECTED) return "rejected";
  const ErrorInfo* row = error_info(static_cast<ErrorCode>(status));
  return row != nullptr ? row->slug_text : "unknown";
}

const char* aesop_status_text(aesop_status status) {
  if (status == AESOP_OK) return "done";
  if (status == AESOP_REJECTED) return "the command was understood and refused";
  const ErrorInfo* row = error_info(static_cast<ErrorCode>(status));
  return row != nullptr ? row->text.data() : "not an error code of this version";
}

void aesop_open_options_init(aesop_open_options* options) {
  if (options != nullptr) *options = aesop_open_options AESOP_OPEN_OPTIONS_INIT;
}

void aesop_request_init(aesop_request* request) {
  if (request != nullptr) *request = aesop_request AESOP_REQUEST_INIT;
}

const char* aesop_text_data(const aesop_text* text) {
  return of<TextObject>(
      text, [](const TextObject& one) { return one.text.c_str(); }, static_cast<const char*>(nullptr));
}

size_t aesop_text_size(const aesop_text* text) {
  return of<TextObject>(
      text, [](const TextObject& one) { return one.text.size(); }, size_t{0});
}

void aesop_text_free(aesop_text* text) { take(token_of(text), Kind::text); }

aesop_status aesop_error_status(const aesop_error* error) {
  return of<ErrorObject>(
      error, [](const ErrorObject& one) { return static_cast<aesop_status>(one.error.code); }, AESOP_OK);
}

const char* aesop_error_message(const aesop_error* error) {
  return of<ErrorObject>(
      error, [](const ErrorObject& one) { return one.error.message.c_str(); }, static_cast<const char*>(""));
}

const char* aesop_error_help(const aesop_error* error) {
  return of<ErrorObject>(
      error, [](const ErrorObject& one) { return one.error.help.c_str(); }, static_cast<const char*>(""));
}

const char* aesop_error_json(const aesop_error* error) {
  return of<ErrorObject>(
      error, [](const ErrorObject& one) { return one.json.c_str(); }, static_cast<const char*>("{}"));
}

void aesop_error_free(aesop_error* error) { take(token_of(error), Kind::error); }

}  // extern "C"
