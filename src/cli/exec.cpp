// aesop exec DB: one JSON command a line on stdin, one JSON answer a line on stdout, in order. Part cli.
// The door for scripts and other languages; docs/commands.md is the manual of the commands.
//
// (1) Every line that is neither blank nor a comment gets exactly one answer line, whatever is in it.
// (2) An answer is printed after its command is durable: at once, or with --batch when the transaction is.
// (3) No line ends the program; only the end of the input and a store that cannot be opened do.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"

#include "aesop/base/text.hpp"
#include "aesop/value/json_read.hpp"

#include <exception>
#include <new>
#include <string>
#include <vector>

namespace aesop::cli {
namespace {

Value error_answer(const Error& error, std::size_t line) {
  const Value value = error_value(error).with("line", Value::number(static_cast<std::int64_t>(line)));
  return Value::context({{"error", value}});
}

// A line may hold a whole SOP as one text, or evidence; the limits within are those of the engine.
JsonLimits line_limits() {
  JsonLimits limits;
  limits.document_bytes = max_line_bytes;
  limits.string_bytes = max_line_bytes;
  limits.keys = 100'000;
  return limits;
}

// What a line says, or the error that it is.
Result<Value> read_line(const LineReader::Line& line) {
  if (line.too_long)
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = cat("the line is longer than ", max_line_bytes, " bytes (max_line_bytes)"),
                 .help = "keep large texts in files and give their uri and sha256"};
  auto command = read_json(line.text, line_limits());
  if (!command) {
    Error error = command.take_error();
    const Position at = SourceText("stdin", line.text).position(error.where.begin);
    error.message = cat("column ", at.column, ": ", error.message);
    return error;
  }
  if (!command->is_context())
    return Error{.code = ErrorCode::schema_error,
                 .message = "a command is a JSON object",
                 .help = "for example {\"do\": \"tasks\"}"};
  return command;
}

bool is_skipped(const LineReader::Line& line) {
  const std::string_view text = trim(line.text);
  return !line.too_long && (text.empty() || text.front() == '#');
}

class Exec {
 public:
  Exec(Engine& engine, std::size_t batch) : engine_(engine), batch_(batch) {}

  void line(const LineReader::Line& line) {
    auto command = read_line(line);
    if (command) command = with_text_of_file(*command);
    if (!command) {
      answer(error_answer(command.error(), line.number), line.number);
      return;
    }
    if (batch_ > 1 && waiting_.empty()) {
      const Status begun = engine_.begin_batch();
      if (!begun) {
        answer(error_answer(begun.error(), line.number), line.number);
        return;
      }
      in_batch_ = true;
    }
    Value answered = execute(*command);
    if (const Value* error = answered.find("error"))
      answered = Value::context(
          {{"error", error->with("line", Value::number(static_cast<std::int64_t>(line.number)))}});
    answer(answered, line.number);
    if (waiting_.size() >= batch_) finish();
  }

  // Makes what is waiting durable and prints its answers.
  void finish() {
    if (in_batch_) {
      in_batch_ = false;
      // What was an error stays that one: of what undid the batch it is the reason.
      if (const Status done = engine_.commit_batch(); !done)
        for (Waiting& one : waiting_)
          if (!one.answer.find("error")) one.answer = error_answer(done.error(), one.line);
    }
    for (const Waiting& one : waiting_) put(json_text(one.answer) + '\n');
    waiting_.clear();
    flush_out();
  }

 private:
  struct Waiting {
    Value answer;
    std::size_t line;
  };

  Value execute(const Value& command) {
    Error error{.code = ErrorCode::internal, .message = "an exception", .help = "please report it"};
    try {
      return engine_.execute(command);
    } catch (const std::bad_alloc&) {
      error = {.code = ErrorCode::out_of_memory, .message = "memory is exhausted"};
    } catch (const std::exception& problem) {
      error.message = problem.what();
    }
    return Value::context({{"error", error_value(error)}});
  }

  void answer(Value value, std::size_t line) {
    waiting_.push_back({std::move(value), line});
    if (!in_batch_) finish();
  }

  Engine& engine_;
  std::size_t batch_;
  bool in_batch_ = false;
  std::vector<Waiting> waiting_;
};

Exit run(const Invocation& call) {
  std::size_t batch = 1;
  if (call.given("--batch")) {
    const auto given = parse_integer<std::size_t>(call.text("--batch"));
    if (!given || *given == 0 || *given > 100'000) {
      message("aesop: --batch is a number from 1 to 100000\n");
      return Exit::usage;
    }
    batch = *given;
  }
  auto engine = open_store(call, {.create = call.given("--create")});
  if (!engine) return fail_open(engine.error());
  LineReader reader(stdin);
  Exec exec(*engine, batch);
  while (const auto line = reader.next())
    if (!is_skipped(*line)) exec.line(*line);
  exec.finish();
  return Exit::ok;
}

}  // namespace

extern const Verb exec_verb{
    "exec",
    "Running",
    "Answer JSON commands, one a line, from stdin",
    "Each command carries its own \"command_id\", \"at\" and \"actor\"; docs/commands.md lists them.\n"
    "Blank lines and lines that begin with # are skipped. Every other line gets one answer line:\n"
    "{\"ok\": ...}, {\"rejected\": {\"reason\": ...}} or {\"error\": {\"code\": ...}}. The exit code is 0\n"
    "at the end of the input, refusals or not, and 4 when the store cannot be opened.",
    {{"DB", Word::Kind::one, "", "the store; :memory: for one that is gone afterwards"},
     {"--create", Word::Kind::flag, "", "make the store when it is not there"},
     {"--batch", Word::Kind::value, "N", "make N commands durable at once (default: 1)"},
     {"--mode", Word::Kind::value, "shared|exclusive", "how to open the store (default: shared)"},
     {"--json", Word::Kind::flag, "", "answers are JSON anyway"}},
    run};

}  // namespace aesop::cli
