"""The law of signs: what is noticed, from which figures on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.figures.rules import fits

# How many bits tell how a photo looks.
BITS = 64


class Kind(StrEnum):
    """What was noticed."""

    QUICK = "quick"  # finished minutes after signing
    PHOTO = "photo"  # the photo that shows it done, showed another case done
    AGAIN = "again"  # closed again and again at the same place
    DEVICE = "device"  # the reporter's satisfaction came from where the handler sits


class Sameness(StrEnum):
    """How much says that a rating came from the handler's own device."""

    SIGNED_IN = "signed_in"  # the handler was signed in in the browser that gave it
    ADDRESS = "address"  # the same address and the same kind of browser as one of the handler's sessions


@dataclass(frozen=True, slots=True)
class Tolerances:
    """From when on something is a sign; 0 leaves a kind out.

    `minutes` from signing to finishing; `bits` of 64 by which two prints of one photo may differ, and for how many
    `photo_days` a photo is remembered; `times` closed at the same place (within `metres`, or where no position is
    known in the same community) within `days`.
    """

    minutes: int = 5
    bits: int = 8
    photo_days: int = 365
    times: int = 3
    metres: int = 50
    days: int = 30


LEAST = Tolerances(minutes=0, bits=0, photo_days=0, times=0, metres=0, days=0)
MOST = Tolerances(minutes=1440, bits=16, photo_days=1830, times=100, metres=5000, days=366)


def tolerances_fault(tolerances: Tolerances) -> str:
    """What is wrong with thresholds, as a refusal's code; empty where nothing is."""
    if not fits(tolerances, least=LEAST, most=MOST):
        return "tolerances_unfit"
    return "closed_once_is_no_sign" if tolerances.times == 1 else ""


def minutes_between(signed: datetime, finished: datetime) -> int:
    """Whole minutes from signing to finishing; what is begun does not count."""
    return int((finished - signed) / timedelta(minutes=1))


def is_quick(signed: datetime | None, finished: datetime, tolerances: Tolerances) -> bool:
    """Whether it was finished within the minutes of being signed for."""
    return (
        signed is not None
        and tolerances.minutes > 0
        and timedelta() <= finished - signed <= timedelta(minutes=tolerances.minutes)
    )


def looks_same(bits: int, tolerances: Tolerances) -> bool:
    """Whether photos whose looks differ in so many bits pass for prints of one."""
    return bits <= tolerances.bits


def is_again(times: int, tolerances: Tolerances) -> bool:
    """Whether so many closings at one place, this one among them, are a sign."""
    return bool(tolerances.times) and times >= tolerances.times
