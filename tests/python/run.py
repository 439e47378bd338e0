#!/usr/bin/env python3
"""Runs one file of these tests under pytest: run.py test_x.py. Exit code 77, with the reason, when it cannot be run."""
import importlib.util
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))  # for support.py
for module, package in (("pytest", "python3-pytest"), ("hypothesis", "python3-hypothesis"), ("aesop", None)):
    if importlib.util.find_spec(module) is None:
        print(f"skipped: {package} is not installed" if package else
              "skipped: the Python package is not built (packages python3-dev, pybind11-dev)")
        sys.exit(77)
import pytest  # noqa: E402

sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-c", str(here / "pytest.ini"), *(str(here / name) for name in sys.argv[1:])]))
