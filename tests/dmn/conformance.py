#!/usr/bin/env python3
"""The conformance suite of DMN and what docs/conformance.md says of it.

Runs `aesop dmn test` over the suite ($AESOP_TCK, or dmn-tck beside the tree) and compares the cases that fail with those the
page lists: one that fails and is not listed, and one that is listed and does not fail, are both errors.

Exit code 77 when the suite is not there. `--list` prints the failing cases as the page lists them.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "conformance.md"
SKIPPED = 77


def suite():
    given = os.environ.get("AESOP_TCK")
    for path in [pathlib.Path(given)] if given else [ROOT.parent / "shared" / "dmn-tck"]:
        if path.is_dir():
            return path
    return None


def listed(text):
    """{"compliance-level-3/0076-feel-external-java 001"} of the table rows `| directory | case, case | reason |`."""
    cases = set()
    for row in re.findall(r"^\| `(compliance-level-[^`]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.M):
        directory, names, reason = row
        if not reason.strip():
            raise SystemExit(f"{PAGE.name}: {directory} has no reason")
        cases |= {f"{directory} {name.strip(' `')}" for name in names.split(",")}
    return cases


def main():
    folder = suite()
    if folder is None:
        print("skipped: the conformance suite is not there (set AESOP_TCK to its folder)")
        return SKIPPED
    program = os.environ.get("AESOP_PROGRAM", "aesop")
    done = subprocess.run([program, "dmn", "test", str(folder), "--json"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(done.stderr)
        return 1
    result = json.loads(done.stdout)
    failing = {f"{one['directory']} {one['case']}" for one in result["failures"]}
    if "--list" in sys.argv:
        by_directory = {}
        for one in result["failures"]:
            by_directory.setdefault(one["directory"], []).append(one["case"])
        for directory, cases in by_directory.items():
            print(f"| `{directory}` | {', '.join(f'`{case}`' for case in cases)} | |")
        return 0
    text = PAGE.read_text(encoding="utf-8")
    here = {one["directory"] for one in result["directories"]}
    known = {case for case in listed(text) if case.split(" ")[0] in here}
    for case in sorted(failing - known):
        print(f"fails and is not listed in {PAGE.name}: {case}")
    for case in sorted(known - failing):
        print(f"is listed in {PAGE.name} and does not fail: {case}")
    total = result["total"]
    passed, failed = (total["null_" + what] + total["value_" + what] for what in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed; of the passed {total['null_passed']} expect null")
    return 0 if failing == known else 1


if __name__ == "__main__":
    sys.exit(main())
