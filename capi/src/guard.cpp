// Errors out, parameters in.
#include "guard.hpp"

#include "aesop/base/text.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/print.hpp"

namespace aesop::capi {
namespace {

/// A text that holds a whole SOP, or evidence, is one string of a command; the limits within are the engine's.
constexpr JsonLimits limits = {text_limit, 64, 100'000, text_limit, 128, 1'000'000};

std::string json_of(const Error& error, const Value& findings) {
  std::vector<Entry> entries = {{"code", Value::string(slug(error.code))}};
  if (!findings.is_null()) entries.emplace_back("findings", findings);
  if (!error.help.empty()) entries.emplace_back("help", Value::string(error.help));
  entries.emplace_back("message", Value::string(error.message));
  return write_json(Value::context(std::move(entries))).value_or("{}");
}

}  // namespace

aesop_status fail(aesop_error** err, Error error, const Value& findings) noexcept {
  const auto status = static_cast<aesop_status>(error.code);
  if (err == nullptr) return status;
  try {
    if (error.message.empty()) error.message = describe(error.code);
    std::string json = json_of(error, findings);
    *err = handle_of<aesop_error>(std::make_shared<ErrorObject>(std::move(error), std::move(json)));
  } catch (...) {
    *err = nullptr;  // the status is the truth
  }
  return status;
}

Result<std::string_view> bytes_in(aesop_str str, std::string_view what) {
  if (str.data == nullptr && str.size != 0)
    return Error{ErrorCode::invalid_argument, cat(what, " is NULL and has a size")};
  if (str.size > text_limit)
    return Error{ErrorCode::limit_exceeded,
                 cat(what, " has more than ", text_limit, " bytes (aesop_text_limit)")};
  return str.data == nullptr ? std::string_view() : std::string_view(str.data, str.size);
}

Result<std::string_view> text_in(aesop_str str, std::string_view what) {
  auto bytes = bytes_in(str, what);
  if (!bytes) return bytes;
  if (const auto bad = find_bad_utf8(*bytes))
    return Error{ErrorCode::bad_utf8, cat(what, " is not valid UTF-8 at byte ", *bad)};
  return bytes;
}

Result<std::string_view> some_text_in(aesop_str str, std::string_view what) {
  auto text = text_in(str, what);
  if (text && text->empty()) return Error{ErrorCode::invalid_argument, cat(what, " is empty")};
  return text;
}

Result<Value> json_in(aesop_str str, std::string_view what) {
  auto text = text_in(str, what);
  if (!text) return text.take_error();
  if (trim(*text).empty()) return Value();
  auto value = read_json(*text, limits);
  if (value) return value;
  Error error = value.take_error();
  const Position at = SourceText(std::string(what), std::string(*text)).position(error.where.begin);
  error.message = cat(what, ", line ", at.line, ", column ", at.column, ": ", error.message);
  return error;
}

Result<Value> object_in(aesop_str str, std::string_view what) {
  auto value = json_in(str, what);
  if (value && !value->is_null() && !value->is_context())
    return Error{ErrorCode::schema_error, cat(what, " must be a JSON object")};
  return value;
}

Result<std::vector<std::string>> texts_in(aesop_str str, std::string_view what) {
  auto value = json_in(str, what);
  if (!value) return value.take_error();
  std::vector<std::string> texts;
  if (value->is_null()) return texts;
  bool fits = value->is_list();
  if (fits)
    for (const Value& item : value->items()) {
      fits = fits && item.is_string();
      if (fits) texts.emplace_back(item.as_string());
    }
  if (!fits) return Error{ErrorCode::schema_error, cat(what, " must be a JSON list of texts")};
  return texts;
}

Result<Instant> time_in(std::int64_t time, std::string_view what) {
  if (time == AESOP_NO_TIME)
    return Error{ErrorCode::invalid_argument, cat(what, " is not given"),
                 "say what now is: microseconds since 1970, UTC"};
  constexpr std::int64_t first = -62'135'596'800'000'000, last = 253'402'300'799'999'999;
  if (time < first || time > last)
    return Error{ErrorCode::invalid_argument, cat(what, " is no time of the years 1 to 9999"),
                 "times are microseconds since 1970, UTC"};
  return Instant{time};
}

void give(aesop_text** out, std::string text) {
  if (out != nullptr) *out = handle_of<aesop_text>(std::make_shared<TextObject>(std::move(text)));
}

std::string json_out(const Value& value) {
  auto text = write_json(value);
  if (text) return text.take();
  return write_json(Value::string(to_string(value))).value_or("null");
}

}  // namespace aesop::capi
