#!/usr/bin/env python3
"""Recorded event logs never change: old logs must replay in every later version.

Every file of tests/golden/events is listed with its SHA-256 in SHA256SUMS there. A listed file keeps its bytes and
stays; a new one is listed. Where the history is at hand, a line that an earlier commit listed may not be altered.
"""
import hashlib
import re

from checklib import git, main, read

FOLDER = "tests/golden/events"


def parse(text):
    return {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.M)}


def first_listed(root):
    """name -> digest as first committed; empty when there is no history."""
    log = git(root, "log", "--reverse", "--format=", "-p", "--", f"{FOLDER}/SHA256SUMS") or ""
    listed = {}
    for digest, name in re.findall(r"^\+([0-9a-f]{64})  (\S+)$", log, re.M):
        listed.setdefault(name, digest)
    return listed


def check(root):
    folder = root / FOLDER
    sums = parse(read(folder / "SHA256SUMS")) if (folder / "SHA256SUMS").exists() else {}
    for name, digest in sorted(sums.items()):
        path = folder / name
        if not path.exists():
            yield f"{FOLDER}/{name}: listed, but gone"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{FOLDER}/{name}: changed; released events are frozen, add a new file instead"
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.name not in ("SHA256SUMS", "README.md") and name not in sums:
            yield f"{FOLDER}/{name}: not listed; add it:  cd {FOLDER} && sha256sum {name} >> SHA256SUMS"
    for name, digest in first_listed(root).items():
        if sums.get(name) != digest:
            yield f"{FOLDER}/SHA256SUMS: the line of {name} is not what it first was"


def sums_of(**contents):
    return "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}.jsonl\n" for name, text in contents.items())


main(check, {
    "good": ({f"{FOLDER}/a.jsonl": "one\n", f"{FOLDER}/SHA256SUMS": sums_of(a="one\n")}, None),
    "nothing yet": ({"README.md": ""}, None),
    "changed": ({f"{FOLDER}/a.jsonl": "two\n", f"{FOLDER}/SHA256SUMS": sums_of(a="one\n")}, "changed"),
    "gone": ({f"{FOLDER}/SHA256SUMS": sums_of(a="one\n")}, "gone"),
    "not listed": ({f"{FOLDER}/a.jsonl": "one\n", f"{FOLDER}/SHA256SUMS": ""}, "not listed"),
})
