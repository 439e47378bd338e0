// aesop table check FILE: the loopholes of the decision tables of a file, each with an input that proves it.
#include "cli/output.hpp"
#include "cli/table_file.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"
#include "aesop/value/print.hpp"

namespace aesop::cli {
namespace {

Value number(std::size_t value) { return Value::number(static_cast<std::int64_t>(value)); }

// A witness by the texts of the columns, in FEEL.
Value witness_value(const FileTable& table, const TableFinding& finding) {
  std::vector<Entry> out;
  for (std::size_t i = 0; i < finding.witness.size(); ++i)
    out.emplace_back(table.table.model().inputs[i].text, Value::string(to_literal(finding.witness[i])));
  return Value::context(std::move(out));
}

Value table_value(const FileTable& table, const TableAnalysis& analysis, const SourceText& source) {
  std::vector<Value> findings;
  for (const TableFinding& finding : analysis.findings) {
    const Position at = source.position(finding.where.begin);
    std::vector<Value> rows;
    for (const std::uint32_t rule : finding.rules) rows.push_back(number(rule + 1));
    findings.push_back(Value::context({{"code", Value::string(slug(finding.kind))},
                                       {"severity", Value::string(to_string(finding.severity))},
                                       {"message", Value::string(finding.message)},
                                       {"help", Value::string(finding.help)},
                                       {"rows", Value::list(std::move(rows))},
                                       {"input", witness_value(table, finding)},
                                       {"null_only", Value::boolean(finding.null_only)},
                                       {"line", number(at.line)},
                                       {"column", number(at.column)}}));
  }
  return Value::context({{"table", Value::string(table.name)},
                         {"rows", number(table.table.model().rules.size())},
                         {"complete", Value::boolean(analysis.complete() || table.table.has_otherwise())},
                         {"findings", Value::list(std::move(findings))},
                         {"more", number(analysis.more)},
                         {"unread", number(analysis.unread.size())},
                         {"unconfirmed", number(analysis.unconfirmed)},
                         {"boxes", number(analysis.boxes)},
                         {"stopped", Value::boolean(analysis.stopped)}});
}

// What was looked at, and what was not.
std::string summary(const FileTable& table, const TableAnalysis& analysis) {
  const std::size_t rows = table.table.model().rules.size();
  std::string out = cat(paint(Colour::bold, shown(table.name)), ": ", counted(rows, "row"), ", ");
  if (analysis.stopped)
    append(out, paint(Colour::yellow,
                      cat("stopped at ", analysis.boxes, " boxes: there may be more than was found")));
  else if (analysis.complete())
    out += paint(Colour::green, "every input but null has a row");
  else if (!analysis.unread.empty())
    append(out, "nothing is said of ", counted(analysis.unread.size(), "cell"), " that ",
           analysis.unread.size() == 1 ? "is" : "are", " computed");
  else
    out += "not every input has a row";
  if (analysis.more > 0) append(out, "; ", counted(analysis.more, "other finding"), " not shown");
  if (analysis.unconfirmed > 0)
    append(out, "; ", analysis.unconfirmed, " not confirmed by the table and not shown");
  return out + '\n';
}

Exit run(const Invocation& call) {
  const TableFile file = load_table_file(call.text("FILE"));
  if (const auto refused = refuse(file, call)) return *refused;
  std::vector<const FileTable*> tables;
  if (call.given("--table")) {
    auto one = find_table(file, call.text("--table"));
    if (!one) return fail(one.error());
    tables.push_back(*one);
  } else {
    for (const FileTable& table : file.tables) tables.push_back(&table);
  }
  bool errors = false;
  std::vector<Value> answers;
  for (const FileTable* table : tables) {
    AnalysisOptions options = table->options;
    options.boxes = 10'000'000;
    options.nulls = call.given("--nulls");
    const TableAnalysis analysis = analyse(table->table, options);
    for (const TableFinding& finding : analysis.findings)
      errors = errors || finding.severity == Severity::error;
    if (call.json()) {
      answers.push_back(table_value(*table, analysis, file.source()));
      continue;
    }
    Findings findings;
    for (const TableFinding& finding : analysis.findings)
      findings.add({std::string(slug(finding.kind)), finding.severity,
                    cat(file.dmn ? "table" : "rule", " \"", table->name, "\": ", finding.message),
                    finding.where, finding.help});
    if (!findings.empty()) put(cat(paint_rendered(findings.render(file.source()), true), '\n'));
    put(summary(*table, analysis));
  }
  if (call.json())
    put_json(Value::context({{"tables", Value::list(std::move(answers))}}));
  else if (tables.empty())
    put("no decision tables\n");
  return errors ? Exit::found : Exit::ok;
}

}  // namespace

extern const Verb table_check_verb{
    "table check",
    "About SOPs and rules",
    "Find the loopholes of decision tables",
    "Overlaps, gaps, rows that never decide, rows and columns that could be "
    "left out, each with an input that\n"
    "proves it. Exit code 1 when one of them is an error.",
    {{"FILE", Word::Kind::one, "", "an SOP file, - for stdin, or a .dmn file"},
     {"--table", Word::Kind::value, "NAME", "this table only (default: all)"},
     {"--nulls", Word::Kind::flag, "", "also gaps that need an input to be null"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
