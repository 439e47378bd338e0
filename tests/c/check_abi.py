#!/usr/bin/env python3
"""The binary interface of the C library is what it was: its symbols, and the types behind them.

  check_abi.py symbols HEADER SYMBOLS LIBRARY   capi/symbols.txt, the header and what the library exports are the same
  check_abi.py types HEADER KEPT                the types of the header's functions are those of capi/abi/aesop-N.abi
  check_abi.py types HEADER KEPT --update       writes KEPT anew when functions were only added (--grown: or a struct grew)
  check_abi.py --self-test

The types are read by abidw (libabigail) from a library of empty functions made of the header by the C compiler: so they do
not depend on how, or by which compiler, the real one was built. That the real one has these types its compiler sees to:
it includes the header. Exit code 77 where abidw or the C compiler is missing.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import make_tables

ABIDW = ["abidw", "--no-show-locs", "--no-comp-dir-path", "--no-corpus-path", "--no-elf-needed", "--no-architecture",
         "--type-id-style", "hash", "--drop-private-types"]
GIVES = {"status": "return (aesop_status)0;", "nothing": "", "chars": 'return "";', "size": "return 0;", "u32": "return 0;"}


def need(*tools):
    for tool in tools:
        if not shutil.which(tool):
            package = {"abidw": "abigail-tools", "abidiff": "abigail-tools"}.get(tool, tool)
            print(f"skipped: {tool} is not installed (package {package})")
            sys.exit(77)


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    return sorted(line.split()[-1].split("@")[0] for line in lines.splitlines() if line.split()[-2] not in "Aa")


def compare_symbols(header, listed, library):
    """What is wrong, as lines."""
    declared = sorted(name for name, _, _ in make_tables.functions(header))
    problems = []
    if listed != sorted(listed):
        problems.append("symbols.txt is not sorted")
    for what, have, want in (("symbols.txt", listed, declared), ("the library", library, declared)):
        problems += [f"{what} lacks {name}" for name in sorted(set(want) - set(have))]
        problems += [f"{what} has {name}, which the header has not" for name in sorted(set(have) - set(want))]
    return problems


def stub(header):
    """C text that defines every function of the header, emptily."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    out = ['#include "aesop.h"']
    gives = {name: returns for name, returns, _ in make_tables.functions(header)}
    for match in re.finditer(r"^AESOP_API\b([^;]*);", text, re.M):
        declaration = " ".join(match.group(1).split())
        name = re.search(r"\b(aesop_\w+)\(", declaration).group(1)
        out.append(f"{declaration} {{ {GIVES[gives[name]]} }}")
    return "\n".join(out) + "\n"


def describe(header, folder):
    """The path of the ABI's description."""
    (folder / "aesop.h").write_text(header)
    (folder / "stub.c").write_text(stub(header))
    library = folder / "libstub.so"
    subprocess.run(["gcc", "-std=c99", "-g", "-gdwarf-4", "-O0", "-w", "-shared", "-fPIC", "-Wl,-soname,libaesop.so", "stub.c",
                    "-o", library.name], check=True, cwd=folder)
    out = folder / "new.abi"
    subprocess.run([*ABIDW, "--headers-dir", str(folder), "--out-file", str(out), library.name], check=True, cwd=folder)
    # What names this compiler, this place or this file.
    text = re.sub(r" (?:path|comp-dir-path)='[^']*'", "", out.read_text())
    text = re.sub(r"language='LANG_C\w*'", "language='LANG_C99'", text)
    out.write_text(text)
    return out


def difference(kept, new, *flags):
    """(whether there is one, its text)"""
    done = subprocess.run(["abidiff", *flags, str(kept), str(new)], capture_output=True, text=True)
    if done.returncode & 3:
        sys.exit(f"abidiff failed: {done.stderr}")
    return done.returncode != 0, done.stdout


def check_types(header, kept, update, grown):
    with tempfile.TemporaryDirectory() as name:
        new = describe(header, pathlib.Path(name))
        if not update:
            differs, text = difference(kept, new)
            if differs:
                print(text)
                print("The interface is another. Functions may be added (--update); nothing else may change while its number stays.")
            return 1 if differs else 0
        if kept.exists() and not grown:
            differs, text = difference(kept, new, "--no-added-syms")
            if differs:
                print(text)
                print("More has changed than functions added: not written.")
                return 1
        kept.parent.mkdir(exist_ok=True)
        shutil.copyfile(new, kept)
        print(f"written: {kept}")
        return 0


def self_test():
    header = (pathlib.Path(__file__).resolve().parents[2] / "capi/include/aesop.h").read_text()
    names = sorted(name for name, _, _ in make_tables.functions(header))
    wrong, count = [], 0

    def expect(what, is_so):
        nonlocal count
        count += 1
        if not is_so:
            wrong.append(what)

    expect("equal symbols", compare_symbols(header, names, names) == [])
    expect("one missing in the list", compare_symbols(header, names[1:], names) != [])
    expect("one missing in the library", compare_symbols(header, names, names[:-1]) != [])
    expect("one too many", compare_symbols(header, names, names + ["_ZN5aesopE"]) != [])
    expect("not sorted", compare_symbols(header, names[::-1], names) != [])
    changes = {
        "a parameter of another type": ("aesop_engine_advance(aesop_engine *engine, int64_t to, uint32_t limit",
                                        "aesop_engine_advance(aesop_engine *engine, int64_t to, int64_t limit"),
        "a parameter less": ("(aesop_engine *engine, aesop_str run, aesop_str step, int64_t at,", "(aesop_engine *engine, aesop_str run, int64_t at,"),
        "another result": ("AESOP_API size_t aesop_text_size", "AESOP_API uint32_t aesop_text_size"),
        "a member moved": ("  int64_t at;                  /* now */\n", ""),
        "a number changed": ("AESOP_E_NOT_FOUND = 1002", "AESOP_E_NOT_FOUND = 1010"),
        "a function gone": ("AESOP_API void aesop_gate_free(aesop_gate *gate);", ""),
    }
    added = header.replace("AESOP_API void aesop_gate_free(", "AESOP_API void aesop_gate_other(aesop_gate *gate);\nAESOP_API void aesop_gate_free(")
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)

        def made(text, folder):
            (top / folder).mkdir()
            return describe(text, top / folder)

        kept = made(header, "kept")
        expect("the same", not difference(kept, made(header, "same"))[0])
        expect("the same, word by word", kept.read_text() == (top / "same/new.abi").read_text())
        for i, (what, (old, new)) in enumerate(changes.items()):
            if old not in header:
                wrong.append(f"the header has no longer what '{what}' changes")
                continue
            path = made(header.replace(old, new), f"change{i}")
            expect(what, difference(kept, path)[0] and difference(kept, path, "--no-added-syms")[0])
        path = made(added, "added")
        expect("a function more is seen", difference(kept, path)[0])
        expect("a function more is allowed", not difference(kept, path, "--no-added-syms")[0])
    print(f"{count - len(wrong)} of {count} self-tests passed", *wrong, sep="\n" if wrong else "")
    return 1 if wrong else 0


def main(words):
    if words == ["--self-test"]:
        need("abidw", "abidiff", "gcc")
        return self_test()
    if words[0] == "symbols":
        need("nm")
        header, listed, library = words[1:]
        problems = compare_symbols(pathlib.Path(header).read_text(), pathlib.Path(listed).read_text().split(), exported(library))
        print(*problems, sep="\n")
        return 1 if problems else 0
    need("abidw", "abidiff", "gcc")
    if os.uname().machine != "x86_64":
        print("skipped: the description kept is that of x86_64")
        return 77
    return check_types(pathlib.Path(words[1]).read_text(), pathlib.Path(words[2]), "--update" in words or "--grown" in words,
                       "--grown" in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
