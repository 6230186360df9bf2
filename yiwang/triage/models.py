"""What was learned, how far each town trusts it, and what became of every proposal.

`Version` and `Trust` are configuration. `Proposal` and `Fate` grow with the cases, name their county and are never
changed: by them a wrong dispatch can be traced to the version that proposed it.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 32


class Version(models.Model):
    """A model as it was trained: the bytes, on how much, and how it did on recent cases that it had not seen."""

    made_at = models.DateTimeField(_("trained"))
    examples = models.PositiveIntegerField(_("learned from"))
    items = models.PositiveIntegerField(_("items"))
    held_back = models.PositiveIntegerField(_("judged by"))
    right = models.FloatField(_("right"))
    right_before = models.FloatField(_("right before it"))
    content = models.BinaryField()
    in_use = models.BooleanField(_("in use"), default=False)

    class Meta:
        verbose_name = _("version of what was learned")
        verbose_name_plural = _("versions of what was learned")
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="one_version_is_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Trust(models.Model):
    """From which likelihood on a town, or a county with all its towns, lets a proposal be dispatched by itself."""

    place = models.CharField(_("place code"), primary_key=True, max_length=CODE_LENGTH, db_collation="C")
    likely = models.FloatField(_("from which likelihood on"), help_text=_("Between 0.5 and 1, such as 0.95."))

    class Meta:
        verbose_name = _("trust in proposals")
        verbose_name_plural = _("trust in proposals")
        constraints = [
            models.CheckConstraint(name="trust_is_more_than_a_guess", condition=Q(likely__gte=0.5, likely__lte=1)),
            models.CheckConstraint(name="trust_is_a_towns_or_a_countys", condition=Q(place__regex=r"^\d{6}(\d{3})?$")),
        ]

    def __str__(self) -> str:
        return self.place


class Proposal(models.Model):
    """What was proposed for a report: items with their likelihoods, the likeliest first. `version` 0: words alone."""

    pk = models.CompositePrimaryKey("county", "number")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    items = models.JSONField()
    alarm = models.CharField(max_length=10, blank=True)
    sealed = models.BooleanField()
    by_itself = models.BooleanField()  # accepted and dispatched without a person

    class Meta:
        indexes = [BrinIndex(fields=["at"], name="proposal_by_time", autosummarize=True)]


class Fate(models.Model):
    """What people made of a proposal: the item that stood when a post had signed, or when the case ended before that.

    `rank`: which of the proposals it was, 1 the first; 0 none of them. `item` 0: it never got one.
    """

    pk = models.CompositePrimaryKey("county", "number")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    item = models.BigIntegerField()
    rank = models.PositiveSmallIntegerField()
    sealed = models.BooleanField()
    by_itself = models.BooleanField()


class Handled(models.Model):
    """So many cases of an item in a town (or what lies in none) that a post dealt with in a month.

    `afterwards` 0: it solved them. Otherwise it handed them back, and that other post has signed for them since.
    """

    pk = models.CompositePrimaryKey("county", "place", "item", "month", "post", "afterwards")
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    item = models.BigIntegerField()
    month = models.DateField()
    post = models.BigIntegerField()
    afterwards = models.BigIntegerField()
    cases = models.PositiveIntegerField()
