#!/usr/bin/env python3
"""What including a public header costs its user in compile time.

Each header costs at most what the standard headers alone cost plus 0.5 s, or plus what header_cost.txt allows it with a
reason. The baseline is taken in the same run, between the headers. The measure is the processor time of the compiler, the least of several runs:
another process on the machine can only make it longer. Headers that are opt-in by design are reported only.
"""
import fnmatch
import resource
import shutil
import subprocess
import tempfile
import pathlib

from checklib import HERE, ROOT, files, main, read, skip

REPORTED_ONLY = {"aesop/json.hpp"}
OTHERWISE = 0.5
BASELINE = "".join(f"#include <{name}>\n" for name in (
    "algorithm", "array", "charconv", "compare", "cstdint", "functional", "map", "memory", "optional", "span", "string",
    "string_view", "utility", "variant", "vector"))
COMPILER = shutil.which("g++") or shutil.which("clang++")


def ceilings():
    for line in read(HERE / "header_cost.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, limit, reason = (piece.strip() for piece in line.split(":", 2))
            if not reason:
                raise SystemExit(f"header_cost.txt: {pattern} has no reason")
            yield pattern, float(limit)


def seconds(root, source):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([COMPILER, "-std=c++20", "-O0", "-fsyntax-only", f"-I{root / 'include'}", str(source)],
                         stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        return None
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def check(root):
    rows, allowed = [], list(ceilings())
    with tempfile.TemporaryDirectory() as folder:
        baseline = pathlib.Path(folder) / "baseline.cpp"
        baseline.write_text(BASELINE)
        base = min(seconds(root, baseline) for _ in range(3))
        for header in files(root, "include/aesop/**/*.hpp"):
            name = header.relative_to(root / "include").as_posix()
            limit = next((limit for pattern, limit in allowed if fnmatch.fnmatch(name, pattern)), OTHERWISE)
            source = pathlib.Path(folder) / "one.cpp"
            source.write_text(f'{BASELINE}#include "{name}"\n')
            cost = None
            for attempt in range(6):
                taken = seconds(root, source)
                if taken is None:
                    break  # check_headers.py says why
                cost = taken if cost is None else min(cost, taken)
                base = min(base, seconds(root, baseline)) if attempt else base
                if cost <= base + limit or cost > base + 3 * limit:
                    break  # more runs would not change the verdict
            if cost is None:
                yield f"{name}: does not compile"
                continue
            rows.append((cost - base, cost / base, name))
            if cost > base + limit and name not in REPORTED_ONLY:
                yield f"{name}: {cost - base:.2f} s over the baseline of {base:.2f} s, allowed {limit} s"
    if root == ROOT:
        print(f"baseline {base:.2f} s; the dearest headers:")
        for over, ratio, name in sorted(rows, reverse=True)[:8]:
            print(f"  {name:40} +{over:.2f} s  x{ratio:.2f}")


if COMPILER is None:
    skip("no compiler")
main(check, {
    "good": ({"include/aesop/base/a.hpp": "#pragma once\n#include <string>\n"}, None),
    "dear": ({"include/aesop/base/a.hpp": "#pragma once\n" + "".join(
        f"template <int I> struct S{n} {{ enum {{ v = S{n}<I - 1>::v + 1 }}; }};\n"
        f"template <> struct S{n}<0> {{ enum {{ v = 0 }}; }};\ninline int f{n}() {{ return S{n}<500>::v; }}\n"
        for n in range(100))}, "over the baseline"),
})
