// Reading values, conditions, spans, moments, time phrases and ladders. Part model, private to load.hpp.
// docs/sop-format.md, "Values, conditions, times" is the grammar.
#pragma once

#include "aesop/calendar/span.hpp"
#include "aesop/model/load_reader.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Whether a string anywhere inside looks like FEEL, which only a whole value may be.
inline void refuse_inner_feel(Loading& loading, Node node) {
  if (node.kind() == JsonKind::array || node.kind() == JsonKind::object) {
    for (std::size_t i = 0; i < node.size(); ++i) refuse_inner_feel(loading, node.at(i));
  } else if (node.kind() == JsonKind::string && node.text().starts_with('=')) {
    loading.findings.error("inner-feel", "FEEL inside a list or an object is not evaluated", node.where(),
                           "write the whole value as FEEL: \"={a: x, b: [1, y]}\"");
  }
}

/// A value: a literal, or FEEL after "=".
inline ValueText read_value(Loading& loading, Node node) {
  ValueText value;
  value.where = node.where();
  if (node.kind() == JsonKind::string && node.text().starts_with('=')) {
    const std::string_view text = node.text();
    if (text.starts_with("==")) {
      value.literal = Value::string(text.substr(1));
      return value;
    }
    value.feel = true;
    value.text = std::string(text.substr(1));
    const SourceRange raw = inside(node.where());
    value.where = {raw.begin + 1, raw.end};
    return value;
  }
  refuse_inner_feel(loading, node);
  value.literal = node.value();
  return value;
}

/// A value that has to be literal.
inline ValueText read_literal(Loading& loading, Node node, std::string_view what) {
  ValueText value = read_value(loading, node);
  if (value.feel) {
    loading.findings.error("wrong-type", cat(what, " must be a literal, not FEEL"), node.where());
    return {false, {}, {}, node.where()};
  }
  return value;
}

inline ConditionText read_condition(Loading& loading, Node node, std::string_view what, bool fields_allowed) {
  ConditionText condition;
  condition.where = node.where();
  switch (node.kind()) {
    case JsonKind::boolean:
      condition.kind = ConditionText::Kind::literal;
      condition.literal = node.boolean();
      return condition;
    case JsonKind::string:
      condition.kind = ConditionText::Kind::feel;
      condition.text = std::string(node.text());
      condition.where = inside(node.where());
      if (trim(condition.text).starts_with('='))
        loading.findings.error("bad-condition", cat(what, " is FEEL already"), node.where(),
                               "leave out the \"=\" at the front");
      else if (trim(condition.text).empty())
        loading.findings.error("bad-condition", cat(what, " is empty"), node.where());
      else
        return condition;
      break;
    case JsonKind::object:
      if (!fields_allowed) {
        loading.findings.error(
            "bad-condition", cat(what, " cannot be an object"), node.where(),
            "only the \"when\" of a branch compares fields; write FEEL: \"field = \\\"value\\\"\"");
        break;
      }
      condition.kind = ConditionText::Kind::fields;
      for (std::size_t i = 0; i < node.size(); ++i) {
        FieldTest test{std::string(node.key(i)), {}, node.key_where(i)};
        const Node value = node.at(i);
        if (value.kind() == JsonKind::array) {
          for (std::size_t k = 0; k < value.size(); ++k)
            test.any_of.push_back(read_literal(loading, value.at(k), what).literal);
        } else {
          test.any_of.push_back(read_literal(loading, value, what).literal);
        }
        if (test.any_of.empty())
          loading.findings.error("bad-condition", cat('"', test.field, "\" is compared with nothing"),
                                 value.where());
        condition.fields.push_back(std::move(test));
      }
      if (node.size() == 0)
        loading.findings.error("bad-condition", cat(what, " compares no field"), node.where());
      return condition;
    default:
      loading.findings.error("bad-condition",
                             cat(what, " must be FEEL, true or false, not ", kind_text(node.kind())),
                             node.where());
  }
  // A condition that could not be read is FEEL that compiles: no second problem comes of it.
  condition.kind = ConditionText::Kind::feel;
  condition.text = "true";
  return condition;
}

// --- times -----------------------------------------------------------------------------------------------

/// Text of a phrase and the raw place of its string, to place problems inside it.
struct Phrase {
  Loading& loading;
  std::string_view text;
  SourceRange raw;

  SourceRange range(std::string_view part) const {
    const auto begin = static_cast<std::size_t>(part.data() - text.data());
    return part_of(loading.source, raw, begin, begin + part.size());
  }
};

inline SpanText read_span_part(Phrase phrase, std::string_view part, std::string_view what) {
  part = trim(part);
  SpanText span;
  span.text = std::string(part);
  span.where = phrase.range(part);
  if (part.starts_with('=')) {
    const std::string_view feel = trim(part.substr(1));
    span.feel = std::string(feel);
    span.feel_where = phrase.range(feel);
    if (feel.empty()) phrase.loading.findings.error("bad-time", cat(what, " is empty FEEL"), span.where);
    return span;
  }
  auto parsed = parse_span(part);
  if (parsed && parsed->amount > 0)
    span.span = *parsed;
  else if (parsed)
    phrase.loading.findings.error("bad-time", cat(what, " must be longer than nothing"), span.where);
  else
    phrase.loading.findings.error("bad-time", parsed.error().message, span.where, parsed.error().help);
  return span;
}

inline SpanText read_span(Loading& loading, Node node, std::string_view what) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, what, "a span such as \"48 hours\"");
    return {};
  }
  return read_span_part({loading, node.text(), inside(node.where())}, node.text(), what);
}

inline MomentText read_moment_part(Phrase phrase, std::string_view part) {
  part = trim(part);
  MomentText moment;
  moment.where = phrase.range(part);
  moment.text = std::string(part);
  if (part == "start") {
    moment.kind = MomentText::Kind::start;
  } else if (part == "run.started") {
    moment.kind = MomentText::Kind::run_started;
  } else {
    moment.kind = MomentText::Kind::name;
    if (part.starts_with('=')) {
      moment.kind = MomentText::Kind::feel;
      moment.text = std::string(trim(part.substr(1)));
      moment.where = phrase.range(trim(part.substr(1)));
    }
    if (moment.text.empty())
      phrase.loading.findings.error(
          "bad-time", "a moment is missing", moment.where,
          "a moment is start, run.started, STEP.entered, STEP.completed, an event, or FEEL");
  }
  return moment;
}

inline MomentText read_moment(Loading& loading, Node node, std::string_view what) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, what, "a moment such as \"run.started\" or an event");
    return {};
  }
  return read_moment_part({loading, node.text(), inside(node.where())}, node.text());
}

/// Where a word stands in a phrase outside of quotes and brackets, with blanks around it; npos when nowhere. The last
/// place counts when the phrase begins with FEEL.
inline std::size_t find_word(std::string_view text, std::string_view word) {
  int depth = 0;
  bool quoted = false;
  std::size_t found = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    } else if (depth == 0 && (i == 0 || is_space(text[i - 1])) && text.substr(i).starts_with(word)) {
      const std::size_t end = i + word.size();
      if (end == text.size() || is_space(text[end])) found = i;
    }
  }
  return found;
}

inline TimePhraseText read_phrase_text(Loading& loading, std::string_view whole, SourceRange where,
                                       std::string_view what) {
  TimePhraseText phrase;
  phrase.where = where;
  phrase.text = std::string(whole);
  const Phrase at{loading, whole, inside(where)};
  const std::string_view text = trim(whole);
  const auto bad = [&](std::string_view part, std::string message) {
    loading.findings.error(
        "bad-time", std::move(message), at.range(part),
        "for example: \"48 hours after claim.sent\", \"2 business days before visit.date\", "
        "\"end of day\", \"end of business day of claim.sent cut-off 17:00\"");
  };
  for (const bool business : {true, false}) {
    const std::string_view head = business ? "end of business day" : "end of day";
    if (!text.starts_with(head)) continue;
    phrase.kind = business ? TimePhraseText::Kind::end_of_business_day : TimePhraseText::Kind::end_of_day;
    std::string_view rest = text.substr(head.size());
    const std::size_t cut = find_word(rest, "cut-off");
    if (cut != std::string_view::npos) {
      const std::string_view time = trim(rest.substr(cut + 7));
      ValueText value;
      value.where = at.range(time);
      if (time.starts_with('=')) {
        value.feel = true;
        value.text = std::string(trim(time.substr(1)));
        value.where = at.range(trim(time.substr(1)));
      } else {
        value.literal = Value::string(time);
        const bool shaped = time.size() == 5 && is_digit(time[0]) && is_digit(time[1]) && time[2] == ':' &&
                            is_digit(time[3]) && is_digit(time[4]) && time.substr(0, 2) < "24" &&
                            time[3] < '6';
        if (!shaped) bad(time, "a cut-off is a time HH:MM, or =PARAMETER");
      }
      if (!business) bad(rest.substr(cut), "only \"end of business day\" has a cut-off");
      phrase.cut_off = std::move(value);
      rest = rest.substr(0, cut);
    }
    rest = trim(rest);
    if (rest.starts_with("of ")) {
      phrase.anchor = read_moment_part(at, rest.substr(3));
    } else if (!rest.empty()) {
      bad(rest, cat('"', printable(rest, 60), "\" is not understood after \"", head, '"'));
    }
    return phrase;
  }
  std::size_t split = std::string_view::npos;
  std::size_t length = 0;
  for (const std::string_view word : {"after", "before"}) {
    const std::size_t found = find_word(text, word);
    if (found == std::string_view::npos || (split != std::string_view::npos && found < split)) continue;
    split = found;
    length = word.size();
    phrase.before = word == "before";
  }
  if (split != std::string_view::npos) {
    phrase.span = read_span_part(at, text.substr(0, split), what);
    phrase.anchor = read_moment_part(at, text.substr(split + length));
    return phrase;
  }
  phrase.span = read_span_part(at, text, what);
  if (!phrase.span.feel.empty()) phrase.kind = TimePhraseText::Kind::feel;
  return phrase;
}

inline TimePhraseText read_phrase(Loading& loading, Node node, std::string_view what) {
  if (node.kind() == JsonKind::string) return read_phrase_text(loading, node.text(), node.where(), what);
  wrong_type(loading, node, what, "a time phrase such as \"48 hours after claim.sent\"");
  return {};
}

inline PausePolicy read_pause(Loading& loading, Node node) {
  constexpr std::string_view words[] = {"absolute", "remaining", "restart"};
  return static_cast<PausePolicy>(read_word(loading, node, "\"pause\"", words).value_or(0));
}

/// `due`: a phrase, or {at, calendar, pause}.
inline DueDefinition read_due(Loading& loading, Node node) {
  DueDefinition due;
  if (node.kind() != JsonKind::object) {
    due.phrase = read_phrase(loading, node, "\"due\"");
    return due;
  }
  Keys keys(loading, node, "\"due\"");
  due.phrase.where = node.where();
  if (auto at = keys.need("at")) due.phrase = read_phrase(loading, *at, "\"at\"");
  if (auto calendar = keys.take("calendar")) due.calendar = read_id(loading, *calendar, "a calendar");
  if (auto pause = keys.take("pause")) due.pause = read_pause(loading, *pause);
  keys.finish();
  return due;
}

/// `at` of a rung: `due`, `due - SPAN`, `due + SPAN`, `start + SPAN`, `80%`, `SPAN`.
inline RungTime read_rung_time(Loading& loading, Node node) {
  RungTime time;
  time.where = node.where();
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, "\"at\" of a rung", "a text such as \"due\", \"80%\" or \"due + 24 hours\"");
    return time;
  }
  time.text = std::string(node.text());
  const Phrase at{loading, node.text(), inside(node.where())};
  std::string_view text = trim(node.text());
  const auto bad = [&](std::string message) {
    loading.findings.error(
        "bad-time", std::move(message), node.where(),
        "a rung is at \"due\", \"due - 4 hours\", \"due + 1 day\", \"start + 2 hours\", \"80%\" "
        "or \"30 days\"");
  };
  if (text.ends_with('%')) {
    const auto percent = parse_integer<int>(trim(text.substr(0, text.size() - 1)));
    time.base = RungTime::Base::percent;
    if (percent && *percent >= 1 && *percent <= 1000)
      time.percent = *percent;
    else
      bad("a percentage is a whole number from 1 to 1000");
    return time;
  }
  for (const bool due : {true, false}) {
    const std::string_view word = due ? "due" : "start";
    if (!text.starts_with(word) || (text.size() > word.size() && !is_space(text[word.size()]) &&
                                    text[word.size()] != '+' && text[word.size()] != '-'))
      continue;
    time.base = due ? RungTime::Base::due : RungTime::Base::start;
    text = trim(text.substr(word.size()));
    if (text.empty()) return time;
    if (text[0] != '+' && text[0] != '-') {
      bad(cat("after \"", word, "\" comes + or - and a span"));
      return time;
    }
    time.negative = text[0] == '-';
    if (time.negative && !due) bad("nothing is known before the start");
    time.offset = read_span_part(at, text.substr(1), "a rung");
    return time;
  }
  for (const bool after : {true, false}) {
    const std::string_view tail = after ? " after due" : " before due";
    if (!text.ends_with(tail)) continue;
    loading.findings.error(
        "bad-time", "a rung counts from \"due\" by + and -", node.where(),
        cat("write \"due ", after ? '+' : '-', ' ', trim(text.substr(0, text.size() - tail.size())), '"'));
    return time;
  }
  time.offset = read_span_part(at, text, "a rung");
  return time;
}

inline RungDefinition read_rung(Loading& loading, Node node) {
  RungDefinition rung;
  rung.where = node.where();
  Keys keys(loading, node, "a rung");
  if (!keys) return rung;
  if (auto at = keys.need("at")) rung.at = read_rung_time(loading, *at);
  if (auto condition = keys.take("if")) rung.condition = read_condition(loading, *condition, "\"if\"", false);
  bool acts = false;
  const auto targets = [&](std::string_view key, std::vector<Text>& into) {
    if (auto value = keys.take(key)) into = read_ids(loading, *value, "a target"), acts = true;
  };
  targets("notify", rung.notify);
  targets("page", rung.page);
  targets("reassign", rung.reassign);
  if (auto raise = keys.take("raise")) rung.raise = read_int(loading, *raise, "\"raise\"", 1, 9), acts = true;
  if (auto start = keys.take("start")) rung.start_sop = read_id(loading, *start, "an SOP"), acts = true;
  if (auto go = keys.take("go")) rung.go = read_id(loading, *go, "a step"), acts = true;
  if (auto also = keys.take("also")) rung.also = read_id(loading, *also, "a step"), acts = true;
  if (auto every = keys.take("every")) rung.every = read_span(loading, *every, "\"every\"");
  if (auto times = keys.take("times")) rung.times = read_int(loading, *times, "\"times\"", 1, 10'000);
  if (auto note = keys.take("note")) rung.note = read_string(loading, *note, "\"note\"");
  keys.finish();
  if (!acts)
    loading.findings.error("empty-rung", "a rung does nothing", {node.where().begin, node.where().begin + 1},
                           "give it notify, page, reassign, raise, start, go or also");
  if (rung.times && !rung.every.given())
    loading.findings.error("empty-rung", "\"times\" needs \"every\"",
                           {node.where().begin, node.where().begin + 1});
  return rung;
}

inline LadderDefinition read_ladder(Loading& loading, Node node) {
  LadderDefinition ladder;
  ladder.reserve(node.size());
  read_list(loading, node, "\"escalate\"", [&](Node rung) { ladder.push_back(read_rung(loading, rung)); });
  return ladder;
}

/// {name: value, ...}, in order.
inline std::vector<SetDefinition> read_sets(Loading& loading, Node node, std::string_view what) {
  std::vector<SetDefinition> sets;
  read_named(loading, node, what, "a name", [&](Text name, Node value) {
    sets.push_back({std::move(name), read_value(loading, value)});
  });
  return sets;
}

inline Approvers read_approvers(Loading& loading, Node node) {
  Approvers approvers;
  approvers.where = node.where();
  if (node.kind() == JsonKind::string || node.kind() == JsonKind::array) {
    approvers.roles = read_ids(loading, node, "a role");
    return approvers;
  }
  Keys keys(loading, node, "\"approvers\"");
  if (!keys) return approvers;
  int modes = 0;
  const auto mode = [&](std::string_view key, Approvers::Mode value) {
    auto roles = keys.take(key);
    if (!roles) return;
    ++modes;
    approvers.mode = value;
    approvers.roles = read_ids(loading, *roles, "a role");
  };
  mode("any_of", Approvers::Mode::any_of);
  mode("all_of", Approvers::Mode::all_of);
  mode("in_order", Approvers::Mode::in_order);
  if (auto least = keys.take("at_least")) {
    ++modes;
    approvers.mode = Approvers::Mode::at_least;
    approvers.count = static_cast<std::uint32_t>(read_int(loading, *least, "\"at_least\"", 1, 100));
    if (auto of = keys.need("of")) approvers.roles = read_ids(loading, *of, "a role");
  }
  keys.finish();
  if (modes != 1)
    loading.findings.error("bad-approvers", "approvers need one of any_of, all_of, at_least, in_order",
                           node.where());
  return approvers;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
