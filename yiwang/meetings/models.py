"""Tables of meetings. Those that grow with use name their county; rules are configuration."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.meetings.rules.agenda import MOST_DAYS, MOST_PROPOSED, MOST_TIMES, Reason, Rule, Why
from yiwang.meetings.rules.last_items import State as ItemState
from yiwang.meetings.rules.meeting import State as MeetingState
from yiwang.meetings.words import ITEM_STATES, MEETING_STATES
from yiwang.people.models import Post
from yiwang.places.models import Place

CODE_LENGTH = 32
TOWN = 9


def _to_post(*, null: bool = False) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Post, models.PROTECT, null=null, related_name="+", db_constraint=False, db_index=False)


def _times(name: Any, default: int) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(name, default=default, help_text=_("0: this is not asked."))


class AgendaRule(models.Model):
    """From what on a case is proposed in a place; the nearest rule holds."""

    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county or town"),
        help_text=_("Empty: for every town of this installation."),
    )  # fmt: skip
    overdue = _times(_("overdue so many times"), 2)
    reopened = _times(_("opened again so many times"), 2)
    handed_back = _times(_("handed back so many times"), 2)
    days = _times(_("open for so many days"), 60)
    most = models.PositiveSmallIntegerField(
        _("wait at once"), default=10, help_text=_("So many are proposed at most; the worst come first.")
    )

    class Meta:
        ordering = ["place_id"]
        verbose_name = _("agenda rule")
        verbose_name_plural = _("agenda rules")
        constraints = [
            models.UniqueConstraint(fields=["place"], name="agenda_rule_once_for_a_place", nulls_distinct=False),
            models.CheckConstraint(
                name="agenda_rule_fits",
                condition=Q(overdue__lte=MOST_TIMES, reopened__lte=MOST_TIMES, handed_back__lte=MOST_TIMES)
                & Q(days__lte=MOST_DAYS, most__gte=1, most__lte=MOST_PROPOSED),
            ),
        ]

    def __str__(self) -> str:
        return " / ".join(map(str, (self.overdue, self.reopened, self.handed_back, self.days)))

    @property
    def rule(self) -> Rule:
        """As the law reads it."""
        return Rule(self.overdue, self.reopened, self.handed_back, self.days, self.most)


class Meeting(models.Model):
    """A meeting of a town's committee on a day; `chair`: the post that convenes it."""

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=12, choices=[(v.value, w) for v, w in MEETING_STATES.items()])
    called_by = models.CharField(max_length=64)
    called_at = models.DateTimeField()
    chair = _to_post(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)  # why it was called off

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["place", "-day"], name="meeting_of_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "place", "day"], condition=~Q(state=MeetingState.CALLED_OFF),
                name="town_meets_once_a_day",
            ),
            models.CheckConstraint(
                name="meeting_ended_says_when",
                condition=Q(state=MeetingState.CALLED, ended_at__isnull=True)
                | ~Q(state=MeetingState.CALLED) & Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
        ]  # fmt: skip


class LastItem(models.Model):
    """A case on the agenda of its town's committee, until it is struck off or put aside.

    `why`: the reasons for which it was proposed, [reason, figure] each. `times`: how often each had happened when it
    ended. `owner`, `post`, `decision` and `due_at`: what the last meeting that decided about it said.
    """

    county = models.CharField(max_length=6)
    case = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=[(v.value, w) for v, w in ITEM_STATES.items()])
    why = models.JSONField()
    proposed_at = models.DateTimeField()
    owner = models.CharField(max_length=64, blank=True)  # a person
    post = _to_post(null=True)  # in which they answer
    decision = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    times = models.JSONField(null=True)

    class Meta:
        verbose_name = _("last item")
        verbose_name_plural = _("last items")
        indexes = [
            models.Index(fields=["place", "proposed_at"], condition=Q(ended_at__isnull=True), name="item_on_agenda"),
            models.Index(fields=["post"], condition=Q(ended_at__isnull=True), name="item_open_of_post"),
            models.Index(fields=["county", "case"], name="item_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "case"], condition=Q(ended_at__isnull=True), name="case_on_agenda_once"
            ),
            models.CheckConstraint(name="item_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(
                name="item_decided_says_whose",
                condition=~Q(state__in=[ItemState.DECIDED, ItemState.SHOWN])
                | ~Q(owner="") & ~Q(decision="") & Q(post__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_ended_says_when",
                condition=Q(state=ItemState.ENDED, ended_at__isnull=False, times__isnull=False)
                | ~Q(state=ItemState.ENDED) & Q(ended_at__isnull=True),
            ),
        ]

    @property
    def town(self) -> str:
        """Whose committee it is before."""
        return self.place[:TOWN]

    @property
    def reasons(self) -> list[Why]:
        """Why it was proposed."""
        return [Why(Reason(reason), n) for reason, n in self.why]


class Entry(models.Model):
    """One line of what became of an item; never changed. `given`: with a decision, who was named and until when."""

    county = models.CharField(max_length=6)
    item = models.ForeignKey(LastItem, models.PROTECT, related_name="entries", db_constraint=False, db_index=False)
    meeting = models.BigIntegerField(null=True)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    move = models.CharField(max_length=20)
    author = models.CharField(max_length=64)
    post = _to_post(null=True)
    text = models.TextField(blank=True)
    given = models.JSONField(default=dict)
    files = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["item"], name="entry_of_item"),
            models.Index(fields=["meeting"], condition=Q(meeting__isnull=False), name="entry_of_meeting"),
        ]
