// Starting runs: which SOP and version, the rules of starting again, and runs that other runs ask for.
#include "engine/impl.hpp"

#include "aesop/base/id.hpp"
#include "aesop/run/decide.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Rejection start_refused(std::string_view reason, const RunRow& run) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.message = rejection_text(reason);
  rejection.details = {{"run", Value::string(run.id)}, {"status", Value::string(status_name(run.status))}};
  if (!run.outcome.empty()) rejection.details.emplace_back("outcome", Value::string(run.outcome));
  return rejection;
}

/// A run that ended without reaching an end of its SOP did not succeed.
bool failed(const Plan& plan, const RunRow& run) {
  for (const PlanStep& step : plan.steps())
    if (step.kind == StepKind::end && step.outcome == run.outcome) return false;
  return true;
}

Answer existing(const RunRow& run) {
  std::vector<Entry> entries = {{"existing", Value::boolean(true)}};
  if (!run.outcome.empty()) entries.emplace_back("outcome", Value::string(run.outcome));
  entries.emplace_back("revision", Value::number(static_cast<std::int64_t>(run.revision)));
  entries.emplace_back("run", Value::string(run.id));
  entries.emplace_back("status", Value::string(status_name(run.status)));
  return {Value::context(std::move(entries)), true};
}

}  // namespace

std::string EngineImpl::derived_run_id(std::string_view seed) const {
  const LogId& log_id = store_->info().log_id;
  return cat("r_", to_hex(sha256(as_view(log_id), seed)).substr(0, 20));
}

Result<Answer> EngineImpl::start(const Command& given, int depth) {
  Command command = given;
  Start& body = *command.body.edit<Start>();
  if (trim(body.subject).empty())
    return Error{ErrorCode::invalid_argument, "the subject of a run is empty",
                 "a run is about something: the id of an order, a claim, a visit"};
  auto plan = body.version ? plan_of(body.sop, *body.version) : latest_plan(body.sop);
  if (!plan) return plan.take_error();
  body.version = (*plan)->version();
  if (!body.scope) body.scope = command.actor.scope;
  if (command.run.empty()) command.run = derived_run_id(command.id);
  if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();

  Request request;
  request.command_id = command.id;
  request.at = command.at;
  request.occurred_at = command.occurred_at;
  request.actor = command.actor;

  // Before anything is said of what runs there.
  if (!is_scope(*body.scope))
    return Error{ErrorCode::invalid_argument, cat('"', printable(*body.scope, 60), "\" is no scope"),
                 "a scope is a path such as org/region/clinic"};
  if (*body.scope == "/") body.scope = std::string();  // the same
  if (!command.actor.reaches(*body.scope)) {
    Rejection rejection;
    rejection.reason = "not_permitted";
    rejection.message = "the actor's scope does not hold the run's";
    rejection.details = {{"scope", Value::string(*body.scope)}};
    return refuse(request, command.verb(), {}, rejection);
  }

  auto taken = store_->run_revision(command.run);
  if (!taken) return taken.take_error();
  if (taken->first != 0) {
    Rejection rejection;
    rejection.reason = "already_started";
    rejection.message = rejection_text(rejection.reason);
    rejection.details = {{"run", Value::string(command.run)}};
    return refuse(request, command.verb(), command.run, rejection);
  }

  RunFilter same;
  same.sop = body.sop;
  same.subject = body.subject;
  same.key = body.key.value_or("");
  same.exact_scope = *body.scope;
  same.only_open = true;
  same.limit = 1;
  const auto running = store_->list_runs(same);
  if (!running) return running.error();
  const StartPolicy& policy = (*plan)->definition().start;
  if (!running->empty()) {
    const RunRow& open = running->front();
    if (policy.if_running == StartPolicy::IfRunning::return_existing) return existing(open);
    return refuse(request, command.verb(), open.id, start_refused("already_running", open));
  }
  if (policy.reuse != StartPolicy::Reuse::allow) {
    same.only_open = false;
    same.newest_first = true;
    const auto before = store_->list_runs(same);
    if (!before) return before.error();
    if (!before->empty()) {
      const RunRow& last = before->front();
      if (policy.reuse == StartPolicy::Reuse::reject || !failed(**plan, last))
        return refuse(request, command.verb(), last.id, start_refused("already_done", last));
    }
  }

  auto decision = decide(**plan, State(), command, facts_for(**plan, *body.scope));
  if (!decision) return decision.take_error();
  if (decision->rejection) return refuse(request, command.verb(), command.run, *decision->rejection);

  wrote_ = true;  // from here on a failure must forget the run, half made
  CachedRun* run = make_room(command.run);
  run->transaction = transaction_;
  const auto held = run->shared_from_this();
  run->used = true;
  run->plan = plan.take();
  if (auto done = record(*run, decision.take(), command.id, depth); !done) {
    drop(command.run);
    return done.take_error();
  }
  std::vector<Entry> entries;
  const State& state = run->state;
  if (!state.outcome.empty()) entries.emplace_back("outcome", Value::string(state.outcome));
  entries.emplace_back("revision", Value::number(static_cast<std::int64_t>(state.revision)));
  entries.emplace_back("run", Value::string(command.run));
  entries.emplace_back("status", Value::string(name_of(state.status)));
  entries.emplace_back("version", Value::string(state.version));
  return Answer{Value::context(std::move(entries)), true};
}

/// Starts the run another run asked for, in its transaction. False when its SOP is not published here: then the
/// effect stays in the outbox, for the host to know what to do.
Result<bool> EngineImpl::start_linked(const Effect& effect, const Event& cause, int depth) {
  const std::string sop(effect.body.get("sop").as_string());
  auto known = store_->latest_sop(sop);
  if (!known) return known.take_error();
  if (!*known) return false;
  Command command;
  // Timers that fire without a command (advance) have no id to lend.
  command.id = cause.command_id.empty() ? cat("linked/", effect.key) : cause.command_id;
  command.at = cause.at;
  command.run = derived_run_id(effect.key);
  // Nobody asked: the SOP did. The empty actor is the engine, here as with timers.
  Start body;
  body.sop = sop;
  body.subject = effect.body.get("subject").as_string();
  if (effect.body.get("key").is_string()) body.key = std::string(effect.body.get("key").as_string());
  body.scope = std::string(effect.body.get("scope").as_string());
  body.thread = std::string(effect.body.get("thread").as_string());
  body.parent = std::string(effect.body.get("from").as_string());
  body.cause = effect.key;
  if (effect.body.get("data").is_context()) body.data = effect.body.get("data");
  command.body = std::move(body);
  // A refusal (one is running already) is recorded, and the request is settled by it. A run that cannot be started
  // for a reason of its own must not keep the one that asked from going on: the effect stays for the host.
  auto answer = start(command, depth);
  if (answer) return true;
  auto begun = store_->run_revision(command.run);
  if (!begun) return begun.take_error();
  if (begun->first == 0 && is_of_one_run(answer.error().code)) return false;
  return answer.take_error();
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
