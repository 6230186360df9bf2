"""Everything that can be done with a form: ask, keep a draft, send in, remind, withdraw, stop, give out."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.forms import queries
from yiwang.forms.access import asks_in, capacities, person_in
from yiwang.forms.models import Addressee, Draft, Form, Question, Reminder, Return
from yiwang.forms.rules import (
    GRACE,
    LIFE,
    LONGEST_ANSWER,
    LONGEST_WHY,
    MOST_MINUTES,
    State,
    Wanted,
    form_fault,
    is_open,
    normalised,
    read_answer,
)
from yiwang.forms.words import MOVES, STATES
from yiwang.people.roster import roster
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen


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


@transaction.atomic
def keep_draft(number: int, answers: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Keep what a worker has begun to fill in, as it is; what belongs to no question is left out."""
    stands = _open_to(number, by, now)
    known = {str(one.pk) for one in stands.questions}
    kept = {question: said[:LONGEST_ANSWER] for question, said in answers.items() if question in known}
    (asked,) = stands.people
    Draft.objects.update_or_create(
        county=asked.county, form=stands.form, person=asked.person,
        defaults={"place": asked.place, "answers": kept, "at": now},
    )  # fmt: skip


@transaction.atomic
def send_in(
    number: int, answers: Mapping[str, str], *, by: Actor, now: datetime, minutes: int | None = None
) -> Return:
    """Send a form in, or correct what was sent in; `minutes`: how long it took.

    Refuses an answer that does not answer its question, and everything once the form has closed.
    """
    stands = _open_to(number, by, now)
    if not any(said.strip() for said in answers.values()):
        raise Refused("form_lacks_answers")
    kept: dict[str, str] = {}
    for question in stands.questions:
        answer = read_answer(question.asks, answers.get(str(question.pk), ""))
        if answer is None:
            raise Refused("answer_unfit", question=question.text)
        kept[str(question.pk)] = answer
    (asked,) = stands.people
    before = stands.returns.get(asked.person)
    Draft.objects.filter(county=asked.county, form=stands.form, person=asked.person).delete()
    if before is not None and before.answers == kept:
        return before
    took = min(max(minutes, 1), MOST_MINUTES) if minutes is not None and before is None else None
    return Return.objects.create(
        county=asked.county, place=asked.place, form=stands.form, person=asked.person, at=now, answers=kept,
        minutes=took,
    )  # fmt: skip


@transaction.atomic
def remind(number: int, *, by: Actor, now: datetime) -> Reminder:
    """Remind whoever has not returned a form; once a day."""
    form, _into = _take(number, "remind", by=by, reason="")
    if not is_open(State(form.state), form.closes_at, now):
        raise Overtaken("form_closed")
    missing = len(queries.standing_of(form).missing)
    if not missing:
        raise Refused("form_all_returned")
    day = timezone.localdate(now)
    reminder, is_new = Reminder.objects.get_or_create(
        county=form.county, form=form, day=day,
        defaults={"place": form.place, "at": now, "author": by.subject, "people": missing},
    )  # fmt: skip
    if not is_new:
        raise Overtaken("form_reminded_today")
    return reminder


@transaction.atomic
def withdraw(number: int, *, because: str, by: Actor, now: datetime) -> Form:
    """Take a form back, saying why: nobody need return it any more."""
    form = _end(number, "withdraw", because=because, by=by, now=now)
    note("withdraw_form", f"form:{form.pk}", by=by.subject, ground=form.place, because=form.because)
    return form


@transaction.atomic
def stop(number: int, *, because: str, by: Actor, now: datetime) -> Form:
    """Stop somebody else's form, saying why; for whoever supervises the whole ground on which it is asked."""
    form = _end(number, "stop", because=because, by=by, now=now)
    note("stop_form", f"form:{form.pk}", by=by.subject, ground=form.place, because=form.because)
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
    form.state, form.because, form.ended_at, form.ended_by = into.value, reason, now, by.subject
    form.save(update_fields=["state", "because", "ended_at", "ended_by"])
    return form


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


def _open_to(number: int, by: Actor, now: datetime) -> queries.Standing:
    """The worker's own form, while something can be sent in."""
    stands = queries.to_fill(by, number)
    # Two of one worker's sendings wait for each other, and neither holds up a colleague's.
    Addressee.objects.select_for_update().get(county=stands.form.county, form=stands.form, person=person_in(by))
    if not is_open(State(stands.form.state), stands.form.closes_at, now):
        raise Overtaken("form_closed")
    return stands
