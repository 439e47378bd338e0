#!/usr/bin/env python3
"""Runs one file of these tests under pytest: run.py test_x.py. Exit code 77, with the reason, when it cannot be run."""
import importlib.util
import pathlib
import sys

NEEDED = {
    "pytest": "python3-pytest is not installed",
    "hypothesis": "python3-hypothesis is not installed",
    "aesop": "the Python package is not built (packages python3-dev, pybind11-dev)",
}


def main(names):
    here = pathlib.Path(__file__).resolve().parent
    sys.path.insert(0, str(here))  # for support.py
    for module, reason in NEEDED.items():
        if importlib.util.find_spec(module) is None:
            print(f"skipped: {reason}")
            return 77
    import pytest

    return pytest.main(["-q", "-p", "no:cacheprovider", "-c", str(here / "pytest.ini"), *(str(here / name) for name in names)])


if __name__ == "__main__":  # a spawned child imports this file
    sys.exit(main(sys.argv[1:]))
