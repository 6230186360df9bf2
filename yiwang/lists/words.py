"""Words of the four lists: figures, refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yiwang.insight.rules.outcomes import Became
from yiwang.lists.rules import FIGURES, Beside

NAMES: dict[str, Promise] = {
    Became.TOLD: _("brought up"),
    Became.AGAIN: _("brought up again"),
    Became.OPEN: _("not closed"),
    Beside.OVERDUE: _("overdue"),
    Became.SPOT: _("on the spot"),
    Became.DISPATCHED: _("dispatched"),
    Became.HELPED: _("helped"),
    Became.WHISTLED: _("whistled"),
    Became.LONGER: _("more time"),
    Became.PAUSED: _("paused"),
    Became.HANDED_BACK: _("handed back"),
    Beside.ORDERED: _("ordered"),
    Beside.LISTED: _("listed"),
    Beside.TABLED: _("before the committee"),
    Became.CLOSED: _("closed"),
    Became.SHOWN: _("shown by photos"),
    Became.SENT_BACK: _("sent back by a check"),
    Became.REOPENED: _("opened again"),
    Became.DUE: _("closed that had a promise"),
    Became.IN_TIME: _("done in time"),
    Became.REACHED: _("asked"),
    Became.SOLVED: _("solved"),
    Became.SATISFIED: _("satisfied"),
}
assert {str(name) for name in NAMES} == FIGURES, "every figure has a name"

REFUSALS = {
    "no_such_list": _("There is no such list."),
    "no_such_measure": _("There is no such measure."),
    "measure_not_yours": _("Measures here are written by whoever looks after this ground, or deals with it."),
    "measure_lacks_text": _("Say it in words."),
    "measure_text_too_long": _("At most %(most)s characters, please."),
    "measure_item_unknown": _("A measure belongs to an item of the catalogue."),
    "measure_ended_already": _("This measure has ended already."),
}
