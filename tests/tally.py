#!/usr/bin/env python3
"""Adds up what `./dev test` ran.  tally.py FOLDER, or tally.py --self-test

FOLDER holds a JUnit file of ctest for each part of the matrix, and the files `failed` and `skipped` with one line
each for what could not be built or was not run. A Catch2 program or pytest counts each of its test cases, any other test
counts as one. The last line is "N passed, N failed" or "N passed, N failed, N skipped".
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

ALL_PASSED = re.compile(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)", re.M)
SOME_FAILED = re.compile(r"^test cases:\s*(\d+)((?:\s*\|\s*\d+ [a-z ]+)+)$", re.M)
PIECE = re.compile(r"(\d+) ([a-z ]+)")
PYTEST = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+, )*\d+ [a-z]+) in [\d.]+s", re.M)


def count(output, passed):
    """(passed, failed, skipped) of one test, from what it printed and whether ctest took it as passed."""
    ok = failed = skipped = 0
    for match in ALL_PASSED.finditer(output):
        ok += int(match.group(1))
    for match in SOME_FAILED.finditer(output):
        for number, word in PIECE.findall(match.group(2)):
            word = word.strip()
            if word == "failed":
                failed += int(number)
            elif word == "skipped":
                skipped += int(number)
            else:  # passed, failed as expected
                ok += int(number)
    for match in PYTEST.finditer(output):
        for number, word in PIECE.findall(match.group(1)):
            if word in ("passed", "xfailed"):
                ok += int(number)
            elif word in ("failed", "error", "errors", "xpassed"):
                failed += int(number)
            elif word == "skipped":
                skipped += int(number)
    if ok + failed + skipped == 0:
        return (1, 0, 0) if passed else (0, 1, 0)
    if not passed and failed == 0:
        failed = 1  # it ended badly after its last test case, or between two
    return ok, failed, skipped


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def reason(output):
    found = re.findall(r"^skipped: (.*)$", output, re.M)
    return found[-1] if found else "it says no reason"


def main(folder):
    total = [0, 0, 0]
    failures = lines(folder / "failed")
    skips = lines(folder / "skipped")
    total[1] += len(failures)
    total[2] += len(skips)
    for file in sorted(folder.glob("*.xml")):
        part = [0, 0, 0]
        try:
            cases = list(ET.parse(file).getroot().iter("testcase"))
        except ET.ParseError as problem:
            cases = []
            part[1] += 1
            failures.append(f"{file.name} cannot be read: {problem}")
        for case in cases:
            name = f"{file.stem}: {case.get('name')}"
            output = case.findtext("system-out") or ""
            skipped = case.find("skipped")
            if skipped is not None and "SKIP_RETURN_CODE" in (skipped.get("message") or ""):
                part[2] += 1
                skips.append(f"{name}: {reason(output)}")
                continue
            counted = count(output, case.get("status") == "run")
            if counted[1]:
                failures.append(f"{name}: {counted[1]} failed")
            if counted[2]:
                skips.append(f"{name}: {counted[2]} test cases, see its output")
            part = [a + b for a, b in zip(part, counted)]
        print(f"{file.stem:10} {part[0]} passed, {part[1]} failed, {part[2]} skipped")
        total = [a + b for a, b in zip(total, part)]
    for skip in skips:
        print(f"skipped    {skip}")
    for failure in failures:
        print(f"FAILED     {failure}")
    print(f"{total[0]} passed, {total[1]} failed" + (f", {total[2]} skipped" if total[2] else ""))
    return 1 if total[1] or not total[0] else 0


def self_test():
    passed = "All tests passed (12 assertions in 3 test cases)\n"
    mixed = "test cases: 5 | 3 passed | 1 failed | 1 failed as expected\nassertions: 9 | 8 passed | 1 failed\n"
    expected = [
        (count(passed, True), (3, 0, 0)),
        (count(mixed, False), (4, 1, 0)),
        (count("test cases: 4 | 3 passed | 1 skipped\n", True), (3, 0, 1)),
        (count(passed, False), (3, 1, 0)),  # a leak found at the end
        (count("Segmentation fault\n", False), (0, 1, 0)),
        (count("anything\n", True), (1, 0, 0)),
        (count("...\n12 passed, 1 skipped in 0.06s\n", True), (12, 0, 1)),
        (count("2 failed, 73 passed in 5.47s\n", False), (73, 2, 0)),
        (count("1 error in 0.19s\n", False), (0, 1, 0)),
    ]
    wrong = [pair for pair in expected if pair[0] != pair[1]]
    print(f"{len(expected) - len(wrong)} of {len(expected)} self-tests passed", *wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    sys.exit(main(pathlib.Path(sys.argv[1])))
