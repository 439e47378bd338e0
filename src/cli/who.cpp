#include "cli/who.hpp"

#include "cli/output.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/text.hpp"

#include <chrono>
#include <cstdlib>

#include <pwd.h>
#include <sodium.h>
#include <unistd.h>

namespace aesop::cli {
namespace {

std::string system_time() {
  using namespace std::chrono;
  const auto now = system_clock::now().time_since_epoch();
  return to_string(Instant{duration_cast<microseconds>(now).count()});
}

std::string random_id() {
  if (sodium_init() < 0) return {};
  unsigned char bytes[10];
  randombytes_buf(bytes, sizeof bytes);
  char hex[2 * sizeof bytes + 1];
  sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
  return cat("c_", hex);
}

std::string login_name() {
  if (const char* name = std::getenv("AESOP_ACTOR"); name && *name) return name;
  if (const passwd* user = getpwuid(geteuid()); user && user->pw_name && *user->pw_name) return user->pw_name;
  return cat("uid_", geteuid());
}

Error contradiction(std::string_view word, std::string_view member) {
  return {.code = ErrorCode::invalid_argument,
          .message = cat(word, " was given, and the command has \"", member, "\" already"),
          .help = "say it in one place"};
}

Value actor_of(const Invocation& call) {
  std::vector<Value> roles;
  for (const std::string& role : call.list("--role")) roles.push_back(Value::string(role));
  std::vector<Entry> actor = {{"id", Value::string(call.text("--actor", login_name()))},
                              {"roles", Value::list(std::move(roles))}};
  if (call.given("--scope")) actor.emplace_back("scope", Value::string(call.text("--scope")));
  return Value::context(std::move(actor));
}

}  // namespace

std::vector<Word> with_who(std::vector<Word> own) {
  const Word who[] = {
      {"--actor", Word::Kind::value, "PERSON", "who asks (default: $AESOP_ACTOR, else the login name)"},
      {"--role", Word::Kind::list, "ROLE", "a role the person acts in; may be given more than once"},
      {"--scope", Word::Kind::value, "SCOPE", "where the person acts: acme/west/clinic_7"},
      {"--at", Word::Kind::value, "TIME", "when: 2026-03-02T09:00:00Z (default: now)"},
      {"--command-id", Word::Kind::value, "ID",
       "repeating an id repeats the answer (default: random, shown)"},
      {"--mode", Word::Kind::value, "shared|exclusive", "how to open the store (default: shared)"},
      {"--json", Word::Kind::flag, "", "print JSON"},
  };
  own.insert(own.end(), std::begin(who), std::end(who));
  return own;
}

Result<std::string> read_time(std::string_view text) {
  if (text == "now") return system_time();
  auto instant = parse_instant(text);
  if (!instant)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = cat('"', printable(text), "\" is not a time"),
                 .help = "write it as 2026-03-02T09:00:00Z or 2026-03-02T09:00:00-06:00, or now"};
  return to_string(*instant);
}

Result<Value> complete_command(const Invocation& call, const Value& command, bool show_id) {
  Value out = command;
  if (!command.find("command_id")) {
    std::string id = call.text("--command-id");
    if (id.empty()) {
      id = random_id();
      if (show_id) message(cat("command id: ", id, '\n'));
    }
    out = out.with("command_id", Value::string(id));
  } else if (call.given("--command-id")) {
    return contradiction("--command-id", "command_id");
  }
  if (!command.find("at")) {
    auto at = read_time(call.text("--at", "now"));
    if (!at) return at.take_error();
    out = out.with("at", Value::string(*at));
  } else if (call.given("--at")) {
    return contradiction("--at", "at");
  }
  if (!command.find("actor"))
    out = out.with("actor", actor_of(call));
  else
    for (const std::string_view word : {"--actor", "--role", "--scope"})
      if (call.given(word)) return contradiction(word, "actor");
  return out;
}

}  // namespace aesop::cli
