// Exit codes of every verb, and where its words go.
#include "catch.hpp"
#include "program.hpp"

#include "aesop/value/json_read.hpp"

namespace {

using namespace aesop_test;
using aesop::Value;

const char* const verbs[] = {"check",   "show",         "fmt",           "feel",  "gate",
                             "explain", "init",         "publish",       "start", "tasks",
                             "do",      "advance",      "runs",          "why",   "events",
                             "outbox",  "audit verify", "audit rebuild", "exec",  "completion"};

void copy_files(const Folder& folder) {
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(AESOP_TESTS_DIR) / "cli/golden/files"))
    std::filesystem::copy_file(entry.path(), folder.path / entry.path().filename());
}

}  // namespace

TEST_CASE("exit codes: the program explains itself on stdout with 0, and wrong words on stderr with 2",
          "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  for (const std::string arguments : {"", "--help", "--version"}) {
    CAPTURE(arguments);
    const Outcome outcome = folder.sh("aesop " + arguments);
    CHECK(outcome.code == 0);
    CHECK(!outcome.out.empty());
    CHECK(outcome.err.empty());
  }
  for (const std::string verb : verbs) {
    CAPTURE(verb);
    const Outcome help = folder.sh("aesop " + verb + " --help");
    CHECK(help.code == 0);
    CHECK(help.out.find("Usage: aesop " + verb) != std::string::npos);
    const Outcome wrong = folder.sh("aesop " + verb + " --no-such-option");
    CHECK(wrong.code == 2);
    CHECK(wrong.out.empty());
    CHECK(!wrong.err.empty());
  }
  CHECK(folder.sh("aesop chek x").code == 2);
  CHECK(folder.sh("aesop chek x").err.find("did you mean \"aesop check\"?") != std::string::npos);
  CHECK(folder.sh("aesop audit").code == 2);
  CHECK(folder.sh("aesop tasks s.db --mode fast").code == 2);
}

TEST_CASE("exit codes: every verb and option of the program is in docs/cli.md", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string manual = read_text(std::string(AESOP_SOURCE_DIR) + "/docs/cli.md");
  const std::string list = folder.sh("aesop --help").out;
  for (const std::string verb : verbs) {
    CAPTURE(verb);
    CHECK(list.find("  " + verb.substr(0, verb.find(' '))) != std::string::npos);
    CHECK(manual.find("### `aesop " + verb) != std::string::npos);
    std::istringstream words(folder.sh("aesop " + verb + " --help").out);
    std::string word;
    while (words >> word) {
      if (word.substr(0, 2) != "--") continue;
      word.erase(word.find_last_of("abcdefghijklmnopqrstuvwxyz") + 1);
      CAPTURE(word);
      CHECK(manual.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("exit codes: input that cannot be read is 3, a missing store 4, findings and refusals 1", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  copy_files(folder);
  const std::pair<const char*, int> rows[] = {
      {"aesop check good.sop.json", 0},
      {"aesop check bad.sop.json", 1},
      {"aesop check syntax.sop.json", 3},
      {"aesop check nothing.sop.json", 3},
      {"aesop check good.sop.json bad.sop.json", 1},
      {"aesop check bad.sop.json nothing.sop.json", 3},
      {"aesop show good.sop.json", 0},
      {"aesop show nothing.sop.json", 3},
      {"aesop fmt --check good.sop.json", 0},
      {"aesop fmt syntax.sop.json", 3},
      {"aesop feel '1 + 1'", 0},
      {"aesop feel '1 +'", 3},
      {"aesop feel '1 / 0'", 1},
      {"aesop feel 'a' --context '{'", 3},
      {"aesop explain busy", 0},
      {"aesop explain nonsense", 3},
      {"aesop completion bash", 0},
      {"aesop completion fish", 3},
      {"aesop tasks nothing.db", 4},
      {"aesop init s.db", 0},
      {"aesop init s.db", 4},
      {"aesop publish s.db bad.sop.json", 1},
      {"aesop publish s.db good.sop.json", 0},
      {"aesop publish nothing.db good.sop.json", 4},
      {"aesop start s.db nonsense --subject x", 3},
      {"aesop start s.db good --subject x --role agent --run r_1", 0},
      {"aesop start s.db good --subject x --role agent --run r_2", 1},
      {"aesop do s.db 'nonsense'", 3},
      {"aesop do s.db '{}'", 3},
      {"aesop do s.db '{\"do\": \"complete\", \"run\": \"r_1\", \"step\": \"nonsense\"}' --role agent", 1},
      {"aesop do s.db '{\"do\": \"cancel\", \"run\": \"nonsense\", \"reason\": \"x\"}' --role agent", 3},
      {"aesop advance s.db --to nonsense", 2},
      {"aesop advance s.db --to now --zone nowhere", 2},
      {"aesop why s.db r_1 --at nonsense", 2},
      {"aesop feel 1 --at nonsense", 2},
      {"aesop feel 1 --zone nowhere", 2},
      {"aesop gate gate.sop.json --facts '{}' --at nonsense", 2},
      {"aesop start s.db good --subject y --at nonsense", 2},
      {"aesop start s.db good --subject ''", 3},
      {"aesop start s.db good --subject ' '", 3},
      {"aesop start s.db good --subject y --data '{'", 3},
      {"aesop publish s.db good.sop.json --at nonsense", 2},
      {"aesop do s.db '{\"do\": \"cancel\", \"at\": \"now\"}' --at now", 2},
      {"mkdir folder; aesop check folder", 3},
      {"aesop show folder", 3},
      {"aesop fmt folder", 3},
      {"aesop fmt --check folder --json", 3},
      {"aesop gate folder --facts '{}'", 3},
      {"aesop gate gate.sop.json --facts @folder", 3},
      {"aesop feel a --context @folder", 3},
      {"aesop start s.db good --subject y --data @folder", 3},
      {"aesop do s.db @folder", 3},
      {"aesop publish s.db folder", 3},
      {"aesop advance s.db --to now", 0},
      {"aesop runs s.db", 0},
      {"aesop why s.db r_1", 0},
      {"aesop why s.db nonsense", 3},
      {"aesop events s.db", 0},
      {"aesop events s.db --limit x", 2},
      {"aesop outbox s.db", 0},
      {"aesop audit verify s.db", 0},
      {"aesop audit verify --deep --file s.db", 0},
      {"cp s.db copy.db && chmod 0444 copy.db && aesop audit verify copy.db && aesop runs copy.db", 0},
      {": >empty.db; aesop runs empty.db", 4},
      {"ln copy.db second.db && aesop runs copy.db", 4},
      {"aesop audit rebuild s.db", 0},
      {"aesop events s.db --kind refusal", 0},
      {"aesop events s.db --kind nonsense", 3},
      {"aesop do s.db '{\"do\": \"evaluate\", \"feel\": \"now()\"}'", 0},
      {"aesop runs good.sop.json", 4},
      {"aesop runs s.db >/dev/full", 4},
  };
  for (const auto& [command, code] : rows) {
    const Outcome outcome = folder.sh(command);
    CAPTURE(command, outcome.out, outcome.err);
    CHECK(outcome.code == code);
    if (code > 1) CHECK(!outcome.err.empty());
  }
}

TEST_CASE("exit codes: what --json prints is one JSON object in one line that names its schema", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  copy_files(folder);
  const std::pair<const char*, const char*> rows[] = {
      {"check good.sop.json bad.sop.json syntax.sop.json nothing.sop.json", "aesop.check/1"},
      {"show good.sop.json", "aesop.show/1"},
      {"show nothing.sop.json", "aesop.show/1"},
      {"fmt --check good.sop.json", "aesop.fmt/1"},
      {"fmt good.sop.json nothing.sop.json syntax.sop.json", "aesop.fmt/1"},
      {"feel '{a: [1, @\"2026-03-02\"]}'", "aesop.feel/1"},
      {"feel '1 +'", "aesop.feel/1"},
      {"gate gate.sop.json --facts '{}'", "aesop.gate/1"},
      {"explain busy", "aesop.explain/1"},
      {"explain", "aesop.explain/1"},
      {"tasks nothing.db", "aesop.tasks/1"},
      {"init s.db", "aesop.init/1"},
      {"publish s.db good.sop.json", "aesop.publish/1"},
      {"start s.db good --subject x --role agent", "aesop.start/1"},
      {"tasks s.db", "aesop.tasks/1"},
      {"do s.db '{\"do\": \"sops\"}'", "aesop.do/1"},
      {"advance s.db --to now", "aesop.advance/1"},
      {"runs s.db", "aesop.runs/1"},
      {"why s.db nonsense", "aesop.why/1"},
      {"events s.db", "aesop.events/1"},
      {"outbox s.db", "aesop.outbox/1"},
      {"audit verify s.db", "aesop.audit.verify/1"},
      {"audit rebuild s.db", "aesop.audit.rebuild/1"},
  };
  for (const auto& [arguments, schema] : rows) {
    const Outcome outcome = folder.sh(std::string("aesop ") + arguments + " --json");
    CAPTURE(arguments, outcome.out, outcome.err);
    REQUIRE(!outcome.out.empty());
    CHECK(outcome.out.find('\n') == outcome.out.size() - 1);
    const auto read = aesop::read_json(outcome.out);
    REQUIRE(read.ok());
    CHECK(read->get("schema") == Value::string(schema));
  }
}

TEST_CASE("fmt: with --json the formatted text and what went wrong stand beside each file", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  copy_files(folder);
  const auto read = aesop::read_json(folder.sh("aesop fmt good.sop.json nothing.sop.json --json").out);
  REQUIRE(read.ok());
  const auto files = read->get("files").items();
  REQUIRE(files.size() == 2);
  CHECK(files[0].get("text") == Value::string(folder.sh("aesop fmt good.sop.json").out));
  CHECK(files[1].get("state") == Value::string("error"));
  CHECK(files[1].get("error").get("code") == Value::string("not-found"));
}

TEST_CASE("exit codes: no colour unless on a terminal", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  copy_files(folder);
  const Outcome outcome = folder.sh("aesop check bad.sop.json; aesop nonsense; aesop tasks nothing.db");
  CHECK(outcome.out.find('\x1b') == std::string::npos);
  CHECK(outcome.err.find('\x1b') == std::string::npos);
}
