"""How I am told: address, language, quiet hours, and by which channel of what."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.channels.web.account.notices import frame_of
from yiwang.channels.web.allowed import CLOCK
from yiwang.channels.web.asking import person_of
from yiwang.notices import actions, queries
from yiwang.notices.adapters import open_channels
from yiwang.notices.models import OwnChoices
from yiwang.notices.rules.occasions import Channel, Occasion
from yiwang.notices.words import CHANNELS, OCCASIONS
from yiwang.plumbing.refusals import Refused, sentence


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, error_messages=CLOCK,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "form-control", "type": "time"}),
    )  # fmt: skip


# Beside which field a refusal stands.
_FIELDS = {"email_unfit": "email", "code_wrong": "code"}


class ChoicesForm(forms.Form):
    """Where to, in which language, and when not."""

    email = forms.CharField(
        label=_("E-mail address (may stay empty)"), max_length=254, required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "email", "inputmode": "email"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of e-mail and SMS"), required=False, widget=forms.Select(attrs={"class": "form-select"}),
        choices=[("", _("As the installation")), *settings.LANGUAGES],
    )  # fmt: skip
    quiet_since = _clock(_("Quiet from"))
    quiet_until = _clock(_("Quiet until"))
    code = forms.CharField(
        label=_("Code from the e-mail"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, own: OwnChoices, data: Any = None) -> None:
        first = {
            "email": own.email, "language": own.language, "quiet_since": own.quiet_since,
            "quiet_until": own.quiet_until,
        }  # fmt: skip
        super().__init__(data, initial=first)
        if own.confirmed or not own.email:
            del self.fields["code"]


def notice_choices(request: HttpRequest) -> HttpResponse:
    """The whole page; when it was sent, keep it."""
    person, own = person_of(request), queries.own_choices(person_of(request))
    offered = queries.choices_of(person, own, today=timezone.localdate())
    ticked = {one.name for line in offered.values() for one in line if one.on}
    form = ChoicesForm(own)
    if request.method == "POST":
        form, ticked = ChoicesForm(own, request.POST), set(request.POST.getlist("on"))
        if form.is_valid() and _kept(request, form, offered, ticked):
            messages.success(request, _("Kept."))
            return redirect("notice-choices")
    channels = open_channels()
    page = {
        "frame": frame_of(request), "form": form, "ticked": ticked, "channels": [CHANNELS[one] for one in channels],
        "lines": [(OCCASIONS[occasion], line) for occasion, line in offered.items()],
        "unconfirmed": own.email and not own.confirmed,
        "no_phone": Channel.SMS in channels and not queries.is_reached_by_sms(person),
    }  # fmt: skip
    return render(request, "account/notice_choices.html", page, status=422 if form.errors else 200)


def _kept(
    request: HttpRequest, form: ChoicesForm, offered: dict[Occasion, list[queries.Choice]], ticked: set[str]
) -> bool:
    """Whether it was kept; where it was refused, the form says why."""
    shown = {one.name: (one.occasion, one.channel) for line in offered.values() for one in line if not one.fixed}
    said = form.cleaned_data
    wanted = actions.Wanted(
        email=said["email"], language=said["language"], quiet_since=_minute(said["quiet_since"]),
        quiet_until=_minute(said["quiet_until"]), code=said.get("code", ""), shown=frozenset(shown.values()),
        ticked=frozenset(pair for name, pair in shown.items() if name in ticked),
    )  # fmt: skip
    try:
        actions.choose(wanted, by=person_of(request))
    except Refused as refusal:
        form.add_error(_FIELDS.get(refusal.code), sentence(refusal))
        return False
    return True


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)
