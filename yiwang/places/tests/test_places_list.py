"""Places out of lists."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yiwang.places import queries
from yiwang.places.actions import import_places
from yiwang.places.models import Place
from yiwang.places.tests.make import COMMUNITY, COUNTY, TODAY, TOWN, make_ground, make_list, make_place, shared
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import standing_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_ground")]


def bring(path: Path, **asked: Any) -> Report:
    return import_places(path, by="person:1", today=TODAY, **asked)


def refused(report: Report) -> list[tuple[int, str, str]]:
    return [(r.line, r.column, r.refusal.code) for r in sorted(report.rejections, key=lambda r: r.line)]


def test_a_list_with_chinese_headings_becomes_places(tmp_path: Path) -> None:
    rows = [
        (COUNTY, "双井县", "县（区）", "", ""),
        (TOWN, "石桥镇", "镇", COUNTY, "2020/1/1"),
        (f"{TOWN}R001", "井巷", "路段", TOWN, ""),
    ]
    report = bring(make_list(tmp_path / "l.xlsx", ("区划代码", "名称", "类型", "上级代码", "启用日期"), *rows))
    assert (report.added, report.kept, refused(report)) == (3, True, [])
    town = Place.objects.get(code=TOWN)
    assert (town.name, town.kind_id, town.parent_id, town.county) == ("石桥镇", "town", COUNTY, COUNTY)
    assert (town.valid_from, town.extra) == (date(2020, 1, 1), {"kind": "镇"})
    assert Place.objects.get(code=f"{TOWN}R001").parent_id == TOWN


def test_bringing_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    listed = make_list(tmp_path / "l.csv", ("code", "name", "note"), (TOWN, "石桥镇", "西"), (COUNTY, "双井县", ""))
    bring(listed)
    before = list(Place.objects.values())
    report = bring(listed)
    assert (report.added, report.changed, report.unchanged, report.kept) == (0, 0, 2, True)
    assert list(Place.objects.values()) == before
    assert Entry.objects.filter(act="import_places").count() == 1


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("99010", "x", "", "", "", ""), "区划代码", "place_code_malformed"),
        ((COUNTY, "x", "town", "", "", ""), "区划代码", "place_code_not_of_kind"),
        (("990102", "x", "galaxy", "", "", ""), "类型", "place_kind_unknown"),
        ((f"{COMMUNITY}001001", "x", "", "", "", ""), "类型", "place_kind_unclear"),
        (("990101009001", "x", "", "", "", ""), "上级代码", "place_parent_missing"),
        (("990101002", "x", "", "990102", "", ""), "上级代码", "place_parent_differs"),
        (("990101002", "", "", "", "", ""), "名称", "place_name_missing"),
        (("990101002", "长" * 101, "", "", "", ""), "名称", "place_name_too_long"),
        (("990101002", "大\ufffd村", "", "", "", ""), "名称", "place_name_damaged"),
        (("", "x", "", "", "", ""), "区划代码", "place_code_missing"),
        ((TOWN, "again", "", "", "", ""), "区划代码", "place_code_twice"),
        (("990101002", "x", "", "", "soon", ""), "启用日期", "place_day_unreadable"),
        (("990101002", "x", "", "", "2026-03-01", "2026-03-01"), "停用日期", "place_ends_before_beginning"),
    ],
)
def test_a_row_that_cannot_be_a_place_is_told_where_and_why(
    tmp_path: Path, row: tuple[str, ...], column: str, code: str
) -> None:
    good = [(COUNTY, "双井县", "", "", "", ""), (TOWN, "石桥镇", "", "", "", "")]
    headings = ("code", "name", "类型", "上级代码", "启用日期", "停用日期")
    report = bring(make_list(tmp_path / "l.csv", headings, *good, row))
    assert refused(report) == [(4, column, code)]
    assert not report.kept
    assert not Place.objects.exists()
    ((line, _, chinese, english),) = report.lines()
    assert line == 4
    assert chinese
    assert english


def test_good_rows_are_kept_only_when_asked(tmp_path: Path) -> None:
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县"), ("x", "y"), (TOWN, "石桥镇"))
    assert not bring(listed).kept
    report = bring(listed, keep_good=True)
    assert (report.kept, report.added, refused(report)) == (True, 2, [(3, "区划代码", "place_code_malformed")])
    assert set(Place.objects.values_list("code", flat=True)) == {COUNTY, TOWN}


def test_what_lies_in_a_rejected_place_is_rejected_with_it(tmp_path: Path) -> None:
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (COMMUNITY, "东村"), (COUNTY, "双井县"), (TOWN, "石?镇"))
    assert refused(bring(listed)) == [
        (2, "上级代码", "place_parent_missing"),
        (4, "名称", "place_name_damaged"),
    ]


def test_another_name_is_shown_first_and_written_when_asked(tmp_path: Path) -> None:
    make_ground()
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (TOWN, "新桥镇"), ("990101002", "南桥镇"))
    report = bring(listed)
    assert (report.kept, report.added, report.changed) == (False, 1, 1)
    assert [(n.code, n.figures) for n in report.notices] == [
        ("place_would_change", {"line": 2, "place": TOWN, "was": "地001", "now": "新桥镇"}),
        ("changes_wait", {"count": 1}),
    ]
    assert not Place.objects.filter(code="990101002").exists()
    assert bring(listed, overwrite=True).kept
    assert Place.objects.get(code=TOWN).name == "新桥镇"
    assert Place.objects.filter(code="990101002").exists()


def test_filling_a_gap_replaces_nothing_and_asks_nobody(tmp_path: Path) -> None:
    make_ground()
    listed = make_list(tmp_path / "l.csv", ("code", "name", "启用日期", "邮编"), (TOWN, "地001", "2020-01-01", "1"))
    assert (bring(listed).kept, Place.objects.get(code=TOWN).extra) == (True, {"邮编": "1"})
    assert Place.objects.get(code=TOWN).valid_from == date(2020, 1, 1)
    listed = make_list(tmp_path / "l.csv", ("code", "name", "邮编"), (TOWN, "地001", "2"))
    assert not bring(listed).kept


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = bring(make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县")), dry_run=True)
    assert (report.added, report.kept, Place.objects.count()) == (1, False, 0)


def test_a_missing_county_is_added_under_its_code_unless_that_is_not_wanted(tmp_path: Path) -> None:
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (TOWN, "石桥镇"))
    assert refused(bring(listed, add_missing_counties=False)) == [(2, "上级代码", "place_parent_missing")]
    report = bring(listed)
    assert [(n.code, n.figures) for n in report.notices] == [("counties_added_under_code", {"count": 1})]
    assert Place.objects.get(code=COUNTY).name == COUNTY
    report = bring(make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县")))
    assert (report.kept, Place.objects.get(code=COUNTY).name) == (True, "双井县")


def test_rows_without_a_code_get_the_next_number_and_find_it_again(tmp_path: Path) -> None:
    make_ground()
    make_place(f"{TOWN}200", "老村", valid_to=date(2020, 1, 1))
    headings = ("name", "parent", "kind")
    listed = make_list(tmp_path / "l.csv", headings, ("东村", TOWN, "村"), ("井社区", f"{TOWN}000", "社区"))
    assert bring(listed).added == 2
    listed = make_list(
        tmp_path / "l.csv", headings, ("西村", TOWN, "村"), ("东村", TOWN, "村"), ("井社区", TOWN, "社区")
    )
    assert bring(listed).unchanged == 2
    codes = dict(Place.objects.filter(parent=TOWN).values_list("name", "code"))
    # 001 and 200 were given before, 200 to a village that is no more.
    assert codes == {
        "地001": COMMUNITY, "老村": f"{TOWN}200", "东村": f"{TOWN}201", "西村": f"{TOWN}202", "井社区": f"{TOWN}002",
    }  # fmt: skip
    assert Place.objects.get(name="西村").extra == {"kind": "村"}


def test_a_name_that_stands_twice_without_a_code_is_rejected(tmp_path: Path) -> None:
    make_ground()
    listed = make_list(tmp_path / "l.csv", ("name", "parent"), ("东村", TOWN), ("东村", TOWN))
    assert refused(bring(listed)) == [(3, "名称", "place_named_twice")]


def test_numbers_that_are_used_up_are_said(tmp_path: Path) -> None:
    make_ground()
    rows = [(f"村{n}", TOWN) for n in range(801)]
    report = bring(make_list(tmp_path / "l.csv", ("name", "parent"), *rows), keep_good=True)
    assert (report.added, refused(report)) == (800, [(802, "区划代码", "place_numbers_used_up")])


def test_a_list_that_calls_one_town_two_names_is_rejected_there(tmp_path: Path) -> None:
    rows = [("东村", TOWN, "石桥镇"), ("西村", TOWN, "石桥街道")]
    report = bring(make_list(tmp_path / "l.csv", ("village", "town_code12", "town"), *rows))
    assert refused(report) == [(3, "上级代码", "places_named_differently")]


def test_who_stands_on_one_county_cannot_bring_another(tmp_path: Path) -> None:
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县"), ("990102", "别县"))
    with standing_on([COUNTY]):
        assert refused(bring(listed)) == [(3, "区划代码", "place_not_your_ground")]
        assert bring(listed, keep_good=True).kept
    assert set(Place.objects.values_list("code", flat=True)) == {COUNTY}


def test_who_brings_a_towns_list_does_not_rename_the_county_above(tmp_path: Path) -> None:
    make_place(COUNTY, COUNTY)
    make_place(TOWN, "石桥镇")
    headings = ("village", "town_code12", "town", "county", "county_code")
    listed = make_list(tmp_path / "l.csv", headings, ("东村", TOWN, "石桥镇", "双井县", COUNTY))
    with standing_on([TOWN]):
        assert bring(listed).kept
    assert Place.objects.get(code=COUNTY).name == COUNTY


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refused) as refusal:
        bring(tmp_path / "l.csv")
    assert refusal.value.code == "sheet_lacks_columns"


def test_progress_is_told_up_to_the_last_line(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    listed = make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县"), (TOWN, "石桥镇"))
    import_places(listed, by="command line", today=TODAY, progress=lambda done, of: told.append((done, of)))
    assert (told[0], told[-1]) == ((0, 2), (2, 2))


def test_the_import_stands_in_the_trail_and_every_process_hears_of_it(tmp_path: Path) -> None:
    assert len(queries.tree()) == 0
    bring(make_list(tmp_path / "l.csv", ("code", "name"), (COUNTY, "双井县"), (TOWN, "石桥镇")))
    entry = Entry.objects.get(act="import_places")
    assert (entry.actor, entry.subject, entry.ground) == ("person:1", "list:l.csv", COUNTY)
    assert (entry.details["added"], entry.details["rejected"]) == (2, 0)


def test_every_town_of_the_country_goes_in_as_it_is() -> None:
    streets = shared("streets.csv.gz")
    report = bring(streets)
    assert (report.added, report.rejections, report.kept) == (41_352, [], True)
    (notice,) = report.notices
    assert (notice.code, notice.figures) == ("counties_added_under_code", {"count": 2_978})
    assert "2978" in sentence(notice)
    east_gate = Place.objects.get(code="110101001")
    assert (east_gate.name, east_gate.kind_id, east_gate.parent_id) == ("东华门街道", "town", "110101")
    assert east_gate.extra == {"areaCode": "110101", "provinceCode": "11", "cityCode": "1101"}
    again = bring(streets)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 41_352)


def test_the_communities_of_four_counties_go_in_as_they_are_but_for_the_damaged_one() -> None:
    listed = shared("communities.csv")
    report = bring(listed)
    assert (report.kept, refused(report)) == (False, [(27, "名称", "place_name_damaged")])
    report = bring(listed, keep_good=True)
    assert (report.added, report.kept) == (767, True)
    assert [(n.code, n.figures) for n in report.notices] == [("places_added_above", {"count": 79})]
    assert Place.objects.get(code="500153").name == "荣昌区"
    town = list(Place.objects.filter(parent="500153105").order_by("code").values_list("code", "name"))
    assert town[:2] == [("500153105001", "大荣寨社区居民委员会"), ("500153105200", "沙堡村村民委员会")]
    shabao = Place.objects.get(code="500153105200")
    assert shabao.extra == {"province": "重庆市", "urban_rural_class": "村庄", "kind": "村"}
    again = bring(listed, keep_good=True)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 767)


def test_communities_name_the_counties_that_the_towns_brought_without_names() -> None:
    bring(shared("streets.csv.gz"))
    report = bring(shared("communities.csv"), keep_good=True)
    assert [(n.code, n.figures) for n in report.notices] == [("places_renamed_from_code", {"count": 4})]
    names = Place.objects.filter(code__in=["500153", "511922", "341002", "511802"]).values_list("name", flat=True)
    assert sorted(names) == sorted(["荣昌区", "南江县", "屯溪区", "雨城区"])
