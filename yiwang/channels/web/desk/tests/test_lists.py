"""The page of the four lists: for each seat its own ground, each figure to its cases, and away as a file."""

import io
from typing import Any

import docx
import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, closed, in_hand, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.lists import actions
from yiwang.lists.tests.make import counted, lamp
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db
MARCH = {"period": "2026-03"}


@pytest.fixture
def desk(town: Town) -> Client:
    make_lamp()
    return at_the_desk(town.mei)


def test_a_desk_reads_the_four_lists_of_its_street(town: Town, desk: Client) -> None:
    closed(town)
    in_hand(town)
    actions.write(town.lane_grid.code, lamp(), text="每周三夜间巡灯", by=as_(town.bo), now=MONDAY)
    counted()
    shown = desk.get("/lists", MARCH)
    [line] = shown.context["lines"]
    assert {one.name: one.n for one in (*line.told, *line.taken, *line.reached)} == {
        "told": 2, "open": 1, "overdue": 1, "dispatched": 2, "closed": 1,
    }  # fmt: skip
    page = shown.content.decode()
    street = town.two_wells.code
    assert "每周三夜间巡灯" in page
    assert f"/lists/cases?place={street}&amp;period=2026-03&amp;item={lamp()}&amp;of=closed" in page
    assert f"/lists?place={street}&amp;period=2026-03&amp;unit={town.water_company.pk}" in page
    assert "100%" in page


def test_a_grid_worker_and_a_company_begin_with_their_own(town: Town, desk: Client) -> None:
    in_hand(town)
    counted()
    assert at_the_desk(town.bo).get("/lists", MARCH).context["asked"].place == town.lane_grid.code
    asked = at_the_desk(town.wen).get("/lists", MARCH).context["asked"]
    assert (asked.place, asked.unit) == (town.county.code, town.water_company.pk)


def test_a_stranger_finds_no_lists_of_this_street(town: Town, desk: Client) -> None:
    in_hand(town)
    counted()
    here = MARCH | {"place": town.two_wells.code}
    for path in ("/lists", "/lists.csv", "/lists.xlsx", "/lists.docx"):
        for stranger in (town.ding, town.bo, town.wen, town.lan):
            assert at_the_desk(stranger).get(path, here).status_code == 404
    assert at_the_desk(town.lan).get("/lists").status_code == 404
    for unfit in ({"period": "2026-13"}, {"unit": "x"}, {"place": "9"}, {"unit": "9" * 40}):
        assert desk.get("/lists", MARCH | unfit).status_code == 404


def test_the_lists_are_taken_away_in_three_forms(town: Town, desk: Client) -> None:
    give(town.lan, [Duty.SUPERVISE], ground=town.county)
    closed(town)
    hidden = closed(town, text="别人不该看到的事")
    Case.objects.filter(number=hidden).update(secrecy=Secrecy.CONFIDENTIAL)
    actions.write(town.lane_grid.code, lamp(), text="每周三巡灯，问13800000001", by=as_(town.bo), now=MONDAY)
    actions.write(town.county.code, lamp(), text="全县换灯", by=as_(town.lan), now=MONDAY)
    counted()
    lines = b"".join(desk.get("/lists.csv", MARCH).streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[1].split(",")[1] == "1"
    sheet = load_workbook(io.BytesIO(_content(desk.get("/lists.xlsx", MARCH)))).active
    assert sheet is not None
    assert sheet["B2"].value == "1"
    document = docx.Document(io.BytesIO(desk.get("/lists.docx", MARCH).content))
    [table] = document.tables
    text = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert len(table.rows) == 2
    assert "每周三巡灯" in text
    assert "云岭县：全县换灯" in text
    assert "自来水公司 1" in text
    assert "13800000001" not in text
    section = document.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)


def test_three_problems_cost_no_more_queries_than_one(town: Town, desk: Client) -> None:
    give(town.lan, [Duty.SUPERVISE, Duty.CONVENE, Duty.SEE_NUMBERS], ground=town.two_wells)
    in_hand(town)
    counted()
    desk.get("/lists", MARCH)
    one = queries_of(desk, "/lists?period=2026-03")
    for code in ("BIN", "HOLE"):
        make_item(code)
        forget()
        reported(town, item=code)
    counted()
    assert len(desk.get("/lists", MARCH).context["lines"]) >= 2
    assert queries_of(desk, "/lists?period=2026-03") == one <= MOST_QUERIES


def _content(response: Any) -> bytes:
    return b"".join(response.streaming_content)
