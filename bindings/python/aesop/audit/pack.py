"""Evidence pack: everything an audit rests on in one zip file, with a manifest of hashes.

(1) The same inputs give the same bytes: fixed times, fixed order, nothing compressed (what a compressor makes of the
    same bytes differs between its versions).
(2) Every file but manifest.json is in the manifest with its size and SHA-256; verify_pack.py checks it without Aesop.
(3) The CSV files are for reading. The record is events.jsonl: a cell that a spreadsheet would take for a formula has an
    apostrophe before it in CSV.
"""
from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from .book import Book
from .client import AuditError, instant, plain, time_text
from .findings import Findings
from .measures import Measure
from .pseudonyms import Pseudonyms
from .sampling import Sample

__all__ = ["Pack", "json_text", "write_pack"]

_KINDS = {"run": "run", "subject": "subject"}


@dataclass(frozen=True)
class Pack:
    """A pack that was written. Keep `manifest_hash` elsewhere: then a pack that was made anew shows."""

    path: Path
    manifest_hash: str
    head: str
    files: int


def json_text(value: Any) -> str:
    """JSON with sorted members, no spaces, exact numbers, UTF-8 characters as they are."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except TypeError:  # a Decimal somewhere, which json would only write as a text
        return _exact_text(value)


def _exact_text(value: Any) -> str:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise AuditError(f"{value} is no number of JSON")
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_exact_text(str(key))}:{_exact_text(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_exact_text(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def write_pack(path: str | Path, book: Book, *, created: object, findings: Findings = Findings(),
               samples: Iterable[Sample] = (), measures: Sequence[Measure] = (), query: Mapping[str, Any] | None = None,
               seed: str | int | None = None, library: str | None = None, deidentify: bytes | str | None = None) -> Pack:
    """Writes the pack and says what to keep of it.

    `created` is the time that stands in it (a datetime or RFC 3339 text; the audit has no clock of its own), `query` what
    was asked, `seed` that of the samples, `library` the version of Aesop (that of the module when left out). With
    `deidentify`, a key of at least 16 bytes, persons, subjects and runs are pseudonyms and payloads are left out.
    AuditError when the log is not sound, a name is used twice, or the file cannot be written.
    """
    verified = book.verify()
    if not verified.get("sound"):
        raise AuditError(f"the log is not sound: {verified.get('reason', '')}", code="chain-broken")
    if int(verified["entries"]) != len(book.entries):
        raise AuditError(f"the log has {verified['entries']} entries by now, {len(book.entries)} when it was read",
                         code="conflict", help="read the store again")
    hide = None if deidentify is None else Pseudonyms(deidentify)
    contents = _Contents(book, hide)
    contents.events()
    contents.runs()
    contents.findings(findings)
    contents.samples(samples)
    if measures:
        contents.add("kpis.json", json_text({"kpis": [one.row() for one in measures]}) + "\n")
    sops = contents.sops()
    contents.add("verification.json", json_text(plain(verified)) + "\n")
    asked = plain(query or {})
    manifest = json_text({
        "aesop_pack": 1, "created": time_text(instant(created)), "library": library or _library(),
        "deidentified": hide is not None, "query": hide.scrub(asked) if hide else asked,
        "seed": None if seed is None else str(seed), "as_of": time_text(book.as_of),
        "log": {"id": str(verified["log"]), "head": str(verified["head"]), "entries": len(book.entries)}, "sops": sops,
        "files": [{"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                  for name, data in sorted(contents.files.items())],
    }).encode() + b"\n"
    target = Path(path)
    if target.is_file() and target.open("rb").read(15) == b"SQLite format 3":
        raise AuditError(f"{target} is a store", help="a pack is a file of its own")
    try:
        _write_zip(target, {"manifest.json": manifest, **dict(sorted(contents.files.items()))})
    except OSError as error:
        raise AuditError(f"cannot write {target}: {error.strerror or error}", code="io-error") from None
    return Pack(target, hashlib.sha256(manifest).hexdigest(), str(verified["head"]), len(contents.files) + 1)


def _library() -> str:
    return str(getattr(sys.modules.get("aesop"), "__version__", "unknown"))


def _write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Beside it first: a pack that could not be written as a whole is none."""
    part = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name, data in files.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.create_system = 3
                info.external_attr = 0o100644 << 16
                archive.writestr(info, data)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


class _Contents:
    def __init__(self, book: Book, hide: Pseudonyms | None) -> None:
        self.book, self.hide = book, hide
        self.files: dict[str, bytes] = {}

    def add(self, name: str, text: str) -> None:
        if name in self.files:
            raise AuditError(f"two files of the pack would be called {name}", help="give samples names of their own")
        self.files[name] = text.encode()

    def table(self, name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows([_cell(one) for one in row] for row in rows)
        self.add(name, out.getvalue())

    def events(self) -> None:
        raw = [self.hide.entry(one.raw) if self.hide else one.raw for one in self.book.entries]
        self.add("events.jsonl", "".join(json_text(one) + "\n" for one in raw))
        columns = ["seq", "kind", "type", "run", "run_seq", "at", "recorded", "occurred_at", "actor", "roles", "scope",
                   "command_id", "control"]
        self.table("events.csv", columns, ([one.get(column) for column in columns] for one in raw))

    def runs(self) -> None:
        rows = []
        for run in self.book.runs.values():
            id, subject = (self._named("run", run.id), self._named("subject", run.subject))
            rows.append([id, run.sop, run.version, subject, run.scope, time_text(run.started.at),
                         time_text(run.closed.at) if run.closed else "", run.outcome, run.started.seq])
        self.table("runs.csv", ["run", "sop", "version", "subject", "scope", "started", "closed", "outcome", "seq"], rows)

    def findings(self, findings: Findings) -> None:
        rows = [self.hide.scrub(row) if self.hide else row for row in findings.rows()]
        self.add("findings.json", json_text({"findings": rows}) + "\n")
        columns = ["rule", "severity", "run", "subject", "scope", "step", "persons", "message", "events"]
        self.table("findings.csv", columns, (
            [" ".join(str(event["seq"]) for event in row["events"]) if column == "events" else row.get(column)
             for column in columns] for row in rows))

    def samples(self, samples: Iterable[Sample]) -> None:
        for sample in samples:
            row = sample.row()
            if self.hide and sample.of in _KINDS:
                for stratum in row["strata"]:
                    for part in ("frame", "chosen"):
                        stratum[part] = [self.hide.of(_KINDS[sample.of], one) for one in stratum[part]]
                # The hash of ids that can be guessed would give them away: it is that of the frame as it stands here.
                ids = "".join(f"{id}\n" for stratum in row["strata"] for id in stratum["frame"])
                row["frame_hash"] = hashlib.sha256(ids.encode()).hexdigest()
            self.add(f"samples/{_file(sample.name)}.json", json_text(row) + "\n")

    def sops(self) -> list[dict[str, Any]]:
        rows = []
        for one in self.book.procedures():
            base = f"sops/{_file(one.sop)}-{_file(one.version)}"
            self.add(f"{base}.sop.json", one.text)
            self.add(f"{base}.txt", one.shown)
            rows.append({"sop": one.sop, "version": one.version, "hash": one.hash, "published": f"{base}.sop.json",
                         "shown": f"{base}.txt"})
        return rows

    def _named(self, kind: str, id: str) -> str:
        return self.hide.of(kind, id) if self.hide else id


def _file(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", name):
        raise AuditError(f"{name!r} cannot be the name of a file in a pack", help="letters, digits, _ . and -")
    return name


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return _cell(" ".join(str(one) for one in value))
    text = json_text(value) if isinstance(value, Mapping) else str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
