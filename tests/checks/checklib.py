"""What every check of this folder shares: how it is called, how it reports, how it proves that it can fail.

    check_x.py [ROOT]        checks the tree (the repository by default); prints the problems; exit code 1 if any
    check_x.py --self-test   makes small trees, bad and good, and sees that each bad one is found
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77  # the exit code that says: not run, and the last line says why


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def files(root, *patterns):
    """The files below root that match one of the patterns ("include/**/*.hpp"), sorted, without build trees."""
    found = set()
    for pattern in patterns:
        found.update(path for path in root.glob(pattern) if path.is_file())
    return sorted(path for path in found if path.relative_to(root).parts[0] not in ("build", "out", ".git"))


def git(root, *arguments):
    """What git prints about the repository at root; None where there is no repository or no git."""
    if not (root / ".git").exists() or not shutil.which("git"):
        return None
    run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True)
    return run.stdout if run.returncode == 0 else None


def tracked(root):
    """The text files under version control; for a tree that is not a repository, all of them."""
    listing = git(root, "ls-files", "-z")
    if listing is not None:
        paths = [root / name for name in listing.split("\0") if name]
    else:
        paths = files(root, "**/*", "**/.*")
    return sorted(path for path in paths if path.is_file())


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def without_comments(text):
    """C++ text with comments and the insides of literals blanked; lines keep their numbers."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"([^()\s\\]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z])\'(?:\\.|[^\'\\\n])*\'',
        re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def self_test(check, cases):
    """cases: name -> (files, text that one problem must contain, or None when nothing may be found)."""
    failures = 0
    for name, (tree, expected) in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in tree.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            problems = list(check(root))
        good = not problems if expected is None else any(expected in problem for problem in problems)
        if not good:
            failures += 1
            print(f"self-test {name!r}: expected {expected!r}, found {problems}")
    print(f"{len(cases) - failures} of {len(cases)} self-tests passed")
    return failures


def main(check, cases):
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test(check, cases) else 0)
    root = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    problems = list(check(root))
    for problem in problems:
        print(problem)
    print(f"{pathlib.Path(sys.argv[0]).stem}: " + (f"{len(problems)} problems" if problems else "ok"))
    sys.exit(1 if problems else 0)
