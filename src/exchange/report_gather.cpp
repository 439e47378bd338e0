// Gathering a report: which commands are asked, and how answers become its parts.
#include "exchange/timeline.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/errors.hpp"
#include "aesop/model/load.hpp"
#include "aesop/run/fields_codec.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace aesop {
inline namespace v0 {

namespace {

/// Reads described structs from answers. Members that are not known are passed over: a later library may say more.
struct Take {
  const Value& from;

  template <class T>
  void operator()(std::string_view name, T& member) const {
    const Value* value = from.find(name);
    if (value != nullptr && !value->is_null()) read(*value, member);
  }

  static void read(const Value& value, std::string& out) {
    if (value.is_string()) out = value.as_string();
  }
  static void read(const Value& value, bool& out) { out = value.is_true(); }
  static void read(const Value& value, std::int64_t& out) {
    if (value.is_number()) out = value.as_decimal().to_int64().value_or(0);
  }
  static void read(const Value& value, Value& out) { out = value; }
  static void read(const Value& value, Instant& out) {
    if (!value.is_string()) return;
    if (auto at = parse_instant(value.as_string())) out = *at;
  }
  template <class T>
  static void read(const Value& value, std::optional<T>& out) {
    read(value, out.emplace());
  }
  template <class T>
  static void read(const Value& value, std::vector<T>& out) {
    if (!value.is_list()) return;
    for (const Value& item : value.items()) read(item, out.emplace_back());
  }
  template <class T>
  requires Described<T>
  static void read(const Value& value, T& out) { T::fields(out, Take{value}); }
};

class Gatherer {
 public:
  Gatherer(const AskCommand& ask, const ReportQuestion& question) : ask_(ask), question_(question) {}

  Result<Report> run() {
    out_.at = question_.at;
    out_.zone = question_.zone;
    out_.scope = question_.scope;
    out_.from = question_.from;
    out_.until = question_.until;
    out_.seq = question_.seq;
    auto names = sops();
    if (!names) return names.take_error();
    for (const std::string& name : *names)
      if (auto done = sop(name); !done) return done.take_error();
    for (const auto& [moment, field] : question_.counts)
      if (!counted_.contains(moment))
        return Error{ErrorCode::schema_error,
                     cat("no SOP of the report has an event or step \"", printable(moment, 60), '"'),
                     "name an event and one of its fields, such as letter.received.about"};
    for (const auto& part : {&Gatherer::tasks, &Gatherer::timeline, &Gatherer::audit})
      if (auto done = (this->*part)(); !done) return done.take_error();
    return std::move(out_);
  }

 private:
  Result<Value> ok(std::string_view verb, std::vector<Entry> members) const {
    members.emplace_back("do", Value::string(verb));
    const Value answer = ask_(Value::context(std::move(members)));
    if (const Value* ok = answer.find("ok")) return *ok;
    const Value& bad = answer.get(answer.find("rejected") ? "rejected" : "error");
    const auto text = [&](std::string_view name) {
      return bad.get(name).is_string() ? std::string(bad.get(name).as_string()) : std::string();
    };
    return Error{find_error(text("code")).value_or(ErrorCode::internal), text("message"), text("help")};
  }

  Result<std::vector<std::string>> sops() const {
    if (!question_.sops.empty()) return question_.sops;
    auto answer = ok("sops", {});
    if (!answer) return answer.take_error();
    std::vector<std::string> names;
    for (const Value& row : answer->get("sops").items())
      if (const std::string name(row.get("sop").as_string());
          std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    return names;
  }

  /// What every measuring command is asked of.
  std::vector<Entry> of(const std::string& sop) const {
    std::vector<Entry> out = {{"sop", Value::string(sop)}, {"at", Value::string(to_string(question_.at))}};
    for (const auto& [name, text] : {std::pair("scope", &question_.scope), std::pair("from", &question_.from),
                                     std::pair("until", &question_.until)})
      if (!text->empty()) out.emplace_back(name, Value::string(*text));
    return out;
  }

  Status sop(const std::string& name) {
    auto published = ok("sop", {{"sop", Value::string(name)}});
    if (!published) return published.take_error();
    Findings ignored;
    auto definition = load(published->get("text").as_string(), name, ignored);
    if (!definition) return definition.take_error();
    ReportSop& sop = out_.sops.emplace_back();
    sop.definition = definition.take();
    sop.title = sop.definition->title.text;
    auto members = of(name);
    members.emplace_back("by", Value::string(question_.by));
    auto kpis = ok("kpis", std::move(members));
    if (!kpis) return kpis.take_error();
    ReportSop::fields(sop, Take{*kpis});
    auto rungs = ok("escalations", of(name));
    if (!rungs) return rungs.take_error();
    Take::read(rungs->get("escalations"), sop.escalations);
    auto exceptions = ok("exceptions", of(name));
    if (!exceptions) return exceptions.take_error();
    Take::read(exceptions->get("exceptions"), sop.exceptions);
    for (const auto& [moment, field] : question_.counts) {
      if (!has(*sop.definition, moment)) continue;
      counted_.insert(moment);
      auto asked = of(name);
      asked.emplace_back("moment", Value::string(moment));
      asked.emplace_back("field", Value::string(field));
      auto answer = ok("counts", std::move(asked));
      if (!answer) return answer.take_error();
      ReportCount::fields(sop.counts.emplace_back(), Take{*answer});
    }
    definitions_[name] = sop.definition;
    return {};
  }

  static bool has_step(const std::vector<StepDefinition>& steps, std::string_view id) {
    for (const StepDefinition& step : steps)
      if (step.id.text == id || (step.each && has_step(step.each->run, id))) return true;
    return false;
  }
  static bool has(const Definition& definition, std::string_view moment) {
    for (const EventDefinition& event : definition.events)
      if (event.name.text == moment) return true;
    return has_step(definition.steps, moment.substr(0, moment.rfind('.')));
  }

  Status tasks() {
    std::vector<Entry> members = {{"limit", Value::number(1'000'000)}};
    if (!question_.scope.empty()) members.emplace_back("scope", Value::string(question_.scope));
    auto answer = ok("tasks", std::move(members));
    if (!answer) return answer.take_error();
    Take::read(answer->get("tasks"), out_.tasks);
    std::erase_if(out_.tasks, [&](const ReportTask& task) { return !definitions_.contains(task.sop); });
    const auto urgency = [](const ReportTask& task) { return task.due ? task.due->us : INT64_MAX; };
    std::stable_sort(out_.tasks.begin(), out_.tasks.end(), [&](const ReportTask& a, const ReportTask& b) {
      return std::tuple(urgency(a), a.subject, a.task) < std::tuple(urgency(b), b.subject, b.task);
    });
    for (const ReportTask& task : out_.tasks) out_.overdue += task.due && *task.due < question_.at;
    return {};
  }

  Status timeline() {
    if (question_.run.empty()) return {};
    auto state = ok("run", {{"run", Value::string(question_.run)}});
    if (!state) return state.take_error();
    ReportRun& run = out_.run.emplace();
    std::vector<Value> events;
    for (;;) {
      auto answer = ok("events", {{"run", Value::string(question_.run)},
                                  {"after", Value::number(static_cast<std::int64_t>(events.size()))}});
      if (!answer) return answer.take_error();
      for (const Value& event : answer->get("events").items()) events.push_back(event);
      if (!answer->get("more").is_true() || answer->get("events").size() == 0) break;
    }
    ReportRun::fields(run, Take{*state});
    run.run = question_.run;
    if (!events.empty()) {
      const Value& started = events.front().get("control");
      Take::read(started.get("sop"), run.sop);
      Take::read(started.get("sop_version"), run.version);
      Take::read(started.get("scope"), run.scope);
      Take::read(started.get("subject"), run.subject);
    }
    // As its own version words it, whatever is published since.
    auto published = ok("sop", {{"sop", Value::string(run.sop)}, {"version", Value::string(run.version)}});
    if (!published) return published.take_error();
    Findings ignored;
    auto definition = load(published->get("text").as_string(), run.sop, ignored);
    if (!definition) return definition.take_error();
    run.moments = detail::timeline(events, **definition);
    return {};
  }

  Status audit() {
    auto answer = ok("verify", {});
    if (!answer) return answer.take_error();
    ReportAudit::fields(out_.audit, Take{*answer});
    ReportAudit::fields(out_.audit, Take{answer->get("payloads")});
    return {};
  }

  const AskCommand& ask_;
  const ReportQuestion& question_;
  Report out_;
  std::map<std::string, std::shared_ptr<const Definition>, std::less<>> definitions_;
  std::set<std::string, std::less<>> counted_;
};

}  // namespace

Result<Report> gather_report(const AskCommand& ask, const ReportQuestion& question) {
  return Gatherer(ask, question).run();
}

Value report_value(const Report& report) {
  std::vector<Entry> entries;
  Report::fields(report, detail::JsonOut{entries});
  return Value::context(std::move(entries));
}

}  // namespace v0
}  // namespace aesop
