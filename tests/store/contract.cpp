// The contract of the store port, over every store there is. A further store adds a line to `makers`.
#include "catch.hpp"
#include "support/temporary.hpp"

#include "aesop/store/memory.hpp"
#include "aesop/store/sqlite.hpp"

#include <functional>

using namespace aesop;

namespace {

using Maker = std::function<std::unique_ptr<Store>(const testing::TemporaryFolder&)>;

const std::pair<const char*, Maker> makers[] = {
    {"memory", [](const testing::TemporaryFolder&) { return make_memory_store(); }},
    {"sqlite shared",
     [](const testing::TemporaryFolder& folder) { return open_sqlite_store(folder.file()).value(); }},
    {"sqlite exclusive",
     [](const testing::TemporaryFolder& folder) {
       SqliteOptions options;
       options.mode = StoreMode::exclusive;
       return open_sqlite_store(folder.file(), options).value();
     }},
};

/// Runs a test over each store, new and empty.
void over_every_store(const std::function<void(Store&)>& test) {
  for (const auto& [name, make] : makers) {
    INFO("store: " << name);
    const testing::TemporaryFolder folder;
    test(*make(folder));
  }
}

Hash hash_of(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

NewEntry entry(std::uint64_t seq, RunNumber run = 0, std::uint64_t run_seq = 0) {
  return {seq, run, run_seq, "header", hash_of(static_cast<std::uint8_t>(seq)), {}, {}};
}

RunRow run_row(std::string id) {
  RunRow row;
  row.id = std::move(id);
  row.sop = "billing";
  row.version = "1.0.0";
  row.scope = "org/east/c1";
  row.subject = "claim-1";
  row.key = "k";
  row.thread = "t";
  row.revision = 1;
  return row;
}

/// Writes inside one transaction that is kept.
void write(Store& store, const std::function<void()>& body) {
  REQUIRE(store.begin());
  body();
  REQUIRE(store.commit());
}

}  // namespace

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

TEST_CASE("store: runs are numbered in order, found by id and number, and listed by what is asked",
          "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      CHECK(store.add_run(run_row("a"), "s1").value() == 1);
      RunRow other = run_row("b");
      other.scope = "org/west";
      other.subject = "claim-2";
      other.sop = "intake";
      CHECK(store.add_run(other, "s2").value() == 2);
      CHECK(store.add_run(run_row("a"), "s").error().code == ErrorCode::already_exists);
      REQUIRE(store.put_run(1, 5, StoredStatus::closed, "paid", std::string_view("\0x", 2)));
      CHECK(store.put_run(3, 1, StoredStatus::open, "", "").error().code == ErrorCode::unknown_run);
    });
    const auto run = store.find_run("a").value();
    REQUIRE(run);
    CHECK(run->number == 1);
    CHECK(run->revision == 5);
    CHECK(run->status == StoredStatus::closed);
    CHECK(run->outcome == "paid");
    CHECK(run->state == std::string_view("\0x", 2));
    CHECK(run->subject == "claim-1");
    CHECK(store.find_run(RunNumber{2}).value()->id == "b");
    CHECK_FALSE(store.find_run(RunNumber{3}).value());
    CHECK_FALSE(store.find_run("c").value());
    CHECK(store.run_revision("a").value() == std::pair<RunNumber, std::uint64_t>(1, 5));
    CHECK(store.run_revision("c").value() == std::pair<RunNumber, std::uint64_t>(0, 0));

    const auto ids = [&](const RunFilter& filter) {
      std::string out;
      const auto rows = store.list_runs(filter).value();
      for (const RunRow& row : rows) out += row.id;
      return out;
    };
    RunFilter filter;
    CHECK(ids(filter) == "ab");
    filter.status = StoredStatus::open;
    CHECK(ids(filter) == "b");
    filter = {};
    filter.scope = "org";
    CHECK(ids(filter) == "ab");
    filter.scope = "org/we";  // no whole segment
    CHECK(ids(filter) == "");
    filter = {};
    filter.exact_scope = "org";
    CHECK(ids(filter) == "");
    filter = {};
    filter.subject = "claim-1";
    CHECK(ids(filter) == "a");
    filter.sop = "intake";
    CHECK(ids(filter) == "");
    filter = {};
    filter.key = "k";
    filter.after = 1;
    CHECK(ids(filter) == "b");
    filter = {};
    for (const bool newest : {false, true}) {
      filter.newest_first = newest;
      filter.after = INT64_MIN;
      CHECK(ids(filter) == (newest ? "ba" : "ab"));
      filter.after = INT64_MAX;
      CHECK(ids(filter) == "");
    }
    filter = {};
    filter.limit = 1;
    CHECK(ids(filter) == "a");
  });
}

TEST_CASE("store: the open runs of a subject and the last one are found whatever its past", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      for (int i = 1; i <= 6; ++i) {
        RunRow row = run_row(cat("r", i));
        row.key = i % 2 == 0 ? "even" : "odd";
        row.status = i == 3 ? StoredStatus::suspended : i == 4 ? StoredStatus::open : StoredStatus::closed;
        REQUIRE(store.add_run(row, "s"));
      }
      RunRow other = run_row("other");
      other.subject = "claim-2";
      REQUIRE(store.add_run(other, "s"));
    });
    const auto ids = [&](const RunFilter& filter) {
      std::string out;
      for (const RunRow& row : store.list_runs(filter).value()) out += row.id + ' ';
      return out;
    };
    RunFilter filter;
    filter.subject = "claim-1";
    filter.only_open = true;
    CHECK(ids(filter) == "r3 r4 ");
    filter.limit = 1;
    CHECK(ids(filter) == "r3 ");
    filter.key = "even";
    filter.sop = "billing";
    filter.exact_scope = "org/east/c1";
    CHECK(ids(filter) == "r4 ");
    filter.only_open = false;
    filter.newest_first = true;
    CHECK(ids(filter) == "r6 ");
    filter.exact_scope = "org/east";
    CHECK(ids(filter).empty());
    RunFilter all;
    all.newest_first = true;
    all.scope = "org";
    all.limit = 2;
    CHECK(ids(all) == "other r6 ");
    all.scope = "or";
    CHECK(ids(all).empty());
    all.scope = "/";
    all.after = 6;
    CHECK(ids(all) == "other ");
    all.subject = "nobody";
    CHECK(ids(all).empty());
    write(store, [&] { REQUIRE(store.put_run(4, 2, StoredStatus::closed, "done", "s")); });
    filter = {};
    filter.subject = "claim-1";
    filter.only_open = true;
    CHECK(ids(filter) == "r3 ");
  });
}

TEST_CASE("store: a worklist is read in pieces, each from where the last one ended", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      for (const char* role : {"a", "b"})
        for (const char* scope : {"org/east", "org/eastern", "org/west/c1"})
          for (RunNumber run = 1; run <= 3; ++run)
            REQUIRE(store.put_work({{role, scope, run, "1"}, "", "body"}));
    });
    for (const std::optional<std::string>& role :
         {std::optional<std::string>(), std::optional<std::string>("b")})
      for (const std::optional<std::string>& scope :
           {std::optional<std::string>(), std::optional<std::string>("org/east"),
            std::optional<std::string>("org")}) {
        WorkFilter filter;
        filter.role = role;
        filter.scope = scope;
        const auto whole = store.list_work(filter).value();
        CHECK(whole.size() == (role ? 1u : 2u) * (scope == "org/east" ? 3u : 9u));
        filter.limit = 2;
        std::vector<StoredWork> pieces;
        for (;;) {
          const auto piece = store.list_work(filter).value();
          pieces.insert(pieces.end(), piece.begin(), piece.end());
          if (piece.size() < 2) break;
          filter.after = piece.back();
        }
        REQUIRE(pieces.size() == whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i)
          CHECK(static_cast<const WorkKey&>(pieces[i]) == static_cast<const WorkKey&>(whole[i]));
      }
    WorkFilter filter;
    filter.role = "b";
    filter.after = WorkKey{"a", "org/west/c1", 3, "1"};
    CHECK(store.list_work(filter).value().size() == 9);
    filter.after = WorkKey{"c", "", 0, ""};
    CHECK(store.list_work(filter).value().empty());
  });
}

TEST_CASE("store: timers come in order of due time, run and order, and go by their whole key", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.add_run(run_row("a"), ""));
      REQUIRE(store.add_run(run_row("b"), ""));
      REQUIRE(store.put_timer({{20}, 1, 1}, "later"));
      REQUIRE(store.put_timer({{10}, 2, 1}, "second"));
      REQUIRE(store.put_timer({{10}, 1, 2}, "first"));
      REQUIRE(store.put_timer({{-5}, 2, 9}, "before the epoch"));
      REQUIRE(store.put_timer({{30}, 1, 3}, "not yet"));
    });
    auto due = store.due_timers({20}, 10).value();
    REQUIRE(due.size() == 4);
    CHECK(due[0].id == "before the epoch");
    CHECK(due[0].run_id == "b");
    CHECK(due[1].id == "first");
    CHECK(due[2].id == "second");
    CHECK(due[3].id == "later");
    CHECK(due[3].order == 1);
    CHECK(store.due_timers({20}, 2).value().size() == 2);
    CHECK(store.due_timers({100}, 10, 2).value().size() == 2);
    const auto listed = store.list_timers(2, INT64_MAX).value();
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].id == "before the epoch");
    CHECK(store.list_timers(INT64_MIN, INT64_MAX).value().size() == 5);
    CHECK(store.list_timers(3, 9).value().empty());
    write(store, [&] {
      REQUIRE(store.erase_timer({{10}, 1, 2}));
      REQUIRE(store.erase_timer({{10}, 1, 7}));  // not there: nothing
    });
    due = store.due_timers({20}, 10).value();
    REQUIRE(due.size() == 3);
    CHECK(due[1].id == "second");
  });
}

TEST_CASE("store: work items are kept by role, scope, run and task, replaced and removed", "[store]") {
  over_every_store([](Store& store) {
    write(store, [&] {
      REQUIRE(store.put_work({{"lead", "org/east", 1, "7"}, "", "one"}));
      REQUIRE(store.put_work({{"biller", "org/east/c1", 2, "1"}, "", "two"}));
      REQUIRE(store.put_work({{"biller", "org/east/c1", 1, "1"}, "", "three"}));
      REQUIRE(store.put_work({{"biller", "org/east/c1", 1, "1"}, "ann", "four"}));
    });
    auto rows = store.list_work({}).value();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].body == "four");
    CHECK(rows[0].owner == "ann");
    CHECK(rows[1].body == "two");
    CHECK(rows[2].role == "lead");
    WorkFilter filter;
    filter.role = "biller";
    CHECK(store.list_work(filter).value().size() == 2);
    filter.run = 2;
    CHECK(store.list_work(filter).value().size() == 1);
    filter = {};
    filter.runs = std::pair(RunNumber{2}, RunNumber{9});
    CHECK(store.list_work(filter).value().size() == 1);
    filter.runs = std::pair(INT64_MIN, RunNumber{1});
    CHECK(store.list_work(filter).value().size() == 2);
    filter = {};
    filter.scope = "org/east/c1";
    CHECK(store.list_work(filter).value().size() == 2);
    filter.scope = "org";
    filter.limit = 2;
    CHECK(store.list_work(filter).value().size() == 2);
    write(store, [&] { REQUIRE(store.erase_work({"biller", "org/east/c1", 1, "1"})); });
    CHECK(store.list_work({}).value().size() == 2);
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
