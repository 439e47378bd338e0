"""Commands on exceptions: ask, decide, use; emergencies. What each takes and may answer: docs/commands.md."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._commands import ActorLike, Commands, Time, _when


class ExceptionCommands(Commands):
    def request_exception(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, policy: str, reason: str,
        documents: Sequence[Mapping[str, str]] | None = None, until: Time | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Asks to deviate from a step, under a policy of the SOP; the id is in "created"."""
        return self._write(
            "request_exception",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "policy":
             policy, "reason": reason, "documents": documents, "until": _when(until)},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def decide_exception(
        self, *, run: str | None = None, exception: str, decision: str, note: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """One voice on an exception: `decision` is "approve" or "deny"."""
        return self._write(
            "decide_exception",
            {"run": run, "exception": exception, "decision": decision, "note": note},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def skip(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, exception: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Uses an approved exception: the step is left as skipped."""
        return self._write(
            "skip",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit,
             "exception": exception},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def extend(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, exception: str, until: Time | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Uses an approved exception: the step is due later."""
        return self._write(
            "extend",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit,
             "exception": exception, "until": _when(until)},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def invoke_emergency(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, policy: str, reason: str,
        documents: Sequence[Mapping[str, str]] | None = None, until: Time | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Acts first: the policy's emergency.by roles skip or extend at once, and a review is owed from the same moment."""
        return self._write(
            "invoke_emergency",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "policy":
             policy, "reason": reason, "documents": documents, "until": _when(until)},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def review_emergency(
        self, *, run: str | None = None, exception: str, verdict: str, note: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Says what came of an emergency: `verdict` is "justified" or "not_justified"."""
        return self._write(
            "review_emergency",
            {"run": run, "exception": exception, "verdict": verdict, "note": note},
            command_id, at, actor, occurred_at, expected_revision,
        )
