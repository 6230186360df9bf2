"""The papers of published bulletins: which files they are, and their signed hashes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.insight.rules.bulletins import Kind

_SHA256 = r"^[0-9a-f]{64}$"


class Paper(models.Model):
    """The two files of a bulletin; never changed, never made anew. Signed over `rules.signed_lines`."""

    pk = models.CompositePrimaryKey("county", "place", "kind", "first")
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=32, db_collation="C")
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    first = models.DateField()
    docx = models.UUIDField()
    docx_sha256 = models.CharField(max_length=64)
    xlsx = models.UUIDField()
    xlsx_sha256 = models.CharField(max_length=64)
    signature = models.BinaryField()
    public_key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper of a bulletin")
        verbose_name_plural = _("papers of bulletins")
        constraints = [
            models.CheckConstraint(name="paper_lies_in_its_county", condition=Q(place__startswith=F("county"))),
            models.CheckConstraint(
                name="paper_names_what_it_is",
                condition=Q(docx_sha256__regex=_SHA256, xlsx_sha256__regex=_SHA256),
            ),
        ]
