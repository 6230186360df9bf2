"""Who is what towards a case: grounds and posts become capacities; what a capacity may do is the table's to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yiwang.cases.models import Case
from yiwang.cases.rules import Capacity, State, has_it, is_decided_above, is_passed_up
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.queries import Bearer
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty, Grant
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE, outermost

# Duties that look after a ground: whoever has one sees every matter on it.
OVERSEEING = frozenset({Duty.TRIAGE, Duty.DISPATCH, Duty.CHECK, Duty.CALL_BACK, Duty.WHISTLE, Duty.SUPERVISE})
_BY_DUTY = {
    Duty.REPORT: Capacity.WORKER,
    Duty.TRIAGE: Capacity.TRIAGER,
    Duty.DISPATCH: Capacity.DISPATCHER,
    Duty.WHISTLE: Capacity.WHISTLER,
    Duty.CHECK: Capacity.CHECKER,
    Duty.CALL_BACK: Capacity.CALLER,
    Duty.APPROVE: Capacity.APPROVER,
    Duty.SUPERVISE: Capacity.SUPERVISOR,
}
# A sealed case goes round among those who investigate, and nobody else.
_OF_INVESTIGATORS = tuple(capacity for capacity in _BY_DUTY.values() if capacity is not Capacity.WORKER)

# Whoever is below the desk at which it waits sees it and waits; on the spot it may be settled until it was passed up.
_DECIDING = frozenset({Capacity.TRIAGER, Capacity.DISPATCHER, Capacity.WORKER})

Capacities = dict[Capacity, int | None]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person in their posts, a program with part of a person's duties, a reporter, the clock.

    `subject` is written into the history: "person:12", "token:3", "reporter", "clock". `identity` is the human
    being behind it, by which one's own work is told from another's.
    """

    subject: str
    channel: str
    grants: tuple[Grant, ...] = ()
    itself: Capacity | None = None
    identity: str = ""

    @property
    def posts(self) -> frozenset[int]:
        """The posts in which they act."""
        return frozenset(grant.post for grant in self.grants)


CLOCK = Actor("clock", "platform", itself=Capacity.CLOCK)


def acting(person: Person, *, on: date, channel: str = "web") -> Actor:
    """A person, in the posts of that day."""
    subject = f"person:{person.pk}"
    return Actor(subject, channel, tuple(access.present(person.pk, on)), identity=subject)


def acting_by_token(bearer: Bearer, *, on: date) -> Actor:
    """A program: its person's posts, as far as the token's ground and duties reach."""
    held = (_narrowed(grant, bearer) for grant in access.present(bearer.person.pk, on))
    grants = tuple(grant for grant in held if grant)
    return Actor(f"token:{bearer.token_id}", "api", grants, identity=f"person:{bearer.person.pk}")


def reporter(channel: str = "web") -> Actor:
    """Whoever told a case and showed its secret; which case that is, the caller has looked."""
    return Actor("reporter", channel, itself=Capacity.REPORTER, identity="reporter")


def _narrowed(grant: Grant, bearer: Bearer) -> Grant | None:
    duties = grant.duties & bearer.duties
    inner, outer = sorted((grant.ground, bearer.ground), key=len, reverse=True)
    if not duties or not inner.startswith(outer):
        return None
    return Grant(duties, inner, grant.since, grant.until, grant.post)


def capacities(actor: Actor, case: Case) -> Capacities:
    """As whom the actor may act on this case, and in which post: of several the one of the innermost ground."""
    if actor.itself:
        return {actor.itself: None}
    found: Capacities = {}
    for grant in sorted(_reaching(actor.grants, case), key=lambda g: (-len(g.ground), g.post)):
        for capacity in _of_grant(grant, case):
            found.setdefault(capacity, grant.post)
    return found


def _reaching(grants: Iterable[Grant], case: Case) -> list[Grant]:
    here = [grant for grant in grants if case.place.startswith(grant.ground)]
    return [grant for grant in here if Duty.INVESTIGATE in grant.duties] if case.is_sealed else here


def _of_grant(grant: Grant, case: Case) -> Iterable[Capacity]:
    above = _above(grant, case)
    if case.is_sealed:
        yield from (capacity for capacity in _OF_INVESTIGATORS if capacity not in above)
    else:
        held = {_BY_DUTY[duty] for duty in grant.duties if duty in _BY_DUTY and _is_theirs(duty, grant, case)}
        yield from held - above
    if case.is_sealed or Duty.HANDLE in grant.duties:
        if grant.post == case.lead_id:
            yield Capacity.LEAD
        if grant.post in case.assisting:
            yield Capacity.ASSISTING
    if grant.post in case.summoned:
        yield Capacity.SUMMONED


def _above(grant: Grant, case: Case) -> frozenset[Capacity]:
    """What somebody of this ground is not towards a case that a desk above decides about."""
    if case.desk.startswith(grant.ground):
        return frozenset()
    keeper = roster().get(case.keeper_id)
    if not is_decided_above(
        case.desk, grant.ground, case.place, waits=case.is_waiting, kept_on=keeper.ground if keeper else None
    ):
        return frozenset()
    return _DECIDING if is_passed_up(case.desk, case.place) else _DECIDING - {Capacity.WORKER}


def _is_theirs(duty: Duty, grant: Grant, case: Case) -> bool:
    """A department's head approves for their own unit; whoever looks after the ground, for all.

    Who is only proposed to lead has no case yet: their head decides nothing about it.
    """
    if duty is not Duty.APPROVE or not OVERSEEING.isdisjoint(grant.duties):
        return True
    return has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id) in roster().beside(grant.post)


def overseen(actor: Actor, *, sealed: bool = False) -> tuple[str, ...]:
    """The grounds (outermost codes, or `EVERYWHERE`) on which the actor sees every matter; sealed ones apart."""
    wanted = {Duty.INVESTIGATE} if sealed else OVERSEEING
    codes = outermost(grant.ground for grant in actor.grants if not wanted.isdisjoint(grant.duties))
    return EVERYWHERE if WHOLE in codes else codes


def involved(actor: Actor) -> frozenset[int]:
    """The posts whose cases are also the actor's to see: their own, and as head of a unit all of the unit's."""
    found = set(actor.posts)
    for grant in actor.grants:
        if Duty.APPROVE in grant.duties:
            found |= roster().beside(grant.post)
    return frozenset(found)


def oversees(actor: Actor, case: Case) -> bool:
    """Whether the case is the actor's to see by what they look after, without having a part in it."""
    needed = {Duty.INVESTIGATE} if case.is_sealed else OVERSEEING
    return actor.itself is not None or any(
        not needed.isdisjoint(grant.duties) for grant in _reaching(actor.grants, case)
    )


def waits_above(actor: Actor, case: Case) -> bool:
    """Whether the actor, who decides about what comes in on this ground, sees a case that waits at a desk above."""
    deciding = {Duty.INVESTIGATE} if case.is_sealed else {Duty.TRIAGE, Duty.DISPATCH}
    grants = [grant for grant in _reaching(actor.grants, case) if not deciding.isdisjoint(grant.duties)]
    return case.is_waiting and bool(grants) and all(_above(grant, case) for grant in grants)


def desk_above(case: Case, *, on: date) -> str:
    """The desk (a place's code) to which a question can be passed up: somebody sits there, or around. Empty: none."""
    spot = tree().get(case.desk)
    if spot is None or len(spot.parent) < len(case.county):
        return ""
    duty = Duty.INVESTIGATE if case.is_sealed else Duty.TRIAGE
    return spot.parent if any(duty in line.duties for line in roster().serving(spot.parent, on)) else ""
