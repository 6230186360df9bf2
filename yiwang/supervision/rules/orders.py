"""The life of an order: given, answered, and accepted; a listed one ends by strike-off alone, which its giver consents
to when the evidence is there."""  # fmt: skip

from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.plumbing.lifecycle import Life, move

LONGEST_TEXT = 2000
LONGEST_DEADLINE = timedelta(days=366)


class Kind(StrEnum):
    """How an order is watched."""

    ORDER = "order"  # 督办: somebody must answer
    LISTED = "listed"  # 挂牌督办: numbered, shown on the wall, ended by strike-off


class State(StrEnum):
    """Where an order stands."""

    OPEN = "open"  # 督办中
    ANSWERED = "answered"  # waits for whoever gave it 待销号
    ENDED = "ended"  # 已销号


class Capacity(StrEnum):
    """As whom somebody acts towards an order; `access` says who is what."""

    OWNER = "owner"  # who was named, or holds the post that was
    GIVER = "giver"  # who gave it, or holds the post in which it was given
    WATCHER = "watcher"  # supervises on that ground


S, C = State, Capacity
_NOT_ENDED = frozenset({S.OPEN, S.ANSWERED})
LIFE: Life[State, Capacity] = Life(
    S.OPEN,
    move("report", out_of=_NOT_ENDED, by={C.OWNER}, needs={"text"}),
    move("visit", out_of=_NOT_ENDED, by={C.GIVER, C.WATCHER}, needs={"text"}),  # 蹲点指导
    # An order is answered and accepted.
    move("answer", out_of={S.OPEN}, into=S.ANSWERED, by={C.OWNER}, needs={"text"}),
    move("accept", out_of={S.ANSWERED}, into=S.ENDED, by={C.GIVER}),
    # A listed one is struck off, with evidence, when whoever gave it consents.
    move("ask_strike_off", out_of={S.OPEN}, into=S.ANSWERED, by={C.OWNER}, needs={"text", "evidence"}),
    move("strike_off", out_of={S.ANSWERED}, into=S.ENDED, by={C.GIVER}, needs={"text"}),
    move("insist", out_of={S.ANSWERED}, into=S.OPEN, by={C.GIVER}, needs={"text"}),
)
_ANOTHERS = {Kind.ORDER: {"ask_strike_off", "strike_off"}, Kind.LISTED: {"answer", "accept"}}


def has_move(kind: Kind, name: str) -> bool:
    """Whether an order of this kind knows this move: a listed one is not simply accepted."""
    return name in LIFE.moves and name not in _ANOTHERS[kind]


def deadline_fault(due: datetime, now: datetime) -> str:
    """Why an order cannot be due then, as a refusal's code."""
    return "" if now < due <= now + LONGEST_DEADLINE else "order_due_unfit"


def number_of(year: int, serial: int) -> str:
    """The number of a listed order as it is written: 督〔2026〕3号."""
    return f"督〔{year}〕{serial}号"
