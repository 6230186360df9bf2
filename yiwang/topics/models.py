"""Topics, which cases tell of them, and how hot each is in the county and in each of its towns.

No relations: all of it is a copy, found anew from the cases. Only a topic's number stays, so that people can speak
of it.
"""

from django.db import models
from django.db.models import F, Q

CODE_LENGTH = 32


class Topic(models.Model):
    """One trouble. `joined`: the topic in which its cases are found now, where two turned out to be one."""

    county = models.CharField(max_length=6)
    found_at = models.DateTimeField()
    joined = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county"], name="topic_of_county")]


class Told(models.Model):
    """A case that tells of a topic; of one at most."""

    pk = models.CompositePrimaryKey("county", "number")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    topic = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "topic", "at"], name="told_of_topic")]
        constraints = [
            models.CheckConstraint(name="told_place_lies_in_its_county", condition=Q(place__startswith=F("county")))
        ]


class Heat(models.Model):
    """How hot a topic is in a place, its county or a town of it, and what it is called there.

    `words` are pieces that many of its tellers there wrote alike; `item` the most frequent one, 0 where none is;
    `parts` what the index is made of (`rules.Parts`), by the formula's `version`. 0: nobody tells of it any more.
    """

    pk = models.CompositePrimaryKey("county", "place", "topic")
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    topic = models.BigIntegerField()
    index = models.PositiveSmallIntegerField()
    words = models.JSONField()
    item = models.BigIntegerField(default=0)
    parts = models.JSONField()
    cases = models.PositiveIntegerField()
    recent = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    communities = models.PositiveIntegerField()
    this_week = models.PositiveIntegerField()
    weekly_before = models.FloatField()
    urgent = models.PositiveIntegerField()
    unsolved = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["county", "place", "-index"], name="hottest_in_place")]
        constraints = [
            models.CheckConstraint(name="heat_is_a_countys_or_a_towns", condition=Q(place__regex=r"^\d{6}(\d{3})?$")),
            models.CheckConstraint(name="heat_is_at_most_100", condition=Q(index__lte=100)),
        ]
