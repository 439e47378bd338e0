"""Errors are the classes of the one table; a refusal is no error."""
import builtins
import pickle
import re

import pytest

import aesop
from aesop import _aesop
from support import ANA, MONDAY, ROOT, inspect, shop

TABLE = re.findall(r'AESOP_ERROR\((\d+), (\w+), (\w+), "(.*)"\)', (ROOT / "include/aesop/base/errors.def").read_text())


def class_name(name):
    return "".join(part.capitalize() for part in name.split("_"))


def test_every_row_of_the_table_is_a_class_with_its_builtin():
    assert len(TABLE) > 30 and len(TABLE) == len(_aesop.errors)
    for number, name, builtin, text in TABLE:
        made = getattr(aesop, class_name(name))
        assert issubclass(made, aesop.Error) and issubclass(made, getattr(builtins, builtin))
        assert (made.code, made.number, made.__doc__) == (name.replace("_", "-"), int(number), text)
        assert made.__module__ == "aesop" and _aesop.errors[made.code] is made


def test_the_stub_declares_every_class():
    stub = (ROOT / "bindings/python/aesop/_aesop.pyi").read_text()
    assert re.findall(r"^class (\w+)\(Error, (\w+)\)", stub, re.M) == [
        (class_name(name), builtin) for _, name, builtin, _ in TABLE]


def test_every_class_can_be_made_raised_and_pickled():
    for made in _aesop.errors.values():
        error = made("what happened")
        error.help = "do this"
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is made and str(again) == str(error) and again.help == "do this"


def test_an_error_of_the_engine_has_code_message_and_help():
    engine, office = shop()
    with engine, pytest.raises(aesop.UnknownRun) as caught:
        engine.run("nope")
    error = caught.value
    assert isinstance(error, LookupError) and isinstance(error, aesop.Error)
    assert (error.code, error.number) == ("unknown-run", 4002)
    assert "nope" in error.message and error.where is None


def test_a_compile_error_says_where_in_characters():
    with pytest.raises(aesop.UnknownName) as caught:
        aesop.Expr('"ä" = "ä" and amont > 5', ["amount"])
    begin, end = caught.value.where
    assert caught.value.help == "did you mean \"amount\"?" or "amount" in caught.value.help
    assert '"ä" = "ä" and amont > 5'[begin:end] == "amont"


def test_a_refusal_is_raised_with_its_reason_and_everything_else():
    engine, office = shop()
    run = office.start(sop="refund", subject="order_1")["run"]
    task = engine.worklist()[0]["task"]
    with engine, pytest.raises(aesop.Rejected) as caught:
        office.complete_step(task=task, form={"condition": "as_new", "refund": 1})
    refusal = caught.value
    assert not isinstance(refusal, aesop.Error)
    assert refusal.reason == "blocked" and refusal.message in str(refusal)
    assert [one["what"] for one in refusal.details["missing"]] == ["1", "photo", "photo"]
    assert "reason" not in refusal.details and run


def test_a_refusal_is_the_same_when_it_is_repeated():
    engine, office = shop()
    office.start(sop="refund", subject="order_1")
    task = engine.worklist()[0]["task"]
    seen = []
    with engine:
        for _ in range(2):
            with pytest.raises(aesop.Rejected) as caught:
                office.complete_step(task=task, command_id="once")
            seen.append((caught.value.reason, caught.value.message, caught.value.details))
    assert seen[0] == seen[1]


def test_an_unknown_keyword_and_a_missing_one_are_type_errors():
    engine, office = shop()
    with engine:
        with pytest.raises(TypeError, match="colour"):
            office.start(sop="refund", subject="order_1", colour="red")
        with pytest.raises(TypeError, match="subject"):
            office.start(sop="refund")


def test_a_command_without_its_envelope_says_what_lacks():
    engine, _ = shop()
    with engine:
        with pytest.raises(aesop.SchemaError, match="command_id"):
            engine.start(sop="refund", subject="o", at=MONDAY, actor=ANA)
        with pytest.raises(aesop.SchemaError, match='"at"'):
            engine.start(sop="refund", subject="o", command_id="x", actor=ANA)
        with pytest.raises(aesop.TypeMismatch, match="time zone"):
            engine.start(sop="refund", subject="o", command_id="x", actor=ANA, at=MONDAY.replace(tzinfo=None))
        with pytest.raises(aesop.TypeMismatch, match="class int"):
            engine.start(sop="refund", subject="o", command_id="x", actor=ANA, at=5)


def test_a_command_id_used_for_something_else_is_an_error():
    engine, office = shop()
    with engine:
        office.start(sop="refund", subject="order_1", command_id="same")
        with pytest.raises(aesop.CommandIdReused):
            office.start(sop="refund", subject="order_2", command_id="same")


def test_a_file_that_is_no_store_is_an_error(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("no store at all, " * 100)
    with pytest.raises(aesop.NotAStore):
        aesop.open(path)
    with pytest.raises(aesop.NotFound):
        aesop.open(tmp_path / "missing.db", create=False)
    with pytest.raises(aesop.InvalidArgument, match="null"):
        aesop.open("shop\0.db")


def test_data_in_an_answer_of_a_refusal_is_native():
    engine, office = shop()
    run = office.start(sop="refund", subject="order_1")["run"]
    inspect(office, run)
    with engine, pytest.raises(aesop.Rejected) as caught:
        office.decide_approval(run=run, step="approve", decision="approve")
    assert caught.value.reason
