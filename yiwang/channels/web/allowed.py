"""What a field takes, said at the field where something else was given: Django's own words give no example."""

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Messages = dict[str, "str | StrPromise"]
DAY: Messages = {"invalid": _("Write the day as 2026-03-02.")}
CLOCK: Messages = {"invalid": _("Write the time as 21:30.")}
MOMENT: Messages = {"invalid": _("Write day and time as 2026-03-02 18:00.")}
_BETWEEN = _("A number in digits, from {least} to {most}: {example}, for example.")


def between(least: float, most: float, example: float) -> Messages:
    """The bounds of a number, whatever was wrong with it."""
    words = format_lazy(_BETWEEN, least=f"{least:,}", most=f"{most:,}", example=example)
    return dict.fromkeys(("invalid", "min_value", "max_value"), words)
