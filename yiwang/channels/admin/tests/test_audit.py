import ast
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.desk import at_the_desk
from tests.sources import all_sources
from tests.town import Town
from yiwang.channels.admin.audit import ACTS, SUBJECTS, in_words
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


@pytest.mark.django_db
def test_whoever_acted_is_said_and_found_by_name_and_no_word_is_left_in_english(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    happened(town.mei, town.two_wells.code)
    note("try_as", f"person:{town.bo.pk}", by="visitor", ground=town.two_wells.code)
    note("set_day", f"calendar:{town.county.code}/2026-05-01", by=f"person:{town.ning.pk}", ground=town.county.code)
    ning = at_the_desk(town.ning)
    page = ning.get(LIST).content.decode()
    for said in (
        "梅受理 (mei)",
        "薄网格 (bo)",
        "未登录的访客",
        "任职 7",
        f"{town.two_wells.name} 990101001",
        "日历 990101/",
    ):
        assert said in page
    assert "person:" not in page
    assert "visitor" not in page
    one = ning.get(f"{LIST}{happened(town.mei, town.two_wells.code).pk}/change/").content.decode()
    assert "person:" not in one.lower()
    assert "Request id" not in one
    assert "结案" not in one, "one leaves a page, and closes no case"
    found = ning.get(LIST, {"q": town.mei.name}).content.decode()
    assert "任职 7" in found
    assert "未登录的访客" not in found


def test_somebody_who_is_not_to_be_seen_is_called_by_their_number() -> None:
    with translation.override("zh-hans"):
        assert in_words("person:9", {}) == "人员 9"
        assert in_words("appeals", {}) == "申诉清单"
        assert in_words("clock", {}) == "系统"
        assert in_words("something new", {}) == "something new"


NOTES = {"note", "_note", "record"}


def noted() -> Iterator[tuple[str, ast.Call]]:
    """Every line of the trail that the house writes, and where; but what only passes the words of others on."""
    for source in all_sources():
        passed_on = {
            id(call) for made in ast.walk(source.tree) if isinstance(made, ast.FunctionDef) and made.name in NOTES
            for call in ast.walk(made)
        }  # fmt: skip
        for call in source.calls():
            called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            by = any(keyword.arg == "by" for keyword in call.keywords)
            if called in NOTES and by and len(call.args) > 1 and id(call) not in passed_on:
                yield source.at(call), call


def test_every_act_of_the_house_has_words() -> None:
    acts = {where: call.args[0] for where, call in noted()}
    assert [where for where, act in acts.items() if not isinstance(act, ast.Constant)] == [], "named literally"
    assert len(acts) > 30
    assert {act.value for act in acts.values() if isinstance(act, ast.Constant)} == set(ACTS)


def test_every_thing_that_was_acted_on_has_words() -> None:
    kinds = {kind for _where, call in noted() if (kind := kind_of(call.args[1]))}
    assert len(kinds) > 25
    assert kinds <= set(SUBJECTS)


def kind_of(subject: ast.expr) -> str:
    """The word before the colon; nothing where a variable says it."""
    if isinstance(subject, ast.JoinedStr):
        subject = subject.values[0]
    return str(subject.value).partition(":")[0] if isinstance(subject, ast.Constant) else ""
