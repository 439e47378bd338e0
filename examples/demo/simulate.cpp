// Two months in half hours.
#include "simulate.hpp"

#include "report.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"

#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>

namespace demo {
namespace {

aesop::Result<std::shared_ptr<const aesop::Definition>> load_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return aesop::Error{aesop::ErrorCode::not_found, aesop::cat("cannot read ", name)};
  aesop::Findings findings;
  auto definition = aesop::load(text.str(), name, findings);
  if (!definition) return definition.take_error();
  if (findings.has_errors())
    return aesop::Error{aesop::ErrorCode::schema_error, findings.render(*(*definition)->source)};
  return std::shared_ptr<const aesop::Definition>(definition.take());
}

}  // namespace

aesop::Result<Outcome> simulate(const Options& options, std::ostream& out) {
  auto billing = load_file(options.sops.at(0));
  if (!billing) return billing.take_error();
  auto appeals = load_file(options.sops.at(1));
  if (!appeals) return appeals.take_error();

  aesop::EngineOptions engine_options;
  engine_options.exclusive = options.mode == "exclusive";
  auto engine = aesop::Engine::open(options.mode == "memory" ? ":memory:" : options.path, engine_options);
  if (!engine) return engine.take_error();

  const aesop::Ports& ports = aesop::default_ports();
  const World world = make_world();
  const std::vector<Claim> claims = make_claims(world, options.claims, options.days, options.seed, ports);
  Outside outside(claims, options.seed);
  Office office(*engine, world, claims, outside, options.seed);

  const auto begin = std::chrono::steady_clock::now();
  const aesop::Instant start = local_instant(nullptr, 0, 0, 0, ports);
  if (auto ready = office.set_up(options.sops, start); !ready) return ready.take_error();
  const std::int64_t half_hour = 30 * aesop::us_per_minute;
  aesop::Instant now = start;
  for (int day = 0; day < options.days; ++day) {
    // The last day ends in the middle: the office is at work when the report is made.
    const int parts = day + 1 < options.days ? 48 : 24;
    for (int part = 0; part < parts; ++part, now = now + half_hour)
      if (auto worked = office.work(now, now + half_hour); !worked) return worked.take_error();
    if (options.progress) options.progress(day + 1, options.days, office.tally());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

  auto findings = read_all(*engine, *billing, *appeals);
  if (!findings) return findings.take_error();
  const ReportInput input{*engine,         **findings,   *billing,     *appeals,      world,
                          office.tally(),  now,          options.top,  options.path,  options.mode,
                          seconds.count(), options.days, options.seed, options.claims};
  if (auto printed = print_report(out, input); !printed) return printed.take_error();
  Outcome outcome{(*findings)->digest, (*findings)->events, (*findings)->incidents, office.tally().errors};
  outcome.denials = (*findings)->denials.result(aesop::TallyOrder::amount);
  outcome.measures = (*findings)->board.figures();
  outcome.receivables = (*findings)->receivables.result(now, 30);
  outcome.open = (*findings)->open;
  for (const Waiting& one : (*findings)->waiting) outcome.waiting += one.count;
  outcome.adrift = (*findings)->adrift;
  outcome.books = outside.books();
  if (!options.extract.empty()) {
    std::ofstream file(options.extract, std::ios::binary);
    outside.extract(file);
    if (!file.flush())
      return aesop::Error{aesop::ErrorCode::io_error, aesop::cat("cannot write ", options.extract)};
  }
  outcome.now = now;
  return outcome;
}

}  // namespace demo
