// The error table, Result, Exception.
#include "aesop/base/errors.hpp"

#include "catch.hpp"

#include "aesop/base/result.hpp"

#include <memory>
#include <set>
#include <string>

using namespace aesop;

TEST_CASE("errors: every number and name occurs once, in the group it belongs to", "[base]") {
  std::set<std::int32_t> numbers;
  std::set<std::string_view> names;
  for (const ErrorInfo& row : detail::error_table) {
    CAPTURE(row.name);
    const auto number = static_cast<std::int32_t>(row.code);
    CHECK(numbers.insert(number).second);
    CHECK(names.insert(row.name).second);
    CHECK(number / 1000 >= 1);
    CHECK(number / 1000 <= 9);
    CHECK_FALSE(row.text.empty());
    CHECK(row.text.back() != '.');
    CHECK(find_error(row.name) == row.code);
    CHECK(find_error(slug(row.code)) == row.code);
    CHECK(error_name(row.code) == row.name);
    CHECK(describe(row.code) == row.text);
  }
  // Released numbers never change.
  CHECK(static_cast<int>(ErrorCode::invalid_argument) == 1001);
  CHECK(static_cast<int>(ErrorCode::parse_error) == 2001);
  CHECK(static_cast<int>(ErrorCode::command_id_reused) == 4005);
  CHECK(slug(ErrorCode::command_id_reused) == "command-id-reused");
  CHECK_FALSE(find_error("no-such-code").has_value());
  CHECK(slug(static_cast<ErrorCode>(7)) == "unknown");
  CHECK(error_name(static_cast<ErrorCode>(7)) == "unknown");
  CHECK_FALSE(describe(static_cast<ErrorCode>(7)).empty());
}

namespace {
Result<int> half(int n) {
  if (n % 2 != 0) return Error{ErrorCode::invalid_argument, "odd", "give an even number"};
  return n / 2;
}
Result<std::string> handed_on(int n) {
  auto h = half(n);
  if (!h) return h.take_error();
  return std::to_string(*h);
}
Status check(int n) {
  auto h = half(n);
  if (!h) return h.take_error();
  return {};
}
}  // namespace

TEST_CASE("result: a value or an error, handed on in one line", "[base]") {
  CHECK(handed_on(4).value() == "2");
  const auto bad = handed_on(3);
  CHECK_FALSE(bad);
  CHECK(bad.error().code == ErrorCode::invalid_argument);
  CHECK(to_string(bad.error()) == "[invalid-argument] odd (give an even number)");
  CHECK(check(2).ok());
  CHECK_FALSE(check(1).ok());
  CHECK(half(3).value_or(7) == 7);
  CHECK(half(8).value_or(7) == 4);
}

TEST_CASE("result: value() throws the same error for those who prefer exceptions", "[base]") {
  try {
    static_cast<void>(handed_on(3).value());
    FAIL("nothing was thrown");
  } catch (const Exception& thrown) {
    CHECK(thrown.code() == ErrorCode::invalid_argument);
    CHECK(thrown.error().help == "give an even number");
    CHECK(std::string(thrown.what()) == "[invalid-argument] odd (give an even number)");
  }
  CHECK_THROWS_AS(check(1).value(), Exception);
}

TEST_CASE("result: takes what converts to its type and moves what only moves", "[base]") {
  const auto text = []() -> Result<std::string> { return "literal"; };
  CHECK(text()->size() == 7);
  const auto unique = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(5); };
  auto made = unique();
  const std::unique_ptr<int> taken = made.take();
  CHECK(*taken == 5);
}
