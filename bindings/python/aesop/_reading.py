"""Commands that only read. What comes as a list is Rows: a list with .df() and a table for Jupyter."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._commands import Commands, Time, _time, _when
from .gate import GateVerdict
from .rows import Rows

__all__ = ["Reading"]


def _with_times(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    for row in rows:
        for name in names:
            if name in row:
                row[name] = _time(row[name])
    return rows


class Reading(Commands):
    def worklist(
        self, *, role: str | None = None, person: str | None = None, scope: str | None = None,
        run: str | None = None, limit: int | None = None,
    ) -> Rows:
        """What people can do now, in order of scope, run and task; `due` and `since` are datetimes."""
        members = {"role": role, "person": person, "scope": scope, "run": run, "limit": limit}
        return Rows("worklist", _with_times(self._ask("tasks", members)["tasks"], "due", "since"))

    def run(self, run: str) -> dict[str, Any]:
        """The whole state of a run. UnknownRun when there is none."""
        return self._ask("run", {"run": run})

    def runs(
        self, *, status: str | None = None, sop: str | None = None, scope: str | None = None,
        subject: str | None = None, key: str | None = None, after: int | None = None, limit: int | None = None,
    ) -> Rows:
        """Runs in the order they began; `more` of the rows says that there are more after the last one's `number`."""
        members = {"status": status, "sop": sop, "scope": scope, "subject": subject, "key": key, "after": after,
                   "limit": limit}
        answer = self._ask("runs", members)
        return Rows("runs", answer["runs"], more=answer["more"])

    def events(
        self, run: str | None = None, *, after: int | None = None, limit: int | None = None,
        kinds: Sequence[str] | None = None,
    ) -> Rows:
        """Entries of the log, of all or of one run; docs/events.md explains each type.

        `kinds` asks for some of event, refusal, administration, library. `more` of the rows says that there are more:
        go on with `after`, the `seq` of the last one (its `run_seq` with `run` and without `kinds`).
        """
        members = {"run": run, "after": after, "limit": limit, "kinds": list(kinds) if kinds else None}
        answer = self._ask("events", members)
        rows = _with_times(answer["events"], "at", "occurred_at", "recorded")
        return Rows("events", rows, more=answer["more"], run_of=self.run)

    def gates(self, *, after: int | None = None, limit: int | None = None) -> Rows:
        """Recorded checks of gates (`record_gate`), in the order they were made; `more` and `after` as in `events`.

        `limit` counts entries of the kind administration that are looked at.
        """
        answer = self._ask("events", {"after": after, "limit": limit, "kinds": ["administration"]})
        rows = []
        for entry in _with_times(answer["events"], "at", "recorded"):
            if entry["type"] != "gate_recorded":
                continue
            row = {name: value for name, value in entry.items() if name not in ("control", "kind", "type", "version")}
            row.update(entry.get("control", {}))
            if isinstance(row.get("checked_at"), str):
                row["checked_at"] = _time(row["checked_at"])
            rows.append(row)
        last = answer["events"][-1]["seq"] if answer["events"] else after
        return Rows("gates", rows, more=answer["more"], last=last)

    def why(self, run: str, *, step: str | None = None, at: Time | None = None) -> Rows:
        """What keeps a run, or one step of it, from going on: all of it. Nothing means that nothing does."""
        answer = self._ask("why", {"run": run, "step": step, "at": _when(at)})
        return Rows("why", answer["obstacles"])

    def timers(self, *, run: str | None = None, until: Time | None = None, limit: int | None = None) -> Rows:
        """Timers that will fire, in order of `due`."""
        answer = self._ask("timers", {"run": run, "until": _when(until), "limit": limit})
        return Rows("timers", _with_times(answer["timers"], "due"))

    def gate(
        self, *, at: Time | None = None, sop: str | None = None, text: str | None = None, gate: str | None = None,
        facts: Mapping[str, Any] | None = None, approved: Sequence[str] = (), scope: str | None = None,
    ) -> GateVerdict:
        """May this go ahead? Asks a gate of a published SOP (`sop`), or of one as text, over facts; writes nothing.

        `approved` names exception policies that count as approved; parameters and calendars are those of `scope`.
        """
        members = {"at": self._now(at), "sop": sop, "text": text, "gate": gate, "facts": facts,
                   "approved": list(approved) or None, "scope": scope}
        return GateVerdict.of(self._ask("gate", members))

    def evaluate(self, feel: str, context: Mapping[str, Any] | None = None, *, at: Time | None = None) -> Any:
        """The value of a FEEL expression, as the command `evaluate` gives it: None where it fails."""
        return self._ask("evaluate", {"feel": feel, "context": context, "at": self._now(at)})["value"]

    def people(self) -> Rows:
        """Who is registered, with all grants."""
        return Rows("people", self._ask("people", {})["people"])

    def parameters(self) -> Rows:
        """Parameters that are set, at which scope."""
        return Rows("parameters", self._ask("parameters", {})["parameters"])

    def sops(self) -> Rows:
        """Every version that was published."""
        return Rows("sops", self._ask("sops", {})["sops"])

    def sop(self, sop: str, *, version: str | None = None) -> dict[str, Any]:
        """A published SOP with its `text`, in `version` or the one published last."""
        return self._ask("sop", {"sop": sop, "version": version})

    def feeds(self) -> Rows:
        """Where each feed stands."""
        return Rows("feeds", self._ask("feeds", {})["feeds"])

    def verify_log(self, *, deep: bool = False, file: bool = False) -> dict[str, Any]:
        """Walks the whole log. `sound` is the answer; `reason` and `first_bad` say why not.

        `deep` also replays every run and compares; `file` has SQLite check its file. docs/storage.md says what is found.
        """
        return self._ask("verify", {"deep": deep, "file": file})
