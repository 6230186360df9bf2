"""Figures lie within their bounds, and the nearest ones hold."""

from dataclasses import dataclass

import pytest

from yiwang.figures.rules import fits, nearest


@dataclass(frozen=True)
class Wells:
    """How many wells, and how deep."""

    many: int = 2
    metres: int = 10


LEAST, MOST = Wells(1, 5), Wells(4, 40)


@pytest.mark.parametrize("wells", [LEAST, MOST, Wells()])
def test_the_ends_belong_to_the_bounds(wells: Wells) -> None:
    assert fits(wells, least=LEAST, most=MOST)


@pytest.mark.parametrize("wells", [Wells(many=0), Wells(many=5), Wells(metres=4), Wells(metres=41)])
def test_one_figure_outside_its_bounds_is_enough(wells: Wells) -> None:
    assert not fits(wells, least=LEAST, most=MOST)


def test_what_is_set_for_the_nearest_ground_holds() -> None:
    kept = {"": "everywhere", "990101": "county", "990101001": "town"}
    places = ("990101001002", "990101001", "990101002", "990102", "*")
    assert [nearest(kept, place) for place in places] == ["town", "town", "county", "everywhere", "everywhere"]
    assert nearest({"990101": "county"}, "990102") is None


def test_where_nothing_is_set_nothing_holds() -> None:
    assert nearest({}, "990101") is None
