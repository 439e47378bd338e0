"""Four eyes: the same person where two are demanded. Within a run, or over all runs of a subject or thread.

A part in a run is named by
    STEP            who completed the task, or gave a voice in the approval
    STEP.reviewed   who accepted its review
    ROLE:role       whoever did any step in that role
    exception.asked, exception.decided, emergency.invoked, emergency.reviewed
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .book import Book
from .client import AuditError
from .findings import Finding, Findings, finding
from .history import Entry, Run, Visit

__all__ = ["Pair", "four_eyes"]

_EXCEPTION_PARTS = {"exception.asked": "exception_requested", "exception.decided": "exception_decided",
                    "emergency.invoked": "emergency_invoked", "emergency.reviewed": "emergency_reviewed"}


@dataclass(frozen=True)
class Pair:
    """Two parts that one person must not have both. `within`: run, subject (all runs of the subject) or thread."""

    first: str
    second: str
    within: str = "run"

    def __post_init__(self) -> None:
        if self.within not in ("run", "subject", "thread"):
            raise AuditError(f"a pair holds within a run, subject or thread, not {self.within!r}")


def four_eyes(book: Book, *, pairs: Iterable[Pair] = (), sop: str | None = None) -> Findings:
    """Reviewers who did the work, approvers who asked, persons whom `exclude` keeps out; and the pairs asked for.

    AuditError for a pair that names a step which no published version of the SOPs has.
    """
    runs = book.chosen(sop)
    wanted = list(pairs)
    steps = {step for procedure in book.procedures() for step in procedure.steps}
    for pair in wanted:
        for part in (pair.first, pair.second):
            step = part.removesuffix(".reviewed")
            if part not in _EXCEPTION_PARTS and not part.startswith("ROLE:") and step not in steps:
                raise AuditError(f"no SOP has the step {step!r}", code="not-found")
    found: list[Finding] = []
    for run in runs:
        found.extend(_own(run))
        found.extend(_excluded(run, book))
    for pair in wanted:
        groups: dict[str, list[Run]] = {}
        for run in runs:
            key = {"run": run.id, "subject": run.subject, "thread": run.thread}[pair.within]
            groups.setdefault(key, []).append(run)
        for group in groups.values():
            found.extend(_pair(pair, group))
    return Findings(found)


def acts(run: Run, part: str) -> list[Entry]:
    """The events by which somebody had a part in a run."""
    if part in _EXCEPTION_PARTS:
        return [one for entries in run.exceptions.values() for one in entries if one.type == _EXCEPTION_PARTS[part]]
    if part.startswith("ROLE:"):
        role = part.removeprefix("ROLE:")
        return [one for visit in run.visits for one in _done(visit)
                if role in (one.control.get("role"), *one.roles) and role in visit.roles]
    if part.endswith(".reviewed"):
        step = part.removesuffix(".reviewed")
        return [visit.reviewed for visit in run.visits if visit.step == step and visit.reviewed]
    return [one for visit in run.visits if visit.step == part for one in _done(visit)]


def _done(visit: Visit) -> list[Entry]:
    return [visit.completed] if visit.completed else list(visit.voices)


def _pair(pair: Pair, group: list[Run]) -> Iterator[Finding]:
    firsts = [(run, one) for run in group for one in acts(run, pair.first)]
    seconds = [(run, one) for run in group for one in acts(run, pair.second)]
    for person in sorted({one.actor for _, one in firsts} & {one.actor for _, one in seconds} - {""}):
        mine = [(run, one) for run, one in firsts if one.actor == person]
        theirs = [(run, one) for run, one in seconds if one.actor == person]
        run = theirs[0][0]
        yield finding("same-person", f"{pair.first} and {pair.second} were done by one person", run=run.id,
                      subject=run.subject, scope=run.scope, step=pair.second, persons=[person],
                      cites=[one.cite for _, one in mine + theirs])


def _own(run: Run) -> Iterator[Finding]:
    for visit in run.visits:
        done = visit.completed
        if done and visit.reviewed and done.actor == visit.reviewed.actor:
            yield finding("reviewer-did-the-work", "the review was accepted by who completed the task", run=run.id,
                          subject=run.subject, scope=run.scope, step=visit.step, persons=[done.actor],
                          cites=[done.cite, visit.reviewed.cite])
        if done and visit.returned and done.actor == visit.returned.actor:
            yield finding("reviewer-did-the-work", "the work was sent back by who completed the task", run=run.id,
                          subject=run.subject, scope=run.scope, step=visit.step, persons=[done.actor],
                          cites=[done.cite, visit.returned.cite])
    for entries in run.exceptions.values():
        asked = [one for one in entries if one.type in ("exception_requested", "emergency_invoked")]
        for one in entries:
            if one.type in ("exception_decided", "emergency_reviewed") and any(one.actor == by.actor for by in asked):
                yield finding("approver-asked-for-it", "the deviation was decided on by who asked for it", run=run.id,
                              subject=run.subject, scope=run.scope, step=str(asked[0].control.get("step") or ""),
                              persons=[one.actor], cites=[*(by.cite for by in asked), one.cite])


def _excluded(run: Run, book: Book) -> Iterator[Finding]:
    steps = book.procedure_of(run).steps
    for visit in run.visits:
        step = steps.get(visit.step)
        if step is None or not step.exclude:
            continue
        for act in _done(visit):
            # Of the same instance when named from within an `each`, of all instances from outside (docs/sop-format.md).
            earlier = [one for other in run.visits if other.step in step.exclude and other is not visit
                       and (other.instance == visit.instance or steps[other.step].block != step.block)
                       for one in _done(other) if one.actor == act.actor and one.seq < act.seq]
            if act.actor and earlier:
                yield finding("excluded-person-acted", f"the SOP keeps who did {', '.join(step.exclude)} out of this step",
                              run=run.id, subject=run.subject, scope=run.scope, step=visit.step, persons=[act.actor],
                              cites=[*(one.cite for one in earlier), act.cite])
