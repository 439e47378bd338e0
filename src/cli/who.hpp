// Who asks and when: the words --actor, --role, --scope, --at and --command-id, and the members of a command that
// are made of them. Part cli. This is the only place of the program that reads a clock, the login name or random
// numbers; the library is told what it finds.
#pragma once

#include "cli/verb.hpp"

#include "aesop/base/result.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop::cli {

/// The words of a verb that sends a command, behind its own.
std::vector<Word> with_who(std::vector<Word> own);

/// The command with "command_id", "at" and "actor" filled in where it has none: from the words; else a random id
/// (shown on stderr), the time of the system, and the login name without roles. Fails with invalid_argument when a
/// word contradicts the command or is not a time.
Result<Value> complete_command(const Invocation& call, const Value& command, bool show_id = true);

/// A time given on the command line, RFC 3339 or "now", as RFC 3339 text.
Result<std::string> read_time(std::string_view text);

}  // namespace aesop::cli
