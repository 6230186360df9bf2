"""What is written is what ninja would write, byte order and spaces aside."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from yiwang.cases.rules import State
from yiwang.channels.api.reading import Writer


class Inner(BaseModel):
    at: datetime


def test_answers_are_written_as_ninja_writes_them() -> None:
    moment = datetime(2026, 11, 29, 1, 2, 3, 456789, tzinfo=UTC)
    answer = {
        "at": moment, "day": date(2026, 11, 29), "took": timedelta(hours=2), "share": Decimal("1.20"),
        "state": State.REPORTED, "id": UUID(int=7), 5: [1.5, None, True, "路灯“不亮”\n"], "inner": Inner(at=moment),
    }  # fmt: skip
    written = Writer().render(HttpRequest(), answer, response_status=200)
    assert json.loads(written) == json.loads(json.dumps(answer, cls=NinjaJSONEncoder))
    assert b"2026-11-29T01:02:03.456Z" in written
