// The program aesop: reads the command line by the table of verbs, runs one verb, turns what happens into an exit
// code. Part cli; the only file that knows CLI11.
#include "cli/output.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"
#include "aesop/version.hpp"

#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace aesop::cli {
namespace {

// Where CLI11 puts what it reads of one verb.
struct Parsed {
  const Verb* verb = nullptr;
  CLI::App* app = nullptr;
  std::vector<std::string> single;             // one slot a word; CLI11 writes to it, so it must not move
  std::vector<std::vector<std::string>> many;  // likewise
  std::vector<char> flags;
  std::vector<CLI::Option*> options;
};

CLI::Option* add_word(Parsed& parsed, const Word& word, std::size_t index) {
  const std::string name(word.name), help(word.help);
  CLI::Option* option = nullptr;
  switch (word.kind) {
    case Word::Kind::flag:
      return parsed.app->add_flag_function(
          name, [&parsed, index](std::int64_t) { parsed.flags[index] = 1; }, help);
    case Word::Kind::many:
    case Word::Kind::list:
      option = parsed.app->add_option(name, parsed.many[index], help);
      if (word.kind == Word::Kind::many)
        option->required();
      else
        option->expected(1)->take_all()->allow_extra_args(false);
      break;
    case Word::Kind::one:
    case Word::Kind::demanded:
      option = parsed.app->add_option(name, parsed.single[index], help)->required();
      break;
    case Word::Kind::optional:
    case Word::Kind::value:
      option = parsed.app->add_option(name, parsed.single[index], help);
      break;
  }
  if (!word.value.empty()) option->type_name(std::string(word.value));
  if (word.is_option() && word.value.find('|') != std::string_view::npos) {
    std::vector<std::string> choices;
    for (const std::string_view choice : split(word.value, '|')) choices.emplace_back(choice);
    option->check(
        [choices](const std::string& given) {
          for (const std::string& choice : choices)
            if (choice == given) return std::string();
          std::string problem = cat('"', printable(given), "\" is not one of ", join(choices, ", "));
          if (const auto near = did_you_mean(given, choices)) append(problem, "; did you mean ", *near, "?");
          return problem;
        },
        "");
  }
  if (!word.is_option()) option->type_name("");
  return option;
}

void add_verb(CLI::App& root, std::map<std::string, CLI::App*>& families, const Verb& verb, Parsed& parsed) {
  parsed.verb = &verb;
  CLI::App* parent = &root;
  std::string name(verb.name);
  if (const std::size_t space = name.find(' '); space != std::string::npos) {
    const std::string first = name.substr(0, space);
    CLI::App*& family = families[first];
    if (!family) {
      family = root.add_subcommand(first, std::string(verb.summary));
      family->group(std::string(verb.group));
      family->require_subcommand(1);
    }
    parent = family;
    name = name.substr(space + 1);
  }
  parsed.app = parent->add_subcommand(name, std::string(verb.summary));
  parsed.app->group(std::string(verb.group));
  if (!verb.more.empty()) parsed.app->footer("\n" + std::string(verb.more));
  const std::size_t count = verb.words.size();
  parsed.single.resize(count);
  parsed.many.resize(count);
  parsed.flags.resize(count);
  for (std::size_t i = 0; i < count; ++i) parsed.options.push_back(add_word(parsed, verb.words[i], i));
}

Invocation invocation_of(const Parsed& parsed) {
  Invocation call(*parsed.verb);
  for (std::size_t i = 0; i < parsed.verb->words.size(); ++i) {
    if (parsed.options[i]->count() == 0) continue;
    std::vector<std::string>& into = call.words[std::string(parsed.verb->words[i].name)];
    const Word::Kind kind = parsed.verb->words[i].kind;
    if (kind == Word::Kind::many || kind == Word::Kind::list)
      into = parsed.many[i];
    else if (kind != Word::Kind::flag)
      into.push_back(parsed.single[i]);
  }
  return call;
}

// The first word, when it was meant for a verb and is none.
std::optional<std::string> unknown_verb(int count, char** arguments) {
  if (count < 2 || arguments[1][0] == '-') return std::nullopt;
  const std::string_view word = arguments[1];
  std::vector<std::string> names;
  for (const Verb* verb : verbs()) names.emplace_back(verb->name.substr(0, verb->name.find(' ')));
  for (const std::string& name : names)
    if (name == word) return std::nullopt;
  std::string text = cat("aesop: there is no verb \"", printable(word), "\"\n");
  if (const auto near = did_you_mean(word, names))
    append(text, "help: did you mean \"aesop ", *near, "\"?\n");
  return text;
}

Exit run(int count, char** arguments) {
  CLI::App root(
      "Aesop runs standard operating procedures: checks them, runs them durably, and keeps the record.",
      "aesop");
  root.require_subcommand(0, 1);
  root.set_version_flag("--version", cat("aesop ", version_text));
  root.get_formatter()->column_width(34);
  root.get_formatter()->label("SUBCOMMAND", "VERB");
  root.footer(
      "\n\"aesop VERB --help\" explains one of them. Exit codes: 0 ok, 1 findings or refused, 2 usage,\n"
      "3 input, 4 store, 5 internal.");
  std::map<std::string, CLI::App*> families;  // "audit" of "audit verify"
  std::vector<std::unique_ptr<Parsed>> parsed;
  for (const Verb* verb : verbs()) {
    parsed.push_back(std::make_unique<Parsed>());
    add_verb(root, families, *verb, *parsed.back());
  }
  if (const auto unknown = unknown_verb(count, arguments)) {
    message(cat(*unknown, "help: \"aesop --help\" lists the verbs\n"));
    return Exit::usage;
  }
  try {
    root.parse(count, arguments);
  } catch (const CLI::Success& asked) {
    root.exit(asked);  // --help, --version
    return finish_output(Exit::ok);
  } catch (const CLI::ParseError& problem) {
    const bool verb = count > 1 && arguments[1][0] != '-';
    message(cat("aesop: ", problem.what(), "\nhelp: \"aesop ", verb ? arguments[1] : "", verb ? " " : "",
                "--help\" says how\n"));
    return Exit::usage;
  }
  for (const auto& candidate : parsed) {
    if (!candidate->app->parsed()) continue;
    const Invocation call = invocation_of(*candidate);
    if (!begin_output(call)) return Exit::usage;
    return finish_output(candidate->verb->run(call));
  }
  put(root.help());
  return finish_output(Exit::ok);
}

}  // namespace
}  // namespace aesop::cli

int main(int count, char** arguments) {
  using aesop::cli::Exit;
  Exit code = Exit::internal;
  try {
    code = aesop::cli::run(count, arguments);
  } catch (const std::bad_alloc&) {
    std::fputs("aesop: error[out-of-memory]: memory is exhausted\n", stderr);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "aesop: error[internal]: %s\nhelp: this is a bug; please report it\n",
                 problem.what());
  }
  return static_cast<int>(code);
}
