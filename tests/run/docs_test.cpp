// The manual says what the code does: verbs, members, operations, reasons and event types are all there.
#include "fixture.hpp"

#include <fstream>
#include <set>
#include <sstream>

using namespace aesop_test;

namespace {

std::string page(const std::string& path) {
  std::ifstream in(std::string(AESOP_SOURCE_DIR) + "/docs/" + path);
  std::stringstream text;
  text << in.rdbuf();
  REQUIRE(text.str().size() > 100);
  return text.str();
}

struct FieldNames {
  std::set<std::string>& names;
  template <class T>
  void operator()(std::string_view name, const T&, Since = {}) {
    names.insert(std::string(name));
  }
};

template <std::size_t... I>
void each_command(const Value& schema, const std::string& manual, std::index_sequence<I...>) {
  const auto check = [&](auto body) {
    using Body = decltype(body);
    CAPTURE(Body::name);
    std::set<std::string> fields, written;
    FieldNames visitor{fields};
    Body::fields(body, visitor);
    for (const char* common : {"do", "command_id", "at", "occurred_at", "actor", "run", "expected_revision"})
      fields.insert(common);
    for (const Entry& entry : schema.get("$defs").get(Body::name).get("properties").entries())
      written.insert(entry.first);
    CHECK(written == fields);
    CHECK(manual.find(cat("\n### ", Body::name, "\n")) != std::string::npos);
    CHECK(manual.find(cat("{\"do\": \"", Body::name, "\"")) != std::string::npos);
  };
  (check(CommandBody::Alternative<I>()), ...);
}

std::string words(TaskStates states) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 12; ++i)
    if (states & (1 << i)) names.push_back(name_of(static_cast<TaskState>(i)));
  return join(names, ", ");
}

}  // namespace

TEST_CASE("docs: every command with its members is in the manual and in the schema", "[run][docs]") {
  const Value schema = json(page("schema/commands.schema.json"));
  each_command(schema, page("commands.md"), std::make_index_sequence<CommandBody::size>());
}

TEST_CASE("docs: the table of operations in the manual is the one in the code", "[run][docs]") {
  const std::string manual = page("commands.md");
  for (const Operation& row : operation_table) {
    std::vector<std::string_view> who;
    if (row.who & by_candidate) who.push_back("candidate");
    if (row.who & by_owner) who.push_back("owner");
    if (row.who & by_manager) who.push_back("manager");
    if (row.who & by_reviewer) who.push_back("reviewer");
    const std::string line =
        cat("| `", name(row.verb), "` | ", words(row.from),
            row.auto_start ? cat(" (", words(row.auto_start), ")") : std::string(), " | ", join(who, ", "),
            " | ", row.to == TaskState::none ? std::string_view("as before") : name_of(row.to), " |");
    CAPTURE(line);
    CHECK(manual.find(line) != std::string::npos);
  }
}

TEST_CASE("docs: every reason of a refusal and every type of event is explained", "[run][docs]") {
  const std::string reasons = page("reasons.md"), events = page("events.md");
  std::set<std::string_view> once;
  for (const RejectionInfo& row : rejection_table) {
    CAPTURE(row.reason);
    CHECK(once.insert(row.reason).second);
    CHECK(reasons.find(cat("\n### ", row.reason, "\n")) != std::string::npos);
  }
  for (std::size_t i = 0; i < event_type_count; ++i) {
    CAPTURE(name(static_cast<EventType>(i)));
    CHECK(events.find(cat("\n### ", name(static_cast<EventType>(i)), "\n")) != std::string::npos);
  }
}

TEST_CASE("commands: JSON is read strictly, and what is wrong is said with a help", "[run]") {
  const auto problem = [](std::string_view text) {
    auto command = command_from_value(json(text));
    return command ? std::string("none") : cat(command.error().message, " | ", command.error().help);
  };
  const std::string rest = R"("command_id":"c","at":"2026-01-05T09:00:00Z","actor":{"id":"ann"},"run":"r1")";
  CHECK(problem(R"({"do":"claim","step":"a",)" + rest + "}") == "none");
  CHECK(problem(R"({"do":"claim","step":"a","x-note":1,)" + rest + "}") == "none");
  CHECK(problem(R"({"do":"clam","step":"a",)" + rest + "}") ==
        "no command is called \"clam\" | did you mean \"claim\"?");
  CHECK(problem(R"({"do":"claim","stp":"a",)" + rest + "}") ==
        "claim has no key \"stp\" | did you mean \"step\"?");
  CHECK(problem(R"({"do":"delegate","step":"a",)" + rest + "}") ==
        "delegate lacks \"to\" | add \"to\": a string");
  CHECK(problem(R"({"do":"claim","step":7,)" + rest + "}") == "claim.step must be a string | ");
  CHECK(problem(R"({"do":"claim","step":"a","visit":-1,)" + rest + "}") ==
        "claim.visit must be a whole number | ");
  CHECK(problem(
            R"({"do":"claim","step":"a","command_id":"c","at":"yesterday","actor":{"id":"ann"},"run":"r1"})")
            .find("claim.at must be a time") == 0);
  CHECK(
      problem(
          R"({"do":"claim","step":"a","command_id":"","at":"2026-01-05T09:00:00Z","actor":{"id":"ann"},"run":"r1"})")
          .find("command_id must not be empty") == 0);
  CHECK(
      problem(
          R"({"do":"claim","step":"a","command_id":"c","at":"2026-01-05T09:00:00Z","actor":{"roles":[]},"run":"r1"})")
          .find("claim.actor lacks \"id\"") == 0);
  CHECK(problem(
            R"({"do":"claim","step":"a","command_id":"c","at":"2026-01-05T09:00:00Z","actor":{"id":"ann"}})")
            .find("claim lacks \"run\"") == 0);
  CHECK(
      problem(
          R"({"do":"claim","task":"r1:2.3","command_id":"c","at":"2026-01-05T09:00:00Z","actor":{"id":"ann"}})") ==
      "none");
  CHECK(problem("[]") == "a command must be an object | ");
}
