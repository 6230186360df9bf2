"""What can be asked of the log: who keeps a desk now, and what was written on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.people.rules import WHOLE
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in
from yiwang.shifts.access import read_at
from yiwang.shifts.models import Entry, Shift
from yiwang.shifts.rules import Kind, State


@dataclass(frozen=True, slots=True)
class Logged:
    """A shift with its entries, as they were written."""

    shift: Shift
    entries: list[Entry]

    @property
    def handed_over(self) -> Entry | None:
        """The note of its hand-over, with what was open then."""
        return next((entry for entry in self.entries if entry.kind == Kind.HANDED_OVER), None)


def visible_to(actor: Actor) -> QuerySet[Shift]:
    """The shifts of the desks at which the actor sits or which they supervise."""
    grounds = read_at(actor)
    return Shift.objects.filter(lies_in("place", EVERYWHERE if WHOLE in grounds else grounds))


def now_at(actor: Actor, desk: str) -> Logged | None:
    """The shift that is kept at a desk (its place's code), or waits there to be taken over."""
    shift = visible_to(actor).filter(place=desk).exclude(state=State.TAKEN_OVER).first()
    return _with_entries([shift])[0] if shift else None


def on_day(actor: Actor, desk: str, day: date) -> list[Logged]:
    """The shifts of a desk that were kept on that day of the installation's zone, the earliest first."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    ends = begins + timedelta(days=1)
    kept = visible_to(actor).filter(Q(ended_at=None) | Q(ended_at__gte=begins), place=desk, opened_at__lt=ends)
    return _with_entries(list(kept.order_by("opened_at")))


def _with_entries(shifts: list[Shift]) -> list[Logged]:
    counties = {shift.county for shift in shifts}
    written = Entry.objects.filter(shift__in=[shift.pk for shift in shifts], county__in=counties).order_by("pk")
    entries = list(written) if shifts else []
    return [Logged(shift, [entry for entry in entries if entry.shift_id == shift.pk]) for shift in shifts]
