// After a crash or a timeout you do not know whether a command was done. Repeat it with the same id: it is done once.
#include "aesop/base/civil_text.hpp"
#include "aesop/engine/engine.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>

constexpr const char* invoice = R"({
  "aesop": 1, "sop": "invoice", "version": "1.0.0", "title": "Pay an invoice",
  "roles": {"clerk": {}, "head": {}},
  "steps": [
    {"id": "pay", "title": "Pay", "raci": {"responsible": "clerk", "accountable": "head"},
     "due": "2 days", "escalate": [{"at": "due", "notify": "accountable"}], "next": "paid"},
    {"id": "paid", "kind": "end", "outcome": "paid"}
  ]
})";

int main() {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "aesop_example_050";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "office.db").string();
  aesop::Request request{.command_id = "publish-1",
                         .at = aesop::parse_instant("2026-03-02T09:00:00Z").value(),
                         .actor = {.id = "kim", .roles = {"clerk"}}};
  aesop::Engine::open(path).value().publish(request, invoice).value();

  request.command_id = "start-invoice-77";
  std::string first;
  for (int attempt = 1; attempt <= 3; ++attempt) {  // each time a new handle, as after a crash
    aesop::Engine engine = aesop::Engine::open(path).value();
    const aesop::Answer answer = engine.start(request, {.sop = "invoice", .subject = "invoice_77"}).value();
    const std::string run(answer.value.get("run").as_string());
    if (first.empty()) first = run;
    std::cout << "attempt " << attempt << ": " << (run == first ? "the same run" : "another run") << ", "
              << engine.runs().value().size() << " in the store\n";
  }

  aesop::Engine engine = aesop::Engine::open(path).value();
  request.at = request.at + 1;
  const auto reused = engine.start(request, {.sop = "invoice", .subject = "invoice_78"});
  std::cout << "the id for another request: " << slug(reused.error().code) << "\n";
  std::cout << "entries in the log: " << engine.verify_log().value().entries
            << ", whole: " << (engine.verify_log().value().ok() ? "yes" : "no") << "\n";
  std::filesystem::remove_all(folder);
}
