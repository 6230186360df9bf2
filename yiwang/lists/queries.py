"""What can be asked of the four lists, each for whoever looks after the ground or deals with it in a unit.

Figures are rows of `insight.Outcome`, a few for each problem; what is overdue is read out of the index of the open,
orders and committees are asked by the numbers of the cases they are about. No list walks the cases of a place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber
from django.utils import timezone

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules.numbers import number_of
from yiwang.insight.models import BECAME, Counted
from yiwang.insight.models import Outcome as Row
from yiwang.insight.rules.outcomes import WHOLE, Became
from yiwang.lists import access
from yiwang.lists.models import Measure
from yiwang.lists.rules import FIGURES, Beside, Period
from yiwang.meetings.models import LastItem
from yiwang.people.roster import roster
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import lies_in
from yiwang.supervision.models import Order
from yiwang.supervision.rules.orders import Kind

MEASURES_SHOWN = 3
MOST_MEASURES = 100
MOST_PRESSING = 10
_COUNTY = 6
_TIMES = "coalesce((outcome->%s->>%s)::int, 0)"
Sums = dict[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """The lists of a place (its code) for a period; with a unit (its id) only what that had to do there."""

    place: str
    period: Period
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Bearer:
    """A unit (its id) that had cases of a problem."""

    unit: int
    sums: Sums

    @property
    def told(self) -> int:
        """How many it was given to lead."""
        return self.sums.get(Became.TOLD, 0)

    @property
    def helped(self) -> int:
        return self.sums.get(Became.HELPED, 0)


@dataclass(frozen=True, slots=True)
class Leader:
    """Whom an order or a committee named for a case of a problem, in which post, and until when."""

    case: int
    owner: str
    post: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """A measure, and how it ended, if it has: when, why, by whom (a subject, and the post).

    `around`: written for ground around that of the list, a county's for a town: it holds here too.
    """

    measure: Measure
    around: bool
    ended_at: datetime | None
    ended_text: str | None
    ended_by: str | None
    ended_post: int | None


@dataclass(slots=True)
class Problem:
    """An item (its id, 0 for what nobody has named yet) with its figures, and what stands beside them in words."""

    item: int
    sums: Sums = field(default_factory=dict)
    bearers: list[Bearer] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    measures: list[Written] = field(default_factory=list)
    more_measures: bool = False

    @property
    def told(self) -> int:
        return self.sums.get(Became.TOLD, 0)

    @property
    def spot(self) -> int:
        """How many were settled where they were found."""
        return self.sums.get(Became.SPOT, 0)


@dataclass(frozen=True, slots=True)
class Lists:
    """The problems, those with the most overdue first, then the most told; and the sums over all of them."""

    asked: Asked
    problems: list[Problem]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Behind:
    """A case (its number) that a figure counts, and how often: a case told of three times was told again twice."""

    number: int
    times: int


def measures_visible_to(actor: Actor) -> QuerySet[Measure]:
    """The measures on ground whose lists the actor sees, and those of their own units."""
    own = {post for unit in access.units(actor) for post in roster().of_unit(unit)}
    return Measure.objects.filter(lies_in("place", access.grounds(actor)) | Q(post__in=own))


def lists(actor: Actor, asked: Asked, *, now: datetime, item: int | None = None) -> Lists:
    """The four lists. There are none of ground, or of a unit, that is not the actor's to see.

    With an item (its id) of this problem alone, with all its measures.
    """
    if not access.sees(actor, asked.place, asked.unit):
        raise Unseen("no_such_list")
    found: dict[int, Problem] = {}
    for row in _rows(asked, item):
        problem = found.setdefault(row.item, Problem(row.item))
        _take(problem, row, asked.unit)
    _count_overdue(found, asked, now)
    _name_leaders(found, asked)
    shown = MEASURES_SHOWN if item is None else MOST_MEASURES
    for written in _written(asked, item, shown):
        # What a county does about something of which nobody told here is no measure of this place.
        if written.around and item is None and written.measure.item_id not in found:
            continue
        problem = found.setdefault(written.measure.item_id, Problem(written.measure.item_id))
        problem.more_measures = len(problem.measures) == shown
        problem.measures.append(written)
        del problem.measures[shown:]
    for problem in found.values():
        problem.bearers.sort(key=lambda one: (-one.told, -one.helped, one.unit))
    problems = sorted(found.values(), key=_worst_first)
    return Lists(asked, problems, _total(problems))


def behind(
    actor: Actor, asked: Asked, figure: str, *, now: datetime, before: int, most: int, item: int | None = None
) -> list[Behind]:
    """The cases that a figure (a name of `rules.FIGURES`) counts, the newest numbers first, those below `before`.

    One more than `most` comes where more follow. Whether a case may be opened is asked of the loop.
    """
    if not access.sees(actor, asked.place, asked.unit) or figure not in FIGURES:
        raise Unseen("no_such_list")
    found = _cohort(asked, item).filter(number__lt=before, number__gte=_numbers(asked)[0])
    if figure == Beside.OVERDUE:
        found = _overdue(found, asked, now).annotate(times=_one())
    elif figure in _TAKEN_UP:
        found = found.filter(number__in=_taken_up(figure, asked).values("case")).annotate(times=_one())
    else:
        found = found.annotate(times=_times(asked, figure)).filter(times__gt=0)
    lines = found.order_by("-number").values_list("number", "times")[: most + 1]
    return [Behind(number, times) for number, times in lines]


def most_pressing(actor: Actor, asked: Asked, item: int) -> list[Case]:
    """The open cases of a problem that the actor may open, those that are due first before the others."""
    there = _cohort(asked, item).filter(is_open=True).order_by(F("next_due_at").asc(nulls_last=True), "number")
    there = there.filter(unit=asked.unit) if asked.unit else there
    numbers = list(there.values_list("number", flat=True)[:MOST_PRESSING])
    seen = cases.visible_to(actor).filter(number__in=numbers, county=asked.place[:6]).in_bulk() if numbers else {}
    return [seen[number] for number in numbers if number in seen]


def post_to_end(actor: Actor, measure: Measure) -> int | None:
    """The post in which the actor may end a measure: as for the place, or in the unit that wrote it."""
    line = roster().get(measure.post_id)
    own = access.writes_in(actor, measure.place, line.unit) if line else None
    return own or access.writes_in(actor, measure.place)


def _rows(asked: Asked, item: int | None) -> QuerySet[Row]:
    found = Row.objects.filter(county=asked.place[:6], place=asked.place, month__in=asked.period.months_in_it)
    found = found.filter(unit=asked.unit) if asked.unit else found
    return found if item is None else found.filter(item=item)


def _take(problem: Problem, row: Row, unit: int) -> None:
    sums = {name: n for name in BECAME if (n := getattr(row, name))}
    if row.unit == unit:
        _add(problem.sums, sums)
    elif sums:
        bearer = next((one for one in problem.bearers if one.unit == row.unit), None)
        if bearer is None:
            problem.bearers.append(bearer := Bearer(row.unit, {}))
        _add(bearer.sums, sums)


def _add(sums: Sums, more: Mapping[str, int]) -> None:
    for name, n in more.items():
        sums[name] = sums.get(name, 0) + n


def _count_overdue(found: Mapping[int, Problem], asked: Asked, now: datetime) -> None:
    late = _overdue(_cohort(asked, None), asked, now).order_by().values("item")
    for line in late.annotate(n=Count("number")):
        if line["item"] in found:
            found[line["item"]].sums[Beside.OVERDUE.value] = line["n"]


def _overdue(cohort: QuerySet[Counted], asked: Asked, now: datetime) -> QuerySet[Counted]:
    late = cohort.filter(is_open=True, next_due_at__lt=now)
    return late.filter(unit=asked.unit) if asked.unit else late


def _cohort(asked: Asked, item: int | None) -> QuerySet[Counted]:
    """The cases that the lists are of, as they are counted."""
    begin, end = _span(asked.period)
    key = str(asked.unit or WHOLE)
    there = Counted.objects.filter(
        lies_in("place", [asked.place]), county=asked.place[:6], opened_at__gte=begin, opened_at__lt=end,
        outcome__has_key=key,
    )  # fmt: skip
    return there if item is None else there.filter(item=item)


def _span(period: Period) -> tuple[datetime, datetime]:
    def begin(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.min))

    return begin(period.first), begin(period.last + timedelta(days=1))


def _numbers(asked: Asked) -> tuple[int, int]:
    """Between which numbers its cases lie: a number tells the county and the year in which it was told.

    What was told in a year's last days may have been received in the next one.
    """
    county, period = asked.place[:6], asked.period
    after = date(period.last.year + 1, 1, 1)
    return number_of(county, period.first - timedelta(days=31), 0), number_of(county, after, 0)


def _times(asked: Asked, figure: str) -> RawSQL:
    given = [str(asked.unit or WHOLE), figure]
    return RawSQL(_TIMES, given, output_field=IntegerField())  # noqa: S611 - a text of our own, values by parameter


def _one() -> Value:
    return Value(1, output_field=IntegerField())


_TAKEN_UP = frozenset({Beside.ORDERED.value, Beside.LISTED.value, Beside.TABLED.value})


def _taken_up(figure: str, asked: Asked) -> QuerySet[Any]:
    """The orders or last items of an agenda that are about cases with such numbers."""
    low, high = _numbers(asked)
    about = {"county": asked.place[:6], "case__gte": low, "case__lt": high}
    if figure == Beside.TABLED:
        return LastItem.objects.filter(lies_in("place", [asked.place]), **about)
    kind = Kind.LISTED if figure == Beside.LISTED else Kind.ORDER
    return Order.objects.filter(lies_in("place", [asked.place]), kind=kind, **about)


def _name_leaders(found: Mapping[int, Problem], asked: Asked) -> None:
    """How many cases were ordered, listed and tabled; and whoever answers for one of them by name."""
    columns = ("case", "owner", "post", "due_at", "ended_at", "figure")
    each = [
        _taken_up(figure, asked).annotate(figure=Value(figure)).values_list(*columns) for figure in sorted(_TAKEN_UP)
    ]
    taken = list(each[0].union(*each[1:], all=True))
    there = _cohort(asked, None).filter(number__in={line[0] for line in taken}) if taken else Counted.objects.none()
    items = dict(there.values_list("number", "item"))
    counted: set[tuple[str, int]] = set()
    for case, owner, post, due_at, ended_at, figure in taken:
        problem = found.get(items.get(case, -1))
        if problem is None:
            continue
        if (figure, case) not in counted:
            counted.add((figure, case))
            _add(problem.sums, {figure: 1})
        if owner and ended_at is None:
            problem.leaders.append(Leader(case, owner, post, due_at))
    for problem in found.values():
        problem.leaders.sort(key=lambda one: (one.until, one.case))


def _written(asked: Asked, item: int | None, most: int) -> Iterable[Written]:
    """What was written in the place or around it and not ended before the period; one more than `most` of each item.

    The place's own before what holds there too, the newest first.
    """
    begin, end = _span(asked.period)
    around = [asked.place[:length] for length in range(_COUNTY, len(asked.place))]
    its_end = Measure.objects.filter(county=OuterRef("county"), ends=OuterRef("pk"))
    there = Measure.objects.filter(
        lies_in("place", [asked.place]) | Q(place__in=around), ~Exists(its_end.filter(at__lt=begin)),
        county=asked.place[:6], at__lt=end, ends=None,
    ).annotate(around=ExpressionWrapper(Q(place__in=around), BooleanField()))  # fmt: skip
    there = there.filter(post__in=roster().of_unit(asked.unit)) if asked.unit else there
    there = there if item is None else there.filter(item=item)
    rank = Window(RowNumber(), partition_by=F("item"), order_by=(F("around"), F("at").desc(), F("pk").desc()))
    found = there.annotate(
        rank=rank, over_at=_of(its_end, "at"), over_text=_of(its_end, "text"), over_author=_of(its_end, "author"),
        over_post=_of(its_end, "post"),
    ).filter(rank__lte=most + 1).order_by("item", "around", "-at", "-pk")  # fmt: skip
    return [Written(one, one.around, one.over_at, one.over_text, one.over_author, one.over_post) for one in found]


def _of(its_end: QuerySet[Measure], name: str) -> Subquery:
    return Subquery(its_end.values(name)[:1])


def _worst_first(problem: Problem) -> tuple[int, ...]:
    helped = problem.sums.get(Became.HELPED, 0)
    return (-problem.sums.get(Beside.OVERDUE, 0), -problem.told, -helped, problem.item)


def _total(problems: Iterable[Problem]) -> Sums:
    sums: defaultdict[str, int] = defaultdict(int)
    for problem in problems:
        for name, n in problem.sums.items():
            sums[name] += n
    return dict(sums)
