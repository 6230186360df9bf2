"""Words of the people room, for templates."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yiwang.people.rules import Duty
from yiwang.people.words import DUTIES

register = template.Library()


@register.filter
def duty_names(duties: Iterable[str]) -> str:
    """Duties by their names in the reader's language."""
    return _(", ").join(str(DUTIES[Duty(duty)]) for duty in duties)


# The first that fits counts: each of these names itself after those below it.
_BROWSERS = (
    ("MicroMessenger", gettext_noop("WeChat")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """A browser's long name for itself, as people call it: "Chrome · Windows"."""
    found = [next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(_(name) for name in found if name) or agent[:40]
