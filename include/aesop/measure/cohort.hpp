// Counting runs and days between two moments of a run: the two forms a measure of an SOP has. Part measure.
//
// (1) Runs are counted, not facts: an order that was sent three times is one order.
// (2) A run belongs to a period by the first of its `over` (or `from`) moments. What it is counted for may
// come later:
//     the cohort of October keeps improving in November. State the day a figure was taken.
// (3) A run with an `exclude` moment, whenever, is in neither number.
// (4) Where a run holds many cases (a log, a contract), each occurrence may be counted instead: then every moment
//     belongs to the period of its own time, and days go from each first moment to the next second one of its run
//     and instance.
// Folds are plain values: copy one to fork it. The order of facts of different runs does not matter.
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/measure/figure.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {
inline bool one_of(const std::vector<std::string>& moments, std::string_view moment) {
  return std::find(moments.begin(), moments.end(), moment) != moments.end();
}
}  // namespace detail

/// What is counted: runs, or every occurrence of the moments.
enum class CountPer : std::uint8_t { run, occurrence };

/// Result of a CountFold.
struct Share {
  std::int64_t count = 0;
  std::int64_t over = 0;  ///< runs that could have counted; equals count when the measure has no `over`
  std::vector<std::string> runs = {};  ///< counted ones, in order: the evidence behind the figure
  /// count / over; nullopt when over is zero.
  std::optional<Decimal> value() const { return ratio(Decimal(count), Decimal(over)); }
};

/// How many runs came to one of the moments `count`, out of those that came to one of `over` (all runs that
/// came to `count`, when `over` is empty).
class CountFold {
 public:
  CountFold(std::vector<std::string> count, std::vector<std::string> over,
            std::vector<std::string> exclude = {}, CountPer per = CountPer::run)
      : count_(std::move(count)), over_(std::move(over)), exclude_(std::move(exclude)), per_(per) {}

  void add(const Fact& fact) {
    const bool counts = detail::one_of(count_, fact.moment);
    const bool enters = over_.empty() ? counts : detail::one_of(over_, fact.moment);
    const bool leaves = detail::one_of(exclude_, fact.moment);
    if (!counts && !enters && !leaves) return;
    Run& run = runs_[fact.run];
    run.scope = fact.scope;
    run.counts |= counts;
    run.excluded |= leaves;
    if (enters && (!run.entered || fact.at < *run.entered)) run.entered = fact.at;
    if (per_ == CountPer::run) return;
    if (counts) run.counted_at.push_back(fact.at);
    if (enters) run.entered_at.push_back(fact.at);
  }

  /// Of the runs that belong to `period` and lie in `scope` (empty: everywhere).
  Share result(Period period = {}, std::string_view scope = {}) const {
    Share share;
    for (const auto& [id, run] : runs_) {
      if (per_ == CountPer::occurrence) {
        if (run.excluded || !scope_contains(scope, run.scope)) continue;
        const auto within = [&](const std::vector<Instant>& times) {
          return std::count_if(times.begin(), times.end(), [&](Instant at) { return period.holds(at); });
        };
        const auto counted = within(run.counted_at);
        share.count += counted;
        share.over += within(run.entered_at);
        if (counted > 0) share.runs.push_back(id);
        continue;
      }
      if (run.excluded || !run.entered || !period.holds(*run.entered) || !scope_contains(scope, run.scope))
        continue;
      ++share.over;
      if (!run.counts) continue;
      ++share.count;
      share.runs.push_back(id);
    }
    return share;
  }

  /// result() of every scope that a run has, in order of scope.
  std::vector<std::pair<std::string, Share>> by_scope(Period period = {}) const {
    std::map<std::string, Share> shares;
    for (const auto& [id, run] : runs_) shares.try_emplace(run.scope);
    std::vector<std::pair<std::string, Share>> out;
    for (const auto& [scope, unused] : shares) out.emplace_back(scope, result(period, scope));
    return out;
  }

 private:
  struct Run {
    std::string scope;
    std::optional<Instant> entered;
    bool counts = false;
    bool excluded = false;
    std::vector<Instant> counted_at, entered_at;  // per occurrence
  };
  std::vector<std::string> count_, over_, exclude_;
  CountPer per_ = CountPer::run;
  std::map<std::string, Run> runs_;
};

/// Result of a DaysFold: elapsed days, one figure a run that came from the first to the second moment.
struct Days {
  std::vector<Decimal> days = {};  ///< in order of run id
  std::int64_t open = 0;           ///< runs that came to the first moment and not yet to the second
  Share within = {};  ///< runs that made it in the fold's time, out of all that came to the first
  std::optional<Decimal> mean() const { return aesop::mean(days); }
  std::optional<Decimal> median() const { return percentile(days, 50); }
  std::optional<Decimal> p90() const { return percentile(days, 90); }
};

/// Days from the first `from` of a run to the first `to` that is not before it; and how many runs took at most
/// `within_us` for it. A run that is still on its way has not made it yet, so a share of a period that has just
/// ended still grows.
class DaysFold {
 public:
  DaysFold(std::string from, std::string to, std::int64_t within_us = 0, CountPer per = CountPer::run)
      : from_(std::move(from)), to_(std::move(to)), within_us_(within_us), per_(per) {}

  void add(const Fact& fact) {
    if (fact.moment != from_ && fact.moment != to_) return;
    Run& run = runs_[{fact.run, per_ == CountPer::run ? 0 : fact.instance}];
    run.scope = fact.scope;
    if (fact.moment == from_) run.from.push_back(fact.at);
    if (fact.moment == to_) run.to.push_back(fact.at);
  }

  Days result(Period period = {}, std::string_view scope = {}) const {
    Days out;
    for (const auto& [key, run] : runs_) {
      if (run.from.empty() || !scope_contains(scope, run.scope)) continue;
      for (const auto& [from, to] : spans(run)) {
        if (!period.holds(from)) continue;
        ++out.within.over;
        if (!to) {
          ++out.open;
          continue;
        }
        out.days.push_back(days_between(from, *to));
        if (*to - from > within_us_) continue;
        ++out.within.count;
        if (out.within.runs.empty() || out.within.runs.back() != key.first)
          out.within.runs.push_back(key.first);
      }
    }
    return out;
  }

 private:
  struct Run {
    std::string scope;
    std::vector<Instant> from;
    std::vector<Instant> to;
  };
  using Span = std::pair<Instant, std::optional<Instant>>;

  // From the first moment to the next second one; per occurrence again from the next first moment behind that.
  std::vector<Span> spans(const Run& run) const {
    std::vector<Instant> from = run.from, to = run.to;
    std::sort(from.begin(), from.end());
    std::sort(to.begin(), to.end());
    if (per_ == CountPer::run) from.resize(1);
    std::vector<Span> out;
    for (const Instant at : from) {
      if (!out.empty() && (!out.back().second || at < *out.back().second)) continue;
      const auto end = std::lower_bound(to.begin(), to.end(), at);
      out.emplace_back(at, end == to.end() ? std::nullopt : std::optional<Instant>(*end));
    }
    return out;
  }

  std::string from_, to_;
  std::int64_t within_us_;
  CountPer per_ = CountPer::run;
  std::map<std::pair<std::string, std::uint32_t>, Run> runs_;
};

}  // namespace v0
}  // namespace aesop
