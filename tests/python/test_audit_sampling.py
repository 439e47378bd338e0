"""R166: audit samples and intervals: the same everywhere, and right by what is published."""
from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest
from audit_support import audit
from aesop.audit import sampling
from hypothesis import given, settings
from hypothesis import strategies as st

IDS = st.lists(st.text(st.characters(blacklist_characters="\n\0", blacklist_categories=["Cs"]), min_size=1, max_size=8),
               unique=True, max_size=40)

# Never changed: a sample drawn years ago must come out of its seed again.
GOLDEN_SIMPLE = ("claim/165", "claim/101", "claim/179", "claim/151", "claim/4")
GOLDEN_STRATIFIED = ("claim/56", "claim/71", "claim/188", "claim/119", "claim/233", "claim/129")
GOLDEN_HASH = "4200c3e964d35529658c23fa27a88239f2fa3d604aa497c7e1e3e2136d2ac197"


def test_a_seed_gives_the_same_sample_on_every_platform_and_for_ever() -> None:
    frame = [f"claim/{number}" for number in range(1, 301)]
    assert audit.simple_sample(frame, 5, seed="2026-Q4").chosen == GOLDEN_SIMPLE
    assert audit.simple_sample(frame[::-1], 5, seed="2026-Q4").chosen == GOLDEN_SIMPLE  # in whatever order it is handed in
    assert audit.simple_sample(frame, 5, seed=17).chosen == audit.simple_sample(frame, 5, seed="17").chosen
    strata = {"east": frame[:100], "west": frame[100:]}
    assert audit.stratified_sample(strata, 6, seed="2026-Q4").chosen == GOLDEN_STRATIFIED
    assert audit.simple_sample(frame, 300, seed="x").frame_hash == GOLDEN_HASH


def test_numbers_that_would_favour_small_ones_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    # 2 ** 64 - 1 is a multiple of 3: the one number above the last whole triple would make 0 likelier.
    monkeypatch.setattr(sampling, "_numbers", lambda seed, label: iter([2 ** 64 - 1, 2]))
    assert audit.simple_sample("abc", 1, seed="s").chosen == ("c",)


@settings(max_examples=80, deadline=None)
@given(IDS, st.data())
def test_a_sample_is_of_the_frame_without_repeats_and_grows_with_its_size(ids: list[str], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, len(ids)))
    sample = audit.simple_sample(ids, size, seed="s")
    assert len(set(sample.chosen)) == size and set(sample.chosen) <= set(ids)
    assert sample.frame == tuple(sorted(ids))
    assert audit.simple_sample(ids, len(ids), seed="s").chosen[:size] == sample.chosen  # a larger one begins with it


def test_every_set_is_about_as_likely_as_every_other() -> None:
    drawn = Counter(tuple(sorted(audit.simple_sample("abcde", 2, seed=seed).chosen)) for seed in range(4000))
    assert set(drawn) == set(combinations("abcde", 2))
    expected = 400
    chi_square = sum((count - expected) ** 2 / expected for count in drawn.values())
    assert chi_square < 27.9  # 9 degrees of freedom, p = 0.001; the seeds are fixed, so this never changes


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 1000), min_size=1, max_size=12), st.data())
def test_shares_add_up_and_are_within_one_of_proportional(sizes: dict[str, int], data: st.DataObject) -> None:
    total = sum(sizes.values())
    size = data.draw(st.integers(0, total))
    share = audit.allocate(sizes, size)
    assert sum(share.values()) == size
    for name, count in share.items():
        assert 0 <= count <= sizes[name]
        assert total == 0 or abs(count * total - size * sizes[name]) < total


def test_the_rest_goes_to_the_largest_remainders() -> None:
    # Shares 4.7, 3.2, 2.1 of ten; then a tie, which goes by name.
    assert audit.allocate({"a": 47, "b": 32, "c": 21}, 10) == {"a": 5, "b": 3, "c": 2}
    assert audit.allocate({"y": 1, "x": 1}, 1) == {"x": 1, "y": 0}


# Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
NEWCOMBE = [
    (81, 263, ("0.2553", "0.3662"), ("0.2527", "0.3676")),
    (15, 148, ("0.0624", "0.1605"), ("0.0578", "0.1617")),
    (0, 20, ("0.0000", "0.1611"), ("0.0000", "0.1684")),
    (1, 29, ("0.0061", "0.1718"), ("0.0009", "0.1776")),
]


@pytest.mark.parametrize(("hits", "size", "wilson", "exact"), NEWCOMBE)
def test_intervals_are_the_published_ones(hits: int, size: int, wilson: tuple[str, str], exact: tuple[str, str]) -> None:
    half = Decimal("0.000051")  # of the fourth digit, which is all that is printed
    for made, published in ((audit.wilson(hits, size), wilson), (audit.clopper_pearson(hits, size), exact)):
        assert abs(made.low - Decimal(published[0])) <= half and abs(made.high - Decimal(published[1])) <= half
        mirrored = (audit.wilson if made.method == "Wilson" else audit.clopper_pearson)(size - hits, size)
        assert abs(mirrored.low - (1 - made.high)) <= Decimal("0.000001")


def test_the_rule_of_three_for_no_hit_at_all() -> None:
    # Nothing found in n: with 95 % in one tail at most 1 - 0.05 ** (1 / n); two-sided with 0.025.
    made = audit.clopper_pearson(0, 60, confidence="0.90")
    assert made.high == (1 - Decimal("0.05") ** (Decimal(1) / 60)).quantize(Decimal("0.000001"))


def test_a_stratified_estimate_weighs_strata_by_their_size() -> None:
    strata = {"a": [f"a{number}" for number in range(100)], "b": [f"b{number}" for number in range(300)]}
    sample = audit.stratified_sample(strata, 40, seed="s")
    chosen = {one.name: one.chosen for one in sample.strata}
    assert {name: len(ids) for name, ids in chosen.items()} == {"a": 10, "b": 30}
    # p = 0.25 * 0.5 + 0.75 * 0.2 = 0.275; by hand, Cochran 5.52 with the finite correction 1 - 40/400 = 0.9:
    # 0.25^2 * 0.9 * 0.5 * 0.5 / 9 + 0.75^2 * 0.9 * 0.2 * 0.8 / 29 = 0.0043556...; its root is 0.0659968, times 1.959964.
    made = audit.estimate(sample, [*chosen["a"][:5], *chosen["b"][:6]])
    assert (made.share, made.method) == (Decimal("0.275000"), "stratified")
    assert (made.high - made.low) / 2 == pytest.approx(Decimal("0.129351"), abs=Decimal("0.000002"))


def test_no_hit_in_any_stratum_still_says_how_many_there_may_be() -> None:
    sample = audit.stratified_sample({"a": [f"a{n}" for n in range(50)], "b": [f"b{n}" for n in range(50)]}, 20, seed="s")
    made = audit.estimate(sample, [])
    assert (made.low, made.high, made.method) == (0, audit.wilson(0, 20).high, "Wilson")


def test_a_sample_that_holds_everything_leaves_no_doubt() -> None:
    strata = {"a": ["a1", "a2"], "b": ["b1", "b2"]}
    made = audit.estimate(audit.stratified_sample(strata, 4, seed="s"), ["a1", "b1", "b2"])
    assert made.low == made.high == made.share == Decimal("0.75")


def test_what_makes_no_sample_is_an_error() -> None:
    with pytest.raises(audit.AuditError, match="a sample of 3 cannot be drawn from 2"):
        audit.simple_sample(["a", "b"], 3, seed="s")
    with pytest.raises(audit.AuditError, match="the frame has 'a' twice"):
        audit.simple_sample(["a", "b", "a"], 1, seed="s")
    with pytest.raises(audit.AuditError, match="the frame has 'a' twice"):
        audit.stratified_sample({"x": ["a", "b"], "y": ["a"]}, 1, seed="s")
    with pytest.raises(audit.AuditError, match="needs a seed"):
        audit.simple_sample(["a"], 1, seed="")
    with pytest.raises(audit.AuditError, match="is no id of a frame"):
        audit.simple_sample(["a\nb"], 1, seed="s")
    with pytest.raises(audit.AuditError, match="'z' is not in the sample"):
        audit.estimate(audit.simple_sample(["a", "b"], 1, seed="s"), ["z"])
    with pytest.raises(audit.AuditError, match="nothing was drawn of a stratum"):
        audit.estimate(audit.stratified_sample({"a": ["a1"], "b": [f"b{n}" for n in range(99)]}, 2, seed="s"), [])
    with pytest.raises(audit.AuditError, match="one was drawn of the stratum 'a'"):
        audit.estimate(audit.stratified_sample({"a": ["a1", "a2"], "b": ["b1", "b2"]}, 2, seed="s"), [])
    with pytest.raises(audit.AuditError, match="3 of 2 is no share"):
        audit.wilson(3, 2)
    with pytest.raises(audit.AuditError, match="a confidence lies between 0 and 1"):
        audit.wilson(1, 2, confidence=95)
