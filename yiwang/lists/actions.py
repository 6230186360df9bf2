"""Write down what is done about a problem, end it, and take a list away."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from yiwang.cases.access import Actor
from yiwang.catalogue.queries import catalogue
from yiwang.lists import access, queries
from yiwang.lists.models import Measure
from yiwang.lists.queries import Asked
from yiwang.lists.rules import LONGEST_TEXT, text_fault
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen

# A form that is sent twice writes one line.
_SAID_ONCE = timedelta(minutes=10)


@transaction.atomic
def write(place: str, item: int, *, text: str, by: Actor, now: datetime, unit: int = 0) -> Measure:
    """Write down a measure about an item (its id) in a place (its code), or of a unit there.

    Refused to whoever neither looks after the place nor deals with cases in that unit, and for unfit words.
    """
    if not access.sees(by, place, unit):
        raise Unseen("no_such_list")
    post = access.writes_in(by, place, unit)
    if post is None:
        raise NotYours("measure_not_yours")
    line = catalogue().get(item)
    if line is None or line.is_branch or not line.holds_in(place):
        raise Refused("measure_item_unknown")
    said = {"county": place[:6], "place": place, "item_id": item, "text": _worded(text), "post_id": post}
    lately = Measure.objects.filter(**said, author=by.subject, at__gt=now - _SAID_ONCE, ends=None)
    # What was ended meanwhile and is written once more is meant anew.
    twice = lately.exclude(Exists(Measure.objects.filter(county=OuterRef("county"), ends=OuterRef("pk")))).first()
    return twice or Measure.objects.create(**said, at=now, author=by.subject)


@transaction.atomic
def end(number: int, *, text: str, by: Actor, now: datetime) -> Measure:
    """End a measure, saying why: the line stays, and another one stands beside it.

    For whoever may write one there. Refused where it has ended already.
    """
    found = queries.measures_visible_to(by).filter(pk=number, ends=None).first()
    if found is None:
        raise Unseen("no_such_measure")
    post = queries.post_to_end(by, found)
    if post is None:
        raise NotYours("measure_not_yours")
    try:
        with transaction.atomic():
            return Measure.objects.create(
                county=found.county, place=found.place, item_id=found.item_id, text=_worded(text), at=now,
                author=by.subject, post_id=post, ends=found.pk,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Overtaken("measure_ended_already") from twice


@transaction.atomic
def give_out(asked: Asked, *, by: Actor, now: datetime, form: str) -> queries.Lists:
    """The four lists, to be taken away in a form; the trail says so first."""
    found = queries.lists(by, asked, now=now)
    said = {"period": asked.period.code, "unit": str(asked.unit), "form": form, "at": now.isoformat()}
    note("export_lists", f"place:{asked.place}", by=by.subject, ground=asked.place, **said)
    return found


def _worded(text: str) -> str:
    if fault := text_fault(text):
        raise Refused(fault, most=LONGEST_TEXT)
    return text.strip()
