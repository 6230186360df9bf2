"""What waits for somebody now: for their posts, for their decision, for their eyes, for their telephone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yiwang.cases.access import OVERSEEING, Actor
from yiwang.cases.models import Assignment, Case, Petition, Summons
from yiwang.cases.queries.listing import ALL, MOST_COUNTED, Count, Cursor, Filter, counted, in_order, narrowed
from yiwang.cases.rules import OPEN, WAITING, WITH_A_POST, Asked, Part, State
from yiwang.catalogue.rules import Secrecy
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, outermost

T = TypeVar("T", bound=Model)
MOST_TURNS = 50
"""How many of a kind are shown; who has more begins with these."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A case that waits for somebody: until when, in which post, and where it is a petition what is asked and why."""

    case: Case
    due_at: datetime | None
    post: int | None = None
    petition: Petition | None = None


@dataclass(frozen=True, slots=True)
class MineNow:
    """What waits for a person, of each kind the most pressing first or as it is asked for, and only so many."""

    to_sign: list[Turn]
    in_hand: list[Turn]
    helping: list[Turn]
    summoned: list[Turn]
    to_decide: list[Turn]
    to_check: list[Turn]

    def __len__(self) -> int:
        return sum(map(len, (self.to_sign, self.in_hand, self.helping, self.summoned, self.to_decide, self.to_check)))


def mine_now(actor: Actor, wanted: Filter = ALL, *, most: int = MOST_TURNS) -> MineNow:
    """What waits for the actor in the posts they hold, of each kind at most so many; never what is sealed.

    To sign and in hand as lead, unfinished parts as a helper, whistles not followed yet, petitions of others that
    they may decide, and finished work on ground where they check, save their own. `wanted` narrows and orders it.
    """
    handling = _posts(actor, Duty.HANDLE)
    led = narrowed(_cases().filter(lead__in=handling), wanted)
    working = WITH_A_POST - {State.DISPATCHED}
    return MineNow(
        to_sign=_turns(led.filter(state=State.DISPATCHED), wanted.sort, most) if handling else [],
        in_hand=_turns(led.filter(state__in=sorted(working)), wanted.sort, most) if handling else [],
        helping=_helping(handling, wanted, most) if handling else [],
        summoned=_summoned(actor.posts, wanted, most) if actor.posts else [],
        to_decide=to_decide(actor, wanted, most=most),
        to_check=_turns(narrowed(_to_check(actor), wanted), wanted.sort, most),
    )


def to_call(
    actor: Actor, wanted: Filter = ALL, *, cursor: Cursor | None = None, limit: int = MOST_TURNS
) -> list[Case]:
    """Cases whose reporter is to be asked, or has been and a decision is due, on ground where the actor calls back.

    Most pressing first, or as `wanted.sort` says. Only reporters who left a way to reach them, and nothing that a
    unit of the actor's own has dealt with.
    """
    return in_order(_calls(actor, wanted), wanted.sort, cursor, limit)


def count_calls(actor: Actor, wanted: Filter = ALL) -> Count:
    """How many they are, exact up to `MOST_COUNTED`."""
    return counted(_calls(actor, wanted)[: MOST_COUNTED + 1].count())


def _calls(actor: Actor, wanted: Filter) -> QuerySet[Case]:
    grounds = _grounds(actor, Duty.CALL_BACK)
    if not grounds:
        return Case.objects.none()
    mine = frozenset().union(*(roster().beside(post) for post in actor.posts))
    asked = Q(state=State.CALLED_BACK) | Q(state=State.CHECKED, contact__isnull=False)
    waiting = _cases().filter(lies_in("place", grounds), asked, state__in=[State.CALLED_BACK, State.CHECKED])
    return narrowed(waiting, wanted).exclude(lead__in=mine)


def _cases() -> QuerySet[Case]:
    return Case.objects.exclude(secrecy=Secrecy.SEALED)


def _posts(actor: Actor, duty: Duty) -> list[int]:
    return sorted({grant.post for grant in actor.grants if duty in grant.duties})


def _grounds(actor: Actor, duty: Duty) -> tuple[str, ...]:
    codes = outermost(grant.ground for grant in actor.grants if duty in grant.duties)
    return EVERYWHERE if WHOLE in codes else codes


def _turns(cases: QuerySet[Case], sort: str, most: int) -> list[Turn]:
    return [Turn(case, case.next_due_at, case.lead_id) for case in in_order(cases, sort, None, most)]


def _hanging(rows: QuerySet[T], wanted: Filter, due: str, most: int) -> QuerySet[T]:
    """What hangs on cases that are wanted, in their order; what is due next first by a column of its own."""
    if replace(wanted, sort="") != ALL:
        rows = rows.filter(case__in=narrowed(_cases(), wanted))
    columns = {"newest": "-case", "oldest": "case", "place": "case__place", "item": "case__item"}
    rows = rows.exclude(case__secrecy=Secrecy.SEALED).select_related("case")
    return rows.order_by(columns.get(wanted.sort, due), "pk")[:most]


def _helping(posts: Iterable[int], wanted: Filter, most: int) -> list[Turn]:
    parts = Assignment.objects.filter(post__in=posts, part=Part.ASSISTING, ended_at=None)
    parts = _hanging(parts.filter(case__state__in=sorted(WITH_A_POST)), wanted, "handle_due", most)
    return [Turn(p.case, p.handle_due if p.signed_at else p.sign_due, p.post_id) for p in parts]


def _summoned(posts: Iterable[int], wanted: Filter, most: int) -> list[Turn]:
    calls = Summons.objects.filter(post__in=posts, reported_in_at=None, case__state__in=sorted(OPEN))
    return [Turn(call.case, call.due_at, call.post_id) for call in _hanging(calls, wanted, "due_at", most)]


def to_decide(actor: Actor, wanted: Filter = ALL, *, most: int = MOST_TURNS) -> list[Turn]:
    """So many petitions of others that wait for the actor's decision, the most pressing first or as it is wanted.

    As `access` has it: whoever looks after a ground decides for all on it, a unit's head for the unit. Who is to help
    is for whoever dispatches there.
    """
    theirs, help_asked = Q(pk__in=[]), Q(asked=Asked.HELP)
    for grant in actor.grants:
        here = lies_in("place", EVERYWHERE if grant.ground == WHOLE else [grant.ground])
        if Duty.DISPATCH in grant.duties:
            # What was passed up, the desk above decides about.
            theirs |= here & help_asked & (~Q(case__desk=grant.ground[:6]) if len(grant.ground) > 6 else Q())
        if OVERSEEING.isdisjoint(grant.duties):
            here &= Q(case__lead__in=roster().beside(grant.post)) & ~Q(case__state__in=sorted(WAITING))
        if Duty.APPROVE in grant.duties:
            theirs |= here & ~help_asked
    if not any({Duty.APPROVE, Duty.DISPATCH} & grant.duties for grant in actor.grants):
        return []
    asked = Petition.objects.filter(theirs, decided_at=None).exclude(asked_by=actor.identity)
    found = _hanging(asked, wanted, "case__next_due_at", most)
    return [Turn(one.case, one.case.next_due_at, one.post_id, one) for one in found]


def _to_check(actor: Actor) -> QuerySet[Case]:
    grounds = _grounds(actor, Duty.CHECK)
    if not grounds:
        return Case.objects.none()
    finished = _cases().filter(lies_in("place", grounds), state=State.FINISHED)
    return finished.exclude(handler=actor.identity).exclude(lead__in=actor.posts)
