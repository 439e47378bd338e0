"""Rows and their frames: documented columns, times that know their zone, HTML that is escaped."""
import builtins
import datetime
import json

import pytest

import aesop
from support import LEE, MONDAY, ROOT, ids, inspect, shop

GOLDEN = ROOT / "tests/python/golden/columns_1.json"


@pytest.fixture
def office():
    engine, ana = shop()
    run = ana.start(sop="refund", subject="<b>order</b>", run="r_1")["run"]
    inspect(ana, run)
    try:
        ana.complete_step(run=run, step="inspect")
    except aesop.Rejected:
        pass
    engine.advance(MONDAY + datetime.timedelta(days=3))
    with engine:
        yield engine


def test_columns_of_a_released_version_never_change():
    golden = json.loads(GOLDEN.read_text())
    assert aesop.COLUMNS_VERSION == golden["version"]
    assert {kind: list(columns) for kind, columns in aesop.COLUMNS.items()} == golden["columns"]


def test_rows_are_a_list_with_everything_in_it(office):
    rows = office.worklist()
    assert isinstance(rows, list) and rows[0]["step"] == "approve" and not rows.more
    first = office.events(limit=2)
    assert first.more and first.last == 2
    assert office.events(after=first.last, limit=1)[0]["seq"] == 3
    assert office.runs().last == 1 and office.feeds().last is None


@pytest.mark.parametrize("ask", ["worklist", "runs", "timers", "sops", "people", "parameters", "feeds", "poll_outbox"])
def test_no_member_of_a_row_is_lost_in_its_frame(office, ask):
    rows = getattr(office, ask)()
    for row in rows:
        assert set(row) <= set(rows.columns)


def test_events_are_an_event_log(office):
    rows = office.events().records()
    entered = next(row for row in rows if row["type"] == "step_entered")
    assert entered["event_id"] == "r_1/2" and entered["case_id"] == "r_1"
    assert (entered["activity"], entered["lifecycle"], entered["step_id"]) == ("inspect", "schedule", "inspect")
    assert entered["due_at"] == MONDAY + datetime.timedelta(hours=4)
    assert (entered["actor"], entered["role"], entered["sop_id"], entered["sop_version"]) == (
        "ana", "agent, cashier", "refund", "1.0.0")
    ticked = next(row for row in rows if row["type"] == "item_ticked")
    assert (ticked["activity"], ticked["lifecycle"], ticked["step_id"], ticked["visit"]) == ("item_ticked", None, "inspect", 1)
    left = next(row for row in rows if row["type"] == "step_left")
    assert (left["activity"], left["lifecycle"]) == ("inspect", "complete")
    assert left["payload"] == {"set": {"amount": 500}}
    refused = next(row for row in rows if row["kind"] == "refusal")
    assert refused["event_id"].startswith("log/") and refused["subject"] == "<b>order</b>"
    assert len({row["event_id"] for row in rows}) == len(rows)


def test_events_after_the_beginning_of_their_run_know_its_sop(office):
    rows = office.events(after=5).records()
    assert rows and all(row["sop_id"] == "refund" for row in rows)


def test_frames_have_aware_times_and_whole_numbers(office):
    pandas = pytest.importorskip("pandas")
    frame = office.events().df()
    assert list(frame.columns) == list(aesop.COLUMNS["events"])
    assert str(frame["timestamp"].dtype) == "datetime64[ns, UTC]" and str(frame["due_at"].dtype) == "datetime64[ns, UTC]"
    assert str(frame["visit"].dtype) == "Int64" and frame["visit"].isna().any()
    assert frame["timestamp"].iloc[0] == pandas.Timestamp(MONDAY)
    named = office.events(kinds=["event"]).df(pm4py=True)
    assert {"case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"} <= set(named.columns)


@pytest.mark.parametrize("ask", ["worklist", "runs", "timers", "sops", "people", "parameters", "feeds", "poll_outbox", "gates", "events"])
def test_every_kind_has_its_frame_also_when_it_is_empty(office, ask):
    pytest.importorskip("pandas")
    rows = getattr(office, ask)()
    assert list(rows.df().columns) == list(rows.columns)
    with aesop.open(":memory:") as empty:
        nothing = getattr(empty, ask)()
        assert len(nothing.df()) == 0 and list(nothing.df().columns) == list(rows.columns)


def test_the_obstacles_of_a_run_are_a_frame(office):
    pytest.importorskip("pandas")
    assert list(office.why("r_1").df()["what"]) == ["shift_lead"]


def test_without_pandas_the_error_says_what_to_install(office, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match="python3-pandas"):
        office.worklist().df()


def test_what_jupyter_shows_is_escaped_and_short(office):
    shown = office.runs()._repr_html_()
    assert "&lt;b&gt;order&lt;/b&gt;" in shown and "<b>" not in shown
    many = aesop.Rows("feeds", [{"feed": f"f{n}", "cursor": "1"} for n in range(60)])
    assert "10 more rows" in many._repr_html_() and "f49" in many._repr_html_() and "f50" not in many._repr_html_()


def test_a_gate_that_was_recorded_is_read_from_the_log(monkeypatch):
    """The entry as the log has it, whatever command wrote it."""
    entry = {"actor": "ana", "scope": "org", "at": "2026-01-05T15:00:00Z", "kind": "administration", "seq": 7, "type": "gate_recorded",
             "version": 1, "control": {"sop": "parcel", "sop_version": "2.1.0", "gate": "ship", "subject": "p_1",
                                       "verdict": "block", "blocked": ["paid"], "facts_hash": "f", "rules_hash": "r",
                                       "receipt": "x", "checked_at": "2026-01-05T14:59:00Z"}}
    with aesop.open(":memory:") as engine:
        answer = {"events": [entry, {**entry, "type": "person_put"}], "more": False}
        monkeypatch.setattr(engine, "perform", lambda command: json.loads(json.dumps(answer)))
        rows = engine.gates()
        assert len(rows) == 1 and rows.last == 7
        record, = rows.records()
        assert (record["verdict"], record["sop_id"], record["actor"], record["scope"], record["blocked"]) == (
            "block", "parcel", "ana", "org", ["paid"])
        assert record["checked_at"] == MONDAY - datetime.timedelta(minutes=1)
