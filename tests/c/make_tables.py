#!/usr/bin/env python3
"""Turns aesop.h and tour.json into C tables.  make_tables.py HEADER TOUR OUT

Strict: a declaration of the header that does not have the shape that its rules (1) to (4) demand, a function that the
tour does not call, and an input that a call of the tour does not name are errors. So whatever goes over these tables
(the tour, misuse, memory that runs out, threads) covers every function and every parameter.

make_tables.py --self-test
"""
import datetime
import json
import pathlib
import re
import sys

HANDLES = ("text", "error", "sop", "gate", "rule", "expr", "dmn", "engine")
HANDLE = re.compile(r"(?:const )?aesop_(%s) \*(\w+)" % "|".join(HANDLES))
OUT_HANDLE = re.compile(r"aesop_(%s) \*\*(out_\w+)" % "|".join(HANDLES))
PLAIN = (
    (re.compile(r"aesop_str (\w+)"), "str"),
    (re.compile(r"const aesop_request \*(\w+)"), "request"),
    (re.compile(r"const aesop_open_options \*(\w+)"), "options"),
    (re.compile(r"aesop_request \*(\w+)"), "init_request"),
    (re.compile(r"aesop_open_options \*(\w+)"), "init_options"),
    (re.compile(r"aesop_error \*\*(err)"), "err"),
    (re.compile(r"aesop_verdict \*(out_\w+)"), "out_verdict"),
    (re.compile(r"int32_t \*(out_\w+)"), "out_int"),
    (re.compile(r"uint64_t \*(out_\w+)"), "out_count"),
    (re.compile(r"int64_t (\w+)"), "time"),
    (re.compile(r"uint32_t (\w+)"), "number"),
    (re.compile(r"aesop_status (\w+)"), "status"),
)
RETURNS = {"aesop_status": "status", "void": "nothing", "const char *": "chars", "size_t": "size", "uint32_t": "u32"}
CAST = {"str": "a[%d].str", "time": "a[%d].time", "number": "a[%d].number", "status": "a[%d].status"}


class Wrong(Exception):
    pass


def parameter(text):
    """(name, kind, handle) of a parameter."""
    text = text.strip()
    found = OUT_HANDLE.fullmatch(text)
    if found:
        return found.group(2), "out_handle", found.group(1)
    for pattern, kind in PLAIN:
        found = pattern.fullmatch(text)
        if found:
            return found.group(1), kind, "error" if kind == "err" else "none"
    found = HANDLE.fullmatch(text)
    if found:
        return found.group(2), "handle", found.group(1)
    raise Wrong(f"no parameter that the header's rules know: {text}")


def functions(header):
    """[(name, returns, [(name, kind, handle)])] in the header's order."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    text = re.sub(r"^\s*#.*(?:\\\n.*)*$", " ", text, flags=re.M)
    found = []
    for match in re.finditer(r"\bAESOP_API\b([^;]*);", text):
        flat = " ".join(match.group(1).split())
        parts = re.fullmatch(r"(const char \*|\w+ )(aesop_[a-z_0-9]+)\((.*)\)", flat)
        if not parts:
            raise Wrong(f"no declaration that can be read: {flat}")
        returns, name, inside = parts.group(1).strip(), parts.group(2), parts.group(3).strip()
        if returns not in RETURNS:
            raise Wrong(f"{name} gives {returns}")
        parameters = [] if inside == "void" else [parameter(one) for one in inside.split(",")]
        kinds = [kind for _, kind, _ in parameters]
        ranks = [2 if kind == "err" else 1 if kind.startswith("out_") else 0 for kind in kinds]
        if ranks != sorted(ranks):
            raise Wrong(f"{name}: not in the order subject, inputs, outputs, err")
        if RETURNS[returns] == "status" and "err" not in kinds and name != "aesop_error_status":
            raise Wrong(f"{name} has no err")
        found.append((name, RETURNS[returns], parameters))
    names = [name for name, _, _ in found]
    if len(set(names)) != len(names):
        raise Wrong("a function is declared twice")
    others = re.findall(r"\b(aesop_[a-z_0-9]+)\s*\(", text)
    missing = sorted(set(others) - set(names))
    if missing:
        raise Wrong(f"declared without AESOP_API: {missing}")
    return found


def quoted(text):
    data = text.encode() if isinstance(text, str) else text
    out = "".join(chr(c) if 32 <= c < 127 and c not in b'"\\?' else "\\%03o" % c for c in data)
    pieces = [out[i:i + 3000] for i in range(0, len(out), 3000)] or [""]
    for i in range(len(pieces) - 1):  # an escape is not cut in two
        cut = re.search(r"\\[0-7]{0,2}$", pieces[i])
        if cut:
            pieces[i], pieces[i + 1] = pieces[i][:cut.start()], pieces[i][cut.start():] + pieces[i + 1]
    return "\n    ".join(f'"{piece}"' for piece in pieces), len(data)


def microseconds(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds()) * 1_000_000


class Tour:
    def __init__(self, tour, folder, known):
        self.folder, self.known = folder, {name: (i, returns, parameters) for i, (name, returns, parameters) in enumerate(known)}
        self.actors, self.day = tour["actors"], tour["day"]
        self.slots, self.handles, self.requests, self.rows, self.arguments = [], {}, [], [], []
        for step in tour["calls"]:
            self.row(step)
        never = [name for name in self.known if name not in {row[0] for row in self.rows}]
        if never:
            raise Wrong(f"the tour never calls {never}")

    def text(self, value):
        if isinstance(value, str) and value.startswith("@"):
            return (self.folder / value[1:]).read_text()
        return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))

    def str_argument(self, value):
        if isinstance(value, str) and value.startswith("$"):
            return "{ARG_TEXT, {NULL, 0}, %d}" % self.slot(value[1:], False)
        if value is None:
            return "{ARG_STR, {NULL, 0}, 0}"
        literal, size = quoted(self.text(value))
        return "{ARG_STR, {%s, %d}, 0}" % (literal, size)

    def slot(self, name, new):
        if not new and name not in self.slots:
            raise Wrong(f"nothing is called {name} yet")
        if name not in self.slots:
            self.slots.append(name)
        return self.slots.index(name)

    def time(self, value):
        return microseconds(f"{self.day}T{value}:00Z" if len(value) == 5 else value)

    def request(self, value):
        command_id, at, actor, run = value
        actor = self.actors[actor]
        actor = actor if isinstance(actor, str) else json.dumps(actor, separators=(",", ":"))
        texts = ["{%s, %d}" % quoted(one) for one in (command_id, actor, run)]
        self.requests.append("{(uint32_t)sizeof(aesop_request), 0, %s, INT64_C(%d), %s, %s, AESOP_NO_REVISION, AESOP_NO_TIME}"
                             % (texts[0], self.time(at), texts[1], texts[2]))
        return len(self.requests) - 1

    def row(self, step):
        step = dict(step)
        name = step.pop("call")
        if name not in self.known:
            raise Wrong(f"the tour calls {name}, which is not in the header")
        number, returns, parameters = self.known[name]
        gives, answer = step.pop("gives", "OK"), step.pop("answer", None)
        made = []
        for parameter_name, kind, handle in parameters:
            if kind in ("err", "out_verdict", "out_int", "out_count", "init_request", "init_options"):
                made.append("{ARG_OUT, {NULL, 0}, -1}")
                continue
            if kind == "out_handle":
                value = step.pop(parameter_name, None)
                made.append("{ARG_OUT, {NULL, 0}, %d}" % (self.slot(value, True) if value else -1))
                if value:
                    self.handles[value] = handle
                continue
            if parameter_name not in step:
                raise Wrong(f"{name}: the tour does not say {parameter_name}")
            value = step.pop(parameter_name)
            if kind == "str":
                made.append(self.str_argument(value))
            elif kind == "request":
                made.append("{ARG_REQUEST, {NULL, 0}, %d}" % self.request(value))
            elif kind == "options":
                made.append("{ARG_OPTIONS, {NULL, 0}, 0}")
            elif kind == "handle":
                made.append("{ARG_HANDLE, {NULL, 0}, %d}" % self.slot(value, False))
            elif kind == "time":
                made.append("{ARG_NUMBER, {NULL, 0}, INT64_C(%d)}" % self.time(value))
            else:
                made.append("{ARG_NUMBER, {NULL, 0}, %d}" % value)
        if "err" in step and returns == "status":
            made[-1] = "{ARG_OUT, {NULL, 0}, %d}" % self.slot(step["err"], True)
            self.handles[step.pop("err")] = "error"
        if step:
            raise Wrong(f"{name} has no {sorted(step)}")
        expected = "NULL" if answer is None else quoted(answer)[0]
        self.rows.append((name, number, len(self.arguments), gives, expected))
        self.arguments.extend(made)


def tables(header, tour_text, folder):
    known = functions(header)
    tour = Tour(json.loads(tour_text), folder, known)
    out = ["/* Made by make_tables.py from aesop.h and tour.json. */", "#define FUNCTIONS %d" % len(known),
           "#define SLOTS %d" % len(tour.slots), "#define CALLS %d" % len(tour.rows),
           "#define PARAMETERS %d" % sum(len(p) for _, _, p in known), ""]
    for i, (name, returns, parameters) in enumerate(known):
        given = []
        for j, (_, kind, handle) in enumerate(parameters):
            plain = CAST.get(kind)
            pointer = {"request": "const aesop_request *", "options": "const aesop_open_options *",
                       "init_request": "aesop_request *", "init_options": "aesop_open_options *",
                       "handle": f"aesop_{handle} *", "out_handle": f"aesop_{handle} **", "err": "aesop_error **",
                       "out_verdict": "aesop_verdict *", "out_int": "int32_t *", "out_count": "uint64_t *"}.get(kind)
            given.append(plain % j if plain else f"({pointer})a[{j}].pointer")
        call = f"{name}({', '.join(given)})"
        body = {"status": f"r->status = {call}", "nothing": call, "chars": f"r->chars = {call}",
                "size": f"r->number = {call}", "u32": f"r->number = {call}"}[returns]
        unused = "" if parameters else " (void)a;"
        unused += " (void)r;" if returns == "nothing" else ""
        out.append(f"static void call_{i}(const argument *a, outcome *r) {{{unused} {body}; }}")
    flat, lines = 0, []
    for i, (name, returns, parameters) in enumerate(known):
        lines.append(f'  {{"{name}", GIVES_{returns.upper()}, {len(parameters)}, {flat}, call_{i}}},')
        flat += len(parameters)
    out += ["", "static const parameter parameters[PARAMETERS] = {"]
    out += [f'  {{"{name}", P_{kind.upper()}, KIND_{handle.upper()}}},'
            for _, _, parameters in known for name, kind, handle in parameters]
    out += ["};", "", "static const function functions[FUNCTIONS] = {", *lines, "};", ""]
    out += ["static const aesop_request requests[] = {", *(f"  {one}," for one in tour.requests), "};", ""]
    out += ["static const given arguments[] = {", *(f"  {one}," for one in tour.arguments), "};", ""]
    out += ["static const handle_kind slot_kinds[SLOTS] = {",
            ", ".join(f"KIND_{tour.handles[name].upper()}" for name in tour.slots), "};", ""]
    out += ["static const call_row calls[CALLS] = {",
            *(f"  {{{number}, {first}, AESOP_{gives}, {expected}}}," for _, number, first, gives, expected in tour.rows), "};"]
    return "\n".join(out) + "\n"


def self_test():
    good = "AESOP_API aesop_status aesop_a(const aesop_gate *gate, aesop_str text, aesop_text **out_x, aesop_error **err);"
    cases = [
        ("a good one", good, None),
        ("an unknown type", good.replace("aesop_str text", "char *text"), "no parameter"),
        ("another order", good.replace("aesop_str text, aesop_text **out_x", "aesop_text **out_x, aesop_str text"), "order"),
        ("no err", good.replace(", aesop_error **err", ""), "no err"),
        ("an int", good.replace("aesop_status aesop_a", "int aesop_a"), "gives int"),
        ("not exported", good + " void aesop_b(void);", "without AESOP_API"),
        ("twice", good + good, "twice"),
    ]
    wrong = 0
    for what, text, expected in cases:
        try:
            functions(text)
            said = None
        except Wrong as problem:
            said = str(problem)
        if (said is None) != (expected is None) or (expected and expected not in said):
            print(f"self-test: {what}: {said}")
            wrong += 1
    print(f"{len(cases) - wrong} of {len(cases)} self-tests passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    header, tour, out = map(pathlib.Path, sys.argv[1:])
    try:
        text = tables(header.read_text(), tour.read_text(), tour.parent)
    except Wrong as problem:
        sys.exit(f"make_tables.py: {problem}")
    out.write_text(text)
