// The billing office of the demo: the host of the engine. It feeds what the outside world reports, lets time pass,
// carries out the effects of the outbox, and lets its people work on the worklist. Everything goes through the public
// interface of Engine; nobody here knows what a claim may do next but Aesop.
#pragma once

#include "claims.hpp"
#include "outside.hpp"
#include "random.hpp"
#include "world.hpp"

#include "aesop/aesop.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

/// What was done, for the report.
struct Tally {
  std::int64_t commands = 0;
  std::int64_t feed_events = 0;
  std::int64_t feed_batches = 0;
  std::int64_t timers = 0;
  std::map<std::string, std::int64_t> refused;  ///< commands by reason
  std::map<std::string, std::int64_t> effects;  ///< by kind
  std::vector<std::string> errors;              ///< must stay empty
};

class Office {
 public:
  Office(aesop::Engine& engine, const World& world, const std::vector<Claim>& claims, Outside& outside,
         std::uint64_t seed);

  /// Publishes the SOPs and registers people, calendars and parameters. The first thing that fails.
  aesop::Status set_up(const std::vector<std::string>& sop_files, aesop::Instant now);

  /// Half an hour, from `now` on: feed, timers, outbox, people.
  aesop::Status work(aesop::Instant now, aesop::Instant until);

  const Tally& tally() const { return tally_; }

 private:
  struct Todo {
    aesop::Instant ready;
    std::uint64_t order;
    aesop::WorkItem item;
  };

  // office.cpp
  aesop::Request request(std::string_view actor, aesop::Instant at, std::string_view run = {});
  aesop::Value command(std::string_view verb, aesop::Instant at, std::vector<aesop::Entry> rest);
  /// Submits and counts; nullopt when refused or failed.
  std::optional<aesop::Value> submit(std::string_view actor, aesop::Instant at, std::string_view run,
                                     aesop::CommandBody body);
  aesop::Status feed(aesop::Instant now);
  aesop::Status drain(aesop::Instant now);
  void carry_out(const aesop::OutboxItem& effect, aesop::Instant now);
  std::size_t claim_of(std::string_view number) const;

  // staff.cpp
  /// The same for the same work in every run of the demo, unlike ids of runs, which come from the store.
  static std::string name_of(const aesop::WorkItem& item);
  bool present(const Person& person, aesop::Instant now) const;
  std::vector<const Person*> candidates(const aesop::WorkItem& item, aesop::Instant now) const;
  std::int64_t delay(const aesop::WorkItem& item, Random& random) const;
  void plan(const aesop::WorkItem& item, aesop::Instant now);
  /// When to try again, if it was not done.
  std::optional<aesop::Instant> act(const aesop::WorkItem& item, aesop::Instant now);
  std::optional<aesop::Instant> do_task(const aesop::WorkItem& item, const Person& person,
                                        aesop::Instant now);
  std::optional<aesop::Instant> deviate(const aesop::WorkItem& item, const Person& person, aesop::Instant now,
                                        bool& handled);
  void tick_optional(const aesop::WorkItem& item, const Person& person, aesop::Instant now);
  void attach(const aesop::WorkItem& item, const std::string& what, const Person& person, aesop::Instant now);
  void tick(const aesop::WorkItem& item, const std::string& what, const Person& person, aesop::Instant now);
  void tick_items(const aesop::WorkItem& item, const Person& person, const Claim& claim, aesop::Instant now);
  void after_task(const aesop::WorkItem& item, std::size_t claim, int line, aesop::Instant now);
  aesop::TaskAddress address(const aesop::WorkItem& item) const;

  aesop::Engine& engine_;
  const World& world_;
  const std::vector<Claim>& claims_;
  Outside& outside_;
  std::uint64_t seed_;
  std::uint64_t commands_ = 0;
  std::uint64_t cursor_ = 0;
  std::uint64_t order_ = 0;
  Tally tally_;
  std::map<std::string, std::size_t, std::less<>> by_number_;
  std::map<std::string, aesop::Instant> planned_;  ///< by task, kind and visit: when somebody gets to it
  std::set<std::string> looked_for_;               ///< attachments steps at which one was missing at first
  struct Acknowledgement {
    aesop::Instant at;
    std::string run, handoff, role, scope;
  };
  std::vector<Acknowledgement> acknowledgements_;
};

/// The form that a person fills in at a step; null when the step has none.
aesop::Value form_for(std::string_view step, std::uint32_t visit, const Claim& claim, const Denial* denial,
                      const Outside& outside, std::size_t index, int line, Random& random);

}  // namespace demo
