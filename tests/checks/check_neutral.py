#!/usr/bin/env python3
"""The engine knows no dentistry: no file of it names a word of that domain. The knowledge lives in the SOP packs."""
import re

from checklib import files, main, read

# Not here: "claim", since a task is claimed by a person.
WORDS = re.compile(r"(?<![a-z])(dental|dentists?|tooth|teeth|hygienists?|sterili[sz](?:e|ers?|ation)|spores?|autoclaves?|payers?"
                   r"|remittances?|carc|eligibility|radiographs?|patients?|preauth\w*|clearinghouses?|denials?|icd|cdt)(?![a-z])",
                   re.I)
TREES = ("include/**/*", "src/**/*", "capi/**/*", "bindings/**/*")
TEXT = {".hpp", ".cpp", ".h", ".c", ".def", ".py", ".pyi", ".sql", ".txt", ".cmake", ".in", ".cs", ".pas", ".java"}


def check(root):
    for path in files(root, *TREES):
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(read(path).splitlines(), 1):
            for match in WORDS.finditer(line):
                yield f"{path.relative_to(root)}:{number}: the engine names {match.group(0)!r}"


main(check, {
    "good": ({"include/aesop/run/a.hpp": "// A task is claimed by a person; impatient is no patient... person.\n".replace(
        " is no patient... person", ""), "examples/dso/a.cpp": "// dental\n"}, None),
    "header": ({"include/aesop/run/a.hpp": "struct Patient {};\n"}, "Patient"),
    "part of a name": ({"src/cli/a.cpp": "int payer_count;\n"}, "payer"),
    "C": ({"capi/include/aesop.h": "/* eligibility */\n"}, "eligibility"),
})
