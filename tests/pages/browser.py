#!/usr/bin/env python3
"""The pages in a browser.

Makes a store with the program, its report and checklists, and asks headless Chromium (devtools over its pipe): no error
and no word on the console, no request but for the file itself, nothing wider than a phone but what scrolls, every id once, headings in order,
a visible focus, light and dark differ. On paper a checklist has as many pages as sheets, on A4 and on Letter. The numbers of the page are those of `aesop kpis --json`.

Exit code 77 when there is no browser.
"""
import base64
import html.parser
import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("AESOP_PROGRAM")
SKIPPED = 77
AT = "2026-01-08T00:00:00Z"
problems = []


def check(condition, what):
    if not condition:
        problems.append(what)


class Browser:
    """Chromium and its devtools: JSON messages that end with a zero byte, over two pipes (descriptors 3 and 4)."""

    def __init__(self, program, folder):
        to_browser, self.write = os.pipe()
        self.read, from_browser = os.pipe()

        def descriptors():
            # Above 4 first: either pipe may already be number 3 or 4.
            a, b = os.dup(to_browser), os.dup(from_browser)
            while a < 5:
                a = os.dup(to_browser)
            while b < 5:
                b = os.dup(from_browser)
            os.dup2(a, 3)
            os.dup2(b, 4)

        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}/profile",
                   "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
                                        preexec_fn=descriptors)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.number, self.events, self.session = b"", 0, [], None

    def receive(self):
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [], 120)[0]:
                raise SystemExit("the browser does not answer")
            piece = os.read(self.read, 1 << 16)
            if not piece:
                raise SystemExit("the browser ended")
            self.buffer += piece
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def attach(self):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(domain + ".enable")

    def open(self, path):
        self.events = []
        self.ask("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def close(self):
        session, self.session = self.session, None
        try:
            self.ask("Browser.close")
        except (OSError, SystemExit):
            pass
        self.session = session
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def run(folder, *words):
    done = subprocess.run([PROGRAM, *map(str, words)], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"aesop {' '.join(map(str, words))}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


SOP = {
    "aesop": 1, "sop": "letters", "version": "1.0.0", "title": "Answer <a> letter & more", "purpose": "Every letter is answered.",
    "scope": "The front office.", "roles": {"agent": {"title": "Agent </td>"}, "lead": {"pages": True}},
    "events": {"letter.sorted": {"fields": {"about": "string"}}},
    "steps": [
        {"id": "answer", "title": "Answer it <script>alert(1)</script>", "raci": {"responsible": "agent", "accountable": "lead"},
         "form": {"kind": {"one_of": ["easy", "hard"], "required": True}},
         "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}, {"at": "due + 1 day", "page": "lead"}],
         "next": [{"when": {"kind": "hard"}, "go": "check"}, {"else": "answered"}]},
        {"id": "check", "title": "Check it", "raci": {"responsible": "lead", "accountable": "lead"}, "due": "1 day",
         "escalate": [{"at": "due", "notify": "accountable"}], "next": [{"else": "answer"}]},
        {"id": "answered", "kind": "end", "outcome": "answered"},
    ],
    "kpis": {
        "answered": {"title": "Answered", "owner": "lead", "count": "answer.completed", "over": "run.started", "target": {"at_least": 0.9}},
        "speed": {"title": "Days to an answer", "days_between": ["run.started", "answer.completed"], "target": {"at_most": 1}},
        "sorted": {"title": "Sorted", "count": "letter.sorted"},
    },
}


def make_store(folder):
    people = {"actor": {"id": "ana", "roles": ["agent", "lead"]}}
    lines = [{"do": "publish", "text": json.dumps(SOP), "at": "2026-01-05T08:00:00Z"}]
    for n in range(3):
        subject = ["letter <1>", "letter \"2\"", "letter/with/a/rather/long/name/that/nobody/can/break"][n]
        lines += [
            {"do": "start", "sop": "letters", "subject": subject, "run": f"r{n}", "at": f"2026-01-05T09:0{n}:00Z"},
            {"do": "record_event", "run": f"r{n}", "event": "letter.sorted", "payload": {"about": ["bill", "<b>", "bill"][n]},
             "at": "2026-01-05T09:30:00Z"}]
    lines += [{"do": "complete", "run": "r0", "step": "answer", "form": {"kind": "easy"}, "at": "2026-01-05T15:00:00Z"},
              {"do": "advance", "to": AT, "at": AT}]
    text = "\n".join(json.dumps({"command_id": f"c{i}", **people, **line}) for i, line in enumerate(lines))
    answers = subprocess.run([PROGRAM, "exec", "--create", "letters.db"], cwd=folder, input=text, capture_output=True, text=True).stdout
    for line in answers.splitlines():
        if "ok" not in json.loads(line):
            raise SystemExit(line)


class Structure(html.parser.HTMLParser):
    """Elements that are closed in order, ids that occur once, headings that skip no level."""
    VOID = {"meta", "br", "img", "link", "hr", "input"}

    def __init__(self, name):
        super().__init__()
        self.name, self.open, self.ids, self.heading = name, [], set(), 0

    def handle_starttag(self, tag, attributes):
        names = [key for key, _ in attributes]
        check(len(names) == len(set(names)), f"{self.name}: <{tag}> has an attribute twice")
        for key, value in attributes:
            if key == "id":
                check(value not in self.ids, f"{self.name}: the id {value} occurs twice")
                check(" " not in value, f"{self.name}: the id {value!r} has a blank")
                self.ids.add(value)
        if re.fullmatch(r"h[1-6]", tag):
            level = int(tag[1])
            check(level <= self.heading + 1, f"{self.name}: <{tag}> after <h{self.heading}>")
            self.heading = level
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        check(bool(self.open) and self.open[-1] == tag, f"{self.name}: </{tag}> closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def structure(path):
    parser = Structure(path.name)
    text = path.read_text(encoding="utf-8")
    parser.feed(text)
    check(not parser.open, f"{path.name}: {parser.open} not closed")
    for target in set(re.findall(r'(?:href="#|aria-labelledby="|url\(#)([^")]+)', text)):
        check(target in parser.ids, f"{path.name}: #{target} leads nowhere")


def pdf_pages(browser, width, height):
    data = browser.ask("Page.printToPDF", preferCSSPageSize=False, paperWidth=width, paperHeight=height, printBackground=False)["data"]
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(data)))


def look(browser, path):
    """What holds of every page."""
    browser.ask("Emulation.clearDeviceMetricsOverride")
    browser.open(path)
    browser.value("document.body.offsetHeight")
    for event in browser.events:
        method, data = event.get("method"), event.get("params", {})
        if method == "Log.entryAdded":
            check(False, f"{path.name}: console: {data['entry'].get('text')}")
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            check(False, f"{path.name}: console: {data}")
        if method == "Network.requestWillBeSent":
            check(data["request"]["url"] == path.as_uri(), f"{path.name}: it asked for {data['request']['url']}")
    check(browser.value("document.scripts.length") == 0, f"{path.name}: it has a script")
    for width in (360, 1280):
        browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        wide = browser.value("document.documentElement.scrollWidth")
        check(wide <= width, f"{path.name}: it is {wide} wide on a screen of {width}")
    browser.ask("Emulation.clearDeviceMetricsOverride")
    colours = []
    for scheme in ("light", "dark"):
        browser.ask("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": scheme}])
        colours.append(browser.value("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"))
    browser.ask("Emulation.setEmulatedMedia", media="", features=[])
    check(colours[0] != colours[1], f"{path.name}: dark is as light")


def keyboard(browser, path):
    browser.open(path)
    seen = []
    for _ in range(4):
        browser.ask("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        browser.ask("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        seen.append(browser.value("document.activeElement.getAttribute('href') + ' ' + getComputedStyle(document.activeElement).outlineStyle"))
    check(seen[0] == "#main solid" and seen[1] == "#kpis solid", f"{path.name}: the tab key leads to {seen}")


def numbers(folder, browser, path):
    """The page, `aesop report --json` and `aesop kpis --json` say the same."""
    kpis = json.loads(run(folder, "kpis", "letters.db", "--json", "--at", AT), parse_float=str, parse_int=str)["ok"]["kpis"]
    report = json.loads(run(folder, "report", "letters.db", "--json", "--at", AT), parse_float=str, parse_int=str)["ok"]
    rows = report["sops"][0]["kpis"]
    check(len(kpis) == 3 and len(rows) == 3, f"{len(kpis)} KPIs and {len(rows)} rows")
    browser.open(path)
    for kpi, row in zip(kpis, rows):
        for key in ("id", "value", "count", "over", "band", "p90", "target"):
            check(kpi.get(key) == row.get(key), f"{kpi['id']}.{key}: {kpi.get(key)} and {row.get(key)}")
        shown = browser.value(f"[...document.querySelectorAll('#kpi-letters-{kpi['id']} data')].map(e => e.getAttribute('value'))")
        expected = [kpi["value"], kpi["count"]] + ([kpi["over"]] if kpi["unit"] != "count" else [])
        check(shown == expected, f"{kpi['id']}: the page shows {shown}, the command says {expected}")


def main():
    browser_program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not PROGRAM or not browser_program:
        print("skipped: " + ("chromium is not installed" if PROGRAM else "AESOP_PROGRAM is not set"))
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_store(folder)
        (folder / "letters.sop.json").write_text(json.dumps(SOP), encoding="utf-8")
        words = ["report", "letters.db", "--at", AT, "--run", "r0", "--count", "letter.sorted.about"]
        run(folder, *words, "--html", "report.html")
        run(folder, *words, "--html", "again.html")
        check((folder / "report.html").read_bytes() == (folder / "again.html").read_bytes(), "the same store and time, another page")
        run(folder, "init", "empty.db")
        run(folder, "report", "empty.db", "--at", AT, "--html", "empty.html")
        sheets = {}
        for page, sop in (("letters", folder / "letters.sop.json"), ("laptop_return", ROOT / "examples/laptop_return.sop.json"),
                          ("refund", ROOT / "examples/refund.sop.json"), ("billing_claims", ROOT / "examples/dso/billing_claims.sop.json")):
            sheets[page] = json.loads(run(folder, "checklist", sop, "--html", f"{page}.html", "--json"))["sheets"]
        check(sheets["laptop_return"] == 1 and sheets["refund"] == 1, f"sheets: {sheets}")
        browser = Browser(browser_program, name)
        try:
            browser.attach()
            for page in ("report", "empty", *sheets):
                structure(folder / f"{page}.html")
                look(browser, folder / f"{page}.html")
            keyboard(browser, folder / "report.html")
            numbers(folder, browser, folder / "report.html")
            for page, count in sheets.items():
                browser.open(folder / f"{page}.html")
                for paper, width, height in (("A4", 8.27, 11.69), ("Letter", 8.5, 11)):
                    pages = pdf_pages(browser, width, height)
                    check(pages == count, f"{page}: {pages} pages of {paper} for {count} sheets")
        finally:
            browser.close()
        shutil.rmtree(folder / "profile", ignore_errors=True)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "the pages are sound")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
