// Gathering the report through the engine's commands, and writing it.
#include "page.hpp"

#include "aesop/exchange/report.hpp"

#include <fstream>

namespace demo {
namespace {

/// The billing run with the most events.
aesop::Result<std::string> busiest(const ReportInput& in) {
  std::string run;
  std::uint64_t most = 0;
  aesop::RunFilter filter;
  filter.sop = in.billing->sop.text;
  for (;;) {
    auto runs = in.engine.runs(filter);
    if (!runs) return runs.take_error();
    for (const aesop::RunRow& row : *runs) {
      filter.after = row.number;
      if (row.revision > most) most = row.revision, run = row.id;
    }
    if (runs->size() < filter.limit) return run;
  }
}

}  // namespace

aesop::Result<std::string> write_page(const ReportInput& in) {
  auto run = busiest(in);
  if (!run) return run.take_error();
  aesop::ReportQuestion question;
  question.at = in.now;
  question.zone = central_zone;
  question.run = *run;
  question.counts = {{"denial.received", "carc"}, {"claim.rejected", "category"}};
  std::optional<aesop::Report> report;
  const aesop::Status gathered = in.engine.at_one_moment([&](std::uint64_t seq) -> aesop::Status {
    question.seq = static_cast<std::int64_t>(seq);
    auto made = aesop::gather_report([&](const aesop::Value& command) { return in.engine.execute(command); },
                                     question);
    if (!made) return made.take_error();
    report = made.take();
    return {};
  });
  if (!gathered) return gathered.error();
  std::string path = in.path;
  if (path.ends_with(".db")) path.resize(path.size() - 3);
  path += ".html";
  std::ofstream file(path, std::ios::binary);
  file << aesop::report_html(*report);
  file.close();
  if (!file) return aesop::Error{aesop::ErrorCode::io_error, "the page could not be written to " + path};
  return path;
}

}  // namespace demo
