"""audit.four_eyes, back_dated, rework and variants."""
from __future__ import annotations

from datetime import timedelta

import pytest
from audit_support import LETTER, Shop, audit, changed, only, shop  # noqa: F401


def test_the_engine_keeps_four_eyes_so_an_honest_log_has_no_finding(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", weight=20)
    shop.do("decide_approval", "max", run="r1", step="approve", decision="approve")
    shop.send("r1")
    assert len(audit.four_eyes(shop.book())) == 0


def test_a_reviewer_who_did_the_work_is_found_with_both_events(shop: Shop) -> None:
    shop.clean("r1")
    book = changed(shop.book(), lambda rows: only(rows, "review_accepted").update(actor="ana"))
    found = audit.four_eyes(book)
    assert [(one.rule, one.step, one.persons) for one in found] == [("reviewer-did-the-work", "pack", ("ana",))]
    assert [book.entry(cite).type for cite in found[0].cites] == ["task_completed", "review_accepted"]


def test_an_approver_whom_the_sop_excludes_is_found_whatever_the_role(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", weight=20)
    shop.do("decide_approval", "max", run="r1", step="approve", decision="approve")
    book = changed(shop.book(), lambda rows: only(rows, "approval_decided").update(actor="ana"))
    found = audit.four_eyes(book)
    assert [(one.rule, one.step, one.persons) for one in found] == [("excluded-person-acted", "approve", ("ana",))]


def test_who_asks_for_an_exception_does_not_decide_on_it(shop: Shop) -> None:
    shop.start("r1")
    shop.do("request_exception", "ana", run="r1", policy="skip_pack", reason="packed", documents=[LETTER])
    shop.do("decide_exception", "lee", run="r1", exception="x1", decision="approve")
    book = shop.book()
    assert len(audit.four_eyes(book)) == 0
    found = audit.four_eyes(changed(book, lambda rows: only(rows, "exception_decided").update(actor="ana")))
    assert [(one.rule, one.persons) for one in found] == [("approver-asked-for-it", ("ana",))]


def test_pairs_that_the_sop_does_not_name_can_be_asked_for(shop: Shop) -> None:
    shop.start("r1", "a")
    shop.pack("r1", who="ana")
    shop.send("r1", who="ana")
    shop.clean("r2", "a")  # packed by ana, sent by cy
    book = shop.book()

    pair = audit.Pair("pack", "send")
    found = audit.four_eyes(book, pairs=[pair])
    assert [(one.run, one.persons) for one in found] == [("r1", ("ana",))]
    assert [book.entry(cite).control["step"] for cite in found[0].cites] == ["pack", "send"]
    assert len(audit.four_eyes(book, pairs=[audit.Pair("pack.reviewed", "send")])) == 0
    assert len(audit.four_eyes(book, pairs=[audit.Pair("ROLE:clerk", "pack.reviewed")])) == 0
    assert len(audit.four_eyes(book, pairs=[audit.Pair("ROLE:clerk", "send")])) == 2  # ana in r1, cy in r2


def test_a_pair_can_hold_over_all_runs_of_a_subject(shop: Shop) -> None:
    shop.start("r1", "a")
    shop.pack("r1", who="cy")
    shop.send("r1", who="ana")
    shop.clean("r2", "a")  # packed by ana, sent by cy
    book = shop.book()
    assert len(audit.four_eyes(book, pairs=[audit.Pair("pack", "send")])) == 0
    found = audit.four_eyes(book, pairs=[audit.Pair("pack", "send", within="subject")])
    assert sorted(one.persons[0] for one in found) == ["ana", "cy"]


def test_a_pair_with_a_step_that_no_sop_has_is_an_error(shop: Shop) -> None:
    with pytest.raises(audit.AuditError, match="no SOP has the step 'packk'"):
        audit.four_eyes(shop.book(), pairs=[audit.Pair("packk", "send")])
    with pytest.raises(audit.AuditError, match="within a run, subject or thread"):
        audit.Pair("pack", "send", within="day")


def test_a_fact_told_late_is_found_beyond_what_the_sop_allows(shop: Shop) -> None:
    shop.start("r1")
    shop.do("record_event", "root", run="r1", event="parcel.seen", at="2026-03-05T09:00:00Z",
            occurred_at="2026-03-04T09:00:00Z")
    book = shop.book()
    assert len(audit.back_dated(book)) == 0  # the SOP allows two days
    found = audit.back_dated(book, tolerance=timedelta(hours=12))
    assert [(one.rule, one.run, one.persons) for one in found] == [("back-dated", "r1", ("root",))]
    assert found[0].message == "told at 2026-03-05T09:00:00Z, as of 2026-03-04T09:00:00Z"
    just = changed(book, lambda rows: only(rows, "event_recorded").update(occurred_at="2026-03-03T09:00:00Z"))
    assert len(audit.back_dated(just)) == 0
    late = changed(book, lambda rows: only(rows, "event_recorded").update(occurred_at="2026-03-03T08:59:59Z"))
    assert audit.back_dated(late).counts() == {"back-dated": 1}


def test_a_clock_that_went_back_is_found_and_small_drift_is_not(shop: Shop) -> None:
    shop.start("r1")
    shop.do("record_event", "root", run="r1", event="parcel.seen", at="2026-03-02T08:56:00Z")
    assert len(audit.back_dated(shop.book())) == 0
    shop.do("record_event", "root", run="r1", event="parcel.seen", at="2026-03-02T08:00:00Z")
    found = audit.back_dated(shop.book())
    assert found.counts() == {"clock-went-back": 1, "told-out-of-order": 1}
    assert len(found.of("told-out-of-order")[0].cites) == 2


def test_timers_that_fire_late_are_nobodys_clock_but_what_was_told_before_them_is(shop: Shop) -> None:
    shop.start("r1")
    shop.do("advance", "root", to="2026-03-20T09:00:00Z", at="2026-03-20T09:00:00Z")
    assert len(audit.back_dated(shop.book())) == 0
    shop.start("r2", at="2026-03-10T09:00:00Z")  # after somebody had said that it is the 20th
    assert audit.back_dated(shop.book()).counts() == {"told-out-of-order": 1}


def test_rework_counts_visits_and_returns_with_their_events(shop: Shop) -> None:
    shop.start("r1")
    shop.pack("r1", review="")
    shop.do("return_for_rework", "lee", run="r1", step="pack", note="again")
    shop.pack("r1")
    shop.send("r1")
    shop.clean("r2")
    book = shop.book()

    again = audit.rework(book)
    assert [(one.run, one.step, one.visits, one.returns) for one in again] == [("r1", "pack", 2, 1)]
    assert [book.entry(cite).type for cite in again[0].cites] == ["rework_returned", "step_entered"]
    assert audit.adherence(book).due == 4  # the visit that was sent back does not count


def test_variants_are_the_ways_of_closed_runs_the_commonest_first(shop: Shop) -> None:
    for run, hours in (("r1", 1), ("r2", 3), ("r3", 8)):
        shop.start(run, at="2026-03-02T09:00:00Z")
        shop.pack(run)
        shop.send(run, at=f"2026-03-02T{9 + hours:02d}:00:00Z")
    shop.start("r4", at="2026-03-02T09:00:00Z")
    shop.pack("r4", weight=20)
    shop.do("decide_approval", "max", run="r4", step="approve", decision="refuse")
    shop.start("r5")

    ways = audit.variants(shop.book(), "parcel")
    assert [(one.steps, one.outcome, one.count) for one in ways] == [
        (("pack", "send"), "sent", 3), (("pack", "approve"), "kept", 1)]
    assert ways[0].median == timedelta(hours=3) and ways[0].runs == ("r1", "r2", "r3") and len(ways[0].cites) == 6
