"""Procedure: a published SOP as the audit reads it, from its text: who does what, which way leads where, what has to be
ticked and proven. Read independently of the engine, so that a run is held against the document itself."""
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from .client import AuditError

__all__ = ["Item", "Policy", "Procedure", "Step", "span"]

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def span(phrase: object) -> timedelta | None:
    """Elapsed time: "24 hours", "3 days", "PT24H", a timedelta. None for what is none (business time, a parameter)."""
    if isinstance(phrase, timedelta):
        return phrase
    if not isinstance(phrase, str):
        return None
    text = phrase.strip()
    words = re.fullmatch(r"(\d+(?:\.\d+)?) (second|minute|hour|day|week)s?", text)
    if words:
        return timedelta(microseconds=int(Decimal(words[1]) * _UNITS[words[2]] * 1_000_000))
    iso = _ISO.fullmatch(text)
    if iso and text not in ("P", "PT"):
        days, hours, minutes, seconds = (Decimal(part or 0) for part in iso.groups())
        total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        return timedelta(microseconds=int(total * 1_000_000))
    return None


@dataclass(frozen=True)
class Item:
    """A line of a checklist."""

    id: str
    title: str
    enforce: str
    evidence: str  # file, photo, reading, signature; empty: none is demanded
    conditional: bool


@dataclass(frozen=True)
class Policy:
    """An exceptions policy."""

    id: str
    allows: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A step of the document."""

    id: str
    kind: str
    title: str
    responsible: frozenset[str]
    approvers: frozenset[str]
    review: str
    enforce: str
    exclude: tuple[str, ...]
    checklist: tuple[Item, ...]
    gate: str
    block: str  # the `each` it is in; empty: none


@dataclass
class Procedure:
    """A version of an SOP. REQUIRES: a text the engine published; AuditError when it is not readable."""

    sop: str
    version: str
    hash: str
    text: str
    shown: str
    source: dict[str, Any]
    steps: dict[str, Step] = field(default_factory=dict)
    ways: set[tuple[str, str]] = field(default_factory=set)
    anywhere: set[str] = field(default_factory=set)
    ladders: dict[str, set[str]] = field(default_factory=dict)  # of a step, stage or clock: where its rungs lead
    first: dict[str, str] = field(default_factory=dict)  # of the procedure (""), and of each block

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Procedure":
        """From the answer of the command `sop`."""
        text = str(answer["text"])
        try:
            source = json.loads(_COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else " ", text),
                                parse_float=Decimal)
        except ValueError as error:
            raise AuditError(f"the text of {answer['sop']} {answer['version']} is not readable: {error}",
                             code="parse-error") from None
        made = cls(str(answer["sop"]), str(answer["version"]), str(answer["hash"]), text, str(answer.get("show", "")),
                   source)
        made._block(source.get("steps", []), "")
        for ref, row in (*_member(source, "clocks").items(), *_member(source, "stages").items()):
            made.ladders[str(ref)] = _rungs(row.get("escalate"))
            made.anywhere |= made.ladders[str(ref)]
        made.anywhere.update(_texts(_member(source, "incidents").get("go")))
        return made

    @property
    def policies(self) -> dict[str, Policy]:
        rows = _member(self.source, "exceptions")
        return {id: Policy(id, str(row.get("allows", "")), tuple(_texts(row.get("documents")))) for id, row in rows.items()}

    @property
    def late_facts(self) -> timedelta | None:
        """How late a fact may be told; None when the SOP does not say, or not in elapsed time."""
        return span(_member(self.source, "late_facts").get("within"))

    @property
    def kpis(self) -> dict[str, dict[str, Any]]:
        return dict(_member(self.source, "kpis"))

    def leads(self, origin: str, to: str) -> bool:
        """Whether the document has a way from one step to the other."""
        return origin == to or (origin, to) in self.ways or to in self.anywhere

    def _block(self, rows: Iterable[Mapping[str, Any]], block: str) -> None:
        listed = list(rows)
        for place, row in enumerate(listed):
            following = str(listed[place + 1]["id"]) if place + 1 < len(listed) else ""
            self.first.setdefault(block, str(row["id"]))
            self._step(row, following, block)

    def _step(self, row: Mapping[str, Any], following: str, block: str) -> None:
        id, kind = str(row["id"]), str(row.get("kind", "task"))
        raci = _member(row, "raci")
        self.steps[id] = Step(
            id, kind, str(row.get("title", "")), frozenset(_texts(raci.get("responsible"))),
            frozenset(_roles(row.get("approvers"))), str(row.get("review") or ""), str(row.get("enforce", "must")),
            tuple(_texts(row.get("exclude"))), tuple(_items(row.get("checklist"), str(row.get("enforce", "must")))),
            str(row.get("gate") or ""), block)
        to: set[str] = {*_branches(row.get("next")), *_texts(row.get("skipped")), *_texts(row.get("on_failure")),
                        *_texts(row.get("go")), *_rungs(row.get("escalate")),
                        *_texts(_member(row, "incidents").get("go"))}
        for way in row.get("for") or []:
            to.update(_texts(way.get("go")) or [following])
        if "next" not in row and kind not in ("parallel", "wait", "end"):
            to.add(following)
        self.ladders[id] = _rungs(row.get("escalate"))
        self.ways.update((id, one) for one in to if one)
        if kind == "each":
            self._block(row.get("run") or [], id)


def _member(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = row.get(key)
    return found if isinstance(found, Mapping) else {}


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def _roles(value: Any) -> set[str]:
    """Roles of `approvers`: a role, a list, or a rule over them such as {"any_of": [...]}, however nested."""
    if isinstance(value, Mapping):
        return {role for one in value.values() for role in _roles(one)}
    if isinstance(value, list):
        return {role for one in value for role in _roles(one)}
    return {value} if isinstance(value, str) else set()


def _branches(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, Mapping):  # of an approval: {"approved": ID, "refused": ID}
        named = (value.get(key) for key in ("go", "else", "approved", "refused"))
        return {to for one in named for to in _branches(one)}
    return {to for one in value for to in _branches(one)} if isinstance(value, list) else set()


def _rungs(value: Any) -> set[str]:
    return {to for rung in value or [] for key in ("go", "also") for to in _texts(rung.get(key))}


def _items(value: Any, enforce: str) -> Iterable[Item]:
    for number, one in enumerate(value or [], 1):
        row: Mapping[str, Any] = {"item": one} if isinstance(one, str) else one
        evidence = row.get("evidence")
        kind = evidence.get("kind", "") if isinstance(evidence, Mapping) else evidence
        yield Item(str(row.get("id") or number), str(row.get("item", "")), str(row.get("enforce", enforce)),
                   str(kind or ""), "when" in row)
