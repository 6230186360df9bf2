"""Ask a form: looked at for what is asked or known already and what it costs, then written down; round by round."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import CLOCK, Actor
from yiwang.forms import queries
from yiwang.forms.access import asks_in
from yiwang.forms.facts import FormMoved
from yiwang.forms.models import Addressee, Form, Question, Series
from yiwang.forms.rules import (
    LIFE,
    LONGEST_WHY,
    ROUND_OPENS,
    Asks,
    Rounds,
    Wanted,
    closes_at,
    form_fault,
    next_round,
    normalised,
    round_days,
    round_of,
    rounds_fault,
)
from yiwang.people.roster import roster
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import NotYours, Refused
from yiwang.workload.matters import Worker


def look_at(wanted: Wanted, *, by: Actor, now: datetime) -> queries.Check:
    """What is asked or known already of a form before it is asked, and what it costs whom; changes nothing.

    Refuses ground on which it is not the actor's to ask, what lacks something, and what would be asked of nobody.
    """
    if asks_in(by, wanted.place) is None:
        raise NotYours("form_not_yours_to_ask")
    if fault := form_fault(wanted, now):
        raise Refused(fault)
    due = timezone.localdate(wanted.due_at)
    if wanted.rounds and (fault := rounds_fault(wanted.rounds, timezone.localdate(now), due)):
        raise Refused(fault)
    found = queries.check(wanted, by=by, now=now)
    if not found.people:
        raise Refused("form_asked_of_nobody")
    return found


@transaction.atomic
def ask(wanted: Wanted, *, by: Actor, now: datetime, nevertheless: str = "") -> Form:
    """Ask a form of the people of a ground, once or as the first round of a series.

    Refuses what lacks something, ground on which it is not the actor's to ask, and what was asked or is known already,
    unless `nevertheless` says why; that is kept with the form.
    """
    found = look_at(wanted, by=by, now=now)
    post = asks_in(by, wanted.place)
    line = roster().get(post)
    if post is None or line is None:
        raise NotYours("form_not_yours_to_ask")
    if found.is_asked_already and not nevertheless.strip():
        raise Refused("form_asked_already")
    series = _begun(wanted, wanted.rounds, found.rounds, post=post) if wanted.rounds else None
    form = Form(
        county=wanted.place[:6], place=wanted.place, unit=line.unit, post=post, author=by.subject,
        title=wanted.title.strip(), why=wanted.why.strip(), minutes=wanted.minutes, state=LIFE.first.value,
        nevertheless=nevertheless.strip()[:LONGEST_WHY] if found.is_asked_already else "",
    )  # fmt: skip
    _write_down(form, series, 1, wanted.questions, found.people, due_at=wanted.due_at, now=now)
    note("ask_form", f"form:{form.pk}", by=by.subject, ground=form.place, people=len(found.people))
    return form


@transaction.atomic
def open_rounds(county: str, *, now: datetime) -> list[Form]:
    """Ask the round of each series of a county whose day has come, in the morning. Stands everywhere.

    Of whom is found anew: who works there now. A round whose time is over, after a standstill, is left out. Harmless
    when run twice.
    """
    if timezone.localtime(now).time() < ROUND_OPENS:
        return []
    come = Series.objects.filter(county=county, next_on__lte=timezone.localdate(now)).order_by("pk")
    found = [_next_round(one, now=now) for one in come.select_for_update(skip_locked=True)]
    return [one for one in found if one]


def _begun(wanted: Wanted, rounds: Rounds, days: Sequence[date], *, post: int) -> Series:
    due = timezone.localtime(wanted.due_at)
    return Series.objects.create(
        county=wanted.place[:6], place=wanted.place, post=post, role=wanted.role, every=rounds.every.value,
        first=days[0], last=rounds.last, takes=(due.date() - days[0]).days, due_time=due.time(), next_on=days[1],
        state=LIFE.first.value,
    )  # fmt: skip


def _next_round(series: Series, *, now: datetime) -> Form | None:
    today, takes = timezone.localdate(now), timedelta(days=series.takes)
    days = round_days(series.first, series.rounds)
    number = round_of(days, today, takes)
    series.next_on = next_round(days, today)
    series.save(update_fields=["next_on"])
    people = queries.people_in(series.place, role=series.role, on=today) if number else []
    due_at = _local(days[number - 1] + takes, series.due_time) if number else now
    if number is None or not people or due_at <= now:
        return None
    form = Form.objects.get(county=series.county, series=series, round=1)
    questions = [one.asks for one in Question.objects.filter(county=form.county, form=form).order_by("pk")]
    # What was asked in the first round is asked again as it was.
    form.pk, form.state, form.ended_at, form.ended_by, form.because = None, LIFE.first.value, None, "", ""
    form.post, form.place = series.post, series.place
    _write_down(form, series, number, questions, people, due_at=due_at, now=now)
    note("open_round", f"form:{form.pk}", by=CLOCK.subject, ground=form.place, people=len(people), round=number)
    return form


def _local(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _write_down(
    form: Form, series: Series | None, number: int, questions: Sequence[Asks], people: Sequence[Worker], *,
    due_at: datetime, now: datetime,
) -> None:  # fmt: skip
    following = _local(series.next_on, ROUND_OPENS) if series and series.next_on else None
    form.asked_at, form.due_at, form.closes_at = now, due_at, closes_at(due_at, following)
    form.series, form.round = series, number if series else None
    form.save(force_insert=True)
    Question.objects.bulk_create(
        Question(
            county=form.county, place=form.place, form=form, text=one.text.strip(), bare=normalised(one.text),
            kind=one.kind.value, unit=one.unit.strip(), choices=list(one.choices),
        )
        for one in questions
    )  # fmt: skip
    Addressee.objects.bulk_create(
        Addressee(county=form.county, place=one.ground, form=form, person=one.person, post=one.post) for one in people
    )
    announce(FormMoved(form.pk, form.county, "ask"))
