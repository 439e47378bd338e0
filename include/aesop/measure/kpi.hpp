// The measures of an SOP (`kpis`) evaluated over facts, with their targets. Part measure; reads definitions
// of model.
#pragma once

#include "aesop/measure/cohort.hpp"
#include "aesop/measure/target.hpp"
#include "aesop/model/definition.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// One measure at one moment.
struct Figure {
  std::string id = {};
  std::string title = {};
  std::string owner = {};             ///< role that answers for it
  bool is_days = false;               ///< mean of elapsed days; else a share, or a plain count
  bool is_count = false;              ///< neither: `count` without `over`; value is the count
  std::optional<Decimal> value = {};  ///< nullopt: nothing to measure in the period
  std::optional<Decimal> p90 = {};    ///< of days, also of those that are counted `within` a time
  std::int64_t count = 0;             ///< runs counted; of days: runs that came to the second moment
  std::int64_t over = 0;              ///< runs that could have counted; of days: those that came to the first
  Target target = {};
  Band band = Band::none;
};

inline Target target_of(const KpiDefinition& kpi) {
  const auto decimal = [](const std::optional<Value>& value) -> std::optional<Decimal> {
    if (!value || !value->is_number()) return std::nullopt;
    return value->as_decimal();
  };
  return {decimal(kpi.at_least), decimal(kpi.at_most), decimal(kpi.strong)};
}

/// Every measure of one SOP. Feed facts of its runs with add(), then ask as often as you like.
class KpiBoard {
 public:
  explicit KpiBoard(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {
    const auto names = [](const std::vector<Text>& texts) {
      std::vector<std::string> out;
      for (const Text& text : texts) out.push_back(text.text);
      return out;
    };
    for (const KpiDefinition& kpi : definition_->kpis) {
      Row row{&kpi, std::nullopt, std::nullopt};
      if (kpi.days_between.size() == 2)
        row.days.emplace(kpi.days_between[0].text, kpi.days_between[1].text,
                         kpi.within.span ? kpi.within.span->amount : 0);
      else
        row.share.emplace(names(kpi.count), names(kpi.over), names(kpi.exclude));
      rows_.push_back(std::move(row));
    }
  }

  void add(const Fact& fact) {
    for (Row& row : rows_) {
      if (row.share) row.share->add(fact);
      if (row.days) row.days->add(fact);
    }
  }

  /// Figures in the order of the file. The caller gives the period: what `window` means on a day is a
  /// calendar's to say.
  std::vector<Figure> figures(Period period = {}, std::string_view scope = {}) const {
    std::vector<Figure> out;
    for (const Row& row : rows_) out.push_back(figure(row, period, scope));
    return out;
  }

  /// What each of figures() of the same period and scope was computed from, in the same order.
  std::vector<Lineage> lineage(Period period = {}, std::string_view scope = {}) const {
    std::vector<Lineage> out;
    for (const Row& row : rows_)
      out.push_back(row.days ? row.days->lineage(row.kpi->within.given(), period, scope)
                             : row.share->lineage(period, scope));
    return out;
  }

  const Definition& definition() const { return *definition_; }

 private:
  struct Row {
    const KpiDefinition* kpi;
    std::optional<CountFold> share;
    std::optional<DaysFold> days;
  };

  static Figure figure(const Row& row, Period period, std::string_view scope) {
    Figure out;
    out.id = row.kpi->id.text;
    out.title = row.kpi->title.empty() ? out.id : row.kpi->title;
    out.owner = row.kpi->owner.text;
    out.target = target_of(*row.kpi);
    if (row.days) {
      const Days days = row.days->result(period, scope);
      out.is_days = !row.kpi->within.given();
      out.value = out.is_days ? days.mean() : days.within.value();
      out.p90 = days.p90();
      out.count = out.is_days ? static_cast<std::int64_t>(days.days.size()) : days.within.count;
      out.over = days.within.over;
    } else {
      const Share share = row.share->result(period, scope);
      out.is_count = row.kpi->over.empty();
      out.value = out.is_count ? std::optional<Decimal>(Decimal(share.count)) : share.value();
      out.count = share.count;
      out.over = share.over;
    }
    out.band = out.target.band(out.value);
    return out;
  }

  std::shared_ptr<const Definition> definition_;  // keeps the KpiDefinitions alive
  std::vector<Row> rows_;
};

}  // namespace v0
}  // namespace aesop
