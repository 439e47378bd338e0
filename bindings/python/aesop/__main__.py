"""`python -m aesop ...`: the same as the program aesop, which is found and run in place of this process.

One thing is its own: `python -m aesop verify PACK.zip` checks an evidence pack. Given a store, `verify` is the program's
`audit verify`, with all its options.

It is looked for in $AESOP_PROGRAM, beside this package (`pip install` puts it into aesop/bin), and on the PATH.
"""
from __future__ import annotations

import os
import pathlib
import shutil
import sys
from collections.abc import Callable, Sequence

__all__ = ["OWN", "find_program", "main"]


def _is_store(path: str) -> bool:
    """Whether it is a file that begins as SQLite's do."""
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False


def _verify(arguments: Sequence[str]) -> int:
    """verify PACK.zip: is an evidence pack whole? verify DB: is the record of a store? The file says which it is."""
    if any(_is_store(one) for one in arguments if not one.startswith("-")):
        return _run_program(["audit", "verify", *arguments])
    from .audit import verify_pack

    return verify_pack.main(arguments)


#: Subcommands that this package answers itself: name -> function of the arguments after the name that gives the exit
#: code. Everything else is the program's.
OWN: dict[str, Callable[[Sequence[str]], int]] = {"verify": _verify}


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
    return _run_program(arguments)


def _run_program(arguments: Sequence[str]) -> int:
    """Replaces this process by the program; comes back with an exit code only when there is none to run."""
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
