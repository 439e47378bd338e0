// Erasing data of a run that is over: payloads, and every copy of what was in them that the store keeps.
//
// Values of a run lie in payloads of its log entries, in its stored state, in the outbox, and in answers to commands
// that were refused for what they said; what a command asked lies in the salted hash of its request. All of it goes in
// one transaction, and the log says that it went. Control fields stay: they hold no personal data (event.hpp (1)).
#include "engine/impl.hpp"
#include "engine/own_json.hpp"

#include "aesop/run/codec.hpp"
#include "aesop/run/decide.hpp"

#include <algorithm>
#include <set>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr std::size_t erase_page = 512;

/// An answer without what it may say of data: of refusals the reason is left and its sentence.
Value without_data(const Value& answer) {
  if (answer.is_list()) {
    std::vector<Value> items;
    for (const Value& item : answer.items()) items.push_back(without_data(item));
    return Value::list(std::move(items));
  }
  if (!answer.is_context()) return answer;
  const Value& reason = answer.get("reason");
  if (!reason.is_string() || !answer.find("message")) {
    std::vector<Entry> entries;
    for (const Entry& entry : answer.entries()) entries.emplace_back(entry.first, without_data(entry.second));
    return Value::context(std::move(entries));
  }
  std::vector<Entry> entries = {{"erased", Value::boolean(true)}};
  if (answer.find("index")) entries.emplace_back("index", answer.get("index"));
  entries.emplace_back("message", Value::string(rejection_text(reason.as_string())));
  entries.emplace_back("reason", reason);
  if (answer.find("run")) entries.emplace_back("run", answer.get("run"));
  return Value::context(std::move(entries));
}

Result<std::string> without_data(std::string_view answer) {
  auto value = read_own_json(answer, "an answer");
  if (!value) return value.take_error();
  return write_json(without_data(*value));
}

}  // namespace

/// An effect of the run that is still in the outbox; its body holds data that is not for the engine to lose.
Result<std::optional<EffectId>> EngineImpl::effect_of_run(RunNumber run) {
  std::optional<EffectId> after;
  for (;;) {
    auto rows = store_->list_effects(after, erase_page);
    if (!rows) return rows.take_error();
    for (const StoredEffect& row : *rows)
      if (row.run == run) return std::optional(row.id);
    if (rows->size() < erase_page) return std::optional<EffectId>();
    after = rows->back().id;
  }
}

/// Erases the payloads of entries about a run, and says which commands wrote them.
Result<std::uint64_t> EngineImpl::erase_payloads(RunNumber run, const std::vector<std::uint64_t>& revisions,
                                                 std::set<std::string, std::less<>>& commands) {
  std::uint64_t erased = 0, after = 0;
  for (;;) {
    const auto entries = store_->read_about(run, after, erase_page);
    if (!entries) return entries.error();
    for (const LogEntry& entry : *entries) {
      after = entry.seq;
      const auto record = decode_record(entry.header);
      if (!record) return record.error();
      // Why data was erased before stays known.
      const bool wanted = revisions.empty()
                              ? record->type != PayloadsErased::name
                              : std::binary_search(revisions.begin(), revisions.end(), entry.run_seq);
      if (!wanted) continue;
      if (!record->command_id.empty()) commands.insert(record->command_id);
      if (entry.payload != PayloadState::present) continue;
      if (auto done = store_->erase_payload(entry.seq); !done) return done.take_error();
      ++erased;
    }
    if (entries->size() < erase_page) return erased;
  }
}

/// Takes out what answers say of data, and the hashes of what was asked.
Status EngineImpl::erase_answers(const std::string& run, bool all,
                                 std::set<std::string, std::less<>>& commands) {
  // Commands that wrote nothing (a run that was running already) name the run in their answer only.
  const std::string name = write_json(Value::string(run)).value_or("");
  std::string after;
  while (all) {
    auto answers = store_->list_answers(after, erase_page);
    if (!answers) return answers.take_error();
    for (const auto& [id, answer] : *answers)
      if (answer.find(name) != std::string::npos) commands.insert(id);
    if (answers->size() < erase_page) break;
    after = answers->back().first;
  }
  for (const std::string& id : commands) {
    auto stored = store_->find_command(id);
    if (!stored) return stored.take_error();
    if (!*stored) continue;  // timers name the command that let them fire, perhaps one of none
    auto answer = without_data(std::string_view((*stored)->answer));
    if (!answer) return answer.take_error();
    if (auto done = store_->erase_command(id, *answer); !done) return done;
  }
  // A feed keeps its last answer beside its cursor.
  auto feeds = store_->list_feeds();
  if (!feeds) return feeds.take_error();
  for (StoredFeed& feed : *feeds) {
    auto answer = without_data(std::string_view(feed.answer));
    if (!answer) return answer.take_error();
    if (*answer == feed.answer) continue;
    feed.answer = answer.take();
    if (auto done = store_->put_feed(feed); !done) return done;
  }
  return {};
}

Result<Answer> EngineImpl::erase(const Request& request, std::string_view reason,
                                 std::vector<std::uint64_t> revisions) {
  auto loaded = load_run(request.run);
  if (!loaded) return loaded.take_error();
  CachedRun& run = **loaded;
  const auto refused = [&](std::string_view slug, std::vector<std::pair<std::string, Value>> details = {}) {
    Rejection rejection;
    rejection.reason = slug;
    rejection.message = rejection_text(slug);
    rejection.details = std::move(details);
    return refuse(request, "erase", request.run, rejection);
  };
  if (trim(reason).empty()) return refused("reason_missing");
  if (run.state.status != RunStatus::closed) return refused("run_not_closed");
  const auto pending = effect_of_run(run.number);
  if (!pending) return pending.error();
  if (*pending)
    return refused("effect_pending",
                   {{"effect", Value::string(cat((*pending)->seq, '.', (*pending)->index))}});
  std::sort(revisions.begin(), revisions.end());
  revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
  if (!revisions.empty() && (revisions.front() == 0 || revisions.back() > run.state.revision))
    return Error{ErrorCode::not_found,
                 cat("the run has no revision ", revisions.front() == 0 ? 0 : revisions.back()),
                 cat("its last one is ", run.state.revision)};

  run.transaction = transaction_;
  wrote_ = true;
  std::set<std::string, std::less<>> commands;
  const auto erased = erase_payloads(run.number, revisions, commands);
  if (!erased) return erased.error();
  if (auto done = erase_answers(run.state.id, revisions.empty(), commands); !done) return done.take_error();

  // What the run is now follows from its events, as ever.
  auto after = replay(run.number);
  if (!after) return after.take_error();
  State replayed = after.take();
  if (replayed.revision != run.state.revision || replayed.status != run.state.status)
    return Error{ErrorCode::internal, "a run is another without its data"};
  if (auto done = store_->put_run(run.number, replayed.revision, stored_status(replayed.status),
                                  replayed.outcome, encode_state(replayed));
      !done)
    return done.take_error();
  if (auto done = store_projection(run, projection(replayed)); !done) return done.take_error();
  run.state = std::move(replayed);

  const std::string why = encode_data(Value::context({{"reason", Value::string(reason)}}));
  if (auto done = append(PayloadsErased{run.state.id, *erased, std::move(revisions)}, request,
                         {.run = run.state.id, .number = run.number, .body = why});
      !done)
    return done.take_error();
  return Answer{Value::context({{"payloads", Value::number(static_cast<std::int64_t>(*erased))},
                                {"revision", Value::number(static_cast<std::int64_t>(run.state.revision))},
                                {"run", Value::string(run.state.id)}})};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
