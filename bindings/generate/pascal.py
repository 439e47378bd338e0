#!/usr/bin/env python3
"""Writes bindings/pascal/aesop.pas, the C API for Free Pascal and Delphi as C has it, and bindings/pascal/aesop_classes.pas, classes
over it with a method for each function. What is not mechanical is in aesop_base.pas beside them."""
import re

from common import (classes, describe, doc_text, inputs, kind, mark, method_name, pascal, result_of, write)

DECLARATIONS, CLASSES = "bindings/pascal/aesop.pas", "bindings/pascal/aesop_classes.pas"
RESERVED = {"to", "result", "string", "type", "end", "file", "unit", "at", "out", "in", "of"}
SCALARS = {"const char *": "PAnsiChar", "size_t": "NativeUInt", "int32_t": "Int32", "uint32_t": "UInt32", "int64_t": "Int64",
           "uint64_t": "UInt64"}
PUBLIC = {"text": "const {}: TAesopUtf8", "bytes": "const {}: TBytes", "time": "{}: Int64", "request": "const {}: TAesopRequest",
          "options": "const {}: TAesopOpenOptions", "status": "{}: TAesopStatus", "count": "{}: UInt32"}
GIVES = {"text": "TAesopUtf8", "report": "TAesopReport", "boolean": "Boolean", "count": "UInt64"}
MODE = """{$ifdef FPC}
{$mode delphi}
{$packrecords c}
{$endif}
"""


def comment(doc, indent=""):
    """A doc comment: // on each line, since { and } are common in it."""
    return "".join(f"{indent}// {line}".rstrip() + "\n" for line in doc_text(doc).split("\n")) if doc else ""


def type_name(c_name):
    """TAesopStr; the records that people fill have classes' names in aesop_base.pas, here they are TAesopRequestData."""
    return "T" + pascal(c_name) + ("Data" if c_name in ("aesop_request", "aesop_open_options") else "")


def pointer_name(c_name):
    return "P" + type_name(c_name)[1:]


def word(name):
    name = pascal(name)
    return name + "_" if name.lower() in RESERVED else name


def native_type(c_type):
    """A parameter's or field's type; pointers to structs and outputs have names of their own."""
    base, stars = c_type.replace("const ", "").rstrip(" *"), c_type.count("*")
    if c_type in SCALARS:
        return SCALARS[c_type]
    name = {"int32_t": "Int32", "uint64_t": "UInt64"}.get(base, type_name(base))
    return "P" * stars + (name if not stars else name.removeprefix("T"))


def declarations(api):
    yield mark("pascal.py")
    yield "// The C API of Aesop, as C has it. Programs are easier with the classes of aesop_classes.pas.\n"
    yield "unit aesop;\n\n" + MODE
    yield "\ninterface\n\nconst\n"
    yield "{$ifdef MSWINDOWS}\n  AesopLibrary = 'aesop.dll';\n{$else}\n  AesopLibrary = 'libaesop.so.0';\n{$endif}\n\n"
    for group in api.enums:
        yield comment(group.doc, "  ")
        for member in group.members:
            if member.type != "0x7FFFFFFF":
                yield f"  {member.name} = {member.type};{'  // ' + member.doc if member.doc else ''}\n"
        yield "\n"
    for one in api.constants:
        number = {"INT64_MIN": "Low(Int64)", "UINT64_MAX": "High(UInt64)"}.get(one.value, one.value)
        name = one.name + ("_" if one.name.lower() in api.names("functions") else "")  # Pascal tells no case apart
        yield f"  {name} = {number};{'  // ' + one.doc if one.doc else ''}\n"
    yield "\ntype\n"
    for group in api.enums:  # numbers, not enums: a newer library may have more
        yield f"  {type_name(group.name)} = Int32;\n  P{pascal(group.name)} = ^{type_name(group.name)};\n"
    for one in api.handles:
        yield f"  P{pascal(one.name)} = type Pointer;{'  // ' + one.doc if one.doc else ''}\n"
        yield f"  PP{pascal(one.name)} = ^P{pascal(one.name)};\n"
    for group in api.structs:
        yield f"\n{comment(group.doc, '  ')}  {pointer_name(group.name)} = ^{type_name(group.name)};\n  {type_name(group.name)} = record\n"
        for field in group.members:
            yield f"    {word(field.name)}: {native_type(field.type)};{'  // ' + field.doc if field.doc else ''}\n"
        yield "  end;\n"
    yield "\n"
    for function in api.functions:
        yield comment(function.doc)
        parameters = "; ".join(f"{word(p.name)}: {native_type(p.type)}" for p in function.parameters)
        result = "" if function.result == "void" else f": {native_type(function.result)}"
        head = "procedure" if function.result == "void" else "function"
        yield f"{head} {function.name}{'(' + parameters + ')' if parameters else ''}{result}; cdecl; external AesopLibrary;\n\n"
    yield "implementation\n\nend.\n"


def signature(function):
    needed, optional = inputs(function)
    pieces = [PUBLIC[kind(p)].format(word(p.name)) for p in needed if kind(p) != "options"]
    pieces += [PUBLIC[kind(p)].format(word(p.name)) + (" = 0" if kind(p) == "count" else " = ''")
               for p in optional if kind(p) != "options"]
    return "(" + "; ".join(pieces) + ")" if pieces else ""


def argument(parameter):
    name = word(parameter.name)
    return {"text": f"AesopStr({name})", "bytes": f"AesopBytes({name})", "request": "@LData", "options": "@LData"}.get(
        kind(parameter), name)


def head(function, owner, class_name, heading):
    gives = result_of(function) if not heading.startswith("constructor") else "nothing"
    word_of = heading or ("procedure" if gives == "nothing" else "function")
    if heading == "class ":
        word_of = "class " + ("procedure" if gives == "nothing" else "function")
    result = "" if gives == "nothing" else f": {GIVES[gives]}"
    return f"{word_of} {class_name}{pascal(method_name(function, owner))}{signature(function)}{result};"


def class_type(one):
    name = type_name(one.handle)
    yield f"\n{comment(one.doc, '  ')}  {name} = class\n  private\n    FHandle: P{pascal(one.handle)};\n  public\n"
    for function in one.make:
        yield comment(function.doc, "    ") + "    " + head(function, one, "", "constructor") + "\n"
        if any(kind(p) == "options" for p in function.of("in")):
            yield "    " + head(function, one, "", "constructor").replace(")", "; const Options: TAesopOpenOptions)").replace(
                "Open(", "OpenWith(") + "\n"
    yield f"{comment(one.free.doc, '    ')}    destructor Destroy; override;\n"
    for function in one.methods:
        yield comment(function.doc, "    ") + "    " + head(function, one, "", "") + "\n"
    for function in one.statics:
        yield comment(function.doc, "    ") + "    " + head(function, one, "", "class ") + "\n"
    yield "  end;\n"


def body(function, owner, lead, arguments):
    gives = result_of(function) if lead != "FHandle" else "make"
    variables = ["LStatus: TAesopStatus", "LError: PAesopError"]
    before, after = "", ""
    request = next((p for p in function.of("in") if kind(p) == "request"), None)
    if request:
        variables.append("LData: TAesopRequestData")
        before = f"  LData := AesopRequestData({word(request.name)});\n"
    call = [*arguments]
    if gives == "make":
        call.append("@FHandle")
    if gives in ("text", "report"):
        variables.append("LAnswer: PAesopText")
    if gives == "report":
        variables.append("LVerdict: TAesopVerdict")
        call.append("@LVerdict")
    if gives in ("text", "report"):
        call.append("@LAnswer")
    if gives in ("boolean", "count"):
        variables.append(f"LValue: {'Int32' if gives == 'boolean' else 'UInt64'}")
        call.append("@LValue")
    call.append("@LError")
    joined = ", ".join(call)
    answer = "LAnswer" if gives in ("text", "report") else "nil"
    after = {"text": "  Result := AesopTake(LAnswer);\n",
             "report": "  Result.Verdict := LVerdict;\n  Result.Json := AesopTake(LAnswer);\n",
             "boolean": "  Result := LValue <> 0;\n", "count": "  Result := LValue;\n"}.get(gives, "")
    yield "var\n" + "".join(f"  {v};\n" for v in variables) + "begin\n" + before
    yield f"  LStatus := {function.name}({joined});\n  AesopCheck(LStatus, {answer}, LError);\n{after}end;\n\n"


def class_body(one):
    name = type_name(one.handle) + "."
    for function in one.make:
        options = [p for p in function.of("in") if kind(p) == "options"]
        arguments = [argument(p) if kind(p) != "options" else "nil" for p in function.of("in")]
        yield head(function, one, name, "constructor") + "\n"
        yield from body(function, one, "FHandle", arguments)
        if options:
            text = head(function, one, name, "constructor")
            yield text.replace(")", "; const Options: TAesopOpenOptions)").replace("Open(", "OpenWith(") + "\n"
            inner = "".join(body(function, one, "FHandle", ["@LData" if a == "nil" else a for a in arguments]))
            yield inner.replace("begin\n", "begin\n  LData := AesopOpenOptionsData(Options);\n").replace(
                "var\n", "var\n  LData: TAesopOpenOptionsData;\n")
    yield f"destructor {name}Destroy;\nbegin\n  {one.free.name}(FHandle);\n  inherited;\nend;\n\n"
    for function in one.methods:
        yield head(function, one, name, "") + "\n"
        yield from body(function, one, "", ["FHandle"] + [argument(p) for p in function.of("in")])
    for function in one.statics:
        yield head(function, one, name, "class ") + "\n"
        yield from body(function, one, "", [argument(p) for p in function.of("in")])


def class_unit(api):
    found, _ = classes(api)
    yield mark("pascal.py")
    yield "// The C API of Aesop as classes: a method for each function. Errors are EAesop, refusals ERejected (aesop_base.pas).\n"
    yield "unit aesop_classes;\n\n" + MODE + "\ninterface\n\nuses\n  SysUtils, aesop, aesop_base;\n\ntype"
    for one in found:
        yield from class_type(one)
    yield "\nimplementation\n\n"
    for one in found:
        yield from class_body(one)
    yield "end.\n"


def generate(api):
    return {DECLARATIONS: "".join(declarations(api)), CLASSES: re.sub(r"\btype\n\n", "type\n", "".join(class_unit(api)))}


if __name__ == "__main__":
    write("pascal.py", generate(describe.load()))
