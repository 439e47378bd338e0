"""`python -m aesop ...`: the same as the program aesop, which is found and run in place of this process.

It is looked for in $AESOP_PROGRAM, beside this package (`pip install` puts it into aesop/bin), and on the PATH.
"""
from __future__ import annotations

import os
import pathlib
import shutil
import sys
from collections.abc import Callable, Sequence

__all__ = ["OWN", "find_program", "main"]

#: Subcommands that this package answers itself: name -> function of the arguments after the name that gives the exit
#: code. Everything else is the program's.
OWN: dict[str, Callable[[Sequence[str]], int]] = {}


def find_program() -> str | None:
    """The path of the program aesop; None when there is none."""
    named = os.environ.get("AESOP_PROGRAM")
    if named:
        return named
    name = "aesop.exe" if os.name == "nt" else "aesop"
    here = pathlib.Path(__file__).resolve().parent
    beside = here / "bin" / name
    if beside.is_file() and os.access(beside, os.X_OK):
        return str(beside)
    return shutil.which(name)


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in OWN:
        return OWN[arguments[0]](arguments[1:])
    program = find_program()
    if program is None:
        print("python -m aesop: the program aesop is not installed here\n"
              "  help: put it on the PATH, or name it in AESOP_PROGRAM; `import aesop` works without it", file=sys.stderr)
        return 127
    try:
        if os.name == "nt":
            import subprocess

            return subprocess.run([program, *arguments]).returncode
        os.execv(program, [program, *arguments])
    except OSError as error:
        print(f"python -m aesop: {program} cannot be run: {error.strerror}", file=sys.stderr)
        return 126


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
