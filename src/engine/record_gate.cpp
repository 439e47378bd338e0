// Verdicts of gates in the log: which exceptions a host may lean on, and keeping what a gate answered.
#include "engine/host_text.hpp"
#include "engine/impl.hpp"
#include "engine/judge.hpp"
#include "engine/verbs.hpp"

#include "aesop/run/decide.hpp"
#include "aesop/run/machine_gate.hpp"
#include "aesop/run/projection.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

std::string text_of(const Value& receipt, std::string_view key) {
  const Value& value = receipt.get(key);
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

std::vector<std::string> texts_of(const Value& receipt, std::string_view key) {
  std::vector<std::string> texts;
  const Value& list = receipt.get(key);
  if (list.is_list())
    for (const Value& item : list.items())
      if (item.is_string()) texts.emplace_back(item.as_string());
  return texts;
}

}  // namespace

Result<std::vector<std::string>> EngineImpl::approved_policies(const Plan& plan,
                                                               const std::vector<std::string>& named,
                                                               Instant now) {
  std::vector<std::string> policies;
  for (const std::string& name : named) {
    const std::size_t slash = name.rfind('/');
    if (slash == std::string::npos) {
      if (plan.find_exception(name) == nullptr)
        return Error{ErrorCode::not_found,
                     cat("the SOP has no exception policy \"", printable(name, 60), '"')};
      policies.push_back(name);
      continue;
    }
    const std::string_view id = std::string_view(name).substr(slash + 1);
    auto run = load_run(std::string_view(name).substr(0, slash));
    if (!run) return run.take_error();
    if ((*run)->state.sop != plan.sop())
      return Error{ErrorCode::invalid_argument,
                   cat("the exception \"", printable(name, 60), "\" is of a run of another SOP")};
    const Deviation* found = nullptr;
    for (const Deviation& one : (*run)->state.exceptions)
      if (one.id == id) found = &one;
    if (found == nullptr)
      return Error{ErrorCode::not_found, cat("the run has no exception \"", printable(id, 60), '"'),
                   "name an exception as RUN/EXCEPTION, or a policy"};
    // Due timers fire with the next command of the run; what expires by now is known without it.
    const Clock* validity = clock_of((*run)->state, ClockKind::exception_validity, found->id);
    const bool over = validity != nullptr && validity->armed.due && *validity->armed.due <= now;
    if (over || !documented(*found))
      return Error{ErrorCode::invalid_argument,
                   cat("the exception \"", printable(id, 60), "\" is ",
                       over ? std::string_view("expired") : name_of(found->state), ", not approved"),
                   "only an approved exception lets a check pass"};
    policies.push_back(found->policy);
  }
  return policies;
}

Result<Answer> EngineImpl::record_gate(const Request& request, const RecordGateVerb& verb) {
  if (!verb.receipt.is_context())
    return Error{ErrorCode::schema_error, "record_gate.receipt is the object that the gate answered"};
  GateRecorded entry;
  entry.sop = text_of(verb.receipt, "sop");
  entry.sop_version = text_of(verb.receipt, "version");
  entry.gate = text_of(verb.receipt, "gate");
  entry.subject = verb.subject.value_or("");
  entry.verdict = text_of(verb.receipt, "verdict");
  entry.facts_hash = text_of(verb.receipt, "facts_hash");
  entry.rules_hash = text_of(verb.receipt, "rules_hash");
  entry.receipt = text_of(verb.receipt, "receipt");
  entry.approved = texts_of(verb.receipt, "approved");
  entry.blocked = texts_of(verb.receipt, "blocked");
  entry.warned = texts_of(verb.receipt, "warned");
  std::sort(entry.approved.begin(), entry.approved.end());
  for (const auto& [what, text] : {std::pair<std::string_view, const std::string&>{"subject", entry.subject},
                                   {"receipt.sop", entry.sop},
                                   {"receipt.version", entry.sop_version},
                                   {"receipt.gate", entry.gate}})
    if (auto fine = demand_text(what, text); !fine) return fine.take_error();
  for (const auto* list : {&entry.approved, &entry.blocked, &entry.warned})
    for (const std::string& text : *list)
      if (auto fine = demand_text("receipt", text); !fine) return fine.take_error();
  if (entry.subject.empty() && !verb.run)
    return Error{ErrorCode::schema_error, "record_gate lacks \"subject\"",
                 "say what the verdict was about: a subject, or a run"};

  const auto refused = [&](std::string message) {
    Rejection rejection;
    rejection.reason = "bad_receipt";
    rejection.message = std::move(message);
    return refuse(request, "record_gate", verb.run.value_or(""), rejection);
  };
  const std::string at = text_of(verb.receipt, "at");
  const auto checked = parse_instant(at);
  if (!checked) return refused("the receipt says no time");
  entry.checked_at = *checked;
  if (entry.verdict != "block" && entry.verdict != "warn" && entry.verdict != "pass")
    return refused("the receipt says no verdict");
  for (const std::string& hash : {entry.facts_hash, entry.rules_hash})
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      return refused("a hash of the receipt is none");
  if ((entry.verdict == "block") != !entry.blocked.empty())
    return refused("the verdict is not that of the checks that block");
  const auto expected =
      receipt_of({at, entry.facts_hash, entry.gate, entry.rules_hash, entry.verdict, entry.approved});
  if (!expected) return expected.error();
  if (*expected != entry.receipt) return refused("the receipt is not one of this verdict");
  if (*checked > request.at) return refused("the gate was asked later than now");
  auto known = store_->find_sop(entry.sop, entry.sop_version);
  if (!known) return known.take_error();
  if (!*known) return refused("no such version of the SOP is published here");
  if ((*known)->hash != entry.rules_hash)
    return refused("the rules are not those published under this version");

  EntryAbout about;
  if (verb.run) {
    auto found = store_->run_revision(*verb.run);
    if (!found) return found.take_error();
    if (found->first == 0) return unknown_run(*verb.run);
    about.run = *verb.run;
    about.number = found->first;
  }
  if (auto done = append(entry, request, about); !done) return done.take_error();
  return Answer{Value::context({{"receipt", Value::string(entry.receipt)},
                                {"seq", Value::number(static_cast<std::int64_t>(head_.seq))},
                                {"verdict", Value::string(entry.verdict)}})};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
