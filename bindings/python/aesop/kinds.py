"""Values that Python has no class of its own for: years and months, ranges, and what was erased."""
from __future__ import annotations

import dataclasses
import enum
from typing import Any

__all__ = ["ERASED", "Erased", "MonthsDuration", "Range"]


@dataclasses.dataclass(frozen=True, order=True)
class MonthsDuration:
    """FEEL's years and months duration: duration("P1Y2M") is MonthsDuration(14). Its str is the ISO text.

    A timedelta cannot hold it: a month has no fixed number of days.
    """

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-" if self.months < 0 else "") + "P" + text


@dataclasses.dataclass(frozen=True)
class Range:
    """FEEL's range: [1..10) is Range(1, 10, high_closed=False).

    A bound that is not there (`>= 5`) is None and not closed; `comparison` says that it was written as one. `in` asks
    what FEEL's `in` asks, of values that Python can compare.
    """

    low: Any
    high: Any
    low_closed: bool = True
    high_closed: bool = True
    comparison: bool = False

    def __contains__(self, value: Any) -> bool:
        above = self.low is None or self.low < value or (self.low_closed and self.low == value)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return bool(above and below)

    def __str__(self) -> str:
        low = "" if self.low is None else self.low
        high = "" if self.high is None else self.high
        return f"{'[' if self.low_closed else '('}{low}..{high}{']' if self.high_closed else ')'}"


class Erased(enum.Enum):
    """The class of ERASED."""

    ERASED = "erased"

    def __repr__(self) -> str:
        return "aesop.ERASED"

    def __bool__(self) -> bool:
        return False


#: A datum whose payload was lawfully deleted. Equal only to itself; rules take it for null.
ERASED = Erased.ERASED
