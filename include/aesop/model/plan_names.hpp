// What a name means at a place of an SOP, and its type. Part model, private to make_plan.hpp.
// The manual's "Names an expression sees" is the contract.
#pragma once

#include "aesop/model/plan.hpp"
#include "aesop/value/type.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Where an expression stands: in a block, in a step whose own fields it sees, while an event is handled.
struct NamePlace {
  std::uint32_t block = 0;
  std::uint32_t step = no_ref;
  const EventDefinition* event = nullptr;

  friend bool operator==(const NamePlace&, const NamePlace&) = default;
};

struct Meaning {
  Slot slot = {};
  Type type = {};
};

inline Type type_of_kind(DataKind kind) {
  switch (kind) {
    case DataKind::any:
      return TypeKind::any;
    case DataKind::string:
    case DataKind::span:
      return TypeKind::string;
    case DataKind::number:
      return TypeKind::number;
    case DataKind::boolean:
      return TypeKind::boolean;
    case DataKind::date:
      return TypeKind::date;
    case DataKind::time:
      return TypeKind::time;
    case DataKind::date_time:
      return TypeKind::date_time;
    case DataKind::duration:
      return TypeKind::days_duration;
    case DataKind::months:
      return TypeKind::months_duration;
    case DataKind::list:
      return TypeKind::list;
    case DataKind::context:
      return TypeKind::context;
  }
  return TypeKind::any;
}

inline Type type_of_field(const FieldDefinition& field);

inline Type type_of_fields(const std::vector<FieldDefinition>& fields, std::vector<Type::Field> more = {}) {
  std::vector<Type::Field> out;
  out.reserve(fields.size() + more.size());
  for (const FieldDefinition& field : fields) out.emplace_back(field.name, type_of_field(field));
  for (Type::Field& field : more) out.push_back(std::move(field));
  return Type::context_of(std::move(out));
}

inline Type type_of_field(const FieldDefinition& field) {
  if (field.kind == DataKind::context)
    return field.fields.empty() ? Type(TypeKind::context) : type_of_fields(field.fields);
  if (field.kind == DataKind::list) {
    if (field.element == DataKind::context && !field.fields.empty())
      return Type::list_of(type_of_fields(field.fields));
    return field.element == DataKind::any ? Type(TypeKind::list) : Type::list_of(type_of_kind(field.element));
  }
  return type_of_kind(field.kind);
}

/// Whether a value of `type` may be one of `wanted`; what is not known may.
inline bool may_be(const Type& type, const Type& wanted) {
  if (type.is_any() || type.is(TypeKind::null) || wanted.is_any()) return true;
  if (type.kind() != wanted.kind()) return false;
  if (type.is(TypeKind::list)) return may_be(type.element(), wanted.element());
  for (std::size_t i = 0; type.is(TypeKind::context) && i < wanted.field_count(); ++i)
    if (const Type* field = type.field(wanted.field_name(i)); field && !may_be(*field, wanted.field_type(i)))
      return false;
  return true;
}

/// The payload of an event, and when it occurred.
inline Type type_of_event(const EventDefinition* event) {
  if (!event) return TypeKind::context;
  return type_of_fields(event->fields, {{"occurred", TypeKind::date_time}});
}

inline const Type& type_of_run() {
  static const Type type = Type::context_of({{"id", TypeKind::string},
                                             {"subject", TypeKind::string},
                                             {"key", TypeKind::string},
                                             {"scope", TypeKind::string},
                                             {"sop", TypeKind::string},
                                             {"version", TypeKind::string},
                                             {"started", TypeKind::date_time}});
  return type;
}

/// Fields of a step's own form: of a task its form, of a service its result, of an approval `outcome`.
inline const std::vector<FieldDefinition>& own_fields(const StepDefinition& step) {
  static const std::vector<FieldDefinition> outcome = [] {
    FieldDefinition field;
    field.name = "outcome";
    field.kind = DataKind::string;
    field.one_of = {Value::string("approved"), Value::string("refused")};
    return std::vector<FieldDefinition>{field};
  }();
  static const std::vector<FieldDefinition> nothing;
  if (step.kind == StepKind::task) return step.form;
  if (step.kind == StepKind::service) return step.result;
  return step.kind == StepKind::approval ? outcome : nothing;
}

inline Type type_of_step(const StepDefinition& step) {
  std::vector<Type::Field> more = {{"entered", TypeKind::date_time},
                                   {"completed", TypeKind::date_time},
                                   {"by", TypeKind::string},
                                   {"visit", TypeKind::number}};
  if (step.kind != StepKind::approval) more.emplace_back("outcome", TypeKind::string);
  return type_of_fields(own_fields(step), std::move(more));
}

/// Identifiers of a FEEL text that may be names: not in strings, not behind a dot.
inline std::vector<std::string_view> identifiers(std::string_view text) {
  std::vector<std::string_view> out;
  const auto letter = [](char c) {
    return is_lower(c) || is_upper(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
      ++i;
      continue;
    }
    if (!letter(text[i])) {
      // A number's letters are no name: 1e5.
      if (is_digit(text[i]))
        while (i < text.size() && (is_digit(text[i]) || letter(text[i]))) ++i;
      else
        ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && (letter(text[i]) || is_digit(text[i]))) ++i;
    std::size_t before = begin;
    while (before > 0 && is_space(text[before - 1])) --before;
    const bool path = before > 0 && text[before - 1] == '.' && !(before > 1 && text[before - 2] == '.');
    if (!path) out.push_back(text.substr(begin, i - begin));
  }
  return out;
}

/// Words of FEEL that cannot be names.
inline bool is_feel_word(std::string_view text) {
  constexpr std::string_view words[] = {
      "and",      "between", "else", "every", "external", "false",     "for",  "function", "if",   "in",
      "instance", "null",    "of",   "or",    "return",   "satisfies", "some", "then",     "true", "not"};
  for (const std::string_view word : words)
    if (word == text) return true;
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
