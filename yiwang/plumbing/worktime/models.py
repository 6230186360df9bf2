"""Tables of the calendar: usual hours, odd days, and the years whose statutory calendar is known.

`ground` is a place code; a rule holds inside the place unless a place further inside has its own. Empty: everywhere.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yiwang.plumbing.worktime.rules import ALL_WEEK, SATURDAY_AND_SUNDAY, DayKind
from yiwang.plumbing.worktime.words import DAY_KINDS

_PLACE_CODE_OR_EMPTY = r"^[0-9A-Z]{0,32}$"
_SPECIAL = DayKind.SPECIAL.value
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_SPANS = rf"^{_TIME}-{_TIME}( {_TIME}-{_TIME})*$"


def usual_weekend() -> list[int]:
    return sorted(SATURDAY_AND_SUNDAY)


class Hours(models.Model):
    """The usual week of a ground, from a day on."""

    ground = models.CharField(_("place code"), max_length=32, blank=True, db_collation="C")
    valid_from = models.DateField(_("valid from"))
    spans = models.CharField(_("working hours"), max_length=200, help_text=_("Such as 08:30-12:00 13:30-18:00."))
    weekend = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("weekend"), default=usual_weekend, blank=True,
        help_text=_("The days nobody works: 1 is Monday, 7 is Sunday."),
    )  # fmt: skip
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")

    class Meta:
        ordering = ["ground", "-valid_from"]
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            models.UniqueConstraint(fields=["ground", "valid_from"], name="hours_once_a_ground_and_day"),
            models.CheckConstraint(name="hours_ground_is_a_code", condition=Q(ground__regex=_PLACE_CODE_OR_EMPTY)),
            models.CheckConstraint(name="hours_are_spans", condition=Q(spans__regex=_SPANS)),
            models.CheckConstraint(
                name="hours_leave_a_working_day",
                condition=Q(weekend__contained_by=sorted(ALL_WEEK)) & ~Q(weekend__contains=sorted(ALL_WEEK)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.valid_from} {self.spans}".strip()


class Day(models.Model):
    """A date that is not like the others of its week, on a ground."""

    ground = models.CharField(_("place code"), max_length=32, blank=True, db_collation="C")
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=8, choices=[(kind.value, name) for kind, name in DAY_KINDS.items()])
    name = models.CharField(_("name"), max_length=60, blank=True)
    spans = models.CharField(_("working hours"), max_length=200, blank=True)
    # Imported days are replaced by the next import; what a person entered is not.
    imported = models.BooleanField(_("imported"), default=False, editable=False)

    class Meta:
        ordering = ["date", "ground"]
        verbose_name = _("odd day")
        verbose_name_plural = _("odd days")
        constraints = [
            models.UniqueConstraint(fields=["ground", "date"], name="odd_day_once_a_ground"),
            models.CheckConstraint(name="odd_day_ground_is_a_code", condition=Q(ground__regex=_PLACE_CODE_OR_EMPTY)),
            models.CheckConstraint(
                name="odd_day_kind_is_known", condition=Q(kind__in=[kind.value for kind in DayKind])
            ),
            models.CheckConstraint(
                name="odd_day_has_hours_if_special",
                condition=Q(kind=_SPECIAL, spans__regex=_SPANS) | (~Q(kind=_SPECIAL) & Q(spans="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()


class Year(models.Model):
    """A year whose statutory calendar is known; every other year is provisional."""

    number = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    source = models.CharField(_("source"), max_length=100)

    class Meta:
        ordering = ["number"]
        verbose_name = _("year with a statutory calendar")
        verbose_name_plural = _("years with a statutory calendar")

    def __str__(self) -> str:
        return str(self.number)
