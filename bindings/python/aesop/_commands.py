"""What every command is made of: who asks, when, and under which id."""
from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, Union

from ._aesop import TypeMismatch

__all__ = ["Actor", "ActorLike", "Commands", "Time"]

#: An aware datetime, or RFC 3339 text.
Time = Union[datetime.datetime, str]


class _Who(TypedDict):
    id: str


class Actor(_Who, total=False):
    """Who asks: your assertion, Aesop authenticates nobody. Only `id` is demanded."""

    name: str
    roles: Sequence[str]
    scope: str


#: An Actor, or the id of one without roles.
ActorLike = Union[Actor, str]


def _when(time: Time | None) -> str | None:
    """A time as commands have it: RFC 3339 in UTC. Text passes."""
    if time is None or isinstance(time, str):
        return time
    if not isinstance(time, datetime.datetime):
        raise _mismatch(f"a time is a datetime, not of the class {type(time).__name__}",
                        "such as datetime.now(timezone.utc)")
    if time.utcoffset() is None:
        raise _mismatch("a datetime has no time zone",
                        "give it one: datetime(..., tzinfo=timezone.utc) or tzinfo=ZoneInfo(\"Europe/Paris\")")
    return time.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")


def _time(text: str) -> datetime.datetime:
    """A time of an answer: RFC 3339 in UTC as an aware datetime."""
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc)


_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def _moment(text: str) -> datetime.datetime:
    """A time of the caller's: RFC 3339, with its offset. What has none would be read in the zone of this machine."""
    try:
        if not _RFC3339.fullmatch(text):
            raise ValueError
        return _time(text.upper().replace("Z", "+00:00"))
    except ValueError:
        raise _mismatch(f"{text!r} is not a time", "write it as 2026-01-05T14:00:00Z") from None


def _mismatch(message: str, help: str) -> TypeMismatch:
    error = TypeMismatch(f"{message} ({help})")
    error.message = message
    error.help = help
    return error


def _actor(actor: ActorLike | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    if isinstance(actor, str):
        return {"id": actor}
    return dict(actor)


class Commands:
    """Where the methods of commands come together. Not made by users: see Engine and Engine.acting."""

    _actor: dict[str, Any] | None = None
    _at: Time | Callable[[], Time] | None = None
    _ids: Callable[[], str] | None = None

    def perform(self, command: Mapping[str, Any], /) -> dict[str, Any]:
        """Runs one command, given as docs/commands.md has it, and gives its "ok" object.

        A refusal is raised as Rejected, an error as the class of its code.
        """
        raise NotImplementedError

    def _ask(self, do: str, members: Mapping[str, Any]) -> dict[str, Any]:
        command: dict[str, Any] = {"do": do}
        for name, value in members.items():
            if value is not None or name == "value":  # set_parameter: null gives the default back
                command[name] = dict(value) if isinstance(value, Mapping) else value
        return self.perform(command)

    def _now(self, at: Time | None) -> str | None:
        if at is None:
            at = self._at() if callable(self._at) else self._at
        return _when(at)

    def _write(
        self, do: str, members: dict[str, Any], command_id: str | None, at: Time | None,
        actor: ActorLike | None, occurred_at: Time | None = None, expected_revision: int | None = None,
    ) -> dict[str, Any]:
        if command_id is None and self._ids is not None:
            command_id = self._ids()
        envelope = {"command_id": command_id, "at": self._now(at), "actor": _actor(actor) or self._actor,
                    "occurred_at": _when(occurred_at), "expected_revision": expected_revision}
        return self._ask(do, {**envelope, **members})
