import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.desk import at_the_desk
from tests.sources import all_sources
from tests.town import Town
from yiwang.channels.admin.audit import ACTS, SUBJECTS, in_words
from yiwang.channels.admin.details import TABLES, in_lines
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


def lines_of(act: str, **details: Any) -> dict[str, str]:
    with translation.override("zh-hans"):
        return dict(in_lines(act, details, {"person:7": "梅受理 (mei)"}))


@pytest.mark.django_db
def test_details_are_said_in_words(town: Town) -> None:
    assert lines_of("appoint", person=7, post=town.water_post.pk) == {
        "人员": "梅受理 (mei)", "岗位": town.water_post.title,
    }  # fmt: skip
    assert lines_of("change_role", was=["report"], duties=["report", "triage"]) == {"职责": "上报 → 上报、受理分类"}
    assert lines_of("define_role", duties=["triage"]) == {"职责": "受理分类"}
    assert lines_of("change_post", was="一岗", title="二岗") == {"岗位名称": "一岗 → 二岗"}
    assert lines_of("change_post", was="一岗") == {"原为": "一岗"}, "as it was written before"
    assert lines_of("export_people", lines=3) == {"行数": "3"}
    assert lines_of("carry_out_redrawing", effective="2026-03-02", successors={town.well_lane.code: []}) == {
        "生效日期": "2026-03-02", "接续关系": f"{town.well_lane.name} {town.well_lane.code} → —",
    }  # fmt: skip
    assert lines_of("export_cases", overdue=True, at="2026-03-02T01:30:00+00:00", item=None) == {
        "只看超期": "是", "时间": "2026-03-02 09:30", "事项": "—",
    }  # fmt: skip


@pytest.mark.django_db
def test_details_that_set_a_table_have_the_labels_and_words_of_its_fields(town: Town) -> None:
    unit = town.water_company
    said = lines_of(
        "change_unit", was={"name": "水司", "kind": "company", "parent": None}, name="水务公司", kind="company",
        parent=unit.pk,
    )  # fmt: skip
    assert said == {"名称": "水司 → 水务公司", "类型": "企业", "上级单位": f"— → {unit}"}
    rung = lines_of("add_rung", board_id=None, urgency="", stage="handle", level="head", percent=90, answer_minutes=30)
    assert rung["提醒谁"] == "经办单位负责人"
    assert rung["环节"] == "处置"
    assert "percent" not in str(rung)


def test_what_nobody_has_words_for_is_shown_as_it_is() -> None:
    said = lines_of("whatever", colour="blue", deep={"a": [1, {"b": False}]})
    assert said == {"colour": "blue", "deep": "a：1、b：否"}
    assert lines_of("whatever") == {}


@pytest.mark.django_db
def test_the_page_shows_them_and_no_json(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    entry = note(
        "appoint", "holding:7", by=f"person:{town.ning.pk}", ground=town.two_wells.code, person=town.mei.pk,
        post=town.meis_post.pk, odd="<b>",
    )  # fmt: skip
    page = at_the_desk(town.ning).get(f"{LIST}{entry.pk}/change/").content.decode()
    assert f"<div>人员：{town.mei.name} (mei)</div>" in page
    assert f"<div>岗位：{town.meis_post.title}</div>" in page
    assert "<div>odd：&lt;b&gt;</div>" in page
    assert "{&quot;" not in page


NOTES = {"note", "_note", "record"}
_OF_THE_LINE = {"by", "ground", "purpose"}


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


def test_every_detail_that_the_house_writes_has_a_label() -> None:
    without = set()
    for where, call in noted():
        act = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
        keys = [keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg not in _OF_THE_LINE]
        with translation.override("zh-hans"):
            said = [label for key in keys for label, _value in in_lines(str(act), {key: None}, {})]
        without |= {(where, key) for key, label in zip(keys, said, strict=True) if label.isascii()}
    assert without == set()


def test_every_table_is_one_of_ours_and_every_act_that_sets_it_is_known() -> None:
    assert all(apps.get_model(table) for table in TABLES.values())
    assert set(TABLES) <= set(ACTS)


def test_every_thing_that_was_acted_on_has_words() -> None:
    kinds = {kind for _where, call in noted() if (kind := kind_of(call.args[1]))}
    assert len(kinds) > 25
    assert kinds <= set(SUBJECTS)


def kind_of(subject: ast.expr) -> str:
    """The word before the colon; nothing where a variable says it."""
    if isinstance(subject, ast.JoinedStr):
        subject = subject.values[0]
    return str(subject.value).partition(":")[0] if isinstance(subject, ast.Constant) else ""
