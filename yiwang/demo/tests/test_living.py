"""When what is open was told: on days that look like any other."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from yiwang.demo.living import FRESH, SCRIPTS, told_at
from yiwang.demo.planning import CHINA, Span, moments_over

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
