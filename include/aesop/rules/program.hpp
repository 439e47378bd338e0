// The compiled form of an expression: Program, a flat array of nodes whose names are resolved to slots. Part rules.
// Made by the parser (parser.hpp), read by the machine (machine.hpp), never seen by users.
// (1) A program is immutable once compiled; any number of threads may evaluate it at once.
// (2) A node's operands were made before it and have smaller indices: no cycles, so a walk ends.
// (3) The height of the tree is at most CompileOptions::depth: a recursive walk has a bounded stack.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/rules/functions.hpp"
#include "aesop/value/type.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

using NodeId = std::uint32_t;
inline constexpr std::uint32_t none = UINT32_MAX;

// a, b, c are operands: N a node, I an index elsewhere. K: n nodes, listed in `kids` from index c on for calls and
// from index a on for all others.
enum class Op : std::uint8_t {
  constant,    // aI constant
  slot,        // aI input slot
  local,       // aI local
  partial,     // aI local of the list a `for` has made so far
  self,        // the function that is running (recursion of a context entry)
  path,        // aN value, bI name
  slot_path,   // aI slot, bI name: path of a slot, the common case
  item_entry,  // aN the item, bI name, cN otherwise (or none): entry of a context item, else the outer name
  negate,      // aN
  add,
  subtract,
  multiply,
  divide,
  power,  // aN bN
  chain,  // K: first operand, then (operator, operand) pairs: a + b - c ... without a deep tree
  all_of,
  any_of,  // K: and, or
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,  // aN bN
  between,        // aN bN cN
  in,             // aN value, bN tests
  if_,            // aN bN cN NOLINT(readability-identifier-naming): FEEL's own words
  for_,  // NOLINT(readability-identifier-naming) aI first iterator, n iterators, bN body, cI local of partial or none
  some,
  every,        // aI first iterator, n iterators, bN body
  filter,       // aN list, bN predicate, cI local of the item
  list,         // K
  context,      // aI first entry in `entries`, n entries
  range,        // aN start or none, bN end or none, flag of RangeFlags
  call,         // aI function of `functions`, bI signature, K arguments
  call_value,   // aN callee, K arguments, bI first of their names in `argument_names` or none when positional
  fail,         // aI text of what is wrong, flag its DiagnosticCode: always null (lenient compilation)
  function,     // aI lambda
  instance_of,  // aN, bI type
  test_any,     // the dash of a unary test
  test_not,     // aN tests
  test_equal,
  test_not_equal,
  test_less,
  test_less_equal,
  test_greater,
  test_greater_equal,  // aN: `> 5` of the input
  test_value,          // aN: in, when a list or range; else equal
  test_boolean,        // aN: an expression with ?, true or not
  tests,               // K: any of them
};

enum RangeFlags : std::uint8_t { start_included = 1, end_included = 2, comparison_flag = 4 };

struct Node {
  Op op = Op::constant;
  std::uint8_t flag = 0;
  std::uint16_t height = 1;
  std::uint32_t n = 0;
  std::uint32_t a = none;
  std::uint32_t b = none;
  std::uint32_t c = none;
  SourceRange where = {};
};

// `for i in list` or, with `end`, `for i in start..end`.
struct Iterator {
  std::uint32_t local = 0;
  NodeId domain = none;
  NodeId end = none;
};

struct ContextEntry {
  std::uint32_t name = 0;
  NodeId value = none;
  std::uint32_t local = none;
};

// A function literal. Its frame holds the parameters first, then captured values and inner variables.
struct Lambda {
  struct Capture {
    std::uint32_t local = 0;  // in the frame of the lambda
    NodeId from = none;       // evaluated where the function is made
    std::uint32_t key = 0;    // what is captured, for the parser
  };
  std::vector<std::string> names;
  std::vector<Type> types;
  std::vector<Capture> captures;
  NodeId body = none;
  std::uint32_t locals = 0;
  Type result;
};

/// Adds a slot to an ascending list of slots, once.
inline void add_slot(std::vector<std::uint32_t>& slots, std::uint32_t slot) {
  std::size_t at = slots.size();
  while (at > 0 && slots[at - 1] >= slot) --at;
  if (at < slots.size() && slots[at] == slot) return;
  slots.push_back(slot);
  for (std::size_t i = slots.size() - 1; i > at; --i) slots[i] = slots[i - 1];
  slots[at] = slot;
}

struct Program {
  std::string text;
  std::vector<Node> nodes;
  std::vector<NodeId> kids;
  std::vector<Value> constants;
  std::vector<std::string> names;
  std::vector<std::uint32_t> argument_names;  // indices into names
  std::vector<Type> types;
  std::vector<Iterator> iterators;
  std::vector<ContextEntry> entries;
  std::vector<Lambda> lambdas;
  std::vector<Function> functions;
  std::vector<std::uint32_t> reads;  // input slots, ascending, once each
  NodeId root = none;
  std::uint32_t locals = 0;
  std::uint32_t input_local = none;  // of `?` in unary tests
  Type type;                         // of the result
};

/// The nodes one of which gives the value of a program: the branches of an if, else the root.
inline std::vector<NodeId> results_of(const Program& program) {
  std::vector<NodeId> out, open;
  if (program.root != none) open.push_back(program.root);
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    const Node& node = program.nodes[id];
    if (node.op == Op::if_) {
      open.push_back(node.c);
      open.push_back(node.b);
    } else {
      out.push_back(id);
    }
  }
  return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
