// The contract of the store port: transactions and the log.
#include "contract.hpp"

using namespace aesop;
using namespace aesop::testing;

TEST_CASE("store: what is committed is there, what is rolled back was never there", "[store]") {
  over_every_store([](Store& store) {
    CHECK(store.head().value() == LogHead{0, chain_start(store.info().log_id)});
    write(store, [&] { REQUIRE(store.append(entry(1))); });
    CHECK(store.head().value() == LogHead{1, hash_of(1)});

    REQUIRE(store.begin());
    REQUIRE(store.append(entry(2)));
    REQUIRE(store.add_run(run_row("r"), "state"));
    REQUIRE(store.put_timer({{5}, 1, 1}, "t"));
    REQUIRE(store.put_work({{"role", "scope", 1, "task"}, "", "body"}));
    REQUIRE(store.put_command("c", {"salt", hash_of(1), 2, 2, "answer"}));
    REQUIRE(store.put_feed({"feed", "7", "{}"}));
    REQUIRE(store.put_person({"ann", "Ann", {{"biller", "org"}}}));
    REQUIRE(store.put_parameter({"", "p", "", "1"}));
    REQUIRE(store.add_sop({"s", "1.0.0", "h", 2, "text"}));
    REQUIRE(store.put_administration(2));
    CHECK(store.head().value().seq == 2);  // its own writes are seen
    CHECK(store.find_run("r").value().has_value());
    REQUIRE(store.rollback());

    CHECK(store.head().value().seq == 1);
    CHECK_FALSE(store.find_run("r").value().has_value());
    CHECK(store.due_timers({1000}, 10).value().empty());
    CHECK(store.list_work({}).value().empty());
    CHECK_FALSE(store.find_command("c").value().has_value());
    CHECK_FALSE(store.find_feed("feed").value().has_value());
    CHECK(store.list_people().value().empty());
    CHECK(store.list_parameters().value().empty());
    CHECK(store.list_sops().value().empty());
    CHECK(store.administration().value() == 0);
    CHECK(store.rollback());  // harmless without a transaction
  });
}

TEST_CASE("store: one write transaction at a time, and no commit without one", "[store]") {
  over_every_store([](Store& store) {
    REQUIRE(store.begin());
    CHECK_FALSE(store.begin().ok());
    REQUIRE(store.commit());
    CHECK_FALSE(store.commit().ok());
  });
}

TEST_CASE("store: the log grows at its end only, and once per revision of a run", "[store]") {
  over_every_store([](Store& store) {
    REQUIRE(store.begin());
    CHECK_FALSE(store.append(entry(2)).ok());
    REQUIRE(store.append(entry(1, 7, 1)));
    CHECK_FALSE(store.append(entry(1)).ok());
    CHECK_FALSE(store.append(entry(3)).ok());
    CHECK_FALSE(store.append(entry(2, 7, 1)).ok());
    REQUIRE(store.append(entry(2, 7, 2)));
    REQUIRE(store.append(entry(3)));
    REQUIRE(store.append(entry(4)));  // entries of no run do not collide
    REQUIRE(store.append(entry(5, 7)));
    REQUIRE(store.append(entry(6, 7)));  // nor do those about a run that are no event of it
    REQUIRE(store.commit());
    CHECK(store.head().value().seq == 6);
  });
}

TEST_CASE("store: what is about a run is read in order of the log, events and all else", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.append(entry(1, 7, 1)));
      REQUIRE(store.append(entry(2, 7)));
      REQUIRE(store.append(entry(3)));
      REQUIRE(store.append(entry(4, 8, 1)));
      REQUIRE(store.append(entry(5, 7, 2)));
      REQUIRE(store.append(entry(6, 7)));
    });
    const auto seqs = [&](std::uint64_t after, std::size_t limit) {
      std::vector<std::uint64_t> out;
      for (const LogEntry& one : store.read_about(7, after, limit).value()) out.push_back(one.seq);
      return out;
    };
    CHECK(seqs(0, 100) == std::vector<std::uint64_t>{1, 2, 5, 6});
    CHECK(seqs(2, 1) == std::vector<std::uint64_t>{5});
    CHECK(seqs(6, 1).empty());
    CHECK(store.read_about(7, 1, 1).value().at(0).run_seq == 0);
    CHECK(store.read_log(0, 100, 7).value().size() == 2);  // its events alone
    REQUIRE(store.begin());
    REQUIRE(store.append(entry(7, 7)));
    CHECK(seqs(6, 9).size() == 1);
    REQUIRE(store.rollback());
    CHECK(seqs(6, 9).empty());
  });
}

TEST_CASE("store: the log is read whole or by run, in order, in pieces", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      for (std::uint64_t seq = 1; seq <= 10; ++seq) {
        NewEntry row = entry(seq, seq % 2 == 0 ? 4 : 9, (seq + 1) / 2);
        if (seq == 3) {
          row.salt = "salt";
          row.body = "body";
        }
        REQUIRE(store.append(row));
      }
    });
    const auto all = store.read_log(0, 100).value();
    REQUIRE(all.size() == 10);
    CHECK(all[2].payload == PayloadState::present);
    CHECK(all[2].salt == "salt");
    CHECK(all[2].body == "body");
    CHECK(all[3].payload == PayloadState::absent);
    CHECK(all[3].leaf == as_view(hash_of(4)));
    CHECK(store.read_log(8, 100).value().size() == 2);
    CHECK(store.read_log(2, 3).value().front().seq == 3);
    CHECK(store.read_log(10, 3).value().empty());
    const auto of_run = store.read_log(2, 2, 4).value();
    REQUIRE(of_run.size() == 2);
    CHECK(of_run[0].seq == 6);
    CHECK(of_run[0].run_seq == 3);
    CHECK(of_run[1].seq == 8);
  });
}

TEST_CASE("store: an erased payload leaves a mark and nothing else; an empty body is not an absent one",
          "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      NewEntry row = entry(1);
      row.salt = "salt";
      row.body = "";
      REQUIRE(store.append(row));
      REQUIRE(store.append(entry(2)));
    });
    CHECK(store.read_log(0, 1).value()[0].payload == PayloadState::present);
    write(store, [&] {
      REQUIRE(store.erase_payload(1));
      CHECK(store.erase_payload(2).error().code == ErrorCode::not_found);
      CHECK(store.erase_payload(3).error().code == ErrorCode::not_found);
    });
    const auto row = store.read_log(0, 1).value()[0];
    CHECK(row.payload == PayloadState::erased);
    CHECK(row.salt.empty());
  });
}

TEST_CASE("store: how far its tables reach", "[store]") {
  over_every_store([](Store& store) {
    StoreReach reach = store.reach().value();
    CHECK(reach.first_entry == 1);
    CHECK(reach.last_entry == 0);
    CHECK(reach.first_payload == 1);
    CHECK(reach.last_payload == 0);
    write(store, [&] {
      for (std::uint64_t seq = 1; seq <= 7; ++seq) {
        NewEntry one = entry(seq);
        if (seq == 2 || seq == 5) one.salt = "salt";
        REQUIRE(store.append(one));
      }
      StoredCommand command;
      command.salt = "salt";
      command.last_seq = 3;
      REQUIRE(store.put_command("c", command));
      REQUIRE(store.add_sop({"refund", "1.0.0", "hash", 4, "text"}));
      StoredEffect effect;
      effect.id = {6, 2};
      REQUIRE(store.put_effect(effect));
      REQUIRE(store.put_administration(7));
    });
    reach = store.reach().value();
    CHECK(reach.first_entry == 1);
    CHECK(reach.last_entry == 7);
    CHECK(reach.first_payload == 2);
    CHECK(reach.last_payload == 5);
    CHECK(reach.command == 3);
    CHECK(reach.sop == 4);
    CHECK(reach.effect == 6);
    CHECK(reach.administration == 7);
  });
}

TEST_CASE("store: texts with zero bytes and all of UTF-8 come back as they were", "[store]") {
  over_every_store([](Store& store) {
    const std::string odd("a\0b \xF0\x9F\xA6\xB7", 8);
    write(store, [&] {
      RunRow row = run_row(odd);
      row.subject = odd;
      REQUIRE(store.add_run(row, odd));
    });
    const auto run = store.find_run(odd).value();
    REQUIRE(run);
    CHECK(run->subject == odd);
    CHECK(run->state == odd);
  });
}
