"""Why somebody is called, in words."""

from django.utils.translation import gettext_lazy as _

from yiwang.callbacks.rules import Why

WHYS = {
    Why.ITEM: _("every case of this item"),
    Why.DISSATISFIED: _("not satisfied on their own page"),
    Why.BEFORE: _("dealt with before, and opened again"),
    Why.MINUTES: _("done within minutes of signing"),
    Why.USUAL: _("done much faster than usual"),
    Why.LIMIT: _("done in a small part of its limit"),
    Why.LOT: _("drawn by lot"),
}
LOT_DRAWN = _("drawn by lot (number %(lot)s; whoever draws one below %(called)s of %(of)s is called)")
NOT_DRAWN = _(
    "Not drawn for a call-back (lot %(lot)s of 10000; from %(least)s on nobody is called). Closed by itself."
)
NOBODY_TO_ASK = _("There is nobody who could be asked. Closed by itself.")
SATISFIED = _("The reporter said on their own page that they are satisfied. Closed by itself.")
REFUSALS = {
    "sampling_percent_unfit": _("A share is 0 to 100 percent."),
    "sampling_minutes_unfit": _("At most a week of minutes."),
    "sampling_twice": _("There is a rule for this place already."),
    "sampling_place_unfit": _("A rule is for a county or a town."),
    "sampling_item_unknown": _("There is no item with the code “%(item)s”."),
}
