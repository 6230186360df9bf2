"""The law of the log: a shift is kept, handed over with a note, and taken over by who has read it."""

from enum import StrEnum

from yiwang.plumbing.lifecycle import Life, move

LONGEST_ENTRY = 2000


class State(StrEnum):
    """Where a shift stands."""

    ON_DUTY = "on_duty"  # somebody keeps the desk 当班
    HANDED_OVER = "handed_over"  # waits for the next one to read it 待接班
    TAKEN_OVER = "taken_over"  # read by the next one, whose shift began with it 已接班


class Capacity(StrEnum):
    """As whom somebody acts towards a shift; `access` says who is what."""

    KEEPER = "keeper"  # whose shift it is
    COLLEAGUE = "colleague"  # sits at the same desk
    HEAD = "head"  # supervises there


class Kind(StrEnum):
    """What an entry tells of."""

    HAPPENED = "happened"  # 记事
    CALL = "call"  # a telephone call received 来电
    URGENT = "urgent"  # 紧急事项
    HANDED_OVER = "handed_over"  # the note of the hand-over, with what was open then 交班
    TAKEN_OVER = "taken_over"  # the next one has read it 接班


# What is written by hand; the others are written by handing over and taking over.
WRITTEN = (Kind.HAPPENED, Kind.CALL, Kind.URGENT)

S, C = State, Capacity
LIFE: Life[State, Capacity] = Life(
    S.ON_DUTY,
    move("write", out_of={S.ON_DUTY}, by={C.KEEPER, C.COLLEAGUE}, needs={"text"}),
    # A head hands over for who has left without doing so.
    move("hand_over", out_of={S.ON_DUTY}, into=S.HANDED_OVER, by={C.KEEPER, C.HEAD}, needs={"note"}),
    # Whoever is alone at a desk takes over from themselves in the morning.
    move("take_over", out_of={S.HANDED_OVER}, into=S.TAKEN_OVER, by={C.KEEPER, C.COLLEAGUE}, needs={"read"}),
)
