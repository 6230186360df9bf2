"""Tables of the log. Both grow with use and name their county."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yiwang.people.models import Post
from yiwang.shifts.rules import LIFE, Kind, State
from yiwang.shifts.words import KINDS, STATES

CODE_LENGTH = 32


def _to_post() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Post, models.PROTECT, related_name="+", db_constraint=False, db_index=False)


class Shift(models.Model):
    """Somebody keeps the desk of a place for some hours."""

    county = models.CharField(max_length=6)
    place = models.CharField(_("desk"), max_length=CODE_LENGTH, db_collation="C")
    state = models.CharField(_("state"), max_length=12, choices=[(v.value, w) for v, w in STATES.items()])
    keeper = models.CharField(max_length=64)
    post = _to_post()
    opened_at = models.DateTimeField(_("came on duty"))
    ended_at = models.DateTimeField(_("handed over"), null=True)
    follows = models.BigIntegerField(null=True)  # the shift that was taken over

    class Meta:
        verbose_name = _("duty shift")
        verbose_name_plural = _("duty shifts")
        indexes = [models.Index(fields=["place", "-opened_at"], name="shift_at_desk")]
        constraints = [
            models.CheckConstraint(name="shift_state_is_known", condition=Q(state__in=[s.value for s in State])),
            models.UniqueConstraint(
                fields=["county", "place"], condition=~Q(state=State.TAKEN_OVER), name="desk_has_one_shift"
            ),
            models.CheckConstraint(
                name="shift_handed_over_says_when", condition=Q(state=State.ON_DUTY) | Q(ended_at__isnull=False)
            ),
        ]

    def takes(self, move: str) -> bool:
        """Whether the table knows this move out of the shift's state, whoever makes it."""
        return State(self.state) in LIFE.moves[move].out_of


class Entry(models.Model):
    """One line of the log; never changed. `matters`: with a hand-over, what was open at that moment."""

    county = models.CharField(max_length=6)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="entries", db_constraint=False, db_index=False)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[(v.value, w) for v, w in KINDS.items()])
    author = models.CharField(max_length=64)
    post = _to_post()
    text = models.TextField(blank=True)
    case = models.BigIntegerField(null=True)
    matters = models.JSONField(null=True)

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("entries of the log")
        indexes = [models.Index(fields=["shift"], name="entry_of_shift")]
        constraints = [
            models.CheckConstraint(
                name="hand_over_says_what_is_open", condition=~Q(kind=Kind.HANDED_OVER) | Q(matters__isnull=False)
            )
        ]
