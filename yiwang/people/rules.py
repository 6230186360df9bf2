"""The law of posts: what duties there are, which are sensitive, and what a holding allows on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Duty(StrEnum):
    """What a post may do. A fixed set: roles bundle them, nobody invents one."""

    REPORT = "report"  # bring in matters found on the ground
    TRIAGE = "triage"  # say what it is, where, and whether it is new
    DISPATCH = "dispatch"  # give it to a post
    HANDLE = "handle"  # deal with it
    CHECK = "check"  # look whether it was dealt with
    CALL_BACK = "call_back"  # ask the reporter
    WHISTLE = "whistle"  # call units to the spot
    APPROVE = "approve"  # grant time, pauses, special handling
    SUPERVISE = "supervise"  # urge, list, reopen, decide
    ASSIGN_TASKS = "assign_tasks"  # send task lists down
    VISIT = "visit"  # keep the households' information
    CONVENE = "convene"  # call councils and hold votes
    MEDIATE = "mediate"  # lead a dispute to an agreement
    PUBLISH = "publish"  # put something before the public
    SEE_NUMBERS = "see_numbers"  # statistics and rankings
    SEE_PERSONAL = "see_personal"  # uncover a name or a phone number, with a purpose, logged
    INVESTIGATE = "investigate"  # open sealed complaints against officials
    AUDIT = "audit"  # read the audit trail
    DRAW_GROUND = "draw_ground"  # places, boundaries, redrawing
    ADMINISTER = "administer"  # people, units, posts, roles, calendars


# Whoever holds one of these must have a second factor.
SENSITIVE = frozenset({Duty.SEE_PERSONAL, Duty.INVESTIGATE, Duty.AUDIT, Duty.DRAW_GROUND, Duty.ADMINISTER})

# Sealed complaints never pass through a local administrator: who opens them is named, and helped back into a lost
# account, by the administrators of the whole installation only.
NOT_FOR_LOCAL_ADMINISTRATORS = frozenset({Duty.INVESTIGATE})

# A sealed complaint is opened by a person, never by a program.
NEVER_BY_TOKEN = frozenset({Duty.INVESTIGATE})

# These look and leave everything as it is: a program that has only them brings nothing in.
ONLY_LOOKING = frozenset({Duty.SEE_NUMBERS, Duty.SEE_PERSONAL, Duty.AUDIT})

LONGEST_TOKEN = timedelta(days=366)

_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")

WHOLE = ""
"""The ground of a post that is over the whole installation: every code begins with it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One holding of one post: these duties, inside this ground, from a day up to (not including) another."""

    duties: frozenset[Duty]
    ground: str
    since: date
    until: date
    post: int

    def covers(self, duty: Duty, place: str, on: date) -> bool:
        """Whether this grant allows the duty at the place (its code) on that day."""
        return self.since <= on < self.until and duty in self.duties and place.startswith(self.ground)


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether two spans of days, each up to (not including) its end or without one, share a day."""
    return since < (other_until or date.max) and other_since < (until or date.max)


def outlasts(valid_from: date | None, valid_to: date | None, since: date, until: date | None) -> bool:
    """Whether something valid from one day up to another covers the whole of a span of days."""
    return (valid_from or date.min) <= since and (until or date.max) <= (valid_to or date.max)


def day_of(text: str) -> date | None:
    """A day as offices write it: 2026-03-02, 2026/3/2, 2026.3.2, 20260302 or 2026年3月2日; none for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Redrawing:
    """The ground was drawn anew: from the day `effective` on, these places (codes) follow each old one."""

    redrawing: int
    effective: date
    successors: dict[str, list[str]]


def may(grants: Iterable[Grant], duty: Duty, place: str, on: date) -> bool:
    """Whether any of a person's grants allows the duty there on that day."""
    return any(grant.covers(duty, place, on) for grant in grants)
