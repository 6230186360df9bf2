"""Tables of signs: thresholds, which are configuration; what photos look like; and the signs themselves."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.figures.models import OfCounty
from yiwang.formalism import rules
from yiwang.formalism.rules import Kind

CODE_LENGTH = 32
_USUAL = rules.Tolerances()


class Tolerances(OfCounty):
    """From when on something is a sign, in a county or everywhere."""

    minutes = models.PositiveSmallIntegerField(
        _("finished within minutes of signing"), default=_USUAL.minutes, help_text=_("0: not looked for.")
    )
    bits = models.PositiveSmallIntegerField(
        _("photos that differ in at most so many of 64 bits"), default=_USUAL.bits, help_text=_("0: not looked for.")
    )
    photo_days = models.PositiveSmallIntegerField(_("days for which a photo is remembered"), default=_USUAL.photo_days)
    times = models.PositiveSmallIntegerField(
        _("closed so many times at the same place"), default=_USUAL.times, help_text=_("0: not looked for.")
    )
    metres = models.PositiveSmallIntegerField(_("within metres"), default=_USUAL.metres)
    days = models.PositiveSmallIntegerField(_("within days"), default=_USUAL.days)

    class Meta(OfCounty.Meta):
        verbose_name = _("threshold of signs")
        verbose_name_plural = _("thresholds of signs")


class Picture(models.Model):
    """How a content looks (`pictures.looks_of`); none where it shows nothing by which it could be known."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    looks = ArrayField(models.BigIntegerField(), default=list)
    keys = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="picture_by_look")]


class Evidence(models.Model):
    """That a photo was brought to show a case done: by which step and when."""

    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    seq = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "sha256", "at"], name="evidence_of_content")]
        constraints = [
            models.UniqueConstraint(fields=["number", "seq", "sha256", "county"], name="evidence_brought_once")
        ]


class Rated(models.Model):
    """From where a reporter's own rating came: a keyed mark of address and browser, which gives neither back."""

    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    seq = models.PositiveSmallIntegerField()
    mark = models.BinaryField()
    person = models.BigIntegerField(null=True)  # who was signed in in that browser

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "seq", "county"], name="rated_from_somewhere_once")]


class Sign(models.Model):
    """Something that was noticed about a case: `figures` say by which rule and numbers. Never changed."""

    county = models.CharField(max_length=6)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    number = models.BigIntegerField()
    seq = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    post = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["county", "-at", "-id"], name="sign_newest")]
        constraints = [
            models.UniqueConstraint(fields=["number", "seq", "kind", "county"], name="sign_noticed_once"),
            models.CheckConstraint(name="sign_kind_is_known", condition=Q(kind__in=[kind.value for kind in Kind])),
            models.CheckConstraint(name="sign_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
        ]


class Progress(models.Model):
    """How far the steps have been looked through; there is one. Whoever looks holds its row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    certain_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="signs_have_one_progress", condition=Q(id=1))]
