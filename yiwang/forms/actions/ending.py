"""What becomes of a form: whoever is missing is reminded, it is withdrawn, stopped, given out; it ends by itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import CLOCK, Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.forms import queries
from yiwang.forms.access import capacities, in_stead_of, is_gone, is_there
from yiwang.forms.facts import FormMoved
from yiwang.forms.models import Form, Reminder, Series
from yiwang.forms.rules import LIFE, LONGEST_WHY, REMINDED_BEFORE, Capacity, State, is_open, reminded_from
from yiwang.forms.words import MOVES, PLACE_IS_GONE, POST_IS_GONE, STATES
from yiwang.people.roster import roster
from yiwang.places.queries import home_of, tree
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen


@transaction.atomic
def remind(number: int, *, by: Actor, now: datetime) -> Reminder:
    """Remind whoever has not returned a form; once a day."""
    form, _into = _take(number, "remind", by=by, reason="")
    if not is_open(State(form.state), form.closes_at, now):
        raise Overtaken("form_closed")
    missing = len(queries.standing_of(form).missing)
    if not missing:
        raise Refused("form_all_returned")
    reminder = _reminder(form, missing, by=by, now=now)
    if reminder is None:
        raise Overtaken("form_reminded_today")
    return reminder


@transaction.atomic
def remind_of_due(county: str, *, now: datetime) -> list[Reminder]:
    """Remind, once, whoever has not returned a form of a county that will soon be due. Stands everywhere.

    On a day on which its asker reminded, it waits for the next one.
    """
    soon = Form.objects.filter(county=county, state=State.ASKED, due_at__gt=now, due_at__lte=now + REMINDED_BEFORE)
    reminded = Reminder.objects.filter(county=county, form__in=soon.values("pk"), author=CLOCK.subject)
    waiting = soon.exclude(pk__in=reminded.values("form")).select_for_update(skip_locked=True).order_by("pk")
    found = []
    for form in [one for one in waiting if reminded_from(one.asked_at, one.due_at) <= now]:
        missing = len(queries.standing_of(form).missing)
        if missing and (reminder := _reminder(form, missing, by=CLOCK, now=now)):
            found.append(reminder)
    return found


def _reminder(form: Form, missing: int, *, by: Actor, now: datetime) -> Reminder | None:
    """The reminder of this day; None where there was one already."""
    reminder, is_new = Reminder.objects.get_or_create(
        county=form.county, form=form, day=timezone.localdate(now),
        defaults={"place": form.place, "at": now, "author": by.subject, "people": missing},
    )  # fmt: skip
    if is_new:
        announce(FormMoved(form.pk, form.county, "remind", reminder.pk))
    return reminder if is_new else None


@transaction.atomic
def withdraw(number: int, *, because: str, by: Actor, now: datetime) -> Form:
    """Take a form back, saying why: nobody need return it any more, and no round of it is asked any more."""
    form = _end(number, "withdraw", because=because, by=by, now=now)
    note("withdraw_form", f"form:{form.pk}", by=by.subject, ground=form.place, because=because)
    return form


@transaction.atomic
def stop(number: int, *, because: str, by: Actor, now: datetime) -> Form:
    """Stop somebody else's form, saying why; for whoever supervises the whole ground on which it is asked."""
    form = _end(number, "stop", because=because, by=by, now=now)
    note("stop_form", f"form:{form.pk}", by=by.subject, ground=form.place, because=because)
    return form


@transaction.atomic
def give_out(number: int, *, by: Actor, now: datetime, form: str) -> queries.Standing:
    """How a form stands, to be taken away ("csv" or "xlsx"); the trail says so first."""
    found = queries.standing(by, number)
    said = {"form": form, "at": now.isoformat()}
    note("export_form", f"form:{number}", by=by.subject, ground=found.form.place, **said)
    return found


def _end(number: int, move: str, *, because: str, by: Actor, now: datetime) -> Form:
    reason = because.strip()[:LONGEST_WHY]
    form, into = _take(number, move, by=by, reason=reason)
    series = queries.running_series(form)
    for one in _end_series(series, into, reason, now) if series else [form]:
        _close(one, into, reason, by=by, now=now)
        announce(FormMoved(one.pk, one.county, move))
    return form


def _end_series(series: Series, into: State, reason: str, now: datetime) -> list[Form]:
    """No round is asked any more. The rounds that are open, to be ended with it.

    One that had closed before stays as it was: it was asked, and answered.
    """
    here = {"county": series.county}
    Series.objects.filter(**here, pk=series.pk).update(state=into.value, because=reason, ended_at=now, next_on=None)
    rounds = Form.objects.filter(**here, series=series, state=State.ASKED, closes_at__gt=now)
    return list(rounds.select_for_update())


def _close(form: Form, into: State, reason: str, *, by: Actor, now: datetime) -> None:
    form.state, form.because, form.ended_at, form.ended_by = into.value, reason, now, by.subject
    form.save(update_fields=["state", "because", "ended_at", "ended_by"])


@transaction.atomic
def follow_posts(county: str, *, now: datetime) -> list[Series]:
    """Let each series of a county whose post is no more pass to the one in its stead, or end. Stands everywhere.

    With a series ends the round of it that is open. Harmless when run twice.
    """
    today = timezone.localdate(now)
    found = _running(county, [one.pk for one in _running(county) if is_gone(one.post, today)])
    for series in found:
        if heir := in_stead_of(series.post, series.place, today):
            _pass_on(series, *heir)
        else:
            line = roster().get(series.post)
            _lapse(series, said_by_the_platform(POST_IS_GONE, post=line.title if line else ""), now=now)
    return found


@transaction.atomic
def follow_places(county: str, *, now: datetime) -> list[Series]:
    """Let each series of a county whose place is no more go to the one that took its ground, or end.

    It ends where the ground went to several or to none, or where its post does not ask. Whoever asked it is told of
    either. Stands everywhere. Harmless when run twice.
    """
    today = timezone.localdate(now)
    found = _running(county, [one.pk for one in _running(county) if not is_there(one.place, today)])
    for series in found:
        home, line = home_of(series.place), roster().get(series.post)
        if home and is_there(home, today) and line and line.serves(home, today):
            _go_to(series, home)
        else:
            spot = tree().get(series.place)
            _lapse(series, said_by_the_platform(PLACE_IS_GONE, place=spot.name if spot else ""), now=now)
    return found


def _running(county: str, among: list[int] | None = None) -> list[Series]:
    """The series that go on; with `among` those of these, locked."""
    found = Series.objects.filter(county=county, next_on__isnull=False).order_by("pk")
    return list(found if among is None else found.filter(pk__in=among).select_for_update(skip_locked=True))


def _pass_on(series: Series, post: int, place: str) -> None:
    was, series.post, series.place = series.post, post, place
    series.save(update_fields=["post", "place"])
    note("pass_series", f"series:{series.pk}", by=CLOCK.subject, ground=place, was=f"post:{was}", post=f"post:{post}")


def _go_to(series: Series, place: str) -> None:
    was, series.place = series.place, place
    series.save(update_fields=["place"])
    note("move_series", f"series:{series.pk}", by=CLOCK.subject, ground=place, was=f"place:{was}", place=place)
    last = _last_of(series)
    announce(FormMoved(last.pk, last.county, "go_elsewhere"))


def _lapse(series: Series, reason: str, *, now: datetime) -> None:
    reason = reason[:LONGEST_WHY]
    into = LIFE.decide("lapse", State(series.state), duties={Capacity.CLOCK}, given={"reason"})
    for one in _end_series(series, into, reason, now):
        _close(one, into, reason, by=CLOCK, now=now)
    last = _last_of(series)
    note("lapse_series", f"series:{series.pk}", by=CLOCK.subject, ground=series.place, because=reason)
    announce(FormMoved(last.pk, last.county, "lapse"))


def _last_of(series: Series) -> Form:
    return Form.objects.filter(county=series.county, series=series).latest("round")


def _take(number: int, move: str, *, by: Actor, reason: str) -> tuple[Form, State]:
    """Lock the form and ask the table whether `by` may make this move."""
    form = queries.visible_to(by).select_for_update().filter(pk=number).first()
    if form is None:
        raise Unseen("no_such_form")
    try:
        given = {"reason"} if reason else ()
        return form, LIFE.decide(move, State(form.state), duties=capacities(by, form), given=given)
    except NotAllowed as verdict:
        raise _refusal(verdict, form) from verdict


def _refusal(verdict: NotAllowed, form: Form) -> Refused:
    words = MOVES[verdict.move]
    if verdict.code == "wrong_state":
        return Overtaken("form_too_late", move=words, state=STATES[State(form.state)])
    if verdict.code == "not_your_duty":
        return NotYours("form_not_yours", move=words)
    return Refused("form_lacks_reason")
