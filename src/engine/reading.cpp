// Reading: worklists, and what blocks a run.
#include "engine/impl.hpp"
#include "engine/work_codec.hpp"

#include "aesop/base/id.hpp"
#include "aesop/run/why.hpp"

#include <algorithm>
#include <set>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Whether a person holds an item, or may take it as far as roles go.
bool concerns(const WorkItem& item, std::string_view person, const DirectoryView& directory) {
  if (!item.owner.empty()) return item.owner == person;
  if (contains(item.excluded, person)) return false;
  if (!item.candidates.empty()) return contains(item.candidates, person);
  for (const std::string& role : item.roles)
    if (contains(directory.people(role, item.scope), person)) return true;
  return false;
}

}  // namespace

Result<std::vector<WorkItem>> EngineImpl::worklist(const TaskFilter& filter) {
  return looked_at([&]() -> Result<std::vector<WorkItem>> {
    std::vector<WorkItem> items;
    if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
    const auto wanted = [&](const WorkItem& item) {
      return (!filter.person || concerns(item, *filter.person, directory())) &&
             (!filter.scope || scope_contains(*filter.scope, item.scope)) &&
             (!filter.role || contains(item.roles, *filter.role));
    };
    if (filter.run) {
      auto run = load_run(*filter.run);
      if (!run) return run.take_error();
      for (const WorkItem& item : (*run)->projection.work)
        if (wanted(item) && items.size() < filter.limit) items.push_back(item);
      return items;
    }
    WorkFilter page;
    page.role = filter.role;
    page.scope = filter.scope;
    std::set<std::pair<RunNumber, std::string>> seen;  // an item of several roles has a row under each
    while (items.size() < filter.limit) {
      // Who asks for ten items has ten read; what the filter does not find is looked for in larger pieces.
      page.limit = std::min<std::size_t>(filter.person ? 500 : filter.limit - items.size(), 500);
      auto rows = store_->list_work(page);
      if (!rows) return rows.take_error();
      for (const StoredWork& row : *rows) {
        if (items.size() >= filter.limit) break;
        auto item = decode_work(row);
        if (!item) return item.take_error();
        if (!wanted(*item)) continue;
        if (item->roles.size() > 1 && !seen.emplace(row.run, row.task).second) continue;
        items.push_back(item.take());
      }
      if (rows->size() < page.limit) break;
      page.after = rows->back();
    }
    return items;
  });
}

Result<std::vector<Obstacle>> EngineImpl::why(std::string_view id, Instant now, std::string_view step) {
  return looked_at([&]() -> Result<std::vector<Obstacle>> {
    if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
    auto run = load_run(id);
    if (!run) return run.take_error();
    return aesop::why(*(*run)->plan, (*run)->state, facts_for(*(*run)->plan, (*run)->state.scope), now, step);
  });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
