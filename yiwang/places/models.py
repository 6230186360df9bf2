"""Tables of the ground."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from yiwang.places.rules.codes import Form, Forms
from yiwang.places.rules.redrawing import State

_STATES = [(state.value, state.value) for state in State]


class Kind(models.Model):
    """A kind of place, with the form of its code: data, so that an installation can have its own."""

    code = models.SlugField(_("code"), primary_key=True, max_length=20)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=40)
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("County 1, town 2 … the innermost is highest."))
    own_part = models.CharField(
        _("own part of the code"),
        max_length=60,
        help_text=_("A regular expression for what a place's code adds to its parent's, such as \\d{3}."),
    )
    parents = ArrayField(models.SlugField(max_length=20), verbose_name=_("lies in"), blank=True, default=list)
    is_line = models.BooleanField(_("is a line"), default=False, help_text=_("A road, which crosses areas."))

    class Meta:
        ordering = ["rank", "code"]
        verbose_name = _("kind of place")
        verbose_name_plural = _("kinds of place")

    def __str__(self) -> str:
        return self.name

    @property
    def form(self) -> Form:
        """The form of this kind's codes, for the rules."""
        return Form(self.code, self.rank, self.own_part, tuple(self.parents), self.is_line)

    def clean(self) -> None:
        """Refuse a form that no code could have, before it spoils every list that comes in."""
        others = [kind.form for kind in Kind.objects.exclude(pk=self.pk)]
        try:
            Forms([*others, self.form])
        except ValueError as broken:
            raise ValidationError(_("The form of this kind's code does not work: %s") % broken) from broken


class Place(models.Model):
    """Any piece of ground. Its code never changes and is never given again."""

    code = models.CharField(_("place code"), primary_key=True, max_length=32, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )
    county = models.GeneratedField(
        expression=Left("code", 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The first day it is no more."))
    # Columns of an imported list that we have no word for: kept, so that an export gives them back.
    extra = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                name="place_code_begins_with_its_parents",
                condition=Q(parent__isnull=True) | Q(code__startswith=F("parent_id")),
            ),
            models.CheckConstraint(
                name="place_code_is_letters_and_digits", condition=Q(code__regex=r"^[0-9A-Z]{2,32}$")
            ),
            models.CheckConstraint(
                name="place_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["county", "kind"], name="place_county_kind")]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """What people call a place, or a spot in it, besides its name: a market, a bridge, the name it had before."""

    name = models.CharField(_("name"), max_length=100, help_text=_("As people say it: 老车站, 沃尔玛."))
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="aliases", verbose_name=_("place"),
        help_text=_("The innermost place in which it lies."),
    )  # fmt: skip

    class Meta:
        ordering = ["name", "place_id"]
        verbose_name = _("name people use")
        verbose_name_plural = _("names people use")
        constraints = [
            models.UniqueConstraint(fields=["name", "place"], name="place_is_called_so_once"),
            models.CheckConstraint(name="alias_is_no_single_character", condition=Q(name__regex=r"^\S.*\S$")),
        ]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """Where a place is: WGS 84, as WKB; the old one stays when the ground is drawn anew."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="boundaries", verbose_name=_("place"))
    shape = models.BinaryField()
    came_in = models.CharField(_("datum it came in"), max_length=8, default="wgs84")
    square_metres = models.FloatField(_("area, m²"), default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(valid_to__isnull=True), name="place_has_one_present_boundary"
            ),
        ]


class Succession(models.Model):
    """Which place follows which: statistics of the past keep the old ground, work goes on in the new."""

    old = models.ForeignKey(Place, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Place, models.PROTECT, related_name="predecessors")
    effective = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(name="succession_to_another", condition=~Q(old=F("new"))),
        ]


class Redrawing(models.Model):
    """The ground drawn anew on a day: planned, then in force or called off. What it does is in `plan`."""

    title = models.CharField(_("title"), max_length=200)
    # The innermost place that holds all it touches; empty for more than one county.
    ground = models.CharField(_("ground"), max_length=32, blank=True, db_collation="C")
    effective = models.DateField(_("effective day"))
    state = models.CharField(_("state"), max_length=12, choices=_STATES, default=State.PLANNED.value)
    plan = models.JSONField(editable=False)
    called_off_because = models.CharField(_("called off because"), max_length=200, blank=True)

    class Meta:
        ordering = ["-effective", "-id"]
        verbose_name = _("redrawing of the ground")
        verbose_name_plural = _("redrawings of the ground")
        constraints = [
            models.CheckConstraint(
                name="redrawing_called_off_says_why",
                condition=~Q(state=State.CALLED_OFF.value) | ~Q(called_off_because=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "effective"], name="redrawing_due")]

    def __str__(self) -> str:
        return self.title
