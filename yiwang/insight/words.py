"""What indicators are called, and what each number that they are made of means, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.indicators import INDICATORS, SOURCES
from yiwang.insight.rules.marks import Measure

M = Measure
NAMES: dict[str, Promise] = {
    "reported": _("Reported"),
    "accepted": _("Taken on"),
    "unowned": _("Nobody answers for"),
    "due": _("To be closed"),
    "closed": _("Closed"),
    "closure_rate": _("Closure rate"),
    "in_time_rate": _("Rate in time"),
    "signed_in_time_rate": _("Signed for in time"),
    "hand_back_rate": _("Rate of hand-backs"),
    "rework_rate": _("Dealt with again"),
    "extension_rate": _("Given more time"),
    "response_rate": _("Response rate"),
    "solved_rate": _("Solved rate"),
    "satisfied_rate": _("Satisfied rate"),
    "own_rating_satisfied_rate": _("Satisfied by their own rating"),
    "at_base_rate": _("Settled at the base"),
    "on_the_spot_rate": _("Settled on the spot"),
    "average_hours": _("Average hours to close"),
    "median_hours": _("Median hours to close"),
}
assert set(NAMES) == set(INDICATORS), "every indicator has a name"

MEANINGS: dict[Measure, Promise] = {
    M.REPORTED: _(
        "cases that came in during the time, each on the day it was received; parts of a split case not anew"
    ),
    M.ACCEPTED: _("cases that came in during the time and were taken on: neither declined, merged nor withdrawn"),
    M.UNOWNED: _("accepted cases still on a desk, for which the list of responsibilities names no post"),
    M.DUE: _(
        "cases promised for a day of the time; merged, declined and withdrawn ones are not due, and the parts of a "
        "split case count instead of it"
    ),
    M.DUE_CLOSED: _("of those due, the ones that are closed by now"),
    M.DUE_IN_TIME: _(
        "of those due, the ones that are closed and whose handler had finished by the promised moment; check and "
        "call-back afterwards do not count against the handler"
    ),
    M.CLOSED: _("cases that were closed in the time"),
    M.MINUTES: _("the time from receipt to closing of these, nights and holidays included"),
    M.ON_THE_SPOT: _("of the closed, those that were settled where they were found"),
    M.AT_BASE: _("of the closed, those that a post of a community or grid dealt with"),
    M.REWORKED: _("of the closed, those that a checker sent back or that were opened again at least once"),
    M.EXTENDED: _("of the closed, those that were given more time"),
    M.ASKED: _("of the closed, those whose reporter somebody called, or tried to call"),
    M.REACHED: _("of these, the ones who were reached"),
    M.SOLVED: _("of those reached, the ones who said that it is solved"),
    M.SATISFIED: _("of those reached, the ones who said that they are satisfied"),
    M.RATED: _("of the closed, those that the reporter rated on their own page"),
    M.RATED_SATISFIED: _("of these, the satisfied ones"),
    M.GIVEN: _("cases given to a post to lead, by the day on which they were given"),
    M.SIGNED_IN_TIME: _("of these, the ones signed for before their limit"),
    M.HANDED_BACK: _("of these, the ones handed back"),
}  # fmt: skip
assert set(MEANINGS) == set(SOURCES), "what comes from somewhere is said in words"

KINDS: dict[Kind, Promise] = {
    Kind.DAY: _("Daily bulletin"), Kind.WEEK: _("Weekly summary"), Kind.MONTH: _("Monthly summary"),
}  # fmt: skip
REFUSALS = {
    "days_not_over": _("Figures are published when their days are over: after %(last)s."),
    "still_being_counted": _("Cases are still being counted: their figures are there when that is done."),
    "weights_of_no_county": _("%(place)s is no county: weights are set for a county or for all."),
    "no_such_rate": _("There is no such rate to be weighed."),
    "points_unfit": _("Points are whole numbers from 0 to 1000, and one of them at least is more than 0."),
    "weights_of_a_month_that_is_over": _("Weights begin with the first day of this month or a later one."),
    "no_such_hour": _("Hours go from 0 to 23."),
    "publishing_hour_twice": _("There is an hour for these bulletins already: change that one."),
}
