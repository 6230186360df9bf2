"""The law of forms: what may be asked, when the same is asked again, what is known anyway, what came of it."""

import calendar
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from statistics import median

from yiwang.figures.rules import fits
from yiwang.plumbing.lifecycle import Life, move

LONGEST_TITLE, LONGEST_WHY, LONGEST_QUESTION, LONGEST_ANSWER = 60, 300, 120, 500
MOST_QUESTIONS, MOST_CHOICES, MOST_MINUTES = 30, 12, 480
LARGEST_NUMBER, MOST_DECIMALS = 10**12 - 1, 4
LONGEST_OPEN = timedelta(days=92)
# Who is late may still send in; then the form closes by itself.
GRACE = timedelta(days=3)
REMINDED_BEFORE = timedelta(days=1)
# A series ends within a year: who wants it longer asks again, and it is looked at again.
LONGEST_SERIES = timedelta(days=366)
# Whoever is asked finds a round in the morning, and no telephone rings at midnight.
ROUND_OPENS = time(8)


class Kind(StrEnum):
    """What is answered with."""

    TEXT = "text"
    NUMBER = "number"
    YES = "yes"
    ONE = "one"  # one of several
    DAY = "day"


class Every(StrEnum):
    """How often a form comes round."""

    WEEK = "week"
    MONTH = "month"


class State(StrEnum):
    """Where a form stands, and a series of forms; that its time is over is said by its date."""

    ASKED = "asked"
    WITHDRAWN = "withdrawn"  # by who asked
    STOPPED = "stopped"  # by who supervises 取消报表
    LAPSED = "lapsed"  # the post that asked a series, or its place, is no more, and none stands in its stead


class Capacity(StrEnum):
    """As whom somebody acts towards a form; `access` says who is what."""

    ASKER = "asker"  # asks for the unit whose form it is
    SUPERVISOR = "supervisor"  # supervises the whole ground on which it is asked
    CLOCK = "clock"  # the platform by itself


S, C = State, Capacity
LIFE: Life[State, Capacity] = Life(
    S.ASKED,
    move("remind", out_of={S.ASKED}, by={C.ASKER}),
    move("withdraw", out_of={S.ASKED}, into=S.WITHDRAWN, by={C.ASKER}, needs={"reason"}),
    move("stop", out_of={S.ASKED}, into=S.STOPPED, by={C.SUPERVISOR}, needs={"reason"}),
    move("lapse", out_of={S.ASKED}, into=S.LAPSED, by={C.CLOCK}, needs={"reason"}),
)


class Known(StrEnum):
    """What the platform knows without asking anybody."""

    CASES = "cases"  # how many matters were told, dealt with, closed
    CREW = "crew"  # who is in charge where


@dataclass(frozen=True, slots=True)
class Likeness:
    """From which likeness on (in percent) two questions ask the same, and how many days a question is remembered."""

    percent: int = 60
    days: int = 90

    def is_same(self, one: str, other: str) -> bool:
        """Whether two questions ask the same."""
        return likeness(one, other) * 100 >= self.percent


USUAL = Likeness()
# Below that any two questions would be the same; and what was asked two years ago is out of date.
LEAST, MOST = Likeness(percent=30, days=1), Likeness(percent=100, days=730)
# A question with all words of one of these lines asks what stands there anyway.
KNOWN_BY: tuple[tuple[Known, tuple[str, ...]], ...] = (
    (Known.CASES, ("事件", "数")),
    (Known.CASES, ("事件", "几件")),
    (Known.CASES, ("办结", "数")),
    (Known.CASES, ("办结率",)),
    (Known.CASES, ("上报", "件")),
    (Known.CREW, ("网格员", "姓名")),
    (Known.CREW, ("网格长", "姓名")),
    (Known.CREW, ("院长", "姓名")),
    (Known.CREW, ("负责人", "姓名")),
)
# Said around a question, and no part of it.
_AROUND = (
    "请问", "请填写", "请填报", "请上报", "请统计", "填写", "填报", "上报", "统计", "您", "你", "本网格", "所在网格",
    "辖区内", "辖区", "网格内", "目前", "现在", "截至", "一共", "总共", "共有", "共", "有", "的", "是", "了",
    "吗", "呢", "情况", "数量", "人数", "户数", "多少", "几",
)  # fmt: skip
# What is counted in such a unit is the same without it.
_COUNTERS = "口个户人位名套件处家间台辆亩次"
_GRAM = 2


@dataclass(frozen=True, slots=True)
class Asks:
    """A question: `unit` of a number, `choices` of one of several."""

    text: str
    kind: Kind
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounds:
    """That a form comes round: how often, and on which day it is asked for the last time at the latest."""

    every: Every
    last: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form as it is written: where, what, why, how long it takes (minutes), until when. `role`: of which posts.

    Where it comes round (`rounds`), `due_at` is that of the first one, and each has as many days.
    """

    place: str
    title: str
    why: str
    minutes: int
    due_at: datetime
    questions: tuple[Asks, ...]
    role: str = ""
    rounds: Rounds | None = None


@dataclass(slots=True)
class Summed:
    """What came of one question: how many answered, how often each answer, the sum of numbers."""

    answered: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    total: Decimal = Decimal(0)


def normalised(text: str) -> str:
    """A question without what is only said around it: one width, no marks, no polite words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(sign for sign in folded if sign.isalnum())
    bare = kept
    for words in _AROUND:
        bare = bare.replace(words, "")
    return bare.rstrip(_COUNTERS) or bare or kept


def likeness(one: str, other: str) -> float:
    """How alike two questions are, from 0 to 1: pairs of neighbouring characters that both have (Dice)."""
    mine, theirs = _grams(normalised(one)), _grams(normalised(other))
    both = sum((mine & theirs).values())
    return 2 * both / (mine.total() + theirs.total()) if mine and theirs else 0.0


def known_anyway(text: str) -> Known | None:
    """What the platform knows that answers this question, if anything."""
    said = unicodedata.normalize("NFKC", text)
    return next((known for known, words in KNOWN_BY if all(word in said for word in words)), None)


def _grams(text: str) -> Counter[str]:
    padded = f"^{text}$" if text else ""
    return Counter(padded[at : at + _GRAM] for at in range(len(padded) - 1))


def likeness_fault(wanted: Likeness) -> str:
    """What is wrong with these figures, as a refusal's code; empty where nothing is."""
    return "" if fits(wanted, least=LEAST, most=MOST) else "likeness_unfit"


def form_fault(wanted: Wanted, now: datetime) -> str:
    """What keeps a form from being asked, as a refusal's code; empty where nothing does."""
    if not 0 < len(wanted.title.strip()) <= LONGEST_TITLE:
        return "form_title_unfit"
    if not 0 < len(wanted.why.strip()) <= LONGEST_WHY:
        return "form_lacks_why"
    if not 0 < wanted.minutes <= MOST_MINUTES:
        return "form_minutes_unfit"
    if not now < wanted.due_at <= now + LONGEST_OPEN:
        return "form_due_unfit"
    if not 0 < len(wanted.questions) <= MOST_QUESTIONS:
        return "form_lacks_questions"
    return next((fault for one in wanted.questions if (fault := question_fault(one))), "")


def question_fault(one: Asks) -> str:
    """What keeps a question from being asked, as a refusal's code; empty where nothing does."""
    if not 0 < len(one.text.strip()) <= LONGEST_QUESTION:
        return "question_unfit"
    several = len(set(one.choices))
    if one.kind is Kind.ONE and not (2 <= several == len(one.choices) <= MOST_CHOICES):
        return "question_choices_unfit"
    return ""


def round_days(first: date, rounds: Rounds | None) -> list[date]:
    """The days on which rounds are asked, from the first on: that day of the week, or of the month (or its last)."""
    if rounds is None:
        return [first]
    last = min(rounds.last, first + LONGEST_SERIES)
    found = [first]
    while (day := _later(first, rounds.every, len(found))) <= last:
        found.append(day)
    return found


def _later(first: date, every: Every, times: int) -> date:
    if every is Every.WEEK:
        return first + timedelta(weeks=times)
    # Counted from the first one, so that a thirty-first comes back after February.
    year, month = divmod(first.year * 12 + first.month - 1 + times, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def rounds_fault(rounds: Rounds, first: date, due: date) -> str:
    """What keeps a form from coming round, as a refusal's code: fewer than two rounds, too long, or overlapping."""
    days = round_days(first, rounds)
    if len(days) < 2 or rounds.last > first + LONGEST_SERIES:
        return "series_end_unfit"
    gap = min(later - one for one, later in pairwise(days))
    return "series_overlaps" if due - first >= gap else ""


def round_of(days: Sequence[date], today: date, takes: timedelta) -> int | None:
    """Which round (from 1) is to be filled in on this day; `takes`: from its day to its due day. None between two."""
    begun = [number for number, day in enumerate(days, 1) if day <= today <= day + takes]
    return begun[-1] if begun else None


def next_round(days: Sequence[date], today: date) -> date | None:
    """The day of the next round after today; None where none is left."""
    return next((day for day in days if day > today), None)


def closes_at(due_at: datetime, following: datetime | None) -> datetime:
    """When a form closes by itself: some days after it is due, and before the next round opens."""
    return min(due_at + GRACE, following or due_at + GRACE)


def answer_fault(one: Asks, said: str) -> str:
    """What is wrong with an answer, as a refusal's code; empty where nothing is. Nothing said is never an answer."""
    text = said.strip()
    if not text:
        return "number_missing" if one.kind is Kind.NUMBER else "answer_missing"
    if one.kind is Kind.NUMBER:
        return _number_fault(_number(text))
    if one.kind is Kind.DAY:
        return "" if _day(text) else "answer_no_day"
    if one.kind is Kind.TEXT:
        return "" if len(text) <= LONGEST_ANSWER else "answer_too_long"
    return "" if text in (("yes", "no") if one.kind is Kind.YES else one.choices) else "answer_not_offered"


def read_answer(one: Asks, said: str) -> str | None:
    """An answer as it is kept; None where it does not answer such a question."""
    if answer_fault(one, said):
        return None
    text = said.strip()
    if one.kind is Kind.NUMBER and (found := _number(text)) is not None:
        return format(found.normalize(), "f")
    return _day(text) if one.kind is Kind.DAY else text


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(unicodedata.normalize("NFKC", text))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _number_fault(found: Decimal | None) -> str:
    if found is None:
        return "answer_no_number"
    if abs(found) > LARGEST_NUMBER:
        return "number_too_large"
    return "" if found == round(found, MOST_DECIMALS) else "number_too_fine"


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def summed(one: Asks, answers: Iterable[str | None]) -> Summed:
    """What came of a question: of each worker's newest answer."""
    found = Summed()
    for said in answers:
        if said is not None:
            found.answered += 1
            found.counts[said] += 1
            found.total += Decimal(said) if one.kind is Kind.NUMBER else 0
    return found


def newest(returns: Iterable[tuple[int, int, Mapping[str, str]]]) -> dict[int, Mapping[str, str]]:
    """Of returns (number, person, answers) the last of each person: the greatest number."""
    return {person: answers for _number, person, answers in sorted(returns, key=lambda one: one[0])}


def really_takes(minutes: Sequence[int], estimated: int) -> int:
    """How long it takes, in minutes: the median of what it took, and while nobody has returned it the estimate."""
    return round(median(minutes)) if minutes else estimated


def reminded_from(asked_at: datetime, due_at: datetime) -> datetime:
    """From when on one is reminded of a form: a day before it is due; of a short one, when half its time is over."""
    return max(due_at - REMINDED_BEFORE, asked_at + (due_at - asked_at) / 2)


def is_open(state: State, closes_at: datetime, now: datetime) -> bool:
    """Whether something can still be sent in."""
    return state is State.ASKED and now < closes_at
