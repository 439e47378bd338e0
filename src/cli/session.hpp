// An open store, seen by the verbs: a command in, an answer out. Part cli.
#pragma once

#include "cli/verb.hpp"

#include "aesop/base/result.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/value/value.hpp"

#include <functional>
#include <memory>
#include <string>

namespace aesop::cli {

/// Words of a verb that only reads a store, behind its own: --mode, --zone, --json.
std::vector<Word> with_store(std::vector<Word> own);

struct OpenStore {
  bool create = false;       ///< make the store when it is not there
  bool must_create = false;  ///< refuse when it is there
  /// Nothing will be written: a file that may not be written will do, and --mode is not asked. Where a crash left
  /// something to be finished first, the store is opened for writing all the same.
  bool to_read = false;
};

/// Opens the store of "DB"; ":memory:" is a store in memory. --mode says how. A path at which nothing is gives
/// not_found with help, unless it is to be made.
Result<Engine> open_store(const Invocation& call, const OpenStore& how = {});

/// Prints why a store could not be opened, and gives Exit::store.
Exit fail_open(const Error& error);

/// Opens the store, sends one command that writes nothing and prints its answer as `ask` does.
Exit look(const Invocation& call, const Value& command, const std::function<void(const Value& ok)>& show);

/// Opens the store, sends one command and prints its answer: with --json the answer and the schema of the verb; else
/// `show` prints what is in "ok". A refusal is explained on stderr, an error too. Gives the exit code.
Exit ask(const Invocation& call, const Value& command, const std::function<void(const Value& ok)>& show);

/// The same for a command that has been answered.
Exit settle(const Invocation& call, const Value& answer, const std::function<void(const Value& ok)>& show);

/// The exit code of an answer.
Exit exit_of_answer(const Value& answer);

/// A command of one verb: {"do": name} and members; those that are null are left out.
Value command(std::string_view name, std::vector<Entry> members = {});

/// The text of an option as a value; null when it was not given.
Value optional_text(const Invocation& call, std::string_view word);

}  // namespace aesop::cli
