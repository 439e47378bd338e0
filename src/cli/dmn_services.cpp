// aesop dmn services MODEL: what a .dmn file offers.
#include "cli/dmn_model.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

using Offers = std::vector<Dmn::Offer>;

std::string inputs_text(const Dmn::Offer& offer) {
  std::vector<std::string> parts;
  for (const auto& [name, type] : offer.inputs)
    parts.push_back(type.is_any() ? name : cat(name, ": ", to_string(type)));
  return join(parts, ", ");
}

Value offers_value(const Offers& offers) {
  std::vector<Value> list;
  for (const Dmn::Offer& one : offers) {
    std::vector<Value> inputs, outputs;
    for (const auto& [name, type] : one.inputs)
      inputs.push_back(
          Value::context({{"name", Value::string(name)}, {"type", Value::string(to_string(type))}}));
    for (const std::string& output : one.outputs) outputs.push_back(Value::string(output));
    list.push_back(Value::context({{"name", Value::string(one.name)},
                                   {"type", Value::string(to_string(one.type))},
                                   {"inputs", Value::list(std::move(inputs))},
                                   {"outputs", Value::list(std::move(outputs))}}));
  }
  return Value::list(std::move(list));
}

Exit run(const Invocation& call) {
  const DmnFile file = load_dmn(call.text("MODEL"));
  if (const int code = report_dmn(file); code != 0) {
    if (call.json()) put_json(Value::context({{"error", error_value(*file.error)}}));
    return static_cast<Exit>(code);
  }
  const Dmn& model = *file.model;
  if (call.json()) {
    put_json(Value::context({{"name", Value::string(model.models()[0].name)},
                             {"namespace", Value::string(model.models()[0].space)},
                             {"services", offers_value(model.services())},
                             {"decisions", offers_value(model.decisions())},
                             {"knowledge", offers_value(model.knowledge())},
                             {"inputs", offers_value(model.inputs())}}));
    return Exit::ok;
  }
  Table table({"kind", "name", "type", "takes", "gives"});
  const auto add = [&](std::string_view kind, const Offers& offers) {
    for (const Dmn::Offer& one : offers)
      table.add({std::string(kind), shown(one.name), shown(to_string(one.type)), shown(inputs_text(one)),
                 shown(join(one.outputs, ", "))});
  };
  add("service", model.services());
  add("decision", model.decisions());
  add("knowledge", model.knowledge());
  add("input", model.inputs());
  put(table.empty() ? "the model has nothing that can be asked for\n" : table.text());
  return Exit::ok;
}

}  // namespace

extern const Verb dmn_services_verb{"dmn services",
                                    "About SOPs and rules",
                                    "List what a DMN model offers: services, decisions, knowledge, inputs",
                                    "aesop dmn services lending.dmn",
                                    {{"MODEL", Word::Kind::one, "", "a .dmn file of DMN 1.1 to 1.5"},
                                     {"--json", Word::Kind::flag, "", "print JSON"}},
                                    run};

}  // namespace aesop::cli
