// Short words that the files of the demo share.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <string_view>

namespace demo {

inline aesop::Value text(std::string_view value) { return aesop::Value::string(value); }
constexpr std::int64_t minutes(int n) { return n * aesop::us_per_minute; }
constexpr std::int64_t hours(int n) { return n * aesop::us_per_hour; }
constexpr std::int64_t days(int n) { return n * aesop::us_per_day; }

}  // namespace demo
