"""R142: audit.Population: what an extract says was done, held against the runs."""
from __future__ import annotations

import pathlib
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from audit_support import Shop, audit, changed, only, shop  # noqa: F401
from hypothesis import given, settings
from hypothesis import strategies as st


def population(*rows: dict[str, Any]) -> audit.Population:
    full = [{"order": "", "seen": "", "sent": "", **row} for row in rows]
    return audit.Population(full, subject="order", work="seen", acts={"sent": "sent"})


def ungated(book: audit.Book, orders: audit.Population, **options: Any) -> audit.Findings:
    return audit.without_gate(book, orders, act="sent", sop="parcel", steps="send", **options)


def test_work_without_a_run_is_found_and_what_was_not_worked_on_is_not(shop: Shop) -> None:
    shop.clean("r1", "a")
    orders = population({"order": "a", "seen": "2026-03-02T09:00:00Z"}, {"order": "b", "seen": "2026-03-02T09:00:00Z"},
                        {"order": "c"}, {"order": "d", "sent": "2026-03-05T11:00:00+01:00"})

    found = audit.without_run(shop.book(), orders, sop="parcel")
    assert found.subjects() == ["b", "d"]
    assert found[1].message == "worked on 2026-03-05T10:00:00Z (row 4 of the extract), there is no run of parcel"


def test_a_run_that_was_made_up_for_afterwards_can_count_as_none(shop: Shop) -> None:
    shop.clean("r1", "a", at="2026-03-09T09:00:00Z")
    orders = population({"order": "a", "seen": "2026-03-02T09:00:00Z"})

    assert len(audit.without_run(shop.book(), orders, sop="parcel")) == 0
    found = audit.without_run(shop.book(), orders, sop="parcel", begun_within=timedelta(days=1))
    assert found.subjects() == ["a"] and found[0].run == "r1" and len(found[0].cites) == 1


def test_an_act_needs_a_gate_that_passed_shortly_before_it(shop: Shop) -> None:
    shop.clean("r1", "a")  # sent 2026-03-02T09:00:00Z
    shop.start("r2", "b")
    book = shop.book()

    assert len(ungated(book, population({"order": "a", "sent": "2026-03-02T09:00:00Z"}))) == 0
    assert len(ungated(book, population({"order": "a", "sent": "2026-03-03T09:00:00Z"}))) == 0
    assert len(ungated(book, population({"order": "a", "sent": "2026-03-02T08:55:00Z"}))) == 0  # clocks differ
    early = ungated(book, population({"order": "a", "sent": "2026-03-02T08:54:59Z"}))
    assert early.subjects() == ["a"] and book.entry(early[0].cites[0]).type == "task_completed"
    assert ungated(book, population({"order": "a", "sent": "2026-03-03T09:00:01Z"})).subjects() == ["a"]
    never = ungated(book, population({"order": "b", "sent": "2026-03-02T09:00:00Z"}))
    assert never[0].message.endswith("no pass is recorded") and never[0].run == "r2"


def test_one_pass_covers_one_act(shop: Shop) -> None:
    shop.clean("r1", "a")
    twice = [{"order": "a", "sent": "2026-03-02T09:00:00Z"}, {"order": "a", "sent": "2026-03-02T10:00:00Z"}]
    assert len(ungated(shop.book(), population(*twice))) == 1
    shop.clean("r2", "a")
    assert len(ungated(shop.book(), population(*twice))) == 0


def recorded(rows: list[dict[str, Any]], **control: Any) -> None:
    rows.append({"seq": rows[-1]["seq"] + 1, "kind": "administration", "type": "gate_recorded", "at": "2026-03-02T12:00:00Z",
                 "actor": "pms", "version": 1, "control": {
                     "sop": "parcel", "sop_version": "1.0.0", "gate": "may_send", "subject": "z", "verdict": "pass",
                     "checked_at": "2026-03-02T11:00:00Z", **control}})


def test_a_recorded_check_of_the_gate_counts_when_it_passed_and_is_about_the_subject(shop: Shop) -> None:
    book = shop.book()
    orders = population({"order": "z", "sent": "2026-03-02T11:30:00Z"})
    cases: list[tuple[dict[str, Any], bool]] = [
        ({}, True), ({"verdict": "warn"}, True), ({"verdict": "block"}, False), ({"subject": "y"}, False),
        ({"gate": "other"}, False), ({"sop": "other"}, False), ({"checked_at": "2026-03-02T11:40:00Z"}, False)]
    cases.append(({"checked_at": "2026-03-01T11:45:00Z"}, False))  # came into the log more than a day later
    for control, fine in cases:
        checked = changed(book, lambda rows, control=control: recorded(rows, **control))  # type: ignore[misc]
        assert (len(ungated(checked, orders, gate="may_send")) == 0) == fine, control


def test_what_the_engine_keeps_of_a_gate_counts(shop: Shop) -> None:
    asked = {"do": "gate", "sop": "parcel", "gate": "may_send", "scope": "shops/north"}
    passed = shop.client.ask({**asked, "at": "2026-03-02T11:00:00Z", "facts": {"kilos": 2}})
    blocked = shop.client.ask({**asked, "at": "2026-03-02T11:00:00Z", "facts": {"kilos": 40}})
    try:
        shop.do("record_gate", "root", subject="a", receipt=passed, at="2026-03-02T11:01:00Z")
    except audit.AuditError as error:
        if error.code == "unknown-name":
            pytest.skip("this engine has no command record_gate")
        raise
    shop.do("record_gate", "root", subject="b", receipt=blocked)
    shop.start("r1", "c")
    shop.do("record_gate", "root", run="r1", receipt=passed)

    orders = population(*({"order": order, "sent": "2026-03-02T11:30:00Z"} for order in "abc"))
    assert ungated(shop.book(), orders, gate="may_send").subjects() == ["b"]


def test_bypasses_say_a_subject_without_a_run_once(shop: Shop) -> None:
    shop.clean("r1", "a")
    shop.start("r2", "b")
    orders = population({"order": "a", "seen": "2026-03-02T08:00:00Z", "sent": "2026-03-02T09:00:00Z"},
                        {"order": "b", "sent": "2026-03-02T09:00:00Z"}, {"order": "c", "sent": "2026-03-02T09:00:00Z"})

    found = audit.bypasses(shop.book(), orders, act="sent", sop="parcel", steps=["send"])
    assert [(one.subject, one.rule) for one in found] == [("b", "act-without-gate"), ("c", "work-without-run")]


def test_a_step_without_a_gate_stands_for_no_act(shop: Shop) -> None:
    with pytest.raises(audit.AuditError, match="'pack' of parcel has no gate"):
        audit.without_gate(shop.book(), population(), act="sent", sop="parcel", steps="pack")
    with pytest.raises(audit.AuditError, match="no step 'sendd'"):
        audit.without_gate(shop.book(), population(), act="sent", sop="parcel", steps="sendd")


def test_an_extract_that_cannot_be_read_is_an_error_with_its_row() -> None:
    with pytest.raises(audit.AuditError, match="row 2 of the extract has no subject"):
        population({"order": "a"}, {"order": " "})
    with pytest.raises(audit.AuditError, match="row 1, column 'seen'.*'yesterday' is no time"):
        population({"order": "a", "seen": "yesterday"})
    with pytest.raises(audit.AuditError, match="has no offset"):
        population({"order": "a", "seen": "2026-03-02T09:00:00"})
    with pytest.raises(audit.AuditError, match="row 1 of the extract lacks the column 'claim'"):
        audit.Population([{"order": "a"}], subject="claim")


def test_a_file_with_a_mark_and_quotes_is_read_and_another_is_an_error(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes('\ufeff"order";"seen"\r\n"a;1";"2026-03-02T09:00:00Z"\r\n'.encode())
    orders = audit.Population.from_csv(path, subject="order", work="seen", delimiter=";")
    assert [(one.subject, one.work) for one in orders] == [("a;1", datetime(2026, 3, 2, 9, tzinfo=timezone.utc))]
    path.write_bytes(b"order\n\xff\n")
    for wrong in (path, tmp_path / "none.csv"):
        with pytest.raises(audit.AuditError, match="cannot read the extract"):
            audit.Population.from_csv(wrong, subject="order")


def test_native_times_and_missing_values_of_a_frame_are_understood() -> None:
    orders = audit.Population([{"order": 17, "seen": datetime(2026, 3, 2, 9, tzinfo=timezone.utc)},
                               {"order": 18, "seen": float("nan")}, {"order": 19, "seen": None}],
                              subject="order", work="seen")
    assert [(one.subject, one.worked) for one in orders] == [("17", True), ("18", False), ("19", False)]


def test_one_person_in_two_columns_of_the_extract_is_found() -> None:
    rows = [{"claim": "a", "posted": "ann", "adjusted": "ben"}, {"claim": "b", "posted": "ann", "adjusted": ""},
            {"claim": "b", "posted": "", "adjusted": "ann "}]
    found = audit.same_person(audit.Population(rows, subject="claim"), "posted", "adjusted")
    assert [(one.subject, one.persons) for one in found] == [("b", ("ann",))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), max_size=8), st.lists(st.integers(0, 40), max_size=8))
def test_no_better_matching_of_acts_and_passes_leaves_fewer_acts_uncovered(acts: list[int], passes: list[int]) -> None:
    from aesop.audit.findings import Cite
    from aesop.audit.population import _Pass, uncovered

    hour = timedelta(hours=1)
    zero = datetime(2026, 1, 1, tzinfo=timezone.utc)
    free = [_Pass(zero + hour * at, Cite(number + 1)) for number, at in enumerate(sorted(passes))]
    left = uncovered([zero + hour * at for at in acts], free, window=5 * hour, slack=hour)

    def best(todo: list[int], open_: tuple[int, ...]) -> int:  # by trying everything
        if not todo:
            return 0
        options = {at for at in open_ if todo[0] - 5 <= at <= todo[0] + 1}
        rest = [1 + best(todo[1:], open_)]
        for at in options:
            place = open_.index(at)
            rest.append(best(todo[1:], open_[:place] + open_[place + 1:]))
        return min(rest)

    if len(acts) <= 5 and len(passes) <= 5:
        assert len(left) == best(sorted(acts), tuple(sorted(passes)))


def test_a_run_of_another_scope_is_none_of_a_member_with_a_scope(shop: Shop) -> None:
    shop.clean("r1", "a")
    scope = shop.book().of("parcel")[0].scope
    rows = [{"order": "a", "clinic": scope, "seen": "2026-03-02T09:00:00Z", "sent": ""},
            {"order": "a", "clinic": f"{scope}-other", "seen": "2026-03-02T09:00:00Z", "sent": ""}]
    orders = audit.Population(rows, subject="order", work="seen", scope="clinic")

    assert len(orders) == 2
    found = audit.without_run(shop.book(), orders, sop="parcel")
    assert [(one.subject, one.scope) for one in found] == [("a", f"{scope}-other")]


def test_an_act_that_the_extract_does_not_have_is_no_all_clear(shop: Shop) -> None:
    with pytest.raises(audit.AuditError, match="no act"):
        audit.without_gate(shop.book(), population({"order": "a"}), act="claim sent", sop="parcel", steps="send")
