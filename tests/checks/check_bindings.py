#!/usr/bin/env python3
"""The generated files of the bindings and the reference page are what bindings/generate makes of capi/include/aesop.h, and the files written by hand set
every member of the structs that people fill.

When it finds something: python3 bindings/generate/csharp.py (pascal.py, java.py, reference.py).
"""
import re
import sys

from checklib import ROOT, main, read

sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "bindings/generate"), str(ROOT / "capi")]
import csharp  # noqa: E402
import describe  # noqa: E402
import java  # noqa: E402
import pascal  # noqa: E402
import reference  # noqa: E402

HEADER = "capi/include/aesop.h"
GENERATORS = (csharp, pascal, java, reference)
# What people fill: struct, and where each language copies it, with the way a member is written there.
FILLED = ("aesop_request", "aesop_open_options")
BY_HAND = {
    "bindings/csharp/Runtime.cs": lambda name: rf"\bdata\.{csharp.pascal(name)} = |\b{csharp.pascal(name)} = ",
    "bindings/pascal/aesop_base.pas": lambda name: rf"\bResult\.{pascal.word(name)} := ",
    "bindings/java/src/aesop/Call.java": lambda name: rf"\bdata\.{java.camel(name)} = ",
}
SET_BY_INIT = {"size", "reserved"}


def check(root):
    header = root / HEADER
    try:
        api = describe.load(header)
        files = {path: text for one in GENERATORS for path, text in one.generate(api).items()}
    except describe.NotUnderstood as problem:
        yield f"{HEADER}:{problem}"
        return
    for path, text in files.items():
        if not (root / path).exists():
            yield f"{path} is missing"
        elif read(root / path) != text:
            yield f"{path} is not what bindings/generate makes of {HEADER}"
    for path, pattern in BY_HAND.items():
        text = read(root / path)
        for group in api.structs:
            for member in group.members if group.name in FILLED else []:
                if member.name not in SET_BY_INIT and not re.search(pattern(member.name), text):
                    yield f"{path} does not set {group.name}.{member.name}"


REAL = read(ROOT / HEADER)
TREE = {HEADER: REAL, **{path: read(ROOT / path) for path in BY_HAND}}
for one in GENERATORS:
    TREE.update(one.generate(describe.describe(REAL)))


def with_line(line, before="#ifdef __cplusplus\n}"):
    return {**TREE, HEADER: REAL.replace(before, line + "\n\n" + before)}


def edited(path, old, new):
    return {**TREE, path: TREE[path].replace(old, new, 1)}


main(check, {
    "good": (TREE, None),
    "edited by hand": (edited(csharp.PATH, "public sealed class Gate", "public class Gate"), "is not what"),
    "not there": ({path: text for path, text in TREE.items() if path != pascal.CLASSES}, "aesop_classes.pas is missing"),
    "a new function": (with_line("AESOP_API aesop_status aesop_engine_nap(aesop_engine *engine, aesop_error **err);"), "is not what"),
    "a type unknown": (with_line("AESOP_API aesop_status aesop_engine_nap(float seconds, aesop_error **err);"), "float seconds"),
    "the line is told": (with_line("AESOP_API aesop_status aesop_nap(float seconds);"), f"{REAL.count(chr(10)) - 4}: "),
    "a callback": (with_line("typedef void (*aesop_callback)(int);"), "not understood"),
    "an output in front": (with_line("AESOP_API aesop_status aesop_nap(aesop_text **out_a, aesop_str b, aesop_error **err);"),
                           "the order of parameters"),
    "an output without its name": (with_line("AESOP_API aesop_status aesop_nap(aesop_text **answer, aesop_error **err);"),
                                   "has no role"),
    "no status": (with_line("AESOP_API uint32_t aesop_nap(aesop_str a, aesop_error **err);"), "gives an aesop_status"),
    "a constant unknown": (with_line("#define AESOP_NAP (1 << 3)"), "constant is not understood"),
    "outputs unknown": (with_line("AESOP_API aesop_status aesop_engine_nap(aesop_engine *engine, uint64_t *out_a, uint64_t *out_b,\n"
                                  "  aesop_error **err);"), "which bindings/generate/common.py does not know"),
    "a new member": (edited(HEADER, "  uint32_t busy_milliseconds;", "  uint32_t nap;\n  uint32_t busy_milliseconds;"),
                     "does not set aesop_open_options.nap"),
    "a member forgotten": (edited("bindings/java/src/aesop/Call.java", "data.actor = text(request.actor);", ""),
                           "does not set aesop_request.actor"),
})
