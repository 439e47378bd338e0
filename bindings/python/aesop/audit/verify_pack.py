"""Checks an evidence pack: every file is the one the manifest names, samples come out of their seeds again, and what
findings and measures cite is there. Needs nothing but Python's own library, so that this file alone is enough.

    python -m aesop verify PACK.zip [--manifest SHA256] [--head SHA256] [--max-size MIB]

Exit codes: 0 the pack is whole, 1 something differs, 2 wrong usage, 3 the file cannot be read or is refused.

A pack from somebody else is not trusted: names that leave the folder, names given twice, links, overlapping or hidden
bytes, encrypted or unknown methods, and more data than allowed are refused before anything is unpacked; nothing is
ever written.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import re
import stat
import sys
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NoReturn

__all__ = ["Refused", "check_pack", "main"]

MAX_FILES = 10_000
MAX_MIB = 4096
MAX_RATIO = 200
MAX_TEXT = 64 << 20  # of a file, or a line of events.jsonl, that is held in memory as a whole
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


class Refused(Exception):
    """The file is no pack that can be read safely."""


def check_pack(path: str, *, manifest_hash: str | None = None, head: str | None = None, max_mib: int = MAX_MIB) -> list[str]:
    """What differs, a line each; empty when the pack is whole. Refused when it cannot be read or must not be."""
    try:
        with open(path, "rb") as file, zipfile.ZipFile(file) as archive:
            infos = _admitted(archive, file, max_mib)
            return list(_differences(archive, infos, manifest_hash, head))
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Refused(f"is no sound zip file: {error}") from None


def _admitted(archive: zipfile.ZipFile, file: BinaryIO, max_mib: int) -> dict[str, zipfile.ZipInfo]:
    infos: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    total = 0
    if len(archive.infolist()) > MAX_FILES:
        raise Refused(f"has more than {MAX_FILES} files")
    file.seek(-22, 2)
    if archive.comment or file.read(4) != b"PK\5\6":
        raise Refused("has a comment or bytes after its end, which no manifest covers")
    for info in archive.infolist():
        name = info.orig_filename
        if not _NAME.fullmatch(name) or len(name) > 300:
            raise Refused(f"names a file {name[:100]!r}, which is no name of a pack")
        if name.casefold() in folded:
            raise Refused(f"names {name!r} twice")
        if info.flag_bits & 0x1:
            raise Refused(f"has {name!r} encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(f"has {name!r} packed by a method that is not known")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise Refused(f"has {name!r} as a link or device")
        if info.file_size > MAX_RATIO * max(info.compress_size, 1024):
            raise Refused(f"has {name!r} packed beyond {MAX_RATIO} to 1")
        total += info.file_size
        infos[name] = info
        folded.add(name.casefold())
    if total > max_mib << 20:
        raise Refused(f"unpacks to {total >> 20} MiB, more than {max_mib} allowed (--max-size)")
    _contiguous(archive, file)
    if "manifest.json" not in infos:
        raise Refused("has no manifest.json")
    return infos


def _contiguous(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    """Files stand one after the other from the first byte to the directory: none overlaps, nothing is between them."""
    place = 0
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset != place:
            raise Refused(f"has overlapping or hidden bytes before {info.orig_filename!r}")
        file.seek(place)
        header = file.read(30)
        if len(header) != 30 or header[:4] != b"PK\3\4":
            raise Refused(f"has no file where {info.orig_filename!r} should be")
        if header[6] & 0x8:
            raise Refused(f"has {info.orig_filename!r} without its size before it")
        place += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little") + info.compress_size
    if place != archive.start_dir:
        raise Refused("has hidden bytes before its directory")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A file as a whole. Refused when it is larger than what is read here ever is."""
    if info.file_size > MAX_TEXT:
        raise Refused(f"has a {info.orig_filename} of {info.file_size} bytes, more than {MAX_TEXT}")
    with archive.open(info) as stream:
        return stream.read(MAX_TEXT + 1)


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[int, str]:
    """Size and SHA-256 of a file, whatever its size."""
    size, digest = 0, hashlib.sha256()
    with archive.open(info) as stream:
        while piece := stream.read(1 << 20):
            size += len(piece)
            digest.update(piece)
    return size, digest.hexdigest()


def _lines(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as stream:
        while line := stream.readline(MAX_TEXT):
            if not line.endswith(b"\n"):
                raise ValueError("a line does not end, or is too long")
            yield line


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a member is named twice")
    return made


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode(), object_pairs_hook=_unique, parse_float=str)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _differences(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], manifest_hash: str | None,
                 head: str | None) -> Iterator[str]:
    raw = _read(archive, infos["manifest.json"])
    try:
        manifest = _json(raw)
        version = manifest["aesop_pack"]
        listed = {str(row["path"]): (int(row["size"]), str(row["sha256"])) for row in manifest["files"]}
        log_head, entries = str(manifest["log"]["head"]), int(manifest["log"]["entries"])
        named_twice = len(listed) != len(manifest["files"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"has a manifest that cannot be read: {error!r}") from None
    if version != 1:
        raise Refused(f"has a manifest of version {version!r}, which this program does not know")
    if named_twice:
        yield "manifest.json: names a file twice"
    if manifest_hash is not None and hashlib.sha256(raw).hexdigest() != manifest_hash.lower():
        yield f"manifest.json: its SHA-256 is {hashlib.sha256(raw).hexdigest()}, not the one given"
    if head is not None and log_head != head.lower():
        yield f"manifest.json: the head of the log is {log_head}, not the one given"
    whole = not named_twice
    for name in sorted(set(listed) - set(infos)):
        whole = False
        yield f"{name}: the manifest names it, and it is not there"
    for name in sorted(set(infos) - set(listed) - {"manifest.json"}):
        whole = False
        yield f"{name}: it is there, and the manifest does not name it"
    for name in sorted(set(listed) & set(infos)):
        size, sha256 = listed[name]
        try:
            found = _digest(archive, infos[name])
        except zipfile.BadZipFile as error:
            whole = False
            yield f"{name}: it cannot be unpacked: {error}"
            continue
        if found != (size, sha256):
            whole = False
            how = f"{found[0]} bytes, {size} expected" if found[0] != size else "its SHA-256 differs"
            yield f"{name}: it is not what the manifest says ({how})"
    if whole:  # else what stands in the files means nothing
        yield from _meaning(archive, infos, manifest, entries)


def _meaning(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], manifest: dict[str, Any],
             entries: int) -> Iterator[str]:
    name = "events.jsonl"
    try:
        seqs = {int(_json(line)["seq"]) for line in _lines(archive, infos[name])}
        if seqs != set(range(1, entries + 1)):
            yield f"{name}: it does not hold the {entries} entries of the log, each once"
        name = "findings.json"
        for row in _json(_read(archive, infos[name]))["findings"]:
            if lost := [one["seq"] for one in row["events"] if one["seq"] not in seqs]:
                yield f"{name}: a finding cites entry {lost[0]}, which is not there"
        name = "kpis.json"
        for row in _json(_read(archive, infos[name]))["kpis"] if name in infos else []:
            if lost := sorted({*row["numerator"], *row["denominator"]} - seqs):
                yield f"{name}: {row['kpi']} cites entry {lost[0]}, which is not there"
            if len(row["numerator"]) != row["count"] or len(row["denominator"]) != row["over"]:
                yield f"{name}: {row['kpi']} does not cite an entry for every run it counts"
        for name in sorted(one for one in infos if one.startswith("samples/")):
            yield from (f"{name}: {problem}" for problem in _sample(_json(_read(archive, infos[name]))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{name}: it cannot be read: {error!r}"


def _sample(row: dict[str, Any]) -> Iterator[str]:
    frame = [str(id) for stratum in row["strata"] for id in stratum["frame"]]
    if hashlib.sha256("".join(f"{id}\n" for id in frame).encode()).hexdigest() != row["frame_hash"]:
        yield "the hash of the frame is not that of its ids"
    if row["method"] != "aesop-sample/1":
        yield f"the method {row['method']!r} is not known, and the sample cannot be drawn again"
        return
    for stratum in row["strata"]:
        pool, size = list(stratum["frame"]), len(stratum["chosen"])
        if size > len(pool) or _draw(pool, size, str(row["seed"]), str(stratum["name"])) != stratum["chosen"]:
            yield f"what was chosen of {stratum['name'] or 'the frame'} does not come out of the seed"


def _draw(pool: list[str], size: int, seed: str, label: str) -> list[str]:
    """The generator of sampling.py, written again: the check does not lean on what it checks."""
    words: list[int] = []
    block = 0
    for place in range(size):
        left = len(pool) - place
        while True:
            if not words:
                digest = hashlib.sha256(f"aesop-sample/1\0{seed}\0{label}\0{block}".encode()).digest()
                words = [int.from_bytes(digest[at:at + 8], "big") for at in (0, 8, 16, 24)]
                block += 1
            word = words.pop(0)
            if word < 2 ** 64 - 2 ** 64 % left:
                break
        other = place + word % left
        pool[place], pool[other] = pool[other], pool[place]
    return pool[:size]


def _shown(text: str) -> str:
    """What a pack says, for a terminal: nothing in it moves the cursor or changes a colour."""
    return "".join(one if one.isprintable() else "?" for one in text)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError("a SHA-256 has 64 hexadecimal digits")
    return text


def _mib(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text):
        raise argparse.ArgumentTypeError("a size is a whole number of MiB")
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """The program: `argv` are the arguments after `verify`. Prints what differs, and gives the exit code."""
    parser = _Parser(prog="aesop verify", description="Checks an evidence pack. (The record of a store: aesop audit verify DB)", allow_abbrev=False)
    parser.add_argument("pack", metavar="PACK", help="the zip file")
    parser.add_argument("--manifest", metavar="SHA256", type=_sha256, help="hash of the manifest, kept elsewhere")
    parser.add_argument("--head", metavar="SHA256", type=_sha256, help="head of the log, kept elsewhere")
    parser.add_argument("--max-size", metavar="MIB", type=_mib, default=MAX_MIB,
                        help=f"refuse what unpacks to more ({MAX_MIB})")
    try:
        args = parser.parse_args(argv)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        found = check_pack(args.pack, manifest_hash=args.manifest, head=args.head, max_mib=args.max_size)
    except Refused as error:
        print(_shown(f"{args.pack}: {error}"), file=sys.stderr)
        return 3
    for line in found:
        print(_shown(f"{args.pack}: {line}"))
    if found:
        return 1
    print(f"{args.pack}: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
