"""Tables of forms. They grow with use and name their county; when questions are the same is configuration."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.figures.models import OfCounty
from yiwang.forms.rules import LEAST, MOST, USUAL, Asks, Every, Kind, Rounds, State
from yiwang.forms.words import EVERY, KINDS, STATES

CODE_LENGTH = 32


def _place() -> "models.CharField[Any, Any]":
    return models.CharField(max_length=CODE_LENGTH, db_collation="C")


def _to_form() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("forms.Form", models.PROTECT, related_name="+", db_constraint=False, db_index=False)


class Likeness(OfCounty):
    """From when on two questions ask the same in a county or everywhere, and how long a question is remembered."""

    percent = models.PositiveSmallIntegerField(
        _("likeness from which two questions are the same, in percent"), default=USUAL.percent,
        help_text=_("The lower, the more is held to be asked already: from 30 to 100."),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("days a question is remembered"), default=USUAL.days)

    class Meta(OfCounty.Meta):
        verbose_name = _("when a question is asked already")
        verbose_name_plural = _("when questions are asked already")
        constraints = [
            *OfCounty.Meta.constraints,
            models.CheckConstraint(
                name="likeness_fits",
                condition=Q(
                    percent__gte=LEAST.percent, percent__lte=MOST.percent, days__gte=LEAST.days, days__lte=MOST.days
                ),
            ),
        ]


class Series(models.Model):
    """A form that comes round until it ends; what is asked stands in its first round.

    `first` and `last`: the days of the first round, and of the last one at the latest; `takes`: days until one is due,
    at `due_time`. `next_on`: the day of the next round, none where none is left. `post`: in which it is asked now;
    each round keeps the one in which it was.
    """

    county = models.CharField(max_length=6)
    place = _place()
    post = models.BigIntegerField()
    role = models.CharField(max_length=40, blank=True)
    every = models.CharField(max_length=8, choices=[(v.value, w) for v, w in EVERY.items()])
    first = models.DateField()
    last = models.DateField()
    takes = models.PositiveSmallIntegerField()
    due_time = models.TimeField()
    next_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=[(v.value, w) for v, w in STATES.items()])
    ended_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["county", "next_on"], condition=Q(next_on__isnull=False), name="series_next")]
        constraints = [
            models.CheckConstraint(name="series_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(name="series_every_is_known", condition=Q(every__in=[e.value for e in Every])),
            models.CheckConstraint(
                name="series_ended_says_why_and_has_no_next_round",
                condition=Q(state=State.ASKED.value)
                | (Q(state__in=[s.value for s in State if s is not State.ASKED]) & ~Q(because="")
                   & Q(ended_at__isnull=False, next_on__isnull=True)),
            ),
        ]  # fmt: skip

    @property
    def rounds(self) -> Rounds:
        """How it comes round, as the rules know it."""
        return Rounds(Every(self.every), self.last)


class Form(models.Model):
    """Asked by a unit (`unit`, in `post`) of people on a ground. `nevertheless`: why, though it was asked already.

    `round`: the how-manieth of its series, from 1; nothing where it stands alone.
    """

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
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )  # fmt: skip
    round = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        indexes = [
            models.Index(fields=["place", "-asked_at"], name="form_on_ground"),
            models.Index(fields=["county", "due_at"], name="form_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "series", "round"], condition=Q(series__isnull=False), name="round_asked_once"
            ),
            models.CheckConstraint(
                name="form_in_a_series_is_a_round",
                condition=Q(series__isnull=True, round__isnull=True)
                | Q(series__isnull=False, round__isnull=False, round__gte=1),
            ),
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
