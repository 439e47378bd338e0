#include "cli/report.hpp"

#include "cli/output.hpp"

#include "aesop/base/text.hpp"
#include "aesop/run/command.hpp"
#include "aesop/value/json_write.hpp"

#include <map>

namespace aesop::cli {
namespace {

std::string text_of(const Value& record, std::string_view key) { return shown(record.get(key)); }

std::string time_of(const Value& record, std::string_view key) {
  return shown_time(record.get(key).as_string());
}

std::string words_of(const Value& list) {
  std::vector<std::string> words;
  for (const Value& item : list.items()) words.push_back(shown(item));
  return join(words, ", ");
}

void add_word(std::string& out, std::string_view label, const std::string& text) {
  if (text.empty()) return;
  if (!out.empty()) out += ", ";
  if (!label.empty()) append(out, label, ' ');
  out += text;
}

// The members of a form or payload: "amount 80, reason broken".
std::string members_of(const Value& record) {
  std::string out;
  for (const Entry& entry : record.entries())
    if (!entry.second.is_null()) add_word(out, shown(std::string_view(entry.first)), shown(entry.second));
  return out;
}

// What is worth telling of an event: its step and the members that say what was done.
std::string details_of(const Value& event, const std::map<std::string, std::string>& step_of_token) {
  const Value& control = event.get("control");
  std::string out;
  std::string step = text_of(control, "step");
  if (step.empty()) {
    const auto known = step_of_token.find(cat(text_of(event, "run"), ':', text_of(control, "token")));
    step = known == step_of_token.end() ? text_of(control, "ref") : known->second;
  }
  add_word(out, "", step);
  constexpr std::string_view told[] = {"sop",      "sop_version", "subject", "item",       "event",
                                       "outcome",  "branch",      "policy",  "exception",  "handoff",
                                       "incident", "operation",   "attempt", "media_type", "to",
                                       "verdict",  "gate"};
  for (const std::string_view key : told)
    if (control.find(key) && key != "branch") add_word(out, key, text_of(control, key));
  if (const std::string reason = text_of(control, "reason"); reason != "completed")
    add_word(out, "reason", reason);
  if (control.find("approve") && !control.find("outcome"))
    add_word(out, "", control.get("approve").is_true() ? "approved" : "refused");
  if (control.find("clocks") && control.get("clocks").size() > 0)
    add_word(out, "due", time_of(control.get("clocks").at(0), "due"));
  if (control.find("roles")) add_word(out, "for", words_of(control.get("roles")));
  for (const Value& action : control.get("resolved").items())
    add_word(out, text_of(action, "action"), words_of(action.get("people")));
  const Value& data = event.get("data");
  add_word(out, "", members_of(data.get("form")));
  add_word(out, "", members_of(data.get("payload")));
  add_word(out, "note", text_of(data, "note"));
  return out;
}

// What is worth telling of an entry that is no event: its members, and the grants of a person.
std::string details_of_entry(const Value& entry) {
  std::string out;
  for (const auto& [key, value] : entry.get("control").entries()) {
    if (key == "hash" || key == "run" || key == "seq" || key == "index") continue;
    if (!value.is_list()) {
      add_word(out, shown(std::string_view(key)), shown(value));
      continue;
    }
    for (const Value& item : value.items())
      add_word(out, "",
               item.is_context() ? cat(text_of(item, "role"), " at ",
                                       item.find("scope") ? text_of(item, "scope") : std::string("/"))
                                 : shown(item));
  }
  add_word(out, "error", text_of(entry.get("data"), "error"));
  add_word(out, "reason", text_of(entry.get("data"), "reason"));
  return out;
}

// What an effect asks of the host.
std::string effect_of(const Value& effect) {
  const Value& body = effect.get("body");
  std::string out = words_of(body.get("people"));
  if (const std::string about = text_of(body, "about"); about != "rung") add_word(out, "", about);
  add_word(out, "", text_of(body, "title"));
  add_word(out, "of", text_of(body, "subject"));
  add_word(out, "due", time_of(body, "due"));
  add_word(out, "do", text_of(body, "operation"));
  add_word(out, "with", members_of(body.get("with")));
  add_word(out, "start", text_of(body, "sop"));
  add_word(out, "to", text_of(body, "to"));
  return out;
}

// What is said after a command of a run: where it stands now.
std::string report_run(const Value& ok) {
  std::string out = cat("run ", text_of(ok, "run"), " is ", text_of(ok, "status"));
  if (ok.find("outcome")) append(out, ": ", text_of(ok, "outcome"));
  if (ok.find("created")) append(out, "; made ", words_of(ok.get("created")));
  return cat(out, " (revision ", text_of(ok, "revision"), ")\n");
}

}  // namespace

std::string report_tasks(const Value& ok) {
  const Value& tasks = ok.get("tasks");
  if (tasks.size() == 0) return "nothing to do\n";
  Table table({"TASK", "SUBJECT", "STEP", "KIND", "STATE", "WHO", cat("DUE (", shown_zone(), ")"), "SCOPE"});
  for (const Value& task : tasks.items()) {
    const std::string owner = text_of(task, "owner");
    const std::string title = text_of(task, "title");
    table.add({text_of(task, "task"), text_of(task, "subject"), title.empty() ? text_of(task, "step") : title,
               text_of(task, "kind") == "task" ? "" : text_of(task, "kind"), text_of(task, "state"),
               owner.empty() ? words_of(task.get("roles")) : owner, time_of(task, "due"),
               text_of(task, "scope")});
  }
  return table.text();
}

std::string report_runs(const Value& ok) {
  const Value& runs = ok.get("runs");
  if (runs.size() == 0) return "no runs\n";
  Table table({"RUN", "SOP", "SUBJECT", "KEY", "STATUS", "OUTCOME", "SCOPE"});
  for (const Value& run : runs.items())
    table.add({text_of(run, "run"), cat(text_of(run, "sop"), ' ', text_of(run, "version")),
               text_of(run, "subject"), text_of(run, "key"), text_of(run, "status"), text_of(run, "outcome"),
               text_of(run, "scope")});
  return table.text();
}

std::string report_events(const Value& ok) {
  const Value& events = ok.get("events");
  if (events.size() == 0) return "no events\n";
  Table table({"SEQ", cat("AT (", shown_zone(), ")"), "RUN", "KIND", "WHAT", "BY", "DETAILS"});
  std::map<std::string, std::string> step_of_token;  // "RUN:TOKEN", from the entries that are shown
  for (const Value& event : events.items()) {
    const Value& control = event.get("control");
    if (control.find("step") && control.find("token"))
      step_of_token[cat(text_of(event, "run"), ':', text_of(control, "token"))] = text_of(control, "step");
    const std::string kind = text_of(event, "kind");
    table.add({text_of(event, "seq"), time_of(event, "at"), text_of(event, "run"),
               kind == "event" ? "" : kind, text_of(event, "type"), text_of(event, "actor"),
               event.get("erased").is_true() ? "(data erased)"
               : kind == "event"             ? details_of(event, step_of_token)
                                             : details_of_entry(event)});
  }
  std::string out = table.text();
  if (ok.get("more").is_true()) out += "... there is more: --after, --limit\n";
  return out;
}

std::string report_why(const Value& ok) {
  const Value& obstacles = ok.get("obstacles");
  const std::string status = text_of(ok, "status");
  if (obstacles.size() == 0 && !status.empty() && status != "open")
    return cat("run ", text_of(ok, "run"), " is ", status, '\n');
  if (obstacles.size() == 0) return "nothing is in the way\n";
  Table table({"STEP", "TASK", "MISSING", "WHAT"});
  for (const Value& one : obstacles.items())
    table.add({text_of(one, "step"), text_of(one, "task"), text_of(one, "kind"), text_of(one, "text")});
  return table.text();
}

std::string report_outbox(const Value& ok) {
  const Value& effects = ok.get("effects");
  if (effects.size() == 0) return "nothing to hand out\n";
  Table table({"EFFECT", "KIND", "RUN", "WHAT"});
  for (const Value& effect : effects.items())
    table.add(
        {text_of(effect, "effect"), text_of(effect, "kind"), text_of(effect, "run"), effect_of(effect)});
  return table.text();
}

std::string report_done(std::string_view command, const Value& ok) {
  if (command == "tasks") return report_tasks(ok);
  if (command == "runs") return report_runs(ok);
  if (command == "events") return report_events(ok);
  if (command == "why") return report_why(ok);
  if (command == "outbox") return report_outbox(ok);
  if (command_type(command) && ok.get("run").is_string()) return report_run(ok);
  auto text = write_json_indented(ok);
  return text ? *text + '\n' : std::string("done\n");
}

}  // namespace aesop::cli
