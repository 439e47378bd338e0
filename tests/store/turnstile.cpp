// The queue of writers (src/store/turnstile.hpp).
#include "store/turnstile.hpp"

#include "catch.hpp"
#include "support/temporary.hpp"

#include "aesop/store/sqlite.hpp"

#include <fstream>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aesop;
using namespace aesop::testing;
using detail::Turnstile;

namespace {

std::string store_in(const TemporaryFolder& folder) {
  const std::string path = folder.file("store.db");
  std::ofstream(path) << "x";
  return path;
}

}  // namespace

TEST_CASE("turnstile: writers go in the order in which they drew their tickets", "[store]") {
  const TemporaryFolder folder;
  const std::string path = store_in(folder);
  Turnstile a, b, c;
  for (Turnstile* one : {&a, &b, &c}) {
    one->open(path);
    REQUIRE(one->works());
    one->draw();
  }
  CHECK(a.ahead() == 0);
  CHECK(b.ahead() == 1);
  CHECK(c.ahead() != 0);
  b.leave();  // gave up: nobody passes a because of it
  CHECK(a.ahead() == 0);
  CHECK(c.ahead() != 0);
  b.draw();  // and stands at the end
  a.leave();
  CHECK(c.ahead() == 0);
  CHECK(b.ahead() == 1);
  c.leave();
  CHECK(b.ahead() == 0);
}

TEST_CASE("turnstile: a process that dies has left the queue", "[store]") {
  const TemporaryFolder folder;
  const std::string path = store_in(folder);
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    Turnstile first;
    first.open(path);
    first.draw();
    [[maybe_unused]] const auto told = write(ready[1], "x", 1);
    pause();
    _exit(0);
  }
  char told = 0;
  REQUIRE(read(ready[0], &told, 1) == 1);
  Turnstile second;
  second.open(path);
  second.draw();
  CHECK(second.ahead() == 1);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(second.ahead() == 0);
  close(ready[0]);
  close(ready[1]);
}

TEST_CASE("turnstile: without its file a store works as before, and a damaged one starts anew", "[store]") {
  const TemporaryFolder folder;
  const std::string path = store_in(folder);
  Turnstile none;
  none.open(folder.file("nothing.db"));
  CHECK_FALSE(none.works());
  none.draw();
  CHECK(none.ahead() == 0);
  none.leave();

  std::ofstream(path + "-turn") << std::string(8, '\xff');
  Turnstile one;
  one.open(path);
  one.draw();
  CHECK(one.ahead() == 0);
}

TEST_CASE("turnstile: a store in shared mode has it, an exclusive one does not", "[store]") {
  const TemporaryFolder folder;
  for (const StoreMode mode : {StoreMode::exclusive, StoreMode::shared}) {
    SqliteOptions options;
    options.mode = mode;
    const auto store = open_sqlite_store(folder.file("store.db"), options);
    REQUIRE(store.ok());
    CHECK((access(folder.file("store.db-turn").c_str(), F_OK) == 0) == (mode == StoreMode::shared));
  }
}
