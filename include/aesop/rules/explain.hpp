// Why an expression has its value: explain gives the tree of its parts with the value of each, which operand of an `and`
// or `or` decided, and where a part is null, why. Part rules. Pure; the evaluator knows nothing of it and pays nothing:
// each part is evaluated by itself, so it costs as many evaluations as the expression has parts.
#pragma once

#include "aesop/rules/expr.hpp"
#include "aesop/value/print.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// One part of an expression.
struct ExplainedPart {
  std::string text = {};   ///< as it is written
  SourceRange where = {};  ///< in the expression
  Value value = {};
  bool decided =
      false;  ///< of an `and`, `or`, `if`, `some` or `every` above it: this is why it is what it is
  std::string element = {};  ///< in a loop or a filter: the element it was looked at for, as "c = \"D2740\""
  std::optional<Diagnostic> why = {};     ///< why it is null, where that began here
  std::vector<ExplainedPart> parts = {};  ///< in the order of the text; literals are left out
  std::size_t left_out = 0;               ///< elements of a loop that are not among `parts`
};

struct ExplainOptions {
  std::size_t elements = 3;  ///< of a loop or filter, shown; one that decided always is
};

namespace rules {

class Explainer {
 public:
  Explainer(std::shared_ptr<const Program> program, std::span<const Value> slots, const Evaluation& how,
            const ExplainOptions& options)
      : program_(std::move(program)), slots_(slots), how_(how), options_(options), steps_(how.budget.steps) {}

  ExplainedPart part(NodeId id) {
    const Node node = program_->nodes[id];
    ExplainedPart out;
    out.where = node.where;
    out.text = std::string(
        std::string_view(program_->text).substr(node.where.begin, node.where.end - node.where.begin));
    Evaluation evaluation = how_;
    evaluation.diagnostics.clear();
    out.value = Machine(*program_, evaluation, slots_, &program_, &steps_).evaluate(id);
    children(node, out);
    if (out.value.is_null() && !evaluation.diagnostics.empty()) {
      // Told where it began: by no part below.
      const Diagnostic& first = evaluation.diagnostics.items().front();
      if (!told_below(out.parts, first)) out.why = first;
    }
    decide(node, out);
    return out;
  }

 private:
  static bool told_below(const std::vector<ExplainedPart>& parts, const Diagnostic& what) {
    for (const ExplainedPart& one : parts) {
      if (one.why && one.why->code == what.code && one.why->where == what.where) return true;
      if (told_below(one.parts, what)) return true;
    }
    return false;
  }

  void add(NodeId id, ExplainedPart& out) {
    if (id == none) return;
    const Op op = program_->nodes[id].op;
    if (op != Op::constant && op < Op::test_any) out.parts.push_back(part(id));
  }

  void children(const Node& node, ExplainedPart& out) {
    const auto kids = [&](std::uint32_t first, std::uint32_t step) {
      for (std::uint32_t i = 0; i < node.n; i += step) add(program_->kids[first + i], out);
    };
    switch (node.op) {
      case Op::path:
      case Op::negate:
      case Op::in:
      case Op::instance_of:
        return add(node.a, out);
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::power:
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::range:
        add(node.a, out);
        return add(node.b, out);
      case Op::between:
        add(node.a, out);
        add(node.b, out);
        return add(node.c, out);
      case Op::chain:
        return kids(node.a, 2);
      case Op::all_of:
      case Op::any_of:
      case Op::list:
        return kids(node.a, 1);
      case Op::call:
      case Op::call_value:
        return kids(node.c, 1);
      case Op::if_: {
        out.parts.push_back(part(node.a));
        const ExplainedPart taken = part(out.parts.front().value.is_true() ? node.b : node.c);
        out.parts.push_back(taken);
        out.parts.back().decided = true;
        return;
      }
      case Op::for_:
      case Op::some:
      case Op::every: {
        const Iterator one = program_->iterators[node.a];
        add(one.domain, out);
        add(one.end, out);
        if (node.n == 1 && one.end == none) elements(value_of(one.domain), one.local, node.b, node.op, out);
        return;
      }
      case Op::filter:
        add(node.a, out);
        if (node.flag == 0)
          add(node.b, out);
        else
          elements(value_of(node.a), node.c, node.b, node.op, out);
        return;
      default:
        return;
    }
  }

  Value value_of(NodeId id) {
    Evaluation evaluation = how_;
    return Machine(*program_, evaluation, slots_, &program_, &steps_).evaluate(id);
  }

  // The body of a loop for its elements: the first of them, and the one that decided.
  void elements(const Value& list, std::uint32_t local, NodeId body, Op op, ExplainedPart& out) {
    if (list.is_null() || list.is_range()) return;
    const std::vector<Value> all = list.is_list()
                                       ? std::vector<Value>(list.items().begin(), list.items().end())
                                       : std::vector<Value>{list};
    std::size_t shown = 0;
    bool decided = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool may_decide = !decided && (op == Op::some || op == Op::every);
      if ((shown >= options_.elements && !may_decide) || steps_ == 0) {
        ++out.left_out;
        continue;
      }
      // The program with the element in place of the name; the copy is paid for.
      steps_ -= std::min<std::uint32_t>(steps_, static_cast<std::uint32_t>(program_->nodes.size()));
      auto with = std::make_shared<Program>(*program_);
      with->constants.push_back(all[i]);
      const auto constant = static_cast<std::uint32_t>(with->constants.size() - 1);
      for (Node& node : with->nodes)
        if (node.op == Op::local && node.a == local)
          node = {.op = Op::constant, .height = node.height, .a = constant, .where = node.where};
      Explainer inner(std::move(with), slots_, how_, options_);
      inner.steps_ = steps_;
      ExplainedPart one = inner.part(body);
      steps_ = inner.steps_;
      one.element = printable(to_literal(all[i]), 60);
      one.decided = may_decide && one.value.is_boolean() && one.value.as_bool() == (op == Op::some);
      decided = decided || one.decided;
      if (shown < options_.elements || one.decided) {
        out.parts.push_back(std::move(one));
        ++shown;
      } else {
        ++out.left_out;
      }
    }
  }

  // Of `and` the first false, of `or` the first true; else the first null.
  static void decide(const Node& node, ExplainedPart& out) {
    if (node.op != Op::all_of && node.op != Op::any_of) return;
    const bool wanted = node.op == Op::any_of;
    for (ExplainedPart& one : out.parts)
      if (one.value.is_boolean() && one.value.as_bool() == wanted) {
        one.decided = true;
        return;
      }
    for (ExplainedPart& one : out.parts)
      if (!one.value.is_boolean()) {
        one.decided = true;
        return;
      }
  }

  std::shared_ptr<const Program> program_;
  std::span<const Value> slots_;
  const Evaluation& how_;
  const ExplainOptions& options_;
  std::uint32_t steps_;
};

}  // namespace rules

/// The tree of an expression for these values. The whole shares the budget of `how`: past it parts are null and say so.
/// Of a branch of an `if` only the one taken is looked at; of loops with one iterator over a list, and of filters, the
/// first elements. The diagnostics of `how` stay as they are.
inline ExplainedPart explain(const Expr& expr, std::span<const Value> slots, const Evaluation& how,
                             const ExplainOptions& options = {}) {
  const auto program = std::make_shared<const rules::Program>(expr.program());
  return rules::Explainer(program, slots, how, options).part(program->root);
}

/// The tree as text: a line for each part with its value, indented, "<-" behind what decided.
inline std::string to_text(const ExplainedPart& part, std::size_t depth = 0) {
  std::string out(depth * 2, ' ');
  if (!part.element.empty()) append(out, "for ", part.element, ": ");
  append(out, printable(part.text, 200), "  =  ", printable(to_literal(part.value), 200));
  if (part.decided) out += "  <- decides";
  if (part.why) append(out, "  [", slug(part.why->code), "] ", part.why->detail);
  out += '\n';
  for (const ExplainedPart& one : part.parts) out += to_text(one, depth + 1);
  if (part.left_out > 0) append(out, std::string(depth * 2 + 2, ' '), "... ", part.left_out, " more\n");
  return out;
}

}  // namespace v0
}  // namespace aesop
