"""What gathers, and what only looks as if: on invented ground, without a database."""

import random

from yiwang.spots.apart import Told, gatherings_apart
from yiwang.spots.finding import gatherings

_STEP = 0.01  # a kilometre, and a bit less to the east


def ground(*, more: int = 0, last_year: int = 0, at_once: bool = False, seed: int = 1) -> Told:
    """Twenty places with forty cases in a year each, three of them in the last weeks; at the first there are more.

    `at_once`: these were told by one person on one morning. `last_year`: so many were told there in the same days of
    last year beside the usual three.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    told = Told(150, 6, [], [], [], [])
    bunch = 0
    for place, many in [*((place, 40) for place in range(20)), (0, more)]:
        for n in range(many):
            told.lon.append(106 + _STEP * place + chance.gauss(0, 0.0002))
            told.lat.append(30 + chance.gauss(0, 0.0002))
            planted = many == more and more > 0
            told.recent.append(planted or n < 3)
            bunch += not (planted and at_once)
            told.bunch.append(bunch)
            told.then.append(3 <= n < 6 and not planted)
    for n in range(last_year):
        told.lon.append(106 + chance.gauss(0, 0.0002))
        told.lat.append(30 + chance.gauss(0, 0.0002))
        told.recent.append(False)
        told.then.append(True)
        told.bunch.append(bunch + 1 + n)
    return told


def test_what_gathers_beyond_the_past_of_its_ground_is_found_with_what_was_there_before() -> None:
    [found] = gatherings([ground(more=15)], seed=1)
    assert len(found.now) >= 15
    assert set(range(800, 815)) <= set(found.now)
    assert found.chance <= 0.01
    assert 2 < found.expected < 6
    assert 30 <= len(found.before) <= 37


def test_where_there_is_as_much_as_ever_nothing_gathers_however_much_that_is() -> None:
    assert gatherings([ground()], seed=1) == []
    often = ground()
    for n in range(800):
        often.lon.append(106 + _STEP * 30)
        often.lat.append(30.0)
        often.recent.append(n % 14 == 0)
        often.bunch.append(10_000 + n)
    assert gatherings([often], seed=1) == []


def test_what_came_alike_in_the_same_days_of_last_year_is_its_season_and_what_is_worse_is_not() -> None:
    assert gatherings([ground(more=15, last_year=13)], seed=1) == []
    unknown = ground(more=15, last_year=13)
    unknown.then.clear()
    for hot in (ground(more=60, last_year=13), unknown):
        [found] = gatherings([hot], seed=1)
        assert len(found.now) >= 15


def test_one_walk_of_one_person_is_no_gathering() -> None:
    assert gatherings([ground(more=15, at_once=True)], seed=1) == []


def test_nothing_told_gathers_nowhere() -> None:
    assert gatherings([], seed=1) == []
    few = Told(150, 6, [106.0], [30.0], [True], [1])
    assert gatherings([few], seed=1) == []


def test_it_is_found_alike_in_a_process_of_its_own_and_again() -> None:
    kinds = [ground(), ground(more=12, seed=2)]
    here = gatherings(kinds, seed=7)
    assert [one.kind for one in here] == [1]
    assert gatherings_apart(kinds, seed=7) == here


def test_false_alarms_on_ordinary_ground_are_as_few_as_promised() -> None:
    """Of 20 counties in which the days are dealt by chance, five or more would be alarmed in one of 380 trials."""
    alarmed = 0
    for seed in range(20):
        told, chance = ground(), random.Random(seed)  # noqa: S311 - nothing secret is drawn
        told.recent[:] = [chance.random() < 0.08 for _ in told.recent]
        alarmed += bool(gatherings([told], seed=1))
    assert alarmed <= 4
