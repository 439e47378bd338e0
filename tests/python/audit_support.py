"""What the tests of aesop.audit share: an engine, a small SOP with people at work, and logs changed after the fact.

The engine is the compiled module when it is there; else the program `aesop exec` stands in for it, so that audits are
tested wherever the program is. Whoever changes a log here plays a faulty or dishonest writer: the engine itself lets
hardly any of the deviations happen that an audit looks for.
"""
from __future__ import annotations

import atexit
import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest

# The same examples each time, and what Hypothesis remembers does not belong into the tree.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="aesop-hypothesis-")
atexit.register(shutil.rmtree, os.environ["HYPOTHESIS_STORAGE_DIRECTORY"], ignore_errors=True)
hypothesis.settings.register_profile("audit", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("audit")

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bindings" / "python"

try:
    importlib.import_module("aesop.audit")
except ImportError:
    if "aesop" not in sys.modules:  # the compiled module is not built: the audit does without it
        sys.modules["aesop"] = types.ModuleType("aesop")
        sys.modules["aesop"].__path__ = []
    sys.modules["aesop"].__path__.append(str(PACKAGE / "aesop"))

from aesop import audit  # noqa: E402
from aesop.audit.client import Client  # noqa: E402
from aesop.audit.history import Entry  # noqa: E402


def program() -> str | None:
    """The program aesop: named in AESOP_PROGRAM, built in this tree, or on the PATH."""
    named = os.environ.get("AESOP_PROGRAM")
    if named:
        return named
    built = sorted(ROOT.glob("build/*/bin/aesop"))
    return str(built[0]) if built else shutil.which("aesop")


class Exec:
    """Stands in for the module: one `aesop exec` process, JSON texts in and out."""

    def __init__(self, path: str) -> None:
        named = program()
        if named is None:
            pytest.skip("neither the module aesop nor the program is built")
        self._process = subprocess.Popen([named, "exec", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                         encoding="utf-8")

    def execute(self, command: dict[str, Any]) -> str:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


def has_module() -> bool:
    return hasattr(importlib.import_module("aesop"), "open")


def open_engine(path: str = ":memory:") -> Any:
    """The module's engine, else the stand-in. Both have execute() and close()."""
    return importlib.import_module("aesop").open(path) if has_module() else Exec(path)


SOP: dict[str, Any] = {
    "aesop": 1, "sop": "parcel", "version": "1.0.0", "title": "Send a parcel", "purpose": "It arrives.", "scope": "All shops.",
    "roles": {"clerk": {}, "lead": {}, "chief": {}},
    "late_facts": {"within": "2 days"},
    "data": {"kilos": {"type": "number", "default": 1}},
    "events": {"parcel.seen": {"fields": {}}, "parcel.lost": {"fields": {}}},
    "gates": {"may_send": {"checks": [{"id": "light", "require": "kilos < 30", "message": "too heavy"}]}},
    "clocks": {"whole": {"starts": "run.started", "stops": "send.completed", "due": "10 days",
                         "escalate": [{"at": "due", "notify": "lead"}]}},
    "steps": [
        {"id": "pack", "title": "Pack it", "raci": {"responsible": "clerk", "accountable": "lead"}, "review": "lead",
         "form": {"weight": {"type": "number", "required": True}},
         "checklist": ["Compare with the order", {"item": "Photograph it", "id": "photo", "evidence": "photo"},
                       {"item": "Note the shelf", "id": "shelf", "enforce": "should"},
                       {"item": "Weigh it twice", "id": "twice", "enforce": "must-unless-documented"}],
         "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}],
         "next": [{"if": "weight > 10", "go": "approve", "set": {"kilos": "=weight"}},
                  {"else": "send", "set": {"kilos": "=if weight = null then kilos else weight"}}]},
        {"id": "approve", "title": "Approve a heavy one", "kind": "approval", "raci": {"responsible": "lead", "accountable":
         "chief"}, "approvers": "lead", "exclude": ["pack"], "due": "1 day",
         "escalate": [{"at": "due", "notify": "accountable"}], "next": {"approved": "send", "refused": "kept"}},
        {"id": "send", "title": "Hand it over", "gate": "may_send", "raci": {"responsible": "clerk", "accountable": "lead"},
         "due": "2 days", "escalate": [{"at": "due", "notify": "accountable"}], "next": "sent"},
        {"id": "sent", "kind": "end", "outcome": "sent"},
        {"id": "kept", "kind": "end", "outcome": "kept"}],
    "exceptions": {"skip_pack": {
        "of": ["pack"], "allows": "skip", "ask": ["clerk"], "documents": ["letter"], "approvers": "lead",
        "decide_within": "4 hours", "on_timeout": "deny", "valid_for": "1 day",
        "emergency": {"by": ["chief"], "review_within": "2 days", "reviewer": "lead",
                      "escalate": [{"at": "due", "notify": "lead"}]}}},
    "kpis": {"sent": {"title": "Sent", "count": "send.completed", "over": "run.started", "exclude": "parcel.lost"},
             "days": {"days_between": ["run.started", "send.completed"]},
             "soon": {"days_between": ["run.started", "send.completed"], "within": "2 days"},
             "seen": {"count": "parcel.seen"}},
}
PEOPLE = {"ana": "clerk", "cy": "clerk", "lee": "lead", "max": "lead", "kim": "chief"}
PHOTO = {"sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "media_type": "image/png",
         "inline": "aGVsbG8="}
LETTER = {"name": "letter", "sha256": PHOTO["sha256"]}


class Shop:
    """People who send parcels. Every call is one command, at the time of the call before unless another is said."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.client = Client(engine)
        self.at = "2026-03-02T09:00:00Z"
        self.number = 0
        self.do("publish", "root", text=json.dumps(SOP))
        for person, role in PEOPLE.items():
            self.do("put_person", "root", person=person, name=person.title(), grants=[{"role": role, "scope": "shops"}])

    def do(self, verb: str, who: str, **members: Any) -> dict[str, Any]:
        self.number += 1
        self.at = members.pop("at", self.at)
        actor = {"id": who, "roles": [PEOPLE.get(who, "host")], "scope": "shops"}
        return self.client.ask({"do": verb, "command_id": f"c{self.number}", "at": self.at, "actor": actor, **members})

    def start(self, run: str, subject: str = "", at: str = "") -> None:
        self.do("start", "root", run=run, sop="parcel", subject=subject or f"order_{run}", scope="shops/north",
                **({"at": at} if at else {}))

    def pack(self, run: str, weight: int = 2, who: str = "ana", items: tuple[str, ...] = ("1", "photo", "shelf", "twice"),
             review: str = "lee") -> None:
        for item in items:
            if item == "photo":
                self.do("attach_evidence", who, run=run, step="pack", item="photo", **PHOTO)
            self.do("tick", who, run=run, step="pack", item=item)
        reasons = {} if "twice" in items else {"reasons": {"twice": "the scale is broken"}}
        self.do("complete", who, run=run, step="pack", form={"weight": weight}, **reasons)
        if review:
            self.do("accept_review", review, run=run, step="pack")

    def send(self, run: str, who: str = "cy", at: str = "") -> None:
        self.do("complete", who, run=run, step="send", **({"at": at} if at else {}))

    def clean(self, run: str, subject: str = "", at: str = "") -> None:
        """A run that deviates in nothing."""
        self.start(run, subject, at)
        self.pack(run)
        self.send(run)

    def book(self, **options: Any) -> audit.Book:
        return audit.read(self.engine, **options)


def changed(book: audit.Book, change: Callable[[list[dict[str, Any]]], None]) -> audit.Book:
    """The book of a log in which somebody changed entries after the fact."""
    rows = json.loads(json.dumps([dict(one.raw) for one in book.entries], default=str))
    change(rows)
    return audit.Book(book.client, [Entry.of(row) for row in rows], book.as_of)


def only(rows: list[dict[str, Any]], type: str, number: int = 0) -> dict[str, Any]:
    """The entry of a type, the first unless another is asked for."""
    return [row for row in rows if row["type"] == type][number]


@pytest.fixture
def shop() -> Iterator[Shop]:
    engine = open_engine()
    yield Shop(engine)
    engine.close()
