"""A case's history as a chain: each step carries the hash of the one before it, so that a change shows.

The hash (SHA-256) is over the hash before and the step as JSON with sorted names and without spaces, in UTF-8, times
in UTC with microseconds. Anybody can recompute it from a printed history.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
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
