"""Rows: what reading commands give. A list of dicts, with .df() for pandas and a table for Jupyter."""
from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .columns import COLUMNS, COLUMNS_VERSION, INTEGERS, TIMES
from .event_rows import event_rows

if TYPE_CHECKING:
    import pandas

__all__ = ["COLUMNS", "COLUMNS_VERSION", "Rows"]

_SHOWN = 50  # rows of a table in Jupyter


class Rows(list[dict[str, Any]]):
    """A list of dicts, each as docs/commands.md has it, with times as datetimes.

    `more` says that the command stopped at its limit; `last` is where to go on, for `after`.
    """

    def __init__(
        self, kind: str, rows: Iterable[Mapping[str, Any]] = (), *, more: bool = False, last: int | None = None,
        run_of: Callable[[str], Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(dict(row) for row in rows)
        self.kind = kind
        self.more = more
        self._last = last
        self._run_of = run_of

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of .df(), of version COLUMNS_VERSION."""
        return COLUMNS[self.kind]

    @property
    def last(self) -> int | None:
        """The `seq` of the last entry, the `number` of the last run: `after` for what comes next."""
        if self._last is not None or not self:
            return self._last
        name = {"runs": "number"}.get(self.kind, "seq")
        return self[-1].get(name)

    def records(self) -> list[dict[str, Any]]:
        """The rows with exactly the columns of .df(), without pandas."""
        rows = event_rows(self, self._run_of) if self.kind == "events" else self
        names = {"sop_id": "sop", "due_at": "due", "step_id": "step"} if self.kind == "gates" else {}
        return [{column: row.get(column, row.get(names.get(column, column))) for column in self.columns} for row in rows]

    def df(self, *, pm4py: bool = False) -> pandas.DataFrame:
        """A pandas DataFrame with the columns of `columns`; times are aware, numbers int or Decimal.

        `pm4py=True`, of events, names the columns as that library wants them (pm4py_names). Of events whose run began
        before these rows, the SOP is looked up in the engine, which must still be open.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("df() needs pandas: pip install pandas, or on Debian apt install python3-pandas") from error
        frame = pandas.DataFrame(self.records(), columns=list(self.columns))
        for column in TIMES & set(self.columns):
            frame[column] = pandas.to_datetime(frame[column], utc=True)
        for column in INTEGERS & set(self.columns):
            frame[column] = frame[column].astype("Int64")
        return frame.rename(columns=PM4PY_NAMES) if pm4py else frame

    def _repr_html_(self) -> str:
        columns = self.columns
        head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(row[column]))}</td>" for column in columns) + "</tr>"
            for row in Rows(self.kind, self[:_SHOWN], run_of=None).records()
        )
        rest = f"<p>{len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


#: Columns of events as pm4py names them: a case, an activity, a time, a resource, a lifecycle transition.
PM4PY_NAMES = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "timestamp": "time:timestamp",
    "actor": "org:resource",
    "role": "org:role",
    "lifecycle": "lifecycle:transition",
}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)
