// All that a variable can be, cut into segments that every test of it treats alike: Domain. Part table.
// An ordered kind is cut into points and the open segments between them; texts that are only compared for equality into
// those that are named and any other; booleans into two; null is a point of its own, the last.
// (1) Every segment has a sample, a value that lies in it. A test is true of a segment when it is true of its sample.
// (2) A variable whose type is not known is taken to be of the kinds its tests name.
#pragma once

#include "aesop/table/between.hpp"
#include "aesop/table/segments.hpp"
#include "aesop/value/type.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What is known of an input of a table beside its type.
struct InputFacts {
  std::vector<Value> allowed = {};  ///< the values it may have, beside null; none given: any
  Value least = {};                 ///< null: no bound
  Value most = {};
};

namespace detail {

struct Segment {
  ValueKind kind = ValueKind::null;
  bool point = false;
  bool other = false;  ///< every value of the kind that has no point
  Value low = {};      ///< of an open segment, null: no bound; of a point the value
  Value high = {};
  Value sample = {};
};

/// The values of one kind that tests of a variable name.
struct NamedValues {
  std::vector<Value> values = {};
  bool ordered = false;
};

class Domain {
 public:
  std::string name = {};    ///< of the variable, for people
  bool null_named = false;  ///< some test speaks of null

  const std::vector<Segment>& segments() const { return segments_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(segments_.size()); }
  std::uint32_t null() const { return size() - 1; }
  Segments all() const { return Segments::of(0, size()); }
  Segments not_null() const { return Segments::of(0, size() - 1); }
  /// Whether the values of a kind are only compared for equality.
  bool is_unordered(ValueKind kind) const { return kind == ValueKind::string && !ordered_texts_; }
  /// The segments of a kind.
  Segments of_kind(ValueKind kind) const {
    const auto found = sections_.find(kind);
    return found == sections_.end() ? Segments() : Segments::of(found->second.from, found->second.to);
  }
  /// Those whose values are equal to `value`, as FEEL compares: times as their whole seconds.
  Segments equal_to(const Value& value) const {
    const auto found = sections_.find(value.kind());
    if (found == sections_.end()) return {};
    if (value.is_boolean() || is_unordered(value.kind())) {
      const auto at = points_.find(
          std::string(value.is_boolean() ? value.is_true() ? "true" : "false" : value.as_string()));
      return at == points_.end() ? Segments() : Segments::of(at->second, at->second + 1);
    }
    if (value.is_time() || value.is_date_time()) {
      const Segments from = at_least(whole_seconds(value));
      const auto next = next_second(value);
      return next ? from - at_least(*next) : from;
    }
    return at_least(value) - above(value);
  }
  /// Those of the kind of `value` that are not before it.
  Segments at_least(const Value& value) const {
    return from(value, [](const Value& sample, const Value& bound) {
      return compare(sample, bound, nullptr).value_or(0) < 0;
    });
  }
  Segments above(const Value& value) const {
    return from(value, [](const Value& sample, const Value& bound) {
      return compare(sample, bound, nullptr).value_or(0) <= 0;
    });
  }

  /// The second after that of a time or date-time; nullopt where the day or the calendar ends.
  static std::optional<Value> next_second(const Value& value) {
    Moment moment = moment_of(whole_seconds(value));
    ++moment.seconds;
    if (value.is_time() && moment.seconds >= seconds_per_day - value.as_time().zone.offset)
      return std::nullopt;
    return value_of(moment, value);
  }

 private:
  friend class DomainMaker;

  template <class Before>
  Segments from(const Value& value, const Before& before) const {
    const auto found = sections_.find(value.kind());
    if (found == sections_.end()) return {};
    const auto begin = segments_.begin() + found->second.from, end = segments_.begin() + found->second.to;
    const auto at = std::partition_point(
        begin, end, [&](const Segment& segment) { return before(segment.sample, value); });
    return Segments::of(static_cast<std::uint32_t>(at - segments_.begin()), found->second.to);
  }

  std::vector<Segment> segments_;
  std::map<ValueKind, Run> sections_;
  std::map<std::string, std::uint32_t, std::less<>> points_;  // of unordered kinds
  bool ordered_texts_ = false;
};

/// Makes a Domain of the values that tests name.
class DomainMaker {
 public:
  /// The type of the variable, told before its values are.
  void expect(const Type& type) { only_ = kind_of(type); }
  /// Takes a value into account; false when nothing can be said of tests with it.
  bool add(const Value& value, bool ordered) {
    if (value.is_null()) {
      null_named_ = true;
      return true;
    }
    const ValueKind kind = value.kind();
    // A date beside a date-time is its midnight: of another line than this variable's values.
    if (only_ && *only_ != kind && (value.is_date() || value.is_date_time()) &&
        (*only_ == ValueKind::date || *only_ == ValueKind::date_time))
      return false;
    // Beside a number of so many digits there is no other that 34 digits tell from it.
    if (value.is_number() && value.as_decimal().digits() - value.as_decimal().scale() > 30) return false;
    switch (kind) {
      case ValueKind::boolean:
        if (ordered) return false;
        break;
      case ValueKind::number:
      case ValueKind::string:
        break;
      case ValueKind::date:
        if (named_.count(ValueKind::date_time)) return false;
        break;
      case ValueKind::date_time:
      case ValueKind::time:
        if (!zone_fits(value) || (kind == ValueKind::date_time && named_.count(ValueKind::date)))
          return false;
        break;
      case ValueKind::days_duration:
        if (named_.count(ValueKind::months_duration)) return false;
        break;
      case ValueKind::months_duration:
        if (named_.count(ValueKind::days_duration)) return false;
        break;
      default:
        return false;
    }
    NamedValues& named = named_[kind];
    named.ordered = named.ordered || ordered;
    if ((value.is_time() || value.is_date_time()) && !ordered) {
      named.values.push_back(whole_seconds(value));
      if (auto next = Domain::next_second(value)) named.values.push_back(std::move(*next));
    } else {
      named.values.push_back(value);
    }
    return true;
  }

  Domain make(std::string name, const Type& type, const InputFacts& facts = {}) {
    Domain out;
    out.name = std::move(name);
    for (const Value& value : facts.allowed) add(value, false);
    if (!facts.least.is_null()) add(facts.least, true);
    if (!facts.most.is_null()) add(facts.most, true);
    out.null_named = null_named_;
    const std::optional<ValueKind> only = kind_of(type);
    if (only) {
      NamedValues kept = std::move(named_[*only]);
      named_.clear();
      named_.emplace(*only, std::move(kept));
    }
    for (auto& [kind, named] : named_) section(out, kind, named, facts);
    if (out.segments_.empty())
      out.segments_.push_back({.kind = ValueKind::null, .other = true, .sample = anything(type)});
    out.segments_.push_back({.kind = ValueKind::null, .point = true});
    return out;
  }

 private:
  static std::optional<ValueKind> kind_of(const Type& type) {
    switch (type.kind()) {
      case TypeKind::boolean:
        return ValueKind::boolean;
      case TypeKind::number:
        return ValueKind::number;
      case TypeKind::string:
        return ValueKind::string;
      case TypeKind::date:
        return ValueKind::date;
      case TypeKind::time:
        return ValueKind::time;
      case TypeKind::date_time:
        return ValueKind::date_time;
      case TypeKind::days_duration:
        return ValueKind::days_duration;
      case TypeKind::months_duration:
        return ValueKind::months_duration;
      default:
        return std::nullopt;
    }
  }
  // A value where nothing is known that could cut it.
  static Value anything(const Type& type) {
    if (type.is(TypeKind::list)) return Value::list({});
    if (type.is(TypeKind::context)) return Value::context({});
    return Value::string("other");
  }
  // Times and date-times are on one line when all have an offset, or none has a zone.
  bool zone_fits(const Value& value) {
    const ZoneRef zone = value.as_time().zone;
    if (zone.kind == ZoneRef::Kind::named) return false;
    const auto found = named_.find(value.kind());
    return found == named_.end() || found->second.values.empty() ||
           found->second.values[0].as_time().zone.is_none() == zone.is_none();
  }

  void section(Domain& out, ValueKind kind, NamedValues& named, const InputFacts& facts) {
    const auto from = static_cast<std::uint32_t>(out.segments_.size());
    if (kind == ValueKind::string) out.ordered_texts_ = named.ordered;
    if (kind == ValueKind::boolean) {
      for (const bool truth : {false, true}) point(out, Value::boolean(truth), facts);
    } else if (kind == ValueKind::string && !named.ordered) {
      texts(out, named, facts);
    } else {
      line(out, kind, named, facts);
    }
    out.sections_[kind] = {from, static_cast<std::uint32_t>(out.segments_.size())};
  }

  static bool allows(const InputFacts& facts, const Value& value) {
    if (!facts.allowed.empty() &&
        std::none_of(facts.allowed.begin(), facts.allowed.end(),
                     [&](const Value& one) { return equal(one, value, nullptr) == true; }))
      return false;
    return (facts.least.is_null() || compare(value, facts.least, nullptr).value_or(0) >= 0) &&
           (facts.most.is_null() || compare(value, facts.most, nullptr).value_or(0) <= 0);
  }
  static void put(Domain& out, Segment segment, const InputFacts& facts) {
    if (allows(facts, segment.sample)) out.segments_.push_back(std::move(segment));
  }
  static void point(Domain& out, const Value& value, const InputFacts& facts) {
    const auto at = static_cast<std::uint32_t>(out.segments_.size());
    put(out, {.kind = value.kind(), .point = true, .low = value, .high = value, .sample = value}, facts);
    if (out.segments_.size() == at) return;
    if (value.is_boolean()) out.points_.emplace(value.is_true() ? "true" : "false", at);
    if (value.is_string()) out.points_.emplace(std::string(value.as_string()), at);
  }

  // Texts in the order in which they are named, so that lists of them are few runs.
  static void texts(Domain& out, const NamedValues& named, const InputFacts& facts) {
    std::map<std::string, bool, std::less<>> seen;
    for (const Value& value : named.values)
      if (seen.emplace(std::string(value.as_string()), true).second) point(out, value, facts);
    std::string other = "other";
    for (int i = 2; seen.count(other); ++i) other = cat("other ", i);
    put(out, {.kind = ValueKind::string, .other = true, .sample = Value::string(other)}, facts);
  }

  static void line(Domain& out, ValueKind kind, NamedValues& named, const InputFacts& facts) {
    std::vector<Value>& values = named.values;
    std::sort(values.begin(), values.end(),
              [](const Value& a, const Value& b) { return compare(a, b, nullptr).value_or(0) < 0; });
    values.erase(std::unique(values.begin(), values.end(),
                             [](const Value& a, const Value& b) { return compare(a, b, nullptr) == 0; }),
                 values.end());
    Value like = values.empty() ? Value() : values[0];
    if (values.empty()) {
      // Nothing cuts it: one segment, all of the kind.
      if (kind == ValueKind::time) like = Value::time({});
      if (kind == ValueKind::date_time) like = Value::date_time({{}, {}, ZoneRef::utc()});
      if (kind == ValueKind::days_duration) like = Value::days_duration({});
    }
    Value low;
    for (std::size_t i = 0; i <= values.size(); ++i) {
      const Value high = i < values.size() ? values[i] : Value();
      if (auto sample = value_between(kind, low, high, like))
        put(out, {.kind = kind, .low = low, .high = high, .sample = std::move(*sample)}, facts);
      if (i == values.size()) break;
      put(out, {.kind = kind, .point = true, .low = high, .high = high, .sample = high}, facts);
      low = high;
    }
  }

  std::optional<ValueKind> only_ = {};
  std::map<ValueKind, NamedValues> named_;
  bool null_named_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
