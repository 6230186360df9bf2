"""Histories as COPY reads them, each step behind the hash of the one before it."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from yiwang.cases.rules import BEGINNING, Line
from yiwang.proof.rules import flaws

CASES = """
    number county place desk keeper_id lon lat item_id version_id urgency secrecy text address state told teller
    channel contact contact_name contact_phone phone_mark reported_at opened_at due_at next_due_at next_stage
    finished_at closed_at lead_id handler track hand_backs extensions reopened reached solved satisfied photos steps
    head
""".split()  # noqa: SIM905 - thirty quoted words would hide their order
STEPS = """
    number county seq at move state actor capacity post_id channel reason given before hash recorded_at
""".split()  # noqa: SIM905
NOTHING = "\\N"


class Chain:
    """A history being written, each step behind the hash of the one before."""

    __slots__ = ("county", "head", "number", "seq")

    def __init__(self, number: int, county: str) -> None:
        self.number, self.county, self.head, self.seq = number, county, BEGINNING, 0

    def add(self, at: str, line: tuple[str, str, str, str, int, str], given: str) -> str:
        """The next step as COPY reads it; `line`: move, state, actor, capacity, post (0: none), reason."""
        move, state, actor, capacity, post, why = line
        self.seq += 1
        said = (
            f'[{self.number},{self.seq},"{at}","{move}","{state}","{actor}","{capacity}",{post or "null"},'
            f'"web","{why}",{given}]'
        )
        before, self.head = self.head, sha256(self.head + said.encode()).digest()
        return (
            f"{self.number}\t{self.county}\t{self.seq}\t{at}\t{move}\t{state}\t{actor}\t{capacity}\t"
            f"{post or NOTHING}\tweb\t{why}\t{given}\t\\\\x{before.hex()}\t\\\\x{self.head.hex()}\t{at}\n"
        )


def check_first(case: str, steps: Iterable[str]) -> None:
    """The chain of this case holds by the platform's own reckoning."""
    cells = dict(zip(CASES, case.split("\t"), strict=False))
    chain = list(_lines(steps, cells["number"]))
    found = list(flaws(chain, head=_bytes(cells["head"]), steps=int(cells["steps"])))
    assert not found, f"the history of {cells['number']} does not hold: {found}"


def _lines(steps: Iterable[str], number: str) -> Iterator[tuple[Line, bytes, bytes]]:
    for row in steps:
        cell: dict[str, Any] = dict(zip(STEPS, row.rstrip("\n").split("\t"), strict=True))
        if cell["number"] != number:
            return
        line = Line(
            int(number), int(cell["seq"]), datetime.fromisoformat(cell["at"]), cell["move"], cell["state"],
            cell["actor"], cell["capacity"], None if cell["post_id"] == NOTHING else int(cell["post_id"]),
            cell["channel"], cell["reason"], json.loads(cell["given"]),
        )  # fmt: skip
        yield line, _bytes(cell["before"]), _bytes(cell["hash"])


def _bytes(cell: str) -> bytes:
    return bytes.fromhex(cell[3:])
