#!/usr/bin/env python3
"""A file of the engine is one noun or one verb. One of more than 600 lines has its reason in size_reasons.txt."""
from checklib import files, main, read

LIMIT = 600


def check(root):
    reasons = {}
    listing = root / "tests/checks/size_reasons.txt"
    for line in read(listing).splitlines() if listing.exists() else []:
        if line.strip() and not line.startswith("#"):
            path, _, reason = line.partition(":")
            reasons[path.strip()] = reason.strip()
    long_files = set()
    for path in files(root, "include/**/*.[hc]pp", "src/**/*.[hc]pp", "capi/**/*.[hc]*"):
        name = path.relative_to(root).as_posix()
        lines = read(path).count("\n")
        if lines > LIMIT:
            long_files.add(name)
            if not reasons.get(name):
                yield f"{name}: {lines} lines, and no reason in tests/checks/size_reasons.txt"
    for name in sorted(set(reasons) - long_files):
        yield f"size_reasons.txt: {name} is not longer than {LIMIT} lines"


LONG = "int a;\n" * 700
main(check, {
    "good": ({"src/run/a.cpp": "int a;\n" * 600}, None),
    "excused": ({"src/run/a.cpp": LONG, "tests/checks/size_reasons.txt": "src/run/a.cpp : one table\n"}, None),
    "long": ({"src/run/a.cpp": LONG}, "700 lines"),
    "no reason": ({"src/run/a.cpp": LONG, "tests/checks/size_reasons.txt": "src/run/a.cpp :\n"}, "no reason"),
    "stale": ({"tests/checks/size_reasons.txt": "src/run/a.cpp : one table\n"}, "not longer"),
})
