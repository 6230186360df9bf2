"""Which reports are somebody's own."""

from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.models import Case
from yiwang.cases.numbers import is_secret_of, phone_marks, secret_of
from yiwang.cases.queries.reporting import item_name
from yiwang.cases.rules import State
from yiwang.cases.words import STATES
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

MOST = 100


@dataclass(frozen=True, slots=True)
class Mine:
    """A report of one's own as one line of a list, and the secret that opens it. Of a sealed one only the state."""

    number: int
    secret: str
    state: str
    words: str
    item: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a phone number and a code open, the newest first; `hidden`: how many more the number was given with."""

    mine: list[Mine]
    hidden: int


def by_phone(phone: str) -> list[int]:
    """The numbers of what was told with this phone number, on whatever ground, the newest first.

    Whoever asks has shown that the phone is theirs; the caller has seen to that.
    """
    if not phone.strip():
        return []
    with standing_on(EVERYWHERE):
        mine = Case.objects.filter(phone_mark__in=phone_marks(phone)).order_by("-number")
        return list(mine.values_list("number", flat=True))


def found_by(phone: str, secret: str) -> Found:
    """The reports told with this phone number, for whoever has the code of one: at most the newest hundred.

    A code opens the one report that it belongs to. It opens the others only where it is the code of the first that
    was taken in: anybody can tell something in the name of another's number, but not before its owner did.
    """
    if not phone.strip() or not secret.strip():
        return Found([], 0)
    with standing_on(EVERYWHERE):
        told = list(Case.objects.filter(phone_mark__in=phone_marks(phone)).order_by("-opened_at", "-number"))
    opened = [case for case in told if is_secret_of(case.number, secret)]
    shown = told if opened and opened[0] is told[-1] else opened
    return Found([_line(case) for case in shown[:MOST]], len(told) - len(shown) if opened else 0)


def _line(case: Case) -> Mine:
    return Mine(
        number=case.number, secret=secret_of(case.number), state=case.state, words=str(STATES[State(case.state)]),
        item="" if case.is_sealed else item_name(case), reported_at=case.reported_at,
    )  # fmt: skip
