"""Draw the ground anew: plan it, call it off, carry it out on its day."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from yiwang.places.actions.boundaries import new_boundaries
from yiwang.places.actions.imports import lock_the_ground
from yiwang.places.facts import GroundRedrawn
from yiwang.places.models import Boundary, Place, Redrawing, Succession
from yiwang.places.queries.plans import PLAN, faults_of_plan, forms_now, ground_of, shape_of
from yiwang.places.rules.redrawing import LIFE, Hand, Plan, State, common_ground
from yiwang.places.rules.shapes import array_of, judge
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def plan_redrawing(title: str, plan: Plan, *, effective: date, by: str, today: date) -> Redrawing:
    """Lay down what ends, what begins and what follows what on the effective day (today or later).

    Refuses a plan with a fault, with the first one (`queries.faults_of_plan` lists all).
    """
    if effective < today:
        raise Refused("redrawing_in_the_past", day=effective.isoformat())
    lock_the_ground()
    known = _refuse_unsound(plan, effective, apart_from=0)
    redrawing = Redrawing.objects.create(
        title=title,
        ground=common_ground(plan.codes(), known),
        effective=effective,
        plan=PLAN.dump_python(plan, mode="json"),
    )
    _note("plan_redrawing", redrawing, by=by)
    return redrawing


@transaction.atomic
def call_off(redrawing: Redrawing, *, because: str, by: str) -> Redrawing:
    """Call off a redrawing that is still planned. Refuses without a reason."""
    redrawing = _locked(redrawing.pk)
    redrawing.state = _decide("call_off", redrawing, Hand.DRAWER, given={"reason"} if because.strip() else set())
    redrawing.called_off_because = because.strip()
    redrawing.save(update_fields=["state", "called_off_because"])
    _note("call_off_redrawing", redrawing, by=by, because=redrawing.called_off_because)
    return redrawing


@transaction.atomic
def carry_out(redrawing: Redrawing, *, by: str, today: date, hand: Hand = Hand.DRAWER) -> Redrawing:
    """Put a planned redrawing into force, from its effective day on, however late the day is noticed.

    Old places and their boundaries end, new ones begin, successions are written, and everybody who holds something
    on the old ground is told. Refuses before the effective day, a second time, and when the ground has changed
    since so that the plan is no longer sound.
    """
    lock_the_ground()
    redrawing = _locked(redrawing.pk)
    if today < redrawing.effective:
        raise Refused("redrawing_too_early", day=redrawing.effective.isoformat())
    redrawing.state = _decide("carry_out", redrawing, hand, given={"effective day"})
    plan = PLAN.validate_python(redrawing.plan)
    _refuse_unsound(plan, redrawing.effective, apart_from=redrawing.pk)
    _end(plan, redrawing.effective)
    _begin(plan, redrawing.effective)
    Succession.objects.bulk_create(
        Succession(old_id=old, new_id=new, effective=redrawing.effective) for old, new in plan.successions
    )
    redrawing.save(update_fields=["state"])
    _note("carry_out_redrawing", redrawing, by=by, successors=plan.successors())
    touched("places")
    touched("boundaries")
    announce(GroundRedrawn(redrawing.pk, redrawing.effective, plan.successors()))
    return redrawing


def _refuse_unsound(plan: Plan, effective: date, *, apart_from: int) -> set[str]:
    """Refuse a plan with a fault; gives the codes of the ground it touches."""
    faults = faults_of_plan(plan, effective=effective, apart_from=apart_from)
    if faults:
        raise faults[0]
    return set(ground_of(plan, effective, apart_from=apart_from).places)


def _end(plan: Plan, effective: date) -> None:
    codes = [retired.code for retired in plan.retires]
    ended_places = Place.objects.filter(code__in=codes).update(valid_to=effective)
    # Behind the wall a place of other ground would be passed over in silence, and the ground drawn by halves.
    assert ended_places == len(set(codes)), "whoever carries out a redrawing stands on all of its ground"
    ended = Boundary.objects.filter(Q(valid_to=None) | Q(valid_to__gt=effective), place__in=codes)
    ended.update(valid_to=effective)


def _begin(plan: Plan, effective: date) -> None:
    forms = forms_now()
    open_places = set(
        Place.objects.filter(county__in={e.code[:6] for e in plan.establishes}, valid_to=None).values_list(
            "code", "kind_id"
        )
    ) | {(e.code, e.kind) for e in plan.establishes}
    begun = [
        Place(
            code=new.code,
            name=new.name,
            kind_id=new.kind,
            parent_id=forms.parent_of(new.code, new.kind, open_places) or None,
            valid_from=effective,
        )
        for new in sorted(plan.establishes, key=lambda e: len(e.code))
    ]
    Place.objects.bulk_create(begun)
    by_code = {place.code: place for place in begun}
    drawn = [(new.code, shape_of(new.boundary), forms.by_kind[new.kind].is_line) for new in plan.establishes
             if new.boundary]  # fmt: skip
    sound = judge(array_of([shape for _, shape, _ in drawn]), [line for _, _, line in drawn]) if drawn else []
    pairs = [(by_code[code], shape) for (code, _, _), shape in zip(drawn, sound, strict=True)]
    Boundary.objects.bulk_create(new_boundaries(pairs, came_in="wgs84", since=effective, today=effective, replaced=[]))


def _locked(pk: int) -> Redrawing:
    found = Redrawing.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused("redrawing_not_there")
    return found


def _decide(name: str, redrawing: Redrawing, hand: Hand, *, given: set[str]) -> State:
    try:
        return LIFE.decide(name, State(redrawing.state), duties={hand}, given=given)
    except NotAllowed as verdict:
        raise Refused(f"redrawing_{verdict.code}") from verdict


def _note(act: str, redrawing: Redrawing, *, by: str, **details: object) -> None:
    subject = f"redrawing:{redrawing.pk}"
    day = redrawing.effective.isoformat()
    note(act, subject, by=by, ground=redrawing.ground, purpose="", effective=day, **details)
