#!/usr/bin/env python3
"""Every SOP of the examples is sound and laid out: `aesop check` finds no error and `aesop fmt --check` no difference."""
import os
import subprocess

from checklib import files, main, skip

PROGRAM = os.environ.get("AESOP_PROGRAM")


def check(root):
    for path in files(root, "examples/**/*.sop.json"):
        for verb in (["check"], ["fmt", "--check"]):
            run = subprocess.run([PROGRAM, *verb, path.name], cwd=path.parent, capture_output=True, text=True,
                                 stdin=subprocess.DEVNULL)
            if run.returncode:
                yield (f"{path.relative_to(root)}: aesop {' '.join(verb)} ends with {run.returncode}:\n"
                       f"{(run.stdout + run.stderr).strip()[:1500]}")


if not PROGRAM:
    skip("AESOP_PROGRAM is not set")
SOUND = """{
  "aesop": 1, "sop": "one", "version": "1.0.0", "title": "One",
  "roles": {"clerk": {}, "lead": {}},
  "steps": [
    {"id": "act", "title": "Act", "raci": {"responsible": "clerk", "accountable": "lead"}, "due": "1 hour"}
  ]
}
"""
main(check, {
    "not JSON": ({"examples/x/a.sop.json": "{"}, "aesop check"),
    "unknown key": ({"examples/x/a.sop.json": SOUND.replace('"title": "One"', '"title": "One", "colour": "red"')}, "aesop check"),
    "laid out otherwise": ({"examples/x/a.sop.json": SOUND.replace("  ", "       ")}, "aesop fmt --check"),
})
