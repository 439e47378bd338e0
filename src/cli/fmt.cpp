// aesop fmt FILE...: SOP files in their one format, comments kept.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"

#include "aesop/base/source.hpp"
#include "aesop/base/text.hpp"
#include "aesop/model/format.hpp"

namespace aesop::cli {
namespace {

struct Formatted {
  std::string path;
  std::string state;  // "formatted", "changed", "error"
  Exit exit = Exit::ok;
  Value text = {};   // without --check and --write: the formatted text
  Value error = {};  // state "error"
};

Formatted failed(const std::string& path, const Error& error, Exit exit) {
  return {path, "error", exit, {}, error_value(error)};
}

void show_problem(const std::string& path, const std::string& text, const Error& error) {
  message(paint_rendered(
      SourceText(path, text).render(error.where, slug(error.code), "error", error.message, error.help),
      false));
}

Formatted format_one(const Invocation& call, const std::string& path) {
  auto text = read_file(path);
  if (!text) {
    complain(text.error());
    return failed(path, text.error(), Exit::input);
  }
  auto fresh = format(*text);
  if (!fresh) {
    show_problem(path, *text, fresh.error());
    return failed(path, fresh.error(), exit_of(fresh.error().code));
  }
  const bool same = *fresh == *text;
  if (call.given("--check")) {
    if (!same && !call.json()) put(cat(shown(path), '\n'));
    return {path, same ? "formatted" : "changed", same ? Exit::ok : Exit::found};
  }
  if (call.given("--write")) {
    if (same) return {path, "formatted", Exit::ok};
    if (const Status written = write_file(path, *fresh); !written) {
      complain(written.error());
      return failed(path, written.error(), exit_of(written.error().code));
    }
    if (!call.json()) put(cat("formatted ", shown(path), '\n'));
    return {path, "changed", Exit::ok};
  }
  if (!call.json()) put(*fresh);
  return {path, same ? "formatted" : "changed", Exit::ok, Value::string(*fresh)};
}

Exit run(const Invocation& call) {
  if (call.given("--check") && call.given("--write")) {
    message("aesop: --check and --write exclude each other\n");
    return Exit::usage;
  }
  Exit worst = Exit::ok;
  std::vector<Value> files;
  for (const std::string& path : call.list("FILE")) {
    if (path == "-" && call.given("--write")) {
      message("aesop: --write needs files\n");
      return Exit::usage;
    }
    const Formatted done = format_one(call, path);
    worst = std::max(worst, done.exit);
    std::vector<Entry> members = {{"file", Value::string(done.path)}, {"state", Value::string(done.state)}};
    if (!done.text.is_null()) members.emplace_back("text", done.text);
    if (!done.error.is_null()) members.emplace_back("error", done.error);
    files.push_back(Value::context(std::move(members)));
  }
  if (call.json()) put_json(Value::context({{"files", Value::list(std::move(files))}}));
  return worst;
}

}  // namespace

extern const Verb fmt_verb{
    "fmt",
    "About SOPs and rules",
    "Print SOP files in the one format, comments kept",
    "Without --check and --write the formatted text goes to stdout, with --json as \"text\" of each file.",
    {{"FILE", Word::Kind::many, "", "SOP files; - for stdin"},
     {"--check", Word::Kind::flag, "", "only name the files that are not formatted, and exit with 1 then"},
     {"--write", Word::Kind::flag, "", "write the files"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
