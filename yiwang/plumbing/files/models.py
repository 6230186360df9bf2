"""The table of kept files."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from yiwang.plumbing.files.rules import Kind, content_path

_SHA256 = r"^[0-9a-f]{64}$"


class StoredFile(models.Model):
    """A kept file: whose ground it belongs to and which content it shows. Files with equal bytes share content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    county = models.CharField(max_length=6, blank=True)
    ground = models.CharField(max_length=32, blank=True, db_collation="C")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    mime = models.CharField(max_length=100)
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    thumbnail_size = models.PositiveIntegerField(null=True, help_text="bytes")
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    thumbnail_width = models.PositiveIntegerField(null=True)
    thumbnail_height = models.PositiveIntegerField(null=True)
    uploaded_by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="file_by_content"),
            models.Index(fields=["thumbnail_sha256"], name="file_by_thumbnail", condition=~Q(thumbnail_sha256="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_ground_begins_with_its_county", condition=Q(ground__startswith=F("county"))
            ),
            models.CheckConstraint(name="file_content_is_a_sha256", condition=Q(sha256__regex=_SHA256)),
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="photo_has_a_size_and_a_thumbnail",
                condition=~Q(kind=Kind.PHOTO.value)
                | Q(
                    width__gt=0,
                    height__gt=0,
                    thumbnail_width__gt=0,
                    thumbnail_height__gt=0,
                    thumbnail_size__gt=0,
                    thumbnail_sha256__regex=_SHA256,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return content_path(self.sha256)

    @property
    def thumbnail_path(self) -> str:
        return content_path(self.thumbnail_sha256)
