"""Threads, fork, spawn, the end of the interpreter, and memory."""
import gc
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading

import pytest

import aesop
from aesop import _aesop
from support import ANA, MONDAY, REFUND, ids, shop

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def python(code, **options):
    return subprocess.run([sys.executable, "-B", "-X", "dev", "-W", "error", "-c", textwrap.dedent(code)],
                          env=ENVIRONMENT, capture_output=True, text=True, timeout=120, **options)


def test_threads_that_share_an_engine_wait_for_each_other():
    engine, _ = shop()
    failures = []

    def work(name):
        try:
            mine = engine.acting(ANA, at=MONDAY, ids=ids(name))
            for n in range(20):
                mine.start(sop="refund", subject=f"{name}_{n}")
                engine.worklist(limit=5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ta", "tb", "tc", "td")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine:
        assert not failures
        assert len(engine.runs()) == 80 and engine.verify_log(deep=True)["sound"]


def test_another_thread_runs_while_a_command_does(tmp_path):
    """The call gives the GIL up: a thread that needs it goes on while another process holds the store."""
    path = tmp_path / "shop.db"
    engine, ana = shop(path)
    holder, office = aesop.open(path), None
    office = holder.acting(ANA, at=MONDAY, ids=ids("h"))
    holder.begin_batch()
    office.start(sop="refund", subject="held")
    waiting = threading.Thread(target=lambda: ana.start(sop="refund", subject="waits"))
    waiting.start()  # waits for the writer, without the GIL: otherwise the next line would never be reached
    holder.commit_batch()
    waiting.join()
    with engine, holder:
        assert len(engine.runs()) == 2


def test_an_engine_closed_by_another_thread_is_closed():
    engine, ana = shop()
    thread = threading.Thread(target=engine.close)
    thread.start()
    thread.join()
    with pytest.raises(aesop.InvalidArgument, match="closed"):
        ana.worklist()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_in_a_child_after_fork_the_library_says_so_and_the_parent_goes_on(tmp_path):
    engine, ana = shop(tmp_path / "shop.db")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            engine.runs()
        except aesop.Forked as error:
            code = 0 if isinstance(error, RuntimeError) and "anew" in error.help else 2
        try:
            engine.begin_batch()
            code = 3
        except aesop.Forked:
            pass
        engine.close()
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with engine:
        ana.start(sop="refund", subject="order_1")
        assert engine.verify_log(deep=True)["sound"]


def _start_in_child(path, name):
    with aesop.open(path) as engine:
        engine.acting(ANA, at=MONDAY, ids=ids(name)).start(sop="refund", subject=name)
    try:
        aesop.open(path + ".missing", create=False)
    except aesop.NotFound as error:
        raise error


def test_spawned_processes_open_their_own_and_errors_come_back_whole(tmp_path):
    path = str(tmp_path / "shop.db")
    engine, _ = shop(path)
    with engine, multiprocessing.get_context("spawn").Pool(1) as pool:
        with pytest.raises(aesop.NotFound) as caught:
            pool.apply(_start_in_child, (path, "order_7"))
        assert caught.value.message and caught.value.code == "not-found"
        assert engine.runs()[0]["subject"] == "order_7"
        pool.close()
        pool.join()


def test_the_interpreter_ends_with_engines_open(tmp_path):
    done = python(f"""
        import aesop, atexit, threading
        engine = aesop.open({str(tmp_path / "shop.db")!r})
        other = aesop.open(":memory:")
        gate = aesop.Expr("1 + 1")
        engine.begin_batch()
        atexit.register(lambda: print(len(engine.runs())))
        cycle = [engine]; cycle.append(cycle)
        print("end")
    """)
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\n0\n", "")


def test_a_daemon_thread_in_a_call_does_not_hold_the_end_up(tmp_path):
    done = python("""
        import aesop, threading
        engine = aesop.open(":memory:")
        def work():
            while True:
                engine.runs()
        threading.Thread(target=work, daemon=True).start()
        for _ in range(50):
            engine.runs()
        print("end")
    """)
    assert (done.returncode, done.stdout) == (0, "end\n")


def blocks_after(rounds, work):
    for _ in range(rounds):
        work()
    gc.collect()
    return sys.getallocatedblocks()


@pytest.mark.parametrize("what", ["values", "refused", "commands", "errors", "expressions", "gates"])
def test_nothing_is_kept_over_many_rounds(what):
    """No reference is lost: the count of Python's blocks grows by less than one a round once the caches are warm."""
    engine, ana = shop()
    ana.start(sop="refund", subject="order_1", run="r_1")
    nested = {"a": [1, "x" * 50, None, {"b": [True, MONDAY, MONDAY.date(), aesop.MonthsDuration(3)]}], "n": 10**30}
    gate = aesop.Gate(REFUND.read_text().replace(
        '"steps": [', '"gates": {"g": {"checks": [{"id": "c", "require": "amount > 0", "message": "m"}]}}, "steps": [', 1))

    def refused():
        for bad in (0.5, {"a": [0.5]}, object(), {1: 2}, MONDAY.replace(tzinfo=None)):
            with pytest.raises(aesop.Error):
                _aesop.round_trip(bad)

    def errors():
        with pytest.raises(aesop.UnknownRun):
            engine.run("nope")
        with pytest.raises(aesop.Rejected):
            ana.claim(run="r_1", step="pay", command_id="same")

    work = {
        "values": lambda: _aesop.round_trip(nested),
        "refused": refused,
        "commands": lambda: (engine.worklist(), engine.run("r_1"), engine.events(), ana.start(
            sop="refund", subject="order_1", run="r_1", command_id="c2")),
        "errors": errors,
        "expressions": lambda: aesop.evaluate("a + 1", {"a": 2}),
        "gates": lambda: gate.check({"amount": 5}, now=MONDAY),
    }[what]
    before = blocks_after(300, work)
    after = blocks_after(1000, work)
    engine.close()
    assert after - before < 500  # a reference lost in each round would be a thousand; caches still fill a little
