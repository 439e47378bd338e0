"""python -m aesop.audit verify PACK.zip: checks an evidence pack."""
from __future__ import annotations

import sys

from .verify_pack import main


def run(argv: list[str]) -> int:
    if not argv or argv[0] != "verify":
        print("usage: python -m aesop.audit verify PACK.zip", file=sys.stderr)
        return 2
    return main(argv[1:])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
