"""Repeated demands in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: "dict[str, StrPromise]" = {
    "often_unfit": _("One of these figures makes no sense."),
    "often_twice": _("There are thresholds for this county already."),
    "no_such_teller": _("There is nobody here who told often."),
}
