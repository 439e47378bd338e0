// aesop exec under bad treatment: every line gets one answer, in order, and no line ends the program.
#include "catch.hpp"
#include "program.hpp"

#include "aesop/value/json_read.hpp"

#include <vector>

#include <fcntl.h>
#include <poll.h>

namespace {

using namespace aesop_test;
using aesop::Value;

std::vector<Value> answers_of(const std::string& out) {
  std::vector<Value> answers;
  std::istringstream lines(out);
  std::string line;
  while (std::getline(lines, line)) {
    INFO(line);
    auto answer = aesop::read_json(line);
    REQUIRE(answer.ok());
    answers.push_back(answer.take());
  }
  return answers;
}

// "ok", the reason of a refusal, or the code of an error.
std::string kind_of(const Value& answer) {
  if (answer.find("ok")) return "ok";
  if (const Value* rejected = answer.find("rejected"))
    return std::string(rejected->get("reason").as_string());
  return std::string(answer.get("error").get("code").as_string());
}

std::vector<std::string> kinds_of(const std::string& out) {
  std::vector<std::string> kinds;
  for (const Value& answer : answers_of(out)) kinds.push_back(kind_of(answer));
  return kinds;
}

std::string person(const std::string& id, const std::string& at) {
  return R"({"do":"put_person","command_id":")" + id + R"(","at":")" + at +
         R"(","actor":{"id":"boss","roles":["admin"]},"person":"ana","name":"Ana","grants":[]})" + "\n";
}

}  // namespace

TEST_CASE("exec: a line that cannot be read is answered with its number and the next one is read", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string input =
      "# a comment\n"
      "\n"
      "   \r\n"
      "{\"do\": \"runs\"}\n"
      "garbage\n"
      "{\"do\": \"runs\"\n"
      "[1, 2]\n"
      "{\"do\": \"runs\", \"do\": \"runs\"}\n"
      "{\"do\": \"\xff\xfe\"}\n"
      "{\"do\": \"\\ud800\"}\n"
      "{\"do\": 7}\n"
      "{\"do\": \"no_such_command\"}\n"
      "{\"do\": \"runs\"} {\"do\": \"runs\"}\n" +
      std::string("\0\1\2\n", 4) + std::string(300, '[') + "\n" + "{\"do\": \"runs\"}\r\n";
  const Outcome outcome = folder.sh("aesop exec --create s.db", input);
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  const auto answers = answers_of(outcome.out);
  REQUIRE(answers.size() == 13);
  CHECK(kind_of(answers[0]) == "ok");
  CHECK(kind_of(answers[1]) == "parse-error");
  CHECK(answers[1].get("error").get("line") == Value::number(5));
  CHECK(kind_of(answers[2]) == "parse-error");
  CHECK(kind_of(answers[3]) == "schema-error");
  CHECK(kind_of(answers[4]) == "duplicate-key");
  CHECK(kind_of(answers[5]) == "bad-utf8");
  CHECK(kind_of(answers[9]) == "parse-error");
  CHECK(kind_of(answers[12]) == "ok");
  for (std::size_t i = 1; i < 12; ++i) {
    CAPTURE(i);
    CHECK(answers[i].find("error") != nullptr);
    CHECK(answers[i].get("error").find("line") != nullptr);
  }
}

TEST_CASE("exec: a line over the limit is answered and its rest is not taken for commands", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::size_t limit = std::size_t{4} << 20;
  const std::string blanks(limit - 14, ' ');  // with the command exactly at the limit
  const std::string input = "{\"do\": \"runs\"}" + blanks + "\n" + "{\"do\": \"runs\"}" + blanks + " \n" +
                            std::string(3 * limit, 'x') + "\n{\"do\": \"runs\"}\n" +
                            std::string(limit + 1, 'y');
  const Outcome outcome = folder.sh("aesop exec :memory:", input);
  CHECK(outcome.code == 0);
  CHECK(kinds_of(outcome.out) ==
        std::vector<std::string>{"ok", "limit-exceeded", "limit-exceeded", "ok", "limit-exceeded"});
}

TEST_CASE("exec: the input may end in the middle of a line", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  CHECK(kinds_of(folder.sh("aesop exec :memory:", "{\"do\": \"runs\"}").out) ==
        std::vector<std::string>{"ok"});
  CHECK(kinds_of(folder.sh("aesop exec :memory:", "{\"do\": \"ru").out) ==
        std::vector<std::string>{"parse-error"});
  CHECK(folder.sh("aesop exec :memory:", "").out.empty());
  CHECK(folder.sh("aesop exec :memory:", "\n\n#x").out.empty());
}

TEST_CASE("exec: a repeated command id gives the stored answer, another request under it is an error",
          "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string once = person("c1", "2026-03-02T09:00:00Z");
  const std::string again = person("c1", "2026-03-02T10:00:00Z");  // told again an hour later
  std::string other = once;
  other.replace(other.find("Ana"), 3, "Eva");
  const Outcome first = folder.sh("aesop exec --create s.db", once + again + other);
  CHECK(first.code == 0);
  const auto answers = answers_of(first.out);
  REQUIRE(answers.size() == 3);
  CHECK(kind_of(answers[0]) == "ok");
  CHECK(answers[0] == answers[1]);  // the answer of then, whatever the time is now
  CHECK(kind_of(answers[2]) == "command-id-reused");
  const auto later = answers_of(folder.sh("aesop exec s.db", once).out);
  REQUIRE(later.size() == 1);
  CHECK(later[0] == answers[0]);
}

TEST_CASE("exec: a command without at, actor or command_id is an error with help", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string input =
      R"({"do":"put_person","command_id":"a","actor":{"id":"x"},"person":"ana","grants":[]})"
      "\n"
      R"({"do":"put_person","command_id":"b","at":"2026-03-02T09:00:00Z","person":"ana","grants":[]})"
      "\n"
      R"({"do":"put_person","at":"2026-03-02T09:00:00Z","actor":{"id":"x"},"person":"ana","grants":[]})"
      "\n";
  for (const Value& answer : answers_of(folder.sh("aesop exec :memory:", input).out)) {
    CHECK(answer.find("error") != nullptr);
    CHECK(answer.get("error").get("message").as_string().size() > 0);
  }
}

TEST_CASE("exec: a batch is answered when it is durable, and in order", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  std::string input;
  for (int i = 0; i < 7; ++i) input += person("c" + std::to_string(i), "2026-03-02T09:00:00Z");
  input += "nonsense\n" + person("c7", "2026-03-02T09:00:00Z");
  const Outcome outcome = folder.sh("aesop exec --create --batch 3 s.db", input);
  CHECK(outcome.code == 0);
  CHECK(kinds_of(outcome.out) ==
        std::vector<std::string>{"ok", "ok", "ok", "ok", "ok", "ok", "ok", "parse-error", "ok"});
  CHECK(kinds_of(folder.sh("aesop exec s.db", person("c6", "2026-03-02T09:00:00Z")).out) ==
        std::vector<std::string>{"ok"});
  CHECK(folder.sh("aesop audit verify s.db").code == 0);
}

TEST_CASE("exec: a mistake in a batch is the matter of its command alone", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  folder.write(
      "sop.json",
      R"({"aesop":1,"sop":"p","version":"1.0.0","title":"P","purpose":"p","scope":"s","roles":{"clerk":{},"head":{}},"events":{"e":{"fields":{}}},)"
      R"("steps":[{"id":"a","title":"A","raci":{"responsible":"clerk","accountable":"head"},"due":"1 day","escalate":[{"at":"due","notify":"head"}]},{"id":"z","title":"Z","kind":"end","outcome":"z"}]})");
  REQUIRE(folder.sh("aesop init s.db").code == 0);
  const std::string rest = R"("at":"2026-03-02T09:00:00Z","actor":{"id":"boss","roles":["clerk"]}})";
  const auto start = [&](const std::string& id) {
    return R"({"do":"start","sop":"p","subject":")" + id + R"(","run":")" + id + R"(","command_id":")" + id +
           R"(",)" + rest + "\n";
  };
  REQUIRE(
      kinds_of(
          folder.sh("aesop exec s.db", R"({"do":"publish","file":"sop.json","command_id":"p",)" + rest + "\n")
              .out) == std::vector<std::string>{"ok"});
  // One event could be recorded, the other names no SOP to start.
  const std::string culprit =
      R"({"do":"ingest","feed":"f","cursor":"1","events":[{"event":"e","subject":"r1"},{"event":"e","subject":"r2","start":true}],"command_id":"bad",)" +
      rest + "\n";
  const auto answers =
      answers_of(folder.sh("aesop exec --batch 10 s.db", start("r1") + culprit + start("r3")).out);
  REQUIRE(answers.size() == 3);
  CHECK(kind_of(answers[1]) == "schema-error");
  for (const std::size_t other : {std::size_t{0}, std::size_t{2}}) CHECK(kind_of(answers[other]) == "ok");
  CHECK(kinds_of(folder.sh("aesop exec s.db", start("r1") + start("r3")).out) ==
        std::vector<std::string>{"ok", "ok"});
}

TEST_CASE("exec: a store that cannot be opened is exit code 4", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  CHECK(folder.sh("aesop exec nothing.db").code == 4);
  CHECK(folder.sh("aesop exec --create no/such/folder/s.db").code == 4);
  folder.write("text.db", std::string(5000, 'x'));
  CHECK(folder.sh("aesop exec text.db").code == 4);
  CHECK(folder.read("text.db") == std::string(5000, 'x'));
  CHECK(folder.sh("aesop exec --batch 0 :memory:").code == 2);
}

TEST_CASE("exec: an answer is there before the next command is sent", "[cli]") {
  if (!have_program()) return;
  int to[2], from[2];
  REQUIRE(pipe(to) == 0);
  REQUIRE(pipe(from) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(to[0], 0);
    dup2(from[1], 1);
    for (const int file : {to[0], to[1], from[0], from[1]}) close(file);
    execl(std::getenv("AESOP_PROGRAM"), "aesop", "exec", ":memory:", nullptr);
    _exit(127);
  }
  close(to[0]);
  close(from[1]);
  const auto read_answer = [&] {
    std::string line;
    char c = 0;
    pollfd ready{from[0], POLLIN, 0};
    while (poll(&ready, 1, 60'000) == 1 && read(from[0], &c, 1) == 1 && c != '\n') line += c;
    return line;
  };
  for (int i = 0; i < 3; ++i) {
    const std::string command = "{\"do\": \"runs\"}\n";
    REQUIRE(write(to[1], command.data(), command.size()) == static_cast<ssize_t>(command.size()));
    CHECK(read_answer().find("\"ok\"") != std::string::npos);
  }
  close(to[1]);
  int status = 0;
  waitpid(child, &status, 0);
  close(from[0]);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE(
    "exec: the program reads the file a command names, within the size of an SOP; the engine takes texts "
    "only",
    "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  folder.write("big.sop.json", std::string(2 << 20, ' '));
  const std::string rest = R"("command_id":"c","at":"2026-01-05T09:00:00Z","actor":{"id":"root"},)";
  const std::string input =
      R"({"do":"publish",)" + rest + R"("file":"/does/not/exist"})" + "\n" + R"({"do":"publish",)" + rest +
      R"("file":"big.sop.json"})" + "\n" + R"({"do":"publish",)" + rest + R"("file":"/etc"})" + "\n" +
      R"({"do":"publish",)" + rest + R"("file":"x","text":"y"})" + "\n" + R"({"do":"publish",)" + rest +
      R"("file":")" + AESOP_SOURCE_DIR + R"(/examples/refund.sop.json"})" + "\n" +
      R"({"do":"gate","text":"{}","facts":{}})" + "\n";
  const Outcome out = folder.sh("aesop exec --create a.db", input);
  CHECK(kinds_of(out.out) == std::vector<std::string>{"not-found", "limit-exceeded", "io-error",
                                                      "schema-error", "ok", "schema-error"});
}
