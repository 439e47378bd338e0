"""Samples: seeded random samples that are the same on every platform and every version of Python.

The generator. A stream of 64-bit numbers: block k (from 0) is SHA-256 of the ASCII text

    aesop-sample/1 NUL seed NUL label NUL k

with `seed` and `label` in UTF-8 and k in decimal; its 32 bytes are four big-endian numbers. A number below n is the
first one of the stream below the largest multiple of n that fits in 64 bits, modulo n (rejection: no bias). A sample
is the first `size` places of a Fisher-Yates shuffle: for place i the one at i + below(N - i) is swapped to i. The
frame is sorted by code points first, so that the order in which ids are handed in does not matter.

The label is empty for a simple sample and the stratum's name for a stratified one, so that strata do not share numbers.
"""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .client import AuditError

__all__ = ["Sample", "Stratum", "allocate", "simple_sample", "stratified_sample"]

METHOD = "aesop-sample/1"


def _numbers(seed: str, label: str) -> Iterator[int]:
    block = 0
    while True:
        text = "\0".join((METHOD, seed, label, str(block))).encode()
        digest = hashlib.sha256(text).digest()
        for place in range(0, 32, 8):
            yield int.from_bytes(digest[place:place + 8], "big")
        block += 1


def _draw(ids: list[str], size: int, seed: str, label: str) -> list[str]:
    pool, numbers = list(ids), _numbers(seed, label)
    for place in range(size):
        left = len(pool) - place
        fits = (1 << 64) // left * left
        number = next(one for one in numbers if one < fits)
        other = place + number % left
        pool[place], pool[other] = pool[other], pool[place]
    return pool[:size]


def frame_hash(ids: Iterable[str]) -> str:
    """SHA-256 over the ids in order, each followed by a line end."""
    return hashlib.sha256("".join(f"{id}\n" for id in ids).encode()).hexdigest()


@dataclass(frozen=True)
class Stratum:
    """A part of the frame and what was drawn from it, in the order drawn."""

    name: str
    frame: tuple[str, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """A sample with everything to draw it again. `of` says what the ids are: run, subject or entry."""

    name: str
    seed: str
    of: str
    strata: tuple[Stratum, ...]
    stratified: bool = False
    method: str = field(default=METHOD)

    @property
    def frame(self) -> tuple[str, ...]:
        """All ids, in order."""
        return tuple(id for stratum in self.strata for id in stratum.frame)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(id for stratum in self.strata for id in stratum.chosen)

    @property
    def frame_hash(self) -> str:
        return frame_hash(self.frame)

    def row(self) -> dict[str, Any]:
        """As JSON, for an evidence pack."""
        return {"name": self.name, "method": self.method, "seed": self.seed, "of": self.of, "stratified": self.stratified,
                "frame_hash": self.frame_hash, "frame_size": len(self.frame), "size": len(self.chosen),
                "strata": [{"name": one.name, "frame": list(one.frame), "chosen": list(one.chosen)} for one in self.strata]}


def _checked(ids: Iterable[str]) -> list[str]:
    given = list(ids)
    for id in given:
        if not isinstance(id, str) or not id or "\n" in id or "\0" in id:
            raise AuditError(f"{id!r} is no id of a frame", help="ids are texts of one line")
    if len(set(given)) != len(given):
        twice = next(id for place, id in enumerate(sorted(given)) if sorted(given)[place - 1] == id and place)
        raise AuditError(f"the frame has {twice!r} twice", help="a frame names everything once")
    return sorted(given)


def _seed(seed: str | int) -> str:
    text = str(seed)
    if not text or "\0" in text:
        raise AuditError("a sample needs a seed", help="write it down before you look at the data")
    return text


def simple_sample(ids: Iterable[str], size: int, *, seed: str | int, name: str = "sample", of: str = "run") -> Sample:
    """`size` ids, every set of them as likely as every other. AuditError when the frame is smaller, or has an id twice."""
    frame = _checked(ids)
    if not 0 <= size <= len(frame):
        raise AuditError(f"a sample of {size} cannot be drawn from {len(frame)}")
    text = _seed(seed)
    return Sample(name, text, of, (Stratum("", tuple(frame), tuple(_draw(frame, size, text, ""))),))


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: proportional to its size, the rest by largest remainder; of equal ones the first by name.
    A stratum never gives more than it has."""
    total = sum(sizes.values())
    if not 0 <= size <= total:
        raise AuditError(f"a sample of {size} cannot be drawn from {total}")
    if total == 0:
        return dict.fromkeys(sizes, 0)
    whole = {name: size * count // total for name, count in sizes.items()}
    rest = size - sum(whole.values())
    for name in sorted(sizes, key=lambda one: (-(size * sizes[one] % total), one))[:rest]:
        whole[name] += 1
    return {name: whole[name] for name in sorted(sizes)}


def stratified_sample(strata: Mapping[str, Iterable[str]], size: int, *, seed: str | int, name: str = "sample",
                      of: str = "run", sizes: Mapping[str, int] | None = None) -> Sample:
    """A simple sample of each stratum, together `size` ids in proportion to the strata; `sizes` says how many of each
    instead. AuditError as simple_sample(), or when a stratum is not named in `sizes`."""
    frames = {label: _checked(ids) for label, ids in strata.items()}
    _checked(id for frame in frames.values() for id in frame)
    text = _seed(seed)
    share = allocate({label: len(frame) for label, frame in frames.items()}, size) if sizes is None else dict(sizes)
    if set(share) != set(frames):
        raise AuditError("sizes must name every stratum and no other", help=f"strata are {', '.join(sorted(frames))}")
    if sum(share.values()) != size or any(not 0 <= share[label] <= len(frame) for label, frame in frames.items()):
        raise AuditError(f"the sizes of the strata do not make a sample of {size}")
    drawn = tuple(Stratum(label, tuple(frames[label]), tuple(_draw(frames[label], share[label], text, label)))
                  for label in sorted(frames))
    return Sample(name, text, of, drawn, True)
