"""What the wall shows, as the page's script reads it: names, numbers and points, nothing that anybody told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from yiwang.cases import queries
from yiwang.cases.queries import Seen
from yiwang.cases.rules import written
from yiwang.cases.words import STATES
from yiwang.channels.web.drawing import sign_of
from yiwang.channels.web.naming import item_named, place_name, post_name
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.channels.web.templatetags.times import left
from yiwang.channels.web.wall.numbers import numbers
from yiwang.spots.queries import Hot, hot_on
from yiwang.supervision.queries import WallOrder, on_the_wall, warnings
from yiwang.supervision.rules.clock import Warnings

NEWEST, ON_THE_MAP = 6, 400
HOT_FOR = timedelta(days=7)
SPOTS = 3
# Digits after the point: a hundred metres.
_ABOUT = 3
Clock = Mapping[int, Warnings]


def news(grounds: Sequence[str], *, now: datetime) -> dict[str, Any]:
    """All that the wall shows of these grounds (outermost place codes, or `EVERYWHERE`); the same while nothing
    changes, so that it is not sent again.
    """  # fmt: skip
    newest, live = queries.newest(grounds, most=NEWEST), queries.live(grounds, most=ON_THE_MAP)
    clock = warnings({one.number for one in (*newest, *live)})
    spots = gathering(tuple(grounds), since=_since(now))
    return {
        "newest": [_line(one, now, clock) for one in newest],
        "points": [*_points(live, now, clock), *map(_sign, spots)],
        "hot": hot(tuple(grounds), since=_since(now)),
        "spots": [_spot(one) for one in spots[:SPOTS]],
        "listed": [_listed(one, now) for one in on_the_wall(grounds)],
    } | numbers(grounds, now=now)


def _since(now: datetime) -> datetime:
    """A week ago, by ten minutes: for as long what was counted once is good enough."""
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0) - HOT_FOR


@lru_cache(maxsize=64)
def hot(grounds: tuple[str, ...], *, since: datetime) -> list[list[float]]:
    """The hot spots; a county's week is counted once for all its screens, not with every question."""
    return [[cell.lon, cell.lat, cell.cases] for cell in queries.hot_spots(grounds, since=since)]


def _spot(one: Hot) -> dict[str, str]:
    """By its community: nobody's house is named."""
    said = {"n": one.cases, "days": one.spot.days, "usual": number_format(one.spot.usual, 1)}
    return {
        "key": str(one.spot.pk), "item": item_named(one.spot.item), "place": place_name(one.spot.place),
        "told": _("%(n)s in %(days)s days, usually %(usual)s") % said,
    }  # fmt: skip


def _sign(one: Hot) -> dict[str, Any]:
    lon, lat = round(one.spot.lon, _ABOUT), round(one.spot.lat, _ABOUT)
    return {"number": f"spot-{one.spot.pk}", "kind": "hot", "lon": lon, "lat": lat}


@lru_cache(maxsize=64)
def gathering(grounds: tuple[str, ...], *, since: datetime) -> tuple[Hot, ...]:
    """Where cases gather; found anew each hour, and counted anew every ten minutes for all screens of a ground."""
    assert since, "it is the moment that ends what is kept"
    return tuple(hot_on(grounds))


def _listed(one: WallOrder, now: datetime) -> dict[str, str]:
    """By the post that answers, and nobody's name: everybody in the room reads it."""
    return {
        "number": one.number, "item": item_named(one.item), "place": place_name(one.place),
        "post": post_name(one.post),
        "left": left(one.due_at, now), "kind": tone(one.due_at, now),
    }  # fmt: skip


def _line(one: Seen, now: datetime, clock: Clock) -> dict[str, str]:
    return {
        "number": written(one.number), "item": item_named(one.item), "place": place_name(one.place),
        "state": str(STATES[one.state]), "kind": _kind(one, now, clock),
    }  # fmt: skip


def _points(seen: Iterable[Seen], now: datetime, clock: Clock) -> Iterable[dict[str, Any]]:
    for one in seen:
        assert one.at is not None
        yield {
            "number": written(one.number),
            "kind": sign_of(_kind(one, now, clock)),
            "lon": one.at[0],
            "lat": one.at[1],
        }


def _kind(one: Seen, now: datetime, clock: Clock) -> str:
    if not one.is_open:
        return "done"
    return tone(one.due_at, now, clock.get(one.number)) if one.due_at else "calm"
