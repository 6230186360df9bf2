"""What of a list is wanted, as it stands in the address bar."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yiwang.cases import queries
from yiwang.cases.rules import State
from yiwang.cases.words import STATES
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.desk.pressing import cursor_in
from yiwang.channels.web.naming import item_name, place_name, post_name
from yiwang.people.roster import roster
from yiwang.places.queries import tree

SORTS = {
    "": gettext_lazy("what is due first"), "newest": gettext_lazy("newest first"),
    "oldest": gettext_lazy("oldest first"), "place": gettext_lazy("by place"), "item": gettext_lazy("by item"),
}  # fmt: skip
"""How what waits can be sorted, in words."""
FIELDS = ("q", "place", "state", "item", "lead", "overdue", "since", "sort", "view")
_LINKED = ("sort", "left", "only")
_FIRST_WORD = re.compile(r"\S+")


class Sort(NamedTuple):
    """An order of a list: its name, its words, and what the address says for it."""

    name: str
    words: str
    kept: str
    here: bool


@dataclass(slots=True)
class Asked:
    """The filter as it was typed, what is asked by it, and what of it cannot be meant. `fields`: which there are."""

    typed: dict[str, str]
    fields: Collection[str]
    wanted: queries.Filter = field(default_factory=queries.Filter)
    wrong: list[str] = field(default_factory=list)

    @property
    def kept(self) -> str:
        """The filter for the addresses of other pages of the same list."""
        return urlencode({name: value for name, value in self.typed.items() if value})

    @property
    def said(self) -> list[str]:
        """What is asked for, in words, but for what is overdue: each list calls that otherwise."""
        wanted = self.wanted
        line = next((one for one in catalogue() if one.code == wanted.item), None)
        words = (
            wanted.text and _("“%s”") % wanted.text, wanted.place and place_name(wanted.place),
            wanted.state and str(STATES[State(wanted.state)]), item_name(line), post_name(wanted.lead),
            wanted.since and _("since %(day)s") % {"day": timezone.localtime(wanted.since).date().isoformat()},
        )  # fmt: skip
        return [one for one in words if one]

    def sort(self, words: Mapping[str, object]) -> str:
        """The order that is asked for, where it is one of the list's; otherwise the one without a name."""
        return self.wanted.sort if self.wanted.sort in words else ""

    def sorts(self, words: Mapping[str, object] = SORTS) -> list["Sort"]:
        """The list's orders, each with its address; the one that is shown now is marked."""
        now = self.sort(words)
        kept = {name: value for name, value in self.typed.items() if value and name != "sort"}
        return [
            Sort(name, str(said), urlencode(kept | ({"sort": name} if name else {})), name == now)
            for name, said in words.items()
        ]

    def shown(self, *, states: Collection[State] = tuple(State)) -> dict[str, Any]:
        """What the form of the filter needs; `states`: in which the list's cases can be."""
        return {
            "typed": self.typed, "wrong": self.wrong, "kept": self.kept, "fields": self.fields,
            "said": self.said,
            "sort": self.wanted.sort,
            "narrowed": any(value for name, value in self.typed.items() if name not in {"sort", "view"}),
            # What links choose goes along when the form is sent.
            "unseen": [(name, self.typed[name]) for name in _LINKED if self.typed.get(name)],
            "states": [(one, STATES[one]) for one in State if one in states],
        }  # fmt: skip


def asked_in(request: HttpRequest, fields: Collection[str] = FIELDS) -> Asked:
    """The filter in the address; whatever the list has no field for is not looked at."""
    asked = Asked({name: request.GET.get(name, "").strip()[:100] for name in fields}, fields)
    typed = {name: asked.typed.get(name, "") for name in FIELDS}
    place, item, lead = (code_in(typed[name]) for name in ("place", "item", "lead"))
    day = _day(typed["since"])
    asked.wrong = list(_faults(typed, place, item, lead, day))
    if not asked.wrong:
        asked.wanted = queries.Filter(
            place=place, state=typed["state"], item=item, lead=int(lead) if lead else None, text=typed["q"],
            overdue_at=timezone.now() if typed["overdue"] else None, since=_midnight(day) if day else None,
        )  # fmt: skip
    # Words are looked for from the newest on.
    if typed["sort"] == queries.PRESSING and not typed["q"]:
        asked.wanted = replace(asked.wanted, sort=queries.PRESSING, after=cursor_in(request.GET.get("after", "")))
    elif typed["sort"] in queries.ORDERS:
        asked.wanted = replace(asked.wanted, sort=typed["sort"])
    return asked


def _faults(typed: dict[str, str], place: str, item: str, lead: str, day: date | None) -> Any:
    if place and place not in tree():
        yield _("Choose the place from what is proposed while you type.")
    if item and not any(line.code == item for line in catalogue()):
        yield _("Choose the item from what is proposed while you type.")
    if lead and not (lead.isdecimal() and roster().get(int(lead))):
        yield _("Choose the post from what is proposed while you type.")
    if typed["state"] and typed["state"] not in set(State):
        yield _("There is no such state.")
    if typed["since"] and day is None:
        yield _("Write the day as 2026-03-02.")


def code_in(typed: str) -> str:
    """Proposals are written with their name behind: "990101001 双井街道"."""
    found = _FIRST_WORD.match(typed)
    return found[0] if found else ""


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
