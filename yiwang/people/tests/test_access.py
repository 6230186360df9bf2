from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.town import Town
from yiwang.people import access, rules
from yiwang.people.models import Holding
from yiwang.people.rules import WHOLE, Duty, Grant
from yiwang.people.tests.make import TODAY, give, make_holding, make_person, make_post
from yiwang.places.models import Kind, Place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

FIRST = date(2026, 3, 2)


def test_a_clerk_may_dispatch_inside_her_street_and_nowhere_else(town: Town) -> None:
    assert access.may(town.mei.pk, Duty.DISPATCH, town.lane_grid.code, on=TODAY)
    assert not access.may(town.mei.pk, Duty.DISPATCH, town.bridge_grid.code, on=TODAY)
    assert not access.may(town.mei.pk, Duty.DISPATCH, town.county.code, on=TODAY)
    assert not access.may(town.mei.pk, Duty.ADMINISTER, town.lane_grid.code, on=TODAY)


def test_the_operator_stands_everywhere_and_a_resident_nowhere(town: Town) -> None:
    assert access.grounds_of(town.operator.pk, TODAY) == EVERYWHERE
    assert access.may(town.operator.pk, Duty.ADMINISTER, WHOLE, on=TODAY)
    assert access.grounds_of(town.lan.pk, TODAY) == ()
    assert access.duties_of(town.lan.pk, town.yard.code, TODAY) == frozenset()


def test_grounds_are_the_outermost_and_can_be_asked_for_one_duty(town: Town) -> None:
    give(town.mei, [Duty.MEDIATE], ground=town.well_lane)
    give(town.mei, [Duty.MEDIATE], ground=town.bridge_grid)
    assert access.grounds_of(town.mei.pk, TODAY) == (town.two_wells.code, town.bridge_grid.code)
    assert access.grounds_of(town.mei.pk, TODAY, Duty.MEDIATE) == (town.well_lane.code, town.bridge_grid.code)


def test_whoever_leaves_a_post_loses_its_duties_on_that_day(town: Town) -> None:
    last = FIRST + timedelta(days=30)
    Holding.objects.filter(post=town.bos_post).update(until=last)
    forget(access.TOPIC)
    assert access.may(town.bo.pk, Duty.REPORT, town.yard.code, on=last - timedelta(days=1))
    assert not access.may(town.bo.pk, Duty.REPORT, town.yard.code, on=last)


def test_a_closed_unit_carries_no_duties(town: Town) -> None:
    town.centre.valid_to = FIRST + timedelta(days=9)
    town.centre.save()
    forget(access.TOPIC)
    assert access.may(town.mei.pk, Duty.TRIAGE, town.two_wells.code, on=FIRST)
    assert not access.may(town.mei.pk, Duty.TRIAGE, town.two_wells.code, on=FIRST + timedelta(days=9))


def test_a_closed_account_may_nothing(town: Town) -> None:
    town.mei.is_active = False
    town.mei.save()
    forget(access.TOPIC)
    assert access.grounds_of(town.mei.pk, TODAY) == ()


def test_sensitive_duties_ask_for_a_second_factor(town: Town) -> None:
    assert access.must_have_second_factor(town.mei.pk, TODAY)
    assert not access.must_have_second_factor(town.bo.pk, TODAY)


def test_what_somebody_holds_names_the_post(town: Town) -> None:
    [held] = access.present(town.bo.pk, TODAY)
    assert (held.post, held.ground) == (town.bos_post.pk, town.lane_grid.code)
    assert access.present(town.lan.pk, TODAY) == []


def test_a_duty_is_done_in_the_post_of_the_innermost_ground(town: Town) -> None:
    wide = give(town.lan, [Duty.HANDLE, Duty.CHECK], ground=town.two_wells)
    inner = give(town.lan, [Duty.HANDLE], ground=town.well_lane)
    give(town.lan, [Duty.MEDIATE], ground=town.lane_grid)
    at = town.lane_grid.code
    assert access.post_for(town.lan.pk, Duty.HANDLE, at, on=TODAY) == inner.pk
    assert access.post_for(town.lan.pk, Duty.CHECK, at, on=TODAY) == wide.pk
    assert access.post_for(town.lan.pk, Duty.HANDLE, town.two_wells.code, on=TODAY) == wide.pk
    assert access.post_for(town.lan.pk, Duty.HANDLE, town.bridge_grid.code, on=TODAY) is None
    assert access.post_for(town.lan.pk, Duty.SUPERVISE, at, on=TODAY) is None


def test_of_two_posts_on_one_ground_the_older_does_the_duty(town: Town) -> None:
    older, younger = (make_post(Duty.HANDLE, ground=town.well_lane) for _ in range(2))
    make_holding(town.lan, younger)
    make_holding(town.lan, older, since=TODAY)
    assert access.post_for(town.lan.pk, Duty.HANDLE, town.well_lane.code, on=TODAY) == older.pk
    day_before = TODAY - timedelta(days=1)
    assert access.post_for(town.lan.pk, Duty.HANDLE, town.well_lane.code, on=day_before) == younger.pk


@pytest.mark.django_db
def test_deciding_asks_the_database_nothing(town: Town, django_assert_num_queries: object) -> None:
    access.may(town.mei.pk, Duty.TRIAGE, town.yard.code, on=TODAY)
    with django_assert_num_queries(0):  # type: ignore[operator]
        access.may(town.mei.pk, Duty.TRIAGE, town.yard.code, on=TODAY)
        access.grounds_of(town.bo.pk, TODAY)


digits = st.lists(st.sampled_from("12"), max_size=3).map("".join)
days = st.integers(-3, 6).map(lambda n: FIRST + timedelta(days=n))
duties = st.frozensets(st.sampled_from([Duty.REPORT, Duty.HANDLE, Duty.ADMINISTER]), max_size=3)
spans = st.tuples(days, st.none() | days)


@dataclass(frozen=True)
class Held:
    """One post of one person, as hypothesis thinks it up."""

    holder: int
    ground: str
    duties: frozenset[Duty]
    holding: tuple[date, date | None]
    post: tuple[date | None, date | None]
    unit: tuple[date | None, date | None]


open_spans = st.tuples(st.none() | days, st.none() | days)
posts = st.builds(Held, st.integers(0, 2), digits.map("98".__add__), duties, spans, open_spans, open_spans)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(posts, max_size=6), closed=st.frozensets(st.integers(0, 2), max_size=1))
def test_memory_says_what_brute_force_says(held: list[Held], closed: frozenset[int]) -> None:
    from django.db import transaction

    with standing_on(EVERYWHERE), transaction.atomic():
        _compare(held, closed)
        transaction.set_rollback(True)


def _compare(held: list[Held], closed: frozenset[int]) -> None:
    """Write the posts, ask about every person, duty, place and day, and say the same from the plain rule."""
    tree = ["98" + "".join(tail) for tail in _tails()]
    kind, _ = Kind.objects.get_or_create(
        code="test", defaults={"name": "x", "name_en": "x", "rank": 9, "own_part": "."}
    )
    places = {code: Place.objects.create(code=code, name=code, kind=kind) for code in tree}
    people = [make_person(is_active=number not in closed) for number in range(3)]
    grants: dict[int, list[Grant]] = {number: [] for number in range(3)}
    for one in held:
        since, until = one.holding
        if until is not None and until <= since:
            continue
        post = make_post(*one.duties, ground=places[one.ground], valid_from=one.post[0], valid_to=one.post[1])
        post.unit.valid_from, post.unit.valid_to = one.unit
        post.unit.save()
        make_holding(people[one.holder], post, since=since, until=until)
        if one.holder not in closed:
            begins = max(since, one.post[0] or date.min, one.unit[0] or date.min)
            ends = min(until or date.max, one.post[1] or date.max, one.unit[1] or date.max)
            grants[one.holder].append(Grant(one.duties, one.ground, begins, ends, post.pk))
    forget(access.TOPIC)
    for number, person in enumerate(people):
        for duty in (Duty.REPORT, Duty.HANDLE, Duty.ADMINISTER):
            for code in (*tree, "97", WHOLE):
                for on in (FIRST, FIRST + timedelta(days=3), FIRST + timedelta(days=6)):
                    said = access.may(person.pk, duty, code, on=on)
                    assert said == rules.may(grants[number], duty, code, on)
                    assert said == (duty in access.duties_of(person.pk, code, on))
                    stands = access.grounds_of(person.pk, on, duty)
                    assert said == any(code.startswith(g) for g in stands)


def _tails() -> list[str]:
    tails = [""]
    for length in range(3):
        tails += [tail + digit for tail in tails if len(tail) == length for digit in "12"]
    return tails
