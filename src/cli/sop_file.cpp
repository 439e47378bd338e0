#include "cli/sop_file.hpp"

#include "cli/input.hpp"
#include "cli/output.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/verify/verify.hpp"

namespace aesop::cli {
namespace {

Value number(std::size_t value) { return Value::number(static_cast<std::int64_t>(value)); }

Value finding_value(const Finding& finding, const SourceText& source) {
  const Position from = source.position(finding.where.begin), to = source.position(finding.where.end);
  std::vector<Entry> members = {{"code", Value::string(finding.code)},
                                {"severity", Value::string(to_string(finding.severity))},
                                {"message", Value::string(finding.message)},
                                {"line", number(from.line)},
                                {"column", number(from.column)},
                                {"end_line", number(to.line)},
                                {"end_column", number(to.column)}};
  if (!finding.help.empty()) members.emplace_back("help", Value::string(finding.help));
  return Value::context(std::move(members));
}

}  // namespace

std::size_t SopFile::warnings() const {
  std::size_t count = 0;
  for (const Finding& finding : findings) count += finding.severity == Severity::warning;
  return count;
}

std::string SopFile::render() const {
  if (source) return findings.render(*source);
  if (!error) return {};
  std::string out = cat("error[", slug(error->code), "]: ", error->message, '\n');
  if (!error->help.empty()) append(out, "help: ", error->help, '\n');
  return out;
}

Value SopFile::to_value() const {
  std::vector<Entry> members = {{"file", Value::string(path)}, {"ok", Value::boolean(sound())}};
  if (error) members.emplace_back("error", error_value(*error));
  if (definition) {
    members.emplace_back("sop", Value::string(definition->sop.text));
    members.emplace_back("version", Value::string(definition->version.text));
  }
  if (plan) members.emplace_back("hash", Value::string(plan->hash()));
  if (source) {
    std::vector<Value> list;
    for (const Finding& finding : findings) list.push_back(finding_value(finding, *source));
    members.emplace_back("errors", number(findings.error_count()));
    members.emplace_back("warnings", number(warnings()));
    members.emplace_back("findings", Value::list(std::move(list)));
  }
  return Value::context(std::move(members));
}

SopFile load_sop_file(const std::string& path) {
  SopFile file;
  file.path = path;
  auto text = read_file(path);
  if (!text) {
    file.error = text.take_error();
    return file;
  }
  Checked checked = aesop::check(*text, path == "-" ? "stdin" : path, default_ports());
  file.source = checked.source;
  file.definition = checked.definition;
  file.plan = checked.plan;
  file.findings = std::move(checked.findings);
  file.readable = file.definition != nullptr;
  return file;
}

}  // namespace aesop::cli
