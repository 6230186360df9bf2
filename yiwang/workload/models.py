"""Tables of load: how long things take, which is configuration, and what was asked in a week."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.figures.models import OfCounty
from yiwang.workload import rules
from yiwang.workload.rules import MOST_A_WEEK, MOST_MINUTES, Kind, Repeated

CODE_LENGTH = 32
_USUAL = rules.Minutes()


class Minutes(OfCounty):
    """How long what is asked takes in a county or everywhere, and how much a week may hold."""

    report = models.PositiveSmallIntegerField(_("minutes for a report"), default=_USUAL.report)
    check_minutes = models.PositiveSmallIntegerField(_("minutes for a check"), default=_USUAL.check)
    task = models.PositiveSmallIntegerField(_("minutes for a task"), default=_USUAL.task)
    answer = models.PositiveSmallIntegerField(_("minutes for an answer"), default=_USUAL.answer)
    form = models.PositiveSmallIntegerField(_("minutes for a form"), default=_USUAL.form)
    most = models.PositiveSmallIntegerField(_("most minutes a week"), default=_USUAL.most, help_text=_("0: no limit."))

    class Meta(OfCounty.Meta):
        verbose_name = _("minutes and limit of load")
        verbose_name_plural = _("minutes and limits of load")
        constraints = [
            *OfCounty.Meta.constraints,
            models.CheckConstraint(
                name="minutes_fit",
                condition=Q(report__lte=MOST_MINUTES, check_minutes__lte=MOST_MINUTES, task__lte=MOST_MINUTES)
                & Q(answer__lte=MOST_MINUTES, form__lte=MOST_MINUTES, most__lte=MOST_A_WEEK),
            ),
        ]


class Asked(models.Model):
    """How often something was asked of a worker in a week (its Monday) by a unit. `place`: the worker's ground."""

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    week = models.DateField()
    person = models.BigIntegerField()
    post = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    unit = models.BigIntegerField()
    times = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(default=0)  # of all together, where each says its own; else 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "week", "person", "kind", "unit"], name="asked_once_a_line"),
            models.CheckConstraint(name="asked_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
        ]


class Twice(models.Model):
    """That the same was asked of a worker more than once in a week, and in which case."""

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    week = models.DateField()
    person = models.BigIntegerField()
    case = models.BigIntegerField()
    how = models.CharField(max_length=12, choices=[(how.value, how.value) for how in Repeated])
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "week", "person", "case", "how"], name="asked_twice_once"),
        ]
