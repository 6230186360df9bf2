"""What the first town, one of its grids and the water company have written down that they do about their problems."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from yiwang.cases.access import acting
from yiwang.catalogue.models import Item
from yiwang.demo import COUNTY
from yiwang.lists import access, actions
from yiwang.people.models import Person
from yiwang.places.models import Place


class _Said(NamedTuple):
    """By whom (a login), about which item, so many days ago; `ended`: why it was ended, ten days later."""

    login: str
    item: str
    days: int
    text: str
    ended: str = ""


_SAID = (
    _Said("director", "MS02-03", 21, "垃圾桶每周一、三、五清运，节假日前加一次。"),
    _Said("director", "MS02-01", 26, "背街小巷每周六上午集中清扫，环卫站派车一辆。"),
    _Said("director", "MS01-01", 24, "每周三夜间巡灯，坏灯三天内换好。", "坏灯一多跟不上，改为每晚巡。"),
    _Said("director", "MS01-01", 12, "路灯所每晚巡灯一次，当晚报修，次日换好。"),
    _Said("director", "PA02-01", 18, "早晚高峰由综合执法队在学校门口守一小时。"),
    _Said("town", "PA06-01", 15, "菜市场外设临时摊位三十个，早六点到九点可以摆。"),
    _Said("grid", "MS02-03", 9, "每天下午看一次三号点位，满了拍照报清运。"),
    _Said("grid", "MS01-01", 7, "晚饭后走一圈老井巷，记下不亮的灯杆号。"),
    _Said("water", "MS03-02", 20, "老旧管段每月查漏两次，抢修队二十四小时值班。"),
)


def write_down(*, now: datetime) -> None:
    """Each on the ground on which they stand; the company for itself."""
    town = Place.objects.filter(parent=COUNTY, kind="town").earliest("code").code
    items = dict(Item.objects.values_list("code", "pk"))
    for one in _SAID:
        then = now - timedelta(days=one.days)
        by = acting(Person.objects.get(login=one.login), on=timezone.localdate(then))
        unit = 0 if access.grounds(by) else access.units(by)[0]
        place = access.grounds_in(by, unit)[0] if unit else next(iter(access.grounds(by)), town)
        written = actions.write(place, items[one.item], text=one.text, by=by, now=then, unit=unit)
        if one.ended:
            actions.end(written.pk, text=one.ended, by=by, now=then + timedelta(days=10))
