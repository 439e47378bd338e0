// aesop test FILE: runs the examples an SOP carries for its rules and says which rows of its tables no example hits. Models:
// test_dmn.cpp.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/sop_file.hpp"
#include "cli/test_dmn.hpp"
#include "cli/verb.hpp"
#include "cli/who.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/model/rule_examples.hpp"

#include <charconv>

namespace aesop::cli {
namespace {

Value count_value(std::size_t count) { return Value::number(static_cast<std::int64_t>(count)); }
std::uint32_t line_of(const SopFile& file, SourceRange where) {
  return file.source->position(where.begin).line;
}
// In the order of the columns, not of the alphabet.
std::string in_order(const Value& value) {
  if (!value.is_context()) return json_text(value);
  std::string out = "{";
  for (const Entry& entry : value.entries())
    append(out, out.size() == 1 ? "" : ", ", json_text(Value::string(entry.first)), ": ",
           in_order(entry.second));
  return out + '}';
}
Value as_json(const Value& value) { return detail::written(value); }

// "row 2", "rows 2 and 3", "no row".
std::string rows_text(const std::vector<std::uint32_t>& rows) {
  if (rows.empty()) return "no row matched";
  std::string out = rows.size() == 1 ? "row " : "rows ";
  for (std::size_t i = 0; i < rows.size(); ++i)
    append(out, i == 0 ? "" : i + 1 == rows.size() ? " and " : ", ", rows[i] + 1);
  return out;
}

std::string failure(const SopFile& file, const RuleTest& test, const ExampleResult& result) {
  const std::string place =
      cat("line ", line_of(file, result.definition->where), ": ", paint(Colour::red, "failed"));
  std::string out =
      cat("  ", place, result.definition->note.empty() ? "" : ": ", shown(result.definition->note));
  append(out, "\n    expected  ", shown(to_literal(result.expected)), "\n    actual    ",
         shown(to_literal(result.actual)));
  if (!result.why.empty()) append(out, " (", shown(result.why), ')');
  if (test.definition->is_table) {
    append(out, "\n    by        ", rows_text(result.rows));
    for (const std::uint32_t row : result.rows)
      append(out, row == result.rows.front() ? " (line " : ", ",
             line_of(file, test.definition->rows[row].where));
    if (!result.rows.empty()) out += ')';
    for (std::size_t i = 0; i < result.inputs.size(); ++i)
      append(out, "\n    ", i == 0 ? "inputs    " : "          ", shown(test.definition->inputs[i].text.text),
             " = ", shown(to_literal(result.inputs[i])));
  }
  return out + '\n';
}

void print(const SopFile& file, const RulesTest& all, bool propose) {
  for (const RuleTest& test : all.rules) {
    if (test.examples.empty() && test.row_hit.empty()) continue;
    std::size_t passed = 0;
    for (const ExampleResult& result : test.examples) passed += result.passed;
    std::string heading = cat(paint(Colour::bold, shown(test.definition->name.text)), ": ", passed, " of ",
                              counted(test.examples.size(), "example"), " passed");
    if (!test.row_hit.empty())
      append(heading, ", ", test.rows_hit(), " of ", counted(test.row_hit.size(), "row"), " hit");
    put(cat(heading, '\n'));
    for (const ExampleResult& result : test.examples)
      if (!result.passed) put(failure(file, test, result));
    for (std::size_t row = 0; row < test.row_hit.size(); ++row) {
      if (test.row_hit[row]) continue;
      const SourceRange where = test.definition->rows[row].where;
      put(cat("  line ", line_of(file, where), ": row ", row + 1, " is never hit: ",
              shown(file.source->text.substr(where.begin, where.end - where.begin)), '\n'));
    }
    if (!propose || test.row_hit.empty()) continue;
    if (!test.proposals.found.empty()) put("  proposed, to be looked at and pasted into \"examples\":\n");
    for (const TableProposal& one : test.proposals.found)
      put(cat("    ", in_order(example_of(*test.definition, one)), ",\n"));
    for (const std::uint32_t row : test.proposals.none)
      put(cat("  no input was found that hits row ", row + 1, '\n'));
    if (test.proposals.stopped) put("  stopped: not every combination of the bounds was tried\n");
  }
}

Value example_value(const SopFile& file, const ExampleResult& result) {
  std::vector<Value> rows;
  for (const std::uint32_t row : result.rows) rows.push_back(count_value(row + 1));
  std::vector<Entry> members = {{"line", count_value(line_of(file, result.definition->where))},
                                {"passed", Value::boolean(result.passed)},
                                {"expected", as_json(result.expected)},
                                {"actual", as_json(result.actual)},
                                {"rows", Value::list(std::move(rows))}};
  if (!result.definition->note.empty()) members.emplace_back("note", Value::string(result.definition->note));
  if (!result.why.empty()) members.emplace_back("why", Value::string(result.why));
  return Value::context(std::move(members));
}

Value to_value(const SopFile& file, const RulesTest& all, bool propose) {
  std::vector<Value> rules;
  for (const RuleTest& test : all.rules) {
    std::vector<Value> examples, never;
    for (const ExampleResult& result : test.examples) examples.push_back(example_value(file, result));
    for (std::size_t row = 0; row < test.row_hit.size(); ++row)
      if (!test.row_hit[row])
        never.push_back(
            Value::context({{"row", count_value(row + 1)},
                            {"line", count_value(line_of(file, test.definition->rows[row].where))}}));
    std::vector<Entry> members = {{"rule", Value::string(test.definition->name.text)},
                                  {"examples", Value::list(std::move(examples))},
                                  {"rows", count_value(test.row_hit.size())},
                                  {"rows_hit", count_value(test.rows_hit())},
                                  {"never_hit", Value::list(std::move(never))}};
    if (propose) {
      std::vector<Value> proposed;
      for (const TableProposal& one : test.proposals.found)
        proposed.push_back(example_of(*test.definition, one));
      members.emplace_back("proposed", Value::list(std::move(proposed)));
      members.emplace_back("stopped", Value::boolean(test.proposals.stopped));
    }
    rules.push_back(Value::context(std::move(members)));
  }
  return Value::list(std::move(rules));
}

Exit run(const Invocation& call) {
  std::optional<std::size_t> threshold;
  if (call.given("--threshold")) {
    const std::string text = call.text("--threshold");
    std::size_t percent = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (problem != std::errc() || end != text.data() + text.size() || percent > 100)
      return fail_usage(
          {.code = ErrorCode::invalid_argument, .message = "--threshold takes a whole number from 0 to 100"});
    threshold = percent;
  }
  auto now = read_time(call.text("--at", "now"));
  if (!now) return fail_usage(now.error());
  if (call.text("FILE").ends_with(".dmn")) return test_dmn(call, threshold.value_or(0), *parse_instant(*now));
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.readable || !file.plan) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(Value::context({{"file", file.to_value()}}));
    return file.readable ? Exit::found : Exit::input;
  }
  const bool propose = call.given("--propose");
  const RulesTest all = test_rules(*file.plan, default_ports(), *parse_instant(*now), {.propose = propose});
  const std::size_t coverage = all.coverage();
  const bool covered = coverage >= threshold.value_or(0);
  const bool good = all.failed == 0 && covered;
  if (call.json()) {
    put_json(Value::context({{"file", Value::string(file.path)},
                             {"ok", Value::boolean(good)},
                             {"passed", count_value(all.passed)},
                             {"failed", count_value(all.failed)},
                             {"rows", count_value(all.rows)},
                             {"rows_hit", count_value(all.rows_hit)},
                             {"coverage", count_value(coverage)},
                             {"rules", to_value(file, all, propose)}}));
  } else {
    print(file, all, propose);
    put(cat(paint(Colour::bold, shown(file.path)), ": ",
            paint(all.failed == 0 ? Colour::green : Colour::red,
                  cat(all.passed, " passed, ", all.failed, " failed")),
            "; ",
            all.rows == 0 ? std::string("no tables")
                          : cat(all.rows_hit, " of ", counted(all.rows, "row"), " hit, ", coverage, " %"),
            '\n'));
    if (!covered) message(cat("fewer rows are hit than --threshold asks: ", *threshold, " %\n"));
  }
  return good ? Exit::ok : Exit::found;
}

}  // namespace

extern const Verb test_verb{
    "test",
    "About SOPs and rules",
    "Run the examples of rules",
    "Rules carry \"examples\": [{\"given\": {...}, \"expect\": ...}]. Each failure is shown with what was "
    "expected and\n"
    "the row that decided; then the rows of tables that no example hits. With --propose inputs on their "
    "bounds\n"
    "are printed with what the rules say to them: look whether that is right before you paste them.\n"
    "Exit code 1 when an example fails, or when fewer rows are hit than --threshold asks.",
    {{"FILE", Word::Kind::one, "", "an SOP file, - for stdin, or a .dmn file"},
     {"--threshold", Word::Kind::value, "PERCENT", "rows of tables that examples must hit (default: 0)"},
     {"--propose", Word::Kind::flag, "", "print examples for rows that none hits"},
     {"--at", Word::Kind::value, "TIME",
      "what now() and today() give where an example does not say (default: now)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
