"""Measures: the SOP's kpis made again from the events, each run counted traced to the events that make it count.

(1) As include/aesop/measure/fact.hpp and cohort.hpp: runs are counted, not events; a run belongs to a period by the
    first of its `over` moments; one with an `exclude` moment is in neither number.
(2) Nothing here asks the engine: compare() holds the engine's own figures beside these.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from typing import Any

from .book import Book
from .client import AuditError, instant
from .findings import Cite
from .history import Entry, Run
from .procedure import span

__all__ = ["Case", "Comparison", "Measure", "Moment", "compare_kpis", "facts", "kpis"]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Moment:
    """Something that happened to a run, by the name a kpi uses: an event, STEP.entered, STEP.completed, run.started."""

    name: str
    at: datetime
    cite: Cite


@dataclass(frozen=True)
class Case:
    """A run in a measure: the event by which it belongs to it, and the one by which it counts (None: it does not)."""

    run: str
    subject: str
    scope: str
    over: Moment
    counted: Moment | None
    days: Decimal | None = None


@dataclass(frozen=True)
class Measure:
    """A kpi. `value` is a share, a count, or mean days; None when there is nothing to measure."""

    id: str
    title: str
    value: Decimal | None
    count: int
    over: int
    is_days: bool
    is_count: bool
    cases: tuple[Case, ...]

    def numerator(self) -> list[Cite]:
        """The events that make runs count."""
        return [one.counted.cite for one in self.cases if one.counted]

    def denominator(self) -> list[Cite]:
        """The events by which runs could have counted."""
        return [one.over.cite for one in self.cases]

    def row(self) -> dict[str, Any]:
        """As JSON, with the entries of the log behind both numbers."""
        return {"kpi": self.id, "title": self.title, "value": None if self.value is None else str(self.value),
                "count": self.count, "over": self.over, "is_days": self.is_days, "is_count": self.is_count,
                "numerator": [one.seq for one in self.numerator()], "denominator": [one.seq for one in self.denominator()]}


def facts(run: Run) -> Iterator[Moment]:
    """The moments of a run, in the order of its log."""
    open_tokens: set[int] = set()
    for event in run.events:
        for name, at in _moments(event, open_tokens):
            yield Moment(name, at, event.cite)


def _moments(event: Entry, open_tokens: set[int]) -> Iterable[tuple[str, datetime]]:
    control, at = event.control, event.occurred
    step = str(control.get("step", ""))
    if event.type == "run_started":
        return [("run.started", at)]
    if event.type == "run_closed":
        return [("run.closed", at)]
    if event.type == "step_entered":
        open_tokens.add(int(control["token"]))
        return [(f"{step}.entered", at)]
    if event.type == "step_left":
        left = (f"{step}.{control['reason']}", at)
        if int(control["token"]) in open_tokens:
            open_tokens.discard(int(control["token"]))
            return [left]
        return [(f"{step}.entered", at), left]  # decided at once
    if event.type == "join_fired":
        return [(f"{step}.entered", at), (f"{step}.completed", at)]
    if event.type == "instance_opened":
        return [(f"{step}.opened", instant(control["occurred"]) if control.get("event") and control.get("occurred") else at)]
    if event.type == "event_recorded" and control.get("applies"):
        return [(str(control["event"]), at)]
    return []


def kpis(book: Book, sop: str, *, version: str | None = None, since: object = None, until: object = None,
         scope: str = "") -> list[Measure]:
    """Every kpi of an SOP over its runs, of all versions: as `version` defines them, the one published last when left out.
    `since` and `until` (before it): runs whose first `over` moment lies there; `scope`: runs there and below."""
    runs = [run for run in book.of(sop) if not scope or run.scope == scope or run.scope.startswith(scope + "/")]
    versions = [one for one in book.procedures() if one.sop == sop and version in (None, one.version)]
    if not versions:
        raise AuditError(f"no version {version!r} of {sop} is published", code="not-found")
    period = (None if since is None else instant(since), None if until is None else instant(until))
    moments = {run.id: list(facts(run)) for run in runs}
    return [_measure(id, row, runs, moments, period) for id, row in versions[-1].kpis.items()]


_Period = tuple[datetime | None, datetime | None]


def _measure(id: str, row: Mapping[str, Any], runs: Sequence[Run], moments: Mapping[str, list[Moment]],
             period: _Period) -> Measure:
    title = str(row.get("title") or id)
    if row.get("days_between"):
        return _days(id, title, row, runs, moments, period)
    count, over, exclude = (_names(row.get(key)) for key in ("count", "over", "exclude"))
    cases = []
    for run in runs:
        mine = moments[run.id]
        first = _first(one for one in mine if one.name in (over or count))
        if first is None or not _holds(period, first.at) or any(one.name in exclude for one in mine):
            continue
        counted = next((one for one in mine if one.name in count), None)
        cases.append(Case(run.id, run.subject, run.scope, first, counted))
    cases.sort(key=lambda one: one.over.cite.seq)
    number = sum(one.counted is not None for one in cases)
    value = Decimal(number) if not over else _ratio(Decimal(number), len(cases))
    return Measure(id, title, value, number, len(cases), False, not over, tuple(cases))


def _days(id: str, title: str, row: Mapping[str, Any], runs: Sequence[Run], moments: Mapping[str, list[Moment]],
          period: _Period) -> Measure:
    begin, end = (str(one) for one in row["days_between"])
    within = span(row["within"]) if row.get("within") is not None else None
    if row.get("within") is not None and within is None:
        raise AuditError(f"kpi {id}: {row['within']!r} is no elapsed time")
    cases = []
    for run in runs:
        first = _first(one for one in moments[run.id] if one.name == begin)
        if first is None or not _holds(period, first.at):
            continue
        then = _first(one for one in moments[run.id] if one.name == end and one.at >= first.at)
        days = None if then is None else _exact_days(then.at - first.at)
        counted = then if then is not None and (within is None or then.at - first.at <= within) else None
        cases.append(Case(run.id, run.subject, run.scope, first, counted, days))
    cases.sort(key=lambda one: one.over.cite.seq)
    number = sum(one.counted is not None for one in cases)
    if within is None:
        spans = [one.days for one in cases if one.days is not None]
        return Measure(id, title, _ratio(sum(spans, Decimal(0)), len(spans)), number, len(cases), True, False, tuple(cases))
    return Measure(id, title, _ratio(Decimal(number), len(cases)), number, len(cases), False, False, tuple(cases))


def _names(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def _first(moments: Iterable[Moment]) -> Moment | None:
    """The earliest; of those at the same time the first in the log."""
    found = sorted(moments, key=_place)
    return found[0] if found else None


def _place(moment: Moment) -> tuple[datetime, int]:
    return moment.at, moment.cite.seq


def _holds(period: _Period, at: datetime) -> bool:
    since, until = period
    return (since is None or at >= since) and (until is None or at < until)


def _exact_days(elapsed: timedelta) -> Decimal:
    with localcontext() as context:
        context.prec = 34
        return Decimal(elapsed // timedelta(microseconds=1)) / Decimal(_DAY // timedelta(microseconds=1))


def _ratio(total: Decimal, over: int) -> Decimal | None:
    if over == 0:
        return None
    with localcontext() as context:
        context.prec = 34
        return total / over


@dataclass(frozen=True)
class Comparison:
    """A kpi as the engine has it, beside the one made here. `same`: count and over are equal, values to six digits, and
    where the engine names the events behind its figure they are of the same runs."""

    id: str
    mine: Measure
    value: Decimal | None
    count: int
    over: int
    same: bool


def compare_kpis(book: Book, measures: Iterable[Measure], sop: str) -> list[Comparison] | None:
    """Beside the engine's own command `kpis`, over the whole log; None when the engine has no such command."""
    try:
        answer = book.client.ask({"do": "kpis", "sop": sop, "lineage": True})
    except AuditError as error:
        if error.code == "unknown-name":
            return None
        raise
    theirs = {str(row["id"]): row for row in answer["kpis"]}
    found = []
    for mine in measures:
        row = theirs.get(mine.id, {})
        value = None if row.get("value") is None else Decimal(str(row["value"]))
        count, over = int(row.get("count") or 0), int(row.get("over") or 0)
        same = count == mine.count and over == mine.over and _close(value, mine.value)
        if isinstance(lineage := row.get("lineage"), Mapping):
            same &= _runs(lineage.get("count")) == sorted({one.run for one in mine.cases if one.counted})
            same &= _runs(lineage.get("over")) == sorted({one.run for one in mine.cases})
        found.append(Comparison(mine.id, mine, value, count, over, same))
    return found


def _runs(cites: Any) -> list[str]:
    return sorted({str(one["run"]) for one in cites or ()})


def _close(a: Decimal | None, b: Decimal | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= Decimal("0.000001")
