// Host feeds: events find their runs, and the cursor moves on in the same transaction. Nothing twice, nothing lost
// between two databases: after a crash the host asks for the cursor and goes on behind it.
#include "engine/ingest.hpp"

#include "engine/host_text.hpp"
#include "engine/impl.hpp"
#include "engine/own_json.hpp"

#include "aesop/base/id.hpp"
#include "aesop/run/decide.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Result<Answer> EngineImpl::ingest(const Request& request, const std::string& feed, const std::string& cursor,
                                  const std::optional<std::string>& after,
                                  const std::vector<IngestedEvent>& events) {
  if (feed.empty() || cursor.empty())
    return Error{ErrorCode::schema_error,
                 cat("ingest.", feed.empty() ? "feed" : "cursor", " must not be empty"),
                 "name the feed, and the place in it that is reached with these events"};
  if (auto fine = demand_feed(feed, cursor, events); !fine) return fine.take_error();
  auto known = store_->find_feed(feed);
  if (!known) return known.take_error();
  if (*known && (*known)->cursor == cursor) {
    // Seen already: what it was answered then.
    auto value = read_own_json((*known)->answer, "an answer");
    if (!value) return value.take_error();
    return Answer{value->with("existing", Value::boolean(true))};
  }
  const std::string at = *known ? (*known)->cursor : std::string();
  // Without `after` a batch is the feed's first: an older one must not move the cursor back.
  if (after.value_or("") != at) {
    Rejection rejection;
    rejection.reason = "cursor_mismatch";
    rejection.message = "the events do not follow what was ingested last";
    rejection.details = {{"cursor", Value::string(at)}, {"feed", Value::string(feed)}};
    return refuse(request, "ingest", {}, rejection);
  }

  // A mistake of the caller is found before anything is written: then the command is an error that changed nothing, and
  // a batch it is part of goes on.
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!events[i].start) continue;
    const std::string& scope = events[i].scope ? *events[i].scope : request.actor.scope;
    if (!is_scope(scope))
      return Error{ErrorCode::invalid_argument,
                   cat("ingest.events[", i + 1, "]: \"", printable(scope, 60), "\" is no scope"),
                   "a scope is a path such as org/region/clinic"};
    if (events[i].subject.empty())
      return Error{ErrorCode::invalid_argument,
                   cat("ingest.events[", i + 1, "]: the subject of a run is empty"),
                   "say what the run is about"};
    if (!events[i].sop)
      return Error{ErrorCode::schema_error, cat("ingest.events[", i + 1, "] has \"start\" and lacks \"sop\""),
                   "say which SOP is to be started"};
    if (auto plan = latest_plan(*events[i].sop); !plan) return plan.take_error();
  }

  std::int64_t recorded = 0, unmatched = 0;
  std::vector<Value> refused, started;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const IngestedEvent& event = events[i];
    const auto note = [&](const Value& rejection, std::string_view run) {
      std::vector<Entry> entries = {{"index", Value::number(static_cast<std::int64_t>(i))}};
      entries.emplace_back("message", rejection.get("message"));
      entries.emplace_back("reason", rejection.get("reason"));
      if (!run.empty()) entries.emplace_back("run", Value::string(run));
      refused.push_back(Value::context(std::move(entries)));
    };
    Command command;
    command.id = request.command_id;
    // Whenever the feed says it happened, it is reported now: how late it may be is the SOP's to say.
    command.at = request.at;
    command.occurred_at = event.occurred_at ? event.occurred_at : event.at;
    command.actor = request.actor;

    RunFilter filter;
    filter.subject = event.subject;
    filter.key = event.key;
    filter.exact_scope = event.scope;
    filter.sop = event.sop;
    filter.only_open = true;
    filter.limit = SIZE_MAX;
    auto runs = store_->list_runs(filter);
    if (!runs) return runs.take_error();
    std::vector<std::string> concerned;
    const bool open = !runs->empty();
    for (const RunRow& row : *runs) {
      auto plan = plan_of(row.sop, row.version);
      if (!plan) return plan.take_error();
      if ((*plan)->find_event(event.event)) concerned.push_back(row.id);
    }
    if (event.start && !open) {
      Start body;
      body.sop = *event.sop;
      body.subject = event.subject;
      body.key = event.key;
      body.scope = event.scope;
      body.data = event.data;
      Command begin = command;
      begin.occurred_at.reset();
      begin.run = derived_run_id(cat(request.command_id, '/', i));
      begin.body = std::move(body);
      auto answer = start(begin, 0);
      if (!answer) return answer.take_error();
      if (!answer->accepted) {
        note(answer->value, {});
        continue;
      }
      started.push_back(answer->value.get("run"));
      concerned.emplace_back(answer->value.get("run").as_string());
    }
    if (concerned.empty()) {
      ++unmatched;
      continue;
    }
    for (const std::string& run : concerned) {
      RecordEvent body;
      body.event = event.event;
      body.payload = event.payload;
      command.run = run;
      command.body = std::move(body);
      auto answer = act(command);
      if (!answer) return answer.take_error();
      if (answer->accepted) {
        ++recorded;
      } else {
        note(answer->value, run);
      }
    }
  }

  std::vector<Entry> entries = {{"cursor", Value::string(cursor)},
                                {"events", Value::number(static_cast<std::int64_t>(events.size()))},
                                {"feed", Value::string(feed)},
                                {"recorded", Value::number(recorded)}};
  if (!refused.empty()) entries.emplace_back("refused", Value::list(std::move(refused)));
  if (!started.empty()) entries.emplace_back("started", Value::list(std::move(started)));
  entries.emplace_back("unmatched", Value::number(unmatched));
  Answer answer{Value::context(std::move(entries))};
  auto text = write_json(answer.value);
  if (!text) return text.take_error();
  // The cursor's move is an entry of its own: a feed that stood still is told from one that brought nothing.
  if (auto done = append(FeedIngested{feed, cursor, events.size()}, request); !done) return done.take_error();
  if (auto done = store_->put_feed({feed, cursor, text.take()}); !done) return done.take_error();
  return answer;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
