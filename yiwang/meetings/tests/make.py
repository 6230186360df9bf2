"""Neglected matters and what a committee does with them, compressed by a clock that tests hold in the hand."""

from datetime import datetime
from typing import Any

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand
from yiwang.meetings import actions
from yiwang.meetings.models import LastItem, Meeting
from yiwang.people.models import Person, Post

TODAY = MONDAY.date()


def reopened(town: Town, times: int = 2, **told: Any) -> int:
    """A lamp with the water company that was opened again so many times."""
    number = in_hand(town, **told)
    Case.objects.filter(number=number).update(reopened=times)
    return number


def proposed(town: Town, **told: Any) -> LastItem:
    """The same, on the agenda of Two Wells."""
    number = reopened(town, **told)
    actions.propose(town.two_wells.code, now=MONDAY)
    return LastItem.objects.get(case=number)


def called(town: Town, by: Person, *, now: datetime = MONDAY) -> Meeting:
    """A meeting of Two Wells that meets that day."""
    return actions.call(town.two_wells.code, day=now.date(), by=as_(by), now=now)


def decided(item: LastItem, meeting: Meeting, owner: tuple[Person, Post], by: Person) -> LastItem:
    """The meeting names who answers for an item, within ten days."""
    person, post = owner
    decision = actions.Decision(meeting.pk, person.pk, post.pk, at(days=10), "十日内修好线路")
    return actions.decide(item.pk, decision, by=as_(by), now=MONDAY)
