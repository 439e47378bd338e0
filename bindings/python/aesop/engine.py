"""The engine: a store that is open, and its commands as methods."""
from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any

from . import _aesop
from ._commands import ActorLike, Commands, Time, _actor
from ._exception_commands import ExceptionCommands
from ._measuring import Measuring
from ._reading import Reading
from ._run_commands import RunCommands
from ._store_commands import StoreCommands
from ._task_commands import TaskCommands

__all__ = ["Acting", "Engine", "open"]


class _AllCommands(RunCommands, TaskCommands, ExceptionCommands, StoreCommands, Reading, Measuring):
    """Every command, for Engine and Acting."""


class Engine(_AllCommands):
    """SOPs run durably on one store. Opened by aesop.open; closed by close() or the end of a `with` block.

    One command is one transaction, durable when the call returns. Every command that writes takes `command_id`, `at`
    and `actor`; the same id with the same request gives the stored answer and changes nothing. Calls of several threads
    wait for each other; each gives the GIL up meanwhile.
    """

    def __init__(self, native: _aesop.Engine, path: str) -> None:
        self._native = native
        self._path = path

    def perform(self, command: Mapping[str, Any], /) -> dict[str, Any]:
        return self._native.perform(dict(command))

    def execute(self, command: Mapping[str, Any], /) -> dict[str, Any]:
        """Runs one command, given as docs/commands.md has it, and gives its whole answer: "ok", "rejected" or "error".

        Raises only for what cannot be a command: a float in it, a closed engine.
        """
        return self._native.execute(dict(command))

    def execute_text(self, line: str, /) -> str:
        """The same over JSON text: one object in, one object out."""
        return self._native.execute_text(line)

    def acting(
        self, actor: ActorLike, *, at: Time | Callable[[], Time] | None = None, ids: Callable[[], str] | None = None
    ) -> Acting:
        """The same engine with what every command needs filled in: the actor, the time, and what makes command ids.

        What a call gives itself comes first. `at` may be a clock; `ids` must give another id each time.
        """
        return Acting(self, actor, at, ids)

    def begin_batch(self) -> None:
        """Until commit_batch, commands share one transaction and one sync; their answers are provisional."""
        self._native.begin_batch()

    def commit_batch(self) -> None:
        """Makes the batch durable. After an error nothing of it is known to be kept: repeat with the same ids."""
        self._native.commit_batch()

    def rollback_batch(self) -> None:
        """Forgets the batch."""
        self._native.rollback_batch()

    @contextlib.contextmanager
    def batch(self) -> Iterator[Engine]:
        """A batch as a `with` block: committed at its end, forgotten when it is left by an exception."""
        self.begin_batch()
        try:
            yield self
        except BaseException:
            self.rollback_batch()
            raise
        self.commit_batch()

    def rebuild(self) -> int:
        """Writes states, timers and worklist anew from the events; gives the number of runs. ChainBroken."""
        return self._native.rebuild()

    def close(self) -> None:
        """Closes the store; waits for a call of another thread. Once more does nothing."""
        self._native.close()

    @property
    def closed(self) -> bool:
        return self._native.closed

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<aesop.Engine {self._path!r}{' closed' if self.closed else ''}>"


class Acting(_AllCommands):
    """An engine with an actor, a time and command ids filled in: Engine.acting."""

    def __init__(
        self, engine: Engine, actor: ActorLike, at: Time | Callable[[], Time] | None, ids: Callable[[], str] | None
    ) -> None:
        self._engine = engine
        self._actor = _actor(actor)
        self._at = at
        self._ids = ids

    @property
    def engine(self) -> Engine:
        return self._engine

    def perform(self, command: Mapping[str, Any], /) -> dict[str, Any]:
        return self._engine.perform(command)

    def __repr__(self) -> str:
        return f"<aesop.Acting {(self._actor or {}).get('id')!r} on {self._engine!r}>"


def open(
    path: str | os.PathLike[str], *, create: bool = True, read_only: bool = False, exclusive: bool = False,
    allow_network: bool = False, busy_deadline: datetime.timedelta = datetime.timedelta(seconds=5)
) -> Engine:
    """Opens the store of a file; ":memory:" is one in memory that is gone with the engine.

    `create=False` demands that it is there (NotFound); `read_only` writes nothing, not even the schema; `exclusive` is
    for one process alone, and faster. `busy_deadline` is how long a call waits for other writers before Busy, counted in
    whole milliseconds; `allow_network` opens a store on a network file system too: read docs/storage.md first.
    NotAStore, NewerSchema, NetworkFilesystem, Busy, IoError; InvalidArgument for a deadline below zero or above 2**32 ms.
    """
    name = os.fspath(path)
    if not isinstance(busy_deadline, datetime.timedelta):
        raise _aesop.TypeMismatch(f"busy_deadline is a timedelta, not {type(busy_deadline).__name__}")
    milliseconds = busy_deadline // datetime.timedelta(milliseconds=1)
    if not 0 <= milliseconds < 2**32:
        raise _aesop.InvalidArgument(f"busy_deadline is {busy_deadline}, which is no time to wait")
    native = _aesop.Engine(
        name, create=create and not read_only, read_only=read_only, exclusive=exclusive, allow_network=allow_network,
        busy_milliseconds=milliseconds)
    return Engine(native, name)
