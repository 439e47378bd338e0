"""DMN models and decision tables from Python; the shared questions of tests/cases/dmn are asked here, too."""
import datetime
import json
import threading
from decimal import Decimal

import pytest

import aesop
from support import ROOT

FOLDER = ROOT / "tests/cases/dmn"
QUESTIONS = json.loads((FOLDER / "questions.json").read_text(), parse_float=Decimal)
ESTIMATE = ROOT / "examples/dmn/estimate.dmn"
AT = datetime.datetime.fromisoformat(QUESTIONS["at"])
ORDER = {"placed": datetime.date(2026, 2, 27), "weight": 2, "holidays": []}
PATIENT = {"Category": "major", "Listed fee": Decimal("1250.00"), "Plan": "PPO", "Date of birth": datetime.date(1958, 4, 2),
           "Date of service": datetime.date(2026, 3, 9)}


@pytest.fixture(scope="module")
def parcel():
    return aesop.Dmn.open(FOLDER / "parcel.dmn")


def plain(value):
    """As JSON has it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("question", QUESTIONS["cases"], ids=lambda one: "-".join(list(one.values())[0].split()))
def test_the_shared_questions_are_answered_as_they_say(parcel, question):
    kind = next(iter(question))
    ask = {"decision": parcel.evaluate, "service": parcel.evaluate_service, "knowledge": parcel.evaluate_knowledge}[kind]
    reasons = []
    given = {"now": AT, "zone": question.get("zone", ""), "diagnostics": reasons}
    if "error" in question:
        with pytest.raises(aesop.Error) as caught:
            ask(question[kind], question.get("inputs"), **given)
        assert caught.value.code == question["error"] and question["says"] in str(caught.value)
        return
    assert plain(ask(question[kind], question.get("inputs"), **given)) == question["value"]
    assert bool(reasons) == ("diagnostic" in question)
    assert question.get("diagnostic", "") in "; ".join(reasons)


def test_values_are_native_in_both_directions():
    model = aesop.Dmn.open(ESTIMATE)
    fee = model.evaluate("Fee", PATIENT)
    assert fee == 1000 and not isinstance(fee, float)
    assert model.evaluate("Fee", {**PATIENT, "Listed fee": Decimal("99.99")}) == Decimal("79.99")
    assert model.evaluate_service("Estimate", PATIENT)["Preauthorization"] == {"needed": True, "reason": "major work"}
    with pytest.raises(aesop.TypeMismatch, match="float"):
        model.evaluate("Fee", {"Listed fee": 12.5})


def test_a_date_comes_back_as_a_date(parcel):
    assert parcel.evaluate("Arrival", {"Order": ORDER}) == datetime.date(2026, 3, 1)


def test_a_model_says_what_it_offers(parcel):
    assert (parcel.name, parcel.namespace) == ("Parcel", "https://example.org/parcel")
    assert parcel.imports == {"rates": "https://example.org/rates"}
    assert [one.name for one in parcel.inputs] == ["Order", "Country", "Anything"]
    assert parcel.inputs[0].type == "context<placed: date, weight: number, holidays: list<date>>"
    price = next(one for one in parcel.decisions if one.name == "Price")
    assert price.type == "number" and set(price.inputs) == {"Order", "Country", "Per kilo"} and not price.table
    assert parcel.services[0].outputs == ("Price", "Warnings")
    assert parcel.knowledge[0].inputs == {"country": "string"}
    assert "Parcel" in repr(parcel) and "<td>Price</td>" in parcel._repr_html_()


def test_imports_are_found_in_the_folder_of_the_file_or_given_as_texts(tmp_path):
    text, rates = (FOLDER / "parcel.dmn").read_text(), (FOLDER / "rates.dmn").read_text()
    inputs = {"Order": ORDER, "Country": "FR", "rates": {"Per kilo": 3}}
    assert aesop.Dmn.open(text, imports={"any name": rates}).evaluate("Price", inputs) == 6
    (tmp_path / "p.dmn").write_text(text)
    lacking = aesop.Dmn.open(tmp_path / "p.dmn")
    assert any("cannot be imported" in one.message and one.line == 3 for one in lacking.findings)
    (tmp_path / "r.dmn").write_text(rates)
    (tmp_path / "none.dmn").write_bytes(b"\xff\xfe")
    assert aesop.Dmn.open(str(tmp_path / "p.dmn")).evaluate("Price", inputs) == 6


def test_an_expression_that_cannot_be_read_is_a_warning_or_an_error_as_one_likes(parcel):
    assert [(one.severity, one.code, one.line) for one in parcel.findings] == [("warning", "bad-expression", 53)]
    assert "parcel.dmn:53" in parcel.render()
    with pytest.raises(aesop.UnsoundDefinition) as caught:
        aesop.Dmn.open(FOLDER / "parcel.dmn", strict=True)
    assert "Wieght" in str(caught.value) and ":49:" in str(caught.value) and ":53:" in str(caught.value)


@pytest.mark.parametrize("text, error", [
    ("<definitions>\n</definition>", aesop.ParseError), ("<html/>", aesop.SchemaError),
    ("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>", aesop.ParseError),
    ("<definitions xmlns='https://www.omg.org/spec/DMN/20990101/MODEL/'/>", aesop.UnsupportedVersion),
])
def test_what_is_no_model_is_an_error_with_its_place(text, error):
    with pytest.raises(error, match=r"model:\d+:\d+"):
        aesop.Dmn.open(text)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(aesop.NotFound):
        aesop.Dmn.open("missing.dmn")
    (tmp_path / "a.dmn").write_bytes(b"\xff\xfe")
    with pytest.raises(aesop.BadUtf8):
        aesop.Dmn.open(tmp_path / "a.dmn")


def test_a_callable_answers_functions_in_other_languages():
    asked = []

    def host(kind, about, args):
        asked.append((kind, about, args))
        return Decimal(args["x"]).sqrt()

    model = aesop.Dmn.open(FOLDER / "parcel.dmn", external=host)
    assert model.evaluate("Root") == 5
    assert asked == [("java", {"class": "java.lang.Math", "method signature": "sqrt(double)"}, {"x": 16})]
    assert model.evaluate_knowledge("square root", {"x": Decimal("6.25")}) == Decimal("2.5")


def test_an_exception_of_the_callable_comes_through():
    class Lacking(Exception):
        pass

    def host(kind, about, args):
        raise Lacking(about["class"])

    model = aesop.Dmn.open(FOLDER / "parcel.dmn", external=host)
    with pytest.raises(Lacking, match="java.lang.Math"):
        model.evaluate("Root")
    assert model.evaluate("Day", now=AT) == "2026-03-02"
    with pytest.raises(aesop.TypeMismatch, match="float"):
        aesop.Dmn.open(FOLDER / "parcel.dmn", external=lambda *_: 0.5).evaluate("Root")


def test_threads_ask_one_model_at_once():
    model = aesop.Dmn.open(FOLDER / "parcel.dmn", external=lambda kind, about, args: 4)
    wrong = []

    def work(weight):
        for _ in range(200):
            answer = model.evaluate("Price", {"Order": {**ORDER, "weight": weight}, "Country": "FR", "Per kilo": 2})
            if answer != 2 * weight or model.evaluate("Root") != 5:
                wrong.append(answer)

    threads = [threading.Thread(target=work, args=(weight,)) for weight in (1, 2, 3, 4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong


def test_a_decision_is_explained_by_what_it_rests_on():
    steps = aesop.Dmn.open(ESTIMATE).explain("Preauthorization", PATIENT)
    assert [(one.depth, one.element, one.rules) for one in steps] == [
        (0, "Preauthorization", ((2,),)), (1, "Fee", ()), (2, "Discount", ((1,),)), (2, "Age", ())]
    assert steps[1].value == 1000 and steps[2].value == Decimal("0.2") and steps[3].value == 67


def test_a_decision_table_of_a_model_is_shown_and_asked(parcel):
    table = parcel.table("Warnings")
    assert (table.hit, table.inputs, table.outputs) == ("collect", ("Order.weight", "Country"), ("warning",))
    assert table.rules[0] == (("> 30", "-"), ('"too <heavy>"',)) and len(table) == 2
    assert table.reads == ("Order", "Country")
    assert table({"Order": {**ORDER, "weight": 31}, "Country": "FR"}) == ["too <heavy>"]
    shown = table._repr_html_()
    assert "<td>&quot;too &lt;heavy&gt;&quot;</td>" in shown and "<th>Order.weight</th>" in shown
    with pytest.raises(aesop.NotFound, match="Warnings"):
        parcel.table("Price")


def test_a_decision_table_of_a_knowledge_model_takes_its_parameters():
    discount = aesop.Dmn.open(ROOT / "examples/dmn/discounts.dmn").table("Discount")
    assert discount.hit == "unique" and discount.reads == ("plan", "age") and len(discount) == 4
    assert discount.evaluate({"plan": "none", "age": 70}) == Decimal("0.15")
    reasons = []
    assert discount.evaluate({"plan": "??", "age": 70}, diagnostics=reasons) is None and "no-rule" in reasons[0]


def test_a_decision_table_of_an_sop_is_shown_and_asked():
    sop = aesop.load(r"""{
      "aesop": 1, "sop": "parcel", "version": "1.0.0", "title": "Ship", "roles": {"packer": {}, "lead": {}},
      "data": {"weight": "number", "country": "string"},
      "rules": {"carrier": {"hit": "first", "inputs": ["country", "weight > 10"], "outputs": ["carrier"],
                            "rows": [["\"FR\"", false, "post"], ["-", true, "freight"], ["-", false, "parcel"]]},
                "plain": {"feel": "weight > 2"}},
      "steps": [{"id": "pack", "title": "Pack", "raci": {"responsible": "packer", "accountable": "lead"}, "due": "1 day",
                 "escalate": [{"at": "due", "notify": "accountable"}], "next": "sent"},
                {"id": "sent", "kind": "end", "outcome": "sent"}]
    }""")
    table = aesop.DecisionTable(sop, "carrier")
    assert (table.hit, table.inputs, table.outputs) == ("first", ("country", "weight > 10"), ("carrier",))
    assert [rule.inputs for rule in table.rules] == [('"FR"', "false"), ("-", "true"), ("-", "false")]
    assert table.rules[1].outputs == ('"freight"',) and set(table.reads) == {"country", "weight"}
    assert table({"country": "FR", "weight": 1}) == "post" == sop.rule("carrier")({"country": "FR", "weight": 1})
    assert "<td>&quot;freight&quot;</td>" in table._repr_html_() and "carrier" in repr(table)
    assert isinstance(sop.table("carrier"), aesop.DecisionTable) and sop.table("carrier").rules == table.rules
    with pytest.raises(aesop.NotFound, match="no table"):
        aesop.DecisionTable(sop, "plain")
