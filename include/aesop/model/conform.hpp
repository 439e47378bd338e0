// From a plain JSON value to a value of a declared type: conform. Part model; used by the loader for defaults and by run
// for forms, payloads, results and data at the start. Pure; safe from any thread.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/base/result.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/value/compare.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// The field of a name; nullptr when there is none.
inline const FieldDefinition* find_field(const std::vector<FieldDefinition>& fields, std::string_view name) {
  for (const FieldDefinition& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

namespace detail {

constexpr ValueKind value_kind(DataKind kind) {
  switch (kind) {
    case DataKind::any:
      return ValueKind::null;
    case DataKind::string:
    case DataKind::span:
      return ValueKind::string;
    case DataKind::number:
      return ValueKind::number;
    case DataKind::boolean:
      return ValueKind::boolean;
    case DataKind::date:
      return ValueKind::date;
    case DataKind::time:
      return ValueKind::time;
    case DataKind::date_time:
      return ValueKind::date_time;
    case DataKind::duration:
      return ValueKind::days_duration;
    case DataKind::months:
      return ValueKind::months_duration;
    case DataKind::list:
      return ValueKind::list;
    case DataKind::context:
      return ValueKind::context;
  }
  return ValueKind::null;
}

/// A scalar of a kind; null when it cannot be one. Text becomes dates, times and durations.
inline Value conform_scalar(const Value& value, DataKind kind) {
  if (kind == DataKind::any || value.is(value_kind(kind))) {
    if (kind == DataKind::span && !parse_span(value.as_string())) return {};
    return value;
  }
  if (!value.is_string()) return {};
  const std::string_view text = value.as_string();
  switch (kind) {
    case DataKind::date:
      if (const auto date = parse_date(text)) return Value::date(*date);
      break;
    case DataKind::time:
      if (const auto time = parse_time(text)) return Value::time(*time);
      break;
    case DataKind::date_time:
      if (const auto moment = parse_date_time(text)) return Value::date_time(*moment);
      break;
    case DataKind::duration:
      if (const auto duration = parse_days_duration(text)) return Value::days_duration(*duration);
      if (const auto span = parse_span(text); span && span->unit == SpanUnit::elapsed)
        return Value::days_duration(
            {floor_div(span->amount, us_per_second),
             static_cast<std::int32_t>(floor_mod(span->amount, us_per_second) * 1000)});
      break;
    case DataKind::months:
      if (const auto duration = parse_months_duration(text)) return Value::months_duration(*duration);
      break;
    default:
      break;
  }
  return {};
}

inline Error not_conform(const std::string& path, std::string_view message, std::string help = {}) {
  return {ErrorCode::type_mismatch, cat(path, ' ', message), std::move(help)};
}

constexpr std::string_view how_written(DataKind kind) {
  switch (kind) {
    case DataKind::date:
      return "a date is written \"2026-03-31\"";
    case DataKind::time:
      return "a time is written \"08:30:00\"";
    case DataKind::date_time:
      return "a date and time is written \"2026-03-31T08:30:00Z\"";
    case DataKind::duration:
      return "a duration is written \"24 hours\", \"10 days\" or \"PT24H\"";
    case DataKind::months:
      return "a years and months duration is written \"P1Y6M\"";
    case DataKind::span:
      return "a span is written \"48 hours\" or \"3 business days\"";
    default:
      return {};
  }
}

Result<Value> conform_at(const Value& value, const FieldDefinition& field, const std::string& path);

inline Result<Value> conform_context(const Value& value, const std::vector<FieldDefinition>& fields,
                                     const std::string& path) {
  if (fields.empty()) return value;
  std::vector<Entry> entries;
  entries.reserve(value.size());
  for (const Entry& entry : value.entries()) {
    const std::string inner = cat(path, '.', printable(entry.first, 60));
    const FieldDefinition* field = find_field(fields, entry.first);
    if (!field) {
      std::vector<std::string_view> names;
      for (const FieldDefinition& known : fields) names.push_back(known.name);
      const auto near = did_you_mean(entry.first, names);
      return not_conform(inner, "is not declared", near ? cat("did you mean ", *near, '?') : std::string());
    }
    auto typed = conform_at(entry.second, *field, inner);
    if (!typed) return typed;
    entries.emplace_back(entry.first, typed.take());
  }
  for (const FieldDefinition& field : fields)
    if (value.find(field.name) == nullptr) entries.emplace_back(field.name, Value());
  return Value::context(std::move(entries));
}

inline Result<Value> conform_at(const Value& value, const FieldDefinition& field, const std::string& path) {
  if (value.is_null() || value.is_erased()) return value;
  Value typed;
  if (field.kind == DataKind::list) {
    if (!value.is_list()) return not_conform(path, "must be a list");
    FieldDefinition element;
    element.kind = field.element;
    element.fields = field.fields;
    std::vector<Value> items;
    items.reserve(value.size());
    for (const Value& item : value.items()) {
      auto one = conform_at(item, element, cat(path, '[', items.size() + 1, ']'));
      if (!one) return one;
      items.push_back(one.take());
    }
    typed = Value::list(std::move(items));
  } else if (field.kind == DataKind::context) {
    if (!value.is_context()) return not_conform(path, "must be a context");
    auto context = conform_context(value, field.fields, path);
    if (!context) return context;
    typed = context.take();
  } else {
    typed = conform_scalar(value, field.kind);
    if (typed.is_null())
      return not_conform(path, cat("must be of type ", to_string(field.kind)),
                         std::string(how_written(field.kind)));
  }
  if (!field.one_of.empty()) {
    bool allowed = false;
    for (const Value& one : field.one_of) allowed = allowed || equal(one, typed, nullptr) == true;
    if (!allowed) return not_conform(path, "is none of the values allowed");
  }
  if (field.min && compare(typed, *field.min, nullptr).value_or(0) < 0)
    return not_conform(path, "is below the least value allowed");
  if (field.max && compare(typed, *field.max, nullptr).value_or(0) > 0)
    return not_conform(path, "is above the greatest value allowed");
  return typed;
}

}  // namespace detail

/// `value` as the declared type of `field`: text becomes date, time, duration where these are declared, declared
/// fields that are missing become null, null stays null.
/// type_mismatch, naming the field and never the value, when it cannot be, holds a field that is not declared, or is
/// outside `one_of`, `min` or `max`.
inline Result<Value> conform(const Value& value, const FieldDefinition& field) {
  return detail::conform_at(value, field, field.name);
}

/// A context whose entries are as declared; entries that are not declared are a type_mismatch.
inline Result<Value> conform(const Value& context, const std::vector<FieldDefinition>& fields,
                             std::string_view what) {
  if (!context.is_context()) return detail::not_conform(std::string(what), "must be a context");
  if (fields.empty() && context.size() > 0)
    return detail::not_conform(cat(what, '.', printable(context.entries()[0].first, 60)), "is not declared");
  return detail::conform_context(context, fields, std::string(what));
}

}  // namespace v0
}  // namespace aesop
