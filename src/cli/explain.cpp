// aesop explain CODE: the documentation of an error, a finding or a reason of refusal.
#include "cli/docs.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"

#include "aesop/base/errors.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>

namespace aesop::cli {
namespace {

std::string normal(std::string_view code) {
  std::string out(trim(code));
  std::replace(out.begin(), out.end(), '_', '-');
  for (char& c : out) c = to_lower(c);
  return out;
}

std::string kind_of(std::string_view page) {
  if (page == "errors.md") return "error";
  if (page == "findings.md") return "finding";
  if (page == "diagnostics.md") return "diagnostic";
  return "reason";
}

Exit list_all(const Invocation& call, const std::vector<DocsEntry>& entries) {
  if (call.json()) {
    std::vector<Value> codes;
    for (const DocsEntry& entry : entries)
      codes.push_back(Value::context(
          {{"code", Value::string(entry.slug)}, {"kind", Value::string(kind_of(entry.page))}}));
    put_json(Value::context({{"codes", Value::list(std::move(codes))}}));
    return Exit::ok;
  }
  Table table({"CODE", "KIND", "PAGE"});
  for (const DocsEntry& entry : entries)
    table.add({entry.slug, kind_of(entry.page), cat("docs/", entry.page)});
  put(table.text());
  return Exit::ok;
}

Exit run(const Invocation& call) {
  const std::vector<DocsEntry> entries = docs_entries();
  if (!call.given("CODE")) return list_all(call, entries);
  std::string wanted = normal(call.text("CODE"));
  if (const auto number = parse_integer<std::int32_t>(wanted))
    if (const ErrorInfo* info = error_info(static_cast<ErrorCode>(*number))) wanted = info->slug_text;
  std::vector<const DocsEntry*> found;
  std::vector<std::string> names;
  for (const DocsEntry& entry : entries) {
    names.push_back(normal(entry.slug));
    if (names.back() == wanted) found.push_back(&entry);
  }
  if (found.empty()) {
    Error error{.code = ErrorCode::not_found, .message = cat("no code is called \"", printable(wanted), '"')};
    if (const auto near = did_you_mean(wanted, names))
      error.help = cat("did you mean \"", *near, "\"?");
    else
      error.help = "\"aesop explain\" lists them all";
    return fail(error);
  }
  if (call.json()) {
    std::vector<Value> list;
    for (const DocsEntry* entry : found)
      list.push_back(Value::context({{"code", Value::string(entry->slug)},
                                     {"kind", Value::string(kind_of(entry->page))},
                                     {"text", Value::string(entry->text)}}));
    put_json(Value::context({{"entries", Value::list(std::move(list))}}));
    return Exit::ok;
  }
  for (const DocsEntry* entry : found) {
    if (entry != found.front()) put("\n");
    put(cat(paint(Colour::bold, entry->slug), " (", kind_of(entry->page), ", docs/", entry->page, ")\n\n",
            plain_text(entry->text)));
  }
  return Exit::ok;
}

}  // namespace

extern const Verb explain_verb{
    "explain",
    "About SOPs and rules",
    "Explain an error code, a finding, a reason of refusal, or a diagnostic of a rule",
    "Without CODE it lists all of them. A number works too: aesop explain 4003",
    {{"CODE", Word::Kind::optional, "", "conflict, unreachable-step, not_active, 6002, ..."},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
