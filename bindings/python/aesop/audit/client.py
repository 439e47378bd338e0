"""Client: what the audit needs of an engine, which is one method, execute(command) -> answer.

Native values (Decimal, date and time) and JSON texts are both taken; everything behind this file sees one form:
times of entries are datetime in UTC, and what stands in `control` and `data` is JSON with Decimal for numbers with
a fraction.
"""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

__all__ = ["AuditError", "Client", "Executes", "instant", "plain", "time_text"]

PAGE = 1000


class AuditError(Exception):
    """What keeps an audit from being made: an answer of the engine that is an error, or input that cannot be read."""

    def __init__(self, message: str, *, code: str = "invalid-argument", help: str = "") -> None:
        super().__init__(f"{message} ({help})" if help else message)
        self.code = code
        self.message = message
        self.help = help


class Executes(Protocol):
    """An engine: aesop.Engine, or anything that answers the commands of docs/commands.md."""

    def execute(self, command: dict[str, Any], /) -> Any:
        """The answer: {"ok": ...}, {"rejected": ...} or {"error": ...}, as a dict or as JSON text."""


def instant(value: object) -> datetime:
    """The moment a value names, in UTC: a datetime with an offset, or RFC 3339 text. Else AuditError."""
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, str):
        text = value.strip()
        # FEEL writes the zone after the time; the offset before it says the moment.
        text = text.split("@", 1)[0]
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise AuditError(f"{value!r} is no time", help="times are 2026-01-05T09:00:00Z, any offset") from None
    else:
        raise AuditError(f"{value!r} is no time", help="times are 2026-01-05T09:00:00Z, any offset")
    if found.tzinfo is None:
        raise AuditError(f"{value!r} has no offset", help="say Z for UTC, or +01:00")
    return found.astimezone(timezone.utc)


def time_text(at: datetime) -> str:
    """RFC 3339 in UTC as the engine writes it: no fraction when there is none, else no trailing zeros."""
    text = at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    if at.microsecond:
        text += f".{at.microsecond:06d}".rstrip("0")
    return text + "Z"


def _span_text(span: timedelta) -> str:
    micros = span // timedelta(microseconds=1)
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    seconds, rest = divmod(micros, 1_000_000)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    parts = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or rest or not parts:
        parts += f"{seconds}{fraction}S"
    return f"{sign}PT{parts}"


def plain(value: Any) -> Any:
    """The value as JSON has it: native times and durations become text, numbers stay exact."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    if isinstance(value, datetime):
        zone = getattr(value.tzinfo, "key", None)
        if zone and zone != "UTC":
            return f"{value.replace(tzinfo=None).isoformat()}@{zone}"
        return time_text(value) if value.tzinfo is not None else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _span_text(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return str(value)


class Client:
    """Asks an engine and reads whole lists, page by page."""

    def __init__(self, engine: Executes) -> None:
        self._engine = engine

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        """The `ok` of the answer. AuditError with the engine's code when it is an error or a refusal."""
        answer = self._engine.execute(command)
        if isinstance(answer, (str, bytes)):
            answer = json.loads(answer, parse_float=Decimal)
        if not isinstance(answer, Mapping):
            raise AuditError(f"the engine answered {type(answer).__name__} to {command.get('do')}", code="internal")
        if "ok" in answer:
            return dict(answer["ok"])
        if "error" in answer:
            error = answer["error"]
            raise AuditError(str(error.get("message", "")), code=str(error.get("code", "internal")),
                             help=str(error.get("help", "")))
        refused = answer.get("rejected", {})
        raise AuditError(str(refused.get("message", "refused")), code=str(refused.get("reason", "rejected")))

    def entries(self, *, run: str | None = None) -> Iterator[dict[str, Any]]:
        """All entries of the log in their order, or the events of one run."""
        after = 0
        while True:
            command: dict[str, Any] = {"do": "events", "after": after, "limit": PAGE}
            if run is not None:
                command["run"] = run
            page = self.ask(command)
            yield from page["events"]
            if not page.get("more") or not page["events"]:
                return
            after = int(page["events"][-1]["run_seq" if run is not None else "seq"])

    def runs(self) -> Iterator[dict[str, Any]]:
        """All runs in the order they began."""
        after = 0
        while True:
            page = self.ask({"do": "runs", "after": after, "limit": PAGE})
            yield from page["runs"]
            if not page.get("more") or not page["runs"]:
                return
            after = int(page["runs"][-1]["number"])
