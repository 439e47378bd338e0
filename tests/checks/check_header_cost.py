#!/usr/bin/env python3
"""What including a public header costs its user in compile time.

Time differs between machines and moments, so the measure is what the compiler allocates while it reads the header
(g++ -ftime-report, GGC): the same in every run, and about a hundred megabytes for each second of a common machine. Each
header costs at most what the standard headers alone cost plus 80 MB, or plus what header_cost.txt allows it with a
reason. Headers that are opt-in by design are reported only.
"""
import fnmatch
import os
import re
import shutil
import subprocess
import tempfile
import pathlib

from checklib import HERE, ROOT, files, main, read, skip

REPORTED_ONLY = {"aesop/json.hpp"}
OTHERWISE = 80
BASELINE = "".join(f"#include <{name}>\n" for name in (
    "algorithm", "array", "charconv", "compare", "cstdint", "functional", "map", "memory", "optional", "span", "string",
    "string_view", "utility", "variant", "vector"))
COMPILER = shutil.which("g++")


def ceilings():
    for line in read(HERE / "header_cost.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, limit, reason = (piece.strip() for piece in line.split(":", 2))
            if not reason:
                raise SystemExit(f"header_cost.txt: {pattern} has no reason")
            yield pattern, int(limit)


def megabytes(root, source):
    run = subprocess.run([COMPILER, "-std=c++20", "-O0", "-fsyntax-only", "-ftime-report", f"-I{root / 'include'}", str(source)],
                         capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    total = re.search(r"^ *TOTAL\b.*?(\d+)([kMG])", run.stderr, re.M)
    if run.returncode or not total:
        return None
    return int(total[1]) * {"k": 1 / 1024, "M": 1, "G": 1024}[total[2]]


def check(root):
    rows, allowed = [], list(ceilings())
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "one.cpp"
        source.write_text(BASELINE)
        base = megabytes(root, source)
        if base is None:
            skip("this g++ does not report what it allocates")
        for header in files(root, "include/aesop/**/*.hpp"):
            name = header.relative_to(root / "include").as_posix()
            limit = next((limit for pattern, limit in allowed if fnmatch.fnmatch(name, pattern)), OTHERWISE)
            source.write_text(f'{BASELINE}#include "{name}"\n')
            cost = megabytes(root, source)
            if cost is None:
                yield f"{name}: does not compile"
                continue
            rows.append((cost - base, name))
            if cost > base + limit and name not in REPORTED_ONLY:
                yield f"{name}: {cost - base:.0f} MB over the baseline of {base:.0f} MB, allowed {limit} MB"
    if root == ROOT:
        print(f"baseline {base:.0f} MB; the dearest headers:")
        for over, name in sorted(rows, reverse=True)[:int(os.environ.get("AESOP_HEADERS_SHOWN", "8"))]:
            print(f"  {name:40} +{over:.0f} MB")


if COMPILER is None:
    skip("no g++")
main(check, {
    "good": ({"include/aesop/base/a.hpp": "#pragma once\n#include <string>\n"}, None),
    "dear": ({"include/aesop/base/a.hpp": "#pragma once\n" + "".join(
        f"template <int I> struct S{n} {{ enum {{ v = S{n}<I - 1>::v + 1 }}; }};\n"
        f"template <> struct S{n}<0> {{ enum {{ v = 0 }}; }};\ninline int f{n}() {{ return S{n}<500>::v; }}\n"
        for n in range(100))}, "over the baseline"),
})
