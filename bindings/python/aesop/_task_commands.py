"""Commands on tasks, services and approvals. What each takes and may answer: docs/commands.md."""
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ._commands import ActorLike, Commands, Time, _when


class TaskCommands(Commands):
    def claim(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Takes a task: nobody else can work on it."""
        return self._write(
            "claim",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def start_task(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Begins work on a task; claims it too when nobody holds it."""
        return self._write(
            "start_task",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def stop(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Puts the work down; the task stays the owner's."""
        return self._write(
            "stop",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def release(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Gives a task back to all candidates."""
        return self._write(
            "release",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def delegate(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, to: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Gives a task to the person `to`; who had it stays answerable."""
        return self._write(
            "delegate",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "to":
             to},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def forward(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Gives a task back for good: whoever held it is no candidate for it any more."""
        return self._write(
            "forward",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def suspend_task(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, until: Time | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Lets a task rest, until resume_task or until the time `until`."""
        return self._write(
            "suspend_task",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "until":
             _when(until)},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def resume_task(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Goes on with a suspended task, in the state it was in."""
        return self._write(
            "resume_task",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def tick(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, item: str,
        reading: Decimal | int | None = None, note: str | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Ticks an item of a checklist."""
        return self._write(
            "tick",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "item":
             item, "reading": reading, "note": note},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def untick(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, item: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Takes a tick back."""
        return self._write(
            "untick",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "item":
             item},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def attach_evidence(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, sha256: str, media_type: str,
        item: str | None = None, name: str | None = None, uri: str | None = None, inline: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Keeps proof with a task, or with one of its items."""
        return self._write(
            "attach_evidence",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "sha256":
             sha256, "media_type": media_type, "item": item, "name": name, "uri": uri, "inline":
             inline},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def save(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, form: Mapping[str, Any] | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Keeps a form in progress."""
        return self._write(
            "save",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "form":
             form},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def complete_step(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, form: Mapping[str, Any] | None = None,
        note: str | None = None, reasons: Mapping[str, str] | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Finishes a task."""
        return self._write(
            "complete",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "form":
             form, "note": note, "reasons": reasons},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def fail(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, reason: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """The task cannot be done."""
        return self._write(
            "fail",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "reason":
             reason},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def accept_review(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Accepts a completed task; the run goes on."""
        return self._write(
            "accept_review",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def return_for_rework(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, note: str, command_id: str | None = None,
        at: Time | None = None, actor: ActorLike | None = None, occurred_at: Time | None = None,
        expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Sends a completed task back: a new visit of the step."""
        return self._write(
            "return_for_rework",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "note":
             note},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def correct(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, reason: str,
        form: Mapping[str, Any] | None = None, command_id: str | None = None, at: Time | None = None,
        actor: ActorLike | None = None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Corrects fields of the last completed form of a step."""
        return self._write(
            "correct",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "reason":
             reason, "form": form},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def complete_service(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, result: Mapping[str, Any] | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Reports that a service step's operation was done."""
        return self._write(
            "complete_service",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "result":
             result},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def fail_service(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, error: str, retry: bool | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """Reports that a service step's operation failed; `retry=False` says that trying again is of no use."""
        return self._write(
            "fail_service",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit, "error":
             error, "retry": retry},
            command_id, at, actor, occurred_at, expected_revision,
        )

    def decide_approval(
        self, *, task: str | None = None, run: str | None = None, step: str | None = None,
        instance: int | None = None, visit: int | None = None, decision: str, note: str | None = None,
        command_id: str | None = None, at: Time | None = None, actor: ActorLike | None = None,
        occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        """One voice in an approval step: `decision` is "approve" or "refuse"."""
        return self._write(
            "decide_approval",
            {"task": task, "run": run, "step": step, "instance": instance, "visit": visit,
             "decision": decision, "note": note},
            command_id, at, actor, occurred_at, expected_revision,
        )
