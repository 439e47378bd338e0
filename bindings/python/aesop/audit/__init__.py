"""Audits over an Aesop store: conformance, populations, four eyes, samples, measures, evidence packs (docs/audits.md).

    import aesop
    from aesop import audit

    with aesop.open("claims.db", read_only=True) as engine:
        book = audit.read(engine)
        print(audit.conformance(book).counts())

Needs an object with execute(command) -> answer and nothing else; pure Python. Everything reads, nothing writes to the
store.
"""
from __future__ import annotations

from .book import Book, read
from .client import AuditError, Client, Executes, instant, time_text
from .deviations import Adherence, adherence, conformance
from .findings import RULES, SEVERITIES, Cite, Finding, Findings, Rule
from .history import Clock, Entry, Run, Visit
from .intervals import Estimate, clopper_pearson, estimate, wilson
from .measures import Case, Comparison, Measure, Moment, compare_kpis, facts, kpis
from .pack import Pack, write_pack
from .people import Pair, four_eyes
from .population import Member, Population, bypasses, same_person, without_gate, without_run
from .procedure import Item, Policy, Procedure, Step
from .pseudonyms import Pseudonyms
from .sampling import Sample, Stratum, allocate, simple_sample, stratified_sample
from .times import back_dated
from .ways import Rework, Variant, rework, variants

__all__ = [
    "Adherence", "AuditError", "Book", "Case", "Cite", "Client", "Clock", "Comparison", "Entry", "Estimate", "Executes",
    "Finding", "Findings", "Item", "Measure", "Member", "Moment", "Pack", "Pair", "Policy", "Population", "Procedure",
    "Pseudonyms", "RULES", "Rework", "Rule", "Run", "SEVERITIES", "Sample", "Step", "Stratum", "Variant", "Visit",
    "adherence", "allocate", "back_dated", "bypasses", "clopper_pearson", "compare_kpis", "conformance", "estimate",
    "facts", "four_eyes", "instant", "kpis", "read", "rework", "same_person", "simple_sample",
    "stratified_sample", "time_text", "variants",
    "wilson", "without_gate", "without_run", "write_pack",
]
