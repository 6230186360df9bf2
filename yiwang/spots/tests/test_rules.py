"""What is looked for of which kind, and what speaks for a gathering."""

import pytest

from yiwang.spots.rules import (
    Kind,
    Lookout,
    Season,
    is_its_season,
    kind_of,
    lookout_fault,
    lookout_for,
    strength,
)


def test_a_case_belongs_to_the_innermost_item_with_a_lookout_of_its_own_else_to_its_board() -> None:
    lookouts = {Kind(): Lookout(fewest=8), Kind("livelihood"): Lookout(metres=80), Kind(item=3): Lookout(fewest=4)}
    assert kind_of((5, 3), "livelihood", lookouts) == Kind(item=3)
    assert kind_of((5, 2), "livelihood", lookouts) == Kind("livelihood")
    assert lookout_for(Kind(item=3), lookouts).fewest == 4
    assert lookout_for(Kind("livelihood"), lookouts).metres == 80
    assert lookout_for(Kind("safety"), lookouts).fewest == 8
    assert lookout_for(Kind("safety"), {}) == Lookout()


@pytest.mark.parametrize(
    "unfit", [Lookout(metres=5), Lookout(fewest=1), Lookout(fewest=2), Lookout(days=1), Lookout(past_days=20)]
)
def test_figures_that_make_no_sense_are_told(unfit: Lookout) -> None:
    assert lookout_fault(unfit) == "lookout_unfit"


def test_nought_leaves_a_kind_out() -> None:
    assert lookout_fault(Lookout(fewest=0)) == lookout_fault(Lookout()) == ""


def test_more_than_expected_speaks_for_it_and_what_is_expected_does_not() -> None:
    assert strength(3, 3.0, 100) == strength(2, 3.0, 100) == 0.0
    assert 0 < strength(6, 3.0, 100) < strength(12, 3.0, 100)
    assert strength(6, 0.5, 6) > 0


@pytest.mark.parametrize(
    ("now", "then", "season"),
    [(9, 10, True), (12, 9, True), (9, 0, False), (9, 1, False), (9, 3, False), (30, 10, False), (9, 30, True)],
)
def test_what_came_alike_last_year_is_a_season_and_what_is_new_or_worse_is_none(
    now: int, then: int, *, season: bool
) -> None:
    """Where two are usual, in those weeks and in any."""
    assert is_its_season(Season(now, then, usual_now=2.0, usual_then=2.0)) is season


def test_a_kind_that_grew_lets_its_seasons_grow() -> None:
    assert not is_its_season(Season(24, 12, usual_now=2.0, usual_then=2.0))
    assert is_its_season(Season(24, 12, usual_now=4.0, usual_then=2.0))


def test_ground_without_a_past_has_no_season() -> None:
    assert not is_its_season(Season(9, 0, usual_now=0.0, usual_then=0.0))
