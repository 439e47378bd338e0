// aesop show FILE: the procedure, for people.
#include "aesop/model/show.hpp"

#include "cli/output.hpp"
#include "cli/sop_file.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.definition) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(file.to_value());
    return Exit::input;
  }
  const std::string text = show(*file.definition);
  if (call.json())
    put_json(Value::context({{"file", Value::string(file.path)},
                             {"sop", Value::string(file.definition->sop.text)},
                             {"version", Value::string(file.definition->version.text)},
                             {"ok", Value::boolean(file.sound())},
                             {"text", Value::string(text)}}));
  else
    put(text);
  if (file.findings.has_errors()) {
    message(cat("note: this SOP has ", counted(file.findings.error_count(), "error"), "; \"aesop check ",
                shown(file.path), "\" shows ", file.findings.error_count() == 1 ? "it" : "them", '\n'));
    return Exit::found;
  }
  return Exit::ok;
}

}  // namespace

extern const Verb show_verb{"show",
                            "About SOPs and rules",
                            "Print an SOP as the procedure it is",
                            "",
                            {{"FILE", Word::Kind::one, "", "an SOP file; - for stdin"},
                             {"--json", Word::Kind::flag, "", "print JSON"}},
                            run};

}  // namespace aesop::cli
