"""Tables of what people and machines sign in with. No column here gives a secret back to a reader."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin

from yiwang.people.models.posts import Person
from yiwang.places.models import Place


class Authenticator(ThrottlingMixin, Device):  # type: ignore[misc]  # django-otp is untyped
    """A person's second factor: an app that shows a six-digit code. Its key lies sealed."""

    user = models.OneToOneField(Person, models.CASCADE, related_name="authenticator")
    sealed_key = models.BinaryField(editable=False)
    last_step = models.BigIntegerField(default=-1, editable=False)  # a code already used is refused
    begun_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Authenticator"]] = models.Manager()

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; doubled with each further one."""
        return 1


class RecoveryCode(models.Model):
    """A code on paper for the day the phone is lost. It opens once."""

    authenticator = models.ForeignKey(Authenticator, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authenticator", "digest"], name="recovery_code_once")]


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in. `session_key` is the fingerprint of the key, never the key."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    address = models.GenericIPAddressField(_("address"), null=True)
    agent = models.CharField(_("browser"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("signed in"))
    last_seen_at = models.DateTimeField(_("last seen"))

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type:
        store: type = import_string("yiwang.people.sessions.SessionStore")  # the store names this table
        return store


class Token(models.Model):
    """What another program signs in with: some of its owner's duties, on one ground, until a day."""

    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(_("begins with"), max_length=16)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="tokens", verbose_name=_("owner"))
    duties = ArrayField(models.CharField(max_length=20), verbose_name=_("duties"))
    ground = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ground"),
        help_text=_("Empty: the whole installation."),
    )  # fmt: skip
    issued_at = models.DateTimeField(_("issued"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_is_issued", condition=Q(expires_at__gt=F("issued_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
