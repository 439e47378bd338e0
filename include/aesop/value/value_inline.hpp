// Bodies of Value's containers; included by value.hpp alone. Part value.
#pragma once

#include "aesop/value/value.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {

namespace detail {
inline const Value null_value{};
inline const RangeValue null_range{};
}  // namespace detail

inline Value Value::list(std::vector<Value> items) {
  Value out(ValueKind::list);
  if (items.empty()) return out;
  auto* heap = new detail::HeapList;
  for (const Value& item : items) heap->depth = std::max(heap->depth, item.depth());
  ++heap->depth;
  heap->items = std::move(items);
  out.own(heap);
  return out;
}

inline Value Value::context(std::vector<Entry> entries) {
  Value out(ValueKind::context);
  if (entries.empty()) return out;
  std::vector<std::uint32_t> order;
  const auto same = [](const std::string& a, const std::string& b) {
    return a.size() == b.size() && (a.empty() || (a.back() == b.back() && a == b));
  };
  if (entries.size() <= detail::few_entries) {
    for (std::size_t i = 1; i < entries.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (same(entries[i].first, entries[j].first)) {
          entries[j].second = std::move(entries[i].second);
          entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i--));
          break;
        }
  } else {
    const auto sort_keys = [&] {
      // By the first eight bytes as a number; by the whole key where they are equal.
      std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(entries.size());
      for (std::uint32_t i = 0; i < keys.size(); ++i) {
        std::uint64_t prefix = 0;
        const std::string& key = entries[i].first;
        for (std::size_t k = 0; k < 8; ++k)
          prefix = prefix << 8 | (k < key.size() ? static_cast<unsigned char>(key[k]) : 0U);
        keys[i] = {prefix, i};
      }
      std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        const int c = entries[a.second].first.compare(entries[b.second].first);
        return c != 0 ? c < 0 : a.second < b.second;
      });
      order.resize(keys.size());
      for (std::size_t i = 0; i < keys.size(); ++i) order[i] = keys[i].second;
    };
    sort_keys();
    bool repeated = false;
    std::vector<bool> dropped;
    for (std::size_t i = 0; i < order.size();) {
      std::size_t last = i;
      while (last + 1 < order.size() && same(entries[order[last + 1]].first, entries[order[i]].first)) ++last;
      if (last > i) {
        repeated = true;
        dropped.resize(entries.size());
        entries[order[i]].second = std::move(entries[order[last]].second);
        for (std::size_t k = i + 1; k <= last; ++k) dropped[order[k]] = true;
      }
      i = last + 1;
    }
    if (repeated) {
      std::vector<Entry> kept;
      for (std::size_t i = 0; i < entries.size(); ++i)
        if (!dropped[i]) kept.push_back(std::move(entries[i]));
      entries = std::move(kept);
      sort_keys();
    }
    if (entries.size() <= detail::few_entries) order.clear();
  }
  auto* heap = new detail::HeapContext;
  for (const Entry& entry : entries) heap->depth = std::max(heap->depth, entry.second.depth());
  ++heap->depth;
  heap->entries = std::move(entries);
  heap->by_key = std::move(order);
  out.own(heap);
  return out;
}

inline Value Value::range(RangeValue bounds) {
  Value out(ValueKind::range);
  auto* heap = new detail::HeapRange;
  heap->depth = std::max(bounds.low.depth(), bounds.high.depth()) + 1;
  heap->bounds = std::move(bounds);
  out.own(heap);
  return out;
}

inline std::span<const Value> Value::items() const noexcept {
  if (kind_ != ValueKind::list || !shared_) return {};
  return static_cast<const detail::HeapList*>(heap_)->items;
}

inline std::span<const Entry> Value::entries() const noexcept {
  if (kind_ != ValueKind::context || !shared_) return {};
  return static_cast<const detail::HeapContext*>(heap_)->entries;
}

inline const RangeValue& Value::as_range() const noexcept {
  return kind_ == ValueKind::range ? static_cast<const detail::HeapRange*>(heap_)->bounds
                                   : detail::null_range;
}

inline const Value* Value::find(std::string_view key) const noexcept {
  if (kind_ != ValueKind::context || !shared_) return nullptr;
  const auto* heap = static_cast<const detail::HeapContext*>(heap_);
  const std::vector<Entry>& entries = heap->entries;
  if (heap->by_key.empty()) {
    for (const Entry& entry : entries)
      if (entry.first == key) return &entry.second;
    return nullptr;
  }
  const auto at = std::lower_bound(heap->by_key.begin(), heap->by_key.end(), key,
                                   [&](std::uint32_t i, std::string_view k) { return entries[i].first < k; });
  return at != heap->by_key.end() && entries[*at].first == key ? &entries[*at].second : nullptr;
}

inline const Value& Value::get(std::string_view key) const noexcept {
  const Value* found = find(key);
  return found ? *found : detail::null_value;
}

inline const Value& Value::at(std::size_t index) const noexcept {
  const auto all = items();
  return index < all.size() ? all[index] : detail::null_value;
}

inline Value Value::with(std::string_view key, Value value) const {
  const auto all = entries();
  std::vector<Entry> copy(all.begin(), all.end());
  for (Entry& entry : copy)
    if (entry.first == key) {
      entry.second = std::move(value);
      return context(std::move(copy));
    }
  copy.emplace_back(std::string(key), std::move(value));
  return context(std::move(copy));
}

inline Value Value::without(std::string_view key) const {
  std::vector<Entry> copy;
  for (const Entry& entry : entries())
    if (entry.first != key) copy.push_back(entry);
  return context(std::move(copy));
}

inline Value Value::appended(Value item) const {
  const auto all = items();
  std::vector<Value> copy;
  copy.reserve(all.size() + 1);
  copy.assign(all.begin(), all.end());
  copy.push_back(std::move(item));
  return list(std::move(copy));
}

// The last owner is here. Containers nested deeply are taken apart through a worklist, so that the stack
// stays flat; shallow ones, nearly all, recurse and allocate nothing.
inline void Value::destroy() noexcept {
  constexpr std::uint32_t shallow = 32;
  const auto free_one = [](ValueKind kind, detail::Heap* heap) {
    switch (kind) {
      case ValueKind::number:
        delete static_cast<detail::HeapDecimal*>(heap);
        break;
      case ValueKind::string: {
        auto* text = static_cast<detail::HeapString*>(heap);
        text->~HeapString();
        ::operator delete(text);
        break;
      }
      case ValueKind::time:
      case ValueKind::date_time:
        delete static_cast<detail::HeapDateTime*>(heap);
        break;
      case ValueKind::days_duration:
        delete static_cast<detail::HeapDuration*>(heap);
        break;
      case ValueKind::list:
        delete static_cast<detail::HeapList*>(heap);
        break;
      case ValueKind::context:
        delete static_cast<detail::HeapContext*>(heap);
        break;
      case ValueKind::range:
        delete static_cast<detail::HeapRange*>(heap);
        break;
      case ValueKind::function:
        delete static_cast<detail::HeapFunction*>(heap);
        break;
      default:
        break;
    }
  };
  if (heap_->depth <= shallow) {
    free_one(kind_, heap_);
    return;
  }
  std::vector<Value> pending;
  const auto take_children = [&pending](const Value& value) {
    const auto take = [&pending](Value& child) {
      if (child.depth() > 0) pending.push_back(std::move(child));
    };
    if (value.kind_ == ValueKind::list)
      for (Value& child : static_cast<detail::HeapList*>(value.heap_)->items) take(child);
    if (value.kind_ == ValueKind::context)
      for (Entry& entry : static_cast<detail::HeapContext*>(value.heap_)->entries) take(entry.second);
    if (value.kind_ == ValueKind::range) {
      take(static_cast<detail::HeapRange*>(value.heap_)->bounds.low);
      take(static_cast<detail::HeapRange*>(value.heap_)->bounds.high);
    }
  };
  take_children(*this);
  free_one(kind_, heap_);
  while (!pending.empty()) {
    Value next = std::move(pending.back());
    pending.pop_back();
    if (next.heap_->references.load(std::memory_order_acquire) == 1 && next.depth() > shallow)
      take_children(next);
    // `next` goes here: either shared with others, or now without deep children.
  }
}

inline bool equal_strict(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (same_bits(a, b)) return true;
  switch (a.kind()) {
    case ValueKind::number:
      return compare(a.as_decimal(), b.as_decimal()) == 0;
    case ValueKind::string:
      return a.as_string() == b.as_string();
    case ValueKind::time:
      return a.as_time() == b.as_time();
    case ValueKind::date_time:
      return a.as_date_time() == b.as_date_time();
    case ValueKind::days_duration:
      return a.as_days_duration() == b.as_days_duration();
    case ValueKind::list: {
      const auto x = a.items();
      const auto y = b.items();
      if (x.size() != y.size()) return false;
      for (std::size_t i = 0; i < x.size(); ++i)
        if (!equal_strict(x[i], y[i])) return false;
      return true;
    }
    case ValueKind::context: {
      if (a.size() != b.size()) return false;
      for (const Entry& entry : a.entries()) {
        const Value* other = b.find(entry.first);
        if (other == nullptr || !equal_strict(entry.second, *other)) return false;
      }
      return true;
    }
    case ValueKind::range: {
      const RangeValue& x = a.as_range();
      const RangeValue& y = b.as_range();
      return x.low_closed == y.low_closed && x.high_closed == y.high_closed && x.comparison == y.comparison &&
             equal_strict(x.low, y.low) && equal_strict(x.high, y.high);
    }
    case ValueKind::function:
      return a.as_function() == b.as_function();
    case ValueKind::null:
    case ValueKind::erased:
      return true;
    default:
      return false;  // the inline kinds were settled by their bits
  }
}

}  // namespace v0
}  // namespace aesop
