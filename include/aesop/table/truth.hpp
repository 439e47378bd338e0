// Where a Condition is true and where it is false, as boxes over the domains of its variables. Part table.
// Three-valued as FEEL is: where it is neither, it is null.
#pragma once

#include "aesop/table/box.hpp"
#include "aesop/table/condition.hpp"
#include "aesop/table/domain.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Tells the domains of a condition's variables what it names. Where nothing can be said of a part, it becomes opaque.
inline void name_values(Condition& condition, std::span<DomainMaker> makers) {
  using Kind = Condition::Kind;
  bool good = true;
  if (condition.kind == Kind::compare) {
    const bool ordered = condition.op != rules::Op::test_equal && condition.op != rules::Op::test_not_equal;
    good =
        (!ordered || !condition.value.is_null()) && makers[condition.variable].add(condition.value, ordered);
  } else if (condition.kind == Kind::within) {
    const RangeValue& range = condition.value.as_range();
    const bool choice = range.comparison && !range.low.is_null() && !range.high.is_null();
    for (const Value* bound : {&range.low, &range.high}) {
      if (!bound->is_null()) good = good && makers[condition.variable].add(*bound, !choice);
      good = good && (range.comparison || !bound->is_null());
    }
  } else if (condition.kind == Kind::truth) {
    good = makers[condition.variable].add(Value::boolean(true), false);
  }
  if (!good) condition = {};
  for (Condition& part : condition.parts) {
    name_values(part, makers);
    if (condition.kind == Kind::among && part.kind == Kind::opaque) {
      condition = {};
      return;
    }
  }
}

struct Truth {
  Boxes yes = {};
  Boxes no = {};
};

class TruthReader {
 public:
  /// An opaque part is taken to be true and false everywhere with `perhaps`, and nowhere without. Unions of more than
  /// `most` boxes are given up: nullopt.
  TruthReader(std::span<const Domain> domains, bool perhaps, std::size_t most = 1'000)
      : domains_(domains), perhaps_(perhaps), most_(most) {
    for (const Domain& domain : domains) everything_.push_back(domain.all());
  }

  std::optional<Truth> read(const Condition& condition) const {
    using Kind = Condition::Kind;
    switch (condition.kind) {
      case Kind::constant:
        return Truth{condition.value.is_true() ? Boxes{everything_} : Boxes{},
                     condition.value.is_false() ? Boxes{everything_} : Boxes{}};
      case Kind::compare: {
        Segments yes, no;
        compare(condition, yes, no);
        return of(condition.variable, yes, no);
      }
      case Kind::within: {
        Segments yes, no;
        within(condition, yes, no);
        return of(condition.variable, yes, no);
      }
      case Kind::truth:
        return of(condition.variable, domain(condition).equal_to(Value::boolean(true)),
                  domain(condition).equal_to(Value::boolean(false)));
      case Kind::among: {
        Segments yes;
        for (const Condition& part : condition.parts) {
          Segments one, ignored;
          part.kind == Kind::within ? within(part, one, ignored) : compare(part, one, ignored);
          yes = yes | one;
        }
        return of(condition.variable, yes, domain(condition).all() - yes);
      }
      case Kind::negation: {
        auto inner = read(condition.parts[0]);
        if (inner) std::swap(inner->yes, inner->no);
        return inner;
      }
      case Kind::all:
      case Kind::any: {
        const bool all = condition.kind == Kind::all;
        Truth out{all ? Boxes{everything_} : Boxes{}, all ? Boxes{} : Boxes{everything_}};
        for (const Condition& part : condition.parts) {
          auto one = read(part);
          if (!one) return std::nullopt;
          Boxes& product = all ? out.yes : out.no;
          Boxes& sum = all ? out.no : out.yes;
          Boxes next;
          for (const Box& a : product)
            for (const Box& b : all ? one->yes : one->no) {
              add_box(next, a & b);
              if (next.size() > most_) return std::nullopt;
            }
          product = std::move(next);
          for (Box& box : all ? one->no : one->yes) add_box(sum, std::move(box));
          if (sum.size() > most_) return std::nullopt;
        }
        return out;
      }
      case Kind::opaque:
        break;
    }
    return perhaps_ ? Truth{{everything_}, {everything_}} : Truth{};
  }

 private:
  const Domain& domain(const Condition& condition) const { return domains_[condition.variable]; }
  Truth of(std::uint32_t variable, const Segments& yes, const Segments& no) const {
    Truth out;
    const auto put = [&](Boxes& boxes, const Segments& side) {
      if (side.empty()) return;
      boxes.push_back(everything_);
      boxes.back()[variable] = side;
    };
    put(out.yes, yes);
    put(out.no, no);
    return out;
  }

  void compare(const Condition& condition, Segments& yes, Segments& no) const {
    using rules::Op;
    const Domain& of = domain(condition);
    const Value& value = condition.value;
    const Segments null = Segments::of(of.null(), of.null() + 1);
    if (value.is_null()) {
      yes = null;
      no = of.not_null();
    } else if (condition.op == Op::test_equal || condition.op == Op::test_not_equal) {
      yes = of.equal_to(value);
      no = (of.of_kind(value.kind()) - yes) | null;
    } else {
      const bool below = condition.op == Op::test_less || condition.op == Op::test_less_equal;
      const bool strict = condition.op == Op::test_less || condition.op == Op::test_greater;
      const Segments upper = below == strict ? of.at_least(value) : of.above(value);
      const Segments lower = of.of_kind(value.kind()) - upper;
      yes = below ? lower : upper;
      no = below ? upper : lower;
    }
    if (condition.op == Op::test_not_equal) std::swap(yes, no);
  }

  void within(const Condition& condition, Segments& yes, Segments& no) const {
    const Domain& of = domain(condition);
    const RangeValue& range = condition.value.as_range();
    if (range.comparison && !range.low.is_null() && !range.high.is_null()) {
      yes = of.equal_to(range.low);
      no = (of.of_kind(range.low.kind()) - yes) | Segments::of(of.null(), of.null() + 1);
      if (!range.low_closed) std::swap(yes, no);
      return;
    }
    const Segments kind = of.of_kind(range.low.is_null() ? range.high.kind() : range.low.kind());
    yes = kind;
    if (!range.low.is_null()) yes = yes & (range.low_closed ? of.at_least(range.low) : of.above(range.low));
    if (!range.high.is_null())
      yes = yes - (range.high_closed ? of.above(range.high) : of.at_least(range.high));
    no = kind - yes;
  }

  std::span<const Domain> domains_;
  bool perhaps_;
  std::size_t most_;
  Box everything_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
