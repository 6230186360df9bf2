"""What the tests of lists share: cases of Two Wells as residents tell them, and what a page answers."""

import html
import re
from typing import Any

from django.test import Client

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def told(town: Town, text: str = "井巷口的路灯不亮了", **more: Any) -> int:
    """The number of a lamp that Lan told of on Monday, with her phone."""
    given = {"item": "LAMP", "place": town.lane_grid.code, "name": "蓝居民", "phone": "13800000001"} | more
    with standing_on(EVERYWHERE):
        return actions.report(actions.Report(text=text, **given), by=reporter(), now=MONDAY).number


def stands(number: int) -> Case:
    """The case as it stands."""
    with standing_on(EVERYWHERE):
        return Case.objects.get(number=number)


def sent(client: Client, address: str, number: int, do: str, **given: str) -> Any:
    """The form of a case's pane, as somebody sends it who has just looked."""
    return client.post(address, {"do": do, "seen": stands(number).steps, **given})


def said_on(page: Any) -> list[str]:
    """What stands above a page as notes."""
    found = re.findall(r'<p class="note[^"]*"[^>]*>(.*?)</p>', page.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def taken(answer: Any) -> bytes:
    """What was given out, piece by piece."""
    return b"".join(answer.streaming_content)
