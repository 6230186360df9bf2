"""The numbers of a unit for those who work in it, and of one's own month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.insight import access
from yiwang.insight.models import Counted, Tally
from yiwang.insight.queries.sums import NO_SUMS, Span, Sums, by, local_day, month_of, total
from yiwang.insight.rules.indicators import INDICATORS, Value, value_of
from yiwang.insight.rules.marks import Facet
from yiwang.people.roster import roster
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


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
    """What a post of a unit carries, and its month: closed up to today, due up to yesterday."""

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


def unit_rates(actor: Actor, unit: int, *names: str, span: Span) -> list[Value]:
    """Indicators (by name) of a unit of the actor's in a span, wherever the wall shows what its posts did."""
    sums = total(_of_posts(_posts(actor, unit), span))
    return [value_of(INDICATORS[name], sums) for name in names]


def carried(actor: Actor, unit: int, *, now: datetime) -> list[Carried]:
    """Who in a unit of the actor's carries how much: every post that has something, or had this month; the fullest
    first."""
    posts, month = _posts(actor, unit), month_of(local_day(now))
    loads = _loads("holder", posts, now)
    closed = by(_of_posts(posts, month), "key", ("closed",))
    due = by(_of_posts(posts, month.up_to_yesterday), "key", ("due", "due_in_time"))
    lines = [
        Carried(post, loads.get(post, NO_LOAD), {**NO_SUMS, **closed.get(post, {}), **due.get(post, {})})
        for post in posts
        if post in loads or post in closed
    ]
    return sorted(lines, key=lambda one: (-one.load.overdue, -one.load.open, one.post))


def own_month(actor: Actor, *, today: date) -> OwnMonth:
    """The month of the person behind the actor up to that day: their own deeds in the counties of their posts."""
    person = actor.identity.removeprefix("person:")
    people = [int(person)] if person.isdigit() else []
    months = Tally.objects.filter(facet=Facet.PERSON.value, key__in=people, day=month_of(today).first)
    counties = {grant.ground[:6] for grant in actor.grants}
    # A post over the whole installation names no county.
    months = months if "" in counties else months.filter(county__in=counties)
    # Counted by grids, on which whoever has a yard or a building does not stand; these are nobody's but their own.
    with standing_on(EVERYWHERE):
        sums = total(months)
    return OwnMonth(
        sums["reported"], sums["on_the_spot"], sums["checked"], sums["due_closed"], sums["due_in_time"],
        sums["reworked"],
    )  # fmt: skip


def _posts(actor: Actor, unit: int) -> list[int]:
    return sorted(post for one in _theirs(actor, unit) for post in roster().of_unit(one))


def _of_posts(posts: Sequence[int], span: Span) -> QuerySet[Tally]:
    counties = {line.ground[:6] for post in posts if (line := roster().get(post))}
    found = Tally.objects.filter(facet=Facet.POST.value, key__in=posts, day__gte=span.first, day__lte=span.last)
    # A post over the whole installation names no county.
    return found if "" in counties else found.filter(county__in=counties)


def _theirs(actor: Actor, unit: int) -> list[int]:
    return [unit] if unit in access.units_of(actor) else []


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
