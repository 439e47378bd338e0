"""Rework and variants: steps done more than once, and the ways runs take through a procedure."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from .book import Book
from .findings import Cite
from .history import Run

__all__ = ["Rework", "Variant", "rework", "variants"]


@dataclass(frozen=True)
class Rework:
    """A step of a run that was entered more than once (of the same instance), or sent back by its reviewer."""

    run: str
    subject: str
    scope: str
    step: str
    instance: int
    visits: int
    returns: int
    cites: tuple[Cite, ...]  # the entries of the step beyond the first, and the returns


def rework(book: Book, *, sop: str | None = None) -> list[Rework]:
    """Every step of every run that was done more than once, in the order of runs and steps."""
    found = []
    for run in book.chosen(sop):
        groups: dict[tuple[str, int], list[int]] = {}
        for place, visit in enumerate(run.visits):
            groups.setdefault((visit.step, visit.instance), []).append(place)
        for (step, instance), places in groups.items():
            visits = [run.visits[place] for place in places]
            returned = [one.returned for one in visits if one.returned]
            if len(visits) > 1 or returned:
                cites = sorted([one.entered.cite for one in visits[1:]] + [one.cite for one in returned])
                found.append(Rework(run.id, run.subject, run.scope, step, instance, len(visits), len(returned),
                                    tuple(cites)))
    return found


@dataclass(frozen=True)
class Variant:
    """One way through a procedure, and the closed runs that took it."""

    steps: tuple[str, ...]
    outcome: str
    count: int
    median: timedelta  # from start to close
    runs: tuple[str, ...]
    cites: tuple[Cite, ...]  # of each run its first and last event


def variants(book: Book, sop: str, *, instances: bool = False) -> list[Variant]:
    """The ways closed runs of an SOP took: steps as they were entered, the commonest first. `instances`: with the steps
    inside an `each`, which differ with the order in which instances went on."""
    groups: dict[tuple[tuple[str, ...], str], list[Run]] = {}
    for run in book.of(sop):
        if run.closed:
            groups.setdefault((run.path(instances=instances), run.outcome), []).append(run)
    found = [
        Variant(steps, outcome, len(runs), _median([_duration(run) for run in runs]), tuple(run.id for run in runs),
                tuple(cite for run in runs for cite in (run.started.cite, run.events[-1].cite)))
        for (steps, outcome), runs in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.steps, one.outcome))


def _duration(run: Run) -> timedelta:
    end = run.closed.occurred if run.closed else run.events[-1].occurred
    return end - run.started.occurred


def _median(spans: list[timedelta]) -> timedelta:
    """The middle one, or the mean of the middle two to the microsecond."""
    ordered = sorted(spans)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) // 2
