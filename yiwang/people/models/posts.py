"""Tables of people, units and posts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yiwang.places.models import Place


class UnitKind(models.TextChoices):
    """What kind of organisation a unit is."""

    DEPARTMENT = "department", _("Department")
    TOWN_OFFICE = "town_office", _("Town or street office")
    CENTRE = "centre", _("Command centre")
    BOARD = "board", _("Board")
    COMMITTEE = "committee", _("Community or village committee")
    PARTY_BRANCH = "party_branch", _("Party branch")
    COMPANY = "company", _("Company")
    TEAM = "team", _("Volunteer team")


class People(BaseUserManager["Person"]):
    """The door Django's sign-in looks through: a login name or a phone number, whatever was typed."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(Q(login=username) | Q(phone=username))


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from the posts they hold."""

    login = models.CharField(_("login name"), max_length=60, unique=True)
    phone = models.CharField(_("phone"), max_length=20, unique=True, null=True, blank=True)
    name = models.CharField(_("full name"), max_length=60)
    ground = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("belongs to"),
        help_text=_("The place whose administrators look after this account; empty for the whole installation."),
    )  # fmt: skip
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        ordering = ["login"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as Django's pages ask for it."""
        return self.name


class Unit(models.Model):
    """An organisation: department, office, committee, company, volunteer team."""

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    ground = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ground"),
        help_text=_("Empty: the whole installation."),
    )  # fmt: skip
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["ground_id", "name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["ground", "name"], name="unit_name_once_on_a_ground"),
            models.CheckConstraint(
                name="unit_is_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A named bundle of duties. Ready-made sets come with the platform; a county may add its own."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    role_set = models.SlugField(_("set"), max_length=40, blank=True)
    duties = ArrayField(models.CharField(max_length=20), verbose_name=_("duties"), default=list)
    county = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county"),
        help_text=_("Empty: for every county of this installation."),
    )  # fmt: skip

    class Meta:
        ordering = ["role_set", "id"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """An office held in a unit over some ground: duties belong to posts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts", verbose_name=_("role"))
    ground = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ground"),
        help_text=_("Empty: the whole installation."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=100)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["ground_id", "id"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["ground", "role"], name="post_on_ground")]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """A person in a post, from a day up to (not including) another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name=_("person"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        verbose_name = _("holding of a post")
        verbose_name_plural = _("holdings of posts")
        constraints = [
            models.UniqueConstraint(fields=["person", "post", "since"], name="holding_once"),
            models.CheckConstraint(
                name="holding_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


class Subject(models.TextChoices):
    """What stood on a ground that was drawn anew."""

    POST = "post", _("Post")
    UNIT = "unit", _("Unit")
    PERSON = "person", _("Person")


class OpenQuestion(models.Model):
    """Which of several successors of its ground a post, unit or person goes to: for a person to decide."""

    redrawing = models.BigIntegerField(_("redrawing"))
    what = models.CharField(_("what"), max_length=10, choices=Subject)
    subject_id = models.BigIntegerField(_("number"))
    label = models.CharField(_("name"), max_length=200)
    old = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("old ground"))
    candidates = ArrayField(models.CharField(max_length=32), verbose_name=_("may go to"))
    effective = models.DateField(_("day of effect"))
    chosen = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("went to")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["old_id", "what", "id"]
        verbose_name = _("open question after a redrawing")
        verbose_name_plural = _("open questions after a redrawing")
        constraints = [
            models.UniqueConstraint(fields=["redrawing", "what", "subject_id"], name="question_asked_once"),
            models.CheckConstraint(
                name="question_decided_has_an_answer",
                condition=Q(decided_at__isnull=True, chosen__isnull=True)
                | Q(decided_at__isnull=False, chosen__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label
