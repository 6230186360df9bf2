"""A case as one line of a list, for templates: names out of memory, and what is due as people say it."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yiwang.cases.rules import Asked, State, written
from yiwang.cases.words import STATES
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.templatetags.times import left
from yiwang.people.roster import roster
from yiwang.places.queries import tree

register = template.Library()
SOON = timedelta(hours=24)
# The shape beside the colour: what is late and what is soon are told apart also in black and white.
_SIGNS = {"late": "▲", "soon": "●", "calm": "○"}


@register.filter
def tone(at: datetime, now: datetime) -> str:
    """Late, soon (within a day), or calm."""
    if at < now:
        return "late"
    return "soon" if at - now <= SOON else "calm"


@register.simple_tag
def due(at: datetime | None, now: datetime) -> SafeString:
    """How long is left, its colour and shape; the moment itself shows on hover. A dash where nothing is due."""
    if at is None:
        return format_html('<span class="soft">—</span>')
    kind, moment = tone(at, now), timezone.localtime(at)
    return format_html(
        '<time class="due {}" datetime="{}" title="{}"><span aria-hidden="true">{}</span> {}</time>',
        kind, moment.isoformat(timespec="minutes"), f"{moment:%Y-%m-%d %H:%M}", _SIGNS[kind], left(at, now),
    )  # fmt: skip


@register.filter
def state_words(state: str) -> str:
    return str(STATES[State(state)])


@register.filter
def item_name(item: int | None) -> str:
    """An item's name in the reader's language, empty for what nobody has named."""
    line = catalogue().get(item) if item else None
    if line is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (line.content.name_en if english else "") or line.name


@register.filter
def item_code(item: int | None) -> str:
    line = catalogue().get(item) if item else None
    return line.code if line else ""


@register.filter
def place_name(code: str) -> str:
    """The place with what lies around it, the county left out; the code of one that is not there any more."""
    path = tree().path(code)
    return " ".join(spot.name for spot in path[1:] or path) or code


@register.filter
def post_name(post: int | None) -> str:
    line = roster().get(post)
    return line.title if line else ""


@register.filter
def unit_name(post: int | None) -> str:
    line = roster().get(post)
    return line.unit_name if line else ""


@register.filter
def case_address(number: int) -> str:
    """The address of a case's own page."""
    return f"/cases/{written(number)}"


@register.filter
def number_words(number: int) -> str:
    return written(number)


_ASKED = {
    Asked.MORE_TIME: _("more time"),
    Asked.PAUSE: _("a pause"),
    Asked.TRACK: _("a track of its own"),
}


@register.filter
def asked_words(asked: str) -> str:
    """What a petition asks for."""
    return str(_ASKED[Asked(asked)])
