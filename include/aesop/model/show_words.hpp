// Parts of an SOP in words: conditions, times, ladders, people. Part model; for show.hpp and the pages of exchange.
#pragma once

#include "aesop/model/definition.hpp"
#include "aesop/value/compare.hpp"
#include "aesop/value/print.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// "front_desk" as "front desk".
inline std::string plain_words(std::string_view id) {
  std::string out(id);
  for (char& c : out)
    if (c == '_') c = ' ';
  return out;
}

/// Names of things as the file titles them, and numbers of steps.
class Wording {
 public:
  explicit Wording(const Definition& file) : file_(file) {
    for (const RoleDefinition& role : file.roles) titles_["role " + role.id.text] = role.title;
    for (const SystemDefinition& system : file.systems) titles_["system " + system.id.text] = system.title;
    for (const EventDefinition& event : file.events) titles_["event " + event.name.text] = event.title;
    for (const RuleDefinition& rule : file.rules) titles_["rule " + rule.name.text] = rule.title;
    number(file.steps, "");
  }

  std::string role(std::string_view id) const { return titled("role", id, plain_words(id)); }
  std::string system(std::string_view id) const { return titled("system", id, plain_words(id)); }
  std::string rule(std::string_view id) const { return titled("rule", id, plain_words(id)); }
  std::string event(std::string_view name) const { return titled("event", name, cat('"', name, '"')); }
  /// "4. Codes".
  std::string step(std::string_view id) const {
    const auto found = steps_.find(id);
    if (found == steps_.end()) return cat("\"", id, '"');
    return cat(found->second.first, ' ', found->second.second);
  }
  std::string number_of(std::string_view id) const {
    const auto found = steps_.find(id);
    return found == steps_.end() ? std::string() : found->second.first;
  }
  std::string title_of(std::string_view id) const {
    const auto found = steps_.find(id);
    return found == steps_.end() ? plain_words(id) : found->second.second;
  }
  std::string title(const StepDefinition& step) const {
    if (!step.title.empty()) return step.title.text;
    std::string words =
        plain_words(step.kind == StepKind::end && !step.outcome.empty() ? step.outcome : step.id.text);
    if (!words.empty() && is_lower(words[0])) words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
  }

  std::string roles(const std::vector<Text>& from, std::string_view last = "and") const {
    std::vector<std::string> names;
    for (const Text& text : from) names.push_back(role(text.text));
    return listed(names, last);
  }
  /// "the accountable", "office manager and IT lead".
  std::string targets(const std::vector<Text>& from) const {
    std::vector<std::string> names;
    for (const Text& text : from) names.push_back(target(text.text));
    return listed(names, "and");
  }
  /// "a, b and c".
  static std::string listed(const std::vector<std::string>& words, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0) append(out, i + 1 == words.size() ? cat(' ', last, ' ') : std::string(", "));
      out += words[i];
    }
    return out;
  }

  std::string value(const ValueText& from) const {
    return from.feel ? feel(from.text) : literal(from.literal);
  }
  static std::string literal(const Value& value) {
    return value.is_string() ? std::string(value.as_string()) : to_string(value);
  }
  /// FEEL in words when it only compares: `signing.level >= 2 and not(valid)` as "signing level is at least 2 and not valid".
  /// Anything more is left as FEEL.
  static std::string feel(std::string_view text) {
    std::string out;
    const auto word = [&](std::string_view piece) {
      if (!out.empty()) out.push_back(' ');
      append(out, piece);
    };
    for (std::size_t i = 0; i < text.size();) {
      const char c = text[i];
      if (is_space(c)) {
        ++i;
      } else if (c == '"') {
        const std::size_t end = text.find('"', i + 1);
        if (end == std::string_view::npos || text.substr(i, end - i).find('\\') != std::string_view::npos)
          return as_it_is(text);
        word(end == i + 1 ? std::string_view("empty") : text.substr(i + 1, end - i - 1));
        i = end + 1;
      } else if (is_lower(c) || is_upper(c) || c == '_') {
        std::size_t end = i;
        while (end < text.size() && (is_lower(text[end]) || is_upper(text[end]) || is_digit(text[end]) ||
                                     text[end] == '_' || text[end] == '.'))
          ++end;
        std::string name = plain_words(text.substr(i, end - i));
        for (char& letter : name)
          if (letter == '.') letter = ' ';
        std::size_t next = end;
        while (next < text.size() && is_space(text[next])) ++next;
        const bool call = next < text.size() && text[next] == '(';
        if (call && name == "not" && text.find(')', next) == text.find_first_of("()", next + 1)) {
          const std::size_t close = text.find(')', next);
          if (close == std::string_view::npos) return as_it_is(text);
          const std::string inner = feel(text.substr(next + 1, close - next - 1));
          word(cat("not ", inner));
          i = close + 1;
          continue;
        }
        for (const std::string_view other :
             {"if", "for", "some", "every", "in", "between", "function", "instance", "then"})
          if (name == other) return as_it_is(text);
        if (call) return as_it_is(text);
        word(name == "null" ? std::string_view("not known") : std::string_view(name));
        i = end;
      } else if (is_digit(c)) {
        std::size_t end = i;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
        word(text.substr(i, end - i));
        i = end;
      } else {
        constexpr std::pair<std::string_view, std::string_view> operators[] = {
            {"!=", "is not"}, {">=", "is at least"}, {"<=", "is at most"},
            {"=", "is"},      {">", "is more than"}, {"<", "is less than"}};
        bool known = false;
        for (const auto& [sign, words] : operators) {
          if (!text.substr(i).starts_with(sign)) continue;
          word(words);
          i += sign.size();
          known = true;
          break;
        }
        if (!known) return as_it_is(text);
      }
    }
    for (std::size_t at = out.find("is not not known"); at != std::string::npos;
         at = out.find("is not not known"))
      out.replace(at, 16, "is known");
    return out;
  }
  /// "country = "fr", amount = 5 => "post"" of an example of a rule.
  static std::string example(const ExampleDefinition& from) {
    const auto shown = [](const ValueText& value) {
      return as_it_is(value.feel ? value.text : to_literal(value.literal));
    };
    std::vector<std::string> given;
    for (const auto& one : from.given) given.push_back(cat(as_it_is(one.name.text), " = ", shown(one.value)));
    if (!from.at.empty()) given.push_back(cat("at ", from.at.text));
    return cat(given.empty() ? std::string("nothing given") : join(given, ", "), " => ", shown(from.expect),
               from.note.empty() ? std::string() : cat(" (", as_it_is(from.note), ")"));
  }
  static std::string as_it_is(std::string_view text) {
    std::string out(trim(text));
    for (char& c : out)
      if (c == '\n') c = ' ';
    return out;
  }
  std::string condition(const ConditionText& from) const {
    switch (from.kind) {
      case ConditionText::Kind::always:
        return "always";
      case ConditionText::Kind::literal:
        return from.literal ? "always" : "never";
      case ConditionText::Kind::feel:
        return feel(from.text);
      case ConditionText::Kind::fields:
        break;
    }
    std::vector<std::string> parts;
    for (const FieldTest& test : from.fields) {
      std::vector<std::string> values;
      for (const Value& one : test.any_of) values.push_back(literal(one));
      const std::string name = plain_words(test.field);
      if (test.any_of.size() == 1 && test.any_of[0].is_boolean())
        parts.push_back(cat(test.any_of[0].is_true() ? "" : "not ", name));
      else
        parts.push_back(cat(name, " is ", listed(values, "or")));
    }
    return listed(parts, "and");
  }
  /// " if ..." or nothing.
  std::string when(const ConditionText& from) const {
    return from.kind == ConditionText::Kind::always ? std::string() : cat(" if ", condition(from));
  }

  std::string span(const SpanText& from) const {
    if (from.span) return from.text;
    for (const ParameterDefinition& parameter : file_.parameters)
      if (parameter.type.name == from.feel) {
        return cat(this->parameter(parameter), " (", plain_words(from.feel), ')');
      }
    return plain_words(from.feel);
  }
  std::string moment(const MomentText& from) const {
    if (from.kind == MomentText::Kind::run_started) return "the run started";
    if (from.kind == MomentText::Kind::start) return "the start";
    for (const EventDefinition& event : file_.events)
      if (event.name.text == from.text)
        return event.title.empty() ? cat("event ", from.text) : quoted(event.title);
    const std::size_t dot = from.text.rfind('.');
    if (dot != std::string::npos) {
      const std::string id = from.text.substr(0, dot);
      if (steps_.count(id) && from.text.substr(dot) == ".completed") return cat("the end of ", step(id));
      if (steps_.count(id) && from.text.substr(dot) == ".entered") return cat("the start of ", step(id));
    }
    return plain_words(from.text);
  }
  /// "within 4 hours", "by the end of the business day".
  std::string phrase(const TimePhraseText& from) const {
    const bool anchored = from.anchor.kind != MomentText::Kind::start;
    switch (from.kind) {
      case TimePhraseText::Kind::span:
        if (!anchored) return cat("within ", span(from.span));
        return cat(from.before ? "at the latest " : "within ", span(from.span),
                   from.before ? " before " : " after ", moment(from.anchor));
      case TimePhraseText::Kind::end_of_day:
        return cat("by the end of the day", anchored ? cat(" of ", moment(from.anchor)) : std::string());
      case TimePhraseText::Kind::end_of_business_day: {
        std::string out = cat("by the end of the business day",
                              anchored ? cat(" of ", moment(from.anchor)) : std::string());
        if (from.cut_off)
          append(out, ", or of the next one if it comes after ", parameter_or_text(*from.cut_off));
        return out;
      }
      case TimePhraseText::Kind::feel:
        break;
    }
    for (const ParameterDefinition& parameter : file_.parameters)
      if (parameter.type.name == from.span.feel) return cat("within ", span(from.span));
    for (const RuleDefinition& rule_of : file_.rules)
      if (rule_of.name.text == from.span.feel)
        return cat("by the time of rule \"", rule(from.span.feel), '"');
    return cat("by ", feel(from.span.feel));
  }
  std::string rung_time(const RungTime& from) const {
    const std::string offset = from.offset.given() ? span(from.offset) : std::string();
    switch (from.base) {
      case RungTime::Base::percent:
        return cat("when ", from.percent, "% of the time is gone");
      case RungTime::Base::due:
        if (offset.empty()) return "when it is due";
        return from.negative ? cat(offset, " before it is due") : cat(offset, " late");
      case RungTime::Base::start:
        break;
    }
    return offset.empty() ? std::string("at once") : cat("after ", offset);
  }
  /// "After 30 days: notify biller, page central appeals."
  std::string rung(const RungDefinition& from) const {
    std::vector<std::string> acts;
    if (!from.notify.empty()) acts.push_back(cat("notify ", targets(from.notify)));
    if (!from.page.empty()) acts.push_back(cat("page ", targets(from.page)));
    if (!from.reassign.empty()) acts.push_back(cat("give it to ", targets(from.reassign)));
    if (from.raise) acts.push_back(cat("raise its priority to ", *from.raise));
    if (!from.start_sop.empty())
      acts.push_back(cat("start the procedure \"", plain_words(from.start_sop.text), '"'));
    if (!from.also.empty()) acts.push_back(cat("begin ", step(from.also.text), " beside it"));
    if (!from.go.empty()) acts.push_back(cat("break off and go to ", step(from.go.text)));
    std::string out = rung_time(from.at);
    if (is_lower(out[0])) out[0] = static_cast<char>(out[0] - 'a' + 'A');
    append(out, when(from.condition), ": ", listed(acts, "and"));
    if (from.every.given()) append(out, ", again every ", span(from.every));
    if (from.times) append(out, ", ", *from.times, " times at most");
    out.push_back('.');
    if (!from.note.empty()) append(out, ' ', from.note);
    return out;
  }
  /// "3 times, after 5 minutes, each pause 2 times the one before".
  std::string retry(const RetryDefinition& from) const {
    const std::string times = cat(from.times, from.times == 1 ? " time, " : " times, ");
    if (from.factor.is_null() || compare(from.factor, Value::number(1), nullptr).value_or(1) == 0)
      return cat(times, span(from.every), " apart");
    return cat(times, "first after ", span(from.every), ", each pause ", literal(from.factor),
               " times the one before");
  }
  /// What a parameter is when no scope sets it.
  std::string parameter(const ParameterDefinition& from) const {
    const Value value = from.type.default_value ? from.type.default_value->literal : Value();
    if (!value.is(ValueKind::days_duration)) return literal(value);
    const DaysDuration length = value.as_days_duration();
    return to_string(Span::elapsed(length.seconds * us_per_second + length.nanos / 1000));
  }
  std::string approvers(const Approvers& from) const {
    switch (from.mode) {
      case Approvers::Mode::any_of:
        return roles(from.roles, "or");
      case Approvers::Mode::all_of:
        return roles(from.roles, "and");
      case Approvers::Mode::in_order:
        return cat(roles(from.roles, "then"), from.roles.size() > 1 ? ", in this order" : "");
      case Approvers::Mode::at_least:
        break;
    }
    return cat("at least ", from.count, " of ", roles(from.roles, "and"));
  }
  std::string sets(const std::vector<SetDefinition>& from) const {
    std::vector<std::string> parts;
    for (const SetDefinition& set : from)
      parts.push_back(cat(plain_words(set.name.text), " = ", value(set.value)));
    return join(parts, "; ");
  }

 private:
  std::string titled(std::string_view kind, std::string_view id, const std::string& otherwise) const {
    const auto found = titles_.find(cat(kind, ' ', id));
    return found == titles_.end() || found->second.empty() ? otherwise : found->second;
  }
  static std::string quoted(std::string_view text) { return cat('"', text, '"'); }
  std::string target(std::string_view text) const {
    if (text == "responsible") return "whoever does it";
    if (text == "accountable") return "the accountable";
    if (text == "consulted") return "the consulted";
    if (text == "informed") return "the informed";
    if (text == "review") return "the reviewer";
    if (text == "pages") return "who is on call";
    return role(text);
  }
  std::string parameter_or_text(const ValueText& from) const {
    for (const ParameterDefinition& parameter : file_.parameters)
      if (from.feel && parameter.type.name == from.text && parameter.type.default_value)
        return literal(parameter.type.default_value->literal);
    return value(from);
  }
  void number(const std::vector<StepDefinition>& steps, const std::string& prefix) {
    std::size_t n = 0;
    for (const StepDefinition& step : steps) {
      const std::string own = cat(prefix, ++n, '.');
      steps_.emplace(step.id.text, std::pair(own, title(step)));
      if (step.each) number(step.each->run, own);
    }
  }

  const Definition& file_;
  std::map<std::string, std::string, std::less<>> titles_;
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> steps_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
