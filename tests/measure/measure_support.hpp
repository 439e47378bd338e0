// Helpers of the tests of measures: facts at days after an origin, decimals from text.
#pragma once

#include "aesop/measure/fact.hpp"
#include "aesop/value/decimal.hpp"

#include <string>
#include <utility>

namespace measure_test {

/// Midnight at the start of day `day`, plus hours.
inline aesop::Instant at(int day, int hour = 0) {
  return {day * aesop::us_per_day + hour * aesop::us_per_hour};
}

inline aesop::Decimal dec(std::string_view text) { return *aesop::Decimal::parse(text); }

inline aesop::Fact fact(std::string run, std::string moment, aesop::Instant when, aesop::Value data = {},
                        std::uint32_t instance = 0, std::string scope = "org/north/a") {
  return {std::move(run), std::move(scope), std::move(moment), when, instance, std::move(data), 0};
}

inline aesop::Value amount(std::string_view number) {
  return aesop::Value::context({{"amount", aesop::Value::number(dec(number))}});
}

}  // namespace measure_test
