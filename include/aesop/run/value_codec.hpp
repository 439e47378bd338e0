// Typed bytes of a Value. Part run; depends on base and value. Pure; safe from any thread.
// JSON would turn dates into texts and rules would then decide otherwise after a reload; these bytes bring back what
// was put in. Layout: a tag byte, then by tag (integers and texts as in base/bytes.hpp):
//   0 null | 1 false | 2 true | 3 number: signed coefficient, signed scale | 4 number: text | 5 string: text |
//   6 date: signed year, u8 month, u8 day | 7 time: varint nanoseconds, zone | 8 date and time: date, then time |
//   9 days duration: signed seconds, varint nanoseconds | 10 months duration: signed | 11 list: count, values |
//   12 context: count, (text, value)... | 13 range: u8 flags, low, high | 14 erased
//   zone: u8 kind, then signed seconds (offset) or text (named)
// (1) Tags are permanent; 15 is kept for data that is sealed. (2) A function is written as null: it is no data.
// (3) Nesting over 128 is not read, and nobody writes it: what an event holds was made storable() before.
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/result.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline constexpr int max_data_depth = 128;
/// Of what events and states may hold: leaves room for the records that the data stand in.
inline constexpr int max_storable_depth = 100;
/// How deep in an event's data a variable's value stands: {set: {NAME: value}}.
inline constexpr int variable_depth = 2;

/// Whether a datum is written and read back as it is: no function in it, and not nested deeper than is read.
inline bool is_storable(const Value& value, int depth = 0) {
  switch (value.kind()) {
    case ValueKind::function:
      return false;
    case ValueKind::list:
      if (depth >= max_storable_depth) return false;
      for (const Value& item : value.items())
        if (!is_storable(item, depth + 1)) return false;
      return true;
    case ValueKind::context:
      if (depth >= max_storable_depth) return false;
      for (const Entry& entry : value.entries())
        if (!is_storable(entry.second, depth + 1)) return false;
      return true;
    case ValueKind::range:
      return depth < max_storable_depth && is_storable(value.as_range().low, depth + 1) &&
             is_storable(value.as_range().high, depth + 1);
    default:
      return true;
  }
}

/// The datum with null in place of what is not storable.
inline Value storable(const Value& value, int depth = 0) {
  if (is_storable(value, depth)) return value;
  if (value.kind() == ValueKind::list && depth < max_storable_depth) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(storable(item, depth + 1));
    return Value::list(std::move(items));
  }
  if (value.kind() == ValueKind::context && depth < max_storable_depth) {
    std::vector<Entry> entries;
    for (const Entry& entry : value.entries())
      entries.emplace_back(entry.first, storable(entry.second, depth + 1));
    return Value::context(std::move(entries));
  }
  return {};
}

inline void write_zone(ByteWriter& out, const ZoneRef& zone) {
  out.u8(static_cast<std::uint8_t>(zone.kind));
  if (zone.kind == ZoneRef::Kind::offset) out.signed_varint(zone.offset);
  if (zone.kind == ZoneRef::Kind::named) out.text(zone.name);
}
inline void write_date(ByteWriter& out, const Date& date) {
  out.signed_varint(date.year);
  out.u8(date.month);
  out.u8(date.day);
}

inline void write_value(ByteWriter& out, const Value& value, int depth = 0) {
  if (depth > max_data_depth) return out.u8(0);
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::function:
      return out.u8(0);
    case ValueKind::boolean:
      return out.u8(value.is_true() ? 2 : 1);
    case ValueKind::number: {
      const Decimal number = value.as_decimal();
      if (number.is_small()) {
        out.u8(3);
        out.signed_varint(number.small_coefficient());
        out.signed_varint(number.scale());
      } else {
        out.u8(4);
        out.text(number.to_string());
      }
      return;
    }
    case ValueKind::string:
      out.u8(5);
      return out.text(value.as_string());
    case ValueKind::date:
      out.u8(6);
      return write_date(out, value.as_date());
    case ValueKind::time: {
      const Time time = value.as_time();
      out.u8(7);
      out.varint(static_cast<std::uint64_t>(time.local.nanos));
      return write_zone(out, time.zone);
    }
    case ValueKind::date_time: {
      const DateTime moment = value.as_date_time();
      out.u8(8);
      write_date(out, moment.date);
      out.varint(static_cast<std::uint64_t>(moment.local.nanos));
      return write_zone(out, moment.zone);
    }
    case ValueKind::days_duration: {
      const DaysDuration duration = value.as_days_duration();
      out.u8(9);
      out.signed_varint(duration.seconds);
      return out.varint(static_cast<std::uint64_t>(duration.nanos));
    }
    case ValueKind::months_duration:
      out.u8(10);
      return out.signed_varint(value.as_months_duration().months);
    case ValueKind::list:
      out.u8(11);
      out.varint(value.items().size());
      for (const Value& item : value.items()) write_value(out, item, depth + 1);
      return;
    case ValueKind::context:
      out.u8(12);
      out.varint(value.entries().size());
      for (const Entry& entry : value.entries()) {
        out.text(entry.first);
        write_value(out, entry.second, depth + 1);
      }
      return;
    case ValueKind::range: {
      const RangeValue& range = value.as_range();
      out.u8(13);
      out.u8(static_cast<std::uint8_t>((range.low_closed ? 1 : 0) | (range.high_closed ? 2 : 0) |
                                       (range.comparison ? 4 : 0)));
      write_value(out, range.low, depth + 1);
      return write_value(out, range.high, depth + 1);
    }
    case ValueKind::erased:
      return out.u8(14);
  }
}

inline ZoneRef read_zone(ByteReader& in) {
  switch (in.u8()) {
    case 0:
      return {};
    case 1: {
      const std::int64_t seconds = in.signed_varint();
      if (seconds < -86400 || seconds > 86400) in.fail();
      return ZoneRef::at_offset(static_cast<std::int32_t>(in.failed() ? 0 : seconds));
    }
    case 2:
      return ZoneRef::named(in.text());
    default:
      in.fail();
      return {};
  }
}
inline Date read_date(ByteReader& in) {
  const std::int64_t year = in.signed_varint();
  Date date{0, in.u8(), 0};
  date.day = in.u8();
  if (year < -max_year || year > max_year) in.fail();
  date.year = static_cast<std::int32_t>(in.failed() ? 1970 : year);
  if (in.failed() || !is_valid(date)) {
    in.fail();
    return {};
  }
  return date;
}
inline LocalTime read_local_time(ByteReader& in) {
  const std::uint64_t nanos = in.varint();
  if (nanos >= static_cast<std::uint64_t>(nanos_per_day)) {
    in.fail();
    return {};
  }
  return {static_cast<std::int64_t>(nanos)};
}

inline Value read_value(ByteReader& in, int depth = 0) {
  if (depth > max_data_depth) {
    in.fail();
    return {};
  }
  switch (in.u8()) {
    case 0:
      return {};
    case 1:
      return Value::boolean(false);
    case 2:
      return Value::boolean(true);
    case 3: {
      const std::int64_t coefficient = in.signed_varint();
      const std::int64_t scale = in.signed_varint();
      if (scale < -Decimal::max_exponent || scale > Decimal::max_scale) {
        in.fail();
        return {};
      }
      return Value::number(Decimal::scaled(coefficient, static_cast<std::int16_t>(scale)));
    }
    case 4: {
      const auto number = Decimal::parse(in.text());
      if (!number) {
        in.fail();
        return {};
      }
      return Value::number(*number);
    }
    case 5:
      return Value::string(in.text());
    case 6:
      return Value::date(read_date(in));
    case 7: {
      const LocalTime local = read_local_time(in);
      return Value::time({local, read_zone(in)});
    }
    case 8: {
      const Date date = read_date(in);
      const LocalTime local = read_local_time(in);
      return Value::date_time({date, local, read_zone(in)});
    }
    case 9: {
      const std::int64_t seconds = in.signed_varint();
      const std::uint64_t nanos = in.varint();
      if (nanos >= static_cast<std::uint64_t>(nanos_per_second)) in.fail();
      if (in.failed()) return {};
      return Value::days_duration({seconds, static_cast<std::int32_t>(nanos)});
    }
    case 10:
      return Value::months_duration({in.signed_varint()});
    case 11: {
      const std::size_t count = in.count();
      std::vector<Value> items;
      items.reserve(count);
      for (std::size_t i = 0; i < count && !in.failed(); ++i) items.push_back(read_value(in, depth + 1));
      return Value::list(std::move(items));
    }
    case 12: {
      const std::size_t count = in.count();
      std::vector<Entry> entries;
      entries.reserve(count);
      for (std::size_t i = 0; i < count && !in.failed(); ++i) {
        std::string key = in.string();
        entries.emplace_back(std::move(key), read_value(in, depth + 1));
      }
      return Value::context(std::move(entries));
    }
    case 13: {
      const std::uint8_t flags = in.u8();
      if (flags > 7) in.fail();
      RangeValue range;
      range.low_closed = (flags & 1) != 0;
      range.high_closed = (flags & 2) != 0;
      range.comparison = (flags & 4) != 0;
      range.low = read_value(in, depth + 1);
      range.high = read_value(in, depth + 1);
      return Value::range(std::move(range));
    }
    case 14:
      return Value::erased();
    default:
      in.fail();
      return {};
  }
}

}  // namespace detail

/// Typed bytes of a datum: dates come back as dates; erased and null keep apart.
inline std::string encode_data(const Value& value) {
  ByteWriter out;
  detail::write_value(out, value);
  return out.take();
}

/// corrupt_event unless the bytes are one value and nothing else.
inline Result<Value> decode_data(std::string_view bytes) {
  ByteReader in(bytes);
  Value value = detail::read_value(in);
  if (!in.done()) return Error{ErrorCode::corrupt_event, "the payload of an event cannot be read"};
  return value;
}

}  // namespace v0
}  // namespace aesop
