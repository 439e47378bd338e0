#!/usr/bin/env python3
"""Every error code has an entry in the documentation and a test that names it; numbers and names are unique.

An entry is a heading "### slug" in docs/errors.md, where the slug is the name with hyphens. A test names a code by
its slug or by its C++ name.
"""
import re

from checklib import files, main, read

ROW = re.compile(r"^\s*AESOP_(?:ERROR|FINDING)\(\s*(?:(\d+)\s*,\s*)?(\w+)\s*,", re.M)


def check(root):
    table = root / "include/aesop/base/errors.def"
    if not table.exists():
        return
    rows = ROW.findall(re.sub(r"//[^\n]*", "", read(table)))
    if not rows:
        yield "errors.def: no row could be read"
    seen = set()
    for number, name in rows:
        for key in filter(None, (number, name)):
            if key in seen:
                yield f"errors.def: {key} occurs twice"
            seen.add(key)
    docs = root / "docs/errors.md"
    headings = set(re.findall(r"^### `?([\w-]+)`?", read(docs), re.M)) if docs.exists() else set()
    words = set()
    for path in files(root, "tests/**/*"):
        if path.suffix in (".cpp", ".hpp", ".json", ".jsonl", ".py", ".sh", ".c", ".txt", ".md"):
            words.update(re.findall(r"[A-Za-z][\w-]*", read(path)))
    for _, name in rows:
        slug = name.replace("_", "-")
        if slug not in headings:
            yield f"docs/errors.md: no entry \"### {slug}\""
        if slug not in words and name not in words:
            yield f"tests: no test names {slug} ({name})"
    for heading in sorted(headings - {name.replace("_", "-") for _, name in rows}):
        yield f"docs/errors.md: \"### {heading}\" is not in errors.def"


TABLE = {"include/aesop/base/errors.def": 'AESOP_ERROR(1001, not_found, LookupError, "text")\n'}
main(check, {
    "good": ({**TABLE, "docs/errors.md": "### not-found\n", "tests/base/a.cpp": "CHECK(code == Code::not_found);"}, None),
    "no entry": ({**TABLE, "docs/errors.md": "\n", "tests/base/a.cpp": "not_found"}, 'no entry "### not-found"'),
    "no page": ({**TABLE, "tests/base/a.cpp": "not_found"}, "no entry"),
    "no test": ({**TABLE, "docs/errors.md": "### not-found\n", "tests/base/a.cpp": "it_was_not_found_x"}, "no test names"),
    "unknown entry": ({**TABLE, "docs/errors.md": "### not-found\n### other\n", "tests/a.cpp": "not_found"}, "not in errors.def"),
    "twice": ({"include/aesop/base/errors.def": TABLE["include/aesop/base/errors.def"] * 2}, "occurs twice"),
    "unreadable": ({"include/aesop/base/errors.def": "SOMETHING(1)\n"}, "no row"),
})
