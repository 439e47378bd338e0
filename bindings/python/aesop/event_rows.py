"""Entries of the log as an event log: a case, an activity, a transition, and what is known about the step."""
from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

__all__ = ["event_rows"]

# Transitions of the XES lifecycle extension, by type of event. What is none of a step's life has none.
_LIFECYCLE = {
    "step_entered": "schedule",
    "task_claimed": "assign",
    "task_started": "start",
    "task_stopped": "suspend",
    "task_released": "reassign",
    "task_delegated": "reassign",
    "task_forwarded": "reassign",
    "task_reassigned": "reassign",
    "task_suspended": "suspend",
    "task_resumed": "resume",
    "service_requested": "start",
}
_LEFT = {
    "completed": "complete",
    "skipped": "manualskip",
    "not_applicable": "autoskip",
    "withdrawn": "withdraw",
    "failed": "ate_abort",
    "lapsed": "pi_abort",
}


def event_rows(
    entries: Iterable[Mapping[str, Any]], run_of: Callable[[str], Mapping[str, Any]] | None
) -> list[dict[str, Any]]:
    """Rows with the columns of `events`. `run_of` gives the state of a run whose beginning is not among the entries."""
    runs: dict[str, Mapping[str, Any]] = {}
    steps: dict[tuple[str, Any], Mapping[str, Any]] = {}
    return [_row(entry, runs, steps, run_of) for entry in entries]


def _row(
    entry: Mapping[str, Any], runs: dict[str, Mapping[str, Any]], steps: dict[tuple[str, Any], Mapping[str, Any]],
    run_of: Callable[[str], Mapping[str, Any]] | None,
) -> dict[str, Any]:
    control = entry.get("control") or {}
    kind, type_, run = entry["kind"], entry["type"], entry.get("run")
    if kind == "event" and type_ == "run_started":
        runs[entry["run"]] = {"sop": control.get("sop"), "version": control.get("sop_version"),
                              "scope": control.get("scope"), "subject": control.get("subject")}
    of: Mapping[str, Any] = {}
    if run is not None:
        if run not in runs:
            runs[run] = run_of(run) if run_of is not None else {}
        of = runs[run]
    step: Mapping[str, Any] = {}
    if kind == "event" and run is not None and "token" in control:
        if type_ == "step_entered":
            steps[run, control["token"]] = {"step": control["step"], "visit": control["visit"], "due": _due(control)}
        step = steps.get((run, control["token"]), {})
        if "step" in control and control["step"] != step.get("step"):
            step = {}  # a step that decides at once is not entered
    step_id = control.get("step", step.get("step")) if kind == "event" else None
    lifecycle = _LIFECYCLE.get(type_) if kind == "event" else None
    if kind == "event" and type_ == "step_left":
        lifecycle = _LEFT.get(control.get("reason", ""))
    return {
        "event_id": f"{run}/{entry['run_seq']}" if "run_seq" in entry else f"log/{entry['seq']}",
        "seq": entry["seq"],
        "case_id": run,
        "activity": step_id if lifecycle is not None else control.get("event", type_) if kind == "event" else type_,
        "lifecycle": lifecycle,
        "timestamp": entry["at"],
        "actor": entry.get("actor"),
        "role": ", ".join(entry.get("roles", ())) or None,
        "scope": of.get("scope") or entry.get("scope") or "",
        "sop_id": of.get("sop") or control.get("sop"),
        "sop_version": of.get("version") or control.get("sop_version"),
        "step_id": step_id,
        "visit": control.get("visit", step.get("visit")),
        "attempt": control.get("attempt"),
        "due_at": _time(control.get("due")) or step.get("due"),
        "rev": entry.get("run_seq"),
        "payload": entry.get("data"),
        "kind": kind,
        "type": type_,
        "type_version": entry["version"],
        "subject": of.get("subject") or control.get("subject"),
        "command_id": entry.get("command_id"),
        "occurred_at": entry.get("occurred_at"),
        "recorded": entry.get("recorded", entry["at"]),
        "control": control,
        "erased": entry.get("erased", False),
    }


def _due(control: Mapping[str, Any]) -> datetime.datetime | None:
    """When the step is due: its own clock's time, as it was when the step was entered."""
    for clock in control.get("clocks", ()):
        if clock.get("kind") == "step":
            return _time(clock.get("due"))
    return None


def _time(text: Any) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
