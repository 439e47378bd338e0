"""R142: audit.conformance: every deviation is found and named with its events, and nothing else is."""
from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from audit_support import LETTER, PEOPLE, SOP, Exec, Shop, audit, changed, has_module, only, open_engine, shop  # noqa: F401

Rows = list[dict[str, Any]]


def rules(findings: audit.Findings) -> list[str]:
    return sorted(findings.counts())


def test_a_run_done_as_the_sop_says_has_no_finding(shop: Shop) -> None:
    shop.clean("r1")
    shop.start("r2")
    shop.pack("r2", weight=20)
    shop.do("decide_approval", "max", run="r2", step="approve", decision="approve")
    shop.send("r2")

    book = shop.book()
    assert audit.conformance(book).rows() == []
    assert audit.adherence(book) == audit.Adherence(due=5, conforming=5, runs=2, strict_runs=2)


def test_late_work_is_found_with_its_entry_and_completion(shop: Shop) -> None:
    shop.start("r1")
    shop.at = "2026-03-04T09:00:01Z"
    shop.pack("r1")
    shop.send("r1", at="2026-03-30T09:00:00Z")

    book = shop.book()
    found = audit.conformance(book)
    assert rules(found) == ["clock-late", "late"]
    late = found.of("late")
    assert [one.step for one in late] == ["pack", "send"]
    assert late[0].message == "due 2026-03-03T09:00:00Z, done 2026-03-04T09:00:01Z"
    assert [book.entry(cite).type for cite in late[0].cites] == ["step_entered", "task_completed"]
    assert late[0].persons == ("ana",) and late[0].subject == "order_r1" and late[0].scope == "shops/north"
    assert audit.adherence(book).late == 2


def test_a_late_review_makes_its_reviewer_late_and_not_the_work(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", review="")
    shop.do("accept_review", "lee", run="r1", step="pack", at="2026-03-05T09:00:00Z")
    shop.send("r1")

    found = audit.conformance(shop.book())
    assert rules(found) == ["review-late"] and found[0].persons == ("lee",)
    assert audit.adherence(shop.book()).late == 0


def test_what_is_open_is_overdue_only_by_the_moment_the_audit_speaks_of(shop: Shop) -> None:
    shop.start("r1")
    assert rules(audit.conformance(shop.book(as_of="2026-03-03T09:00:00Z"))) == []
    assert rules(audit.conformance(shop.book(as_of="2026-03-03T09:00:01Z"))) == ["overdue"]
    assert rules(audit.conformance(shop.book(as_of="2026-04-03T09:00:01Z"))) == ["clock-late", "overdue"]


def test_a_suspended_run_is_not_late_by_the_time_it_stood_still(shop: Shop) -> None:
    shop.start("r1")
    shop.do("suspend", "lee", run="r1", reason="strike", at="2026-03-02T10:00:00Z")
    shop.do("resume", "lee", run="r1", at="2026-03-02T12:00:00Z")
    shop.pack("r1")
    shop.send("r1")
    assert audit.conformance(shop.book()).rows() == []


def test_time_that_a_clock_stood_still_does_not_count(shop: Shop) -> None:
    sop = json.loads(json.dumps(SOP).replace('"due": "1 day"', '"due": {"at": "1 day", "pause": "remaining"}', 1))
    sop["version"] = "1.1.0"
    shop.do("publish", "root", text=json.dumps(sop))
    shop.start("r1")
    shop.do("suspend", "lee", run="r1", reason="strike", at="2026-03-02T10:00:00Z")
    shop.do("resume", "lee", run="r1", at="2026-03-05T10:00:00Z")
    shop.pack("r1")  # three days and an hour after the entry, an hour of which counts
    shop.send("r1")
    assert audit.conformance(shop.book()).rows() == []
    assert audit.adherence(shop.book()).conforming == 2


def test_a_grant_counts_from_when_it_was_given(shop: Shop) -> None:
    shop.clean("r1")
    book = shop.book()

    def later(rows: Rows) -> None:
        given = only(rows, "person_put", list(PEOPLE).index("cy"))
        rows.remove(given)
        rows.append({**given, "seq": rows[-1]["seq"] + 1})

    found = audit.conformance(changed(book, later))
    assert rules(found) == ["not-granted"] and {one.persons for one in found} == {("cy",)}
    shop.do("remove_person", "root", person="cy")  # who has gone since did his work with a grant all the same
    assert audit.conformance(shop.book()).rows() == []


def test_items_left_undone_weigh_as_the_sop_enforces_them(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", items=("1", "photo"))
    shop.send("r1")

    found = audit.conformance(shop.book())
    assert [(one.rule, one.severity, one.message) for one in found] == [
        ("item-left-undone", "low", "item shelf (should) was left undone"),
        ("item-left-undone", "low", "item twice (must-unless-documented) was left undone")]
    assert audit.adherence(shop.book()).incomplete == 1


def test_an_approved_exception_with_its_documents_is_no_finding(shop: Shop) -> None:
    shop.start("r1")
    shop.do("request_exception", "ana", run="r1", policy="skip_pack", reason="packed already", documents=[LETTER])
    shop.do("decide_exception", "lee", run="r1", exception="x1", decision="approve")
    shop.do("skip", "ana", run="r1", exception="x1")
    shop.send("r1")

    assert audit.conformance(shop.book()).rows() == []
    assert audit.adherence(shop.book()).excepted == 1


def test_an_emergency_is_found_when_its_review_is_late_or_against_it(shop: Shop) -> None:
    shop.start("r1")
    shop.do("invoke_emergency", "kim", run="r1", policy="skip_pack", step="pack", reason="fire", documents=[LETTER])
    shop.send("r1")
    shop.do("advance", "root", to="2026-03-06T00:00:00Z", at="2026-03-06T00:00:00Z")
    found = audit.conformance(shop.book())
    assert [(one.rule, one.severity) for one in found] == [("emergency-not-reviewed", "medium")]

    shop.do("review_emergency", "lee", run="r1", exception="x1", verdict="not_justified")
    found = audit.conformance(shop.book())
    assert [(one.rule, one.severity) for one in found] == [
        ("emergency-unjustified", "high"), ("emergency-not-reviewed", "low")]


def test_a_step_that_failed_is_missed_and_its_incident_open(shop: Shop) -> None:
    shop.start("r1")
    shop.do("fail", "ana", run="r1", step="pack", reason="lost")
    assert rules(audit.conformance(shop.book())) == ["incident-open"]
    shop.do("end_incident", "lee", run="r1", incident="i1", reason="lost for good")
    found = audit.conformance(shop.book())
    assert rules(found) == ["missed"] and audit.adherence(shop.book()).missed == 1


def drop(type: str, number: int = 0) -> Callable[[Rows], None]:
    return lambda rows: rows.remove(only(rows, type, number))


def control(type: str, number: int = 0, **members: Any) -> Callable[[Rows], None]:
    return lambda rows: only(rows, type, number)["control"].update(members)


def entry(type: str, number: int = 0, **members: Any) -> Callable[[Rows], None]:
    return lambda rows: only(rows, type, number).update(members)


def move(to: str) -> Callable[[Rows], None]:
    return lambda rows: only(rows, "step_left", 0)["control"]["moves"][0].update(to=to)


# What somebody did to a log that was clean, and the one rule that finds it.
DISHONEST: list[tuple[str, Callable[[Rows], None]]] = [
    ("not-the-published-text", control("run_started", plan_hash="0" * 64)),
    ("not-a-way", move("kept")),
    ("left-without-completion", drop("task_completed", 1)),
    ("out-of-order", lambda rows: rows.append(rows.pop(rows.index(only(rows, "task_completed", 1))))),
    ("skipped-without-exception", control("step_left", 1, reason="skipped")),
    ("wrong-person", entry("task_completed", 1, roles=["chief"])),
    ("wrong-person", control("step_entered", 1, excluded=["cy"])),
    ("wrong-person", entry("review_accepted", roles=["clerk"])),
    ("not-granted", entry("task_completed", 1, actor="eve")),
    ("not-granted", lambda rows: only(rows, "person_put", 1)["control"]["grants"][0].update(scope="shops/south")),
    ("wrong-roles-asked", control("step_entered", 1, roles=["clerk", "chief"])),
    ("item-not-done", drop("item_ticked", 0)),
    ("evidence-missing", drop("evidence_attached")),
    ("late", control("step_entered", 1, clocks=[{"id": "step.send", "kind": "step", "due": "2026-03-01T09:00:00Z"}])),
]


@pytest.mark.parametrize(("rule", "change"), DISHONEST, ids=[f"{number}-{rule}" for number, (rule, _) in enumerate(DISHONEST)])
def test_what_was_changed_in_a_clean_log_is_found_under_its_rule(shop: Shop, rule: str, change: Callable[[Rows], None]) -> None:
    shop.clean("r1")
    book = shop.book()
    assert audit.conformance(book).rows() == []

    found = audit.conformance(changed(book, change))
    assert rule in found.counts()
    assert {one.run for one in found} == {"r1"}
    assert all(one.cites for one in found.of(rule))


def test_exceptions_changed_after_the_fact_are_found(shop: Shop) -> None:
    shop.start("r1")
    shop.do("request_exception", "ana", run="r1", policy="skip_pack", reason="packed already", documents=[LETTER])
    shop.do("decide_exception", "lee", run="r1", exception="x1", decision="approve")
    shop.do("skip", "ana", run="r1", exception="x1")
    shop.send("r1")
    book = shop.book()

    assert rules(audit.conformance(changed(book, drop("exception_used")))) == ["skipped-without-exception"]
    assert rules(audit.conformance(changed(book, drop("exception_approved")))) == ["exception-not-approved"]
    assert rules(audit.conformance(changed(book, control("exception_requested", policy="other")))) == ["exception-not-approved"]
    papers = audit.conformance(changed(book, control("exception_requested", documents=[])))
    assert rules(papers) == ["exception-without-documents"] and "letter" in papers[0].message


def test_a_reason_that_is_gone_is_found_unless_it_was_erased(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", items=("1", "photo", "shelf"))
    shop.send("r1")
    book = shop.book()

    assert rules(audit.conformance(book)) == ["item-left-undone"]
    gone = changed(book, lambda rows: only(rows, "task_completed")["data"].pop("reasons"))
    assert rules(audit.conformance(gone)) == ["item-undone-without-reason"]
    shop.do("erase", "root", run="r1", reason="retention is over")
    assert rules(audit.conformance(shop.book())) == ["item-left-undone"]


def test_a_way_that_people_chose_to_settle_an_incident_is_theirs(shop: Shop) -> None:
    shop.start("r1")
    shop.do("fail", "ana", run="r1", step="pack", reason="wet")
    shop.do("resolve_incident", "lee", run="r1", incident="i1", go="send", reason="packed by the supplier")
    shop.send("r1")
    assert "not-a-way" not in audit.conformance(shop.book()).counts()


def test_findings_sort_count_and_become_rows_and_csv(shop: Shop) -> None:
    shop.start("r1")
    shop.at = "2026-03-04T09:00:01Z"
    shop.pack("r1", items=("1", "photo", "twice"))
    found = audit.conformance(shop.book())

    assert [one.severity for one in found] == ["medium", "low"]
    assert found.counts() == {"item-left-undone": 1, "late": 1}
    assert found.subjects() == ["order_r1"]
    row = found.rows()[0]
    assert list(row) == ["rule", "severity", "run", "subject", "scope", "step", "persons", "message", "events"]
    assert set(row["events"][0]) == {"run", "revision", "seq"}
    lines = found.csv().splitlines()
    assert lines[0].startswith("rule,severity,run") and len(lines) == 3
    assert not any(person in one.message for one in found for person in ("ana", "lee", "order_r1"))


def test_findings_become_a_frame_with_the_same_columns(shop: Shop) -> None:
    pytest.importorskip("pandas")
    frame = audit.conformance(shop.book()).df()
    assert list(frame.columns) == ["rule", "severity", "run", "subject", "scope", "step", "persons", "message", "events"]


def test_native_values_and_json_texts_make_the_same_book(tmp_path: pathlib.Path) -> None:
    if not has_module():
        pytest.skip("the module aesop is not built")
    engine = open_engine(str(tmp_path / "shop.db"))
    shop = Shop(engine)
    shop.clean("r1")
    shop.start("r2")
    shop.pack("r2", weight=20, items=("1", "photo"))
    native = shop.book()
    engine.close()
    texts = Exec(str(tmp_path / "shop.db"))
    assert [one.raw for one in audit.read(texts).entries] == [one.raw for one in native.entries]
    texts.close()


def test_what_an_engine_answers_that_is_none_is_an_error() -> None:
    class Odd:
        def __init__(self, answer: object) -> None:
            self.answer = answer

        def execute(self, command: dict[str, Any]) -> object:
            return self.answer

    for answer, message in ((17, "answered int"), ({"error": {"code": "busy", "message": "later"}}, "later"),
                            ('{"rejected": {"reason": "blocked", "message": "no"}}', "no"),
                            ({"ok": {"events": [{"seq": 1}]}}, "an entry of the log is not readable")):
        with pytest.raises(audit.AuditError, match=message):
            audit.read(Odd(answer))


def test_an_sop_that_is_not_published_is_an_error_and_no_clean_audit(shop: Shop) -> None:
    with pytest.raises(audit.AuditError, match="no SOP 'parcels' is published"):
        audit.conformance(shop.book(), sop="parcels")
