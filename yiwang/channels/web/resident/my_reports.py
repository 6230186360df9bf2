"""One's reports, found by phone number and a code."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from yiwang.cases.queries import found_by
from yiwang.channels.web.resident import sending
from yiwang.channels.web.resident.follow import REFERRER, address_of


def _field(label: Any, **more: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=24, widget=forms.TextInput(attrs={"class": "weui-input", **more}))


class FindForm(forms.Form):
    """The number with which one told, and a code."""

    phone = _field(_("Phone"), type="tel", inputmode="tel", autocomplete="tel")
    secret = _field(_("Report code"), autocomplete="off", autocapitalize="characters", spellcheck="false")

    def clean_phone(self) -> str:
        return str(self.cleaned_data["phone"]).replace(" ", "").replace("-", "")

    def clean_secret(self) -> str:
        return str(self.cleaned_data["secret"]).replace(" ", "")


@login_not_required
@never_cache
def my_reports(request: HttpRequest) -> HttpResponse:
    """The form; when it was sent, what it found. Nothing of it stands in an address."""
    form = FindForm(request.POST or None)
    wait = sending.too_often(request) if request.method == "POST" else 0
    if wait:
        form.add_error(None, sending.wait_sentence(wait))
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        shown |= _found(form)
    page = render(request, "resident/my_reports.html", shown)
    page["Referrer-Policy"] = REFERRER
    return sending.asked_to_wait(page, wait) if wait else page


def _found(form: FindForm) -> dict[str, Any]:
    found = found_by(form.cleaned_data["phone"], form.cleaned_data["secret"])
    if not found.mine:
        form.add_error(None, _("This phone number and this code do not belong together."))
    mine = [(one, address_of(one.number, one.secret)) for one in found.mine]
    return {"mine": mine, "hidden": found.hidden}
