// Days of a level: how many days of average inflow stand open, e.g. days of receivables. Part measure.
//
// level = what came in less what went out, up to a day;  days = level / (inflow of the window / days of the
// window). (1) Amounts are decimals from fields of facts; a fact without its field, or with one that is no
// number, moves nothing
//     and is counted in `unread`.
// (2) With `once`, only the first fact of a moment counts for each run: an invoice that is sent again is no
// new charge.
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/measure/figure.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A flow into the level or out of it: field `field` of the data of `moment`.
struct Flow {
  std::string moment = {};
  std::string field = {};
  bool once = false;
};

/// Result of a LevelFold.
struct Level {
  Decimal open = {};    ///< the level at the end of the period
  Decimal inflow = {};  ///< within the period
  std::int64_t period_days = 0;
  std::int64_t unread = 0;  ///< facts without a usable amount
  /// Days of average inflow that stand open; nullopt without inflow.
  std::optional<Decimal> days() const {
    const auto days_of_open = multiply(open, Decimal(period_days));
    return days_of_open ? ratio(*days_of_open, inflow) : std::nullopt;
  }
};

class LevelFold {
 public:
  LevelFold(std::vector<Flow> in, std::vector<Flow> out) : in_(std::move(in)), out_(std::move(out)) {}

  void add(const Fact& fact) {
    for (const Flow& flow : in_) take(fact, flow, true);
    for (const Flow& flow : out_) take(fact, flow, false);
  }

  /// The level at `until` over the inflow of the `days` days before it.
  Level result(Instant until, std::int64_t days, std::string_view scope = {}) const {
    Level level;
    level.period_days = days;
    level.unread = unread_;
    const Instant from = until - days * us_per_day;
    for (const Move& move : moves_) {
      if (move.at >= until || !scope_contains(scope, move.scope)) continue;
      const Decimal change = move.in ? move.amount : move.amount.negated();
      level.open = aesop::add(level.open, change).value_or(level.open);
      if (move.in && move.at >= from)
        level.inflow = aesop::add(level.inflow, move.amount).value_or(level.inflow);
    }
    return level;
  }

 private:
  struct Move {
    Instant at;
    std::string scope;
    Decimal amount;
    bool in;
  };

  void take(const Fact& fact, const Flow& flow, bool in) {
    if (fact.moment != flow.moment) return;
    const Value& amount = fact.data.get(flow.field);
    if (!amount.is_number()) {
      ++unread_;
      return;
    }
    if (flow.once && !seen_.emplace(fact.run, flow.moment).second) return;
    moves_.push_back({fact.at, fact.scope, amount.as_decimal(), in});
  }

  std::vector<Flow> in_, out_;
  std::vector<Move> moves_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::int64_t unread_ = 0;
};

}  // namespace v0
}  // namespace aesop
