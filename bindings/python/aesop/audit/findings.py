"""Findings: what an audit found, where it stands in the log, how grave it is. No message names a person or a subject;
they stand in members of their own, so that a finding can be shown without them."""
from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, overload

__all__ = ["Cite", "Finding", "Findings", "RULES", "Rule", "SEVERITIES"]

SEVERITIES = ("high", "medium", "low", "info")


@dataclass(frozen=True, order=True)
class Cite:
    """An entry of the log: its number, and for an event its run and the run's revision."""

    seq: int
    run: str = ""
    revision: int = 0

    def __str__(self) -> str:
        return f"{self.run}@{self.revision} (#{self.seq})" if self.run else f"#{self.seq}"


@dataclass(frozen=True)
class Rule:
    """A rule of the audit: its id, its severity, and where the demand comes from."""

    id: str
    severity: str
    source: str


def _rules(*rows: tuple[str, str, str]) -> dict[str, Rule]:
    return {id: Rule(id, severity, source) for id, severity, source in rows}


# docs/audits.md explains each; a test holds the two together.
RULES = _rules(
    # conformance
    ("not-the-published-text", "high", "sops: hash of the version the run is pinned to"),
    ("not-a-way", "high", "SOP: next, on_failure, escalate, skipped, incidents"),
    ("out-of-order", "high", "events of a step come after its entry"),
    ("left-without-completion", "high", "task_completed before step_left"),
    ("skipped-without-exception", "high", "SOP: exceptions"),
    ("exception-not-approved", "high", "SOP: exceptions.approvers"),
    ("exception-without-documents", "medium", "SOP: exceptions.documents"),
    ("emergency-not-reviewed", "medium", "SOP: exceptions.emergency.review_within"),
    ("emergency-unjustified", "high", "emergency_reviewed"),
    ("wrong-person", "high", "SOP: raci; step_entered.roles, candidates and excluded"),
    ("not-granted", "high", "person_put: who holds which role where"),
    ("wrong-roles-asked", "high", "SOP: raci.responsible, approvers"),
    ("item-not-done", "high", "SOP: checklist with enforce must"),
    ("item-left-undone", "low", "task_completed.undone"),
    ("item-undone-without-reason", "medium", "SOP: checklist with enforce must-unless-documented"),
    ("evidence-missing", "high", "SOP: checklist.evidence"),
    ("late", "medium", "SOP: due"),
    ("review-late", "low", "SOP: due, for the review"),
    ("missed", "medium", "step_left: lapsed or failed"),
    ("overdue", "medium", "SOP: due, at the moment of the audit"),
    ("clock-late", "low", "SOP: clocks, stages"),
    ("handoff-late", "low", "SOP: handoffs.acknowledge_within"),
    ("incident-open", "medium", "incident_raised"),
    # a population
    ("work-without-run", "high", "the extract"),
    ("act-without-gate", "high", "the extract; SOP: gates"),
    ("same-person-in-extract", "high", "the extract"),
    # people
    ("reviewer-did-the-work", "high", "SOP: review"),
    ("approver-asked-for-it", "high", "SOP: exceptions.approvers"),
    ("excluded-person-acted", "high", "SOP: exclude"),
    ("same-person", "high", "the pair asked for"),
    # time
    ("back-dated", "medium", "occurred_at against at; SOP: late_facts.within"),
    ("clock-went-back", "medium", "recorded against at"),
    ("told-out-of-order", "low", "recorded, along the log"),
)


@dataclass(frozen=True)
class Finding:
    """One deviation. `cites` are the entries behind it; a finding that says something is absent cites what is there."""

    rule: str
    message: str
    severity: str
    run: str = ""
    subject: str = ""
    scope: str = ""
    step: str = ""
    persons: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()

    def row(self) -> dict[str, Any]:
        """The finding as one row: the columns of docs/audits.md."""
        return {
            "rule": self.rule, "severity": self.severity, "run": self.run, "subject": self.subject, "scope": self.scope,
            "step": self.step, "persons": list(self.persons), "message": self.message,
            "events": [{"run": one.run, "revision": one.revision, "seq": one.seq} for one in self.cites],
        }


def finding(rule: str, message: str, *, severity: str = "", run: str = "", subject: str = "", scope: str = "",
            step: str = "", persons: Iterable[str] = (), cites: Iterable[Cite] = ()) -> Finding:
    """A finding of a known rule, with the rule's severity unless another is given."""
    return Finding(rule, message, severity or RULES[rule].severity, run, subject, scope, step,
                   tuple(dict.fromkeys(one for one in persons if one)), tuple(dict.fromkeys(cites)))


class Findings(Sequence[Finding]):
    """Findings in order: the gravest first, then by subject, place in the log and rule. Immutable."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = sorted(found, key=lambda one: (
            SEVERITIES.index(one.severity), one.subject, one.cites[0].seq if one.cites else 0, one.rule, one.message))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...

    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __add__(self, other: Iterable[Finding]) -> "Findings":
        return Findings([*self._found, *other])

    def of(self, *rules: str) -> "Findings":
        """Those of these rules."""
        return self.where(lambda one: one.rule in rules)

    def where(self, wanted: Callable[[Finding], bool]) -> "Findings":
        return Findings(one for one in self._found if wanted(one))

    def subjects(self) -> list[str]:
        """The subjects there are findings about, each once, in order."""
        return sorted({one.subject for one in self._found if one.subject})

    def counts(self) -> dict[str, int]:
        """How many findings each rule has, in the order of RULES."""
        tally = {rule: 0 for rule in RULES}
        for one in self._found:
            tally[one.rule] += 1
        return {rule: count for rule, count in tally.items() if count}

    def rows(self) -> list[dict[str, Any]]:
        return [one.row() for one in self._found]

    def csv(self) -> str:
        """Comma-separated, a line a finding; lists within a cell are separated by spaces."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["rule", "severity", "run", "subject", "scope", "step", "persons", "message", "events"])
        for one in self._found:
            writer.writerow([one.rule, one.severity, one.run, one.subject, one.scope, one.step, " ".join(one.persons),
                             one.message, " ".join(str(cite.seq) for cite in one.cites)])
        return out.getvalue()

    def df(self) -> Any:
        """As a pandas DataFrame with the columns of row(). ImportError when pandas is not installed."""
        pandas = import_module("pandas")
        columns = ["rule", "severity", "run", "subject", "scope", "step", "persons", "message", "events"]
        return pandas.DataFrame(self.rows(), columns=columns)
