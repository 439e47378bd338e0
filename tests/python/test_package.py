"""The package as it is installed: its types, its version, and `python -m aesop`."""
import os
import pathlib
import subprocess
import sys

import pytest

import aesop
from aesop import __main__ as command_line
from support import ROOT

PACKAGE = pathlib.Path(aesop.__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_the_types_are_complete_and_right(tmp_path):
    pytest.importorskip("mypy")
    config = ROOT / "bindings/python/pyproject.toml"
    run = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--config-file", str(config), "--cache-dir", str(tmp_path),
                          "-p", "aesop"], cwd=PACKAGE.parent, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_stub_says_what_the_compiled_module_has(tmp_path):
    """The rest of the package has its types in its own text: mypy reads those."""
    pytest.importorskip("mypy")
    allow = tmp_path / "allow"
    allow.write_text("".join(f"aesop._aesop.{name}\n" for name in ("Dmn", "Engine", "Expr", "Gate", "Sop")))  # pybind11's metaclass
    run = subprocess.run([sys.executable, "-m", "mypy.stubtest", "aesop._aesop", "--allowlist", str(allow)], cwd=tmp_path,
                         capture_output=True, text=True, env=ENVIRONMENT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_program_that_uses_it_wrongly_is_told_by_mypy(tmp_path):
    pytest.importorskip("mypy")
    script = tmp_path / "script.py"
    script.write_text("import aesop\n"
                      "engine = aesop.open('shop.db')\n"
                      "engine.claim(task=5)\n"
                      "engine.start(subject='x')\n"
                      "rows: list[dict[str, object]] = engine.runs()\n"
                      "try:\n    pass\nexcept aesop.UnknownRun as error:\n    error.number.upper()\n")
    run = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(script)],
                         cwd=PACKAGE.parent, capture_output=True, text=True, env={**os.environ, "MYPYPATH": str(PACKAGE.parent)})
    for expected in ("script.py:3", "script.py:4", "script.py:9"):
        assert expected in run.stdout, run.stdout
    assert (PACKAGE / "py.typed").exists()


def test_every_public_name_is_there_and_the_version_is_the_library_s():
    for name in aesop.__all__:
        assert hasattr(aesop, name)
    header = (ROOT / "include/aesop/version.hpp").read_text()
    assert f'"{aesop.__version__}"' in header


def run_module(*arguments, **environment):
    return subprocess.run([sys.executable, "-B", "-m", "aesop", *arguments], capture_output=True, text=True,
                          env={**ENVIRONMENT, **environment})


def test_the_module_runs_the_program():
    program = os.environ.get("AESOP_PROGRAM")
    if not program:
        pytest.skip("the program aesop is not built")
    shown = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    assert run_module("--version").stdout == shown
    wrong = run_module("chekc")
    assert wrong.returncode == subprocess.run([program, "chekc"], capture_output=True).returncode != 0


def test_verify_of_a_store_is_that_of_the_program(tmp_path):
    program = os.environ.get("AESOP_PROGRAM")
    if not program:
        pytest.skip("the program aesop is not built")
    store = str(tmp_path / "a store.zip")  # whatever it is called
    aesop.open(store).close()
    for options in ((), ("--deep",), ("--nonsense",)):
        of_program = subprocess.run([program, "audit", "verify", store, *options], capture_output=True, text=True)
        mine = run_module("verify", store, *options)
        assert (mine.returncode, mine.stdout, mine.stderr) == (of_program.returncode, of_program.stdout, of_program.stderr)
        assert (mine.returncode == 0) == (options != ("--nonsense",))


def test_verify_of_anything_else_is_that_of_packs(tmp_path):
    other = tmp_path / "shop.db"
    other.write_bytes(b"SQLite format 4")
    for path in (other, tmp_path / "none.zip", tmp_path):
        wrong = run_module("verify", str(path), AESOP_PROGRAM=str(tmp_path / "none"))
        assert wrong.returncode == 3 and path.name in wrong.stderr
    assert "audit verify" in run_module("verify", "--help").stdout


def test_without_the_program_it_says_what_to_do(tmp_path):
    lacking = run_module("check", AESOP_PROGRAM="", PATH=str(tmp_path))
    assert lacking.returncode == 127 and "AESOP_PROGRAM" in lacking.stderr
    missing = run_module("check", AESOP_PROGRAM=str(tmp_path / "none"))
    assert missing.returncode == 126 and "none" in missing.stderr


def test_a_subcommand_of_the_package_comes_before_the_program(monkeypatch):
    monkeypatch.setitem(command_line.OWN, "greet", lambda arguments: len(arguments))
    assert command_line.main(["greet", "a", "b"]) == 2
