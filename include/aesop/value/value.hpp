// Value: everything a rule can compute with, in 16 bytes. Part value; depends on base and decimal.
// Immutable: changing one means making another. Null, booleans, small numbers, dates, times and date-times
// without a named zone, and durations lie in the 16 bytes; the rest is shared, counted atomically.
// (1) A Value is as safe from threads as an int: distinct Values may be used at once though they share.
// (2) Accessors are total: asked of the wrong kind they give that type's empty value, never undefined
// behaviour. (3) Views and spans handed out live as long as any copy of the Value does. (4) Destruction needs
// constant stack however deep the nesting; other walks may recurse depth() deep, so
//     whoever builds from input bounds depth() first.
// (5) A context keeps the order of its entries and has each key once.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/decimal.hpp"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

enum class ValueKind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  list,
  context,
  range,
  function,
  erased  ///< a datum whose payload was lawfully deleted; equal only to itself, behaves as null in rules
};

/// FEEL's name of a kind: "date and time".
constexpr std::string_view to_string(ValueKind kind) {
  switch (kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "boolean";
    case ValueKind::number:
      return "number";
    case ValueKind::string:
      return "string";
    case ValueKind::date:
      return "date";
    case ValueKind::time:
      return "time";
    case ValueKind::date_time:
      return "date and time";
    case ValueKind::days_duration:
      return "days and time duration";
    case ValueKind::months_duration:
      return "years and months duration";
    case ValueKind::list:
      return "list";
    case ValueKind::context:
      return "context";
    case ValueKind::range:
      return "range";
    case ValueKind::function:
      return "function";
    case ValueKind::erased:
      return "erased";
  }
  return "null";
}

class Value;
struct RangeValue;

/// Base of function values; rules derives from it. Compared by identity.
class FunctionObject {
 public:
  virtual ~FunctionObject() = default;
  /// Levels of what it holds on to, so that destruction stays bounded.
  virtual std::uint32_t depth() const { return 0; }
};

/// One entry of a context.
using Entry = std::pair<std::string, Value>;

namespace detail {

struct Heap {
  std::atomic<std::uint32_t> references{1};
  std::uint32_t depth = 0;  // 0 for leaves; a container is one more than its deepest element
};
struct HeapString : Heap {
  std::size_t size = 0;
  const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  char* bytes() { return reinterpret_cast<char*>(this + 1); }
};
struct HeapList;
struct HeapContext;
struct HeapRange;
struct HeapDecimal : Heap {
  Decimal value;
};
struct HeapDateTime : Heap {
  DateTime value;
};
struct HeapDuration : Heap {
  DaysDuration value;
};
struct HeapFunction : Heap {
  std::shared_ptr<const FunctionObject> value;
};

}  // namespace detail

class Value {
 public:
  /// Null.
  constexpr Value() noexcept : word_(0) {}
  Value(const Value& other) noexcept
      : kind_(other.kind_),
        shared_(other.shared_),
        scale_(other.scale_),
        extra_(other.extra_),
        word_(other.word_) {
    if (shared_) heap_->references.fetch_add(1, std::memory_order_relaxed);
  }
  Value(Value&& other) noexcept
      : kind_(other.kind_),
        shared_(other.shared_),
        scale_(other.scale_),
        extra_(other.extra_),
        word_(other.word_) {
    other.forget();
  }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value moved(std::move(other));
    swap(moved);
    return *this;
  }
  ~Value() {
    if (shared_) release();
  }
  void swap(Value& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(shared_, other.shared_);
    std::swap(scale_, other.scale_);
    std::swap(extra_, other.extra_);
    std::swap(word_, other.word_);
  }

  // --- making -------------------------------------------------------------------------------------------
  static Value null() noexcept { return Value(); }
  static Value boolean(bool value) noexcept {
    Value out(ValueKind::boolean);
    out.word_ = value;
    return out;
  }
  static Value number(std::int64_t value) noexcept {
    Value out(ValueKind::number);
    out.word_ = value;
    return out;
  }
  static Value number(int value) noexcept { return number(std::int64_t{value}); }
  static Value number(const Decimal& value) {
    Value out(ValueKind::number);
    if (value.is_small()) {
      out.word_ = value.small_coefficient();
      out.scale_ = static_cast<std::int16_t>(value.scale());
      return out;
    }
    auto* heap = new detail::HeapDecimal;
    heap->value = value;
    out.own(heap);
    return out;
  }
  /// `text` is UTF-8; who reads it from outside has checked that.
  static Value string(std::string_view text) {
    Value out(ValueKind::string);
    if (text.empty()) return out;
    void* memory = ::operator new(sizeof(detail::HeapString) + text.size());
    auto* heap = new (memory) detail::HeapString;
    heap->size = text.size();
    std::memcpy(heap->bytes(), text.data(), text.size());
    out.own(heap);
    return out;
  }
  static Value date(const Date& value) noexcept {
    Value out(ValueKind::date);
    out.set_date(value);
    return out;
  }
  static Value time(const Time& value) { return zoned(ValueKind::time, {Date{}, value.local, value.zone}); }
  static Value date_time(const DateTime& value) { return zoned(ValueKind::date_time, value); }
  /// The date and time of an instant, in UTC.
  static Value instant(Instant value) { return date_time(to_date_time(value)); }
  static Value days_duration(const DaysDuration& value) {
    Value out(ValueKind::days_duration);
    std::int64_t nanos;
    if (!detail::checked_multiply(value.seconds, nanos_per_second, nanos) &&
        !detail::checked_add(nanos, value.nanos, nanos)) {
      out.word_ = nanos;
      return out;
    }
    auto* heap = new detail::HeapDuration;
    heap->value = value;
    out.own(heap);
    return out;
  }
  static Value months_duration(MonthsDuration value) noexcept {
    Value out(ValueKind::months_duration);
    out.word_ = value.months;
    return out;
  }
  static Value list(std::vector<Value> items);
  /// Of entries with the same key the last wins, at the place of the first.
  static Value context(std::vector<Entry> entries);
  static Value range(RangeValue bounds);
  static Value function(std::shared_ptr<const FunctionObject> object) {
    Value out(ValueKind::function);
    auto* heap = new detail::HeapFunction;
    heap->depth = object ? object->depth() + 1 : 0;  // as a container: functions can hold functions
    heap->value = std::move(object);
    out.own(heap);
    return out;
  }
  static Value erased() noexcept { return Value(ValueKind::erased); }

  // --- asking -------------------------------------------------------------------------------------------
  ValueKind kind() const noexcept { return kind_; }
  bool is(ValueKind kind) const noexcept { return kind_ == kind; }
  bool is_null() const noexcept { return kind_ == ValueKind::null; }
  bool is_boolean() const noexcept { return kind_ == ValueKind::boolean; }
  bool is_number() const noexcept { return kind_ == ValueKind::number; }
  bool is_string() const noexcept { return kind_ == ValueKind::string; }
  bool is_date() const noexcept { return kind_ == ValueKind::date; }
  bool is_time() const noexcept { return kind_ == ValueKind::time; }
  bool is_date_time() const noexcept { return kind_ == ValueKind::date_time; }
  bool is_list() const noexcept { return kind_ == ValueKind::list; }
  bool is_context() const noexcept { return kind_ == ValueKind::context; }
  bool is_range() const noexcept { return kind_ == ValueKind::range; }
  bool is_function() const noexcept { return kind_ == ValueKind::function; }
  bool is_erased() const noexcept { return kind_ == ValueKind::erased; }
  /// The boolean true and nothing else.
  bool is_true() const noexcept { return kind_ == ValueKind::boolean && word_ != 0; }
  bool is_false() const noexcept { return kind_ == ValueKind::boolean && word_ == 0; }

  bool as_bool() const noexcept { return is_true(); }
  Decimal as_decimal() const noexcept {
    if (kind_ != ValueKind::number) return Decimal();
    return shared_ ? static_cast<const detail::HeapDecimal*>(heap_)->value : Decimal::scaled(word_, scale_);
  }
  std::string_view as_string() const noexcept {
    if (kind_ != ValueKind::string || !shared_) return {};
    const auto* heap = static_cast<const detail::HeapString*>(heap_);
    return {heap->bytes(), heap->size};
  }
  /// Of a date, or the date of a date-time.
  Date as_date() const noexcept {
    if (kind_ != ValueKind::date && kind_ != ValueKind::date_time) return {};
    return shared_ ? static_cast<const detail::HeapDateTime*>(heap_)->value.date : get_date();
  }
  /// Of a time, or the time and zone of a date-time.
  Time as_time() const {
    if (kind_ != ValueKind::time && kind_ != ValueKind::date_time) return {};
    if (!shared_) return {get_local(), get_zone()};
    const DateTime& value = static_cast<const detail::HeapDateTime*>(heap_)->value;
    return {value.local, value.zone};
  }
  /// Of a date-time; a date gives its midnight in UTC (DMN 1.5, 10.3.2.3.6).
  DateTime as_date_time() const {
    if (kind_ == ValueKind::date) return {get_date(), {}, ZoneRef::utc()};
    if (kind_ != ValueKind::date_time) return {};
    if (shared_) return static_cast<const detail::HeapDateTime*>(heap_)->value;
    return {get_date(), get_local(), get_zone()};
  }
  DaysDuration as_days_duration() const noexcept {
    if (kind_ != ValueKind::days_duration) return {};
    if (shared_) return static_cast<const detail::HeapDuration*>(heap_)->value;
    return {detail::floor_div(word_, nanos_per_second),
            static_cast<std::int32_t>(detail::floor_mod(word_, nanos_per_second))};
  }
  MonthsDuration as_months_duration() const noexcept {
    return {kind_ == ValueKind::months_duration ? word_ : 0};
  }
  /// Elements of a list; empty for anything else.
  std::span<const Value> items() const noexcept;
  /// Entries of a context in their order; empty for anything else.
  std::span<const Entry> entries() const noexcept;
  /// Bounds of a range; a range of nulls for anything else.
  const RangeValue& as_range() const noexcept;
  const FunctionObject* as_function() const noexcept {
    return kind_ == ValueKind::function ? static_cast<const detail::HeapFunction*>(heap_)->value.get()
                                        : nullptr;
  }

  /// Number of elements or entries.
  std::size_t size() const noexcept { return kind_ == ValueKind::list ? items().size() : entries().size(); }
  /// The entry's value, or nullptr. Logarithmic above 8 entries.
  const Value* find(std::string_view key) const noexcept;
  /// The entry's value, or null.
  const Value& get(std::string_view key) const noexcept;
  /// The element at an index from 0, or null.
  const Value& at(std::size_t index) const noexcept;
  /// This context with an entry set (anything else counts as the empty context).
  Value with(std::string_view key, Value value) const;
  Value without(std::string_view key) const;
  /// This list with an element at its end (anything else counts as the empty list).
  Value appended(Value item) const;

  /// Levels of lists, contexts and ranges: 0 for a plain value. Constant time.
  std::uint32_t depth() const noexcept { return shared_ ? heap_->depth : 0; }
  /// Whether both hold the same shared part or the same bits: cheap, and true implies equal_strict.
  friend bool same_bits(const Value& a, const Value& b) noexcept {
    return a.kind_ == b.kind_ && a.shared_ == b.shared_ && a.word_ == b.word_ && a.scale_ == b.scale_ &&
           a.extra_ == b.extra_;
  }

 private:
  explicit Value(ValueKind kind) noexcept : kind_(kind), word_(0) {}

  void own(detail::Heap* heap) noexcept {
    heap_ = heap;
    shared_ = true;
  }
  void forget() noexcept {
    kind_ = ValueKind::null;
    shared_ = false;
    scale_ = 0;
    extra_ = 0;
    word_ = 0;
  }
  void set_date(const Date& value) noexcept {
    extra_ = value.year;
    scale_ = static_cast<std::int16_t>(value.month << 5 | value.day);
  }
  Date get_date() const noexcept {
    return {extra_, static_cast<std::uint8_t>(scale_ >> 5), static_cast<std::uint8_t>(scale_ & 31)};
  }
  // Inline times: nanoseconds of the day in 47 bits; above them 0 for no zone, else the offset in minutes
  // from -18:00, plus one.
  static constexpr int zone_shift = 47;
  static constexpr std::int32_t zone_bias = 18 * 60 + 1;
  LocalTime get_local() const noexcept { return {word_ & ((std::int64_t{1} << zone_shift) - 1)}; }
  ZoneRef get_zone() const {
    const auto bits = static_cast<std::int32_t>(word_ >> zone_shift);
    return bits == 0 ? ZoneRef{} : ZoneRef::at_offset((bits - zone_bias) * 60);
  }
  static Value zoned(ValueKind kind, const DateTime& value) {
    Value out(kind);
    if (value.zone.kind != ZoneRef::Kind::named && value.zone.offset % 60 == 0) {
      const std::int64_t bits = value.zone.is_none() ? 0 : value.zone.offset / 60 + zone_bias;
      if (kind == ValueKind::date_time) out.set_date(value.date);
      out.word_ = value.local.nanos | bits << zone_shift;
      return out;
    }
    auto* heap = new detail::HeapDateTime;
    heap->value = value;
    out.own(heap);
    return out;
  }
  void release() noexcept {
    // The only owner has nobody to race with, and needs no locked instruction.
    if (heap_->references.load(std::memory_order_acquire) == 1 ||
        heap_->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
      destroy();
  }
  void destroy() noexcept;

  ValueKind kind_ = ValueKind::null;
  bool shared_ = false;
  std::int16_t scale_ = 0;
  std::int32_t extra_ = 0;
  union {
    std::int64_t word_;
    detail::Heap* heap_;
  };
};

static_assert(sizeof(Value) == 16);

/// Bounds of a range. A bound that is not there (`>= 5`) is null and not closed.
struct RangeValue {
  Value low = {};
  Value high = {};
  bool low_closed = false;
  bool high_closed = false;
  bool comparison = false;  ///< written as a comparison, `(< 5)` or `(= 10)`, and not as an interval
};

namespace detail {
struct HeapList : Heap {
  std::vector<Value> items;
};
struct HeapContext : Heap {
  std::vector<Entry> entries;
  std::vector<std::uint32_t> by_key;  // indexes in order of key; empty when there are few entries
};
struct HeapRange : Heap {
  RangeValue bounds;
};
inline constexpr std::size_t few_entries = 8;
}  // namespace detail

/// The same kind and content all the way down: numbers by value (1.0 is 1.00), contexts whatever the order of
/// entries, date-times by their parts (an offset is not a named zone), functions by identity. Null is null.
/// This is equality of data, not of FEEL (compare.hpp).
bool equal_strict(const Value& a, const Value& b);
inline bool operator==(const Value& a, const Value& b) { return equal_strict(a, b); }

}  // namespace v0
}  // namespace aesop

#include "aesop/value/value_inline.hpp"
