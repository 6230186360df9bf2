import ast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk import at_the_desk
from tests.sources import all_sources
from tests.town import Town
from yiwang.channels.admin.audit import ACTS
from yiwang.people.models import Person
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

LIST = "/admin/audit/entry/"


def happened(by: Person, ground: str, act: str = "appoint") -> Entry:
    return note(act, "holding:7", by=f"person:{by.pk}", ground=ground)


@pytest.mark.django_db
def test_the_trail_is_read_with_names_and_in_words(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    happened(town.mei, town.two_wells.code)
    page = at_the_desk(town.ning).get(LIST).content.decode()
    assert town.mei.name in page
    assert "任命" in page


@pytest.mark.django_db
def test_another_countys_trail_does_not_exist(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    elsewhere = happened(town.qiao, town.other_county.code, "close_unit")
    ning = at_the_desk(town.ning)
    assert f"person:{town.qiao.pk}" not in ning.get(LIST).content.decode()
    assert ning.get(f"{LIST}{elsewhere.pk}/change/").status_code in (302, 404)


@pytest.mark.django_db
def test_who_has_not_the_duty_has_no_trail(town_behind_the_wall: Town) -> None:
    mei: Client = at_the_desk(town_behind_the_wall.mei)
    assert mei.get(LIST).status_code in (302, 403, 404)


@pytest.mark.django_db
def test_nothing_in_the_trail_can_be_changed_here(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    entry = happened(town.mei, town.two_wells.code)
    ning = at_the_desk(town.ning)
    assert ning.post(f"{LIST}{entry.pk}/change/", {"actor": "nobody"}).status_code == 403
    assert ning.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    with standing_on(EVERYWHERE):
        assert Entry.objects.get(pk=entry.pk).actor == f"person:{town.mei.pk}"


@pytest.mark.django_db
def test_one_line_and_three_cost_the_same(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    ning = at_the_desk(town.ning)
    ning.get(LIST)  # the first page of a session also notes where it is used
    counts = []
    for people in ([town.mei], [town.gu, town.bo]):
        for person in people:
            happened(person, town.two_wells.code)
        with CaptureQueriesContext(connection) as asked:
            ning.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_act_of_the_house_has_words() -> None:
    noted = {
        call.args[0].value
        for source in all_sources()
        for call in source.calls()
        if isinstance(call.func, ast.Name | ast.Attribute)
        and (call.func.id if isinstance(call.func, ast.Name) else call.func.attr) in {"note", "_note", "record"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
    assert len(noted) > 30
    assert noted == set(ACTS)
