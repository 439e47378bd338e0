"""FEEL, SOPs, tables and gates from Python; the shared cases of tests/cases run here too."""
import datetime
import decimal
import json

import pytest

import aesop
from support import LEE, MONDAY, REFUND, ROOT, ids, inspect, shop

NOW = datetime.datetime(2026, 3, 2, 14, 0, tzinfo=datetime.timezone.utc)
CASES = sorted((ROOT / "tests/cases/rules").glob("*.json"))


def value_of(text):
    return aesop.evaluate(text, now=NOW)


@pytest.mark.parametrize("file", CASES, ids=lambda path: path.stem)
def test_the_shared_cases_give_what_they_say(file):
    """Not those of lenient compilation and of unary tests, which SOPs' authors reach through tables only."""
    run = 0
    for case in json.loads(file.read_text()):
        if "expr" not in case or case.get("lenient"):
            continue
        types = case.get("types", {})
        context = case.get("context", {})
        try:
            given = {name: value_of(text) for name, text in context.items()}
        except aesop.Error:
            continue  # a value that Python cannot hold: a function, a year of four digits and more
        names = {name: types.get(name) for name in context}
        if "error" in case:
            with pytest.raises(aesop.Error) as caught:
                aesop.Expr(case["expr"], names)
            assert caught.value.code == case["error"], case
            if "at" in case:
                begin, end = caught.value.where or (0, 0)
                assert case["expr"][begin:end] == case["at"]
            assert case.get("help", "") in caught.value.help
        else:
            diagnostics = []
            try:
                expected = value_of(case["value"]) if case["value"] != "null" else None
                out = aesop.Expr(case["expr"], names).evaluate(given, now=NOW, diagnostics=diagnostics)
            except (aesop.TypeMismatch, aesop.LimitExceeded, aesop.UnknownName, aesop.BadExpression):
                continue  # a function or a date that Python has no value for; their text
            assert out == expected and type(out) is type(expected), case
            assert bool(diagnostics) == ("diagnostic" in case), case
        run += 1
    assert run > 5 or file.stem == "unary_tests"


def test_most_shared_cases_are_run():
    cases = [case for file in CASES for case in json.loads(file.read_text()) if "expr" in case and not case.get("lenient")]
    held = 0
    for case in cases:
        try:
            held += "error" in case or value_of(case["value"]) is not NotImplemented
        except aesop.Error:
            pass
    assert held > 0.85 * len(cases)


def test_an_expression_is_compiled_once_and_knows_its_names():
    rule = aesop.Expr("amount > limit and country = \"FR\"", {"amount": "number", "limit": "number", "country": "string"})
    assert rule({"amount": 501, "limit": 500, "country": "FR"}) is True
    assert rule.evaluate({"amount": 1, "limit": 500, "country": "FR"}) is False
    assert set(rule.reads) == {"amount", "limit", "country"} and rule.type == "boolean"
    assert "amount > limit" in repr(rule)
    with pytest.raises(aesop.Error):
        aesop.Expr("a", {"a": "nombre"})


def test_where_feel_fails_the_value_is_none_and_the_reasons_are_told():
    reasons = []
    assert aesop.evaluate("1 / 0", diagnostics=reasons) is None
    assert len(reasons) == 1 and reasons[0]


def test_now_is_what_the_caller_says_or_the_clock():
    at = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.timezone.utc)
    assert aesop.evaluate("now()", now=at) == at
    assert aesop.evaluate("today()", now=at, zone="Asia/Tokyo") == datetime.date(2026, 1, 5)
    before = datetime.datetime.now(datetime.timezone.utc)
    assert aesop.evaluate("now()") >= before - datetime.timedelta(seconds=1)
    with pytest.raises(aesop.TypeMismatch):
        aesop.evaluate("now()", now=at.replace(tzinfo=None))


SOP = r"""{
  "aesop": 1, "sop": "parcel", "version": "2.1.0", "title": "Ship <a> parcel", "domain": "shop",
  "roles": {"packer": {}, "lead": {}},
  "data": {"weight": "number", "country": "string", "paid": "boolean", "ordered": "date"},
  "parameters": {"heavy": {"type": "number", "default": 10, "override": "clinic"}},
  "rules": {
    "carrier": {"hit": "first", "inputs": ["country", "weight > heavy"], "outputs": ["carrier"],
                "rows": [["\"FR\"", false, "post"], ["-", true, "freight"], ["-", false, "parcel"]]},
    "fee": {"feel": "if carrier = \"freight\" then 40 else 4.50"}
  },
  "gates": {"ship": {"title": "May it go?", "checks": [
    {"id": "paid", "require": "paid = true", "message": "It is not paid.", "fix": "Ask for the money."},
    {"id": "weighed", "require": "weight > 0", "message": "It has no weight.", "enforce": "should"}
  ]}},
  "steps": [
    {"id": "pack", "title": "Pack", "raci": {"responsible": "packer", "accountable": "lead"}, "gate": "ship",
     "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}], "next": "sent"},
    {"id": "sent", "kind": "end", "outcome": "sent"}
  ]
}
"""


def test_an_sop_is_read_from_a_path_or_from_text():
    sop = aesop.load(str(REFUND))
    assert sop.ok and (sop.sop, sop.version, sop.title) == ("refund", "1.0.0", "Refund an order")
    assert aesop.load(REFUND).hash == sop.hash == aesop.load(REFUND.read_text()).hash
    assert "Inspect the returned goods" in sop.show()
    with pytest.raises(aesop.NotFound):
        aesop.load("missing.sop.json")


def test_findings_have_place_and_help():
    sop = aesop.load(REFUND.read_text().replace('"go": "approve"', '"go": "aprove"'), name="mine.sop.json")
    assert not sop.ok
    finding = next(one for one in sop.findings if one.severity == "error")
    assert finding.line > 30 and finding.column > 1 and "approve" in finding.help
    assert "mine.sop.json" in sop.render()
    with pytest.raises(aesop.UnsoundDefinition, match="aprove"):
        sop.demand_ok()
    with pytest.raises(aesop.UnsoundDefinition):
        sop.hash


def test_a_text_that_cannot_be_read_is_an_sop_with_findings_only():
    sop = aesop.load("{ this is nothing")
    assert not sop.ok and sop.findings and "unreadable" in repr(sop) and sop._repr_html_()
    with pytest.raises(aesop.ParseError):
        sop.title


def test_rules_and_tables_are_asked_without_a_run():
    sop = aesop.load(SOP)
    assert sop.ok, sop.render()
    carrier = sop.table("carrier")
    assert set(carrier.reads) == {"country", "weight", "heavy"}
    assert carrier.evaluate({"country": "FR", "weight": 2}) == "post"
    assert carrier({"country": "DE", "weight": 11}) == "freight"
    assert carrier({"country": "DE", "weight": 11, "heavy": 20}) == "parcel"
    assert sop.rule("fee")({"country": "DE", "weight": 11}) == 40
    assert sop.rules == ["carrier", "fee"] and sop.gates == ["ship"] and "carrier" in repr(carrier)
    with pytest.raises(aesop.NotFound, match="table"):
        sop.table("fee")
    with pytest.raises(aesop.NotFound, match="carrier"):
        sop.rule("carier")
    with pytest.raises(aesop.SchemaError, match="did you mean weight"):
        carrier({"wieght": 1})
    with pytest.raises(aesop.TypeMismatch):
        carrier({"weight": "heavy"})


SHARED = json.loads((ROOT / "tests/cases/engine/rules.json").read_text(), parse_float=decimal.Decimal)


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["rule"])
def test_rules_of_sops_answer_as_in_c_and_cpp(case):
    """tests/engine/rules.cpp and tests/c/rules.cpp run the same cases."""
    sop = aesop.load(json.dumps(SHARED["sop"]))
    diagnostics = []
    at = datetime.datetime.fromisoformat(SHARED["at"])
    if "error" in case:
        with pytest.raises(aesop.Error, match=case["says"]) as caught:
            sop.rule(case["rule"]).evaluate(case["facts"], now=at)
        assert caught.value.code == case["error"]
        return
    value = sop.rule(case["rule"]).evaluate(case["facts"], now=at, diagnostics=diagnostics)
    assert value == case["value"] and type(value) is type(case["value"])
    assert bool(diagnostics) == case.get("diagnostic", False)


def test_a_rule_says_what_it_reads():
    sop = aesop.load(json.dumps(SHARED["sop"]))
    assert {name: list(sop.rule(name).reads) for name in SHARED["reads"]} == SHARED["reads"]


def test_what_a_gate_said_is_an_input_of_a_rule():
    sop = aesop.load(json.dumps(SHARED["sop"]))
    verdict = aesop.Gate(sop, "may_ship").check({"paid": False, "weight": 11}, now=MONDAY)
    assert sop.rule("why_not")({"may_ship": verdict.answer}) == ["paid"]


def test_a_gate_is_asked_without_a_store():
    gate = aesop.Gate(SOP)
    blocked = gate.check({"paid": False, "weight": 0}, now=MONDAY)
    assert blocked.verdict == "block" and blocked.blocks and not blocked
    assert blocked.blocked == ["paid"] and blocked.warned == ["weighed"]
    assert blocked.failures[0]["fix"] == "Ask for the money."
    passed = gate.check({"paid": True, "weight": 2}, now=MONDAY)
    assert passed.verdict == "pass" and passed and len(passed.receipt) == 64 and passed.receipt != blocked.receipt
    assert passed.rules_hash == gate.sop.hash
    assert passed == gate.check({"weight": 2, "paid": True}, now=MONDAY)
    assert "Ask for the money." in blocked._repr_html_()


def test_a_gate_takes_native_facts_and_refuses_others():
    gate = aesop.Gate(aesop.load(SOP), "ship")
    assert gate.check({"paid": True, "weight": 1, "ordered": datetime.date(2026, 1, 5)}, now=MONDAY)
    with pytest.raises(aesop.SchemaError, match="did you mean weight"):
        gate.check({"wieght": 1}, now=MONDAY)
    with pytest.raises(aesop.TypeMismatch):
        gate.check({"weight": "two"}, now=MONDAY)
    with pytest.raises(TypeError, match="weight: a float"):
        gate.check({"weight": 0.5}, now=MONDAY)
    with pytest.raises(aesop.NotFound, match="ship"):
        aesop.Gate(SOP, "shp")
    with pytest.raises(aesop.UnsoundDefinition):
        aesop.Gate(SOP.replace('"next": "sent"', '"next": "snt"'))


@pytest.mark.parametrize("now", ["2026-01-05T14:00:00", "2026-01-05", "2026W011", "yesterday"])
def test_a_time_without_its_offset_is_none(now):
    with pytest.raises(aesop.TypeMismatch, match="is not a time"):
        aesop.Gate(SOP, "ship").check({"paid": True}, now=now)


def test_only_exceptions_that_the_sop_has_count_as_approved():
    gate = aesop.Gate(SOP, "ship")
    with pytest.raises(aesop.NotFound, match="nope"):
        gate.check({"paid": False}, now=MONDAY, approved=["nope"])
    with pytest.raises(aesop.TypeMismatch, match="not a list"):
        gate.check({"paid": False}, now=MONDAY, approved="later")


def test_the_gate_of_a_store_answers_the_same():
    engine, office = shop()
    with engine:
        office.publish(SOP)
        facts = {"paid": True, "weight": 2}
        assert engine.gate(sop="parcel", facts=facts, at=MONDAY) == aesop.Gate(SOP).check(facts, now=MONDAY)
        assert engine.evaluate("a + 1", {"a": 2}, at=MONDAY) == 3


def test_what_jupyter_shows_is_escaped():
    assert "Ship &lt;a&gt; parcel" in aesop.load(SOP)._repr_html_()
