// Engine: the public class over its inside.
#include "aesop/engine/engine.hpp"

#include "engine/execute_verbs.hpp"
#include "engine/host_text.hpp"
#include "engine/judge.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/store/memory.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

namespace aesop {
inline namespace v0 {

using detail::EngineImpl;

namespace {

/// ack and fail_effect: once per id, the same request as their JSON.
Status settled(EngineImpl& impl, const Request& request, const detail::AckVerb& verb) {
  if (auto fine = impl.store().usable(); !fine) return fine;
  if (auto fine = detail::demand_request(request); !fine) return fine.take_error();
  const auto asked = detail::request_text(detail::envelope_of(request, "ack"), verb);
  if (!asked) return asked.error();
  const auto answer =
      impl.once(request.command_id, *asked, [&] { return detail::settle_effect(impl, request, verb); });
  if (!answer) return answer.error();
  if (answer->reason() == "lease_lost")
    return Error{ErrorCode::conflict, "the effect was handed out again since",
                 "it is for its new holder to say what became of it"};
  if (!answer->accepted)
    return Error{ErrorCode::not_found, "no such effect is in the outbox",
                 "it was acknowledged before, under another command id"};
  return {};
}

}  // namespace

Engine::Engine(std::unique_ptr<EngineImpl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const std::string& path, const EngineOptions& options) {
  if (path == ":memory:") return open(make_memory_store(), options);
  SqliteOptions sqlite = options.sqlite;
  sqlite.create = options.create;
  sqlite.read_only = options.read_only;
  sqlite.mode = options.exclusive ? StoreMode::exclusive : StoreMode::shared;
  auto store = open_sqlite_store(path, sqlite);
  if (!store) return store.take_error();
  return open(store.take(), options);
}

Result<Engine> Engine::open(std::unique_ptr<Store> store, const EngineOptions& options) {
  if (!store) return Error{ErrorCode::invalid_argument, "an engine needs a store"};
  EngineOptions complete = options;
  if (complete.ports == nullptr) complete.ports = &default_ports();
  return Engine(std::make_unique<EngineImpl>(std::move(store), complete));
}

Store& Engine::store() { return impl_->store(); }

Value Engine::execute(const Value& command) { return detail::execute(*impl_, command); }

std::string Engine::execute_text(std::string_view line) {
  auto command = read_json(line);
  const Value answer = command ? execute(*command) : detail::error_value(command.error());
  auto text = write_json(answer);
  if (text) return text.take();
  return write_json(detail::error_value(text.error())).value_or("{\"error\":{\"code\":\"internal\"}}");
}

Result<Answer> Engine::submit(const Request& request, CommandBody body) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  Command command;
  command.id = request.command_id;
  command.at = request.at;
  command.occurred_at = request.occurred_at;
  command.actor = request.actor;
  command.run = request.run;
  command.expected_revision = request.expected_revision;
  command.body = std::move(body);
  return impl_->submit(command);
}

Result<Answer> Engine::publish(const Request& request, std::string_view text, std::string_view name) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  const detail::PublishVerb verb{std::string(text)};
  if (auto fine = detail::demand_request(request); !fine) return fine.take_error();
  const auto asked = detail::request_text(detail::envelope_of(request, "publish"), verb);
  if (!asked) return asked.error();
  return impl_->once(request.command_id, *asked, [&] { return impl_->publish(request, text, name); });
}

Result<Answer> Engine::erase(const Request& request, std::string_view reason,
                             const std::vector<std::uint64_t>& revisions) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  const detail::EraseVerb verb{request.run, std::string(reason), revisions};
  if (auto fine = detail::demand_request(request); !fine) return fine.take_error();
  const auto asked = detail::request_text(detail::envelope_of(request, "erase"), verb);
  if (!asked) return asked.error();
  return impl_->once(request.command_id, *asked, [&] { return impl_->erase(request, reason, revisions); });
}

Result<Advanced> Engine::advance(Instant to, std::size_t limit) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  return impl_->written([&] { return impl_->advance(to, limit, {}); });
}

Result<std::vector<OutboxItem>> Engine::poll_outbox(Instant at, std::int64_t lease, std::size_t limit) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  return impl_->poll_outbox(at, lease, limit);
}

Status Engine::ack(const Request& request, const EffectId& id) {
  return settled(*impl_, request, {cat(id.seq, '.', id.index), true, {}, {}});
}

Status Engine::fail_effect(const Request& request, const EffectId& id, std::string_view error,
                           std::optional<std::uint32_t> attempt) {
  return settled(*impl_, request, {cat(id.seq, '.', id.index), false, std::string(error), attempt});
}

Result<std::vector<WorkItem>> Engine::worklist(const TaskFilter& filter) { return impl_->worklist(filter); }

Result<State> Engine::run(std::string_view id) {
  return impl_->looked_at([&]() -> Result<State> {
    auto run = impl_->load_run(id);
    if (!run) return run.take_error();
    return (*run)->state;
  });
}

Result<std::vector<RunRow>> Engine::runs(const RunFilter& filter) { return store().list_runs(filter); }

Result<std::vector<Obstacle>> Engine::why(std::string_view run, Instant now, std::string_view step) {
  return impl_->why(run, now, step);
}

Result<std::vector<LoggedEvent>> Engine::events(std::string_view run, std::uint64_t after,
                                                std::size_t limit) {
  return impl_->looked_at([&]() -> Result<std::vector<LoggedEvent>> {
    auto found = store().run_revision(run);
    if (!found) return found.take_error();
    if (found->first == 0) return detail::unknown_run(run);
    return impl_->read_events(found->first, after, limit);
  });
}

Result<VerifyReport> Engine::verify_log(const VerifyOptions& how) { return impl_->verify_log(how); }

Result<std::size_t> Engine::rebuild() {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  const auto report = impl_->verify_log({});
  if (!report) return report.error();
  // What only the rows of runs say wrong is what this is for; a log that lacks data is not to be made the truth.
  if (report->first_bad || report->payloads_unexplained != 0)
    return Error{ErrorCode::chain_broken,
                 report->first_bad
                     ? cat("the log is broken at entry ", *report->first_bad, ": ", report->reason)
                     : report->reason,
                 "restore a backup"};
  return impl_->written([&] { return impl_->rebuild(); });
}

Result<GateVerdict> Engine::gate(std::string_view sop, std::string_view gate, const Value& facts, Instant now,
                                 const std::vector<std::string>& approved, std::string_view scope) {
  return impl_->looked_at([&]() -> Result<GateVerdict> {
    auto plan = impl_->latest_plan(sop);
    if (!plan) return plan.take_error();
    if (auto fresh = impl_->refresh_administration(); !fresh) return fresh.take_error();
    auto found = detail::gate_of(**plan, gate);
    if (!found) return found.take_error();
    auto policies = impl_->approved_policies(**plan, approved, now);
    if (!policies) return policies.take_error();
    return detail::judge(**plan, **found, facts, impl_->facts_for(**plan, scope), now, *policies);
  });
}

Result<Answer> Engine::record_gate(const Request& request, const Value& report, std::string_view subject) {
  if (auto fine = store().usable(); !fine) return fine.take_error();
  if (auto fine = detail::demand_request(request); !fine) return fine.take_error();
  detail::RecordGateVerb verb;
  verb.subject = std::string(subject);
  verb.receipt = report;
  if (!request.run.empty()) verb.run = request.run;
  const auto text = detail::request_text(detail::envelope_of(request, "record_gate"), verb);
  if (!text) return text.error();
  return impl_->once(request.command_id, *text, [&] { return impl_->record_gate(request, verb); });
}

Status Engine::at_one_moment(const std::function<Status(std::uint64_t seq)>& body) {
  return impl_->looked_at([&]() -> Status {
    const auto head = store().head();
    return head ? body(head->seq) : Status(head.error());
  });
}

Status Engine::begin_batch() { return impl_->begin_batch(); }
Status Engine::commit_batch() { return impl_->commit_batch(); }
void Engine::rollback_batch() { impl_->rollback_batch(); }

}  // namespace v0
}  // namespace aesop
