#!/usr/bin/env python3
"""Writes bindings/csharp/Aesop.cs: the C API for C#, as declarations and as classes over them. Without arguments it writes the
file; generate(api) gives its text to the check that it is up to date. What is not mechanical is in Runtime.cs beside it."""
from xml.sax.saxutils import escape

from common import (camel, classes, describe, doc_text, enum_values, inputs, kind, mark, method_name, pascal, result_of,
                    upper_words, write)

PATH = "bindings/csharp/Aesop.cs"
RESERVED = {"event", "params", "object", "string", "lock", "checked"}
PUBLIC = {"text": "string", "bytes": "byte[]", "time": "DateTimeOffset", "request": "Request", "options": "OpenOptions",
          "status": "Status", "count": "uint"}
GIVES = {"nothing": "void", "text": "string", "report": "Report", "boolean": "bool", "count": "ulong"}
NATIVE = {"void": "void", "const char *": "IntPtr", "size_t": "UIntPtr", "int32_t": "int", "uint32_t": "uint",
          "int64_t": "long", "uint64_t": "ulong", "aesop_str": "StrData", "aesop_status": "Status", "aesop_verdict": "Verdict"}
HEAD = """// The C API of Aesop for C#: the declarations, and classes with a method for each function. Strings are UTF-8 across the
// border, handles are SafeHandles, errors are AesopException and refusals are Rejected (Runtime.cs).
using System;
using System.Runtime.InteropServices;

namespace Aesop {
"""


def summary(doc, indent):
    if not doc:
        return ""
    lines = escape(doc_text(doc)).split("\n")
    if len(lines) == 1:
        return f"{indent}/// <summary>{lines[0]}</summary>\n"
    return f"{indent}/// <summary>\n" + "".join(f"{indent}/// {line}".rstrip() + "\n" for line in lines) + f"{indent}/// </summary>\n"


def word(name):
    name = camel(name)
    return "@" + name if name in RESERVED else name


def enum(group):
    yield f"{summary(group.doc, '  ')}  public enum {pascal(group.name.removeprefix('aesop_'))} {{\n"
    for name, number, doc in enum_values(group):
        yield f"{summary(doc, '    ')}    {upper_words(name)} = {number},\n"
    yield "  }\n\n"


def data_name(name):
    return pascal(name.removeprefix("aesop_")) + "Data"


def struct(group):
    yield f"{summary(group.doc, '  ')}  [StructLayout(LayoutKind.Sequential)]\n  internal struct {data_name(group.name)} {{\n"
    for field in group.members:
        yield f"    internal {NATIVE[field.type]} {pascal(field.name)};\n"
    yield "  }\n\n"


def native_parameter(parameter, api, owners):
    base, stars = parameter.base, parameter.type.count("*")
    if stars and parameter.role in ("out", "err"):
        plain = NATIVE.get(base, base)
        return f"out {owners.get(base, 'IntPtr') if stars == 2 else plain} {word(parameter.name)}"
    if base in api.names("structs") and stars:
        return f"ref {data_name(base)} {word(parameter.name)}"
    if base in api.names("handles"):
        return f"{owners.get(base, 'IntPtr')} {word(parameter.name)}"
    return f"{NATIVE[base]} {word(parameter.name)}"


def native(api, owners):
    yield "  /// <summary>The functions of the library as C has them.</summary>\n  internal static class Native {\n"
    yield "    private const string Library = \"aesop\";  // aesop.dll; libaesop.so\n\n"
    for constant in api.constants:
        number = {"INT64_MIN": ("long", "long.MinValue"), "UINT64_MAX": ("ulong", "ulong.MaxValue")}.get(
            constant.value, ("uint", constant.value))
        yield f"    internal const {number[0]} {upper_words(constant.name.removeprefix('AESOP_'))} = {number[1]};\n"
    for function in api.functions:
        parameters = function.parameters
        free = function.result == "void" and parameters[0].role == "handle"
        text = ", ".join(f"IntPtr {word(p.name)}" if free else native_parameter(p, api, owners) for p in parameters)
        yield f"\n    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]\n"
        yield f"    internal static extern {NATIVE[function.result]} {function.name}({text});\n"
    yield "  }\n\n"


def safe_handle(one, owner):
    yield f"""  internal sealed class {owner} : SafeHandle {{
    public {owner}() : base(IntPtr.Zero, true) {{ }}
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {{
      Native.{one.free.name}(handle);
      return true;
    }}
  }}

"""


def argument(parameter):
    name = word(parameter.name)
    return {"text": f"call.Text({name})", "bytes": f"call.Bytes({name})", "time": f"Time.ToMicroseconds({name})",
            "request": "ref data", "options": "ref data", "status": name, "count": name}[kind(parameter)]


def signature(function):
    needed, optional = inputs(function)
    pieces = [f"{PUBLIC[kind(p)]} {word(p.name)}" for p in needed]
    pieces += [f"{PUBLIC[kind(p)]} {word(p.name)} = {'0' if kind(p) == 'count' else 'null'}" for p in optional]
    return ", ".join(pieces)


def body(function, arguments, before, after):
    yield "      using (var call = new Call()) {\n"
    for parameter in function.of("in"):
        if kind(parameter) in ("request", "options"):
            yield f"        var data = call.{pascal(kind(parameter))}({word(parameter.name)});\n"
    yield before
    yield f"        call.Check(Native.{function.name}(\n          {', '.join(arguments)}));\n"
    yield after
    yield "      }\n"


def method(function, owner, static):
    gives = result_of(function)
    arguments = [] if static else ["handle"]
    arguments += [argument(p) for p in function.of("in")]
    before, after = "", ""
    if gives == "report":
        before, after = "        Verdict verdict;\n", "        return new Report(verdict, call.Take());\n"
        arguments += ["out verdict", "out call.Answer"]
    elif gives == "text":
        after = "        return call.Take();\n"
        arguments += ["out call.Answer"]
    elif gives != "nothing":
        before = f"        {'int' if gives == 'boolean' else 'ulong'} value;\n"
        after = f"        return value{' != 0' if gives == 'boolean' else ''};\n"
        arguments += ["out value"]
    arguments += ["out call.Error"]
    yield summary(function.doc, "    ")
    yield f"    public {'static ' if static else ''}{GIVES[gives]} {pascal(method_name(function, owner))}({signature(function)}) {{\n"
    yield from body(function, arguments, before, after)
    yield "    }\n\n"


def maker(function, owner, name, handle):
    arguments = [argument(p) for p in function.of("in")] + ["out handle", "out call.Error"]
    yield summary(function.doc, "    ")
    yield f"    public static {name} {pascal(method_name(function, owner))}({signature(function)}) {{\n"
    yield from body(function, arguments, f"        {handle} handle;\n", f"        return new {name}(handle);\n")
    yield "    }\n\n"


def one_class(one, handle):
    name = pascal(one.word)
    yield f"{summary(one.doc, '  ')}  public sealed class {name} : IDisposable {{\n"
    yield f"    private readonly {handle} handle;\n\n    private {name}({handle} handle) {{ this.handle = handle; }}\n\n"
    yield summary(one.free.doc or "Frees it. A second time does nothing.", "    ")
    yield "    public void Dispose() { handle.Dispose(); }\n\n"
    for function in one.make:
        yield from maker(function, one, name, handle)
    for function in one.methods:
        yield from method(function, one, False)
    for function in one.statics:
        yield from method(function, one, True)
    yield "  }\n\n"


def library(functions):
    yield "  /// <summary>The library itself.</summary>\n  public static class Library {\n"
    for function in functions:
        name = pascal(function.name.removeprefix("aesop_"))
        call = f"Native.{function.name}({', '.join(word(p.name) for p in function.parameters)})"
        gives = {"const char *": ("string", f"Call.Sentence({call})"), "size_t": ("ulong", f"{call}.ToUInt64()"),
                 "uint32_t": ("uint", call)}[function.result]
        yield f"{summary(function.doc, '    ')}    public static {gives[0]} {name}({signature(function)}) {{ return {gives[1]}; }}\n\n"
    yield "  }\n"


def generate(api):
    found, functions = classes(api)
    owners = {one.handle: pascal(one.word) + "Handle" for one in found}
    pieces = [mark("csharp.py"), HEAD]
    for group in api.enums:
        pieces += enum(group)
    for one in found:
        pieces += one_class(one, owners[one.handle])
    pieces += library(functions)
    pieces += ["\n"]
    for group in api.structs:
        pieces += struct(group)
    for one in found:
        pieces += safe_handle(one, owners[one.handle])
    pieces += native(api, owners)
    text = "".join(pieces).rstrip() + "\n}\n"
    return {PATH: text.replace("\n\n  }\n", "\n  }\n")}


if __name__ == "__main__":
    write("csharp.py", generate(describe.load()))
