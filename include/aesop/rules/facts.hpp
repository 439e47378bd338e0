// What is certain about the names of an expression at one place in it: Facts. Part rules; used by nullness.hpp.
// `x != null and x > 5`: where x > 5 is looked at, x is something. Names are told apart by keys, which are the same for
// two parts of a program that always have the same value. Pure.
#pragma once

#include "aesop/rules/program.hpp"
#include "aesop/value/print.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

class Facts {
 public:
  enum class Kind : char { something = 's', nonzero = 'z' };

  /// With `names`, of the slots, names are told apart by them: what is known from one program then holds in another.
  explicit Facts(const Program& program, std::vector<std::string> names = {})
      : program_(program), names_(std::move(names)) {}

  /// Adds what is known from another program of the same names.
  void assume(const Facts& others) {
    facts_.insert(facts_.end(), others.facts_.begin(), others.facts_.end());
  }

  /// How the part is known: "x", "claim.amount", "count(codes)"; empty for one that is not looked at.
  std::string key(NodeId id) const {
    if (id == none) return {};
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case Op::slot:
        return slot(node.a);
      case Op::local:
        return cat('@', node.a);
      case Op::slot_path:
        return cat(slot(node.a), '.', program_.names[node.b]);
      case Op::path: {
        const std::string of = key(node.a);
        return of.empty() ? of : cat(of, '.', program_.names[node.b]);
      }
      case Op::constant:
        return program_.constants[node.a].is_number() ? to_literal(program_.constants[node.a])
                                                      : std::string();
      case Op::call: {
        if (!program_.functions[node.a].pure || node.n == 0) return {};
        std::string out = cat(program_.functions[node.a].name, '(');
        for (std::uint32_t i = 0; i < node.n; ++i) {
          const std::string one = key(program_.kids[node.c + i]);
          if (one.empty()) return {};
          append(out, one, ',');
        }
        return out + ')';
      }
      case Op::chain: {
        std::string out = key(program_.kids[node.a]);
        for (std::uint32_t i = 1; i + 1 < node.n && !out.empty(); i += 2) {
          const std::string one = key(program_.kids[node.a + i + 1]);
          out = one.empty() ? one : cat('(', out, ' ', program_.kids[node.a + i], ' ', one, ')');
        }
        return out;
      }
      case Op::add:
      case Op::subtract:
      case Op::multiply: {
        const std::string a = key(node.a), b = key(node.b);
        return a.empty() || b.empty() ? std::string()
                                      : cat('(', a, ' ', static_cast<std::uint32_t>(node.op), ' ', b, ')');
      }
      default:
        return {};
    }
  }

  bool knows(Kind kind, NodeId id) const {
    const std::string name = key(id);
    if (name.empty()) return false;
    for (const auto& [known, what] : facts_)
      if (known == kind && what == name) return true;
    return false;
  }
  /// Whether something of this key is known: for whoever made the key.
  bool knows(Kind kind, std::string_view name) const {
    for (const auto& [known, what] : facts_)
      if (known == kind && what == name) return true;
    return false;
  }

  /// What is known now; forget(mark) goes back to it.
  std::size_t mark() const { return facts_.size(); }
  void forget(std::size_t mark) { facts_.resize(mark); }

  /// Adds what follows from a condition being true, or from its being false. With `sure` only what follows from tests
  /// that are never null themselves, so that "not true" is as good as false.
  void learn(NodeId id, bool truth, bool sure) {
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case Op::all_of:
      case Op::any_of:
        if ((node.op == Op::all_of) == truth)
          for (std::uint32_t i = 0; i < node.n; ++i) learn(program_.kids[node.a + i], truth, sure);
        return;
      case Op::call:
        if (program_.functions[node.a].name == "not" && node.n == 1)
          learn(program_.kids[node.c], !truth, sure);
        return;
      case Op::slot:
      case Op::slot_path:
      case Op::path:
        if (truth && !sure) add(Kind::something, id);
        return;
      case Op::equal:
      case Op::not_equal:
        equality(node, truth == (node.op == Op::equal));
        return;
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
        if (!sure) order(node, truth);
        return;
      case Op::between:
        if (sure) return;
        add(Kind::something, node.a);
        return;
      case Op::in:
        if (truth && !sure) add(Kind::something, node.a);
        return;
      case Op::instance_of:
        if (truth) add(Kind::something, node.a);
        return;
      default:
        return;
    }
  }

  const Value* constant(NodeId id) const {
    const Node& node = program_.nodes[id];
    return node.op == Op::constant ? &program_.constants[node.a] : nullptr;
  }

 private:
  std::string slot(std::uint32_t index) const {
    return index < names_.size() ? cat('#', names_[index]) : cat('#', index);
  }

  void add(Kind kind, NodeId id) {
    // An entry of a context that is something: so is the context.
    for (NodeId at = id;; at = program_.nodes[at].a) {
      if (std::string name = key(at); !name.empty()) facts_.emplace_back(kind, std::move(name));
      const Node& node = program_.nodes[at];
      if (node.op == Op::slot_path && kind == Kind::something) facts_.emplace_back(kind, slot(node.a));
      if (node.op != Op::path || kind != Kind::something) return;
    }
  }

  // `=` is never null between a thing and null, and between two of one kind.
  void equality(const Node& node, bool same) {
    for (const bool turned : {false, true}) {
      const NodeId thing = turned ? node.b : node.a;
      const Value* value = constant(turned ? node.a : node.b);
      if (!value) continue;
      if (value->is_null() != same) add(Kind::something, thing);
      if (value->is_number() && value->as_decimal().is_zero() != same) add(Kind::nonzero, thing);
      // x != []: it holds something.
      if (!same && value->is_list() && value->items().empty()) filled(thing);
    }
  }

  void order(const Node& node, bool truth) {
    add(Kind::something, node.a);
    add(Kind::something, node.b);
    for (const bool turned : {false, true}) {
      const NodeId thing = turned ? node.b : node.a;
      const Value* value = constant(turned ? node.a : node.b);
      if (!value || !value->is_number()) continue;
      const int sign = value->as_decimal().is_zero() ? 0 : value->as_decimal().is_negative() ? -1 : 1;
      Op op = node.op;
      if (turned)
        op = op == Op::less         ? Op::greater
             : op == Op::less_equal ? Op::greater_equal
             : op == Op::greater    ? Op::less
                                    : Op::less_equal;
      if (!truth)
        op = op == Op::less         ? Op::greater_equal
             : op == Op::less_equal ? Op::greater
             : op == Op::greater    ? Op::less_equal
                                    : Op::less;
      const bool away = (op == Op::greater && sign >= 0) || (op == Op::greater_equal && sign > 0) ||
                        (op == Op::less && sign <= 0) || (op == Op::less_equal && sign < 0);
      if (!away) continue;
      add(Kind::nonzero, thing);
      // count(x) > 0
      const Node& call = program_.nodes[thing];
      if (call.op == Op::call && call.n == 1 && program_.functions[call.a].name == "count")
        filled(program_.kids[call.c]);
    }
  }

  void filled(NodeId list) {
    if (const std::string name = key(list); !name.empty())
      facts_.emplace_back(Kind::nonzero, cat("count(", name, ",)"));
    add(Kind::something, list);
  }

  const Program& program_;
  std::vector<std::string> names_;
  std::vector<std::pair<Kind, std::string>> facts_;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
