"""Open data is for anybody, at addresses that stay; what is hidden is empty there."""

import csv
import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.insight import opening
from yiwang.insight.models import Tally

pytestmark = pytest.mark.django_db
APRIL_2 = datetime(2026, 4, 2, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def opened(town: Town) -> str:
    """March of the county is open; in it a town had three."""
    for place, n in ((town.county, 63), (town.two_wells, 60), (town.stone_bridge, 3)):
        Tally.objects.create(
            county=town.county.code, facet="board", place=place.code, day=date(2026, 3, 9), key=0, reported=n
        )
    opening.open_month(town.county.code, date(2026, 3, 1), now=APRIL_2)
    return f"/open/{town.county.code}/2026-03"


def test_anybody_takes_a_month_as_csv_and_as_json(town: Town, opened: str) -> None:
    page = Client().get("/open").content.decode()
    assert f'href="{opened}.csv"' in page
    answer = Client().get(f"{opened}.csv")
    lines = {line["place"]: line for line in csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))}
    assert lines[town.county.code]["reported"] == "63"
    assert lines[town.stone_bridge.code]["reported"] == ""
    said = json.loads(Client().get(f"{opened}.json").content)
    assert (said["month"], said["least"]) == ("2026-03", 5)
    hidden = [line["name"] for line in said["lines"] if line["reported"] is None]
    assert town.stone_bridge.name in hidden
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_stranger_finds_no_month_that_is_not_open(town: Town, opened: str) -> None:
    for address in (f"/open/{town.county.code}/2026-02.csv", "/open/990102/2026-03.csv", f"{opened}.xml"):
        assert Client().get(address).status_code == 404
    assert Client().get(f"/open/{town.county.code}/2026-13.json").status_code == 404


def test_three_months_cost_no_more_queries_than_one(town: Town, opened: str) -> None:
    one = queries_of(Client(), "/open")
    for month in (1, 2):
        opening.open_month(town.county.code, date(2026, month, 1), now=APRIL_2)
    assert queries_of(Client(), "/open") == one <= MOST_QUERIES
