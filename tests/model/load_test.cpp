// The loader: what it keeps, where it stands, and that every problem is told at once.
#include "aesop/model/load.hpp"

#include "catch.hpp"

#include <string>
#include <vector>

using namespace aesop;

namespace {

const std::string head =
    "{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}}, ";

std::shared_ptr<Definition> loaded(const std::string& text) {
  Findings findings;
  auto definition = load(text, "t.sop.json", findings);
  INFO(findings.render(SourceText("t.sop.json", text)));
  REQUIRE(definition.ok());
  REQUIRE(findings.empty());
  return definition.take();
}

StepDefinition step(const std::string& members) {
  return loaded(head + "\"steps\": [{\"id\": \"s\", " + members + "}]}")->steps.at(0);
}

TimePhraseText phrase(const std::string& text) { return step("\"due\": \"" + text + "\"").due->phrase; }

}  // namespace

TEST_CASE("load: one pass tells every problem", "[model]") {
  Findings findings;
  const std::string text =
      head + "\"colour\": 1, \"steps\": [{\"id\": \"One\", \"kind\": \"tsk\", \"due\": \"soon\"}]}";
  CHECK(load(text, "t", findings).ok());
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  CHECK(codes == std::vector<std::string>{"unknown-key", "bad-id", "unknown-word", "bad-time"});
}

TEST_CASE("load: a syntax error is the error and the only finding", "[model]") {
  Findings findings;
  const auto definition = load("{\"aesop\": 1,\n \"sop\" \"t\"}", "t", findings);
  REQUIRE_FALSE(definition.ok());
  CHECK(definition.error().code == ErrorCode::parse_error);
  CHECK(definition.error().file == "t");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == definition.error().where);
}

TEST_CASE("load: comments do not change what is hashed", "[model]") {
  const std::string plain = head + "\"steps\": [{\"id\": \"s\", \"kind\": \"end\"}]}";
  const std::string noted =
      "// A note.\n" + head + "/* and one more */ \"steps\": [{\"id\": \"s\", \"kind\": \"end\",},]}";
  CHECK(loaded(plain)->canonical == loaded(noted)->canonical);
}

TEST_CASE("load: keys of one's own are kept and not looked at", "[model]") {
  CHECK(loaded(head + "\"x-team\": [1], \"steps\": [{\"id\": \"s\", \"kind\": \"end\", \"x-y\": {}}]}")
            ->canonical.find("x-team") != std::string::npos);
}

TEST_CASE("load: a string that begins with = is FEEL, and == escapes it", "[model]") {
  const StepDefinition set =
      step("\"next\": [{\"else\": \"s\", \"set\": {\"a\": \"=b + 1\", \"c\": \"==d\", \"e\": \"f\"}}]");
  REQUIRE(set.next.at(0).set.size() == 3);
  CHECK(set.next[0].set[0].value.feel);
  CHECK(set.next[0].set[0].value.text == "b + 1");
  CHECK(set.next[0].set[1].value.literal == Value::string("=d"));
  CHECK(set.next[0].set[2].value.literal == Value::string("f"));
}

TEST_CASE("load: time phrases in all their forms", "[model]") {
  using Kind = TimePhraseText::Kind;
  CHECK(phrase("48 hours").span.span == Span::elapsed(48 * us_per_hour));
  CHECK(phrase("48 hours").anchor.kind == MomentText::Kind::start);
  CHECK(phrase("3 business days after claim.sent").span.span == Span::business_days(3));
  CHECK(phrase("3 business days after claim.sent").anchor.text == "claim.sent");
  CHECK(phrase("2 days before visit.date").before);
  CHECK(phrase("2 days before visit.date").anchor.kind == MomentText::Kind::name);
  CHECK(phrase("2 days before =visit.date").anchor.kind == MomentText::Kind::feel);
  CHECK(phrase("1 day after run.started").anchor.kind == MomentText::Kind::run_started);
  CHECK(phrase("=window after run.started").span.feel == "window");
  CHECK(phrase("=window after run.started").anchor.kind == MomentText::Kind::run_started);
  CHECK(phrase("=date and time(\\\"2026-01-01T00:00:00Z\\\")").kind == Kind::feel);
  CHECK(phrase("=if a then b else c").span.feel == "if a then b else c");
  CHECK(phrase("end of day of visit.date").kind == Kind::end_of_day);
  CHECK(phrase("end of day of visit.date").anchor.text == "visit.date");
  const TimePhraseText business = phrase("end of business day of claim.sent cut-off 17:00");
  CHECK(business.kind == Kind::end_of_business_day);
  CHECK(business.anchor.text == "claim.sent");
  REQUIRE(business.cut_off.has_value());
  CHECK(business.cut_off->literal == Value::string("17:00"));
  CHECK(phrase("end of business day cut-off =limit").cut_off->text == "limit");
}

TEST_CASE("load: rungs in all their forms", "[model]") {
  const auto at = [](const std::string& text) {
    return step("\"due\": \"1 day\", \"escalate\": [{\"at\": \"" + text + "\", \"notify\": \"a\"}]")
        .escalate.at(0)
        .at;
  };
  CHECK(at("due").base == RungTime::Base::due);
  CHECK_FALSE(at("due").offset.given());
  CHECK(at("due - 4 hours").negative);
  CHECK(at("due + 1 business day").offset.span == Span::business_days(1));
  CHECK(at("80%").percent == 80);
  CHECK(at("start + 2 hours").base == RungTime::Base::start);
  CHECK(at("30 days").offset.span == Span::elapsed(30 * us_per_day));
  CHECK(at("due + =grace").offset.feel == "grace");
  CHECK(at("=patience").offset.feel == "patience");
}

TEST_CASE("load: a place inside a string with escapes is the place in the file", "[model]") {
  Findings findings;
  const std::string text = head + "\"steps\": [{\"id\": \"s\", \"due\": \"\\u0033 dais after \\\"x\\\"\"}]}";
  CHECK(load(text, "t", findings).ok());
  REQUIRE(findings.size() == 1);
  CHECK(text.substr(findings[0].where.begin, findings[0].where.end - findings[0].where.begin) ==
        "\\u0033 dais");
}

TEST_CASE("conform: a JSON value as its declared type", "[model]") {
  FieldDefinition date;
  date.name = "on";
  date.kind = DataKind::date;
  CHECK(conform(Value::string("2026-03-31"), date)->is_date());
  CHECK(conform(Value::null(), date)->is_null());
  const auto bad = conform(Value::string("31.3.2026"), date);
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().code == ErrorCode::type_mismatch);
  CHECK(bad.error().message == "on must be of type date");

  FieldDefinition length;
  length.name = "window";
  length.kind = DataKind::duration;
  CHECK(conform(Value::string("24 hours"), length)->is(ValueKind::days_duration));
  CHECK(conform(Value::string("PT24H"), length)->as_days_duration().seconds == 86'400);
  CHECK_FALSE(conform(Value::string("3 business days"), length).ok());

  FieldDefinition claim;
  claim.name = "claim";
  claim.kind = DataKind::context;
  claim.fields = {date, length};
  const auto context = conform(Value::context({{"on", Value::string("2026-03-31")}}), claim);
  REQUIRE(context.ok());
  CHECK(context->get("on").is_date());
  CHECK(context->size() == 2);  // what is declared and missing is null
  CHECK(conform(Value::context({{"onn", Value::null()}}), claim).error().help == "did you mean on?");

  FieldDefinition choice;
  choice.name = "status";
  choice.kind = DataKind::string;
  choice.one_of = {Value::string("open")};
  CHECK(conform(Value::string("open"), choice).ok());
  CHECK(conform(Value::string("shut"), choice).error().message == "status is none of the values allowed");
}

TEST_CASE("load: times that are written in another way are told as they are meant", "[model]") {
  const auto help = [](std::string_view at) {
    Findings findings;
    (void)load(
        cat(R"({"aesop": 1, "sop": "t", "version": "1.0.0", "title": "T", "roles": {"a": {}}, "steps": [
        {"id": "s", "due": "1 day", "escalate": [{"at": ")",
            at, R"(", "notify": "a"}]}, {"id": "done", "kind": "end"}]})"),
        "t", findings);
    std::string out;
    for (const Finding& finding : findings) append(out, finding.code, ": ", finding.help);
    return out;
  };
  CHECK(help("24 hours after due") == "bad-time: write \"due + 24 hours\"");
  CHECK(help("2 hours before due") == "bad-time: write \"due - 2 hours\"");
  CHECK(help("24h") == "bad-time: did you mean \"24 hours\"?");
  CHECK(help("1 working day") == "bad-time: did you mean \"1 business day\"?");
}
