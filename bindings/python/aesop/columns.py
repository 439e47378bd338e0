"""The columns of every frame. Released columns keep name, meaning and order; new ones come at the end with a new version."""
from __future__ import annotations

__all__ = ["COLUMNS", "COLUMNS_VERSION", "INTEGERS", "TIMES"]

#: Raised whenever a column is added.
COLUMNS_VERSION = 1

#: kind of Rows -> its columns, in order. docs/python.md says what those of events mean.
COLUMNS: dict[str, tuple[str, ...]] = {
    "events": ("event_id", "seq", "case_id", "activity", "lifecycle", "timestamp", "actor", "role", "scope", "sop_id",
               "sop_version", "step_id", "visit", "attempt", "due_at", "rev", "payload", "kind", "type", "type_version",
               "subject", "command_id", "occurred_at", "recorded", "control", "erased"),
    "worklist": ("task", "run", "step", "title", "kind", "state", "owner", "candidates", "roles", "due", "since",
                 "subject", "key", "scope", "sop", "visit", "instance", "index", "priority"),
    "runs": ("run", "number", "sop", "version", "subject", "key", "scope", "status", "outcome", "revision", "thread"),
    "gates": ("seq", "checked_at", "actor", "sop_id", "sop_version", "gate", "subject", "run", "scope", "verdict", "blocked",
              "warned", "approved", "facts_hash", "rules_hash", "receipt", "at"),
    "effects": ("effect", "key", "kind", "run", "attempts", "failures", "dead", "body"),
    "why": ("task", "step", "kind", "what", "text"),
    "timers": ("timer", "run", "due"),
    "people": ("person", "name", "grants"),
    "parameters": ("sop", "name", "scope", "value"),
    "sops": ("sop", "version", "hash", "seq"),
    "feeds": ("feed", "cursor"),
    "kpis": ("id", "title", "owner", "unit", "value", "p90", "count", "over", "band", "target", "window", "trend", "lineage"),
    "counts": ("value", "count", "amount"),
    "escalations": ("kind", "ref", "title", "rung", "after", "whom", "starts", "count", "runs", "found_nobody"),
    "exceptions": ("run", "id", "policy", "title", "allows", "step", "subject", "asked_by", "at", "result", "decided",
                   "emergency", "used", "expired", "passed_on"),
    "failures": ("check", "enforce", "message", "fix", "exception"),
}

#: Columns that are times.
TIMES = {"timestamp", "due_at", "occurred_at", "recorded", "due", "since", "checked_at", "at"}

#: Columns that are whole numbers; pandas' Int64, which can be missing.
INTEGERS = {"seq", "visit", "attempt", "rev", "type_version", "instance", "index", "priority", "number", "revision", "attempts",
            "failures"}
