"""Which calendar holds where, answered from memory."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from yiwang.plumbing.walls.ground import EVERYWHERE, NOWHERE, standing_on
from yiwang.plumbing.worktime import actions, statutory
from yiwang.plumbing.worktime.models import Day, Hours, Year
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import USUAL_WEEK, DayKind

pytestmark = pytest.mark.django_db
MEI = "person:12"
COUNTY, TOWN, GRID = "990101", "990101001", "990101001002003"
A_MARKET_DAY = date(2025, 3, 12)


@pytest.fixture(autouse=True)
def _everywhere() -> Iterator[None]:
    with standing_on(EVERYWHERE):
        yield


def test_asking_costs_no_query_once_the_calendar_is_in_memory(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    calendar_for("")
    with django_assert_num_queries(0):
        assert calendar_for(GRID).spans_on(A_MARKET_DAY)


def test_a_committed_change_is_heard(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    assert calendar_for(GRID).spans_on(A_MARKET_DAY)
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_day(A_MARKET_DAY, DayKind.HOLIDAY, by=MEI)
    assert not calendar_for(GRID).spans_on(A_MARKET_DAY)


def test_the_nearest_place_decides_about_a_day() -> None:
    actions.set_day(A_MARKET_DAY, DayKind.HOLIDAY, by=MEI, ground=COUNTY)
    actions.set_day(A_MARKET_DAY, DayKind.SPECIAL, by=MEI, ground=TOWN, hours="06:00-10:00")
    lengths = [len(calendar_for(ground).spans_on(A_MARKET_DAY)) for ground in ("990102", COUNTY, TOWN, GRID)]
    assert lengths == [2, 0, 1, 1]


def test_the_nearest_place_decides_about_hours_and_zone_and_keeps_the_days_around_it() -> None:
    actions.set_day(A_MARKET_DAY, DayKind.HOLIDAY, by=MEI, ground=COUNTY)
    actions.set_hours("07:00-15:00", valid_from=date(2020, 1, 1), by=MEI, ground=TOWN, zone="Asia/Urumqi")
    grid = calendar_for(GRID)
    assert (grid.zone.key, grid.spans_on(A_MARKET_DAY)) == ("Asia/Urumqi", ())
    assert len(grid.spans_on(date(2025, 3, 13))) == 1
    assert calendar_for(COUNTY).zone.key == "Asia/Shanghai"


def test_places_without_rules_share_one_calendar() -> None:
    assert calendar_for("990103001") is calendar_for("990104")


def test_somebody_on_a_small_ground_still_gets_the_whole_calendar() -> None:
    actions.set_day(A_MARKET_DAY, DayKind.HOLIDAY, by=MEI)
    with standing_on(NOWHERE):
        assert not calendar_for(TOWN).spans_on(A_MARKET_DAY)


def test_an_empty_table_means_the_usual_week_and_only_provisional_years() -> None:
    Hours.objects.all().delete()
    Day.objects.all().delete()
    Year.objects.all().delete()
    calendar = calendar_for(GRID)
    assert calendar.weeks == (USUAL_WEEK,)
    assert not calendar.known_years


def test_a_new_installation_begins_with_the_usual_calendar() -> None:
    for model in (Hours, Day, Year):
        model.objects.all().delete()
    with connection.schema_editor() as editor:
        import_module("yiwang.plumbing.worktime.migrations.0003_usual_calendar").load(apps, editor)
    calendar = calendar_for("")
    assert calendar.known_years == set(statutory.known_years())
    assert calendar.spans_on(date(2025, 3, 12)) == USUAL_WEEK.spans
    assert calendar.spans_on(date(2025, 10, 1)) == ()
