"""Propose cases for a town's next meeting, by its rule; take off what ended before any meeting."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.utils import timezone, translation

from yiwang.cases import actions as cases
from yiwang.cases.access import CLOCK
from yiwang.cases.models import Case
from yiwang.cases.rules import OPEN
from yiwang.catalogue.rules import Secrecy
from yiwang.meetings.access import chair_of
from yiwang.meetings.actions.entering import enter, times_of
from yiwang.meetings.models import TOWN, LastItem
from yiwang.meetings.queries import rule_for
from yiwang.meetings.rules.agenda import Reason, Record, Rule, Why, proposed
from yiwang.meetings.rules.last_items import LIFE, State, is_decided
from yiwang.meetings.rules.meeting import Capacity
from yiwang.meetings.words import PROPOSED, in_words
from yiwang.supervision.models import Watch

_OPEN = sorted(state.value for state in OPEN)


@transaction.atomic
def propose(town: str, *, now: datetime) -> list[int]:
    """Put onto a town's agenda what its rule asks for and what it still takes; gives the numbers of those cases.

    What waits there and has ended meanwhile leaves it. Done twice it does nothing more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yiwang.agenda.{town}"])
    waiting = _settled(town, now)
    rule = rule_for(town)
    found = proposed(_records(town, rule, now), rule, now, waiting=waiting)
    places = dict(Case.objects.filter(number__in=[case for case, _ in found]).values_list("number", "place"))
    chair = chair_of(town, timezone.localdate(now))
    for case, reasons in found:
        _put_on(case, places[case], reasons, now)
        if chair is not None:
            cases.remind([(case, places[case], chair, _said(reasons))], now=now)
    return [case for case, _reasons in found]


def _put_on(case: int, place: str, reasons: Collection[Why], now: datetime) -> None:
    item = LastItem.objects.create(
        county=place[:6], case=case, place=place, state=LIFE.first.value, proposed_at=now,
        why=[[one.reason.value, one.n] for one in reasons],
    )  # fmt: skip
    enter(item, "propose", "", by=CLOCK, post=None, now=now)


def _settled(town: str, now: datetime) -> int:
    """Take off what ended before a meeting, follow what lies elsewhere now, and count what still waits."""
    on_it = list(LastItem.objects.select_for_update().filter(place__startswith=town, ended_at=None))
    lying = Case.objects.filter(number__in=[one.case for one in on_it]).exclude(secrecy=Secrecy.SEALED)
    open_at = dict(lying.filter(state__in=_OPEN).values_list("number", "place"))
    waiting = [item for item in on_it if not is_decided(item.state)]
    for item in waiting:
        if item.case not in open_at:
            item.state = LIFE.decide("settle", State(item.state), duties={Capacity.CLOCK}).value
            item.ended_at, item.times = now, times_of(item)
            item.save(update_fields=["state", "ended_at", "times"])
            enter(item, "settle", "", by=CLOCK, post=None, now=now)
    for item in on_it:
        if (place := open_at.get(item.case, item.place)) != item.place:
            item.place = place
            item.save(update_fields=["place"])
    return sum(item.case in open_at for item in waiting)


def _records(town: str, rule: Rule, now: datetime) -> list[Record]:
    """The open cases of a town that the rule may ask for, those on its agenda left out."""
    watch = Watch.objects.filter(number=OuterRef("number"), county=OuterRef("county"))
    on_it = LastItem.objects.filter(case=OuterRef("number"), county=OuterRef("county"), ended_at=None)
    asked = Q(pk__in=[])
    for field, least in (("reopened", rule.reopened), ("hand_backs", rule.handed_back), ("late", rule.overdue)):
        asked |= Q(**{f"{field}__gte": least}) if least else Q(pk__in=[])
    if rule.days:
        asked |= Q(opened_at__lte=now - timedelta(days=rule.days))
    # As in the index of open cases: by the town itself, of which a prefix would find nothing there.
    here = Case.objects.annotate(town=Left("place", TOWN), late=Coalesce(Subquery(watch.values("overruns")[:1]), 0))
    found = here.filter(asked, ~Exists(on_it), town=town, state__in=_OPEN).exclude(secrecy=Secrecy.SEALED)
    rows = list(found.values_list("number", "late", "reopened", "hand_backs", "opened_at"))
    before = _before([row[0] for row in rows], town)
    return [
        Record(
            number, {Reason.OVERDUE: late, Reason.REOPENED: reopened, Reason.HANDED_BACK: handed_back}, opened,
            *before.get(number, ({}, None)),
        )
        for number, late, reopened, handed_back, opened in rows
    ]  # fmt: skip


def _before(numbers: Collection[int], town: str) -> dict[int, tuple[dict[Reason, int], datetime | None]]:
    """How often what had happened when a case left the agenda the last time, and when that was."""
    ended = LastItem.objects.filter(county=town[:6], case__in=numbers, ended_at__isnull=False).order_by("ended_at")
    return {
        case: ({Reason(reason): n for reason, n in (times or {}).items()}, at)
        for case, times, at in ended.values_list("case", "times", "ended_at")
    }


def _said(reasons: Collection[Why]) -> str:
    # As everything that the platform itself writes into a case: in the language of the installation.
    with translation.override(settings.LANGUAGE_CODE):
        return str(PROPOSED) % {"why": in_words(reasons)}
