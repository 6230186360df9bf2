"""Write down what became of an item, never changed afterwards, and say it on its case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.cases.models import Case
from yiwang.meetings.access import chair_of
from yiwang.meetings.facts import ItemMoved
from yiwang.meetings.models import Entry, LastItem
from yiwang.meetings.rules.agenda import Reason
from yiwang.meetings.rules.last_items import LONGEST_TEXT
from yiwang.meetings.words import LAST_ITEM, MOVES
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.supervision.models import Watch


def enter(
    item: LastItem, move: str, text: str, *, by: Actor, post: int | None, now: datetime, meeting: int | None = None,
    given: dict[str, Any] | None = None, files: Sequence[UUID] = (),
) -> Entry:  # fmt: skip
    """One line of an item's history, and the fact that it tells of."""
    entry = Entry.objects.create(
        county=item.county, item=item, meeting=meeting, place=item.place, at=now, move=move, author=by.subject,
        post_id=post, text=text, given=given or {}, files=list(files),
    )  # fmt: skip
    announce(ItemMoved(
        item.case, item.county, entry.pk, move, by.subject, item.owner, item.post_id or 0,
        chair_of(item.town, timezone.localdate(now)) or 0, item.due_at.isoformat() if item.due_at else "",
    ))  # fmt: skip
    return entry


def times_of(item: LastItem) -> dict[str, int]:
    """How often everything that brings a case onto the agenda has happened to it until now."""
    counted = Case.objects.filter(number=item.case, county=item.county).values_list("reopened", "hand_backs").first()
    late = Watch.objects.filter(number=item.case, county=item.county).values_list("overruns", flat=True).first()
    reopened, handed_back = counted or (0, 0)
    return {
        Reason.OVERDUE.value: late or 0, Reason.REOPENED.value: reopened, Reason.HANDED_BACK.value: handed_back
    }  # fmt: skip


def worded(text: str) -> str:
    """What is said about an item, without the space around it; refused where it is too long."""
    if len(text) > LONGEST_TEXT:
        raise Refused("last_item_text_too_long", most=LONGEST_TEXT)
    return text.strip()


def say(
    item: LastItem, name: str, text: str, *, by: Actor, now: datetime, files: Sequence[UUID] = ()
) -> None:  # fmt: skip
    """Say on the case what was done with its item: only for those who work on it."""
    words = said_by_the_platform(LAST_ITEM, move=said_by_the_platform(MOVES[name]))
    cases.internal(item.case, text=f"【{words}】 {text}".strip(), by=by, now=now, files=files)
