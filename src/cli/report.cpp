#include "cli/report.hpp"

#include "cli/output.hpp"

#include "aesop/base/text.hpp"
#include "aesop/run/command.hpp"
#include "aesop/value/json_write.hpp"

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

// Members of a record on one line, "amount 80, payer acme"; those named are left out.
std::string members_of(const Value& record, std::initializer_list<std::string_view> without = {}) {
  std::string out;
  for (const Entry& entry : record.entries()) {
    bool skip = entry.second.is_null();
    for (const std::string_view name : without) skip = skip || name == entry.first;
    if (skip) continue;
    append(out, out.empty() ? "" : ", ", shown(std::string_view(entry.first)), ' ', shown(entry.second));
  }
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
  Table table({"TASK", "SUBJECT", "STEP", "KIND", "STATE", "WHO", "DUE (UTC)", "SCOPE"});
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
  Table table({"SEQ", "AT (UTC)", "RUN", "KIND", "WHAT", "BY", "DETAILS"});
  for (const Value& event : events.items()) {
    const std::string kind = text_of(event, "kind");
    table.add({text_of(event, "seq"), time_of(event, "at"), text_of(event, "run"),
               kind == "event" ? "" : kind, text_of(event, "type"), text_of(event, "actor"),
               event.get("erased").is_true() ? "(data erased)" : members_of(event.get("control"))});
  }
  std::string out = table.text();
  if (ok.get("more").is_true()) out += "... there is more: --after, --limit\n";
  return out;
}

std::string report_why(const Value& ok) {
  const Value& obstacles = ok.get("obstacles");
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
    table.add({text_of(effect, "effect"), text_of(effect, "kind"), text_of(effect, "run"),
               members_of(effect.get("body"))});
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
