"""Topics in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: "dict[str, StrPromise]" = {
    "no_such_topic": _("There is no such topic here."),
}
PARTS: "dict[str, StrPromise]" = {
    "people": _("People"),
    "growth": _("Growth"),
    "spread": _("Spread"),
    "urgency": _("Urgency"),
    "unsolved": _("Unsolved"),
}
