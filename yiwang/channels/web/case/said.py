"""What was given with a step of the history, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yiwang.cases.actions import Way
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import Track, written
from yiwang.cases.words import TRACKS
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.naming import item_name, moment, place_name, post_name
from yiwang.channels.web.templatetags.numbers import hours_words

_WAYS = {Way.PHONE: _("By phone"), Way.MESSAGE: _("By message"), Way.PAGE: _("On their own page")}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was given: what it is, in words, and the numbers of cases that it names."""

    label: str
    text: str = ""
    cases: tuple[str, ...] = ()


def said_with(step: Step, case: Case) -> Iterator[Said]:
    """All that was given with a step, in the order of this page; what is empty or shown elsewhere is left out."""
    for name, (label, write) in _WRITTEN.items():
        value = step.given.get(name)
        if value is not None and value not in ("", []):
            yield write(str(label), value, case)


def _text(write: Callable[[Any], str]) -> Callable[[str, Any, Case], Said]:
    return lambda label, value, _case: Said(label, write(value))


def _item(label: str, value: Any, case: Case) -> Said:
    """By its code, in the first step by its number."""
    line = catalogue().get(value) if isinstance(value, int) else catalogue().by_code(value, case.place)
    return Said(label, item_name(line) or str(value))


def _cases(label: str, value: Any, _case: Case) -> Said:
    return Said(label, cases=tuple(written(number) for number in (value if isinstance(value, list) else [value])))


def _from(label: str, value: Any, case: Case) -> Said:
    """A case that it was merged into, or the place where it lay before."""
    return _cases(label, value, case) if isinstance(value, int) else Said(label, place_name(value))


def _at(value: str) -> str:
    return moment(datetime.fromisoformat(value))


def _posts(value: list[int]) -> str:
    return gettext(", ").join(post_name(post) for post in value)


def _metres(value: float) -> str:
    return ngettext("%(n)s metre", "%(n)s metres", round(value)) % {"n": round(value)}


def _yes(value: object) -> str:
    return gettext("Yes") if value else gettext("No")


_WRITTEN: Mapping[str, tuple[Any, Callable[[str, Any, Case], Said]]] = {
    "item": (_("Item"), _item),
    "place": (_("Place"), _text(place_name)),
    "from": (_("From"), _from),
    "into": (_("Into"), _cases),
    "parts": (_("Parts"), _cases),
    "to": (_("To the desk of"), _text(place_name)),
    "lead": (_("Lead"), _text(post_name)),
    "post": (_("Post"), _text(post_name)),
    "posts": (_("Posts"), _text(_posts)),
    "assisting": (_("Helping posts"), _text(_posts)),
    "track": (_("Track"), _text(lambda value: str(TRACKS[Track(value)]))),
    "hours": (_("Time"), _text(hours_words)),
    "until": (_("Until"), _text(_at)),
    "handle_due": (_("To be done by"), _text(_at)),
    "due_at": (_("Due"), _text(_at)),
    "promised": (_("Promised for before"), _text(_at)),
    "solved": (_("Is it solved?"), _text(_yes)),
    "satisfied": (_("Is the reporter satisfied?"), _text(_yes)),
    "way": (_("How they were asked"), _text(lambda value: str(_WAYS[Way(value)]))),
    "score": (_("Score"), _text(str)),
    "metres_away": (_("From the case"), _text(_metres)),
}
