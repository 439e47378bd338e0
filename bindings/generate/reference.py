#!/usr/bin/env python3
"""Writes docs/c-api-reference.md from capi/include/aesop.h: every type and function in the header's order, in its words.

    reference.py    writes the page
"""
import re

from common import describe, write

PATH = "docs/c-api-reference.md"
START = """# C API reference

<!-- Generated from capi/include/aesop.h by bindings/generate/reference.py; do not edit. -->

What `aesop.h` says, function by function. [c-api.md](c-api.md) is the way in; the rules that hold for every function stand at the top of
the header and in [its table](c-api.md#how-every-function-is). Where a function says `more` or `filter`, the members are those of the command in [commands.md](commands.md).

"""


def anchor(title):
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def sentences(doc):
    """A comment as Markdown: functions and constants of the API in code."""
    text = " ".join(doc.split())
    text = re.sub(r"\b(aesop_\w+|AESOP_\w+)\b(?!`)", r"`\1`", text)
    return re.sub(r"<(?=\w)", r"\\<", text)


def explained(member):
    """What a value or field is; of an error, where it is explained."""
    if member.name.startswith("AESOP_E_"):
        slug = member.name.removeprefix("AESOP_E_").lower().replace("_", "-")
        return f"[{slug}](errors.md#{slug})"
    return sentences(member.doc)


def prototype(function):
    parameters = ", ".join(f"{p.type}{'' if p.type.endswith('*') else ' '}{p.name}" for p in function.parameters) or "void"
    line = f"{function.result}{'' if function.result.endswith('*') else ' '}{function.name}({parameters});"
    if len(line) <= 110:
        return line
    indent = " " * (line.index("(") + 1)
    out, rest = [], line
    while len(rest) > 110:
        cut = rest.rfind(", ", 0, 110)
        out.append(rest[:cut + 1])
        rest = indent + rest[cut + 2:]
    return "\n".join([*out, rest])


def generate(api):
    sections = list(dict.fromkeys(f.section for f in api.functions))
    text = START + " · ".join(f"[{s}](#{anchor(s)})" for s in ["types", *sections]) + "\n\n## types\n"
    for group in [*api.enums, *api.structs]:
        text += f"\n### {group.name}\n{sentences(group.doc)}\n\n| name | {'number' if group in api.enums else 'type'} | |\n|---|---|---|\n"
        text += "".join(f"| `{m.name}` | `{m.type}` | {explained(m)} |\n" for m in group.members)
    text += "\n### handles\n\n| handle | is |\n|---|---|\n"
    text += "".join(f"| `{h.name}` | {sentences(h.doc)} |\n" for h in api.handles)
    for section in sections:
        text += f"\n## {section}\n"
        for function in api.functions:
            if function.section == section:
                doc = f"\n{sentences(function.doc)}" if function.doc else ""
                text += f"\n### {function.name}{doc}\n```c\n{prototype(function)}\n```\n"
    return {PATH: text}


if __name__ == "__main__":
    write("reference.py", generate(describe.load()))
