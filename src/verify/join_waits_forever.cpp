#include "verify/checks.hpp"
#include "verify/steady.hpp"

#include "aesop/model/plan_names.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace aesop {
inline namespace v0 {
namespace verifying {

// Option to complete: from every marking that can come about an end can be reached. What can go wrong, dead ends apart,
// is tokens that wait before joins while nothing moves any more. So the token game of each block is played, with every
// condition taken as it may be, until such a marking is found, or none, or too many markings were seen.
namespace {

constexpr std::size_t max_markings = 20'000;
constexpr std::size_t max_tokens = 64;

// Where a token can be. Places are numbered: a step in work after so many of its "also" rungs fired; a way into a join;
// and one for each join that holds tokens which no way of the join accounts for (they came by a rung beside a step).
using Place = char32_t;
using Marking =
    std::u32string;  // sorted places, one entry a token; behind them what is known of steady conditions
constexpr Place facts = 0x8000'0000;

inline std::size_t tokens_of(const Marking& marking) {
  return static_cast<std::size_t>(std::lower_bound(marking.begin(), marking.end(), facts) - marking.begin());
}

struct Target {
  StepIndex from = 0;
  StepIndex to = 0;
  bool known_way = true;  // false: a join does not count it
};

// One way to leave a place.
struct Option {
  std::vector<Target> to = {};
  bool uncertain = false;  // a condition on data decides, so that other choices may exclude it
  bool closes = false;     // the block ends, whatever is open
  bool stays = false;      // a rung with "also": the token is in work still
  std::vector<std::pair<std::size_t, bool>> needs = {};  // steady conditions and what they must be
};

bool possible(const ConditionText& condition) {
  return condition.kind != ConditionText::Kind::literal || condition.literal;
}
bool uncertain(const ConditionText& condition) { return condition.kind == ConditionText::Kind::feel; }

// Conditions that stand at several steps and whose data nothing changes during a run: what such a one was once it is
// again. By text; only a few of them, because each doubles what there is to see.
class SteadyConditions {
  static constexpr std::size_t most = 8;

 public:
  SteadyConditions(const Definition& file, const Flow& flow) {
    const std::set<std::string_view> steady = steady_names(file);
    std::map<std::string_view, std::set<StepIndex>> steps;
    for (StepIndex i = 0; i < flow.steps().size(); ++i)
      for (const BranchDefinition& branch : flow.at(i).next) {
        if (branch.condition.kind != ConditionText::Kind::feel) continue;
        bool all = true;
        for (const std::string_view word : detail::identifiers(branch.condition.text))
          all = all && (detail::is_feel_word(word) || steady.count(word));
        if (all) steps[branch.condition.text].insert(i);
      }
    for (const auto& [text, at] : steps)
      if (at.size() > 1 && index_.size() < most) index_.emplace(text, index_.size());
  }
  std::optional<std::size_t> find(const ConditionText& condition) const {
    const auto found = index_.find(condition.text);
    if (condition.kind != ConditionText::Kind::feel || found == index_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::map<std::string_view, std::size_t> index_;
};

class Net {
 public:
  Net(const Definition& file, const Flow& flow) : flow_(flow), steady_(file, flow) {
    const std::size_t count = flow.steps().size();
    options_.resize(count);
    also_.resize(count);
    stage_.resize(count, none);
    for (StepIndex i = 0; i < count; ++i) {
      usable_ = usable_ && !flow.steps()[i].unresolved && flow.at(i).kind != StepKind::any &&
                flow.at(i).kind != StepKind::call;
      add_options(i);
    }
    for (std::size_t s = 0; s < file.stages.size(); ++s) add_stage(file.stages[s]);
    for (StepIndex i = 0; i < count; ++i) {
      first_place_.push_back(static_cast<Place>(places_.size()));
      for (std::size_t k = 0; k <= also_[i].size(); ++k) places_.push_back({i, i, k});
    }
    for (StepIndex i = 0; i < count; ++i)
      if (flow.at(i).kind == StepKind::join) add_join(i);
    if (!flow.owner()) add_clocks(file);
  }

  bool usable() const { return usable_; }

  // The marking a block begins with, and those that clocks make of any other.
  std::vector<Marking> starts() const {
    std::vector<Marking> out;
    const auto start = [&](const std::vector<Target>& targets) {
      Marking marking;
      for (const Target& target : targets) arrive(marking, target);
      out.push_back(std::move(marking));
    };
    const Target first{0, 0, false};
    start({first});
    for (const Target& target : beside_) start({first, target});
    for (const Target& target : restarts_) start({target});
    return out;
  }

  struct Next {
    Marking marking;
    StepIndex from, to;  // the move, for people
    bool moved;          // false: a token left the block
    bool choice, uncertain;
  };

  // What can come of a marking. Tokens in work do not disturb each other, so whichever moves first, the same dead
  // markings come about: one of them is enough. Only a stage that is broken off takes several at once.
  std::vector<Next> next(const Marking& marking) const {
    std::vector<Next> out;
    Place before = none_place;
    bool moved = false;
    for (const Place place : marking) {
      if (place == before || waits(place)) continue;
      before = place;
      const auto [step, from, fired] = places_[place];
      if (moved && breaks_.empty()) break;
      moved = true;
      std::vector<const Option*> all;
      for (const Option& option : options_[step]) all.push_back(&option);
      if (fired < also_[step].size()) all.push_back(&also_[step][fired]);
      for (const Option* option : all) {
        if (option->closes) continue;  // the block ends here, and well
        const auto denied = [&](const std::pair<std::size_t, bool>& need) {
          return marking.find(fact(need.first, !need.second)) != Marking::npos;
        };
        if (std::any_of(option->needs.begin(), option->needs.end(), denied)) continue;
        Next made{marking, step, step, false, all.size() > 1, option->uncertain};
        made.marking.erase(made.marking.find(place), 1);
        if (option->stays) insert(made.marking, place + 1);
        for (const auto& [condition, is] : option->needs)
          if (made.marking.find(fact(condition, is)) == Marking::npos)
            insert(made.marking, fact(condition, is));
        for (const Target& target : option->to) {
          made.to = target.to;
          made.moved = true;
          arrive(made.marking, target);
        }
        out.push_back(std::move(made));
      }
    }
    for (const auto& [stage, option] : breaks_) {
      bool runs = false;
      StepIndex at = 0;
      Marking rest;
      for (const Place place : marking) {
        const bool inside = place < facts && stage_[places_[place].from] == stage;
        if (inside && !waits(place)) runs = true, at = places_[place].step;
        if (!inside) rest.push_back(place);
      }
      if (!runs) continue;
      arrive(rest, option.to[0]);
      out.push_back({std::move(rest), at, option.to[0].to, true, true, option.uncertain});
    }
    return out;
  }

  bool waits(Place place) const { return place >= first_waiting_; }
  StepIndex step_of(Place place) const { return places_[place].step; }

  // The steps whose tokens a join lacks in a dead marking, one for each of its groups without one.
  std::vector<StepIndex> lacking(StepIndex join, const Marking& marking) const {
    std::vector<StepIndex> out;
    for (const auto& group : groups_.at(join)) {
      bool there = false;
      for (const Place place : group) there = there || marking.find(place) != Marking::npos;
      if (!there && !group.empty()) out.push_back(places_[group[0]].from);
    }
    return out;
  }

 private:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  static constexpr Place none_place = std::numeric_limits<Place>::max();

  struct PlaceInfo {
    StepIndex step, from;  // in work: both the step; before a join: the join, and where the token came from
    std::size_t fired;     // "also" rungs that fired already
  };

  static Place fact(std::size_t condition, bool is) {
    return facts + static_cast<Place>(2 * condition + (is ? 1 : 0));
  }
  static void insert(Marking& marking, Place place) {
    marking.insert(std::upper_bound(marking.begin(), marking.end(), place), place);
  }

  void arrive(Marking& marking, const Target& target) const {
    if (flow_.at(target.to).kind != StepKind::join) return insert(marking, first_place_[target.to]);
    const auto way = ways_.find({target.from, target.to});
    if (!target.known_way || way == ways_.end()) return insert(marking, lost_.at(target.to));
    insert(marking, way->second);
    Marking left = marking;
    for (const auto& group : groups_.at(target.to)) {
      const auto token = std::find_if(left.begin(), left.end(), [&](Place place) {
        return std::find(group.begin(), group.end(), place) != group.end();
      });
      if (token == left.end()) return;
      left.erase(token);
    }
    marking = std::move(left);
    insert(marking, first_place_[target.to]);
  }

  std::optional<StepIndex> find(const Text& id) const {
    return id.empty() ? std::nullopt : flow_.find(id.text);
  }

  void add_options(StepIndex i) {
    const StepDefinition& step = flow_.at(i);
    std::vector<Option>& options = options_[i];
    const auto go = [&](const Text& to, bool unsure) {
      Option option;
      option.uncertain = unsure;
      if (to.empty() && to.where == SourceRange{}) {
        if (i + 1 < flow_.steps().size()) option.to.push_back({i, i + 1});
      } else if (const auto found = find(to)) {
        option.to.push_back({i, *found});
      } else {
        return;
      }
      options.push_back(std::move(option));
    };
    for (const RungDefinition& rung : step.escalate) {
      if (!possible(rung.condition)) continue;
      if (find(rung.go)) go(rung.go, uncertain(rung.condition));
      if (const auto to = find(rung.also))
        also_[i].push_back({{{i, *to, false}}, uncertain(rung.condition), false, true});
    }
    if (find(step.on_failure)) go(step.on_failure, false);
    if (find(step.skipped)) go(step.skipped, false);
    switch (step.kind) {
      case StepKind::parallel: {
        Option option;
        for (const Text& to : step.go)
          if (const auto found = find(to)) option.to.push_back({i, *found});
        options.push_back(std::move(option));
        return;
      }
      case StepKind::wait:
        for (const WaitDefinition& wait : step.waits)
          if (possible(wait.condition)) go(wait.go, uncertain(wait.condition));
        return;
      case StepKind::end:
        options.emplace_back().closes = step.closes.value_or(!flow_.owner());
        return;
      default:
        break;
    }
    if (!step.next_given) return go({}, false);
    bool unsure = false;
    for (const BranchDefinition& branch : step.next) unsure = unsure || uncertain(branch.condition);
    std::vector<std::pair<std::size_t, bool>> before;
    for (const BranchDefinition& branch : step.next) {
      if (!possible(branch.condition) && !branch.is_else) continue;
      const std::size_t known = options.size();
      go(branch.go, unsure);
      const auto condition = steady_.find(branch.condition);
      if (options.size() > known) {
        options.back().needs = before;
        if (condition) options.back().needs.emplace_back(*condition, true);
      }
      if (condition) before.emplace_back(*condition, false);
      if (branch.condition.kind == ConditionText::Kind::literal) break;
    }
  }

  void add_stage(const StageDefinition& stage) {
    std::size_t members = 0;
    for (StepIndex i = 0; i < flow_.steps().size(); ++i)
      if (!stage.id.empty() && flow_.at(i).stage.text == stage.id.text) stage_[i] = stages_, ++members;
    for (const RungDefinition& rung : stage.escalate) {
      if (members == 0 || !possible(rung.condition)) continue;
      if (const auto to = find(rung.go))
        breaks_.push_back({stages_, {{{0, *to, false}}, uncertain(rung.condition)}});
      if (const auto to = find(rung.also)) beside_.push_back({0, *to, false});
    }
    ++stages_;
  }

  // A case clock breaks off everything, or sends a token beside it: at any time, so at the start as well.
  void add_clocks(const Definition& file) {
    for (const ClockDefinition& clock : file.clocks)
      for (const RungDefinition& rung : clock.escalate) {
        if (!possible(rung.condition)) continue;
        if (const auto to = find(rung.go)) restarts_.push_back({0, *to, false});
        if (const auto to = find(rung.also)) beside_.push_back({0, *to, false});
      }
  }

  void add_join(StepIndex join) {
    if (first_waiting_ == none_place) first_waiting_ = static_cast<Place>(places_.size());
    lost_[join] = static_cast<Place>(places_.size());
    places_.push_back({join, join, 0});
    std::map<std::string_view, std::size_t> group_of;
    const auto& of = flow_.at(join).of;
    for (std::size_t g = 0; g < of.size(); ++g)
      for (const Text& id : of[g].from) group_of[id.text] = g;
    auto& groups = groups_[join];
    groups.resize(of.size());
    for (StepIndex from = 0; from < flow_.steps().size(); ++from) {
      if (!flow_.reachable()[from] || !flow_.has_way(from, join)) continue;
      const auto place = static_cast<Place>(places_.size());
      places_.push_back({join, from, 0});
      ways_[{from, join}] = place;
      if (of.empty()) {
        groups.push_back({place});
      } else if (const auto group = group_of.find(flow_.at(from).id.text); group != group_of.end()) {
        groups[group->second].push_back(place);
      } else {
        usable_ = false;  // join-incomplete: plan() reports it
      }
    }
    for (const auto& group : groups) usable_ = usable_ && !group.empty();  // no-such-way, unreachable-step
  }

  const Flow& flow_;
  SteadyConditions steady_;
  bool usable_ = true;
  std::vector<std::vector<Option>> options_, also_;  // by step
  std::vector<std::size_t> stage_;                   // by step
  std::size_t stages_ = 0;
  std::vector<std::pair<std::size_t, Option>> breaks_ = {};  // stages that can be broken off
  std::vector<Target> beside_ = {}, restarts_ = {};
  std::vector<PlaceInfo> places_ = {};
  std::vector<Place> first_place_ = {};  // by step
  Place first_waiting_ = none_place;
  std::map<std::pair<StepIndex, StepIndex>, Place> ways_ = {};  // into joins
  std::map<StepIndex, Place> lost_ = {};
  std::map<StepIndex, std::vector<std::vector<Place>>> groups_ = {};
};

struct Seen {
  Marking marking;
  std::size_t before;  // itself at a start
  StepIndex from, to;
  bool moved;
  std::size_t choices, uncertain;  // on the way here
};

// "x to j, ok to x", the middle left out when it is long.
std::string way_to(const Flow& flow, const std::vector<Seen>& seen, std::size_t at) {
  std::vector<std::string> moves;
  for (; seen[at].before != at; at = seen[at].before) {
    const std::string_view from = flow.at(seen[at].from).id.text;
    const StepDefinition& to = flow.at(seen[at].to);
    if (flow.at(seen[at].from).kind == StepKind::parallel)
      moves.push_back(cat("\"", from, "\" starts its strands"));
    else if (seen[at].moved)
      moves.push_back(cat("\"", from, "\" goes to \"", to.id.text, '"'));
    else
      moves.push_back(cat("\"", from, "\" ends its strand"));
  }
  std::reverse(moves.begin(), moves.end());
  if (moves.size() > 9) {
    moves.erase(moves.begin() + 3, moves.end() - 5);
    moves.insert(moves.begin() + 3, "...");
  }
  return join(moves, ", ");
}

// Adds a finding for every join of a dead marking that none was added for yet.
void report(const Flow& flow, const Net& net, const std::vector<Seen>& seen, std::size_t at,
            std::map<StepIndex, bool>& reported, Findings& findings) {
  for (const Place place : seen[at].marking) {
    if (place >= facts) break;
    const StepIndex join_at = net.step_of(place);
    if (std::exchange(reported[join_at], true)) continue;
    std::vector<std::string> names;
    for (const StepIndex from : net.lacking(join_at, seen[at].marking))
      names.push_back(cat('"', flow.at(from).id.text, '"'));
    // Conditions may agree with each other in a way that this game does not see.
    const bool sure = seen[at].uncertain == 0 || seen[at].choices == 1;
    findings.add(
        {"join-waits-forever", sure ? Severity::error : Severity::warning,
         cat("join \"", flow.at(join_at).id.text, "\" may wait for ", join(names, " and "), " for ever"),
         place_of(flow.at(join_at)),
         cat(sure ? "so it comes: " : "so it comes, unless the conditions never hold like that: ",
             way_to(flow, seen, at), "; then nothing moves any more")});
  }
}

enum class Order { short_ways_first, deep_ways_first };

// Plays the game of a block; the number of markings seen when that was not all of them.
std::optional<std::size_t> explore(const Flow& flow, const Net& net, Order order,
                                   std::map<StepIndex, bool>& reported, Findings& findings) {
  const bool deep = order == Order::deep_ways_first;
  std::vector<Seen> seen;
  std::unordered_map<Marking, std::size_t> known;  // only looked up
  // Ways of few uncertain choices first, then short ones, so that the example is the surest and plainest there is.
  std::deque<std::size_t> open, later;
  bool stopped = false;
  for (Marking& marking : net.starts())
    if (known.emplace(marking, seen.size()).second) {
      open.push_back(seen.size());
      seen.push_back({std::move(marking), seen.size(), 0, 0, false, 0, 0});
    }
  while (!open.empty() || !later.empty()) {
    if (open.empty()) std::swap(open, later);
    const std::size_t at = deep ? open.back() : open.front();
    deep ? open.pop_back() : open.pop_front();
    const Marking here = seen[at].marking;
    if (known.at(here) != at || tokens_of(here) == 0)
      continue;                // a surer way was found since, or the block ended
    if (net.waits(here[0])) {  // places before joins come last: all wait
      report(flow, net, seen, at, reported, findings);
      continue;
    }
    if (tokens_of(here) > max_tokens) {
      stopped = true;
      continue;
    }
    for (Net::Next& next : net.next(here)) {
      const Seen made{std::move(next.marking),
                      at,
                      next.from,
                      next.to,
                      next.moved,
                      seen[at].choices + next.choice,
                      seen[at].uncertain + (next.choice && next.uncertain)};
      const auto old = known.find(made.marking);
      if (old != known.end() && (deep || seen[old->second].uncertain <= made.uncertain)) continue;
      if (old == known.end() && known.size() >= max_markings) {
        stopped = true;
        continue;
      }
      known[made.marking] = seen.size();
      (deep || made.uncertain == seen[at].uncertain ? open : later).push_back(seen.size());
      seen.push_back(made);
    }
  }
  return stopped ? std::optional(known.size()) : std::nullopt;
}

void look(const Definition& file, const Flow& flow, Findings& findings) {
  bool any_join = false;
  for (StepIndex i = 0; i < flow.steps().size(); ++i)
    any_join = any_join || flow.at(i).kind == StepKind::join;
  if (!any_join) return;
  const Net net(file, flow);
  if (!net.usable()) return;
  std::map<StepIndex, bool> reported;
  auto stopped = explore(flow, net, Order::short_ways_first, reported, findings);
  // With too many strands to see all, one way to the end of each still finds what is plain.
  if (stopped) stopped = explore(flow, net, Order::deep_ways_first, reported, findings);
  if (stopped)
    findings.note(
        "not-fully-explored",
        cat("whether every join is served was not looked at to the end: stopped after ", *stopped, " states"),
        flow.owner() ? place_of(*flow.owner()) : place_of(flow.at(0)),
        "fewer strands at once, or strands that do not start others, can be looked at wholly");
}

}  // namespace

void join_waits_forever(const Context& context, Findings& findings) {
  // Tokens that come by no way of a join, and joins of alternatives, were found already, and with better words.
  for (const Finding& finding : findings)
    if (finding.code == "join-by-rung") return;
  for (const Flow& flow : context.flows) {
    bool found = false;
    for (const Finding& finding : findings)
      for (StepIndex i = 0; i < flow.steps().size(); ++i)
        found = found ||
                (finding.code == "join-never-fires" && finding.where.begin == place_of(flow.at(i)).begin);
    if (!found && !flow.steps().empty()) look(context.file, flow, findings);
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
