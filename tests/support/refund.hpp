// A small SOP for tests of store and engine: refunds of a shop. It has what makes a store work: tasks with time
// limits and ladders, a checklist, a service, an approval, events that come several times, an exception, a gate, a
// case clock that starts a linked run.
#pragma once

#include "aesop/engine/engine.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <string>
#include <string_view>

namespace aesop::testing {

inline constexpr std::string_view refund_sop = R"sop({
  "aesop": 1, "sop": "refund", "version": "1.0.0", "title": "Refund an order",
  "purpose": "Money goes back once, and only with a reason.", "scope": "All shops.",
  "roles": {"agent": {}, "lead": {"pages": true}, "finance": {}},
  "data": {"amount": {"type": "decimal", "default": 0}, "reason": "string", "letters": {"type": "decimal", "default": 0}},
  "events": {"parcel.returned": {"fields": {"weight": "decimal"}},
             "letter.received": {"fields": {"about": "string"}, "sets": {"letters": "=letters + 1"}},
             "case.reopened": {"fields": {}}},
  "parameters": {"patience": {"type": "span", "default": "2 days", "override": "clinic"}},
  "rules": {"limit": {"feel": "if amount > 100 then \"high\" else \"low\""}},
  "gates": {"may_pay": {"checks": [
     {"id": "amount", "require": "amount > 0", "message": "there is no amount", "fix": "enter the amount"},
     {"id": "reason", "require": "reason != null", "enforce": "should", "message": "no reason was given"},
     {"id": "small", "require": "amount <= 1000", "enforce": "must-unless-documented", "message": "too much",
      "exception": "skip_check"}]}},
  "clocks": {"whole": {"starts": "run.started", "stops": "pay.completed", "due": "30 days",
     "escalate": [{"at": "20 days", "notify": "lead"}, {"at": "due", "page": "lead", "start": "chase"}]}},
  "steps": [
    {"id": "check", "title": "Check the claim",
     "raci": {"responsible": "agent", "accountable": "lead"},
     "form": {"amount": {"type": "decimal", "required": true}, "note": "string"},
     "checklist": [{"item": "Order number noted", "id": "number"}, {"item": "Photo kept", "id": "photo", "enforce": "should", "evidence": "photo"}],
     "due": "=patience", "escalate": [{"at": "80%", "notify": "responsible"}, {"at": "due", "notify": "accountable"}, {"at": "due + 1 day", "page": "lead"}],
     "next": [{"else": "sort", "set": {"amount": "=check.amount"}}]},
    {"id": "sort", "kind": "decision", "title": "How much?", "next": [{"if": "limit = \"high\"", "go": "approve"}, {"else": "pay"}]},
    {"id": "approve", "kind": "approval", "title": "Approve the refund", "raci": {"responsible": "lead", "accountable": "finance"},
     "approvers": "lead", "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}],
     "next": {"approved": "pay", "refused": "refused"}},
    {"id": "pay", "kind": "service", "title": "Pay it back", "raci": {"responsible": "finance", "accountable": "lead"},
     "do": "bank.transfer", "with": {"amount": "=amount"}, "result": {"reference": "string"}, "retry": {"times": 2, "every": "10 minutes"},
     "due": "4 hours", "escalate": [{"at": "due", "notify": "accountable"}], "on_failure": "check"},
    {"id": "letters_in", "kind": "wait", "title": "Wait for the parcel", "raci": {"responsible": "agent", "accountable": "lead"},
     "for": [{"event": "parcel.returned", "go": "close"}, {"after": "10 days", "go": "close"}]},
    {"id": "close", "title": "Close the case", "raci": {"responsible": "agent", "accountable": "lead"}, "review": "lead",
     "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}]},
    {"id": "refunded", "kind": "end", "title": "Refunded", "outcome": "refunded"},
    {"id": "refused", "kind": "end", "title": "Refused", "outcome": "refused"}
  ],
  "exceptions": {"skip_check": {"of": ["check"], "allows": "skip", "ask": ["agent"], "documents": ["mail"],
     "approvers": {"all_of": ["lead", "finance"]}, "decide_within": "4 hours", "on_timeout": "deny", "valid_for": "1 day"}}
})sop";

inline constexpr std::string_view chase_sop = R"sop({
  "aesop": 1, "sop": "chase", "version": "1.0.0", "title": "Chase what is late",
  "purpose": "Nothing lies about.", "scope": "All shops.", "roles": {"lead": {"pages": true}, "finance": {}},
  "steps": [
    {"id": "look", "title": "Look into it", "raci": {"responsible": "lead", "accountable": "finance"},
     "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}]},
    {"id": "done", "kind": "end", "title": "Done", "outcome": "done"}
  ]
})sop";

/// Midnight before the first morning of tests.
inline constexpr Instant day_one = {1767225600'000000};  // 2026-01-01T00:00:00Z
inline constexpr std::int64_t minute = 60'000000;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day = 24 * hour;

inline Request request(std::string id, Instant at, std::string person = "ann", std::string role = "agent",
                       std::string scope = "shop/east") {
  Request request;
  request.command_id = std::move(id);
  request.at = at;
  request.actor.id = std::move(person);
  request.actor.roles = {std::move(role)};
  request.actor.scope = std::move(scope);
  return request;
}

/// A command from JSON text with single quotes for double ones, and who, when and which id filled in when absent.
inline Value command(std::string text, const std::string& id = {}, Instant at = day_one,
                     const std::string& person = "ann", const std::string& role = "agent") {
  for (char& c : text)
    if (c == '\'') c = '"';
  Value value = read_json(text).value();
  if (!id.empty()) value = value.with("command_id", Value::string(id));
  if (!value.find("at")) value = value.with("at", Value::string(to_string(at)));
  if (!value.find("actor"))
    value = value.with("actor", Value::context({{"id", Value::string(person)},
                                                {"roles", Value::list({Value::string(role)})},
                                                {"scope", Value::string("shop/east")}}));
  return value;
}

/// Publishes the SOPs and registers the people.
inline Status furnish(Engine& engine, bool people = true) {
  for (const auto& [id, text] :
       {std::pair("publish-refund", refund_sop), std::pair("publish-chase", chase_sop)}) {
    auto answer = engine.publish(request(id, day_one, "ops", "lead", ""), text);
    if (!answer) return answer.take_error();
    if (!answer->accepted)
      return Error{ErrorCode::unsound_definition, write_json_indented(answer->value).value_or("?")};
  }
  if (!people) return {};
  for (const char* text :
       {"{'do':'put_person','person':'ann','name':'Ann','grants':[{'role':'agent','scope':'shop'}]}",
        "{'do':'put_person','person':'ben','name':'Ben','grants':[{'role':'agent','scope':'shop/east'}]}",
        "{'do':'put_person','person':'lea','name':'Lea','grants':[{'role':'lead','scope':'shop'}]}",
        "{'do':'put_person','person':'fin','name':'Fin','grants':[{'role':'finance','scope':''}]}"}) {
    const Value answer = engine.execute(command(text, cat("person-", text)));
    if (!answer.find("ok")) return Error{ErrorCode::internal, write_json(answer).value_or("?")};
  }
  return {};
}

}  // namespace aesop::testing
