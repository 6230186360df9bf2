"""Two acts in one go, and what leaves the platform as a list."""

from typing import Any

import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.queries import Filter
from yiwang.cases.rules import State, masked_text
from yiwang.cases.tests.make import MONDAY, as_, case, make_lamp, refused, reported
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.people.access import TOPIC
from yiwang.people.models import Role
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget


@pytest.mark.django_db
def test_accepting_and_dispatching_happen_both_or_not_at_all(town: Town) -> None:
    lamp = make_lamp()
    make_responsibility(lamp, town.water_post, place=town.county)
    number, lost = reported(town), reported(town)
    where: dict[str, Any] = {"item": "LAMP", "place": town.lane_grid.code}
    done = actions.accept_and_dispatch(number, **where, by=as_(town.mei), now=MONDAY, seen=1)
    assert (done.state, done.lead_id, done.steps) == (State.DISPATCHED, town.water_post.pk, 3)
    # A post that handles nothing any more is given nothing: nor is the report accepted then.
    Role.objects.filter(code="department_handler").update(duties=["report"])
    forget(TOPIC)
    with refused("post_not_there"):
        actions.accept_and_dispatch(lost, **where, by=as_(town.mei), now=MONDAY)
    assert (case(lost).state, case(lost).steps) == (State.REPORTED, 1)


@pytest.mark.django_db
def test_accepting_and_whistling_happen_both_or_not_at_all(town: Town) -> None:
    make_lamp()
    number = reported(town)
    where: dict[str, Any] = {"item": "LAMP", "place": town.lane_grid.code, "by": as_(town.mei), "now": MONDAY}
    with refused("post_not_there"):
        actions.accept_and_whistle(number, posts=[town.dings_post.pk], reason="井喷", **where)
    assert (case(number).state, case(number).steps) == (State.REPORTED, 1)
    done = actions.accept_and_whistle(number, posts=[town.bos_post.pk], reason="井喷", **where, seen=1)
    assert (done.state, done.summoned, done.steps) == (State.ACCEPTED, [town.bos_post.pk], 3)


@pytest.mark.django_db
def test_somebody_else_than_who_answers_may_be_chosen_at_once(town: Town) -> None:
    make_responsibility(make_lamp(), town.water_post, place=town.county)
    done = actions.accept_and_dispatch(
        reported(town), item="LAMP", place=town.lane_grid.code, lead=town.bos_post.pk, by=as_(town.mei), now=MONDAY
    )
    assert (done.state, done.lead_id) == (State.DISPATCHED, town.bos_post.pk)


@pytest.mark.django_db
def test_who_takes_a_list_away_is_written_down_before_the_first_case_is_given(town: Town) -> None:
    make_lamp()
    number = reported(town)
    found = actions.export_cases(Filter(place=town.two_wells.code), by=as_(town.mei), now=MONDAY, form="csv")
    entry = Entry.objects.get(act="export_cases")
    assert (entry.actor, entry.ground) == (as_(town.mei).subject, town.two_wells.code)
    assert [one.number for one in found] == [number]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13800000001找我", "打138****0001找我"),
        ("138 0000 0001", "138****0001"),
        ("身份证99010119600101123X。", "身份证990101********123X。"),
        ("9901012600000096号事件", "9901012600000096号事件"),
        ("2026030213800000001", "2026030213800000001"),
        ("路灯3盏", "路灯3盏"),
    ],
)
def test_numbers_of_people_are_hidden_in_what_was_told(text: str, masked: str) -> None:
    assert masked_text(text) == masked
