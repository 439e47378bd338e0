#!/usr/bin/env python3
"""The C API as data: reads capi/include/aesop.h, which is its one description, and gives a model of it.

    describe.py [HEADER]    prints the model, one line a name

Generators of bindings (bindings/generate) and checks use it. It reads strictly: a declaration that it does not understand is an
error with its line, so that nothing of the header is ever left out of a binding without a word.
"""
import dataclasses
import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).resolve().parent / "include/aesop.h"
SCALARS = {"void", "const char *", "size_t", "int32_t", "uint32_t", "int64_t", "uint64_t"}
C_ONLY = {"AESOP_H", "AESOP_API", "AESOP_NONE", "AESOP_OPEN_OPTIONS_INIT", "AESOP_REQUEST_INIT"}


class NotUnderstood(Exception):
    """A declaration that no rule here reads; the text begins with the line."""


@dataclasses.dataclass
class Member:
    """A value of an enum (type is its number) or a field of a struct (type as C writes it)."""
    name: str
    type: str
    doc: str


@dataclasses.dataclass
class Group:
    """An enum or a struct."""
    name: str
    doc: str
    members: list


@dataclasses.dataclass
class Named:
    """A handle, or a constant with its value."""
    name: str
    doc: str
    value: str = ""


@dataclasses.dataclass
class Parameter:
    name: str
    type: str            # as C writes it, without const: "aesop_str", "aesop_engine *", "aesop_text **"
    role: str            # handle (the subject), in, out or err
    optional: bool       # an input that may be empty

    @property
    def base(self):
        return self.type.rstrip(" *")


@dataclasses.dataclass
class Function:
    name: str
    result: str
    parameters: list
    doc: str
    section: str

    def of(self, role):
        return [p for p in self.parameters if p.role == role]


@dataclasses.dataclass
class Api:
    manual: str = ""
    enums: list = dataclasses.field(default_factory=list)
    structs: list = dataclasses.field(default_factory=list)
    handles: list = dataclasses.field(default_factory=list)
    constants: list = dataclasses.field(default_factory=list)
    functions: list = dataclasses.field(default_factory=list)

    def names(self, what):
        return {one.name for one in getattr(self, what)}


def prose(comment):
    """The text of a comment, its lines without the stars."""
    lines = re.sub(r"^/\*|\*/$", "", comment.strip()).split("\n")
    return "\n".join(re.sub(r"^ \* ?", "", line).rstrip() for line in lines).strip()


COMMENT = re.compile(r"/\*.*?\*/", re.S)
TRAILING = r"[ \t]*(?P<note>/\*[^\n]*?\*/)?[ \t]*\n"
SECTION = re.compile(r"/\* --- (.+?) -+ \*/|/\* --- (.+?) \*/", re.S)
ENUM = re.compile(r"typedef enum (\w+) \{\n(.*?)\n\} (\w+);", re.S)
STRUCT = re.compile(r"typedef struct (\w+) \{\n(.*?)\n\} (\w+);", re.S)
HANDLE = re.compile(r"typedef struct (\w+) (\w+);" + TRAILING)
DEFINE = re.compile(r"#define (\w+)(?:[ \t]+([^\n]*?))?" + TRAILING)
DIRECTIVE = re.compile(r"#(?:ifndef AESOP_H|include <std\w+\.h>|ifdef __cplusplus|if defined\(\w+\)|else|endif)[ \t]*\n")
INLINE = re.compile(r"static inline aesop_str AESOP_STR\(.*?\n\}\n", re.S)
FUNCTION = re.compile(r"AESOP_API ([\w ]+?[ *])(aesop_\w+)\(([^()]*)\);")
VALUE = re.compile(r"  (AESOP_\w+) = (\d+|0x7FFFFFFF),?" + TRAILING)
FIELD = re.compile(r"  ((?:const )?\w+ \*?)(\w+);" + TRAILING)
BLANK = re.compile(r"\s+|extern \"C\" \{\n|\}\n")


class Reader:
    def __init__(self, text):
        self.text, self.at, self.api = text, 0, Api()
        self.doc, self.section, self.ended = "", "", 0

    def fail(self, what, at=None):
        at = self.at if at is None else at
        line = self.text.count("\n", 0, at) + 1
        raise NotUnderstood(f"{line}: {what}: {self.text[at:].split(chr(10))[0].strip()}")

    def take(self, pattern):
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def members(self, body, start, pattern, what):
        found, position = [], 0
        body += "\n"
        while position < len(body):
            match = pattern.match(body, position)
            if not match:
                self.fail(f"this {what} is not understood", start + position)
            first, second = (match.group(1), match.group(2))
            name, kind = (second, first.strip()) if pattern is FIELD else (first, second)
            found.append(Member(name, kind, prose(match.group("note") or "")))
            position = match.end()
        return found

    def known_type(self, text):
        base = text.replace("const ", "").rstrip(" *")
        return (text in SCALARS or base in SCALARS or base in self.api.names("enums") or base in self.api.names("structs")
                or base in self.api.names("handles"))

    def parameters(self, name, text, doc, start):
        found = []
        if text.strip() == "void":
            return found
        for index, piece in enumerate(re.split(r",\s*", text.strip())):
            match = re.fullmatch(r"((?:const )?\w+ \*{0,2})(\w+)", piece)
            if not match or not self.known_type(match.group(1).strip()):
                self.fail(f"the parameter \"{piece}\" is not understood", start)
            c_type, param = match.group(1).strip(), match.group(2)
            constant, plain = c_type.startswith("const "), c_type.replace("const ", "")
            base = plain.rstrip(" *")
            if plain == "aesop_error **" and param == "err":
                role = "err"
            elif param.startswith("out_") and plain.endswith("*") and not constant:
                role = "out"
            elif base in self.api.names("handles") and plain.count("*") == 1 and index == 0:
                role = "handle"
            elif "*" not in plain or (base in self.api.names("structs") and plain.count("*") == 1
                                      and (constant or name.endswith("_init"))):
                role = "in"
            else:
                self.fail(f"the parameter \"{piece}\" has no role that is known", start)
            optional = role == "in" and (
                param in ("more", "filter", "options", "approved", "limit")
                or re.search(rf"`{param}`[^.`]*(?:or empty|may be empty|may be NULL|may be left out)|where `{param}` is empty", doc)
                is not None)
            found.append(Parameter(param, plain, role, optional))
        roles = [p.role for p in found]
        if roles != sorted(roles, key=["handle", "in", "out", "err"].index):
            self.fail("the order of parameters is subject, inputs, outputs, err", start)
        return found

    def function(self, match):
        result, name, text = match.group(1).strip(), match.group(2), match.group(3)
        if not self.known_type(result):
            self.fail(f"the result \"{result}\" is not understood", match.start())
        parameters = self.parameters(name, re.sub(r"\s+", " ", text), self.doc, match.start())
        if parameters and parameters[-1].role == "err" and result != "aesop_status":
            self.fail("what has an err gives an aesop_status", match.start())
        self.api.functions.append(Function(name, result, parameters, self.doc, self.section))

    def declaration(self):
        start = self.at
        api = self.api
        for pattern, kind, into in ((ENUM, VALUE, api.enums), (STRUCT, FIELD, api.structs)):
            match = self.take(pattern)
            if match:
                if match.group(1) != match.group(3):
                    self.fail("two names", start)
                members = self.members(match.group(2), match.start(2), kind, pattern is ENUM and "value" or "field")
                into.append(Group(match.group(1), self.doc, members))
                return
        match = self.take(HANDLE)
        if match:
            api.handles.append(Named(match.group(1), prose(match.group("note") or self.doc)))
            return
        match = self.take(DEFINE)
        if match:
            name, value = match.group(1), match.group(2) or ""
            if name not in C_ONLY:
                if not re.fullmatch(r"\d+|INT64_MIN|UINT64_MAX", value):
                    self.fail("this constant is not understood", start)
                api.constants.append(Named(name, prose(match.group("note") or ""), value))
            return
        match = self.take(FUNCTION)
        if match:
            self.function(match)
            return
        if not (self.take(DIRECTIVE) or self.take(INLINE)):
            self.fail("this is not understood", start)

    def read(self):
        while self.at < len(self.text):
            start = self.at
            section = self.take(SECTION)
            if section:
                self.section, self.doc = (section.group(1) or section.group(2)).strip(), ""
                continue
            comment = self.take(COMMENT)
            if comment:
                self.doc = prose(comment.group(0))
                self.api.manual = self.api.manual or self.doc
                if start == 0:
                    self.doc = ""
                continue
            blank = self.take(BLANK)
            if blank:
                self.doc = "" if blank.group(0).count("\n") > 1 else self.doc
                continue
            self.declaration()
            self.doc = ""
        return self.api


def describe(text):
    """The model of a header's text. NotUnderstood for what it does not read."""
    return Reader(text).read()


def load(path=HEADER):
    return describe(path.read_text(encoding="utf-8"))


def main():
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HEADER
    try:
        api = load(path)
    except NotUnderstood as problem:
        sys.exit(f"{path}:{problem}")
    for what in ("enums", "structs"):
        for one in getattr(api, what):
            print(f"{what[:-1]} {one.name}: " + ", ".join(f"{m.name} {m.type}" for m in one.members))
    for what in ("handles", "constants"):
        for one in getattr(api, what):
            print(f"{what[:-1]} {one.name} {one.value}".rstrip())
    for one in api.functions:
        pieces = (f"{p.role}{'?' if p.optional else ''} {p.type} {p.name}" for p in one.parameters)
        print(f"function {one.name} -> {one.result}: " + ", ".join(pieces))


if __name__ == "__main__":
    main()
