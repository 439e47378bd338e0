// People, parameters and calendars: each change is an entry of kind administration, with the value as its payload.
#include "engine/host_text.hpp"
#include "engine/impl.hpp"
#include "engine/own_json.hpp"

#include "aesop/base/id.hpp"
#include "aesop/model/calendar_text.hpp"
#include "aesop/model/conform.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/decide.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Error bad(std::string message, std::string help = {}) {
  return {ErrorCode::invalid_argument, std::move(message), std::move(help)};
}

Status demand_scope(std::string_view scope) {
  if (auto fine = demand_text("scope", scope); !fine) return fine;
  if (is_scope(scope)) return {};
  return bad(cat('"', printable(scope, 60), "\" is no scope"), "a scope is a path such as org/region/clinic");
}

/// "/" and "" are one scope.
std::string plain_scope(const std::string& scope) { return scope == "/" ? std::string() : scope; }

}  // namespace

Status EngineImpl::append_administration(const EntryControl& control, const Request& request,
                                         std::string_view body) {
  if (auto done = append(control, request, {.body = body}); !done) return done;
  administration_.reset();
  return store_->put_administration(head_.seq);
}

Result<Answer> EngineImpl::put_person(const Request& request, StoredPerson person) {
  if (person.id.empty()) return bad("a person needs an id");
  if (auto fine = demand_text("person", person.id); !fine) return fine.take_error();
  for (StoredPerson::Grant& grant : person.grants) {
    if (!is_id(grant.role)) return bad(cat('"', printable(grant.role, 60), "\" is no role"));
    if (auto fine = demand_scope(grant.scope); !fine) return fine.take_error();
    grant.scope = plain_scope(grant.scope);
  }
  std::sort(person.grants.begin(), person.grants.end());
  person.grants.erase(std::unique(person.grants.begin(), person.grants.end()), person.grants.end());
  // Ids, roles and scopes are control; a name is personal data.
  PersonPut put;
  put.person = person.id;
  for (const StoredPerson::Grant& grant : person.grants) put.grants.push_back({grant.role, grant.scope});
  std::string body;
  if (!person.name.empty()) body = encode_data(Value::context({{"name", Value::string(person.name)}}));
  if (auto done = append_administration(std::move(put), request, body); !done) return done.take_error();
  if (auto done = store_->put_person(person); !done) return done.take_error();
  return Answer{Value::context({{"grants", Value::number(static_cast<std::int64_t>(person.grants.size()))},
                                {"person", Value::string(person.id)}})};
}

Result<Answer> EngineImpl::remove_person(const Request& request, const std::string& person) {
  if (auto fine = demand_text("person", person); !fine) return fine.take_error();
  if (auto done = append_administration(PersonRemoved{person}, request); !done) return done.take_error();
  if (auto done = store_->remove_person(person); !done) return done.take_error();
  return Answer{Value::context({{"person", Value::string(person)}})};
}

Result<Answer> EngineImpl::set_parameter(const Request& request, StoredParameter parameter,
                                         const Value& value) {
  if (!is_id(parameter.name)) return bad(cat('"', printable(parameter.name, 60), "\" is no parameter"));
  if (auto fine = demand_scope(parameter.scope); !fine) return fine.take_error();
  parameter.scope = plain_scope(parameter.scope);
  const auto refused = [&](std::string_view reason, std::string message) {
    Rejection rejection;
    rejection.reason = reason;
    rejection.message = std::move(message);
    rejection.details = {{"name", Value::string(parameter.name)}};
    return refuse(request, "set_parameter", {}, rejection);
  };
  if (!parameter.sop.empty()) {
    auto plan = latest_plan(parameter.sop);
    if (!plan) return plan.take_error();
    const std::uint32_t ref = (*plan)->find_parameter(parameter.name);
    if (ref == no_ref) return refused("unknown_parameter", "the SOP declares no parameter of this name");
    const ParameterDefinition& declared = (*plan)->parameters()[ref];
    const auto depth =
        parameter.scope.empty() ? 0 : 1 + std::count(parameter.scope.begin(), parameter.scope.end(), '/');
    if (depth > static_cast<std::ptrdiff_t>(declared.override_level))
      return refused("not_overridable", "the SOP does not let this parameter be set at a scope this deep");
    if (auto typed = conform(value, declared.type); !typed) return refused("bad_data", typed.error().message);
  }
  auto text = write_json(value);
  if (!text) return text.take_error();
  if (text->size() > max_parameter_bytes)
    return Error{ErrorCode::limit_exceeded, cat("the value has ", text->size(),
                                                " bytes, and a parameter may have ", max_parameter_bytes)};
  parameter.value = text.take();
  if (auto done = append_administration(ParameterSet{parameter.sop, parameter.name, parameter.scope}, request,
                                        encode_data(value));
      !done)
    return done.take_error();
  if (auto done = store_->put_parameter(parameter); !done) return done.take_error();
  return Answer{
      Value::context({{"name", Value::string(parameter.name)}, {"scope", Value::string(parameter.scope)}})};
}

Result<Answer> EngineImpl::put_calendar(const Request& request, const std::string& name,
                                        const std::string& given, const Value& calendar) {
  if (!is_id(name)) return bad(cat('"', printable(name, 60), "\" is no name of a calendar"));
  if (auto fine = demand_scope(given); !fine) return fine.take_error();
  const std::string scope = plain_scope(given);
  auto text = write_json(calendar);
  if (!text) return text.take_error();
  auto tree = read_json_tree(*text);
  if (!tree) return tree.take_error();
  Findings findings;
  if (!read_calendar(*tree, findings) || findings.has_errors())
    return bad(
        cat("this is no calendar", findings.empty() ? "" : ": ", findings.empty() ? "" : findings[0].message),
        findings.empty() ? "" : findings[0].help);
  if (auto done = append_administration(CalendarPut{name, scope}, request, encode_data(calendar)); !done)
    return done.take_error();
  if (auto done = store_->put_calendar({name, scope, *text}); !done) return done.take_error();
  return Answer{Value::context({{"calendar", Value::string(name)}, {"scope", Value::string(scope)}})};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
