"""Grants: who held which role where, at each place of the log, from its administration entries."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from .history import Entry

__all__ = ["Grants"]


class Grants:
    """The register of people along the log. A store in which nobody is registered takes a role at its word."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._of: dict[str, tuple[list[int], list[tuple[tuple[str, str], ...]]]] = {}
        self._first = 0
        for entry in entries:
            if entry.kind != "administration" or entry.type not in ("person_put", "person_removed"):
                continue
            self._first = self._first or entry.seq
            places, grants = self._of.setdefault(str(entry.control["person"]), ([], []))
            places.append(entry.seq)
            given = entry.control.get("grants") or () if entry.type == "person_put" else ()
            grants.append(tuple((str(one["role"]), str(one.get("scope") or "")) for one in given))

    def knows(self, seq: int) -> bool:
        """Whether people were registered before this entry."""
        return 0 < self._first < seq

    def holds(self, person: str, roles: Iterable[str], scope: str, seq: int) -> bool:
        """Whether the person held one of the roles for the scope when the entry was written."""
        places, grants = self._of.get(person, ([], []))
        place = bisect_right(places, seq)
        wanted = set(roles)
        return place > 0 and any(
            role in wanted and (not at or scope == at or scope.startswith(at + "/")) for role, at in grants[place - 1])
