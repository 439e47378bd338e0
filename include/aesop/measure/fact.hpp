// Fact: one thing that happened to one run, as measures see it; and how run events become facts. Part
// measure; depends on run. Measures are folds over a stream of facts, which may as well come from elsewhere
// (an extract of a host).
//
// (1) A moment has the name that a measure of an SOP uses: an event ("order.sent"), "STEP.entered",
// "STEP.completed",
//     "STEP.skipped", "STEP.lapsed", "STEP.opened" (an instance of an `each`), "run.started", "run.closed".
// (2) `at` is when it occurred, not when it was recorded: a late fact counts where it belongs.
// (3) Facts of a run come in the order of its log; facts of different runs in any order.
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/run/event.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

struct Fact {
  std::string run = {};
  std::string scope = {};      ///< of the run: org/region/clinic
  std::string moment = {};     ///< see (1)
  Instant at = {};             ///< see (2)
  std::uint32_t instance = 0;  ///< of an `each`; 0 is the run itself
  Value data = {};  ///< payload of an event, form of a completed step, element of an instance; may be null
  std::uint64_t entry =
      0;  ///< number of the log entry behind it, so that a measure can be traced; 0: not known
  std::uint64_t revision = 0;  ///< of the run after that entry; 0: not known
};

/// Makes facts of run events. Remembers of each run what its events do not repeat: its scope, and the steps
/// that are open. Feed it all events of a run from its start; runs may be interleaved. Not for use from two
/// threads at once.
class FactReader {
 public:
  /// The facts of one event of `run`: none, one or two.
  std::vector<Fact> read(std::string_view run, const Event& event, std::uint64_t entry = 0,
                         std::uint64_t revision = 0) {
    std::vector<Fact> facts;
    Run& memory = runs_[std::string(run)];
    const auto add = [&](std::string moment, InstanceId instance, Value data) {
      facts.push_back({std::string(run), memory.scope, std::move(moment), event.occurred(), instance,
                       std::move(data), entry, revision});
    };
    if (const auto* started = event.as<RunStarted>()) {
      memory.scope = started->scope;
      add("run.started", 0, event.data.get("set"));
    } else if (const auto* entered = event.as<StepEntered>()) {
      memory.open[entered->token] = entered->instance;
      add(cat(entered->step, ".entered"), entered->instance, {});
    } else if (const auto* done = event.as<TaskCompleted>()) {
      memory.forms[done->token] = event.data.get("form");
    } else if (const auto* served = event.as<ServiceCompleted>()) {
      memory.forms[served->token] = event.data.get("form");
    } else if (const auto* left = event.as<StepLeft>()) {
      if (memory.open.erase(left->token) == 0)
        add(cat(left->step, ".entered"), left->instance, {});  // decided at once
      Value form;
      if (const auto found = memory.forms.find(left->token); found != memory.forms.end()) {
        form = found->second;
        memory.forms.erase(found);
      }
      add(cat(left->step, '.', word(left->reason)), left->instance, std::move(form));
    } else if (const auto* joined = event.as<JoinFired>()) {
      add(cat(joined->step, ".entered"), joined->instance, {});
      add(cat(joined->step, ".completed"), joined->instance, {});
    } else if (const auto* opened = event.as<InstanceOpened>()) {
      add(cat(opened->step, ".opened"), opened->instance, event.data.get("item"));
      if (!opened->event.empty()) facts.back().at = opened->occurred;
    } else if (const auto* recorded = event.as<EventRecorded>()) {
      if (recorded->applies) add(recorded->event, 0, event.data.get("payload"));
    } else if (const auto* closed = event.as<RunClosed>()) {
      add("run.closed", 0, Value::string(closed->outcome));
      memory.open.clear();
      memory.forms.clear();
    }
    return facts;
  }

 private:
  struct Run {
    std::string scope;
    std::map<TokenId, InstanceId> open;
    std::map<TokenId, Value> forms;
  };

  static std::string_view word(LeaveReason reason) {
    return EnumNames<LeaveReason>::names[static_cast<int>(reason)];
  }

  std::map<std::string, Run, std::less<>> runs_;
};

/// A span of time in which something counts: from `from` to before `until`.
struct Period {
  Instant from = {INT64_MIN};
  Instant until = {INT64_MAX};
  bool holds(Instant at) const { return at >= from && at < until; }
};

}  // namespace v0
}  // namespace aesop
