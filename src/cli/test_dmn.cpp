// aesop test FILE.dmn: runs the examples a model carries for its decisions and says which rows of its tables none hits.
#include "cli/test_dmn.hpp"

#include "cli/dmn_model.hpp"
#include "cli/output.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/examples.hpp"
#include "aesop/value/print.hpp"

namespace aesop::cli {
namespace {

Value number(std::size_t count) { return Value::number(static_cast<std::int64_t>(count)); }

std::uint32_t line_of(const DmnFile& file, SourceRange where) {
  return file.source->position(where.begin).line;
}

std::string failure(const DmnFile& file, const DmnExampleResult& result) {
  std::string out = cat("  line ", line_of(file, result.example->where), ": ", paint(Colour::red, "failed"),
                        result.example->note.empty() ? "" : ": ", shown(result.example->note));
  append(out, "\n    expected  ", shown(to_literal(result.expected)), "\n    actual    ",
         shown(to_literal(result.actual)));
  if (!result.why.empty()) append(out, " (", shown(result.why), ')');
  if (!result.rows.empty()) {
    std::vector<std::string> rows;
    for (const std::uint32_t row : result.rows) rows.push_back(cat(row + 1));
    append(out, "\n    by        row ", join(rows, ", "));
  }
  return out + '\n';
}

void print(const DmnFile& file, const DmnTest& all) {
  for (const DmnDecisionTest& test : all.decisions) {
    if (test.examples.empty() && test.row_hit.empty()) continue;
    std::size_t passed = 0;
    for (const DmnExampleResult& result : test.examples) passed += result.passed;
    std::string heading = cat(paint(Colour::bold, shown(test.decision->name)), ": ", passed, " of ",
                              counted(test.examples.size(), "example"), " passed");
    if (!test.row_hit.empty())
      append(heading, ", ", test.rows_hit(), " of ", counted(test.row_hit.size(), "row"), " hit");
    put(cat(heading, '\n'));
    for (const DmnExampleResult& result : test.examples)
      if (!result.passed) put(failure(file, result));
    for (std::size_t row = 0; row < test.row_hit.size(); ++row)
      if (!test.row_hit[row])
        put(cat("  line ", line_of(file, test.table->model().rules[row].where), ": row ", row + 1,
                " is never hit\n"));
  }
}

Value to_value(const DmnFile& file, const DmnTest& all) {
  std::vector<Value> decisions;
  for (const DmnDecisionTest& test : all.decisions) {
    std::vector<Value> examples, never;
    for (const DmnExampleResult& result : test.examples) {
      std::vector<Value> rows;
      for (const std::uint32_t row : result.rows) rows.push_back(number(row + 1));
      std::vector<Entry> members = {{"line", number(line_of(file, result.example->where))},
                                    {"passed", Value::boolean(result.passed)},
                                    {"expected", Value::string(to_literal(result.expected))},
                                    {"actual", Value::string(to_literal(result.actual))},
                                    {"rows", Value::list(std::move(rows))}};
      if (!result.example->note.empty()) members.emplace_back("note", Value::string(result.example->note));
      if (!result.why.empty()) members.emplace_back("why", Value::string(result.why));
      examples.push_back(Value::context(std::move(members)));
    }
    for (std::size_t row = 0; row < test.row_hit.size(); ++row)
      if (!test.row_hit[row])
        never.push_back(
            Value::context({{"row", number(row + 1)},
                            {"line", number(line_of(file, test.table->model().rules[row].where))}}));
    decisions.push_back(Value::context({{"decision", Value::string(test.decision->name)},
                                        {"examples", Value::list(std::move(examples))},
                                        {"rows", number(test.row_hit.size())},
                                        {"rows_hit", number(test.rows_hit())},
                                        {"never_hit", Value::list(std::move(never))}}));
  }
  return Value::list(std::move(decisions));
}

}  // namespace

Exit test_dmn(const Invocation& call, std::size_t threshold, Instant now) {
  if (call.given("--propose"))
    return fail_usage({.code = ErrorCode::invalid_argument,
                       .message = "--propose is for SOP files",
                       .help = "\"aesop table check\" says what no row of a model's table takes"});
  const DmnFile file = load_dmn(call.text("FILE"));
  if (const int code = report_dmn(file); code != 0) {
    if (call.json()) put_json(Value::context({{"error", error_value(*file.error)}}));
    return static_cast<Exit>(code);
  }
  Evaluation how;
  how.ports = &default_ports();
  how.now = now;
  const DmnTest all = test_examples(*file.written, *file.model, how);
  const std::size_t coverage = all.coverage();
  const bool covered = coverage >= threshold;
  const bool good = all.failed == 0 && covered;
  if (call.json()) {
    put_json(Value::context({{"file", Value::string(file.source->name)},
                             {"ok", Value::boolean(good)},
                             {"passed", number(all.passed)},
                             {"failed", number(all.failed)},
                             {"rows", number(all.rows)},
                             {"rows_hit", number(all.rows_hit)},
                             {"coverage", number(coverage)},
                             {"decisions", to_value(file, all)}}));
  } else {
    print(file, all);
    put(cat(paint(Colour::bold, shown(file.source->name)), ": ",
            paint(all.failed == 0 ? Colour::green : Colour::red,
                  cat(all.passed, " passed, ", all.failed, " failed")),
            "; ",
            all.rows == 0 ? std::string("no tables")
                          : cat(all.rows_hit, " of ", counted(all.rows, "row"), " hit, ", coverage, " %"),
            '\n'));
    if (!covered) message(cat("fewer rows are hit than --threshold asks: ", threshold, " %\n"));
  }
  return good ? Exit::ok : Exit::found;
}

}  // namespace aesop::cli
