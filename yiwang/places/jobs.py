"""The calendar's hand: a redrawing is carried out on its day."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.places import actions
from yiwang.places.models import Redrawing
from yiwang.places.rules.redrawing import Hand, State
from yiwang.plumbing.jobs import job


@job(lock="places.redrawing")
def carry_out_redrawing(redrawing: int) -> None:
    """Carry this redrawing out, unless that has happened or it was called off meanwhile."""
    found = Redrawing.objects.filter(pk=redrawing, state=State.PLANNED).first()
    if found:
        actions.carry_out(found, by="calendar", today=timezone.localdate(), hand=Hand.CALENDAR)


@job()
def carry_out_due_redrawings(timestamp: int) -> None:  # noqa: ARG001 - every periodic job is told
    """Ask for one job each, so that a plan that is no longer sound does not keep the others waiting."""
    due = Redrawing.objects.filter(state=State.PLANNED, effective__lte=timezone.localdate())
    for pk in due.order_by("effective", "pk").values_list("pk", flat=True):
        with suppress(AlreadyEnqueued), transaction.atomic():
            carry_out_redrawing.configure(queueing_lock=f"redrawing:{pk}").defer(redrawing=pk)


# Every hour, so that the day begins soon after midnight whatever time zone the worker's clock is in.
app.periodic(cron="5 * * * *")(carry_out_due_redrawings)
