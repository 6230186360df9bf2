"""What is told again and again: a road under the railway that floods with each rain, and people who ask once more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from yiwang.demo import COUNTY, acts, photos
from yiwang.demo.acts import Act, pictures
from yiwang.demo.living import play
from yiwang.demo.matters import Cast, Said, tell_so
from yiwang.demo.rows import Plan, Spot

_IN_HAND = (acts.accept, acts.dispatch, acts.sign)
_CHECKED = (*_IN_HAND, acts.finish, acts.confirm)
_CLOSED = (*_CHECKED, acts.please, acts.close)
_NOT_SOLVED = (*_CHECKED, acts.displease, acts.reopen, acts.finish, acts.confirm, acts.please, acts.close)
FEWEST = 1_000
"""In a county that tells less in a year it would be most of what is told."""
_METRE = 0.00001  # of a degree, about

# At the culvert: so many days ago, what it was taken for, in which words, how far it has come.
_CULVERT: tuple[tuple[float, str, str, tuple[Act, ...]], ...] = (
    (19.2, "MS01-08", "昨晚下雨，铁路涵洞下面积水半米深，小车熄火了", _CLOSED),
    (18.8, "MS01-08", "巡查发现：铁路涵洞积水，行人绕行，已摆警示牌", _CLOSED),
    (18.1, "MS01-08", "涵洞又淹了，娃娃上学过不去", _CLOSED),
    (12.4, "MS01-08", "铁路涵洞排水沟堵死了，一下雨就成水塘", _CLOSED),
    (12.0, "MS01-08", "涵洞下面积水，电瓶车都推不过去", _CLOSED),
    (11.6, "MS12-10", "铁路涵洞的排水盖板塌了一块，被水冲走了", _IN_HAND),
    (6.3, "MS01-08", "巡查发现：涵洞积水深约三十厘米，抽水泵没有开", _IN_HAND),
    (5.9, "MS01-08", "涵洞又积水了，这个月第三次了，到底修不修", _IN_HAND),
    (5.5, "MS01-08", "下雨天涵洞积水没人管，老人差点摔倒", _IN_HAND),
    (1.3, "MS01-08", "涵洞今天早上又淹了，公交车改道", (acts.accept, acts.dispatch)),
    (0.9, "MS01-08", "铁路涵洞积水，洒水车和垃圾车都进不来", (acts.accept,)),
    (0.4, "MS01-08", "涵洞的水还没退，请派泵车来抽", ()),
)
# Who asks once more: name and phone, and days ago, item, words, how far it has come; the same item is the same place.
_ASKING: tuple[tuple[str, str, tuple[tuple[float, str, str, tuple[Act, ...]], ...]], ...] = (
    (
        "陈女士", "19900020001",
        (
            (118, "MS01-01", "单元门口的路灯不亮，晚上看不见台阶", _CLOSED),
            (83, "MS01-01", "路灯修了一个月又不亮了", _NOT_SOLVED),
            (40, "MS01-01", "还是那盏路灯，又坏了，第三次反映", _CLOSED),
            (4, "MS01-01", "路灯又不亮了，请彻底查一下线路", _IN_HAND),
        ),
    ),
    (
        "刘先生", "19900020002",
        (
            (95, "MS02-01", "垃圾堆在巷口，好几天没有清运", _CLOSED),
            (66, "MS01-05", "巷子里的路面坑坑洼洼，下雨全是水", _CLOSED),
            (31, "MS02-01", "巷口的垃圾又堆起来了", _NOT_SOLVED),
            (9, "MS04-01", "大风刮断的树枝挂在电线上", _CLOSED),
        ),
    ),
    (
        "赵大爷", "19900020003",
        (
            (52, "MS03-02", "水管漏水，流了一路", _CLOSED),
            (27, "MS03-02", "上次漏水的地方又漏了", _CLOSED),
            (2, "MS03-02", "水管还在漏，麻烦换一段管子", (acts.accept, acts.dispatch)),
        ),
    ),
)  # fmt: skip


class _Telling(NamedTuple):
    """What is told so many days ago, of which kind, where and how, and how far it has come."""

    days: float
    kind: int
    spot: Spot
    said: Said
    script: tuple[Act, ...]


def tell_again(plan: Plan, *, now: datetime) -> None:
    """Tell of the culvert in the first town's second community, and let three people ask once more in its third."""
    cast = Cast.of(plan, on=timezone.localdate(now))
    told = [*_of_the_culvert(plan, _somewhere(plan, "002")), *_asked_again(plan, _somewhere(plan, "003"))]
    photos.wanted(picture for one in told for picture in pictures(
        plan.kinds[one.kind].scene, one.said.position, finished=acts.finish in one.script
    ))  # fmt: skip
    for one in sorted(told, key=lambda telling: -telling.days):
        play(one.script, tell_so(cast, one.kind, one.spot, one.said, now=now - timedelta(days=one.days)))


def _of_the_culvert(plan: Plan, spot: Spot) -> Iterator[_Telling]:
    lon, lat = map(float, spot.positions[0].split("\t"))
    for turn, (days, item, text, script) in enumerate(_CULVERT):
        at = (lon + _METRE * (turn * 7 % 50 - 25), lat + _METRE * (turn * 11 % 40 - 20))
        by_worker = text.startswith("巡查")
        name, phone = ("", "") if by_worker else (f"{'王李张刘陈'[turn % 5]}先生", f"199000300{turn:02}")
        yield _Telling(days, _kind(plan, item), spot, Said(text, at, "铁路涵洞", name, phone), script)


def _asked_again(plan: Plan, spot: Spot) -> Iterator[_Telling]:
    for name, phone, tellings in _ASKING:
        for days, item, text, script in tellings:
            kind = _kind(plan, item)
            lon, lat = map(float, spot.positions[kind % len(spot.positions)].split("\t"))
            said = Said(text, (lon, lat), spot.addresses[kind % len(spot.addresses)], name, phone)
            yield _Telling(days, kind, spot, said, script)


def _somewhere(plan: Plan, community: str) -> Spot:
    return next(spot for spot in plan.spots if spot.place.startswith(f"{COUNTY}001{community}"))


def _kind(plan: Plan, code: str) -> int:
    return next(number for number, kind in enumerate(plan.kinds) if kind.code == code)
