// aesop dmn export FILE: the rules of an SOP as a .dmn file.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/sop_file.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/write.hpp"
#include "aesop/exchange/dmn_model.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.definition) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(file.to_value());
    return Exit::input;
  }
  const dmn::Model model = dmn_model(*file.definition);
  const std::string text = write_dmn(model);
  const std::string path = call.text("--out", "-");
  if (path == "-" && !call.json()) {
    put(text);
  } else if (path != "-") {
    if (auto written = write_file(path, text); !written) return fail_open(written.error());
    message(cat("wrote ", shown(path), ", ", counted(model.decisions.size(), "decision"), '\n'));
  }
  if (call.json())
    put_json(Value::context({{"file", Value::string(file.path)},
                             {"decisions", Value::number(static_cast<std::int64_t>(model.decisions.size()))},
                             {"inputs", Value::number(static_cast<std::int64_t>(model.inputs.size()))},
                             {"namespace", Value::string(model.space)},
                             {"text", Value::string(text)}}));
  return Exit::ok;
}

}  // namespace

extern const Verb dmn_export_verb{
    "dmn export",
    "About SOPs and rules",
    "Write the rules of an SOP as a DMN model",
    "aesop dmn export billing.sop.json --out billing.dmn\n"
    "Each rule becomes a decision; what rules name beside each other becomes input data.",
    {{"FILE", Word::Kind::one, "", "an SOP file; - for stdin"},
     {"--out", Word::Kind::value, "OUT", "write to this file (default: stdout)"},
     {"--json", Word::Kind::flag, "", "print JSON, the model as \"text\" in it"}},
    run};

}  // namespace aesop::cli
