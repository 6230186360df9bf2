"""Who is told what of a form: those of whom it was asked and who have not returned it; and whoever asks it, or decides
in their unit, when a series ends or is asked elsewhere without anybody's doing. Nothing is written here.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from yiwang.forms.access import is_gone
from yiwang.forms.facts import FormMoved
from yiwang.forms.models import Form, Reminder, Series
from yiwang.forms.queries import standing_of
from yiwang.forms.rules import State, is_open
from yiwang.notices.access import approver
from yiwang.notices.actions import Occurred, Thing
from yiwang.notices.rules.occasions import Occasion
from yiwang.people.roster import roster
from yiwang.places.queries import tree


def of(moved: FormMoved, *, now: datetime) -> Iterator[Occurred]:
    """What follows from it, if it still holds: nobody is told to fill in what was withdrawn meanwhile."""
    form = Form.objects.get(county=moved.county, pk=moved.form)
    if moved.move in {"withdraw", "stop", "lapse"}:
        yield from _ended(form, moved.move)
        yield from _lapsed(form) if moved.move == "lapse" else ()
    elif moved.move == "go_elsewhere":
        yield from _gone_elsewhere(form)
    elif is_open(State(form.state), form.closes_at, now):
        yield from _reminded(form, moved.entry) if moved.move == "remind" else _asked(form)


def _asked(form: Form) -> Iterator[Occurred]:
    asker = roster().get(form.post)
    unit = asker.unit_name if asker else ""
    return _told(form, Occasion.FORM_ASKED, "form_asked", form.asked_at, about=unit, until=form.due_at)


def _reminded(form: Form, entry: int) -> Iterator[Occurred]:
    reminder = Reminder.objects.get(county=form.county, pk=entry)
    return _told(form, Occasion.FORM_DUE, f"form_due:{entry}", reminder.at, until=form.due_at)


def _ended(form: Form, move: str) -> Iterator[Occurred]:
    """Of what had closed by itself before nobody waits to hear."""
    if form.ended_at is not None and form.ended_at < form.closes_at:
        yield from _told(form, Occasion.FORM_ENDED, "form_ended", form.ended_at, about=f"form_{move}")


def _lapsed(form: Form) -> Iterator[Occurred]:
    """Where its place is no more whoever asked it; where their post is, the head of the unit, or where there is none
    whoever approves there: it is theirs to ask it anew, or not.
    """
    series = _series(form)
    assert series.ended_at is not None, "it has lapsed"
    day = timezone.localdate(series.ended_at)
    post = approver(series.post, series.place, day) if is_gone(series.post, day) else series.post
    yield _to_asker(Occasion.SERIES_LAPSED, "series_lapsed", form, post, series.ended_at)


def _gone_elsewhere(form: Form) -> Iterator[Occurred]:
    """Whoever asks it hears where the next round is asked, now that another place has taken the ground."""
    series = _series(form)
    spot = tree().get(series.place)
    yield _to_asker(
        Occasion.SERIES_MOVED, f"series_moved:{series.place}", form, series.post, timezone.now(),
        about=spot.name if spot else "",
    )  # fmt: skip


def _series(form: Form) -> Series:
    assert form.series_id is not None, "it is a round of a series"
    return Series.objects.get(county=form.county, pk=form.series_id)


def _to_asker(
    occasion: Occasion, key: str, form: Form, post: int | None, at: datetime, *, about: str = ""
) -> Occurred:
    """On the ground of their post, for there they see it; what they are told leads to the last round."""
    subject, line = f"round:{form.pk}", roster().get(post)
    ground = line.ground if line and line.ground.startswith(form.county) else form.county
    return Occurred(
        occasion, f"{key}:{subject}", Thing(subject, form.title, ground, post), at, posts=(post,), about=about
    )


def _told(
    form: Form, occasion: Occasion, key: str, at: datetime, *, about: str = "", until: datetime | None = None
) -> Iterator[Occurred]:
    """Each on their own ground, for there they see it."""
    subject = f"form:{form.pk}"
    for one in standing_of(form).missing:
        yield Occurred(
            occasion, f"{key}:{subject}", Thing(subject, form.title, one.place, one.post), at,
            people=(f"person:{one.person}",), until=until, about=about,
        )  # fmt: skip
