// FEEL's comparison, equality, printing and types.
#include "aesop/value/compare.hpp"

#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/print.hpp"
#include "aesop/value/type.hpp"

#include <optional>
#include <string>

using namespace aesop;

namespace {

// A value from a short text: JSON, or a FEEL date, time or duration after "@".
Value value(std::string_view text) {
  if (text.starts_with('@')) {
    text.remove_prefix(1);
    if (const auto v = parse_date(text)) return Value::date(*v);
    if (const auto v = parse_time(text)) return Value::time(*v);
    if (const auto v = parse_date_time(text)) return Value::date_time(*v);
    if (const auto v = parse_days_duration(text)) return Value::days_duration(*v);
    if (const auto v = parse_months_duration(text)) return Value::months_duration(*v);
    FAIL("no such literal: " << text);
  }
  return read_json(text).value();
}

std::string shown(std::optional<bool> answer) { return answer ? *answer ? "true" : "false" : "null"; }
std::string shown(std::optional<int> order) { return order ? std::to_string(*order) : "null"; }

// Zones of the test's own, so that the core's tests need no data: Paris is +1 in winter and +2 from April to October.
class TestZones final : public ZonePort {
 public:
  std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t utc) const override {
    if (zone == "Europe/Paris") {
      const int month = civil_from_days(detail::floor_div(utc, 86400)).month;
      return month >= 4 && month <= 10 ? 7200 : 3600;
    }
    if (zone == "Asia/Dhaka") return 6 * 3600;
    return fixed_zones().offset_at(zone, utc);
  }
  std::string data_version() const override { return "test"; }
};
const TestZones zones;

}  // namespace

TEST_CASE("compare: equality of DMN 1.5, with null where kinds differ", "[value]") {
  struct Case {
    const char* a;
    const char* b;
    const char* answer;
  };
  const Case cases[] = {{"null", "null", "true"},
                        {"null", "0", "false"},
                        {"[]", "null", "false"},
                        {"[]", "0", "null"},
                        {"1", "1.00", "true"},
                        {"1", "\"1\"", "null"},
                        {"true", "true", "true"},
                        {"true", "1", "null"},
                        {"\"a\"", "\"a\"", "true"},
                        {"[1,2,3]", "[1,2,3]", "true"},
                        {"[1,2,3]", "[3,2,1]", "false"},
                        {"[1]", "[1,1]", "false"},
                        {"[1]", "[\"1\"]", "null"},
                        {"[1,2]", "[\"1\",3]", "false"},
                        {"[100]", "100", "null"},
                        {"{}", "{}", "true"},
                        {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "true"},
                        {"{\"a\":1}", "{\"b\":1}", "false"},
                        {"{}", "[]", "null"},
                        {"@10:30:00", "@10:30:00.0000", "true"},
                        {"@10:30:00.0001", "@10:30:00.0002", "true"},
                        {"@10:30:00@Europe/Paris", "@10:30:00@Europe/Paris", "true"},
                        {"@10:30:00@Europe/Paris", "@10:30:00", "false"},
                        {"@10:30:00@Europe/Paris", "@10:30:00@Asia/Dhaka", "false"},
                        {"@10:30:00+02:00", "@10:30:00@Europe/Paris", "false"},
                        {"@10:30:00+02:00", "@09:30:00+01:00", "true"},
                        {"@10:30:00Z", "@10:30:00+00:00", "true"},
                        {"@10:30:00", "100", "null"},
                        {"@2018-12-08T00:00:00.0001", "@2018-12-08T00:00:00", "true"},
                        {"@2018-12-08T00:00:00", "@2018-12-08T00:00:00@Asia/Dhaka", "false"},
                        {"@2018-10-08T00:00:00+02:00", "@2018-10-08T00:00:00@Europe/Paris", "true"},
                        {"@2018-02-08T00:00:00+01:00", "@2018-02-08T00:00:00@Europe/Paris", "true"},
                        {"@2018-12-08T00:00:00+00:00", "@2018-12-08T00:00:00@Etc/UTC", "true"},
                        {"@2018-12-08T00:00:00@No/Where", "@2018-12-08T00:00:00Z", "null"},
                        {"@P1D", "@PT24H", "true"},
                        {"@P1Y", "@P12M", "true"},
                        {"@P0D", "@P0Y", "true"},
                        {"@P1Y", "@P365D", "null"},
                        {"@P0D", "0", "null"},
                        {"@2018-12-08", "@2018-12-08T00:00:00", "true"},
                        {"@2018-12-08", "@2018-12-08T00:00:00Z", "true"},
                        {"@2018-12-08", "@10:00:00", "null"}};
  for (const Case& c : cases) {
    CAPTURE(c.a, c.b);
    CHECK(shown(equal(value(c.a), value(c.b), &zones)) == c.answer);
    CHECK(shown(equal(value(c.b), value(c.a), &zones)) == c.answer);
  }
  CHECK(shown(equal(Value::erased(), Value(), nullptr)) == "true");
  CHECK(shown(equal(value("@10:30:00@Europe/Paris"), value("@10:30:00Z"), nullptr)) == "null");
}

TEST_CASE("compare: ranges are equal when bounds, closedness and spelling are", "[value]") {
  const auto range = [](int low, int high, bool low_closed, bool high_closed) {
    return Value::range({Value::number(low), Value::number(high), low_closed, high_closed});
  };
  CHECK(shown(equal(range(1, 10, true, true), range(1, 10, true, true), nullptr)) == "true");
  CHECK(shown(equal(range(1, 10, true, true), range(1, 10, false, true), nullptr)) == "false");
  CHECK(shown(equal(range(1, 10, true, true), range(1, 9, true, true), nullptr)) == "false");
  const Value at_ten = Value::range({Value::number(10), Value::number(10), true, true, true});
  CHECK(shown(equal(at_ten, range(10, 10, true, true), nullptr)) == "false");
  const Value below_ten = Value::range({Value(), Value::number(10), false, false, true});
  CHECK(shown(equal(below_ten, Value::range({Value(), Value::number(10), false, false, false}), nullptr)) ==
        "false");
  CHECK(to_string(at_ten) == "(= 10)");
  CHECK(to_string(below_ten) == "(< 10)");
  CHECK(to_string(range(1, 3, true, false)) == "[1..3)");
}

TEST_CASE("compare: order within a kind, none across", "[value]") {
  struct Case {
    const char* a;
    const char* b;
    const char* order;
  };
  const Case cases[] = {{"1", "2", "-1"},
                        {"2.0", "2", "0"},
                        {"\"a\"", "\"b\"", "-1"},
                        {"\"\xF0\x9F\xA6\xB7\"", "\"\xEF\xBF\xBD\"", "1"},
                        {"@2026-03-02", "@2026-03-03", "-1"},
                        {"@10:30:00.0001", "@10:30:00.0002", "-1"},
                        {"@10:30:00", "@10:30:00Z", "0"},
                        {"@10:30:00+02:00", "@10:30:00+01:00", "-1"},
                        {"@2026-03-02T10:00:00+02:00", "@2026-03-02T09:00:00Z", "-1"},
                        {"@2026-03-02", "@2026-03-02T00:00:01", "-1"},
                        {"@P1D", "@PT25H", "-1"},
                        {"@P1Y", "@P13M", "-1"},
                        {"@P1Y", "@P365D", "null"},
                        {"null", "null", "null"},
                        {"true", "false", "null"},
                        {"[1]", "[2]", "null"},
                        {"1", "\"1\"", "null"}};
  for (const Case& c : cases) {
    CAPTURE(c.a, c.b);
    const auto order = compare(value(c.a), value(c.b), &zones);
    CHECK(shown(order) == c.order);
    const auto back = compare(value(c.b), value(c.a), &zones);
    CHECK(back.has_value() == order.has_value());
    if (order && back) CHECK(*back == -*order);
  }
}

TEST_CASE("print: what FEEL's string() gives, and literals", "[value]") {
  CHECK(to_string(value("\"a \\\"q\\\"\"")) == "a \"q\"");
  CHECK(to_string(value("[1.50,\"a\",null,{\"k k\":true}]")) == "[1.5, \"a\", null, {\"k k\": true}]");
  CHECK(to_string(value("@2026-03-02T10:00:00@Europe/Paris")) == "2026-03-02T10:00:00@Europe/Paris");
  CHECK(to_string(value("@PT36H")) == "P1DT12H");
  CHECK(to_literal(value("@PT36H")) == "@\"P1DT12H\"");
  CHECK(to_literal(value("\"a\\n\"")) == "\"a\\n\"");
  CHECK(to_literal(value("[1,{\"a\":\"b\"}]")) == "[1, {a: \"b\"}]");
  CHECK(to_string(Value::erased()) == "null");
}

TEST_CASE("types: parsed, printed and compared", "[value]") {
  for (const char* text :
       {"Any", "number", "string", "boolean", "date", "time", "date and time", "days and time duration",
        "years and months duration", "list<number>", "list<list<string>>", "range<date and time>", "context",
        "context<a: number, b c: list<string>>", "function<number, string>->boolean", "function<>->Any",
        "function", "Null"}) {
    CAPTURE(text);
    const auto type = parse_type(text);
    REQUIRE(type.ok());
    CHECK(to_string(*type) == text);
    CHECK(parse_type(to_string(*type)).value() == *type);
  }
  CHECK(to_string(parse_type("decimal").value()) == "number");
  CHECK(to_string(parse_type("duration").value()) == "days and time duration");
  CHECK(to_string(parse_type(" list < date  and time > ").value()) == "list<date and time>");
  for (const char* text : {"", "numbr", "list<", "list<number", "list<number>>", "context<a>", "context<a:>",
                           "function<number>", "number string"}) {
    CAPTURE(text);
    CHECK(parse_type(text).error().code == ErrorCode::schema_error);
  }
  CHECK(parse_type("numbr").error().help == "did you mean \"number\"?");
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "list<";
  CHECK_FALSE(parse_type(deep).ok());
}

TEST_CASE("types: what conforms, and what one type promises of another", "[value]") {
  const auto type = [](std::string_view text) { return parse_type(text).value(); };
  CHECK(conforms(value("[1,2]"), type("list<number>")));
  CHECK_FALSE(conforms(value("[1,\"a\"]"), type("list<number>")));
  CHECK(conforms(value("null"), type("date")));
  CHECK(conforms(value("{\"a\":1,\"b\":2}"), type("context<a: number>")));
  CHECK_FALSE(conforms(value("{\"b\":2}"), type("context<a: number>")));
  CHECK(conforms(type_of(value("[1,2]")), type("list<number>")));
  CHECK(conforms(type("context<a: number, b: string>"), type("context<a: number>")));
  CHECK_FALSE(conforms(type("context<a: number>"), type("context<a: number, b: string>")));
  CHECK(conforms(type("Null"), type("date")));
  CHECK(conforms(type("function<Any>->number"), type("function<number>->number")));
  CHECK_FALSE(conforms(type("function<number>->number"), type("function<Any>->number")));
  CHECK(to_string(type_of(value("[1,\"a\"]"))) == "list<Any>");
  CHECK(to_string(type_of(value("{\"a\":[1]}"))) == "context<a: list<number>>");
}

TEST_CASE("types: conversion at borders, null where none fits", "[value]") {
  const auto type = [](std::string_view text) { return parse_type(text).value(); };
  const auto converted = [&](const char* from, const char* to) {
    const auto out = coerce(value(from), type(to));
    return out ? to_literal(*out) : std::string("none");
  };
  CHECK(converted("[1]", "number") == "1");
  CHECK(converted("[1,2]", "number") == "none");
  CHECK(converted("1", "list<number>") == "[1]");
  CHECK(converted("\"1\"", "list<number>") == "none");
  CHECK(converted("@2026-03-02", "date and time") == "@\"2026-03-02T00:00:00Z\"");
  CHECK(converted("\"2026-03-02\"", "date") == "none");
  const auto text = [&](const char* from, const char* to) {
    const auto out = coerce_text(value(from), type(to));
    return out ? to_literal(*out) : std::string("none");
  };
  CHECK(text("\"2026-03-02\"", "date") == "@\"2026-03-02\"");
  CHECK(text("\"2026-03-02\"", "date and time") == "@\"2026-03-02T00:00:00Z\"");
  CHECK(text("\"2026-03-02T10:00:00Z\"", "date and time") == "@\"2026-03-02T10:00:00Z\"");
  CHECK(text("\"10:00:00\"", "time") == "@\"10:00:00\"");
  CHECK(text("\"PT2H\"", "duration") == "@\"PT2H\"");
  CHECK(text("\"P2M\"", "years and months duration") == "@\"P2M\"");
  CHECK(text("\"soon\"", "date") == "none");
  CHECK(text("5", "date") == "none");
  CHECK(text("[\"2026-03-02\"]", "list<date>") == "[@\"2026-03-02\"]");
  CHECK(text("\"2026-03-02\"", "list<date>") == "[@\"2026-03-02\"]");
  CHECK(text("{\"d\":\"2026-03-02\",\"x\":1}", "context<d: date, e: number>") ==
        "{d: @\"2026-03-02\", x: 1, e: null}");
  CHECK(text("{\"d\":\"no\"}", "context<d: date>") == "none");
  CHECK(text("null", "date") == "null");
}
