"""Tables of notices. Notices grow with use and name their county; rules and own choices are configuration."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.models import Board
from yiwang.catalogue.rules import Urgency
from yiwang.catalogue.words import URGENCIES
from yiwang.notices.rules.occasions import OUTGOING, Channel, Occasion
from yiwang.notices.rules.quiet import USUAL, Quiet
from yiwang.notices.rules.sending import State
from yiwang.notices.words import CHANNELS, OCCASIONS, STATES
from yiwang.people.models import Person, Role
from yiwang.places.models import Place

CODE_LENGTH = 32
_GOES_OUT = ~Q(channel=Channel.PAGE)


class Rule(models.Model):
    """Whether an occasion goes by a channel, for whom it was set; the nearest rule holds, and without one it does not.

    On the page everything is shown, whatever the rules say.
    """

    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip
    occasion = models.CharField(_("occasion"), max_length=20, choices=[(v.value, w) for v, w in OCCASIONS.items()])
    channel = models.CharField(_("channel"), max_length=10, choices=[(v.value, CHANNELS[v]) for v in OUTGOING])
    role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role"),
        help_text=_("Of the post that is told. Empty: every role."),
    )  # fmt: skip
    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("board"),
        help_text=_("Empty: every board."),
    )  # fmt: skip
    urgency = models.CharField(
        _("urgency"), max_length=10, blank=True, choices=[(v.value, w) for v, w in URGENCIES.items()],
        help_text=_("Empty: every urgency."),
    )  # fmt: skip
    goes = models.BooleanField(_("is sent"), default=True)

    class Meta:
        ordering = ["occasion", "channel", "county_id", "id"]
        verbose_name = _("rule of notices")
        verbose_name_plural = _("rules of notices")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "occasion", "channel", "role", "board", "urgency"], name="notice_rule_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="notice_rule_is_of_what_goes_out", condition=Q(channel__in=list(OUTGOING))),
            models.CheckConstraint(
                name="notice_rule_urgency_is_known", condition=Q(urgency__in=["", *(v.value for v in Urgency)])
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} → {self.get_channel_display()}"


class OwnChoices(models.Model):
    """What one person has chosen: how they are reached, in which language, when not; `yes` and `no` beside the rules.

    A choice is written as `choice_of` says. Equal ends of the quiet hours: there are none.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    confirmed = models.BooleanField(default=False)  # the code that was sent there came back
    language = models.CharField(max_length=10, blank=True)
    quiet_since = models.TimeField(_("quiet from"), default=USUAL.since)
    quiet_until = models.TimeField(_("quiet until"), default=USUAL.until)
    yes = ArrayField(models.CharField(max_length=32), default=list)
    no = ArrayField(models.CharField(max_length=32), default=list)

    @property
    def reached_at(self) -> str:
        """The address to which notices go: only one that has shown itself to be theirs."""
        return self.email if self.confirmed else ""

    @property
    def quiet(self) -> Quiet:
        since, until = self.quiet_since, self.quiet_until
        assert isinstance(since, time)
        assert isinstance(until, time)
        return Quiet(since, until)


class Notice(models.Model):
    """One person is told of one thing by one channel. `key` names the thing: the same is never told twice.

    It is about a case, or about what is none: `subject` ("form:12"), called `title`.

    `recipient`: "person:12", or "reporter", whose phone stays where it lies sealed. `next_at`: when it goes out, or
    once it was handed out, when it counts as lost. `message`: what it went in; several share one as a digest.
    `over_at`: since when it asks for nothing any more.
    """

    county = models.CharField(max_length=6)
    key = models.CharField(max_length=120)
    occasion = models.CharField(max_length=20, choices=[(v.value, w) for v, w in OCCASIONS.items()])
    case = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    item = models.BigIntegerField(null=True)
    sealed = models.BooleanField(default=False)
    recipient = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=[(v.value, w) for v, w in CHANNELS.items()])
    state = models.CharField(max_length=10, choices=[(v.value, w) for v, w in STATES.items()])
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    about = models.CharField(max_length=60, blank=True)  # what the occasion's words name besides the case
    held = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True)
    message = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    gone_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=Q(channel=Channel.PAGE), name="notice_on_page"),
            models.Index(
                fields=["recipient"], condition=Q(channel=Channel.PAGE, read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["county", "next_at"], condition=Q(next_at__isnull=False), name="notice_going_out"),
            models.Index(
                fields=["recipient", "channel", "-gone_at"],
                condition=_GOES_OUT & Q(gone_at__isnull=False),
                name="notice_gone",
            ),
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="notice_in_message"),
            models.Index(fields=["county", "-id"], condition=Q(state=State.FAILED), name="notice_failed"),
            BrinIndex(fields=["at"], name="notice_by_day", autosummarize=True),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "key", "recipient", "channel"], name="told_once"),
            models.CheckConstraint(
                name="notice_is_about_one_thing",
                condition=Q(case__isnull=False, subject="") | (Q(case__isnull=True) & ~Q(subject="") & ~Q(title="")),
            ),
            models.CheckConstraint(name="notice_place_lies_in_its_county",
                                   condition=Q(place__startswith=models.F("county"))),
            models.CheckConstraint(
                name="notice_on_page_is_there_at_once", condition=_GOES_OUT | Q(state=State.SENT, next_at__isnull=True)
            ),
            models.CheckConstraint(
                name="notice_in_sending_has_a_message", condition=~Q(state=State.SENDING) | Q(message__isnull=False)
            ),
            models.CheckConstraint(
                name="notice_failed_says_why", condition=~Q(state=State.FAILED) | ~Q(trouble="")
            ),
            # What is sealed is seen only where one may open it; it never leaves the platform.
            models.CheckConstraint(name="sealed_never_goes_out", condition=Q(sealed=False) | Q(channel=Channel.PAGE)),
        ]  # fmt: skip

    @property
    def kind(self) -> Occasion:
        return Occasion(self.occasion)
