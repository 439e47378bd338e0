// aesop completion bash: a completion script, made from the table of verbs.
#include "cli/output.hpp"
#include "cli/verb.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

// Verbs below another one, "audit verify", are completed in two steps.
std::string first_words() {
  std::string out;
  for (const Verb* verb : verbs()) {
    const std::string first(verb->name.substr(0, verb->name.find(' ')));
    if (cat(' ', out, ' ').find(cat(' ', first, ' ')) != std::string::npos) continue;
    if (!out.empty()) out += ' ';
    out += first;
  }
  return out;
}

std::string script() {
  std::string cases, choices;
  for (const Verb* verb : verbs()) {
    const std::size_t space = verb->name.find(' ');
    std::string options = "--help";
    for (const Word& word : verb->words) {
      if (!word.is_option()) continue;
      append(options, ' ', word.name);
      if (word.value.find('|') == std::string_view::npos) continue;
      std::string values;
      for (const std::string_view value : split(word.value, '|'))
        append(values, values.empty() ? "" : " ", value);
      append(choices, "    '", verb->name, ' ', word.name, "') COMPREPLY=($(compgen -W '", values,
             "' -- \"$current\")); return ;;\n");
    }
    if (space == std::string_view::npos)
      append(cases, "    ", verb->name, ") options='", options, "' ;;\n");
    else
      append(cases, "    ", verb->name.substr(0, space), ") options='", verb->name.substr(space + 1), ' ',
             options, "' ;;\n");
  }
  return cat(R"(# Completion of aesop for bash. Use:  source <(aesop completion bash)
_aesop() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ')",
             first_words(), R"( --help --version' -- "$current"))
    return
  fi
  case "${COMP_WORDS[1]} $before" in
)",
             choices, R"(  esac
  case "${COMP_WORDS[1]}" in
)",
             cases, R"(    *) return ;;
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) if [ "${COMP_WORDS[1]}" = audit ] && [ "$COMP_CWORD" -eq 2 ]; then
         COMPREPLY=($(compgen -W "$options" -- "$current"))
       else
         COMPREPLY=($(compgen -f -- "$current"))
       fi ;;
  esac
}
complete -o filenames -F _aesop aesop
)");
}

Exit run(const Invocation& call) {
  if (call.text("SHELL") != "bash")
    return fail({.code = ErrorCode::invalid_argument,
                 .message = cat("no completion for \"", printable(call.text("SHELL")), '"'),
                 .help = "there is one for bash"});
  put(script());
  return Exit::ok;
}

}  // namespace

extern const Verb completion_verb{"completion",
                                  "The program itself",
                                  "Print a completion script for the shell",
                                  "source <(aesop completion bash)",
                                  {{"SHELL", Word::Kind::one, "", "bash"}},
                                  run};

}  // namespace aesop::cli
