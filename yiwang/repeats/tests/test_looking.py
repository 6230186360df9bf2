"""Who told often is kept and forgotten by itself, and what they told is read from the cases as they stand."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import MONDAY, as_, called_back, make_lamp, refused
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.repeats import actions, queries
from yiwang.repeats.models import Teller
from yiwang.repeats.rules import Often
from yiwang.repeats.tests.make import HERE, PHONE, told, told_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(town: Town) -> Item:
    return make_lamp()


def look(town: Town, *, whole: bool = False, **later: float) -> int:
    return actions.look_in(town.county.code, now=MONDAY + timedelta(hours=1, **later), whole=whole)


def often(town: Town) -> list[queries.Told]:
    return queries.told_often(as_(town.mei), town.two_wells.code, now=MONDAY + timedelta(hours=1))[0]


def test_one_demand_told_again_and_others_are_told_apart_and_the_person_stays_masked(town: Town, lamp: Item) -> None:
    numbers = told_again(town, lamp)
    other = told(town, make_item("BINS"), at=MONDAY - timedelta(days=5))
    assert look(town) == 2, "in the county and in its town"
    [one] = often(town)
    assert [[case.number for case in demand.cases] for demand in one.demands] == [numbers, [other]]
    assert (one.name, one.phone, one.times) == ("陈**", "138****4681", 4)
    assert one.demands[0].first_at == MONDAY - timedelta(days=20)
    assert one.demands[0].last_at == one.last_at == MONDAY


def test_twice_is_not_often_and_the_third_time_is(town: Town, lamp: Item) -> None:
    told_again(town, lamp, times=2)
    assert look(town) == 0
    told(town, lamp, at=MONDAY + timedelta(hours=1, minutes=5))
    assert look(town, minutes=30) == 2


def test_only_whoever_told_something_new_is_looked_at_until_the_night(town: Town, lamp: Item) -> None:
    told_again(town, lamp)
    look(town)
    told_again(town, lamp, phone="13857924682", until=MONDAY - timedelta(days=2))
    assert look(town, minutes=60) == 2, "that was told long before"
    assert look(town, minutes=60, whole=True) == 4


def test_who_tells_no_more_is_forgotten(town: Town, lamp: Item) -> None:
    told_again(town, lamp)
    assert look(town) == 2
    assert look(town, days=170) == 0
    assert not Teller.objects.exists()


def test_anonymous_sealed_confidential_and_withdrawn_reports_and_those_of_workers_never_count(
    town: Town, lamp: Item
) -> None:
    numbers = told_again(town, lamp, times=6)
    Case.objects.filter(number=numbers[0]).update(secrecy="sealed")
    Case.objects.filter(number=numbers[1]).update(secrecy="confidential")
    Case.objects.filter(number=numbers[2]).update(state="withdrawn")
    Case.objects.filter(number=numbers[3]).update(told=Told.WORKER)
    assert look(town) == 0
    for _ in range(4):
        told(town, lamp, told=Told.ANONYMOUS, phone="", name="")
    assert look(town, whole=True) == 0


def test_what_becomes_confidential_is_counted_no_more_at_once(town: Town, lamp: Item) -> None:
    numbers = told_again(town, lamp)
    look(town)
    Case.objects.filter(number=numbers[0]).update(secrecy="confidential")
    assert often(town) == []
    with pytest.raises(Unseen):
        queries.told_by_one(as_(town.mei), Teller.objects.earliest("pk").pk, now=MONDAY + timedelta(hours=1))


def test_how_it_stands_is_told_by_the_case_in_which_it_goes_on(town: Town, lamp: Item) -> None:
    newest, _second, first = told_again(town, lamp)
    told_too = {"phone": PHONE, "name": "陈女士", "told": Told.RESIDENT, "position": HERE}
    bad = called_back(town, satisfied=False, **told_too)
    Case.objects.filter(number=bad).update(opened_at=MONDAY - timedelta(days=40))
    into = told(town, lamp, phone="13857924680", at=MONDAY - timedelta(days=30))
    now = MONDAY + timedelta(minutes=5)
    cases.merge(newest, into=into, by=as_(town.mei), now=now, reason="同一问题")
    Case.objects.filter(number=first).update(reopened=2)
    look(town)
    [one] = often(town)
    [demand] = one.demands
    assert demand.stands.number == into
    assert (demand.dissatisfied, demand.reopened) == (1, 2)


def test_a_clerk_of_another_street_finds_nobody(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        told_again(town, make_lamp())
        look(town)
        kept = Teller.objects.get(place=town.two_wells.code).pk
    now = MONDAY + timedelta(hours=1)
    with standing_on((town.two_wells.code,)):
        assert len(queries.told_often(as_(town.mei), town.two_wells.code, now=now)[0]) == 1
        assert queries.told_often(as_(town.mei), town.county.code, now=now) == ([], None)
    with standing_on((town.stone_bridge.code,)):
        assert not Teller.objects.exists()
        assert queries.told_often(as_(town.ding), town.two_wells.code, now=now) == ([], None)
        with pytest.raises(Unseen):
            queries.told_by_one(as_(town.ding), kept, now=now)


def test_those_told_most_often_come_first_and_the_list_goes_on(
    town: Town, lamp: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SHOWN", 1)
    told_again(town, lamp, times=3)
    told_again(town, lamp, times=4, phone="13857924682")
    look(town)
    now, mei = MONDAY + timedelta(hours=1), as_(town.mei)
    [first], after = queries.told_often(mei, town.two_wells.code, now=now)
    assert after is not None
    [second], none = queries.told_often(mei, town.two_wells.code, now=now, after=after)
    assert (first.times, second.times, none) == (4, 3, None)


def test_how_often_is_often_is_set_by_the_county(town: Town, lamp: Item) -> None:
    told_again(town, lamp, times=2)
    today = MONDAY.date()
    with refused("often_unfit"):
        actions.set_often(Often(times=1), county=town.county, by=town.ning, today=today)
    with refused("duty_not_held_there"):
        actions.set_often(Often(), county=None, by=town.ning, today=today)
    actions.set_often(Often(times=2), county=town.county, by=town.ning, today=today)
    with refused("often_twice"):
        actions.set_often(Often(), county=town.county, by=town.ning, today=today)
    assert Entry.objects.filter(act="set_often").exists()
    assert look(town, whole=True) == 2
    assert [one.times for one in often(town)] == [2]
