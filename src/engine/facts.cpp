// What decisions may look up: people, parameters and calendars as they stand in the store.
#include "engine/impl.hpp"
#include "engine/own_json.hpp"

#include "aesop/base/id.hpp"
#include "aesop/model/calendar_text.hpp"
#include "aesop/model/conform.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// Scopes are the host's: there may be any number of them.
constexpr std::size_t most_facts = 10'000;

}  // namespace

void StoreDirectory::assign(const std::vector<StoredPerson>& people) {
  by_role_.clear();
  empty_ = people.empty();
  for (const StoredPerson& person : people)
    for (const StoredPerson::Grant& grant : person.grants)
      by_role_[grant.role].push_back({grant.scope, person.id});
}

std::vector<std::string> StoreDirectory::people(std::string_view role, std::string_view scope) const {
  std::vector<std::string> found;
  const auto grants = by_role_.find(role);
  if (grants == by_role_.end()) return found;
  for (const Grant& grant : grants->second)
    if (scope_contains(grant.scope, scope)) found.push_back(grant.person);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool StoreDirectory::holds(std::string_view person, std::string_view role, std::string_view scope) const {
  const auto grants = by_role_.find(role);
  if (grants == by_role_.end()) return false;
  return std::any_of(grants->second.begin(), grants->second.end(), [&](const Grant& grant) {
    return grant.person == person && scope_contains(grant.scope, scope);
  });
}

void StoreCalendars::add(const std::string& name, const std::string& scope,
                         std::shared_ptr<const Calendar> calendar) {
  by_name_[name].push_back({scope, std::move(calendar)});
}

const Calendar* StoreCalendars::find(std::string_view name, std::string_view scope) const {
  const auto rows = by_name_.find(name);
  if (rows == by_name_.end()) return nullptr;
  const Row* nearest = nullptr;
  for (const Row& row : rows->second)
    if (scope_contains(row.scope, scope) && (nearest == nullptr || row.scope.size() > nearest->scope.size()))
      nearest = &row;
  return nearest == nullptr ? nullptr : nearest->calendar.get();
}

Status EngineImpl::refresh_administration() {
  if (administration_ && administration_epoch_ == epoch_) return {};
  auto last = store_->administration();
  if (!last) return last.take_error();
  if (administration_ == *last) {
    administration_epoch_ = epoch_;
    return {};
  }
  administration_.reset();  // until all of it is read anew

  auto people = store_->list_people();
  if (!people) return people.take_error();
  auto parameters = store_->list_parameters();
  if (!parameters) return parameters.take_error();
  auto calendars = store_->list_calendars();
  if (!calendars) return calendars.take_error();
  facts_.clear();
  facts_kept_ = 0;
  store_directory_.assign(*people);
  parameters_.clear();
  for (StoredParameter& row : *parameters) {
    auto value = read_own_json(row.value, cat("the parameter \"", row.name, '"'));
    if (!value) return value.take_error();
    parameters_.push_back({std::move(row), value.take()});
  }
  calendars_.clear();
  for (const StoredCalendar& row : *calendars) {
    auto tree = read_json_tree(row.body, no_json_limits);
    Findings findings;
    auto calendar = tree ? read_calendar(*tree, findings) : nullptr;
    if (!calendar)
      return Error{ErrorCode::corrupt, cat("the stored calendar \"", row.name, "\" cannot be read")};
    calendars_.add(row.name, row.scope, std::move(calendar));
  }
  administration_ = *last;
  administration_epoch_ = epoch_;
  return {};
}

const Facts& EngineImpl::facts_for(const Plan& plan, std::string_view scope) {
  if (const auto of_plan = facts_.find(plan.hash()); of_plan != facts_.end())
    if (const auto known = of_plan->second.find(scope); known != of_plan->second.end()) return known->second;
  if (facts_kept_ >= most_facts) {
    facts_.clear();
    facts_kept_ = 0;
  }
  Facts facts;
  facts.ports = options_.ports;
  facts.directory = &directory();
  facts.calendars = &calendars_;
  facts.limits = options_.limits;
  for (const ParameterDefinition& parameter : plan.parameters()) {
    const std::string& name = parameter.type.name;
    // The nearest scope wins; at one scope a value for this SOP over one for every SOP.
    const Parameter* nearest = nullptr;
    for (const Parameter& one : parameters_) {
      const StoredParameter& row = one.row;
      if (row.name != name || (!row.sop.empty() && row.sop != plan.sop()) ||
          !scope_contains(row.scope, scope))
        continue;
      if (nearest == nullptr || row.scope.size() > nearest->row.scope.size() ||
          (row.scope.size() == nearest->row.scope.size() && nearest->row.sop.empty()))
        nearest = &one;
    }
    if (nearest == nullptr) continue;
    // null, and a value for every SOP that is of another type here, leave the SOP's own.
    auto typed = conform(nearest->value, parameter.type);
    if (typed) facts.parameters.emplace_back(name, typed.take());
  }
  ++facts_kept_;
  return facts_[plan.hash()].emplace(std::string(scope), std::move(facts)).first->second;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
