"""Try the platform as each of its people, and have a day played before one's eyes."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yiwang.channels.web import gate
from yiwang.channels.web.polled import unless_known
from yiwang.people.models import Person
from yiwang.plumbing.refusals import Refused
from yiwang.trial import actions, queries
from yiwang.trial.rules import SPEEDS
from yiwang.trial.words import ENDINGS

_VISITOR = "visitor"


class SpeedForm(forms.Form):
    """In how many minutes a day is played."""

    minutes = forms.TypedChoiceField(choices=[(speed, speed) for speed in SPEEDS], coerce=int)


@login_not_required
@never_cache
@require_safe
def try_as(request: HttpRequest) -> HttpResponse:
    """All seats, and the day."""
    shown = {"seats": _seats(), "wall": _wall(), **_day()}
    return render(request, "trial/try_as.html", shown)


@login_not_required
@require_POST
def take_seat(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the seats, by the door that everybody uses; the resident's has no account."""
    wanted = request.POST.get("seat", "")
    if wanted == _VISITOR and _seats():
        logout(request)
        return redirect("home")
    if wanted not in {seat.name for seat in _seats()}:
        raise Http404
    found = authenticate(request, username=wanted, password=settings.DEMONSTRATION_PASSWORD)
    if not isinstance(found, Person):
        # Somebody has given this seat a password of their own.
        return redirect("sign-in")
    actions.note_seat(found)
    gate.sign_in(request, found)
    return redirect("home")


@login_not_required
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """How the played day stands, asked again and again."""
    _seats()
    return unless_known(request, render(request, "trial/day.html", _day()))


@login_not_required
@require_POST
def begin_day(request: HttpRequest) -> HttpResponse:
    """Have a day played at the chosen speed."""
    form = SpeedForm(request.POST)
    try:
        actions.begin_day(form.cleaned_data["minutes"] if form.is_valid() else 0, by=_by(request), now=timezone.now())
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("try")


@login_not_required
@require_POST
def stop_day(request: HttpRequest) -> HttpResponse:
    """End the played day."""
    try:
        actions.stop_day(by=_by(request), now=timezone.now())
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("try")


def _seats() -> Any:
    """The seats; outside of a demonstration this page does not exist."""
    if not (seats := queries.seats()):
        raise Http404
    return seats


def _day() -> dict[str, Any]:
    played = queries.played(timezone.now())
    ending = ENDINGS[played.ending] if played and played.ending else ""
    return {"day": played, "ending": ending, "speeds": SPEEDS}


def _by(request: HttpRequest) -> str:
    return f"person:{request.user.pk}" if isinstance(request.user, Person) else _VISITOR


def _wall() -> str:
    try:
        return reverse("wall")
    except NoReverseMatch:
        return ""
