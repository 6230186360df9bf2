"""Somebody who tells again and again, for tests."""

from datetime import datetime, timedelta
from typing import Any

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import MONDAY
from yiwang.catalogue.models import Item

HERE = (106.005, 30.005)
PHONE = "13857924681"


def told(town: Town, item: Item | None = None, *, at: datetime = MONDAY, phone: str = PHONE, **more: Any) -> int:
    """The number of a report of somebody who left this phone."""
    given = {"place": town.lane_grid.code, "position": HERE, "name": "陈女士", "told": Told.RESIDENT} | more
    report = actions.Report("又坏了", item=item.code if item else "", phone=phone, **given)
    return actions.report(report, by=reporter(), now=at).number


def told_again(town: Town, item: Item, *, times: int = 3, until: datetime = MONDAY, **more: Any) -> list[int]:
    """The numbers of the same demand told so many times, ten days apart, the newest first."""
    return [told(town, item, at=until - timedelta(days=10 * n), **more) for n in range(times)]
