// Fuzz target: no text crashes the readers of models and of test cases, the compiler or the evaluator; what is read is
// written and reads back as the same; every evaluation ends within its budget.
#include "aesop/base/default_ports.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/dmn/write.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace aesop;
  const auto demand = [](bool held) {
    if (!held) std::abort();
  };
  const std::string text(reinterpret_cast<const char*>(data), size);
  const SourceText source("f", text);
  if (auto tests = read_dmn_tests(source); !tests) demand(tests.error().where.begin <= size);
  auto model = read_dmn(SourceText("f.dmn", text));
  if (!model) {
    demand(model.error().where.begin <= size);
    source.render(model.error().where, slug(model.error().code), "error", model.error().message);
    return 0;
  }
  const std::string written = write_dmn(*model);
  auto again = read_dmn(SourceText("again.dmn", written));
  demand(again.ok() && write_dmn(*again) == written);
  for (const bool lenient : {true, false}) {
    Findings findings;
    DmnOptions options;
    options.lenient = lenient;
    options.loader = [&](const dmn::Import&) -> Result<dmn::Model> {
      return read_dmn(SourceText("f.dmn", text));
    };
    const auto dmn = Dmn::compile(*model, findings, options);
    demand(dmn.ok() || findings.has_errors());
    findings.render(source);
    if (!dmn) continue;
    for (const Dmn::Offer& decision : dmn->decisions()) {
      Evaluation evaluation;
      evaluation.ports = &default_ports();
      evaluation.budget.steps = 5'000;
      DmnTrace trace;
      demand(dmn->evaluate(decision.name, Value(), evaluation, &trace).ok());
    }
  }
  return 0;
}
