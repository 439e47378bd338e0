// Exceptions and emergencies as stories: what was asked for, who decided, what came of it. Part measure; reads events
// of run. Reasons and notes are data and stay out.
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/run/event.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// One voice on an exception, or the review of an emergency.
struct DeviationVoice {
  std::string by = {};      ///< person
  std::string role = {};    ///< empty for a review
  std::string answer = {};  ///< approve, deny, justified, not_justified
  Instant at = {};
};

struct DeviationStory {
  std::string run = {};
  std::string id = {};  ///< x1, x2, ... in the run
  std::string policy = {}, allows = {}, step = {};
  bool emergency = false;
  std::string asked_by = {};
  Instant at = {};
  std::vector<DeviationVoice> voices = {};
  /// waiting, approved, denied, timed_out (denied: nobody decided in time); of an emergency review_owed,
  /// review_overdue, justified, not_justified.
  std::string result = {};
  bool passed_on = false;  ///< nobody decided in time, and the next role was asked
  bool used = false;
  bool expired = false;  ///< the approval was not used in time
};

class DeviationFold {
 public:
  /// Feed all events of a run from its start.
  void add(std::string_view run, const Event& event) {
    if (const auto* started = event.as<RunStarted>()) {
      scopes_[std::string(run)] = started->scope;
    } else if (const auto* asked = event.as<ExceptionRequested>()) {
      open(run, *asked, event, "waiting", false);
    } else if (const auto* invoked = event.as<EmergencyInvoked>()) {
      open(run, *invoked, event, "review_owed", true);
    } else if (const auto* decided = event.as<ExceptionDecided>()) {
      if (auto* story = find(run, decided->id))
        story->voices.push_back(
            {event.actor, decided->role, decided->approve ? "approve" : "deny", event.at});
    } else if (const auto* approved = event.as<ExceptionApproved>()) {
      if (auto* story = find(run, approved->id)) story->result = "approved";
    } else if (const auto* denied = event.as<ExceptionDenied>()) {
      if (auto* story = find(run, denied->id)) story->result = denied->timed_out ? "timed_out" : "denied";
    } else if (const auto* passed = event.as<ExceptionPassedOn>()) {
      if (auto* story = find(run, passed->id)) story->passed_on = true;
    } else if (const auto* used = event.as<ExceptionUsed>()) {
      if (auto* story = find(run, used->id)) story->used = true;
    } else if (const auto* expired = event.as<ExceptionExpired>()) {
      if (auto* story = find(run, expired->id)) story->expired = true;
    } else if (const auto* overdue = event.as<EmergencyReviewOverdue>()) {
      if (auto* story = find(run, overdue->id)) story->result = "review_overdue";
    } else if (const auto* reviewed = event.as<EmergencyReviewed>()) {
      auto* story = find(run, reviewed->id);
      if (story == nullptr) return;
      story->result = reviewed->justified ? "justified" : "not_justified";
      story->voices.push_back({event.actor, {}, story->result, event.at});
    }
  }

  /// Those asked for in `period`, in order of time, then of run and id.
  std::vector<DeviationStory> result(Period period = {}, std::string_view scope = {}) const {
    std::vector<DeviationStory> out;
    for (const auto& [key, story] : stories_) {
      const auto where = scopes_.find(story.run);
      if (period.holds(story.at) && (where == scopes_.end() || scope_contains(scope, where->second)))
        out.push_back(story);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const DeviationStory& a, const DeviationStory& b) { return a.at < b.at; });
    return out;
  }

 private:
  template <class Asked>
  void open(std::string_view run, const Asked& asked, const Event& event, std::string_view result,
            bool emergency) {
    DeviationStory& story = stories_[cat(run, ' ', asked.id)];
    story.run = run;
    story.id = asked.id;
    story.policy = asked.policy;
    story.allows = asked.allows;
    story.step = asked.step;
    story.emergency = emergency;
    story.asked_by = event.actor;
    story.at = event.at;
    story.result = result;
  }
  DeviationStory* find(std::string_view run, const std::string& id) {
    const auto found = stories_.find(cat(run, ' ', id));
    return found == stories_.end() ? nullptr : &found->second;
  }

  std::map<std::string, DeviationStory> stories_;  // by "RUN ID"
  std::map<std::string, std::string, std::less<>> scopes_;
};

}  // namespace v0
}  // namespace aesop
