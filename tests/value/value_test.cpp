// Value: making, asking, sharing, equality of data, deep nesting.
#include "aesop/value/value.hpp"

#include "catch.hpp"

#include "aesop/base/civil_text.hpp"

#include <thread>
#include <utility>
#include <vector>

using namespace aesop;

namespace {
Value number(const char* text) { return Value::number(*Decimal::parse(text)); }
Value date_time(const char* text) { return Value::date_time(*parse_date_time(text)); }
Value time(const char* text) { return Value::time(*parse_time(text)); }

// One of every shape: in place and shared, each different from the others.
std::vector<Value> samples() {
  return {Value(),
          Value::erased(),
          Value::boolean(false),
          Value::boolean(true),
          Value::number(0),
          Value::number(-5),
          number("2.50"),
          number("1234567890123456789012345678901234"),
          Value::string(""),
          Value::string("text"),
          Value::date({2026, 3, 2}),
          Value::date({-999999999, 12, 31}),
          time("09:15:30.5"),
          time("09:15:30.5Z"),
          time("09:15:30.5-18:00"),
          time("09:15:30.5+18:00"),
          time("09:15:30.5+05:30:15"),
          time("09:15:30.5@Europe/Paris"),
          date_time("2026-03-02T23:59:59.999999999"),
          date_time("2026-03-02T23:59:59.999999999Z"),
          date_time("-999999999-12-31T00:00:00-18:00"),
          date_time("2026-03-02T14:00:00@America/New_York"),
          Value::days_duration({90, 0}),
          Value::days_duration({-1, 500'000'000}),
          Value::days_duration({INT64_MAX, 999'999'999}),
          Value::days_duration({INT64_MIN, 0}),
          Value::months_duration({14}),
          Value::list({}),
          Value::list({Value::number(1), Value()}),
          Value::context({}),
          Value::context({{"a", Value::number(1)}}),
          Value::range({Value::number(1), Value::number(3), true, false})};
}
}  // namespace

TEST_CASE("value: sixteen bytes, cheap to copy, never throwing when moved", "[value]") {
  CHECK(sizeof(Value) == 16);
  CHECK(std::is_nothrow_move_constructible_v<Value>);
  CHECK(std::is_nothrow_move_assignable_v<Value>);
  CHECK(std::is_nothrow_copy_constructible_v<Value>);
}

TEST_CASE("value: every shape gives back what it was made of", "[value]") {
  CHECK(number("2.50").as_decimal() == *Decimal::parse("2.5"));
  CHECK(number("1234567890123456789012345678901234").as_decimal().to_string() ==
        "1234567890123456789012345678901234");
  CHECK(Value::string("h\xC3\xA9").as_string() == "h\xC3\xA9");
  CHECK(Value::string(std::string_view("a\0b", 3)).as_string().size() == 3);
  for (const char* text :
       {"2026-03-02T14:00:00", "2026-03-02T14:00:00.000000001Z", "-999999999-12-31T00:00:00-18:00",
        "2026-03-02T14:00:00+05:30:15", "2026-03-02T14:00:00@Europe/Paris"})
    CHECK(to_string(date_time(text).as_date_time()) == text);
  for (const char* text : {"00:00:00", "23:59:59.999999999+18:00", "10:00:00@Europe/Paris", "10:00:00-00:01"})
    CHECK(to_string(time(text).as_time()) == text);
  CHECK(Value::date({-5, 2, 28}).as_date() == Date{-5, 2, 28});
  for (const DaysDuration d : {DaysDuration{0, 0}, DaysDuration{-1, 1}, DaysDuration{INT64_MAX, 999'999'999},
                               DaysDuration{INT64_MIN, 0}})
    CHECK(Value::days_duration(d).as_days_duration() == d);
  CHECK(Value::months_duration({-7}).as_months_duration().months == -7);
  CHECK(to_string(Value::instant({1'000'000}).as_date_time()) == "1970-01-01T00:00:01Z");
  CHECK(to_string(Value::date({2026, 3, 2}).as_date_time()) == "2026-03-02T00:00:00Z");
}

TEST_CASE("value: asked of the wrong kind it gives that type's empty value", "[value]") {
  for (const Value& value : samples()) {
    CAPTURE(to_string(value.kind()));
    if (!value.is_boolean()) CHECK_FALSE(value.as_bool());
    if (!value.is_number()) CHECK(value.as_decimal().is_zero());
    if (!value.is_string()) CHECK(value.as_string().empty());
    if (!value.is_list()) CHECK(value.items().empty());
    if (!value.is_context()) CHECK(value.find("a") == nullptr);
    if (!value.is_range()) CHECK(value.as_range().low.is_null());
    CHECK(value.as_function() == nullptr);
    CHECK(value.at(99).is_null());
    CHECK(value.get("no such").is_null());
    static_cast<void>(value.as_date());
    static_cast<void>(value.as_date_time());
    static_cast<void>(value.as_days_duration());
    static_cast<void>(value.as_months_duration());
    static_cast<void>(value.size());
  }
}

TEST_CASE("value: each sample equals itself, made twice, and no other", "[value]") {
  const auto a = samples();
  const auto b = samples();
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) {
      CAPTURE(i, j);
      CHECK(equal_strict(a[i], b[j]) == (i == j));
    }
  CHECK(equal_strict(number("1.0"), number("1.00")));
  CHECK(equal_strict(number("1e3"), Value::number(1000)));
  CHECK(equal_strict(Value::context({{"a", Value::number(1)}, {"b", Value()}}),
                     Value::context({{"b", Value()}, {"a", Value::number(1)}})));
}

TEST_CASE("value: copies share, moves leave null behind", "[value]") {
  for (Value value : samples()) {
    const Value copy = value;
    CHECK(same_bits(copy, value));
    Value moved = std::move(value);
    CHECK(value.is_null());  // NOLINT: the state after a move is part of the contract
    CHECK(equal_strict(moved, copy));
    moved = copy;
    Value& self = moved;
    moved = self;
    CHECK(equal_strict(moved, copy));
  }
  const Value outer = Value::list({Value::string("kept")});
  const std::string_view view = [&] { return Value(outer).items()[0].as_string(); }();
  CHECK(view == "kept");
}

TEST_CASE("value: contexts keep their order, find by key, and have each key once", "[value]") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{8}, std::size_t{9}, std::size_t{200}}) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < count; ++i)
      entries.emplace_back(std::to_string(count - i), Value::number(static_cast<std::int64_t>(i)));
    entries.emplace_back(std::to_string(count), Value::string("last"));
    const Value context = Value::context(entries);
    CAPTURE(count);
    REQUIRE(context.size() == count);
    CHECK(context.entries()[0].first == std::to_string(count));
    CHECK(context.get(std::to_string(count)).as_string() == "last");
    for (std::size_t i = 1; i < count; ++i) {
      CHECK(context.entries()[i].first == std::to_string(count - i));
      CHECK(context.get(std::to_string(count - i)).as_decimal() == Decimal(static_cast<std::int64_t>(i)));
    }
    CHECK(context.find("0") == nullptr);
    const Value changed = context.with("1", Value::boolean(true)).with("new", Value());
    CHECK(changed.size() == count + 1);
    CHECK(changed.get("1").is_true());
    CHECK(changed.without("new").without("1").size() == count - 1);
    CHECK(context.size() == count);
  }
  CHECK(Value().with("a", Value::number(1)).get("a").is_number());
  CHECK(Value().appended(Value::number(1)).size() == 1);
}

TEST_CASE("value: nesting of a million levels is made and taken apart in constant stack", "[value]") {
  std::thread small([] {
    Value list, context, range;
    for (int i = 0; i < 300'000; ++i) {
      list = Value::list({list, Value::string("leaf")});
      context = Value::context({{"a", context}, {"b", Value::number(i)}});
      range = Value::range({range, Value(), false, false});
    }
    CHECK(list.depth() == 300'000);
    Value shared = Value::list({list.items()[0], context, range});
    list = Value();
    CHECK(shared.depth() == 300'001);
  });
  small.join();
}

TEST_CASE("value: threads may copy and drop what they share", "[value]") {
  const Value shared = Value::list({Value::string("a"), Value::context({{"k", Value::string("v")}})});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([shared] {
      for (int i = 0; i < 20'000; ++i) {
        Value copy = shared.items()[1];
        Value whole = shared;
        if (copy.get("k").as_string() != "v") std::abort();
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(shared.size() == 2);
}
