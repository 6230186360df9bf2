"""Lookouts, which are configuration; the hot spots, and which cases gather there.

Spots have no relations: they are a copy, found anew from the cases. Only a spot's number stays while it goes on.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.models import Board, Item
from yiwang.places.models import Place
from yiwang.spots import rules

CODE_LENGTH = 32
_USUAL = rules.Lookout()


class Lookout(models.Model):
    """From when on cases gather, in a county or everywhere: of an item and all under it, of a board, or of any."""

    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip
    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("board"),
        help_text=_("With neither board nor item: for every board, each for itself."),
    )  # fmt: skip
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item"),
        help_text=_("It and all under it are then looked at apart from their board."),
    )  # fmt: skip
    metres = models.PositiveSmallIntegerField(_("within metres"), default=_USUAL.metres)
    fewest = models.PositiveSmallIntegerField(
        _("cases at least"), default=_USUAL.fewest, help_text=_("0: not looked for.")
    )
    days = models.PositiveSmallIntegerField(_("within days"), default=_USUAL.days)
    past_days = models.PositiveSmallIntegerField(_("compared with days before"), default=_USUAL.past_days)

    class Meta:
        ordering = ["county_id", "board_id", "item_id"]
        verbose_name = _("lookout for hot spots")
        verbose_name_plural = _("lookouts for hot spots")
        constraints = [
            models.UniqueConstraint(fields=["county", "board", "item"], name="lookout_once", nulls_distinct=False),
            models.CheckConstraint(
                name="lookout_is_of_a_board_or_an_item", condition=Q(board__isnull=True) | Q(item__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(one) for one in (self.county_id, self.item or self.board) if one)


class Spot(models.Model):
    """Ground on which cases of a kind gather: its middle, how far it reaches, and what was found at the last look.

    `place`: the community in which most of them lie, or what is known of it; `item`: the most frequent one (an id);
    `usual`: so many were told there in as many days of the past; `last_year`: in the same days of last year, where
    that is known. `gone_at`: since then nothing gathers there.
    """

    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    board = models.CharField(max_length=40, blank=True)
    item = models.BigIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    metres = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    cases = models.PositiveIntegerField()
    usual = models.FloatField()
    expected = models.FloatField()
    last_year = models.PositiveIntegerField(null=True)
    chance = models.FloatField()
    found_at = models.DateTimeField()
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county", "place"], condition=Q(gone_at=None), name="spot_in_place")]
        constraints = [
            models.CheckConstraint(name="spot_place_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(name="spot_chance_is_a_share", condition=Q(chance__range=(0, 1))),
        ]


class Gathered(models.Model):
    """A case that gathers at a spot; at one at most."""

    pk = models.CompositePrimaryKey("county", "number")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    spot = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["county", "spot"], name="gathered_at_spot")]
        constraints = [
            models.CheckConstraint(name="gathered_lies_in_its_county", condition=Q(place__startswith=F("county")))
        ]
