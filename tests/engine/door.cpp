// What the engine looks at before it lets a command in: who asks, where, and what came before it.
#include "catch.hpp"
#include "support/refund.hpp"

#include "aesop/engine/engine.hpp"

using namespace aesop;
using namespace aesop::testing;

namespace {

struct Door {
  Engine engine = Engine::open(":memory:").value();
  int number = 0;

  Door() { REQUIRE(furnish(engine, false).ok()); }
  Value send(const std::string& line, Instant at = day_one) {
    return engine.execute(command(line, cat("c", ++number), at));
  }
  /// "ok", the reason of the refusal or the code of the error.
  std::string kind(const std::string& line, Instant at = day_one) {
    const Value answer = send(line, at);
    if (answer.find("ok")) return "ok";
    return std::string(answer.find("rejected") ? answer.get("rejected").get("reason").as_string()
                                               : answer.get("error").get("code").as_string());
  }
};

}  // namespace

TEST_CASE("engine: start says nothing of what runs where the actor does not reach", "[engine]") {
  Door door;
  REQUIRE(door.kind("{'do':'start','sop':'refund','subject':'a','run':'a'}") == "ok");
  const std::string stranger = "'actor':{'id':'eve','roles':['agent'],'scope':'shop/west'}}";
  for (const char* run : {"a", "b"}) {
    const Value answer = door.send(
        cat("{'do':'start','sop':'refund','subject':'a','scope':'shop/east','run':'", run, "',", stranger));
    CHECK(answer.get("rejected").get("reason").as_string() == "not_permitted");
    CHECK_FALSE(answer.get("rejected").find("run"));
  }
}

TEST_CASE("engine: a run's scope is a path, as that of a grant", "[engine]") {
  Door door;
  const std::string rest = "'actor':{'id':'ann','roles':['agent']}}";
  for (const char* scope : {"shop/", "shop//east", "/shop", "a b", ".."})
    CHECK(door.kind(cat("{'do':'start','sop':'refund','subject':'a','scope':'", scope, "',", rest)) ==
          "invalid-argument");
  CHECK(door.kind(cat("{'do':'start','sop':'refund','subject':'a','run':'a','scope':'/',", rest)) == "ok");
  CHECK(door.engine.run("a")->scope.empty());
}

TEST_CASE("engine: whoever writes has an id", "[engine]") {
  Door door;
  for (const char* line :
       {"{'do':'publish','text':'{}'", "{'do':'put_person','person':'x','grants':[]",
        "{'do':'remove_person','person':'x'", "{'do':'set_parameter','name':'x','value':1",
        "{'do':'put_calendar','name':'x','calendar':{}", "{'do':'ingest','feed':'f','cursor':'1','events':[]",
        "{'do':'ack','effect':'1.0','ok':true", "{'do':'start','sop':'refund','subject':'a'"})
    for (const char* actor : {"{}", "{'id':''}", "{'roles':['agent']}"}) {
      INFO(line << " " << actor);
      CHECK(door.kind(cat(line, ",'actor':", actor, "}")) == "schema-error");
    }
}

TEST_CASE("engine: a feed goes forward only, and has a name and a place", "[engine]") {
  Door door;
  const auto batch = [](std::string_view rest) {
    return cat("{'do':'ingest','feed':'post','events':[],", rest, "}");
  };
  CHECK(door.kind(batch("'cursor':''")) == "schema-error");
  CHECK(door.kind("{'do':'ingest','feed':'','cursor':'1','events':[]}") == "schema-error");
  CHECK(door.kind(batch("'cursor':'1'")) == "ok");
  CHECK(door.kind(batch("'cursor':'0'")) == "cursor_mismatch");  // says of itself that it is the first
  CHECK(door.kind(batch("'cursor':'2','after':''")) == "cursor_mismatch");
  CHECK(door.kind(batch("'cursor':'2','after':'1'")) == "ok");
  CHECK(door.send("{'do':'feeds'}").get("ok").get("feeds").at(0).get("cursor").as_string() == "2");
}

TEST_CASE("engine: how late a fact of a feed may be is the SOP's to say, however the feed dates it",
          "[engine]") {
  Door door;
  const std::string sop =
      R"({"aesop":1,"sop":"parcel","version":"1.0.0","title":"P","purpose":"p","scope":"s","roles":{"clerk":{},"head":{}},)"
      R"("late_facts":{"within":"2 days"},"events":{"came":{"fields":{}}},"steps":[)"
      R"({"id":"way","kind":"wait","title":"W","raci":{"responsible":"clerk","accountable":"head"},)"
      R"("for":[{"event":"came","go":"here"},{"after":"90 days","go":"here"}]},{"id":"here","kind":"end","title":"H","outcome":"here"}]})";
  REQUIRE(door.engine.publish(request("p", day_one, "ops", "head", ""), sop)->accepted);
  REQUIRE(door.kind("{'do':'start','sop':'parcel','subject':'a','run':'a'}") == "ok");
  int cursor = 0;
  const auto came = [&](std::string_view when) {
    const Value answer =
        door.send(cat("{'do':'ingest','feed':'post','after':'", cursor == 0 ? std::string() : cat(cursor),
                      "','cursor':'", cursor + 1, "','events':[{'event':'came','subject':'a',", when, "}]}"),
                  day_one + 10 * day);
    ++cursor;
    const Value& ok = answer.get("ok");
    return ok.find("refused") ? std::string(ok.get("refused").at(0).get("reason").as_string())
                              : std::string("recorded");
  };
  CHECK(came("'at':'2026-01-05T00:00:00Z'") == "late_fact_too_late");
  CHECK(came("'occurred_at':'2026-01-05T00:00:00Z'") == "late_fact_too_late");
  CHECK(came("'at':'2026-01-05T00:00:00Z','occurred_at':'2026-01-05T00:00:00Z'") == "late_fact_too_late");
  CHECK(came("'at':'2026-01-12T00:00:00Z'") == "occurred_in_future");
  CHECK(came("'at':'2026-01-10T00:00:00Z'") == "recorded");
}

TEST_CASE("engine: a reason to suspend or to cancel is more than a blank", "[engine]") {
  Door door;
  const std::string rest = "'run':'a','reason':' ','actor':{'id':'lea','roles':['lead','finance']}}";
  REQUIRE(door.kind("{'do':'start','sop':'refund','subject':'a','run':'a'}") == "ok");
  CHECK(door.kind(cat("{'do':'suspend',", rest)) == "reason_missing");
  CHECK(door.kind(cat("{'do':'cancel',", rest)) == "reason_missing");
}
