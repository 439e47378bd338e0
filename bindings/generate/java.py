#!/usr/bin/env python3
"""Writes bindings/java/src/aesop: AesopLibrary.java, the C API for JNA as C has it, the enums, and a class for each handle with a
method for each function. What is not mechanical (Call, Request, OpenOptions, Report, the exceptions) is written by hand beside."""
from common import (camel, classes, describe, doc_text, enum_values, inputs, kind, mark, method_name, pascal, result_of, write)

FOLDER = "bindings/java/src/aesop/"
PUBLIC = {"text": "String", "bytes": "byte[]", "time": "Instant", "request": "Request", "options": "OpenOptions",
          "status": "Status", "count": "int"}
GIVES = {"nothing": "void", "text": "String", "report": "Report", "boolean": "boolean", "count": "long"}
NATIVE = {"void": "void", "const char *": "Pointer", "size_t": "SizeT", "int32_t": "int", "uint32_t": "int", "int64_t": "long",
          "uint64_t": "long", "aesop_str": "Str", "aesop_status": "int", "aesop_verdict": "int"}
REFERENCES = {"int32_t": "IntByReference", "aesop_verdict": "IntByReference", "uint64_t": "LongByReference"}
EMPTY = {"count": "0"}
START = "package aesop;\n\n"


def javadoc(doc, indent):
    if not doc:
        return ""
    lines = doc_text(doc).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;").split("\n")
    lines = [line.replace("*/", "*&#47;") for line in lines]
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"


def enum(group):
    name = pascal(group.name.removeprefix("aesop_"))
    yield mark("java.py") + START + javadoc(group.doc, "") + f"public enum {name} {{\n"
    for value, number, doc in enum_values(group):
        yield javadoc(doc, "    ") + f"    {value.removeprefix('E_')}({number}),\n"
    yield f"""    /** A number that a newer library gave. */
    UNKNOWN(Integer.MAX_VALUE);

    public final int number;

    {name}(int number) {{
        this.number = number;
    }}

    static {name} of(int number) {{
        for ({name} one : values())
            if (one.number == number) return one;
        return UNKNOWN;
    }}
}}
"""


def data_name(name):
    return "Str" if name == "aesop_str" else pascal(name.removeprefix("aesop_")) + "Data"


def structure(group):
    name = data_name(group.name)
    by_value = group.name == "aesop_str"
    fields = ", ".join(f'"{camel(f.name)}"' for f in group.members)
    yield javadoc(group.doc, "    ")
    yield f"    @FieldOrder({{{fields}}})\n    class {name} extends Structure{' implements Structure.ByValue' if by_value else ''} {{\n"
    for field in group.members:
        fresh = {"size_t": " = new SizeT()", "aesop_str": " = new Str()"}.get(field.type, "")
        yield f"        public {NATIVE[field.type]} {camel(field.name)}{fresh};\n"
    yield "    }\n\n"


def native_parameter(parameter, api):
    base, stars = parameter.base, parameter.type.count("*")
    if stars == 2:
        kind_of = "PointerByReference"
    elif stars and parameter.role == "out":
        kind_of = REFERENCES[base]
    elif stars and base in api.names("structs"):
        kind_of = data_name(base)
    elif base in api.names("handles"):
        kind_of = "Pointer"
    else:
        kind_of = NATIVE[base]
    return f"{kind_of} {camel(parameter.name)}"


def library(api):
    yield mark("java.py") + START + """import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The C API of Aesop as C has it. Programs are easier with the classes Engine, Gate, Rule, Expr and Sop. */
interface AesopLibrary extends Library {
    AesopLibrary INSTANCE = Native.load("aesop", AesopLibrary.class);

"""
    for constant in api.constants:
        kind_of, number = {"INT64_MIN": ("long", "Long.MIN_VALUE"), "UINT64_MAX": ("long", "-1L")}.get(
            constant.value, ("int", constant.value))
        yield f"    {kind_of} {constant.name.removeprefix('AESOP_')} = {number};\n"
    yield """
    /** size_t. */
    class SizeT extends IntegerType {
        private static final long serialVersionUID = 1L;

        public SizeT() {
            this(0);
        }

        public SizeT(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

"""
    for group in api.structs:
        yield from structure(group)
    yield "\n".join(f"    {NATIVE[f.result]} {f.name}({', '.join(native_parameter(p, api) for p in f.parameters)});\n"
                    for f in api.functions)
    yield "}\n"


def argument(parameter):
    name = camel(parameter.name)
    return {"text": f"call.text({name})", "bytes": f"call.bytes({name})", "time": f"Call.microseconds({name})",
            "request": f"call.request({name})", "options": f"call.options({name})", "status": f"{name}.number"}.get(kind(parameter), name)


def signature(parameters):
    return ", ".join(f"{PUBLIC[kind(p)]} {camel(p.name)}" for p in parameters)


def heads(function, lead, name):
    """The overload without what may be left out, which follows, and the head of the full method."""
    needed, optional = inputs(function)
    full = f"    public {lead} {name}({signature(needed + optional)}) {{\n"
    if not optional:
        return "", full
    passed = ", ".join([camel(p.name) for p in needed] + [EMPTY.get(kind(p), "null") for p in optional])
    returns = "" if lead.endswith("void") else "return "
    left = " and ".join(f"`{camel(p.name)}`" for p in optional)
    short = (f"    /** The same, {left} left out. */\n    public {lead} {name}({signature(needed)}) {{\n"
             f"        {returns}{name}({passed});\n    }}\n\n")
    return short, full


def method(function, owner, static):
    gives = result_of(function)
    call = [] if static else ["handle"]
    call += [argument(p) for p in function.of("in")]
    before = {"report": "            IntByReference verdict = new IntByReference();\n",
              "boolean": "            IntByReference value = new IntByReference();\n",
              "count": "            LongByReference value = new LongByReference();\n"}.get(gives, "")
    call += {"text": ["call.answer"], "report": ["verdict", "call.answer"], "boolean": ["value"], "count": ["value"]}.get(gives, [])
    after = {"text": "            return call.take();\n", "boolean": "            return value.getValue() != 0;\n",
             "count": "            return value.getValue();\n",
             "report": "            return new Report(Verdict.of(verdict.getValue()), call.take());\n"}.get(gives, "")
    short, full = heads(function, ("static " if static else "") + GIVES[gives], camel(method_name(function, owner)))
    yield javadoc(function.doc, "    ") + full
    yield f"        try (Call call = new Call()) {{\n{before}"
    yield f"            call.check(AesopLibrary.INSTANCE.{function.name}(\n"
    yield f"                {', '.join(call + ['call.error'])}));\n{after}        }}\n    }}\n\n{short}"


def maker(function, owner, name):
    call = [argument(p) for p in function.of("in")] + ["made", "call.error"]
    short, full = heads(function, f"static {name}", camel(method_name(function, owner)))
    yield javadoc(function.doc, "    ") + full
    yield "        try (Call call = new Call()) {\n            PointerByReference made = new PointerByReference();\n"
    yield f"            call.check(AesopLibrary.INSTANCE.{function.name}({', '.join(call)}));\n"
    yield f"            return new {name}(made.getValue());\n        }}\n    }}\n\n{short}"


def one_class(one):
    name = pascal(one.word)
    pieces = []
    for function in one.make:
        pieces += maker(function, one, name)
    for function in one.methods:
        pieces += method(function, one, False)
    for function in one.statics:
        pieces += method(function, one, True)
    text = "".join(pieces)
    yield mark("java.py") + START + "import com.sun.jna.Pointer;\n"
    yield "".join(f"import com.sun.jna.ptr.{n};\n" for n in ("IntByReference", "LongByReference", "PointerByReference") if n in text)
    yield "import java.time.Instant;\n" if "Instant" in text else ""
    yield f"\n{javadoc(one.doc, '')}public final class {name} implements AutoCloseable {{\n    private final Pointer handle;\n\n"
    yield f"    private {name}(Pointer handle) {{\n        this.handle = handle;\n    }}\n\n"
    yield javadoc(one.free.doc or "Frees it. A second time does nothing.", "    ")
    yield f"    @Override\n    public void close() {{\n        AesopLibrary.INSTANCE.{one.free.name}(handle);\n    }}\n\n"
    yield text.rstrip() + "\n}\n"


def versions(functions):
    yield mark("java.py") + START + "/** The library itself. */\npublic final class Aesop {\n    private Aesop() {}\n\n"
    pieces = []
    for function in functions:
        name = camel(function.name.removeprefix("aesop_"))
        call = f"AesopLibrary.INSTANCE.{function.name}({', '.join(argument(p) for p in function.parameters)})"
        gives = {"const char *": ("String", f"Call.sentence({call})"), "size_t": ("long", f"{call}.longValue()"),
                 "uint32_t": ("int", call)}[function.result]
        pieces.append(javadoc(function.doc, "    ") + f"    public static {gives[0]} {name}({signature(function.of('in'))}) {{\n"
                      f"        return {gives[1]};\n    }}\n")
    yield "\n".join(pieces) + "}\n"


def generate(api):
    found, functions = classes(api)
    files = {"AesopLibrary": library(api), "Aesop": versions(functions)}
    files.update({pascal(g.name.removeprefix("aesop_")): enum(g) for g in api.enums})
    files.update({pascal(one.word): one_class(one) for one in found})
    return {f"{FOLDER}{name}.java": "".join(pieces) for name, pieces in files.items()}


if __name__ == "__main__":
    write("java.py", generate(describe.load()))
