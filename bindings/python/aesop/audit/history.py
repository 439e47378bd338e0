"""History: the log as runs, and a run as visits of its steps. Built from the events alone."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .client import AuditError, instant, plain
from .findings import Cite

__all__ = ["Clock", "Entry", "Run", "Visit", "runs_of"]

WORK = ("task", "approval")  # what falls to people


@dataclass(frozen=True)
class Entry:
    """An entry of the log as docs/events.md has it. `recorded` is when the engine was told."""

    seq: int
    kind: str
    type: str
    at: datetime
    recorded: datetime
    occurred_at: datetime | None
    run: str
    revision: int
    actor: str
    roles: tuple[str, ...]
    scope: str
    command_id: str
    control: Mapping[str, Any]
    data: Any
    erased: bool
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Entry":
        """From a row of the command `events`. AuditError when it is none."""
        try:
            at = instant(row["at"])
            told = instant(row["recorded"]) if row.get("recorded") is not None else at
            occurred = instant(row["occurred_at"]) if row.get("occurred_at") is not None else None
            control = plain(row.get("control") or {})
            return cls(int(row["seq"]), str(row["kind"]), str(row["type"]), at, told, occurred, str(row.get("run") or ""),
                       int(row.get("run_seq") or 0), str(row.get("actor") or ""), tuple(row.get("roles") or ()),
                       str(row.get("scope") or ""), str(row.get("command_id") or ""), control, plain(row.get("data")),
                       bool(row.get("erased")), plain(row))
        except (KeyError, TypeError, ValueError) as error:
            raise AuditError(f"an entry of the log is not readable: {error!r}", code="corrupt") from None

    @property
    def cite(self) -> Cite:
        return Cite(self.seq, self.run, self.revision)

    @property
    def occurred(self) -> datetime:
        """When it happened: what was told late counts where it belongs."""
        return self.occurred_at or self.at


@dataclass
class Visit:
    """One visit of one step."""

    token: int
    instance: int
    step: str
    kind: str
    number: int
    entered: Entry
    roles: frozenset[str]
    managers: frozenset[str]
    reviewer: str
    candidates: frozenset[str]
    excluded: frozenset[str]
    clock: str = ""
    due: datetime | None = None
    review_due: datetime | None = None
    owner: str = ""
    completed: Entry | None = None
    reviewed: Entry | None = None
    returned: Entry | None = None
    left: Entry | None = None
    ticks: dict[str, Entry] = field(default_factory=dict)
    evidence: dict[str, list[Entry]] = field(default_factory=dict)
    voices: list[Entry] = field(default_factory=list)
    requested: list[Entry] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """How it was left: completed, skipped, lapsed, failed, withdrawn, not_applicable; empty: not yet."""
        return str(self.left.control.get("reason", "")) if self.left else ""

    @property
    def done_by(self) -> tuple[str, ...]:
        """Who did it: who completed the task, or every voice of the approval."""
        people = [self.completed] if self.completed else self.voices
        return tuple(dict.fromkeys(one.actor for one in people if one.actor))

    @property
    def done_at(self) -> datetime | None:
        """When it was done, not when a review of it ended."""
        if self.completed:
            return self.completed.occurred
        return self.left.occurred if self.left else None


@dataclass
class Clock:
    """One occurrence of a clock of a stage or case, or the acknowledgement of a handoff."""

    id: str
    kind: str
    started: Entry
    due: datetime | None
    stopped: Entry | None = None


@dataclass
class Run:
    """A run and everything about it, in the order of its log."""

    id: str
    started: Entry
    events: list[Entry] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    moves: list[tuple[Entry, str, str, str]] = field(default_factory=list)  # event, from, to, block it opens
    strays: list[Entry] = field(default_factory=list)  # events of a step that is not open
    exceptions: dict[str, list[Entry]] = field(default_factory=dict)
    incidents: dict[str, list[Entry]] = field(default_factory=dict)
    clocks: list[Clock] = field(default_factory=list)
    closed: Entry | None = None

    @property
    def sop(self) -> str:
        return str(self.started.control["sop"])

    @property
    def version(self) -> str:
        return str(self.started.control["sop_version"])

    @property
    def subject(self) -> str:
        return str(self.started.control.get("subject", ""))

    @property
    def scope(self) -> str:
        return str(self.started.control.get("scope", ""))

    @property
    def thread(self) -> str:
        return str(self.started.control.get("thread", self.id))

    @property
    def outcome(self) -> str:
        return str(self.closed.control.get("outcome", "")) if self.closed else ""

    def path(self, *, instances: bool = False) -> tuple[str, ...]:
        """The steps as they were entered; `instances`: also those inside an `each`."""
        return tuple(one.step for one in self.visits if instances or one.instance == 0)


def runs_of(entries: Iterable[Entry]) -> dict[str, Run]:
    """The runs of a log, in the order they began."""
    readers: dict[str, _Reader] = {}
    for entry in entries:
        if entry.kind != "event":
            continue
        if entry.type == "run_started":
            readers[entry.run] = _Reader(Run(entry.run, entry))
        if entry.run not in readers:
            raise AuditError(f"entry {entry.seq} is of a run that has not begun", code="corrupt")
        readers[entry.run].read(entry)
    return {id: reader.run for id, reader in readers.items()}


class _Reader:
    """Reads the events of one run. Remembers what is open: visits by token, clocks by id."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._open: dict[int, Visit] = {}
        self._clocks: dict[str, Clock] = {}

    def read(self, event: Entry) -> None:
        run, control = self.run, event.control
        run.events.append(event)
        block = str(control.get("step", "")) if event.type == "instance_opened" else ""
        for move in control.get("moves") or []:
            run.moves.append((event, str(move.get("from", "")), str(move["to"]), block))
        for armed in control.get("clocks") or []:
            self._arm(event, armed)
        handler = getattr(self, "_" + event.type, None)
        if handler is not None:
            handler(event, control)
        elif event.type.startswith(("exception_", "emergency_")):
            run.exceptions.setdefault(str(control["id"]), []).append(event)
        elif event.type.startswith("incident_"):
            run.incidents.setdefault(str(control["id"]), []).append(event)

    def _visit(self, event: Entry) -> Visit | None:
        found = self._open.get(int(event.control.get("token", 0)))
        if found is None:
            self.run.strays.append(event)
        return found

    def _arm(self, event: Entry, armed: Mapping[str, Any]) -> None:
        kind = str(armed.get("kind", ""))
        due = instant(armed["due"]) if armed.get("due") else None
        if event.type in ("run_resumed", "task_resumed"):
            self._move(str(armed["id"]), due)
        elif kind == "handoff":
            self._start(Clock(str(armed["id"]), kind, event, due))

    def _start(self, clock: Clock) -> None:
        self._clocks[clock.id] = clock
        self.run.clocks.append(clock)

    def _move(self, id: str, due: datetime | None) -> None:
        for visit in self._open.values():
            if visit.clock == id:
                visit.due = due
            if id and id == visit.clock.replace("step.", "review.", 1) and visit.completed:
                visit.review_due = due
        if id in self._clocks:
            self._clocks[id].due = due

    def _step_entered(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = Visit(int(control["token"]), int(control.get("instance", 0)), str(control["step"]), str(control["kind"]),
                      int(control.get("visit", 1)), event, frozenset(control.get("roles") or ()),
                      frozenset(control.get("managers") or ()), str(control.get("reviewer") or ""),
                      frozenset(control.get("candidates") or ()), frozenset(control.get("excluded") or ()))
        for armed in control.get("clocks") or []:
            if armed.get("kind") == "step":
                visit.clock = str(armed["id"])
                visit.due = instant(armed["due"]) if armed.get("due") else None
        self._open[visit.token] = visit
        self.run.visits.append(visit)

    def _step_left(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._open.pop(int(control["token"]), None)
        if visit is not None and visit.step == control["step"]:
            visit.left = event

    def _rework_returned(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.returned = event
            del self._open[visit.token]

    def _task_completed(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.completed = event

    def _service_completed(self, event: Entry, control: Mapping[str, Any]) -> None:
        self._task_completed(event, control)

    def _service_requested(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.requested.append(event)

    def _review_accepted(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.reviewed = event

    def _approval_decided(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.voices.append(event)

    def _item_ticked(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.ticks[str(control["item"])] = event

    def _item_unticked(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.ticks.pop(str(control["item"]), None)

    def _evidence_attached(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.evidence.setdefault(str(control.get("item", "")), []).append(event)

    def _owned(self, event: Entry, owner: str) -> None:
        visit = self._visit(event)
        if visit:
            visit.owner = owner

    def _task_claimed(self, event: Entry, control: Mapping[str, Any]) -> None:
        self._owned(event, event.actor)

    def _task_started(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.owner = visit.owner or event.actor

    def _task_released(self, event: Entry, control: Mapping[str, Any]) -> None:
        self._owned(event, "")

    def _task_delegated(self, event: Entry, control: Mapping[str, Any]) -> None:
        self._owned(event, str(control["to"]))

    def _task_forwarded(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.owner = ""
            visit.excluded |= {str(control.get("by", ""))}

    def _task_reassigned(self, event: Entry, control: Mapping[str, Any]) -> None:
        visit = self._visit(event)
        if visit:
            visit.roles = frozenset(control.get("roles") or ())
            visit.candidates = frozenset(control.get("candidates") or ())
            visit.owner = ""

    def _clock_started(self, event: Entry, control: Mapping[str, Any]) -> None:
        clock = control["clock"]
        id, kind = str(clock["id"]), str(clock.get("kind", ""))
        due = instant(clock["due"]) if clock.get("due") else None
        if kind in ("stage", "case"):
            self._start(Clock(id, kind, event, due))
            return
        visit = self._open.get(int(clock.get("token", 0)))
        if visit and id.startswith("review."):
            visit.review_due = due
        elif visit and kind == "step":
            visit.clock, visit.due = id, due

    def _clock_rescheduled(self, event: Entry, control: Mapping[str, Any]) -> None:
        clock = control["clock"]
        self._move(str(clock["id"]), instant(clock["due"]) if clock.get("due") else None)

    def _clock_stopped(self, event: Entry, control: Mapping[str, Any]) -> None:
        clock = self._clocks.pop(str(control["clock"]), None)
        if clock:
            clock.stopped = event

    def _handoff_acknowledged(self, event: Entry, control: Mapping[str, Any]) -> None:
        clock = self._clocks.pop(f"handoff.{control['id']}", None)
        if clock:
            clock.stopped = event

    def _instance_closed(self, event: Entry, control: Mapping[str, Any]) -> None:
        for token in [token for token, visit in self._open.items() if visit.instance == control.get("instance")]:
            del self._open[token]

    def _run_closed(self, event: Entry, control: Mapping[str, Any]) -> None:
        self.run.closed = event
        self._open.clear()
