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

/// The event that put a run into a figure.
struct FactRef {
  std::string run = {};
  std::uint64_t revision = 0;  ///< of the run after the event
  std::uint64_t entry = 0;     ///< number of the event in the log
  friend bool operator==(const FactRef&, const FactRef&) = default;
};

/// What a figure was computed from: an event for each run, or each occurrence, in order of run id.
struct Lineage {
  std::vector<FactRef> count = {};  ///< why a run is counted: its first moment that counts
  std::vector<FactRef> over = {};   ///< why it could have counted: the moment that put it into the period
};

/// What is counted: runs, or every occurrence of the moments.
enum class CountPer : std::uint8_t { run, occurrence };

namespace detail {
/// A moment that a run came to, and its event.
struct Came {
  Instant at = {};
  std::uint64_t revision = 0, entry = 0;
  FactRef of(const std::string& run) const { return {run, revision, entry}; }
};

/// Keeps a moment: of a run that is counted once only the earliest.
inline void keep(std::vector<Came>& all, const Fact& fact, CountPer per) {
  const Came came{fact.at, fact.revision, fact.entry};
  if (per == CountPer::occurrence || all.empty())
    all.push_back(came);
  else if (came.at < all.front().at)
    all.front() = came;
}
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
            std::vector<std::string> exclude = {}, CountPer per = CountPer::run)
      : count_(std::move(count)), over_(std::move(over)), exclude_(std::move(exclude)), per_(per) {}

  void add(const Fact& fact) {
    const bool counts = detail::one_of(count_, fact.moment);
    const bool enters = over_.empty() ? counts : detail::one_of(over_, fact.moment);
    const bool leaves = detail::one_of(exclude_, fact.moment);
    if (!counts && !enters && !leaves) return;
    Run& run = runs_[fact.run];
    run.scope = fact.scope;
    run.excluded |= leaves;
    if (counts) detail::keep(run.counted, fact, per_);
    if (enters) detail::keep(run.entered, fact, per_);
  }

  /// Of the runs, or occurrences, that belong to `period` and lie in `scope` (empty: everywhere).
  Share result(Period period = {}, std::string_view scope = {}) const {
    Share share;
    walk(period, scope, [&](const std::string& id, const Came* counted, const Came* entered) {
      share.over += entered != nullptr;
      if (counted == nullptr) return;
      ++share.count;
      if (share.runs.empty() || share.runs.back() != id) share.runs.push_back(id);
    });
    return share;
  }

  /// What result() of the same period and scope rests on.
  Lineage lineage(Period period = {}, std::string_view scope = {}) const {
    Lineage out;
    walk(period, scope, [&](const std::string& id, const Came* counted, const Came* entered) {
      if (entered != nullptr) out.over.push_back(entered->of(id));
      if (counted != nullptr) out.count.push_back(counted->of(id));
    });
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
  using Came = detail::Came;
  struct Run {
    std::string scope;
    std::vector<Came> entered, counted;
    bool excluded = false;
  };

  /// Calls seen(run, counted, entered) for everything that result() counts; null for what there is not.
  template <class Seen>
  void walk(Period period, std::string_view scope, Seen seen) const {
    for (const auto& [id, run] : runs_) {
      if (run.excluded || !scope_contains(scope, run.scope)) continue;
      if (per_ == CountPer::run) {
        if (run.entered.empty() || !period.holds(run.entered.front().at)) continue;
        seen(id, run.counted.empty() ? nullptr : &run.counted.front(), &run.entered.front());
        continue;
      }
      for (const Came& one : run.entered)
        if (period.holds(one.at)) seen(id, nullptr, &one);
      for (const Came& one : run.counted)
        if (period.holds(one.at)) seen(id, &one, nullptr);
    }
  }

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
    if (fact.moment == from_) detail::keep(run.from, fact, per_);
    if (fact.moment == to_) detail::keep(run.to, fact, CountPer::occurrence);
  }

  Days result(Period period = {}, std::string_view scope = {}) const {
    Days out;
    walk(period, scope, [&](const std::string& id, const Came& from, const Came* to) {
      ++out.within.over;
      if (to == nullptr) {
        ++out.open;
        return;
      }
      out.days.push_back(days_between(from.at, to->at));
      if (to->at - from.at > within_us_) return;
      ++out.within.count;
      if (out.within.runs.empty() || out.within.runs.back() != id) out.within.runs.push_back(id);
    });
    return out;
  }

  /// What result() of the same period and scope rests on: `over` the first moments, `count` the second ones, with
  /// `within` only those that came in the fold's time.
  Lineage lineage(bool within, Period period = {}, std::string_view scope = {}) const {
    Lineage out;
    walk(period, scope, [&](const std::string& id, const Came& from, const Came* to) {
      out.over.push_back(from.of(id));
      if (to != nullptr && (!within || to->at - from.at <= within_us_)) out.count.push_back(to->of(id));
    });
    return out;
  }

 private:
  using Came = detail::Came;
  struct Run {
    std::string scope;
    std::vector<Came> from, to;
  };

  /// Calls seen(run, from, to) for each span: from the first moment to the next second one (null: not yet); per
  /// occurrence again from the next first moment behind that.
  template <class Seen>
  void walk(Period period, std::string_view scope, Seen seen) const {
    const auto earlier = [](const Came& a, const Came& b) { return a.at < b.at; };
    for (const auto& [key, run] : runs_) {
      if (run.from.empty() || !scope_contains(scope, run.scope)) continue;
      std::vector<Came> from = run.from, to = run.to;
      std::stable_sort(from.begin(), from.end(), earlier);
      std::stable_sort(to.begin(), to.end(), earlier);
      std::optional<Instant> last;  // where the span before ended
      for (const Came& begun : from) {
        if (last && begun.at < *last) continue;
        const auto end = std::lower_bound(to.begin(), to.end(), begun, earlier);
        if (period.holds(begun.at)) seen(key.first, begun, end == to.end() ? nullptr : &*end);
        if (end == to.end()) break;
        last = end->at;
      }
    }
  }

  std::string from_, to_;
  std::int64_t within_us_;
  CountPer per_ = CountPer::run;
  std::map<std::pair<std::string, std::uint32_t>, Run> runs_;
};

}  // namespace v0
}  // namespace aesop
