"""Measures that people write down: lines that are never changed."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.models import Item
from yiwang.people.models import Post

CODE_LENGTH = 32


def _to(model: type[models.Model]) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(model, models.PROTECT, related_name="+", db_constraint=False, db_index=False)


class Measure(models.Model):
    """What is done about an item in a place, in the words of whoever writes it, in the post in which they do.

    It holds on all ground inside, too. `ends`: the number of the measure that this line ends, its text then says why.
    """

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    item = _to(Item)
    text = models.TextField(_("measure"))
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    post = _to(Post)
    ends = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = [models.Index(fields=["place", "item", "-at"], name="measure_of_problem")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "ends"], condition=Q(ends__isnull=False), name="measure_ended_once"
            ),
            models.CheckConstraint(
                name="measure_place_lies_in_its_county", condition=Q(place__startswith=F("county"))
            ),
            models.CheckConstraint(name="measure_says_something", condition=~Q(text="")),
        ]
