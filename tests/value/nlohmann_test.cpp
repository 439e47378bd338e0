// Values to and from nlohmann::json.
#include "catch.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/json.hpp"

#include <limits>
#include <string>

using namespace aesop;

TEST_CASE("nlohmann: values pass both ways", "[value]") {
  for (const char* text : {"null", "true", "0", "-9223372036854775808", "0.1", "1500.25", "\"h\xC3\xA9\"",
                           "[1,[2,{\"a\":null}]]", "{\"a\":{},\"b\":[]}"}) {
    CAPTURE(text);
    const Value value = read_json(text).value();
    const nlohmann::json json = value;
    CHECK(write_json(json.get<Value>()).value() == text);
    CHECK(json == nlohmann::json::parse(text));
  }
  CHECK(to_nlohmann(Value::date({2026, 3, 2})).value() == "2026-03-02");
  CHECK(from_nlohmann(nlohmann::json(std::numeric_limits<std::uint64_t>::max()))->as_decimal().to_string() ==
        "18446744073709551615");
}

TEST_CASE("nlohmann: what it cannot hold is refused, never rounded", "[value]") {
  CHECK(to_nlohmann(read_json("1234567890123456789012345").value()).error().code == ErrorCode::type_mismatch);
  CHECK(to_nlohmann(read_json("[0.1234567890123456789]").value()).error().code == ErrorCode::type_mismatch);
  CHECK(to_nlohmann(Value::range({})).error().code == ErrorCode::type_mismatch);
  CHECK(from_nlohmann(nlohmann::json(std::numeric_limits<double>::quiet_NaN())).error().code ==
        ErrorCode::type_mismatch);
  CHECK(from_nlohmann(nlohmann::json::binary({1, 2})).error().code == ErrorCode::type_mismatch);
  CHECK(from_nlohmann(nlohmann::json("\xC3(")).error().code == ErrorCode::bad_utf8);
  nlohmann::json deep;
  Value nested;
  for (int i = 0; i < 200; ++i) {
    deep = nlohmann::json::array({deep});
    nested = Value::list({nested});
  }
  CHECK(from_nlohmann(deep).error().code == ErrorCode::limit_exceeded);
  CHECK(to_nlohmann(nested).error().code == ErrorCode::limit_exceeded);
  CHECK_THROWS_AS(nlohmann::json(Value::range({})), Exception);
}
