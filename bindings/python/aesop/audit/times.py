"""Times: entries told later than they happened, and clocks that went back.

`occurred_at` is when something happened, `at` when it was decided, `recorded` when the engine was told (docs/events.md).
"""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from .book import Book
from .client import time_text
from .findings import Finding, Findings, finding
from .history import Entry

__all__ = ["back_dated"]


def back_dated(book: Book, *, tolerance: timedelta | None = None, drift: timedelta = timedelta(minutes=5)) -> Findings:
    """Facts told more than `tolerance` after they happened, and commands whose clock had gone back by more than `drift`.

    Without a tolerance each run has that of its SOP (`late_facts.within`); an SOP that names none allows none beyond
    `drift`.
    """
    found: list[Finding] = []
    latest: tuple[datetime, Entry] | None = None
    for entry in book.entries:
        found.extend(_late(book, entry, tolerance, drift))
        if entry.kind == "event" and entry.at - entry.recorded > drift:
            found.append(_about(book, entry, "clock-went-back", f"decided as of {time_text(entry.at)}, told at "
                                f"{time_text(entry.recorded)}: the host's clock had gone back", [entry]))
        if latest and latest[0] - entry.recorded > drift and entry.command_id != latest[1].command_id:
            found.append(_about(book, entry, "told-out-of-order", f"told at {time_text(entry.recorded)}, after an entry "
                                f"told at {time_text(latest[0])}", [latest[1], entry]))
        if not latest or entry.recorded > latest[0]:
            latest = (entry.recorded, entry)
    return Findings(_once(found))


def _late(book: Book, entry: Entry, tolerance: timedelta | None, drift: timedelta) -> Iterator[Finding]:
    if entry.kind != "event" or entry.occurred_at is None or not entry.command_id:
        return
    run = book.runs[entry.run]
    allowed = tolerance if tolerance is not None else book.procedure_of(run).late_facts or drift
    late = entry.recorded - entry.occurred_at
    if late > allowed:
        yield _about(book, entry, "back-dated", f"told at {time_text(entry.recorded)}, as of "
                     f"{time_text(entry.occurred_at)}", [entry])


def _about(book: Book, entry: Entry, rule: str, message: str, cites: list[Entry]) -> Finding:
    run = book.runs.get(entry.run)
    return finding(rule, message, run=entry.run, subject=run.subject if run else "", scope=run.scope if run else entry.scope,
                   step=str(entry.control.get("step") or ""), persons=[entry.actor], cites=[one.cite for one in cites])


def _once(found: list[Finding]) -> Iterator[Finding]:
    """One finding a command: what follows from it has the same times."""
    seen: set[tuple[str, str, str]] = set()
    for one in found:
        key = (one.rule, one.run, one.message)
        if key not in seen:
            seen.add(key)
            yield one
