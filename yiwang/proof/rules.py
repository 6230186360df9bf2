"""What can be wrong with a chain of steps, and one day's steps in one hash, chained from day to day.

Once a day's digest is published, nothing of that day can be taken away quietly. It is SHA-256 over the digest of the
day before (32 zero bytes before the first), the day as 2026-03-02, the hashes of all steps recorded on that day in the
order of their cases' numbers and of the steps in each, and at last how many there are, in decimal digits. The
signature (Ed25519) is over the lines that `published` gives, each with its end.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.cases.rules import BEGINNING, Line


class Flaw(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"  # the step does not hash to what it carries
    BROKEN = "broken"  # it does not carry the hash of the step before: removed, reordered or put in between
    CUT = "cut"  # steps are missing at the end, or the case does not know them
    ORPHANED = "orphaned"  # the case to which the steps belong is gone, or lies in another county


@dataclass(frozen=True, slots=True)
class Found:
    """A flaw, and at which step."""

    number: int
    seq: int
    flaw: Flaw


def flaws(chain: Iterable[tuple[Line, bytes, bytes]], *, head: bytes, steps: int) -> Iterator[Found]:
    """What is wrong with one case's steps (line, hash before, own hash) in their order; nothing when all is well.

    `head` and `steps` are what the case itself keeps: the last hash and how many steps there are.
    """
    before, seq, number = BEGINNING, 0, 0
    for line, carried, own in chain:
        number, seq = line.number, seq + 1
        if carried != before or line.seq != seq:
            yield Found(number, line.seq, Flaw.BROKEN)
            seq = line.seq
        elif line.sealed(carried) != own:
            yield Found(number, line.seq, Flaw.CHANGED)
        before = own
    if before != head or seq != steps:
        yield Found(number, seq + 1, Flaw.CUT)


@dataclass(frozen=True, slots=True)
class Digested:
    """A day in one hash. `before` is the digest of the day before."""

    day: date
    steps: int
    digest: bytes
    before: bytes


class DigestFlaw(StrEnum):
    """What can be wrong with a day's digest."""

    DIFFERS = "differs"  # the day's steps are not those of which the digest was made
    UNCHAINED = "unchained"  # a day is missing before it, or its digest is another one than it was
    UNSIGNED = "unsigned"  # the signature does not belong to it, or is by a key that is none of ours


def digest_of(day: date, hashes: Iterable[bytes], before: bytes) -> Digested:
    """The digest of a day out of its steps' hashes, in the order of (number, seq)."""
    total, steps = hashlib.sha256(before + day.isoformat().encode()), 0
    for one in hashes:
        total.update(one)
        steps += 1
    total.update(str(steps).encode())
    return Digested(day, steps, total.digest(), before)


def published(digested: Digested) -> str:
    """The lines that are signed and published: day, steps, digest, digest of the day before."""
    return (
        f"yiwang digest 1\nday {digested.day.isoformat()}\nsteps {digested.steps}\n"
        f"digest {digested.digest.hex()}\nbefore {digested.before.hex()}\n"
    )


def digest_flaws(
    kept: Digested, again: Digested, *, previous: Digested | None, signed_by_us: bool
) -> Iterator[DigestFlaw]:
    """What is wrong with a kept digest. `again`: made anew of today's steps on the kept `before`; `previous`: the
    digest kept before this one, None for the first.
    """
    if (again.steps, again.digest) != (kept.steps, kept.digest):
        yield DigestFlaw.DIFFERS
    follows = previous is None or (kept.day - previous.day).days == 1
    if not follows or kept.before != (previous.digest if previous else BEGINNING):
        yield DigestFlaw.UNCHAINED
    if not signed_by_us:
        yield DigestFlaw.UNSIGNED
