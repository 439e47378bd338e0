"""Gates without a run: may this go ahead?"""
from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from typing import Any, Union

from . import _aesop
from ._commands import Time, _mismatch, _moment
from .sop import Sop, load

__all__ = ["Gate", "GateVerdict"]


@dataclasses.dataclass(frozen=True)
class GateVerdict:
    """What a gate answered: `verdict` is block, warn or pass. True when nothing blocks.

    `failures` are the checks that did not hold, each with `check`, `enforce`, `message` and perhaps `fix` and
    `exception`; `receipt` binds facts, rules, verdict and time. `answer` is the whole answer, which Engine.record_gate
    takes.
    """

    verdict: str
    gate: str
    blocked: list[str]
    warned: list[str]
    failures: list[dict[str, Any]]
    applied: list[str]
    rules_hash: str
    facts_hash: str
    receipt: str
    diagnostics: list[str] = dataclasses.field(default_factory=list)
    causes: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    answer: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> GateVerdict:
        """From the answer of the command `gate`."""
        known = {field.name for field in dataclasses.fields(cls)} - {"answer"}
        return cls(**{name: value for name, value in answer.items() if name in known}, answer=answer)

    @property
    def blocks(self) -> bool:
        return self.verdict == "block"

    def __bool__(self) -> bool:
        return not self.blocks

    def _repr_html_(self) -> str:
        from .rows import Rows

        return f"<p><b>{self.verdict}</b></p>" + Rows("failures", self.failures)._repr_html_()


class Gate:
    """A gate of an SOP, ready to be asked: no store, no run, and nothing is written.

    `sop` is what aesop.load takes or gives; `gate` may be left out when the SOP has one. UnsoundDefinition when the SOP
    has errors, NotFound when it has no such gate. Any number of threads may ask at once.
    """

    def __init__(self, sop: Union[Sop, str, os.PathLike[str]], gate: str | None = None) -> None:
        self._sop = sop if isinstance(sop, Sop) else load(sop)
        self._sop.demand_ok()
        self._native = _aesop.Gate(self._sop.text, gate or "")

    @property
    def sop(self) -> Sop:
        return self._sop

    @property
    def id(self) -> str:
        return self._native.id

    def check(self, facts: Mapping[str, Any], *, now: Time, approved: Sequence[str] = ()) -> GateVerdict:
        """Asks the gate over facts: run variables by name. `approved` names exception policies that count as approved.

        `now` as text is RFC 3339 with its offset. SchemaError for a name that the SOP does not declare, TypeMismatch for a
        value of another type or a text that is no time, NotFound for an exception that the SOP does not have.
        """
        if isinstance(approved, str):
            raise _mismatch("approved is a text, not a list of texts", f"give [{approved!r}]")
        at = _moment(now) if isinstance(now, str) else now
        return GateVerdict.of(self._native.check(dict(facts), at, list(approved)))
