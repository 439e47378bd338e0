"""What the tests share: the refund SOP, an engine with people at work, and times."""
import datetime
import hashlib
import itertools
import pathlib

import aesop

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REFUND = ROOT / "examples" / "refund.sop.json"
MONDAY = datetime.datetime(2026, 1, 5, 15, 0, tzinfo=datetime.timezone.utc)  # 09:00 in the SOP's office
HELLO = {"sha256": hashlib.sha256(b"hello").hexdigest(), "media_type": "image/png", "inline": "aGVsbG8="}
ANA = {"id": "ana", "roles": ["agent", "cashier"]}
LEE = {"id": "lee", "roles": ["shift_lead"]}


def ids(prefix="c"):
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers)}"


def shop(path=":memory:", **options):
    """(engine, ana's view of it), the refund SOP published."""
    engine = aesop.open(path, **options)
    office = engine.acting(ANA, at=MONDAY, ids=ids())
    office.publish(aesop.load(REFUND))
    return engine, office


def inspect(office, run, refund=500):
    """Does the first step of a run."""
    task = office.worklist(run=run)[0]["task"]
    office.tick(task=task, item="1")
    office.tick(task=task, item="photo")
    office.attach_evidence(task=task, item="photo", **HELLO)
    return office.complete_step(task=task, form={"condition": "as_new", "refund": refund})
