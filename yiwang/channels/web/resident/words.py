"""Where a report stands, in words that its reporter understands without knowing the office."""

from django.utils.translation import gettext_lazy as _

from yiwang.cases.rules import State

STANDING = {
    State.REPORTED: _("We have it and are looking at what it is and whose it is."),
    State.ACCEPTED: _("We have taken it on and are choosing who deals with it."),
    State.DISPATCHED: _("It was given to the unit that answers for it; the unit has not begun yet."),
    State.IN_HAND: _("The unit is dealing with it."),
    State.PAUSED: _("It has to wait for a reason that was looked at and agreed to; it goes on by itself."),
    State.FINISHED: _("The unit says that it is done. Somebody else is looking whether that is so."),
    State.CHECKED: _("It is done and was checked. Please tell us whether you see it so."),
    State.CALLED_BACK: _("Thank you for your answer. It will be closed."),
    State.CLOSED: _("It is closed."),
    State.DECLINED: _("We could not take it on; the reason stands below."),
    State.MERGED: _("Others have told of the same. It is dealt with together."),
    State.SPLIT: _("It concerns several matters, and each is dealt with on its own."),
    State.WITHDRAWN: _("You took it back."),
}
