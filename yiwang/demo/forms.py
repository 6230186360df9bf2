"""What units asked grid workers of the demonstration to fill in.

Two are open, one is late, one was stopped as asked twice, one comes round each week.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from yiwang.cases.access import Actor, acting
from yiwang.demo import COUNTY
from yiwang.forms import actions, queries
from yiwang.forms.models import Form
from yiwang.forms.rules import Asks, Every, Kind, Rounds, State, Wanted
from yiwang.people.models import Person
from yiwang.places.models import Place


class _Asked(NamedTuple):
    """By whom (a login) so many days ago, due so many days from now; each how-manieth worker has not returned it."""

    login: str
    ago: int
    due: int
    title: str
    why: str
    minutes: int
    questions: tuple[Asks, ...]
    missing: int
    nevertheless: str = ""
    rounds: int = 1  # each week


_ALONE = Asks("本网格独居老人有多少人？", Kind.NUMBER, "人")
_WAY = ("畅通", "有杂物", "被占用")
_ASKED = (
    _Asked(
        "director", 9, -1, "消防通道排查", "县安委办冬季火灾防控方案", 25,
        (Asks("消防通道是否畅通", Kind.ONE, choices=_WAY), Asks("堵点有几处", Kind.NUMBER, "处")), 4,
    ),
    _Asked(
        "town", 5, 2, "独居老人走访台账", "民政关爱服务，冬季取暖安全", 30,
        (_ALONE, Asks("已走访多少户", Kind.NUMBER, "户"), Asks("最近一次走访日期", Kind.DAY)), 3,
    ),
    _Asked(
        "waterhead", 1, 6, "户外水表井盖摸底", "防止冬季井盖松动伤人", 15,
        (Asks("水表井盖有几个", Kind.NUMBER, "个"),), 2,
    ),
    _Asked(
        "director", 2, 3, "独居老人人数上报", "迎接市里检查", 15,
        (Asks("请填写独居老人人数", Kind.NUMBER, "人"),), 1, "检查组要求三天内报",
    ),
    _Asked(
        "town", 15, -12, "露天焚烧巡查周报", "秋冬季大气污染防治", 10,
        (Asks("本周发现露天焚烧几起", Kind.NUMBER, "起"), Asks("是否已全部劝止", Kind.YES)), 3, rounds=10,
    ),
)  # fmt: skip


def ask(*, now: datetime) -> None:
    """Ask them on the ground of whoever asks, return most of them, and let the county's leader stop the last one."""
    town = Place.objects.filter(parent=COUNTY, kind="town").earliest("code").code
    for one in _ASKED:
        then = now - timedelta(days=one.ago)
        wanted = Wanted(
            town, one.title, one.why, one.minutes, now + timedelta(days=one.due), one.questions,
            rounds=_weekly(one, then),
        )  # fmt: skip
        form = actions.ask(wanted, by=_as(one.login, then), now=then, nevertheless=one.nevertheless)
        _return(form, one, then + timedelta(hours=20))
        _come_round(form, one, now)
    again = Form.objects.exclude(nevertheless="").filter(county=COUNTY, state=State.ASKED).first()
    if again is not None:
        because = "与独居老人走访台账重复，直接使用已报数据。"
        actions.stop(again.pk, because=because, by=_as("leader", now), now=now - timedelta(days=1))


def _weekly(one: _Asked, then: datetime) -> Rounds | None:
    last = timezone.localdate(then) + timedelta(weeks=one.rounds - 1)
    return Rounds(Every.WEEK, last) if one.rounds > 1 else None


def _come_round(form: Form, one: _Asked, now: datetime) -> None:
    """The rounds up to now, each opened in its morning; of the last some are missing, as of the first."""
    day = timezone.localdate(form.asked_at)
    while form.series is not None and (day := day + timedelta(weeks=1)) < timezone.localdate(now):
        morning = timezone.make_aware(datetime.combine(day, time(8)))
        for opened in actions.open_rounds(COUNTY, now=morning):
            _return(opened, one, morning + timedelta(hours=7))


def _return(form: Form, one: _Asked, at: datetime) -> None:
    """All but each so-manieth worker; whoever may be tried, the first of them, still has it to do."""
    stands = queries.standing_of(form)
    for place, asked in enumerate(stands.people):
        if place % one.missing == 0:
            continue
        answers = {str(each.pk): _said(each.asks, place, at) for each in stands.questions}
        by = acting(Person.objects.get(pk=asked.person), on=timezone.localdate(at))
        actions.send_in(form.pk, answers, by=by, now=at, minutes=one.minutes // 2 + place % one.minutes)


def _said(asks: Asks, place: int, at: datetime) -> str:
    if asks.kind is Kind.DAY:
        return (timezone.localdate(at) - timedelta(days=place % 7)).isoformat()
    if asks.kind is Kind.YES:
        return "no" if place % 5 == 0 else "yes"
    return asks.choices[place % len(asks.choices)] if asks.choices else str(2 + place * 3 % 11)


def _as(login: str, now: datetime) -> Actor:
    return acting(Person.objects.get(login=login), on=timezone.localdate(now))
