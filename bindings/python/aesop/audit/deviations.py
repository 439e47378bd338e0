"""Conformance: every run held against the version of the SOP it is pinned to.

(1) Read from the events and the document alone; the engine is not asked what it thinks.
(2) A late completion, a missed step and items left undone are what the engine's own measure counts
    (docs/audits.md, adherence()): this file names the visits behind those numbers.
(3) A checklist item with a condition is looked at only where the engine recorded it as undone: whether it was in
    force is for the rules to say.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .book import Book
from .client import time_text
from .findings import Finding, Findings, finding
from .grants import Grants
from .history import WORK, Entry, Run, Visit
from .procedure import Procedure, Step

__all__ = ["Adherence", "adherence", "conformance"]


def conformance(book: Book, *, sop: str | None = None) -> Findings:
    """What deviates, in all runs or those of one SOP. AuditError when an SOP's text cannot be had."""
    grants = Grants(book.entries)
    found: list[Finding] = []
    for run in book.chosen(sop):
        audit = _RunAudit(run, book.procedure_of(run), grants, book)
        found.extend(audit.findings())
    return Findings(found)


class _RunAudit:
    def __init__(self, run: Run, procedure: Procedure, grants: Grants, book: Book) -> None:
        self.run, self.procedure, self.grants, self.as_of = run, procedure, grants, book.as_of

    def findings(self) -> Iterator[Finding]:
        yield from self._version()
        yield from self._ways()
        for visit in self.run.visits:
            step = self.procedure.steps.get(visit.step)
            if step is None:
                yield self._of(visit, "not-a-way", "the SOP has no such step", visit.entered)
                continue
            yield from self._left(visit)
            yield from self._people(visit, step)
            yield from self._times(visit)
            if visit.kind == "task" and visit.completed:
                yield from self._checklist(visit, step, visit.completed)
        yield from self._exceptions()
        yield from self._clocks()
        for steps in self.run.incidents.values():
            if all(one.type != "incident_resolved" for one in steps) and not self.run.closed:
                yield self._found("incident-open", f"an incident of kind {steps[0].control.get('kind', '')} is open",
                                  steps[0], step=str(steps[0].control.get("step") or ""))

    def _found(self, rule: str, message: str, *cites: Entry, step: str = "", severity: str = "",
               persons: tuple[str, ...] = ()) -> Finding:
        return finding(rule, message, severity=severity, run=self.run.id, subject=self.run.subject, scope=self.run.scope,
                       step=step, persons=persons, cites=[one.cite for one in cites])

    def _of(self, visit: Visit, rule: str, message: str, *cites: Entry, severity: str = "",
            persons: tuple[str, ...] = ()) -> Finding:
        return self._found(rule, message, *cites, step=visit.step, severity=severity, persons=persons)

    def _version(self) -> Iterator[Finding]:
        if self.run.started.control.get("plan_hash") != self.procedure.hash:
            yield self._found("not-the-published-text", f"the run is pinned to another text than the published "
                              f"{self.procedure.sop} {self.procedure.version}", self.run.started)

    def _ways(self) -> Iterator[Finding]:
        known = set(self.run.incidents) | set(self.run.exceptions)
        for event, origin, to, block in self.run.moves:
            if str(event.control.get("cause", "")) in known and origin:
                continue  # people decided, within what `incidents` allows: the engine's own audit of it is the event
            if event.type == "rung_fired" and not origin:  # a further token, beside what goes on
                fine = to in self.procedure.ladders.get(str(event.control.get("ref", "")), ())
            elif not origin:
                fine = self.procedure.first.get(block) == to
            else:
                fine = self.procedure.leads(origin, to)
            if not fine:
                where = f"from {origin} " if origin else ""
                yield self._found("not-a-way", f"the run went {where}to {to}, where the SOP has no way", event, step=to)
        for stray in self.run.strays:
            yield self._found("out-of-order", f"{stray.type} of a step that was not open", stray,
                              step=str(stray.control.get("step", "")), persons=(stray.actor,))

    def _left(self, visit: Visit) -> Iterator[Finding]:
        left = visit.left
        if left is None:
            return
        if visit.reason == "completed" and visit.kind == "task" and visit.completed is None:
            yield self._of(visit, "left-without-completion", "the step counts as done and nobody completed it",
                           visit.entered, left, persons=(left.actor,))
        if visit.reason == "completed" and visit.kind == "approval" and not visit.voices:
            yield self._of(visit, "left-without-completion", "the step counts as approved and nobody gave a voice",
                           visit.entered, left, persons=(left.actor,))
        if visit.reason == "skipped" and not any(
                one.type == "exception_used" and one.control.get("token") == visit.token
                and visit.entered.seq < one.seq <= left.seq
                for steps in self.run.exceptions.values() for one in steps):
            yield self._of(visit, "skipped-without-exception", "the step was skipped and no exception was used for it",
                           left, persons=(left.actor,))
        if visit.reason in ("lapsed", "failed"):
            yield self._of(visit, "missed", f"the step {visit.reason}", left)

    def _people(self, visit: Visit, step: Step) -> Iterator[Finding]:
        if visit.kind not in WORK:
            return
        asked = step.approvers if visit.kind == "approval" else step.responsible
        entered = frozenset(visit.entered.control.get("roles") or ())
        if asked and entered != asked:
            yield self._of(visit, "wrong-roles-asked", f"the SOP gives the step to {_list(asked)}, "
                           f"the run gave it to {_list(entered)}", visit.entered)
        for act in [visit.completed] if visit.completed else visit.voices:
            if not act.actor:
                continue
            roles = frozenset([str(act.control["role"])]) if "role" in act.control else frozenset(act.roles)
            if act.actor in visit.excluded:
                yield self._of(visit, "wrong-person", "it was done by a person kept out of the step", visit.entered, act,
                               persons=(act.actor,))
            elif act.actor != visit.owner and not roles & visit.roles:
                yield self._of(visit, "wrong-person", f"it was done in the role {_list(roles)}, and is for "
                               f"{_list(visit.roles)}", visit.entered, act, persons=(act.actor,))
            yield from self._granted(visit, act, (roles & visit.roles) or roles)
        if visit.reviewed:
            if visit.reviewer and visit.reviewer not in visit.reviewed.roles:
                yield self._of(visit, "wrong-person", f"it was reviewed in the role {_list(visit.reviewed.roles)}, and "
                               f"the review is for {visit.reviewer}", visit.reviewed, persons=(visit.reviewed.actor,))
            yield from self._granted(visit, visit.reviewed, frozenset([visit.reviewer]))

    def _granted(self, visit: Visit, act: Entry, roles: frozenset[str]) -> Iterator[Finding]:
        if self.grants.knows(act.seq) and not self.grants.holds(act.actor, roles, self.run.scope, act.seq):
            yield self._of(visit, "not-granted", f"the person held no grant of {_list(roles)} for this scope", act,
                           persons=(act.actor,))

    def _times(self, visit: Visit) -> Iterator[Finding]:
        if visit.kind not in WORK:
            return
        if visit.reason == "completed" and visit.left and visit.due and visit.done_at and visit.done_at > visit.due:
            yield self._of(visit, "late", f"due {time_text(visit.due)}, done {time_text(visit.done_at)}",
                           visit.entered, visit.completed or visit.left, persons=visit.done_by)
        if visit.reviewed and visit.review_due and visit.reviewed.occurred > visit.review_due:
            yield self._of(visit, "review-late", f"review due {time_text(visit.review_due)}, accepted "
                           f"{time_text(visit.reviewed.occurred)}", visit.reviewed, persons=(visit.reviewed.actor,))
        still_open = not (visit.left or visit.returned or visit.completed or self.run.closed)
        if still_open and visit.due and visit.due < self.as_of:
            yield self._of(visit, "overdue", f"due {time_text(visit.due)}, not done", visit.entered)

    def _checklist(self, visit: Visit, step: Step, done: Entry) -> Iterator[Finding]:
        undone = {str(one) for one in done.control.get("undone") or ()}
        excused = bool(done.control.get("exceptions"))
        reasons = (done.data or {}).get("reasons") or {} if isinstance(done.data, dict) else {}
        for item in step.checklist:
            who = (done.actor,)
            if item.id in visit.ticks:
                tick = visit.ticks[item.id]
                kept = tick.control.get("reading") if item.evidence == "reading" else visit.evidence.get(item.id)
                if item.evidence and not kept:
                    yield self._of(visit, "evidence-missing", f"item {item.id} is ticked, and no {item.evidence} is kept",
                                   tick, done, persons=(tick.actor,), severity="" if item.enforce.startswith("must") else
                                   "low")
            elif item.id in undone:
                if item.enforce == "must-unless-documented" and not excused and not reasons.get(item.id) and not done.erased:
                    yield self._of(visit, "item-undone-without-reason", f"item {item.id} was left undone without a reason "
                                   "or exception", done, persons=who)
                else:
                    yield self._of(visit, "item-left-undone", f"item {item.id} ({item.enforce}) was left undone", done,
                                   persons=who, severity="info" if item.enforce == "could" else "")
            elif item.enforce == "must" and not item.conditional:
                yield self._of(visit, "item-not-done", f"item {item.id} must be done and is not ticked", done, persons=who)

    def _exceptions(self) -> Iterator[Finding]:
        policies = self.procedure.policies
        for entries in self.run.exceptions.values():
            types = {one.type: one for one in entries}
            begun = types.get("exception_requested") or types.get("emergency_invoked") or entries[0]
            policy = policies.get(str(begun.control.get("policy", "")))
            step = str(begun.control.get("step") or "")
            used = types.get("exception_used")
            if used and "exception_approved" not in types and "emergency_invoked" not in types:
                yield self._found("exception-not-approved", "an exception was used that nobody had approved", begun, used,
                                  step=step, persons=(used.actor,))
            if policy is None or (policy.allows and begun.control.get("allows") != policy.allows):
                yield self._found("exception-not-approved", "the SOP has no policy for this deviation", begun, step=step,
                                  persons=(begun.actor,))
            elif len(begun.control.get("documents") or ()) < len(policy.documents):
                given = len(begun.control.get("documents") or ())
                yield self._found("exception-without-documents", f"the policy demands {len(policy.documents)} documents "
                                  f"({', '.join(policy.documents)}), {given} are there", begun, step=step,
                                  persons=(begun.actor,))
            reviewed, overdue = types.get("emergency_reviewed"), types.get("emergency_review_overdue")
            if overdue:
                how = "after its time was over" if reviewed else "not yet, and its time is over"
                yield self._found("emergency-not-reviewed", f"the emergency was reviewed {how}", begun, overdue,
                                  *([reviewed] if reviewed else []), step=step, severity="low" if reviewed else "")
            if reviewed and reviewed.control.get("justified") is False:
                yield self._found("emergency-unjustified", "the review found the emergency not justified", begun, reviewed,
                                  step=step, persons=(begun.actor,))

    def _clocks(self) -> Iterator[Finding]:
        for clock in self.run.clocks:
            end = clock.stopped.occurred if clock.stopped else self.as_of
            if clock.due is None or end <= clock.due or (not clock.stopped and self.run.closed and clock.kind != "handoff"):
                continue
            rule = "handoff-late" if clock.kind == "handoff" else "clock-late"
            how = f"stopped {time_text(end)}" if clock.stopped else "still open"
            yield self._found(rule, f"{clock.id} was due {time_text(clock.due)}, {how}", clock.started,
                              *([clock.stopped] if clock.stopped else []))


def _list(roles: "frozenset[str] | tuple[str, ...]") -> str:
    return ", ".join(sorted(roles)) or "none"


@dataclass(frozen=True)
class Adherence:
    """Of the visits that fell to people, how many were done as the SOP says; as include/aesop/measure/adherence.hpp.
    due = conforming + late + incomplete + missed."""

    due: int = 0
    conforming: int = 0
    late: int = 0
    incomplete: int = 0
    missed: int = 0
    excepted: int = 0
    runs: int = 0
    strict_runs: int = 0


def adherence(book: Book, *, sop: str | None = None, scope: str = "") -> Adherence:
    """The engine's measure, made again from the events. `scope`: runs there and below."""
    total = dict.fromkeys(Adherence.__dataclass_fields__, 0)
    for run in book.chosen(sop):
        if not _within(scope, run.scope):
            continue
        fates = [fate for visit in run.visits if (fate := _fate(visit)) is not None]
        for fate in fates:
            total[fate] += 1
        due = [fate for fate in fates if fate != "excepted"]
        total["due"] += len(due)
        if run.closed:
            total["runs"] += 1
            total["strict_runs"] += all(fate == "conforming" for fate in due)
    return Adherence(**total)


def _fate(visit: Visit) -> str | None:
    """What became of a visit; None: it does not count (not over, withdrawn, not applicable, sent back)."""
    if visit.kind not in WORK or visit.left is None or visit.reason in ("withdrawn", "not_applicable"):
        return None
    if visit.reason == "skipped":
        return "excepted"
    if visit.reason != "completed":
        return "missed"
    done = visit.done_at
    if visit.due and done and done > visit.due:
        return "late"
    return "incomplete" if visit.completed and visit.completed.control.get("undone") else "conforming"


def _within(outer: str, inner: str) -> bool:
    return not outer or inner == outer or inner.startswith(outer + "/")
