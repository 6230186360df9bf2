"""Hot spots in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: "dict[str, StrPromise]" = {
    "lookout_unfit": _("One of these figures makes no sense."),
    "lookout_twice": _("There is such a lookout already."),
    "lookout_of_one": _("Choose a board or an item, not both."),
    "no_such_spot": _("There is no such hot spot here."),
}
