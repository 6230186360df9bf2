"""The administration site: who may enter, and how they leave."""

from typing import Any

from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from yiwang.people import access, demonstration
from yiwang.people.models import Person
from yiwang.people.rules import Duty

DOORS = (Duty.ADMINISTER, Duty.DRAW_GROUND, Duty.AUDIT)


def environment(_request: HttpRequest) -> tuple[str, str] | None:
    """What stands loudly above every page of a demonstration, and leads to somebody else's seat."""
    if not demonstration.is_on():
        return None
    link = format_html('<a href="{}">{}</a>', reverse("try"), _("Demonstration: try it as somebody else"))
    return link, "warning"


class Administration(UnfoldAdminSite):  # type: ignore[misc]  # unfold is untyped
    """Open to whoever administers or draws some ground today. Signing in and out is done at the house's own door."""

    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return False
        today = timezone.localdate()
        return any(access.grounds_of(person.pk, today, duty) for duty in DOORS)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if isinstance(request.user, Person):
            return redirect("/")  # signed in, but with nothing to administer
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        end_session(request)
        return redirect("sign-in")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("choose-password")


site = Administration(name="admin")
