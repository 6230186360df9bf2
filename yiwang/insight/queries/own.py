"""The numbers of a unit for those who work in it, and of one's own month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.insight import access
from yiwang.insight.models import Counted, Tally
from yiwang.insight.queries.sums import NO_SUMS, Sums, by, local_day, month_of, rows, total
from yiwang.insight.rules.indicators import INDICATORS, Value, value_of
from yiwang.insight.rules.marks import Facet
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import outermost


@dataclass(frozen=True, slots=True)
class Load:
    """What lies with somebody now, by the time that is left for what is due next; each case once."""

    overdue: int
    today: int
    later: int
    oldest: datetime | None = None

    @property
    def open(self) -> int:
        return self.overdue + self.today + self.later


NO_LOAD = Load(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a post of a unit carries, and its month."""

    post: int
    load: Load
    month: Sums


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """What somebody did this month: brought in, settled on the spot, checked, finished, of that in time; sent back."""

    reported: int
    settled: int
    checked: int
    finished: int
    in_time: int
    sent_back: int


def unit_load(actor: Actor, unit: int, *, now: datetime) -> Load:
    """What lies with a unit now; nothing to be seen of a unit in which the actor has no part."""
    return _loads("unit", _theirs(actor, unit), now).get(unit, NO_LOAD)


def unit_rates(actor: Actor, unit: int, *names: str, today: date) -> list[Value]:
    """Indicators (by name) of a unit's month, as far as the actor has a part in it."""
    grounds = outermost(grant.ground for grant in actor.grants)
    places = tree().outermost if WHOLE in grounds else grounds
    found = rows(Facet.UNIT, places, month_of(today)).filter(key__in=_theirs(actor, unit))
    sums = total(found)
    return [value_of(INDICATORS[name], sums) for name in names]


def carried(actor: Actor, unit: int, *, now: datetime) -> list[Carried]:
    """Who in a unit of the actor's carries how much: every post that has something, or had this month; the fullest
    first."""
    posts = sorted(post for one in _theirs(actor, unit) for post in roster().of_unit(one))
    loads = _loads("holder", posts, now)
    months = by(_months(Facet.POST, posts, local_day(now)), "key")
    lines = [
        Carried(post, loads.get(post, NO_LOAD), months.get(post, NO_SUMS))
        for post in posts
        if post in loads or post in months
    ]
    return sorted(lines, key=lambda one: (-one.load.overdue, -one.load.open, one.post))


def own_month(actor: Actor, *, today: date) -> OwnMonth:
    """The month of the person behind the actor up to that day, on the ground on which they stand."""
    person = actor.identity.removeprefix("person:")
    people = [int(person)] if person.isdigit() else []
    sums = total(_months(Facet.PERSON, people, today))
    return OwnMonth(
        sums["reported"], sums["on_the_spot"], sums["checked"], sums["due_closed"], sums["due_in_time"],
        sums["reworked"],
    )  # fmt: skip


def _theirs(actor: Actor, unit: int) -> list[int]:
    return [unit] if unit in access.units_of(actor) else []


def _months(facet: Facet, keys: Sequence[int], today: date) -> QuerySet[Tally]:
    """The present month of these keys, wherever the wall shows it."""
    return Tally.objects.filter(facet=facet.value, key__in=keys, day=month_of(today).first)


def _loads(column: str, keys: Sequence[int], now: datetime) -> dict[int, Load]:
    tomorrow = timezone.make_aware(datetime.combine(local_day(now) + timedelta(days=1), time.min))
    found = Counted.objects.filter(**{f"{column}__in": keys}, is_open=True).order_by().values(column)
    late, today = Q(next_due_at__lt=now), Q(next_due_at__gte=now, next_due_at__lt=tomorrow)
    lines = found.annotate(
        late=Count("number", filter=late), today=Count("number", filter=today), all=Count("number"),
        oldest=Min("next_due_at", filter=late),
    )  # fmt: skip
    return {
        line[column]: Load(line["late"], line["today"], line["all"] - line["late"] - line["today"], line["oldest"])
        for line in lines
    }
