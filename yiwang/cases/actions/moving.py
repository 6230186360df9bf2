"""How every move is made: lock, ask, write, record. Each act takes a case in hand, and puts it down again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.functional import Promise

from yiwang.cases import access, rows
from yiwang.cases.access import Actor, Capacities
from yiwang.cases.facts import CaseEnded, FollowedCaseEnded, PartEnded
from yiwang.cases.models import Assignment, Case, Summons
from yiwang.cases.rules import LIFE, Capacity, Line, State
from yiwang.cases.words import COMMA, MOVES, NEEDS, STATES
from yiwang.plumbing.facts import announce
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen


@dataclass(slots=True)
class Hand:
    """A case that is locked, and a move that the table allows."""

    case: Case
    move: str
    by: Actor
    now: datetime
    capacity: Capacity
    post: int | None
    into: State
    capacities: Capacities = field(repr=False)


def locked(number: int) -> Case:
    """The case, nobody else's to change until the transaction ends. Refuses a number that one may not see."""
    assert connection.in_atomic_block, "a case is locked inside its act's transaction"
    case = rows.lock(number)
    if case is None:
        raise Unseen("no_such_case", number=number)
    return case


def take(
    number: int, move: str, *, by: Actor, now: datetime, given: Collection[str] = (), seen: int | None = None
) -> Hand:
    """Lock the case and ask the table whether `by` may make this move with what is `given`.

    `seen`: how many steps the case had when its reader decided. Refused: `no_such_case` for what is not theirs to
    see, `case_changed` and `move_too_late` where somebody was faster, `move_not_yours`, `move_lacks`.
    """
    case = locked(number)
    held = access.capacities(by, case)
    if not is_visible(case, by):
        raise Unseen("no_such_case", number=number)
    if seen is not None and seen != case.steps:
        raise Overtaken("case_changed", steps=case.steps)
    try:
        into = LIFE.decide(move, State(case.state), duties=held, given=given)
    except NotAllowed as verdict:
        raise _refusal(verdict, case) from verdict
    capacity = next(capacity for capacity in _by(move) if capacity in held)
    return Hand(case, move, by, now, capacity, held[capacity], into, held)


def is_visible(case: Case, by: Actor) -> bool:
    """Whether the case is theirs to see; asks the database only where neither ground nor a present part says so."""
    if access.oversees(by, case):
        return True
    if case.is_sealed:
        return False
    posts = access.involved(by)
    if case.lead_id in posts or not posts.isdisjoint(case.assisting) or (by.identity and case.teller == by.identity):
        return True
    here = {"county": case.county, "case": case.number, "post__in": posts}
    return Assignment.objects.filter(**here).exists() or Summons.objects.filter(**here).exists()


def reason_in(reason: str) -> set[str]:
    """What the table is told was given; an empty reason is none."""
    return {"reason"} if reason.strip() else set()


def in_post(hand: Hand, post: int | None, *, otherwise: str) -> int:
    """In which of their posts somebody makes the move: the one they name, else the one of the innermost ground.

    Refuses, with the code `otherwise`, a post in which they may not make it.
    """
    if post is not None:
        alone = replace(hand.by, grants=tuple(grant for grant in hand.by.grants if grant.post == post))
        if hand.capacity not in access.capacities(alone, hand.case):
            raise Refused(otherwise)
        hand.post = post
    assert hand.post is not None, "a part is held by a post"
    return hand.post


def put(hand: Hand, *, reason: str = "", given: Mapping[str, Any] | None = None, **changes: Any) -> Case:
    """Write what the move changed on the case, and the step that tells of it. `given`: plain JSON values."""
    case = hand.case
    line = Line(
        case.number, case.steps + 1, hand.now, hand.move, hand.into.value, hand.by.subject, hand.capacity.value,
        hand.post, hand.by.channel, reason, given or {},
    )  # fmt: skip
    rows.write(case, changes, line)
    return case


def said_by_the_platform(text: Promise, **figures: object) -> str:
    """What the platform itself writes into a case: in the language of the installation, whoever it works for."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text) % figures


def announce_end(case: Case) -> None:
    """Say that a case ended; only what concerns somebody else makes a job."""
    announce(CaseEnded(case.number, case.county, case.state))
    if case.part_of is not None:
        announce(PartEnded(case.number, case.county, case.part_of))
    if case.followed:
        announce(FollowedCaseEnded(case.number, case.county))


def _by(move: str) -> list[Capacity]:
    """Who may make the move, the nearest to the case first."""
    allowed = LIFE.moves[move].by
    return [capacity for capacity in _NEAREST_FIRST if capacity in allowed]


_NEAREST_FIRST = (
    Capacity.REPORTER, Capacity.CLOCK, Capacity.LEAD, Capacity.ASSISTING, Capacity.SUMMONED, Capacity.CALLER,
    Capacity.CHECKER, Capacity.TRIAGER, Capacity.DISPATCHER, Capacity.WHISTLER, Capacity.APPROVER,
    Capacity.SUPERVISOR, Capacity.WORKER,
)  # fmt: skip
assert set(_NEAREST_FIRST) == set(Capacity)


def _refusal(verdict: NotAllowed, case: Case) -> Refused:
    words = MOVES.get(verdict.move, verdict.move)
    if verdict.code == "wrong_state":
        return Overtaken("move_too_late", move=words, state=STATES[State(case.state)])
    if verdict.code == "not_your_duty":
        return NotYours("move_not_yours", move=words)
    if verdict.code == "missing":
        return Refused("move_lacks", move=words, lacks=str(COMMA).join(str(NEEDS[lack]) for lack in verdict.lacks))
    return Refused("move_unknown", move=verdict.move)
