"""Roll-ups: what each case has added to the numbers, the sums of it, and how far counting has come.

No relations among what is counted: all but bulletins, which are published and stay, is a copy, made anew from the
cases whenever somebody wants. Beside it stands what a county has set: weights of the ranking, hours of publishing.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.marks import Facet, Measure
from yiwang.insight.rules.outcomes import Became
from yiwang.insight.rules.scores import GRIDS, UNITS
from yiwang.places.models import Place

CODE_LENGTH = 32


class Counted(models.Model):
    """A case as it was counted last, with its marks. `steps`: how long its history was then.

    `outcome`: by unit what became of it (`rules.outcomes`); empty for what is not open to all. `behind`: in which
    figures of which months it is (`rules.behind`).
    """

    number = models.BigIntegerField(primary_key=True)
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    board = models.BigIntegerField(default=0)
    item = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12)
    is_open = models.BooleanField()
    holder = models.BigIntegerField(default=0)  # the post that has it now
    unit = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    hand_backs = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField()
    marks = models.JSONField()
    outcome = models.JSONField(default=dict)
    behind = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            # Whoever counts what is open or overdue reads this index alone.
            models.Index(
                fields=["place", "next_due_at"], include=["unit", "holder", "state", "reopened", "number"],
                condition=Q(is_open=True), name="counted_open_here",
            ),
            GinIndex(fields=["behind"], name="counted_behind_figures"),
            models.Index(
                fields=["unit", "next_due_at"], include=["place", "holder"], condition=Q(is_open=True),
                name="counted_open_of_unit",
            ),
            models.Index(
                fields=["county", "-reopened", "next_due_at", "number"], include=["place"],
                condition=Q(is_open=True), name="counted_worst_first",
            ),
            models.Index(fields=["county", "opened_at"], condition=Q(is_open=True), name="counted_open_since"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(name="counted_place_lies_in_its_county", condition=Q(place__startswith=F("county")))
        ]


class Tally(models.Model):
    """The sum of all marks of one day, of some facets one of a month, for a place (exactly this code, not what lies in
    it), by facet and its key."""

    pk = models.CompositePrimaryKey("county", "facet", "place", "day", "key")
    county = models.CharField(max_length=6)
    facet = models.CharField(max_length=8, choices=[(facet.value, facet.value) for facet in Facet])
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    day = models.DateField()
    key = models.BigIntegerField()

    reported = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    unowned = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    due_closed = models.IntegerField(default=0)
    due_in_time = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    minutes = models.BigIntegerField(default=0)
    on_the_spot = models.IntegerField(default=0)
    at_base = models.IntegerField(default=0)
    reworked = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)
    rated = models.IntegerField(default=0)
    rated_satisfied = models.IntegerField(default=0)
    reopened = models.IntegerField(default=0)
    given = models.IntegerField(default=0)
    signed_in_time = models.IntegerField(default=0)
    handed_back = models.IntegerField(default=0)
    checked = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["county", "facet", "key", "day"], name="tally_of_key")]


MEASURES = tuple(measure.value for measure in Measure)
assert {*MEASURES} <= {field.name for field in Tally._meta.local_concrete_fields}, "a column for each measure"  # noqa: SLF001


class Outcome(models.Model):
    """What became of the cases that a place (exactly this code) received in a month, by item and by unit.

    Item 0: not named yet; unit 0: the cases themselves. The sum of all `Counted.outcome`.
    """

    pk = models.CompositePrimaryKey("county", "place", "month", "item", "unit")
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    month = models.DateField()
    item = models.BigIntegerField()
    unit = models.BigIntegerField()

    told = models.IntegerField(default=0)
    again = models.IntegerField(default=0)
    open = models.IntegerField(default=0)
    spot = models.IntegerField(default=0)
    dispatched = models.IntegerField(default=0)
    helped = models.IntegerField(default=0)
    whistled = models.IntegerField(default=0)
    longer = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    handed_back = models.IntegerField(default=0)
    sent_back = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    shown = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)
    reopened = models.IntegerField(default=0)


BECAME = tuple(became.value for became in Became)
assert {*BECAME} <= {field.name for field in Outcome._meta.local_concrete_fields}, "a column for each"  # noqa: SLF001


class OpenNow(models.Model):
    """What was open of a town, or of a county outside its towns, when it was walked over last (`open_now`).

    `stuck`: by whom has what is overdue, [unit, post, whether it lies on a desk, how many, since when].
    """

    pk = models.CompositePrimaryKey("county", "place")
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    as_of = models.DateTimeField()
    open = models.IntegerField()
    stuck = models.JSONField(default=list)


class Progress(models.Model):
    """How far counting has come; there is one. Whoever follows what moves holds its row.

    `certain_at`: of every step recorded before then the case is counted, or waits in a stretch. `version`: of the
    rules by which.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveIntegerField()
    certain_at = models.DateTimeField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="counting_has_one_progress", condition=Q(id=1))]


class Stretch(models.Model):
    """The numbers from `first` to `last`, among which cases wait to be counted by the rules of a version; none
    overlaps another. Whoever counts them holds its row, and when they are counted it is gone."""

    first = models.BigIntegerField(primary_key=True)
    last = models.BigIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="stretch_ends_after_it_begins", condition=Q(last__gte=F("first")))]


class Bulletin(models.Model):
    """Published figures of a place for a day, a week or a month; never changed.

    `as_of`: the moment up to which the history was read; `rules`: the version of the counting; `figures`: each with
    its formula's version, packed (`rules.bulletins.Figure`). Signed over the lines of `rules.bulletins.signed_lines`,
    which name the newest daily digest of the history.
    """

    pk = models.CompositePrimaryKey("county", "place", "kind", "first")
    county = models.CharField(max_length=6)
    place = models.CharField(_("place"), max_length=CODE_LENGTH, db_collation="C")
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateTimeField()
    rules = models.PositiveIntegerField()
    figures = models.JSONField()
    history_day = models.DateField(null=True)
    history_digest = models.BinaryField(null=True)
    signature = models.BinaryField()
    public_key = models.BinaryField()
    made_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        indexes = [models.Index(fields=["county", "place", "-first"], name="bulletin_newest_of_place")]
        constraints = [
            models.CheckConstraint(name="bulletin_kind_is_known", condition=Q(kind__in=[k.value for k in Kind])),
            models.CheckConstraint(name="bulletin_ends_after_it_begins", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="bulletin_lies_in_its_county", condition=Q(place__startswith=F("county"))),
        ]


def _of_county() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip


class Weighing(models.Model):
    """By how many points each rate counts in the ranking, from a month on; never changed, only followed by another."""

    county = _of_county()
    of = models.CharField(_("of what"), max_length=6, choices=[(UNITS, _("Units")), (GRIDS, _("Grids"))])
    number = models.PositiveIntegerField(_("version"))
    since = models.DateField(_("from the month on"), help_text=_("The first day of a month that is not over."))
    points = models.JSONField(_("points"))
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField(_("set at"), db_default=models.functions.Now())

    class Meta:
        ordering = ["of", "county_id", "-number"]
        verbose_name = _("weights of the ranking")
        verbose_name_plural = _("weights of the ranking")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "of", "number"], name="weighing_has_its_version", nulls_distinct=False
            ),
            models.CheckConstraint(name="weighing_is_of_units_or_grids", condition=Q(of__in=[UNITS, GRIDS])),
            models.CheckConstraint(name="weighing_begins_with_a_month", condition=Q(since__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_of_display()} {self.number}"


class PublishingHour(models.Model):
    """From which hour of the day on bulletins of a kind are published."""

    county = _of_county()
    kind = models.CharField(_("kind"), max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    hour = models.PositiveSmallIntegerField(_("hour"), help_text=_("0 to 23, in the platform’s own time zone."))

    class Meta:
        ordering = ["county_id", "kind"]
        verbose_name = _("hour of publishing")
        verbose_name_plural = _("hours of publishing")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind"], name="publishing_hour_once_for_a_kind", nulls_distinct=False
            ),
            models.CheckConstraint(name="publishing_hour_is_one", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="publishing_hour_kind_is_known", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hour}:00"


class OpenMonth(models.Model):
    """A month of a county as everybody may have it (`opening`); made once, never changed.

    `lines`: by place (code), its counts in the order of `opening.MEASURES`, null where a count is hidden.
    """

    pk = models.CompositePrimaryKey("county", "first")
    county = models.CharField(max_length=6)
    first = models.DateField()
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("open month")
        verbose_name_plural = _("open months")
