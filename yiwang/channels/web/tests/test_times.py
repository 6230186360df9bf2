"""Times the way people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from yiwang.channels.web.templatetags.times import in_groups, is_late, left

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(days=3, hours=5), "3 days left"), (timedelta(days=1, hours=23), "47 hours left"),
        (timedelta(hours=3), "3 hours left"), (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=5), "1 minute left"), (-timedelta(days=2), "overdue by 2 days"),
        (-timedelta(hours=1), "overdue by 1 hour"), (-timedelta(minutes=2), "overdue by 2 minutes"),
    ],
)  # fmt: skip
def test_what_is_left_or_overdue_is_said_in_the_unit_people_would_use(span: timedelta, said: str) -> None:
    with translation.override("en"):
        assert left(NOW + span, NOW) == said


def test_late_is_what_lies_in_the_past() -> None:
    assert is_late(NOW - timedelta(seconds=1), NOW)
    assert not is_late(NOW + timedelta(seconds=1), NOW)


def test_a_code_is_read_in_groups_of_four() -> None:
    assert in_groups("9901012600000001") == "9901 0126 0000 0001"
