"""The audit of the demo's store: 300 claims, seven of them past Aesop, and the figures the demo reports itself."""
from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import pathlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from audit_support import ROOT, audit, open_engine, program


def demo_program() -> str:
    named = os.environ.get("AESOP_DEMO")
    beside = pathlib.Path(program() or "").with_name("aesop_demo")
    built = sorted(ROOT.glob("build/*/bin/aesop_demo"))
    found = named or (str(beside) if beside.is_file() else str(built[0]) if built else shutil.which("aesop_demo"))
    if not found:
        pytest.skip("aesop_demo is not built (./dev demo builds it)")
    return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, pathlib.Path, str]]:
    """The demo's store, open; the practice management system's extract; the demo's own report."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run([demo_program(), "--claims", "296", "--db", str(folder / "claims.db"), "--extract",
                           str(folder / "claims.csv")], capture_output=True, text=True)
    if done.returncode == 2:
        pytest.skip("the aesop_demo that was found is an older one, without --extract")
    assert done.returncode == 0, done.stderr
    engine = open_engine(str(folder / "claims.db"))
    yield engine, folder / "claims.csv", done.stdout
    engine.close()


@pytest.fixture(scope="module")
def book(story: tuple[Any, pathlib.Path, str]) -> audit.Book:
    return audit.read(story[0])


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_example", ROOT / "examples" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_finds_exactly_the_seven_and_prints_what_it_says(
        story: tuple[Any, pathlib.Path, str], tmp_path: pathlib.Path) -> None:
    extract = pathlib.Path(shutil.copy(story[1], tmp_path / "claims.csv"))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        script().run(story[0], extract, tmp_path)
    assert "planted 7, found 7, the same claims: True" in out.getvalue()
    assert out.getvalue() == (ROOT / "examples" / "audit.output").read_text(encoding="utf-8")


def test_a_population_that_went_through_aesop_has_no_finding(
        story: tuple[Any, pathlib.Path, str], book: audit.Book) -> None:
    example = script()
    claims = audit.Population.from_csv(story[1], subject="claim", work="seen_at", acts={"claim sent": "sent_at"})
    assert len(claims) == 296
    found = audit.bypasses(book, claims, act="claim sent", sop=example.SOP, steps=["send", "send_by_hand"],
                           slack=example.HALF_HOUR)
    assert found.rows() == []


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_whatever_is_planted_is_found_and_nothing_else(
        seed: str, story: tuple[Any, pathlib.Path, str], book: audit.Book, tmp_path: pathlib.Path) -> None:
    example = script()
    example.SEED = seed
    extract = pathlib.Path(shutil.copy(story[1], tmp_path / "claims.csv"))
    planted = example.plant(extract, book)
    claims = audit.Population.from_csv(extract, subject="claim", work="seen_at", acts={"claim sent": "sent_at"})
    found = audit.bypasses(book, claims, act="claim sent", sop=example.SOP, steps=["send", "send_by_hand"],
                           slack=example.HALF_HOUR)
    assert len(planted) == 7 and set(found.subjects()) == planted


def test_an_office_that_runs_on_aesop_leaves_no_grave_finding(book: audit.Book) -> None:
    found = audit.conformance(book) + audit.four_eyes(book)
    assert found.where(lambda one: one.severity == "high").rows() == []
    assert set(found.counts()) == {"emergency-not-reviewed", "item-left-undone", "late", "review-late", "clock-late",
                                   "handoff-late"}
    assert all(book.entry(cite).seq == cite.seq for one in found for cite in one.cites)


def test_the_figures_are_those_that_the_demo_reports(story: tuple[Any, pathlib.Path, str], book: audit.Book) -> None:
    report = story[2].partition("MEASURES")[2]
    share = audit.adherence(book)
    assert re.search(rf"Adherence .* {share.conforming} of {share.due} ", report)
    for one in audit.kpis(book, "billing_claims"):
        line = next(line for line in report.splitlines() if line.strip().startswith(one.title))
        assert one.value is not None
        shown = f"{one.value:.1f} d" if one.is_days else f"{one.value * 100:.1f} %"
        assert shown in line, (line, one.id, one.value)
        assert (f" {one.count} " if one.is_days else f" {one.count} of {one.over} ") in line
        assert len(one.numerator()) == one.count and len(one.denominator()) == one.over


def test_a_late_finding_stands_behind_every_late_step_of_the_measure(book: audit.Book) -> None:
    share = audit.adherence(book)
    found = audit.conformance(book).counts()
    assert found["late"] == share.late and found.get("missed", 0) == share.missed


def matches(expected: str, actual: str) -> bool:
    """Whether the text is the expected one, where "..." within a line stands for any text."""
    pattern = "\n".join(".*".join(map(re.escape, line.split("..."))) for line in expected.splitlines())
    return re.fullmatch(pattern, actual.rstrip("\n")) is not None


def test_every_snippet_of_the_guide_prints_what_it_says(
        story: tuple[Any, pathlib.Path, str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(story[1], tmp_path / "claims.csv")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "audits.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {"engine": story[0], "audit": audit}
    blocks = re.findall(r"^```(python|text prints)\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) > 15
    printed = ""
    for language, body in blocks:
        if language == "text prints":
            assert matches(body, printed), f"the guide says\n{body}\nand it prints\n{printed}"
        elif "aesop.open(" not in body:  # the store is open already
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(body, "docs/audits.md", "exec"), names)
            printed = out.getvalue()
    assert (tmp_path / "audit.zip").is_file()
