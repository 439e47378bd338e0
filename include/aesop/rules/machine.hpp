// The evaluator: Machine walks a Program's nodes. Part rules. Bodies: eval_value.hpp (names, paths, lists, contexts),
// eval_operators.hpp (arithmetic, comparison, logic), eval_control.hpp (if, for, filter), eval_call.hpp, eval_test.hpp.
// (1) Never throws (but std::bad_alloc), never hangs: each operation takes a step off the budget, and each element or
//     64 bytes of text touched as well; when nothing is left every operation gives null at once.
// (2) The stack is bounded: evaluations nest at most Budget::depth deep, and values made are at most 200 deep.
// (3) ref() gives a reference to a slot, local or constant where it can, so that reading copies nothing and counts
//     nothing. It stays good until the frame ends: locals of a frame are only written by the node that owns them.
// One machine is used by one thread; a program by any number.
#pragma once

#include "aesop/rules/callable.hpp"
#include "aesop/rules/evaluation.hpp"
#include "aesop/rules/program.hpp"
#include "aesop/value/compare.hpp"

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

/// A few values without an allocation, more with one.
class SmallValues {
 public:
  explicit SmallValues(std::size_t size) : size_(size) {
    if (size <= inline_size) {
      data_ = reinterpret_cast<Value*>(inline_);
      for (std::size_t i = 0; i < size; ++i) new (data_ + i) Value();
    } else {
      heap_.resize(size);
      data_ = heap_.data();
    }
  }
  SmallValues(const SmallValues&) = delete;
  SmallValues& operator=(const SmallValues&) = delete;
  ~SmallValues() {
    if (size_ <= inline_size)
      for (std::size_t i = 0; i < size_; ++i) data_[i].~Value();
  }
  Value* data() { return data_; }
  Value& operator[](std::size_t i) { return data_[i]; }
  std::span<const Value> view() const { return {data_, size_}; }

 private:
  static constexpr std::size_t inline_size = 6;
  alignas(Value) std::byte inline_[inline_size * sizeof(Value)];
  std::vector<Value> heap_;
  Value* data_;
  std::size_t size_;
};

/// A function literal with what it captured.
class Closure final : public FunctionObject {
 public:
  Closure(std::shared_ptr<const Program> program, std::uint32_t lambda, std::vector<Value> captured)
      : program(std::move(program)), lambda(lambda), captured(std::move(captured)) {
    for (const Value& value : this->captured) depth_ = std::max(depth_, value.depth());
  }
  std::uint32_t depth() const override { return depth_; }

  const std::shared_ptr<const Program> program;
  const std::uint32_t lambda;
  const std::vector<Value> captured;

 private:
  std::uint32_t depth_ = 0;
};

class Machine {
 public:
  /// `owner` keeps the program alive for the functions an evaluation makes; without it there are none. `steps`, when
  /// given, is the budget of steps that is left, and what remains of it afterwards.
  Machine(const Program& program, Evaluation& evaluation, std::span<const Value> slots = {},
          const std::shared_ptr<const Program>* owner = nullptr, std::uint32_t* steps = nullptr)
      : program_(&program),
        nodes_(program.nodes.data()),
        slots_(slots),
        owner_(owner),
        evaluation_(evaluation),
        shared_steps_(steps),
        steps_(steps ? *steps : evaluation.budget.steps),
        depth_(evaluation.depth) {}
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() {
    if (shared_steps_ != nullptr) *shared_steps_ = steps_;
  }

  Value evaluate(NodeId root) {
    SmallValues locals(program_->locals);
    locals_ = locals.data();
    Value out = eval(root);
    return out.depth() == 0 ? std::move(out) : settled(std::move(out));
  }

  /// A unary test of an input: true, false or null.
  Value test(NodeId root, const Value& input) {
    SmallValues locals(program_->locals);
    locals_ = locals.data();
    return test_node(root, input);
  }

  // --- for named functions --------------------------------------------------------------------------------
  Evaluation& evaluation() { return evaluation_; }
  const ZonePort* zones() const { return evaluation_.ports ? evaluation_.ports->zones : nullptr; }
  /// Calls a function value. Null, with a diagnostic, when it is none or takes other arguments.
  Value apply(const Value& function, std::span<const Value> args, SourceRange where);
  /// Takes steps off the budget; false when there are no more.
  bool charge(std::size_t steps) {
    if (steps_ >= steps) {
      steps_ -= static_cast<std::uint32_t>(steps);
      return true;
    }
    stop(DiagnosticCode::budget_steps, "the evaluation took more steps than it may");
    return false;
  }
  /// Charges for all that a value holds, shared parts as often as they occur.
  bool charge_for(const Value& value);
  /// A list or text as a result, or null when it is larger than the budget allows.
  Value made_list(std::vector<Value> items, SourceRange where);
  Value made_string(std::string_view text, SourceRange where);
  bool stopped() const { return stopped_; }

  template <class Sentence>
  Value fail(DiagnosticCode code, SourceRange where, Sentence&& sentence) {
    if (stopped_) return Value();
    if (evaluation_.diagnostics.wants_more())
      evaluation_.diagnostics.add(code, where, std::string(sentence()));
    else
      evaluation_.diagnostics.count_only();
    return Value();
  }
  std::optional<bool> in(const Value& value, const Value& set);

 private:
  struct Partial {
    std::uint32_t local;
    const std::vector<Value>* items;
    const Partial* outer;
  };
  struct Source;

  Value eval(NodeId id) {
    const Node& node = nodes_[id];
    switch (node.op) {
      case Op::constant:
        return program_->constants[node.a];
      case Op::local:
        return locals_[node.a];
      case Op::slot:
        return node.a < slots_.size() ? slots_[node.a] : Value();
      default:
        break;
    }
    if (steps_ == 0 || depth_ >= evaluation_.budget.depth) return over();
    --steps_;
    ++depth_;
    Value out = compute(node);
    --depth_;
    return out;
  }
  const Value& ref(NodeId id, Value& room) {
    const Node& node = nodes_[id];
    switch (node.op) {
      case Op::constant:
        return program_->constants[node.a];
      case Op::local:
        return locals_[node.a];
      case Op::slot:
        if (node.a < slots_.size()) return slots_[node.a];
        break;
      case Op::slot_path:
        if (node.a < slots_.size())
          if (const Value* found = slots_[node.a].find(program_->names[node.b])) return *found;
        break;
      default:
        break;
    }
    room = eval(id);
    return room;
  }
  Value compute(const Node& node);
  Value over();
  void stop(DiagnosticCode code, std::string_view sentence);
  Value settled(Value value);

  // eval_value.hpp
  Value entry(const Value& of, const Node& node, std::uint32_t name);
  Value item_entry(const Node& node);
  Value partial_list(const Node& node);
  Value list(const Node& node);
  Value context(const Node& node);
  Value range(const Node& node);
  Value function(const Node& node);

  // eval_operators.hpp
  Value negate(const Node& node);
  Value arithmetic(Op op, const Value& a, const Value& b, SourceRange where);
  Value add(const Value& a, const Value& b, SourceRange where);
  Value subtract(const Value& a, const Value& b, SourceRange where);
  Value multiply(const Value& a, const Value& b, SourceRange where);
  Value divide(const Value& a, const Value& b, SourceRange where);
  Value power(const Value& a, const Value& b, SourceRange where);
  Value wrong_operands(const Value& a, const Value& b, SourceRange where, std::string_view verb);
  Value chain(const Node& node);
  Value connective(const Node& node);
  Value comparison(Op op, const Value& a, const Value& b, SourceRange where);
  Value between(const Node& node);
  std::optional<bool> contains(const Value& range, const Value& value);
  template <class T>
  Value or_not_representable(const std::optional<T>& value, SourceRange where);

  // eval_control.hpp
  Value choice(const Node& node);
  Value loop(const Node& node);
  bool run_loop(const Node& node, std::uint32_t iterator, std::vector<Value>* results, Value& verdict,
                bool& saw_null);
  bool open(const Iterator& iterator, Source& source, SourceRange where);
  Value filter(const Node& node);
  Value no_filter(const Value& predicate, const Node& node);
  Value index(std::span<const Value> items, const Value& position, const Node& node);

  // eval_call.hpp
  Value call(const Node& node);
  Value call_value(const Node& node);
  Value run(const Callable& callable, const Value& self, std::span<const Value> args, SourceRange where);
  Value run(const Closure& closure, const Value* self, std::span<const Value> args, SourceRange where);

  // eval_test.hpp
  Value test_node(NodeId id, const Value& input);
  Value test_with(Op op, const Value& input, const Value& bound, SourceRange where);
  Value in_node(const Node& node);
  Value instance_of(const Node& node);

  const Program* program_;
  const Node* nodes_;
  std::span<const Value> slots_;
  const std::shared_ptr<const Program>* owner_;
  Evaluation& evaluation_;
  Value* locals_ = nullptr;
  const Value* self_ = nullptr;
  const Partial* partials_ = nullptr;
  std::uint32_t* shared_steps_;
  std::uint32_t steps_;
  std::uint32_t depth_;
  bool stopped_ = false;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop

#include "aesop/rules/eval_call.hpp"
#include "aesop/rules/eval_control.hpp"
#include "aesop/rules/eval_operators.hpp"
#include "aesop/rules/eval_test.hpp"
#include "aesop/rules/eval_value.hpp"
