#include "cli/output.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/value/json_write.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace aesop::cli {
namespace {

const Invocation* current = nullptr;  // the one call of this process
bool stdout_failed = false;
std::string zone = "UTC";  // in which times are shown

bool wants_colour(int file) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour && *no_colour) return false;
  const char* terminal = std::getenv("TERM");
  if (terminal && std::string_view(terminal) == "dumb") return false;
  return isatty(file) == 1;
}

bool colour_of(bool to_stdout) {
  static const bool out = wants_colour(STDOUT_FILENO);
  static const bool err = wants_colour(STDERR_FILENO);
  return to_stdout ? out : err;
}

std::string painted(bool to_stdout, Colour colour, std::string_view text) {
  if (!colour_of(to_stdout) || colour == Colour::plain || text.empty()) return std::string(text);
  constexpr const char* codes[] = {"0", "1", "2", "31", "32", "33", "36"};
  return cat("\x1b[", codes[static_cast<int>(colour)], 'm', text, "\x1b[0m");
}

}  // namespace

bool begin_output(const Invocation& call) {
  current = &call;
  const char* usual = std::getenv("AESOP_ZONE");
  zone = call.text("--zone", usual && *usual ? usual : "UTC");
  if (default_ports().zones->exists(zone)) return true;
  message(cat("aesop: there is no time zone \"", printable(zone),
              "\"\nhelp: a zone is an IANA name: America/Chicago\n"));
  return false;
}

Exit finish_output(Exit code) {
  if (std::fflush(stdout) != 0) stdout_failed = true;
  if (!stdout_failed) return code;
  message("aesop: the output could not be written\n");
  return Exit::store;
}

void put(std::string_view text) {
  if (!text.empty() && std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) stdout_failed = true;
}

std::string json_text(const Value& value) {
  auto text = write_json(value);
  return text ? text.take() : std::string("null");
}

void put_json(const Value& members) {
  put(json_text(members.with("schema", Value::string(current->verb.schema()))));
  put("\n");
}

void message(std::string_view text) {
  std::fflush(stdout);  // so that the two keep their order on a terminal
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void flush_out() {
  if (std::fflush(stdout) != 0) stdout_failed = true;
}

Exit exit_of(ErrorCode code) {
  const int number = static_cast<int>(code);
  if (code == ErrorCode::unsound_definition) return Exit::found;
  if (code == ErrorCode::unknown_run || code == ErrorCode::unknown_step) return Exit::input;
  if (number < 4000) return Exit::input;
  if (number < 6000) return code == ErrorCode::corrupt_event ? Exit::store : Exit::found;
  return number < 9000 ? Exit::store : Exit::internal;
}

Value error_value(const Error& error) {
  std::vector<Entry> members = {{"code", Value::string(slug(error.code))},
                                {"message", Value::string(error.message)}};
  if (!error.help.empty()) members.emplace_back("help", Value::string(error.help));
  if (!error.file.empty()) members.emplace_back("file", Value::string(error.file));
  return Value::context(std::move(members));
}

void complain(const Error& error) {
  std::string text = cat(paint_message(Colour::red, cat("error[", slug(error.code), "]")), ": ",
                         printable(error.message, 2000), '\n');
  if (!error.help.empty()) append(text, "help: ", printable(error.help, 2000), '\n');
  message(text);
}

Exit fail(const Error& error) {
  complain(error);
  if (current && current->json()) put_json(Value::context({{"error", error_value(error)}}));
  return exit_of(error.code);
}

Exit fail_input(const Error& error) {
  fail(error);
  return Exit::input;
}

Exit fail_usage(const Error& error) {
  fail(error);
  return Exit::usage;
}

std::string paint(Colour colour, std::string_view text) { return painted(true, colour, text); }
std::string paint_message(Colour colour, std::string_view text) { return painted(false, colour, text); }

std::string paint_rendered(std::string_view rendered, bool to_stdout) {
  if (!colour_of(to_stdout)) return std::string(rendered);
  std::string out;
  while (!rendered.empty()) {
    const std::size_t end = std::min(rendered.find('\n'), rendered.size());
    const std::string_view line = rendered.substr(0, end);
    const std::size_t colon = line.find(": ");
    const auto begins = [&](std::string_view word) { return line.substr(0, word.size()) == word; };
    if (begins("error") && colon != std::string_view::npos)
      append(out, painted(to_stdout, Colour::red, line.substr(0, colon)), line.substr(colon));
    else if (begins("warning") && colon != std::string_view::npos)
      append(out, painted(to_stdout, Colour::yellow, line.substr(0, colon)), line.substr(colon));
    else if (begins("note") && colon != std::string_view::npos)
      append(out, painted(to_stdout, Colour::cyan, line.substr(0, colon)), line.substr(colon));
    else
      out += line;
    if (end < rendered.size()) out += '\n';
    rendered.remove_prefix(std::min(end + 1, rendered.size()));
  }
  return out;
}

std::string shown(std::string_view text) { return printable(text, 400); }

std::string shown(const Value& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return shown(value.as_string());
  return printable(json_text(value), 400);
}

const std::string& shown_zone() { return zone; }

std::string shown_time(std::string_view text) {
  const auto instant = parse_instant(text);
  if (!instant) return shown(text);
  const UtcTime utc = to_utc(*instant);
  const auto offset = default_ports().zones->offset_at(zone, utc.seconds);
  const std::string local = to_string(Instant{instant->us + std::int64_t{offset.value_or(0)} * 1'000'000});
  return cat(local.substr(0, 10), ' ', local.substr(11, 5));
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  if (count == 1) return cat("1 ", one);
  return many.empty() ? cat(count, ' ', one, 's') : cat(count, ' ', many);
}

std::string Table::text() const {
  std::vector<std::size_t> width(heading_.size(), 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size() && i < width.size(); ++i)
      width[i] = std::max(width[i], count_code_points(row[i]));
  std::size_t last = 0;
  for (std::size_t i = 0; i < width.size(); ++i) {
    if (width[i] == 0) continue;
    last = i;
    width[i] = std::max(width[i], count_code_points(heading_[i]));
  }
  const auto line = [&](const std::vector<std::string>& cells, bool bold) {
    std::string out;
    for (std::size_t i = 0; i < width.size(); ++i) {
      if (width[i] == 0) continue;
      const std::string cell = i < cells.size() ? cells[i] : std::string();
      out += bold ? paint(Colour::bold, cell) : cell;
      if (i != last) out.append(width[i] - count_code_points(cell) + 2, ' ');
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + '\n';
  };
  std::string out = line(heading_, true);
  for (const auto& row : rows_) out += line(row, false);
  return out;
}

}  // namespace aesop::cli
