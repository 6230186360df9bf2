"""A clerk of another street sees no number of this street: the roll-ups stand behind the second wall too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.town import Town
from yiwang.cases.queries import FIRST
from yiwang.cases.tests.make import MONDAY, as_, closed, make_lamp, reported
from yiwang.insight import actions, publishing, queries
from yiwang.insight.models import Bulletin, Counted, OpenNow, Progress, Tally
from yiwang.insight.rules.behind import Wanted, keys_in
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.marks import Measure
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@pytest.fixture
def numbers(town_behind_the_wall: Town) -> Town:
    """One case in Bo's grid, closed; another that waits and is overdue by far."""
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        closed(town)
        reported(town, item="LAMP")
        actions.follow(now=MONDAY)
    return town


def seen(town: Town, person: Person) -> list[object]:
    """All that somebody gets to see of the street's numbers, by the queries."""
    who, place = as_(person), town.two_wells.code
    span = queries.Span(MONDAY.date(), MONDAY.date())
    pulse = queries.pulse(who, now=MONDAY, place=place)
    return [
        pulse.reported.now, pulse.closed.now, pulse.open, pulse.overdue,
        *(value.over for value in queries.rates(who, "closed", "due", span=span, place=place)),
        *queries.boards(who, span=span, place=place), *queries.ranking(who, span=span, place=place),
        *pulse.stuck, *queries.neglected(who, now=MONDAY, place=place),
        *queries.worse(who, today=MONDAY.date(), place=place),
    ]  # fmt: skip


def test_a_clerk_of_another_street_sees_no_number_of_this_one(numbers: Town) -> None:
    with standing_on([numbers.two_wells.code]):
        assert any(seen(numbers, numbers.mei))
        assert not any(seen(numbers, numbers.ding))
    with standing_on([numbers.stone_bridge.code]):
        assert not any(seen(numbers, numbers.mei))
        assert not any(seen(numbers, numbers.ding))


def test_who_has_no_duty_to_see_numbers_sees_none_on_their_own_ground(numbers: Town) -> None:
    with standing_on([numbers.lane_grid.code]):
        assert not any(seen(numbers, numbers.bo))


@pytest.mark.parametrize("model", [Counted, Tally, OpenNow])
def test_another_street_finds_no_roll_up(numbers: Town, model: type) -> None:
    with standing_on([numbers.stone_bridge.code]):
        assert not model.objects.exists()  # type: ignore[attr-defined]
    with standing_on([numbers.two_wells.code]):
        assert model.objects.exists()  # type: ignore[attr-defined]


def test_a_street_does_not_see_the_sum_of_its_county(numbers: Town) -> None:
    with standing_on([numbers.two_wells.code]):
        assert not Tally.objects.filter(place="990101").exists()


def test_nobody_on_a_ground_changes_a_number(numbers: Town) -> None:
    with standing_on([numbers.two_wells.code]):
        assert Tally.objects.update(reported=99) == 0
        assert not Progress.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"), standing_on([numbers.two_wells.code]):
        Tally.objects.create(county="990101", facet="board", place="990101001", day=MONDAY.date(), key=9)


def test_another_street_finds_no_bulletin_of_this_one_and_publishes_none(numbers: Town) -> None:
    march, now = MONDAY.date().replace(day=1), MONDAY + timedelta(days=60)
    with standing_on(EVERYWHERE):
        publishing.publish(numbers.county.code, Kind.MONTH, march, now=now, as_of=now)
    with standing_on([numbers.stone_bridge.code]):
        assert set(Bulletin.objects.values_list("place", flat=True)) == {numbers.stone_bridge.code}
    with pytest.raises(DatabaseError, match="row-level security"), standing_on([numbers.stone_bridge.code]):
        Bulletin.objects.create(
            county="990101", place=numbers.stone_bridge.code, kind="day", first=march, last=march, as_of=now,
            rules=1, figures=[], signature=b"", public_key=b"",
        )  # fmt: skip


def test_keys_lead_nobody_beyond_their_ground(numbers: Town) -> None:
    def led_to(place: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT insight_keyed(%s, %s::int[], %s, 100)", [place, keys, FIRST])
            return len(cursor.fetchall())

    keys = keys_in(Wanted(Measure.REPORTED), MONDAY.date(), MONDAY.date())
    with standing_on([numbers.two_wells.code]):
        assert (led_to("990101"), led_to(numbers.lane_grid.code), led_to(numbers.stone_bridge.code)) == (2, 2, 0)
    with standing_on([numbers.stone_bridge.code]):
        assert (led_to("990101"), led_to(numbers.two_wells.code)) == (0, 0)
    with standing_on(EVERYWHERE):
        assert led_to("990101") == 2
    with transaction.atomic():
        assert led_to("990101") == 0, "who stands nowhere is led nowhere"
