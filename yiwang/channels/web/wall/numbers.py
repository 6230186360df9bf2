"""The numbers of the wall: today's, of the last thirty days by board, the three rates, and the ranking of units."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yiwang.cases.access import Actor
from yiwang.catalogue.queries import boards_for
from yiwang.channels.web.naming import board_name, unit_named
from yiwang.insight import queries
from yiwang.insight.queries import Span
from yiwang.people.rules import WHOLE, Duty, Grant
from yiwang.plumbing.walls.ground import EVERYWHERE

FIGURES: dict[str, str | Promise] = {
    "reported": _("New today"), "closed": _("Closed today"), "open": pgettext_lazy("how many cases", "Open"),
    "overdue": pgettext_lazy("how many cases", "Overdue"),
}  # fmt: skip
RATES: dict[str, str | Promise] = {
    "response_rate": _("Reached"), "solved_rate": _("Solved"), "satisfied_rate": _("Satisfied"),
}  # fmt: skip
RANKED = 6
_DAYS = timedelta(days=29)


def numbers(grounds: Sequence[str], *, now: datetime) -> dict[str, Any]:
    """What the wall's script reads of these grounds (outermost place codes, or `EVERYWHERE`)."""
    today = timezone.localdate(now)
    looking = _looking(grounds)
    lately = Span(today - _DAYS, today)
    pulse = queries.pulse(looking, now=now)
    return {
        "figures": {
            "reported": pulse.reported.now, "closed": pulse.closed.now, "open": pulse.open, "overdue": pulse.overdue,
        },
        "rates": [
            {"name": str(RATES[one.indicator.name]), "share": None if one.value is None else one.value / 100}
            for one in queries.rates(looking, *RATES, span=lately)
        ],
        "boards": _boards(looking, lately, grounds),
        "units": _units(looking, Span(lately.first, today - timedelta(days=1))),
    }  # fmt: skip


def _looking(grounds: Sequence[str]) -> Actor:
    """Whoever stands before the wall: nobody in particular, who sees the numbers of its ground."""
    codes = [WHOLE] if tuple(grounds) == EVERYWHERE else grounds
    duties = frozenset({Duty.SEE_NUMBERS})
    return Actor("wall", "web", tuple(Grant(duties, code, date.min, date.max, 0) for code in codes))


def _boards(looking: Actor, lately: Span, grounds: Sequence[str]) -> list[dict[str, Any]]:
    counted = {line.board: line.sums["reported"] for line in queries.boards(looking, span=lately)}
    boards = boards_for(grounds[0] if len(grounds) == 1 and tuple(grounds) != EVERYWHERE else "")
    return [{"name": board_name(board), "cases": counted.get(board.pk, 0)} for board in boards]


def _units(looking: Actor, span: Span) -> list[dict[str, str]]:
    """In their order, by which few cases flatter nobody; the counts say why one stands above another."""
    lines = ((unit_named(one.unit), f"{one.in_time}/{one.due}") for one in queries.ranking(looking, span=span))
    return [{"name": name, "value": counts} for name, counts in lines if name][:RANKED]
