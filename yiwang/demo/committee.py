"""The committee of the first town: what stands before it, what it decided a week ago, and its next meeting."""

from datetime import datetime, timedelta

from django.utils import timezone

from yiwang.cases.access import acting
from yiwang.demo import COUNTY
from yiwang.meetings import actions, queries
from yiwang.meetings.actions import Decision
from yiwang.meetings.rules.agenda import Rule
from yiwang.people.models import Person
from yiwang.places.models import Place

# Of what has happened so far only the days are known for a week ago. And nothing here is neglected for long.
_THEN = Rule(overdue=0, reopened=0, handed_back=0, days=5, most=2)
_NOW = Rule(overdue=1, reopened=1, handed_back=1, days=10, most=5)
_WEEK, _SOON = timedelta(days=7), timedelta(days=2)


def convene(*, now: datetime) -> None:
    """Let the committee decide about the first case that stood before it a week ago, and call the next meeting."""
    town = Place.objects.filter(parent=COUNTY, kind="town").earliest("code")
    county = Person.objects.get(login="county")
    kept = actions.set_rule(_THEN, place=town, by=county, today=timezone.localdate(now))
    leader, then = Person.objects.get(login="town"), now - _WEEK
    met = actions.call(town.code, day=timezone.localdate(then), by=acting(leader, on=then.date()), now=then)
    by, named = acting(leader, on=then.date()), queries.candidates(town.code, on=then.date())[0]
    for point in queries.agenda(by, met)[:1]:
        decision = Decision(met.pk, named.person, named.post, now + _WEEK, "七日内现场办公，拿出整改方案，逐户告知。")
        actions.decide(point.item.pk, decision, by=by, now=then)
    actions.close(met.pk, by=by, now=then + timedelta(hours=2))
    owner = acting(Person.objects.get(pk=named.person), on=now.date())
    for point in queries.on_agenda(by, town.code)[:1]:
        told = "已到现场两次，方案已定，施工队明天进场。"
        actions.move(point.item.pk, "report", by=owner, now=now - _SOON, text=told)
    actions.set_rule(_NOW, place=town, by=county, today=timezone.localdate(now), change=kept)
    actions.call(town.code, day=timezone.localdate(now + _SOON), by=acting(leader, on=now.date()), now=now)
