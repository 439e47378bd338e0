"""Aesop: standard operating procedures as state machines that cannot be run wrongly by accident.

    import aesop
    engine = aesop.open("shop.db")
    office = engine.acting({"id": "ana", "roles": ["agent"]}, at=clock, ids=new_id)
    office.publish(aesop.load("refund.sop.json"))
    run = office.start(sop="refund", subject="order_1041")["run"]
    engine.worklist(role="agent").df()

The guide is docs/python.md; every command is in docs/commands.md.
"""
from __future__ import annotations

from . import _aesop
from ._aesop import *  # noqa: F403  the exceptions; their names are in _aesop.__all__
from ._commands import Actor, ActorLike, Time
from .dmn import Dmn, DmnOffer, DmnStep
from .engine import Acting, Engine, open
from .feel import Expr, evaluate
from .gate import Gate, GateVerdict
from .kinds import ERASED, Erased, MonthsDuration, Range
from .rows import COLUMNS, COLUMNS_VERSION, Rows
from .sop import Finding, Rule, Sop, load
from .table import DecisionTable, TableRule

__version__: str = _aesop.version

__all__ = [
    *_aesop.__all__,
    "Acting", "Actor", "ActorLike", "COLUMNS", "COLUMNS_VERSION", "DecisionTable", "Dmn", "DmnOffer", "DmnStep", "ERASED", "Engine",
    "Erased", "Expr", "Finding", "Gate", "GateVerdict", "MonthsDuration", "Range", "Rows", "Rule", "Sop", "TableRule", "Time",
    "evaluate", "load", "open",
]
