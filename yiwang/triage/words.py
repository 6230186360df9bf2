"""Triage in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TOLD_AGAIN: "StrPromise" = _("The same sender told the same before; if it is another matter, take it apart again.")

REFUSALS: "dict[str, StrPromise]" = {
    "no_messages": _("There is no message with a category in %(file)s."),
    "too_little_to_learn": _("There are too few decided cases to learn from: %(cases)s."),
    "no_such_version": _("There is no version %(version)s."),
    "trust_out_of_range": _("The likelihood lies between 0.5 and 1."),
    "trust_not_a_town": _("%(place)s is the code of neither a county nor a town."),
}
