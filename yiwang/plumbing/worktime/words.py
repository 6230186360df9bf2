"""Words for working time."""

from django.utils.translation import gettext_lazy as _

from yiwang.plumbing.worktime.rules import DayKind

DAY_KINDS = {
    DayKind.HOLIDAY: _("Holiday"),
    DayKind.WORKING: _("Working day in exchange"),
    DayKind.SPECIAL: _("Special hours"),
}

REFUSALS = {
    "worktime_hours_unreadable": _("“%(hours)s” are not hours of a day; write them like 08:30-12:00 13:30-18:00."),
    "worktime_hours_only_on_a_special_day": _("Hours belong to a day with special hours, and only to such a day."),
    "worktime_no_working_day_left": _("A weekend is some of the days 1 to 7, and leaves a working day."),
    "worktime_no_such_zone": _("There is no time zone “%(zone)s”."),
    "worktime_day_is_like_any_other": _("%(date)s has no rule of its own here."),
}
