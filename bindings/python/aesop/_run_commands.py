"""Commands on runs: begin, report, stop; their handoffs and incidents. What each takes and may answer: docs/commands.md."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._commands import ActorLike, Commands, Time


class RunCommands(Commands):
    def start(
        self, *, sop: str, subject: str, run: str | None = None, version: str | None = None,
        key: str | None = None, scope: str | None = None, thread: str | None = None,
        parent: str | None = None, cause: str | None = None, data: Mapping[str, Any] | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Starts a run of a published SOP; the answer has its id as "run"."""
        return self._write(
            "start",
            {"sop": sop, "subject": subject, "run": run, "version": version, "key": key, "scope":
             scope, "thread": thread, "parent": parent, "cause": cause, "data": data},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def record_event(
        self, *, run: str | None = None, event: str, payload: Mapping[str, Any] | None = None,
        subject: str | None = None, key: str | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Reports a fact that the SOP declares."""
        return self._write(
            "record_event",
            {"run": run, "event": event, "payload": payload, "subject": subject, "key": key},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def suspend(
        self, *, run: str | None = None, reason: str, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Stops a run: no timer fires and no task can be worked on until resume."""
        return self._write(
            "suspend",
            {"run": run, "reason": reason},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def resume(
        self, *, run: str | None = None, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Lets a suspended run go on."""
        return self._write(
            "resume",
            {"run": run},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def cancel(
        self, *, run: str | None = None, reason: str, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Ends a run; what is open is withdrawn; its outcome is cancelled."""
        return self._write(
            "cancel",
            {"run": run, "reason": reason},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def acknowledge_handoff(
        self, *, run: str | None = None, handoff: str, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """The receiver has it."""
        return self._write(
            "acknowledge_handoff",
            {"run": run, "handoff": handoff},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def retry_incident(
        self, *, run: str | None = None, incident: str, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Tries again what failed: the branch, the deadline, the service, the task."""
        return self._write(
            "retry_incident",
            {"run": run, "incident": incident},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def resolve_incident(
        self, *, run: str | None = None, incident: str, reason: str, data: Mapping[str, Any] | None = None,
        go: str | None = None, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Resolves an incident: `data` is set and the step tried again, or the token goes to the step `go`."""
        return self._write(
            "resolve_incident",
            {"run": run, "incident": incident, "reason": reason, "data": data, "go": go},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def end_incident(
        self, *, run: str | None = None, incident: str, reason: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Ends the step of an incident as failed."""
        return self._write(
            "end_incident",
            {"run": run, "incident": incident, "reason": reason},
            command_id, at, actor, occurred_at, expected_revision,
        )
