// Fuzz target: no text crashes the readers of JSON, calendars, spans, dates or types; what is read is written canonically
// and reads back as itself; the tree and the value agree.
#include "aesop/calendar/span.hpp"
#include "aesop/model/calendar_text.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/type.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace aesop;
  const auto demand = [](bool held) {
    if (!held) std::abort();
  };
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const JsonStyle style : {JsonStyle::strict, JsonStyle::commented}) {
    const auto value = read_json(text, {}, style);
    const auto tree = read_json_tree(text, {}, style);
    demand(value.ok() == tree.ok());
    if (!value) {
      demand(value.error().code == tree.error().code && value.error().where == tree.error().where);
      demand(value.error().where.end <= size);
      SourceText("f", std::string(text)).render(value.error().where, "code", "error", value.error().message);
      continue;
    }
    demand(equal_strict(*value, to_value(*tree)));
    const auto canonical = write_json(*value);
    demand(canonical.ok());
    const auto again =
        read_json(*canonical, JsonLimits{.document_bytes = SIZE_MAX, .string_bytes = SIZE_MAX});
    demand(again.ok() && equal_strict(*again, *value) && *write_json(*again) == *canonical);
    Findings findings;
    const auto calendar = read_calendar(*tree, findings);
    demand((calendar == nullptr) == findings.has_errors());
    if (calendar) demand(parse_calendar(to_value(*calendar)).value() == *calendar);
  }
  if (const auto span = parse_span(text); span && span->amount >= 0)
    demand(parse_span(to_string(*span)).value() == *span);
  if (const auto type = parse_type(text)) demand(parse_type(to_string(*type)).value() == *type);
  if (const auto v = parse_date_time(text)) demand(parse_date_time(to_string(*v)) == v);
  if (const auto v = parse_days_duration(text)) demand(parse_days_duration(to_string(*v)) == v);
  if (const auto v = Decimal::parse(text)) demand(*Decimal::parse(v->to_string()) == *v);
  return 0;
}
