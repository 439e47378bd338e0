"""The engine from Python: every command, batches, files, and what a script leans on."""
import datetime
import inspect as introspection
import json
import re

import hypothesis
import pytest
from hypothesis import strategies as st

import aesop
from support import ANA, LEE, MONDAY, REFUND, ROOT, ids, inspect, shop

RENAMED = {"complete": "complete_step", "tasks": "worklist", "outbox": "poll_outbox", "verify": "verify_log"}
SCHEMA = json.loads((ROOT / "docs/schema/commands.schema.json").read_text())["$defs"]
COMMANDS = {name: one for name, one in SCHEMA.items() if "do" in one.get("properties", {})}
# What the schema lets every command say, and means nothing there; what is a method of its own; files, which only the
# program reads; the lease of an outbox that is only looked at.
MEANT = {"advance": {"at", "actor", "occurred_at"}, "ack": {"ok", "error", "attempt"}, "publish": {"file"}}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_method_with_its_members(name):
    method = getattr(aesop.Engine, RENAMED.get(name, name))
    parameters = introspection.signature(method).parameters
    members = set(COMMANDS[name]["properties"]) - {"do"} - MEANT.get(name, set())
    if "command_id" not in COMMANDS[name]["required"] and name != "advance":  # it only reads
        members -= {"command_id", "actor", "occurred_at", "file"}
        if name not in ("outbox", "why", "gate", "evaluate"):
            members -= {"at"}
    missing = {"from_" if one == "from" else one for one in members} - set(parameters)
    assert not missing
    assert method.__doc__
    required = {p for p, one in parameters.items() if one.default is one.empty and p != "self"}  # never more than it must
    assert required <= set(COMMANDS[name]["required"]) | {"text", "to"}


def test_a_procedure_runs_to_its_end_and_the_record_is_sound():
    engine, ana = shop()
    lee = engine.acting(LEE, at=MONDAY, ids=ids("l"))
    with engine:
        run = ana.start(sop="refund", subject="order_1041", run="r_1")["run"]
        assert run == "r_1"
        inspect(ana, run, refund=500)
        assert [item["step"] for item in engine.worklist(role="shift_lead")] == ["approve"]
        lee.decide_approval(run=run, step="approve", decision="approve")
        ana.tick(run=run, step="pay", item="1")
        assert ana.complete_step(run=run, step="pay")["outcome"] == "refunded"
        assert engine.runs()[0]["status"] == "closed"
        assert engine.run(run)["variables"]["amount"] == 500
        report = engine.verify_log(deep=True)
        assert report["sound"] and report["runs"] == 1
        assert engine.rebuild() == 1


def test_times_of_worklists_and_events_are_aware():
    engine, ana = shop()
    with engine:
        ana.start(sop="refund", subject="order_1")
        item = engine.worklist()[0]
        assert item["due"] == MONDAY + datetime.timedelta(hours=4) and item["due"].utcoffset() is not None
        assert engine.events()[0]["at"] == MONDAY
        assert engine.timers()[0]["due"] == item["due"]


def test_time_passes_when_the_host_says_so_and_effects_come_out():
    engine, ana = shop()
    with engine:
        ana.start(sop="refund", subject="order_1")
        later = MONDAY + datetime.timedelta(hours=5)
        assert engine.advance(later) == {"fired": 1, "more": False}
        assert engine.poll_outbox() == engine.poll_outbox()  # only looked at
        effect, = engine.poll_outbox(at=later, lease=datetime.timedelta(minutes=5))
        assert effect["kind"] == "notify"
        assert engine.poll_outbox(at=later, lease="5 minutes") == []
        assert ana.fail_effect(effect["effect"], error="no route", attempt=effect["attempts"])["state"] == "pending"
        assert ana.ack(effect["effect"])["state"] == "done"


def test_the_same_command_twice_writes_nothing():
    engine, ana = shop()
    with engine:
        first = ana.start(sop="refund", subject="order_1", command_id="s")
        head = engine.verify_log()["head"]
        assert ana.start(sop="refund", subject="order_1", command_id="s") == first
        assert engine.verify_log()["head"] == head


actions = st.lists(st.tuples(
    st.sampled_from(["start", "claim", "tick", "untick", "release", "suspend", "resume", "save", "cancel"]),
    st.integers(0, 2)), max_size=12)


@hypothesis.given(actions)
@hypothesis.settings(max_examples=40)
def test_whatever_is_asked_asking_it_again_answers_the_same_and_writes_nothing(asked):
    engine, office = shop()
    with engine:
        for number, (verb, which) in enumerate(asked):
            command = {"do": verb, "command_id": f"h{number}", "at": "2026-01-05T16:00:00Z", "actor": ANA, "run": f"r{which}"}
            if verb == "start":
                command.update(sop="refund", subject=f"order_{which}")
            elif verb in ("suspend", "cancel"):
                command["reason"] = "why not"
            elif verb not in ("resume",):
                command["step"] = "inspect"
            if verb in ("tick", "untick"):
                command["item"] = "1"
            answer = engine.execute(command)
            head = engine.verify_log()["head"]
            assert engine.execute(command) == answer
            assert engine.verify_log()["head"] == head
        assert engine.verify_log(deep=True)["sound"]


def test_execute_takes_and_gives_what_the_manual_says():
    engine, _ = shop()
    with engine:
        assert engine.execute({"do": "feeds"}) == {"ok": {"feeds": []}}
        assert engine.execute({"do": "feedz"})["error"]["code"] == "unknown-name"
        assert json.loads(engine.execute_text('{"do": "feeds"}')) == {"ok": {"feeds": []}}
        with pytest.raises(TypeError, match="float"):
            engine.execute({"do": "evaluate", "feel": "a", "context": {"a": 0.1}, "at": "2026-01-05T09:00:00Z"})


def test_a_batch_is_kept_together_or_not_at_all(tmp_path):
    path = tmp_path / "shop.db"
    engine, ana = shop(path)
    with engine:
        with engine.batch():
            for n in range(3):
                ana.start(sop="refund", subject=f"order_{n}")
        assert len(engine.runs()) == 3
        with pytest.raises(ZeroDivisionError), engine.batch():
            ana.start(sop="refund", subject="order_9")
            1 / 0
        assert len(engine.runs()) == 3
        engine.begin_batch()
        ana.start(sop="refund", subject="order_9")
        engine.commit_batch()
    with aesop.open(path, read_only=True) as again:
        assert len(again.runs()) == 4


def test_a_store_opened_for_reading_writes_nothing(tmp_path):
    path = tmp_path / "shop.db"
    shop(path)[0].close()
    with aesop.open(str(path), read_only=True) as engine:
        assert engine.sops()[0]["sop"] == "refund"
        with pytest.raises(aesop.ReadOnly) as caught:
            engine.acting(ANA, at=MONDAY, ids=ids("x")).start(sop="refund", subject="order_1")
        assert isinstance(caught.value, PermissionError)


def test_who_does_not_wait_for_another_writer_is_told_busy(tmp_path):
    path = str(tmp_path / "shop.db")
    with aesop.open(path) as first, aesop.open(path, busy_deadline=datetime.timedelta(0)) as second:
        with first.batch():
            first.publish(REFUND.read_text(), command_id="p1", at=MONDAY, actor=ANA)
            with pytest.raises(aesop.Busy):
                second.publish(REFUND.read_text(), command_id="p2", at=MONDAY, actor=ANA)
        second.publish(REFUND.read_text(), command_id="p2", at=MONDAY, actor=ANA)


def test_the_deadline_and_the_permission_for_networks_reach_the_store(monkeypatch):
    seen = []
    real = aesop._aesop.Engine
    monkeypatch.setattr(aesop._aesop, "Engine", lambda path, **options: seen.append(options) or real(path, **options))
    aesop.open(":memory:").close()
    aesop.open(":memory:", allow_network=True, busy_deadline=datetime.timedelta(seconds=1.5)).close()
    assert [(one["allow_network"], one["busy_milliseconds"]) for one in seen] == [(False, 5000), (True, 1500)]


@pytest.mark.parametrize("wrong, error", [
    (datetime.timedelta(seconds=-1), aesop.InvalidArgument), (datetime.timedelta(days=60), aesop.InvalidArgument),
    (5, aesop.TypeMismatch)])
def test_a_deadline_that_is_none_is_refused(wrong, error):
    with pytest.raises(error, match="busy_deadline"):
        aesop.open(":memory:", busy_deadline=wrong)


def test_an_exclusive_store_is_for_one(tmp_path):
    path = tmp_path / "shop.db"
    with aesop.open(path, exclusive=True):
        with pytest.raises(aesop.Busy) as caught:
            aesop.open(path, exclusive=True)
        assert isinstance(caught.value, TimeoutError)


def test_a_closed_engine_says_so():
    engine, ana = shop()
    assert "memory" in repr(engine) and not engine.closed
    engine.close()
    engine.close()
    assert engine.closed and "closed" in repr(engine)
    for call in (engine.runs, engine.begin_batch, engine.rebuild, ana.worklist, lambda: engine.execute_text("{}")):
        with pytest.raises(ValueError, match="closed"):
            call()


def test_data_of_a_run_is_native_in_both_directions():
    engine, ana = shop()
    with engine:
        run = ana.start(sop="refund", subject="order_1", data={"amount": 12345678901234567890123456789012})["run"]
        assert engine.run(run)["variables"]["amount"] == 12345678901234567890123456789012


def test_people_parameters_calendars_and_feeds():
    engine, root = shop()
    with engine:
        root.put_person(person="ana", name="Ana", grants=[{"role": "agent"}])
        assert engine.people()[0]["grants"] == [{"role": "agent", "scope": ""}]
        root.remove_person(person="ana")
        assert engine.people() == []
        root.set_parameter(sop="refund", name="limit", value=300)
        assert engine.parameters()[0]["value"] == 300
        root.set_parameter(sop="refund", name="limit", value=None)
        assert engine.parameters()[0]["value"] is None
        root.put_calendar(name="office", calendar={"zone": "America/Chicago", "week": {"mon-fri": ["08:00-16:00"]}})
        root.ingest(feed="pos", cursor="1", events=[{"event": "sold", "subject": "order_1", "at": MONDAY}])
        assert engine.feeds() == [{"cursor": "1", "feed": "pos"}]


def test_data_is_erased_and_shows_as_erased():
    engine, ana = shop()
    with engine:
        run = ana.start(sop="refund", subject="order_1", data={"amount": 5})["run"]
        engine.acting(LEE, at=MONDAY, ids=ids("l")).cancel(run=run, reason="entered twice")
        assert ana.erase(run=run, reason="retention is over")["payloads"] >= 1
        assert engine.run(run)["variables"]["amount"] is aesop.ERASED
        assert engine.verify_log(deep=True)["sound"]


def test_what_keeps_a_run_from_going_on():
    engine, ana = shop()
    with engine:
        run = ana.start(sop="refund", subject="order_1")["run"]
        kinds = [row["kind"] for row in engine.why(run)]
        assert "claim" in kinds and "item" in kinds
        with pytest.raises(aesop.UnknownStep):
            engine.why(run, step="nope")


def test_an_actor_may_be_an_id_and_a_clock_may_be_called():
    times = iter([MONDAY, MONDAY + datetime.timedelta(minutes=1)])
    engine, _ = shop()
    with engine:
        pos = engine.acting("pos", at=lambda: next(times), ids=ids("p"))
        assert pos.engine is engine and "pos" in repr(pos)
        pos.start(sop="refund", subject="order_1")
        assert engine.events(kinds=["event"])[0]["actor"] == "pos"
        pos.start(sop="refund", subject="order_2")
        assert engine.events(kinds=["event"])[-1]["at"] == MONDAY + datetime.timedelta(minutes=1)


def test_the_sop_of_an_engine_may_be_published_as_text():
    with aesop.open(":memory:") as engine:
        root = engine.acting("root", at=MONDAY, ids=ids())
        assert root.publish(REFUND.read_text())["sop"] == "refund"
        broken = re.sub(r'"go": "approve"', '"go": "aprove"', REFUND.read_text()).replace("1.0.0", "1.0.1")
        with pytest.raises(aesop.Rejected) as caught:
            root.publish(broken)
        assert caught.value.reason == "unsound_definition" and caught.value.details["findings"]


def test_recorded_gates_are_rows_with_columns_even_when_there_are_none():
    engine, _ = shop()
    with engine:
        rows = engine.gates()
        assert rows == [] and rows.columns[0] == "seq" and not rows.more
