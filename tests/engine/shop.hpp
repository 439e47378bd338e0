// A furnished engine in memory, with short ways to ask it. For tests of the engine.
#pragma once

#include "catch.hpp"
#include "support/inspect.hpp"
#include "support/refund.hpp"

#include "aesop/engine/engine.hpp"

namespace aesop::testing {

inline std::string text(const Value& value) { return write_json(value).value_or("?"); }

/// A furnished engine in memory; looks at the end whether the store is whole.
struct Shop {
  Engine engine;
  int number = 0;

  explicit Shop(EngineOptions options = {}) : engine(Engine::open(":memory:", options).value()) {
    const Status furnished = furnish(engine);
    INFO((furnished ? std::string() : to_string(furnished.error())));
    REQUIRE(furnished.ok());
  }
  ~Shop() {
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
  }
  Value send(const std::string& line, Instant at = day_one, const std::string& person = "ann",
             const std::string& role = "agent") {
    return engine.execute(command(line, cat("c", ++number), at, person, role));
  }
  /// The "ok" of a command that must succeed.
  Value ok(const std::string& line, Instant at = day_one, const std::string& person = "ann",
           const std::string& role = "agent") {
    const Value answer = send(line, at, person, role);
    INFO(line << "\n" << text(answer));
    REQUIRE(answer.find("ok"));
    return answer.get("ok");
  }
  std::string reason(const std::string& line, Instant at = day_one) {
    return std::string(send(line, at).get("rejected").get("reason").as_string());
  }
  std::string code(const std::string& line, Instant at = day_one) {
    return std::string(send(line, at).get("error").get("code").as_string());
  }
  /// A run in which the bank is asked to pay.
  void paying(const std::string& run) {
    ok(cat("{'do':'start','sop':'refund','subject':'", run, "','run':'", run, "'}"));
    ok(cat("{'do':'tick','run':'", run, "','step':'check','item':'number'}"));
    ok(cat("{'do':'complete','run':'", run, "','step':'check','form':{'amount':20}}"));
  }
};

inline std::size_t count_kind(const std::vector<OutboxItem>& items, std::string_view kind) {
  return static_cast<std::size_t>(
      std::count_if(items.begin(), items.end(), [&](const OutboxItem& item) { return item.kind == kind; }));
}

}  // namespace aesop::testing
