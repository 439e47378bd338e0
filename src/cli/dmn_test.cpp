// aesop dmn test DIR: runs test cases in the layout of the conformance suite of DMN.
#include "cli/dmn_model.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"
#include "cli/who.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/dmn/test_case.hpp"

#include <filesystem>
#include <map>

namespace aesop::cli {
namespace {

struct Case {
  std::string group;      // "compliance-level-2"
  std::string directory;  // "0004-simpletable-U"
  std::string id;
  dmn::TestOutcome outcome;
};

struct Tally {
  std::size_t null_passed = 0, null_failed = 0, value_passed = 0, value_failed = 0;
  void add(const dmn::TestOutcome& outcome) {
    (outcome.expects_null ? (outcome.passed ? null_passed : null_failed)
                          : (outcome.passed ? value_passed : value_failed)) += 1;
  }
  void add(const Tally& other) {
    null_passed += other.null_passed;
    null_failed += other.null_failed;
    value_passed += other.value_passed;
    value_failed += other.value_failed;
  }
  std::size_t passed() const { return null_passed + value_passed; }
  std::size_t failed() const { return null_failed + value_failed; }
  Value value() const {
    const auto number = [](std::size_t n) { return Value::number(static_cast<std::int64_t>(n)); };
    return Value::context({{"null_passed", number(null_passed)},
                           {"null_failed", number(null_failed)},
                           {"value_passed", number(value_passed)},
                           {"value_failed", number(value_failed)}});
  }
};

std::string name_of(const std::filesystem::path& path) {
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

// The cases of one folder, those of the folders in it after them.
void run_folder(const std::string& folder, const Evaluation& how, std::vector<Case>& cases,
                std::size_t depth) {
  std::map<std::string, DmnFile> models;
  std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  for (const std::string& file : files_in(folder, ".xml")) {
    const auto text = read_file(file);
    const auto broken = [&](const Error& error) {
      Case one{name_of(path.parent_path()), name_of(path), name_of(file), {}};
      one.outcome = {false, false, {}, "test cases", "error", to_string(error)};
      cases.push_back(std::move(one));
    };
    if (!text) {
      broken(text.error());
      continue;
    }
    auto tests = read_dmn_tests(SourceText(file, *text));
    if (!tests) {
      broken(tests.error());
      continue;
    }
    const std::string name = name_of(tests->model);
    auto known = models.find(name);
    if (known == models.end())
      known = models.emplace(name, load_dmn((std::filesystem::path(folder) / name).string())).first;
    const DmnFile& model = known->second;
    for (const dmn::TestCase& test : tests->cases) {
      Case one{name_of(path.parent_path()), name_of(path), test.id, {}};
      if (model.model) {
        Evaluation evaluation = how;
        one.outcome = dmn::run_test(*model.model, test, evaluation);
      } else {
        one.outcome.passed = false;
        for (const dmn::TestResult& result : test.results)
          one.outcome.expects_null = one.outcome.expects_null && result.expected.is_null();
        one.outcome.actual = "no model";
        one.outcome.reason = to_string(*model.error);
        if (!model.findings.empty()) append(one.outcome.reason, ": ", model.findings[0].message);
      }
      cases.push_back(std::move(one));
    }
  }
  if (depth == 0) return;
  for (const std::string& inner : files_in(folder, "")) run_folder(inner, how, cases, depth - 1);
}

std::string csv_field(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + '"';
}

// The format in which vendors hand in their results to the suite.
std::string csv(const std::vector<Case>& cases) {
  std::string out;
  for (const Case& one : cases) {
    std::string details;
    if (!one.outcome.passed)
      details = cat("FAILURE: '", one.outcome.name, "' expected ", one.outcome.expected, " but was ",
                    one.outcome.actual, one.outcome.reason.empty() ? "" : ": ", one.outcome.reason);
    append(out, csv_field(one.group), ',', csv_field(one.directory), ',', csv_field(one.id), ',',
           one.outcome.passed ? "\"SUCCESS\"" : "\"ERROR\"", ',', csv_field(details), '\n');
  }
  return out;
}

Exit run(const Invocation& call) {
  auto now = read_time(call.text("--at", "now"));
  if (!now) return fail_usage(now.error());
  Evaluation evaluation;
  evaluation.ports = &default_ports();
  evaluation.now = *parse_instant(*now);
  evaluation.zone = call.text("--zone");
  const std::string folder = call.text("DIR");
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored))
    return fail_input(
        {.code = ErrorCode::not_found, .message = cat("there is no folder \"", printable(folder), '"')});
  std::vector<Case> cases;
  run_folder(folder, evaluation, cases, 3);
  if (cases.empty())
    return fail_input(
        {.code = ErrorCode::not_found,
         .message = cat("no test cases in \"", printable(folder), '"'),
         .help = "a folder of the suite has .xml files with testCases, and the .dmn files they name"});
  if (call.given("--csv"))
    if (auto written = write_file(call.text("--csv"), csv(cases)); !written) return fail(written.error());

  std::vector<std::pair<std::string, Tally>> rows;
  Tally all;
  for (const Case& one : cases) {
    const std::string name = cat(one.group, '/', one.directory);
    if (rows.empty() || rows.back().first != name) rows.emplace_back(name, Tally());
    rows.back().second.add(one.outcome);
  }
  for (const auto& row : rows) all.add(row.second);

  if (call.json()) {
    std::vector<Value> folders, failures;
    for (const auto& [name, tally] : rows)
      folders.push_back(tally.value().with("directory", Value::string(name)));
    for (const Case& one : cases)
      if (!one.outcome.passed)
        failures.push_back(Value::context({{"directory", Value::string(cat(one.group, '/', one.directory))},
                                           {"case", Value::string(one.id)},
                                           {"result", Value::string(one.outcome.name)},
                                           {"expected", Value::string(one.outcome.expected)},
                                           {"actual", Value::string(one.outcome.actual)},
                                           {"reason", Value::string(one.outcome.reason)}}));
    put_json(Value::context({{"directories", Value::list(std::move(folders))},
                             {"failures", Value::list(std::move(failures))},
                             {"total", all.value()}}));
    return all.failed() == 0 ? Exit::ok : Exit::found;
  }
  Table table({"directory", "passed", "null", "value", "failed", "null", "value"});
  const auto number = [](std::size_t n) { return cat(n); };
  for (const auto& [name, tally] : rows)
    table.add({shown(name), number(tally.passed()), number(tally.null_passed), number(tally.value_passed),
               number(tally.failed()), number(tally.null_failed), number(tally.value_failed)});
  put(table.text());
  for (const Case& one : cases) {
    if (one.outcome.passed) continue;
    put(cat('\n', paint(Colour::red, "failed"), ' ', shown(cat(one.group, '/', one.directory)), ' ',
            shown(one.id), one.outcome.name.empty() ? "" : " ", shown(one.outcome.name), "\n  expected ",
            printable(one.outcome.expected, 300), "\n  actual   ", printable(one.outcome.actual, 300), '\n'));
    if (!one.outcome.reason.empty()) put(cat("  reason   ", printable(one.outcome.reason, 300), '\n'));
  }
  put(cat("\nof the passed, ", all.null_passed, " expect null and ", all.value_passed, " expect a value\n",
          all.passed(), " passed, ", all.failed(), " failed\n"));
  return all.failed() == 0 ? Exit::ok : Exit::found;
}

}  // namespace

extern const Verb dmn_test_verb{
    "dmn test",
    "About SOPs and rules",
    "Run test cases in the layout of the DMN conformance suite",
    "aesop dmn test dmn-tck --csv tck_results.csv\n"
    "Prints a row for each folder and every case that failed; passes are told apart by whether null was "
    "expected.\n"
    "Ends with exit code 1 when a case failed.",
    {{"DIR", Word::Kind::one, "", "the suite, or a folder in it"},
     {"--csv", Word::Kind::value, "FILE", "also write the results as vendors hand them in to the suite"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--zone", Word::Kind::value, "ZONE", "zone of now() and today() (default: UTC)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
