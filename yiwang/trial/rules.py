"""How a day is played: at which speeds, in which beats, and how many reports have come in by which hour."""

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate

SPEEDS = (5, 15, 60)
"""In how many minutes a day may be played."""
HOURS = (1, 1, 1, 1, 1, 2, 4, 9, 16, 18, 17, 14, 9, 9, 13, 15, 15, 13, 11, 9, 8, 6, 3, 2)
"""How much is told in each hour of a day, measured against the others."""
FIRST_HOUR, LAST_HOUR = 6, 22
"""A day is played from this hour to that."""
REPORTS = 60
"""How many reports come in on a played day."""
MOST_AT_ONCE = 6
"""No beat tells of more, however long the beat before it is ago."""
_BEATS = {5: timedelta(seconds=5), 15: timedelta(seconds=10), 60: timedelta(seconds=20)}


class Ending(StrEnum):
    """Why a day is not played any more."""

    OVER = "over"  # it was played to its end
    STOPPED = "stopped"
    REAL = "real"  # this is no demonstration any more


def beat_of(minutes: int) -> timedelta:
    """How long it is from one beat to the next at this speed; refused speeds have none."""
    return _BEATS[minutes]


def share_of(begun: datetime, minutes: int, now: datetime) -> float:
    """How much of the day has been played by now, of one."""
    return min(1.0, max(0.0, (now - begun) / timedelta(minutes=minutes)))


def clock_at(share: float) -> str:
    """What the clock of the played day shows, in quarters of an hour."""
    quarters = int(share * (LAST_HOUR - FIRST_HOUR) * 4)
    return f"{FIRST_HOUR + quarters // 4:02}:{quarters % 4 * 15:02}"


def told_by(share: float) -> int:
    """How many reports have come in when so much of the day has been played."""
    sums = [0, *accumulate(HOURS[FIRST_HOUR:LAST_HOUR])]
    hour, part = divmod(share * (LAST_HOUR - FIRST_HOUR), 1)
    at = int(hour)
    so_far = sums[at] + part * (sums[min(at + 1, len(sums) - 1)] - sums[at])
    return round(REPORTS * so_far / sums[-1])


def moves_on(minutes: int) -> float:
    """How likely a case of the day moves on in one beat: each of its steps takes about a twelfth of the day."""
    return min(1.0, beat_of(minutes) / timedelta(minutes=minutes) * 12)
