// What hosts bring along: texts that stay for ever are bounded, and what their own code throws leaves nothing half done.
#include "catch.hpp"
#include "support/inspect.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/engine/engine.hpp"

#include <stdexcept>

using namespace aesop;
using namespace aesop::testing;

namespace {

/// People of a host, whose database is away now and then.
class Away final : public DirectoryView {
 public:
  mutable int calls_until_away = -1;
  bool staffed = true;
  std::vector<std::string> people(std::string_view role, std::string_view) const override {
    if (calls_until_away == 0) throw std::runtime_error("the directory is away");
    if (calls_until_away > 0) --calls_until_away;
    if (!staffed) return {};
    return {role == "agent" ? "ann" : role == "lead" ? "lea" : "fin"};
  }
  bool empty() const override { return false; }
};

std::string code(const Value& answer) { return std::string(answer.get("error").get("code").as_string()); }

}  // namespace

TEST_CASE("engine: what a host's directory throws undoes the command, and nothing stays open", "[engine]") {
  for (const char* kind : {"memory", "file"}) {
    INFO(kind);
    const TemporaryFolder folder;
    const bool memory = std::string(kind) == "memory";
    Away away;
    away.staffed = false;  // so that the worklist asks who may
    EngineOptions options;
    options.directory = &away;
    auto engine = Engine::open(memory ? ":memory:" : folder.file(), options).value();
    REQUIRE(furnish(engine, false));
    const std::uint64_t seq = engine.store().head().value().seq;
    int threw = 0;
    Value started;
    for (int calls = 0; calls < 50 && !started.is_context(); ++calls) {
      away.calls_until_away = calls;
      try {
        started = engine.execute(command("{'do':'start','sop':'refund','subject':'o1','run':'r1'}", "c1"));
      } catch (const std::runtime_error&) {
        ++threw;
        CHECK(engine.store().head().value().seq == seq);
        if (!memory) {  // nobody is kept from writing
          auto other = Engine::open(folder.file(), options).value();
          away.calls_until_away = -1;
          CHECK(other.execute(command("{'do':'put_person','person':'x','grants':[]}", cat("p", calls)))
                    .find("ok"));
          break;
        }
      }
    }
    CHECK(threw > 0);
    away.calls_until_away = -1;
    started = engine.execute(command("{'do':'start','sop':'refund','subject':'o1','run':'r1'}", "c1"));
    REQUIRE(started.find("ok"));
    // Reading, too, ends what it began; a batch in which it happened is undone as a whole, and says so.
    away.calls_until_away = 0;
    CHECK_THROWS_AS(engine.execute(command("{'do':'tasks','person':'lea'}")), std::runtime_error);
    away.calls_until_away = -1;
    REQUIRE(engine.begin_batch());
    REQUIRE(engine.execute(command("{'do':'claim','run':'r1','step':'check'}", "c2")).find("ok"));
    away.calls_until_away = 0;
    CHECK_THROWS_AS(engine.execute(command("{'do':'start','sop':'refund','subject':'o2','run':'r2'}", "c3")),
                    std::runtime_error);
    away.calls_until_away = -1;
    [[maybe_unused]] const Status ended = engine.commit_batch();
    REQUIRE(
        engine.execute(command("{'do':'start','sop':'refund','subject':'o2','run':'r2'}", "c3")).find("ok"));
    CHECK(engine.worklist().value().size() == 2);
    PlanShelf shelf;
    CHECK(inspect(engine, shelf) == "");
  }
}

TEST_CASE("engine: texts that stay in the log for ever are short and of one line", "[engine]") {
  auto engine = Engine::open(":memory:").value();
  REQUIRE(furnish(engine));
  const std::string fits(200, 'x'), longer(201, 'x');
  int id = 0;
  const auto send = [&](std::string line) {
    return engine.execute(command(std::move(line), cat("c", ++id)));
  };
  CHECK(send(cat("{'do':'start','sop':'refund','subject':'", fits, "','run':'r1'}")).find("ok"));
  for (const char* member : {"subject", "key", "scope", "run", "thread"}) {
    CAPTURE(member);
    for (const std::string& bad :
         {longer, std::string("two\\nlines"), std::string("a\\u007fb"), std::string("a\\u0085b")}) {
      std::string line = cat("{'do':'start','sop':'refund','", member, "':'", bad, "'");
      if (std::string(member) != "subject") line += ",'subject':'s'";
      const Value answer = send(line + "}");
      CHECK(code(answer) == "invalid-argument");
      CHECK(answer.get("error").get("message").as_string().find(member) != std::string_view::npos);
    }
  }
  CHECK(code(engine.execute(command("{'do':'claim','run':'r1','step':'check'}", longer))) ==
        "invalid-argument");
  CHECK(code(engine.execute(command("{'do':'claim','run':'r1','step':'check'}", "x", day_one, longer))) ==
        "invalid-argument");
  CHECK(code(engine.execute(command("{'do':'claim','run':'r1','step':'check'}", "x", day_one, "ann",
                                    longer))) == "invalid-argument");
  CHECK(code(send(cat("{'do':'delegate','run':'r1','step':'check','to':'", longer, "'}"))) ==
        "invalid-argument");
  CHECK(code(send(cat("{'do':'put_person','person':'", longer, "'}"))) == "invalid-argument");
  CHECK(code(send(cat("{'do':'ingest','feed':'", longer, "','cursor':'1','events':[]}"))) ==
        "invalid-argument");
  CHECK(code(send(cat("{'do':'ingest','feed':'f','cursor':'", longer, "','events':[]}"))) ==
        "invalid-argument");
  CHECK(
      code(send(cat("{'do':'ingest','feed':'f','cursor':'1','events':[{'event':'letter.received','subject':'",
                    longer, "'}]}"))) == "invalid-argument");
  CHECK(code(send(cat("{'do':'attach_evidence','run':'r1','step':'check','sha256':'", std::string(64, 'a'),
                      "','media_type':'", longer, "','uri':'x'}"))) == "invalid-argument");
  Request nobody = request("n", day_one, "");
  CHECK(engine.start(nobody, {.sop = "refund", .subject = "s"}).error().code == ErrorCode::invalid_argument);
}
