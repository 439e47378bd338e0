// Answers of the engine as tables and sentences for people. Part cli.
// Every function takes what is in "ok" and survives members that are missing.
#pragma once

#include "aesop/value/value.hpp"

#include <string>
#include <string_view>

namespace aesop::cli {

std::string report_tasks(const Value& ok);
std::string report_runs(const Value& ok);
std::string report_events(const Value& ok);
std::string report_why(const Value& ok);
std::string report_outbox(const Value& ok);
/// What a command of `do` did: a table when it was a reading one that has a verb of its own, else a line for what
/// is known and the rest as JSON.
std::string report_done(std::string_view command, const Value& ok);

}  // namespace aesop::cli
