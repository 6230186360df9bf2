"""Boundaries for a resident's map."""

import pytest
import shapely
from django.test import Client

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db


def test_anybody_is_shown_which_ground_is_whose(town: Town) -> None:
    make_boundary(town.two_wells.code, shapely.box(106, 30, 106.02, 30.02))
    make_boundary(town.well_lane.code, shapely.box(106, 30, 106.01, 30.01))
    forget()
    address = f"/report/outline/{town.two_wells.code}"
    answer = Client().get(address)
    assert [one["properties"]["name"] for one in answer.json()["features"]] == ["双井街道", "井巷社区"]
    assert "max-age=3600" in answer["Cache-Control"]
    assert queries_of(Client(), address) <= MOST_QUERIES


def test_of_what_is_not_there_nothing_is_drawn() -> None:
    assert Client().get("/report/outline/nowhere").json()["features"] == []
