"""Triage in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: "dict[str, StrPromise]" = {
    "no_messages": _("There is no message with a category in %(file)s."),
}
