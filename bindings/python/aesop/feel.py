"""FEEL expressions: evaluated at once, or compiled once."""
from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Union

from . import _aesop

__all__ = ["Expr", "evaluate"]


def _now(now: datetime.datetime | None) -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) if now is None else now


def _answer(made: tuple[Any, list[str]], diagnostics: list[str] | None) -> Any:
    if diagnostics is not None:
        diagnostics.extend(made[1])
    return made[0]


class Expr:
    """A compiled expression: `Expr("amount > limit", {"amount": "number", "limit": "number"})`.

    `names` are those it may use: a mapping to their FEEL types, or only the names. UnknownName (with what was perhaps
    meant), BadExpression and TypeMismatch say in `where` which part of the text they are about. Immutable.
    """

    def __init__(self, feel: str, names: Union[Mapping[str, Union[str, None]], Iterable[str]] = ()) -> None:
        rows = list(names.items()) if isinstance(names, Mapping) else [(name, None) for name in names]
        self._native = _aesop.Expr(feel, rows)

    def evaluate(
        self, context: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None, zone: str = "",
        diagnostics: list[str] | None = None,
    ) -> Any:
        """The value over a context. Where FEEL fails it is None, and `diagnostics`, a list of yours, gets the reasons.

        `now` is what now() and today() are, the machine's clock when left out; `zone` is where (UTC).
        """
        return _answer(self._native.evaluate(dict(context or {}), _now(now), zone), diagnostics)

    __call__ = evaluate

    @property
    def reads(self) -> tuple[str, ...]:
        """The names it uses."""
        return self._native.reads

    @property
    def text(self) -> str:
        return self._native.text

    @property
    def type(self) -> str:
        """FEEL's name of the type its value has when it is not null."""
        return self._native.type

    def __repr__(self) -> str:
        return f"aesop.Expr({self.text!r})"


def evaluate(
    feel: str, context: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None, zone: str = "",
    diagnostics: list[str] | None = None,
) -> Any:
    """The value of a FEEL expression over a context: `aesop.evaluate("a + 1", {"a": 2})` is 3. See Expr.evaluate."""
    given = dict(context or {})
    return Expr(feel, given.keys()).evaluate(given, now=now, zone=zone, diagnostics=diagnostics)
