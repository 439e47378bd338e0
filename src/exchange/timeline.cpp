// What happened in a run, for people: from control fields alone, so that it reads the same when data was erased.
#include "exchange/timeline.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/model/show_words.hpp"

#include <map>
#include <optional>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

std::string_view text_of(const Value& of, std::string_view name) {
  const Value& value = of.get(name);
  return value.is_string() ? value.as_string() : std::string_view();
}

std::optional<Instant> instant_of(const Value& of, std::string_view name) {
  auto at = parse_instant(text_of(of, name));
  return at ? std::optional(*at) : std::nullopt;
}

std::int64_t number_of(const Value& of, std::string_view name) {
  const Value& value = of.get(name);
  return value.is_number() ? value.as_decimal().to_int64().value_or(0) : 0;
}

class Teller {
 public:
  Teller(const Definition& definition, std::vector<ReportMoment>& out)
      : file_(definition), words_(definition), out_(out) {}

  void add(const Value& event) {
    const Instant at = instant_of(event, "occurred_at").value_or(instant_of(event, "at").value_or(Instant{}));
    const Instant recorded = instant_of(event, "at").value_or(Instant{});
    const std::string_view actor = text_of(event, "actor");
    const std::int64_t revision = number_of(event, "run_seq");
    if (!open_ || recorded_ != recorded || moment_.actor != actor) {
      flush();
      moment_ = {recorded, std::string(actor), {}, {}, false, revision, revision};
      recorded_ = recorded;
      open_ = true;
    }
    moment_.last = revision;
    tell(text_of(event, "type"), event.get("control"), at);
  }

  void flush() {
    if (!open_) return;
    counted(ticks_, "ticked 1 item", "ticked ", " items");
    counted(evidence_, "attached 1 piece of evidence", "attached ", " pieces of evidence");
    if (!moment_.what.empty()) out_.push_back(std::move(moment_));
    open_ = false;
  }

 private:
  void say(std::string sentence) {
    if (!sentence.empty() && is_lower(sentence[0])) sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    moment_.what.push_back(std::move(sentence));
  }
  void counted(int& count, std::string_view one, std::string_view before, std::string_view after) {
    if (count == 1) say(std::string(one));
    if (count > 1) say(cat(before, count, after));
    count = 0;
  }
  std::string step_of(const Value& control) const {
    if (const auto step = text_of(control, "step"); !step.empty()) return words_.step(step);
    const auto known = steps_.find(number_of(control, "token"));
    return known == steps_.end() ? std::string("a step") : words_.step(known->second);
  }

  template <class Things>
  static std::string title_in(const Things& things, std::string_view id) {
    for (const auto& thing : things)
      if (thing.id.text == id && !thing.title.empty()) return thing.title;
    return plain_words(id);
  }
  std::string clock_title(std::string_view kind, std::string_view ref) const {
    if (kind == "stage") return cat("stage \"", title_in(file_.stages, ref), '"');
    if (kind == "case") return cat("clock \"", title_in(file_.clocks, ref), '"');
    return words_.step(ref);
  }

  void limit(const Value& clock) {
    const auto due = instant_of(clock, "due");
    if (due && (!moment_.due || *due < *moment_.due)) moment_.due = due;
  }

  void tell(std::string_view type, const Value& c, Instant at) {
    if (type == "item_ticked") {
      ++ticks_;
    } else if (type == "evidence_attached") {
      ++evidence_;
    } else if (type == "form_saved" || type == "clock_stopped" || type == "variables_set" ||
               type == "list_fixed" || type == "token_parked" || type == "each_closing" ||
               type == "service_requested") {
      // What follows from another event of the moment.
    } else if (type == "run_started") {
      say("run started");
    } else if (type == "step_entered") {
      const std::string id(text_of(c, "step"));
      steps_[number_of(c, "token")] = id;
      say(cat(words_.step(id), " begins"));
      dues_.erase(number_of(c, "token"));
      if (c.get("clocks").is_list())
        for (const Value& clock : c.get("clocks").items()) {
          if (text_of(clock, "kind") != "step") continue;
          limit(clock);
          if (const auto due = instant_of(clock, "due")) dues_[number_of(c, "token")] = *due;
        }
    } else if (type == "task_completed") {
      const auto due = dues_.find(number_of(c, "token"));
      const bool late = due != dues_.end() && at > due->second;
      moment_.late = moment_.late || late;
      say(cat("completed ", step_of(c), late ? ", late" : "",
              c.get("review").is_true() ? "; now to be reviewed" : ""));
    } else if (type == "step_left") {
      const std::string_view reason = text_of(c, "reason");
      std::string to;
      if (c.get("moves").is_list())
        for (const Value& move : c.get("moves").items())
          if (const auto target = text_of(move, "to"); !target.empty())
            append(to, to.empty() ? "" : ", ", words_.step(target));
      if (reason != "completed")
        say(cat(words_.step(text_of(c, "step")), ' ',
                reason == "skipped"  ? "is skipped by an exception"
                : reason == "lapsed" ? "lapses"
                                     : plain_words(reason)));
      else if (!to.empty() && !steps_.contains(number_of(c, "token")))
        say(cat(words_.step(text_of(c, "step")), " leads to ", to));
      steps_.erase(number_of(c, "token"));
    } else if (type == "event_recorded") {
      say(cat("event ", words_.event(text_of(c, "event")),
              c.get("applies").is_false() ? " (without consequence)" : ""));
    } else if (type == "clock_started") {
      const Value& clock = c.get("clock");
      const std::string_view kind = text_of(clock, "kind");
      if (kind == "stage" || kind == "case") {
        say(cat(clock_title(kind, text_of(clock, "ref")), " starts"));
        limit(clock);
      }
    } else if (type == "rung_fired") {
      if (c.get("held").is_false() || !c.get("actions").is_list() || c.get("actions").size() == 0) return;
      std::string whom;
      if (c.get("resolved").is_list())
        for (const Value& one : c.get("resolved").items()) {
          std::string people;
          if (one.get("people").is_list())
            for (const Value& person : one.get("people").items())
              append(people, people.empty() ? "" : ", ", person.is_string() ? person.as_string() : "");
          append(whom, whom.empty() ? "" : "; ", text_of(one, "action"), ' ', people);
        }
      moment_.late = true;
      say(cat("rung ", number_of(c, "rung") + 1, " of ", clock_title(text_of(c, "kind"), text_of(c, "ref")),
              whom.empty() ? "" : ": ", whom));
    } else if (type == "exception_requested") {
      exceptions_[std::string(text_of(c, "id"))] = text_of(c, "policy");
      say(cat("asked for the exception \"", title_in(file_.exceptions, text_of(c, "policy")), '"'));
    } else if (type == "emergency_invoked") {
      exceptions_[std::string(text_of(c, "id"))] = text_of(c, "policy");
      say(cat("invoked the emergency of \"", title_in(file_.exceptions, text_of(c, "policy")), '"'));
    } else if (type == "exception_decided") {
      say(cat(c.get("approve").is_true() ? "approved" : "denied", " the exception as ",
              words_.role(text_of(c, "role"))));
    } else if (type.starts_with("exception_") || type.starts_with("emergency_")) {
      const auto known = exceptions_.find(text_of(c, "id"));
      const std::string title =
          known == exceptions_.end() ? std::string() : title_in(file_.exceptions, known->second);
      if (type == "exception_denied" && c.get("timed_out").is_true())
        say(cat("exception \"", title, "\" denied: nobody decided in time"));
      else
        say(cat(plain_words(type), title.empty() ? "" : cat(": ", title)));
    } else if (type == "handoff_made") {
      say(cat("handed over: ", title_in(file_.handoffs, text_of(c, "handoff"))));
    } else if (type == "approval_decided") {
      say(cat(step_of(c), ": a voice is given"));
    } else if (type == "instance_opened") {
      say(cat(words_.step(text_of(c, "step")), ": number ", number_of(c, "instance"), " opens"));
    } else if (type == "instance_closed") {
      say(cat(words_.step(text_of(c, "step")), ": number ", number_of(c, "instance"), " is done"));
    } else if (type == "join_fired") {
      say(cat(words_.step(text_of(c, "step"))));
    } else if (type == "incident_raised") {
      say(cat("incident: ", plain_words(text_of(c, "kind"))));
      moment_.late = true;
    } else if (type == "run_closed") {
      say(cat("run closed: ", plain_words(text_of(c, "outcome"))));
    } else if (type == "linked_run_requested") {
      say(cat("another run is started: ", plain_words(text_of(c, "sop"))));
    } else if (type.starts_with("task_") || type.starts_with("review_") || type.starts_with("rework_") ||
               type.starts_with("service_") || type == "item_unticked") {
      say(cat(plain_words(type), ": ", step_of(c)));
    } else {
      say(plain_words(type));
    }
  }

  const Definition& file_;
  const Wording words_;
  std::vector<ReportMoment>& out_;
  ReportMoment moment_;
  Instant recorded_ = {};
  bool open_ = false;
  int ticks_ = 0, evidence_ = 0;
  std::map<std::int64_t, std::string> steps_;  // by token
  std::map<std::int64_t, Instant> dues_;
  std::map<std::string, std::string, std::less<>> exceptions_;
};

}  // namespace

std::vector<ReportMoment> timeline(const std::vector<Value>& events, const Definition& definition) {
  std::vector<ReportMoment> out;
  Teller teller(definition, out);
  for (const Value& event : events) teller.add(event);
  teller.flush();
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
