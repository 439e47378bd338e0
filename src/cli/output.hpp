// What the program prints: data on stdout, messages on stderr, tables, colour. Part cli.
// Colour only on a terminal, and not with NO_COLOR or TERM=dumb. Everything that came from a file or a store goes
// through shown(), so that nobody else's text can steer a terminal.
#pragma once

#include "cli/verb.hpp"

#include "aesop/base/result.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop::cli {

/// Says which call is being answered; before any other function of this file. False, with a message, when its --zone
/// (or $AESOP_ZONE) is no time zone.
bool begin_output(const Invocation& call);
/// Flushes; a stdout that could not be written turns any code into Exit::store.
Exit finish_output(Exit code);

/// To stdout, as it is.
void put(std::string_view text);
/// To stdout, as one canonical JSON object in one line with the schema of the verb as "schema".
void put_json(const Value& members);
/// Canonical JSON of plain data; "null" for what JSON cannot say.
std::string json_text(const Value& value);
/// To stderr, as it is.
void message(std::string_view text);
/// Makes what was written to stdout visible to its reader.
void flush_out();

/// Prints an error (with --json also as {"schema", "error"} on stdout) and gives its exit code.
Exit fail(const Error& error);
/// The same for input that cannot be read: an unreadable file is Exit::input, whatever the system says of it.
Exit fail_input(const Error& error);
/// The same for a wrong option: Exit::usage.
Exit fail_usage(const Error& error);
/// Prints an error on stderr only.
void complain(const Error& error);
/// The exit code of an error: 3 text, rules, arguments and what is not there; 4 stores; 1 other runs and access; 5 internal.
Exit exit_of(ErrorCode code);
/// {"code": "unknown-run", "message": ..., "help": ...}, the shape in answers and in --json.
Value error_value(const Error& error);

enum class Colour { plain, bold, dim, red, green, yellow, cyan };
/// Text in a colour, when stdout shows colours.
std::string paint(Colour colour, std::string_view text);
/// The same for stderr.
std::string paint_message(Colour colour, std::string_view text);
/// Colours a rendered finding or error (base/source.hpp) for the stream it goes to.
std::string paint_rendered(std::string_view rendered, bool to_stdout);

/// Others' text made safe for a terminal, in one line.
std::string shown(std::string_view text);
/// A value for people: a string without quotes, null as nothing, the rest as JSON.
std::string shown(const Value& value);
/// "2026-03-02 09:30" of an instant as RFC 3339 text, in the zone of --zone; the text itself when it is none.
std::string shown_time(std::string_view rfc3339);
/// The zone in which times are shown, for headings: "UTC".
const std::string& shown_zone();
/// "1 run", "2 runs".
std::string counted(std::size_t count, std::string_view one, std::string_view many = {});

/// Columns aligned by code points, two blanks between them, the heading in bold; the last column is not padded.
class Table {
 public:
  explicit Table(std::vector<std::string> heading) : heading_(std::move(heading)) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }
  /// Columns in which no row has text are left out.
  std::string text() const;

 private:
  std::vector<std::string> heading_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace aesop::cli
