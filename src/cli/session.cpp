#include "cli/session.hpp"

#include "cli/output.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>

#include <sys/stat.h>

namespace aesop::cli {
namespace {

bool is_there(const std::string& path) {
  struct stat ignored {};
  return stat(path.c_str(), &ignored) == 0;
}

// Details of a refusal beside reason and message, for people. Lists of things that are missing, a line each.
std::string details_of(const Value& rejected) {
  std::string out;
  for (const auto& [key, value] : rejected.entries()) {
    if (key == "reason" || key == "message" || value.is_null()) continue;
    if (!value.is_list()) {
      append(out, "  ", printable(key), ": ", shown(value), '\n');
      continue;
    }
    constexpr std::size_t most = 20;
    if (value.size() > most)
      append(out, "  ", value.size(), ' ', printable(key), ", the first ", most, ":\n");
    for (const Value& item : value.items().first(std::min(most, value.size()))) {
      const Value& text = item.find("text") ? item.get("text") : item.get("message");
      append(out, "  - ", text.is_string() ? shown(text) : shown(item), '\n');
    }
  }
  return out;
}

}  // namespace

std::vector<Word> with_store(std::vector<Word> own) {
  own.push_back({"--mode", Word::Kind::value, "shared|exclusive", "how to open the store (default: shared)"});
  own.push_back(
      {"--zone", Word::Kind::value, "ZONE", "zone of the times shown (default: $AESOP_ZONE, else UTC)"});
  own.push_back({"--json", Word::Kind::flag, "", "print JSON"});
  return own;
}

Result<Engine> open_store(const Invocation& call, const OpenStore& how) {
  const std::string path = call.text("DB");
  const bool in_memory = path == ":memory:";
  if (how.must_create && in_memory)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "a store in memory is gone when the program ends",
                 .help = "give the name of a file"};
  if (how.must_create && is_there(path))
    return Error{.code = ErrorCode::already_exists,
                 .message = cat('"', printable(path), "\" is there already")};
  if (!how.create && !how.must_create && !in_memory && !is_there(path))
    return Error{.code = ErrorCode::not_found,
                 .message = cat("there is no store \"", printable(path), '"'),
                 .help = cat("\"aesop init ", printable(path), "\" makes one")};
  EngineOptions options;
  options.create = how.create || how.must_create || in_memory;
  if (how.to_read && !in_memory) {
    options.read_only = true;
    auto engine = Engine::open(path, options);
    if (engine || (engine.error().code != ErrorCode::io_error && engine.error().code != ErrorCode::read_only))
      return engine;
    options.read_only = false;
  }
  options.exclusive = call.text("--mode") == "exclusive";
  return Engine::open(path, options);
}

Exit fail_open(const Error& error) {
  const Exit code = fail(error);
  return code == Exit::internal ? code : Exit::store;
}

Exit exit_of_answer(const Value& answer) {
  if (answer.find("rejected")) return Exit::found;
  const Value* error = answer.find("error");
  if (!error) return Exit::ok;
  const auto code = find_error(error->get("code").as_string());
  return code ? exit_of(*code) : Exit::internal;
}

Exit settle(const Invocation& call, const Value& answer, const std::function<void(const Value& ok)>& show) {
  if (call.json()) put_json(answer);
  if (const Value* rejected = answer.find("rejected")) {
    message(cat(paint_message(Colour::yellow, cat("refused[", shown(rejected->get("reason")), "]")), ": ",
                shown(rejected->get("message")), '\n', details_of(*rejected)));
  } else if (const Value* error = answer.find("error")) {
    message(cat(paint_message(Colour::red, cat("error[", shown(error->get("code")), "]")), ": ",
                shown(error->get("message")), '\n'));
    if (const Value* help = error->find("help")) message(cat("help: ", shown(*help), '\n'));
  } else if (!call.json()) {
    show(answer.get("ok"));
  }
  return exit_of_answer(answer);
}

Exit ask(const Invocation& call, const Value& command, const std::function<void(const Value& ok)>& show) {
  auto engine = open_store(call);
  if (!engine) return fail_open(engine.error());
  return settle(call, engine->execute(command), show);
}

Exit look(const Invocation& call, const Value& command, const std::function<void(const Value& ok)>& show) {
  auto engine = open_store(call, {.to_read = true});
  if (!engine) return fail_open(engine.error());
  return settle(call, engine->execute(command), show);
}

Value command(std::string_view name, std::vector<Entry> members) {
  std::vector<Entry> all = {{"do", Value::string(name)}};
  for (Entry& member : members)
    if (!member.second.is_null()) all.push_back(std::move(member));
  return Value::context(std::move(all));
}

Value optional_text(const Invocation& call, std::string_view word) {
  return call.given(word) ? Value::string(call.text(word)) : Value();
}

}  // namespace aesop::cli
