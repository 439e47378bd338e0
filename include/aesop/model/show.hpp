// An SOP as the procedure people read: show, behind `aesop show`. Part model. Pure; safe from any thread.
// Works on any Definition, also one with findings.
#pragma once

#include "aesop/model/show_calendar.hpp"
#include "aesop/model/show_layout.hpp"
#include "aesop/model/show_words.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

class Shower {
 public:
  explicit Shower(const Definition& file) : file_(file), words_(file) {}

  std::string run() {
    head();
    people();
    parameters();
    section("Steps");
    steps(file_.steps, "");
    time();
    gates();
    rules();
    exceptions();
    handoffs();
    measures();
    foot();
    return std::move(out_);
  }

 private:
  void section(std::string_view title) {
    if (!out_.empty()) out_.push_back('\n');
    append(out_, title, '\n', std::string(count_code_points(title), '-'), '\n');
  }
  void field(std::string_view name, std::string_view text, std::string_view indent = "") {
    if (!text.empty()) show_wrapped(out_, cat(indent, name, ": "), text);
  }

  void head() {
    const std::string title = cat(file_.title.text, "  (", file_.sop.text, ' ', file_.version.text, ')');
    append(out_, title, '\n', std::string(count_code_points(title), '='), '\n');
    field("Purpose", file_.purpose);
    field("Applies to", file_.scope);
    if (file_.review_every.given())
      field("Reviewed", cat("every ", file_.review_every.text, " by ", words_.role(file_.review_by.text)));
    if (!file_.cancel_by.empty()) field("Cancelled by", words_.roles(file_.cancel_by, "or"));
    if (!file_.suspend_by.empty()) field("Suspended by", words_.roles(file_.suspend_by, "or"));
    if (file_.suspend_at_most.given())
      field("Suspended", cat("for ", words_.span(file_.suspend_at_most), " at most, then it goes on"));
    if (file_.incidents) incidents(*file_.incidents, "");
    for (const CalendarDefinition& calendar : file_.calendars) {
      const std::string name = cat("Calendar ", plain_words(calendar.name.text));
      if (!calendar.calendar) continue;
      field(name, hours_text(*calendar.calendar));
      std::vector<std::string> days;
      for (const Holiday& holiday : calendar.calendar->spec().holidays) days.push_back(holiday_text(holiday));
      field("Closed on", join(days, "; "), "  ");
    }
  }

  void people() {
    section("Roles");
    std::vector<std::vector<std::string>> rows;
    for (const RoleDefinition& role : file_.roles) {
      std::vector<std::string> notes;
      if (role.pages) notes.push_back("can be paged");
      if (role.licensed) notes.push_back("licensed");
      const std::string name = words_.role(role.id.text);
      append(out_, "  ", name, notes.empty() ? std::string() : cat("  (", join(notes, ", "), ')'), '\n');
    }
  }

  void parameters() {
    if (file_.parameters.empty()) return;
    section("Parameters");
    for (const ParameterDefinition& parameter : file_.parameters) {
      constexpr std::string_view levels[] = {"", "an organization", "a region", "a clinic"};
      const std::string_view level = levels[static_cast<std::size_t>(parameter.override_level)];
      const std::string name = parameter.title.empty() ? plain_words(parameter.type.name) : parameter.title;
      show_wrapped(out_, "  ",
                   cat(name, " [", parameter.type.name, "]: ", words_.parameter(parameter),
                       level.empty() ? std::string() : cat(", may be set for ", level)));
    }
  }

  // --- steps ----------------------------------------------------------------------------------------------
  void steps(const std::vector<StepDefinition>& from, const std::string& indent) {
    for (std::size_t i = 0; i < from.size(); ++i)
      step(from[i], i + 1 < from.size() ? &from[i + 1] : nullptr, indent);
  }

  void step(const StepDefinition& step, const StepDefinition* following, const std::string& indent) {
    const std::string number = words_.number_of(step.id.text);
    std::string head = cat(indent, number, ' ');
    out_.push_back('\n');
    show_wrapped(out_, head, cat(words_.title(step), " [", step.id.text, ']', kind_note(step)));
    const std::string in = indent + std::string(count_code_points(number) + 1, ' ');
    who(step, in);
    if (!step.system.empty()) field("In", words_.system(step.system.text), in);
    if (step.due) field("Due", with_calendar(*step.due), in);
    field("Note", step.note, in);
    field("Say", step.script, in);
    form(step.form, "Fill in", in);
    checklist(step, in);
    ladder(step.escalate, "If it is late", in);
    if (!step.gate.empty()) field("Gate", cat("\"", gate_title(step.gate.text), "\" must not block"), in);
    own(step, in);
    ways(step, following, in);
    if (!step.skipped.empty()) way(in, cat("if skipped, go to ", words_.step(step.skipped.text)));
    if (step.incidents) incidents(*step.incidents, in);
  }

  void incidents(const IncidentDefinition& from, const std::string& in) {
    std::vector<std::string> parts, names;
    if (!from.by.empty()) parts.push_back(cat("resolved by ", words_.roles(from.by, "or")));
    for (const Text& id : from.go) names.push_back(words_.step(id.text));
    if (!names.empty()) parts.push_back(cat("may go to ", Wording::listed(names, "or")));
    names.clear();
    for (const Text& name : from.data) names.push_back(plain_words(name.text));
    if (!names.empty()) parts.push_back(cat("may set ", Wording::listed(names, "and")));
    field("Incidents", join(parts, "; "), in);
  }

  std::string kind_note(const StepDefinition& step) const {
    switch (step.kind) {
      case StepKind::service:
        return cat("  (done by the system: ", step.operation.text, ')');
      case StepKind::end:
        return step.closes.value_or(depth_ == 0)
                   ? cat("  (the end: ", plain_words(step.outcome.empty() ? step.id.text : step.outcome), ')')
                   : "  (ends here)";
      default:
        break;
    }
    return step.enforce == Enforcement::must || step.kind != StepKind::task
               ? std::string()
               : cat("  (", to_string(step.enforce), ')');
  }

  void who(const StepDefinition& step, const std::string& in) {
    std::vector<std::string> parts;
    const Raci& raci = step.raci;
    if (!raci.responsible.empty() && !step.approvers)
      parts.push_back(cat(step.kind == StepKind::task ? "done by " : "responsible ",
                          words_.roles(raci.responsible, "or")));
    if (step.approvers) parts.push_back(cat("signed by ", words_.approvers(*step.approvers)));
    if (!step.review.empty()) parts.push_back(cat("reviewed by ", words_.role(step.review.text)));
    if (!raci.accountable.empty()) parts.push_back(cat("accountable ", words_.roles(raci.accountable)));
    if (!raci.consulted.empty()) parts.push_back(cat("asks ", words_.roles(raci.consulted)));
    if (!raci.informed.empty()) parts.push_back(cat("informs ", words_.roles(raci.informed)));
    if (!step.pages.empty()) parts.push_back(cat("paged ", words_.role(step.pages.text)));
    if (!parts.empty()) field("Who", join(parts, "; "), in);
    if (!step.exclude.empty()) {
      std::vector<std::string> names;
      for (const Text& id : step.exclude) names.push_back(words_.step(id.text));
      field("Not by", cat("whoever did ", Wording::listed(names, "or")), in);
    }
  }

  std::string with_calendar(const DueDefinition& due) const {
    std::string out = words_.phrase(due.phrase);
    if (!due.calendar.empty()) append(out, ", by calendar ", plain_words(due.calendar.text));
    return out;
  }

  std::string field_text(const FieldDefinition& field) const {
    std::string out = field.title.empty() ? plain_words(field.name) : field.title;
    std::vector<std::string> notes;
    if (!field.one_of.empty()) {
      std::vector<std::string> values;
      for (const Value& value : field.one_of) values.push_back(Wording::literal(value));
      notes.push_back(Wording::listed(values, "or"));
    } else if (field.kind == DataKind::boolean) {
      notes.push_back("yes or no");
    } else if (field.kind != DataKind::string && field.kind != DataKind::any) {
      notes.push_back(field.kind == DataKind::list ? "a list" : std::string(to_string(field.kind)));
    }
    if (field.min && field.max)
      notes.push_back(cat(Wording::literal(*field.min), " to ", Wording::literal(*field.max)));
    else if (field.min)
      notes.push_back(cat("at least ", Wording::literal(*field.min)));
    else if (field.max)
      notes.push_back(cat("at most ", Wording::literal(*field.max)));
    if (field.required.kind == ConditionText::Kind::feel)
      notes.push_back(cat("required if ", words_.condition(field.required)));
    if (field.required.kind == ConditionText::Kind::literal && !field.required.literal)
      notes.push_back("optional");
    return notes.empty() ? out : cat(out, " (", join(notes, "; "), ')');
  }
  void form(const std::vector<FieldDefinition>& fields, std::string_view name, const std::string& in) {
    if (fields.empty()) return;
    append(out_, in, name, ":\n");
    for (const FieldDefinition& item : fields) show_wrapped(out_, in + "  - ", field_text(item));
  }

  void checklist(const StepDefinition& step, const std::string& in) {
    if (step.checklist.empty()) return;
    append(out_, in, "Checklist:\n");
    for (const ChecklistItem& item : step.checklist) {
      std::vector<std::string> notes;
      if (item.when.kind != ConditionText::Kind::always)
        notes.push_back(cat("if ", words_.condition(item.when)));
      if (item.enforce && *item.enforce != step.enforce)
        notes.push_back(std::string(to_string(*item.enforce)));
      if (item.evidence) {
        std::string text(to_string(item.evidence->kind));
        if (item.evidence->min && item.evidence->max)
          append(text, " from ", Wording::literal(*item.evidence->min), " to ",
                 Wording::literal(*item.evidence->max));
        if (!item.evidence->unit.empty()) append(text, ' ', item.evidence->unit);
        notes.push_back(
            cat("keep ", item.evidence->kind == EvidenceDefinition::Kind::file ? "the " : "a ", text));
      }
      show_wrapped(out_, in + "  [ ] ",
                   notes.empty() ? item.text.text : cat(item.text.text, " (", join(notes, "; "), ')'));
    }
  }

  void ladder(const LadderDefinition& rungs, std::string_view name, const std::string& in) {
    if (rungs.empty()) return;
    append(out_, in, name, ":\n");
    for (const RungDefinition& rung : rungs) show_wrapped(out_, in + "  - ", words_.rung(rung));
  }

  void own(const StepDefinition& step, const std::string& in) {
    if (!step.set.empty()) field("Sets", words_.sets(step.set), in);
    if (!step.with.empty()) field("Gives", words_.sets(step.with), in);
    form(step.result, "Comes back with", in);
    if (step.retry) field("Tries again", words_.retry(*step.retry), in);
    if (!step.shows.empty()) {
      std::vector<std::string> names;
      for (const Text& name : step.shows) names.push_back(plain_words(name.text));
      field("Shows", join(names, ", "), in);
    }
    if (step.kind == StepKind::join && !step.of.empty()) {
      std::vector<std::string> names;
      for (const JoinGroup& group : step.of) {
        std::vector<std::string> inner;
        for (const Text& id : group.from) inner.push_back(words_.step(id.text));
        names.push_back(Wording::listed(inner, "or"));
      }
      field("Waits for", Wording::listed(names, "and"), in);
    } else if (step.kind == StepKind::join) {
      append(out_, in, "Waits for every strand that leads here.\n");
    }
    if (step.kind == StepKind::each && step.each) {
      const EachDefinition& each = *step.each;
      if (each.of_event)
        field("For each", cat(words_.event(each.event.text), since(each.since), ", these steps"), in);
      else
        field("For each",
              cat(plain_words(each.as.text), " of ", words_.feel(each.list.text),
                  each.at_once ? ", all at once, these steps" : ", one after the other, these steps"),
              in);
      ++depth_;
      steps(each.run, in);
      --depth_;
      if (!each.until_event.empty() || each.until.kind != ConditionText::Kind::always) out_.push_back('\n');
      if (!each.until_event.empty()) field("Until", words_.event(each.until_event.text), in);
      if (each.until.kind != ConditionText::Kind::always) field("Until", words_.condition(each.until), in);
    }
    if (!step.handoff.empty()) field("Hands over", handoff_title(step.handoff.text), in);
    if (!step.attachments.empty()) {
      std::vector<std::string> names;
      for (const Text& id : step.attachments) {
        names.push_back(plain_words(id.text));
        for (const AttachmentDefinition& file : file_.attachments)
          if (file.id.text == id.text && !file.title.empty()) names.back() = file.title;
      }
      field("See", join(names, ", "), in);
    }
  }

  std::string also_set(const std::vector<SetDefinition>& set) const {
    return set.empty() ? std::string() : cat(" (", words_.sets(set), ')');
  }

  void way(const std::string& in, std::string text) {
    if (is_lower(text[0])) text[0] = static_cast<char>(text[0] - 'a' + 'A');
    const char last = text.back();
    if (last != '.' && last != '?' && last != '!') text.push_back('.');
    show_wrapped(out_, in + "-> ", text);
  }

  void ways(const StepDefinition& step, const StepDefinition* following, const std::string& in) {
    const auto to = [&](const Text& id) {
      if (!id.empty()) return cat("go to ", words_.step(id.text));
      return following ? cat("go on with ", words_.step(following->id.text))
                       : std::string("this instance ends");
    };
    if (step.kind == StepKind::end) return;
    if (step.kind == StepKind::parallel) {
      std::vector<std::string> names;
      for (const Text& id : step.go) names.push_back(words_.step(id.text));
      way(in, cat("at the same time: ", Wording::listed(names, "and")));
      return;
    }
    if (step.kind == StepKind::wait) {
      for (const WaitDefinition& wait : step.waits) {
        std::string what;
        if (wait.after)
          what = after(*wait.after);
        else if (wait.event.empty())
          what = cat("as soon as ", words_.condition(wait.condition));
        else
          what = cat("on ", words_.event(wait.event.text), since(wait.since), words_.when(wait.condition));
        way(in, cat(what, ", ", to(wait.go), also_set(wait.set)));
      }
      return;
    }
    if (!step.next_given) {
      if (following == nullptr) way(in, to({}));
      // Falling through to the next number is what a reader expects: nothing is said.
    }
    for (const BranchDefinition& branch : step.next) {
      std::string text;
      if (!branch.outcome.empty()) {
        text = cat("if ", branch.outcome, ", ");
      } else if (!branch.is_else) {
        text = cat("if ", words_.condition(branch.condition), ", ");
      } else if (step.next.size() > 1) {
        text = "otherwise ";
      } else if (following && branch.go.text == following->id.text) {
        if (!branch.set.empty()) field("Sets", words_.sets(branch.set), in);
        continue;
      }
      way(in, cat(text, to(branch.go), also_set(branch.set)));
    }
    if (!step.on_failure.empty()) way(in, cat("if it fails, ", to(step.on_failure)));
  }
  std::string since(const std::optional<MomentText>& from) const {
    return from ? cat(" (also one that came since ", words_.moment(*from), ')') : std::string();
  }
  std::string after(const TimePhraseText& phrase) const {
    std::string text = words_.phrase(phrase);
    if (text.starts_with("within ")) return "after " + text.substr(7);
    if (text.starts_with("by ")) return "at " + text.substr(3);
    return text;
  }

  // --- the rest -------------------------------------------------------------------------------------------
  void time() {
    bool stages = false;
    for (const StageDefinition& stage : file_.stages) stages = stages || stage.due || !stage.escalate.empty();
    if (file_.clocks.empty() && !stages) return;
    section("Clocks");
    for (const ClockDefinition& clock : file_.clocks) {
      append(out_, '\n', clock.title.empty() ? plain_words(clock.id.text) : clock.title, '\n');
      const auto moments = [&](const std::vector<MomentText>& from) {
        std::vector<std::string> names;
        for (const MomentText& moment : from) names.push_back(words_.moment(moment));
        return Wording::listed(names, "or");
      };
      field("Runs from",
            cat(moments(clock.starts),
                clock.stops.empty() ? std::string() : cat(" until ", moments(clock.stops))),
            "  ");
      if (clock.due) field("Due", with_calendar(*clock.due), "  ");
      for (const RungDefinition& rung : clock.escalate) show_wrapped(out_, "  - ", words_.rung(rung));
    }
    for (const StageDefinition& stage : file_.stages) {
      if (!stage.due && stage.escalate.empty()) continue;
      append(out_, "\nStage: ", stage.title.empty() ? plain_words(stage.id.text) : stage.title, '\n');
      if (stage.due) field("Due", with_calendar(*stage.due), "  ");
      for (const RungDefinition& rung : stage.escalate) show_wrapped(out_, "  - ", words_.rung(rung));
    }
  }

  std::string gate_title(std::string_view id) const {
    for (const GateDefinition& gate : file_.gates)
      if (gate.id.text == id && !gate.title.empty()) return gate.title;
    return plain_words(id);
  }
  // "; an approved exception lets it pass: Pay without a letter"
  std::string waived(const GateCheckDefinition& check) const {
    if (check.enforce != Enforcement::must_unless_documented || check.exception.empty()) return {};
    std::string name = plain_words(check.exception.text);
    for (const ExceptionPolicy& policy : file_.exceptions)
      if (policy.id.text == check.exception.text && !policy.title.empty()) name = policy.title;
    return cat("; an approved exception lets it pass: ", name);
  }
  void gates() {
    if (file_.gates.empty()) return;
    section("Gates");
    for (const GateDefinition& gate : file_.gates) {
      append(out_, '\n', gate_title(gate.id.text), '\n');
      for (const GateCheckDefinition& check : gate.checks) {
        const std::string_view effect = check.enforce == Enforcement::should  ? "warns"
                                        : check.enforce == Enforcement::could ? "is counted"
                                                                              : "stops";
        show_wrapped(out_, "  - ",
                     cat(check.message, ' ', check.fix, check.fix.empty() ? "" : " ", "[", effect, " unless ",
                         words_.condition(check.require), words_.when(check.when), waived(check), ']'));
      }
    }
  }

  std::string cell(const CellDefinition& from, bool input) const {
    switch (from.kind) {
      case CellDefinition::Kind::any:
        return "-";
      case CellDefinition::Kind::feel: {
        const std::string_view text = trim(from.text);
        // A lone text needs no quotes for people.
        if (input && text.size() > 2 && text.front() == '"' && text.back() == '"' &&
            text.substr(1, text.size() - 2).find('"') == std::string_view::npos)
          return std::string(text.substr(1, text.size() - 2));
        return Wording::as_it_is(from.text);
      }
      case CellDefinition::Kind::literal:
        return Wording::literal(from.literal);
      case CellDefinition::Kind::list:
        break;
    }
    std::vector<std::string> parts;
    for (const CellDefinition& item : from.items) parts.push_back(cell(item, input));
    return join(parts, ", ");
  }
  void rules() {
    if (file_.rules.empty()) return;
    section("Rules");
    for (const RuleDefinition& rule : file_.rules) {
      append(out_, '\n', words_.rule(rule.name.text), "  (", rule.name.text, ")\n");
      if (!rule.is_table) {
        show_wrapped(out_, "  = ", Wording::as_it_is(rule.feel.text));
        examples(rule);
        continue;
      }
      const std::string hit = rule.hit.empty() ? "unique" : rule.hit.text;
      append(out_, "  ",
             hit == "first"    ? "The first row that fits decides."
             : hit == "unique" ? "At most one row fits."
             : hit == "any"    ? "All rows that fit agree."
                               : cat("Hit policy: ", hit, "."),
             '\n');
      std::vector<std::vector<std::string>> rows(1);
      for (const ColumnDefinition& column : rule.inputs)
        rows[0].push_back(Wording::as_it_is(column.text.text));
      for (const ColumnDefinition& column : rule.outputs) rows[0].push_back("=> " + column.text.text);
      for (const RowDefinition& row : rule.rows) {
        auto& line = rows.emplace_back();
        for (std::size_t i = 0; i < row.cells.size(); ++i)
          line.push_back(
              cat(i < rule.inputs.size() ? "" : "=> ", cell(row.cells[i], i < rule.inputs.size())));
      }
      show_table(out_, "  ", rows);
      examples(rule);
    }
  }
  void examples(const RuleDefinition& rule) {
    if (!rule.examples.empty()) out_ += "  For example:\n";
    for (const ExampleDefinition& example : rule.examples)
      show_wrapped(out_, "  - ", Wording::example(example));
  }

  void exceptions() {
    if (file_.exceptions.empty()) return;
    section("Exceptions");
    for (const ExceptionPolicy& policy : file_.exceptions) {
      append(out_, '\n', policy.title.empty() ? plain_words(policy.id.text) : policy.title, '\n');
      std::vector<std::string> names;
      for (const Text& id : policy.of) names.push_back(words_.step(id.text));
      std::string what = policy.allows == ExceptionPolicy::Allows::extend ? "more time for "
                         : policy.allows == ExceptionPolicy::Allows::check
                             ? "a check of the gate not to hold for "
                             : "skip ";
      append(what, Wording::listed(names, "or"));
      if (policy.at_most.given()) append(what, ", at most ", words_.span(policy.at_most));
      if (policy.times)
        append(what, ", ", *policy.times, *policy.times == 1 ? " time a run" : " times a run");
      field("Allows", what, "  ");
      field("Asked by",
            policy.ask.empty() ? std::string("whoever does the step") : words_.roles(policy.ask, "or"), "  ");
      names.clear();
      for (const Text& document : policy.documents) names.push_back(plain_words(document.text));
      field("Documents", Wording::listed(names, "and"), "  ");
      if (policy.approvers) field("Approved by", words_.approvers(*policy.approvers), "  ");
      if (policy.decide_within.given())
        field("Decided",
              cat("within ", words_.span(policy.decide_within), ", else ",
                  policy.timeout_next.empty() ? std::string("denied")
                                              : cat("decided by ", words_.role(policy.timeout_next.text))),
              "  ");
      if (policy.valid_for.given()) field("Valid", cat("for ", words_.span(policy.valid_for)), "  ");
      if (policy.emergency) {
        field("In an emergency",
              cat(words_.roles(policy.emergency->by, "or"), " may act first; reviewed within ",
                  words_.span(policy.emergency->review_within),
                  policy.emergency->reviewer.empty()
                      ? std::string()
                      : cat(" by ", words_.roles(policy.emergency->reviewer, "or"))),
              "  ");
        ladder(policy.emergency->escalate, "If nobody reviews it", "  ");
      }
    }
  }

  std::string handoff_title(std::string_view id) const {
    for (const HandoffDefinition& handoff : file_.handoffs)
      if (handoff.id.text == id && !handoff.title.empty()) return handoff.title;
    return plain_words(id);
  }
  std::string party(std::string_view id) const {
    for (const SystemDefinition& system : file_.systems)
      if (system.id.text == id) return words_.system(id);
    return words_.role(id);
  }
  void handoffs() {
    if (file_.handoffs.empty()) return;
    section("Handoffs");
    for (const HandoffDefinition& handoff : file_.handoffs) {
      append(out_, '\n', handoff_title(handoff.id.text), '\n');
      std::string way_text =
          handoff.from.empty() ? std::string() : cat("from ", party(handoff.from.text), ' ');
      append(way_text, "to ", party(handoff.to.text));
      if (handoff.when) append(way_text, ", on ", words_.moment(*handoff.when));
      append(way_text, words_.when(handoff.condition));
      if (handoff.acknowledge_within.given())
        append(way_text, "; to be acknowledged within ", words_.span(handoff.acknowledge_within));
      show_wrapped(out_, "  ", way_text);
      ladder(handoff.escalate, "If nobody takes it", "  ");
    }
  }

  void measures() {
    if (file_.kpis.empty()) return;
    section("Measures");
    for (const KpiDefinition& kpi : file_.kpis) {
      const auto names = [](const std::vector<Text>& from) {
        std::vector<std::string> out;
        for (const Text& text : from) out.push_back(text.text);
        return Wording::listed(out, "or");
      };
      const std::string time = kpi.within.given() ? cat("within ", kpi.within.text) : std::string("days");
      std::string text = kpi.days_between.empty() ? names(kpi.count)
                                                  : cat(time, " from ", kpi.days_between[0].text, " to ",
                                                        kpi.days_between.back().text);
      if (!kpi.over.empty()) append(text, " per ", names(kpi.over));
      if (!kpi.exclude.empty()) append(text, ", without ", names(kpi.exclude));
      if (kpi.each_time) append(text, ", each time");
      if (kpi.window.given()) append(text, ", over ", kpi.window.text);
      if (kpi.at_least) append(text, "; at least ", Wording::literal(*kpi.at_least));
      if (kpi.at_most) append(text, "; at most ", Wording::literal(*kpi.at_most));
      if (kpi.strong) append(text, ", strong ", Wording::literal(*kpi.strong));
      show_wrapped(out_, cat("  ", kpi.title.empty() ? plain_words(kpi.id.text) : kpi.title, ": "), text);
    }
  }

  void foot() {
    if (!file_.compliance.empty()) {
      section("Compliance");
      for (const ComplianceNote& note : file_.compliance) {
        std::string text = note.rule;
        if (!note.jurisdiction.empty()) append(text, " (", note.jurisdiction, ')');
        if (!note.effective.empty()) append(text, ", effective ", note.effective);
        if (!note.note.empty()) append(text, ": ", note.note);
        show_wrapped(out_, "  - ", text);
      }
    }
    if (file_.changes.empty()) return;
    section("Changes");
    for (const ChangeNote& change : file_.changes) {
      std::string head = cat("  ", change.version);
      if (!change.date.empty()) append(head, "  ", change.date);
      if (!change.by.empty()) append(head, "  ", change.by);
      show_wrapped(out_, head + ": ", change.what);
    }
  }

  const Definition& file_;
  Wording words_;
  std::string out_;
  int depth_ = 0;  // of blocks
};

}  // namespace detail

/// The procedure as plain text of up to 100 columns, UTF-8, ending with a line end.
inline std::string show(const Definition& definition) { return detail::Shower(definition).run(); }

}  // namespace v0
}  // namespace aesop
