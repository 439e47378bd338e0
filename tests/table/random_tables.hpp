// Small random tables with every value that tells their cells apart, for the tests that count everything out. Part of the tests.
#pragma once

#include "rules/case_support.hpp"

#include "aesop/table/compile.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#ifdef AESOP_HAVE_RAPIDCHECK
#include <rapidcheck.h>
#endif

namespace tables {

using namespace aesop;

/// Choices, one after another; zeros at the end. Short tapes make small tables.
class Tape {
 public:
  explicit Tape(std::vector<std::uint8_t> choices) : choices_(std::move(choices)) {}
  std::uint32_t choose(std::uint32_t n) { return at_ < choices_.size() ? choices_[at_++] % n : 0; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[choose(static_cast<std::uint32_t>(all.size()))];
  }

 private:
  std::vector<std::uint8_t> choices_;
  std::size_t at_ = 0;
};

/// A kind of column: cells, and values such that no cell treats two others differently.
struct Column {
  TypeKind type;
  std::vector<std::string> cells;
  std::vector<std::string> values;
};

inline const std::vector<Column>& columns() {
  static const std::vector<Column> all = {
      {TypeKind::number,
       {"-",
        "0",
        "10",
        "< 10",
        "<= 10",
        "> 10",
        ">= 0",
        "[0..10]",
        "(0..10)",
        "]10..20[",
        "0, 20",
        "not(10)",
        "not(< 10)",
        "not(0, 20)",
        "null",
        "not(null)",
        "? > 10",
        "? < 0 or ? > 20",
        "? != 10",
        "10 <= ?",
        "? between 0 and 10",
        "? in [0..10)",
        "[0, 20]",
        "> 20, < 0",
        "? > 0 and not(? = 10)",
        "< -1000, null"},
       {"-2000", "-1000", "-5", "0", "5", "10", "15", "20", "25", "null"}},
      {TypeKind::string,
       {"-", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "\"c\"", "not(\"a\", \"b\")", "null", "[\"a\", \"c\"]"},
       {"\"a\"", "\"b\"", "\"c\"", "\"x\"", "null"}},
      {TypeKind::string,
       {"-", "\"a\"", "[\"a\"..\"b\"]", "< \"b\"", "not(\"b\")", ">= \"b\"", "(\"a\"..\"b\")"},
       {"\"\"", "\"a\"", "\"aa\"", "\"b\"", "\"bb\"", "null"}},
      {TypeKind::boolean,
       {"-", "true", "false", "not(true)", "null", "?", "true, false"},
       {"true", "false", "null"}},
      {TypeKind::date,
       {"-", "@\"2026-01-01\"", "@\"2026-01-02\"", "< @\"2026-01-01\"", "> @\"2026-01-02\"",
        "[@\"2026-01-01\"..@\"2026-01-04\")", "not(@\"2026-01-02\")", "<= @\"2026-01-02\"",
        "(@\"2026-01-01\"..@\"2026-01-02\")"},
       {"@\"2025-12-31\"", "@\"2026-01-01\"", "@\"2026-01-02\"", "@\"2026-01-03\"", "@\"2026-01-04\"",
        "@\"2026-01-05\"", "null"}},
      {TypeKind::time,
       {"-", "@\"10:00:00\"", "> @\"10:00:00\"", ">= @\"10:00:00\"", "not(@\"10:00:00\")", "< @\"10:00:00\"",
        "[@\"10:00:00\"..@\"12:00:00\")", "@\"23:59:59\""},
       {"@\"09:00:00\"", "@\"10:00:00\"", "@\"10:00:00.5\"", "@\"10:00:01\"", "@\"11:00:00\"",
        "@\"12:00:00\"", "@\"13:00:00\"", "@\"23:59:59\"", "@\"23:59:59.5\"", "null"}},
      {TypeKind::date_time,
       {"-", "@\"2026-01-01T10:00:00Z\"", "> @\"2026-01-01T11:00:00+01:00\"", "<= @\"2026-01-01T10:00:00Z\"",
        "not(@\"2026-01-01T10:00:00Z\")"},
       {"@\"2026-01-01T09:00:00Z\"", "@\"2026-01-01T10:00:00Z\"", "@\"2026-01-01T10:00:00.5Z\"",
        "@\"2026-01-01T10:00:01Z\"", "@\"2026-01-01T12:00:00Z\"", "null"}},
      {TypeKind::days_duration,
       {"-", "@\"P1D\"", "< @\"P1D\"", "> @\"P2D\"", "[@\"P1D\"..@\"P2D\"]", "not(@\"P1D\")"},
       {"@\"PT1H\"", "@\"P1D\"", "@\"P1DT1H\"", "@\"P2D\"", "@\"P3D\"", "null"}},
      {TypeKind::months_duration,
       {"-", "@\"P1Y\"", "< @\"P1Y\"", "> @\"P13M\"", "[@\"P1Y\"..@\"P14M\"]", "not(@\"P12M\")"},
       {"@\"P1M\"", "@\"P1Y\"", "@\"P13M\"", "@\"P14M\"", "@\"P2Y\"", "null"}},
  };
  return all;
}

/// A table, and every combination of the values of its columns.
struct Random {
  TableModel model = {};
  Scope scope = {};
  std::vector<std::vector<Value>> pools = {};

  explicit Random(Tape& tape, std::uint32_t most_rows = 6) {
    const std::uint32_t width = 1 + tape.choose(3);
    model.hit = static_cast<HitPolicy>(tape.choose(static_cast<std::uint32_t>(HitPolicy::output_order) + 1));
    model.outputs = {{"y", TypeKind::number, {Value::number(2), Value::number(1), Value::number(3)}, {}, {}}};
    std::vector<const Column*> kinds;
    for (std::uint32_t i = 0; i < width; ++i) {
      kinds.push_back(&tape.one_of(columns()));
      const std::string name(1, static_cast<char>('p' + i));
      // A path of a context now and then; and columns whose type nobody told.
      const bool path = tape.choose(4) == 3, untyped = tape.choose(5) == 4;
      const Type type = untyped ? Type() : Type(kinds.back()->type);
      if (path)
        scope.add(name, Type::context_of({{"v", type}}));
      else
        scope.add(name, type);
      model.inputs.push_back({path ? name + ".v" : name, {}, {}});
      pools.emplace_back();
      for (const std::string& value : kinds.back()->values) pools.back().push_back(cases::feel(value));
    }
    const std::uint32_t rows = 1 + tape.choose(most_rows);
    for (std::uint32_t r = 0; r < rows; ++r) {
      TableRule rule;
      for (std::uint32_t i = 0; i < width; ++i) {
        const std::string& text = tape.one_of(kinds[i]->cells);
        rule.inputs.push_back(text == "-" ? TableCell::of_any() : TableCell::of_feel(text));
      }
      rule.outputs = {TableCell::of_value(Value::number(static_cast<int>(1 + tape.choose(3))))};
      model.rules.push_back(std::move(rule));
    }
  }

  Table compile() const { return compile(model); }
  Table compile(const TableModel& of) const {
    Findings findings;
    auto table = Table::compile(of, scope, findings);
    INFO(findings.render(SourceText("table", "")));
    REQUIRE(table.ok());
    return table.take();
  }
  /// Calls `visit(inputs)` for every combination of values.
  template <class Visit>
  void each_input(const Visit& visit) const {
    std::vector<std::size_t> at(pools.size());
    std::vector<Value> inputs(pools.size());
    for (;;) {
      for (std::size_t i = 0; i < at.size(); ++i) inputs[i] = pools[i][at[i]];
      visit(inputs);
      std::size_t i = 0;
      while (i < at.size() && ++at[i] == pools[i].size()) at[i++] = 0;
      if (i == at.size()) return;
    }
  }
  std::string text() const {
    std::string out(to_string(model.hit));
    for (const TableInput& input : model.inputs) append(out, " | ", input.text);
    for (const TableRule& rule : model.rules) {
      out += '\n';
      for (const TableCell& cell : rule.inputs) append(out, cell.text.empty() ? "-" : cell.text, " | ");
      out += to_literal(rule.outputs[0].literal);
    }
    return out;
  }
};

/// Runs a property on random tapes.
template <class Property>
void for_random_tapes(const char* what, const Property& property, int rounds = 400) {
#ifdef AESOP_HAVE_RAPIDCHECK
  (void)rounds;
  const auto holds = rc::check(
      what, [&] { property(Tape(*rc::gen::resize(120, rc::gen::arbitrary<std::vector<std::uint8_t>>()))); });
  CHECK(holds);
#else
  (void)what;
#endif
  std::uint64_t state = 7;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::uint8_t> choices;
    for (int i = 0; i < 60; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      choices.push_back(static_cast<std::uint8_t>(state >> 56));
    }
    property(Tape(std::move(choices)));
  }
}

}  // namespace tables
