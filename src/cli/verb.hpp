// What a verb of the program is: its words on the command line and the function that does it. Part cli.
// One table (verbs.cpp) makes parsing, help, completion and the check of docs/cli.md.
// Constant data; an Invocation lives in one thread, the program has no other.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aesop::cli {

/// Exit codes of the program; docs/cli.md promises them.
enum class Exit : int {
  ok = 0,
  found = 1,     ///< findings of severity error, a refused command, a check that failed
  usage = 2,     ///< the command line itself
  input = 3,     ///< a file, an expression or a command that cannot be understood
  store = 4,     ///< a store, or the output, could not be opened, read or written
  internal = 5,  ///< a bug
};

/// An argument ("FILE") or an option ("--to").
struct Word {
  enum class Kind {
    one,       ///< argument, must be given
    optional,  ///< argument, may be given
    many,      ///< argument, one or more
    flag,      ///< option without a value
    value,     ///< option with a value
    demanded,  ///< option with a value that must be given
    list,      ///< option with a value, may be given more than once
  };
  std::string_view name;  ///< "FILE", "--to"
  Kind kind;
  std::string_view value;  ///< what a value is called in the help: "TIME"; choices as "shared|exclusive"
  std::string_view help;

  bool is_option() const { return name.substr(0, 2) == "--"; }
};

struct Verb;

/// One call of the program, parsed.
class Invocation {
 public:
  explicit Invocation(const Verb& verb) : verb(verb) {}

  const Verb& verb;
  std::map<std::string, std::vector<std::string>, std::less<>> words;

  bool given(std::string_view name) const { return words.find(name) != words.end(); }
  bool json() const { return given("--json"); }
  /// The value of an argument or option, or the fallback when it was not given.
  std::string text(std::string_view name, std::string_view fallback = {}) const {
    const auto found = words.find(name);
    return found == words.end() || found->second.empty() ? std::string(fallback) : found->second.front();
  }
  std::vector<std::string> list(std::string_view name) const {
    const auto found = words.find(name);
    return found == words.end() ? std::vector<std::string>() : found->second;
  }
};

/// One thing the program can do.
struct Verb {
  std::string_view name;     ///< "check"; two words for a verb below another: "audit verify"
  std::string_view group;    ///< heading in the help
  std::string_view summary;  ///< one line
  std::string_view more;     ///< shown below the options by `aesop VERB --help`; may be empty
  std::vector<Word> words;
  Exit (*run)(const Invocation&);

  /// "aesop.check/1": the schema of what the verb prints with --json.
  std::string schema() const {
    std::string out = "aesop.";
    for (const char c : name) out += c == ' ' ? '.' : c;
    return out + "/1";
  }
};

/// Every verb in the order of the help.
const std::vector<const Verb*>& verbs();

}  // namespace aesop::cli
