"""docs/schema/commands.schema.json agrees with `aesop exec`.

tests/cases/commands/shapes.json holds commands that fit and commands that do not, by rule. What fits validates, and exec
takes it for a command (done or refused); what does not fit does not validate, and exec does nothing of it. Commands
that write get the members that all of them have, unless the case says them.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READING = {"tasks", "run", "runs", "events", "why", "timers", "gate", "evaluate", "people", "parameters", "sops", "feeds",
           "verify", "outbox", "advance", "sop", "kpis", "counts", "escalations", "exceptions"}
SOP = {
    "aesop": 1, "sop": "s", "version": "1.0.0", "title": "S", "purpose": "p", "scope": "s", "roles": {"clerk": {}, "head": {}},
    "events": {"e": {"fields": {}}}, "gates": {"g": {"title": "G", "checks": [{"id": "c", "require": "true", "message": "m"}]}},
    "steps": [
        {"id": "a", "title": "A", "raci": {"responsible": "clerk", "accountable": "head"}, "due": "1 day",
         "escalate": [{"at": "due", "notify": "head"}]},
        {"id": "z", "title": "Z", "kind": "end", "outcome": "z"},
    ],
}


def complete(command, number):
    if command["do"] in READING:
        return command
    members = {"command_id": f"c{number}", "at": "2026-01-05T09:00:00Z", "actor": {"id": "ann", "roles": ["clerk", "head"]}}
    return {**members, **command}


def answers_of(program, commands):
    first = [{"do": "publish", "text": json.dumps(SOP)}, {"do": "start", "sop": "s", "subject": "a", "run": "r1"}]
    lines = [json.dumps(complete(one, number)) for number, one in enumerate(first + commands)]
    done = subprocess.run([program, "exec", ":memory:"], input="\n".join(lines), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines) and all("ok" in one for one in answers[:2]), answers[:2]
    return answers[2:]


def problems(schema, program):
    import jsonschema
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    cases = json.loads((ROOT / "tests/cases/commands/shapes.json").read_text(encoding="utf-8"))
    rows = [(case["rule"], command, fits) for case in cases
            for key, fits in (("fits", True), ("fails", False)) for command in case[key]]
    found = []
    for number, ((rule, command, fits), answer) in enumerate(zip(rows, answers_of(program, [row[1] for row in rows]))):
        shown = f"{rule}: {json.dumps(command)}"
        if validator.is_valid(complete(command, number)) != fits:
            found.append(f"{shown}: the schema {'refuses' if fits else 'accepts'} it")
        if ("error" not in answer) != fits:
            found.append(f"{shown}: exec answers {json.dumps(answer)[:200]}")
    return found


def main():
    program = os.environ.get("AESOP_PROGRAM")
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        print("skipped: python3-jsonschema is not installed")
        return 77
    if not program:
        print("skipped: AESOP_PROGRAM, the program aesop, is not set")
        return 77
    schema = json.loads((ROOT / "docs/schema/commands.schema.json").read_text(encoding="utf-8"))
    if "--self-test" in sys.argv:
        # A schema that accepts everything, and one that accepts nothing, must both be refused.
        for broken in (True, False):
            if not problems(broken, program):
                print(f"the check accepts the schema {broken}")
                return 1
        print("self-test: ok")
        return 0
    found = problems(schema, program)
    for line in found:
        print(line)
    print("schema and exec agree" if not found else f"{len(found)} disagreements")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
