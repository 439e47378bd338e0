"""docs/schema/sop.schema.json agrees with the loader.

Every good SOP of the tests and examples validates. Of the cases of tests/cases/model/findings.json, which the unit tests hold
the loader to, those with a finding about the shape of the file fail, and those with findings of other kinds only validate. A case says "unseen_by_schema" where a schema cannot know (a branch
behind "else", input cells, which lie where the number of inputs says), and "seen_by_schema" where it says what a check says.
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Findings that a schema sees too. Where it cannot (order, duplicates, text inside a string), the case is named below.
SHAPE = {
    "no-sop", "unsupported-version", "missing-key", "unknown-key", "wrong-type", "empty-text", "bad-number", "bad-id",
    "unknown-word", "unknown-type", "bad-version", "empty-list", "empty-rung", "bad-approvers", "bad-measure", "bad-branch",
    "bad-wait", "bad-each", "bad-condition", "not-supported-yet", "inner-feel",
}
NOT_JSON = {"parse-error", "duplicate-key", "bad-utf8", "limit-exceeded"}


def strip_comments(text):
    out, i = [], 0
    while i < len(text):
        if text[i] == '"':
            end = i + 1
            while text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[i:end + 1])
            i = end + 1
        elif text.startswith("//", i):
            i = text.find("\n", i) if "\n" in text[i:] else len(text)
        elif text.startswith("/*", i):
            i = text.index("*/", i) + 2
        else:
            out.append(text[i])
            i += 1
    return re.sub(r",(\s*[}\]])", r"\1", "".join(out))


def problems(schema_text):
    try:
        import jsonschema
    except ImportError:
        print("skipped: python3-jsonschema is not installed")
        sys.exit(77)
    schema = json.loads(schema_text)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = []

    def first(document):
        errors = sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.absolute_path)))
        return f"{list(errors[0].absolute_path)}: {errors[0].message[:200]}" if errors else None

    good = sorted((ROOT / "tests/cases/model/good").glob("*.sop.json")) + sorted((ROOT / "examples").rglob("*.sop.json"))
    for path in good:
        error = first(json.loads(strip_comments(path.read_text(encoding="utf-8"))))
        if error:
            found.append(f"{path.relative_to(ROOT)} does not validate: {error}")
    for number, case in enumerate(json.loads((ROOT / "tests/cases/model/findings.json").read_text(encoding="utf-8")), 1):
        ids = {line.split()[0] for line in case["expect"]}
        if ids & NOT_JSON:
            continue
        error = first(json.loads("\n".join(case["text"])))
        if ids & SHAPE and not error and not case.get("unseen_by_schema"):
            found.append(f"case {number} ({case['finding']}) validates, but the loader says {sorted(ids & SHAPE)}")
        if not ids & SHAPE and error and not case.get("seen_by_schema"):
            found.append(f"case {number} ({case['finding']}) does not validate, but the loader accepts its shape: {error}")
    return found


def main():
    text = (ROOT / "docs/schema/sop.schema.json").read_text(encoding="utf-8")
    if "--self-test" in sys.argv:
        # A schema that accepts everything, and one that accepts nothing, must both be refused.
        for broken in ('{"$schema": "https://json-schema.org/draft/2020-12/schema"}', "false"):
            if not problems(broken):
                print(f"the check accepts the schema {broken}")
                return 1
        return 0
    found = problems(text)
    print("\n".join(found) if found else "schema and loader agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
