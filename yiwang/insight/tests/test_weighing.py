"""Weights of the ranking and hours of publishing are data: versioned, a county's own before everybody's."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.town import Town
from yiwang.cases.tests.make import as_, make_lamp, reported
from yiwang.insight import publishing, queries, weighing
from yiwang.insight.models import PublishingHour, Tally, Weighing
from yiwang.insight.rules import scores
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.scores import GRIDS, UNITS
from yiwang.plumbing.refusals import Refused

TODAY = date(2026, 3, 18)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def set_weights(town: Town, *, since: date = MARCH, of: str = UNITS, **points: int) -> Weighing:
    return weighing.set_weights(points, of=of, county=town.county, since=since, by=town.ning, today=TODAY)


def test_without_anything_said_the_platforms_own_weights_count(town: Town) -> None:
    found = weighing.weights_for(UNITS, town.county.code, on=TODAY)
    assert (found.version, found.county) == (scores.VERSION, "")
    assert sum(one.points for one in found.weights) == 100


def test_a_countys_newest_weights_count_from_their_month_on(town: Town) -> None:
    set_weights(town, in_time_rate=60, rework_rate=40)
    set_weights(town, since=APRIL, satisfied_rate=1)
    march = weighing.weights_for(UNITS, town.county.code, on=date(2026, 3, 31))
    assert (march.version, march.county) == (2, town.county.code)
    assert [(one.indicator, one.points, one.less_is_better) for one in march.weights] == [
        ("in_time_rate", 60, False), ("rework_rate", 40, True),
    ]  # fmt: skip
    assert weighing.weights_for(UNITS, town.county.code, on=APRIL).version == 3
    assert weighing.weights_for(UNITS, town.county.code, on=date(2026, 2, 28)).version == 1
    assert weighing.weights_for(GRIDS, town.county.code, on=APRIL).version == 1
    assert weighing.weights_for(UNITS, "990102", on=APRIL).version == 1


def test_the_ranking_of_a_month_follows_the_weights(town: Town) -> None:
    for unit, in_time, satisfied in ((1, 90, 10), (2, 10, 90)):
        Tally.objects.create(
            county=town.county.code, facet="unit", place=town.two_wells.code, day=MARCH, key=unit, due=100,
            due_closed=100, due_in_time=in_time, reached=100, satisfied=satisfied,
        )  # fmt: skip

    def first() -> str:
        found = queries.weighing_of(UNITS, [town.two_wells.code], month=MARCH)
        return queries.units_by_score(as_(town.mei), month=MARCH, weights=found.weights)[0].key

    assert first() == "1"
    set_weights(town, satisfied_rate=100)
    assert first() == "2"


def test_no_month_that_is_over_is_weighed_anew_and_nothing_that_was_set_changes(town: Town) -> None:
    for since in (date(2026, 2, 1), date(2026, 3, 2)):
        with pytest.raises(Refused, match=r"."):
            set_weights(town, since=since, in_time_rate=1)
    set_weights(town, in_time_rate=1)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        Weighing.objects.update(points={})


@pytest.mark.parametrize("points", [{}, {"in_time_rate": 0}, {"in_time_rate": 1001}, {"reported": 5}, {"x": 1}])
def test_points_that_make_no_sense_are_refused(town: Town, points: dict[str, int]) -> None:
    with pytest.raises(Refused):
        weighing.set_weights(points, of=UNITS, county=town.county, since=MARCH, by=town.ning, today=TODAY)
    assert not Weighing.objects.exists()


def test_only_whoever_administers_the_county_sets_its_weights(town: Town) -> None:
    asked: dict[str, Any] = {"of": UNITS, "since": MARCH, "today": TODAY}
    for county, by in ((town.county, town.mei), (None, town.ning), (town.two_wells, town.ning)):
        with pytest.raises(Refused):
            weighing.set_weights({"in_time_rate": 1}, county=county, by=by, **asked)


def test_bulletins_come_out_at_the_hour_that_the_county_set(town: Town) -> None:
    make_lamp()
    reported(town)
    kept = weighing.set_hour(9, kind=Kind.DAY, county=town.county, by=town.ning, today=TODAY)
    eight = datetime(2026, 4, 2, 8, tzinfo=timezone.get_default_timezone())
    county = town.county.code

    def published(now: datetime) -> set[str]:
        return {line.split()[1] for line in publishing.publish_due(now=now) if line.startswith(county)}

    assert published(eight) == {"week", "month"}
    assert published(eight + timedelta(hours=1)) == {"day"}
    with pytest.raises(Refused):
        weighing.set_hour(8, kind=Kind.DAY, county=town.county, by=town.ning, today=TODAY)
    with pytest.raises(Refused):
        weighing.set_hour(24, kind=Kind.WEEK, county=town.county, by=town.ning, today=TODAY)
    weighing.set_hour(10, kind=Kind.DAY, county=town.county, by=town.ning, today=TODAY, change=kept)
    assert PublishingHour.objects.get().hour == 10
