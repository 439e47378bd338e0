// Where an expression may give null although its author meant a value: NullFinder. Part rules; used by the checker of
// SOPs. It knows what names may be null only from its caller, follows guards (`x != null and x > 5`, `if x = null then
// ... else ...`), and speaks of two things: a null that decides (a condition, or the condition of an if), and a division
// by what may be zero. It says nothing of what it does not know. Pure.
#pragma once

#include "aesop/rules/facts.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

/// What the caller knows of a name, or of a path that begins with one.
struct NameKnown {
  bool may_be_null = false;
  bool text = false;      ///< its value is a string
  bool nonzero = false;   ///< a number that is never zero
  bool positive = false;  ///< a number above zero
  bool at_least_zero = false;
};

struct MayBeNull {
  enum class Kind : std::uint8_t { name, entry, empty_list, not_read, division };
  Kind kind = Kind::name;
  NodeId at = none;    ///< the part that becomes null: the comparison, the division
  NodeId what = none;  ///< because of this: the name, the list, the divisor
};

class NullFinder {
 public:
  using Known = std::function<NameKnown(NodeId)>;

  /// `names` of the slots are needed for assume() only.
  NullFinder(const Program& program, Known known, std::vector<std::string> names = {})
      : program_(program), known_(std::move(known)), facts_(program, std::move(names)) {}

  /// What is certain before it is evaluated: of the conditions that were asked before and did not hold.
  void assume(const Facts& facts) { facts_.assume(facts); }

  /// With `decides` the expression is a condition, in which null is as false.
  std::vector<MayBeNull> find(bool decides) {
    if (program_.root == none) return {};
    if (decides)
      condition(program_.root, true);
    else
      value(program_.root);
    return std::move(found_);
  }
  /// Whether its value may be null, for those who use it.
  bool gives_null() { return program_.root != none && value(program_.root).has_value(); }

 private:
  using Why = std::optional<MayBeNull>;

  const Node& node(NodeId id) const { return program_.nodes[id]; }
  NodeId kid(const Node& of, std::uint32_t i) const { return program_.kids[of.a + i]; }
  NodeId argument(const Node& of, std::uint32_t i) const { return program_.kids[of.c + i]; }
  std::string_view function(const Node& of) const { return program_.functions[of.a].name; }

  void report(MayBeNull one) {
    constexpr std::size_t most = 20;
    if (found_.size() >= most) return;
    for (const MayBeNull& known : found_)
      if (known.what == one.what || (known.kind == one.kind && !facts_.key(one.what).empty() &&
                                     facts_.key(known.what) == facts_.key(one.what)))
        return;
    found_.push_back(one);
  }

  /// A place where a value decides. A bare name is left alone where null is as good as false: a box that nobody ticked.
  void condition(NodeId id, bool null_is_no) {
    const Node& of = node(id);
    const std::size_t mark = facts_.mark();
    if (of.op == Op::all_of || of.op == Op::any_of) {
      operands(of, [&](NodeId one) { condition(one, null_is_no); });
      return;
    }
    if (of.op == Op::call && function(of) == "not" && of.n == 1)
      return condition(argument(of, 0), !null_is_no);
    if (of.op == Op::if_) {
      condition(of.a, true);
      facts_.learn(of.a, true, false);
      condition(of.b, null_is_no);
      facts_.forget(mark);
      facts_.learn(of.a, false, true);
      condition(of.c, null_is_no);
      facts_.forget(mark);
      return;
    }
    if (of.op == Op::some || of.op == Op::every) {
      domains(of, id);
      condition(of.b, null_is_no);
      return;
    }
    if (null_is_no && (of.op == Op::slot || of.op == Op::slot_path || of.op == Op::path)) return;
    if (Why why = value(id)) {
      why->at = id;
      report(*why);
    }
  }

  /// Each operand of `and` (`or`) where the others are not false (true): a null of it decides only then. Those before it
  /// count whole, since their own nulls are told already; those after it as far as they are never null.
  template <class Visit>
  void operands(const Node& of, const Visit& visit) {
    const bool truth = of.op == Op::all_of;
    const std::size_t before = facts_.mark();
    for (std::uint32_t i = 0; i < of.n; ++i) {
      const std::size_t mark = facts_.mark();
      // A guard behind is looked for where people write one, so that a long condition costs no more than its length.
      for (std::uint32_t k = i + 1; k < of.n && of.n <= 32; ++k) facts_.learn(kid(of, k), truth, true);
      visit(kid(of, i));
      facts_.forget(mark);
      facts_.learn(kid(of, i), truth, !truth);
    }
    facts_.forget(before);
  }

  void domains(const Node& of, NodeId at) {
    for (std::uint32_t i = 0; i < of.n; ++i) {
      const Iterator& one = program_.iterators[of.a + i];
      for (const NodeId end : {one.domain, one.end})
        if (end != none)
          if (Why why = value(end)) {
            why->at = at;
            report(*why);
          }
    }
  }

  Why either(NodeId a, NodeId b) {
    Why first = a == none ? std::nullopt : value(a);
    Why second = b == none ? std::nullopt : value(b);
    return first ? first : second;
  }

  /// Why the value may be null; divisions in it are told on the way.
  Why value(NodeId id) {
    const Node& of = node(id);
    const std::size_t mark = facts_.mark();
    switch (of.op) {
      case Op::slot:
      case Op::slot_path:
        if (facts_.knows(Facts::Kind::something, id) || !known_(id).may_be_null) return std::nullopt;
        return MayBeNull{MayBeNull::Kind::name, id, id};
      case Op::path:
        if (facts_.knows(Facts::Kind::something, id)) return std::nullopt;
        return value(of.a);
      case Op::negate:
        return value(of.a);
      case Op::divide:
        divisor(id, of.b);
        return either(of.a, of.b);
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::power:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::range:
        return either(of.a, of.b);
      case Op::equal:
      case Op::not_equal:
        either(of.a, of.b);
        return std::nullopt;
      case Op::between: {
        Why why = either(of.a, of.b);
        Why last = value(of.c);
        return why ? why : last;
      }
      case Op::in: {
        Why why = value(of.a);
        return needs_order(of.b) ? why : std::nullopt;
      }
      case Op::chain: {
        Why why = value(kid(of, 0));
        for (std::uint32_t i = 1; i + 1 < of.n; i += 2) {
          if (static_cast<Op>(kid(of, i)) == Op::divide) divisor(id, kid(of, i + 1));
          Why next = value(kid(of, i + 1));
          if (!why) why = next;
        }
        return why;
      }
      case Op::all_of:
      case Op::any_of: {
        Why why;
        operands(of, [&](NodeId one) {
          Why next = value(one);
          if (!why) why = next;
        });
        return why;
      }
      case Op::if_: {
        condition(of.a, true);
        facts_.learn(of.a, true, false);
        Why why = value(of.b);
        facts_.forget(mark);
        facts_.learn(of.a, false, true);
        Why other = value(of.c);
        facts_.forget(mark);
        return why ? why : other;
      }
      case Op::for_:
      case Op::some:
      case Op::every: {
        Why why;
        for (std::uint32_t i = 0; i < of.n; ++i) {
          const Iterator& one = program_.iterators[of.a + i];
          Why next = either(one.domain, one.end);
          if (!why) why = next;
        }
        value(of.b);
        return why;
      }
      case Op::filter:
        return filter(id, of);
      case Op::list:
        for (std::uint32_t i = 0; i < of.n; ++i) value(kid(of, i));
        return std::nullopt;
      case Op::context:
        for (std::uint32_t i = 0; i < of.n; ++i) value(program_.entries[of.a + i].value);
        return std::nullopt;
      case Op::call:
        return call(id, of);
      case Op::call_value:
        for (std::uint32_t i = 0; i < of.n; ++i) value(argument(of, i));
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  /// list[2] may not be there; list[price > 5] is a list.
  Why filter(NodeId id, const Node& of) {
    Why why = value(of.a);
    value(of.b);
    const Value* at = facts_.constant(of.b);
    if (!at || !at->is_number()) return why;
    const bool end = at->as_decimal() == Decimal(1) || at->as_decimal() == Decimal(-1);
    if (why || node(of.a).op == Op::constant || (end && filled(of.a))) return why;
    return MayBeNull{MayBeNull::Kind::entry, id, id};
  }

  bool filled(NodeId list) const {
    const std::string name = facts_.key(list);
    return !name.empty() && facts_.knows(Facts::Kind::nonzero, cat("count(", name, ",)"));
  }

  Why call(NodeId id, const Node& of) {
    const std::string_view name = function(of);
    Why why;
    for (std::uint32_t i = 0; i < of.n; ++i) {
      Why next = value(argument(of, i));
      // What is looked for in a list may be null.
      const bool may_be = i > 0 && (name == "list contains" || name == "index of" || name == "append" ||
                                    name == "string join" || name == "remove");
      if (!why && !may_be) why = next;
    }
    if (name == "modulo" && of.n == 2) divisor(id, argument(of, 1));
    for (const std::string_view never :
         {"is", "get or else", "string join", "concatenate", "union", "flatten"})
      if (name == never) return std::nullopt;
    if (why || of.n != 1) return why;
    const Node& first = node(argument(of, 0));
    for (const std::string_view gathers : {"min", "max", "sum", "mean", "median", "product", "stddev"})
      if (name == gathers && first.op != Op::constant && first.op != Op::list && !filled(argument(of, 0)))
        return MayBeNull{MayBeNull::Kind::empty_list, id, id};
    for (const std::string_view reads : {"number", "date", "time", "date and time", "duration"})
      if (name == reads && (first.op == Op::slot || first.op == Op::slot_path) &&
          known_(argument(of, 0)).text)
        return MayBeNull{MayBeNull::Kind::not_read, id, id};
    return std::nullopt;
  }

  /// Whether a test of null gives null: an order does, an equality does not.
  bool needs_order(NodeId id) const {
    const Node& of = node(id);
    if (of.op == Op::tests) {
      for (std::uint32_t i = 0; i < of.n; ++i)
        if (needs_order(kid(of, i))) return true;
      return false;
    }
    if (of.op == Op::test_not) return needs_order(of.a);
    if (of.op >= Op::test_less && of.op <= Op::test_greater_equal) return true;
    if (of.op != Op::test_value) return false;
    const Value* constant = facts_.constant(of.a);
    if (!constant) return node(of.a).op == Op::range;
    if (constant->is_range()) return true;
    if (constant->is_list())
      for (const Value& item : constant->items())
        if (item.is_range()) return true;
    return false;
  }

  enum class Sign : std::uint8_t { any, at_least_zero, positive, negative };
  Sign sign(NodeId id) const {
    const Node& of = node(id);
    if (const Value* known = facts_.constant(id)) {
      if (!known->is_number()) return Sign::any;
      const Decimal& number = known->as_decimal();
      return number.is_zero() ? Sign::at_least_zero : number.is_negative() ? Sign::negative : Sign::positive;
    }
    if (of.op == Op::slot || of.op == Op::slot_path) {
      const NameKnown known = known_(id);
      if (known.positive) return Sign::positive;
      return known.at_least_zero ? Sign::at_least_zero : Sign::any;
    }
    if (of.op == Op::call && (function(of) == "count" || function(of) == "string length"))
      return Sign::at_least_zero;
    if (of.op == Op::add || of.op == Op::multiply) return together(of.op, sign(of.a), sign(of.b));
    if (of.op == Op::chain) {
      Sign out = sign(kid(of, 0));
      for (std::uint32_t i = 1; i + 1 < of.n; i += 2)
        out = together(static_cast<Op>(kid(of, i)), out, sign(kid(of, i + 1)));
      return out;
    }
    return Sign::any;
  }
  static Sign together(Op op, Sign a, Sign b) {
    const auto high = [](Sign s) { return s == Sign::positive || s == Sign::at_least_zero; };
    if ((op != Op::add && op != Op::multiply) || !high(a) || !high(b)) return Sign::any;
    const bool positive = op == Op::add ? a == Sign::positive || b == Sign::positive
                                        : a == Sign::positive && b == Sign::positive;
    return positive ? Sign::positive : Sign::at_least_zero;
  }

  void divisor(NodeId at, NodeId by) {
    const Node& of = node(by);
    if (const Value* known = facts_.constant(by)) {
      const bool zero =
          (known->is_number() && known->as_decimal().is_zero()) ||
          (known->is(ValueKind::days_duration) && known->as_days_duration() == DaysDuration{}) ||
          (known->is(ValueKind::months_duration) && known->as_months_duration().months == 0);
      if (!zero) return;
    } else {
      const Sign range = sign(by);
      if (range == Sign::positive || range == Sign::negative) return;
      if (facts_.knows(Facts::Kind::nonzero, by)) return;
      if ((of.op == Op::slot || of.op == Op::slot_path) && known_(by).nonzero) return;
    }
    report({MayBeNull::Kind::division, at, by});
  }

  const Program& program_;
  Known known_;
  Facts facts_;
  std::vector<MayBeNull> found_;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
