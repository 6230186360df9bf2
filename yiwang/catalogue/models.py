"""Tables of the catalogue. What an item says lies in versions that the database never lets change."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.rules import (
    LIMIT_FORM,
    Content,
    Evidence,
    Level,
    Limit,
    Secrecy,
    Stage,
    Urgency,
    read_limit,
)
from yiwang.catalogue.words import LEVELS, SECRECIES, URGENCIES
from yiwang.people.models import Post
from yiwang.places.models import Place

CODE = r"^[0-9A-Z][0-9A-Z-]{0,39}$"
MOST_PHOTOS = 20
MOST_METRES = 5000


class Board(models.Model):
    """One of the boards of a town. Four come with the platform; a county may have its own."""

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.UniqueConstraint(fields=["county", "code"], name="board_code_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A line of the catalogue, or a branch of it: its code and place in the tree. What it says lies in versions."""

    code = models.CharField(_("code"), max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("under")
    )
    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The first day it is no more."))

    class Meta:
        ordering = ["code"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(fields=["county", "code"], name="item_code_once", nulls_distinct=False),
            models.CheckConstraint(name="item_code_is_plain", condition=Q(code__regex=CODE)),
            models.CheckConstraint(
                name="item_is_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="item_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """What an item says from a day on; never changed. A case keeps the version under which it was opened."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name=_("item"))
    number = models.PositiveIntegerField(_("version"))
    since = models.DateField(_("valid from"))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+", verbose_name=_("board"))
    level = models.CharField(_("level"), max_length=10, choices=[(v.value, w) for v, w in LEVELS.items()])
    urgency = models.CharField(_("urgency"), max_length=10, choices=[(v.value, w) for v, w in URGENCIES.items()])
    keywords = ArrayField(models.CharField(max_length=60), verbose_name=_("keywords"), default=list, blank=True)
    examples = ArrayField(
        models.CharField(max_length=200), verbose_name=_("as residents say it"), default=list, blank=True
    )
    opens_when = models.CharField(_("opened when"), max_length=500, blank=True)
    closes_when = models.CharField(_("closed when"), max_length=500, blank=True)
    sign_for = models.CharField(_("limit to sign for"), max_length=40)
    handle = models.CharField(_("limit to deal with"), max_length=40)
    check_limit = models.CharField(_("limit to look whether it is done"), max_length=40)
    call_back = models.CharField(_("limit to ask the reporter"), max_length=40)
    photos = models.PositiveSmallIntegerField(_("photos needed"), default=0)
    within_metres = models.PositiveSmallIntegerField(
        _("one of them within metres of the case"), default=0, help_text=_("0: anywhere.")
    )
    note = models.BooleanField(_("a note is needed"), default=False)
    before_and_after = models.BooleanField(_("photos before and after are needed"), default=False)
    on_the_spot = models.BooleanField(_("a grid worker may settle it on the spot"), default=False)
    secrecy = models.CharField(
        _("secrecy"), max_length=12, choices=[(v.value, w) for v, w in SECRECIES.items()], default=Secrecy.OPEN.value
    )
    handlers = models.CharField(_("who deals with it, by the list"), max_length=300, blank=True)
    regulators = models.CharField(_("who watches over it, by the list"), max_length=300, blank=True)

    class Meta:
        ordering = ["item_id", "-number"]
        verbose_name = _("version of an item")
        verbose_name_plural = _("versions of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.CheckConstraint(name="item_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="item_level_is_known", condition=Q(level__in=[v.value for v in Level])),
            models.CheckConstraint(name="item_urgency_is_known", condition=Q(urgency__in=[v.value for v in Urgency])),
            models.CheckConstraint(name="item_secrecy_is_known", condition=Q(secrecy__in=[v.value for v in Secrecy])),
            models.CheckConstraint(
                name="item_limits_are_limits",
                condition=Q(sign_for__regex=LIMIT_FORM) & Q(handle__regex=LIMIT_FORM)
                & Q(check_limit__regex=LIMIT_FORM) & Q(call_back__regex=LIMIT_FORM),
            ),
            models.CheckConstraint(
                name="item_evidence_can_be_brought",
                condition=Q(photos__lte=MOST_PHOTOS, within_metres__lte=MOST_METRES)
                & (Q(within_metres=0) | Q(photos__gt=0) | Q(before_and_after=True)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> dict[Stage, Limit]:
        """The promise of each stage."""
        return {stage: read_limit(text) for stage, text in self.limit_texts.items()}

    @property
    def limit_texts(self) -> dict[Stage, str]:
        """The limits as the field writes them."""
        return dict(zip(Stage, (self.sign_for, self.handle, self.check_limit, self.call_back), strict=True))

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.photos, self.within_metres, self.note, self.before_and_after)

    @property
    def content(self) -> Content:
        """All it says, for the rules."""
        return Content(
            name=self.name, name_en=self.name_en, board=self.board.code, level=Level(self.level),
            urgency=Urgency(self.urgency), limits=self.limit_texts, keywords=tuple(self.keywords),
            examples=tuple(self.examples), opens_when=self.opens_when, closes_when=self.closes_when,
            evidence=self.evidence, on_the_spot=self.on_the_spot, secrecy=Secrecy(self.secrecy),
            handlers=self.handlers, regulators=self.regulators,
        )  # fmt: skip

    @classmethod
    def of(cls, item: Item, content: Content, *, number: int, since: date, board: Board) -> "ItemVersion":
        """A version that says this, not yet written."""
        sign_for, handle, check, call_back = (content.limits[stage] for stage in Stage)
        evidence = content.evidence
        return cls(
            item=item, number=number, since=since, board=board, name=content.name, name_en=content.name_en,
            level=content.level.value, urgency=content.urgency.value, keywords=list(content.keywords),
            examples=list(content.examples), opens_when=content.opens_when, closes_when=content.closes_when,
            sign_for=sign_for, handle=handle, check_limit=check, call_back=call_back, photos=evidence.photos,
            within_metres=evidence.within_metres, note=evidence.note, before_and_after=evidence.before_and_after,
            on_the_spot=content.on_the_spot, secrecy=content.secrecy.value, handlers=content.handlers,
            regulators=content.regulators,
        )  # fmt: skip


class Responsibility(models.Model):
    """A post answers for an item and all below it inside a place, from a day up to (not including) another."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="responsibilities", verbose_name=_("item"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"),
        help_text=_("Empty: the whole installation."),
    )  # fmt: skip
    post = models.ForeignKey(Post, models.PROTECT, related_name="responsibilities", verbose_name=_("post"))
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["place_id", "item_id", "-since"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "place", "since"], name="responsibility_begins_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["item", "place"], condition=Q(until__isnull=True), nulls_distinct=False,
                name="one_post_answers_for_an_item_at_a_place",
            ),
            models.CheckConstraint(
                name="responsibility_does_not_end_before_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return " · ".join(str(one) for one in (self.item, self.place, self.post) if one)
