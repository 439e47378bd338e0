"""Population: what the host's own system says there was, held against the runs: work without a run, acts without a gate.

The store cannot know what was done outside it. Only an extract of the host's system does: one row a subject, with when
it was worked on and when acts happened that a gate has to come before.
"""
from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .book import Book
from .client import AuditError, instant, time_text
from .findings import Cite, Finding, Findings, finding
from .history import Entry, Run

__all__ = ["Member", "Population", "bypasses", "same_person", "without_gate", "without_run"]


@dataclass
class Member:
    """A subject of the extract. `place` is its first row, counted from 1 without the heading."""

    subject: str
    place: int
    scope: str = ""
    work: datetime | None = None
    acts: dict[str, list[datetime]] = field(default_factory=dict)
    rows: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def worked(self) -> bool:
        return self.work is not None or any(self.acts.values())


class Population:
    """An extract, by subject; with a column of scopes, by scope and subject, as runs are told apart. Rows of one of them belong
    together: the first work and all acts count."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], *, subject: str, work: str | None = None,
                 acts: Mapping[str, str] | None = None, scope: str | None = None) -> None:
        """`subject`, `work`, `scope` name columns; `acts` gives each act the column of its time. An empty cell says that
        it did not happen. AuditError for a column that is not there, a row without a subject, a time that is none."""
        self.members: dict[tuple[str, str], Member] = {}
        self.rows = 0
        self.scoped = scope is not None
        self.act_names = set(acts or {})
        wanted = [subject, *([work] if work else []), *([scope] if scope else []), *(acts or {}).values()]
        for place, row in enumerate(rows, 1):
            self.rows = place
            missing = [column for column in wanted if column not in row]
            if missing:
                raise AuditError(f"row {place} of the extract lacks the column {missing[0]!r}",
                                 help=f"it has {', '.join(map(str, row))}")
            id = str(row[subject] if row[subject] is not None else "").strip()
            if not id:
                raise AuditError(f"row {place} of the extract has no subject")
            where = str(row[scope] if row[scope] is not None else "").strip() if scope else ""
            member = self.members.setdefault((where, id), Member(id, place, where))
            member.rows.append(row)
            if work and (at := _time(row, work, place)) is not None:
                member.work = at if member.work is None else min(member.work, at)
            for act, column in (acts or {}).items():
                if (at := _time(row, column, place)) is not None:
                    member.acts.setdefault(act, []).append(at)

    @classmethod
    def from_csv(cls, path: str | Path, *, subject: str, work: str | None = None, acts: Mapping[str, str] | None = None,
                 scope: str | None = None, delimiter: str = ",") -> "Population":
        """From a file of comma-separated values with a heading, UTF-8 with or without a mark. AuditError when it cannot be
        read."""
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                return cls(csv.DictReader(file, delimiter=delimiter, strict=True), subject=subject, work=work, acts=acts,
                           scope=scope)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise AuditError(f"cannot read the extract {path}: {error}", code="io-error") from None

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())


def _time(row: Mapping[str, Any], column: str, place: int) -> datetime | None:
    value = row[column]
    if value is None or (isinstance(value, str) and not value.strip()) or value != value:  # NaT and NaN are not themselves
        return None
    try:
        return instant(value)
    except AuditError as error:
        raise AuditError(f"row {place}, column {column!r} of the extract: {error.message}", help=error.help) from None


class _Runs:
    """The runs of an SOP by subject. A member with a scope has those of that scope alone: a run of another clinic, whose
    numbers may be the same, is none of its own."""

    def __init__(self, book: Book, sop: str) -> None:
        self._found: dict[str, list[Run]] = {}
        for run in book.of(sop):
            self._found.setdefault(run.subject, []).append(run)

    def of(self, member: Member) -> list[Run]:
        return [run for run in self._found.get(member.subject, []) if not member.scope or run.scope == member.scope]


def without_run(book: Book, population: Population, *, sop: str, begun_within: timedelta | None = None) -> Findings:
    """Subjects that were worked on and have no run of the SOP. `begun_within`: a run that began longer than this after
    the work is none either."""
    runs = _Runs(book, sop)
    found: list[Finding] = []
    for member in population:
        if not member.worked:
            continue
        first = min([*([member.work] if member.work else []), *(at for times in member.acts.values() for at in times)])
        mine = runs.of(member)
        in_time = [run for run in mine if begun_within is None or run.started.occurred <= first + begun_within]
        if in_time:
            continue
        what = f"its run began {time_text(mine[0].started.occurred)}, too late" if mine else f"there is no run of {sop}"
        found.append(finding("work-without-run", f"worked on {time_text(first)} (row {member.place} of the extract), "
                             f"{what}", run=mine[0].id if mine else "", subject=member.subject, scope=member.scope,
                             cites=[run.started.cite for run in mine]))
    return Findings(found)


@dataclass(frozen=True)
class _Pass:
    """A moment at which the gate let the act through."""

    at: datetime
    cite: Cite


def _passes(checks: Sequence[Entry], runs: Sequence[Run], member: Member, sop: str, steps: Sequence[str],
            gate: str | None, record_within: timedelta) -> list[_Pass]:
    """The engine lets nobody complete a step while its gate blocks, and asks for no service: those moments are passes.
    So are recorded checks of the gate with the verdict pass or warn."""
    found = []
    own = {run.id for run in runs}
    for run in runs:
        for visit in run.visits:
            if visit.step not in steps:
                continue
            entries = visit.requested if visit.kind == "service" else [visit.completed] if visit.completed else visit.voices
            found += [_Pass(one.occurred, one.cite) for one in entries]
    for entry in checks:
        control = entry.control
        if control.get("sop") != sop or control.get("verdict") not in ("pass", "warn"):
            continue
        here = not member.scope or f"{member.scope}/".startswith(f"{entry.scope}/" if entry.scope else "")
        about = (control.get("subject") == member.subject and here) or entry.run in own
        if about and gate in (None, control.get("gate")):
            checked = instant(control.get("checked_at") or entry.at)
            if entry.recorded - checked <= record_within:  # what came into the log long after may be made up
                found.append(_Pass(checked, entry.cite))
    return sorted(found, key=lambda one: (one.at, one.cite))


def uncovered(acts: Iterable[datetime], passes: Sequence[_Pass], *, window: timedelta,
              slack: timedelta) -> list[datetime]:
    """The acts that none of the passes (in order) covers, when each covers one. No other matching leaves fewer."""
    free, left = list(passes), []
    for at in sorted(acts):
        # The earliest that fits: it is the first to be of no use for later acts.
        fits = next((one for one in free if at - window <= one.at <= at + slack), None)
        if fits is None:
            left.append(at)
        else:
            free.remove(fits)
    return left


def without_gate(book: Book, population: Population, *, act: str, sop: str, steps: str | Sequence[str],
                 gate: str | None = None, window: timedelta = timedelta(days=1),
                 slack: timedelta = timedelta(minutes=5), record_within: timedelta = timedelta(days=1)) -> Findings:
    """Acts that no passing gate came before.

    `steps` are the steps of the SOP that carry the gate and stand for the act; `gate` narrows which recorded checks
    count. A pass counts for one act, at most `window` before it and `slack` after it (clocks of two systems differ).
    A recorded check counts when it came into the log within `record_within` of its time: one that came long after may
    have been made up. AuditError for a step that no version of the SOP has, or one without a gate.
    """
    if act not in population.act_names:
        raise AuditError(f"the extract has no act {act!r}",
                         help=f"it has {', '.join(sorted(population.act_names)) or 'none'}")
    wanted = [steps] if isinstance(steps, str) else list(steps)
    versions = [one for one in book.procedures() if one.sop == sop]
    for step in wanted:
        if not any(step in one.steps for one in versions):
            raise AuditError(f"{sop} has no step {step!r}", code="not-found")
        if not any(one.steps[step].gate for one in versions if step in one.steps):
            raise AuditError(f"the step {step!r} of {sop} has no gate", help="name the steps that carry the gate")
    runs = _Runs(book, sop)
    checks = [entry for entry in book.entries if entry.type == "gate_recorded"]
    found: list[Finding] = []
    for member in population:
        mine = runs.of(member)
        passes = _passes(checks, mine, member, sop, wanted, gate, record_within)
        for at in uncovered(member.acts.get(act, []), passes, window=window, slack=slack):
            near = min(passes, key=lambda one: abs(one.at - at), default=None)
            why = f"the nearest pass was {time_text(near.at)}" if near else "no pass is recorded"
            found.append(finding(
                "act-without-gate", f"{act} {time_text(at)} (row {member.place} of the extract): {why}",
                run=mine[0].id if mine else "", subject=member.subject, scope=member.scope, step=wanted[0],
                cites=[near.cite] if near else [run.started.cite for run in mine]))
    return Findings(found)


def bypasses(book: Book, population: Population, *, act: str, sop: str, steps: str | Sequence[str],
             gate: str | None = None, window: timedelta = timedelta(days=1), slack: timedelta = timedelta(minutes=5),
             begun_within: timedelta | None = None, record_within: timedelta = timedelta(days=1)) -> Findings:
    """Everything that went past the SOP: without_run and without_gate, a subject without a run said once."""
    runless = without_run(book, population, sop=sop, begun_within=begun_within)
    known = {(one.scope, one.subject) for one in runless}
    ungated = without_gate(book, population, act=act, sop=sop, steps=steps, gate=gate, window=window, slack=slack,
                           record_within=record_within)
    return runless + ungated.where(lambda one: (one.scope, one.subject) not in known)


def same_person(population: Population, first: str, second: str) -> Findings:
    """Subjects of which the extract names one person in both columns, such as who posted and who adjusted."""
    found = []
    for member in population:
        people = [{str(row[column]).strip() for row in member.rows if row.get(column)} for column in (first, second)]
        for person in sorted((people[0] & people[1]) - {""}):
            found.append(finding("same-person-in-extract", f"{first} and {second} name one person (row {member.place} of "
                                 "the extract)", subject=member.subject, scope=member.scope, persons=[person]))
    return Findings(found)
