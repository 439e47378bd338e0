// Commands on the library and the people, as JSON.
#include "engine/execute_verbs.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

// A path in a command would have whoever may send commands read files of this machine: the program reads them
// (src/cli), the engine takes texts only.
Value do_publish(EngineImpl& engine, const Value& command) {
  return writing<PublishVerb>(engine, command, "publish",
                              [&](const Request& request, const PublishVerb& verb) {
                                return engine.publish(request, verb.text, "text");
                              });
}

Value do_put_person(EngineImpl& engine, const Value& command) {
  return writing<PutPersonVerb>(engine, command, "put_person",
                                [&](const Request& request, const PutPersonVerb& verb) {
                                  StoredPerson person{verb.person, verb.name.value_or(""), {}};
                                  for (const GrantText& grant : verb.grants)
                                    person.grants.push_back({grant.role, grant.scope.value_or("")});
                                  return engine.put_person(request, std::move(person));
                                });
}

Value do_remove_person(EngineImpl& engine, const Value& command) {
  return writing<RemovePersonVerb>(engine, command, "remove_person",
                                   [&](const Request& request, const RemovePersonVerb& verb) {
                                     return engine.remove_person(request, verb.person);
                                   });
}

Value do_set_parameter(EngineImpl& engine, const Value& command) {
  if (!command.find("value"))  // null says something: the SOP's default again
    return error_value(
        {ErrorCode::schema_error, "set_parameter lacks \"value\"", "null gives the default back"});
  return writing<SetParameterVerb>(
      engine, command, "set_parameter", [&](const Request& request, const SetParameterVerb& verb) {
        return engine.set_parameter(request, {verb.sop.value_or(""), verb.name, verb.scope.value_or(""), {}},
                                    verb.value);
      });
}

Value do_put_calendar(EngineImpl& engine, const Value& command) {
  return writing<PutCalendarVerb>(
      engine, command, "put_calendar", [&](const Request& request, const PutCalendarVerb& verb) {
        return engine.put_calendar(request, verb.name, verb.scope.value_or(""), verb.calendar);
      });
}

Value do_erase(EngineImpl& engine, const Value& command) {
  return writing<EraseVerb>(engine, command, "erase", [&](const Request& request, const EraseVerb& verb) {
    Request of_run = request;
    of_run.run = verb.run;
    return engine.erase(of_run, verb.reason, verb.revisions);
  });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
