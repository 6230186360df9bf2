"""Orders about a case: given to somebody by name, answered, accepted; listed ones struck off with evidence.

What is ordered and what became of it is also said on the history of the case, by the case's own acts, which know who
may say so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.cases.models import Case
from yiwang.cases.rules import county_of
from yiwang.catalogue.rules import Secrecy
from yiwang.people import access as people
from yiwang.people.roster import roster
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.supervision import access, queries
from yiwang.supervision.facts import OrderMoved
from yiwang.supervision.models import Order, OrderEntry
from yiwang.supervision.rules.orders import LIFE, LONGEST_TEXT, Capacity, Kind, State, deadline_fault, has_move
from yiwang.supervision.words import ORDER_ACTS, ORDER_MOVES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered: the case, of whom (a person's number, and the post in which they answer), by when."""

    case: int
    text: str
    owner: int
    post: int
    due_at: datetime


@transaction.atomic
def give(wanted: Wanted, *, by: Actor, now: datetime) -> Order:
    """Order something about a case 督办: the named owner must answer. For whoever supervises there."""
    order = _order(wanted, Kind.ORDER, "give", by=by, now=now)
    note("give_order", f"case:{order.case}", by=by.subject, ground=order.place, order=order.pk)
    return order


@transaction.atomic
def list_case(wanted: Wanted, *, by: Actor, now: datetime, public: bool = False) -> Order:
    """Put a case on the list 挂牌督办, with the next number of its county and year; `public`: also for everybody.

    Refused for a sealed case, one that is listed already, and before the public one that is not open to it.
    """
    order = _order(wanted, Kind.LISTED, "list", by=by, now=now, public=public)
    note("list_order", f"case:{order.case}", by=by.subject, ground=order.place, order=order.pk)
    return order


@transaction.atomic
def move(order: int, name: str, *, by: Actor, now: datetime, text: str = "", files: Sequence[UUID] = ()) -> Order:
    """Report progress, guide on the spot, answer, accept, ask for strike-off, strike off, or insist.

    Refuses what the order's life does not know in its state or of this person, and what must be said or shown.
    """
    found = queries.orders_visible_to(by).select_for_update().filter(pk=order).first()
    if found is None:
        raise Unseen("no_such_order")
    text = _worded(text)
    given = {*({"text"} if text else ()), *({"evidence"} if files else ())}
    held = access.capacities_towards(by, found)
    into = _decided(found, name, set(held), given)
    if files and not are_kept(files):
        raise Refused("photo_unknown")
    capacity = next(one for one in Capacity if one in held and one in LIFE.moves[name].by)
    found.state = into.value
    found.ended_at = now if into is State.ENDED else None
    found.save(update_fields=["state", "ended_at"])
    _enter(found, name, text, by=by, post=held[capacity], now=now, files=files)
    cases.internal(found.case, text=_on_the_case(found, name, text), by=by, now=now, files=files)
    return found


def _order(wanted: Wanted, kind: Kind, name: str, *, by: Actor, now: datetime, public: bool = False) -> Order:
    text = _worded(wanted.text)
    if not text:
        raise Refused("order_lacks_text")
    if fault := deadline_fault(wanted.due_at, now):
        raise Refused(fault)
    # Also refuses whoever may not see the case, or does not supervise there.
    said = cases.instruct_by_order(wanted.case, text=text, by=by, now=now)
    case = Case.objects.get(number=wanted.case, county=county_of(wanted.case))
    assert said.post_id is not None, "who supervises does so in a post"
    _refuse_unfit_owner(wanted, case, now)
    numbered = _listed(case, now, public=public) if kind is Kind.LISTED else {}
    order = Order.objects.create(
        county=case.county, case=case.number, place=case.place, kind=kind.value, state=LIFE.first.value,
        text=text, giver=by.identity, given_in_id=said.post_id, given_at=now, owner=f"person:{wanted.owner}",
        post_id=wanted.post, due_at=wanted.due_at, public=public, **numbered,
    )  # fmt: skip
    _enter(order, name, text, by=by, post=said.post_id, now=now)
    return order


def _listed(case: Case, now: datetime, *, public: bool) -> dict[str, int]:
    """The number of a listed order; refuses what cannot be listed."""
    if case.is_sealed:
        raise Refused("sealed_is_not_listed")
    if public and case.secrecy != Secrecy.OPEN:
        raise Refused("confidential_is_not_public")
    year = timezone.localtime(now).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yiwang.listed.{case.county}"])
    if Order.objects.filter(county=case.county, case=case.number, kind=Kind.LISTED, ended_at=None).exists():
        raise Refused("listed_already")
    return {"year": year, "serial": queries.last_serial(case.county, year) + 1}


def _refuse_unfit_owner(wanted: Wanted, case: Case, now: datetime) -> None:
    today = timezone.localdate(now)
    line = roster().get(wanted.post)
    held = {grant.post for grant in people.present(wanted.owner, today)}
    if line is None or not line.serves(case.place, today) or wanted.post not in held:
        raise Refused("order_owner_unfit")


def _decided(order: Order, name: str, held: Collection[Capacity], given: Collection[str]) -> State:
    words = ORDER_ACTS.get(name, name)
    if not has_move(Kind(order.kind), name):
        raise Refused("order_move_unknown")
    try:
        return LIFE.decide(name, State(order.state), duties=held, given=given)
    except NotAllowed as verdict:
        if verdict.code == "wrong_state":
            raise Overtaken("order_too_late", move=words, state=order.state_words) from verdict
        if verdict.code == "not_your_duty":
            raise NotYours("order_not_yours", move=words) from verdict
        raise Refused("order_lacks_text" if "text" in verdict.lacks else "order_lacks_evidence") from verdict


def _worded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused("order_text_too_long", most=LONGEST_TEXT)
    return text.strip()


def _on_the_case(order: Order, name: str, text: str) -> str:
    words = said_by_the_platform(ORDER_MOVES[name])
    return " ".join(filter(None, (f"【{order.number} {words}】" if order.number else f"【{words}】", text)))


def _enter(
    order: Order, name: str, text: str, *, by: Actor, post: int, now: datetime, files: Sequence[UUID] = ()
) -> OrderEntry:
    entry = OrderEntry.objects.create(
        county=order.county, order=order, place=order.place, at=now, move=name, author=by.subject, post_id=post,
        text=text, files=list(files),
    )  # fmt: skip
    announce(
        OrderMoved(
            order.case,
            order.county,
            order.number,
            entry.pk,
            name,
            order.owner,
            order.post_id,
            order.given_in_id,
            order.due_at.isoformat(),
            by.identity,
        )
    )
    return entry
