"""What the generators share: the model of the C API seen as classes with methods, and the one name a function has everywhere.

aesop_engine_complete_step is complete_step of the class engine: Engine.CompleteStep in C# and Pascal, Engine.completeStep in Java.
"""
import dataclasses
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "capi"))
sys.dont_write_bytecode = True
import describe  # noqa: E402

INNER = {"aesop_text", "aesop_error"}  # handles that no user of a binding sees
# What a method gives, by the types of its outputs. Another combination needs a decision in every language.
RESULTS = {
    (): "nothing",
    ("aesop_text **",): "text",
    ("aesop_verdict *", "aesop_text **"): "report",
    ("int32_t *",): "boolean",
    ("uint64_t *",): "count",
}


@dataclasses.dataclass
class Class:
    """A handle with its functions. `make` give one, `methods` have one, `statics` have none, `free` frees it."""
    handle: str
    doc: str
    make: list
    methods: list
    statics: list
    free: object = None

    @property
    def word(self):
        return self.handle[len("aesop_"):]


def mark(generator, comment="//"):
    return (f"{comment} Generated from capi/include/aesop.h by bindings/generate/{generator}; do not edit.\n")


def pascal(name):
    """complete_step -> CompleteStep"""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def camel(name):
    """complete_step -> completeStep"""
    upper = pascal(name)
    return upper[:1].lower() + upper[1:]


def upper_words(name):
    """E_STALE_HANDLE -> StaleHandle"""
    return pascal(name.lower().removeprefix("e_"))


def enum_values(group):
    """(name without prefix, number, doc), without the member that pins the width."""
    prefix = "AESOP_VERDICT_" if group.name == "aesop_verdict" else "AESOP_"
    for member in group.members:
        if member.type != "0x7FFFFFFF":
            yield member.name.removeprefix(prefix), member.type, member.doc


def classes(api):
    """The classes, and the functions of the library itself (versions and names of statuses)."""
    found = {h.name: Class(h.name, h.doc, [], [], []) for h in api.handles if h.name not in INNER}
    library = []
    for function in api.functions:
        owner = next((name for name in [*found, *INNER] if function.name.startswith(name + "_")), None)
        if function.name.endswith("_init") or (owner in INNER and function.of("handle")):
            continue
        if owner in INNER:
            owner = None  # aesop_text_limit is of the library
        if owner is None:
            library.append(function)
            continue
        its, outs = found[owner], function.of("out")
        if function.result == "void":
            its.free = function
        elif outs and outs[0].base == owner:
            its.make.append(function)
        else:
            result_of(function)
            (its.methods if function.of("handle") else its.statics).append(function)
    return list(found.values()), library


def result_of(function):
    outs = tuple(p.type for p in function.of("out"))
    if outs not in RESULTS:
        raise describe.NotUnderstood(f"{function.name} gives {outs}, which bindings/generate/common.py does not know")
    return RESULTS[outs]


def method_name(function, owner):
    return function.name.removeprefix(owner.handle + "_")


def inputs(function):
    """The inputs, those that may be left out last in their order where all that follow may be left out too."""
    found = function.of("in")
    tail = len(found)
    while tail and found[tail - 1].optional:
        tail -= 1
    return found[:tail], found[tail:]


def kind(parameter):
    """What an input is to a caller: text, bytes, time, request, options, count or a status."""
    if parameter.base == "aesop_str":
        return "bytes" if parameter.name == "bytes" else "text"
    if parameter.type == "int64_t" and parameter.name in ("at", "to"):
        return "time"
    known = {"aesop_request": "request", "aesop_open_options": "options", "aesop_status": "status", "uint32_t": "count"}
    if parameter.base not in known:
        raise describe.NotUnderstood(f"the input {parameter.type} {parameter.name} is not known to bindings/generate/common.py")
    return known[parameter.base]


def doc_text(text):
    """A doc comment for people of other languages: no pointers, and a remark becomes a sentence."""
    text = re.sub(r" Never NULL\.", "", text)
    if re.match(r"an? |the |what |SOPs ", text) and not text.endswith("."):
        text = text[0].upper() + text[1:] + "."
    return text


def write(generator, files):
    """Prints nothing when `--check`ed files are the same; else writes them. files: path below the root -> text."""
    for path, text in files.items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            print(f"{generator}: wrote {path}")
