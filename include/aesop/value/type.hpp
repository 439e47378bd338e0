// Structural types of values and their conversion (DMN 1.5, 10.3.2.9 and 10.3.2.9.4). Part value.
// A Type is immutable and shared; copies are cheap; safe from any thread.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/value/compare.hpp"
#include "aesop/value/print.hpp"
#include "aesop/value/value.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

enum class TypeKind : std::uint8_t {
  any,
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  list,      ///< of element()
  context,   ///< with at least fields(); none declared = any context
  range,     ///< of element()
  function,  ///< from parameters() to result()
};

class Type {
 public:
  using Field = std::pair<std::string, Type>;

  Type() = default;
  Type(TypeKind kind) : kind_(kind) {}  // NOLINT: implicit; for list, range and function of anything

  static Type list_of(Type element) { return Type(TypeKind::list, {}, {std::move(element)}); }
  static Type range_of(Type element) { return Type(TypeKind::range, {}, {std::move(element)}); }
  static Type context_of(std::vector<Field> fields);
  /// The last type is the result.
  static Type function_of(std::vector<Type> parameters, Type result) {
    parameters.push_back(std::move(result));
    return Type(TypeKind::function, {}, std::move(parameters));
  }

  TypeKind kind() const { return kind_; }
  bool is(TypeKind kind) const { return kind_ == kind; }
  bool is_any() const { return kind_ == TypeKind::any; }
  /// Of a list or range; any when not said.
  const Type& element() const;
  std::size_t field_count() const;
  const std::string& field_name(std::size_t i) const;
  const Type& field_type(std::size_t i) const;
  /// Type of a context's field; nullptr when it is not declared.
  const Type* field(std::string_view name) const;
  /// Whether a function's parameters and result are declared.
  bool has_signature() const { return kind_ == TypeKind::function && parts_ != nullptr; }
  std::size_t parameter_count() const;
  const Type& parameter(std::size_t i) const;
  const Type& result() const;

  friend bool operator==(const Type& a, const Type& b);

 private:
  struct Parts;
  Type(TypeKind kind, std::vector<std::string> names, std::vector<Type> types);

  TypeKind kind_ = TypeKind::any;
  std::shared_ptr<const Parts> parts_;
};

struct Type::Parts {
  std::vector<std::string> names;
  std::vector<Type> types;
};

namespace detail {
inline const Type any_type{};
}

inline Type::Type(TypeKind kind, std::vector<std::string> names, std::vector<Type> types)
    : kind_(kind), parts_(std::make_shared<const Parts>(Parts{std::move(names), std::move(types)})) {}

inline Type Type::context_of(std::vector<Field> fields) {
  std::vector<std::string> names;
  std::vector<Type> types;
  for (Field& field : fields) {
    names.push_back(std::move(field.first));
    types.push_back(std::move(field.second));
  }
  return Type(TypeKind::context, std::move(names), std::move(types));
}
inline const Type& Type::element() const {
  return parts_ && (kind_ == TypeKind::list || kind_ == TypeKind::range) ? parts_->types[0]
                                                                         : detail::any_type;
}
inline std::size_t Type::field_count() const { return parts_ ? parts_->names.size() : 0; }
inline const std::string& Type::field_name(std::size_t i) const { return parts_->names[i]; }
inline const Type& Type::field_type(std::size_t i) const { return parts_->types[i]; }
inline const Type* Type::field(std::string_view name) const {
  for (std::size_t i = 0; i < field_count(); ++i)
    if (parts_->names[i] == name) return &parts_->types[i];
  return nullptr;
}
inline std::size_t Type::parameter_count() const { return has_signature() ? parts_->types.size() - 1 : 0; }
inline const Type& Type::parameter(std::size_t i) const { return parts_->types[i]; }
inline const Type& Type::result() const { return has_signature() ? parts_->types.back() : detail::any_type; }

inline bool operator==(const Type& a, const Type& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.parts_ == b.parts_) return true;
  if (a.kind_ == TypeKind::list || a.kind_ == TypeKind::range) return a.element() == b.element();
  if (a.kind_ == TypeKind::context) {
    if (a.field_count() != b.field_count()) return false;
    for (std::size_t i = 0; i < a.field_count(); ++i) {
      const Type* other = b.field(a.field_name(i));
      if (other == nullptr || !(a.field_type(i) == *other)) return false;
    }
    return true;
  }
  return a.parts_ && b.parts_ && a.parts_->types == b.parts_->types;
}

/// FEEL's syntax: `list<number>`, `context<code: string, amount: number>`, `function<number>->boolean`.
inline std::string to_string(const Type& type) {
  switch (type.kind()) {
    case TypeKind::any:
      return "Any";
    case TypeKind::null:
      return "Null";
    case TypeKind::boolean:
      return "boolean";
    case TypeKind::number:
      return "number";
    case TypeKind::string:
      return "string";
    case TypeKind::date:
      return "date";
    case TypeKind::time:
      return "time";
    case TypeKind::date_time:
      return "date and time";
    case TypeKind::days_duration:
      return "days and time duration";
    case TypeKind::months_duration:
      return "years and months duration";
    case TypeKind::list:
      return cat("list<", to_string(type.element()), '>');
    case TypeKind::range:
      return cat("range<", to_string(type.element()), '>');
    case TypeKind::context: {
      if (type.field_count() == 0) return "context";
      std::string out = "context<";
      for (std::size_t i = 0; i < type.field_count(); ++i)
        append(out, i == 0 ? "" : ", ", type.field_name(i), ": ", to_string(type.field_type(i)));
      return out + ">";
    }
    case TypeKind::function: {
      if (!type.has_signature()) return "function";
      std::string out = "function<";
      for (std::size_t i = 0; i < type.parameter_count(); ++i)
        append(out, i == 0 ? "" : ", ", to_string(type.parameter(i)));
      return cat(out, ">->", to_string(type.result()));
    }
  }
  return "Any";
}

namespace detail {

struct TypeScan {
  std::string_view rest;
  int depth = 0;
  bool ok = true;

  void skip() { rest = rest.substr(rest.size() - trim_front(rest).size()); }
  static std::string_view trim_front(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    return text;
  }
  bool accept(std::string_view token) {
    skip();
    if (!rest.starts_with(token)) return false;
    rest.remove_prefix(token.size());
    return true;
  }
  // A name runs to the next sign of the type syntax; inner blanks are kept as one.
  std::string name() {
    skip();
    std::size_t n = 0;
    while (n < rest.size() && rest[n] != '<' && rest[n] != '>' && rest[n] != ',' && rest[n] != ':' &&
           rest.substr(n, 2) != "->")
      ++n;
    std::string out;
    for (const char c : trim(rest.substr(0, n))) {
      if (!is_space(c))
        out.push_back(c);
      else if (!out.empty() && out.back() != ' ')
        out.push_back(' ');
    }
    rest.remove_prefix(n);
    return out;
  }
  Type type() {
    if (++depth > 32) ok = false;
    if (!ok) return {};
    const std::string word = name();
    Type out;
    if (word == "list" || word == "range") {
      out = word == "list" ? TypeKind::list : TypeKind::range;
      if (accept("<")) {
        Type element = type();
        out = word == "list" ? Type::list_of(std::move(element)) : Type::range_of(std::move(element));
        if (!accept(">")) ok = false;
      }
    } else if (word == "context") {
      out = TypeKind::context;
      if (accept("<")) {
        std::vector<Type::Field> fields;
        do {
          std::string field = name();
          if (field.empty() || !accept(":")) ok = false;
          if (!ok) return {};
          fields.emplace_back(std::move(field), type());
        } while (ok && accept(","));
        if (!accept(">")) ok = false;
        out = Type::context_of(std::move(fields));
      }
    } else if (word == "function") {
      out = TypeKind::function;
      if (accept("<")) {
        std::vector<Type> parameters;
        if (!accept(">")) {
          do parameters.push_back(type());
          while (ok && accept(","));
          if (!accept(">")) ok = false;
        }
        if (!accept("->")) ok = false;
        if (ok) out = Type::function_of(std::move(parameters), type());
      }
    } else if (const auto simple = simple_type(word)) {
      out = *simple;
    } else {
      ok = false;
    }
    --depth;
    return out;
  }
  static std::optional<TypeKind> simple_type(std::string_view word) {
    constexpr std::pair<std::string_view, TypeKind> names[] = {
        {"any", TypeKind::any},
        {"Any", TypeKind::any},
        {"null", TypeKind::null},
        {"Null", TypeKind::null},
        {"boolean", TypeKind::boolean},
        {"number", TypeKind::number},
        {"decimal", TypeKind::number},
        {"integer", TypeKind::number},
        {"string", TypeKind::string},
        {"text", TypeKind::string},
        {"date", TypeKind::date},
        {"time", TypeKind::time},
        {"date and time", TypeKind::date_time},
        {"dateTime", TypeKind::date_time},
        {"duration", TypeKind::days_duration},
        {"days and time duration", TypeKind::days_duration},
        {"dayTimeDuration", TypeKind::days_duration},
        {"years and months duration", TypeKind::months_duration},
        {"yearMonthDuration", TypeKind::months_duration}};
    for (const auto& [name, kind] : names)
      if (name == word) return kind;
    return std::nullopt;
  }
};

}  // namespace detail

/// The names of plain types that parse_type knows, for "did you mean".
inline std::vector<std::string_view> type_names() {
  return {"any",
          "null",
          "boolean",
          "number",
          "decimal",
          "string",
          "date",
          "time",
          "date and time",
          "duration",
          "list",
          "range",
          "context",
          "function",
          "days and time duration",
          "years and months duration"};
}

/// FEEL's type syntax, and the everyday words `decimal` (number) and `duration` (days and time). schema_error
/// names the word that is not a type.
inline Result<Type> parse_type(std::string_view text) {
  detail::TypeScan scan{text};
  Type type = scan.type();
  scan.skip();
  if (scan.ok && scan.rest.empty()) return type;
  const auto near = did_you_mean(trim(text), type_names());
  return Error{ErrorCode::schema_error, cat("\"", printable(text, 60), "\" is not a type"),
               near ? cat("did you mean \"", *near, "\"?")
                    : std::string("types are written like number, date and time, list<string>")};
}

/// The type a value has: of a list the common type of its elements, else any.
inline Type type_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::erased:
      return TypeKind::null;
    case ValueKind::boolean:
      return TypeKind::boolean;
    case ValueKind::number:
      return TypeKind::number;
    case ValueKind::string:
      return TypeKind::string;
    case ValueKind::date:
      return TypeKind::date;
    case ValueKind::time:
      return TypeKind::time;
    case ValueKind::date_time:
      return TypeKind::date_time;
    case ValueKind::days_duration:
      return TypeKind::days_duration;
    case ValueKind::months_duration:
      return TypeKind::months_duration;
    case ValueKind::list: {
      const auto items = value.items();
      if (items.empty()) return Type::list_of(TypeKind::null);
      Type common = type_of(items[0]);
      for (const Value& item : items.subspan(1))
        if (!(type_of(item) == common)) common = TypeKind::any;
      return Type::list_of(std::move(common));
    }
    case ValueKind::context: {
      std::vector<Type::Field> fields;
      for (const Entry& entry : value.entries()) fields.emplace_back(entry.first, type_of(entry.second));
      return Type::context_of(std::move(fields));
    }
    case ValueKind::range: {
      const RangeValue& range = value.as_range();
      return Type::range_of(type_of(range.low.is_null() ? range.high : range.low));
    }
    case ValueKind::function:
      return TypeKind::function;
  }
  return TypeKind::any;
}

/// Whether the value is of the type as it stands. Null conforms to every type.
inline bool conforms(const Value& value, const Type& type) {
  if (type.is_any() || value.is_null() || value.is_erased()) return true;
  switch (type.kind()) {
    case TypeKind::boolean:
      return value.is_boolean();
    case TypeKind::number:
      return value.is_number();
    case TypeKind::string:
      return value.is_string();
    case TypeKind::date:
      return value.is_date();
    case TypeKind::time:
      return value.is_time();
    case TypeKind::date_time:
      return value.is_date_time();
    case TypeKind::days_duration:
      return value.is(ValueKind::days_duration);
    case TypeKind::months_duration:
      return value.is(ValueKind::months_duration);
    case TypeKind::list:
      if (!value.is_list()) return false;
      for (const Value& item : value.items())
        if (!conforms(item, type.element())) return false;
      return true;
    case TypeKind::context:
      if (!value.is_context()) return false;
      for (std::size_t i = 0; i < type.field_count(); ++i) {
        const Value* field = value.find(type.field_name(i));
        if (field == nullptr || !conforms(*field, type.field_type(i))) return false;
      }
      return true;
    case TypeKind::range:
      return value.is_range() && conforms(value.as_range().low, type.element()) &&
             conforms(value.as_range().high, type.element());
    case TypeKind::function:
      return value.is_function();
    default:
      return false;
  }
}

/// Whether every value of `type` conforms to `wanted` (DMN 1.5, 10.3.2.9.2).
inline bool conforms(const Type& type, const Type& wanted) {
  if (wanted.is_any() || type.is(TypeKind::null)) return true;
  if (type.kind() != wanted.kind()) return false;
  switch (type.kind()) {
    case TypeKind::list:
    case TypeKind::range:
      return conforms(type.element(), wanted.element());
    case TypeKind::context:
      for (std::size_t i = 0; i < wanted.field_count(); ++i) {
        const Type* field = type.field(wanted.field_name(i));
        if (field == nullptr || !conforms(*field, wanted.field_type(i))) return false;
      }
      return true;
    case TypeKind::function: {
      if (!wanted.has_signature() || !type.has_signature()) return true;
      if (type.parameter_count() != wanted.parameter_count()) return false;
      for (std::size_t i = 0; i < type.parameter_count(); ++i)
        if (!conforms(wanted.parameter(i), type.parameter(i))) return false;
      return conforms(type.result(), wanted.result());
    }
    default:
      return true;
  }
}

/// DMN's implicit conversion: as it is when it conforms; a list of one for its element, an element for a list
/// of one, a date for its midnight in UTC. nullopt when none fits (DMN makes that null).
inline std::optional<Value> coerce(const Value& value, const Type& type) {
  if (conforms(value, type)) return value;
  if (value.is_list() && !type.is(TypeKind::list)) {
    const auto items = value.items();
    if (items.size() == 1 && conforms(items[0], type)) return items[0];
    return std::nullopt;
  }
  if (type.is(TypeKind::list) && !value.is_list() && conforms(value, type.element()))
    return Value::list({value});
  if (type.is(TypeKind::date_time) && value.is_date()) return Value::date_time(value.as_date_time());
  return std::nullopt;
}

/// The conversion at the border of JSON: as coerce, and a string becomes the date, time, date-time or
/// duration it spells where the type asks for one, inside lists and contexts too. Fields that are declared
/// and missing become null; fields not declared stay. nullopt when the value does not fit.
inline std::optional<Value> coerce_text(const Value& value, const Type& type) {
  if (value.is_string()) {
    const std::string_view text = value.as_string();
    const auto made = [](auto parsed, auto make) -> std::optional<Value> {
      if (!parsed) return std::nullopt;
      return make(*parsed);
    };
    switch (type.kind()) {
      case TypeKind::date:
        return made(parse_date(text), [](const Date& v) { return Value::date(v); });
      case TypeKind::time:
        return made(parse_time(text), [](const Time& v) { return Value::time(v); });
      case TypeKind::date_time:
        if (const auto day = parse_date(text)) return Value::date_time({*day, {}, ZoneRef::utc()});
        return made(parse_date_time(text), [](const DateTime& v) { return Value::date_time(v); });
      case TypeKind::days_duration:
        return made(parse_days_duration(text), [](const DaysDuration& v) { return Value::days_duration(v); });
      case TypeKind::months_duration:
        return made(parse_months_duration(text), [](MonthsDuration v) { return Value::months_duration(v); });
      default:
        break;
    }
  }
  if (value.is_list() && type.is(TypeKind::list)) {
    if (type.element().is_any()) return value;
    std::vector<Value> items;
    items.reserve(value.size());
    for (const Value& item : value.items()) {
      auto one = coerce_text(item, type.element());
      if (!one) return std::nullopt;
      items.push_back(std::move(*one));
    }
    return Value::list(std::move(items));
  }
  if (value.is_context() && type.is(TypeKind::context) && type.field_count() > 0) {
    const auto all = value.entries();
    std::vector<Entry> entries(all.begin(), all.end());
    for (Entry& entry : entries) {
      const Type* field = type.field(entry.first);
      if (field == nullptr) continue;
      auto one = coerce_text(entry.second, *field);
      if (!one) return std::nullopt;
      entry.second = std::move(*one);
    }
    for (std::size_t i = 0; i < type.field_count(); ++i)
      if (value.find(type.field_name(i)) == nullptr) entries.emplace_back(type.field_name(i), Value());
    return Value::context(std::move(entries));
  }
  if (type.is(TypeKind::list) && !value.is_list() && !value.is_null()) {
    auto one = coerce_text(value, type.element());
    if (!one) return std::nullopt;
    return Value::list({std::move(*one)});
  }
  return coerce(value, type);
}

}  // namespace v0
}  // namespace aesop
