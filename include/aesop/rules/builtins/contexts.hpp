// Functions on contexts (DMN 1.5, table 81). Part rules.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

inline Value no_entry(const Arguments& a, std::string_view key) {
  return a.machine().fail(DiagnosticCode::no_such_entry, a.where(),
                          [&] { return cat("there is no entry \"", printable(key, 60), "\""); });
}

inline Value get_value(const FunctionCall& call) {
  const Arguments a(call);
  const Value* context = a.context(0);
  if (context == nullptr) return Value();
  if (a.raw(1).is_list()) {
    // A path of keys.
    const Value* at = context;
    if (a.raw(1).items().empty()) return a.wrong(1, "a key");
    for (const Value& key : a.raw(1).items()) {
      if (!key.is_string()) return a.wrong(1, "a list of keys");
      at = at->find(key.as_string());
      if (at == nullptr) return no_entry(a, key.as_string());
    }
    return *at;
  }
  const auto key = a.text(1);
  if (!key) return Value();
  const Value* found = context->find(*key);
  return found != nullptr ? *found : no_entry(a, *key);
}

inline Value get_entries(const FunctionCall& call) {
  const Arguments a(call);
  const Value* context = a.context(0);
  if (context == nullptr || !a.machine().charge(context->size())) return Value();
  std::vector<Value> out;
  for (const Entry& entry : context->entries())
    out.push_back(Value::context({{"key", Value::string(entry.first)}, {"value", entry.second}}));
  return a.machine().made_list(std::move(out), a.where());
}

inline Value made_context(const Arguments& a, std::vector<Entry> entries) {
  if (!a.machine().charge(entries.size())) return Value();
  if (entries.size() > a.machine().evaluation().budget.list)
    return a.machine().fail(DiagnosticCode::budget_size, a.where(),
                            [] { return "a context is larger than it may be"; });
  Value out = Value::context(std::move(entries));
  if (out.depth() > max_value_depth)
    return a.machine().fail(DiagnosticCode::budget_depth, a.where(),
                            [] { return "a context is nested too deeply"; });
  return out;
}

inline Value context(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Entry> entries;
  for (const Value& item : *items) {
    const Value* key = item.find("key");
    const Value* value = item.find("value");
    if (key == nullptr || !key->is_string() || value == nullptr)
      return a.bad("an entry needs a key, a string, and a value");
    entries.emplace_back(std::string(key->as_string()), *value);
  }
  const std::size_t given = entries.size();
  Value out = made_context(a, std::move(entries));
  if (out.is_context() && out.size() != given)
    return a.machine().fail(DiagnosticCode::duplicate_entry, a.where(),
                            [] { return "a key is there twice"; });
  return out;
}

// context.keys[0].keys[1]... = value; what is on the way must be contexts.
inline Value put(const Arguments& a, const Value& context, std::span<const Value> keys, const Value& value) {
  if (!context.is_context()) return a.bad("there is no context at that path");
  if (!keys[0].is_string()) return a.wrong(1, "a key");
  const std::string_view key = keys[0].as_string();
  if (!a.machine().charge(context.size())) return Value();
  Value inner = value;
  if (keys.size() > 1) {
    const Value* next = context.find(key);
    if (next == nullptr) return a.bad("there is no context at that path");
    inner = put(a, *next, keys.subspan(1), value);
    if (inner.is_null()) return Value();
  }
  const auto all = context.entries();
  std::vector<Entry> entries(all.begin(), all.end());
  entries.emplace_back(std::string(key), std::move(inner));
  return made_context(a, std::move(entries));
}
// Named `key` takes one key and `keys` a list of them; without a name it may be either.
inline Value context_put(const FunctionCall& call) {
  const Arguments a(call);
  const Value* context = a.context(0);
  if (context == nullptr) return Value();
  const Value& key = a.raw(1);
  if (!key.is_list() || a.signature() == 1) {
    if (!key.is_string()) return a.wrong(1, "a key");
    return put(a, *context, {&key, 1}, a.raw(2));
  }
  if (key.items().empty() || key.size() > max_value_depth) return a.wrong(1, "a list of keys");
  return put(a, *context, key.items(), a.raw(2));
}

inline Value context_merge(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Entry> entries;
  for (const Value& item : *items) {
    if (!item.is_context()) return a.bad("the list holds something that is no context");
    if (!a.machine().charge(item.size())) return Value();
    for (const Entry& entry : item.entries()) entries.push_back(entry);
  }
  return made_context(a, std::move(entries));
}

inline const FunctionTable& contexts() {
  static const FunctionTable table{
      {"get value", "m, key | context, key", "Any", get_value},
      {"get entries", "m | context", "list<context<key: string, value: Any>>", get_entries},
      {"context", "entries", "context", context},
      {"context put", "context, key or keys, value | context, key, value | context, keys, value", "context",
       context_put},
      {"context merge", "contexts", "context", context_merge},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
