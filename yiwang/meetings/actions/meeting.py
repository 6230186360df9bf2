"""Call a meeting, end it, call it off, and take its agenda away."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.meetings import queries
from yiwang.meetings.access import chair_of, towards
from yiwang.meetings.actions.entering import enter
from yiwang.meetings.actions.proposing import propose
from yiwang.meetings.models import TOWN, Entry, LastItem, Meeting
from yiwang.meetings.rules.last_items import LONGEST_TEXT
from yiwang.meetings.rules.meeting import LIFE, Capacity, State, day_fault
from yiwang.meetings.words import MEETING_STATES, MOVES
from yiwang.places.queries import tree
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.plumbing.walls.ground import lies_in


@transaction.atomic
def call(town: str, *, day: date, by: Actor, now: datetime) -> Meeting:
    """Call a meeting of a town's committee for a day; what its rule asks for is proposed at once.

    For whoever supervises the town. Refused for a day that is past, and where there is one on that day already.
    """
    held = towards(by, town)
    if len(town) != TOWN or town not in tree():
        raise Refused("meeting_place_unfit")
    if Capacity.KEEPER not in held:
        raise NotYours("meeting_not_yours", move=MOVES["call"])
    today = timezone.localdate(now)
    if fault := day_fault(day, today):
        raise Refused(fault)
    try:
        with transaction.atomic():
            called = Meeting.objects.create(
                county=town[:6], place=town, day=day, state=LIFE.first.value, called_by=by.subject, called_at=now,
                chair_id=held.get(Capacity.CHAIR) or chair_of(town, today),
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused("meeting_called_already") from twice
    propose(town, now=now)
    note("call_meeting", f"meeting:{called.pk}", by=by.subject, ground=town, day=day.isoformat())
    return called


@transaction.atomic
def close(number: int, *, by: Actor, now: datetime) -> Meeting:
    """End a meeting on or after its day. What stood on its agenda is entered, also what it did not decide."""
    found, post = _taken(number, "close", by)
    if found.day > timezone.localdate(now):
        raise Refused("meeting_not_met")
    told = Entry.objects.filter(meeting=found.pk, county=found.county).values_list("item_id", flat=True)
    stood = LastItem.objects.filter(lies_in("place", [found.place]), ended_at=None).exclude(pk__in=told)
    for item in stood.order_by("pk"):
        enter(item, "hear", "", by=by, post=post, now=now, meeting=found.pk)
    return _ended(found, State.HELD, by, now)


@transaction.atomic
def call_off(number: int, *, text: str, by: Actor, now: datetime) -> Meeting:
    """Call a meeting off, with a reason; refused once something was decided at it."""
    found, _post = _taken(number, "call_off", by, text=text)
    if Entry.objects.filter(meeting=found.pk, county=found.county).exists():
        raise Overtaken("meeting_too_late", move=MOVES["call_off"], state=MEETING_STATES[State.HELD])
    found.text = text.strip()
    return _ended(found, State.CALLED_OFF, by, now)


def give_out(number: int, *, by: Actor, now: datetime) -> list[queries.Point]:
    """A meeting's agenda, to be written out as a document; the trail says so first."""
    found = queries.meeting(by, number)
    note("export_agenda", f"meeting:{found.pk}", by=by.subject, ground=found.place, at=now.isoformat())
    return queries.agenda(by, found)


def _taken(number: int, move: str, by: Actor, *, text: str = "") -> tuple[Meeting, int]:
    """Lock a meeting and ask the table; gives the post too in which that is done."""
    found = queries.meetings_visible_to(by).select_for_update().filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_meeting")
    if len(text) > LONGEST_TEXT:
        raise Refused("last_item_text_too_long", most=LONGEST_TEXT)
    held, words = towards(by, found.place), MOVES[move]
    try:
        LIFE.decide(move, State(found.state), duties=held, given={"text"} if text.strip() else ())
    except NotAllowed as verdict:
        if verdict.code == "wrong_state":
            raise Overtaken("meeting_too_late", move=words, state=MEETING_STATES[State(found.state)]) from verdict
        if verdict.code == "not_your_duty":
            raise NotYours("meeting_not_yours", move=words) from verdict
        raise Refused("meeting_lacks_text") from verdict
    return found, held.get(Capacity.CHAIR) or held[Capacity.KEEPER]


def _ended(found: Meeting, into: State, by: Actor, now: datetime) -> Meeting:
    found.state, found.ended_at, found.ended_by = into.value, now, by.subject
    found.save(update_fields=["state", "ended_at", "ended_by", "text"])
    return found
