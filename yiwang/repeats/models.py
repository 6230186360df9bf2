"""Tables of repeated demands: how often is often, which is configuration, and which phones told often, where."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.figures.models import OfCounty
from yiwang.repeats import rules

CODE_LENGTH = 32
_USUAL = rules.Often()


class Often(OfCounty):
    """How often within how many months is often, in a county or everywhere."""

    times = models.PositiveSmallIntegerField(_("told so many times"), default=_USUAL.times)
    months = models.PositiveSmallIntegerField(_("within months"), default=_USUAL.months)
    metres = models.PositiveSmallIntegerField(
        _("within metres"), default=_USUAL.metres, help_text=_("So near the same item is the same demand.")
    )

    class Meta(OfCounty.Meta):
        verbose_name = _("threshold of repeated demands")
        verbose_name_plural = _("thresholds of repeated demands")
        constraints = [
            *OfCounty.Meta.constraints,
            models.CheckConstraint(name="often_is_more_than_once", condition=Q(times__gte=2, months__gte=1)),
        ]


class Teller(models.Model):
    """A phone, by its mark, with which a county or a town (`place`) was told of often, as of the last look (`at`)."""

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    mark = models.BinaryField()
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "place", "-times", "-id"], name="teller_most_often")]
        constraints = [
            models.UniqueConstraint(fields=["county", "place", "mark"], name="teller_once_a_place"),
            models.CheckConstraint(
                name="teller_is_a_countys_or_a_towns", condition=Q(place__regex=r"^\d{6}(\d{3})?$")
            ),
            models.CheckConstraint(name="teller_lies_in_its_county", condition=Q(place__startswith=F("county"))),
        ]
