// aesop check FILE...: everything that is wrong with SOP files.
#include "cli/output.hpp"
#include "cli/sop_file.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

std::string summary(const SopFile& file) {
  const std::string name = paint(Colour::bold, shown(file.path));
  if (file.error) return cat(name, ": ", paint(Colour::red, "cannot be read"), '\n');
  const std::size_t errors = file.findings.error_count(), warnings = file.warnings();
  if (errors + warnings == 0) return cat(name, ": ", paint(Colour::green, "ok"), '\n');
  std::string out = cat(name, ": ");
  if (errors > 0) out += paint(Colour::red, counted(errors, "error"));
  if (errors > 0 && warnings > 0) out += ", ";
  if (warnings > 0) out += paint(Colour::yellow, counted(warnings, "warning"));
  return out + '\n';
}

Exit run(const Invocation& call) {
  Exit worst = Exit::ok;
  std::vector<Value> files;
  const Finding* first = nullptr;
  std::vector<SopFile> loaded;
  for (const std::string& path : call.list("FILE")) loaded.push_back(load_sop_file(path));
  for (const SopFile& file : loaded) {
    if (!file.readable)
      worst = std::max(worst, Exit::input);
    else if (!file.sound() || (call.given("--strict") && file.warnings() > 0))
      worst = std::max(worst, Exit::found);
    if (!first && !file.findings.empty()) first = &file.findings[0];
    if (call.json()) {
      files.push_back(file.to_value());
      continue;
    }
    const std::string found = file.render();
    if (file.error) {
      message(cat(paint_rendered(found, false), summary(file)));
      continue;
    }
    if (!found.empty()) put(cat(paint_rendered(found, true), '\n'));
    put(summary(file));
  }
  if (call.json())
    put_json(Value::context({{"files", Value::list(std::move(files))}}));
  else if (first)
    message(cat("\"aesop explain ", first->code, "\" says more about the first; so for the others\n"));
  return worst;
}

}  // namespace

extern const Verb check_verb{
    "check",
    "About SOPs and rules",
    "Find what is wrong with SOP files",
    "Errors keep an SOP from being published (exit code 1), warnings do not. A file that cannot be read or\n"
    "is not well formed gives exit code 3.",
    {{"FILE", Word::Kind::many, "", "SOP files; - for stdin"},
     {"--strict", Word::Kind::flag, "", "warnings count as errors"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
