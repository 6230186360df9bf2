"""Tellers of one trouble, for tests."""

from datetime import datetime, timedelta
from typing import Any

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.tests.make import MONDAY

BUTCHERY = [
    "东门外那家屠宰场半夜杀猪，臭水直接排进水沟",
    "屠宰场的臭水又流到水沟里来了，味道熏人",
    "举报屠宰场半夜杀猪，猪叫声吵得全家睡不着，臭水乱排",
    "水沟里全是屠宰场排的臭水，红的",
    "请管管屠宰场，半夜杀猪，臭水排到水沟",
]
OTHERS = [
    "小区路灯坏了三盏", "公交车晚点半个小时", "医保卡怎么补办", "树枝挡住了交通标志牌",
    "学校门口没有斑马线", "快递员把件扔在楼下", "老人想申请高龄津贴", "健身器材螺丝松动",
]  # fmt: skip


def told(text: str, *, town: Town, at: datetime, **more: Any) -> int:
    """The number of a report of this text."""
    given = {"place": town.lane_grid.code} | more
    return actions.report(actions.Report(text, **given), by=reporter(), now=at).number


def told_by_many(town: Town, *, until: datetime = MONDAY, **more: Any) -> list[int]:
    """The numbers of a trouble told on five days, the last of them `until`, among others with nothing in common."""
    for n, text in enumerate(OTHERS):
        told(text, town=town, at=until - timedelta(days=n))
    return [told(text, town=town, at=until - timedelta(days=3 * n), **more) for n, text in enumerate(BUTCHERY)]
