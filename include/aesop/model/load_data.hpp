// Reading what an SOP declares: roles, systems, data, events, parameters, rules, measures. Part model, private to
// load.hpp.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/model/conform.hpp"
#include "aesop/model/load_values.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// What a field may have, by where it stands.
enum class FieldPlace : std::uint8_t { data, form, event, payload, parameter };

struct TypeWord {
  std::string_view word;
  DataKind kind;
};
inline constexpr TypeWord type_words[] = {{"any", DataKind::any},
                                          {"string", DataKind::string},
                                          {"number", DataKind::number},
                                          {"decimal", DataKind::number},
                                          {"boolean", DataKind::boolean},
                                          {"date", DataKind::date},
                                          {"time", DataKind::time},
                                          {"date and time", DataKind::date_time},
                                          {"duration", DataKind::duration},
                                          {"days and time duration", DataKind::duration},
                                          {"years and months duration", DataKind::months},
                                          {"context", DataKind::context},
                                          {"list", DataKind::list},
                                          {"span", DataKind::span}};

/// Sets kind (and element of a list) from a type's text.
inline void read_type(Loading& loading, Node node, FieldPlace place, FieldDefinition& field) {
  if (node.kind() != JsonKind::string) {
    wrong_type(loading, node, "a type", "its name");
    return;
  }
  const std::string_view text = trim(node.text());
  const auto find = [](std::string_view word) -> std::optional<DataKind> {
    for (const TypeWord& known : type_words)
      if (known.word == word) return known.kind;
    return std::nullopt;
  };
  std::optional<DataKind> kind = find(text);
  if (!kind && text.starts_with("list<") && text.ends_with('>')) {
    const auto element = find(trim(text.substr(5, text.size() - 6)));
    if (element && *element != DataKind::list && *element != DataKind::span) {
      kind = DataKind::list;
      field.element = *element;
    }
  }
  if (kind && (*kind != DataKind::span || place == FieldPlace::parameter)) {
    field.kind = *kind;
    return;
  }
  std::vector<std::string_view> words;
  for (const TypeWord& known : type_words)
    if (known.kind != DataKind::span || place == FieldPlace::parameter) words.push_back(known.word);
  const auto near = did_you_mean(text, words);
  loading.findings.error("unknown-type", cat('"', printable(text, 60), "\" is no type"), node.where(),
                         near ? cat("did you mean \"", *near, "\"?")
                              : cat("types are ", join(words, ", "), ", and lists: list<string>"));
}

inline FieldDefinition read_field(Loading& loading, Text name, Node node, FieldPlace place);

inline std::vector<FieldDefinition> read_fields(Loading& loading, Node node, FieldPlace place,
                                                std::string_view what) {
  std::vector<FieldDefinition> fields;
  fields.reserve(node.size());
  if (++loading.depth > 32) {
    loading.findings.error("too-deep", "nested more than 32 levels deep", node.where());
  } else {
    read_named(loading, node, what, "a field", [&](Text name, Node value) {
      fields.push_back(read_field(loading, std::move(name), value, place));
    });
  }
  --loading.depth;
  return fields;
}

/// A literal as the type of `field`; reports one that does not fit and gives null.
inline Value read_typed(Loading& loading, Node node, const FieldDefinition& field, std::string_view what) {
  const ValueText literal = read_literal(loading, node, what);
  FieldDefinition plain = field;
  plain.one_of.clear();
  plain.min.reset();
  plain.max.reset();
  auto typed = conform_at(literal.literal, plain, std::string(what));
  if (typed) return typed.take();
  loading.findings.error("bad-value", typed.error().message, node.where(), typed.error().help);
  return {};
}

/// One more value of `one_of`; a value twice was meant to be another.
inline void add_allowed(Loading& loading, Node node, const Value& value, std::vector<Value>& values) {
  if (value.is_null()) return;
  for (const Value& known : values)
    if (known == value) {
      loading.findings.error("bad-value", "this value is allowed twice", node.where(),
                             "remove one of the two");
      return;
    }
  values.push_back(value);
}

inline FieldDefinition read_field(Loading& loading, Text name, Node node, FieldPlace place) {
  FieldDefinition field;
  field.name = std::move(name.text);
  field.where = name.where;
  field.required.kind = ConditionText::Kind::literal;
  field.required.literal = false;
  if (node.kind() == JsonKind::string) {
    read_type(loading, node, place, field);
    return field;
  }
  Keys keys(loading, node, "a field");
  if (!keys) return field;
  const auto type = keys.take("type");
  const auto one_of = keys.take("one_of");
  const auto fields = keys.take("fields");
  if (type) {
    read_type(loading, *type, place, field);
  } else if (fields) {
    field.kind = DataKind::context;
  } else if (one_of) {
    const bool numbers =
        one_of->kind() == JsonKind::array && one_of->size() > 0 && one_of->at(0).kind() == JsonKind::number;
    field.kind = numbers ? DataKind::number : DataKind::string;
  } else {
    loading.findings.error("missing-key", cat('"', field.name, "\" needs \"type\", \"one_of\" or \"fields\""),
                           field.where);
  }
  if (fields) {
    const bool holds = field.kind == DataKind::context ||
                       (field.kind == DataKind::list && field.element == DataKind::context);
    if (!holds && type)
      loading.findings.error("wrong-type", "only a context or a list of contexts has fields",
                             fields->where());
    field.fields = read_fields(
        loading, *fields,
        place == FieldPlace::form || place == FieldPlace::event ? FieldPlace::payload : place, "\"fields\"");
  }
  if (one_of) {
    FieldDefinition element = field;
    if (field.kind == DataKind::list) element.kind = field.element;
    read_list(loading, *one_of, "\"one_of\"", [&](Node item) {
      add_allowed(loading, item, read_typed(loading, item, element, "an allowed value"), field.one_of);
    });
    if (one_of->kind() == JsonKind::array && one_of->size() == 0)
      loading.findings.error("empty-list", "\"one_of\" allows nothing", one_of->where());
  }
  if (auto title = keys.take("title")) field.title = read_string(loading, *title, "\"title\"");
  if (auto phi = keys.take("phi")) field.phi = read_bool(loading, *phi, "\"phi\"");
  if (place == FieldPlace::form) {
    if (auto required = keys.take("required"))
      field.required = read_condition(loading, *required, "\"required\"", false);
  } else if (place == FieldPlace::event) {
    if (auto required = keys.take("required"))
      field.required.literal = read_bool(loading, *required, "\"required\" of an event's field");
  }
  if (place != FieldPlace::parameter) {
    if (auto least = keys.take("min")) field.min = read_typed(loading, *least, field, "\"min\"");
    if (auto most = keys.take("max")) field.max = read_typed(loading, *most, field, "\"max\"");
  }
  if (auto value = keys.take("default")) {
    if (place == FieldPlace::parameter)
      field.default_value = read_literal(loading, *value, "the default of a parameter");
    else
      field.default_value = read_value(loading, *value);
    if (!field.default_value->feel) {
      auto typed = conform(field.default_value->literal, field);
      if (typed)
        field.default_value->literal = typed.take();
      else
        loading.findings.error("bad-value", cat("the default ", typed.error().message), value->where(),
                               typed.error().help);
    }
  }
  if (place == FieldPlace::parameter) {
    keys.take("override");  // read by read_parameter
  }
  keys.finish();
  return field;
}

inline ParameterDefinition read_parameter(Loading& loading, Text name, Node node) {
  ParameterDefinition parameter;
  const SourceRange where = name.where;
  parameter.type = read_field(loading, std::move(name), node, FieldPlace::parameter);
  if (node.kind() != JsonKind::object) {
    loading.findings.error("missing-key", cat("parameter \"", parameter.type.name, "\" needs a default"),
                           where, "{\"type\": ..., \"default\": ...}");
    return parameter;
  }
  parameter.title = parameter.type.title;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.key(i) != "override") continue;
    constexpr std::string_view words[] = {"none", "org", "region", "clinic"};
    parameter.override_level =
        static_cast<OverrideLevel>(read_word(loading, node.at(i), "\"override\"", words).value_or(0));
  }
  if (!parameter.type.default_value)
    loading.findings.error("missing-key", cat("parameter \"", parameter.type.name, "\" needs a default"),
                           where);
  return parameter;
}

inline EventDefinition read_event(Loading& loading, Text name, Node node) {
  EventDefinition event;
  event.name = std::move(name);
  Keys keys(loading, node, "an event");
  if (!keys) return event;
  if (auto title = keys.take("title")) event.title = read_string(loading, *title, "\"title\"");
  if (auto fields = keys.take("fields"))
    event.fields = read_fields(loading, *fields, FieldPlace::event, "\"fields\"");
  if (auto by = keys.take("by")) event.by = read_ids(loading, *by, "a role");
  if (auto sets = keys.take("sets")) event.sets = read_sets(loading, *sets, "\"sets\"");
  if (auto condition = keys.take("if"))
    event.condition = read_condition(loading, *condition, "\"if\"", false);
  keys.finish();
  return event;
}

// --- rules -----------------------------------------------------------------------------------------------

inline CellDefinition read_cell(Loading& loading, Node node, bool input) {
  CellDefinition cell;
  cell.where = node.where();
  if (node.kind() == JsonKind::string) {
    const std::string_view text = node.text();
    if (input) {
      if (trim(text) == "-") return cell;
      if (trim(text).empty()) {
        loading.findings.error("bad-expression", "the cell is empty", node.where(),
                               "write \"-\" for any value, \"null\" for none");
        return cell;
      }
      cell.kind = CellDefinition::Kind::feel;
      cell.text = std::string(text);
      cell.where = inside(node.where());
      return cell;
    }
    const ValueText value = read_value(loading, node);
    cell.kind = value.feel ? CellDefinition::Kind::feel : CellDefinition::Kind::literal;
    cell.text = value.text;
    cell.literal = value.literal;
    cell.where = value.where;
    return cell;
  }
  if (node.kind() == JsonKind::array && input) {
    cell.kind = CellDefinition::Kind::list;
    for (std::size_t i = 0; i < node.size(); ++i) {
      CellDefinition item;
      item.kind = CellDefinition::Kind::literal;
      item.where = node.at(i).where();
      if (node.at(i).kind() == JsonKind::object)
        wrong_type(loading, node.at(i), "an element of an input cell",
                   "a text, a number, true, false or null");
      if (node.at(i).kind() == JsonKind::array && node.at(i).size() == 0)
        loading.findings.error("empty-list", "a list that matches nothing", node.at(i).where());
      item.literal = node.at(i).value();
      cell.items.push_back(std::move(item));
    }
    if (cell.items.empty()) loading.findings.error("empty-list", "a cell that matches nothing", node.where());
    return cell;
  }
  if (node.kind() == JsonKind::object && input) {
    wrong_type(loading, node, "an input cell", "FEEL, a list, a number or true or false");
    return cell;
  }
  cell.kind = CellDefinition::Kind::literal;
  refuse_inner_feel(loading, node);
  cell.literal = node.value();
  return cell;
}

/// Examples of a rule: {"given": {NAME: VALUE, ...}, "expect": VALUE, "at": TIME, "note": TEXT}.
inline std::vector<ExampleDefinition> read_examples(Loading& loading, Node node) {
  std::vector<ExampleDefinition> examples;
  read_list(loading, node, "\"examples\"", [&](Node one) {
    ExampleDefinition example;
    example.where = one.where();
    Keys keys(loading, one, "an example");
    if (!keys) return;
    if (auto given = keys.need("given")) {
      if (given->kind() != JsonKind::object)
        wrong_type(loading, *given, "\"given\"", "an object of names and values");
      else
        for (std::size_t i = 0; i < given->size(); ++i)
          example.given.push_back(
              {{std::string(given->key(i)), given->key_where(i)}, read_value(loading, given->at(i))});
    }
    if (auto expect = keys.need("expect")) example.expect = read_value(loading, *expect);
    if (auto at = keys.take("at")) {
      example.at = read_text(loading, *at, "\"at\"");
      if (!example.at.empty() && !parse_instant(example.at.text))
        loading.findings.error(
            "bad-time", cat("\"at\" of an example is no time: \"", printable(example.at.text, 60), '"'),
            example.at.where, "a time is written \"2026-03-02T09:00:00Z\"");
    }
    if (auto note = keys.take("note")) example.note = read_string(loading, *note, "\"note\"");
    keys.finish();
    examples.push_back(std::move(example));
  });
  return examples;
}

inline RuleDefinition read_rule(Loading& loading, Text name, Node node) {
  RuleDefinition rule;
  rule.name = std::move(name);
  rule.where = node.where();
  Keys keys(loading, node, "a rule");
  if (!keys) return rule;
  if (auto title = keys.take("title")) rule.title = read_string(loading, *title, "\"title\"");
  if (auto examples = keys.take("examples")) rule.examples = read_examples(loading, *examples);
  if (auto feel = keys.take("feel")) {
    rule.feel = read_text(loading, *feel, "\"feel\"");
    if (rule.feel.text.starts_with('=')) {
      rule.feel.text.erase(0, 1);
      rule.feel.where.begin += 2;
      rule.feel.where.end -= 1;
    } else {
      rule.feel.where = inside(rule.feel.where);
    }
    for (const std::string_view key : {"hit", "inputs", "outputs", "rows"})
      keys.misplaced(key, "a rule is a table (hit, inputs, outputs, rows) or \"feel\", not both");
    keys.finish();
    return rule;
  }
  rule.is_table = true;
  constexpr std::string_view hits[] = {"unique",        "first",       "any",         "priority",
                                       "collect",       "collect sum", "collect min", "collect max",
                                       "collect count", "rule order",  "output order"};
  if (auto hit = keys.take("hit")) {
    if (auto word = read_word(loading, *hit, "\"hit\"", hits))
      rule.hit = {std::string(hits[*word]), hit->where()};
  }
  if (auto inputs = keys.need("inputs")) {
    read_list(loading, *inputs, "\"inputs\"", [&](Node input) {
      ColumnDefinition column;
      column.text = read_text(loading, input, "an input");
      column.text.where = inside(column.text.where);
      rule.inputs.push_back(std::move(column));
    });
  }
  if (auto outputs = keys.need("outputs")) {
    read_list(loading, *outputs, "\"outputs\"", [&](Node output) {
      ColumnDefinition column;
      if (output.kind() != JsonKind::object) {
        column.text = read_id(loading, output, "an output");
        column.type.name = column.text.text;
      } else {
        Text id;
        for (std::size_t i = 0; i < output.size(); ++i)
          if (output.key(i) == "name") id = read_id(loading, output.at(i), "an output");
        Keys inner(loading, output, "an output");
        inner.need("name");
        const auto type = inner.take("type");
        const auto one_of = inner.take("one_of");
        inner.finish();
        column.text = id;
        column.type.name = id.text;
        column.type.where = id.where;
        if (type) read_type(loading, *type, FieldPlace::payload, column.type);
        if (one_of) {
          if (!type) column.type.kind = DataKind::string;
          if (!type && one_of->kind() == JsonKind::array && one_of->size() > 0 &&
              one_of->at(0).kind() == JsonKind::number)
            column.type.kind = DataKind::number;
          read_list(loading, *one_of, "\"one_of\"", [&](Node item) {
            add_allowed(loading, item, read_typed(loading, item, column.type, "an allowed value"),
                        column.type.one_of);
          });
        }
      }
      for (const ColumnDefinition& other : rule.outputs)
        if (!column.text.empty() && other.text.text == column.text.text)
          loading.findings.error("duplicate-id", cat("two outputs are called \"", column.text.text, '"'),
                                 column.text.where);
      rule.outputs.push_back(std::move(column));
    });
    if (outputs->kind() == JsonKind::array && outputs->size() == 0)
      loading.findings.error("empty-list", "a table without outputs decides nothing", outputs->where());
  }
  if (auto rows = keys.need("rows")) {
    const std::size_t width = rule.inputs.size() + rule.outputs.size();
    read_list(loading, *rows, "\"rows\"", [&](Node row) {
      RowDefinition out;
      out.where = row.where();
      if (row.kind() != JsonKind::array) {
        wrong_type(loading, row, "a row", "a list of cells");
        return;
      }
      if (row.size() != width) {
        loading.findings.error(
            "bad-table", cat("this row has ", row.size(), " cells, the table ", width, " columns"),
            row.where(), cat(rule.inputs.size(), " inputs, then ", rule.outputs.size(), " outputs"));
        return;
      }
      for (std::size_t i = 0; i < row.size(); ++i)
        out.cells.push_back(read_cell(loading, row.at(i), i < rule.inputs.size()));
      rule.rows.push_back(std::move(out));
    });
    if (rows->kind() == JsonKind::array && rows->size() == 0)
      loading.findings.error("empty-list", "a table without rows decides nothing", rows->where());
  }
  keys.finish();
  return rule;
}

// --- measures --------------------------------------------------------------------------------------------

/// A moment's name, or a list of them.
inline std::vector<Text> read_moments(Loading& loading, Node node, std::string_view what) {
  std::vector<Text> moments;
  const auto one = [&](Node item) {
    if (item.kind() != JsonKind::string)
      wrong_type(loading, item, what, "a moment: an event, STEP.entered, STEP.completed or run.started");
    else
      moments.push_back(read_text(loading, item, what));
  };
  if (node.kind() == JsonKind::array)
    read_list(loading, node, what, one);
  else
    one(node);
  return moments;
}

inline KpiDefinition read_kpi(Loading& loading, Text id, Node node) {
  KpiDefinition kpi;
  kpi.id = std::move(id);
  kpi.where = node.where();
  Keys keys(loading, node, "a measure");
  if (!keys) return kpi;
  if (auto title = keys.take("title")) kpi.title = read_string(loading, *title, "\"title\"");
  if (auto owner = keys.take("owner")) kpi.owner = read_id(loading, *owner, "a role");
  if (auto count = keys.take("count")) kpi.count = read_moments(loading, *count, "\"count\"");
  if (auto over = keys.take("over")) kpi.over = read_moments(loading, *over, "\"over\"");
  if (auto exclude = keys.take("exclude")) kpi.exclude = read_moments(loading, *exclude, "\"exclude\"");
  if (auto between = keys.take("days_between")) {
    kpi.days_between = read_moments(loading, *between, "\"days_between\"");
    if (between->kind() != JsonKind::array || kpi.days_between.size() != 2)
      loading.findings.error("bad-measure", "\"days_between\" takes two moments", between->where());
  }
  if (auto within = keys.take("within")) {
    kpi.within = read_span(loading, *within, "\"within\"");
    const auto& span = kpi.within.span;
    if (kpi.days_between.empty())
      loading.findings.error("bad-measure", "\"within\" needs \"days_between\"", within->where());
    else if (kpi.within.given() && !(span && span->unit == SpanUnit::elapsed && span->amount > 0))
      loading.findings.error("bad-measure", "\"within\" takes elapsed time, such as 48 hours or 3 days",
                             within->where());
  }
  constexpr std::string_view units[] = {"run", "occurrence"};
  if (auto per = keys.take("per"))
    kpi.each_time = read_word(loading, *per, "\"per\"", units).value_or(0) == 1;
  if (auto window = keys.take("window")) kpi.window = read_span(loading, *window, "\"window\"");
  if (auto target = keys.take("target")) {
    Keys inner(loading, *target, "a target");
    const auto number = [&](std::string_view key, std::optional<Value>& into) {
      auto value = inner.take(key);
      if (!value) return;
      if (value->kind() == JsonKind::number)
        into = value->value();
      else
        wrong_type(loading, *value, cat('"', key, '"'), "a number");
    };
    number("at_least", kpi.at_least);
    number("at_most", kpi.at_most);
    number("strong", kpi.strong);
    inner.finish();
    if (inner && kpi.at_least.has_value() == kpi.at_most.has_value())
      loading.findings.error("bad-measure", "a target needs one of at_least and at_most", target->where());
  }
  keys.finish();
  if (kpi.count.empty() == kpi.days_between.empty())
    loading.findings.error("bad-measure",
                           "a measure counts something (\"count\") or measures days (\"days_between\")",
                           kpi.id.where);
  if (!kpi.over.empty() && kpi.count.empty())
    loading.findings.error("bad-measure", "\"over\" needs \"count\"", kpi.id.where);
  return kpi;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
