"""Everything that can be done to try it out."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from yiwang.people import demonstration
from yiwang.people.models import Person
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.trial.facts import DayBegun
from yiwang.trial.models import Day
from yiwang.trial.rules import SPEEDS, Ending, share_of


def note_seat(person: Person) -> None:
    """Leave a line in the trail: somebody who tries the platform sits down here."""
    _demand_demonstration()
    note("try_as", f"person:{person.pk}", by="visitor", ground=person.ground_id or "")


def begin_day(minutes: int, *, by: str, now: datetime) -> Day:
    """Have a day played in so many minutes; where one is being played already, nothing more happens.

    `by` is written as "person:12", or "visitor". Refuses other speeds, and everything where this is no demonstration.
    """
    _demand_demonstration()
    if minutes not in SPEEDS:
        raise Refused("no_such_speed")
    county = settings.DEMONSTRATION_COUNTY
    with standing_on(EVERYWHERE):
        running = _running()
        if running and not _is_over(running, now):
            return running
        if running:
            _end(running, Ending.OVER, now)
        try:
            with transaction.atomic():
                day = Day.objects.create(county=county, minutes=minutes, begun_at=now, begun_by=by)
        except IntegrityError:
            # Somebody else was a moment earlier.
            return Day.objects.get(county=county, ended_at=None)
        announce(DayBegun(day.pk, county))
        note("begin_day", f"day:{day.pk}", by=by, ground=county, minutes=minutes)
        return day


def stop_day(*, by: str, now: datetime) -> None:
    """End the day that is being played, if one is; what it has brought stays."""
    _demand_demonstration()
    with standing_on(EVERYWHERE):
        if day := _running():
            _end(day, Ending.STOPPED, now)
            note("stop_day", f"day:{day.pk}", by=by, ground=day.county)


def take_beat(number: int, *, beat: int, now: datetime) -> Day | None:
    """The day, locked until the transaction ends, if this beat of it is to be played; ends it when its time is over.

    A beat that was played already is none, nor is any beat where real people work.
    """
    day = Day.objects.select_for_update().filter(pk=number, ended_at=None).first()
    if day is None or day.beats != beat:
        return None
    if not demonstration.is_on():
        _end(day, Ending.REAL, now)
        return None
    if _is_over(day, now):
        _end(day, Ending.OVER, now)
        return None
    return day


def keep_beat(day: Day, *, reports: int, moves: int) -> None:
    """Count what a beat has brought."""
    day.beats += 1
    day.reports += reports
    day.moves += moves
    day.save(update_fields=["beats", "reports", "moves"])


def _running() -> Day | None:
    return Day.objects.select_for_update().filter(county=settings.DEMONSTRATION_COUNTY, ended_at=None).first()


def _is_over(day: Day, now: datetime) -> bool:
    return share_of(day.begun_at, day.minutes, now) >= 1


def _end(day: Day, ending: Ending, now: datetime) -> None:
    day.ended_at, day.ending = now, ending.value
    day.save(update_fields=["ended_at", "ending"])


def _demand_demonstration() -> None:
    if not demonstration.is_on():
        raise Refused("not_a_demonstration")
