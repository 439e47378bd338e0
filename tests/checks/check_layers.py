#!/usr/bin/env python3
"""Keeps the one direction of the parts, and the purity of the core.

(1) A part includes only itself and the parts that layers.txt allows it.
(2) A public header includes no third-party header; include/aesop/json.hpp may include nlohmann/json.
(3) The pure parts do no I/O, start no thread, read no clock and draw no random number.
"""
import re

from checklib import HERE, files, main, read, without_comments

INCLUDE = re.compile(r'^\s*#\s*include\s*(<[^>]+>|"[^"]+")')
STANDARD = re.compile(r"[a-z_0-9]+$")
C_HEADER = re.compile(r"(assert|ctype|errno|float|inttypes|limits|math|stdarg|stddef|stdint|stdio|stdlib|string|time)\.h$")
PURE = {"base", "value", "calendar", "rules", "table", "dmn", "model", "run", "measure", "core", "fwd"}
IMPURE_HEADERS = {"fstream", "iostream", "filesystem", "thread", "mutex", "shared_mutex", "condition_variable", "future",
                  "random", "sstream", "locale", "iomanip", "csignal", "cstdio", "ctime", "regex"}
IMPURE_CALLS = re.compile(r"::now\s*\(|\b(?:std::)?(?:rand|srand|getenv|setlocale|localtime|gmtime|printf|fopen)\s*\("
                          r"|\bstd::time\s*\(|\bthread_local\b")


def layers():
    allowed = {}
    for line in read(HERE / "layers.txt").splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        part, _, below = (piece.strip() for piece in line.partition(":"))
        names = set(allowed) if below == "*" else set(below.split())
        if names - set(allowed):
            raise SystemExit(f"layers.txt: {part} names {sorted(names - set(allowed))}, which are not above it")
        allowed[part] = names | {part}
    return allowed


def check(root):
    allowed = layers()
    for tree in ("include/aesop", "src"):
        for path in files(root, f"{tree}/**/*.[hc]pp", f"{tree}/**/*.def"):
            inside = path.relative_to(root / tree)
            part = inside.parts[0].split(".")[0]
            public = tree == "include/aesop"
            pure = public and part in PURE
            if part not in allowed:
                yield f"{path.relative_to(root)}: the part {part} is not in layers.txt"
                continue
            text = read(path)
            for number, line in enumerate(text.splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                where = f"{path.relative_to(root)}:{number}"
                quoted, header = match.group(1)[0] == '"', match.group(1)[1:-1]
                segments = header.split("/")
                if segments[0] == "aesop":
                    target = segments[1].split(".")[0]
                    if target not in allowed[part]:
                        yield f"{where}: {part} may not include {target}"
                elif not public and quoted and segments[0] in allowed:
                    if segments[0] not in allowed[part]:
                        yield f"{where}: {part} may not include {segments[0]}"
                elif public and quoted:
                    yield f"{where}: a public header includes {header}, which is not below aesop/"
                elif public and not (STANDARD.match(header) or C_HEADER.match(header)):
                    if not (part == "json" and header.startswith("nlohmann/")):
                        yield f"{where}: a public header includes the third-party header {header}"
                if pure and header in IMPURE_HEADERS:
                    yield f"{where}: the pure part {part} includes <{header}>"
            if pure:
                for number, line in enumerate(without_comments(text).splitlines(), 1):
                    match = IMPURE_CALLS.search(line)
                    if match:
                        yield f"{path.relative_to(root)}:{number}: the pure part {part} uses {match.group(0).strip('( ')}"


main(check, {
    "good": ({"include/aesop/value/a.hpp": '#include "aesop/base/b.hpp"\n#include <vector>\n// ::now( is fine here\n',
              "include/aesop/json.hpp": "#include <nlohmann/json.hpp>\n",
              "src/store/s.cpp": "#include <sqlite3.h>\n#include <fstream>\n"}, None),
    "upwards": ({"include/aesop/value/a.hpp": '#include "aesop/run/state.hpp"\n'}, "value may not include run"),
    "upwards in src": ({"src/audit/a.cpp": '#include "store/sqlite.hpp"\n'}, "audit may not include store"),
    "third party": ({"include/aesop/run/a.hpp": "#include <boost/graph/graph_traits.hpp>\n"}, "third-party"),
    "third party with .h": ({"include/aesop/store/a.hpp": "#include <sqlite3.h>\n"}, "third-party"),
    "relative": ({"include/aesop/run/a.hpp": '#include "state.hpp"\n'}, "not below aesop/"),
    "file": ({"include/aesop/rules/a.hpp": "#include <fstream>\n"}, "pure part rules includes <fstream>"),
    "clock": ({"include/aesop/run/a.hpp": "auto t = std::chrono::system_clock::now();\n"}, "uses ::now"),
    "unknown part": ({"include/aesop/stuff/a.hpp": "\n"}, "not in layers.txt"),
})
