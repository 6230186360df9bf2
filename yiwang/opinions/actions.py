"""Ask the model outside about reports that wait, one after the other, and keep what it says as a proposal."""

import time
from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import State
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.catalogue.rules import Secrecy, heard_in
from yiwang.opinions.asking import NoAnswer, Outside, ask, outside
from yiwang.opinions.models import Opinion
from yiwang.opinions.rules import answered, asked
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

BATCH = 20
_LATELY = timedelta(days=1)
_MOST_FAILURES = 3
log = structlog.get_logger(__name__)


def ask_about_waiting(*, now: datetime, most: int = BATCH) -> int:
    """Ask about the newest reports that wait and have no opinion yet; gives how many. Nothing where none is named.

    Only of what is open to all and alarms of nothing. No transaction is held while an answer is waited for;
    after three failures in a row the others are left for the next time.
    """
    where = outside()
    if where is None:
        return 0
    done = failed = 0
    for case in _waiting(now, most):
        opinion = _opinion(where, case, now)
        with standing_on(EVERYWHERE):
            Opinion.objects.bulk_create([opinion], ignore_conflicts=True)
        done, failed = done + 1, failed + 1 if opinion.failed else 0
        if failed == _MOST_FAILURES:
            log.warning("the outside model does not answer", why=opinion.failed)
            break
    return done


def _waiting(now: datetime, most: int) -> list[Case]:
    known = Opinion.objects.filter(county=OuterRef("county"), number=OuterRef("number"))
    waiting = Case.objects.filter(
        ~Exists(known), state=State.REPORTED, secrecy=Secrecy.OPEN, opened_at__gt=now - _LATELY
    ).order_by("-number")
    with standing_on(EVERYWHERE):
        return [case for case in waiting[:most] if heard_in(case.text) is None]


def _opinion(where: Outside, case: Case, now: datetime) -> Opinion:
    lines = {line.code: line for line in catalogue() if _may_be(line, case.place, now)}
    begun, item, model, failed = time.monotonic(), 0, where.model, ""
    try:
        question = asked(case.text, {code: line.name for code, line in lines.items()}, model=where.model)
        code, said = answered(ask(where, question), list(lines))
        item, model = (lines[code].id if code else 0), said or where.model
    except NoAnswer as none:
        failed = str(none)[:20]
    except ValueError:
        failed = "unreadable"
    return Opinion(
        county=case.county, number=case.number, place=case.place, at=now, item=item, model=model[:80],
        milliseconds=round((time.monotonic() - begun) * 1000), failed=failed,
    )  # fmt: skip


def _may_be(line: ItemLine, place: str, now: datetime) -> bool:
    """Whether somebody outside may choose this item: open to all, at that place, on that day."""
    here = catalogue().by_code(line.code, place) is line and line.is_open(timezone.localdate(now))
    return here and not line.is_branch and line.content.secrecy is Secrecy.OPEN
