"""When what is open was told: on days that look like any other."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from yiwang.demo.living import FIRST_GRID, FIRST_TOWN, FRESH, SCRIPTS, crowd, somewhere, told_at
from yiwang.demo.planning import CHINA, Span, moments_over
from yiwang.demo.rows import Plan, Spot

# On a working day in the morning, at noon, and in the night.
NOWS = [datetime(2026, 3, 4, hour, 17, tzinfo=CHINA) for hour in (8, 13, 2)]


def a_year(now: datetime) -> list[int]:
    return moments_over(random.Random(1), Span(now, days=365, moments=20_000))  # noqa: S311 - nothing secret is drawn


@pytest.mark.parametrize("now", NOWS)
def test_no_day_tells_more_than_it_would_have_told(now: datetime) -> None:
    moments = a_year(now)
    begun, settled = told_at(moments, 110, now=now)
    assert sorted([at for _script, at in begun] + [moments[n] for n in settled]) == moments
    days = Counter(datetime.fromtimestamp(at, CHINA).date() for at in moments)
    yesterday = now.date() - timedelta(days=1)
    same = [days[yesterday - timedelta(weeks=week)] for week in range(1, 9)]
    assert 0.6 * min(same) < days[yesterday] < 1.5 * max(same)


@pytest.mark.parametrize("now", NOWS)
def test_every_script_is_played_and_none_faster_than_people_are(now: datetime) -> None:
    begun, _settled = told_at(a_year(now), 110, now=now)
    least = Counter[object]()
    for script, (hours, _most), _often in SCRIPTS:
        least[script] = min(hours, least.get(script, hours))
    assert {script for script, _at in begun} == set(least)
    assert all(now.timestamp() - at >= least[script] * 3600 for script, at in begun)


def test_what_came_in_just_now_is_dealt_with_by_nobody() -> None:
    now = NOWS[1]
    moments = a_year(now)
    begun, settled = told_at(moments, 20, now=now)
    fresh = (now - FRESH).timestamp()
    assert all(moments[n] < fresh for n in settled)
    late = [one for one in begun if one[1] >= fresh]
    assert late
    assert not any(script for script, _at in late)


def test_what_waits_longest_is_told_first() -> None:
    now = NOWS[0]
    begun, _settled = told_at(a_year(now), 110, now=now)
    assert [at for _script, at in begun] == sorted(at for _script, at in begun)
    assert (now.timestamp() - begun[0][1]) > 150 * 3600


def test_a_town_tells_in_the_last_days_what_it_tells_the_year_round() -> None:
    nobody = (0, 0)
    towns = [FIRST_TOWN, *(f"990101{n}" for n in (101, 102, 201))]
    places = [FIRST_GRID, *(f"{town}{n:03}001" for town in towns for n in range(2, 12))]
    spots = [Spot("990101", place, place[:9], (), (), nobody, nobody, nobody) for place in places]
    plan = Plan(
        seed=1, total=0, first_count=0, steps_each=2, open_share=0.0, kinds=[], spots=spots,
        spot_weights=[1.0] * len(spots), sayings=[], saying_weights=[], leads=[], people={}, moments=[], due=[],
    )  # fmt: skip
    weights = crowd(plan).spot_weights
    chance = random.Random(1)  # noqa: S311 - nothing secret is drawn
    lately = Counter(somewhere(plan, chance, turn).place[:9] for turn in range(11_000))
    for town in towns:
        usual = sum(weight for spot, weight in zip(spots, weights, strict=True) if spot.place.startswith(town))
        assert 0.8 < lately[town] / 11_000 / (usual / sum(weights)) < 1.2
