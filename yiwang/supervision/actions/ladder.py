"""Change the ladder and the colours: by whoever administers the county, or for every county the installation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from yiwang.catalogue.actions.asking import administers, refuse_what_is_no_county
from yiwang.catalogue.models import Board
from yiwang.catalogue.rules import Stage, Urgency
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.supervision import models
from yiwang.supervision.actions.following import look_again
from yiwang.supervision.policy import TOPIC
from yiwang.supervision.rules.clock import Shares
from yiwang.supervision.rules.ladder import MOST_MINUTES, MOST_PERCENT, Level, rung_fault, shares_fault


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rung as it shall be; what is empty holds for all."""

    level: Level
    percent: int
    stage: Stage | None = None
    urgency: Urgency | None = None
    board: Board | None = None
    answer_minutes: int | None = None


@transaction.atomic
def add_rung(wanted: Wanted, *, county: Place | None, by: Person, today: date) -> models.Rung:
    """Add a rung for a county, or for all. Refuses one that is there already, and figures that make no sense."""
    rung = _put_rung(models.Rung(county=county), wanted, by=by, today=today)
    note("add_rung", f"rung:{rung.pk}", by=f"person:{by.pk}", ground=rung.county_id or "", **_said(rung))
    return rung


@transaction.atomic
def change_rung(rung: models.Rung, wanted: Wanted, *, by: Person, today: date) -> models.Rung:
    """Change a rung. Who was told by it already is not told again."""
    rung = _put_rung(models.Rung.objects.select_for_update().get(pk=rung.pk), wanted, by=by, today=today)
    note("change_rung", f"rung:{rung.pk}", by=f"person:{by.pk}", ground=rung.county_id or "", **_said(rung))
    return rung


@transaction.atomic
def remove_rung(rung: models.Rung, *, by: Person, today: date) -> None:
    """Take a rung out of its ladder. What it told stays told."""
    administers(by, rung.county, today=today)
    note("remove_rung", f"rung:{rung.pk}", by=f"person:{by.pk}", ground=rung.county_id or "", **_said(rung))
    rung.delete()
    _changed()


@transaction.atomic
def set_shares(
    shares: Shares, *, board: Board | None, county: Place | None, by: Person, today: date,
    change: models.Shares | None = None,
) -> models.Shares:  # fmt: skip
    """Say from how many percent on the colours of a board show; `change`: those that are set already.

    Refuses what does not follow each other, and a second setting for the same board and county.
    """
    administers(by, county, today=today)
    _refuse_strange_board(board, county)
    if fault := shares_fault(shares):
        raise Refused(fault)
    kept = change or models.Shares(county=county, board=board)
    taken = models.Shares.objects.filter(county=county, board=board).exclude(pk=kept.pk)
    if taken.exists():
        raise Refused("shares_twice")
    kept.soon, kept.pressing = shares.soon, shares.pressing
    kept.save()
    note("set_colours", f"colours:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", board=kept.board_id,
         soon=kept.soon, pressing=kept.pressing)  # fmt: skip
    _changed()
    return kept


def _put_rung(rung: models.Rung, wanted: Wanted, *, by: Person, today: date) -> models.Rung:
    administers(by, rung.county, today=today)
    _refuse_strange_board(wanted.board, rung.county)
    if fault := rung_fault(wanted.percent, wanted.answer_minutes):
        raise Refused(fault, most=MOST_PERCENT if fault == "rung_percent_unfit" else MOST_MINUTES)
    rung.level, rung.percent, rung.board = wanted.level.value, wanted.percent, wanted.board
    rung.stage, rung.urgency = wanted.stage or "", wanted.urgency or ""
    rung.answer_minutes = wanted.answer_minutes
    same = models.Rung.objects.filter(
        county=rung.county, board=rung.board, urgency=rung.urgency, stage=rung.stage, level=rung.level,
        percent=rung.percent,
    )  # fmt: skip
    if same.exclude(pk=rung.pk).exists():
        raise Refused("rung_twice")
    rung.save()
    _changed()
    return rung


def _said(rung: models.Rung) -> dict[str, Any]:
    fields = ("board_id", "urgency", "stage", "level", "percent", "answer_minutes")
    return {name: getattr(rung, name) for name in fields}


def _refuse_strange_board(board: Board | None, county: Place | None) -> None:
    """What holds for every county cannot be about one county's board, nor a county's about another's."""
    refuse_what_is_no_county(county)
    if board is not None and board.county_id is not None and board.county_id != (county.code if county else ""):
        raise Refused("board_of_another_county")


def _changed() -> None:
    touched(TOPIC)
    look_again()
