#!/usr/bin/env python3
"""Every public header compiles alone, twice over, with every warning an error, under each compiler that is here.

A header whose text and whose includes are unchanged since it last passed is not compiled again when ccache is here.
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import tempfile

from checklib import ROOT, files, main, skip

FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def compilers():
    return [name for name in ("g++", "clang++") if shutil.which(name)]


def compile_one(job):
    compiler, root, header, folder = job
    name = header.relative_to(root / "include").as_posix()
    source = pathlib.Path(folder) / (name.replace("/", "_") + ".cpp")
    # Included twice: the guard is there. Used in a function of an otherwise empty file: nothing else is needed.
    source.write_text(f'#include "{name}"\n#include "{name}"\n')
    run = subprocess.run([compiler, *FLAGS, f"-I{root / 'include'}", str(source)], capture_output=True, text=True)
    if run.returncode:
        first = next((line for line in run.stderr.splitlines() if "error" in line), run.stderr.strip()[:300])
        return f"{compiler} {name}: {first}"
    return None


def check(root):
    headers = files(root, "include/aesop/**/*.hpp")
    with tempfile.TemporaryDirectory() as folder:
        jobs = [(compiler, root, header, folder) for compiler in compilers() for header in headers]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for problem in pool.map(compile_one, jobs):
                if problem:
                    yield problem
    if root == ROOT:
        print(f"{len(headers)} headers under {', '.join(compilers())}")


if not compilers():
    skip("no compiler")
main(check, {
    "good": ({"include/aesop/base/a.hpp": "#pragma once\n#include <string>\ninline std::string a() { return {}; }\n"}, None),
    "not alone": ({"include/aesop/base/a.hpp": "#pragma once\ninline std::string a() { return {}; }\n"}, "a.hpp"),
    "warning": ({"include/aesop/base/a.hpp": "#pragma once\ninline int a(int unused) { return 1; }\n"}, "unused"),
    "no guard": ({"include/aesop/base/a.hpp": "struct Twice {};\n"}, "redefinition"),
})
