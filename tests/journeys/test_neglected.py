"""A lamp that nobody mends: through three colours, every rung of the ladder, two meetings and the list, to the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, case, in_hand, make_file, make_lamp
from yiwang.meetings import actions as meetings
from yiwang.meetings import queries as agendas
from yiwang.meetings.models import LastItem, Meeting
from yiwang.people.models import Person, Post
from yiwang.plumbing.refusals import NotYours
from yiwang.proof.actions import make_digests
from yiwang.proof.models import Digest
from yiwang.proof.queries import Which, chain_flaws, digests_flawed
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Overrun, Reminder
from yiwang.supervision.rules.clock import Colour
from yiwang.supervision.rules.orders import State
from yiwang.supervision.tests.make import make_county_leader, make_head, make_leader, passes, watch

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=1)
IN_TWO_MONTHS = MONDAY + timedelta(days=60)


def colour(number: int, now: datetime) -> Colour:
    return queries.colour(queries.warnings([number]).get(number), case(number).next_due_at, now)


def until(number: int, name: str) -> datetime:
    moment = getattr(watch(number), name)
    assert isinstance(moment, datetime)
    return moment


def reads_and_puts_away(person: Person, number: int, now: datetime) -> None:
    (waiting,) = queries.reminders_for(as_(person))
    assert waiting.case.number == number
    actions.acknowledge(waiting.reminder.pk, by=as_(person), now=now)
    assert queries.reminders_for(as_(person)) == []


def sits(town: Town, chair: Person, now: datetime) -> tuple[Meeting, agendas.Point]:
    """The committee of Two Wells meets that day; there is one point on its agenda."""
    meeting = meetings.call(town.two_wells.code, day=now.date(), by=as_(chair), now=now)
    (point,) = agendas.agenda(as_(chair), meeting)
    return meeting, point


@dataclass(frozen=True)
class Cast:
    """The town, and those above the desk: each a person in a post."""

    town: Town
    head: Person
    leader: Person
    leaders_post: Post
    county: Person


def test_one_neglected_case_from_report_to_strike_off(town: Town) -> None:
    make_lamp()
    (head, _), (leader, leaders_post), (county, _) = make_head(town), make_leader(town), make_county_leader(town)
    cast = Cast(town, head, leader, leaders_post, county)

    # Monday: reported, dispatched, signed for, and forgotten.
    number = in_hand(town)
    passes(MONDAY)
    assert colour(number, MONDAY) is Colour.CALM
    takes_on_three_colours(number, cast)
    climbs_every_rung(number, cast)
    item = comes_before_the_committee(number, cast)
    now = stands_there_again(item, cast)
    day = now + timedelta(days=1)
    is_listed_mended_and_struck_off(number, cast, now, day)
    leaves_the_agenda(item, cast, day)

    # It is over: nothing more is asked of anybody, the overrun stays, and the history proves itself.
    passes(day + timedelta(days=100))
    assert Reminder.objects.filter(case=number).count() == 5
    assert Overrun.objects.filter(case=number).count() == 1
    assert queries.public_orders(town.county.code)[0].ended_at == day + A_MOMENT
    assert Note.objects.filter(case=number, kind="reminder").count() == 5 + 1, "five rungs, and the committee"
    assert not list(chain_flaws(Which()))
    make_digests(now=timezone.now() + timedelta(days=2))
    assert Digest.objects.get(steps__gt=0)
    assert not list(digests_flawed())


def takes_on_three_colours(number: int, cast: Cast) -> None:
    """Each by the share of working time that is used; at the end the head is told, then the overrun is noted."""
    assert colour(number, until(number, "soon_at")) is Colour.SOON
    now = until(number, "pressing_at")
    passes(now)
    assert colour(number, now) is Colour.PRESSING
    reads_and_puts_away(cast.town.wen, number, now)
    now = until(number, "due_at")
    passes(now)
    reads_and_puts_away(cast.head, number, now)
    assert not Overrun.objects.exists()
    now += A_MOMENT
    passes(now)
    assert colour(number, now) is Colour.LATE
    assert Overrun.objects.get(case=number).post == cast.town.water_post.pk


def climbs_every_rung(number: int, cast: Cast) -> None:
    """Nobody moves: the centre, the leader of the town, the county."""
    for person in (cast.town.gu, cast.leader, cast.county):
        now = until(number, "next_at")
        passes(now)
        reads_and_puts_away(person, number, now)
    told = Reminder.objects.filter(case=number).order_by("pk")
    assert [(one.level, one.percent) for one in told] == [
        ("handler", 80), ("head", 100), ("centre", 120), ("leader", 150), ("county", 200),
    ]  # fmt: skip
    assert all(one.at == one.meant_at for one in told), "each came when it was meant to"
    assert watch(number).next_at is None


def comes_before_the_committee(number: int, cast: Cast) -> LastItem:
    """Two months are over: the rule brings it before the town's committee, which names its leader."""
    assert meetings.propose(cast.town.two_wells.code, now=IN_TWO_MONTHS - timedelta(days=1)) == []
    passes(IN_TWO_MONTHS)
    meeting, point = sits(cast.town, cast.leader, IN_TWO_MONTHS)
    assert (point.item.case, [(why.reason, why.n) for why in point.item.reasons]) == (number, [("old", 60)])
    due = IN_TWO_MONTHS + timedelta(days=7)
    named = meetings.Decision(meeting.pk, cast.leader.pk, cast.leaders_post.pk, due, "七日内修好线路")
    item = meetings.decide(point.item.pk, named, by=as_(cast.leader), now=IN_TWO_MONTHS)
    meetings.close(meeting.pk, by=as_(cast.leader), now=IN_TWO_MONTHS)
    return item


def stands_there_again(item: LastItem, cast: Cast) -> datetime:
    """A week later, and nothing was told; gives when that was."""
    now = IN_TWO_MONTHS + timedelta(days=7)
    meeting, point = sits(cast.town, cast.town.gu, now)
    assert (point.item, point.since, point.decided) == (item, [], None)
    meetings.close(meeting.pk, by=as_(cast.town.gu), now=now)
    return now


def is_listed_mended_and_struck_off(number: int, cast: Cast, now: datetime, day: datetime) -> None:
    """The county lists it: the town's leader answers for it by name, goes there, and shows it mended."""
    town, leader, county = cast.town, as_(cast.leader), as_(cast.county)
    due = now + timedelta(days=10)
    wanted = actions.WantedOrder(number, "十日内修好，不得再拖", cast.leader.pk, cast.leaders_post.pk, due)
    order = actions.list_case(wanted, by=county, now=now, public=True)
    (public,) = queries.public_orders(town.county.code)
    assert (public.number, public.owner, public.ended_at) == (order.number, cast.leader.name, None)
    actions.move(order.pk, "report", by=leader, now=day, text="已协调电力到场")
    actions.move(order.pk, "visit", by=county, now=day, text="蹲点半日")
    cases.finish(number, evidence=cases.Brought("换了灯泡和线路"), by=as_(town.wen), now=day)
    cases.confirm(number, by=as_(town.bo), now=day)
    cases.call_back(number, solved=True, satisfied=True, by=as_(town.mei), now=day)
    cases.close(number, by=as_(town.mei), now=day)
    actions.move(order.pk, "ask_strike_off", by=leader, now=day, text="灯亮了", files=[make_file().pk])
    struck = actions.move(order.pk, "strike_off", by=county, now=day + A_MOMENT, text="同意销号")
    assert (struck.state, struck.ended_at) == (State.ENDED, day + A_MOMENT)


def leaves_the_agenda(item: LastItem, cast: Cast, day: datetime) -> None:
    """The committee hears it once more; somebody else than its leader consents."""
    leader, town = as_(cast.leader), cast.town.two_wells.code
    shown = [make_file().pk]
    meetings.move(item.pk, "ask_strike_off", by=leader, now=day, text="灯亮了，居民认可", files=shown)
    _meeting, point = sits(cast.town, cast.leader, day)
    assert [entry.move for entry in point.since] == ["ask_strike_off"]
    with pytest.raises(NotYours):
        meetings.move(item.pk, "strike_off", by=leader, now=day, text="我同意我自己")
    meetings.move(item.pk, "strike_off", by=as_(cast.county), now=day + A_MOMENT, text="同意销号")
    assert agendas.on_agenda(leader, town) == []
    assert meetings.propose(town, now=day + timedelta(days=100)) == []
    assert LastItem.objects.get(case=item.case).ended_at == day + A_MOMENT
