"""What the tables of figures have in common. Each room keeps its own: their columns differ, and so do their bounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yiwang.places.models import Place


class OfCounty(models.Model):
    """Figures of a county, or of every county: one row for each."""

    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip

    class Meta:
        abstract = True
        ordering = ["county_id"]
        constraints = [
            models.UniqueConstraint(fields=["county"], name="%(class)s_once_a_county", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return str(self.county_id or "")
