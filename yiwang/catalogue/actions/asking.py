"""The questions that acts of the catalogue ask before they write, and the line they leave in the trail."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from yiwang.catalogue.models import Board
from yiwang.catalogue.queries import TOPIC
from yiwang.catalogue.rules import Content, Evidence, NotALimit, read_limit, write_limit
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.audit import actions as audit
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused

COUNTY_DIGITS = 6


def administers(by: Person, place: Place | None, *, today: date) -> None:
    """Refuse unless `by` administers this place today; none: the whole installation."""
    access.demand(by, Duty.ADMINISTER, place.code if place else WHOLE, on=today)


def refuse_what_is_no_county(county: Place | None) -> None:
    """Refuse to give a catalogue of its own to a place that is no county."""
    if county is not None and len(county.code) != COUNTY_DIGITS:
        raise Refused("county_not_a_county", place=county.name)


def board_of(code: str, county: Place | None) -> Board:
    """The board with this code: the county's own before the one of every county. Refuses an unknown one."""
    found = Board.objects.filter(Q(county=None) | Q(county=county), code=code).order_by("county_id").first()
    if found is None:
        raise Refused("no_such_board", board=code)
    return found


def plain_limit(text: str) -> str:
    """A limit as we write it. Refuses what is none."""
    try:
        return write_limit(read_limit(text))
    except NotALimit as broken:
        raise Refused("not_a_limit", text=text) from broken


def plain(content: Content) -> Content:
    """The content with its limits as we write them. Refuses what no version can say."""
    if not content.name:
        raise Refused("item_cell_missing")
    refuse_unfit_evidence(content.evidence)
    return replace(content, limits={stage: plain_limit(text) for stage, text in content.limits.items()})


def refuse_unfit_evidence(evidence: Evidence) -> None:
    """Refuse to ask for a photo's position where no photo is asked for."""
    if evidence.within_metres and not (evidence.photos or evidence.before_and_after):
        raise Refused("evidence_without_a_photo")


def record(act: str, subject: str, *, by: str, ground: str, **details: Any) -> None:
    """Write the trail and let every process read the catalogue anew."""
    audit.note(act, subject, by=by, ground=ground, **details)
    touched(TOPIC)
