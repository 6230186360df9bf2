from datetime import date

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.actions import LIBRARY
from yiwang.plumbing.worktime.models import Day, Hours, Year

pytestmark = pytest.mark.django_db
FAIR = date(2026, 5, 20)


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_day(ground: str, **instead: str) -> dict[str, str]:
    return {"ground": ground, "date": FAIR.isoformat(), "kind": "holiday", "name": "赶场", "spans": ""} | instead


def test_a_county_has_a_day_of_its_own_and_takes_it_back(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.post("/admin/worktime/day/add/", a_day(county)).status_code == 302
    with standing_on(EVERYWHERE):
        day = Day.objects.get(date=FAIR, ground=county)
        assert Entry.objects.filter(act="set_day", ground=county).exists()
    assert "赶场" in ning.get(f"/admin/worktime/day/{day.pk}/change/").content.decode()
    ning.post("/admin/worktime/day/", {"action": "clear", "_selected_action": [str(day.pk)]})
    with standing_on(EVERYWHERE):
        assert not Day.objects.filter(date=FAIR, ground=county).exists()


@pytest.mark.parametrize("ground", ["990102", ""])
def test_nobody_changes_the_days_of_other_ground(ning: Client, ground: str) -> None:
    page = ning.post("/admin/worktime/day/add/", a_day(ground))
    assert page.context["adminform"].form.non_field_errors()
    with standing_on(EVERYWHERE):
        assert not Day.objects.filter(date=FAIR).exists()


def test_hours_that_cannot_be_read_are_refused_in_words(town_behind_the_wall: Town, ning: Client) -> None:
    week = {"ground": town_behind_the_wall.county.code, "valid_from": "2026-03-01", "weekend": ["7"],
            "zone": "Asia/Shanghai"}  # fmt: skip
    page = ning.post("/admin/worktime/hours/add/", week | {"spans": "from nine to five"})
    assert page.context["adminform"].form.non_field_errors()
    assert ning.post("/admin/worktime/hours/add/", week | {"spans": "09:00-12:00 14:00-17:00"}).status_code == 302
    with standing_on(EVERYWHERE):
        assert Hours.objects.get(ground=week["ground"]).weekend == [7]


def test_a_year_is_confirmed_for_the_whole_installation_only(town_behind_the_wall: Town, ning: Client) -> None:
    notice = {"number": "2031", "source": "国办发明电〔2030〕7号"}
    assert ning.get("/admin/worktime/year/").status_code == 200
    assert ning.post("/admin/worktime/year/add/", notice).status_code == 403
    operator = at_the_desk(town_behind_the_wall.operator)
    assert operator.post("/admin/worktime/year/add/", notice).status_code == 302
    with standing_on(EVERYWHERE):
        assert Year.objects.get(number=2031).source == notice["source"]


def test_a_year_that_came_along_says_so_in_words(town_behind_the_wall: Town, ning: Client) -> None:
    with standing_on(EVERYWHERE):
        year = Year.objects.filter(source=LIBRARY).earliest("number").number
    operator = at_the_desk(town_behind_the_wall.operator)
    for browser in (ning, operator):
        for address in ("/admin/worktime/year/", f"/admin/worktime/year/{year}/change/"):
            page = browser.get(address).content.decode()
            assert LIBRARY not in page
            assert "随平台附带的法定节假日表" in page
    notice = "国办发明电〔2030〕7号"
    assert operator.post(f"/admin/worktime/year/{year}/change/", {"source": notice}).status_code == 302
    assert notice in ning.get("/admin/worktime/year/").content.decode()
