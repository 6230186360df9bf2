"""Tables of the loop. Each grows with use and names its county.

References to configuration (items, posts: never removed) have no constraint in the database: a report writes several,
on the hottest path there is. A place stands as its code, by which walls and lists find what lies inside.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from yiwang.cases.rules import (
    BEING_PROVEN,
    LIFE,
    OPEN,
    WAITING,
    WITH_A_POST,
    Asked,
    NoteKind,
    Part,
    State,
    Told,
    written,
)
from yiwang.cases.words import NOTES, STATES, TOLD, TRACKS
from yiwang.catalogue.models import Item, ItemVersion
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.people.models import Post

CODE_LENGTH = 32
NEEDS_NO_ITEM = {State.REPORTED, State.DECLINED, State.MERGED, State.WITHDRAWN, State.SPLIT}
PROVEN_IN_PARTS = {State.CHECKED, State.CALLED_BACK, State.CLOSED}


def _to(model: type[models.Model], **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(model, models.PROTECT, related_name="+", db_constraint=False, db_index=False, **options)


def _values(states: Any) -> list[str]:
    return sorted(state.value for state in states)


class Case(models.Model):
    """One matter going round the loop."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    county = models.CharField(max_length=6)
    state = models.CharField(_("state"), max_length=12, choices=[(v.value, w) for v, w in STATES.items()])
    place = models.CharField(_("place"), max_length=CODE_LENGTH, db_collation="C")
    desk = models.CharField(_("whose inbox"), max_length=CODE_LENGTH, db_collation="C")
    item = _to(Item, null=True, verbose_name=_("item"))
    version = _to(ItemVersion, null=True)
    urgency = models.CharField(_("urgency"), max_length=10)
    secrecy = models.CharField(_("secrecy"), max_length=12, default=Secrecy.OPEN.value)
    track = models.CharField(_("track"), max_length=12, blank=True, choices=[(v.value, w) for v, w in TRACKS.items()])

    text = models.TextField(_("what was told"))
    address = models.CharField(_("where, in words"), max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    photos = ArrayField(models.UUIDField(), default=list)

    told = models.CharField(_("told by"), max_length=12, choices=[(v.value, w) for v, w in TOLD.items()])
    teller = models.CharField(max_length=64)
    channel = models.CharField(_("channel"), max_length=20)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=80, blank=True)
    contact = models.BinaryField(null=True)
    contact_name = models.CharField(_("reporter"), max_length=20, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=20, blank=True)
    phone_mark = models.BinaryField(null=True)

    reported_at = models.DateTimeField(_("told"))
    opened_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("promised for"), null=True)
    provisional = models.BooleanField(default=False)
    next_due_at = models.DateTimeField(_("next due"), null=True)
    next_stage = models.CharField(max_length=10, blank=True, choices=[(stage.value, stage.value) for stage in Stage])
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    lead = _to(Post, null=True, verbose_name=_("lead"))
    keeper = _to(Post, null=True, verbose_name=_("responsible until another signs"))
    assisting = ArrayField(models.BigIntegerField(), default=list)
    summoned = ArrayField(models.BigIntegerField(), default=list)
    firm = models.BooleanField(default=False)
    handler = models.CharField(max_length=64, blank=True)
    hand_backs = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    paused_before = models.BooleanField(default=False)
    reached = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    followed = models.BooleanField(default=False)  # other reports were merged into this one
    merged_into = models.BigIntegerField(null=True)
    part_of = models.BigIntegerField(null=True)

    steps = models.PositiveSmallIntegerField()
    head = models.BinaryField()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(
                fields=["desk", "next_due_at"], condition=Q(state__in=_values(WAITING)), name="case_waiting_at_desk"
            ),
            models.Index(
                fields=["lead", "next_due_at"], condition=Q(state__in=_values(WITH_A_POST)), name="case_of_lead"
            ),
            models.Index(
                fields=["place", "next_due_at"], condition=Q(state__in=_values(BEING_PROVEN)), name="case_being_proven"
            ),
            models.Index(
                fields=["county", "next_due_at"], condition=Q(next_due_at__isnull=False), name="case_next_due"
            ),
            models.Index(Left("place", 9), F("number").desc(), name="case_newest_in_town"),
            models.Index(Left("place", 12), F("number").desc(), name="case_newest_in_community"),
            models.Index(
                Left("place", 9), F("number").desc(), condition=Q(state__in=_values(OPEN)), name="case_open_in_town"
            ),
            models.Index(fields=["teller", "-number"], condition=Q(told=Told.WORKER), name="case_of_worker"),
            BrinIndex(fields=["opened_at"], name="case_by_opening", autosummarize=True),
            models.Index(fields=["item", "-number"], name="case_newest_of_item"),
            models.Index(fields=["item", "place"], condition=Q(state__in=_values(OPEN)), name="case_open_of_item"),
            models.Index(fields=["lead", "-number"], condition=Q(lead__isnull=False), name="case_newest_of_lead"),
            models.Index(fields=["phone_mark"], condition=Q(phone_mark__isnull=False), name="case_by_phone"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_merged_into"),
            models.Index(fields=["part_of"], condition=Q(part_of__isnull=False), name="case_part_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "source", "source_key"], condition=~Q(source=""), name="case_brought_in_once"
            ),
            models.CheckConstraint(name="case_state_is_known", condition=Q(state__in=_values(State))),
            models.CheckConstraint(name="case_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(
                name="case_with_a_post_has_a_lead",
                condition=~Q(state__in=_values(WITH_A_POST)) | Q(lead__isnull=False),
            ),
            models.CheckConstraint(
                name="case_accepted_has_an_item",
                condition=Q(state__in=_values(NEEDS_NO_ITEM))
                | Q(item__isnull=False) | ~Q(source="")
                # What went on in parts may never have been named itself, and has no lead.
                | Q(lead__isnull=True, state__in=_values(PROVEN_IN_PARTS)),
            ),
            models.CheckConstraint(
                name="case_merged_says_into_which", condition=~Q(state=State.MERGED) | Q(merged_into__isnull=False)
            ),
            models.CheckConstraint(
                name="case_paused_says_until_when",
                condition=~Q(state=State.PAUSED) | Q(paused_at__isnull=False, paused_until__isnull=False),
            ),
            models.CheckConstraint(
                name="case_anonymous_keeps_nobody",
                condition=~Q(told=Told.ANONYMOUS) | Q(contact__isnull=True, phone_mark__isnull=True),
            ),
            models.CheckConstraint(
                name="case_position_is_whole", condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
            ),
            models.CheckConstraint(name="case_has_a_step", condition=Q(steps__gte=1)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return written(self.number)

    def takes(self, move: str) -> bool:
        """Whether the table knows this move out of the case's state, whoever makes it."""
        return State(self.state) in LIFE.moves[move].out_of

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN

    @property
    def is_waiting(self) -> bool:
        return State(self.state) in WAITING

    @property
    def is_sealed(self) -> bool:
        return self.secrecy == Secrecy.SEALED


class Words(models.Model):
    """By what a case is found: written once, beside the case, whose row changes often."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+", db_constraint=False)
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    words = SearchVectorField()

    class Meta:
        # A word stands behind its town and the block of numbers that its case is among (migration 0010).
        indexes = [
            GinIndex(
                Func(F("case"), F("place"), F("words"), function="cases_lexemes"), name="case_words_in_town",
                gin_pending_list_limit=256,
            )
        ]  # fmt: skip


class Step(models.Model):
    """One line of a case's history; never changed. `hash` is over `before` and all that the step says."""

    pk = models.CompositePrimaryKey("number", "seq", "county")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    seq = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    actor = models.CharField(max_length=64)
    capacity = models.CharField(max_length=12)
    post = _to(Post, null=True)
    channel = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    given = models.JSONField(default=dict)
    before = models.BinaryField()
    hash = models.BinaryField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [BrinIndex(fields=["recorded_at"], name="step_by_day", autosummarize=True)]


class Assignment(models.Model):
    """A post's part in a case, with clocks of its own."""

    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments", db_constraint=False, db_index=False)
    post = _to(Post)
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in Part])
    firm = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    sign_due = models.DateTimeField()
    handle_due = models.DateTimeField()
    hours = models.FloatField(null=True)  # an approved limit of its own, in hours of the limit's clock
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [
            models.Index(fields=["case"], name="assignment_of_case"),
            models.Index(fields=["post", "-case"], name="assignment_of_post"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "case"], condition=Q(part=Part.LEAD, ended_at__isnull=True), name="case_has_one_lead"
            ),
            models.UniqueConstraint(
                fields=["county", "case", "post"], condition=Q(ended_at__isnull=True), name="post_has_one_part"
            ),
            models.CheckConstraint(
                name="assignment_ended_says_how",
                condition=Q(ended_at__isnull=True, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
            ),
        ]


class Summons(models.Model):
    """A post that was whistled for."""

    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="summons", db_constraint=False, db_index=False)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    post = _to(Post)
    whistler = models.CharField(max_length=64)
    whistler_post = _to(Post, null=True)
    called_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reported_in_at = models.DateTimeField(null=True)
    reported_in_by = models.CharField(max_length=64, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    metres_away = models.FloatField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    appraisal = models.CharField(max_length=500, blank=True)
    appraised_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="summons_of_case"),
            models.Index(fields=["post", "-called_at"], name="summons_of_post"),
            models.Index(
                fields=["county", "due_at"], condition=Q(reported_in_at__isnull=True), name="summons_unanswered"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "case", "post"],
                condition=Q(reported_in_at__isnull=True),
                name="summoned_once_at_a_time",
            ),
            models.CheckConstraint(
                name="score_is_one_to_five", condition=Q(score__isnull=True) | Q(score__range=(1, 5))
            ),
        ]


class Petition(models.Model):
    """Something asked of an approver: more time, a pause, a track."""

    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="petitions", db_constraint=False, db_index=False)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    asked = models.CharField(max_length=10, choices=[(asked.value, asked.value) for asked in Asked])
    asked_by = models.CharField(max_length=64)
    post = _to(Post, null=True)
    asked_at = models.DateTimeField()
    reason = models.TextField()
    helper = _to(Post, null=True)  # the post whose help is asked for
    hours = models.FloatField(null=True)
    until = models.DateTimeField(null=True)
    track = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="petition_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "case", "asked"], condition=Q(decided_at__isnull=True), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                name="petition_decided_has_an_answer",
                condition=Q(decided_at__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, granted__isnull=False),
            ),
        ]


class Note(models.Model):
    """What is said beside the moves; never changed."""

    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", db_constraint=False, db_index=False)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[(v.value, w) for v, w in NOTES.items()])
    author = models.CharField(max_length=64)
    post = _to(Post, null=True)
    channel = models.CharField(max_length=20)
    text = models.TextField()
    files = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["case"], name="note_of_case")]

    @property
    def reporter_reads(self) -> bool:
        """Whether it is also for the reporter's eyes."""
        return self.kind in {NoteKind.COMMENT, NoteKind.QUESTION, NoteKind.ADDITION, NoteKind.REVEAL}


class Receipt(models.Model):
    """What was answered to a report that came with a key, so that the same key is answered the same again."""

    key = models.BinaryField(primary_key=True)  # SHA-256 of what the sender called it
    body = models.BinaryField()  # SHA-256 of what was sent
    number = models.BigIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes = [BrinIndex(fields=["at"], name="receipt_by_day")]
