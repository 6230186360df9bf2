"""Ask a form: looked at for what is asked or known already and for what it costs, then written down."""

from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.forms import queries
from yiwang.forms.access import asks_in
from yiwang.forms.facts import FormMoved
from yiwang.forms.models import Addressee, Form, Question
from yiwang.forms.rules import GRACE, LIFE, LONGEST_WHY, Wanted, form_fault, normalised
from yiwang.people.roster import roster
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import NotYours, Refused


def look_at(wanted: Wanted, *, by: Actor, now: datetime) -> queries.Check:
    """What is asked or known already of a form before it is asked, and what it costs whom; changes nothing.

    Refuses ground on which it is not the actor's to ask, what lacks something, and what would be asked of nobody.
    """
    if asks_in(by, wanted.place) is None:
        raise NotYours("form_not_yours_to_ask")
    if fault := form_fault(wanted, now):
        raise Refused(fault)
    found = queries.check(wanted, by=by, now=now)
    if not found.people:
        raise Refused("form_asked_of_nobody")
    return found


@transaction.atomic
def ask(wanted: Wanted, *, by: Actor, now: datetime, nevertheless: str = "") -> Form:
    """Ask a form of the people of a ground.

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
    form = Form.objects.create(
        county=wanted.place[:6], place=wanted.place, unit=line.unit, post=post, author=by.subject,
        title=wanted.title.strip(), why=wanted.why.strip(), minutes=wanted.minutes, state=LIFE.first.value,
        asked_at=now, due_at=wanted.due_at, closes_at=wanted.due_at + GRACE,
        nevertheless=nevertheless.strip()[:LONGEST_WHY] if found.is_asked_already else "",
    )  # fmt: skip
    _write_down(form, wanted, found)
    note("ask_form", f"form:{form.pk}", by=by.subject, ground=form.place, people=len(found.people))
    announce(FormMoved(form.pk, form.county, "ask"))
    return form


def _write_down(form: Form, wanted: Wanted, found: queries.Check) -> None:
    Question.objects.bulk_create(
        Question(
            county=form.county, place=form.place, form=form, text=one.text.strip(), bare=normalised(one.text),
            kind=one.kind.value, unit=one.unit.strip(), choices=list(one.choices),
        )
        for one in wanted.questions
    )  # fmt: skip
    Addressee.objects.bulk_create(
        Addressee(county=form.county, place=one.ground, form=form, person=one.person, post=one.post)
        for one in found.people
    )
