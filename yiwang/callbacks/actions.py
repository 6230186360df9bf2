"""Draw who is called, and close what nobody is called for; set the rules by which that is done."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from yiwang.callbacks import models, words
from yiwang.callbacks.matters import handled
from yiwang.callbacks.models import Draw
from yiwang.callbacks.policy import SAMPLING
from yiwang.callbacks.rules import LOTS, Handled, Sampling, lot_of, reasons
from yiwang.cases import actions as cases
from yiwang.cases.access import CLOCK
from yiwang.cases.actions.moving import locked, said_by_the_platform
from yiwang.cases.models import Case
from yiwang.cases.rules import State
from yiwang.catalogue.models import Item
from yiwang.catalogue.rules import Secrecy
from yiwang.figures.actions import put
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in

BATCH = 500
_ASKED = sorted({State.CHECKED.value, State.CALLED_BACK.value})


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many cases were drawn for, how many of them are called, how many were closed, and whether more wait."""

    cases: int = 0
    asked: int = 0
    closed: int = 0
    more: bool = False


@transaction.atomic
def draw(*, now: datetime, most: int = BATCH) -> Drawn:
    """Say of each case that was checked whether its reporter is called. Stands everywhere; safe to run twice.

    A case is drawn for once in each turn, and who is busy with it waits. Where no rule is set, nothing is drawn.
    """
    rules = SAMPLING.kept
    if not rules:
        return Drawn()
    there = Draw.objects.filter(county=OuterRef("county"), number=OuterRef("number"), turn=OuterRef("reopened"))
    ground = EVERYWHERE if "" in rules else tuple(sorted(rules))
    waiting = Case.objects.filter(~Exists(there), lies_in("place", ground), state__in=_ASKED)
    waiting = waiting.exclude(secrecy=Secrecy.SEALED)
    found = list(waiting.order_by("number").select_for_update(skip_locked=True, of=("self",))[:most])
    drawn = [
        _drawn(case, seq, one, sampling, now)
        for case, seq, one in handled(found)
        if (sampling := SAMPLING.nearest(case.place)) is not None
    ]
    Draw.objects.bulk_create(drawn, ignore_conflicts=True)
    return Drawn(len(drawn), sum(one.asked for one in drawn), more=bool(drawn) and len(found) == most)


def _drawn(case: Case, seq: int, one: Handled, sampling: Sampling, now: datetime) -> Draw:
    # Who cannot be reached is not called, whatever the lot says.
    why = reasons(one, sampling) if case.contact is not None or one.dissatisfied else ()
    return Draw(
        number=case.number, county=case.county, place=case.place, turn=case.reopened, seq=seq, at=now,
        percent=sampling.percent, lot=lot_of(one.number, one.seal), asked=bool(why),
        reasons=[reason.value for reason in why], closes_at=None if why else (case.next_due_at or now),
    )  # fmt: skip


@transaction.atomic
def close_undrawn(*, now: datetime, most: int = BATCH) -> int:
    """Close the cases whose reporter is not called, when the time to say something on their own page is over.

    What the reporter was not content with stays: it waits for a decision. How many were closed.
    """
    over = Draw.objects.filter(closes_at__lte=now).order_by("county", "closes_at")
    due = list(over.select_for_update(skip_locked=True)[:most])
    closed = 0
    for one in due:
        case = locked(one.number)
        if case.reopened == one.turn and case.next_due_at and case.next_due_at > now:
            one.closes_at = case.next_due_at
            continue
        one.closes_at = None
        if case.reopened == one.turn and case.takes("close") and False not in {case.solved, case.satisfied}:
            cases.close(one.number, by=CLOCK, now=now, reason=_because(case, one))
            closed += 1
    Draw.objects.bulk_update(due, ["closes_at"])
    return closed


def _because(case: Case, one: Draw) -> str:
    if case.satisfied:
        return said_by_the_platform(words.SATISFIED)
    if case.contact is None:
        return said_by_the_platform(words.NOBODY_TO_ASK)
    return said_by_the_platform(words.NOT_DRAWN, lot=one.lot, least=one.percent * LOTS // 100)


@transaction.atomic
def set_sampling(
    sampling: Sampling, *, place: Place | None, by: Person, today: date, change: models.Sampling | None = None
) -> models.Sampling:
    """Say whom a county or a town (or, without a place, everybody) calls back; `change`: the rule that is set already.

    What was drawn stays drawn. Refuses codes that are none, and what `figures.put` refuses.
    """
    known = set(Item.objects.filter(code__in=sampling.items).values_list("code", flat=True))
    for code in sampling.items:
        if code not in known:
            raise Refused("sampling_item_unknown", item=code)
    kept = put(SAMPLING, sampling, of=place, by=by, today=today, change=change)
    note("set_sampling", f"sampling:{kept.pk}", by=f"person:{by.pk}", ground=kept.place_id or "", **asdict(sampling))
    return kept


@transaction.atomic
def remove_sampling(rule: models.Sampling, *, by: Person, today: date) -> None:
    """Take a rule away: the one further out holds, or everybody is called."""
    access.demand(by, Duty.ADMINISTER, rule.place_id or WHOLE, on=today)
    note("remove_sampling", f"sampling:{rule.pk}", by=f"person:{by.pk}", ground=rule.place_id or "")
    rule.delete()
    touched(SAMPLING.topic)
