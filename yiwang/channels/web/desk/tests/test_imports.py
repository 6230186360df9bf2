"""Bringing in lists: places, boundaries, people."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from shapely.geometry import box, mapping

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.catalogue.models import Item, Responsibility
from yiwang.channels.web.desk import imports
from yiwang.people.models import Person
from yiwang.places.models import Boundary, Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/imports"
GOOD = "区划代码,名称\n990101001003,下巷社区\n"
ONE_BAD = GOOD + "99010,坏代码村\n"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_list(text: str, name: str = "places.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def sent(client: Client, file: SimpleUploadedFile, **more: str) -> Any:
    given = {"what": "places", "datum": "gcj02", "file": file} | more
    return client.post(PAGE, given, headers={"accept-language": "zh-hans"})


def known(code: str) -> bool:
    with standing_on(EVERYWHERE):
        return Place.objects.filter(pk=code).exists()


def test_it_does_not_exist_for_whoever_administers_nothing(town_behind_the_wall: Town) -> None:
    bo = at_the_desk(town_behind_the_wall.bo)
    assert bo.get(PAGE).status_code == 404
    assert bo.get("/imports/people.xlsx").status_code == 404
    assert sent(bo, a_list(GOOD)).status_code == 404
    assert not known("990101001003")


def test_a_good_list_goes_in_and_a_second_time_changes_nothing(ning: Client) -> None:
    first, second = (sent(ning, a_list(GOOD)).context["outcome"].report for _ in range(2))
    assert (first.added, first.kept) == (1, True)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 1)
    assert known("990101001003")


def test_a_bad_line_is_named_with_its_column_and_why_and_nothing_goes_in(ning: Client) -> None:
    page = sent(ning, a_list(ONE_BAD), overwrite="on")
    (rejection,) = page.context["rejections"]
    assert (rejection.line, rejection.column) == (3, "区划代码")
    said = page.content.decode()
    assert rejection.why("zh-hans") in said
    assert not known("990101001003")
    form = page.context["form"]
    assert (form["what"].value(), form["overwrite"].value()) == ("places", True)


def test_the_good_lines_go_in_when_that_is_asked(ning: Client) -> None:
    report = sent(ning, a_list(ONE_BAD), keep_good="on").context["outcome"].report
    assert (report.added, len(report.rejections), report.kept) == (1, 1, True)
    assert known("990101001003")


def test_only_checking_changes_nothing(ning: Client) -> None:
    assert sent(ning, a_list(GOOD), only_check="on").context["outcome"].report.added == 1
    assert not known("990101001003")


def test_places_of_other_ground_are_refused_line_by_line(ning: Client) -> None:
    page = sent(ning, a_list("区划代码,名称\n990102102,外镇\n"))
    assert page.context["rejected"] == 1
    assert not known("990102102")


def test_a_boundary_goes_in_from_geojson(town_behind_the_wall: Town, ning: Client) -> None:
    code = town_behind_the_wall.two_wells.code
    shape = {"type": "Feature", "properties": {"code": code}, "geometry": mapping(box(106, 30, 106.1, 30.1))}
    drawing = a_list(json.dumps({"type": "FeatureCollection", "features": [shape]}), "towns.geojson")
    report = sent(ning, drawing, what="boundaries", datum="wgs84").context["outcome"].report
    assert report.added == 1
    with standing_on(EVERYWHERE):
        assert Boundary.objects.filter(place_id=code).exists()


@pytest.mark.parametrize("name", ["list.exe", "list.xlsx", "list.geojson", "../../list.csv"])
def test_a_file_that_is_no_list_gets_a_sentence(ning: Client, name: str) -> None:
    page = sent(ning, SimpleUploadedFile(name, b"\x00\xff nothing readable"))
    assert page.context["form"].errors["file"]


def test_a_form_without_a_file_says_so(ning: Client) -> None:
    assert ning.post(PAGE, {"what": "places", "datum": "gcj02"}).context["form"].errors["file"]


def test_a_list_too_large_for_the_page_is_sent_to_the_command_line(
    ning: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LARGEST", 10)
    assert sent(ning, a_list(GOOD)).context["form"].errors["file"]


def test_people_come_in_by_the_sheet_and_their_passwords_are_shown_once(
    town_behind_the_wall: Town, ning: Client
) -> None:
    sheet = ning.get("/imports/people.xlsx")
    book = load_workbook(io.BytesIO(b"".join(sheet)))
    headings = [cell.value for cell in book.worksheets[0][1]]
    row = dict.fromkeys(headings, "") | {"登录名": "fang", "姓名": "方新来", "辖区代码": "990101001"}
    people = a_list("\n".join([",".join(map(str, headings)), ",".join(row.values())]), "people.csv")
    page = sent(ning, people, what="people")
    assert not page.context["form"].errors
    ((login, password),) = page.context["outcome"].passwords
    assert login == "fang"
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert password not in ning.get(PAGE).content.decode()
    with standing_on(EVERYWHERE):
        assert Person.objects.get(login="fang").check_password(password)


ITEMS = """事项代码,上级代码,事项名称,板块,清单层级,紧急程度
LD-1,,路灯类,民生服务,网格清单,一般
LD-1-1,LD-1,路灯不亮,民生服务,网格清单,一般
"""


def test_items_come_in_for_the_county_and_who_answers_for_them_after(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    report = sent(ning, a_list(ITEMS, "items.csv"), what="items").context["outcome"].report
    assert (report.added, report.kept, report.rejections) == (2, True, [])
    changed = sent(ning, a_list(ITEMS.replace("不亮", "损坏"), "items.csv"), what="items").context["outcome"].report
    assert (changed.changed, changed.kept) == (1, False), "what is there already is replaced only when asked"
    post = f"{town.two_wells.code},{town.water_company.name},{town.water_post.title}"
    given = f"事项代码,辖区代码,单位,岗位\nLD-1-1,{post}\n"
    wrong = f"{given}LD-9-9,{post}\n"
    page = sent(ning, a_list(wrong, "given.csv"), what="responsibilities")
    assert "LD-9-9" in page.content.decode()
    assert sent(ning, a_list(given, "given.csv"), what="responsibilities").context["outcome"].report.added == 1
    with standing_on(EVERYWHERE):
        item = Item.objects.get(code="LD-1-1")
        assert item.county_id == town.county.code
        assert Responsibility.objects.get().post_id == town.water_post.pk


def test_who_administers_all_brings_in_items_of_every_county(town_behind_the_wall: Town) -> None:
    operator = at_the_desk(town_behind_the_wall.operator)
    assert sent(operator, a_list(ITEMS, "items.csv"), what="items").context["outcome"].report.kept
    with standing_on(EVERYWHERE):
        assert {item.county_id for item in Item.objects.all()} == {None}


def test_what_is_no_list_of_items_gets_a_sentence(ning: Client) -> None:
    assert sent(ning, a_list(GOOD), what="items").context["form"].errors["file"]


def test_the_page_asks_little(ning: Client) -> None:
    assert queries_of(ning, PAGE) <= MOST_QUERIES
