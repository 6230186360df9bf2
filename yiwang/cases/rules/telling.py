"""What is told: how it is masked, how it is cut into what can be searched, and which times can be true."""

import re
import unicodedata
from datetime import datetime, timedelta
from operator import add

from yiwang.cases.rules.life import OPEN, WAITING, State

LONGEST_TEXT = 5000
OLDEST_REPORT = timedelta(days=30)
CLOCK_MAY_BE_AHEAD = timedelta(minutes=10)
_SEARCHED = 2000
_SHORT_RUN = 3
_PREFIX = re.compile(r"^(?:\+|00)86")
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)", re.ASCII)
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)", re.ASCII)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def masked_name(name: str) -> str:
    """A name of which only the first character shows: 蓝**."""
    return f"{name[0]}**" if name else ""


def masked_phone(phone: str) -> str:
    """A phone number of which the middle is hidden: 138****0001; short ones show their last two digits."""
    if not phone:
        return ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 10 else f"****{phone[-2:]}"


def masked_text(text: str) -> str:
    """A told text without the mobile phone and identity card numbers in it: of each the middle is hidden."""
    return _MOBILE.sub(r"\1****\2", _ID_NUMBER.sub(r"\1********\2", text))


def plain_phone(phone: str) -> str:
    """A phone number as it is known again however it was typed: without spaces, hyphens and China's prefix."""
    return _PREFIX.sub("", re.sub(r"[\s()\-]", "", phone))


def has_it(state: State, *, lead: int | None, keeper: int | None) -> int | None:
    """Which post has a case: on a desk whoever answers for it until another signs, afterwards the lead."""
    return keeper if state in WAITING else lead


def time_fault(told: datetime, now: datetime) -> str:
    """Why a report cannot have been told then, as a refusal's code: phones keep reports for days, not for years."""
    if told > now + CLOCK_MAY_BE_AHEAD:
        return "told_in_the_future"
    return "told_too_long_ago" if told < now - OLDEST_REPORT else ""


def words_of(text: str) -> list[str]:
    """What a text can be found by: every pair of neighbouring Chinese characters, every Latin word or number."""
    found: dict[str, None] = {}
    for run in _RUN.findall(unicodedata.normalize("NFKC", text[:_SEARCHED]).lower()):
        if _HAN.match(run):
            pairs = map(add, run, run[1:]) if len(run) > 1 else (run,)
            found.update(dict.fromkeys(pairs))
        else:
            found[run[:40]] = None
    return list(found)


def sought_of(text: str) -> list[str]:
    """What a search for a text asks for: all pairs of its short runs, of long ones those that hold every character.

    A single character begins a pair, and is written with a star; it is asked for only where there is nothing longer.
    Empty where nothing can be searched for. Beside the star only Chinese characters, letters and digits get into it.
    """
    runs = _RUN.findall(unicodedata.normalize("NFKC", text[:_SEARCHED]).lower())
    words = dict.fromkeys(word for run in runs for word in (_pairs_asked(run) if _HAN.match(run) else (run[:40],)))
    long = [word for word in words if len(word) > 1]
    return long or [f"{word}*" for word in words]


def _pairs_asked(run: str) -> list[str]:
    """The pair across two words finds a short phrase; of a long one every other says enough, and costs half."""
    last = max(0, len(run) - 2)
    return [run[at : at + 2] for at in (*range(0, last, 1 if len(run) <= _SHORT_RUN else 2), last)]


def promise_counts(state: State) -> bool:
    """Whether a reporter is told until when: nothing runs while a case waits, or once it is said to be done."""
    return state in {*WAITING, State.DISPATCHED, State.IN_HAND, State.SPLIT}


def urging_helps(state: State) -> bool:
    """Whether a reporter is offered to urge: not where it is the reporter who is waited for, or it ends by itself."""
    return state in OPEN - {State.CHECKED, State.CALLED_BACK}
