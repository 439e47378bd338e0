#!/usr/bin/env python3
"""Every public header compiles alone, twice over, with every warning an error, and costs its user what it may.

Alone: under g++, each header. The texts under clang++ as well: those headers that no other header includes bring all
the others along, and the standard library under both compilers is the same, so that what is missing there is missing
under g++.

Cost: time differs between machines and moments, so the measure is what g++ holds when it has read the header
(-fmem-report, and no collection before): the same in every run, and about two hundred megabytes for each second of a
common machine. Each header costs at most what the standard headers alone cost plus 80 MB, or plus what header_cost.txt allows it with a
reason. Headers that are opt-in by design are reported only.
"""
import concurrent.futures
import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from checklib import HERE, ROOT, files, main, read, skip

FLAGS = ["-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]
REPORTED_ONLY = {"aesop/json.hpp"}
OTHERWISE = 80
BASELINE = "".join(f"#include <{name}>\n" for name in (
    "algorithm", "array", "charconv", "compare", "cstdint", "functional", "map", "memory", "optional", "span", "string",
    "string_view", "utility", "variant", "vector"))
GXX, CLANG = shutil.which("g++"), shutil.which("clang++")


def ceilings():
    for line in read(HERE / "header_cost.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, limit, reason = (piece.strip() for piece in line.split(":", 2))
            if not reason:
                raise SystemExit(f"header_cost.txt: {pattern} has no reason")
            yield pattern, int(limit)


def compile_text(compiler, root, text, folder, name):
    """The first error, or None; and the megabytes that a g++ that tells says it allocated, or None."""
    source = pathlib.Path(folder) / (name.replace("/", "_") + ".cpp")
    source.write_text(text)
    report = ["-fmem-report", "--param", "ggc-min-heapsize=8000000"] if compiler == GXX else []
    run = subprocess.run([compiler, *FLAGS, *report, f"-I{root / 'include'}", str(source)],
                         capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if run.returncode:
        first = next((line for line in run.stderr.splitlines() if "error" in line), run.stderr.strip()[:300])
        return f"{pathlib.Path(compiler).name} {name}: {first}", None
    total = re.search(r"^Total +(\d+)([kMG]) +\d+[kMG]? +\d+[kMG]?$", run.stderr, re.M)
    return None, int(total[1]) * {"k": 1 / 1024, "M": 1, "G": 1024}[total[2]] if total else None


def tops(root, headers):
    """The headers that no other one includes."""
    included = set()
    for header in headers:
        included.update(re.findall(r'^#include "(aesop/[^"]+)"', read(header), re.M))
    return [header for header in headers if header.relative_to(root / "include").as_posix() not in included]


def check(root):
    headers = files(root, "include/aesop/**/*.hpp")
    jobs = [(GXX, header) for header in headers] if GXX else []
    if CLANG:
        jobs += [(CLANG, header) for header in (tops(root, headers) if GXX else headers)]
    allowed, rows = list(ceilings()), []
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        base = compile_text(GXX, root, BASELINE, folder, "baseline")[1] if GXX else None

        def one(job):
            compiler, header = job
            name = header.relative_to(root / "include").as_posix()
            # Included twice: the guard is there. Used in an otherwise empty file: nothing else is needed.
            text = f'#include "{name}"\n#include "{name}"\n'
            return name, *compile_text(compiler, root, text, folder, f"{pathlib.Path(compiler).name}/{name}")

        for name, problem, cost in pool.map(one, jobs):
            if problem:
                yield problem
            elif cost is not None and base is not None:
                limit = next((limit for pattern, limit in allowed if fnmatch.fnmatch(name, pattern)), OTHERWISE)
                rows.append((cost - base, name))
                if cost > base + limit and name not in REPORTED_ONLY:
                    yield f"{name}: {cost - base:.0f} MB over the baseline of {base:.0f} MB, allowed {limit} MB"
    if root == ROOT:
        print(f"{len(headers)} headers under g++, {len(jobs) - len(headers)} of them, which bring all, under clang++"
              if GXX and CLANG else f"{len(headers)} headers under {GXX or CLANG}")
        if base is None:
            print("their cost is not judged: this compiler does not say what it allocates")
        else:
            print(f"baseline {base:.0f} MB; the dearest headers:")
            for over, name in sorted(rows, reverse=True)[:int(os.environ.get("AESOP_HEADERS_SHOWN", "8"))]:
                print(f"  {name:40} +{over:.0f} MB")


if not (GXX or CLANG):
    skip("no compiler")
cases = {
    "good": ({"include/aesop/base/a.hpp": "#pragma once\n#include <string>\ninline std::string a() { return {}; }\n"}, None),
    "not alone": ({"include/aesop/base/a.hpp": "#pragma once\ninline std::string a() { return {}; }\n"}, "a.hpp"),
    "warning": ({"include/aesop/base/a.hpp": "#pragma once\ninline int a(int unused) { return 1; }\n"}, "unused"),
    "no guard": ({"include/aesop/base/a.hpp": "struct Twice {};\n"}, "redefinition"),
}
if GXX:
    cases["not alone, though another brings it"] = (
        {"include/aesop/base/a.hpp": "#pragma once\ninline std::string a() { return {}; }\n",
         "include/aesop/base/b.hpp": '#pragma once\n#include <string>\n#include "aesop/base/a.hpp"\n'}, "a.hpp")
    cases["dear"] = ({"include/aesop/base/a.hpp": "#pragma once\n" + "".join(
        f"template <int I> struct S{n} {{ enum {{ v = S{n}<I - 1>::v + 1 }}; }};\n"
        f"template <> struct S{n}<0> {{ enum {{ v = 0 }}; }};\ninline int f{n}() {{ return S{n}<500>::v; }}\n"
        for n in range(200))}, "over the baseline")
if CLANG and GXX:
    # A warning that only clang++ has, in a header that another one includes.
    cases["only clang++ minds"] = (
        {"include/aesop/base/a.hpp": "#pragma once\nclass A {\n  int unused = 0;\n};\n",
         "include/aesop/base/b.hpp": '#pragma once\n#include "aesop/base/a.hpp"\n'}, "clang++")
main(check, cases)
