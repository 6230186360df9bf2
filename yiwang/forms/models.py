"""Tables of forms. All grow with use and name their county."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.forms.rules import Asks, Kind, State
from yiwang.forms.words import KINDS, STATES

CODE_LENGTH = 32


def _place() -> "models.CharField[Any, Any]":
    return models.CharField(max_length=CODE_LENGTH, db_collation="C")


def _to_form() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("forms.Form", models.PROTECT, related_name="+", db_constraint=False, db_index=False)


class Form(models.Model):
    """Asked by a unit (`unit`, in `post`) of people on a ground. `nevertheless`: why, though it was asked already."""

    county = models.CharField(max_length=6)
    place = _place()
    unit = models.BigIntegerField()
    post = models.BigIntegerField()
    author = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=60)
    why = models.CharField(_("why it is asked"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"))
    state = models.CharField(_("state"), max_length=12, choices=[(v.value, w) for v, w in STATES.items()])
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    nevertheless = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        indexes = [
            models.Index(fields=["place", "-asked_at"], name="form_on_ground"),
            models.Index(fields=["county", "due_at"], name="form_by_due"),
        ]
        constraints = [
            models.CheckConstraint(name="form_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(name="form_state_is_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(name="form_says_why", condition=~Q(why="")),
            models.CheckConstraint(name="form_closes_after_it_is_due", condition=Q(closes_at__gte=F("due_at"))),
            models.CheckConstraint(
                name="form_ended_says_why",
                condition=Q(state=State.ASKED) | (~Q(because="") & Q(ended_at__isnull=False)),
            ),
        ]


class Question(models.Model):
    """One line of a form; never changed."""

    county = models.CharField(max_length=6)
    place = _place()
    form = _to_form()
    text = models.CharField(max_length=120)
    bare = models.CharField(max_length=120)  # as `rules.normalised` reads it
    kind = models.CharField(max_length=8, choices=[(v.value, w) for v, w in KINDS.items()])
    unit = models.CharField(max_length=12, blank=True)
    choices = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["form"], name="question_of_form")]

    @property
    def asks(self) -> Asks:
        """The question as the rules know it."""
        return Asks(self.text, Kind(self.kind), self.unit, tuple(self.choices))


class Addressee(models.Model):
    """Somebody who is asked; `place`: their ground."""

    county = models.CharField(max_length=6)
    place = _place()
    form = _to_form()
    person = models.BigIntegerField()
    post = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["person", "-form"], name="asked_of_person")]
        constraints = [models.UniqueConstraint(fields=["county", "form", "person"], name="asked_once_a_form")]


class Return(models.Model):
    """What somebody sent in; never changed, a correction stands beside it. `answers`: by the question's number."""

    county = models.CharField(max_length=6)
    place = _place()
    form = _to_form()
    person = models.BigIntegerField()
    at = models.DateTimeField()
    answers = models.JSONField()
    minutes = models.PositiveSmallIntegerField(null=True)  # how long it took, where that is known

    class Meta:
        indexes = [
            models.Index(fields=["form", "person"], name="return_of_form"),
            models.Index(fields=["person", "-id"], name="return_of_person"),
        ]


class Draft(models.Model):
    """What somebody has begun to fill in, whether it fits or not."""

    county = models.CharField(max_length=6)
    place = _place()
    form = _to_form()
    person = models.BigIntegerField()
    at = models.DateTimeField()
    answers = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "form", "person"], name="draft_once")]


class Reminder(models.Model):
    """Whoever had not returned a form was reminded, on that day."""

    county = models.CharField(max_length=6)
    place = _place()
    form = _to_form()
    day = models.DateField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "form", "day"], name="reminded_once_a_day")]
