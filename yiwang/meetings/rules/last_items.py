"""The life of what stands on the agenda: proposed, decided, told of at every meeting, struck off."""

from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.meetings.rules.meeting import LEADS, Capacity
from yiwang.plumbing.lifecycle import Life, move

LONGEST_TEXT = 2000
LONGEST_DEADLINE = timedelta(days=366)


class State(StrEnum):
    """Where something on the agenda stands."""

    PROPOSED = "proposed"  # the rule asks for it, no meeting has decided
    DECIDED = "decided"  # somebody answers for it, it is told of at every meeting
    SHOWN = "shown"  # said to be done, waits for the chair's consent
    ENDED = "ended"  # struck off, or put aside


S, C = State, Capacity
_ON_THE_AGENDA = frozenset({S.PROPOSED, S.DECIDED, S.SHOWN})
LIFE: Life[State, Capacity] = Life(
    S.PROPOSED,
    # At a meeting: who answers for it, what is to be done, by when. Also anew, at a later one.
    move("decide", out_of=_ON_THE_AGENDA, into=S.DECIDED, by=LEADS, needs={"text", "owner", "due", "meeting"}),
    move("put_aside", out_of={S.PROPOSED}, into=S.ENDED, by={C.CHAIR}, needs={"text"}),
    move("settle", out_of={S.PROPOSED}, into=S.ENDED, by={C.CLOCK}),  # its case ended before any meeting
    move("hear", out_of=_ON_THE_AGENDA, by=LEADS, needs={"meeting"}),  # it stood on the agenda of one
    move("report", out_of={S.DECIDED, S.SHOWN}, by={C.OWNER}, needs={"text"}),
    move("ask_strike_off", out_of={S.DECIDED}, into=S.SHOWN, by={C.OWNER}, needs={"text", "evidence"}),
    move("strike_off", out_of={S.SHOWN}, into=S.ENDED, by={C.CHAIR}, needs={"text"}),
    move("insist", out_of={S.SHOWN}, into=S.DECIDED, by={C.CHAIR}, needs={"text"}),
)


def is_decided(state: str) -> bool:
    """Whether a meeting has decided about it, and it is still on the agenda."""
    return state in {S.DECIDED, S.SHOWN}


def deadline_fault(due: datetime, now: datetime) -> str:
    """Why something cannot be due then, as a refusal's code."""
    return "" if now < due <= now + LONGEST_DEADLINE else "last_item_due_unfit"
