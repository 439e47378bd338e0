"""R142: audit.kpis: the SOP's measures made again from the events, traced to them."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from audit_support import Shop, audit, changed, shop  # noqa: F401


def by_id(measures: list[audit.Measure]) -> dict[str, audit.Measure]:
    return {one.id: one for one in measures}


@pytest.fixture
def office(shop: Shop) -> Shop:  # noqa: F811
    """r1 sent after 1 day, r2 after 4, r3 on its way, r4 lost (excluded from `sent`)."""
    for run, day in (("r1", "03"), ("r2", "06")):
        shop.start(run, at="2026-03-02T09:00:00Z")
        shop.pack(run)
        shop.send(run, at=f"2026-03-{day}T09:00:00Z")
    shop.start("r3", at="2026-03-10T09:00:00Z")
    shop.start("r4", at="2026-03-10T09:00:00Z")
    shop.do("record_event", "root", run="r4", event="parcel.lost")
    return shop


def test_shares_count_runs_and_cite_the_events_of_both_numbers(office: Shop) -> None:
    book = office.book()
    sent = by_id(audit.kpis(book, "parcel"))["sent"]
    assert (sent.count, sent.over, sent.is_days, sent.is_count) == (2, 3, False, False)
    assert sent.value is not None and abs(sent.value - Decimal(2) / 3) < Decimal("1e-20")
    assert [book.entry(cite).control["step"] for cite in sent.numerator()] == ["send", "send"]
    assert [book.entry(cite).type for cite in sent.denominator()] == ["run_started"] * 3
    assert {one.run for one in sent.cases} == {"r1", "r2", "r3"}  # r4 is in neither number


def test_days_are_means_of_elapsed_days_and_within_is_a_share_of_all_that_came(office: Shop) -> None:
    measures = by_id(audit.kpis(office.book(), "parcel"))
    days, soon, seen = measures["days"], measures["soon"], measures["seen"]
    assert (days.value, days.count, days.over, days.is_days) == (Decimal("2.5"), 2, 4, True)
    assert [one.days for one in days.cases] == [1, 4, None, None]
    assert (soon.value, soon.count, soon.over, soon.is_days) == (Decimal("0.25"), 1, 4, False)
    assert (seen.value, seen.count, seen.is_count) == (0, 0, True)


def test_what_came_before_the_first_moment_is_not_the_second(office: Shop) -> None:
    def earlier(rows: list[dict[str, Any]]) -> None:
        left = [row for row in rows if row["type"] == "step_left" and row["control"]["step"] == "send"][0]
        left["occurred_at"] = "2026-03-01T09:00:00Z"

    days = by_id(audit.kpis(changed(office.book(), earlier), "parcel"))["days"]
    assert [one.days for one in days.cases] == [None, 4, None, None]


def test_a_run_belongs_to_the_period_of_its_first_moment_and_to_its_scope(office: Shop) -> None:
    book = office.book()
    march = by_id(audit.kpis(book, "parcel", since="2026-03-01T00:00:00Z", until="2026-03-10T09:00:00Z"))
    assert (march["sent"].count, march["sent"].over) == (2, 2)
    later = by_id(audit.kpis(book, "parcel", since="2026-03-10T09:00:00Z"))
    assert (later["sent"].count, later["sent"].over, later["days"].value) == (0, 1, None)
    assert by_id(audit.kpis(book, "parcel", scope="shops"))["sent"].over == 3
    assert by_id(audit.kpis(book, "parcel", scope="shops/nor"))["sent"].over == 0


def test_a_late_fact_counts_where_it_belongs(office: Shop) -> None:
    office.do("record_event", "root", run="r3", event="parcel.seen", at="2026-03-11T09:00:00Z",
              occurred_at="2026-03-10T10:00:00Z")
    book = office.book()
    assert by_id(audit.kpis(book, "parcel", until="2026-03-10T11:00:00Z"))["seen"].count == 1
    assert by_id(audit.kpis(book, "parcel", since="2026-03-10T11:00:00Z"))["seen"].count == 0


def test_the_engine_counts_the_same(office: Shop) -> None:
    book = office.book()
    compared = audit.compare_kpis(book, audit.kpis(book, "parcel"), "parcel")
    if compared is None:
        pytest.skip("this engine has no command kpis")
    assert [(one.id, one.count, one.over, one.same) for one in compared] == [
        ("sent", 2, 3, True), ("days", 2, 4, True), ("soon", 1, 4, True), ("seen", 0, 0, True)]


def test_an_engine_that_counts_otherwise_is_told_apart(office: Shop) -> None:
    class Other:
        def execute(self, command: dict[str, object]) -> dict[str, object]:
            assert command["do"] == "kpis"
            cites = [{"run": "r1", "revision": 1, "seq": 9}, {"run": "r3", "revision": 1, "seq": 11}]
            return {"ok": {"kpis": [{"id": "sent", "value": "0.666667", "count": 2, "over": 3},
                                    {"id": "days", "value": Decimal("2.5"), "count": 2, "over": 3},
                                    {"id": "soon", "value": 0.25, "count": 1, "over": 4, "lineage": {"count": cites}},
                                    {"id": "seen", "value": 1, "count": 0, "over": 0}]}}

    book = office.book()
    measures = audit.kpis(book, "parcel")
    book.client = audit.Client(Other())
    compared = audit.compare_kpis(book, measures, "parcel")
    assert compared is not None
    assert [one.same for one in compared] == [True, False, False, False]


def test_a_version_that_is_not_published_has_no_measures(shop: Shop) -> None:  # noqa: F811
    with pytest.raises(audit.AuditError, match="no version '9.0.0' of parcel is published"):
        audit.kpis(shop.book(), "parcel", version="9.0.0")
