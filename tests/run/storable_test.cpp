// What an event holds is read back as it was (decide.hpp (17)), whatever an SOP computes.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("data: what grows deeper at each visit becomes null before it could not be read any more",
          "[run]") {
  Run r(sop(task("a", R"("next":[{"else":"a","set":{"v":"=[v]"}}])"), R"("data":{"v":"any"})"));
  r.start();
  bool was_null = false;
  for (int i = 0; i < 150; ++i) {  // the fixture reads state and events back after each
    REQUIRE(r.complete("a") == "");
    const bool null = r.variable("v").is_null();
    if (null && !was_null) {
      const bool told = std::any_of(r.recent.begin(), r.recent.end(), [](const Event& e) {
        return e.data.is_context() && e.data.get("diagnostics").size() > 0;
      });
      CHECK(told);
    }
    was_null = was_null || null;
  }
  CHECK(was_null);
}

TEST_CASE("data: a function is no data, in memory no more than in the store", "[run]") {
  Run r(sop(task("a", R"("next":[{"else":"b","set":{"v":"=function(x) x + 1","w":"=[1, function(x) x]"}}])") +
                "," + task("b", R"("next":"done")") + "," + end(),
            R"("data":{"v":"any","w":"any"})"));
  r.start();
  REQUIRE(r.complete("a") == "");
  CHECK(r.variable("v").is_null());
  CHECK(r.variable("w").is_null());
  CHECK(decode_state(encode_state(r.state)).value() == r.state);
}
