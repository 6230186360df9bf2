"""What can be asked of meetings: what stands on a town's agenda, why, since when, and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import county_of
from yiwang.meetings.access import grounds, may_own
from yiwang.meetings.models import TOWN, AgendaRule, Entry, LastItem, Meeting
from yiwang.meetings.rules.agenda import Rule
from yiwang.meetings.rules.meeting import State
from yiwang.people.models import Holding
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import lies_in
from yiwang.supervision.queries import Candidate

MOST_ITEMS = 100
MOST_MEETINGS = 30
# What tells how a case came to be where it is; the rest of its history is on its own page.
TELLING = ("report", "dispatch", "assign_firmly", "hand_back", "recall", "grant_more_time", "grant_pause", "finish",
           "send_back", "reopen", "close")  # fmt: skip
# What became of an item, beside what meetings decided about it.
PROGRESS = frozenset({"report", "ask_strike_off", "insist", "strike_off"})
COUNTY = 6
_SORTED = {
    "": (F("due_at").asc(nulls_last=True), "proposed_at", "pk"), "newest": ("-proposed_at", "-pk"),
    "place": ("place", "proposed_at", "pk"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One item with its case (none where that is not the reader's to see) and what became of both.

    `since`: what was told or shown after the meeting before. `decided`: what the meeting that is asked for decided.
    """

    item: LastItem
    case: Case | None
    steps: list[Step]
    entries: list[Entry]
    since: list[Entry]
    decided: Entry | None


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of the towns that the actor supervises."""
    return Meeting.objects.filter(lies_in("place", grounds(actor)))


def items_visible_to(actor: Actor) -> QuerySet[LastItem]:
    """What stands on agendas of ground that the actor supervises, and what they were named for."""
    return LastItem.objects.filter(lies_in("place", grounds(actor)) | Q(post__in=actor.posts))


def meeting(actor: Actor, number: int) -> Meeting:
    """One meeting; otherwise there is no such meeting."""
    found = meetings_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_meeting")
    return found


def meetings(actor: Actor, place: str, *, most: int = MOST_MEETINGS) -> list[Meeting]:
    """The meetings held or called in a place (its code) that the actor sees, the newest first."""
    found = meetings_visible_to(actor).filter(lies_in("place", [place])).exclude(state=State.CALLED_OFF)
    return list(found.order_by("-day", "place")[:most])


def at_hand(actor: Actor, town: str, today: date) -> Meeting | None:
    """The meeting of a town that has met and not ended: where something can be decided now."""
    met = meetings_visible_to(actor).filter(place=town, state=State.CALLED, day__lte=today)
    return met.order_by("-day").first()


def on_agenda(actor: Actor, place: str, *, sort: str = "", most: int = MOST_ITEMS) -> list[Point]:
    """What stands on the agendas of a place (its code) now: what was decided first, by its deadline, then the rest.

    Or the `newest` first, or by `place`.
    """
    found = items_visible_to(actor).filter(lies_in("place", [place]), ended_at=None)
    return _points(actor, list(found.order_by(*_SORTED[sort])[:most]))


def agenda(actor: Actor, of: Meeting) -> list[Point]:
    """The points of a meeting: of one that has ended what stood on it, of the others what stands on it now."""
    found = items_visible_to(actor).filter(lies_in("place", [of.place]))
    if of.ended_at is None:
        found = found.filter(Q(ended_at=None) | Q(pk__in=_entered_at(of)))
    else:
        found = found.filter(pk__in=_entered_at(of))
    before = Meeting.objects.filter(place=of.place, county=of.county, state=State.HELD, day__lt=of.day)
    last = before.order_by("-day").values_list("ended_at", flat=True).first()
    ordered = found.order_by(F("due_at").asc(nulls_last=True), "proposed_at", "pk")
    return _points(actor, list(ordered[:MOST_ITEMS]), at=of, after=last)


def item(actor: Actor, number: int) -> Point:
    """One item; otherwise there is no such item."""
    found = items_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_last_item")
    return _points(actor, [found])[0]


def candidates(town: str, *, on: date) -> list[Candidate]:
    """Who can be named at a meeting of a town: whoever leads it or its county, and sits at no desk."""
    lines = {line.id: line for line in may_own(town, on)}
    held = Holding.objects.filter(post__in=lines, since__lte=on).exclude(until__lte=on).select_related("person")
    people = list(held.filter(person__is_active=True).order_by("person_id")) if lines else []
    return [
        Candidate(one.person_id, one.person.name, post, line.title)
        for post, line in lines.items() for one in people if one.post_id == post
    ]  # fmt: skip


def rule_for(town: str) -> Rule:
    """The rule that holds in a town: its own, its county's, or the installation's."""
    found = AgendaRule.objects.filter(Q(place=None) | Q(place__in=[town, town[:COUNTY]]))
    nearest = max(found, key=lambda one: len(one.place_id or ""), default=None)
    return nearest.rule if nearest else Rule()


def _entered_at(of: Meeting) -> QuerySet[Entry, Any]:
    return Entry.objects.filter(meeting=of.pk, county=of.county).values_list("item_id", flat=True)


def _points(
    actor: Actor, items: list[LastItem], *, at: Meeting | None = None, after: datetime | None = None
) -> list[Point]:
    if not items:
        return []
    numbers = {one.case for one in items}
    counties = {county_of(number) for number in numbers}
    seen = cases.visible_to(actor).filter(number__in=numbers, county__in=counties)
    known = {case.number: case for case in seen}
    steps = _steps(known, counties)
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for one in Entry.objects.filter(item__in=[item.pk for item in items], county__in=counties).order_by("pk"):
        entries[one.item_id].append(one)
    return [
        Point(
            item, known.get(item.case), steps.get(item.case, []), entries[item.pk],
            [one for one in entries[item.pk] if one.move in PROGRESS and (after is None or one.at > after)],
            _decided(entries[item.pk], at),
        )
        for item in items
    ]  # fmt: skip


def _steps(numbers: Collection[int], counties: Collection[str]) -> dict[int, list[Step]]:
    found: defaultdict[int, list[Step]] = defaultdict(list)
    told = Step.objects.filter(number__in=numbers, county__in=counties, move__in=TELLING)
    for step in told.order_by("number", "seq"):
        found[step.number].append(step)
    return found


def _decided(entries: Iterable[Entry], at: Meeting | None) -> Entry | None:
    """What a meeting decided the last time it came to this item."""
    here = [one for one in entries if at is not None and one.meeting == at.pk and one.move == "decide"]
    return here[-1] if here else None


def town_of(place: str) -> str:
    """Whose committee a place is before; empty for what lies in no town."""
    return place[:TOWN] if len(place) >= TOWN else ""
