// The contract of the store port: effects, commands and feeds, the library, the administration.
#include "contract.hpp"

using namespace aesop;
using namespace aesop::testing;

TEST_CASE("store: an entry causes so many effects and no more", "[store]") {
  over_every_store([](Store& store) {
    REQUIRE(store.begin());
    StoredEffect effect;
    effect.kind = "notify";
    effect.id = {3, max_effects_per_entry - 1};
    CHECK(store.put_effect(effect).ok());
    effect.id = {3, max_effects_per_entry};
    CHECK(store.put_effect(effect).error().code == ErrorCode::limit_exceeded);
    REQUIRE(store.commit());
    CHECK(store.list_effects(std::nullopt, 10).value().size() == 1);
  });
}

TEST_CASE("store: effects are listed in order, changed and removed by id", "[store]") {
  over_every_store([](Store& store) {
    StoredEffect effect;
    effect.id = {4, 1};
    effect.run = 3;
    effect.key = "key";
    effect.kind = "notify";
    effect.body = "{}";
    effect.attempts = 3;
    effect.failures = 2;
    write(store, [&] {
      REQUIRE(store.put_effect(effect));
      effect.id = {4, 0};
      REQUIRE(store.put_effect(effect));
      effect.id = {11, 0};
      REQUIRE(store.put_effect(effect));
      effect.id = {4, 1};
      effect.attempts = 2;
      effect.not_before = {99};
      effect.state = EffectState::dead;
      REQUIRE(store.put_effect(effect));
    });
    auto rows = store.list_effects(std::nullopt, 10).value();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].id == EffectId{4, 0});
    CHECK(rows[1].id == EffectId{4, 1});
    CHECK(rows[1].attempts == 2);
    CHECK(rows[1].failures == 2);
    CHECK(rows[1].not_before == Instant{99});
    CHECK(rows[1].state == EffectState::dead);
    CHECK(rows[1].kind == "notify");
    CHECK(rows[2].id == EffectId{11, 0});
    CHECK(store.list_effects(EffectId{4, 1}, 10).value().size() == 1);
    CHECK(store.find_effect({4, 1}).value()->run == 3);
    write(store, [&] { REQUIRE(store.erase_effect({4, 1})); });
    CHECK_FALSE(store.find_effect({4, 1}).value());
  });
}

TEST_CASE("store: commands are kept once; feeds are moved on", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.put_command("c", {"salt", hash_of(7), 3, 5, "{\"ok\":{}}"}));
      CHECK_FALSE(store.put_command("c", {"salt", hash_of(8), 1, 1, ""}).ok());
      REQUIRE(store.put_feed({"pms", "10", "a"}));
      REQUIRE(store.put_feed({"pms", "11", "b"}));
      REQUIRE(store.put_feed({"era", "1", "c"}));
    });
    const auto command = store.find_command("c").value();
    REQUIRE(command);
    CHECK(command->request == hash_of(7));
    CHECK(command->first_seq == 3);
    CHECK(command->last_seq == 5);
    CHECK(command->answer == "{\"ok\":{}}");
    CHECK(command->salt == "salt");
    CHECK_FALSE(command->erased());
    CHECK_FALSE(store.find_command("d").value());
    write(store, [&] {
      REQUIRE(store.erase_command("c", "{}"));
      CHECK(store.erase_command("d", "{}").error().code == ErrorCode::not_found);
    });
    CHECK(store.find_command("c").value()->erased());
    CHECK(store.find_command("c").value()->request == Hash{});
    CHECK(store.find_command("c").value()->answer == "{}");
    CHECK(store.find_command("c").value()->last_seq == 5);
    write(store, [&] { REQUIRE(store.put_command("b", {"salt", hash_of(7), 0, 0, "x"})); });
    using Answers = std::vector<std::pair<std::string, std::string>>;
    CHECK(store.list_answers("", 9).value() == Answers{{"b", "x"}, {"c", "{}"}});
    CHECK(store.list_answers("b", 9).value() == Answers{{"c", "{}"}});
    CHECK(store.list_answers("", 1).value().size() == 1);
    CHECK(store.find_feed("pms").value()->cursor == "11");
    CHECK(store.list_feeds().value()[0].name == "era");
  });
}

TEST_CASE("R64: store: published versions are kept for ever, and the last published is found", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.add_sop({"billing", "2.0.0", "h2", 1, "text 2"}));
      REQUIRE(store.add_sop({"billing", "1.0.0", "h1", 4, "text 1"}));
      REQUIRE(store.add_sop({"intake", "1.0.0", "h3", 9, "text 3"}));
      CHECK(store.add_sop({"billing", "1.0.0", "h4", 10, "x"}).error().code == ErrorCode::already_exists);
    });
    CHECK(store.find_sop("billing", "2.0.0").value()->text == "text 2");
    CHECK_FALSE(store.find_sop("billing", "3.0.0").value());
    CHECK(store.latest_sop("billing").value()->version == "1.0.0");
    CHECK_FALSE(store.latest_sop("other").value());
    const auto all = store.list_sops().value();
    REQUIRE(all.size() == 3);
    CHECK(all[0].version == "1.0.0");
    CHECK(all[0].text.empty());
    CHECK(all[0].hash == "h1");
  });
}

TEST_CASE("store: people, parameters and calendars are replaced as a whole", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.put_person({"bob", "Bob", {{"lead", "org"}, {"biller", "org/c1"}, {"lead", "org"}}}));
      REQUIRE(store.put_person({"ann", "Ann", {}}));
      REQUIRE(store.put_parameter({"billing", "window", "org", "1"}));
      REQUIRE(store.put_parameter({"billing", "window", "org", "2"}));
      REQUIRE(store.put_calendar({"clinic", "org", "{}"}));
      REQUIRE(store.put_administration(12));
    });
    auto people = store.list_people().value();
    REQUIRE(people.size() == 2);
    CHECK(people[0] == StoredPerson{"ann", "Ann", {}});
    CHECK(people[1] == StoredPerson{"bob", "Bob", {{"biller", "org/c1"}, {"lead", "org"}}});
    CHECK(store.list_parameters().value()[0].value == "2");
    CHECK(store.list_calendars().value()[0].name == "clinic");
    CHECK(store.administration().value() == 12);
    write(store, [&] {
      REQUIRE(store.put_person({"bob", "Robert", {{"lead", "org/c2"}}}));
      REQUIRE(store.remove_person("ann"));
    });
    people = store.list_people().value();
    REQUIRE(people.size() == 1);
    CHECK(people[0] == StoredPerson{"bob", "Robert", {{"lead", "org/c2"}}});
  });
}
