// Reading the case files of tests/cases: FEEL texts as values, scopes from objects. Part of the tests.
#pragma once

#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/print.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cases {

using Json = nlohmann::json;

inline Json read(const std::string& path) {
  std::ifstream in(std::string(AESOP_TESTS_DIR) + "/cases/" + path);
  INFO(path);
  REQUIRE(in.good());
  return Json::parse(in);
}

inline aesop::Evaluation evaluation() {
  aesop::Evaluation out;
  out.ports = &aesop::default_ports();
  out.now = *aesop::parse_instant("2026-03-02T14:00:00Z");
  return out;
}

/// The value of a FEEL text that names nothing.
inline aesop::Value feel(const std::string& text) {
  aesop::CompileOptions options;
  options.lenient = true;
  const auto compiled = aesop::Expr::compile(text, aesop::Scope(), options);
  INFO(text);
  REQUIRE(compiled.ok());
  auto how = evaluation();
  return compiled->evaluate({}, how);
}

/// The names of a case and their values.
struct Names {
  aesop::Scope scope;
  std::vector<aesop::Value> slots;

  explicit Names(const Json& one) {
    const Json none = Json::object();
    const Json& types = one.contains("types") ? one["types"] : none;
    for (const auto& [name, text] : (one.contains("context") ? one["context"] : none).items()) {
      aesop::Type type;
      if (types.contains(name)) type = aesop::parse_type(types[name].get<std::string>()).value();
      scope.add(name, type);
      slots.push_back(feel(text.get<std::string>()));
    }
  }
};

}  // namespace cases
