"""Everything that can be done with the log: come on duty, write, hand over, take over, give out a day."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.shifts import queries
from yiwang.shifts.access import capacities, desks_of
from yiwang.shifts.matters import matters_at
from yiwang.shifts.models import Entry, Shift
from yiwang.shifts.rules import LIFE, LONGEST_ENTRY, WRITTEN, Capacity, Kind, State
from yiwang.shifts.words import MOVES, STATES


@dataclass(slots=True)
class Hand:
    """A shift that is locked, and a move that the table allows."""

    shift: Shift
    by: Actor
    now: datetime
    into: State
    post: int


@transaction.atomic
def come_on_duty(desk: str, *, by: Actor, now: datetime) -> Shift:
    """Begin a shift at a desk (its place's code). Refused where somebody is on duty, or has handed over unread."""
    post = desks_of(by).get(desk)
    if post is None:
        raise NotYours("not_at_this_desk")
    if (kept := Shift.objects.filter(county=desk[:6], place=desk).exclude(state=State.TAKEN_OVER).first()) is not None:
        raise Overtaken("take_over_first" if kept.takes("take_over") else "desk_is_kept")
    return _begin(desk, post, by=by, now=now)


@transaction.atomic
def write(number: int, *, kind: Kind, text: str, by: Actor, now: datetime, case: int | None = None) -> Entry:
    """Add a line to the log: something that happened, a call, an urgent matter; `case`: one that it is about.

    Refuses what is not written by hand, an empty text, and a case that its writer may not see.
    """
    if kind not in WRITTEN:
        raise Refused("entry_kind_unknown")
    hand = _take(number, "write", by=by, now=now, given={"text"} if text.strip() else ())
    if case is not None:
        cases.case(by, case)
    return _enter(hand, kind, text, case=case)


@transaction.atomic
def hand_over(number: int, *, note: str, by: Actor, now: datetime) -> Shift:
    """End a shift with a note to the next one; what is open at the desk at this moment is written beside it."""
    hand = _take(number, "hand_over", by=by, now=now, given={"note"} if note.strip() else ())
    shift = hand.shift
    matters = asdict(matters_at(by, shift.place, now=now))
    _enter(hand, Kind.HANDED_OVER, note, matters=matters)
    shift.state, shift.ended_at = hand.into, now
    shift.save(update_fields=["state", "ended_at"])
    return shift


@transaction.atomic
def take_over(number: int, *, read: bool, by: Actor, now: datetime) -> Shift:
    """Confirm having read what was handed over, and begin the next shift at the desk, which is given back."""
    hand = _take(number, "take_over", by=by, now=now, given={"read"} if read else ())
    shift = hand.shift
    _enter(hand, Kind.TAKEN_OVER, "")
    shift.state = hand.into
    shift.save(update_fields=["state"])
    return _begin(shift.place, hand.post, by=by, now=now, follows=shift.pk)


def give_out(desk: str, day: date, *, by: Actor, now: datetime, form: str) -> list[queries.Logged]:
    """A day of a desk's log, to be written out ("csv" or "xlsx"); the trail says so first."""
    note("export_cases", "shifts", by=by.subject, ground=desk, form=form, day=day.isoformat(), at=now.isoformat())
    return queries.on_day(by, desk, day)


def _begin(desk: str, post: int, *, by: Actor, now: datetime, follows: int | None = None) -> Shift:
    return Shift.objects.create(
        county=desk[:6], place=desk, state=LIFE.first, keeper=by.identity, post_id=post, opened_at=now, follows=follows
    )


def _take(number: int, move: str, *, by: Actor, now: datetime, given: Collection[str]) -> Hand:
    """Lock the shift and ask the table whether `by` may make this move with what is `given`."""
    shift = queries.visible_to(by).select_for_update().filter(pk=number).first()
    if shift is None:
        raise Unseen("no_such_shift")
    held = capacities(by, shift)
    try:
        into = LIFE.decide(move, State(shift.state), duties=held, given=given)
    except NotAllowed as verdict:
        raise _refusal(verdict, shift) from verdict
    capacity = next(one for one in Capacity if one in held and one in LIFE.moves[move].by)
    return Hand(shift, by, now, into, held.get(Capacity.COLLEAGUE, held[capacity]))


def _refusal(verdict: NotAllowed, shift: Shift) -> Refused:
    words = MOVES[verdict.move]
    if verdict.code == "wrong_state":
        return Overtaken("shift_too_late", move=words, state=STATES[State(shift.state)])
    if verdict.code == "not_your_duty":
        return NotYours("shift_not_yours", move=words)
    return Refused(f"shift_lacks_{verdict.lacks[0]}")


def _enter(hand: Hand, kind: Kind, text: str, *, case: int | None = None, matters: object = None) -> Entry:
    if len(text) > LONGEST_ENTRY:
        raise Refused("entry_too_long", most=LONGEST_ENTRY)
    shift = hand.shift
    return Entry.objects.create(
        county=shift.county, shift=shift, place=shift.place, at=hand.now, kind=kind.value, author=hand.by.subject,
        post_id=hand.post, text=text.strip(), case=case, matters=matters,
    )  # fmt: skip
