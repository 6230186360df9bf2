"""Which tellings are one demand."""

import pytest

from yiwang.repeats.rules import Often, Telling, demands, often_fault

LANE, OTHER = "990101001001001", "990101001002001"
HERE, NEAR, FAR = (106.0, 30.0), (106.001, 30.0), (106.01, 30.0)  # 0, 96 and 963 metres


def test_the_same_item_nearby_is_one_demand_and_anything_else_another() -> None:
    tellings = [
        Telling(5, 1, LANE, HERE), Telling(4, 2, LANE, HERE), Telling(3, 1, LANE, NEAR), Telling(2, 1, LANE, FAR),
        Telling(1, None, LANE, HERE),
    ]  # fmt: skip
    assert demands(tellings, metres=200) == [(5, 3), (4,), (2,), (1,)]


def test_without_a_position_the_community_decides() -> None:
    tellings = [Telling(3, 1, LANE), Telling(2, 1, LANE[:12], HERE), Telling(1, 1, OTHER), Telling(0, 1, LANE[:9])]
    assert demands(tellings, metres=200) == [(3, 2), (1,), (0,)]


def test_what_was_merged_is_one_whatever_it_was_called() -> None:
    tellings = [Telling(9, 1, LANE, HERE, into=3), Telling(8, 2, OTHER, FAR, into=3), Telling(3, 5, LANE, FAR)]
    assert demands(tellings, metres=200) == [(9, 8, 3)]
    assert demands([Telling(9, 1, LANE, HERE, into=7), Telling(8, 2, LANE, FAR, into=7)], metres=200) == [(9, 8)]


def test_what_is_like_a_like_one_belongs_to_them() -> None:
    between = (106.0005, 30.0)
    tellings = [Telling(3, 1, LANE, HERE), Telling(2, 1, LANE, NEAR), Telling(1, 1, LANE, between)]
    assert demands(tellings, metres=60) == [(3, 2, 1)]
    assert demands(tellings[:2], metres=60) == [(3,), (2,)]


@pytest.mark.parametrize("unfit", [Often(times=1), Often(months=0), Often(months=37), Often(metres=5001)])
def test_figures_that_make_no_sense_are_told(unfit: Often) -> None:
    assert often_fault(unfit) == "often_unfit"
    assert often_fault(Often()) == ""
