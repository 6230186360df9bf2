"""Time limits as the field writes them, and back.

"4小时" and "1天" run on the working clock (a day is 8 working hours), "2紧急工作时" and "2紧急工作日" day and night.
"""

import re
from dataclasses import dataclass

from yiwang.catalogue.rules.content import Stage, Urgency
from yiwang.plumbing.worktime.rules import Promise, Unit

# Each unit of a promise with its words, the first being the one we write.
_WORDS = {
    (Unit.HOUR, False): ("紧急工作时", "紧急工作小时", "自然小时", "running hours", "running hour"),
    (Unit.DAY, False): ("紧急工作日", "紧急工作天", "自然日", "自然天", "日历日", "running days", "running day"),
    (Unit.HOUR, True): ("小时", "工作小时", "工作时", "working hours", "working hour"),
    (Unit.DAY, True): ("天", "工作日", "日", "working days", "working day"),
}
_UNITS = {word: unit for unit, words in _WORDS.items() for word in words}
_AMOUNT = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_READ = re.compile(rf"{_AMOUNT}\s*个?({'|'.join(sorted(_UNITS, key=len, reverse=True))})([^0-9]{{0,20}})")
_WRITTEN = "|".join(words[0] for words in _WORDS.values())

LIMIT_FORM = rf"^{_AMOUNT.replace('?:', '')}({_WRITTEN})[^0-9]{{0,20}}$"
"""What a limit that we wrote looks like, for the database's own check."""


class NotALimit(ValueError):  # noqa: N818 - a verdict, worded by the room that asked
    """The text does not say so many hours or days."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A promise, and what else the list said about it ("1紧急工作时制止": to be stopped within one running hour)."""

    promise: Promise
    remark: str = ""


def read_limit(text: str) -> Limit:
    """Read a limit in the field's way of writing. Raises `NotALimit` for anything else, and for no time at all."""
    found = _READ.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise NotALimit(text)
    unit, working = _UNITS[found[2]]
    return Limit(Promise(float(found[1]), unit, working), found[3].strip())


def write_limit(limit: Limit) -> str:
    """The limit as the field writes it; reading it again gives the same. Amounts have at most two decimals."""
    promise = limit.promise
    amount = f"{promise.amount:.2f}".rstrip("0").rstrip(".")
    return f"{amount}{_WORDS[promise.unit, promise.working][0]}{limit.remark}"


_USUAL = {
    Urgency.ROUTINE: ("1天", "5天", "2天", "3天"),
    Urgency.SOON: ("4小时", "3天", "1天", "2天"),
    Urgency.URGENT: ("2小时", "1天", "1天", "1天"),
    Urgency.EMERGENCY: ("0.5紧急工作时", "2紧急工作时", "4紧急工作时", "1天"),
}


def usual_limits(urgency: Urgency) -> dict[Stage, str]:
    """The limits of an item that names none: they are written into its version, so that they never move later."""
    return dict(zip(Stage, _USUAL[urgency], strict=True))
