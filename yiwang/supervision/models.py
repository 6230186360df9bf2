"""Tables of supervision. Those that grow with use name their county; ladders and shares are configuration."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.models import Board
from yiwang.catalogue.rules import Stage, Urgency
from yiwang.catalogue.words import STAGES, URGENCIES
from yiwang.people.models import Post
from yiwang.places.models import Place
from yiwang.supervision.rules.appeals import Appeal as AppealState
from yiwang.supervision.rules.ladder import LEVELS as EVERY_LEVEL
from yiwang.supervision.rules.ladder import MOST_MINUTES, MOST_PERCENT
from yiwang.supervision.rules.orders import Kind as OrderKind
from yiwang.supervision.rules.orders import State as OrderState
from yiwang.supervision.rules.orders import number_of
from yiwang.supervision.words import APPEAL_STATES, LEVELS, ORDER_KINDS, ORDER_STATES, order_state

CODE_LENGTH = 32


def _to_post() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Post, models.PROTECT, related_name="+", db_constraint=False, db_index=False)


def _of_county() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip


def _of_board() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("board"),
        help_text=_("Empty: every board."),
    )  # fmt: skip


class Shares(models.Model):
    """From how many percent of the time on a board's cases show yellow and orange; red is what is past."""

    county = _of_county()
    board = _of_board()
    soon = models.PositiveSmallIntegerField(_("yellow from percent"))
    pressing = models.PositiveSmallIntegerField(_("orange from percent"))

    class Meta:
        ordering = ["county_id", "board_id"]
        verbose_name = _("colours of time")
        verbose_name_plural = _("colours of time")
        constraints = [
            models.UniqueConstraint(fields=["county", "board"], name="shares_once_for_a_board", nulls_distinct=False),
            models.CheckConstraint(
                name="shares_follow_each_other", condition=Q(soon__gt=0, soon__lt=F("pressing"), pressing__lt=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soon} % / {self.pressing} %"


class Rung(models.Model):
    """A rung of a ladder. Rungs for the same county, board and urgency are one ladder; the nearest ladder holds."""

    county = _of_county()
    board = _of_board()
    urgency = models.CharField(
        _("urgency"), max_length=10, blank=True, choices=[(v.value, w) for v, w in URGENCIES.items()],
        help_text=_("Empty: every urgency."),
    )  # fmt: skip
    stage = models.CharField(
        _("stage"), max_length=10, blank=True, choices=[(v.value, w) for v, w in STAGES.items()],
        help_text=_("Empty: every stage."),
    )  # fmt: skip
    level = models.CharField(_("who is told"), max_length=10, choices=[(v.value, w) for v, w in LEVELS.items()])
    percent = models.PositiveSmallIntegerField(
        _("at percent of the time"), help_text=_("0: at once. 100: when it is overdue. 150: half as long again.")
    )
    answer_minutes = models.PositiveIntegerField(
        _("to be acknowledged within minutes"), null=True, blank=True,
        help_text=_("If nobody has by then, the next level is told so. Empty: need not be acknowledged."),
    )  # fmt: skip

    class Meta:
        ordering = ["county_id", "urgency", "board_id", "percent", "id"]
        verbose_name = _("rung of the ladder")
        verbose_name_plural = _("rungs of the ladder")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "board", "urgency", "stage", "level", "percent"], name="rung_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="rung_percent_fits", condition=Q(percent__lte=MOST_PERCENT)),
            models.CheckConstraint(
                name="rung_minutes_fit",
                condition=Q(answer_minutes__isnull=True) | Q(answer_minutes__range=(1, MOST_MINUTES)),
            ),
            models.CheckConstraint(name="rung_level_is_known", condition=Q(level__in=[v.value for v in EVERY_LEVEL])),
            models.CheckConstraint(
                name="rung_urgency_is_known", condition=Q(urgency__in=["", *(v.value for v in Urgency)])
            ),
            models.CheckConstraint(name="rung_stage_is_known", condition=Q(stage__in=["", *(v.value for v in Stage)])),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.percent} % → {self.get_level_display()}"


class Watch(models.Model):
    """The clock of one case as supervision knows it. `next_at`: when something must be done for it; none if nothing.

    `steps`: how long its history was when it was read. `round`: when the limit that runs began; with `stage` it names
    the round. `climbed`: rungs that were done in this round, 0 among them once the overrun is noted. `since`: what lay
    before then is let lie. Beside them the moments of the colours; none while the clock stands still.
    """

    number = models.BigIntegerField(primary_key=True)
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    steps = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, blank=True)
    round = models.DateTimeField(null=True)
    since = models.DateTimeField()
    soon_at = models.DateTimeField(null=True)
    pressing_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    climbed = ArrayField(models.BigIntegerField(), default=list)
    overruns = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "next_at"], condition=Q(next_at__isnull=False), name="watch_next"),
            models.Index(fields=["place", "-overruns"], condition=Q(overruns__gt=0), name="watch_overrun"),
        ]
        constraints = [
            models.CheckConstraint(name="watch_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(
                name="watch_of_a_limit_is_whole",
                condition=Q(soon_at__isnull=True, pressing_at__isnull=True, due_at__isnull=True, next_at__isnull=True)
                | Q(round__isnull=False, soon_at__isnull=False, pressing_at__isnull=False, due_at__isnull=False),
            ),
        ]


class Overrun(models.Model):
    """That a limit was passed: counted against whoever had the case. Never changed; an appeal stands beside."""

    county = models.CharField(max_length=6)
    case = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    stage = models.CharField(max_length=10)
    round = models.DateTimeField()
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    post = models.BigIntegerField(null=True)  # who had it then

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "case", "stage", "round"], name="overrun_noted_once"),
        ]


class Reminder(models.Model):
    """A post was told that time runs out. `meant_at`: when it should have been told; `at`: when it was.

    `silent`: the level whose silence it is about, empty for the rung itself. `lapsed_at`: the case went on, and
    nothing more is asked of anybody.
    """

    county = models.CharField(max_length=6)
    case = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    stage = models.CharField(max_length=10)
    round = models.DateTimeField()
    rung = models.BigIntegerField()
    percent = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=[(v.value, w) for v, w in LEVELS.items()])
    silent = models.CharField(max_length=10, blank=True, choices=[(v.value, w) for v, w in LEVELS.items()])
    post = _to_post()
    meant_at = models.DateTimeField()
    at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)  # nobody answered, and the next level was told so
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=64, blank=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["post", "-at"], condition=Q(acknowledged_at__isnull=True, lapsed_at__isnull=True),
                name="reminder_waiting",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["county", "case", "stage", "round", "rung", "silent"], name="rung_climbed_once"
            ),
            models.CheckConstraint(
                name="reminder_acknowledged_says_by_whom",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by=""),
            ),
        ]


class Progress(models.Model):
    """How far following has come; there is one. Whoever follows holds its row. As `insight.Progress`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    certain_at = models.DateTimeField()
    walked = models.BigIntegerField(null=True)
    followed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="following_has_one_progress", condition=Q(id=1))]


class Order(models.Model):
    """What was ordered about a case: of whom, until when, and how it ended. A listed one has a number of its year."""

    county = models.CharField(max_length=6)
    case = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    kind = models.CharField(max_length=10, choices=[(v.value, w) for v, w in ORDER_KINDS.items()])
    state = models.CharField(_("state"), max_length=10, choices=[(v.value, w) for v, w in ORDER_STATES.items()])
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    text = models.TextField(_("what is ordered"))
    giver = models.CharField(max_length=64)
    given_in = _to_post()
    given_at = models.DateTimeField()
    owner = models.CharField(max_length=64)  # a person, by name
    post = _to_post()  # in which they answer
    due_at = models.DateTimeField(_("until"))
    public = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["county", "case"], name="order_of_case"),
            models.Index(fields=["place", "due_at"], condition=Q(ended_at__isnull=True), name="order_open_in_place"),
            models.Index(fields=["post", "due_at"], condition=Q(ended_at__isnull=True), name="order_open_of_post"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "serial"], name="listed_order_number_once"),
            models.UniqueConstraint(
                fields=["county", "case"], condition=Q(kind=OrderKind.LISTED, ended_at__isnull=True),
                name="case_listed_once",
            ),
            models.CheckConstraint(
                name="listed_order_has_a_number",
                condition=Q(kind=OrderKind.LISTED, year__isnull=False, serial__isnull=False)
                | ~Q(kind=OrderKind.LISTED) & Q(year__isnull=True, serial__isnull=True, public=False),
            ),
            models.CheckConstraint(
                name="order_ended_says_when",
                condition=Q(state=OrderState.ENDED, ended_at__isnull=False)
                | ~Q(state=OrderState.ENDED) & Q(ended_at__isnull=True),
            ),
        ]  # fmt: skip

    @property
    def state_words(self) -> str:
        return order_state(OrderKind(self.kind), OrderState(self.state))

    @property
    def is_listed(self) -> bool:
        return self.kind == OrderKind.LISTED

    @property
    def number(self) -> str:
        """As it is written; nothing for one that is not listed."""
        return number_of(self.year, self.serial) if self.year and self.serial else ""


class OrderEntry(models.Model):
    """One line of what became of an order; never changed."""

    county = models.CharField(max_length=6)
    order = models.ForeignKey(Order, models.PROTECT, related_name="entries", db_constraint=False, db_index=False)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    move = models.CharField(max_length=20)
    author = models.CharField(max_length=64)
    post = _to_post()
    text = models.TextField(blank=True)
    files = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["order"], name="entry_of_order")]


class Guidance(models.Model):
    """A leader was somewhere on a day: what was found and agreed, and by when somebody looks again. Never changed.

    `follows`: the record whose agreement was looked at again.
    """

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    day = models.DateField(_("day"))
    case = models.BigIntegerField(null=True)
    leader = models.CharField(max_length=64)  # a person
    post = _to_post()
    found = models.TextField(_("what was found"))
    agreed = models.TextField(_("what was agreed"))
    again_by = models.DateField(_("looked at again by"), null=True)
    follows = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("guidance on the spot")
        verbose_name_plural = _("guidance on the spot")
        indexes = [
            models.Index(fields=["place", "-day"], name="guidance_at_place"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="guidance_that_follows"),
        ]
        constraints = [
            models.CheckConstraint(name="guidance_lies_in_its_county", condition=Q(place__startswith=F("county"))),
        ]


class Appeal(models.Model):
    """Somebody asks that a case's overruns be left out of the statistics; the overruns themselves stay."""

    county = models.CharField(max_length=6)
    case = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=[(v.value, w) for v, w in APPEAL_STATES.items()])
    reason = models.TextField(_("reason"))
    asked_by = models.CharField(max_length=64)
    post = _to_post()  # in which it was asked
    asked_at = models.DateTimeField()
    seconded_by = models.CharField(max_length=64, blank=True)
    seconded_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(fields=["place", "asked_at"], condition=Q(decided_at__isnull=True), name="appeal_waiting"),
            models.Index(fields=["post", "-asked_at"], name="appeal_of_post"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "case"], name="case_appealed_once"),
            models.CheckConstraint(
                name="appeal_granted_by_two",
                condition=~Q(state=AppealState.GRANTED)
                | ~Q(seconded_by="") & ~Q(decided_by="") & ~Q(seconded_by=F("decided_by")),
            ),
        ]
