"""Commands of the whole store: the library, the people, time, feeds and the outbox. More in docs/commands.md."""
from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Union

from ._commands import ActorLike, Commands, Time, _when
from .gate import GateVerdict
from .rows import Rows
from .sop import Sop

__all__ = ["StoreCommands"]


class StoreCommands(Commands):
    def publish(
        self, text: Union[str, Sop], *, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Publishes an SOP, given as text or as aesop.load gave it. A version once published never changes.

        Rejected: `unsound_definition` with the findings in `details`, `already_published`.
        """
        members = {"text": text.text if isinstance(text, Sop) else text}
        return self._write("publish", members, command_id, at, actor, occurred_at)

    def put_person(
        self, *, person: str, name: str | None = None, grants: Sequence[Mapping[str, str]] | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Registers a person with all grants, [{"role", "scope"}]; replaces those before."""
        return self._write("put_person", {"person": person, "name": name, "grants": grants}, command_id, at, actor,
                           occurred_at)

    def remove_person(
        self, *, person: str, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Removes a person with all grants."""
        return self._write("remove_person", {"person": person}, command_id, at, actor, occurred_at)

    def set_parameter(
        self, *, name: str, value: Any, sop: str | None = None, scope: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Sets a parameter of an SOP at a scope; None gives the SOP's default back."""
        return self._write("set_parameter", {"name": name, "value": value, "sop": sop, "scope": scope}, command_id, at,
                           actor, occurred_at)

    def put_calendar(
        self, *, name: str, calendar: Mapping[str, Any], scope: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Puts working hours in place of the SOP's at a scope; `calendar` as in an SOP file."""
        return self._write("put_calendar", {"name": name, "calendar": calendar, "scope": scope}, command_id, at, actor,
                           occurred_at)

    def erase(
        self, *, run: str, reason: str, revisions: Sequence[int] | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Erases data of a run that is over, for good. `reason` stands in the log: no personal data in it."""
        return self._write("erase", {"run": run, "reason": reason, "revisions": revisions}, command_id, at, actor,
                           occurred_at)

    def record_gate(
        self, receipt: Union[GateVerdict, Mapping[str, Any]], *, subject: str | None = None, run: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Keeps what a gate answered in the log, so that an audit finds which acts had a passing gate: see `gates`.

        `receipt` is the verdict, or the answer it came in; `subject` or `run` says what it was about.
        """
        members = {"receipt": receipt.answer if isinstance(receipt, GateVerdict) else receipt, "subject": subject, "run": run}
        return self._write("record_gate", members, command_id, at, actor, occurred_at)

    def ingest(
        self, *, feed: str, cursor: str, after: str | None = None, events: Sequence[Mapping[str, Any]] = (),
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Takes a batch of a host's events with the cursor of its feed, in one transaction."""
        rows = []
        for event in events:
            row = dict(event)
            for key in ("at", "occurred_at"):
                if key in row:
                    row[key] = _when(row[key])
            rows.append(row)
        members = {"feed": feed, "cursor": cursor, "after": after, "events": rows}
        return self._write("ingest", members, command_id, at, actor, occurred_at)

    def advance(self, to: Time, *, limit: int | None = None, command_id: str | None = None) -> dict[str, Any]:
        """Fires the timers of all runs that are due by `to`, at most `limit`. Repeat while "more"."""
        return self._ask("advance", {"to": _when(to), "limit": limit, "command_id": command_id})

    def poll_outbox(
        self, *, at: Time | None = None, lease: datetime.timedelta | int | str | None = None,
        limit: int | None = None,
    ) -> Rows:
        """What the host must do, oldest first. With `lease` the effects are yours until then; without, they are shown.

        `lease` is a timedelta, seconds, or a span such as "5 minutes"; it begins at `at`.
        """
        if isinstance(lease, datetime.timedelta):
            lease = int(lease.total_seconds())
        at_text = self._now(at) if lease is not None else _when(at)
        answer = self._ask("outbox", {"at": at_text, "lease": lease, "limit": limit})
        return Rows("effects", answer["effects"])

    def ack(
        self, effect: str, *, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Says that an effect was carried out: it leaves the outbox."""
        return self._write("ack", {"effect": effect, "ok": True}, command_id, at, actor, occurred_at)

    def fail_effect(
        self, effect: str, *, error: str, attempt: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
    ) -> dict[str, Any]:
        """Says that an effect failed: it is offered again after a pause, and in the end is dead.

        `attempt` is the `attempts` with which it was handed out: Rejected with `lease_lost` when another has it by now.
        """
        members = {"effect": effect, "error": error, "attempt": attempt}
        return self._write("ack", members, command_id, at, actor, occurred_at)
