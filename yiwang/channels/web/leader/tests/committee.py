"""Two Wells before its committee, now: a leader, a county's leader, and lamps that were opened again and again."""

from datetime import timedelta

from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting, reporter
from yiwang.cases.models import Case
from yiwang.meetings import actions
from yiwang.meetings.models import LastItem, Meeting
from yiwang.people.models import Person, Post

TOLD = "井巷口的路灯又不亮了，我的电话 13857924681"


def neglected(town: Town, *, text: str = TOLD) -> int:
    """A lamp with the water company since a month, opened again twice."""
    then = timezone.now() - timedelta(days=30)
    mei = acting(town.mei, on=timezone.localdate())
    told = cases.Report(text, place=town.lane_grid.code, name="蓝晓雨", phone="13857924681")
    number = cases.report(told, by=reporter(), now=then).number
    cases.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=then)
    cases.dispatch(number, lead=town.water_post.pk, by=mei, now=then)
    Case.objects.filter(number=number).update(reopened=2)
    return number


def before_the_committee(town: Town) -> LastItem:
    """The same, on the agenda."""
    number = neglected(town)
    actions.propose(town.two_wells.code, now=timezone.now())
    return LastItem.objects.get(case=number)


def sitting(town: Town, by: Person) -> Meeting:
    """A meeting of Two Wells that meets today."""
    today = timezone.localdate()
    return actions.call(town.two_wells.code, day=today, by=acting(by, on=today), now=timezone.now())


def decided(item: LastItem, meeting: Meeting, owner: tuple[Person, Post]) -> LastItem:
    """The meeting names who answers for it, within ten days."""
    person, post = owner
    due = timezone.now() + timedelta(days=10)
    wanted = actions.Decision(meeting.pk, person.pk, post.pk, due, "十日内修好线路")
    return actions.decide(item.pk, wanted, by=acting(person, on=timezone.localdate()), now=timezone.now())
