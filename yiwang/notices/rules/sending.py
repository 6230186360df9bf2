"""How notices go out: the life of one, what becomes a digest, and when a failed message is tried again."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.notices.rules.occasions import NEVER_QUIET, Occasion
from yiwang.plumbing.lifecycle import Life, move


class State(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENDING = "sending"  # handed to a job
    SENT = "sent"
    FAILED = "failed"  # tried often enough, or refused for good
    DROPPED = "dropped"  # there was no way to reach them any more, or no reason to


class Capacity(StrEnum):
    """As whom somebody acts on a notice."""

    CLOCK = "clock"
    ADMINISTRATOR = "administrator"


S, C = State, Capacity
LIFE: Life[State, Capacity] = Life(
    S.WAITING,
    move("hand_out", out_of={S.WAITING, S.SENDING}, into=S.SENDING, by={C.CLOCK}),
    move("arrive", out_of={S.SENDING}, into=S.SENT, by={C.CLOCK}),
    move("put_off", out_of={S.SENDING}, into=S.WAITING, by={C.CLOCK}),
    move("give_up", out_of={S.SENDING}, into=S.FAILED, by={C.CLOCK}, needs={"trouble"}),
    move("drop", out_of={S.SENDING}, into=S.DROPPED, by={C.CLOCK}, needs={"trouble"}),
    # Nothing is asked any more, before it went.
    move("lapse", out_of={S.WAITING}, into=S.DROPPED, by={C.CLOCK}),
    move("try_again", out_of={S.FAILED}, into=S.WAITING, by={C.ADMINISTRATOR}),
)

WINDOW = timedelta(minutes=10)
MOST_SINGLE = 3
"""Of one kind, so many messages go to somebody within the window, at most."""
# How long to wait after each try; after the last there is none.
WAITS = (1, 5, 15, 60, 240)
MOST_TRIES = len(WAITS) + 1
# Who was handed a message and never said what became of it, was killed: it is handed out again.
LOST_AFTER = timedelta(minutes=10)
_MOBILE = re.compile(r"1[3-9]\d{9}|\+\d{8,15}")


def tried_again_at(tries: int, now: datetime) -> datetime | None:
    """When the message is tried again that has failed so many times; None: never."""
    return now + timedelta(minutes=WAITS[tries - 1]) if tries <= len(WAITS) else None


def moments_of(state: State, tries: int, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When a message that came into this state went, and when it is tried again: one of the two, or neither."""
    return (now if state is State.SENT else None), (tried_again_at(tries, now) if state is State.WAITING else None)


def takes_sms(phone: str) -> bool:
    """Whether an SMS can reach this plain number: a mobile of China, or one of abroad with its plus."""
    return bool(_MOBILE.fullmatch(phone))


@dataclass(frozen=True, slots=True)
class Line:
    """A notice that is due: `held` where quiet hours kept it."""

    id: int
    occasion: Occasion
    held: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """A message of one kind that went within the window."""

    occasion: Occasion
    at: datetime
    digest: bool


@dataclass(frozen=True, slots=True)
class Packed:
    """What goes now, each as one message, and what waits until when."""

    messages: tuple[tuple[int, ...], ...]
    later: tuple[tuple[int, datetime], ...] = ()


def pack(lines: Sequence[Line], gone: Sequence[Gone], *, now: datetime) -> Packed:
    """How what is due for one person by one channel goes out: each by itself, or as a digest instead of a flood.

    What quiet hours kept comes as one. Of each kind `MOST_SINGLE` messages go within `WINDOW` at most: more than that
    at once come as a digest, and what comes while the window is full, or after a digest in it, waits and comes as
    one. An emergency goes at once and by itself, always.
    """
    messages: list[tuple[int, ...]] = [(line.id,) for line in lines if line.occasion in NEVER_QUIET]
    held = tuple(line.id for line in lines if line.held and line.occasion not in NEVER_QUIET)
    messages += [held] if held else []
    later: list[tuple[int, datetime]] = []
    kinds: defaultdict[Occasion, list[int]] = defaultdict(list)
    for line in lines:
        if not line.held and line.occasion not in NEVER_QUIET:
            kinds[line.occasion].append(line.id)
    for occasion, ids in kinds.items():
        before = [one for one in gone if one.occasion is occasion and one.at > now - WINDOW]
        digests = [one.at for one in before if one.digest]
        if digests or len(before) >= MOST_SINGLE:
            again = max(digests) if digests else min(one.at for one in before)
            later += [(one, again + WINDOW) for one in ids]
        elif len(before) + len(ids) <= MOST_SINGLE:
            messages += [(one,) for one in ids]
        else:
            messages.append(tuple(ids))
    return Packed(tuple(messages), tuple(later))
