"""A case as one line of a list, for templates: names out of memory, and what is due as people say it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yiwang.cases.models import Case
from yiwang.cases.queries import Load
from yiwang.cases.rules import Asked, State, Track, written
from yiwang.cases.words import STATES, TRACKS
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Alarm, heard_in
from yiwang.catalogue.words import LOOK_FIRST, READ_FIRST
from yiwang.channels.web.naming import item_named, moment, place_name, post_name
from yiwang.channels.web.templatetags.times import left
from yiwang.people.roster import roster
from yiwang.supervision.rules.clock import Colour, Warnings

register = template.Library()
SOON = timedelta(hours=24)
# The shape beside the colour: what is late and what is soon are told apart also in black and white.
_SIGNS = {"late": "▲", "soon": "●", "half": "◐", "calm": "○"}
_TONES = {"late": _("overdue"), "soon": _("nearly due"), "half": _("half of the time used"), "calm": _("in time")}
_OF_COLOUR = {Colour.LATE: "late", Colour.PRESSING: "soon", Colour.SOON: "half", Colour.CALM: "calm"}


_UNNAMED = mark_safe(' class="unnamed"')
_WAITING_LINE = (
    '{}<span class="told">{}</span> <span class="line"><span>{}</span><span{}>{}</span></span>'
    ' <span class="line"><span>{}</span>{}</span>'
)


def tone(at: datetime, now: datetime, warned: Warnings | None = None) -> str:
    """Late, soon, half, or calm: by the case's own colours, where it is their limit that is shown.

    What has no colours of its own, a part or a whistle, is soon within a day of its end.
    """
    if warned is not None and warned.late == at:
        return _OF_COLOUR[warned.colour(now)]
    if at < now:
        return "late"
    return "soon" if at - now <= SOON else "calm"


def _clock_in(context: Context) -> Mapping[int, Warnings]:
    # The page of one case has its own.
    return context.get("clock") or getattr(context.get("page"), "clock", None) or {}


@register.simple_tag
def look_first(text: str) -> SafeString | str:
    """A mark where a text may tell of a danger or accuse somebody in office without saying so plainly."""
    heard = heard_in(text)
    if heard is None or heard.sure:
        return ""
    said = READ_FIRST if heard.alarm is Alarm.ACCUSED else LOOK_FIRST
    return format_html('<span class="look-first"><span aria-hidden="true">◆</span> {}</span>', said)


@register.simple_tag(takes_context=True)
def tone_of(context: Context, at: datetime | None, now: datetime, number: int) -> str:
    """The tone of a case among those whose `clock` the page has asked for."""
    return tone(at, now, _clock_in(context).get(number)) if at else "calm"


@register.simple_tag(takes_context=True)
def due(context: Context, at: datetime | None, now: datetime, number: int | None = None) -> SafeString:
    """How long is left, its colour and shape; the moment itself shows on hover. A dash where nothing is due.

    `number`: of the case, where the page has asked for the `clock` of its cases.
    """
    if at is None:
        return format_html('<span class="soft">—</span>')
    kind = tone(at, now, _clock_in(context).get(number or 0))
    return format_html(
        '<time class="due {}" datetime="{}" title="{}"><span aria-hidden="true">{}</span> {}</time>',
        kind, at.isoformat(timespec="minutes"), moment(at), _SIGNS[kind], left(at, now),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def waiting_line(context: Context, case: Case) -> SafeString:
    """What a waiting case says of itself in a list. Not a template: a desk has fifty of them on a page."""
    named = item_named(case.item_id)
    return format_html(
        _WAITING_LINE, look_first(case.text) if case.takes("accept") else "", short(case.text, 80),
        place_name(case.place), "" if named else _UNNAMED, named or _("not named yet"),
        state_words(case.state), due(context, case.next_due_at, context["now"], case.number),
    )  # fmt: skip


@register.filter
def state_words(state: str) -> str:
    return str(STATES[State(state)])


register.filter("item_name", item_named)
register.filter("place_name", place_name)
register.filter("post_name", post_name)


@register.filter
def item_code(item: int | None) -> str:
    line = catalogue().get(item) if item else None
    return line.code if line else ""


@register.filter
def unit_name(post: int | None) -> str:
    line = roster().get(post)
    return line.unit_name if line else ""


@register.filter
def lead_unit(case: Case) -> str:
    """The unit that leads a case, or, before it is dispatched, the one that would."""
    unit = unit_name(case.lead_id)
    return gettext("proposed: %(unit)s") % {"unit": unit} if unit and case.is_waiting else unit


@register.filter
def case_address(number: int) -> str:
    """The address of a case's own page."""
    return f"{_cases_at()}{written(number)}"


@cache
def _cases_at() -> str:
    # Lists name hundreds; where they all lie is asked once.
    return reverse("case", args=["0"]).removesuffix("0")


@register.filter
def short(text: str, most: int) -> str:
    """The beginning of a text in so many characters; an ellipsis is the last of them where it goes on."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


register.filter("moment", moment)


@register.filter
def number_words(number: int) -> str:
    return written(number)


@register.filter
def tone_words(tone: str) -> str:
    """A tone of time in words, with its shape."""
    return f"{_SIGNS[tone]} {_TONES[tone]}"


@register.simple_tag
def load_words(loads: Mapping[int, Load], post: int) -> str:
    """How much a post leads now, and how much of that is overdue."""
    load = loads.get(post, Load())
    said = ngettext("%(n)s open", "%(n)s open", load.open) % {"n": load.open}
    return said + (str(_(", %(n)s overdue")) % {"n": load.overdue} if load.overdue else "")


@register.filter
def said_of(said: Mapping[int, list[str]], number: int) -> list[str]:
    """What the page has found to say of a case."""
    return said.get(number, [])


_ASKED = {
    Asked.MORE_TIME: _("more time"),
    Asked.PAUSE: _("a pause"),
    Asked.TRACK: _("a track of its own"),
    Asked.HELP: _("help by another post"),
}


@register.filter
def track_words(track: str) -> str:
    return str(TRACKS[Track(track)])


@register.filter
def asked_words(asked: str) -> str:
    """What a petition asks for."""
    return str(_ASKED[Asked(asked)])
