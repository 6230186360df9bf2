from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from tests.town import Town
from yiwang.catalogue import actions, queries
from yiwang.catalogue.actions.columns import RESPONSIBILITY_COLUMNS
from yiwang.catalogue.models import Board, Item, ItemVersion, Responsibility
from yiwang.catalogue.rules import Evidence, Stage
from yiwang.catalogue.tests.make import LAMP, TODAY, make_item, make_responsibility
from yiwang.people import actions as people
from yiwang.people.models import Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_post
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.writing import write

TOMORROW = TODAY + timedelta(1)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda no: no.code == code)


def test_an_item_is_added_and_known_by_its_code(town: Town) -> None:
    version = actions.add_item("L1", LAMP, county=town.county, parent=None, by=town.ning, today=TODAY)
    assert version.content == LAMP
    line = queries.catalogue().by_code("L1", town.two_wells.code)
    assert line is not None
    assert (line.version, line.number, line.path) == (version.pk, 1, (version.item_id,))
    assert queries.catalogue().by_code("L1", town.other_town.code) is None
    assert Entry.objects.get(act="add_item").ground == town.county.code


def test_a_changed_item_keeps_what_it_said_and_its_promises(town: Town) -> None:
    first = actions.add_item("L1", LAMP, county=town.county, parent=None, by=town.ning, today=TODAY)
    quick = replace(LAMP, limits={**LAMP.limits, Stage.HANDLE: "2紧急工作时"})
    second = actions.change_item(first.item, quick, by=town.ning, today=TOMORROW)
    assert (second.number, second.since) == (2, TOMORROW)
    assert queries.promise(second.pk, Stage.HANDLE).span == timedelta(hours=2)
    assert queries.promise(first.pk, Stage.HANDLE).span == timedelta(hours=40)
    with refused("item_unchanged"):
        actions.change_item(first.item, quick, by=town.ning, today=TOMORROW)


def test_what_an_item_said_is_never_changed_or_removed(town: Town) -> None:
    make_item("L1")
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        ItemVersion.objects.update(name="x")
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        ItemVersion.objects.all().delete()


@pytest.mark.parametrize(
    ("instead", "code"),
    [({"name": ""}, "item_cell_missing"), ({"board": "war"}, "no_such_board"),
     ({"limits": {**LAMP.limits, Stage.CHECK: "soon"}}, "not_a_limit"),
     ({"evidence": Evidence(within_metres=50)}, "evidence_without_a_photo")],
)  # fmt: skip
def test_what_no_item_can_say_is_refused(town: Town, instead: dict[str, Any], code: str) -> None:
    with refused(code):
        actions.add_item("L1", replace(LAMP, **instead), county=town.county, parent=None, by=town.ning, today=TODAY)


def test_codes_and_parents_that_do_not_fit_are_refused(town: Town) -> None:
    taken, elsewhere = make_item("L1", county=town.county), make_item("Q1", county=town.other_county)
    retired = make_item("R1", valid_to=TODAY)
    how: dict[str, Any] = {"county": town.county, "by": town.ning, "today": TODAY}
    with refused("item_code_taken"):
        actions.add_item(taken.code, LAMP, parent=None, **how)
    with refused("item_code_unfit"):
        actions.add_item("路灯", LAMP, parent=None, **how)
    with refused("item_of_another_county"):
        actions.add_item("L2", LAMP, parent=elsewhere, **how)
    with refused("item_retired"):
        actions.add_item("L2", LAMP, parent=retired, **how)
    with pytest.raises(IntegrityError, match="item_code_once"), transaction.atomic():
        make_item("R1")


def test_a_branch_is_retired_after_its_items_and_then_nothing_is_opened_under_it(town: Town) -> None:
    branch = make_item("L", county=town.county)
    lamp = make_item("L1", parent=branch, county=town.county)
    with refused("item_still_has_items"):
        actions.retire_item(branch, on=TODAY, by=town.ning, today=TODAY)
    actions.retire_item(lamp, on=TOMORROW, by=town.ning, today=TODAY)
    actions.retire_item(branch, on=TOMORROW, by=town.ning, today=TODAY)
    forget()  # a test's transaction never commits, so nobody is told
    found = [[line.code for line in queries.search("路灯", on=day, place=town.yard.code)] for day in (TODAY, TOMORROW)]
    assert found == [["L1"], []]
    with refused("item_retired"):
        actions.retire_item(lamp, on=TOMORROW, by=town.ning, today=TODAY)
    with refused("item_retired"):
        actions.change_item(lamp, replace(LAMP, name="x"), by=town.ning, today=TOMORROW)


def test_only_who_administers_the_county_changes_its_catalogue(town: Town) -> None:
    lamp, common = make_item("L1", county=town.county), make_item("C1")
    given = make_responsibility(common, town.water_post, place=town.two_wells)
    other = replace(LAMP, name="x")
    for who in (town.qiao, town.mei, town.wen):
        for act in (
            lambda who=who: actions.add_item("L9", LAMP, county=town.county, parent=None, by=who, today=TODAY),
            lambda who=who: actions.change_item(lamp, other, by=who, today=TODAY),
            lambda who=who: actions.retire_item(lamp, on=TODAY, by=who, today=TODAY),
            lambda who=who: actions.set_responsibility(
                lamp, place=town.county, post=town.water_post, since=TODAY, by=who, today=TODAY
            ),
            lambda who=who: actions.end_responsibility(given, on=TODAY, by=who, today=TODAY),
        ):
            with refused("duty_not_held_there"):
                act()
    with refused("duty_not_held_there"):
        actions.change_item(common, other, by=town.ning, today=TODAY)
    assert actions.change_item(common, other, by=town.operator, today=TODAY).number == 2


def test_a_new_post_takes_over_from_the_old_one(town: Town) -> None:
    lamp = make_item("L1")
    second = make_post(Duty.HANDLE, ground=town.county)
    for post, day in ((town.water_post, TODAY), (second, TOMORROW)):
        actions.set_responsibility(lamp, place=town.county, post=post, since=day, by=town.ning, today=TODAY)
    asked = [queries.answers_for(lamp.pk, town.yard.code, on=day) for day in (TODAY, TOMORROW)]
    assert [(answer.post_id, answer.gap) for answer in asked] == [(town.water_post.pk, False), (second.pk, False)]
    with refused("responsibility_later_there"):
        actions.set_responsibility(
            lamp, place=town.county, post=second, since=TODAY - timedelta(9), by=town.ning, today=TODAY
        )
    last = Responsibility.objects.get(post=second)
    actions.end_responsibility(last, on=TOMORROW + timedelta(1), by=town.ning, today=TODAY)
    forget()
    assert queries.answers_for(lamp.pk, town.yard.code, on=TOMORROW + timedelta(1)).gap
    with refused("responsibility_over"):
        actions.end_responsibility(last, on=TOMORROW + timedelta(2), by=town.ning, today=TODAY)


def test_a_post_that_cannot_answer_there_is_refused(town: Town) -> None:
    lamp, elsewhere = make_item("L1"), make_item("Q1", county=town.other_county)
    how: dict[str, Any] = {"since": TODAY, "by": town.ning, "today": TODAY}
    with refused("post_does_not_reach"):
        actions.set_responsibility(lamp, place=town.county, post=town.bos_post, **how)
    with refused("post_cannot_handle"):
        actions.set_responsibility(lamp, place=town.two_wells, post=town.meis_post, **how)
    with refused("item_of_another_county"):
        actions.set_responsibility(elsewhere, place=town.two_wells, post=town.water_post, **how)
    with refused("responsibility_ends_before_it_begins"):
        actions.set_responsibility(lamp, place=town.county, post=town.water_post, until=TODAY, **how)
    people.abolish_post(town.water_post, on=TODAY, by=town.ning, today=TODAY)
    with refused("post_abolished"):
        actions.set_responsibility(lamp, place=town.county, post=town.water_post, **how)


def test_boards_are_defined_by_a_county_and_called_otherwise(town: Town) -> None:
    how: dict[str, Any] = {"name_en": "Emergency", "position": 9, "by": town.ning, "today": TODAY}
    board = actions.define_board("emergency", name="应急管理", county=town.county, **how)
    actions.change_board(board, name="应急", **how)
    assert list(queries.boards_for(town.two_wells.code).values_list("name", flat=True)) == [
        "党的建设", "经济发展", "民生服务", "平安法治", "应急",
    ]  # fmt: skip
    assert queries.boards_for(town.other_town.code).count() == 4
    with refused("board_code_taken"):
        actions.define_board("emergency", name="x", county=town.county, **how)
    with refused("duty_not_held_there"):
        actions.change_board(Board.objects.get(code="economy"), name="x", **how)


HEADINGS = [column.headings[0] for column in RESPONSIBILITY_COLUMNS]


def test_a_list_of_responsibilities_goes_in_and_comes_out_again(town: Town, tmp_path: Path) -> None:
    branch = make_item("L")
    lamp = make_item("L1", parent=branch)
    water = [town.water_post.unit.name, town.water_post.title]
    rows = [
        ["L", town.county.code, *water, "2026-01-01", ""],
        ["l1", town.lane_grid.code, town.bos_post.unit.name, town.bos_post.title, "", ""],
    ]
    write(tmp_path / "in.xlsx", HEADINGS, rows)
    report = actions.import_responsibilities(tmp_path / "in.xlsx", by=town.ning, today=TODAY)
    assert list(report.lines()) == []
    assert (report.added, report.kept) == (2, True)
    assert queries.answers_for(lamp.pk, town.yard.code, on=TODAY).post_id == town.bos_post.pk
    assert queries.answers_for(lamp.pk, town.bridge_grid.code, on=TODAY).post_id == town.water_post.pk
    assert actions.export_responsibilities(tmp_path / "out.csv", by=town.ning, today=TODAY) == 2
    again = actions.import_responsibilities(tmp_path / "out.csv", by=town.ning, today=TODAY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert actions.export_responsibilities(tmp_path / "none.csv", by=town.qiao, today=TODAY) == 0


def test_each_bad_row_of_responsibilities_is_named_and_nothing_is_kept(town: Town, tmp_path: Path) -> None:
    make_item("L")
    water = [town.water_post.unit.name, town.water_post.title]
    county = town.county.code
    rows = [
        ["L", county, *water, "", ""], ["X", county, *water, "", ""], ["L", "990199", *water, "", ""],
        ["L", county, water[0], "没有的岗", "", ""], ["L", county, *water, "明天", ""],
        ["L", town.other_county.code, *water, "", ""], ["L", county, town.meis_post.unit.name, town.meis_post.title],
    ]  # fmt: skip
    write(tmp_path / "in.csv", HEADINGS, rows)
    report = actions.import_responsibilities(tmp_path / "in.csv", by=town.ning, today=TODAY)
    assert [(line, column) for line, column, *_ in report.lines()] == [
        (3, "事项代码"), (4, "辖区代码"), (5, "岗位"), (6, "起始日期"), (7, "岗位"), (8, "岗位"),
    ]  # fmt: skip
    assert not Responsibility.objects.exists()
    kept = actions.import_responsibilities(tmp_path / "in.csv", by=town.ning, today=TODAY, keep_good=True)
    assert (kept.added, kept.kept) == (1, True)
    assert Item.objects.get().responsibilities.get().post == town.water_post
    assert Role.objects.filter(code="centre_clerk").exists()
