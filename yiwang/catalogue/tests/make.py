"""Plain makers of items and responsibilities. Nobody is asked, nothing is audited."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from yiwang.catalogue.models import Board, Item, ItemVersion, Responsibility
from yiwang.catalogue.queries import TOPIC
from yiwang.catalogue.rules import Content, Level, Urgency, usual_limits
from yiwang.people.models import Post
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget

TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
LAMP = Content(
    name="路灯不亮", name_en="Street lamp out", board="livelihood", level=Level.GRID, urgency=Urgency.ROUTINE,
    limits=usual_limits(Urgency.ROUTINE), keywords=("路灯", "不亮"), examples=("门口的路灯坏了三天了",),
)  # fmt: skip
_number = count(1)


def make_item(
    code: str = "", *, parent: Item | None = None, county: Place | None = None, valid_from: date | None = LONG_AGO,
    valid_to: date | None = None, **says: Any,
) -> Item:  # fmt: skip
    item = Item.objects.create(
        code=code or f"T{next(_number)}", parent=parent, county=county, valid_from=valid_from, valid_to=valid_to
    )
    content = replace(LAMP, **says)
    board = Board.objects.get(code=content.board, county=None)
    ItemVersion.of(item, content, number=1, since=LONG_AGO, board=board).save()
    forget(TOPIC)
    return item


def make_responsibility(
    item: Item, post: Post, *, place: Place | None, since: date = LONG_AGO, until: date | None = None
) -> Responsibility:
    forget(TOPIC)
    return Responsibility.objects.create(item=item, post=post, place=place, since=since, until=until)
