// The contract of the store port: runs, their timers and their work items.
#include "contract.hpp"

using namespace aesop;
using namespace aesop::testing;

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
