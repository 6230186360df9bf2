"""The law of load: how many minutes what is asked takes, when it is too much, and what was asked twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yiwang.figures.rules import fits


class Kind(StrEnum):
    """What is asked of a grid worker."""

    REPORT = "report"  # what they brought in
    CHECK = "check"  # to look whether others' work is done
    TASK = "task"  # to deal with a case, to help, or to come to the spot
    ANSWER = "answer"  # to say once more what they have reported
    FORM = "form"  # to fill in something


class Repeated(StrEnum):
    """How the same was asked twice."""

    QUESTIONS = "questions"  # two questions about one report
    GIVEN = "given"  # one case given to the same post twice, or whistled for besides


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long one of each kind takes, in minutes, and how many a week may hold; 0: no limit is set."""

    report: int = 5
    check: int = 15
    task: int = 45
    answer: int = 5
    form: int = 15
    most: int = 1200

    def of(self, kind: Kind) -> int:
        """The minutes of one asking of this kind."""
        return int(getattr(self, kind.value))


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that was asked of a person so many times, by a unit (0: by nobody in particular).

    `minutes`: how long one takes where it says so itself, else 0. `case`: the number of the case or of the form.
    """

    person: int
    kind: Kind
    unit: int = 0
    times: int = 1
    case: int = 0
    minutes: int = 0


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def minutes_of(counts: Mapping[Kind, int], minutes: Minutes) -> int:
    """How long all that was asked takes."""
    return sum(times * minutes.of(kind) for kind, times in counts.items())


def is_over(total: int, minutes: Minutes) -> bool:
    """Whether so many minutes are more than a week may hold."""
    return 0 < minutes.most < total


def counted(askings: Iterable[Asking]) -> Counter[tuple[int, Kind, int]]:
    """How often what was asked of whom by which unit."""
    found: Counter[tuple[int, Kind, int]] = Counter()
    for asking in askings:
        found[asking.person, asking.kind, asking.unit] += asking.times
    return found


def minutes_said(askings: Iterable[Asking]) -> Counter[tuple[int, Kind, int]]:
    """How long what says its own time takes, by whom and which unit it was asked."""
    found: Counter[tuple[int, Kind, int]] = Counter()
    for asking in askings:
        found[asking.person, asking.kind, asking.unit] += asking.times * asking.minutes
    return found


def asked_twice(askings: Iterable[Asking]) -> Iterator[tuple[int, int, Repeated, int]]:
    """Person, case, how and how often: questions about one report, or one case given to the same person again."""
    found: Counter[tuple[int, int, Repeated]] = Counter()
    for asking in askings:
        if asking.case and (repeated := _REPEATED.get(asking.kind)):
            found[asking.person, asking.case, repeated] += asking.times
    return ((*which, times) for which, times in found.items() if times > 1)


_REPEATED = {Kind.ANSWER: Repeated.QUESTIONS, Kind.TASK: Repeated.GIVEN}


def minutes_fault(minutes: Minutes) -> str:
    """What is wrong with these figures, as a refusal's code; empty where nothing is."""
    return "" if fits(minutes, least=LEAST, most=MOST) else "minutes_unfit"


MOST_MINUTES = 480
MOST_A_WEEK = 7 * 24 * 60
LEAST = Minutes(report=0, check=0, task=0, answer=0, form=0, most=0)
MOST = Minutes(
    report=MOST_MINUTES, check=MOST_MINUTES, task=MOST_MINUTES, answer=MOST_MINUTES, form=MOST_MINUTES,
    most=MOST_A_WEEK,
)  # fmt: skip
