// aesop checklist FILE: an SOP as a checklist on paper.
#include "aesop/exchange/checklist.hpp"

#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/sop_file.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"

#include <filesystem>
#include <system_error>

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.definition) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(file.to_value());
    return Exit::input;
  }
  const std::string path = call.text("--html");
  const std::string page = checklist_html(*file.definition);
  const std::size_t sheets = checklist_sheets(*file.definition).size();
  if (path == "-") {
    if (call.json())
      return fail_usage({ErrorCode::invalid_argument, "--html - and --json both print on stdout"});
    put(page);
  } else if (std::error_code none; std::filesystem::equivalent(path, file.path, none)) {
    return fail_usage({ErrorCode::invalid_argument, "--html names the SOP file itself", "give another name"});
  } else if (auto written = write_file(path, page); !written) {
    return fail_open(written.error());
  } else {
    message(cat("wrote ", shown(path), ", ", counted(sheets, "sheet"), '\n'));
  }
  if (call.json())
    put_json(Value::context({{"file", Value::string(file.path)},
                             {"html", Value::string(path)},
                             {"sheets", Value::number(static_cast<std::int64_t>(sheets))},
                             {"sop", Value::string(file.definition->sop.text)},
                             {"version", Value::string(file.definition->version.text)}}));
  return Exit::ok;
}

}  // namespace

extern const Verb checklist_verb{
    "checklist",
    "About SOPs and rules",
    "Make a checklist of an SOP, to print: one page, or one for each stage",
    "A procedure that fits on a page of A4 or Letter is one sheet. A longer one has a sheet for each stage, "
    "and\n"
    "what is still too long is cut between steps.",
    {{"FILE", Word::Kind::one, "", "an SOP file; - for stdin"},
     {"--html", Word::Kind::demanded, "OUT", "write the page to this file; - for stdout"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
