// Counting runs and days between two moments of a run: the two forms a measure of an SOP has. Part measure.
//
// (1) Runs are counted, not facts: an order that was sent three times is one order.
// (2) A run belongs to a period by the first of its `over` (or `from`) moments. What it is counted for may
// come later:
//     the cohort of October keeps improving in November. State the day a figure was taken.
// (3) A run with an `exclude` moment, whenever, is in neither number.
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

/// The event that put a run into a figure.
struct FactRef {
  std::string run = {};
  std::uint64_t revision = 0;  ///< of the run after the event
  std::uint64_t entry = 0;     ///< number of the event in the log
  friend bool operator==(const FactRef&, const FactRef&) = default;
};

/// What a figure was computed from: an event for each run, in order of run id.
struct Lineage {
  std::vector<FactRef> count = {};  ///< why a run is counted: its first moment that counts
  std::vector<FactRef> over = {};   ///< why it could have counted: the moment that put it into the period
};

namespace detail {
/// The earliest fact of a kind that a run had.
struct FirstFact {
  std::optional<Instant> at = {};
  std::uint64_t revision = 0, entry = 0;
  void take(const Fact& fact) {
    if (at && *at <= fact.at) return;
    at = fact.at, revision = fact.revision, entry = fact.entry;
  }
  FactRef of(const std::string& run) const { return {run, revision, entry}; }
};
}  // namespace detail

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
            std::vector<std::string> exclude = {})
      : count_(std::move(count)), over_(std::move(over)), exclude_(std::move(exclude)) {}

  void add(const Fact& fact) {
    const bool counts = detail::one_of(count_, fact.moment);
    const bool enters = over_.empty() ? counts : detail::one_of(over_, fact.moment);
    const bool leaves = detail::one_of(exclude_, fact.moment);
    if (!counts && !enters && !leaves) return;
    Run& run = runs_[fact.run];
    run.scope = fact.scope;
    run.excluded |= leaves;
    if (counts) run.counted.take(fact);
    if (enters) run.entered.take(fact);
  }

  /// Of the runs that belong to `period` and lie in `scope` (empty: everywhere).
  Share result(Period period = {}, std::string_view scope = {}) const {
    Share share;
    for (const auto& [id, run] : runs_) {
      if (!run.belongs(period, scope)) continue;
      ++share.over;
      if (!run.counted.at) continue;
      ++share.count;
      share.runs.push_back(id);
    }
    return share;
  }

  /// What result() of the same period and scope rests on.
  Lineage lineage(Period period = {}, std::string_view scope = {}) const {
    Lineage out;
    for (const auto& [id, run] : runs_) {
      if (!run.belongs(period, scope)) continue;
      out.over.push_back(run.entered.of(id));
      if (run.counted.at) out.count.push_back(run.counted.of(id));
    }
    return out;
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
    detail::FirstFact entered, counted;
    bool excluded = false;
    bool belongs(Period period, std::string_view where) const {
      return !excluded && entered.at && period.holds(*entered.at) && scope_contains(where, scope);
    }
  };
  std::vector<std::string> count_, over_, exclude_;
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
  DaysFold(std::string from, std::string to, std::int64_t within_us = 0)
      : from_(std::move(from)), to_(std::move(to)), within_us_(within_us) {}

  void add(const Fact& fact) {
    if (fact.moment != from_ && fact.moment != to_) return;
    Run& run = runs_[fact.run];
    run.scope = fact.scope;
    if (fact.moment == from_) run.from.take(fact);
    if (fact.moment == to_) run.to.emplace_back().take(fact);
  }

  Days result(Period period = {}, std::string_view scope = {}) const {
    Days out;
    for (const auto& [id, run] : runs_) {
      if (!run.belongs(period, scope)) continue;
      const detail::FirstFact* to = run.end();
      ++out.within.over;
      if (to == nullptr) {
        ++out.open;
        continue;
      }
      out.days.push_back(days_between(*run.from.at, *to->at));
      if (*to->at - *run.from.at > within_us_) continue;
      ++out.within.count;
      out.within.runs.push_back(id);
    }
    return out;
  }

  /// What result() of the same period and scope rests on: `over` the first moments, `count` the second ones, with
  /// `within` only those that came in the fold's time.
  Lineage lineage(bool within, Period period = {}, std::string_view scope = {}) const {
    Lineage out;
    for (const auto& [id, run] : runs_) {
      if (!run.belongs(period, scope)) continue;
      out.over.push_back(run.from.of(id));
      const detail::FirstFact* to = run.end();
      if (to != nullptr && (!within || *to->at - *run.from.at <= within_us_)) out.count.push_back(to->of(id));
    }
    return out;
  }

 private:
  struct Run {
    std::string scope;
    detail::FirstFact from;
    std::vector<detail::FirstFact> to;
    bool belongs(Period period, std::string_view where) const {
      return from.at && period.holds(*from.at) && scope_contains(where, scope);
    }
    /// The first second moment that is not before the first one.
    const detail::FirstFact* end() const {
      const detail::FirstFact* found = nullptr;
      for (const detail::FirstFact& one : to)
        if (*one.at >= *from.at && (found == nullptr || *one.at < *found->at)) found = &one;
      return found;
    }
  };
  std::string from_, to_;
  std::int64_t within_us_;
  std::map<std::string, Run> runs_;
};

}  // namespace v0
}  // namespace aesop
