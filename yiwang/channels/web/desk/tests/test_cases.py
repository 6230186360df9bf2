"""All cases that one sees."""

import csv
import io
import re
from importlib import import_module
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.rules import State, written
from yiwang.cases.tests.make import MONDAY, as_, dispatched, make_lamp
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.channels.web.desk.tests.cases import told
from yiwang.plumbing.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def mei(town: Town) -> Client:
    return at_the_desk(town.mei)


def content(answer: Any) -> bytes:
    """What was streamed."""
    return b"".join(answer.streaming_content)


def found(client: Client, **asked: Any) -> list[int]:
    page = client.get("/cases", asked)
    assert page.status_code == 200, page.context["wrong"]
    return [case.number for case in page.context["page"].cases]


def test_whoever_is_not_signed_in_sees_no_cases() -> None:
    assert Client().get("/cases")["Location"] == "/sign-in?next=/cases"


def test_a_clerk_of_another_street_sees_none_and_takes_none_away(town: Town) -> None:
    number = told(town)
    ding = at_the_desk(town.ding)
    assert found(ding) == []
    assert str(number) not in content(ding.get("/cases.csv")).decode()
    # Who holds no post takes nothing away either.
    assert at_the_desk(town.lan).get("/cases.csv").status_code == 404
    assert at_the_desk(town.lan).get("/cases.xlsx").status_code == 404


def test_the_newest_comes_first_and_older_ones_behind(town: Town, mei: Client) -> None:
    numbers = sorted((told(town) for _ in range(52)), reverse=True)
    first = mei.get("/cases")
    assert found(mei) == numbers[:50]
    assert found(mei, **first.context["following"]) == numbers[50:]


def test_each_filter_stands_in_the_address(town: Town, mei: Client) -> None:
    make_item("WELL")
    lamp, well = told(town), told(town, "井盖松了", item="WELL", place=town.upper_lane.code)
    given = dispatched(town)
    both = sorted((lamp, well, given), reverse=True)
    assert found(mei, place=f"{town.upper_lane.code} 上巷社区") == [well]
    assert found(mei, item="WELL 井盖") == [well]
    assert found(mei, state=State.DISPATCHED.value) == [given]
    assert found(mei, lead=f"{town.water_post.pk} 水务") == [given]
    assert found(mei, q="井盖") == [well]
    assert found(mei, since="2026-03-02") == both
    assert found(mei, since="2026-03-03") == []
    assert found(mei, overdue="yes") == both
    assert 'value="井盖"' in mei.get("/cases", {"q": "井盖"}).content.decode()


def test_the_filter_says_in_one_line_what_is_filtered(town: Town, mei: Client) -> None:
    told(town)
    asked = {"q": "灯", "place": town.upper_lane.code, "state": "reported", "item": "LAMP", "since": "2026-03-02"}
    asked |= {"lead": str(town.water_post.pk), "overdue": "yes"}
    page = mei.get("/cases", asked).content.decode()
    (line,) = re.findall(r"<summary>(筛选.*)</summary>", page)
    said = re.sub("<.*?>", "", line)
    assert said.startswith("筛选：超期 · “灯” · ")
    assert town.upper_lane.name in said
    assert said.endswith(" · 2026-03-02 起")
    assert said.count(" · ") == 6
    assert "<summary>筛选</summary>" in mei.get("/cases").content.decode()


@pytest.mark.parametrize(
    "typed", [{"place": "nowhere"}, {"item": "NOSUCH"}, {"lead": "99999999"}, {"lead": "水"}, {"state": "lost"},
              {"since": "2026-02-31"}, {"since": "soon"}],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_kept(mei: Client, typed: dict[str, str]) -> None:
    page = mei.get("/cases", typed)
    assert (page.status_code, len(page.context["wrong"])) == (422, 1)
    (value,) = typed.values()
    assert page.context["typed"][next(iter(typed))] == value
    assert mei.get("/cases.csv", typed).status_code == 404


def test_a_list_is_given_out_as_it_is_shown_and_nobody_is_named_in_it(town: Town, mei: Client) -> None:
    told(town, "请打13800000001找蓝,身份证990101196001011234")
    number = told(town, "=cmd|路灯,坏了")
    text = content(mei.get("/cases.csv", {"q": "路灯"})).decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text))
    assert [(row[0], row[2]) for row in rows] == [(str(number), "'=cmd|路灯,坏了")]
    everything = content(mei.get("/cases.csv")).decode()
    assert "138****0001" in everything
    assert "990101********1234" in everything
    assert "13800000001" not in everything
    assert "蓝居民" not in everything
    entry = Entry.objects.filter(act="export_cases").order_by("pk").last()
    assert entry is not None
    assert (entry.actor, entry.details["form"]) == (f"person:{town.mei.pk}", "csv")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content(mei.get("/cases.xlsx")))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [str(number), str(number - 1)]
    assert len(headings) == sheet.max_column


def test_who_would_lead_is_told_from_who_leads(town: Town, mei: Client) -> None:
    make_responsibility(Item.objects.get(code="LAMP"), town.water_post, place=town.county)
    told(town)
    unit = town.water_company.name
    assert f"拟主办：{unit}" in mei.get("/cases").content.decode()
    assert f"拟主办：{unit}" in content(mei.get("/cases.csv")).decode()
    dispatched(town)
    page = mei.get("/cases?state=dispatched").content.decode()
    assert unit in page
    assert "拟主办" not in page


def test_a_list_longer_than_one_reading_is_given_out_whole(
    town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.exports, "AT_ONCE", 2)
    numbers = sorted((told(town) for _ in range(5)), reverse=True)
    lines = content(mei.get("/cases.csv")).decode("utf-8-sig").splitlines()
    assert [int(line[:16]) for line in lines[1:]] == numbers


def test_an_excel_sheet_has_an_end_and_csv_is_offered(
    town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yiwang.channels.web.desk.giving_out.MOST_IN_EXCEL", 1)
    told(town), told(town)
    answer = mei.get("/cases.xlsx", {"q": "路灯"}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/cases?q=")
    assert "CSV" in next(str(one) for one in answer.context["messages"])


def test_what_is_due_first_stands_first_where_that_is_wanted(town: Town, mei: Client) -> None:
    later, first, ended = told(town), told(town, "水管爆了"), told(town)
    actions.accept(later, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY.replace(hour=6))
    actions.decline(ended, reason="重复", by=as_(town.mei), now=MONDAY)
    assert found(mei, sort="pressing") == [first, later]
    # Words are looked for from the newest on.
    assert found(mei, sort="pressing", q="路灯") == [ended, later]
    # Who has only parts finds those in the same order.
    given, helped = dispatched(town), dispatched(town, assisting=(town.bos_post.pk,))
    assert found(at_the_desk(town.wen), sort="pressing") == [given, helped]
    assert found(at_the_desk(town.bo), sort="pressing")[:1] == [first]


def test_a_list_by_what_is_due_goes_on_where_it_stopped(
    town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [told(town) for _ in range(5)]
    monkeypatch.setattr("yiwang.channels.web.desk.cases.MOST", 2)
    seen: list[int] = []
    following: dict[str, str] = {}
    while True:
        page = mei.get("/cases", {"sort": "pressing", **following})
        seen += [case.number for case in page.context["page"].cases]
        following = page.context["following"]
        if not following:
            break
    assert seen == numbers
    monkeypatch.setattr(actions.exports, "AT_ONCE", 2)
    lines = content(mei.get("/cases.csv", {"sort": "pressing"})).decode("utf-8-sig").splitlines()
    assert [int(line[:16]) for line in lines[1:]] == numbers


def test_the_list_is_counted_exactly_up_to_a_bound(town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        told(town)
    told(town, "井盖松了")
    assert "4 件" in mei.get("/cases/count").content.decode()
    assert mei.get("/cases/count", {"q": "路灯"}).context["count"].n == 3
    assert mei.get("/cases/count", {"sort": "pressing"}).context["count"].n == 4
    assert at_the_desk(town.ding).get("/cases/count").context["count"].n == 0
    assert mei.get("/cases/count", {"state": "lost"}).status_code == 404
    for module in ("listing", "search"):
        monkeypatch.setattr(import_module(f"yiwang.cases.queries.{module}"), "MOST_COUNTED", 2)
    for asked in ({}, {"q": "路灯"}):
        assert "超过 2 件" in mei.get("/cases/count", asked).content.decode()


def test_the_map_shows_what_the_list_would_and_says_how_many_have_a_position(town: Town, mei: Client) -> None:
    lamp = told(town, position=(106.05, 30.05))
    told(town, "下水道堵了", position=(106.06, 30.05)), told(town, "井巷口又一盏路灯")
    answer = mei.get("/cases", {"q": "路灯", "view": "map"})
    assert [spot["href"] for spot in answer.context["spots"]] == [f"/cases/{written(lamp)}"]
    assert len(answer.context["page"].cases) == 2
    assert answer.context["grounds"] == [town.two_wells.code]
    assert "view=list" in answer.context["other"]
    narrowed = mei.get("/cases", {"place": town.well_lane.code, "view": "map"})
    assert narrowed.context["grounds"] == [town.well_lane.code]


def test_a_stranger_finds_nothing_on_the_map(town: Town) -> None:
    told(town, position=(106.05, 30.05))
    assert at_the_desk(town.ding).get("/cases", {"view": "map"}).context["spots"] == []


def test_an_ended_case_owes_nothing(town: Town, mei: Client) -> None:
    number = told(town)
    actions.decline(number, reason="重复", by=as_(town.mei), now=MONDAY)
    assert 'class="due' not in mei.get("/cases").content.decode()


def test_an_empty_list_says_what_to_do(mei: Client) -> None:
    assert mei.get("/cases").content.decode().count('class="empty"') == 1
    assert mei.get("/cases", {"q": "没有"}).content.decode().count('class="empty"') == 1


def test_the_page_costs_the_same_for_one_case_and_for_three(town: Town, mei: Client) -> None:
    told(town)
    addresses = ("/cases", "/cases?q=路灯", "/cases?view=map")
    one = [queries_of(mei, address) for address in addresses]
    told(town), told(town)
    assert [queries_of(mei, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES
