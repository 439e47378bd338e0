// kill -9 on real files: aesop_campaign_kills [--short | CYCLES] [FOLDER].
// A child works a stream of commands and says over a pipe, after each, what it was answered; it is killed at a random
// moment. Then the store must be whole, every answer that came over the pipe must come again, and the command that was
// under way must go through under its id.
#include "support/inspect.hpp"
#include "support/temporary.hpp"
#include "support/workload.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aesop;
using namespace aesop::testing;

namespace {

EngineOptions in_mode(bool exclusive) {
  EngineOptions options;
  options.exclusive = exclusive;
  return options;
}

/// The child: works from command `first` on until it is killed.
[[noreturn]] void work(const std::string& path, bool exclusive, std::uint64_t first, int pipe) {
  auto engine = Engine::open(path, in_mode(exclusive));
  if (!engine) _exit(3);
  for (std::uint64_t i = first;; ++i) {
    const std::string line = write_json(engine->execute(nth_command("k", i))).value() + '\n';
    if (write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(4);
  }
}

std::string cycle(const std::string& path, bool exclusive, std::vector<std::string>& answers,
                  PlanShelf& shelf, std::mt19937& random) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    work(path, exclusive, answers.size(), ends[1]);
  }
  close(ends[1]);
  // The kill is timed by answers rather than by the clock, so that a slow machine is killed as often: after a few
  // of them, then a random number of microseconds into the next.
  std::string text;
  char buffer[4096];
  const std::size_t wanted = 1 + random() % 12;
  std::size_t lines = 0;
  while (lines < wanted) {
    const ssize_t size = read(ends[0], buffer, sizeof buffer);
    if (size <= 0) break;
    text.append(buffer, static_cast<std::size_t>(size));
    lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
  usleep(random() % 3000);
  kill(child, SIGKILL);
  for (ssize_t size; (size = read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSIGNALED(status)) return cat("the child ended by itself with ", WEXITSTATUS(status));

  const std::size_t known = answers.size();
  for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    answers.push_back(text.substr(begin, end - begin));

  auto engine = Engine::open(path, in_mode(exclusive));
  if (!engine) return "does not open: " + to_string(engine.error());
  if (std::string problem = inspect(*engine, shelf); !problem.empty()) return problem;
  const std::size_t from = known > 50 ? known - 50 : 0;
  for (std::size_t i = from; i < answers.size(); ++i) {
    const std::string again = write_json(engine->execute(nth_command("k", i))).value();
    if (again != answers[i]) return cat("command ", i, " was answered ", answers[i], " and now ", again);
  }
  // What was under way: it was kept or not; the same id settles it.
  const Value open = engine->execute(nth_command("k", answers.size()));
  if (is_error(open)) return "the command under way does not go through: " + write_json(open).value();
  answers.push_back(write_json(open).value());
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  signal(SIGPIPE, SIG_IGN);
  long cycles = 200;
  if (count > 1) cycles = std::strcmp(arguments[1], "--short") == 0 ? 12 : std::atol(arguments[1]);
  const std::string under = count > 2 ? arguments[2] : "";
  long passed = 0, failed = 0;
  std::mt19937 random(7);
  for (const bool exclusive : {false, true}) {
    const TemporaryFolder folder(under);
    {
      auto engine = Engine::open(folder.file(), in_mode(exclusive)).value();
      furnish(engine).value();
    }
    PlanShelf shelf;
    std::vector<std::string> answers;
    long broken = 0;
    for (long i = 0; i < cycles; ++i) {
      const std::string problem = cycle(folder.file(), exclusive, answers, shelf, random);
      if (problem.empty()) {
        ++passed;
        continue;
      }
      ++failed;
      if (broken++ == 0)
        std::printf("%s, cycle %ld: %s\n", exclusive ? "exclusive" : "shared", i, problem.c_str());
      if (broken > 5) break;
    }
    std::printf("%-9s %ld kills, %zu answers, %ld broken\n", exclusive ? "exclusive" : "shared", cycles,
                answers.size(), broken);
    std::fflush(stdout);
  }
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
