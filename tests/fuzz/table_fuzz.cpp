// Fuzz target: no cells crash the compiler of decision tables or an evaluation, under any hit policy. The first line is the
// hit policy; each further line a rule, its cells divided by ';': of the two inputs, then of the outputs. A cell that
// begins with ! is a text as it stands, "-" in it a dash.
#include "aesop/base/default_ports.hpp"
#include "aesop/table/compile.hpp"
#include "aesop/value/print.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace aesop;

TableCell cell(std::string_view text) {
  if (text == "-") return TableCell::of_any();
  if (text.starts_with('!')) return TableCell::of_value(Value::string(text.substr(1)));
  return TableCell::of_feel(std::string(text));
}

TableModel model(std::string_view text) {
  TableModel out;
  const auto lines = split(text, '\n');
  out.hit = find_hit_policy(lines[0]).value_or(HitPolicy::unique);
  out.inputs = {{"amount", {}, {}}, {"claim.code", {}, {}}};
  out.outputs = {{"result", {}, {Value::string("high"), Value::string("low"), Value::number(1)}, {}, {}}};
  std::size_t width = 3;
  for (std::size_t i = 1; i < lines.size() && i <= 40; ++i)
    width = std::max(width, split(lines[i], ';').size());
  while (out.outputs.size() + 2 < width && out.outputs.size() < 3) {
    out.outputs.push_back({cat("more", out.outputs.size()), {}, {}, {}, {}});
    if (out.outputs.size() == 3) out.outputs.back().otherwise = TableCell::of_feel("amount + 1");
  }
  for (std::size_t i = 1; i < lines.size() && i <= 40; ++i) {
    TableRule rule;
    for (const std::string_view one : split(lines[i], ';'))
      (rule.inputs.size() < 2 ? rule.inputs : rule.outputs).push_back(cell(one));
    out.rules.push_back(std::move(rule));
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto* scope = [] {
    auto* made = new Scope;
    made->add("amount", TypeKind::any);
    made->add("claim", *parse_type("context<code: string, lines: list<number>>"));
    return made;
  }();
  static const auto* claim = new Value(Value::context(
      {{"code", Value::string("D2740")}, {"lines", Value::list({Value::number(1), Value::number(2)})}}));
  const TableModel written = model({reinterpret_cast<const char*>(data), size});
  for (const bool lenient : {false, true}) {
    CompileOptions options;
    options.lenient = lenient;
    Findings findings;
    const auto table = Table::compile(written, *scope, findings, options);
    if (table.ok() == findings.has_errors()) std::abort();
    if (!table) continue;
    for (const Value& amount : {Value(), Value::number(5), Value::string("a"), Value::date({2026, 3, 29}),
                                Value::list({Value::number(1), Value()})}) {
      Evaluation evaluation;
      evaluation.ports = &default_ports();
      evaluation.budget.steps = 20'000;
      const std::vector<Value> slots{amount, *claim};
      TableTrace trace;
      const Value result = table->evaluate(slots, evaluation, &trace);
      to_string(result);
      for (const std::uint32_t rule : trace.matched)
        if (rule >= written.rules.size()) std::abort();
    }
  }
  return 0;
}
