// JSON: strict reading, places, limits; canonical writing.
#include "catch.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <fstream>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

using namespace aesop;

namespace {
std::string canonical(std::string_view text, JsonStyle style = JsonStyle::strict) {
  return write_json(read_json(text, {}, style).value()).value();
}
}  // namespace

TEST_CASE("json: the cases of cases/value/json.json are accepted or refused as listed", "[value]") {
  std::ifstream file(std::string(AESOP_TESTS_DIR) + "/cases/value/json.json");
  REQUIRE(file.good());
  const auto cases = nlohmann::json::parse(file);
  for (const auto& c : cases.at("accepted")) {
    const auto text = c.at(0).get<std::string>();
    CAPTURE(text);
    const auto value = read_json(text);
    CHECK(value.ok());
    if (value) CHECK(write_json(*value).value() == c.at(1).get<std::string>());
    CHECK(read_json_tree(text).ok());
  }
  for (const auto& c : cases.at("refused")) {
    const auto text = c.at(0).get<std::string>();
    CAPTURE(text);
    const auto value = read_json(text);
    REQUIRE_FALSE(value.ok());
    CHECK(slug(value.error().code) == c.at(1).get<std::string>());
    CHECK(value.error().where.begin == c.at(2).get<std::uint32_t>());
    const auto tree = read_json_tree(text);
    REQUIRE_FALSE(tree.ok());
    CHECK(tree.error().message == value.error().message);
  }
}

TEST_CASE("json: bytes that are not UTF-8 are refused with their place", "[value]") {
  CHECK(read_json("[\"\xC3(\"]").error().code == ErrorCode::bad_utf8);
  CHECK(read_json("[\"\xC3(\"]").error().where.begin == 2);
  CHECK(read_json("\"\xED\xA0\x80\"").error().code == ErrorCode::bad_utf8);
  CHECK(read_json("\xEF\xBB\xBF{}").error().code == ErrorCode::parse_error);
  CHECK(read_json(std::string_view("\"a\0b\"", 5)).error().code == ErrorCode::parse_error);
}

TEST_CASE("json: comments and a last comma only where they are asked for", "[value]") {
  const std::string text = "// head\n{\"a\": [1, 2,], /* b */ \"c\": {}, // end\n}\n// tail";
  CHECK(canonical(text, JsonStyle::commented) == "{\"a\":[1,2],\"c\":{}}");
  CHECK_FALSE(read_json(text).ok());
  CHECK_FALSE(read_json("[1,]").ok());
  CHECK_FALSE(read_json("[,]", {}, JsonStyle::commented).ok());
  CHECK_FALSE(read_json("[1,,]", {}, JsonStyle::commented).ok());
  CHECK_FALSE(read_json("{/*", {}, JsonStyle::commented).ok());
  CHECK_FALSE(read_json("1 / 2", {}, JsonStyle::commented).ok());
  CHECK(read_json("1 //", {}, JsonStyle::commented).ok());
}

TEST_CASE("json: numbers stay decimal from end to end", "[value]") {
  CHECK(canonical("1234567890123456789012345678901234") == "1234567890123456789012345678901234");
  CHECK(canonical("0.1234567890123456789012345678901234") == "0.1234567890123456789012345678901234");
  CHECK(canonical("1.50") == "1.5");
  CHECK(canonical("-0.0") == "0");
  CHECK(canonical("1E2") == "100");
  CHECK(canonical("1e-2") == "0.01");
  CHECK(canonical("123456789012345678.99") == "123456789012345678.99");
}

TEST_CASE("json: a tree knows the place of every key and value", "[value]") {
  const std::string text = "{\n  \"a\": [1, \"x\\u00e9\"],\n  \"b\": true\n}";
  const auto tree = read_json_tree(text);
  REQUIRE(tree.ok());
  const auto at = [&](SourceRange range) { return text.substr(range.begin, range.end - range.begin); };
  CHECK(at(tree->range()) == text);
  CHECK(at(tree->members()[0].key_range) == "\"a\"");
  CHECK(at(tree->find("a")->range()) == "[1, \"x\\u00e9\"]");
  CHECK(at(tree->find("a")->items()[1].range()) == "\"x\\u00e9\"");
  CHECK(tree->find("a")->items()[1].text() == "x\xC3\xA9");
  CHECK(tree->find("a")->items()[0].text() == "1");
  CHECK(tree->find("b")->as_bool());
  CHECK(tree->find("c") == nullptr);
  CHECK(equal_strict(to_value(*tree), read_json(text).value()));
}

TEST_CASE("json: every limit is a typed error that names it", "[value]") {
  const auto refused = [](std::string_view text, JsonLimits limits, std::string_view name) {
    const auto value = read_json(text, limits);
    REQUIRE_FALSE(value.ok());
    CHECK(value.error().code == ErrorCode::limit_exceeded);
    CHECK(value.error().message.find(name) != std::string::npos);
  };
  JsonLimits limits;
  limits.document_bytes = 5;
  refused("[1,2,3]", limits, "document size");
  limits = {};
  limits.depth = 2;
  CHECK(read_json("[[1]]", limits).ok());
  refused("[[[1]]]", limits, "depth");
  limits = {};
  limits.keys = 2;
  refused("[{\"a\":1},{\"b\":1,\"c\":1}]", limits, "keys");
  limits = {};
  limits.string_bytes = 3;
  refused("\"abcd\"", limits, "string");
  limits = {};
  limits.number_bytes = 4;
  refused("12345", limits, "number");
  limits = {};
  limits.values = 3;
  refused("[1,2,3]", limits, "values");
}

TEST_CASE("json: hostile shapes are refused in a small stack and in linear time", "[value]") {
  std::thread small([] {
    JsonLimits wide;
    wide.document_bytes = wide.keys = wide.values = 10'000'000;
    for (const char* piece : {"[", "{\"a\":", "[[", "[{\"a\":["}) {
      std::string text;
      for (int i = 0; i < 200'000; ++i) text += piece;
      CHECK(read_json(text, wide).error().code == ErrorCode::limit_exceeded);
    }
    // A hundred thousand equal keys, then as many different ones.
    std::string same = "{";
    std::string different = "{";
    for (int i = 0; i < 100'000; ++i) {
      same += "\"k\":1,";
      different += cat("\"k", i, "\":1,");
    }
    CHECK(read_json(same + "\"k\":1}", wide).error().code == ErrorCode::duplicate_key);
    CHECK(read_json(different + "\"k\":1}", wide).ok());
    CHECK(read_json(same + "\"k\":1}").error().code == ErrorCode::limit_exceeded);
    CHECK_FALSE(read_json(std::string(900'000, '9')).ok());
    CHECK_FALSE(read_json("1e999999999999").ok());
    CHECK_FALSE(read_json("1e-999999999999").ok());
  });
  small.join();
}

TEST_CASE("json: canonical text has one form", "[value]") {
  CHECK(canonical(" { \"b\" : 1 , \"a\" : [ ] , \"\\u0061a\" : { } } ") == "{\"a\":[],\"aa\":{},\"b\":1}");
  CHECK(canonical("\"\\u0001\\u001f\\/\\b\\f\\n\\r\\t\\\\\\\"\\u007f\\u20ac\"") ==
        "\"\\u0001\\u001f/\\b\\f\\n\\r\\t\\\\\\\"\x7f\xE2\x82\xAC\"");
  CHECK(canonical("\"\\uD83E\\uDDB7\"") == "\"\xF0\x9F\xA6\xB7\"");
  // Keys in order of code points: U+FFFD before U+1F9B7, though UTF-16 has it the other way round.
  CHECK(canonical("{\"\xF0\x9F\xA6\xB7\":1,\"\xEF\xBF\xBD\":2}") ==
        "{\"\xEF\xBF\xBD\":2,\"\xF0\x9F\xA6\xB7\":1}");
  const Value dates = Value::context({{"d", Value::date({2026, 3, 2})},
                                      {"t", Value::instant(parse_instant("2026-03-02T14:00:00Z").value())},
                                      {"p", Value::days_duration({7200, 0})},
                                      {"m", Value::months_duration({3})},
                                      {"e", Value::erased()}});
  CHECK(write_json(dates).value() ==
        "{\"d\":\"2026-03-02\",\"e\":null,\"m\":\"P3M\",\"p\":\"PT2H\",\"t\":\"2026-03-02T14:00:00Z\"}");
}

TEST_CASE("json: what has no JSON form is refused", "[value]") {
  CHECK(write_json(Value::list({Value::range({})})).error().code == ErrorCode::type_mismatch);
  CHECK(write_json(Value::function(nullptr)).error().code == ErrorCode::type_mismatch);
  Value deep;
  for (int i = 0; i < 5000; ++i) deep = Value::list({deep});
  CHECK(write_json(deep).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("json: indented text keeps the order of entries and reads back", "[value]") {
  const Value value = read_json("{\"b\":[1,[]],\"a\":{}}").value();
  CHECK(write_json_indented(value).value() == "{\n  \"b\": [\n    1,\n    []\n  ],\n  \"a\": {}\n}");
  CHECK(equal_strict(read_json(write_json_indented(value).value()).value(), value));
}
