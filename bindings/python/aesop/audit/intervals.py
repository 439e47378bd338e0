"""Intervals: what a sample says of the whole. Computed in decimal, so that every platform gives the same digits."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import comb
from statistics import NormalDist

from .client import AuditError
from .sampling import Sample

__all__ = ["Estimate", "clopper_pearson", "estimate", "wilson"]

_DIGITS = Decimal("0.000001")


@dataclass(frozen=True)
class Estimate:
    """A share and the interval in which it lies with this confidence, rounded to six digits."""

    hits: int
    size: int
    share: Decimal
    low: Decimal
    high: Decimal
    confidence: Decimal
    method: str

    def __str__(self) -> str:
        return (f"{self.hits} of {self.size}: {self.share * 100:.1f} % "
                f"({self.low * 100:.1f} to {self.high * 100:.1f} %, {self.method}, {self.confidence * 100:.0f} %)")


def _z(confidence: Decimal) -> Decimal:
    # Ten digits: what the last bits of a platform's logarithm say does not matter.
    return Decimal(f"{NormalDist().inv_cdf((1 + float(confidence)) / 2):.10f}")


def _checked(hits: int, size: int, confidence: object) -> Decimal:
    if size <= 0 or not 0 <= hits <= size:
        raise AuditError(f"{hits} of {size} is no share")
    level = Decimal(str(confidence))
    if not 0 < level < 1:
        raise AuditError(f"a confidence lies between 0 and 1, not at {level}", help="0.95 is usual")
    return level


def _made(hits: int, size: int, share: Decimal, low: Decimal, high: Decimal, level: Decimal, method: str) -> Estimate:
    low, high = max(low, Decimal(0)), min(high, Decimal(1))
    return Estimate(hits, size, share.quantize(_DIGITS), low.quantize(_DIGITS), high.quantize(_DIGITS), level, method)


def wilson(hits: int, size: int, *, confidence: object = "0.95") -> Estimate:
    """The score interval of Wilson (1927), without correction for continuity. AuditError when hits of size is no share."""
    level = _checked(hits, size, confidence)
    with localcontext() as context:
        context.prec = 34
        z, n, p = _z(level), Decimal(size), Decimal(hits) / size
        middle = p + z * z / (2 * n)
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        scale = 1 + z * z / n
        low = Decimal(0) if hits == 0 else (middle - half) / scale
        high = Decimal(1) if hits == size else (middle + half) / scale
        return _made(hits, size, p, low, high, level, "Wilson")


def clopper_pearson(hits: int, size: int, *, confidence: object = "0.95") -> Estimate:
    """The exact interval of Clopper and Pearson (1934): never narrower than its confidence. Takes time in proportion to
    `size`; meant for samples, not for whole populations."""
    level = _checked(hits, size, confidence)
    with localcontext() as context:
        context.prec = 40
        tail = (1 - level) / 2
        low = Decimal(0) if hits == 0 else _root(lambda p: 1 - _below(hits - 1, size, p) - tail)
        high = Decimal(1) if hits == size else _root(lambda p: tail - _below(hits, size, p))
        return _made(hits, size, Decimal(hits) / size, low, high, level, "Clopper-Pearson")


def _below(hits: int, size: int, p: Decimal) -> Decimal:
    """Probability of at most `hits` in `size` trials."""
    q = 1 - p
    return sum((comb(size, k) * p ** k * q ** (size - k) for k in range(hits + 1)), Decimal(0))


def _root(rising: Callable[[Decimal], Decimal]) -> Decimal:
    low, high = Decimal(0), Decimal(1)
    for _ in range(40):
        middle = (low + high) / 2
        if rising(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def estimate(sample: Sample, hits: Iterable[str], *, confidence: object = "0.95") -> Estimate:
    """The share of the frame that `hits` (ids of the sample) stand for.

    A simple sample gives Wilson's interval. A stratified one gives the weighted share with its variance, each stratum
    by its own size and with the correction for a finite frame (Cochran, Sampling Techniques, 5.52 and 5.53), and the
    normal interval; when that variance is zero, because no stratum has both, Wilson's interval of the whole sample.
    AuditError for a hit that was not drawn, an empty sample, or a stratum of which fewer than two were drawn.
    """
    chosen, found = set(sample.chosen), set(hits)
    if strange := sorted(found - chosen):
        raise AuditError(f"{strange[0]!r} is not in the sample", help="only what was drawn and looked at can be a hit")
    plain = wilson(len(found), len(chosen), confidence=confidence)
    if not sample.stratified:
        return plain
    if any(one.frame and not one.chosen for one in sample.strata):
        raise AuditError("nothing was drawn of a stratum: the sample does not speak for it", help="draw more")
    with localcontext() as context:
        context.prec = 34
        total = Decimal(len(sample.frame))
        share, variance = Decimal(0), Decimal(0)
        for stratum in sample.strata:
            size, drawn = Decimal(len(stratum.frame)), Decimal(len(stratum.chosen))
            if not drawn:
                continue
            if drawn == 1 and size > 1:
                raise AuditError(f"one was drawn of the stratum {stratum.name!r}: its variance is not known",
                                 help="draw at least two of each stratum")
            p, weight = Decimal(len(found & set(stratum.chosen))) / drawn, size / total
            share += weight * p
            if drawn > 1:
                variance += weight * weight * (1 - drawn / size) * p * (1 - p) / (drawn - 1)
        if variance == 0 and set(sample.frame) != chosen:
            return _made(len(found), len(chosen), share, plain.low, plain.high, plain.confidence, "Wilson")
        half = _z(plain.confidence) * variance.sqrt()
        return _made(len(found), len(chosen), share, share - half, share + half, plain.confidence, "stratified")
