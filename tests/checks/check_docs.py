#!/usr/bin/env python3
"""The documentation tells the truth: what it says to run is run, and its links lead somewhere.

In README.md, CONTRIBUTING.md and docs/**/*.md a fenced block says after its language what it is:

    ```json file=refund.sop.json   its text is saved under that name in the page's scratch folder
    ```sh run                      run by `sh -e` in that folder, with the program aesop on the PATH
    ```sh run exit=1               the same, and it must end with that exit code (otherwise 0)
    ```text output                 what the block run last must have printed on standard output
    ```text errors                 the same for standard error
    ```csharp from=examples/x.cs   it is that file of the repository, which other tests build and run
    ```python run                  run by Python in that folder, with the package aesop; the blocks of a page share names
    ```python run raises=Rejected  the same, and it must end with that exception

The blocks of a page share one folder, in order. The root of the repository is $AESOP_SOURCE. In an expected output
a line "..." stands for any lines, "..." within a line for any text. Relative links must name a file that exists, and
a heading in it where they have an anchor.
"""
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from checklib import SKIPPED, files, main, read

FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*([^\n`]*)\n(.*?)^\1[ \t]*$", re.M | re.S)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
PROGRAM = os.environ.get("AESOP_PROGRAM")
PACKAGE = os.environ.get("AESOP_PYTHONPATH") if importlib.util.find_spec("pandas") else None
not_run = {"the program aesop, and AESOP_PROGRAM is not set": 0,
           "the Python package and pandas, and one is not there": 0}

# Runs blocks that come as lines of JSON, each under the names of those before.
SESSION = """
import contextlib, io, json, sys, traceback
names = {"__name__": "__main__"}
for line in sys.stdin:
    out, raised, trace = io.StringIO(), "", ""
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(json.loads(line), "block", "exec"), names)
        except BaseException as error:
            raised, trace = type(error).__name__, traceback.format_exc()
    print(json.dumps([out.getvalue(), raised, trace]), flush=True)
"""


class Session:
    """The Python of one page."""

    def __init__(self, folder, environment):
        self.child = None
        self.how = {"cwd": folder, "env": {**environment, "PYTHONPATH": PACKAGE or ""}, "text": True}

    def run(self, code):
        """(what it printed, the name of the exception it ended with or "", the traceback)"""
        if self.child is None:
            self.child = subprocess.Popen([sys.executable, "-B", "-W", "error", "-c", SESSION], stdin=subprocess.PIPE,
                                          stdout=subprocess.PIPE, **self.how)
        self.child.stdin.write(json.dumps(code) + "\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline()
        return json.loads(answer) if answer else ["", "a crash", f"exit code {self.child.wait()}"]

    def close(self):
        if self.child is not None:
            self.child.communicate()


def pages(root):
    return files(root, "README.md", "CONTRIBUTING.md", "docs/**/*.md")


def matches(expected, actual):
    """Whether the text is the expected one, where "..." lines and pieces stand for anything."""
    pattern = ""
    for line in expected.rstrip("\n").split("\n"):
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*".join(map(re.escape, line.rstrip().split("..."))) + r"[ \t]*\n"
    return re.fullmatch(pattern, actual.rstrip("\n") + "\n") is not None


def blocks(text):
    for match in FENCE.finditer(text):
        words = match.group(2).split()
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        yield text.count("\n", 0, match.start()) + 1, words[:1], {w for w in words[1:] if "=" not in w}, options, match.group(3)


def run_page(root, page):
    name = page.relative_to(root).as_posix()
    last = None
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": folder, "LC_ALL": "C.UTF-8",
                       "AESOP_SOURCE": str(root)}
        if PROGRAM:
            environment["PATH"] = f"{pathlib.Path(PROGRAM).parent}:{environment['PATH']}"
        python = Session(folder, environment)
        for line, language, words, options, body in blocks(read(page)):
            where = f"{name}:{line}"
            if "file" in options:
                path = pathlib.Path(folder) / options["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, encoding="utf-8")
            elif "from" in options:
                source = root / options["from"]
                if not source.is_file() or read(source) != body:
                    yield f"{where}: the block is not the file {options['from']}"
            elif "run" in words and language == ["python"]:
                if not PACKAGE and "aesop" in read(page):
                    not_run[list(not_run)[1]] += 1
                    last = None
                    continue
                printed, raised, trace = python.run(body)
                last = subprocess.CompletedProcess([], 0, printed, "")
                if raised != options.get("raises", ""):
                    yield f"{where}: it ends with {raised or 'no exception'}: {trace.strip()[-400:]}"
            elif "run" in words:
                if not PROGRAM and "aesop" in body:
                    not_run[list(not_run)[0]] += 1
                    last = None
                    continue
                last = subprocess.run(["sh", "-e", "-c", body], cwd=folder, env=environment, capture_output=True,
                                      text=True, stdin=subprocess.DEVNULL)
                if last.returncode != int(options.get("exit", 0)):
                    yield f"{where}: exit code {last.returncode}: {(last.stderr or last.stdout).strip()[-400:]}"
            elif words & {"output", "errors"} and last is not None:
                actual = last.stdout if "output" in words else last.stderr
                if not matches(body, actual):
                    yield f"{where}: the output is not the one shown; it is:\n{actual.rstrip()}"
        python.close()


def anchors(text):
    text = FENCE.sub("", text)
    for heading in re.findall(r"^#+[ \t]+(.*?)[ \t]*#*$", text, re.M):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        yield re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())


def links(root, page):
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", read(page)))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        where = f"{page.relative_to(root).as_posix()}: the link {target}"
        if not file.exists():
            yield f"{where} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in anchors(read(file)):
            yield f"{where} names no heading there"


def check(root):
    good = True
    for page in pages(root):
        for problem in (*links(root, page), *run_page(root, page)):
            good = False
            yield problem
    reasons = [f"{count} blocks use {what}" for what, count in not_run.items() if count]
    if reasons and good and "--self-test" not in sys.argv:
        print("skipped: " + "; ".join(reasons))
        sys.exit(SKIPPED)


def page(text):
    return {"docs/a.md": text.replace("'''", "```"), "docs/b.md": "# Some Heading: here\n"}


main(check, {
    "good": (page("[b](b.md#some-heading-here)\n'''json file=x.json\n{}\n'''\n'''sh run\ncat x.json; echo id 17 end; echo z\n'''\n"
                  "'''text output\n{}\nid ... end\n...\n'''\n"), None),
    "not run": (page("'''sh\nfalse\n'''\n"), None),
    "exit code as said": (page("'''sh run exit=3\nexit 3\n'''\n"), None),
    "fails": (page("'''sh run\nfalse\n'''\n"), "exit code 1"),
    "other exit code": (page("'''sh run exit=3\ntrue\n'''\n"), "exit code 0"),
    "other output": (page("'''sh run\necho two\n'''\n'''text output\none\n'''\n"), "not the one shown"),
    "more output": (page("'''sh run\necho one; echo two\n'''\n'''text output\none\n'''\n"), "not the one shown"),
    "other errors": (page("'''sh run\necho two >&2\n'''\n'''text errors\none\n'''\n"), "not the one shown"),
    "a file as it is": ({**page("'''c from=x/a.c\nint a;\n'''\n"), "x/a.c": "int a;\n"}, None),
    "a file that has changed": ({**page("'''c from=x/a.c\nint a;\n'''\n"), "x/a.c": "int b;\n"}, "is not the file x/a.c"),
    "a file that is gone": (page("'''c from=x/a.c\nint a;\n'''\n"), "is not the file x/a.c"),
    "python": (page("'''python run\nx = 3\n'''\n'''python run\nprint(x)\n'''\n'''text output\n3\n'''\n"), None),
    "python fails": (page("'''python run\n1 / 0\n'''\n"), "ends with ZeroDivisionError"),
    "python raises as said": (page("'''python run raises=KeyError\n{}[1]\n'''\n"), None),
    "python prints something else": (page("'''python run\nprint(4)\n'''\n'''text output\n3\n'''\n"), "not the one shown"),
    "dead link": (page("[c](c.md)\n"), "leads nowhere"),
    "dead anchor": (page("[b](b.md#other)\n"), "names no heading"),
})
