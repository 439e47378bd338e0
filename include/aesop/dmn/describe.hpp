// What a model offers, as data: describe. Part dmn; for hosts that ask a model they do not know.
#pragma once

#include "aesop/dmn/dmn.hpp"
#include "aesop/value/print.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name", "type",
/// "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs", "table"}]},
/// each in the order of the file. Types are FEEL's: "number", "list<string>", "Any" where nothing is known; `table` says whether
/// it is a decision table.
inline Value describe(const Dmn& model) {
  const dmn::Graph& graph = model.graph();
  const auto is_table = [&](dmn::Element::Kind kind, std::string_view name) {
    const dmn::Element* one = graph.find(kind, name);
    std::uint32_t body = one->body;
    if (one->function != dmn::nowhere) body = graph.functions[one->function].body;
    return body != dmn::nowhere && graph.nodes[body].table.has_value();
  };
  const auto row = [](std::string_view name, const Type& type) {
    return std::vector<Entry>{{"name", Value::string(name)}, {"type", Value::string(to_string(type))}};
  };
  const auto rows = [&](const std::vector<Dmn::Offer>& offers, dmn::Element::Kind kind) {
    std::vector<Value> out;
    for (const Dmn::Offer& offer : offers) {
      std::vector<Entry> one = row(offer.name, offer.type);
      if (kind != dmn::Element::Kind::input) {
        std::vector<Value> inputs;
        for (const auto& [name, type] : offer.inputs) inputs.push_back(Value::context(row(name, type)));
        one.emplace_back("inputs", Value::list(std::move(inputs)));
      }
      if (kind == dmn::Element::Kind::service) {
        std::vector<Value> outputs;
        for (const std::string& name : offer.outputs) outputs.push_back(Value::string(name));
        one.emplace_back("outputs", Value::list(std::move(outputs)));
      } else if (kind != dmn::Element::Kind::input) {
        one.emplace_back("table", Value::boolean(is_table(kind, offer.name)));
      }
      out.push_back(Value::context(std::move(one)));
    }
    return Value::list(std::move(out));
  };
  std::vector<Value> imports;
  for (const dmn::Space& one : model.models())
    if (one.path.size() == 1)
      imports.push_back(
          Value::context({{"name", Value::string(one.path[0])}, {"namespace", Value::string(one.space)}}));
  return Value::context({{"name", Value::string(model.models()[0].name)},
                         {"namespace", Value::string(model.models()[0].space)},
                         {"imports", Value::list(std::move(imports))},
                         {"inputs", rows(model.inputs(), dmn::Element::Kind::input)},
                         {"decisions", rows(model.decisions(), dmn::Element::Kind::decision)},
                         {"services", rows(model.services(), dmn::Element::Kind::service)},
                         {"knowledge", rows(model.knowledge(), dmn::Element::Kind::knowledge)}});
}

}  // namespace v0
}  // namespace aesop
