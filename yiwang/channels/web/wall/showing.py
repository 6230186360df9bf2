"""What the wall shows, as the page's script reads it: names, numbers and points, nothing that anybody told."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from yiwang.cases import queries
from yiwang.cases.queries import Seen
from yiwang.cases.rules import written
from yiwang.cases.words import STATES
from yiwang.channels.web.naming import item_named, place_name
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.channels.web.wall.numbers import numbers

NEWEST, ON_THE_MAP = 6, 400
HOT_FOR = timedelta(days=7)


def news(grounds: Sequence[str], *, now: datetime) -> dict[str, Any]:
    """All that the wall shows of these grounds (outermost place codes, or `EVERYWHERE`); the same while nothing
    changes, so that it is not sent again.
    """  # fmt: skip
    return {
        "newest": [_line(one, now) for one in queries.newest(grounds, most=NEWEST)],
        "points": list(_points(queries.live(grounds, most=ON_THE_MAP), now)),
        "hot": hot(tuple(grounds), since=_since(now)),
    } | numbers(grounds, now=now)


def _since(now: datetime) -> datetime:
    """A week ago, by ten minutes: for as long what was counted once is good enough."""
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0) - HOT_FOR


@lru_cache(maxsize=64)
def hot(grounds: tuple[str, ...], *, since: datetime) -> list[list[float]]:
    """The hot spots; a county's week is counted once for all its screens, not with every question."""
    return [[cell.lon, cell.lat, cell.cases] for cell in queries.hot_spots(grounds, since=since)]


def _line(one: Seen, now: datetime) -> dict[str, str]:
    return {
        "number": written(one.number), "item": item_named(one.item), "place": place_name(one.place),
        "state": str(STATES[one.state]), "kind": _kind(one, now),
    }  # fmt: skip


def _points(seen: Iterable[Seen], now: datetime) -> Iterable[dict[str, Any]]:
    for one in seen:
        assert one.at is not None
        yield {"number": written(one.number), "kind": _kind(one, now), "lon": one.at[0], "lat": one.at[1]}


def _kind(one: Seen, now: datetime) -> str:
    if not one.is_open:
        return "done"
    return tone(one.due_at, now) if one.due_at else "calm"
