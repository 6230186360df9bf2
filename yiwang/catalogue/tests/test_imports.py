import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.town import Town
from yiwang.catalogue import actions, queries
from yiwang.catalogue.actions.columns import HEADING, ITEM_COLUMNS
from yiwang.catalogue.models import Item, ItemVersion
from yiwang.catalogue.rules import Level, Secrecy, Stage, Urgency, read_limit
from yiwang.catalogue.tests.make import TODAY
from yiwang.catalogue.tests.test_rules import UNITS
from yiwang.places.tests.make import shared
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.writing import write

COLUMNS = [column.headings[0] for column in ITEM_COLUMNS]


def a_list(folder: Path, *rows: dict[str, str], name: str = "items.xlsx") -> Path:
    heading = {column.name: column.headings[0] for column in ITEM_COLUMNS}
    cells = [{heading[key]: text for key, text in row.items()} for row in rows]
    write(folder / name, COLUMNS, [[row.get(column, "") for column in COLUMNS] for row in cells])
    return folder / name


def lamp(**instead: str) -> dict[str, str]:
    return {
        "code": "L01-01", "parent": "L01", "name": "路灯不亮", "name_en": "Street lamp out", "board": "民生服务",
        "level": "网格清单", "urgency": "一般", "keywords": "路灯、不亮", "examples": "灯坏了；黑灯瞎火的",
        "opens_when": "路灯不亮", "closes_when": "恢复照明", "handle": "2个工作日", "photos": "2",
        "within_metres": "50", "note": "是", "before_and_after": "否", "on_the_spot": "yes", "secrecy": "公开",
    } | instead  # fmt: skip


LIGHTS = {"code": "L01", "name": "照明", "board": "livelihood"}


@pytest.mark.parametrize("name", ["items.xlsx", "items.csv"])
def test_a_list_brings_branches_and_items_in_any_order(town: Town, tmp_path: Path, name: str) -> None:
    path = a_list(tmp_path, lamp(), LIGHTS, name=name)
    report = actions.import_items(path, by=town.ning, county=town.county, today=TODAY)
    assert list(report.lines()) == []
    assert (report.added, report.kept) == (2, True)
    line = queries.catalogue().by_code("L01-01", town.county.code)
    assert line is not None
    said = line.content
    assert (said.level, said.urgency, said.secrecy, said.board) == (
        Level.GRID, Urgency.ROUTINE, Secrecy.OPEN, "livelihood"
    )  # fmt: skip
    assert (said.keywords, said.examples) == (("路灯", "不亮"), ("灯坏了", "黑灯瞎火的"))
    assert (said.limits[Stage.HANDLE], said.evidence.photos, said.evidence.within_metres) == ("2天", 2, 50)
    assert (said.evidence.note, said.evidence.before_and_after, said.on_the_spot) == (True, False, True)


def test_each_bad_row_is_named_with_line_column_and_why_and_nothing_is_kept(town: Town, tmp_path: Path) -> None:
    rows = [
        LIGHTS, lamp(), lamp(code="a b"), lamp(code="L2", name=""), lamp(code="L3", parent="NONE"),
        lamp(code="L4", board="国防"), lamp(code="L5", level="国家"), lamp(code="L6", handle="马上"),
        lamp(code="L7", photos="许多"), lamp(code="L8", secrecy="绝密"), lamp(code="L9", on_the_spot="也许"),
        lamp(), lamp(code="L10", photos="", within_metres="50"), lamp(code="L11", parent="L11"),
    ]  # fmt: skip
    report = actions.import_items(a_list(tmp_path, *rows), by=town.ning, county=town.county, today=TODAY)
    assert [(line, column) for line, column, _zh, _en in report.lines()] == [
        (4, "事项代码"), (5, "事项名称"), (6, "上级代码"), (7, "板块"), (8, "清单层级"), (9, "处置时限"),
        (10, "照片张数"), (11, "保密级别"), (12, "可即办"), (13, "事项代码"), (14, "照片距离（米）"), (15, "上级代码"),
    ]  # fmt: skip
    assert not report.kept
    assert not Item.objects.exists()
    kept = actions.import_items(a_list(tmp_path, *rows), by=town.ning, county=town.county, today=TODAY, keep_good=True)
    assert kept.kept
    assert set(Item.objects.values_list("code", flat=True)) == {"L01", "L01-01"}


def test_a_list_read_twice_changes_nothing_and_a_correction_makes_a_version(town: Town, tmp_path: Path) -> None:
    def again(*rows: dict[str, str], **how: Any) -> tuple[int, int, int, bool]:
        path = a_list(tmp_path, *rows)
        report = actions.import_items(path, by=town.ning, county=town.county, today=TODAY, **how)
        return report.added, report.changed, report.unchanged, report.kept

    assert again(LIGHTS, lamp()) == (2, 0, 0, True)
    assert again(LIGHTS, lamp()) == (0, 0, 2, True)
    assert again(LIGHTS, lamp(handle="1天")) == (0, 1, 1, False)
    assert again(LIGHTS, lamp(handle="1天"), overwrite=True, dry_run=True) == (0, 1, 1, False)
    assert ItemVersion.objects.count() == 2
    assert again(LIGHTS, lamp(handle="1天"), overwrite=True) == (0, 1, 1, True)
    versions = ItemVersion.objects.filter(item__code="L01-01").order_by("number")
    assert [(version.number, version.handle) for version in versions] == [(1, "2天"), (2, "1天")]


def test_an_export_goes_in_again_unchanged(town: Town, tmp_path: Path) -> None:
    actions.import_items(a_list(tmp_path, LIGHTS, lamp()), by=town.ning, county=town.county, today=TODAY)
    for name in ("out.csv", "out.xlsx"):
        assert actions.export_items(tmp_path / name, today=TODAY, county=town.county) == 2
        report = actions.import_items(tmp_path / name, by=town.ning, county=town.county, today=TODAY)
        assert (report.added, report.changed, report.unchanged, list(report.lines())) == (0, 0, 2, [])
    assert actions.export_items(tmp_path / "none.csv", today=TODAY, county=town.other_county) == 0


def test_a_stranger_brings_nothing_in(town: Town, tmp_path: Path) -> None:
    path = a_list(tmp_path, LIGHTS)
    for who, county in ((town.qiao, town.county), (town.ning, None), (town.mei, town.county)):
        with pytest.raises(Refused, match="职责"):
            actions.import_items(path, by=who, county=county, today=TODAY)
    with pytest.raises(Refused):
        actions.import_items(path, by=town.ning, county=town.two_wells, today=TODAY)
    assert not Item.objects.exists()


def test_what_is_no_list_of_items_is_refused(town: Town, tmp_path: Path) -> None:
    write(tmp_path / "x.csv", ["姓名", "英文名称"], [["方", "Fang"]])
    with pytest.raises(Refused) as no:
        actions.import_items(tmp_path / "x.csv", by=town.ning, county=town.county, today=TODAY)
    assert no.value.code == "items_list_unknown"


STANDARD = ["kind", "big_code", "big", "small_code", "small", "handler", "regulator", "open_condition",
            "close_condition", "limit_text"]  # fmt: skip


def standards(folder: Path, *rows: Sequence[str]) -> Path:
    write(folder / "standards.csv", STANDARD, rows)
    return folder / "standards.csv"


def test_a_table_of_standards_keeps_its_numbers_when_its_rows_move(town: Town, tmp_path: Path) -> None:
    cover = ("component", "01", "公用设施", "02", "污水井盖", "排水中心", "城管局")
    missing, loud = (*cover, "缺失", "恢复", "2紧急工作时"), (*cover, "有响声", "修复", "2天")
    first = actions.import_items(standards(tmp_path, missing, loud), by=town.ning, county=town.county, today=TODAY)
    assert (first.added, first.kept) == (2, True)
    again = actions.import_items(standards(tmp_path, loud, missing), by=town.ning, county=town.county, today=TODAY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    codes = set(Item.objects.values_list("code", flat=True))
    assert codes == {"BJ", "BJ01", "BJ0102", "BJ0102-01", "BJ0102-02"}
    urgent = queries.catalogue().by_code("BJ0102-01", town.county.code)
    assert urgent is not None
    assert (urgent.content.handlers, urgent.content.regulators) == ("排水中心", "城管局")
    assert urgent.content.urgency is Urgency.URGENT


def test_a_row_of_standards_without_condition_limit_or_kind_is_named(town: Town, tmp_path: Path) -> None:
    good = ["event", "01", "市容", "02", "占道", "街办", "城管局", "占道的", "清除", "1天"]
    rows = [[*good[:position], "", *good[position + 1 :]] for position in (0, 1, 4, 7, 9)]
    report = actions.import_items(standards(tmp_path, *rows), by=town.ning, county=town.county, today=TODAY)
    assert {line for line, *_ in report.lines()} == {2, 3, 4, 5, 6}
    assert not Item.objects.exists()


def test_every_row_of_a_real_city_goes_in_with_its_limit(town: Town) -> None:
    path = shared("standards.csv")
    report = actions.import_items(path, by=town.ning, county=town.county, today=TODAY)
    assert list(report.lines()) == []
    assert (report.added, report.kept) == (519, True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    root = {"component": "BJ", "event": "SJ"}
    found = {
        (version.item.parent.code if version.item.parent else "", version.opens_when): version
        for version in ItemVersion.objects.select_related("item__parent")
        if version.item.code.count("-")
    }
    assert len(found) == 519
    for row in rows:
        version = found[root[row["kind"]] + row["big_code"] + row["small_code"], row["open_condition"]]
        promise = queries.promise(version.pk, Stage.HANDLE)
        assert (promise.amount, (promise.unit, promise.working)) == (
            float(row["limit_value"]), UNITS[row["limit_unit"]]
        )  # fmt: skip
        assert version.handle == row["limit_text"]
        assert (version.closes_when, version.handlers) == (row["close_condition"], row["handler"])
    again = actions.import_items(path, by=town.ning, county=town.county, today=TODAY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 519)


def test_the_default_catalogue_is_one_a_town_can_begin_with(db: None, town: Town) -> None:
    report = actions.load_default(by="system", today=TODAY)
    assert list(report.lines()) == []
    assert report.kept
    lines = [line for line in queries.catalogue() if not line.is_branch]
    assert len(lines) >= 250
    assert {line.content.board for line in lines} == {"party_building", "economy", "livelihood", "safety_law"}
    assert {line.content.level for line in lines} == set(Level)
    assert {line.content.urgency for line in lines} == set(Urgency)
    for line in lines:
        assert line.content.name_en, line.code
        assert len(line.content.keywords) >= 2, line.code
        assert line.content.examples, line.code
        if line.content.urgency is Urgency.EMERGENCY:
            assert not read_limit(line.content.limits[Stage.HANDLE]).promise.working, line.code
    assert sum(line.content.secrecy is Secrecy.SEALED for line in lines) >= 5
    names = [line.name for line in lines]
    assert len(names) == len(set(names))
    again = actions.load_default(by="system", today=TODAY)
    assert (again.added, again.changed) == (0, 0)
    assert HEADING["code"] == "事项代码"
