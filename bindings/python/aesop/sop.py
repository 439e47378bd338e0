"""SOP files: read, checked, shown, and their rules asked."""
from __future__ import annotations

import datetime
import html
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from . import _aesop
from .feel import _answer, _now

if TYPE_CHECKING:
    from .table import DecisionTable

__all__ = ["Finding", "Rule", "Sop", "load"]


class Finding(NamedTuple):
    """One problem of an SOP; docs/findings.md explains every code. Line and column count from 1."""

    code: str
    severity: str
    message: str
    help: str
    line: int
    column: int


class Rule:
    """A rule of an SOP, a decision table or an expression, asked without a run: Sop.rule."""

    def __init__(self, native: _aesop.Sop, name: str) -> None:
        self._native = native
        self.name = name
        #: The names it reads: variables, parameters, and what else a run would give it.
        self.reads: tuple[str, ...] = native.reads(name)

    def evaluate(
        self, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        diagnostics: list[str] | None = None,
    ) -> Any:
        """What it gives for these inputs: variables, parameters, gates, results of steps and `run`, by name.

        A parameter that is left out has its default, a gate is asked over the same inputs, a variable is null. A gate is
        given as {"verdict": "pass"}. SchemaError for a name the SOP does not declare, TypeMismatch for a value of another
        type than it declares.
        """
        return _answer(self._native.evaluate(self.name, dict(inputs or {}), _now(now)), diagnostics)

    __call__ = evaluate

    def __repr__(self) -> str:
        return f"<aesop.Rule {self.name} of {self._native.sop}>"


class Sop:
    """An SOP that was read and checked. Immutable.

    `findings` holds everything that was found; `ok` says that none is an error, so that it may be published.
    """

    def __init__(self, text: str, name: str = "sop") -> None:
        self._native = _aesop.Sop(text, name)
        self.findings: list[Finding] = [Finding(*row) for row in self._native.findings()]

    @property
    def ok(self) -> bool:
        return self._native.ok

    @property
    def text(self) -> str:
        return self._native.text

    @property
    def sop(self) -> str:
        """Its id. ParseError when the text could not be read; so the next two."""
        return self._native.sop

    @property
    def version(self) -> str:
        return self._native.version

    @property
    def title(self) -> str:
        return self._native.title

    @property
    def hash(self) -> str:
        """Of its content, hexadecimal: what a receipt calls the rules. UnsoundDefinition when it has errors."""
        return self._native.hash

    @property
    def gates(self) -> list[str]:
        return self._native.gates

    @property
    def rules(self) -> list[str]:
        return self._native.rules

    def rule(self, name: str) -> Rule:
        """A rule by its name. NotFound."""
        return Rule(self._native, name)

    def table(self, name: str) -> DecisionTable:
        """A rule that is a decision table. NotFound when there is none of that name."""
        from .table import DecisionTable

        return DecisionTable(self, name)

    def show(self) -> str:
        """The procedure as people read it."""
        return self._native.show()

    def render(self) -> str:
        """The findings with file, line, caret and help."""
        return self._native.render()

    def demand_ok(self) -> Sop:
        """Itself, or UnsoundDefinition with the findings that are errors."""
        if not self.ok:
            error = _aesop.UnsoundDefinition("the SOP has errors:\n" + self.render())
            error.message = "the SOP has errors"
            raise error
        return self

    def __repr__(self) -> str:
        if not self._native.readable:
            return f"<aesop.Sop unreadable, {len(self.findings)} findings>"
        return f"<aesop.Sop {self.sop} {self.version}, {len(self.findings)} findings>"

    def _repr_html_(self) -> str:
        shown = self.show() if self._native.readable else ""
        return f"<pre>{html.escape(shown)}</pre>" + (f"<pre>{html.escape(self.render())}</pre>" if self.findings else "")


def load(source: Union[str, os.PathLike[str]], *, name: str | None = None) -> Sop:
    """Reads and checks an SOP: a path, or its text. A str with a line break or a brace in it is text.

    `name` is what findings call the file. NotFound, IoError, LimitExceeded for a file; what is wrong with the SOP
    itself is in `findings`, never raised.
    """
    if isinstance(source, str) and ("\n" in source or "{" in source):
        return Sop(source, name or "sop")
    path = os.fspath(source)
    return Sop(_aesop.read_text_file(path), name or path)
