"""What the first town's leaders look at themselves: cases listed for all to see, an order, a visit on the spot."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from yiwang.callbacks import actions as callbacks
from yiwang.callbacks.rules import Sampling
from yiwang.cases.access import Actor, acting
from yiwang.cases.models import Case
from yiwang.cases.rules import WITH_A_POST
from yiwang.catalogue.rules import Secrecy
from yiwang.demo import COUNTY
from yiwang.people.models import Holding, Person
from yiwang.places.models import Place
from yiwang.supervision import actions
from yiwang.supervision.actions import Visit, WantedOrder

_LISTED = (("五日内办结，每日报一次进度。", 5), ("主要负责人到场，十日内销号。", 10))
_ORDERED = ("说明超期原因和办结时间。", 2)


def oversee(*, now: datetime) -> None:
    """List the two cases that are late the longest, order an answer about the third, and note a visit about the first.

    Where fewer are late, so much less.
    """
    town = Place.objects.filter(parent=COUNTY, kind="town").earliest("code")
    director, leader = _as("director", now), _as("town", now)
    late = list(_late(town.code, now)[: len(_LISTED) + 1])
    for case, (text, days) in zip(late, _LISTED, strict=False):
        actions.list_case(_wanted(case, text, now, days), by=director, now=now, public=True)
    for case in late[len(_LISTED) :]:
        actions.give(_wanted(case, _ORDERED[0], now, _ORDERED[1]), by=director, now=now)
    for case in late[:1]:
        today = timezone.localdate(now)
        seen = Visit(
            case.place, today, "现场看了，问题还在，住户说已反映三次。", "三日内办好，由承办单位逐户告知。",
            case=case.number, again_by=today + timedelta(days=3),
        )  # fmt: skip
        actions.note_guidance(seen, by=leader, now=now)


def let_be_called(*, now: datetime) -> None:
    """Four reporters in ten are called by lot; always whose manhole was open, and what was done suspiciously fast."""
    county = Place.objects.get(code=COUNTY)
    sampling = Sampling(percent=40, items=("MS01-03", "MS01-04"), minutes=30, of_usual=10, of_limit=5)
    by = Person.objects.get(login="county")
    callbacks.set_sampling(sampling, place=county, by=by, today=timezone.localdate(now))


def _as(login: str, now: datetime) -> Actor:
    return acting(Person.objects.get(login=login), on=timezone.localdate(now))


def _late(town: str, now: datetime) -> QuerySet[Case]:
    led = Case.objects.filter(place__startswith=town, secrecy=Secrecy.OPEN, state__in=sorted(WITH_A_POST))
    return led.filter(lead__isnull=False, next_due_at__lt=now).order_by("next_due_at", "number")


def _wanted(case: Case, text: str, now: datetime, days: int) -> WantedOrder:
    assert case.lead_id is not None
    owner = Holding.objects.filter(post=case.lead_id, until=None).earliest("pk").person_id
    return WantedOrder(case.number, text, owner, case.lead_id, now + timedelta(days=days))
