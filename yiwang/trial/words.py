"""Words for trying it out."""

from django.utils.translation import gettext_lazy as _

from yiwang.trial.rules import Ending

ENDINGS = {
    Ending.OVER: _("it was played to its end"),
    Ending.STOPPED: _("somebody stopped it"),
    Ending.REAL: _("real people work here now"),
}

REFUSALS = {
    "not_a_demonstration": _("This is done in a demonstration only, where nobody real works."),
    "no_such_speed": _("A day is played in 5, 15 or 60 minutes."),
}
