"""A quarterly audit of claims, from the practice management system's own list to a pack of evidence.

    python3 examples/audit.py                    # makes the store with aesop_demo (./dev demo builds it), then audits it
    python3 examples/audit.py STORE EXTRACT      # a store and the list of claims that belongs to it

300 claims: 296 went through Aesop. Seven were done past it, and which ones is known, because this script plants them in
the extract: four have no run at all, three left without the gate. The audit is to find these seven and no other.
Read it from top to bottom, like a notebook; docs/audits.md explains each part.
"""
from __future__ import annotations

import csv
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from typing import Any

from aesop import audit
from aesop.audit import verify_pack

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOP = "billing_claims"
SEED = "2026-Q4"  # written down before anybody looked at the data
HALF_HOUR = timedelta(minutes=30)  # the office of the demo reports every half hour


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def plant(extract: pathlib.Path, book: audit.Book) -> set[str]:
    """Puts seven claims into the extract that went past Aesop. Their numbers."""
    with open(extract, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sent = [row["claim"] for row in rows if row["sent_at"]]
    unsent = [row["claim"] for row in rows if not row["sent_at"]]
    # Three left without the gate: one days before it was passed, two that never came to it.
    early, never = audit.simple_sample(sent, 1, seed=SEED), audit.simple_sample(unsent, 2, seed=SEED)
    for row in rows:
        if row["claim"] in early.chosen:
            row["sent_at"] = audit.time_text(audit.instant(row["sent_at"]) - timedelta(days=2))
        if row["claim"] in never.chosen:
            row["sent_at"] = "2026-11-20T15:00:00Z"
    # Four were worked on and nobody started a run.
    bare = [f"{clinic}-20{number:02d}" for clinic in ("BOS", "CHI") for number in (1, 2)]
    for number, claim in enumerate(bare):
        seen = f"2026-10-{12 + number}T14:30:00Z"
        rows.append({"claim": claim, "clinic": "", "payer": "bluepeak", "amount": "240", "seen_at": seen,
                     "sent_at": seen if number % 2 else ""})
    with open(extract, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return {*early.chosen, *never.chosen, *bare}


def run(engine: audit.Executes, extract: pathlib.Path, folder: pathlib.Path) -> None:
    """The audit: reads the store and the extract, prints what it finds, writes two packs into the folder."""
    book = audit.read(engine)
    planted = plant(extract, book)

    title("1. What there is")
    print(f"{len(book.runs)} runs, {len(book.of(SOP))} of {SOP}; {len(book.entries):,} entries in the log, "
          f"sound: {book.verify()['sound']}")
    for procedure in book.procedures():
        print(f"published: {procedure.sop} {procedure.version}, {len(procedure.steps)} steps")

    title("2. Against the list of the practice management system: what went past Aesop?")
    claims = audit.Population.from_csv(extract, subject="claim", scope="clinic", work="seen_at", acts={"claim sent": "sent_at"})
    past = audit.bypasses(book, claims, act="claim sent", sop=SOP, steps=["send", "send_by_hand"], gate="send_claim",
                          slack=HALF_HOUR)
    print(f"{len(claims)} claims, {sum(one.worked for one in claims)} worked on")
    for one in past:
        print(f"  {one.subject}  {one.rule:17}  {one.message}")
    print(f"planted {len(planted)}, found {len(past)}, the same claims: {set(past.subjects()) == planted}")

    title("3. Conformance: each run against the version it is pinned to")
    deviations = audit.conformance(book, sop=SOP)
    for rule, count in deviations.counts().items():
        print(f"  {audit.RULES[rule].severity:6}  {rule:26} {count:4}")
    late = deviations.of("late")[0]
    print(f"for example {late.subject}, step {late.step}: {late.message}; entries "
          f"{', '.join(str(cite.seq) for cite in late.cites)}")
    share = audit.adherence(book, sop=SOP)
    print(f"{share.conforming} of {share.due} steps were done as the SOP says; {share.strict_runs} of {share.runs} closed runs "
          "in every step")

    title("4. Four eyes")
    print(f"reviewers, approvers and persons the SOP excludes: {len(audit.four_eyes(book))} findings")
    pairs = [audit.Pair("post_by_hand", "post_write_off"),  # who posts money does not write it off
             audit.Pair("coding", "release")]  # a wish of the auditor that the SOP does not make
    for pair in pairs:
        found = audit.four_eyes(book, pairs=[pair], sop=SOP).of("same-person")
        first = f", such as {found[0].subject} by {found[0].persons[0]}" if found else ""
        print(f"  {pair.first} and {pair.second}: {len(found)} claims by one person{first}")

    title("5. Told late, done again, and the ways claims take")
    for rule, count in audit.back_dated(book, tolerance=timedelta(days=1), drift=HALF_HOUR).counts().items():
        print(f"  {rule}: {count}")
    again = audit.rework(book, sop=SOP)
    print(f"{sum(one.returns > 0 for one in again)} steps were sent back by a reviewer, {len(again)} were done more than once")
    for way in audit.variants(book, SOP)[:3]:
        print(f"  {way.count:3} claims, {way.median.days} days, {way.outcome}: {', '.join(way.steps)}")

    title("6. A sample, and what it says of the whole")
    clinics: dict[str, list[str]] = {}
    for one in book.of(SOP):
        clinics.setdefault(one.scope, []).append(one.subject)
    sample = audit.stratified_sample(clinics, 60, seed=SEED, name="claims", of="subject")
    for stratum in sample.strata:
        print(f"  {stratum.name}: {len(stratum.chosen)} of {len(stratum.frame)}, first {', '.join(stratum.chosen[:3])}")
    # Somebody reads these sixty. Here the finding of part 3 stands for what they see: was a step late?
    were_late = set(deviations.of("late").subjects())
    print(f"simple    {audit.wilson(len(were_late & set(sample.chosen)), 60)}")
    print(f"by clinic {audit.estimate(sample, were_late & set(sample.chosen))}")
    print(f"in truth  {len(were_late)} of {len(sample.frame)}: {100 * len(were_late) / len(sample.frame):.1f} %")

    title("7. Measures, made again from the events")
    measures = audit.kpis(book, SOP)
    for one in measures:
        value = "-" if one.value is None else f"{one.value:.4f}"
        print(f"  {one.id:22} {value:>8}  {one.count:3} of {one.over:3}  entries "
              f"{', '.join(str(cite.seq) for cite in one.numerator()[:3])}, ...")
    otherwise = [one.id for one in audit.compare_kpis(book, measures, SOP) or [] if not one.same]
    print(f"measures that the engine counts otherwise: {', '.join(otherwise) or 'none'}")

    title("8. Evidence")
    everything = past + deviations
    facts: dict[str, Any] = {"created": "2026-12-04T09:00:00Z", "findings": everything, "samples": [sample], "measures": measures,
             "query": {"sop": SOP}, "seed": SEED}
    whole = audit.write_pack(folder / "audit.zip", book, **facts)
    hidden = audit.write_pack(folder / "audit-deidentified.zip", book, deidentify=b"a key of the auditor, kept apart", **facts)
    for pack in (whole, hidden):
        problems = verify_pack.check_pack(str(pack.path), manifest_hash=pack.manifest_hash, head=pack.head)
        print(f"{pack.path.name}: {pack.files} files, {'whole' if not problems else problems}")
    print("python -m aesop verify audit.zip checks it anywhere; keep the hash of its manifest elsewhere")


def demo_program() -> str | None:
    """aesop_demo: named in AESOP_DEMO, built in this tree, or on the PATH."""
    named = os.environ.get("AESOP_DEMO")
    if named:
        return named
    built = sorted(ROOT.glob("build/*/bin/aesop_demo"))
    return str(built[0]) if built else shutil.which("aesop_demo")


def make_store(program: str, folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """A store of 296 claims, the same story each time, and the practice management system's extract of them."""
    store, extract = folder / "claims.db", folder / "claims.csv"
    subprocess.run([program, "--claims", "296", "--db", str(store), "--extract", str(extract)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return store, extract


def main(arguments: list[str]) -> int:
    if len(arguments) not in (0, 2):
        print("usage: audit.py [STORE EXTRACT]", file=sys.stderr)
        return 2
    import aesop

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        if arguments:
            store, given = map(pathlib.Path, arguments)
            extract = pathlib.Path(shutil.copy(given, folder / "extract.csv"))  # the planted claims go into a copy
        else:
            program = demo_program()
            if program is None:
                print("aesop_demo is not there: ./dev demo builds it, or name it in AESOP_DEMO", file=sys.stderr)
                return 3
            store, extract = make_store(program, folder)
        with aesop.open(store, read_only=True) as engine:
            run(engine, extract, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
