#!/usr/bin/env python3
"""What `aesop dmn export` writes opens in dmn-js, the modeller that most people draw DMN with.

Installs dmn-js by npm into the folder given (once; nothing of it is run there but its one file in the browser), exports the
rules of examples, opens each in headless Chromium, looks at every decision table, saves the model from the modeller and
compares what Aesop reads from that with what it wrote.

Exit code 77, with the reason, when there is no browser, no npm, or npm does not answer.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from browser import PROGRAM, ROOT, SKIPPED, Browser, check, problems, run

PACKAGE = "dmn-js@17.10.2"
SCRIPT = "node_modules/dmn-js/dist/dmn-modeler.production.min.js"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="canvas" style="height:800px"></div>
<script src="%s"></script></body></html>"""

OPEN = """
(async () => {
  const modeler = new DmnJS({container: '#canvas'});
  const {warnings} = await modeler.importXML(%s, {open: false});
  const views = modeler.getViews();
  const kinds = [];
  for (const view of views) {
    const opened = await modeler.open(view);
    kinds.push([view.type, view.name || '', opened.warnings.map(one => String(one.message || one))]);
  }
  const cells = document.querySelectorAll('#canvas td').length;
  const {xml} = await modeler.saveXML({format: true});
  return JSON.stringify({warnings: warnings.map(String), kinds, cells, xml});
})().catch(error => JSON.stringify({error: String(error), warnings: (error.warnings || []).map(String)}))
"""


def skipped(reason):
    print("skipped: " + reason)
    return SKIPPED


def modeler(folder):
    """The script of the modeller, or the reason why it is not there."""
    script = folder / SCRIPT
    if script.is_file():
        return script, None
    if not shutil.which("npm"):
        return None, "npm is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"name": "scratch", "private": true}', encoding="utf-8")
    try:
        done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE], cwd=folder,
                              capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None, "npm does not answer"
    if not script.is_file():
        return None, "npm does not give dmn-js: " + (done.stderr.strip().splitlines() or ["no reason"])[-1]
    return script, None


def ask(browser, expression):
    answer = browser.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
    return json.loads(answer["result"]["value"])


def shape(folder, name):
    """What a model offers, without what a modeller may change: ids and places."""
    model = json.loads(run(folder, "dmn", "services", name, "--json"))
    return {key: model[key] for key in ("name", "namespace", "services", "decisions", "inputs")}


def main():
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not PROGRAM or not program:
        return skipped("chromium is not installed" if PROGRAM else "AESOP_PROGRAM is not set")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script, reason = modeler(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "npm")
        if reason:
            return skipped(reason)
        (folder / "page.html").write_text(PAGE % script.resolve().as_uri(), encoding="utf-8")
        browser = Browser(program, folder)
        try:
            browser.attach()
            for sop in sorted((ROOT / "examples").glob("**/*.sop.json")):
                if '"rules"' not in sop.read_text(encoding="utf-8"):
                    continue
                model = sop.name.replace(".sop.json", ".dmn")
                run(folder, "dmn", "export", sop, "--out", model)
                text = (folder / model).read_text(encoding="utf-8")
                browser.open(folder / "page.html")
                answer = ask(browser, OPEN % json.dumps(text))
                if "error" in answer:
                    check(False, f"{model}: dmn-js says {answer['error']} {answer['warnings']}")
                    continue
                check(not answer["warnings"], f"{model}: dmn-js warns {answer['warnings']}")
                tables = [kind for kind in answer["kinds"] if kind[0] == "decisionTable"]
                check(len(tables) == text.count("<decisionTable"), f"{model}: {len(tables)} tables are shown")
                check(any(kind[0] == "drd" for kind in answer["kinds"]), f"{model}: no drawing of the requirements")
                for kind in answer["kinds"]:
                    check(not kind[2], f"{model}: opening {kind[:2]} dmn-js warns {kind[2]}")
                (folder / "saved.dmn").write_text(answer["xml"], encoding="utf-8")
                check(shape(folder, "saved.dmn") == shape(folder, model), f"{model}: saved by dmn-js it offers something else")
                print(f"{model}: {len(answer['kinds'])} views, {len(tables)} tables")
        finally:
            browser.close()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
