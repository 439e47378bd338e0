// Time in the engine: advance, catching up, runs that cannot go on, and runs that rungs start.
#include "shop.hpp"

#include "aesop/run/codec.hpp"

using namespace aesop;
using namespace aesop::testing;

TEST_CASE("engine: it makes no difference how often advance is called", "[engine]") {
  const auto work = [](const std::vector<Instant>& calls, std::size_t limit) {
    Shop shop;
    for (const char* run : {"a", "b", "c"}) {
      shop.ok(cat("{'do':'start','sop':'refund','subject':'", run, "','run':'", run, "'}"));
      if (run[0] == 'b') {
        shop.ok("{'do':'tick','run':'b','step':'check','item':'number'}");
        shop.ok("{'do':'complete','run':'b','step':'check','form':{'amount':20}}", day_one + hour);
      }
    }
    for (const Instant to : calls)
      while (shop.engine.advance(to, limit).value().more) {
      }
    std::string all;
    for (const char* run : {"a", "b", "c"}) {
      const auto events = shop.engine.events(run).value();
      for (const LoggedEvent& one : events) append(all, one.event.name(), '@', one.event.at.us, ' ');
    }
    return all;
  };
  const Instant end = day_one + 40 * day;
  const std::string once = work({end}, 100'000);
  CHECK(once.find("rung_fired") != std::string::npos);
  CHECK(work({end}, 1) == once);
  std::vector<Instant> often;
  for (Instant at = day_one; at < end; at = at + 5 * hour) often.push_back(at);
  often.push_back(end);
  CHECK(work(often, 3) == once);
}

namespace {

/// Reminders every day, a limit that ends the step, a linked run.
constexpr std::string_view reminders_sop = R"sop({
  "aesop": 1, "sop": "reminders", "version": "1.0.0", "title": "Remind", "purpose": "p", "scope": "s",
  "roles": {"agent": {}, "lead": {"pages": true}},
  "steps": [
    {"id": "call", "title": "Call back", "raci": {"responsible": "agent", "accountable": "lead"},
     "due": "20 days", "escalate": [{"at": "1 day", "notify": "responsible", "every": "1 day"},
       {"at": "5 days", "page": "lead", "start": "chase"}, {"at": "due", "notify": "lead", "go": "late"}]},
    {"id": "late", "title": "Write", "raci": {"responsible": "agent", "accountable": "lead"},
     "due": "2 days", "escalate": [{"at": "due", "notify": "lead"}], "next": "done"},
    {"id": "done", "kind": "end", "title": "Done", "outcome": "done"}
  ]
})sop";

std::string told(Engine& engine, const char* run) {
  std::string all;
  for (const LoggedEvent& one : engine.events(run).value()) {
    Value shown = event_to_value(one.event).without("command_id");
    append(all, text(shown), '\n');
  }
  return all;
}

}  // namespace

TEST_CASE("engine: after downtime advance and the next command of a run bring the same events", "[engine]") {
  const Instant late = day_one + 40 * day;
  Shop by_advance, by_command;
  for (Shop* shop : {&by_advance, &by_command}) {
    REQUIRE(shop->engine.publish(request("p", day_one, "ops"), reminders_sop).value().accepted);
    shop->ok("{'do':'start','sop':'reminders','subject':'a','run':'a'}");
    shop->ok("{'do':'start','sop':'reminders','subject':'b','run':'b'}", day_one + hour);
  }
  while (by_advance.engine.advance(late, 3).value().more) {
  }
  for (const char* run : {"a", "b"}) {
    // Refused, and by it the timers of its run fire.
    CHECK(by_command.reason(cat("{'do':'complete','run':'", run, "','step':'call'}"), late) == "not_active");
    const std::string events = told(by_command.engine, run);
    CHECK(told(by_advance.engine, run) == events);
    CHECK(events.find("\"folded\":") != std::string::npos);
    CHECK(events.find("\"late_us\":0") == std::string::npos);
  }
}

TEST_CASE("engine: a run that cannot go on keeps no other from its timers, is named, and can be cancelled",
          "[engine]") {
  EngineOptions options;
  options.limits.events_per_run = 12;
  Shop shop(options);
  REQUIRE(shop.engine.publish(request("p", day_one, "ops"), reminders_sop).value().accepted);
  shop.ok("{'do':'start','sop':'reminders','subject':'a','run':'a'}");
  for (int i = 1; i < 12; ++i) {
    const auto advanced = shop.engine.advance(day_one + i * day).value();
    if (!advanced.stuck.empty()) break;
  }
  shop.ok("{'do':'start','sop':'refund','subject':'b','run':'b'}", day_one + 20 * day);
  const auto advanced = shop.engine.advance(day_one + 24 * day).value();
  REQUIRE(advanced.stuck.size() == 1);
  CHECK(advanced.stuck[0].run == "a");
  CHECK(advanced.stuck[0].error.code == ErrorCode::limit_exceeded);
  CHECK(advanced.fired >= 3);
  const auto fired = shop.engine.events("b").value();
  CHECK(std::any_of(fired.begin(), fired.end(),
                    [](const LoggedEvent& one) { return one.event.name() == "rung_fired"; }));
}

TEST_CASE("engine: advance says whether there is more, and a repeated id fires nothing twice", "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  const std::string line =
      "{'do':'advance','to':'2026-02-20T00:00:00Z','limit':2,'command_id':'adv','at':'2026-02-20T00:00:00Z'}";
  const Value first = shop.engine.execute(command(line));
  CHECK(first.get("ok").get("more").is_true());
  CHECK(first.get("ok").get("fired").as_decimal().to_int64() == 2);
  const std::uint64_t seq = shop.engine.store().head().value().seq;
  CHECK(text(shop.engine.execute(command(line))) == text(first));
  CHECK(shop.engine.store().head().value().seq == seq);
  while (shop.engine.advance(day_one + 50 * day).value().more) {
  }
  CHECK(shop.engine.advance(day_one + 50 * day).value().fired == 0);
}

TEST_CASE("engine: a command fires its own run's timers first, and they stand though it is refused",
          "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  CHECK(shop.reason("{'do':'complete','run':'a','step':'close'}", day_one + 10 * day) == "not_active");
  const auto events = shop.engine.events("a").value();
  CHECK(std::count_if(events.begin(), events.end(),
                      [](const LoggedEvent& one) { return one.event.name() == "rung_fired"; }) >= 3);
}

TEST_CASE(
    "engine: a rung that starts another SOP starts a run of the same thread in the same transaction, which "
    "names it",
    "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  while (shop.engine.advance(day_one + 31 * day).value().more) {
  }
  RunFilter chase;
  chase.sop = "chase";
  const auto runs = shop.engine.runs(chase).value();
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].subject == "a");
  CHECK(runs[0].thread == shop.engine.run("a").value().thread);
  // Nobody asked for it: the actor of its start is the engine, as with timers.
  const auto events = shop.engine.events(runs[0].id).value();
  CHECK(events.at(0).event.actor.empty());
  CHECK(shop.engine.run(runs[0].id).value().parent == "a");
  REQUIRE(events[0].event.as<RunStarted>());
  CHECK(events[0].event.as<RunStarted>()->parent == "a");
  CHECK_FALSE(events[0].event.as<RunStarted>()->cause.empty());
  CHECK(count_kind(shop.engine.poll_outbox(day_one, 0, 1000).value(), "start_run") == 0);
}

TEST_CASE("engine: a run of an SOP that is not published here stays in the outbox for the host", "[engine]") {
  auto engine = Engine::open(":memory:").value();
  REQUIRE(engine.publish(request("p", day_one, "ops"), refund_sop).value().accepted);
  REQUIRE(engine.execute(command("{'do':'start','sop':'refund','subject':'a','run':'a'}", "c1")).find("ok"));
  while (engine.advance(day_one + 31 * day).value().more) {
  }
  const auto items = engine.poll_outbox(day_one, 0, 1000).value();
  CHECK(count_kind(items, "start_run") == 1);
  PlanShelf shelf;
}
