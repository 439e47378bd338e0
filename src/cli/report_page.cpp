// aesop report DB: the page of a store, and its numbers.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/text.hpp"
#include "aesop/exchange/report.hpp"

namespace aesop::cli {
namespace {

Result<ReportQuestion> question_of(const Invocation& call) {
  ReportQuestion out;
  auto at = read_time(call.text("--at", "now"));
  if (!at) return at.take_error();
  auto instant = parse_instant(*at);
  if (!instant) return instant.take_error();
  out.at = *instant;
  out.zone = shown_zone();
  out.sops = call.list("--sop");
  out.scope = call.text("--scope");
  out.from = call.text("--from");
  out.until = call.text("--until");
  out.run = call.text("--run");
  out.by = call.text("--by", "month");
  for (const std::string& count : call.list("--count")) {
    const std::size_t dot = count.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == count.size())
      return Error{ErrorCode::invalid_argument, cat("--count ", printable(count), " is no event and field"),
                   "such as --count letter.received.about"};
    out.counts.emplace_back(count.substr(0, dot), count.substr(dot + 1));
  }
  return out;
}

Exit run(const Invocation& call) {
  auto question = question_of(call);
  if (!question) return fail_usage(question.error());
  if (!call.given("--html") && !call.json())
    return fail_usage({ErrorCode::invalid_argument, "a report needs --html OUT, or --json, or both"});
  auto engine = open_store(call, {.to_read = true});
  if (!engine) return fail_open(engine.error());
  std::optional<Report> report;
  const Status gathered = engine->at_one_moment([&](std::uint64_t seq) -> Status {
    question->seq = static_cast<std::int64_t>(seq);
    auto made = gather_report([&](const Value& command) { return engine->execute(command); }, *question);
    if (!made) return made.take_error();
    report = made.take();
    return {};
  });
  if (!gathered) return fail(gathered.error());
  if (call.given("--html")) {
    const std::string path = call.text("--html");
    const std::string page = report_html(*report);
    if (path == "-") {
      if (call.json())
        return fail_usage({ErrorCode::invalid_argument, "--html - and --json both print on stdout"});
      put(page);
    } else if (auto written = write_file(path, page); !written) {
      return fail_open(written.error());
    } else {
      message(cat("wrote ", shown(path), '\n'));
    }
  }
  if (call.json()) put_json(Value::context({{"ok", report_value(*report)}}));
  return Exit::ok;
}

}  // namespace

extern const Verb report_verb{
    "report",
    "Reading",
    "Make a page of a store: KPIs, open work, what was late, exceptions, swim lanes, audit",
    "The page is one HTML file that needs nothing else. It holds ids, times and figures; of the data of "
    "runs\n"
    "only the fields named with --count. With --json the same numbers are printed.",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--html", Word::Kind::value, "OUT", "write the page to this file; - for stdout"},
                {"--sop", Word::Kind::list, "SOP", "only of this SOP (default: all)"},
                {"--run", Word::Kind::value, "RUN", "with the timeline of this run"},
                {"--count", Word::Kind::list, "EVENT.FIELD",
                 "count an event, or STEP.completed, by one of its fields"},
                {"--from", Word::Kind::value, "TIME", "figures from this time or date"},
                {"--until", Word::Kind::value, "TIME", "figures to before this time or date"},
                {"--scope", Word::Kind::value, "SCOPE", "only at this scope and below"},
                {"--by", Word::Kind::value, "week|month", "periods of the trend (default: month)"},
                {"--at", Word::Kind::value, "TIME", "as of when (default: now)"}}),
    run};

}  // namespace aesop::cli
