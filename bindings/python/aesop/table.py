"""Decision tables of SOPs and of DMN models: shown as tables, and asked."""
from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from ._aesop import NotFound
from .sop import Sop

__all__ = ["DecisionTable", "TableRule"]

#: What the compiled module gives: hit policy, input expressions, names of the outputs, rules.
Shape: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]]


class TableRule(NamedTuple):
    """One rule of a table, its cells as FEEL texts; "-" lets everything pass."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class DecisionTable:
    """A decision table, of an SOP (Sop.table) or of a DMN model (Dmn.table). Immutable.

    `inputs` are the FEEL expressions of its columns, `reads` the names that evaluate takes. In Jupyter it is shown as a
    table.
    """

    def __init__(self, sop: Sop, name: str) -> None:
        rule = sop.rule(name)
        if not sop._native.is_table(name):
            raise NotFound(f"the rule {name} is an expression and no table (ask for it by rule)")
        self._become(name, sop._native.table(name), rule.reads, rule.evaluate)

    @classmethod
    def _of(
        cls, name: str, shape: Shape, reads: tuple[str, ...], evaluate: Callable[..., Any],
    ) -> DecisionTable:
        made = cls.__new__(cls)
        made._become(name, shape, reads, evaluate)
        return made

    def _become(self, name: str, shape: Shape, reads: tuple[str, ...], evaluate: Callable[..., Any]) -> None:
        self.name = name
        #: "unique", "first", "any", "priority", "collect", "collect sum", ...
        self.hit: str = shape[0]
        self.inputs: tuple[str, ...] = shape[1]
        self.outputs: tuple[str, ...] = shape[2]
        self.rules: list[TableRule] = [TableRule(*row) for row in shape[3]]
        self.reads: tuple[str, ...] = reads
        self._evaluate = evaluate

    def evaluate(
        self, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        diagnostics: list[str] | None = None,
    ) -> Any:
        """What it gives for these inputs, by the names in `reads`: as Rule.evaluate of an SOP, as Dmn.evaluate of a model.

        Of one output its value, of several a dict; a list under collect and its like.
        """
        return self._evaluate(inputs, now=now, diagnostics=diagnostics)

    __call__ = evaluate

    def __len__(self) -> int:
        return len(self.rules)

    def __repr__(self) -> str:
        return f"<aesop.DecisionTable {self.name}, {self.hit}, {len(self.rules)} rules>"

    def _repr_html_(self) -> str:
        def row(tag: str, cells: tuple[str, ...]) -> str:
            return "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)

        head = f"<tr><th></th>{row('th', self.inputs)}{row('th', self.outputs)}</tr>"
        body = "".join(
            f"<tr><th>{number}</th>{row('td', rule.inputs)}{row('td', rule.outputs)}</tr>"
            for number, rule in enumerate(self.rules, 1))
        caption = f"<caption>{html.escape(self.name)} ({html.escape(self.hit)})</caption>"
        return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"
