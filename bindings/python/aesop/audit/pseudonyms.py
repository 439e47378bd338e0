"""Pseudonyms: entries and findings without the persons and subjects they are about.

(1) A pseudonym is HMAC-SHA-256(key, kind NUL id), its first 16 bytes in hex behind a letter for the kind: the same id
    has the same pseudonym in every pack made with the key, and without the key nobody can test a guess.
(2) What is kept of `control` is listed here. A text under a member this file does not know is left out, so that a later
    version of the log leaks nothing through an older audit. Numbers and truth values stay.
(3) Payloads (`data`) are left out altogether. Times, scopes and the texts of SOPs stay: this is pseudonymous data, not
    anonymous data.
"""
from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

from .client import AuditError

__all__ = ["Pseudonyms"]

_PERSONS = {"actor", "after", "by", "performer", "answerable", "person", "persons", "candidates", "excluded", "people"}
_SUBJECTS = {"subject", "key"}
_RUNS = {"run", "thread", "parent"}
_DOCUMENTS = {"sha256", "documents", "facts_hash", "receipt"}
_CAUSES = {"cause", "timer"}
# Words of the SOP, words of the engine, times, and numbers of things in a run (x1, h1, step.STEP).
_KEPT = {
    "at", "recorded", "occurred_at", "occurred", "started", "due", "until", "checked_at", "type", "kind", "scope", "roles",
    "sop", "sop_version", "plan_hash", "rules_hash", "hash", "step", "stage", "kinds", "managers", "reviewer", "role",
    "approvers", "reviewers", "reason", "outcome", "from", "to", "operation", "event", "id", "ref", "pause", "zones",
    "item", "media_type", "undone", "exceptions", "changed", "affected", "set", "how", "clock", "action", "actions",
    "target", "unresolved", "handoff", "policy", "allows", "quorum", "parameter", "calendar", "effect", "command", "gate",
    "verdict", "approved", "blocked", "warned", "severity", "rule", "message", "grants", "resolved", "moves",
    "clocks", "rungs", "events", "control",
}
_TIMER = re.compile(r"t/(.+)/([^/]+)/(\d+)/(\d+)")
_WORD = re.compile(r"[a-z][a-z0-9_.#]*")


class Pseudonyms:
    """Replaces ids by keyed pseudonyms. The key has at least 16 bytes and is kept from who gets the pack."""

    def __init__(self, key: bytes | str) -> None:
        self._key = key.encode() if isinstance(key, str) else bytes(key)
        if len(self._key) < 16:
            raise AuditError("a key for pseudonyms has at least 16 bytes", help="secrets.token_bytes(32) makes one")

    def of(self, kind: str, id: str) -> str:
        """The pseudonym of a person, subject, run, command or document. Empty stays empty; `role:` names nobody."""
        if not id or id.startswith("role:"):
            return id
        digest = hmac.new(self._key, f"{kind}\0{id}".encode(), hashlib.sha256).hexdigest()
        return f"{kind[0]}_{digest[:32]}"

    def entry(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """An entry of the log, without its payload."""
        made = self.scrub({name: value for name, value in raw.items() if name not in ("data", "command_id", "control")})
        if raw.get("command_id"):
            made["command_id"] = self.of("command", str(raw["command_id"]))
        control = dict(raw.get("control") or {})
        delegate = control.pop("to", None) if raw.get("type") == "task_delegated" else None
        made["control"] = self.scrub(control)
        if delegate is not None:
            made["control"]["to"] = self.of("person", str(delegate))
        return made

    def scrub(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """An object with every id replaced and every text that is not known left out."""
        made: dict[str, Any] = {}
        for name, value in row.items():
            kept = self._value(str(name), value)
            if kept is not _LEFT_OUT:
                made[str(name)] = kept
        return made

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self.scrub(value)
        if isinstance(value, (list, tuple)):
            kept = [self._value(name, one) for one in value]
            return [one for one in kept if one is not _LEFT_OUT]
        if not isinstance(value, str):
            return value
        if name in _PERSONS:
            return self.of("person", value)
        if name in _SUBJECTS:
            return self.of("subject", value)
        if name in _RUNS:
            return self.of("run", value)
        if name in _DOCUMENTS:
            return self.of("document", value)
        if name in _CAUSES:
            return self._cause(value)
        return value if name in _KEPT else _LEFT_OUT

    def _cause(self, text: str) -> str:
        timer = _TIMER.fullmatch(text)
        if timer:
            return f"t/{self.of('run', timer[1])}/{timer[2]}/{timer[3]}/{timer[4]}"
        return text if _WORD.fullmatch(text) else self.of("cause", text)


_LEFT_OUT: Any = object()
