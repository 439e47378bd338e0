// Decimal: 34 digits, half-even, against Python's decimal (cases/value/decimal.txt) and by hand.
#include "aesop/value/decimal.hpp"

#include "catch.hpp"

#include "aesop/base/text.hpp"

#include <fstream>
#include <string>

using namespace aesop;

namespace {

Decimal number(std::string_view text) {
  const auto value = Decimal::parse(text);
  REQUIRE(value.has_value());
  return *value;
}

std::optional<Decimal> answer(std::string_view op, std::string_view a, std::string_view b) {
  const auto x = Decimal::parse(a);
  if (op == "parse" || !x) return x;
  if (op.starts_with("round_")) {
    constexpr std::pair<std::string_view, Rounding> modes[] = {
        {"half_even", Rounding::half_even}, {"half_up", Rounding::half_up},
        {"half_down", Rounding::half_down}, {"up", Rounding::up},
        {"down", Rounding::down},           {"floor", Rounding::floor},
        {"ceiling", Rounding::ceiling}};
    for (const auto& [name, mode] : modes)
      if (op.substr(6) == name) return x->rounded(*parse_integer<int>(b), mode);
  }
  if (op == "sqrt") return square_root(*x);
  const auto y = Decimal::parse(b);
  if (!y) return y;
  if (op == "add") return add(*x, *y);
  if (op == "subtract") return subtract(*x, *y);
  if (op == "multiply") return multiply(*x, *y);
  if (op == "divide") return divide(*x, *y);
  if (op == "modulo") return modulo(*x, *y);
  if (op == "power") return power(*x, *y);
  REQUIRE(op == "compare");
  return Decimal(compare(*x, *y));
}

}  // namespace

TEST_CASE("decimal: every operation gives what Python's decimal gives at 34 digits", "[value]") {
  std::ifstream file(std::string(AESOP_TESTS_DIR) + "/cases/value/decimal.txt");
  REQUIRE(file.good());
  std::size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const auto columns = split(line, '\t');
    REQUIRE(columns.size() == 4);
    const auto got = answer(columns[0], columns[1], columns[2]);
    INFO(line << "\n got " << (got ? got->to_string() : "none"));
    REQUIRE(got.has_value() == (columns[3] != "none"));
    if (got) {
      REQUIRE(compare(*got, number(columns[3])) == 0);
      REQUIRE(got->to_string() == number(columns[3]).to_string());
      REQUIRE(compare(number(got->to_string()), *got) == 0);
    }
  }
  CHECK(count >= 4000);
}

TEST_CASE("decimal: one value has one text, whatever its trailing zeros", "[value]") {
  const std::pair<const char*, const char*> cases[] = {
      {"1.10", "1.1"},
      {"-0", "0"},
      {"0.00", "0"},
      {"1500", "1500"},
      {"1.5e3", "1500"},
      {".5", "0.5"},
      {"-12.340", "-12.34"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
      {"1234567890123456789012345678901234.5", "1234567890123456789012345678901234"},
      {"1234567890123456789012345678901235.5", "1234567890123456789012345678901236"},
      {"0.0000000000000000000000000000000001", "0.0000000000000000000000000000000001"},
      {"1e40", "10000000000000000000000000000000000000000"},
      {"1e41", "1E+41"},
      {"15e41", "1.5E+42"},
      {"1e-41", "1E-41"},
      {"9.99e6144", "9.99E+6144"},
      {"1e-6176", "1E-6176"},
      {"4e-6177", "0"}};
  for (const auto& [text, canonical] : cases) {
    CAPTURE(text);
    CHECK(number(text).to_string() == canonical);
  }
}

TEST_CASE("decimal: what is no number is refused", "[value]") {
  for (const char* text :
       {"",   "-",  "+1",   "1.",  ".",        "1e",    "1e+", "e5",    "1_000",  "1,5",
        " 1", "1 ", "0x10", "NaN", "Infinity", "1.2.3", "--1", "1e5.0", "1e6145", "9e99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(Decimal::parse(text).has_value());
  }
}

TEST_CASE("decimal: a third times three is not one, as IEEE 754 has it", "[value]") {
  const auto third = divide(Decimal(1), Decimal(3));
  REQUIRE(third.has_value());
  CHECK(multiply(*third, Decimal(3))->to_string() == "0.9999999999999999999999999999999999");
  CHECK(divide(Decimal(2), Decimal(3))->to_string() == "0.6666666666666666666666666666666667");
}

TEST_CASE("decimal: equal values compare equal across forms", "[value]") {
  CHECK(number("1.0") == number("1.00"));
  CHECK(number("1e3") == Decimal(1000));
  CHECK(number("10000000000000000000000") > Decimal(INT64_MAX));
  CHECK(number("-10000000000000000000000") < Decimal(INT64_MIN));
  CHECK(Decimal(INT64_MIN).negated().to_string() == "9223372036854775808");
  CHECK(Decimal(INT64_MIN).negated().negated() == Decimal(INT64_MIN));
  CHECK(Decimal(INT64_MIN).absolute() == number("9223372036854775808"));
  CHECK(number("0E+100") == Decimal(0));
}

TEST_CASE("decimal: integers come back as int64 when they are one", "[value]") {
  CHECK(number("1500.00").to_int64() == 1500);
  CHECK(number("15e2").to_int64() == 1500);
  CHECK(number("-9223372036854775808").to_int64() == INT64_MIN);
  CHECK_FALSE(number("9223372036854775808").to_int64().has_value());
  CHECK_FALSE(number("1e19").to_int64().has_value());
  CHECK_FALSE(number("0.5").to_int64().has_value());
  CHECK(number("1.50").is_integer() == false);
  CHECK(number("2.00").is_integer());
  CHECK(number("1e30").is_integer());
  CHECK(number("1.25").to_double() == 1.25);
  CHECK(number("123.4500").digits() == 5);
}

TEST_CASE("decimal: modulo takes the sign of the divisor", "[value]") {
  CHECK(modulo(Decimal(12), Decimal(5)) == Decimal(2));
  CHECK(modulo(Decimal(-12), Decimal(5)) == Decimal(3));
  CHECK(modulo(Decimal(12), Decimal(-5)) == Decimal(-3));
  CHECK(modulo(Decimal(-12), Decimal(-5)) == Decimal(-2));
  CHECK(modulo(number("10.1"), number("4.5")) == number("1.1"));
  CHECK_FALSE(modulo(Decimal(1), Decimal(0)).has_value());
}

TEST_CASE("decimal: powers are exact where they fit and null where they have no value", "[value]") {
  CHECK(power(Decimal(2), Decimal(100))->to_string() == "1267650600228229401496703205376");
  CHECK(power(Decimal(10), Decimal(-3))->to_string() == "0.001");
  CHECK(power(number("1.05"), Decimal(2))->to_string() == "1.1025");
  CHECK(power(Decimal(0), Decimal(0)) == Decimal(1));
  CHECK(power(Decimal(-2), Decimal(3)) == Decimal(-8));
  CHECK(power(Decimal(1), Decimal(999'999'999)) == Decimal(1));
  CHECK_FALSE(power(Decimal(0), Decimal(-1)).has_value());
  CHECK_FALSE(power(Decimal(10), Decimal(6145)).has_value());
  CHECK_FALSE(power(Decimal(10), Decimal(999'999'999)).has_value());
  CHECK(power(Decimal(10), Decimal(-999'999'999)) == Decimal(0));
}
