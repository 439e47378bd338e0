// Machine, part: if, for, some, every, filters. Included by machine.hpp alone.
#pragma once

#include "aesop/rules/machine.hpp"

namespace aesop {
inline namespace v0 {
namespace rules {

inline Value Machine::choice(const Node& node) {
  Value room;
  const Value& condition = ref(node.a, room);
  if (!condition.is_boolean() && !condition.is_null())
    return fail(condition.is_erased() ? DiagnosticCode::erased_value : DiagnosticCode::wrong_type,
                nodes_[node.a].where,
                [&] { return cat("a condition is expected, not a ", to_string(condition.kind())); });
  return eval(condition.is_true() ? node.b : node.c);
}

// What an iterator runs over: the elements of a list, whole numbers or days from one to another.
struct Machine::Source {
  Value list;
  std::int64_t first = 0;
  std::int64_t step = 1;
  std::uint64_t count = 0;
  ValueKind kind = ValueKind::list;

  Value item(std::uint64_t i) const {
    if (kind == ValueKind::list) return list.items()[i];
    const std::int64_t at = first + step * static_cast<std::int64_t>(i);
    if (kind == ValueKind::number) return Value::number(at);
    return Value::date(civil_from_days(at));
  }
};

inline bool Machine::open(const Iterator& iterator, Source& source, SourceRange where) {
  Value low = eval(iterator.domain), high;
  bool low_closed = true, high_closed = true, is_range = iterator.end != none, may_fall = true;
  if (is_range) {
    high = eval(iterator.end);
  } else if (low.is_range()) {
    const RangeValue bounds = low.as_range();
    low_closed = bounds.low_closed;
    high_closed = bounds.high_closed;
    low = bounds.low;
    high = bounds.high;
    is_range = true;
    may_fall = false;
  }
  if (!is_range) {
    if (low.is_null() || low.is_erased()) {
      fail(DiagnosticCode::wrong_type, where, [] { return "null cannot be gone through"; });
      return false;
    }
    source.list = low.is_list() ? std::move(low) : Value::list({std::move(low)});
    source.count = source.list.size();
    return true;
  }
  std::int64_t first = 0, last = 0;
  bool good = low.kind() == high.kind();
  if (good && low.is_number()) {
    constexpr std::int64_t most = std::int64_t{1} << 61;
    first = low.as_decimal().to_int64().value_or(INT64_MAX);
    last = high.as_decimal().to_int64().value_or(INT64_MAX);
    good = first > -most && first < most && last > -most && last < most;
  } else if (good && low.is_date()) {
    first = days_from_civil(low.as_date());
    last = days_from_civil(high.as_date());
  } else {
    good = false;
  }
  if (good && last < first && !may_fall) good = false;
  if (!good) {
    fail(DiagnosticCode::wrong_type, where,
         [] { return "only whole numbers and dates can be gone through from one to another"; });
    return false;
  }
  source.kind = low.kind();
  source.step = last < first ? -1 : 1;
  if (!low_closed) first += source.step;
  if (!high_closed) last -= source.step;
  source.first = first;
  const std::int64_t span = (last - first) * source.step;
  source.count = span < 0 ? 0 : static_cast<std::uint64_t>(span) + 1;
  return true;
}

inline Value Machine::loop(const Node& node) {
  bool saw_null = false;
  Value verdict;
  if (node.op != Op::for_) {
    const bool finished = run_loop(node, 0, nullptr, verdict, saw_null);
    if (!finished || stopped_) return Value();
    if (verdict.is_boolean()) return verdict;
    return saw_null ? Value() : Value::boolean(node.op == Op::every);
  }
  std::vector<Value> results;
  const Partial partial{node.c, &results, partials_};
  if (node.c != none) partials_ = &partial;
  const bool finished = run_loop(node, 0, &results, verdict, saw_null);
  if (node.c != none) partials_ = partial.outer;
  if (!finished || stopped_) return Value();
  return made_list(std::move(results), node.where);
}

// One iterator and, inside it, the rest; false when a domain cannot be gone through or a budget is spent.
inline bool Machine::run_loop(const Node& node, std::uint32_t iterator, std::vector<Value>* results,
                              Value& verdict, bool& saw_null) {
  const Iterator& one = program_->iterators[node.a + iterator];
  Source source;
  if (!open(one, source, nodes_[one.domain].where)) return false;
  for (std::uint64_t i = 0; i < source.count; ++i) {
    if (!charge(1)) return false;
    locals_[one.local] = source.item(i);
    if (iterator + 1 < node.n) {
      if (!run_loop(node, iterator + 1, results, verdict, saw_null)) return false;
      if (verdict.is_boolean()) return true;
      continue;
    }
    Value value = eval(node.b);
    if (stopped_) return false;
    if (results != nullptr) {
      if (results->size() >= evaluation_.budget.list) {
        fail(DiagnosticCode::budget_size, node.where, [] { return "a list is longer than it may be"; });
        return false;
      }
      results->push_back(std::move(value));
      continue;
    }
    const bool decides = node.op == Op::some;
    if (!value.is_boolean()) {
      saw_null = true;
    } else if (value.as_bool() == decides) {
      verdict = Value::boolean(decides);
      return true;
    }
  }
  return true;
}

// list[3], list[-1]: from 1 on, from the end on.
inline Value Machine::index(std::span<const Value> items, const Value& position, const Node& node) {
  const auto at = position.as_decimal().to_int64();
  const auto size = static_cast<std::int64_t>(items.size());
  if (at && *at >= 1 && *at <= size) return items[static_cast<std::size_t>(*at - 1)];
  if (at && *at <= -1 && *at >= -size) return items[static_cast<std::size_t>(size + *at)];
  return fail(DiagnosticCode::index_out_of_range, node.where, [&] {
    return cat("there is no element ", position.as_decimal().to_string(), " in a list of ", size);
  });
}

inline Value Machine::no_filter(const Value& predicate, const Node& node) {
  return fail(
      predicate.is_erased() ? DiagnosticCode::erased_value : DiagnosticCode::wrong_type, node.where,
      [&] { return cat("a filter takes a condition or a number, not a ", to_string(predicate.kind())); });
}

inline Value Machine::filter(const Node& node) {
  if (nodes_[node.a].op == Op::partial && node.flag == 0) {
    // partial[-1] must not copy the list that has been made so far.
    const Value position = eval(node.b);
    if (position.is_number())
      for (const Partial* partial = partials_; partial != nullptr; partial = partial->outer)
        if (partial->local == nodes_[node.a].a) return index(*partial->items, position, node);
  }
  Value room;
  const Value& source = ref(node.a, room);
  if (source.is_null() || source.is_erased())
    return fail(source.is_erased() ? DiagnosticCode::erased_value : DiagnosticCode::wrong_type,
                nodes_[node.a].where, [] { return "null cannot be filtered"; });
  const Value single = source.is_list() ? Value() : Value::list({source});
  const std::span<const Value> items = source.is_list() ? source.items() : single.items();
  if (node.flag == 0) {
    const Value predicate = eval(node.b);
    if (predicate.is_number()) return index(items, predicate, node);
    if (predicate.is_true()) return source.is_list() ? source : single;
    if (predicate.is_boolean() || predicate.is_null()) return Value::list({});
    return no_filter(predicate, node);
  }
  std::vector<Value> kept;
  for (const Value& item : items) {
    if (!charge(1)) return Value();
    locals_[node.c] = item;
    const Value predicate = eval(node.b);
    if (stopped_) return Value();
    if (predicate.is_number()) return index(items, predicate, node);
    if (predicate.is_true()) kept.push_back(item);
    if (!predicate.is_boolean() && !predicate.is_null()) return no_filter(predicate, node);
  }
  return made_list(std::move(kept), node.where);
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
