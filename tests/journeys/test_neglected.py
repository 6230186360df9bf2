"""A lamp that nobody mends: through the three colours and every rung of the ladder onto the list, and off it again."""

from datetime import datetime, timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Note
from yiwang.cases.queries.history import Which, chain_flaws
from yiwang.cases.tests.make import MONDAY, as_, case, in_hand, make_file, make_lamp
from yiwang.people.models import Person
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Overrun, Reminder
from yiwang.supervision.rules.clock import Colour
from yiwang.supervision.rules.orders import State
from yiwang.supervision.tests.make import make_county_leader, make_head, make_leader, passes, watch

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=1)


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


def test_one_neglected_case_from_report_to_strike_off(town: Town) -> None:
    make_lamp()
    (head, _), (leader, leaders_post), (county, _) = make_head(town), make_leader(town), make_county_leader(town)

    # Monday: reported, dispatched, signed for, and forgotten.
    number = in_hand(town)
    passes(MONDAY)
    assert colour(number, MONDAY) is Colour.CALM

    # The three colours, each by the share of working time that is used.
    assert colour(number, until(number, "soon_at")) is Colour.SOON
    now = until(number, "pressing_at")
    passes(now)
    assert colour(number, now) is Colour.PRESSING
    reads_and_puts_away(town.wen, number, now)

    # The end of the limit: the head is told as it comes, the overrun is noted as it has passed.
    now = until(number, "due_at")
    passes(now)
    reads_and_puts_away(head, number, now)
    assert not Overrun.objects.exists()
    now += A_MOMENT
    passes(now)
    assert colour(number, now) is Colour.LATE
    assert Overrun.objects.get(case=number).post == town.water_post.pk

    # Nobody moves: the centre, the leader of the town, the county.
    for person in (town.gu, leader, county):
        now = until(number, "next_at")
        passes(now)
        reads_and_puts_away(person, number, now)
    told = Reminder.objects.filter(case=number).order_by("pk")
    assert [(one.level, one.percent) for one in told] == [
        ("handler", 80), ("head", 100), ("centre", 120), ("leader", 150), ("county", 200),
    ]  # fmt: skip
    assert all(one.at == one.meant_at for one in told), "each came when it was meant to"
    assert watch(number).next_at is None

    # The county lists it: the leader of the town answers for it by name, and everybody may read it.
    wanted = actions.WantedOrder(number, "十日内修好，不得再拖", leader.pk, leaders_post.pk, now + timedelta(days=10))
    order = actions.list_case(wanted, by=as_(county), now=now, public=True)
    (public,) = queries.public_orders(town.county.code)
    assert (public.number, public.owner, public.ended_at) == (order.number, leader.name, None)

    # The leader goes there, Wen mends it, Bo has looked; the leader shows it, and the county strikes it off.
    day = now + timedelta(days=1)
    actions.move(order.pk, "report", by=as_(leader), now=day, text="已协调电力到场")
    actions.move(order.pk, "visit", by=as_(county), now=day, text="蹲点半日")
    cases.finish(number, evidence=cases.Brought("换了灯泡和线路"), by=as_(town.wen), now=day)
    cases.confirm(number, by=as_(town.bo), now=day)
    cases.call_back(number, solved=True, satisfied=True, by=as_(town.mei), now=day)
    cases.close(number, by=as_(town.mei), now=day)
    actions.move(order.pk, "ask_strike_off", by=as_(leader), now=day, text="灯亮了", files=[make_file().pk])
    struck = actions.move(order.pk, "strike_off", by=as_(county), now=day + A_MOMENT, text="同意销号")
    assert (struck.state, struck.ended_at) == (State.ENDED, day + A_MOMENT)

    # It is over: nothing more is asked of anybody, the overrun stays, and the history proves itself.
    passes(day + timedelta(days=100))
    assert Reminder.objects.filter(case=number).count() == 5
    assert Overrun.objects.filter(case=number).count() == 1
    assert queries.public_orders(town.county.code)[0].ended_at == day + A_MOMENT
    assert Note.objects.filter(case=number, kind="reminder").count() == 5
    assert not list(chain_flaws(Which(number=number)))
