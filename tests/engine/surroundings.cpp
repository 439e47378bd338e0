// What is around runs: outbox, feeds, library, administration, gates.
#include "shop.hpp"

using namespace aesop;
using namespace aesop::testing;

TEST_CASE("engine: an effect is leased to one, handed out again when the lease ran out, and gone when done",
          "[engine]") {
  Shop shop;
  shop.paying("a");
  shop.paying("b");
  const auto first = shop.engine.poll_outbox(day_one, minute, 10).value();
  REQUIRE(first.size() == 2);
  CHECK(first[0].attempts == 1);
  CHECK(first[0].kind == "service");
  CHECK(shop.engine.poll_outbox(day_one, minute, 10).value().empty());
  const auto second = shop.engine.poll_outbox(day_one + minute, minute, 10).value();
  REQUIRE(second.size() == 2);
  CHECK(second[0].attempts == 2);
  CHECK(second[0].key == first[0].key);
  REQUIRE(shop.engine.ack(request("ack1", day_one + minute), second[0].id));
  CHECK(shop.engine.ack(request("ack2", day_one + minute), second[0].id).error().code ==
        ErrorCode::not_found);
  // The same id gives the same answer, typed or as JSON.
  CHECK(shop.engine.ack(request("ack1", day_one + minute), second[0].id));
  CHECK(shop.engine.ack(request("ack1", day_one + minute), second[1].id).error().code ==
        ErrorCode::command_id_reused);
  CHECK(shop.engine.fail_effect(request("f1", day_one + minute), second[1].id, "no line"));
  const std::uint64_t seq = shop.engine.store().head().value().seq;
  CHECK(shop.engine.fail_effect(request("f1", day_one + minute), second[1].id, "no line"));
  CHECK(shop.engine.store().head().value().seq == seq);
  CHECK(shop.engine
            .execute(command(cat("{'do':'ack','effect':'", second[0].id.seq, ".", second[0].id.index,
                                 "','ok':true,'at':'2026-01-01T00:01:00Z'}"),
                             "ack1"))
            .find("ok"));
  CHECK(shop.engine.poll_outbox(day_one, 0, 10).value().size() == 1);
  // As JSON, by id or by key.
  CHECK(shop.ok(cat("{'do':'ack','effect':'", second[1].key, "','ok':true}")).get("state").as_string() ==
        "done");
  CHECK(shop.reason(cat("{'do':'ack','effect':'", second[1].key, "','ok':true}")) == "unknown_effect");
  CHECK(shop.code("{'do':'ack','effect':'1.0'}") == "schema-error");
  CHECK(shop.code("{'do':'outbox','lease':'soon'}") == "schema-error");
  CHECK(shop.ok("{'do':'outbox','lease':'5 minutes'}").get("effects").size() == 0);
}

TEST_CASE("engine: of one run only the oldest effect is handed out", "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  while (shop.engine.advance(day_one + 4 * day).value().more) {
  }
  const auto all = shop.engine.poll_outbox(day_one, 0, 100).value();
  REQUIRE(all.size() >= 3);
  std::vector<std::string> order;
  for (Instant at = day_one; order.size() < all.size(); at = at + hour) {
    const auto items = shop.engine.poll_outbox(at, minute, 100).value();
    REQUIRE(items.size() == 1);
    order.push_back(items[0].key);
    REQUIRE(shop.engine.ack(request(cat("ack", order.size()), at), items[0].id));
  }
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(order[i] == all[i].key);
}

TEST_CASE("engine: a failing effect pauses longer each time, then is dead and an incident of its run",
          "[engine]") {
  EngineOptions options;
  options.effect_attempts = 3;
  options.effect_pause = minute;
  Shop shop(options);
  shop.paying("a");
  Instant at = day_one;
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto items = shop.engine.poll_outbox(at, minute, 1).value();
    REQUIRE(items.size() == 1);
    CHECK(items[0].attempts == static_cast<std::uint32_t>(attempt));
    REQUIRE(shop.engine.fail_effect(request(cat("f", attempt), at), items[0].id, "no line"));
    if (attempt == 2)
      CHECK(shop.engine.poll_outbox(at + minute, minute, 1).value().empty());  // two minutes now
    at = at + 5 * minute;
  }
  const auto next = shop.engine.poll_outbox(at, minute, 10).value();  // only the news of it
  REQUIRE(next.size() == 1);
  CHECK(next[0].kind == "notify");
  const auto all = shop.engine.poll_outbox(at, 0, 10).value();
  CHECK(std::any_of(all.begin(), all.end(), [](const OutboxItem& item) { return item.dead; }));
  const State state = shop.engine.run("a").value();
  REQUIRE(state.incidents.size() == 1);
  CHECK(state.incidents[0].kind == "effect_dead");
  // Those who answer for the step are told, and may have it asked for again.
  const auto told = std::find_if(all.begin(), all.end(), [](const OutboxItem& item) {
    return item.kind == "notify" && item.body.get("about") == Value::string("incident");
  });
  REQUIRE(told != all.end());
  CHECK(told->body.get("people") == Value::list({Value::string("lea")}));
  CHECK(told->body.get("kind") == Value::string("effect_dead"));
  CHECK(state.incidents[0].token != 0);
  // A message of a dead effect that is dead itself makes an incident, and no further message.
  for (int attempt = 2; attempt <= 4; ++attempt) {  // the first, above, ran out and is no failure
    at = at + hour;
    REQUIRE(shop.engine.poll_outbox(at, minute, 10).value().size() == 1);
    REQUIRE(shop.engine.fail_effect(request(cat("g", attempt), at), told->id, "no line"));
  }
  CHECK(shop.engine.run("a").value().incidents.size() == 2);
  CHECK(count_kind(shop.engine.poll_outbox(at, 0, 100).value(), "notify") == 1);
  CHECK(shop.ok(cat("{'do':'retry_incident','run':'a','incident':'i1','at':'", to_string(at),
                    "','actor':{'id':'lea','roles':['lead']}}"))
            .find("revision"));
  CHECK(count_kind(shop.engine.poll_outbox(at, minute, 100).value(), "service") == 1);
}

TEST_CASE("engine: who lost his lease reports no failure of it; a success is a success whoever reports it",
          "[engine]") {
  Shop shop;
  shop.paying("a");
  const auto first = shop.engine.poll_outbox(day_one, minute, 1).value();
  REQUIRE(first.size() == 1);
  const std::string effect = cat(first[0].id.seq, '.', first[0].id.index);
  const Instant later = day_one + 2 * minute;
  const auto second = shop.engine.poll_outbox(later, hour, 1).value();
  REQUIRE(second.size() == 1);
  CHECK(second[0].attempts == 2);
  const std::string late = cat("{'do':'ack','effect':'", effect, "','error':'no line','attempt':1}");
  CHECK(shop.reason(late, later) == "lease_lost");
  CHECK(shop.engine.poll_outbox(later + 30 * minute, minute, 1).value().empty());  // still leased
  CHECK(shop.engine.poll_outbox(later, 0, 1).value().at(0).failures == 0);
  CHECK(shop.ok(cat("{'do':'ack','effect':'", effect, "','error':'no line','attempt':2}"), later)
            .get("state")
            .as_string() == "pending");
  CHECK(shop.ok("{'do':'outbox'}").get("effects").at(0).get("failures") == Value::number(1));
  CHECK(shop.ok(cat("{'do':'ack','effect':'", effect, "','ok':true,'attempt':1}"), later)
            .get("state")
            .as_string() == "done");
}

TEST_CASE(
    "engine: leases that ran out are no failures, and after several the effect is dead as what kills its "
    "workers",
    "[engine]") {
  EngineOptions options;
  options.effect_attempts = 2;
  options.effect_leases = 3;
  options.effect_pause = minute;
  Shop shop(options);
  shop.paying("a");
  Instant at = day_one;
  EffectId id;
  for (std::uint32_t lease = 1; lease <= 3; ++lease) {
    const auto items = shop.engine.poll_outbox(at, minute, 1).value();
    REQUIRE(items.size() == 1);
    CHECK(items[0].attempts == lease);
    id = items[0].id;
    if (lease == 2) REQUIRE(shop.engine.fail_effect(request("f", at), id, "no line"));
    at = at + hour;
  }
  // One failure of two, two leases of three: it is handed out once more, then no more.
  CHECK(shop.engine.poll_outbox(at, minute, 1).value().size() == 1);
  CHECK(shop.engine.run("a").value().incidents.empty());
  at = at + hour;
  for (const OutboxItem& item : shop.engine.poll_outbox(at, minute, 10).value()) CHECK_FALSE(item.id == id);
  const State state = shop.engine.run("a").value();
  REQUIRE(state.incidents.size() == 1);
  CHECK(state.incidents[0].kind == "effect_dead");
  const auto left = shop.engine.poll_outbox(at, 0, 10).value();
  CHECK(std::any_of(left.begin(), left.end(),
                    [&](const OutboxItem& item) { return item.id == id && item.dead; }));
}

TEST_CASE("engine: a lease given by a clock that is wrong does not keep an effect for ever", "[engine]") {
  Shop shop;
  shop.paying("a");
  REQUIRE(shop.engine.poll_outbox(day_one + 365'000 * day, minute, 1).value().size() == 1);
  CHECK(shop.engine.poll_outbox(day_one, minute, 1).value().size() == 1);
  CHECK(shop.engine.poll_outbox(day_one, 32 * day, 1).error().code == ErrorCode::invalid_argument);
  CHECK(shop.code("{'do':'outbox','lease':'32 days'}") == "schema-error");
  CHECK(shop.code("{'do':'outbox','lease':2764800}") == "schema-error");
}

TEST_CASE("engine: an effect is named by an id that exists, never by one that overflows into another's",
          "[engine]") {
  Shop shop;
  shop.paying("a");
  const EffectId id = shop.engine.poll_outbox(day_one, 0, 1).value().at(0).id;
  const std::uint64_t wrapped = (std::uint64_t{1} << 54) + id.seq;
  CHECK(shop.reason(cat("{'do':'ack','effect':'", wrapped, '.', id.index, "','ok':true}")) ==
        "unknown_effect");
  CHECK(shop.reason(cat("{'do':'ack','effect':'", id.seq, ".1024','ok':true}")) == "unknown_effect");
  CHECK(shop.engine.ack(request("typed", day_one), {wrapped, id.index}).error().code == ErrorCode::not_found);
  CHECK(shop.engine.poll_outbox(day_one, 0, 1).value().at(0).id == id);
}

TEST_CASE("engine: a mistake in a batch of events is refused whole, and does not undo the commands around it",
          "[engine]") {
  Shop shop;
  REQUIRE(shop.engine.begin_batch());
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  for (const char* mistake : {"", ",'sop':'no_such'", ",'sop':'refund','scope':'no//scope'"})
    CHECK(shop.send(cat("{'do':'ingest','feed':'post','cursor':'1','events':["
                        "{'event':'letter.received','subject':'a','payload':{'about':'x'}},"
                        "{'event':'letter.received','subject':'b','start':true",
                        mistake, "}]}"))
              .find("error"));
  shop.ok("{'do':'start','sop':'refund','subject':'c','run':'c'}");
  REQUIRE(shop.engine.commit_batch());
  CHECK(shop.engine.run("a").ok());
  CHECK(shop.ok("{'do':'feeds'}").get("feeds").size() == 0);
}

TEST_CASE("engine: an answer is given again however long it is", "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  const Value one = command(
      "{'do':'ingest','feed':'post','cursor':'1','events':["
      "{'event':'letter.received','subject':'a','payload':{'about':7}}]}",
      "long");
  const Value ingest = one.with("events", Value::list(std::vector<Value>(4000, one.get("events").at(0))));
  const Value first = shop.engine.execute(ingest);
  REQUIRE(first.get("ok").get("refused").size() == 4000);
  CHECK(text(shop.engine.execute(ingest)) == text(first));
  CHECK(shop.engine.execute(ingest.with("command_id", Value::string("other")))
            .get("ok")
            .get("existing")
            .is_true());
}

TEST_CASE("engine: a value of a parameter that is longer than it may be is not taken", "[engine]") {
  Shop shop;
  const auto set = [&](std::size_t size) {
    return shop.engine.execute(command("{'do':'set_parameter','name':'slogan'}", cat("set", size), day_one)
                                   .with("value", Value::string(std::string(size, 'x'))));
  };
  CHECK(set(60'000).find("ok"));
  CHECK(set(70'000).get("error").get("code").as_string() == "limit-exceeded");
  CHECK(shop.ok("{'do':'parameters'}").get("parameters").at(0).get("value").as_string().size() == 60'000);
}

TEST_CASE("engine: the incident of a dead effect is told, and retrying it offers the effect again",
          "[engine]") {
  EngineOptions options;
  options.effect_attempts = 1;
  Shop shop(options);
  // Of a run only the oldest effect is handed out: those before it are acknowledged.
  const auto die = [&](std::string_view kind, Instant at) {
    for (int n = 0; n < 10; ++n)
      for (const OutboxItem& item : shop.engine.poll_outbox(at, minute, 100).value()) {
        if (item.kind == kind) {
          CHECK(shop.engine.fail_effect(request(cat("dead-", item.key), at), item.id, "no line").ok());
          return item;
        }
        CHECK(shop.engine.ack(request(cat("ack-", item.key), at), item.id).ok());
      }
    FAIL("no effect of kind " << kind);
    throw 0;
  };
  const auto told = [&](Instant at) {
    const auto items = shop.engine.poll_outbox(at, 0, 100).value();
    return std::count_if(items.begin(), items.end(), [](const OutboxItem& item) {
      return item.kind == "notify" && text(item.body.get("about")) == R"("incident")";
    });
  };
  const std::string lead = "'actor':{'id':'lea','roles':['lead'],'scope':'shop'}}";
  SECTION("of a service: another attempt, or the end of the step") {
    shop.paying("a");
    const OutboxItem first = die("service", day_one);
    CHECK(told(day_one) == 1);
    const State dead = shop.engine.run("a").value();
    REQUIRE(dead.incidents.size() == 1);
    CHECK(dead.incidents[0].step == "pay");
    SECTION("retried") {
      shop.ok(cat("{'do':'retry_incident','run':'a','incident':'i1',", lead));
      CHECK(shop.engine.run("a")->incidents.empty());
      const std::string old(first.body.get("task").as_string());
      CHECK(shop.reason(cat("{'do':'complete_service','task':'", old, "','result':{}}")) == "not_active");
      const OutboxItem second = die("service", day_one + hour);
      CHECK(text(second.body.get("attempt")) == "2");
    }
    SECTION("ended") {
      shop.ok(cat("{'do':'end_incident','run':'a','incident':'i1','reason':'the bank is closed',", lead));
      CHECK_FALSE(shop.engine.run("a")->open());
    }
  }
  SECTION("of a notice: the same effect") {
    shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
    shop.ok(cat("{'do':'advance','to':'", to_string(day_one + 2 * day), "'}"));
    const OutboxItem first = die("notify", day_one + 2 * day);
    REQUIRE(shop.engine.run("a")->incidents.size() == 1);
    CHECK(shop.engine.run("a")->incidents[0].token == 0);
    shop.ok(cat("{'do':'retry_incident','run':'a','incident':'i1',", lead), day_one + 3 * day);
    const auto again = shop.engine.poll_outbox(day_one + 3 * day, minute, 1).value();
    REQUIRE(again.size() == 1);
    CHECK(again[0].key == first.key);
    CHECK(again[0].attempts == 1);
  }
}

TEST_CASE("R197: engine: a feed's events find their runs, and its cursor moves in the same transaction",
          "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'a'}");
  shop.ok("{'do':'start','sop':'refund','subject':'b','run':'b'}");
  const std::string line =
      "{'do':'ingest','feed':'post','cursor':'2','events':["
      "{'event':'letter.received','subject':'a','payload':{'about':'x'}},"
      "{'event':'letter.received','subject':'nobody','payload':{}},"
      "{'event':'letter.received','subject':'c','sop':'refund','scope':'shop/"
      "east','start':true,'payload':{'about':'y'}},"
      "{'event':'letter.received','subject':'b','payload':{'about':7}}]}";
  const Value answer = shop.engine.execute(command(line, "in1"));
  const Value first = answer.get("ok");
  CAPTURE(text(answer));
  CHECK(first.get("events").as_decimal().to_int64() == 4);
  CHECK(first.get("unmatched").as_decimal().to_int64() == 1);
  CHECK(first.get("started").size() == 1);
  CHECK(first.get("recorded").as_decimal().to_int64() == 2);
  CHECK(first.get("refused").size() == 1);
  const std::uint64_t seq = shop.engine.store().head().value().seq;

  // Repeated under its id, or under another with the same cursor: nothing is recorded twice.
  CHECK(text(shop.engine.execute(command(line, "in1"))) == text(answer));
  CHECK(shop.engine.store().head().value().seq == seq);
  CHECK(shop.engine.execute(command(line, "in2")).get("ok").get("existing").is_true());
  CHECK(shop.engine.store().head().value().seq == seq);
  CHECK(shop.ok("{'do':'feeds'}").get("feeds").at(0).get("cursor").as_string() == "2");
  CHECK(shop.reason("{'do':'ingest','feed':'post','cursor':'4','after':'3','events':[]}") ==
        "cursor_mismatch");
  shop.ok("{'do':'ingest','feed':'post','cursor':'3','after':'2','events':[]}");
  shop.ok("{'do':'ingest','feed':'other','cursor':'1','after':'','events':[]}");
}

TEST_CASE("R45: engine: what is published never changes, and what is unsound is not published", "[engine]") {
  Shop shop;
  const auto again = shop.engine.publish(request("again", day_one, "ops"), refund_sop).value();
  CHECK(again.accepted);
  // The same text under the same id is one request, typed or as JSON.
  const Value json =
      command("{'do':'publish'}", "again", day_one, "ops").with("text", Value::string(refund_sop));
  CHECK(shop.engine.execute(json).get("ok") == again.value);
  CHECK(again.value.get("existing").is_true());
  std::string other(refund_sop);
  other.replace(other.find("Refund an order"), 15, "Refund an Order");
  CHECK(shop.engine.publish(request("other", day_one, "ops"), other).value().reason() == "already_published");
  std::string broken(refund_sop);
  broken.replace(broken.find("\"go\": \"approve\""), 15, "\"go\": \"aprove\"");
  const auto refused = shop.engine.publish(request("broken", day_one, "ops"), broken).value();
  CHECK(refused.reason() == "unsound_definition");
  CHECK(refused.value.get("findings").size() > 0);
  const auto nonsense = shop.engine.publish(request("nonsense", day_one, "ops"), "{").value();
  CHECK(nonsense.reason() == "unsound_definition");
  CHECK(shop.ok("{'do':'sops'}").get("sops").size() == 2);
  CHECK(shop.code("{'do':'publish'}") == "schema-error");
  CHECK(shop.code("{'do':'publish','file':'/etc/passwd'}") == "schema-error");  // it reads no files
}

TEST_CASE("R45: engine: the text of a version is read as it was published, and as people read it",
          "[engine]") {
  Shop shop;
  std::string newer(refund_sop);
  newer.replace(newer.find("1.0.0"), 5, "1.1.0");
  REQUIRE(shop.engine.publish(request("newer", day_one, "ops"), newer).value().accepted);

  const Value old = shop.ok("{'do':'sop','sop':'refund','version':'1.0.0'}");
  CHECK(old.get("text").as_string() == refund_sop);
  CHECK(old.get("show").as_string().find("Refund an order") != std::string_view::npos);
  const Value listed = shop.ok("{'do':'sops'}").get("sops");
  for (std::size_t i = 0; i < listed.size(); ++i)
    CHECK((listed.at(i).get("hash") == old.get("hash")) ==
          (listed.at(i).get("version").as_string() == "1.0.0" &&
           listed.at(i).get("sop").as_string() == "refund"));
  const Value latest = shop.ok("{'do':'sop','sop':'refund'}");
  CHECK(latest.get("version").as_string() == "1.1.0");
  CHECK(latest.get("text").as_string() == newer);
  CHECK(shop.code("{'do':'sop','sop':'refund','version':'9.0.0'}") == "not-found");
  CHECK(shop.code("{'do':'sop','sop':'refnd'}") == "not-found");
  CHECK(shop.code("{'do':'sop'}") == "schema-error");
}

TEST_CASE(
    "R45: engine: a run stays on its version after a newer one is published, and new runs begin with that",
    "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'a','run':'old'}");
  std::string newer(refund_sop);
  newer.replace(newer.find("1.0.0"), 5, "1.1.0");
  newer.replace(newer.find("Check the claim"), 15, "Check it better");
  REQUIRE(shop.engine.publish(request("newer", day_one, "ops"), newer).value().accepted);
  shop.ok("{'do':'start','sop':'refund','subject':'b','run':'new'}");
  shop.ok("{'do':'start','sop':'refund','subject':'c','run':'chosen','version':'1.0.0'}");
  const auto title = [&](const char* run) {
    return std::string(
        shop.ok(cat("{'do':'tasks','run':'", run, "'}")).get("tasks").at(0).get("title").as_string());
  };
  CHECK(title("old") == "Check the claim");
  CHECK(title("new") == "Check it better");
  CHECK(title("chosen") == "Check the claim");
  shop.ok("{'do':'tick','run':'old','step':'check','item':'number'}");
  shop.ok("{'do':'complete','run':'old','step':'check','form':{'amount':20}}");
  CHECK(shop.engine.run("old").value().version == "1.0.0");
  CHECK(shop.engine.run("new").value().version == "1.1.0");
}

TEST_CASE(
    "R29, R173: engine: parameters hold at their scope and below, the nearest wins, only where the SOP "
    "allows",
    "[engine]") {
  Shop shop;
  const auto due = [&](const std::string& run, const std::string& scope) {
    shop.ok(cat("{'do':'start','sop':'refund','subject':'", run, "','run':'", run, "','scope':'", scope,
                "','actor':{'id':'lea','roles':['lead'],'scope':'shop'}}"));
    return std::string(
        shop.ok(cat("{'do':'tasks','run':'", run, "'}")).get("tasks").at(0).get("due").as_string());
  };
  CHECK(due("a", "shop/east") == "2026-01-03T00:00:00Z");
  shop.ok("{'do':'set_parameter','sop':'refund','name':'patience','scope':'shop','value':'3 days'}");
  shop.ok("{'do':'set_parameter','sop':'refund','name':'patience','scope':'shop/west','value':'1 day'}");
  CHECK(due("b", "shop/east") == "2026-01-04T00:00:00Z");
  CHECK(due("c", "shop/west/one") == "2026-01-02T00:00:00Z");
  CHECK(shop.reason(
            "{'do':'set_parameter','sop':'refund','name':'patience','scope':'a/b/c/d','value':'1 day'}") ==
        "not_overridable");
  CHECK(shop.reason("{'do':'set_parameter','sop':'refund','name':'patients','scope':'a','value':'1 day'}") ==
        "unknown_parameter");
  CHECK(shop.reason("{'do':'set_parameter','sop':'refund','name':'patience','scope':'a','value':7}") ==
        "bad_data");
  CHECK(shop.ok("{'do':'parameters'}").get("parameters").size() == 2);
}

TEST_CASE("R47, R54, R134: engine: people and calendars are administration, each an entry of the log",
          "[engine]") {
  Shop shop;
  const std::uint64_t seq = shop.engine.store().head().value().seq;
  shop.ok(
      "{'do':'put_person','person':'zoe','name':'Zoe "
      "Secret','grants':[{'role':'agent','scope':'shop/west'}]}");
  shop.ok(
      "{'do':'put_calendar','name':'office','scope':'shop','calendar':{'zone':'UTC','week':{'mon-fri':['09:"
      "00-17:00']}}}");
  shop.ok("{'do':'remove_person','person':'zoe'}");
  CHECK(shop.code("{'do':'put_calendar','name':'office','scope':'shop','calendar':{'week':{'noday':['09:00-"
                  "17:00']}}}") == "invalid-argument");
  CHECK(shop.code("{'do':'put_person','person':'zoe','grants':[{'role':'Not A Role'}]}") ==
        "invalid-argument");
  CHECK(shop.code("{'do':'put_person','person':'zoe','grants':[{'role':'agent','scope':'/x/'}]}") ==
        "invalid-argument");
  const auto entries = shop.engine.store().read_log(seq, 10).value();
  REQUIRE(entries.size() == 3);
  for (const LogEntry& entry : entries) {
    CHECK(decode_record(entry.header).value().kind == RecordKind::administration);
    CHECK(entry.header.find("Secret") == std::string::npos);
  }
  CHECK(entries[0].body.find("Zoe Secret") != std::string::npos);
}

TEST_CASE("engine: a gate answers from facts alone, with a receipt of facts, rules and verdict", "[engine]") {
  Shop shop;
  const std::uint64_t seq = shop.engine.store().head().value().seq;
  const auto verdict = [&](const std::string& facts) {
    return std::string(shop.ok(cat("{'do':'gate','sop':'refund','gate':'may_pay','facts':", facts, "}"))
                           .get("verdict")
                           .as_string());
  };
  CHECK(verdict("{'amount':20,'reason':'broken'}") == "pass");
  CHECK(verdict("{'amount':20}") == "warn");
  CHECK(verdict("{'amount':2000,'reason':'x'}") == "block");
  CHECK(verdict("{}") == "block");
  const Value approved =
      shop.ok("{'do':'gate','sop':'refund','facts':{'amount':2000,'reason':'x'},'approved':['skip_check']}");
  CHECK(approved.get("verdict").as_string() != "block");
  const GateVerdict one =
      shop.engine.gate("refund", "may_pay", read_json(R"({"amount":20})").value(), day_one).value();
  const GateVerdict two =
      shop.engine.gate("refund", "may_pay", read_json(R"({"amount":20})").value(), day_one).value();
  const GateVerdict three =
      shop.engine.gate("refund", "may_pay", read_json(R"({"amount":21})").value(), day_one).value();
  CHECK(one.receipt == two.receipt);
  CHECK(one.receipt != three.receipt);
  CHECK(one.receipt.size() == 64);
  // The time of a gate is said, never guessed.
  Value timeless = command("{'do':'gate','sop':'refund','gate':'may_pay','facts':{}}").without("at");
  CHECK(shop.engine.execute(timeless).get("error").get("code").as_string() == "schema-error");
  timeless = command("{'do':'evaluate','feel':'now()'}").without("at");
  CHECK(shop.engine.execute(timeless).get("error").get("code").as_string() == "schema-error");
  CHECK(shop.code("{'do':'gate','sop':'refund','gate':'may_pey','facts':{}}") == "not-found");
  CHECK(shop.code("{'do':'gate','sop':'refund','gate':'may_pay','facts':{'amunt':1}}") == "schema-error");
  CHECK(shop.engine.store().head().value().seq == seq);
  CHECK(shop.ok("{'do':'evaluate','feel':'x + 1','context':{'x':2}}").get("value").as_decimal().to_int64() ==
        3);
  CHECK(shop.code("{'do':'evaluate','feel':'1 +'}") == "bad-expression");
}

TEST_CASE("engine: what a gate answered is kept in the log, and a receipt that is not its own is refused",
          "[engine]") {
  Shop shop;
  const Value answer = shop.ok("{'do':'gate','sop':'refund','facts':{'amount':20}}");
  const auto record = [&](const Value& receipt, Instant at = day_one) {
    return shop.engine.execute(
        command("{'do':'record_gate','subject':'order/7'}", cat("g", ++shop.number), at)
            .with("receipt", receipt));
  };
  const Value kept = record(answer);
  REQUIRE(kept.find("ok"));
  const Value log = shop.ok("{'do':'events','kinds':['administration']}").get("events");
  const Value& entry = log.items().back().get("control");
  CHECK(log.items().back().get("type").as_string() == "gate_recorded");
  CHECK(entry.get("verdict").as_string() == "warn");
  CHECK(entry.get("subject").as_string() == "order/7");
  CHECK(entry.get("receipt") == answer.get("receipt"));
  CHECK(entry.get("facts_hash") == answer.get("facts_hash"));
  CHECK(entry.get("sop_version").as_string() == "1.0.0");

  const auto refused = [&](const Value& receipt, Instant at = day_one) {
    return std::string(record(receipt, at).get("rejected").get("reason").as_string());
  };
  CHECK(refused(answer.with("verdict", Value::string("pass"))) == "bad_receipt");
  CHECK(refused(answer.with("facts_hash", Value::string("00"))) == "bad_receipt");
  CHECK(refused(answer.with("at", Value::string("2026-01-04T00:00:00Z"))) == "bad_receipt");
  CHECK(refused(answer.without("receipt")) == "bad_receipt");
  CHECK(refused(answer, Instant{day_one.us - 1}) == "bad_receipt");
  CHECK(record(Value::string("yes")).get("error").get("code").as_string() == "schema-error");
  CHECK(shop.code("{'do':'record_gate','receipt':{}}") == "schema-error");

  // The typed call is the same request.
  const Request request{.command_id = "typed", .at = day_one, .actor = {.id = "pms"}};
  const GateVerdict verdict =
      shop.engine.gate("refund", "may_pay", read_json(R"({"amount":20})").value(), day_one).value();
  CHECK(shop.engine.record_gate(request, verdict.report, "order/7").value().accepted);
}

TEST_CASE("engine: a gate takes the id of an exception that is approved, and no other", "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'o','run':'r'}");
  shop.ok(
      "{'do':'request_exception','run':'r','step':'check','policy':'skip_check','reason':'old customer',"
      "'documents':[{'name':'mail','sha256':'"
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'}]}");
  const std::string gate = "{'do':'gate','sop':'refund','facts':{'amount':2000,'reason':'x'},'approved':['";
  CHECK(shop.code(cat(gate, "r/x1']}")) == "invalid-argument");  // asked for, not approved
  CHECK(shop.code(cat(gate, "r/x9']}")) == "not-found");
  CHECK(shop.code(cat(gate, "q/x1']}")) == "unknown-run");
  shop.ok("{'do':'decide_exception','run':'r','exception':'x1','decision':'approve'}", day_one, "leo",
          "lead");
  CHECK(shop.code(cat(gate, "r/x1']}")) == "invalid-argument");  // one voice of two
  shop.ok("{'do':'decide_exception','run':'r','exception':'x1','decision':'approve'}", day_one, "fay",
          "finance");
  CHECK(shop.ok(cat(gate, "r/x1']}")).get("verdict").as_string() == "warn");
  CHECK(shop.ok(cat(gate, "r/x1']}")).get("approved").at(0).as_string() == "skip_check");
  // Valid for a day.
  CHECK(shop.code(cat(gate, "r/x1']}"), Instant{day_one.us + day}) == "invalid-argument");
}

TEST_CASE("engine: a gate of a run is asked with what the run knows, and what is given stands in its place",
          "[engine]") {
  Shop shop;
  shop.ok("{'do':'start','sop':'refund','subject':'o1','run':'g1','data':{'amount':2000,'reason':'x'}}");
  const std::uint64_t seq = shop.engine.store().head().value().seq;
  const auto verdict = [&](const std::string& more) {
    return std::string(
        shop.ok(cat("{'do':'gate','run':'g1','gate':'may_pay'", more, "}")).get("verdict").as_string());
  };
  CHECK(verdict("") == "block");
  CHECK(verdict(",'facts':{'amount':20}") == "pass");
  CHECK(shop.ok("{'do':'gate','run':'g1','gate':'may_pay'}").get("facts_hash") ==
        shop.ok("{'do':'gate','run':'g1','gate':'may_pay','facts':{'amount':2000}}").get("facts_hash"));
  CHECK(shop.code("{'do':'gate','run':'g2','gate':'may_pay'}") == "unknown-run");
  CHECK(shop.code("{'do':'gate','run':'g1','gate':'may_pay','approved':['skip_chek']}") == "not-found");
  CHECK(shop.code("{'do':'gate','run':'g1','sop':'refund','gate':'may_pay'}") == "schema-error");
  CHECK(shop.code("{'do':'gate','run':'g1','scope':'shop','gate':'may_pay'}") == "schema-error");
  CHECK(shop.engine.store().head().value().seq == seq);  // asking writes nothing
}

TEST_CASE("engine: a gate goes by the parameters of the scope it is asked for, typed and as JSON",
          "[engine]") {
  Shop shop;
  std::string source(chase_sop);
  source.replace(source.find("\"chase\""), 7, "\"capped\"");
  source.replace(source.find("\"steps\""), 7,
                 R"("data": {"amount": {"type": "decimal", "default": 0}},
                    "parameters": {"cap": {"type": "decimal", "default": 10, "override": "clinic"}},
                    "gates": {"small": {"checks": [{"id": "cap", "require": "amount <= cap", "message": "too much",
                                                    "fix": "ask for less"}]}}, "steps")");
  const auto published = shop.engine.publish(request("capped", day_one, "ops"), source).value();
  CAPTURE(text(published.value));
  REQUIRE(published.accepted);
  shop.ok("{'do':'set_parameter','sop':'capped','name':'cap','scope':'shop/west','value':100}");
  const Value facts = read_json(R"({"amount":50})").value();
  CHECK(shop.engine.gate("capped", "small", facts, day_one).value().verdict == "block");
  CHECK(shop.engine.gate("capped", "small", facts, day_one, {}, "shop/west/one").value().verdict == "pass");
  const std::string line = "{'do':'gate','sop':'capped','facts':{'amount':50},'scope':'";
  CHECK(shop.ok(line + "shop/east'}").get("verdict").as_string() == "block");
  CHECK(shop.ok(line + "shop/west/one'}").get("verdict").as_string() == "pass");
}
