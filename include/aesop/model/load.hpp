// From text to Definition: load. Part model. Pure std; a file is read by load_file.hpp.
// One syntax error, or every other problem at once as findings. What a finding means: docs/findings.md.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/model/calendar_text.hpp"
#include "aesop/model/load_steps.hpp"
#include "aesop/value/json_write.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

/// The one version of the format this library reads: "aesop": 1.
inline constexpr int format_version = 1;

namespace detail {

inline RoleDefinition read_role(Loading& loading, Text id, Node node) {
  RoleDefinition role;
  role.id = std::move(id);
  Keys keys(loading, node, "a role");
  if (auto title = keys.take("title")) role.title = read_string(loading, *title, "\"title\"");
  if (auto pages = keys.take("pages")) role.pages = read_bool(loading, *pages, "\"pages\"");
  if (auto licensed = keys.take("licensed")) role.licensed = read_bool(loading, *licensed, "\"licensed\"");
  keys.finish();
  for (const std::string_view target :
       {"responsible", "accountable", "consulted", "informed", "review", "pages"})
    if (role.id.text == target)
      loading.findings.error("reserved-name",
                             cat('"', target, "\" means a person of the step and cannot be a role"),
                             role.id.where);
  return role;
}

inline SystemDefinition read_system(Loading& loading, Text id, Node node) {
  SystemDefinition system;
  system.id = std::move(id);
  Keys keys(loading, node, "a system");
  if (auto title = keys.take("title")) system.title = read_string(loading, *title, "\"title\"");
  if (auto phi = keys.take("phi")) system.phi = read_bool(loading, *phi, "\"phi\"");
  if (auto vendor = keys.take("vendor")) system.vendor = read_string(loading, *vendor, "\"vendor\"");
  keys.finish();
  return system;
}

inline ClockDefinition read_clock(Loading& loading, Text id, Node node) {
  ClockDefinition clock;
  clock.id = std::move(id);
  Keys keys(loading, node, "a clock");
  const auto moments = [&](Node value, std::string_view what) {
    std::vector<MomentText> out;
    const auto one = [&](Node item) { out.push_back(read_moment(loading, item, what)); };
    if (value.kind() == JsonKind::array)
      read_list(loading, value, what, one);
    else
      one(value);
    return out;
  };
  if (auto title = keys.take("title")) clock.title = read_string(loading, *title, "\"title\"");
  if (auto starts = keys.need("starts")) clock.starts = moments(*starts, "\"starts\"");
  if (auto stops = keys.take("stops")) clock.stops = moments(*stops, "\"stops\"");
  if (auto due = keys.take("due")) clock.due = read_due(loading, *due);
  if (auto calendar = keys.take("calendar")) clock.calendar = read_id(loading, *calendar, "a calendar");
  if (auto ladder = keys.take("escalate")) clock.escalate = read_ladder(loading, *ladder);
  if (auto pause = keys.take("pause")) clock.pause = read_pause(loading, *pause);
  keys.finish();
  return clock;
}

inline StageDefinition read_stage(Loading& loading, Text id, Node node) {
  StageDefinition stage;
  stage.id = std::move(id);
  Keys keys(loading, node, "a stage");
  if (auto title = keys.take("title")) stage.title = read_string(loading, *title, "\"title\"");
  if (auto due = keys.take("due")) stage.due = read_due(loading, *due);
  if (auto ladder = keys.take("escalate")) stage.escalate = read_ladder(loading, *ladder);
  keys.finish();
  return stage;
}

inline ExceptionPolicy read_exception(Loading& loading, Text id, Node node) {
  ExceptionPolicy policy;
  policy.id = std::move(id);
  policy.where = node.where();
  Keys keys(loading, node, "an exception");
  if (!keys) return policy;
  if (auto title = keys.take("title")) policy.title = read_string(loading, *title, "\"title\"");
  if (auto of = keys.need("of")) policy.of = read_ids(loading, *of, "a step");
  if (auto allows = keys.need("allows")) {
    constexpr std::string_view words[] = {"skip", "extend", "override", "reassign", "go", "check"};
    policy.allows =
        static_cast<ExceptionPolicy::Allows>(read_word(loading, *allows, "\"allows\"", words).value_or(0));
    if (policy.allows > ExceptionPolicy::Allows::extend && policy.allows != ExceptionPolicy::Allows::check)
      not_supported(loading, allows->where(), cat("\"allows\": \"", allows->text(), '"'),
                    "use \"skip\", \"extend\" or \"check\"");
  }
  if (auto ask = keys.take("ask")) policy.ask = read_ids(loading, *ask, "a role");
  if (auto documents = keys.take("documents")) policy.documents = read_ids(loading, *documents, "a document");
  if (auto approvers = keys.take("approvers")) {
    policy.approvers = read_approvers(loading, *approvers);
    if (policy.approvers->mode == Approvers::Mode::at_least ||
        policy.approvers->mode == Approvers::Mode::in_order)
      not_supported(loading, approvers->where(), "at_least or in_order of an exception",
                    "use \"any_of\" or \"all_of\"");
  }
  if (auto within = keys.take("decide_within"))
    policy.decide_within = read_span(loading, *within, "\"decide_within\"");
  if (auto timeout = keys.take("on_timeout")) {
    if (timeout->kind() == JsonKind::object) {
      Keys inner(loading, *timeout, "\"on_timeout\"");
      if (auto next = inner.need("next")) policy.timeout_next = read_id(loading, *next, "a role");
      inner.finish();
    } else {
      constexpr std::string_view words[] = {"deny"};
      read_word(loading, *timeout, "\"on_timeout\"", words);
    }
  }
  if (auto valid = keys.take("valid_for")) policy.valid_for = read_span(loading, *valid, "\"valid_for\"");
  if (auto times = keys.take("times")) policy.times = read_int(loading, *times, "\"times\"", 1, 1000);
  if (auto most = keys.take("at_most")) {
    policy.at_most = read_span(loading, *most, "\"at_most\"");
    if (policy.allows != ExceptionPolicy::Allows::extend)
      loading.findings.error("wrong-type", "only an extension has \"at_most\"", most->where());
  }
  if (auto node_of = keys.take("emergency")) {
    EmergencyDefinition emergency;
    emergency.where = node_of->where();
    Keys inner(loading, *node_of, "\"emergency\"");
    if (auto by = inner.need("by")) emergency.by = read_ids(loading, *by, "a role");
    if (auto within = inner.need("review_within"))
      emergency.review_within = read_span(loading, *within, "\"review_within\"");
    if (auto reviewer = inner.take("reviewer")) emergency.reviewer = read_ids(loading, *reviewer, "a role");
    if (auto ladder = inner.take("escalate")) emergency.escalate = read_ladder(loading, *ladder);
    inner.finish();
    policy.emergency = std::move(emergency);
  }
  keys.finish();
  return policy;
}

inline HandoffDefinition read_handoff(Loading& loading, Node node) {
  HandoffDefinition handoff;
  handoff.where = node.where();
  Keys keys(loading, node, "a handoff");
  if (!keys) return handoff;
  if (auto id = keys.need("id")) handoff.id = read_id(loading, *id, "a handoff");
  if (auto title = keys.take("title")) handoff.title = read_string(loading, *title, "\"title\"");
  if (auto from = keys.take("from")) handoff.from = read_id(loading, *from, "a role or system");
  if (auto to = keys.need("to")) handoff.to = read_id(loading, *to, "a role, system or SOP");
  if (auto when = keys.take("when")) handoff.when = read_moment(loading, *when, "\"when\"");
  if (auto condition = keys.take("if"))
    handoff.condition = read_condition(loading, *condition, "\"if\"", false);
  if (auto with = keys.take("with")) handoff.with = read_sets(loading, *with, "\"with\"");
  if (auto within = keys.take("acknowledge_within"))
    handoff.acknowledge_within = read_span(loading, *within, "\"acknowledge_within\"");
  if (auto calendar = keys.take("calendar")) handoff.calendar = read_id(loading, *calendar, "a calendar");
  if (auto ladder = keys.take("escalate")) handoff.escalate = read_ladder(loading, *ladder);
  keys.finish();
  return handoff;
}

inline GateDefinition read_gate(Loading& loading, Text id, Node node) {
  GateDefinition gate;
  gate.id = std::move(id);
  Keys keys(loading, node, "a gate");
  if (!keys) return gate;
  if (auto title = keys.take("title")) gate.title = read_string(loading, *title, "\"title\"");
  if (auto checks = keys.need("checks")) {
    read_list(loading, *checks, "\"checks\"", [&](Node item) {
      GateCheckDefinition check;
      check.where = item.where();
      Keys inner(loading, item, "a check");
      if (!inner) return;
      if (auto name = inner.need("id")) check.id = read_id(loading, *name, "a check");
      for (const GateCheckDefinition& other : gate.checks)
        if (!check.id.empty() && other.id.text == check.id.text)
          loading.findings.error("duplicate-id", cat("two checks are called \"", check.id.text, '"'),
                                 check.id.where);
      if (auto when = inner.take("when")) check.when = read_condition(loading, *when, "\"when\"", false);
      if (auto require = inner.need("require"))
        check.require = read_condition(loading, *require, "\"require\"", false);
      if (auto enforce = inner.take("enforce"))
        check.enforce = read_enforce(loading, *enforce).value_or(Enforcement::must);
      if (auto message = inner.need("message"))
        check.message = read_text(loading, *message, "\"message\"").text;
      if (auto fix = inner.take("fix")) check.fix = read_string(loading, *fix, "\"fix\"");
      if (auto exception = inner.take("exception")) {
        check.exception = read_id(loading, *exception, "an exception");
        if (check.enforce != Enforcement::must_unless_documented)
          loading.findings.error("wrong-type", "\"exception\" needs \"enforce\": \"must-unless-documented\"",
                                 exception->where());
      }
      inner.finish();
      gate.checks.push_back(std::move(check));
    });
    if (checks->kind() == JsonKind::array && checks->size() == 0)
      loading.findings.error("empty-list", "a gate without checks stops nothing", checks->where());
  }
  keys.finish();
  return gate;
}

inline bool is_semver(std::string_view text) {
  const std::size_t extra = text.find_first_of("-+");
  const auto numbers = split(text.substr(0, extra), '.');
  if (numbers.size() != 3) return false;
  for (const std::string_view number : numbers)
    if (!parse_integer<std::uint32_t>(number) || (number.size() > 1 && number[0] == '0')) return false;
  if (extra == std::string_view::npos) return true;
  for (const char c : text.substr(extra))
    if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '-' && c != '+' && c != '.') return false;
  return extra + 1 < text.size();
}

inline void read_document(Loading& loading, Keys& keys, Definition& out) {
  if (auto title = keys.need("title")) out.title = read_text(loading, *title, "\"title\"");
  if (auto domain = keys.take("domain")) out.domain = read_string(loading, *domain, "\"domain\"");
  if (auto purpose = keys.take("purpose")) out.purpose = read_string(loading, *purpose, "\"purpose\"");
  if (auto scope = keys.take("scope")) out.scope = read_string(loading, *scope, "\"scope\"");
  if (auto words = keys.take("keywords"))
    read_list(loading, *words, "\"keywords\"",
              [&](Node item) { out.keywords.push_back(read_string(loading, item, "a keyword")); });
  if (auto language = keys.take("language")) out.language = read_string(loading, *language, "\"language\"");
  if (auto review = keys.take("review")) {
    Keys inner(loading, *review, "\"review\"");
    if (auto every = inner.need("every")) out.review_every = read_span(loading, *every, "\"every\"");
    if (auto by = inner.need("by")) out.review_by = read_id(loading, *by, "a role");
    inner.finish();
  }
  if (auto notes = keys.take("compliance")) {
    read_list(loading, *notes, "\"compliance\"", [&](Node item) {
      ComplianceNote note;
      note.where = item.where();
      if (item.kind() == JsonKind::string) {
        note.rule = read_text(loading, item, "a compliance note").text;
      } else {
        Keys inner(loading, item, "a compliance note");
        if (auto rule = inner.need("rule")) note.rule = read_text(loading, *rule, "\"rule\"").text;
        if (auto text = inner.take("note")) note.note = read_string(loading, *text, "\"note\"");
        if (auto text = inner.take("jurisdiction"))
          note.jurisdiction = read_string(loading, *text, "\"jurisdiction\"");
        if (auto text = inner.take("effective"))
          note.effective = read_string(loading, *text, "\"effective\"");
        inner.finish();
      }
      out.compliance.push_back(std::move(note));
    });
  }
  if (auto files = keys.take("attachments")) {
    read_named(loading, *files, "\"attachments\"", "an attachment", [&](Text id, Node item) {
      AttachmentDefinition file;
      file.id = std::move(id);
      Keys inner(loading, item, "an attachment");
      if (auto title = inner.need("title")) file.title = read_string(loading, *title, "\"title\"");
      if (auto uri = inner.take("uri")) file.uri = read_string(loading, *uri, "\"uri\"");
      if (auto hash = inner.take("sha256")) {
        file.sha256 = read_string(loading, *hash, "\"sha256\"");
        if (!hash_from_hex(file.sha256))
          loading.findings.error("bad-value", "\"sha256\" is 64 hexadecimal digits", hash->where());
      }
      inner.finish();
      out.attachments.push_back(std::move(file));
    });
  }
  if (auto changes = keys.take("changes")) {
    read_list(loading, *changes, "\"changes\"", [&](Node item) {
      ChangeNote change;
      change.where = item.where();
      Keys inner(loading, item, "a change");
      if (auto version = inner.need("version"))
        change.version = read_string(loading, *version, "\"version\"");
      if (auto date = inner.take("date")) {
        change.date = read_string(loading, *date, "\"date\"");
        if (!parse_date(change.date))
          loading.findings.error("bad-value", "\"date\" is a date such as 2026-03-31", date->where());
      }
      if (auto by = inner.take("by")) change.by = read_string(loading, *by, "\"by\"");
      if (auto what = inner.need("what")) change.what = read_string(loading, *what, "\"what\"");
      inner.finish();
      out.changes.push_back(std::move(change));
    });
  }
}

inline void read_policies(Loading& loading, Keys& keys, Definition& out) {
  if (auto zone = keys.take("zone")) out.zone = read_text(loading, *zone, "\"zone\"");
  if (auto calendar = keys.take("calendar")) out.calendar = read_id(loading, *calendar, "a calendar");
  if (auto calendars = keys.take("calendars")) {
    read_named(loading, *calendars, "\"calendars\"", "a calendar", [&](Text name, Node node) {
      CalendarDefinition calendar;
      calendar.name = std::move(name);
      calendar.calendar = read_calendar(node.json(), loading.findings);
      out.calendars.push_back(std::move(calendar));
    });
  }
  if (auto start = keys.take("start")) {
    Keys inner(loading, *start, "\"start\"");
    constexpr std::string_view reuse[] = {"allow", "only_after_failure", "reject"};
    constexpr std::string_view running[] = {"reject", "return_existing"};
    if (auto word = inner.take("reuse"))
      out.start.reuse =
          static_cast<StartPolicy::Reuse>(read_word(loading, *word, "\"reuse\"", reuse).value_or(0));
    if (auto word = inner.take("if_running"))
      out.start.if_running = static_cast<StartPolicy::IfRunning>(
          read_word(loading, *word, "\"if_running\"", running).value_or(0));
    inner.finish();
  }
  if (auto late = keys.take("late_facts")) {
    LateFacts facts;
    Keys inner(loading, *late, "\"late_facts\"");
    if (auto within = inner.need("within")) facts.within = read_span(loading, *within, "\"within\"");
    if (auto approver = inner.take("approver")) facts.approver = read_id(loading, *approver, "a role");
    inner.finish();
    out.late_facts = std::move(facts);
  }
  const auto by = [&](std::string_view key, std::vector<Text>& roles) {
    if (auto node = keys.take(key)) {
      Keys inner(loading, *node, cat('"', key, '"'));
      if (auto names = inner.need("by")) roles = read_ids(loading, *names, "a role");
      inner.finish();
    }
  };
  by("cancel", out.cancel_by);
  by("suspend", out.suspend_by);
  if (auto incidents = keys.take("incidents")) out.incidents = read_incidents(loading, *incidents);
}

inline void read_definition(Loading& loading, Keys& keys, Definition& out) {
  keys.take("aesop");
  keys.take("$schema");  // for editors
  if (auto sop = keys.need("sop")) out.sop = read_id(loading, *sop, "an SOP");
  if (auto version = keys.need("version")) {
    out.version = {read_string(loading, *version, "\"version\""), version->where()};
    if (version->kind() == JsonKind::string && !is_semver(out.version.text))
      loading.findings.error("bad-version", cat('"', printable(out.version.text, 60), "\" is no version"),
                             version->where(), "three numbers: \"1.0.0\"");
  }
  read_document(loading, keys, out);
  read_policies(loading, keys, out);
  const auto named = [&](std::string_view key, std::string_view thing, auto&& read) {
    if (auto node = keys.take(key)) read_named(loading, *node, cat('"', key, '"'), thing, read);
  };
  if (auto roles = keys.need("roles"))
    read_named(loading, *roles, "\"roles\"", "a role",
               [&](Text id, Node node) { out.roles.push_back(read_role(loading, std::move(id), node)); });
  named("systems", "a system",
        [&](Text id, Node node) { out.systems.push_back(read_system(loading, std::move(id), node)); });
  if (auto data = keys.take("data")) out.data = read_fields(loading, *data, FieldPlace::data, "\"data\"");
  if (auto events = keys.take("events")) {
    if (events->kind() != JsonKind::object) {
      wrong_type(loading, *events, "\"events\"", "an object of events");
    } else {
      for (std::size_t i = 0; i < events->size(); ++i) {
        if (events->key(i).starts_with("x-")) continue;
        Text name = read_event_name(loading, events->key(i), events->key_where(i));
        if (!name.empty()) out.events.push_back(read_event(loading, std::move(name), events->at(i)));
      }
    }
  }
  named("parameters", "a parameter",
        [&](Text id, Node node) { out.parameters.push_back(read_parameter(loading, std::move(id), node)); });
  named("rules", "a rule",
        [&](Text id, Node node) { out.rules.push_back(read_rule(loading, std::move(id), node)); });
  named("clocks", "a clock",
        [&](Text id, Node node) { out.clocks.push_back(read_clock(loading, std::move(id), node)); });
  named("stages", "a stage",
        [&](Text id, Node node) { out.stages.push_back(read_stage(loading, std::move(id), node)); });
  if (auto steps = keys.need("steps")) out.steps = read_steps(loading, *steps, "\"steps\"");
  named("exceptions", "an exception",
        [&](Text id, Node node) { out.exceptions.push_back(read_exception(loading, std::move(id), node)); });
  if (auto handoffs = keys.take("handoffs"))
    read_list(loading, *handoffs, "\"handoffs\"",
              [&](Node node) { out.handoffs.push_back(read_handoff(loading, node)); });
  named("gates", "a gate",
        [&](Text id, Node node) { out.gates.push_back(read_gate(loading, std::move(id), node)); });
  named("kpis", "a measure",
        [&](Text id, Node node) { out.kpis.push_back(read_kpi(loading, std::move(id), node)); });
  keys.finish();
}

}  // namespace detail

/// How deep and large the JSON of an SOP may be; storage.md's limits for definitions.
inline JsonLimits definition_limits() {
  JsonLimits limits;
  limits.document_bytes = max_definition_bytes;
  limits.keys = 100'000;
  limits.depth = 96;  // 32 levels of `each` are 64 of JSON, and more inside
  return limits;
}

/// Reads an SOP. `name` is what findings call the text.
/// A syntax error (parse_error, bad_utf8, duplicate_key, limit_exceeded), a text that is no SOP (schema_error) and a format
/// version other than format_version (unsupported_version) end it with that error, which is also the one finding.
/// Else the result is a Definition, and every problem is a finding; with findings of severity error it never becomes a Plan.
inline Result<std::shared_ptr<Definition>> load(std::string_view text, std::string name, Findings& findings) {
  const auto fail = [&](Error error, std::string_view code) -> Error {
    error.file = name;
    findings.error(code, error.message, error.where, error.help);
    return error;
  };
  if (text.size() > max_definition_bytes)
    return fail({ErrorCode::limit_exceeded,
                 cat("the text has ", text.size(), " bytes, an SOP at most ", max_definition_bytes)},
                "too-large");
  auto tree = read_json_tree(text, definition_limits(), JsonStyle::commented);
  if (!tree) {
    const std::string_view code = slug(tree.error().code);
    return fail(tree.take_error(), code);
  }
  auto definition = std::make_shared<Definition>();
  definition->source = std::make_shared<const SourceText>(name, std::string(text));
  const JsonNode* version = tree->is_object() ? tree->find("aesop") : nullptr;
  if (!version)
    return fail({ErrorCode::schema_error,
                 "this is no SOP: \"aesop\" is missing",
                 "an SOP begins {\"aesop\": 1, \"sop\": ...}",
                 {tree->range().begin, tree->range().begin + 1}},
                "no-sop");
  // 1.0 is the same number: a JSON Schema cannot tell them apart, and no reader of JSON need.
  if (!version->is_number() || version->as_number().to_int64() != 1)
    return fail({ErrorCode::unsupported_version, "this library reads \"aesop\": 1", {}, version->range()},
                "unsupported-version");
  auto canonical = write_json(to_value(*tree));
  if (!canonical) return fail(canonical.take_error(), "too-deep");
  definition->canonical = canonical.take();
  detail::Loading loading{*definition->source, findings};
  detail::Keys keys(loading, *tree, "an SOP");
  detail::read_definition(loading, keys, *definition);
  return definition;
}

}  // namespace v0
}  // namespace aesop
