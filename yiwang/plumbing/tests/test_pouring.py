"""Many rows in one statement are what Django would have written, each with a number of its own."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yiwang.plumbing.pouring import pour
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.models import Hours

pytestmark = pytest.mark.django_db
GROUND = "990101"


def week(year: int, spans: str = "08:30-12:00 13:30-18:00") -> Hours:
    return Hours(ground=GROUND, valid_from=date(year, 3, 2), spans=spans, weekend=[6, 7], zone="Asia/Shanghai")


def test_rows_come_back_as_they_were_poured() -> None:
    with standing_on(EVERYWHERE):
        with CaptureQueriesContext(connection) as asked:
            pour([week(2027), week(2028, "09:00-17:00")])
        assert len(asked) == 1
        found = list(Hours.objects.filter(ground=GROUND).order_by("pk"))
    assert [(one.valid_from, one.spans, one.weekend) for one in found] == [
        (date(2027, 3, 2), "08:30-12:00 13:30-18:00", [6, 7]), (date(2028, 3, 2), "09:00-17:00", [6, 7]),
    ]  # fmt: skip


def test_what_is_there_already_is_left_where_that_is_said_and_nothing_is_nothing() -> None:
    with standing_on(EVERYWHERE):
        pour([week(2027)])
        pour([week(2027, "09:00-17:00")], twice="DO NOTHING")
        pour([])
        assert Hours.objects.get(ground=GROUND).spans == "08:30-12:00 13:30-18:00"
    with standing_on(EVERYWHERE), pytest.raises(IntegrityError), transaction.atomic():
        pour([week(2027)])
