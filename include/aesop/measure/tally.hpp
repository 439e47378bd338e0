// Tally: how often and for how much, by the fields of what happened, e.g. faults by code with their root
// causes. Part measure. A case is opened by one moment (an event, or an instance of an `each`) and may be
// labelled by a later one of the same run and instance (the form of a step).
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/measure/figure.hpp"
#include "aesop/value/print.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What a TallyFold groups by.
struct TallySpec {
  std::string opens = {};   ///< moment that makes a case
  std::string key = {};     ///< field of its data to group by
  std::string amount = {};  ///< field of its data to add up; empty: count only
  std::string labels = {};  ///< moment that labels it, "" for none
  std::string label = {};   ///< field of that moment's data
};

struct TallyRow {
  std::string key = {};
  std::int64_t cases = 0;
  Decimal amount = {};
  std::vector<std::pair<std::string, std::int64_t>> labels = {};  ///< most frequent first, then by name
  std::int64_t unlabelled = 0;
};

/// Rows are ranked by volume or by amount; equal ones by key.
enum class TallyOrder : std::uint8_t { cases, amount };

class TallyFold {
 public:
  explicit TallyFold(TallySpec spec) : spec_(std::move(spec)) {}

  void add(const Fact& fact) {
    if (fact.moment == spec_.opens) {
      // An event that recurs in one run, outside of instances, makes one case each.
      const auto number = fact.instance == 0 ? ++numbers_[fact.run] : 0;
      Case& opened = cases_[Id{fact.run, fact.instance, number}];
      opened.at = fact.at;
      opened.scope = fact.scope;
      opened.key = text(fact.data.get(spec_.key));
      if (const Value& amount = fact.data.get(spec_.amount); amount.is_number())
        opened.amount = amount.as_decimal();
    }
    if (!spec_.labels.empty() && fact.moment == spec_.labels) {
      const auto number = fact.instance == 0 ? numbers_[fact.run] : 0;
      const auto found = cases_.find(Id{fact.run, fact.instance, number});
      if (found != cases_.end())
        found->second.label = text(fact.data.get(spec_.label));  // the last one counts
    }
  }

  std::vector<TallyRow> result(TallyOrder order = TallyOrder::cases, Period period = {},
                               std::string_view scope = {}) const {
    std::map<std::string, TallyRow> rows;
    std::map<std::string, std::map<std::string, std::int64_t>> labels;
    for (const auto& [id, one] : cases_) {
      if (!period.holds(one.at) || !scope_contains(scope, one.scope)) continue;
      TallyRow& row = rows[one.key];
      row.key = one.key;
      ++row.cases;
      row.amount = aesop::add(row.amount, one.amount).value_or(row.amount);
      if (one.label.empty())
        ++row.unlabelled;
      else
        ++labels[one.key][one.label];
    }
    std::vector<TallyRow> out;
    for (auto& [key, row] : rows) {
      row.labels.assign(labels[key].begin(), labels[key].end());
      std::stable_sort(row.labels.begin(), row.labels.end(),
                       [](const auto& a, const auto& b) { return a.second > b.second; });
      out.push_back(std::move(row));
    }
    std::stable_sort(out.begin(), out.end(), [order](const TallyRow& a, const TallyRow& b) {
      return order == TallyOrder::cases ? a.cases > b.cases : a.amount > b.amount;
    });
    return out;
  }

 private:
  struct Id {
    std::string run;
    std::uint32_t instance = 0;
    std::int64_t number = 0;
    friend auto operator<=>(const Id&, const Id&) = default;
  };
  struct Case {
    Instant at = {};
    std::string scope, key, label;
    Decimal amount = {};
  };

  static std::string text(const Value& value) {
    if (value.is_null() || value.is_erased()) return {};
    return value.is_string() ? std::string(value.as_string()) : to_string(value);
  }

  TallySpec spec_;
  std::map<Id, Case> cases_;
  std::map<std::string, std::int64_t> numbers_;
};

}  // namespace v0
}  // namespace aesop
