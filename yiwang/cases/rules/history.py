"""A case's history as a chain: each step carries the hash of the one before it, so that a change shows.

The hash (SHA-256) is over the hash before and the step as JSON with sorted names and without spaces, in UTF-8, times
in UTC with microseconds. Anybody can recompute it from a printed history.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

BEGINNING = bytes(32)
# One for all lines: making an encoder costs as much as encoding.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_text = json.encoder.encode_basestring


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is hashed. `given`: plain JSON values."""

    number: int
    seq: int
    at: datetime
    move: str
    state: str
    actor: str
    capacity: str
    post: int | None
    channel: str
    reason: str
    given: Mapping[str, Any]

    def sealed(self, before: bytes) -> bytes:
        """This step's hash, behind the one before."""
        post = "null" if self.post is None else self.post
        given = _JSON.encode(self.given) if self.given else "{}"
        # Piece by piece, for history is written and proven by the million.
        said = (
            f'[{self.number},{self.seq},"{stamp(self.at)}",{_text(self.move)},{_text(self.state)},{_text(self.actor)},'
            f"{_text(self.capacity)},{post},{_text(self.channel)},{_text(self.reason)},{given}]"
        )
        return hashlib.sha256(before + said.encode()).digest()


def stamp(at: datetime) -> str:
    """A moment as it is hashed: UTC, always with six decimals."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


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
