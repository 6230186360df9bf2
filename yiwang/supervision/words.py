"""Words of supervision: levels, colours, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.supervision.rules.clock import Colour
from yiwang.supervision.rules.ladder import Level

LEVELS = {
    Level.HANDLER: _("who has it"),
    Level.HEAD: _("head of their unit"),
    Level.CENTRE: _("head of the command centre"),
    Level.LEADER: _("leader of the town"),
    Level.COUNTY: _("the county"),
}
COLOURS = {
    Colour.CALM: _("in time"),
    Colour.SOON: _("half used"),
    Colour.PRESSING: _("nearly used"),
    Colour.LATE: _("overdue"),
}
REMINDED = _("%(post)s was reminded: %(percent)s %% of the time is used.")
REMINDED_AT_ONCE = _("%(post)s was alarmed.")
PASSED_ON = _("%(post)s was told that nobody answered: %(silent)s.")
ACKNOWLEDGED = _("Has seen the reminder.")
REFUSALS = {
    "no_such_reminder": _("There is no such reminder."),
    "reminder_not_yours": _("This reminder went to another post."),
    "reminder_over": _("This is over: the case has gone on meanwhile."),
    "rung_percent_unfit": _("A rung lies between 0 %% and %(most)s %% of the time."),
    "rung_minutes_unfit": _("Between one minute and %(most)s minutes are given to acknowledge."),
    "rung_twice": _("There is such a rung already."),
    "shares_unfit": _("Yellow comes first, then orange, both before the time is over."),
    "shares_twice": _("The colours of this board are set already: change them there."),
    "board_of_another_county": _("This board belongs to another county."),
}
