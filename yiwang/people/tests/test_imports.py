from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.town import Town
from yiwang.people import actions
from yiwang.people.actions.columns import COLUMNS
from yiwang.people.models import Holding, Person, Post, Unit
from yiwang.people.tests.make import TODAY
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.sheets.reading import read
from yiwang.plumbing.sheets.writing import write

HEADINGS = [column.headings[0] for column in COLUMNS]
LANE = "990101001001001"
CENTRE = ("双井街道指挥中心", "centre", "")


def a_list(folder: Path, *rows: Sequence[str], name: str = "people.xlsx") -> Path:
    write(folder / name, HEADINGS, rows)
    return folder / name


def fang(**instead: str) -> list[str]:
    cells = {
        "姓名": "方网格", "登录名": "fang", "手机号": "13700000001", "单位": CENTRE[0], "单位类型": CENTRE[1],
        "上级单位": "", "岗位": "第一网格网格员", "角色": "网格员", "辖区代码": LANE, "起始日期": "2026/3/1",
        "截止日期": "",
    } | instead  # fmt: skip
    return [cells[heading] for heading in HEADINGS]


@pytest.mark.parametrize("name", ["people.xlsx", "people.csv"])
def test_a_list_brings_people_units_posts_and_holdings(town: Town, tmp_path: Path, name: str) -> None:
    rows = [
        fang(),
        fang(姓名="钱主任", 登录名="qian", 手机号="", 单位="井巷社区居委会", 单位类型="committee", 岗位="书记",
             角色="community_branch_secretary", 辖区代码="990101001001"),
    ]  # fmt: skip
    done = actions.import_people(a_list(tmp_path, *rows, name=name), by=town.ning, today=TODAY)
    assert list(done.report.lines()) == []
    assert (done.report.added, done.report.kept) == (2, True)
    person = Person.objects.get(login="fang")
    assert person.ground == town.two_wells  # of her unit; her post lies further in
    assert person.check_password(dict(done.passwords)["fang"])
    assert Holding.objects.get(person=person).post.ground == town.lane_grid
    assert Unit.objects.get(name="井巷社区居委会").ground == town.well_lane
    assert not any(password in repr(done) for _login, password in done.passwords)
    assert not any(password in str(list(Entry.objects.values())) for _login, password in done.passwords)


def test_each_bad_row_is_named_with_line_column_and_why_and_nothing_is_kept(town: Town, tmp_path: Path) -> None:
    rows = [
        fang(),
        fang(登录名="b", 手机号="", 姓名=""),
        fang(登录名="c", 手机号="", 角色="皇帝"),
        fang(登录名="d", 手机号="", 辖区代码="990101999"),
        fang(登录名="e", 手机号="", 起始日期="明天"),
        fang(登录名="f", 手机号="", 单位="新单位", 单位类型="朝廷"),
        fang(登录名="g", 手机号="", 辖区代码=town.other_town.code, 单位="柳林镇政府", 单位类型="town_office"),
        fang(登录名="mei", 手机号="13700000001"),
    ]
    done = actions.import_people(a_list(tmp_path, *rows), by=town.ning, today=TODAY)
    assert [(line, column) for line, column, _zh, _en in done.report.lines()] == [
        (3, "姓名"), (4, "角色"), (5, "辖区代码"), (6, "起始日期"), (7, "单位类型"), (8, "单位"), (9, "登录名"),
    ]  # fmt: skip
    assert "皇帝" in next(en for line, _c, _zh, en in done.report.lines() if line == 4)
    assert not done.report.kept
    assert done.passwords == []
    assert not Person.objects.filter(login__in=["fang", "b", "c", "d"]).exists()


def test_the_good_rows_are_kept_if_asked(town: Town, tmp_path: Path) -> None:
    bad = fang(登录名="b", 手机号="", 角色="皇帝", 单位="另一单位", 单位类型="team")
    done = actions.import_people(a_list(tmp_path, bad, fang()), by=town.ning, today=TODAY, keep_good=True)
    assert [login for login, _password in done.passwords] == ["fang"]
    assert set(Person.objects.filter(login__in=["fang", "b"]).values_list("login", flat=True)) == {"fang"}
    assert not Unit.objects.filter(name="另一单位").exists()


def test_a_dry_run_tells_and_keeps_nothing(town: Town, tmp_path: Path) -> None:
    done = actions.import_people(a_list(tmp_path, fang()), by=town.ning, today=TODAY, dry_run=True)
    assert (done.report.added, done.report.kept, done.passwords) == (1, False, [])
    assert not Person.objects.filter(login="fang").exists()


def test_a_list_read_twice_changes_nothing_and_a_correction_little(town: Town, tmp_path: Path) -> None:
    actions.import_people(a_list(tmp_path, fang()), by=town.ning, today=TODAY)
    again = actions.import_people(a_list(tmp_path, fang()), by=town.ning, today=TODAY)
    assert (again.report.added, again.report.changed, again.report.unchanged) == (0, 0, 1)
    married = fang(姓名="方新名", 截止日期="2026-12-31", 登录名="fang")
    changed = actions.import_people(a_list(tmp_path, married), by=town.ning, today=TODAY)
    assert (changed.report.changed, changed.passwords) == (1, [])
    assert Person.objects.get(login="fang").name == "方新名"
    assert str(Holding.objects.get(person__login="fang").until) == "2026-12-31"


def test_a_person_is_recognised_by_their_phone(town: Town, tmp_path: Path) -> None:
    Person.objects.filter(pk=town.bo.pk).update(phone="13700000001")
    done = actions.import_people(a_list(tmp_path, fang(姓名="薄网格", 登录名="bo-new")), by=town.ning, today=TODAY)
    assert done.report.changed == 1
    assert not Person.objects.filter(login="bo-new").exists()
    assert Post.objects.filter(holdings__person=town.bo).count() == 2


def test_an_export_goes_in_again_unchanged_and_holds_no_secret(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    count = actions.export_people(path, by=town.ning, today=TODAY)
    rows = read(path, COLUMNS)
    assert count == len(rows) == 8
    assert not {"ding2", "qiao", "operator"} & {row["login"] for row in rows}
    own = [row for row in rows if row["login"] == "ning"]
    assert own[0]["role"] == "县级管理员"
    done = actions.import_people(path, by=town.operator, today=TODAY)
    assert list(done.report.lines()) == []
    assert (done.report.added, done.report.changed, done.report.unchanged) == (0, 0, 8)


def test_the_template_offers_roles_and_own_ground_and_its_examples_do_not_go_in(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    actions.template(path, by=town.ning, today=TODAY)
    people, lists = load_workbook(path).worksheets
    assert [cell.value for cell in people[1]] == HEADINGS
    assert people.max_row == 3
    assert len(people.data_validations.dataValidation) == 3
    offered = {row[2] for row in lists.iter_rows(min_row=2, values_only=True) if row[2]}
    assert town.lane_grid.code in offered
    assert town.other_town.code not in offered
    done = actions.import_people(path, by=town.ning, today=TODAY)
    assert (done.report.added, list(done.report.lines())) == (0, [])
