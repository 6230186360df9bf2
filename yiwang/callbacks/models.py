"""Tables of sampling: the rules, which are configuration, and each draw, which names its county."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.callbacks.rules import LOTS, MOST_MINUTES
from yiwang.places.models import Place

CODE_LENGTH = 32


class Sampling(models.Model):
    """Whom a county or a town calls back; the nearest rule around a case holds. Where there is none, everybody."""

    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county or town"),
        help_text=_("Empty: everywhere in this installation."),
    )  # fmt: skip
    percent = models.PositiveSmallIntegerField(
        _("percent by lot"), default=100, help_text=_("100: everybody is called back.")
    )
    items = ArrayField(
        models.CharField(max_length=40), verbose_name=_("always these items"), default=list, blank=True,
        help_text=_("Codes, separated by commas. A branch stands for all under it."),
    )  # fmt: skip
    minutes = models.PositiveIntegerField(
        _("always what was done within minutes of signing"), default=0, help_text=_("0: not asked.")
    )
    of_usual = models.PositiveSmallIntegerField(
        _("always what took at most this percent of the item’s usual time"), default=0, help_text=_("0: not asked.")
    )
    of_limit = models.PositiveSmallIntegerField(
        _("always what took at most this percent of its limit"), default=0, help_text=_("0: not asked.")
    )

    class Meta:
        ordering = ["place_id"]
        verbose_name = _("sampling of call-backs")
        verbose_name_plural = _("sampling of call-backs")
        constraints = [
            models.UniqueConstraint(fields=["place"], name="sampling_once_a_place", nulls_distinct=False),
            models.CheckConstraint(
                name="sampling_is_a_share", condition=Q(percent__lte=100, of_usual__lte=100, of_limit__lte=100)
            ),
            models.CheckConstraint(name="sampling_minutes_fit", condition=Q(minutes__lte=MOST_MINUTES)),
        ]

    def __str__(self) -> str:
        return f"{self.place_id or ''} {self.percent} %".strip()


class Draw(models.Model):
    """Whether the reporter of a checked case is called, and why; told again from history at any time.

    `turn`: how often the case had been reopened. `seq`: the step whose hash made the lot. `closes_at`: when a case
    whose reporter is not called is closed by the clock; empty where they are called, or it is settled.
    """

    number = models.BigIntegerField()
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    turn = models.PositiveSmallIntegerField()
    seq = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField()
    lot = models.PositiveSmallIntegerField()
    asked = models.BooleanField()
    reasons = ArrayField(models.CharField(max_length=12), default=list)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "closes_at"], condition=Q(closes_at__isnull=False), name="draw_closes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number", "turn", "county"], name="drawn_once_a_turn"),
            models.CheckConstraint(name="draw_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(name="draw_is_a_lot", condition=Q(lot__lt=LOTS)),
            models.CheckConstraint(
                name="draw_of_who_is_asked_says_why",
                condition=Q(asked=True, closes_at__isnull=True) & ~Q(reasons=[]) | Q(asked=False, reasons=[]),
            ),
        ]
