// Reading steps of every kind. Part model, private to load.hpp. docs/sop-format.md, "Steps" is the contract.
#pragma once

#include "aesop/model/load_data.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Limits of a definition (findings too-large, too-many-steps, too-many-edges, too-deep).
inline constexpr std::size_t max_definition_bytes = 1024 * 1024;
inline constexpr std::size_t max_steps = 2'000;
inline constexpr std::size_t max_edges = 10'000;
inline constexpr int max_each_depth = 32;

namespace detail {

inline std::vector<StepDefinition> read_steps(Loading& loading, Node node, std::string_view what);

inline std::optional<Enforcement> read_enforce(Loading& loading, Node node) {
  constexpr std::string_view words[] = {"must", "must-unless-documented", "should", "could"};
  const auto word = read_word(loading, node, "\"enforce\"", words);
  if (!word) return std::nullopt;
  return static_cast<Enforcement>(*word);
}

inline Raci read_raci(Loading& loading, Node node) {
  Raci raci;
  raci.given = true;
  raci.where = node.where();
  Keys keys(loading, node, "\"raci\"");
  const auto roles = [&](std::string_view key, std::vector<Text>& into) {
    if (auto value = keys.take(key)) into = read_ids(loading, *value, "a role");
  };
  roles("responsible", raci.responsible);
  roles("accountable", raci.accountable);
  roles("consulted", raci.consulted);
  roles("informed", raci.informed);
  keys.finish();
  return raci;
}

inline EvidenceDefinition read_evidence(Loading& loading, Node node) {
  EvidenceDefinition evidence;
  constexpr std::string_view words[] = {"file", "photo", "reading", "signature"};
  const auto kind = [&](Node word) {
    evidence.kind =
        static_cast<EvidenceDefinition::Kind>(read_word(loading, word, "evidence", words).value_or(0));
  };
  if (node.kind() == JsonKind::string) {
    kind(node);
    return evidence;
  }
  Keys keys(loading, node, "evidence");
  if (auto value = keys.need("kind")) kind(*value);
  const bool reading = evidence.kind == EvidenceDefinition::Kind::reading;
  const auto bound = [&](std::string_view key, std::optional<Value>& into) {
    auto value = keys.take(key);
    if (!value) return;
    if (value->kind() != JsonKind::number)
      wrong_type(loading, *value, cat('"', key, '"'), "a number");
    else if (!reading)
      loading.findings.error("wrong-type", cat("only a reading has \"", key, '"'), value->where());
    else
      into = value->value();
  };
  if (auto unit = keys.take("unit")) evidence.unit = read_string(loading, *unit, "\"unit\"");
  bound("min", evidence.min);
  bound("max", evidence.max);
  if (auto media = keys.take("media"))
    read_list(loading, *media, "\"media\"",
              [&](Node item) { evidence.media.push_back(read_string(loading, item, "a media type")); });
  keys.finish();
  return evidence;
}

inline std::vector<ChecklistItem> read_checklist(Loading& loading, Node node) {
  std::vector<ChecklistItem> items;
  items.reserve(node.size());
  read_list(loading, node, "\"checklist\"", [&](Node entry) {
    ChecklistItem item;
    item.where = entry.where();
    if (entry.kind() == JsonKind::string) {
      item.text = read_text(loading, entry, "an item");
      items.push_back(std::move(item));
      return;
    }
    Keys keys(loading, entry, "a checklist item");
    if (!keys) return;
    if (auto text = keys.need("item")) item.text = read_text(loading, *text, "an item");
    if (auto id = keys.take("id")) {
      Text read = read_id(loading, *id, "an item");
      for (const ChecklistItem& other : items)
        if (!read.empty() && other.id == read.text)
          loading.findings.error("duplicate-id", cat("two items are called \"", read.text, '"'), read.where);
      item.id = read.text;
    }
    if (auto enforce = keys.take("enforce")) item.enforce = read_enforce(loading, *enforce);
    if (auto evidence = keys.take("evidence")) item.evidence = read_evidence(loading, *evidence);
    if (auto when = keys.take("when")) item.when = read_condition(loading, *when, "\"when\"", false);
    keys.finish();
    items.push_back(std::move(item));
  });
  return items;
}

/// One entry of `next`: {"when"|"if", "go", "set"} or {"else", "set"}.
inline BranchDefinition read_branch(Loading& loading, Node node) {
  BranchDefinition branch;
  branch.where = node.where();
  Keys keys(loading, node, "a branch");
  if (!keys) return branch;
  const auto other = keys.take("else");
  const auto when = keys.take("when");
  const auto condition = keys.take("if");
  const auto go = keys.take("go");
  if (other) {
    branch.is_else = true;
    branch.go = read_id(loading, *other, "a step");
    if (when || condition || go)
      loading.findings.error("bad-branch", "an \"else\" has no condition and no \"go\"", other->where(),
                             "write {\"else\": STEP}");
  } else {
    if (when && condition)
      loading.findings.error("bad-branch", "a branch has \"when\" or \"if\", not both", condition->where());
    if (when)
      branch.condition = read_condition(loading, *when, "\"when\"", true);
    else if (condition)
      branch.condition = read_condition(loading, *condition, "\"if\"", false);
    else
      loading.findings.error("bad-branch", "a branch needs \"when\", \"if\" or \"else\"",
                             {node.where().begin, node.where().begin + 1},
                             "unconditional is {\"else\": STEP}, or just the id of the step");
    if (go)
      branch.go = read_id(loading, *go, "a step");
    else
      loading.findings.error("missing-key", "a branch needs \"go\"",
                             {node.where().begin, node.where().begin + 1});
  }
  if (auto set = keys.take("set")) branch.set = read_sets(loading, *set, "\"set\"");
  keys.finish();
  return branch;
}

inline void read_next(Loading& loading, Node node, StepDefinition& step) {
  step.next_given = true;
  step.next_where = node.where();
  if (node.kind() == JsonKind::string) {
    BranchDefinition branch;
    branch.is_else = true;
    branch.where = node.where();
    branch.go = read_id(loading, node, "a step");
    step.next.push_back(std::move(branch));
    return;
  }
  if (node.kind() == JsonKind::object && step.kind == StepKind::approval) {
    Keys keys(loading, node, "\"next\" of an approval");
    for (const std::string_view outcome : {"approved", "refused"}) {
      auto go = keys.need(outcome);
      if (!go) continue;
      BranchDefinition branch;
      branch.where = go->where();
      branch.outcome = std::string(outcome);
      branch.go = read_id(loading, *go, "a step");
      step.next.push_back(std::move(branch));
    }
    keys.finish();
    return;
  }
  if (node.kind() != JsonKind::array) {
    wrong_type(loading, node, "\"next\"", "the id of a step, or a list of branches");
    return;
  }
  step.next.reserve(node.size());
  for (std::size_t i = 0; i < node.size(); ++i) {
    step.next.push_back(read_branch(loading, node.at(i)));
    if (step.next.back().is_else && i + 1 < node.size())
      loading.findings.error("bad-branch", "nothing after \"else\" is ever looked at", node.at(i).where(),
                             "put it last");
  }
  if (node.size() == 0) loading.findings.error("empty-list", "\"next\" leads nowhere", node.where());
}

inline std::vector<JoinGroup> read_groups(Loading& loading, Node node) {
  std::vector<JoinGroup> groups;
  read_list(loading, node, "\"of\"", [&](Node item) {
    JoinGroup group{read_ids(loading, item, "a step")};
    if (item.kind() == JsonKind::array && item.size() == 0)
      loading.findings.error("empty-list", "a group of no steps", item.where());
    if (!group.from.empty()) groups.push_back(std::move(group));
  });
  return groups;
}

/// From when on events count that came before the step was entered.
inline MomentText read_since(Loading& loading, Node node) {
  MomentText since = read_moment(loading, node, "\"since\"");
  if (since.kind == MomentText::Kind::start && !since.text.empty())
    loading.findings.error("bad-time", "\"since\" the start is as without it", node.where(),
                           "\"run.started\", STEP.completed or an event");
  return since;
}

inline void read_waits(Loading& loading, Node node, StepDefinition& step) {
  read_list(loading, node, "\"for\"", [&](Node entry) {
    WaitDefinition wait;
    wait.where = entry.where();
    Keys keys(loading, entry, "what is waited for");
    if (!keys) return;
    const auto event = keys.take("event");
    const auto after = keys.take("after");
    const auto condition = keys.take("if");
    if (event && !after)
      wait.event = read_event_name(loading, *event);
    else if (after && !event)
      wait.after = read_phrase(loading, *after, "\"after\"");
    else if (after || !condition)
      loading.findings.error("bad-wait",
                             "a wait is for an \"event\", for a time (\"after\") or for a condition (\"if\")",
                             {entry.where().begin, entry.where().begin + 1});
    if (condition) {
      wait.condition = read_condition(loading, *condition, "\"if\"", false);
      if (after) loading.findings.error("bad-wait", "a time has no \"if\"", condition->where());
      if (!after && !event && wait.condition.kind == ConditionText::Kind::literal)
        loading.findings.error("bad-wait", "a wait for a condition that is always the same",
                               condition->where(), "wait for what the run's data can become");
    }
    if (auto since = keys.take("since")) {
      wait.since = read_since(loading, *since);
      if (after)
        loading.findings.error("bad-wait", "a time has no \"since\"", since->where(),
                               "\"after\": \"2 days after MOMENT\"");
      else if (!event)
        loading.findings.error("bad-wait", "a condition has no \"since\"", since->where(),
                               "it is looked at as soon as the step is entered");
    }
    if (auto go = keys.take("go")) wait.go = read_id(loading, *go, "a step");
    if (auto set = keys.take("set")) wait.set = read_sets(loading, *set, "\"set\"");
    keys.finish();
    step.waits.push_back(std::move(wait));
  });
  if (node.kind() == JsonKind::array && node.size() == 0)
    loading.findings.error("empty-list", "a wait for nothing", node.where());
}

inline std::shared_ptr<EachDefinition> read_each(Loading& loading, Keys& keys) {
  auto each = std::make_shared<EachDefinition>();
  each->as = {"item", {}};
  if (auto of = keys.need("of")) {
    const bool text = of->kind() == JsonKind::string;
    if (text && of->text().starts_with('=')) {
      each->of_event = false;
      each->list = read_value(loading, *of);
    } else if (text && of->text().starts_with("event ")) {
      const std::string_view name = trim(of->text().substr(6));
      each->event =
          read_event_name(loading, name,
                          part_of(loading.source, inside(of->where()),
                                  static_cast<std::size_t>(name.data() - of->text().data()),
                                  static_cast<std::size_t>(name.data() - of->text().data()) + name.size()));
    } else {
      loading.findings.error("bad-each", "\"of\" must be \"event NAME\" or \"=LIST\"", of->where());
    }
  }
  if (auto as = keys.take("as")) each->as = read_id(loading, *as, "an instance");
  if (auto data = keys.take("data")) each->data = read_fields(loading, *data, FieldPlace::data, "\"data\"");
  if (auto run = keys.need("run")) {
    if (++loading.depth > max_each_depth)
      loading.findings.error("too-deep", cat("steps nested more than ", max_each_depth, " levels deep"),
                             run->where());
    else
      each->run = read_steps(loading, *run, "\"run\"");
    --loading.depth;
  }
  if (auto until = keys.take("until")) {
    if (until->kind() == JsonKind::string && until->text().starts_with("event ")) {
      const std::string_view name = trim(until->text().substr(6));
      const auto begin = static_cast<std::size_t>(name.data() - until->text().data());
      each->until_event = read_event_name(
          loading, name, part_of(loading.source, inside(until->where()), begin, begin + name.size()));
    } else {
      each->until = read_condition(loading, *until, "\"until\"", false);
    }
  } else if (each->of_event && keys) {
    loading.findings.error("missing-key", "\"each\" over events needs \"until\"",
                           {keys.where().begin, keys.where().begin + 1},
                           "\"until\": \"event NAME\" or a condition closes it");
  }
  if (auto end = keys.take("at_end")) {
    constexpr std::string_view words[] = {"finish", "withdraw"};
    each->withdraw_at_end = read_word(loading, *end, "\"at_end\"", words).value_or(0) == 1;
  }
  if (auto since = keys.take("since")) {
    each->since = read_since(loading, *since);
    if (!each->of_event)
      loading.findings.error("bad-each", "\"since\" is for events", since->where(),
                             "a list is fixed when the step is entered");
  }
  const auto mode = keys.take("mode");
  const auto done = keys.take("done");
  if (each->of_event) {
    for (const auto& node : {mode, done})
      if (node)
        loading.findings.error("bad-each", "\"mode\" and \"done\" are for lists", node->where(),
                               "\"each\" over events ends by \"until\"");
    return each;
  }
  if (mode) {
    constexpr std::string_view words[] = {"sequence", "at_once"};
    each->at_once = read_word(loading, *mode, "\"mode\"", words).value_or(0) == 1;
  }
  if (done) {
    if (done->kind() == JsonKind::object) {
      Keys inner(loading, *done, "\"done\"");
      each->done = "at_least";
      if (auto least = inner.need("at_least"))
        each->at_least = static_cast<std::uint32_t>(read_int(loading, *least, "\"at_least\"", 1, 10'000));
      inner.finish();
    } else if (done->kind() == JsonKind::string &&
               (done->text() == "all" || done->text() == "any" || done->text() == "majority" ||
                done->text() == "first_veto")) {
      each->done = std::string(done->text());
    } else {
      each->done = "condition";
      each->done_when = read_condition(loading, *done, "\"done\"", false);
    }
  }
  return each;
}

inline RetryDefinition read_retry(Loading& loading, Node node) {
  RetryDefinition retry;
  Keys keys(loading, node, "\"retry\"");
  if (auto times = keys.need("times")) retry.times = read_int(loading, *times, "\"times\"", 0, 100);
  if (auto every = keys.need("every")) retry.every = read_span(loading, *every, "\"every\"");
  if (auto factor = keys.take("factor")) {
    if (factor->kind() != JsonKind::number)
      wrong_type(loading, *factor, "\"factor\"", "a number");
    else if (compare(factor->value(), Value::number(1), nullptr).value_or(0) < 0)
      loading.findings.error("bad-number", "\"factor\" must be at least 1", factor->where());
    else
      retry.factor = factor->value();
  }
  keys.finish();
  return retry;
}

inline IncidentDefinition read_incidents(Loading& loading, Node node) {
  IncidentDefinition out;
  Keys keys(loading, node, "\"incidents\"");
  if (auto by = keys.take("by")) out.by = read_ids(loading, *by, "a role");
  if (auto go = keys.take("go")) out.go = read_ids(loading, *go, "a step");
  if (auto data = keys.take("data")) out.data = read_ids(loading, *data, "a variable");
  keys.finish();
  return out;
}

/// Which kinds have a key, as a text of their names for help; empty when all have.
struct StepKey {
  std::string_view key;
  std::initializer_list<StepKind> kinds;
};
inline bool step_has(StepKind kind, std::initializer_list<StepKind> kinds) {
  for (const StepKind one : kinds)
    if (one == kind) return true;
  return false;
}

inline StepDefinition read_step(Loading& loading, Node node) {
  using K = StepKind;
  StepDefinition step;
  step.where = node.where();
  Keys keys(loading, node, "a step");
  if (!keys) return step;
  if (auto id = keys.need("id")) step.id = read_id(loading, *id, "a step");
  if (auto kind = keys.take("kind")) {
    constexpr std::string_view words[] = {"task",    "decision", "parallel", "join", "any", "wait",
                                          "service", "approval", "each",     "call", "end"};
    step.kind = static_cast<StepKind>(read_word(loading, *kind, "\"kind\"", words).value_or(0));
    if (step.kind == K::any) not_supported(loading, kind->where(), "the step kind \"any\"", "use \"join\"");
    if (step.kind == K::call) not_supported(loading, kind->where(), "the step kind \"call\"");
  }
  if (auto title = keys.take("title")) step.title = read_text(loading, *title, "\"title\"");
  if (auto system = keys.take("in")) step.system = read_id(loading, *system, "a system");
  if (auto stage = keys.take("stage")) step.stage = read_id(loading, *stage, "a stage");
  if (auto raci = keys.take("raci")) step.raci = read_raci(loading, *raci);
  if (auto pages = keys.take("pages")) step.pages = read_id(loading, *pages, "a role");
  if (auto incident = keys.take("on_incident")) step.on_incident = read_ids(loading, *incident, "a target");
  if (auto incidents = keys.take("incidents")) step.incidents = read_incidents(loading, *incidents);
  if (auto note = keys.take("note")) step.note = read_string(loading, *note, "\"note\"");
  if (auto script = keys.take("script")) step.script = read_string(loading, *script, "\"script\"");
  if (auto attachments = keys.take("attachments"))
    step.attachments = read_ids(loading, *attachments, "an attachment");
  if (auto handoff = keys.take("handoff")) step.handoff = read_id(loading, *handoff, "a handoff");

  // A key of some kinds only: taken when this kind has it, else explained.
  const auto own = [&](std::string_view key, std::initializer_list<StepKind> kinds) -> std::optional<Node> {
    if (step_has(step.kind, kinds)) return keys.take(key);
    if (keys.has(key)) {
      std::vector<std::string_view> names;
      for (const StepKind kind : kinds) names.push_back(to_string(kind));
      keys.misplaced(key, cat("this step is of kind ", to_string(step.kind), "; \"", key, "\" belongs to ",
                              join(names, ", ")));
    }
    return std::nullopt;
  };
  if (auto enforce = own("enforce", {K::task, K::approval, K::wait}))
    step.enforce = read_enforce(loading, *enforce).value_or(Enforcement::must);
  if (auto due = own("due", {K::task, K::approval, K::wait, K::service, K::each, K::call}))
    step.due = read_due(loading, *due);
  if (auto calendar = own("calendar", {K::task, K::approval, K::wait, K::service, K::each, K::call}))
    step.calendar = read_id(loading, *calendar, "a calendar");
  if (auto ladder = own("escalate", {K::task, K::approval, K::wait, K::service, K::each, K::call}))
    step.escalate = read_ladder(loading, *ladder);
  if (auto gate = own("gate", {K::task, K::approval, K::service}))
    step.gate = read_id(loading, *gate, "a gate");
  if (auto exclude = own("exclude", {K::task, K::approval}))
    step.exclude = read_ids(loading, *exclude, "a step");
  if (auto next =
          own("next", {K::task, K::decision, K::join, K::any, K::service, K::approval, K::each, K::call}))
    read_next(loading, *next, step);

  if (auto skipped = own("skipped", {K::task, K::approval, K::wait}))
    step.skipped = read_id(loading, *skipped, "a step");
  if (auto review = own("review", {K::task}); review && review->kind() != JsonKind::null)
    step.review = read_id(loading, *review, "a role");
  if (auto form = own("form", {K::task}))
    step.form = read_fields(loading, *form, FieldPlace::form, "\"form\"");
  if (auto list = own("checklist", {K::task})) step.checklist = read_checklist(loading, *list);
  if (auto automatic = own("auto_start", {K::task}))
    step.auto_start = read_bool(loading, *automatic, "\"auto_start\"");
  if (auto set = own("set", {K::decision})) step.set = read_sets(loading, *set, "\"set\"");
  if (auto go = own("go", {K::parallel})) {
    step.go = read_ids(loading, *go, "a step");
    if (go->kind() != JsonKind::array) wrong_type(loading, *go, "\"go\" of a parallel", "a list of steps");
    if (step.go.size() < 2)
      loading.findings.error("empty-list", "a parallel leads to two steps at least", go->where());
  } else if (step.kind == K::parallel) {
    keys.need("go");
  }
  if (auto waits = own("for", {K::wait}))
    read_waits(loading, *waits, step);
  else if (step.kind == K::wait)
    keys.need("for");
  if (auto operation = own("do", {K::service})) {
    if (operation->kind() == JsonKind::string && is_dotted_id(operation->text()))
      step.operation = {std::string(operation->text()), operation->where()};
    else
      read_id(loading, *operation, "an operation");
  } else if (step.kind == K::service) {
    keys.need("do");
  }
  if (auto with = own("with", {K::service, K::call})) step.with = read_sets(loading, *with, "\"with\"");
  if (auto result = own("result", {K::service}))
    step.result = read_fields(loading, *result, FieldPlace::form, "\"result\"");
  if (auto retry = own("retry", {K::service})) step.retry = read_retry(loading, *retry);
  if (auto failure = own("on_failure", {K::service, K::call}))
    step.on_failure = read_id(loading, *failure, "a step");
  if (auto approvers = own("approvers", {K::approval}))
    step.approvers = read_approvers(loading, *approvers);
  else if (step.kind == K::approval)
    keys.need("approvers");
  if (auto shows = own("shows", {K::approval})) step.shows = read_ids(loading, *shows, "a name");
  if (step.kind == K::each) {
    step.each = read_each(loading, keys);
  } else {
    if (auto of = own("of", {K::join, K::any})) step.of = read_groups(loading, *of);
    for (const std::string_view key : {"as", "data", "run", "until", "since", "at_end", "mode", "done"})
      own(key, {K::each});
  }
  if (auto count = own("count", {K::any}))
    step.count = static_cast<std::uint32_t>(read_int(loading, *count, "\"count\"", 1, 1000));
  if (step.kind == K::call) {
    keys.take("sop");
    keys.take("version");
  }
  if (auto outcome = own("outcome", {K::end})) {
    const Text id = read_id(loading, *outcome, "an outcome");
    step.outcome = id.text;
  }
  if (auto closes = own("closes", {K::end})) step.closes = read_bool(loading, *closes, "\"closes\"");
  keys.finish();
  return step;
}

inline std::vector<StepDefinition> read_steps(Loading& loading, Node node, std::string_view what) {
  std::vector<StepDefinition> steps;
  steps.reserve(std::min(node.size(), max_steps));
  read_list(loading, node, what, [&](Node item) {
    if (++loading.steps > max_steps) {
      if (loading.steps == max_steps + 1)
        loading.findings.error("too-many-steps", cat("an SOP has at most ", max_steps, " steps"),
                               {item.where().begin, item.where().begin + 1});
      return;
    }
    steps.push_back(read_step(loading, item));
  });
  if (node.kind() == JsonKind::array && node.size() == 0)
    loading.findings.error("empty-list", cat(what, " holds no step"), node.where());
  return steps;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
