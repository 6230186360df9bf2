"""The life of an appeal against an overdue mark 申诉: once for a case, after it has ended, granted by two."""

from enum import StrEnum

from yiwang.plumbing.lifecycle import Life, move

LONGEST_REASON = 2000


class Appeal(StrEnum):
    """Where an appeal stands."""

    ASKED = "asked"  # waits for the first
    SECONDED = "seconded"  # one has agreed, waits for another
    GRANTED = "granted"  # the statistics leave it out; the overrun stays
    REFUSED = "refused"


class Capacity(StrEnum):
    """As whom somebody acts towards an appeal."""

    APPROVER = "approver"  # supervises there, and is of another unit


A, C = Appeal, Capacity
LIFE: Life[Appeal, Capacity] = Life(
    A.ASKED,
    move("second", out_of={A.ASKED}, into=A.SECONDED, by={C.APPROVER}),
    move("grant", out_of={A.SECONDED}, into=A.GRANTED, by={C.APPROVER}),
    move("refuse", out_of={A.ASKED, A.SECONDED}, into=A.REFUSED, by={C.APPROVER}, needs={"reason"}),
)
WAITING = frozenset({A.ASKED, A.SECONDED})


def next_approval(state: Appeal) -> str:
    """What somebody does who agrees: the first seconds, the other grants."""
    return "grant" if state is A.SECONDED else "second"


def agreed_twice(first: str, by: str) -> bool:
    """Whether both who agree would be one person."""
    return bool(first) and first == by
