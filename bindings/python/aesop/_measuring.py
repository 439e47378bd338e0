"""Commands that measure: figures of the runs of an SOP. They only read. More in docs/commands.md."""
from __future__ import annotations

import datetime
from typing import Any, Union

from ._commands import Commands, Time, _when

__all__ = ["Measuring"]

#: The beginning or end of a period: a date (its beginning, in the SOP's zone), or a time.
Day = Union[datetime.date, Time]


def _day(day: Day | None) -> str | None:
    if isinstance(day, datetime.date) and not isinstance(day, datetime.datetime):
        return day.isoformat()
    return _when(day)


class Measuring(Commands):
    def kpis(
        self, *, sop: str | None = None, version: str | None = None, from_: Day | None = None, until: Day | None = None,
        scope: str | None = None, by: str | None = None, lineage: bool | None = None,
    ) -> dict[str, Any]:
        """The measures of an SOP; `by` "week" or "month" also gives their trend, `lineage` the events behind each."""
        return self._measure("kpis", sop, version, from_, until, scope, {"by": by, "lineage": lineage})

    def counts(
        self, *, moment: str, field: str, amount: str | None = None, sop: str | None = None, version: str | None = None,
        from_: Day | None = None, until: Day | None = None, scope: str | None = None,
    ) -> dict[str, Any]:
        """How often something happened, by the value of one of its fields; the most frequent first."""
        return self._measure("counts", sop, version, from_, until, scope,
                             {"moment": moment, "field": field, "amount": amount})

    def escalations(
        self, *, sop: str | None = None, version: str | None = None, from_: Day | None = None, until: Day | None = None,
        scope: str | None = None,
    ) -> dict[str, Any]:
        """Which rungs of ladders fired, how often, and how often nobody was found."""
        return self._measure("escalations", sop, version, from_, until, scope, {})

    def exceptions(
        self, *, sop: str | None = None, version: str | None = None, from_: Day | None = None, until: Day | None = None,
        scope: str | None = None,
    ) -> dict[str, Any]:
        """Exceptions that were asked for and emergencies that were invoked, with who decided."""
        return self._measure("exceptions", sop, version, from_, until, scope, {})

    def _measure(
        self, do: str, sop: str | None, version: str | None, from_: Day | None, until: Day | None, scope: str | None,
        members: dict[str, Any],
    ) -> dict[str, Any]:
        period = {"sop": sop, "version": version, "from": _day(from_), "until": _day(until), "scope": scope}
        return self._ask(do, {**period, **members})
