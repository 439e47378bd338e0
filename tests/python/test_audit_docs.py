"""docs/audits.md and the package agree; the package is typed throughout and leans on nothing."""
from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys

import pytest
from audit_support import PACKAGE, ROOT, audit

FILES = sorted((PACKAGE / "aesop" / "audit").glob("*.py"))


def test_every_rule_is_explained_with_its_severity_and_source() -> None:
    page = (ROOT / "docs" / "audits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.*?) \| (.*?) \|$", page, re.M)
    assert {id: (severity, source) for id, severity, _, source in rows} == {
        rule.id: (rule.severity, rule.source) for rule in audit.RULES.values()}


def test_the_columns_of_findings_are_documented() -> None:
    page = (ROOT / "docs" / "audits.md").read_text(encoding="utf-8")
    for column in audit.Finding("late", "", "medium").row():
        assert f"| `{column}` |" in page, column


def test_the_package_needs_pythons_own_library_only() -> None:
    assert FILES
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else \
                [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_every_name_that_is_public_is_there_and_says_what_it_is() -> None:
    for name in audit.__all__:
        assert getattr(audit, name) is not None
        if callable(getattr(audit, name)):
            assert (getattr(audit, name).__doc__ or "").strip(), name


def test_mypy_finds_nothing_under_strict() -> None:
    mypy = shutil.which("mypy")
    if mypy is None:
        pytest.skip("mypy is not installed")
    done = subprocess.run([mypy, "--strict", "--no-error-summary", "--explicit-package-bases", "--follow-imports=silent",
                           "--cache-dir=/dev/null", *map(str, FILES)], cwd=PACKAGE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
