"""The law of repeated demands: how often is often, and which tellings are one demand told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.figures.rules import fits
from yiwang.places.rules import metres_between

_COMMUNITY = 12
_MONTH = timedelta(days=365) / 12


@dataclass(frozen=True, slots=True)
class Often:
    """Told `times` times within so many `months`; the same item within `metres` is the same demand."""

    times: int = 3
    months: int = 6
    metres: int = 200

    def since(self, now: datetime) -> datetime:
        """From when on what was told counts."""
        return now - self.months * _MONTH


LEAST = Often(times=2, months=1, metres=0)
MOST = Often(times=100, months=36, metres=5000)


def often_fault(often: Often) -> str:
    """What is wrong with the figures, as a refusal's code; empty where nothing is."""
    return "" if fits(often, least=LEAST, most=MOST) else "often_unfit"


@dataclass(frozen=True, slots=True)
class Telling:
    """One report: what (an item's id), where, and into which case it was merged."""

    number: int
    item: int | None
    place: str
    at: tuple[float, float] | None = None
    into: int | None = None


def demands(tellings: Sequence[Telling], *, metres: int) -> list[tuple[int, ...]]:
    """Which of one teller's tellings are one demand, by their numbers: in the order given, each in one.

    One demand is what was merged, and the same item at the same place: within the metres, or where a position is
    wanting in the same community. What is like a like one belongs to them.
    """
    groups: list[list[Telling]] = []
    for one in tellings:
        same = [group for group in groups if any(_same(one, other, metres) for other in group)]
        if not same:
            groups.append([one])
            continue
        first, *others = same
        first += [*(telling for group in others for telling in group), one]
        groups = [group for group in groups if not any(group is other for other in others)]
    order = {one.number: at for at, one in enumerate(tellings)}
    return [tuple(sorted((one.number for one in group), key=order.__getitem__)) for group in groups]


def _same(one: Telling, other: Telling, metres: int) -> bool:
    if one.into in {other.number, other.into or 0} or other.into == one.number:
        return True
    if one.item is None or one.item != other.item:
        return False
    if one.at and other.at:
        return metres_between(*one.at, *other.at) <= metres
    return len(one.place) >= _COMMUNITY and one.place[:_COMMUNITY] == other.place[:_COMMUNITY]
