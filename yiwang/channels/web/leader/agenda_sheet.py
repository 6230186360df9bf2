"""The agenda of a meeting as a document, as it is laid on the committee's table."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yiwang.cases.models import Case
from yiwang.cases.rules import State, has_it, masked_text
from yiwang.cases.rules import written as number_of
from yiwang.cases.words import MOVES as CASE_MOVES
from yiwang.catalogue.rules import Secrecy
from yiwang.channels.web.naming import item_named, moment, place_name, post_name, who
from yiwang.meetings.models import Entry, Meeting
from yiwang.meetings.queries import Point
from yiwang.meetings.rules.last_items import State as ItemState
from yiwang.meetings.words import ITEM_STATES, MOVES, in_words
from yiwang.places.queries import tree
from yiwang.plumbing.sheets import papers

Row = tuple[str, str]


def written(meeting: Meeting, points: Iterable[Point], names: Mapping[str, str]) -> bytes:
    """The whole document. No word of a reporter's name or phone stands in it, and of confidential cases no text."""
    found = list(points)
    spot = tree().get(meeting.place)
    title = _("%(town)s: agenda of last items") % {"town": spot.name if spot else meeting.place}
    parts = [
        papers.Part(f"{place}. {_matter(point.case)}", list(_rows(meeting, point, names)))
        for place, point in enumerate(found, 1)
    ]
    empty = _("Nothing stands on the agenda.")
    return papers.paper(title, " · ".join(_under_the_title(meeting, found)), parts or [papers.Part(empty, [])])


def _under_the_title(meeting: Meeting, points: list[Point]) -> Iterator[str]:
    yield meeting.day.isoformat()
    if meeting.chair_id:
        yield _("Chair: %(post)s") % {"post": post_name(meeting.chair_id)}
    yield ngettext("%(n)s item", "%(n)s items", len(points)) % {"n": len(points)}


def _rows(meeting: Meeting, point: Point, names: Mapping[str, str]) -> Iterator[Row]:
    item, case = point.item, point.case
    yield _("Number"), number_of(item.case)
    if case is not None:
        yield _("What was told"), _text(case)
        yield _("Since"), moment(case.opened_at)
        yield _("Lies with"), post_name(has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id)) or "—"
    yield _("Place"), place_name(item.place)
    yield _("Why it is here"), in_words(item.reasons)
    yield _("What happened"), "\n".join(
        f"{moment(step.at)} {CASE_MOVES[step.move]}" for step in point.steps
    ) or "—"  # fmt: skip
    yield _("State"), str(ITEM_STATES[ItemState(item.state)])
    if item.owner:
        yield _("Named leader"), f"{who(item.owner, names)} {post_name(item.post_id)}".strip()
        yield _("What was decided"), masked_text(item.decision)
        assert item.due_at is not None, "what was decided has a day"
        yield _("To be done by"), timezone.localdate(item.due_at).isoformat()
        yield _("Since the last meeting"), "\n".join(_told(point.since, names)) or _("Nothing was told.")
    decided = point.decided.text if point.decided else ""
    undecided = "" if meeting.ended_at is None else "—"
    yield _("This meeting decides"), masked_text(decided) or undecided


def _told(entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[str]:
    for one in entries:
        words = f"{moment(one.at)} {MOVES[one.move]}"
        yield " ".join(filter(None, (words, who(one.author, names), masked_text(one.text))))


def _matter(case: Case | None) -> str:
    return (item_named(case.item_id) if case else "") or _("A case")


def _text(case: Case) -> str:
    if case.secrecy != Secrecy.OPEN:
        return _("Confidential: what it is about is read on the platform alone.")
    return masked_text(case.text)
