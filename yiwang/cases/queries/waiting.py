"""What waits for somebody now: for their posts, for their decision, for their eyes, for their telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yiwang.cases.access import OVERSEEING, Actor
from yiwang.cases.models import Assignment, Case, Petition, Summons
from yiwang.cases.queries.listing import ALL, MOST_COUNTED, Count, Filter, counted, most_pressing, narrowed
from yiwang.cases.rules import OPEN, WITH_A_POST, Asked, Part, State
from yiwang.catalogue.rules import Secrecy
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, outermost

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
    """What waits for a person, of each kind the most pressing first, at most `MOST_TURNS`."""

    to_sign: list[Turn]
    in_hand: list[Turn]
    helping: list[Turn]
    summoned: list[Turn]
    to_decide: list[Turn]
    to_check: list[Turn]

    def __len__(self) -> int:
        return sum(map(len, (self.to_sign, self.in_hand, self.helping, self.summoned, self.to_decide, self.to_check)))


def mine_now(actor: Actor) -> MineNow:
    """What waits for the actor in the posts they hold; never what is sealed.

    To sign and in hand as lead, unfinished parts as a helper, whistles not followed yet, petitions of others that
    they may decide, and finished work on ground where they check, save their own.
    """
    handling = _posts(actor, Duty.HANDLE)
    led = _cases().filter(lead__in=handling)
    working = WITH_A_POST - {State.DISPATCHED}
    return MineNow(
        to_sign=_turns(led.filter(state=State.DISPATCHED)) if handling else [],
        in_hand=_turns(led.filter(state__in=sorted(working))) if handling else [],
        helping=_helping(handling) if handling else [],
        summoned=_summoned(actor.posts) if actor.posts else [],
        to_decide=to_decide(actor),
        to_check=_to_check(actor),
    )


def to_call(
    actor: Actor, wanted: Filter = ALL, *, cursor: tuple[datetime, int] | None = None, limit: int = MOST_TURNS
) -> list[Case]:
    """Cases whose reporter is to be asked, or has been and a decision is due, on ground where the actor calls back.

    Most pressing first (`next_due_at`, number); `cursor`: both of the last case one has seen. Only reporters who
    left a way to reach them, and nothing that a unit of the actor's own has dealt with.
    """
    return most_pressing(_calls(actor, wanted), cursor, limit)


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


def _turns(cases: QuerySet[Case]) -> list[Turn]:
    return [
        Turn(case, case.next_due_at, case.lead_id) for case in cases.order_by("next_due_at", "number")[:MOST_TURNS]
    ]


def _helping(posts: Iterable[int]) -> list[Turn]:
    parts = Assignment.objects.filter(post__in=posts, part=Part.ASSISTING, ended_at=None).exclude(
        case__secrecy=Secrecy.SEALED
    )
    parts = parts.filter(case__state__in=sorted(WITH_A_POST)).select_related("case").order_by("handle_due", "pk")
    return [Turn(p.case, p.handle_due if p.signed_at else p.sign_due, p.post_id) for p in parts[:MOST_TURNS]]


def _summoned(posts: Iterable[int]) -> list[Turn]:
    calls = Summons.objects.filter(post__in=posts, reported_in_at=None, case__state__in=sorted(OPEN))
    calls = calls.exclude(case__secrecy=Secrecy.SEALED).select_related("case").order_by("due_at", "pk")
    return [Turn(call.case, call.due_at, call.post_id) for call in calls[:MOST_TURNS]]


def to_decide(actor: Actor) -> list[Turn]:
    """Petitions of others that wait for the actor's decision, the most pressing first, at most `MOST_TURNS`.

    As `access` has it: whoever looks after a ground decides for all on it, a unit's head for the unit. Who is to help
    is for whoever dispatches there.
    """
    theirs, help_asked = Q(pk__in=[]), Q(asked=Asked.HELP)
    for grant in actor.grants:
        here = lies_in("place", EVERYWHERE if grant.ground == WHOLE else [grant.ground])
        if Duty.DISPATCH in grant.duties:
            theirs |= here & help_asked
        if OVERSEEING.isdisjoint(grant.duties):
            here &= Q(case__lead__in=roster().beside(grant.post))
        if Duty.APPROVE in grant.duties:
            theirs |= here & ~help_asked
    if not any({Duty.APPROVE, Duty.DISPATCH} & grant.duties for grant in actor.grants):
        return []
    asked = Petition.objects.filter(theirs, decided_at=None).exclude(asked_by=actor.identity)
    asked = asked.exclude(case__secrecy=Secrecy.SEALED).select_related("case").order_by("case__next_due_at", "pk")
    return [Turn(one.case, one.case.next_due_at, one.post_id, one) for one in asked[:MOST_TURNS]]


def _to_check(actor: Actor) -> list[Turn]:
    grounds = _grounds(actor, Duty.CHECK)
    if not grounds:
        return []
    finished = _cases().filter(lies_in("place", grounds), state=State.FINISHED)
    return _turns(finished.exclude(handler=actor.identity).exclude(lead__in=actor.posts))
