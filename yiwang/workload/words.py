"""Load in words."""

from django.utils.translation import gettext_lazy as _

from yiwang.workload.rules import Kind, Repeated

KINDS = {
    Kind.REPORT: _("Reports"),
    Kind.CHECK: _("Checks"),
    Kind.TASK: _("Tasks"),
    Kind.ANSWER: _("Answers"),
    Kind.FORM: _("Forms"),
}
REPEATED = {
    Repeated.QUESTIONS: _("asked again about the same report"),
    Repeated.GIVEN: _("given the same case again"),
}
REFUSALS = {
    "minutes_unfit": _("One of these figures makes no sense: minutes of one thing up to 480, of a week up to 10080."),
    "minutes_twice": _("There are figures for this county already."),
}
