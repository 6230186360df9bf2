"""Days as bars."""

from datetime import date

from yiwang.channels.web.leader.bars import HEIGHT, WIDTH, bars_of


def test_the_highest_day_fills_the_picture_and_the_others_stand_beside_it() -> None:
    low, high = bars_of([(date(2026, 3, 1), 5, 0), (date(2026, 3, 2), 10, 5)])
    assert (high.y, high.height, high.mark) == (0, HEIGHT, HEIGHT / 2)
    assert (low.y, low.height, low.mark) == (HEIGHT / 2, HEIGHT / 2, HEIGHT)
    assert low.x + low.width < high.x
    assert high.x + high.width <= WIDTH


def test_days_without_anything_are_flat() -> None:
    assert [bar.height for bar in bars_of([(date(2026, 3, 1), 0, 0)])] == [0]
    assert bars_of([]) == []
