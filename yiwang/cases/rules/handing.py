"""The law of giving and giving back: how long, how often, between whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.cases.rules.life import APPROVED_TRACKS, HELPED_TRACKS, LONELY_TRACKS, Track
from yiwang.plumbing.worktime.rules import Promise, Unit, WorkCalendar, due_at

MOST_HAND_BACKS = 2
HAND_BACK_WITHIN = Promise(1, Unit.DAY, working=True)
REPORT_IN_WITHIN = Promise(2, Unit.HOUR, working=False)


# What nobody has recognised yet is taken up within half a working day.
TAKE_UP_WITHIN = Promise(4, Unit.HOUR, working=True)
TAKE_UP_DANGER_WITHIN = Promise(0.5, Unit.HOUR, working=False)


def desk_of(place: str) -> str:
    """Whose inbox a report comes into: the town's around its place, or the county's where it lies in no town."""
    return place[:9] if len(place) >= 9 else place[:6]


def is_passed_up(desk: str, place: str) -> bool:
    """Whether a question was passed further up than where reports of its place come in."""
    return len(desk) < len(desk_of(place))


def is_decided_above(desk: str, ground: str, place: str, *, waits: bool, kept_on: str | None) -> bool:
    """Whether a case is for a desk above this ground to decide about: below it is seen, and comes back passed down.

    While it `waits`, where whoever keeps it sits at the desk or above (`kept_on`, their ground; None: nobody does).
    Afterwards where it had been passed up.
    """
    if desk.startswith(ground):
        return False
    return kept_on is not None and desk.startswith(kept_on) if waits else is_passed_up(desk, place)


@dataclass(frozen=True, slots=True)
class Given:
    """One turn of a case with a lead: which post, and whether it handed the case back."""

    post: int
    handed_back: bool


def hand_back_until(given_at: datetime, handle_due: datetime, calendar: WorkCalendar) -> datetime:
    """Up to when a case may be handed back: one working day, or its whole limit where that is shorter."""
    return min(due_at(given_at, HAND_BACK_WITHIN, calendar).at, handle_due)


def may_not_hand_back(turns: Sequence[Given], *, firm: bool, now: datetime, until: datetime) -> str:
    """Why the present lead (the last turn) may not hand the case back, as a refusal's code; empty when it may."""
    if firm:
        return "assigned_firmly"
    if sum(turn.handed_back for turn in turns) >= MOST_HAND_BACKS:
        return "handed_back_too_often"
    if now > until:
        return "too_late_to_hand_back"
    return ""


def may_not_receive(post: int, turns: Sequence[Given]) -> str:
    """Why a case may not be given to a post in the ordinary way; empty when it may.

    After two hand-backs, or to a post that handed it back before, the centre assigns firmly and that ends it.
    """
    if sum(turn.handed_back for turn in turns) >= MOST_HAND_BACKS:
        return "must_assign_firmly"
    if any(turn.handed_back and turn.post == post for turn in turns):
        return "would_bounce"
    return ""


def track_fault(track: Track, *, approved: Track | None, lead: int, assisting: Collection[int]) -> str:
    """Why a case may not go on this track, as a refusal's code; empty when it may."""
    if lead in assisting:
        return "lead_cannot_assist"
    if track in APPROVED_TRACKS and approved != track:
        return "track_not_approved"
    if track in HELPED_TRACKS and not assisting:
        return "track_needs_helpers"
    if track in LONELY_TRACKS and assisting:
        return "track_has_no_helpers"
    return ""


def appraisal_fault(*, reported_in_at: datetime | None, due: datetime, now: datetime) -> str:
    """Who was whistled for is appraised after reporting in, or when the time for it is over without them."""
    return "still_expected" if reported_in_at is None and now <= due else ""


def with_helper(track: str) -> Track:
    """The track of a case that another post is called in to: what one post did alone is joint from now on."""
    return Track.JOINT if track in {"", *LONELY_TRACKS} else Track(track)


LONGEST_SPECIAL_LIMIT = timedelta(days=366)


def special_limit_fault(
    track: Track, hours: float | None, *, now: datetime, working: bool, calendar: WorkCalendar
) -> str:
    """Why a track may not be asked for with this limit, as a refusal's code; empty when it may.

    Only tracks that need an approval are asked for, each with a limit of its own, in `hours` of the clock of the
    item's own (`working` or running), that would end within a year from now.
    """
    if track not in APPROVED_TRACKS:
        return "track_needs_no_approval"
    # Written so that what is not a number is no time either.
    if hours is None or not hours > 0:
        return "no_time_asked"
    if hours > LONGEST_SPECIAL_LIMIT / timedelta(hours=1):
        return "special_limit_too_long"
    ends = due_at(now, Promise(hours, Unit.HOUR, working=working), calendar).at
    return "special_limit_too_long" if ends - now > LONGEST_SPECIAL_LIMIT else ""
