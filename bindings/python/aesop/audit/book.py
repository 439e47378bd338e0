"""Book: everything an audit reads of a store, read once: the log, its runs, and the published SOPs."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from .client import AuditError, Client, Executes, instant
from .findings import Cite
from .history import Entry, Run, runs_of
from .procedure import Procedure

__all__ = ["Book", "read"]


class Book:
    """A store as it was when it was read. Holds no connection but for SOP texts and measures, which it asks for once."""

    def __init__(self, client: Client, entries: list[Entry], as_of: datetime | None = None) -> None:
        self.client = client
        self.entries = entries
        self.runs: dict[str, Run] = runs_of(entries)
        told = [one.recorded for one in entries]
        self.as_of: datetime = as_of or (max(told) if told else instant("1970-01-01T00:00:00Z"))
        self._procedures: dict[tuple[str, str], Procedure] = {}

    def procedure(self, sop: str, version: str) -> Procedure:
        """The version of an SOP as it was published."""
        key = (sop, version)
        if key not in self._procedures:
            self._procedures[key] = Procedure.of(self.client.ask({"do": "sop", "sop": sop, "version": version}))
        return self._procedures[key]

    def procedure_of(self, run: Run) -> Procedure:
        """The version a run is pinned to."""
        return self.procedure(run.sop, run.version)

    def procedures(self) -> list[Procedure]:
        """Every version that was published, in order of publication."""
        rows = sorted(self.client.ask({"do": "sops"})["sops"], key=lambda row: int(row["seq"]))
        return [self.procedure(str(row["sop"]), str(row["version"])) for row in rows]

    def of(self, sop: str) -> list[Run]:
        """The runs of an SOP, in the order they began. AuditError when no version of it is published."""
        if not any(one.sop == sop for one in self.procedures()):
            raise AuditError(f"no SOP {sop!r} is published", code="not-found")
        return [run for run in self.runs.values() if run.sop == sop]

    def chosen(self, sop: str | None) -> list[Run]:
        """The runs of one SOP, or of all."""
        return list(self.runs.values()) if sop is None else self.of(sop)

    def entry(self, cite: Cite) -> Entry:
        """The entry behind a citation. AuditError when there is none."""
        low, high = 0, len(self.entries)
        while low < high:
            middle = (low + high) // 2
            if self.entries[middle].seq < cite.seq:
                low = middle + 1
            else:
                high = middle
        if low == len(self.entries) or self.entries[low].seq != cite.seq:
            raise AuditError(f"the log has no entry {cite.seq}", code="not-found")
        return self.entries[low]

    def verify(self) -> dict[str, Any]:
        """What the engine says of its own log: `sound`, `head`, `log`, `entries`."""
        return self.client.ask({"do": "verify"})


def read(engine: Executes, *, as_of: object = None) -> Book:
    """Reads a whole store. `as_of`: the moment the audit speaks of (a datetime or RFC 3339 text); the last moment the
    log knows when left out. AuditError when the engine answers with an error."""
    client = Client(engine)
    entries = [Entry.of(row) for row in client.entries()]
    return Book(client, entries, None if as_of is None else instant(as_of))
