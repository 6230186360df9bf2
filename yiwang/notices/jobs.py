"""Background work of notices: hear what rooms announce, hand out what is due, deliver it, let old ones go.

What is heard comes as the fact's plain values; `heard` reads them into the words that this room knows.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.cases import facts
from yiwang.notices import actions
from yiwang.notices.actions import hearing
from yiwang.notices.facts import AddressGiven, AppealNews, ItemNews, OrderNews, Rungs
from yiwang.places.queries import counties
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job, tick

log = structlog.get_logger(__name__)
QUEUE = "notices"


@job(queue=QUEUE)
def dispatched(fact: dict[str, Any]) -> None:
    """A case was given to a post."""
    actions.tell(hearing.dispatched(heard(facts.CaseDispatched, fact)), now=timezone.now())


@job(queue=QUEUE)
def delegated(fact: dict[str, Any]) -> None:
    """It went to another post of the unit."""
    actions.tell(hearing.delegated(heard(facts.CaseDelegated, fact)), now=timezone.now())


@job(queue=QUEUE)
def handed_back(fact: dict[str, Any]) -> None:
    """It came back to the desk."""
    actions.tell(hearing.handed_back(heard(facts.CaseHandedBack, fact)), now=timezone.now())


@job(queue=QUEUE)
def whistled(fact: dict[str, Any]) -> None:
    """Posts were called to the spot."""
    actions.tell(hearing.whistled(heard(facts.WhistleBlown, fact)), now=timezone.now())


@job(queue=QUEUE)
def finished(fact: dict[str, Any]) -> None:
    """It is said to be done."""
    actions.tell(hearing.finished(heard(facts.CaseFinished, fact)), now=timezone.now())


@job(queue=QUEUE)
def ended(fact: dict[str, Any]) -> None:
    """It ended."""
    actions.tell(hearing.ended(heard(facts.CaseEnded, fact)), now=timezone.now())


@job(queue=QUEUE)
def followed_ended(fact: dict[str, Any]) -> None:
    """What others told of too has ended."""
    actions.tell(hearing.followed_ended(heard(facts.FollowedCaseEnded, fact)), now=timezone.now())


@job(queue=QUEUE)
def reopened(fact: dict[str, Any]) -> None:
    """It is dealt with once more."""
    actions.tell(hearing.reopened(heard(facts.CaseReopened, fact)), now=timezone.now())


@job(queue=QUEUE)
def asked(fact: dict[str, Any]) -> None:
    """Somebody wants something, or was answered."""
    actions.tell(hearing.asked(heard(facts.CaseAsked, fact)), now=timezone.now())


@job(queue=QUEUE)
def reminded(fact: dict[str, Any]) -> None:
    """The ladder told posts that time runs out."""
    actions.tell(hearing.reminded(heard(Rungs, fact)), now=timezone.now())


@job(queue=QUEUE)
def order_moved(fact: dict[str, Any]) -> None:
    """Something became of an order."""
    actions.tell(hearing.order_moved(heard(OrderNews, fact)), now=timezone.now())


@job(queue=QUEUE)
def appeal_moved(fact: dict[str, Any]) -> None:
    """An appeal waits for somebody, or was decided."""
    actions.tell(hearing.appeal_moved(heard(AppealNews, fact)), now=timezone.now())


@job(queue=QUEUE)
def item_moved(fact: dict[str, Any]) -> None:
    """Something became of what stands before a committee."""
    actions.tell(hearing.item_moved(heard(ItemNews, fact)), now=timezone.now())


@job(queue="messages")
def send_code(fact: dict[str, Any]) -> None:
    """Let a new address show that it is somebody's."""
    actions.send_code(heard(AddressGiven, fact).person)


@job(queue=QUEUE, lock="notices.hand_out")
def hand_out(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Make messages of what is due, county by county; where more is due than one batch, come back for it at once."""
    more = False
    for county in counties():
        handed = actions.hand_out(county, now=timezone.now())
        for message in handed.messages:
            deliver.defer(message=str(message))
        more = more or handed.more
    if more:
        # Somebody else may have asked for it already.
        with suppress(AlreadyEnqueued), transaction.atomic():
            hand_out.configure(queueing_lock="notices.hand_out.more").defer()


@job(queue="messages")
def deliver(message: str) -> None:
    """Send one message. Run again after it went, it finds nothing to send."""
    state = actions.deliver(UUID(message), now=timezone.now())
    log.info("message tried", message=message, outcome=state.value if state else "already")


@app.periodic(cron="37 3 * * *")
@job(lock="notices.sweep")
def sweep(timestamp: int) -> None:
    """Once a day, at night: let go what is older than it is kept."""
    keep, now = timedelta(days=settings.NOTICE_DAYS), datetime.fromtimestamp(timestamp, UTC)
    while actions.sweep(now=now, keep=keep):
        pass


tick("* * * * * */2", hand_out, named="notices.hand_out")
