"""Fill a form in: keep a draft, send it in, correct it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.forms import queries
from yiwang.forms.access import person_in
from yiwang.forms.models import Addressee, Draft, Return
from yiwang.forms.rules import LONGEST_ANSWER, MOST_MINUTES, State, is_open, read_answer
from yiwang.plumbing.refusals import Overtaken, Refused


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
    read = {str(one.pk): read_answer(one.asks, answers.get(str(one.pk), "")) for one in stands.questions}
    kept = {question: answer for question, answer in read.items() if answer is not None}
    if len(kept) < len(read):
        raise Refused("answers_unfit")
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


def _open_to(number: int, by: Actor, now: datetime) -> queries.Standing:
    """The worker's own form, while something can be sent in."""
    stands = queries.to_fill(by, number)
    # Two of one worker's sendings wait for each other, and neither holds up a colleague's.
    Addressee.objects.select_for_update().get(county=stands.form.county, form=stands.form, person=person_in(by))
    if not is_open(State(stands.form.state), stands.form.closes_at, now):
        raise Overtaken("form_closed")
    return stands
