#!/usr/bin/env python3
"""Files under version control speak of the project only: no path of one machine, no note to self left behind."""
import re

from checklib import main, read, tracked

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": re.compile("/" + "work/|/tmp/" + "bash_jobs|/" + "home/[a-z]+/|/" + "Users/[a-z]+/", re.I),
    "a mark of unfinished work": re.compile(r"\b(" + "FIX" + "ME|XX" + "X|DO NOT " + r"SUBMIT)\b"),
    "a merge conflict": re.compile("^(" + "<" * 7 + "|" + ">" * 7 + ") ", re.M),
}
TRAILING = re.compile(r"[ \t]+$", re.M)
CODE = {".hpp", ".cpp", ".h", ".c", ".def", ".py", ".cmake", ".sh"}


def check(root):
    for path in tracked(root):
        name = path.relative_to(root).as_posix()
        data = path.read_bytes()
        if b"\0" in data[:4096]:
            continue
        text = read(path)
        for what, pattern in FORBIDDEN.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {what}: {match.group(0).strip()}"
        if path.suffix in CODE:
            if b"\r\n" in data:
                yield f"{name}: CRLF line ends"
            match = TRAILING.search(text)
            if match:
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: spaces at the end of a line"
            if text and not text.endswith("\n"):
                yield f"{name}: no newline at the end"


main(check, {
    "good": ({"src/a.cpp": "// the work / life of a file\n"}, None),
    "path": ({"docs/a.md": "see /" + "work/notes.md\n"}, "path of one machine"),
    "mark": ({"src/a.cpp": "// FIX" + "ME later\n"}, "unfinished"),
    "conflict": ({"src/a.cpp": "<" * 7 + " ours\n"}, "merge conflict"),
    "space": ({"src/a.cpp": "int a; \n"}, "spaces"),
    "no end": ({"src/a.cpp": "int a;"}, "no newline"),
})
