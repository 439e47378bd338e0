// Several processes on one shared store: aesop_campaign_two_processes [--short | COMMANDS] [PROCESSES].
// Each reads the revision of a run all work on, and sends a command that demands it; the others have mostly been
// faster. Every command gets an answer (accepted, or conflict with the revision it should have known); nothing is
// counted twice or lost; and the store is whole at the end.
#include "support/inspect.hpp"
#include "support/temporary.hpp"
#include "support/workload.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace aesop;
using namespace aesop::testing;

namespace {

struct Result_ {  // what a process says at its end
  long accepted = 0, conflicts = 0, stale_told = 0, errors = 0, other = 0;
  double worst = 0;
};

Result_ work(const std::string& path, int process, long commands) {
  Result_ out;
  EngineOptions options;
  options.sqlite.busy_deadline = std::chrono::seconds(30);
  auto engine = Engine::open(path, options);
  if (!engine) {
    out.errors = commands;
    return out;
  }
  for (long i = 0; i < commands; ++i) {
    const auto state = engine->run("common");
    if (!state) {
      ++out.errors;
      continue;
    }
    const auto begin = std::chrono::steady_clock::now();
    Value sent =
        command("{'do':'record_event','run':'common','event':'letter.received','payload':{'about':'x'}}",
                cat("p", process, "-", i), day_one + hour);
    sent = sent.with("expected_revision", Value::number(static_cast<std::int64_t>(state->revision)));
    const Value answer = engine->execute(sent);
    out.worst =
        std::max(out.worst, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (answer.find("ok")) {
      ++out.accepted;
    } else if (answer.get("rejected").get("reason").as_string() == "conflict") {
      ++out.conflicts;
    } else if (is_error(answer)) {
      ++out.errors;
    } else {
      ++out.other;
    }
    // The answer to a repeated id does not depend on who has been faster since.
    if (i % 16 == 0 && write_json(engine->execute(sent)).value() != write_json(answer).value()) ++out.other;
  }
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  long commands = 500;
  if (count > 1) commands = std::strcmp(arguments[1], "--short") == 0 ? 60 : std::atol(arguments[1]);
  const int processes = count > 2 ? std::atoi(arguments[2]) : 3;
  const TemporaryFolder folder;
  {
    auto engine = Engine::open(folder.file()).value();
    furnish(engine).value();
    const Value started =
        engine.execute(command("{'do':'start','sop':'refund','subject':'common','run':'common'}", "start"));
    if (is_error(started)) {
      std::printf("%s\n0 passed, 1 failed\n", write_json(started).value().c_str());
      return 1;
    }
  }
  std::vector<std::pair<pid_t, int>> children;
  for (int process = 0; process < processes; ++process) {
    int ends[2];
    if (pipe(ends) != 0) return 1;
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      const Result_ result = work(folder.file(), process, commands);
      const ssize_t wrote = write(ends[1], &result, sizeof result);
      _exit(wrote == static_cast<ssize_t>(sizeof result) ? 0 : 1);
    }
    close(ends[1]);
    children.emplace_back(child, ends[0]);
  }
  Result_ all;
  for (const auto& [child, end] : children) {
    Result_ one;
    if (read(end, &one, sizeof one) != static_cast<ssize_t>(sizeof one)) one.errors = commands;
    close(end);
    waitpid(child, nullptr, 0);
    all.accepted += one.accepted;
    all.conflicts += one.conflicts;
    all.errors += one.errors;
    all.other += one.other;
    all.worst = std::max(all.worst, one.worst);
  }
  PlanShelf shelf;
  auto engine = Engine::open(folder.file()).value();
  std::string problem = inspect(engine, shelf);
  const State state = engine.run("common").value();
  const Value* letters = find_variable(state.variables, "letters");
  const std::int64_t counted = letters ? letters->as_decimal().to_int64().value_or(-1) : -1;
  if (problem.empty() && counted != all.accepted)
    problem = cat(all.accepted, " commands were accepted and the run counted ", counted);
  if (problem.empty() && all.accepted + all.conflicts != processes * commands)
    problem = cat(all.errors, " errors and ", all.other, " answers of another kind");
  std::printf("%d processes, %ld commands each: %ld accepted, %ld conflicts, slowest answer %.0f ms\n",
              processes, commands, all.accepted, all.conflicts, all.worst * 1000);
  if (!problem.empty()) std::printf("    %s\n", problem.c_str());
  std::printf("%d passed, %d failed\n", problem.empty() ? 1 : 0, problem.empty() ? 0 : 1);
  return problem.empty() ? 0 : 1;
}
