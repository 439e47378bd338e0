// The compiler from Definition to Plan: spans, moments, time phrases, ladders, roles. Part model, private to make_plan.hpp.
#pragma once

#include "aesop/model/plan_maker.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

inline PlanSpan PlanMaker::span(const Place& place, const SpanText& text, std::string_view calendar,
                                std::string_view what) {
  PlanSpan out;
  out.text = text.text;
  const auto needs_calendar = [&](const Span& span, SourceRange where) {
    if (span.is_business() && calendar.empty())
      findings_->warning("no-calendar",
                         cat(what, " is business time and there is no calendar: every day counts"), where,
                         "declare one under \"calendars\" and name it in \"calendar\"");
  };
  if (text.span) {
    out.span = text.span;
    needs_calendar(*text.span, text.where);
    return out;
  }
  if (text.feel.empty()) return out;
  if (is_span_parameter(text.feel)) {
    out.parameter = parameter(text.feel);
    use("parameter", text.feel);
    const auto& value = file_.parameters[out.parameter].type.default_value;
    if (value)
      if (const auto parsed = parse_span(value->literal.as_string())) needs_calendar(*parsed, text.where);
    return out;
  }
  auto compiled = compile(place, text.feel, text.feel_where);
  if (!compiled) return out;
  if (!detail::may_be(compiled->type, TypeKind::days_duration))
    error("wrong-value-type", cat(what, " must be a duration, this is ", to_string(compiled->type)),
          text.feel_where, "declare the parameter with type duration, or span");
  out.feel = std::move(compiled->expr);
  return out;
}

/// `place.block` decides which steps and which `each` are meant.
inline PlanMoment PlanMaker::moment(const Place& place, const MomentText& text, bool feel_allowed) {
  PlanMoment out;
  out.name = text.text;
  if (text.kind == MomentText::Kind::start) return out;
  if (text.kind == MomentText::Kind::run_started) {
    out.kind = PlanMoment::Kind::run_started;
    return out;
  }
  const bool forced = text.kind == MomentText::Kind::feel;
  if (!forced && event(text.text)) {
    use("event", text.text);
    out.kind = PlanMoment::Kind::event;
    if (const std::size_t first = text.text.find('.'); feel_allowed && first != std::string::npos) {
      const auto data = resolve(place, std::string_view(text.text).substr(0, first));
      if (data && data->type.field(std::string_view(text.text).substr(first + 1)))
        findings_->note("event-or-data",
                        cat('"', text.text, "\" is an event and a data path; the event counts"), text.where,
                        "for the data write =FEEL, or rename the event");
    }
    for (std::uint32_t block = place.block; block != 0; block = outer_[block]) {
      const std::uint32_t owner = plan_->blocks_[block].owner_step;
      if (plan_->steps_[owner].definition->each->event.text == text.text) {
        out.step = owner;
        break;
      }
    }
    return out;
  }
  const std::size_t dot = text.text.rfind('.');
  const std::string_view last =
      dot == std::string::npos ? std::string_view() : std::string_view(text.text).substr(dot + 1);
  if (!forced && (last == "entered" || last == "completed")) {
    const std::uint32_t step = Plan::lookup(plan_->step_index_, std::string_view(text.text).substr(0, dot));
    if (step != no_ref) {
      out.kind = last == "entered" ? PlanMoment::Kind::step_entered : PlanMoment::Kind::step_completed;
      out.step = step;
      if (!feel_allowed) return out;
      for (std::uint32_t block = place.block;; block = outer_[block]) {
        if (plan_->steps_[step].block == block) return out;
        if (block == 0) break;
      }
      error("other-block",
            cat("step \"", plan_->steps_[step].id, "\" is inside an \"each\" that this is not in"),
            text.where);
      return out;
    }
  }
  std::vector<std::string> names;
  for (const EventDefinition& item : file_.events) names.push_back(item.name.text);
  for (const PlanStep& step : plan_->steps_) {
    names.push_back(step.id + ".entered");
    names.push_back(step.id + ".completed");
  }
  const auto words = detail::identifiers(text.text);
  const bool data =
      !words.empty() && feel_allowed && (forced || resolve(place, words[0]) || !is_dotted_id(text.text));
  if (!data) {
    names.push_back("run.started");
    unknown("unknown-moment", "moment", {text.text, text.where}, names,
            feel_allowed ? "a moment is start, run.started, STEP.entered, STEP.completed, an event, or data "
                           "of type date and time"
                         : "a moment is run.started, STEP.entered, STEP.completed or an event");
    return out;
  }
  out.kind = PlanMoment::Kind::feel;
  auto compiled = compile(place, text.text, text.where);
  if (!compiled) return out;
  if (!compiled->type.is_any() && !compiled->type.is(TypeKind::date_time) &&
      !compiled->type.is(TypeKind::date))
    error("wrong-value-type", cat("a moment must be a date and time, this is ", to_string(compiled->type)),
          text.where);
  out.feel = std::move(compiled->expr);
  return out;
}

inline PlanPhrase PlanMaker::phrase(const Place& place, const TimePhraseText& text,
                                    std::string_view calendar) {
  PlanPhrase out;
  out.text = text.text;
  out.before = text.before;
  switch (text.kind) {
    case TimePhraseText::Kind::span:
      out.span = span(place, text.span, calendar, "this time");
      out.anchor = moment(place, text.anchor, true);
      return out;
    case TimePhraseText::Kind::end_of_day:
      out.kind = PlanPhrase::Kind::end_of_day;
      break;
    case TimePhraseText::Kind::end_of_business_day:
      out.kind = PlanPhrase::Kind::end_of_business_day;
      if (calendar.empty())
        findings_->warning("no-calendar", "there is no calendar: the business day ends at midnight",
                           text.where, "declare one under \"calendars\" and name it in \"calendar\"");
      break;
    case TimePhraseText::Kind::feel: {
      if (is_span_parameter(text.span.feel)) {
        out.span = span(place, text.span, calendar, "this time");
        return out;
      }
      auto compiled = compile(place, text.span.feel, text.span.feel_where);
      if (!compiled) return out;
      const Type& type = compiled->type;
      if (type.is(TypeKind::days_duration)) {
        out.span.feel = std::move(compiled->expr);
        out.span.text = text.span.text;
        return out;
      }
      if (!type.is_any() && !type.is(TypeKind::date_time) && !type.is(TypeKind::date) &&
          !type.is(TypeKind::null))
        error("wrong-value-type",
              cat("a time must be a duration or a date and time, this is ", to_string(type)),
              text.span.feel_where);
      out.kind = PlanPhrase::Kind::moment_feel;
      out.moment = std::move(compiled->expr);
      return out;
    }
  }
  out.anchor = moment(place, text.anchor, true);
  if (text.cut_off) {
    FieldDefinition string;
    string.name = "the cut-off";
    string.kind = DataKind::string;
    out.cut_off = value(place, *text.cut_off, &string, "a cut-off");
  }
  return out;
}

inline std::optional<PlanDue> PlanMaker::due(const Place& place, const std::optional<DueDefinition>& text,
                                             std::string_view calendar_name) {
  if (!text) return std::nullopt;
  PlanDue out;
  out.calendar = text->calendar.empty() ? std::string(calendar_name) : calendar(text->calendar);
  out.phrase = phrase(place, text->phrase, out.calendar);
  out.pause = text->pause;
  return out;
}

// --- people and calendars --------------------------------------------------------------------------------

/// A calendar's name; the SOP's default when none is given.
inline std::string PlanMaker::calendar(const Text& text) {
  const Text& name = text.empty() ? file_.calendar : text;
  if (!name.empty()) {
    use("calendar", name.text);
    // The default was looked at once already.
    if (!text.empty() && !calendars_.count(name.text))
      unknown("unknown-calendar", "calendar", name, calendars_);
  }
  return name.text;
}

inline std::string PlanMaker::role(const Text& text) {
  if (text.empty()) return {};
  use("role", text.text);
  if (!roles_.count(text.text)) unknown("unknown-role", "role", text, roles_, "declare it under \"roles\"");
  return text.text;
}

inline std::vector<std::string> PlanMaker::roles(const std::vector<Text>& from) {
  std::vector<std::string> out;
  for (const Text& text : from) out.push_back(role(text));
  return out;
}

inline std::vector<std::string> PlanMaker::targets(const LadderOf& of, const std::vector<Text>& from) {
  constexpr std::string_view words[] = {"responsible", "accountable", "consulted",
                                        "informed",    "review",      "pages"};
  std::vector<std::string> out;
  for (const Text& text : from) {
    out.push_back(text.text);
    const bool word = std::find(std::begin(words), std::end(words), text.text) != std::end(words);
    if (word && of.in_step) continue;
    if (roles_.count(text.text)) {
      use("role", text.text);
      continue;
    }
    if (word) {
      error("unknown-target",
            cat("\"", text.text, "\" is a person of a step; this ladder belongs to no step"), text.where,
            "name a role");
      continue;
    }
    std::vector<std::string_view> names(roles_.begin(), roles_.end());
    if (of.in_step) names.insert(names.end(), std::begin(words), std::end(words));
    unknown("unknown-target", "role", text, names);
  }
  return out;
}

inline std::vector<PlanRung> PlanMaker::ladder(const LadderOf& of, const LadderDefinition& from) {
  std::vector<PlanRung> out;
  for (const RungDefinition& rung : from) {
    PlanRung made;
    made.text = rung.at.text;
    made.base = static_cast<PlanRung::Base>(rung.at.base);
    made.negative = rung.at.negative;
    made.percent = rung.at.percent;
    if (rung.at.base != RungTime::Base::start && !of.has_due)
      error("no-due", cat("\"", rung.at.text, "\" needs a due time, and there is none"), rung.at.where,
            "give \"due\", or count from the start: \"start + 2 hours\"");
    if (rung.at.offset.given())
      made.offset = span({of.conditions.block, no_ref, nullptr}, rung.at.offset, of.calendar, "a rung");
    made.condition = condition(of.conditions, rung.condition, "\"if\" of a rung");
    made.notify = targets(of, rung.notify);
    made.page = targets(of, rung.page);
    made.reassign = targets(of, rung.reassign);
    made.raise = rung.raise.value_or(0);
    made.start_sop = rung.start_sop.text;
    if (!rung.reassign.empty() && !of.in_step)
      error("bad-rung", "only a task can be reassigned", rung.reassign[0].where);
    for (const bool go : {true, false}) {
      const Text& to = go ? rung.go : rung.also;
      if (to.empty()) continue;
      if (!of.moves) {
        error("bad-rung", cat("\"", go ? "go" : "also", "\" is for ladders of steps, stages and clocks"),
              to.where);
        continue;
      }
      const std::uint32_t step = step_in(of.block, to);
      (go ? made.go : made.also) = step;
      edge(of.step, step);
    }
    if (rung.every.given())
      made.every = span({of.conditions.block, no_ref, nullptr}, rung.every, of.calendar, "\"every\"");
    made.times = rung.times.value_or(0);
    out.push_back(std::move(made));
  }
  return out;
}

inline PlanApprovers PlanMaker::approvers(const Approvers& from) {
  PlanApprovers out{from.mode, from.count, roles(from.roles)};
  if (from.mode == Approvers::Mode::at_least && from.count > from.roles.size() && !from.roles.empty())
    error("approvers-count", cat(from.count, " of ", from.roles.size(), " roles can never agree"), from.where,
          "each role has one voice");
  return out;
}

}  // namespace v0
}  // namespace aesop
